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
from assistant.check.equations import Equation, Node, evaluate
from assistant.check.equations import written as expression
from assistant.check.judge import Judgement
from assistant.check.operands import written
from ingest.quantity import Quantity, Unit

_BEHIND = ("+", "＋", "-", "－", "−", "–", "—", "×", "*", "÷", "/", "=", "＝", "(", "（", "加", "减", "乘以", "除以")


def as_operands(one: Said, found: Sequence[Equation]) -> Said:
    """The sentence with the numbers behind signs of its equations read as such: without the label that the grammar
    carried over to them, and without a unit of their own in that of the amount that they give."""
    claims = list(one.claims)
    for equation in found:
        unit = _amount(equation, one)
        for at in equation.operands:
            claim = claims[at]
            before = one.text[: claim.quantity.span[0] - one.span[0]].rstrip()
            if before.endswith(_BEHIND) or not before or not claim.label:
                claim = replace(claim, subject="", measure=("",), label=frozenset(), period=EARLIER, basis="")
            if unit and claim.quantity.unit.dimension == "none":
                claim = replace(claim, quantity=replace(claim.quantity, unit=unit))
            claims[at] = claim
    return replace(one, claims=tuple(claims))


def _amount(equation: Equation, one: Said) -> Unit | None:
    """The unit of a sum or difference, which its numbers share; a quotient says nothing about theirs."""
    unit = one.claims[equation.result].quantity.unit
    shared = _signs(equation.node) <= {"+", "-"} and unit.dimension not in ("none", "ratio", "point")
    return unit if shared else None


def _signs(node: Node) -> set[str]:
    return set() if isinstance(node, int) else {node[0]} | _signs(node[1]) | _signs(node[2])


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
            verdicts[equation.result] = Judgement("conflict", wording.miscomputed(claim, text, shown), (), shown, True)
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

    def as_written(at: int) -> Decimal:
        quantity, entries = figures[at], judged[at].entries
        bound = entries and quantity.unit.dimension == "none" and fit(quantity, entries[0].fact.quantity) == "exact"
        return entries[0].fact.quantity.base if bound else quantity.base

    def as_sourced(at: int) -> Decimal:
        entries = judged[at].entries
        return entries[0].fact.quantity.base if entries and judged[at].verdict == "rounded" else as_written(at)

    def bare(at: int) -> Decimal:
        return figures[at].value

    shown = ""
    ways = (bare,) if all(figures[at].unit.dimension == "none" for at in (*equation.operands, equation.result)) else ()
    for value in (evaluate(equation.node, way) for way in (as_written, as_sourced, *ways)):
        if value is None:
            return False, "无法计算"
        shown = shown or written(value, result.unit, result.places)
        if near(abs(result.base), result.half, abs(value)) in ("exact", "rounded"):
            return True, written(value, result.unit, result.places)
    return False, shown
