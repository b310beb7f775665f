"""Whether two written values agree: by their own digits, after unit conversion, never by a constant.

Knows nothing of labels: what a figure is about is decided in judge.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from ingest.quantity import Dimension, Quantity

Fit = Literal["exact", "rounded", "truncated"]

_SIGNED = re.compile("增减|增长|变动|差异率|差额|增速|增幅")
"""Measures whose positive value says that something rose."""


def comparable(a: Dimension, b: Dimension) -> bool:
    """Whether two dimensions can be held against each other at all."""
    return a == b or "none" in (a, b)


def sign(quantity: Quantity, measure: Sequence[str]) -> int:
    """-1 or +1 where the figure says which way it goes (下降38.62%、-5.2%、增长率4.1%), 0 where it does not."""
    if quantity.value < 0:
        return -1
    if quantity.direction or not quantity.value:
        return quantity.direction
    return 1 if measure and _SIGNED.search(measure[-1]) else 0


def telling(quantity: Quantity, digits: int = 3) -> bool:
    """Whether a value is so particular that it does not turn up by chance: three significant digits or more."""
    written = f"{quantity.value:f}".replace(".", "").lstrip("-0")
    return len(written if quantity.places > 0 else written.rstrip("0")) >= digits


def scaled(claim: Quantity, to: Quantity) -> tuple[Decimal, Decimal]:
    """The claim's value and half place in the base of `to`; a bare number takes the unit of what it is held against."""
    if claim.unit.dimension == "none" and to.unit.dimension != "none" and to.unit.factor != 1:
        ratio = to.unit.dimension == "ratio" and abs(claim.value) <= 10 * abs(to.base)
        factor = claim.unit.factor if ratio else to.unit.factor
        return abs(claim.value) * factor, Decimal(5).scaleb(-claim.places - 1) * factor
    return abs(claim.base), claim.half


def fit(claim: Quantity, source: Quantity) -> Fit | None:
    """How the claim's size agrees with the source's, signs left aside; None where it does not.

    Rounded: within half of the claim's last written place, and the source is written at least as finely.
    Truncated: the source cut off at the claim's last place.
    """
    if not comparable(claim.unit.dimension, source.unit.dimension):
        return None
    if source.unit.dimension == "none" and claim.unit.dimension != "none":
        value = abs(claim.base) if claim.unit.dimension == "count" else abs(claim.value)
        return "exact" if value == abs(source.value) else None
    value, half = scaled(claim, source)
    return near(value, half, abs(source.base), source.half)


def near(value: Decimal, half: Decimal, source: Decimal, source_half: Decimal = Decimal(0)) -> Fit | None:
    """`fit` on sizes: a value with half of its last place against a source that is known to `source_half`."""
    if value == source:
        return "exact"
    if source_half > half:
        return None
    if abs(value - source) <= half:
        return "rounded"
    if 0 < source - value < 2 * half:
        return "truncated"
    return None


def slip(claim: Quantity, source: Quantity) -> int:
    """The power of ten by which the claim is off from the source (量级), or 0 where that is not its fault."""
    if claim.unit.dimension != source.unit.dimension or not claim.value or not source.value:
        return 0
    value, target = abs(claim.base), abs(source.base)
    power = value.adjusted() - target.adjusted()
    for k in (power, power - 1, power + 1):
        if k and abs(value.scaleb(-k) - target) <= claim.half.scaleb(-k):
            return k
    return 0


def loose_half(claim: Quantity) -> Decimal:
    """Half of the last place that is not a trailing zero: what 约80000万元 commits itself to."""
    exponent = claim.value.normalize().as_tuple().exponent
    digits = exponent if isinstance(exponent, int) else 0
    return Decimal(5).scaleb(digits - 1) * claim.unit.factor


def denied(claim: Quantity, source: Quantity) -> bool:
    """Whether 超过、不足 is belied by a source that is written as finely as the bound (不到42% of 42.82%)."""
    if claim.relation not in ("<", ">") or source.relation != "=" or claim.unit.dimension != source.unit.dimension:
        return False
    return abs(source.base) != abs(claim.base) and not hedged(claim, source.base)


def hedged(claim: Quantity, source: Decimal) -> bool:
    """Whether a hedge (约、余、超过、不足、≥ …) holds against the source's base value."""
    value, step = abs(claim.base), 2 * loose_half(claim)
    source = abs(source)
    match claim.relation:
        case "约":
            return abs(value - source) <= loose_half(claim)
        case "余":
            return value <= source < value + step
        case ">":
            return source > value
        case "<":
            return source < value
        case "≥":
            return source >= value
        case "≤":
            return source <= value
        case _:
            return False


def close(claim: Quantity, source: Decimal) -> bool:
    """Whether a bound is the round number next to the source's value: 90%以上 and 95%以上 of 96.8%, not 60%以上."""
    step = 2 * loose_half(claim)
    last = abs(claim.base) / step % 10
    return abs(abs(source) - abs(claim.base)) <= (5 * step if last == 5 else step)
