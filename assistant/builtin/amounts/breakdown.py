"""A figure of the prose and the list of like figures behind it (1036件，其中刑事618件、民事402件): whole and parts.

The list is as long as its own marks say; whether it adds up is told, never assumed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.prose.passages import known, topic
from assistant.builtin.question.lexicon import pairs, pattern, reduced
from assistant.builtin.question.plan import Plan
from ingest.fact import Fact
from ingest.quantity import quantities
from ingest.report import Report
from ingest.units import alike

OPENS = re.compile(r"其中|包括|包含|分别|分为|[：:（(]")
"""What parts a list from the figure that it is made of."""
CLOSES = re.compile(r"[。；;]")
COUNTED = re.compile(r"([两二三四五六七八九十]|\d+)(?:个|类|项|种|大|部分)")
SURE = 0.6
"""The share of a question's words that a total and what its sentence says before it must bear."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure and what its sentence lists behind it."""

    whole: Fact
    parts: tuple[Fact, ...]


def behind(seen: Lens, whole: Fact) -> tuple[Fact, ...]:
    """The like figures that the sentence lists behind a figure; empty where it opens no list."""
    if whole.kind != "prose" or whole.place.span is None:
        return ()
    same = [facts for facts in sentences_of(seen) if whole in facts]
    facts = same[0][same[0].index(whole) + 1 :] if same else []
    return _listed(seen.report(whole), whole, facts)


def asked(plan: Plan, seen: Lens) -> Breakdown | None:
    """The list that a question about parts and their total means (六类优抚对象人数相加与总数一致吗)."""
    words = topic(pattern("adding").sub(" ", COUNTED.sub(" ", plan.question)))
    wanted = known(seen, pairs(words))
    count = number_of_parts(plan.question)
    best: tuple[tuple[bool, float], Breakdown] | None = None
    for facts in sentences_of(seen):
        for at, whole in enumerate(facts[:-1]):
            parts = _listed(seen.report(whole), whole, facts[at + 1 :])
            if len(parts) < 2 or (count and len(parts) != count):
                continue
            name = pairs(reduced(name_of(whole)))
            each = [reduced(part.measure[-1]) for part in parts]
            listed = pairs("/".join(each)) if all(one in reduced(plan.question) for one in each) else frozenset()
            held = seen.covered(wanted, name | listed | pairs(reduced(_lead(seen, whole))))
            said = any((q.base, q.unit.dimension) == (whole.quantity.base, whole.dimension) for q in plan.stated)
            fit = (said, held + seen.covered(wanted, name))
            if held >= SURE and (best is None or fit > best[0]):
                best = (fit, Breakdown(whole, parts))
    return best[1] if best else None


def _lead(seen: Lens, whole: Fact) -> str:
    """What its sentence says before a figure, and the figure."""
    text = seen.report(whole).blocks[whole.place.block or 0].text[: _end(whole)]
    return CLOSES.split(text)[-1]


def number_of_parts(question: str) -> int:
    """How many parts a question says there are (四类家次); 0 where it does not say."""
    said = COUNTED.search(question)
    found = quantities(f"{said[1]}个") if said else ()
    return int(found[0].value) if found else 0


def sentences_of(seen: Lens) -> list[list[Fact]]:
    """The figures of the prose, sentence by sentence, in the order in which they are written."""
    told = [fact for fact in seen.facts if fact.kind == "prose" and fact.place.span and not fact.place.table]
    told.sort(key=lambda fact: (fact.place.report, fact.place.block or 0, fact.place.span or (0, 0)))
    groups = groupby(told, key=lambda fact: (fact.place.report, fact.place.block))
    return [list({fact.place.span: fact for fact in facts}.values()) for _, facts in groups]


def _listed(report: Report, whole: Fact, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The run of like figures behind a whole, up to the mark that is stronger than those between them."""
    text = report.blocks[whole.place.block or 0].text
    parts: list[Fact] = []
    end, mark, within = _end(whole), "", 0
    for fact in facts:
        between = text[end : _start(fact)]
        depth = _depth(text[_end(whole) : _start(fact)])
        within = within if parts else depth
        if parts and depth > within:
            continue  # what is said of a part in brackets is no part of its own
        if CLOSES.search(between) or (not parts and not OPENS.search(between)):
            break
        if not alike(fact.quantity.unit, whole.quantity.unit) or fact.basis == "差额":
            continue
        here = "，" if re.search("[，,]", between) else "、"
        if len(parts) == 1:
            mark = here
        elif mark == "、" and here == "，":
            break
        parts.append(fact)
        end = _end(fact)
    return tuple(parts)


def _depth(text: str) -> int:
    """How many brackets are open at the end of a text."""
    return sum(char in "（(" for char in text) - sum(char in "）)" for char in text)


def _start(fact: Fact) -> int:
    return (fact.place.span or (0, 0))[0]


def _end(fact: Fact) -> int:
    return (fact.place.span or (0, 0))[1]
