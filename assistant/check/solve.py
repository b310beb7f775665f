"""Equations that a sentence writes out: each is worked out again, and its numbers are looked up in the ledger.

A result that its own operands do not give is a conflict, whatever the report states elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import BAD, GOOD
from assistant.check import wording
from assistant.check.agree import fit, near
from assistant.check.claim import EARLIER, Claim, Said
from assistant.check.equations import Equation, evaluate
from assistant.check.equations import written as expression
from assistant.check.judge import Judgement
from assistant.check.operands import written
from ingest.quantity import Quantity

_BEHIND = ("+", "＋", "-", "－", "−", "–", "—", "×", "*", "÷", "/", "=", "＝", "(", "（", "加", "减", "乘以", "除以")


def unlabelled_operands(one: Said, found: Sequence[Equation]) -> tuple[Claim, ...]:
    """The claims, those behind a sign of an equation without the label that the grammar carried over to them."""
    claims = list(one.claims)
    for at in {at for equation in found for at in equation.operands}:
        before = one.text[: claims[at].quantity.span[0] - one.span[0]].rstrip()
        if before.endswith(_BEHIND) or not before or not claims[at].label:
            claims[at] = replace(claims[at], subject="", measure=("",), label=frozenset(), period=EARLIER, basis="")
    return tuple(claims)


def solved(one: Said, found: Sequence[Equation], judged: Sequence[Judgement]) -> list[Judgement]:
    """The verdicts of a sentence after its equations: operands that are in the report hold, results are recomputed."""
    verdicts = list(judged)
    figures = [claim.quantity for claim in one.claims]
    for equation in found:
        holds, shown = _outcome(equation, figures, judged)
        text = expression(equation.node, {at: figures[at].text for at in equation.operands})
        for at in equation.operands:
            verdicts[at] = _operand(one.claims[at], verdicts[at], holds)
        claim, before = one.claims[equation.result], verdicts[equation.result]
        if not holds:
            verdicts[equation.result] = Judgement("conflict", wording.miscomputed(claim, text, shown), (), shown)
        elif before.verdict not in GOOD and all(verdicts[at].verdict not in BAD for at in equation.operands):
            verdicts[equation.result] = Judgement("derived", wording.computed(claim, text, shown), before.entries)
    return verdicts


def _operand(claim: Claim, judgement: Judgement, holds: bool) -> Judgement:
    """A number of an equation has no label of its own: what the ledger has under its very value is what it is."""
    if judgement.verdict in GOOD or not judgement.entries:
        return judgement
    entry = judgement.entries[0]
    if holds and fit(claim.quantity, entry.fact.quantity) in ("exact", "rounded"):
        return Judgement("exact", wording.agrees(claim, entry, "exact"), (entry,))
    return judgement


def _outcome(equation: Equation, figures: Sequence[Quantity], judged: Sequence[Judgement]) -> tuple[bool, str]:
    """Whether the result follows, from the numbers as written or from the source's own; and the result to show."""
    result = figures[equation.result]
    bare = _bare_factor(equation, figures)

    def as_written(at: int) -> Decimal:
        quantity = figures[at]
        return quantity.value * bare if quantity.unit.dimension == "none" else quantity.base

    def as_sourced(at: int) -> Decimal:
        entries = judged[at].entries
        return entries[0].fact.quantity.base if entries and judged[at].verdict == "rounded" else as_written(at)

    shown = ""
    for value in (evaluate(equation.node, as_written), evaluate(equation.node, as_sourced)):
        if value is None:
            return False, "无法计算"
        scale = bare if result.unit.dimension == "none" and not _quotient(equation) else Decimal(1)
        shown = shown or written(value / scale, result.unit, result.places)
        if near(abs(result.base * scale), result.half * scale, abs(value)) in ("exact", "rounded"):
            return True, written(value / scale, result.unit, result.places)
    return False, shown


def _quotient(equation: Equation) -> bool:
    return isinstance(equation.node, tuple) and equation.node[0] == "/"


def _bare_factor(equation: Equation, figures: Sequence[Quantity]) -> Decimal:
    """The factor of numbers without a unit: that of their neighbours, or of a result that is an amount."""
    for at in (*equation.operands, equation.result):
        unit = figures[at].unit
        if unit.dimension not in ("none", "ratio", "point"):
            return unit.factor
    return Decimal(1)
