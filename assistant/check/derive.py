"""Figures that the report does not state but that follow from what it states: a closed list of calculations.

Growth, change, share, rate, sum, average, over facts that the sentence names or clearly implies (quotients.py,
amounts.py). Anything else is not derived, however well the numbers would fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.check import wording
from assistant.check.agree import hedged, near, sign
from assistant.check.amounts import (
    changes,
    columns,
    differences_of,
    levels,
    means,
    minus,
    remainders,
    sums,
    sums_named,
)
from assistant.check.claim import Claim
from assistant.check.judge import Judgement
from assistant.check.ledger import Ledger, content
from assistant.check.operands import LESS, MORE, Operand, Result, grows, order, written
from assistant.check.quotients import formula, growth, quotients, rate
from assistant.check.shares import each, parts_of, share, shared
from assistant.check.siblings import across, within
from assistant.check.tallies import counts
from ingest.quantity import quantities


def derive(
    claim: Claim, text: str, own: Sequence[Operand], before: Sequence[Operand], ledger: Ledger, strict: bool = False
) -> Judgement | None:
    """A verdict by calculation, None where none applies.

    `own` are the other figures of the sentence in order, `before` those of the sentences just before it.
    `strict`: the report states this very figure itself; then only a change may be worked out against it.
    """
    wrong: Result | None = None
    for result in _results(claim, text, own, before, ledger, strict):
        if not agrees(claim, result.value) or not _timely(claim, result) or _backwards(claim, result):
            if result.sure and wrong is None:
                wrong = result
        elif _at_hand(claim, result) and _as_compared(claim, result) and _of_its_own(claim, result, (*own, *before)):
            entries = tuple(one.entry for one in result.operands if one.entry)
            shown = written(result.value, claim.quantity.unit, claim.quantity.places)
            return Judgement("derived", wording.computed(claim, result.expression, shown), entries)
    if wrong is None:
        return None
    shown = written(wrong.value, claim.quantity.unit, claim.quantity.places)
    entries = tuple(one.entry for one in wrong.operands if one.entry)
    return Judgement("conflict", wording.miscomputed(claim, wrong.expression, shown), entries, shown)


def _timely(claim: Claim, result: Result) -> bool:
    """Whether some figure of a calculation is of the year that the claim names (2022年调减x from budgets of 2023)."""
    years = {one.period[:4] for one in result.operands if one.period[:4].isdigit()}
    return not claim.period[:4].isdigit() or not years or claim.period[:4] in years


_OWN = re.compile(r"[，。；;：:（()）]|,(?!\d)")


def _at_hand(claim: Claim, result: Result) -> bool:
    """Whether a calculation uses the figure that the claim's own clause sets it against (比预算286万元少x)."""
    clause = _OWN.split(claim.before)[-1]
    kinds = _kinds(result)
    if claim.kind == "count":
        kinds &= {"count", "none"}
    said = [one for one in quantities(clause) if one.unit.dimension in kinds]
    return not said or any(abs(abs(one.value) - abs(said[-1].base)) <= said[-1].half for one in result.operands)


_THAN = re.compile(
    r"[比较](?P<than>[^，。；]{2,40}?)(?:还|要|又|略|更)?(?:[高低多少大小]|超出|减少|增加|下降|上升)[^，。；]{0,4}$"
)
_LAST = re.compile("上年|去年|上一年|同期|同比")


def _as_compared(claim: Claim, result: Result) -> bool:
    """Whether a difference is one from what the words set it against: last year's, or the other thing (比乙高x)."""
    than = _THAN.search(claim.before)
    if than is None or len(result.operands) != 2:
        return True
    first, second = result.operands
    if _LAST.search(than["than"]):
        years = {one.period[:4] for one in result.operands if one.period[:4].isdigit()}
        return len(years) > 1 or not (first.entry and second.entry)
    if claim.quantity.unit.dimension == "ratio" or not direction(claim):
        return True
    if "后者" in than["than"] and len(said := quantities(claim.before)) > 1:
        return (said[-2].base > said[-1].base) == (direction(claim) > 0)
    words, shared = content(than["than"]), first.core & second.core
    met = [len("".join(words & one.core - shared)) for one in result.operands]
    value = result.value if met[0] <= met[1] else -result.value
    return met[0] == met[1] or (value > 0) == (direction(claim) > 0)


def _of_its_own(claim: Claim, result: Result, given: Sequence[Operand]) -> bool:
    """Whether a difference is one of what the words name before 比, where the text gives a figure for it."""
    than = _THAN.search(claim.before)
    whose = _OWN.split(claim.before[: than.start()])[-1].strip() if than else ""
    theirs = [one for one in given if whose and whose in one.name and one.unit.dimension in _kinds(result)]
    return not theirs or any(one.entry is other.entry for one in result.operands for other in theirs)


def _kinds(result: Result) -> set[str]:
    return {one.unit.dimension for one in result.operands}


def _backwards(claim: Claim, result: Result) -> bool:
    """Whether a change is worked out from its end to its beginning (净调减: 年初预算 − 调整后预算)."""
    if not direction(claim) or len(result.operands) != 2:
        return False
    return order(*result.operands) < 0


def agrees(claim: Claim, value: Decimal) -> bool:
    """Whether a claim gives a calculated value, rounded to its written places and with the right direction."""
    quantity = claim.quantity
    size = near(abs(quantity.base), quantity.half, abs(value)) in ("exact", "rounded")
    if not size and not (quantity.relation in ("约", "余") and hedged(quantity, value)):
        return False
    said = direction(claim)
    return not said or not value or (value > 0) == (said > 0)


_BESIDE = re.compile("(?:(?P<less>低于|少于|不及|落后于?|短于)|高出|高于|超出|多出|多于|超过|超)[^，。；、\\d]{1,8}$")
"""高出目标x: which way, before what it is held against."""


def direction(claim: Claim) -> int:
    """Which way a claim says that something went: -1, +1, or 0 where it does not say."""
    if claim.quantity.value > 0 and not claim.quantity.direction:
        if LESS.search(claim.measure[-1]):
            return -1
        if MORE.search(claim.measure[-1]):
            return 1
        if beside := _BESIDE.search(claim.before):
            return -1 if beside["less"] else 1
    return sign(claim.quantity, claim.measure)


def _results(
    claim: Claim, text: str, own: Sequence[Operand], before: Sequence[Operand], ledger: Ledger, strict: bool
) -> Iterator[Result]:
    """The calculations that the claim's words allow, the surest first."""
    kind = claim.quantity.unit.dimension
    if strict and not (grows(claim) or direction(claim)):
        return
    if kind in ("ratio", "none"):
        yield from formula(claim, text, own)
        yield from each(claim, own, ledger)
        if grows(claim):
            yield from growth(claim, own, before, ledger)
        elif said := shared(claim):
            found = tuple(share(claim, own, before, ledger))
            yield from found
            if not (said.whole and found):
                yield from quotients(claim, own)
        else:
            yield from parts_of(claim, own, ledger)
            yield from rate(claim, own, ledger)
            yield from quotients(claim, own, before)
        yield from levels(claim, own, ledger)
    if kind != "ratio":
        yield from differences_of(claim, own, ledger)
        yield from sums(claim, own, before)
        yield from columns(claim, ledger)
        yield from counts(claim, own, ledger)
        yield from changes(claim, own, before, ledger)
        yield from levels(claim, own, ledger)
        yield from minus(claim, ledger)
        yield from sums_named(claim, ledger)
        yield from remainders(claim, own, ledger)
        yield from means(claim, own, before, ledger)
    yield from within(claim, own, ledger)
    yield from across(claim, ledger)
