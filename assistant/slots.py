"""Slots in a model's draft: {{F3}} and {{ratio(F3,F7)}}, filled from the ledger so that no digit is the model's own.

Refuses what it cannot compute: a bad slot becomes a visible mark, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant import calculate
from assistant.wording import written
from ingest.fact import Fact
from prompts import phrases

SLOT = re.compile(r"\{{1,2}\s*([^{}]{1,120}?)\s*\}{1,2}")
_CALL = re.compile(r"([a-z]+)\((.*)\)")


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
    terms: int
    """How many figures it takes; 0: two or more."""
    run: Callable[[Sequence[Fact]], calculate.Result | None]


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
            text = phrases("model").say("no_slot", reason=str(error))
            bad.append(match[1])
        pieces.append(text)
        length += len(text)
        at = match.end() + _repeated(text, draft[match.end() :])
    pieces.append(draft[at:])
    return Page("".join(pieces), tuple(filled), tuple(bad))


def _repeated(text: str, behind: str) -> int:
    """How many characters behind a slot only repeat the unit that it was filled with: {{F3}}万元."""
    unit = re.search(r"[^\d.,]*$", text)
    return len(unit[0]) if unit and unit[0] and behind.startswith(unit[0]) else 0


def _value(slot: str, facts: Mapping[str, Fact]) -> tuple[str, tuple[Fact, ...], str]:
    if slot in facts:
        return written(facts[slot].quantity), (facts[slot],), ""
    call = _CALL.fullmatch(slot)
    if not call or call[1] not in OPERATIONS:
        raise ValueError("没有这个数字")
    names = [name.strip() for name in call[2].split(",")]
    if not all(name in facts for name in names):
        raise ValueError("没有这个数字")
    used = tuple(facts[name] for name in names)
    operation = OPERATIONS[call[1]]
    if len(used) != operation.terms if operation.terms else len(used) < 2:
        raise ValueError("数字的个数不对")
    result = operation.run(used)
    if result is None:
        raise ValueError("单位不同或除数为零，不能计算")
    return result.text, used, result.working


OPERATIONS: dict[str, Operation] = {
    "sum": Operation("sum(F1,F2,…) 合计", 0, calculate.total),
    "diff": Operation("diff(F1,F2) 前者减后者", 2, lambda facts: calculate.difference(facts[0], facts[1])),
    "ratio": Operation("ratio(F1,F2) 前者占后者的百分比", 2, lambda facts: calculate.ratio(facts[0], facts[1])),
    "growth": Operation("growth(F1,F2) 前者比后者的增长率", 2, lambda facts: calculate.growth(facts[0], facts[1])),
}
