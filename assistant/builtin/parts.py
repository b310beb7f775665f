"""Parts of a report asked for by what they are: duties, results, problems, measures, a page, what it says of a thing.

Quotes in reading order; long parts by the first sentence of each item. Judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Citation
from assistant.builtin.lens import Lens
from assistant.builtin.lexicon import anyof, pairs, reduced
from assistant.builtin.passages import REASONS, Sentence, every, items, quote, ranked_sentences, topic
from assistant.builtin.plan import Plan
from assistant.builtin.reply import Reply, say
from assistant.builtin.speech import Part, parts
from assistant.wording import describe
from ingest.report import Block, Place, Report
from ingest.terms import sentences

LONG = 700
"""A part of more characters than this is told by the first sentence of each of its items."""
MOST = 5
"""Sentences of a fall-back."""
PAGE = re.compile(r"第\s*([0-9]+|[一二三四五六七八九十]+)\s*页.{0,6}(?:讲|写|说|内容|有).{0,4}(?:什么|哪些|内容)?")
NUMERALS = {char: at for at, char in enumerate("零一二三四五六七八九十")}


def asked(plan: Plan, seen: Lens) -> Reply | None:
    """A part that every report has, whatever its heading is called."""
    part = next((one for one in parts() if one.asks.search(plan.question)), None)
    if part is None:
        return None
    blocks = under(seen, part)
    if blocks:
        return quoted(blocks)
    told = [one for one in every(seen) if part.says.search(one.text)][:MOST]
    return (
        Reply("".join(one.text.strip() for one in told), citations=tuple(quote(one) for one in told)) if told else None
    )


def under(seen: Lens, part: Part) -> list[tuple[Report, Block]]:
    """The paragraphs under the first heading that holds one of the part's words, the first word first."""
    for word in part.heads:
        for reading in seen.readings:
            for block in reading.report.blocks:
                if block.kind == "heading" and word in block.text and not block.hidden:
                    found = [(reading.report, one) for one in behind(reading.report, block)]
                    if found:
                        return found
    return []


def behind(report: Report, heading: Block) -> list[Block]:
    """The visible paragraphs of a heading's part."""
    found = []
    for block in report.blocks[heading.index + 1 :]:
        if block.kind == "heading" and block.level <= heading.level:
            break
        if block.kind == "paragraph" and not block.hidden and block.text.strip():
            found.append(block)
    return found


def quoted(blocks: Sequence[tuple[Report, Block]]) -> Reply:
    """The paragraphs, or the first sentence of each item where they are long."""
    whole = sum(len(block.text) for _, block in blocks) <= LONG
    said, quotes = [], []
    for report, block in blocks:
        place = Place(report.id, block.page, block.index, span=(0, len(block.text)))
        quotes.append(Citation(place, block.text.strip(), describe(place, report)))
        if whole:
            said.append(block.text.strip())
            continue
        listed = items(block.text) or [block.text[slice(*next(iter(sentences(block.text)), (0, 0)))]]
        said += [re.split(r"[。；]", one.strip())[0] + "；" for one in listed if one.strip()]
    return Reply("".join(said).rstrip("；。") + "。", citations=tuple(quotes))


def page(plan: Plan, seen: Lens) -> Reply | None:
    """第5页讲了什么: the headings of that page and the first sentence under each."""
    match = PAGE.search(plan.question)
    if match is None:
        return None
    number = int(match[1]) if match[1].isdigit() else NUMERALS.get(match[1], 0)
    said, quotes = [], []
    for reading in seen.readings:
        for block in reading.report.blocks:
            if block.page != number or block.hidden or block.kind not in ("heading", "paragraph", "caption"):
                continue
            first = block.text[slice(*next(iter(sentences(block.text)), (0, len(block.text))))].strip()
            said.append(first.rstrip("。；"))
            place = Place(reading.report.id, block.page, block.index, span=(0, len(first)))
            quotes.append(Citation(place, first, describe(place, reading.report)))
    if not said:
        return None
    return Reply(f"第{number}页：{'；'.join(said)}。", citations=tuple(quotes))


def related(plan: Plan, seen: Lens) -> Reply | None:
    """What the report says of the words of a question that asks for no figure, in order; not an answer to it."""
    words = topic(plan.question)
    wanted = pairs(words)
    if not wanted:
        return None
    weight = seen.weight(wanted)
    ranked = [(score, one) for score, one in ranked_sentences(seen, words)[:MOST] if score >= 0.5]
    held = frozenset().union(*(pairs(reduced(one.text + "/".join(one.block.section[-1:]))) for _, one in ranked))
    if not ranked or seen.weight(wanted & held) < 0.7 * weight:
        return None
    chosen = sorted((one for score, one in ranked if score >= 0.7 * ranked[0][0]), key=in_order)
    return Reply(
        say("related", text="".join(one.text.strip() for one in chosen)), citations=tuple(quote(one) for one in chosen)
    )


def reasons(plan: Plan, seen: Lens) -> Reply | None:
    """A reason given for a thing by a sentence that tells its outcome in other words (未达预期 for 没完成)."""
    words = topic(anyof("outcome").sub(" ", plan.question))
    wanted = pairs(words)
    weight = seen.weight(wanted)
    for score, one in ranked_sentences(seen, words)[:MOST]:
        if score >= 0.6 and REASONS.search(one.text) and seen.weight(wanted & pairs(reduced(one.text))) >= 0.5 * weight:
            return Reply(one.text.strip(), citations=(quote(one),))
    return None


def in_order(one: Sentence) -> int:
    """Where a sentence stands."""
    return one.order
