"""Figures as the reviewer writes them: amounts in the report's own unit, percentages, plain decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ingest.quantity import Quantity


def amount(like: Quantity, base: Decimal | None = None) -> str:
    """A value in the unit and with the decimals of `like`; `base` is in the base unit, `like`'s own if None."""
    if base is None:
        text = "".join(like.text.split())
        return text if text.endswith(like.unit.name) else f"{text}{like.unit.name}"
    value = base / like.unit.factor
    places = max(like.places, 0)
    if value != round(value, places):
        places = min(places + 1, -int(value.normalize().as_tuple().exponent))
    return f"{plain(value, places)}{like.unit.name}"


def gap(one: Quantity, other: Quantity) -> str:
    """How far two figures of one kind are apart, the larger one first, as a working: 18.62万元－16.82万元＝1.80万元."""
    big, small = (one, other) if one.base >= other.base else (other, one)
    if big.unit.dimension == "ratio":
        points = (big.base - small.base) * 100
        return f"{amount(big)}－{amount(small)}＝{plain(points, max(big.places, small.places))}个百分点"
    return f"{amount(big)}－{amount(small)}＝{amount(big, big.base - small.base)}"


def plain(value: Decimal, places: int) -> str:
    """A decimal with a fixed number of places, without thousands separators."""
    return f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


def percent(ratio: Decimal, places: int = 2) -> str:
    """A ratio as a percentage: 0.9603 → 96.03%."""
    return f"{plain(ratio * 100, places)}%"


def margin(quantity: Quantity) -> Decimal:
    """How far a figure may be off by its own digits: half of the last place; nothing for things counted one by one."""
    whole = quantity.unit.dimension == "count" and quantity.unit.factor == 1 and quantity.places == 0
    return Decimal(0) if whole else quantity.half
