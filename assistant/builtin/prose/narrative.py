"""Extractive answers: the report's own sentences, in order, for how, what and whatever has no figure.

Never rewrites a sentence and never joins two into a claim that neither makes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Citation
from assistant.builtin.facts.lens import Lens
from assistant.builtin.prose.passages import (
    ITEM_LONG,
    LIMIT,
    YEAR,
    every,
    headed,
    in_order,
    items,
    lead,
    outline,
    ranked_sentences,
    said,
    to_the_stop,
    topic,
    verbatim,
    whole,
)
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, say
from assistant.wording import describe
from ingest.chunk import Chunk
from ingest.quantity import quantities

HOW = re.compile(r"(?:怎么|怎样|如何)(?!样|说|[？?]|$)|什么(?:方式|办法)")
MANNER = re.compile(
    r"采取|采用|通过|实行|推行|按照|方式|机制|模式|先.{1,10}[后再]"
    r"|经.{2,12}(?:后|确认|审核)|由.{2,16}(?:确认|负责|审核)"
)
FIGURED = 0.3
"""The share of the words that a sentence must hold which holds the question's figure."""
SECTION = 700
"""A section longer than this many characters is not quoted whole."""


def narrative(plan: Plan, seen: Lens) -> Reply | None:
    """What the report says of a topic: the section or item it names, else the nearest sentences, in reading order."""
    words = topic(plan.question)
    bare = YEAR.sub(" ", re.sub("做法|举措|措施|成效|亮点|经验", " ", words))
    return (
        named_item(seen, words)
        or (manner(seen, words) if HOW.search(plan.question) else None)
        or section(seen, words)
        or (section(seen, bare) if bare != words and pairs(bare) else None)
        or with_figure(plan, seen, words)
        or nearest(seen, words)
    )


def manner(seen: Lens, words: str) -> Reply | None:
    """How a thing is done: of the paragraphs that speak of it, the first with sentences that say by which way."""
    for score, one in ranked_sentences(seen, words)[:LIMIT]:
        told = [each for each in every(seen) if each.block is one.block and MANNER.search(each.text)]
        if score >= 0.6 and told:
            return verbatim(*told)
    return None


def named_item(seen: Lens, words: str) -> Reply | None:
    """The item whose lead names all of the words, told to its end (“山长制”: 一是推行“山长制”，…)."""
    wanted = pairs(words)
    for part in outline(seen):
        for one in items(part):
            if seen.covered(wanted, pairs(reduced(lead(one)))) >= 0.95:
                return verbatim(one) if len(one.text) <= ITEM_LONG else None
    return None


def section(seen: Lens, words: str) -> Reply | None:
    """The prose under a title that the words name, where it is short enough to be read whole."""
    part = headed(seen, words, floor=0.45)
    return whole(part) if part is not None and 0 < len(part.text) <= SECTION and whole(part).text else None


def with_figure(plan: Plan, seen: Lens, words: str) -> Reply | None:
    """The sentence that holds the figure by which a question means a thing (没整改完的5项是什么情况)."""
    told = [q.text for q in quantities(plan.bare) if q.unit.dimension == "count"]
    for score, one in ranked_sentences(seen, words) if told else ():
        if score >= FIGURED and any(q.text in told for q in quantities(one.text)):
            return verbatim(one)
    return None


def nearest(seen: Lens, words: str) -> Reply | None:
    """The sentences that hold at least half of the words, and nearly as much as the best of them."""
    ranked = [pair for pair in ranked_sentences(seen, words) if pair[0] >= 0.5][:LIMIT]
    if not ranked:
        return None
    return verbatim(*to_the_stop(seen, [one for score, one in ranked if score >= 0.75 * ranked[0][0]]))


def related(plan: Plan, seen: Lens) -> Reply | None:
    """What the report says of the words of a question that asks for no figure, in order; not an answer to it."""
    words = topic(plan.question)
    wanted = pairs(words)
    ranked = [(score, one) for score, one in ranked_sentences(seen, words)[:LIMIT] if score >= 0.5]
    held = frozenset().union(*(said(one) for _, one in ranked))
    if not ranked or seen.covered(wanted, held) < 0.7:
        return None
    chosen = sorted((one for score, one in ranked if score >= 0.7 * ranked[0][0]), key=in_order)
    told = verbatim(*chosen)
    return replace(told, text=say("related", text=told.text))


def retrieved(plan: Plan, seen: Lens, chunks: Sequence[Chunk]) -> Reply | None:
    """The best passage of the retrieval that holds at least half of what is asked about, quoted whole."""
    wanted = pairs(topic(plan.question))
    for chunk in chunks:
        if "｜" in chunk.text:
            continue  # rows of a table tell nothing: its prose is among the sentences
        held = seen.covered(wanted, pairs(reduced("/".join(chunk.section) + chunk.text)))
        if chunk.places and held >= 0.5 and len(chunk.text) <= SECTION:
            place = chunk.places[0]
            label = describe(place, seen.reports[place.report])
            return Reply(chunk.text, citations=(Citation(place, chunk.text, label),))
    return None
