"""The whole of a row, a column or of parts told behind it: what an ask means that names no part of its own.

Changes the order of facts found for an ask; finds none by its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Hit, Lens, named
from assistant.builtin.facts.neighbours import column_key, in_column, in_row
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Ask
from ingest.fact import Fact
from ingest.terms import is_total

TOTAL = re.compile(r"合计$|总计$|小计$|总分$|总额$")
"""How the label of a total row ends."""


def total_of(seen: Lens, fact: Fact) -> Fact | None:
    """The figure of the total row in a cell's column: 合计 before the 小计 of its kinds, of which several are none."""
    totals = [one for one in in_column(seen, fact) if TOTAL.search(one.subject)]
    whole = [one for one in totals if not one.subject.endswith("小计")] or (totals if len(totals) == 1 else [])
    return whole[0] if whole else None


def whole_row(seen: Lens, ask: Ask, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Where several rows of one column fit alike, the words name no row: then the total row is meant, or none."""
    if not hits or hits[0].fact.kind != "table":
        return hits
    best = hits[0]
    alike = [
        hit
        for hit in hits
        if hit.fact.kind == "table"
        and column_key(hit.fact) == column_key(best.fact)
        and hit.score >= 0.8 * best.score
        and hit.fact.subject != best.fact.subject
    ]
    said = pairs(ask.phrase) | pairs(reduced(ask.text))
    if not alike or _row_named(seen, best.fact, said) > max(_row_named(seen, hit.fact, said) for hit in alike):
        return hits
    total = total_of(seen, best.fact)
    if total is not None:
        return [replace(best, fact=total, score=0.8 * best.score)]
    return [hit for hit in hits if hit.fact.kind == "prose"]


def whole_column(seen: Lens, ask: Ask, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Of a row's columns under one heading (核定编制: 行政、事业、小计) the total, unless the words name another."""
    if not hits or hits[0].fact.kind != "table" or len(hits[0].fact.measure) < 2:
        return hits
    best = hits[0].fact
    if pairs(reduced(best.measure[-1])) & (pairs(ask.phrase) | pairs(reduced(ask.text))):
        return hits
    for other in in_row(seen, best):
        beside = other.measure[:-1] == best.measure[:-1] and other.subject == best.subject
        if beside and is_total(other.measure[-1]):
            return [replace(hits[0], fact=other), *(hit for hit in hits if hit.fact is not other)]
    return hits


def whole_of_parts(seen: Lens, ask: Ask, hits: Sequence[Hit]) -> Sequence[Hit]:
    """核定编制210名，其中行政42名、事业168名: the figure itself, unless the words name one of its parts."""
    best = hits[0].fact if hits else None
    said = pairs(ask.phrase) | pairs(reduced(ask.text))
    if best is None or best.kind != "prose" or pairs(reduced(best.measure[-1])) <= said:
        return hits
    told = [
        fact
        for fact in seen.facts
        if (fact.quote, fact.place.block, fact.quantity.unit, fact.period, fact.basis)
        == (best.quote, best.place.block, best.quantity.unit, best.period, best.basis)
    ]
    for at, fact in enumerate(told):
        named_so = pairs(reduced("/".join((fact.subject, *fact.measure)))) & pairs(ask.phrase)
        runs = (told[at + 1 : end] for end in range(at + 3, len(told) + 1))
        makes = (best in run and sum(one.quantity.base for one in run) == fact.quantity.base for run in runs)
        if named_so and any(makes):
            return [replace(hits[0], fact=fact), *(hit for hit in hits if hit.fact is not fact)]
    return hits


def _row_named(seen: Lens, fact: Fact, said: frozenset[str]) -> float:
    """How much of a row's label the words say; letters that only happen to stand in them (公…费) name no row."""
    own = pairs(named(fact.subject))
    return share(seen, own, said) if own & said else 0.0
