"""Units of measure (计量单位): the table in units.toml, conversion between units, and writing a figure out.

Nothing here looks for numbers in text; see ingest.quantity.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

Dimension = Literal[
    "money", "count", "ratio", "point", "length", "area", "volume", "duration", "score", "weight", "energy", "none"
]
"""`ratio`: % ‰ 成 倍 (factor to 1); `point`: 百分点 (factor to 1); `none`: no unit written."""

_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure (计量单位): 万元 is money with factor 10000; 家 is a count of 家."""

    name: str
    dimension: Dimension
    factor: Decimal
    """To the base unit: 元 for money, 1 for counts and ratios (% is 0.01), 平方米, 米, 天 …"""

    @property
    def kind(self) -> str:
        """What is counted or measured, without the scale: 万人 and 名 are both 人; 万元/人 is 元/人."""
        over, slash, under = self.name.partition("/")
        return kinds().get(over, over) + slash + under


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to write a unit, and the words around it that make it something else."""

    unit: Unit
    kind: str = ""
    not_before: str = ""
    not_words: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    numeral: bool = True
    """May follow a Chinese numeral (四家), not only digits (4家)."""


class Measured(Protocol):
    """Anything with a value in a unit."""

    @property
    def value(self) -> Decimal: ...

    @property
    def unit(self) -> Unit: ...


NONE = Unit("", "none", Decimal(1))
"""No unit written."""


@cache
def table() -> Mapping[str, Any]:
    """The data file units.toml as read."""
    return tomllib.loads((Path(__file__).parent / "units.toml").read_text(encoding="utf-8"))


@cache
def spellings() -> Mapping[str, Spelling]:
    """Every written form of every unit, with and without scale: 元, 万元, 亿元, 个百分点 …"""
    scales = {name: Decimal(factor) for name, factor in table()["scales"].items()}
    found = {scale: Spelling(Unit(scale, "none", factor)) for scale, factor in scales.items()}
    for row in table()["unit"]:
        for form, name in _forms(row):
            kind = row.get("same", row.get("as", name))
            for scale, factor in {"": Decimal(1), **(scales if row.get("scaled") else {})}.items():
                found.setdefault(
                    scale + form,
                    Spelling(
                        Unit(scale + name, row["dimension"], factor * Decimal(row["factor"])),
                        kind,
                        row.get("not_before", ""),
                        tuple(row.get("not_words", ())),
                        tuple(row.get("only_before", ())),
                        row.get("numeral", True) or bool(scale),
                    ),
                )
    return found


@cache
def kinds() -> Mapping[str, str]:
    """What each unit counts or measures, by its standard name."""
    return {spelling.unit.name: spelling.kind for spelling in spellings().values()}


def _forms(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Written form and standard name: `names` share the first one, `each` stand for themselves."""
    names = row.get("names", ())
    yield from ((form, names[0]) for form in names)
    yield from ((form, form) for form in row.get("each", ()))


@lru_cache(maxsize=4096)
def unit(name: str) -> Unit | None:
    """The unit of this name as a table head prints it (万元, （万元）, 单位：人, 元/人), None if unknown."""
    name = "".join(name.split()).removeprefix("单位").lstrip(":：").strip("()（）[]【】")
    name = name.removeprefix("人民币").removesuffix("人民币").rstrip("(（") or name
    if found := spellings().get(name):
        return found.unit
    over, slash, under = name.replace("每", "/").partition("/")
    if slash and over in spellings() and under in spellings():
        return ratio_of(spellings()[over].unit, under)
    return None


def ratio_of(over: Unit, under: str) -> Unit:
    """A unit per another (元/人): the same size as `over`, but another kind."""
    return Unit(f"{over.name}/{under}", over.dimension, over.factor)


def alike(one: Unit, other: Unit) -> bool:
    """Whether values in these units can be compared: same dimension, and for counts the same thing counted."""
    if one.dimension != other.dimension:
        return False
    return one.kind == other.kind or not (one.dimension == "count" or "/" in one.kind + other.kind)


def convert(quantity: Measured, target: Unit) -> Decimal:
    """The value in another unit, exact. Raises ValueError where the two cannot be compared."""
    if not alike(quantity.unit, target):
        raise ValueError(f"{quantity.unit.name or '无单位'}不能换算成{target.name or '无单位'}")
    if quantity.unit.factor == target.factor:
        return quantity.value
    return _WIDE.divide(_WIDE.multiply(quantity.value, quantity.unit.factor), target.factor)


def show(value: Decimal, unit: Unit, places: int | None = None, group: bool = True) -> str:
    """A figure written out, e.g. 72,107.69万元. `places` rounds half up; None keeps the value's own digits."""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    return f"{value:{',' if group else ''}f}{unit.name}"
