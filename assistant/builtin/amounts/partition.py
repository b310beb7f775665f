"""The parts of a figure: what stands under its name, what its sentence lists, or the run behind it that makes it up.

Finds parts of one unit; it adds nothing up and judges no sum.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.builtin.amounts.breakdown import behind
from assistant.builtin.facts.lens import Lens, same_thing
from assistant.builtin.facts.neighbours import in_column
from ingest.fact import Fact

FULL = re.compile("满分|分值|权重")
"""What may be scored, beside what was."""
NEAR = 20
"""A run of parts may miss its total by at most a twentieth and still be read as its parts."""


def children(seen: Lens, parent: Fact) -> list[Fact]:
    """The parts of a figure: facts under its measure path, else the run behind it that comes nearest to it."""
    path = (parent.subject, *parent.measure)
    below = [
        fact
        for fact in seen.facts
        if (fact.subject, *fact.measure)[: len(path)] == path
        and len(fact.measure) == len(parent.measure) + 1
        and same_thing(fact, parent)
        and fact.dimension == parent.dimension
        and fact.quantity.unit.kind == parent.quantity.unit.kind
    ]
    listed = list(behind(seen, parent))
    if len(listed) > max(len(below), 1) and set(below) <= set(listed):
        return listed
    return below if len(below) > 1 else run_of(seen, parent)


def _gap(parts: Sequence[Fact], whole_fact: Fact) -> Decimal:
    return abs(sum((fact.quantity.base for fact in parts), Decimal(0)) - whole_fact.quantity.base)


def run_of(seen: Lens, parent: Fact, count: int = 0) -> list[Fact]:
    """Like figures that follow in the same sentence or column, as many as come nearest to the parent.

    Where `count` says how many they are, just so many in a row, wherever the row begins.
    """
    place = parent.place
    if place.table is not None:
        near = [fact for fact in in_column(seen, parent) if (fact.place.row or 0) > (place.row or 0)][:8]
    else:
        near = [
            fact
            for fact in seen.facts
            if fact.place.block == place.block
            and fact.place.report == place.report
            and fact.place.table is None
            and (fact.place.span or (0,))[0] > (place.span or (0,))[0]
        ][:12]
    near = [
        fact
        for fact in near
        if fact.dimension == parent.dimension
        and fact.quantity.unit.kind == parent.quantity.unit.kind
        and fact.basis != "差额"
        and bool(FULL.search(fact.measure[-1])) == bool(FULL.search(parent.measure[-1]))
        and fact.period == parent.period
    ]
    if count:
        runs = [kind[at : at + count] for kind in (near, *_kinds(near)) for at in range(len(kind) - count + 1)]
        return min(filter(_of_several, runs), key=lambda run: _gap(run, parent), default=[])
    best: tuple[object, list[Fact]] | None = None
    for size in range(2, min(len(near), 8) + 1):
        parts = near[:size]
        gap = _gap(parts, parent)
        if _of_several(parts) and gap * NEAR <= abs(parent.quantity.base) and (best is None or gap < best[0]):  # type: ignore[operator]  # Decimal
            best = (gap, parts)
    return best[1] if best else []


def _kinds(facts: Sequence[Fact]) -> list[list[Fact]]:
    """What a list tells of each of its things by turns (货物类预算…、签约…，工程类预算…、签约…), kind by kind."""
    told: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.subject:
            told.setdefault((fact.measure[-1], fact.basis), []).append(fact)
    return list(told.values())


def _of_several(run: Sequence[Fact]) -> bool:
    """Whether each figure of a run is of a thing of its own: budget and contract of one thing are no two parts."""
    named = [fact.subject for fact in run if fact.subject]
    return len(named) == len(set(named))
