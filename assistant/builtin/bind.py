"""Binds the figures of an answer that the built-in writer made to the very facts it made them from.

The gate reads the finished sentences as a stranger's; where it cannot follow the wording, the writer still knows its
sources. Only a figure that equals one of these facts, or one calculation over them, is bound; nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, permutations

from assistant import calculate
from assistant.answer import GOOD, Figure
from assistant.calculate import Result
from assistant.check.agree import fit
from assistant.wording import written
from ingest.fact import Fact, label
from ingest.quantity import Quantity

MANY = 14
"""Over more facts than this only sums of all and pairs in reading order are tried."""


def bound(figures: Sequence[Figure], facts: Sequence[Fact], worked: Sequence[Result] = ()) -> tuple[Figure, ...]:
    """The figures, those the gate could not follow bound to the writer's own facts where that is possible.

    `worked`: what the writer has worked out over them, where that is more than a pair or a sum.
    """
    results: list[Result] | None = None
    made = []
    for figure in figures:
        if figure.verdict not in GOOD:
            direct = next((fact for fact in facts if _equal(figure.quantity, fact.quantity)), None)
            if direct is not None:
                figure = _from_fact(figure, direct)
            else:
                results = [*worked, *_results(facts)] if results is None else results
                derived = next((one for one in results if _agrees(figure.quantity, one)), None)
                figure = _from_result(figure, derived) if derived is not None else _rounded(figure, facts)
        made.append(figure)
    return tuple(made)


def _rounded(figure: Figure, facts: Sequence[Fact]) -> Figure:
    """A figure told in another unit than its source (7,054.05万元 of 70540547.00元)."""
    for fact in facts:
        own, said = fact.quantity.unit, figure.quantity.unit
        scaled = own.dimension == said.dimension and own.factor != said.factor
        if scaled and fit(figure.quantity, fact.quantity) == "rounded":
            return replace(_from_fact(figure, fact), verdict="rounded")
    return figure


def _equal(said: Quantity, source: Quantity) -> bool:
    return said.unit.dimension == source.unit.dimension and fit(said, source) == "exact"


def _from_fact(figure: Figure, fact: Fact) -> Figure:
    working = f"取自“{label(fact)}”（{fact.period}）{written(fact.quantity)}"
    return replace(figure, verdict="exact", working=working, facts=(fact.id,), places=(fact.place,), right="")


def _from_result(figure: Figure, result: Result) -> Figure:
    ids = tuple(fact.id for fact in result.facts)
    places = tuple(fact.place for fact in result.facts)
    return replace(figure, verdict="derived", working=result.working, facts=ids, places=places, right="")


def _agrees(said: Quantity, result: Result) -> bool:
    same_kind = said.unit.dimension == result.unit.dimension
    value = abs(result.value) * result.unit.factor
    return same_kind and abs(abs(said.base) - value) <= said.half


def _results(facts: Sequence[Fact]) -> Iterator[Result]:
    """The closed list of calculations over the writer's facts: pairs, and sums."""
    pairs = permutations(facts, 2) if len(facts) <= MANY else pairwise(facts)
    for one, other in pairs:
        for operation in (calculate.ratio, calculate.growth, calculate.difference):
            if (result := operation(one, other)) is not None:
                yield result
    for size in (len(facts), 2, 3):
        if 2 <= size <= len(facts) and (size == len(facts) or len(facts) <= MANY):
            for group in combinations(facts, size):
                if not calculate.holds_whole(group) and (result := calculate.total(group)) is not None:
                    yield result
