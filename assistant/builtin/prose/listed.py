"""Things that a report lists (列举): the items under a heading, behind a quoted term or in one sentence."""

from __future__ import annotations

import re

from assistant.builtin.facts.lens import Lens
from assistant.builtin.prose.narrative import named_item, section
from assistant.builtin.prose.passages import (
    enumerating,
    every,
    headed,
    items,
    lead,
    quote,
    ranked_sentences,
    to_the_stop,
    topic,
)
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply
from ingest.quantity import quantities


def listed(plan: Plan, seen: Lens) -> Reply | None:
    """Enumerated things: the items under a heading that the question names, or of the sentence that names them."""
    words = topic(plan.question)
    return (
        quoted_term(plan, seen)
        or under_heading(seen, words)
        or named_item(seen, words)
        or section(seen, words)
        or _in_sentence(seen, words)
    )


def quoted_term(plan: Plan, seen: Lens) -> Reply | None:
    """“三个新模式”指什么: what follows the term where the report explains it."""
    match = re.search(r"“([^”]{2,30})”|《([^》]{2,40})》", plan.question)
    if not match or not re.search(r"指|是|包括|内容|哪", plan.question):
        return None
    term = match[1] or match[2]
    counted = quantities(term)
    if counted and (told := _so_many(seen, term, int(counted[0].value))):
        return told
    one = next((one for one in every(seen) if re.search(rf"{re.escape(term)}.*[、；]", one.text)), None)
    if one is None:
        return None
    clauses = [part for part in re.split(r"；", one.text) if term in part]
    said = clauses[0] if clauses and "、" in clauses[0].split(term)[1] else one.text[one.text.find(term) :]
    if "、" not in said.split(term)[-1] and one.order + 1 < len(every(seen)):
        said += every(seen)[one.order + 1].text
    return Reply(said.strip("。；") + "。", citations=(quote(one),))


def _so_many(seen: Lens, term: str, count: int) -> Reply | None:
    """The clause behind a term with a number (“五个突破”) that lists just so many things."""
    told = every(seen)
    for one in told:
        at = one.text.find(term)
        if at < 0 or count < 2:
            continue
        rest = [one.text[at + len(term) :], *(nxt.text for nxt in told[one.order + 1 : one.order + 3])]
        for step, text in enumerate(rest):
            listed_here = next((part for part in re.split("[，。；：]", text) if part.count("、") == count - 1), "")
            if listed_here:
                source = told[one.order + step]
                return Reply(listed_here.strip("”“") + "。", citations=(quote(one), quote(source)))
    return None


def under_heading(seen: Lens, words: str) -> Reply | None:
    """What the items under a heading begin with."""
    part = headed(seen, words)
    found = items(part) if part is not None else []
    if len(found) < 2:
        return None
    return Reply("；".join(dict.fromkeys(map(lead, found))) + "。", citations=tuple(map(quote, found)))


def _in_sentence(seen: Lens, words: str) -> Reply | None:
    """The sentence that says the words; of its clauses only the one that lists the things, where it says so much."""
    ranked = ranked_sentences(seen, words)
    if not ranked or ranked[0][0] < 0.55:
        return None
    best = ranked[0][1]
    if clause := enumerating(best.text, words):
        return Reply(clause, citations=(quote(best),))
    told = to_the_stop(seen, [best])
    return Reply("".join(one.text.strip() for one in told), citations=tuple(map(quote, told)))
