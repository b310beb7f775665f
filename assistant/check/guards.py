"""Whether a calculation that gives a claimed value is the one that the words mean: of its year, its order, its whole.

Each guard lets pass what the words do not speak of; what it stops is not derived, however well the numbers fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.claim import Claim
from assistant.check.directions import direction
from assistant.check.ledger import content
from assistant.check.likeness import same_basis
from assistant.check.operands import Operand, Result, order
from assistant.check.turns import turned
from ingest.quantity import Quantity, quantities
from ingest.terms import basis_of


def meant(claim: Claim, result: Result, given: Sequence[Operand]) -> bool:
    """Whether nothing in the words of a claim speaks against a calculation; `given` are the figures of the text."""
    return (
        _at_hand(claim, result)
        and _as_compared(claim, result)
        and _of_its_own(claim, result, given)
        and _in_turn(claim, result)
        and _of_whole(claim, result)
        and _of_basis(claim, result)
    )


def in_time(claim: Claim, result: Result) -> bool:
    """Whether a calculation is of the year that the claim names, and from its beginning to its end."""
    return _timely(claim, result) and not _backwards(claim, result)


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


def _of_basis(claim: Claim, result: Result) -> bool:
    """Whether a difference from a budget or an aim that the words name (比调整后少x) has a figure of that basis."""
    than = _THAN.search(claim.before)
    basis = basis_of(than["than"]) if than and claim.kind != "ratio" else ""
    if basis not in _PLANS or len(result.operands) != 2:
        return True
    told = [one.basis for one in result.operands if one.entry or one.basis == "差额"]
    return len(told) < 2 or any(one and same_basis(basis, one) for one in told)


_PLANS = ("年初预算", "调整后预算", "预算", "目标", "计划")


def _of_its_own(claim: Claim, result: Result, given: Sequence[Operand]) -> bool:
    """Whether a difference is one of what the words name before 比, where the text gives a figure for it."""
    than = _THAN.search(claim.before)
    whose = _OWN.split(claim.before[: than.start()])[-1].strip() if than else ""
    theirs = [one for one in given if whose and whose in one.name and one.unit.dimension in _kinds(result)]
    return not theirs or any(one.entry is other.entry for one in result.operands for other in theirs)


def _in_turn(claim: Claim, result: Result) -> bool:
    """Whether a figure told in turn (甲x、乙y，占比分别为a、b) is worked out from the one at its place."""
    turn = turned(claim)
    if turn is None:
        return True
    place, told = turn

    def places(of: Sequence[Operand]) -> set[int]:
        return {n for n, one in enumerate(told) if any(_is(one, operand) for operand in of)}

    used = places(result.operands[:1]) or places(result.operands)
    return not used or place in used


def _is(said: Quantity, operand: Operand) -> bool:
    return operand.unit.dimension == said.unit.dimension and abs(abs(operand.value) - abs(said.base)) <= said.half


_OVER = re.compile(
    r"(?:占(?!比)|相当于)(?:到|了)?(?P<whole>[^，。；：占\d]{2,16}?)的?(?:比重|比例|比)?(?:为|是|约|达到?|近|仅|只有|不到|超过)*$"
)
_WHOLE_AS = re.compile("全部|总[数额量计]?|所有|整体|全年|全市|全县|全区|本年|[其该此这]")


def _of_whole(claim: Claim, result: Result) -> bool:
    """Whether a share of a whole that is named (占年初预算的x) is worked out over that and not over another."""
    said = _OVER.search(claim.before)
    if said is None or claim.kind != "ratio" or len(result.operands) < 2:
        return True
    whole = result.operands[-1]
    basis = basis_of(said["whole"])
    if "预算" in basis and whole.basis and not same_basis(basis, whole.basis):
        return False
    words = content(_WHOLE_AS.sub("", said["whole"]))
    return not words or bool(words & (whole.label | content(whole.name)))


def _kinds(result: Result) -> set[str]:
    return {one.unit.dimension for one in result.operands}


def _backwards(claim: Claim, result: Result) -> bool:
    """Whether a change is worked out from its end to its beginning (净调减: 年初预算 − 调整后预算)."""
    if not direction(claim) or len(result.operands) != 2:
        return False
    return order(*result.operands) < 0
