"""Slots in a model's draft: {{F3}} and {{ratio(F3,F7)}}, filled from the ledger so that no digit is the model's own.

Refuses what it cannot compute: a bad slot becomes a visible mark, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ingest.fact import Fact, label
from ingest.quantity import Quantity, show, unit

SLOT = re.compile(r"\{\{\s*([^{}]{1,120}?)\s*\}\}")
_CALL = re.compile(r"([a-z]+)\((.*)\)")
_PERCENT_PLACES = 2


@dataclass(frozen=True, slots=True)
class Filled:
    """One slot, filled: where it stands in the text, what underlies it and how it was worked out."""

    span: tuple[int, int]
    text: str
    facts: tuple[Fact, ...]
    working: str = ""
    """Empty for a plain figure of the ledger; the calculation for an operation."""


@dataclass(frozen=True, slots=True)
class Page:
    """A draft with its slots filled; `bad` lists the slots that could not be."""

    text: str
    filled: tuple[Filled, ...]
    bad: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One of the closed list of operations a draft may name."""

    says: str
    run: Callable[[Sequence[Fact]], tuple[str, str]]
    """Facts → (figure as written, working). Raises ValueError when it does not apply."""


def written(fact: Fact) -> str:
    """A fact's figure with its unit, as the answer writes it."""
    quantity = fact.quantity
    return show(quantity.value, quantity.unit, quantity.places)


def fill(draft: str, facts: Mapping[str, Fact]) -> Page:
    """The draft with each slot replaced by the ledger's figure, or by a visible mark where that is impossible."""
    pieces: list[str] = []
    filled: list[Filled] = []
    bad: list[str] = []
    at = length = 0
    for match in SLOT.finditer(draft):
        before = draft[at : match.start()]
        pieces.append(before)
        length += len(before)
        try:
            text, used, working = _value(match[1], facts)
            filled.append(Filled((length, length + len(text)), text, used, working))
        except ValueError as error:
            text = f"〔未能填入：{error}〕"
            bad.append(match[1])
        pieces.append(text)
        length += len(text)
        at = match.end()
    pieces.append(draft[at:])
    return Page("".join(pieces), tuple(filled), tuple(bad))


def _value(slot: str, facts: Mapping[str, Fact]) -> tuple[str, tuple[Fact, ...], str]:
    if slot in facts:
        return written(facts[slot]), (facts[slot],), ""
    call = _CALL.fullmatch(slot)
    if not call or call[1] not in OPERATIONS:
        raise ValueError("没有这个数字")
    names = [name.strip() for name in call[2].split(",")]
    if not all(name in facts for name in names):
        raise ValueError("没有这个数字")
    used = tuple(facts[name] for name in names)
    text, working = OPERATIONS[call[1]].run(used)
    return text, used, working


def _pair(facts: Sequence[Fact]) -> tuple[Quantity, Quantity]:
    if len(facts) != 2:
        raise ValueError("需要两个数字")
    _alike(facts)
    return facts[0].quantity, facts[1].quantity


def _alike(facts: Sequence[Fact]) -> None:
    if len({fact.quantity.unit.dimension for fact in facts}) != 1:
        raise ValueError("单位不同，不能计算")


def _sum(facts: Sequence[Fact]) -> tuple[str, str]:
    if len(facts) < 2:
        raise ValueError("需要两个以上数字")
    _alike(facts)
    return _in_unit_of(facts, sum((fact.quantity.base for fact in facts), Decimal(0)), "＋")


def _difference(facts: Sequence[Fact]) -> tuple[str, str]:
    first, second = _pair(facts)
    return _in_unit_of(facts, first.base - second.base, "－")


def _in_unit_of(facts: Sequence[Fact], base: Decimal, sign: str) -> tuple[str, str]:
    """A result in the first fact's unit, with the places of its most exact term."""
    first = facts[0].quantity
    places = max(fact.quantity.places for fact in facts)
    name = "个百分点" if first.unit.dimension == "ratio" and sign == "－" else first.unit.name
    text = show(base / first.unit.factor, unit(name) or first.unit, places)
    return text, f"{sign.join(written(fact) for fact in facts)}＝{text}"


def _percent(value: Decimal) -> str:
    return f"{(value * 100).quantize(Decimal(1).scaleb(-_PERCENT_PLACES), ROUND_HALF_UP)}%"


def _ratio(facts: Sequence[Fact]) -> tuple[str, str]:
    first, second = _pair(facts)
    if not second.base:
        raise ValueError("分母为零")
    text = _percent(first.base / second.base)
    return text, f"{written(facts[0])}（{label(facts[0])}）÷{written(facts[1])}（{label(facts[1])}）＝{text}"


def _growth(facts: Sequence[Fact]) -> tuple[str, str]:
    now, before = _pair(facts)
    if not before.base:
        raise ValueError("基数为零")
    text = _percent((now.base - before.base) / before.base)
    return text, f"（{written(facts[0])}－{written(facts[1])}）÷{written(facts[1])}＝{text}"


OPERATIONS: dict[str, Operation] = {
    "sum": Operation("sum(F1,F2,…) 合计", _sum),
    "diff": Operation("diff(F1,F2) 前者减后者", _difference),
    "ratio": Operation("ratio(F1,F2) 前者占后者的百分比", _ratio),
    "growth": Operation("growth(F1,F2) 前者比后者的增长率", _growth),
}
