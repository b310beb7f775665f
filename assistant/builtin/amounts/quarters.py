"""Quarters against their year (四个季度加起来等于全年吗): the four figures of one row or column, and the year's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.builtin.amounts.breakdown import Breakdown
from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look
from assistant.builtin.prose.passages import topic
from assistant.builtin.question.lexicon import pairs, pattern, reduced
from assistant.builtin.question.plan import Plan, ask
from ingest.fact import Fact

ASKED = re.compile("[四4各]个?季度|分季度")
ANY = re.compile("第?[一二三四1-4]季度|分季度|合计|总计")
"""Words of the name of a row that say nothing of what its figures are of."""
PERIODS = ("1-3月", "4-6月", "7-9月", "10-12月")
SURE = 0.6
"""The share of the words that the names of the figures must bear."""


def asked(plan: Plan, seen: Lens) -> Breakdown | None:
    """The year of the thing named and its four quarters."""
    if not ASKED.search(plan.question):
        return None
    words = topic(pattern("adding").sub(" ", re.sub("全年|当年|本年", " ", ASKED.sub(" ", plan.question))))
    wanted = pairs(words)
    best: tuple[float, tuple[Fact, ...], Fact] | None = None
    for four in _fours(seen):
        thing = pairs(reduced(ANY.sub("", four[0].subject)))
        held = share(seen, wanted, thing | pairs(reduced("/".join(four[0].measure))))
        fit = held + share(seen, thing, wanted) if thing else held + 1
        whole = _year(seen, four, words) if held >= SURE and fit >= 2 * SURE else None
        if whole is not None and (best is None or fit > best[0]):
            best = (fit, four, whole)
    return Breakdown(best[2], best[1]) if best else None


def _fours(seen: Lens) -> Iterator[tuple[Fact, ...]]:
    """Figures of the four quarters that stand in one row or in one column."""
    lines: dict[tuple[object, ...], dict[str, Fact]] = {}
    for fact in seen.facts:
        quarter = fact.period.partition("年")[2] if fact.kind == "table" else ""
        if quarter in PERIODS and fact.dimension in ("money", "count"):
            place = (fact.place.report, fact.place.table)
            for line in ((*place, "row", fact.place.row, fact.subject), (*place, "col", fact.place.col)):
                lines.setdefault(line, {})[quarter] = fact
    return (tuple(found[each] for each in PERIODS) for found in lines.values() if len(found) == len(PERIODS))


def _year(seen: Lens, four: tuple[Fact, ...], words: str) -> Fact | None:
    """The year's figure: in the row of the quarters, else what the reports say of the same thing."""
    one = four[0]
    own = [
        fact
        for fact in seen.facts
        if (fact.place.report, fact.place.table, fact.subject) == (one.place.report, one.place.table, one.subject)
        and fact.place.row == one.place.row
        and fact.basis == one.basis
        and fact.quantity.unit == one.quantity.unit
        and re.fullmatch(r"20\d\d年度", fact.period)
    ]
    found = look(seen, ask(words)) if not own and words else None
    told = own or ([found.fact] if found and found.fact not in four else [])
    same = {fact.quantity.base: fact for fact in told}
    return next(iter(same.values())) if len(same) == 1 else None
