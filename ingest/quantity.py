"""The only parser of numbers: cells, prose, questions and model output all go through here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Dimension = Literal[
    "money", "count", "ratio", "point", "length", "area", "volume", "duration", "score", "weight", "energy", "none"
]
"""`ratio`: % ‰ 成 倍 (factor to 1); `point`: 百分点 (factor to 1); `none`: no unit written."""

Relation = Literal["=", "约", ">", "<", "≥", "≤", "余", "从", "到"]
"""`从` and `到` are the two ends of a range (3至10个月); 余: 30余场, at least that and less than one more step."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure (计量单位): 万元 is money with factor 10000; 家 is a count of 家."""

    name: str
    dimension: Dimension
    factor: Decimal
    """To the base unit: 元 for money, 1 for counts and ratios (% is 0.01), 平方米, 米, 天 …"""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written (数量). `value` is the written number in the written unit, with its own sign."""

    text: str
    """Exactly the characters `source[start:end]`, number and unit together."""
    span: tuple[int, int]
    value: Decimal
    places: int
    """Written decimal places (小数位); negative for 中文 round numbers is not used: 3亿 has 0."""
    unit: Unit
    relation: Relation = "="
    direction: Literal[-1, 0, 1] = 0
    """Direction word bound to it: 下降38.62% is -1, 增长 is +1; the value itself stays 38.62."""

    @property
    def base(self) -> Decimal:
        """Value in the base unit of its dimension."""
        return self.value * self.unit.factor

    @property
    def half(self) -> Decimal:
        """Half of the last written place, in the base unit: the tolerance that the digits themselves give."""
        return Decimal(5).scaleb(-self.places - 1) * self.unit.factor


def quantities(text: str, default: Unit | None = None) -> tuple[Quantity, ...]:
    """Every figure in `text`, in order; `default` is the unit of a bare number (a table's 单位). Never raises."""
    raise NotImplementedError
