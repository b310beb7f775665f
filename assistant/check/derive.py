"""Figures that the report does not state but that follow from what it states: a closed list of calculations.

Growth, change, share, rate, sum, average, over facts that the sentence names or clearly implies (quotients.py,
amounts.py). Anything else is not derived, however well the numbers would fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.check import wording
from assistant.check.agree import hedged, near
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
from assistant.check.directions import direction
from assistant.check.guards import in_time, meant
from assistant.check.judge import Judgement
from assistant.check.ledger import Ledger
from assistant.check.operands import Operand, Result, grows, written
from assistant.check.quotients import formula, growth, quotients, rate
from assistant.check.shares import each, parts_of, share, shared
from assistant.check.siblings import across, within
from assistant.check.tallies import counts


def derive(
    claim: Claim, text: str, own: Sequence[Operand], before: Sequence[Operand], ledger: Ledger, strict: bool = False
) -> Judgement | None:
    """A verdict by calculation, None where none applies.

    `own` are the other figures of the sentence in order, `before` those of the sentences just before it.
    `strict`: the report states this very figure itself; then only a change may be worked out against it.
    """
    wrong: Result | None = None
    for result in _results(claim, text, own, before, ledger, strict):
        if not agrees(claim, result.value) or not in_time(claim, result):
            if result.sure and wrong is None:
                wrong = result
        elif meant(claim, result, (*own, *before)) and not _idle(result, own):
            entries = tuple(one.entry for one in result.operands if one.entry)
            shown = written(result.value, claim.quantity.unit, claim.quantity.places)
            return Judgement("derived", wording.computed(claim, result.expression, shown), entries)
    if wrong is None:
        return None
    shown = written(wrong.value, claim.quantity.unit, claim.quantity.places)
    entries = tuple(one.entry for one in wrong.operands if one.entry)
    return Judgement("conflict", wording.miscomputed(claim, wrong.expression, shown), entries, shown)


def _idle(result: Result, own: Sequence[Operand]) -> bool:
    """Whether a calculation only hands back a fact of the ledger (106人−0人): that shows nothing."""
    values = [one.value for one in result.operands]
    given = any(abs(one.value) == abs(result.value) and one not in own for one in result.operands)
    return len(values) == 2 and 0 in values and given


def agrees(claim: Claim, value: Decimal) -> bool:
    """Whether a claim gives a calculated value, rounded to its written places and with the right direction."""
    quantity = claim.quantity
    size = near(abs(quantity.base), quantity.half, abs(value)) in ("exact", "rounded")
    if not size and not (quantity.relation in ("约", "余") and hedged(quantity, value)):
        return False
    said = direction(claim)
    return not said or not value or (value > 0) == (said > 0)


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
