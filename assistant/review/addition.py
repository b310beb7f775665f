"""A total with its addends (合计与分项): what may be added, how rows are numbered, the sum as the memo writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.review.sheet import Half, Sheet
from assistant.review.show import amount, margin
from ingest.quantity import Quantity
from ingest.terms import is_total

_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"^\d{1,2}[.．、](?!\d)"),
    re.compile(r"^[（(]\d{1,2}[）)]"),
)
_RATE = re.compile(r"率|指数|排名|单价|标准|均")
_SHARE = re.compile(r"占比|比重|占.+比例|构成")
_TOTAL = re.compile(r"(合计|总计|小计|共计)$")


@dataclass(frozen=True, slots=True)
class Sum:
    """One total in one column with its addends. `gap` is stated minus recomputed."""

    col: int
    stated: Quantity
    parts: tuple[Quantity, ...]

    @property
    def gap(self) -> Decimal:
        return self.stated.base - sum((part.base for part in self.parts), Decimal(0))

    @property
    def slack(self) -> Decimal:
        return sum((margin(part) for part in self.parts), margin(self.stated))

    @property
    def fits(self) -> bool:
        return abs(self.gap) <= self.slack


def level(label: str) -> int:
    """Depth by numbering: 一、 1, （一） 2, 1. 3, （1） 4; 0 without numbering."""
    return next((depth for depth, mark in enumerate(_LEVELS, 1) if mark.match(label)), 0)


def total(label: str) -> bool:
    return is_total(label) or bool(_TOTAL.search(label))


def additive(sheet: Sheet, half: Half) -> tuple[int, ...]:
    """Columns whose figures may be summed: amounts, counts, scores and shares; not rates."""
    return tuple(col for col in half.numbers if _SHARE.search(sheet.heads[col]) or not _rated(sheet, half, col))


def _rated(sheet: Sheet, half: Half, col: int) -> bool:
    """Whether a column holds rates: by its head, or by the unit of its figures (增减幅度：％)."""
    units = {sheet.values[row, col].unit.dimension for row in sheet.body if (row, col) in sheet.values}
    return bool(_RATE.search(sheet.heads[col])) or units == {"ratio"}


def sums(sheet: Sheet, half: Half, row: int, parts: list[int]) -> list[Sum]:
    """The total row against these rows, column by column, where there is something to sum."""
    found = []
    for col in additive(sheet, half):
        stated = sheet.values.get((row, col))
        given = [sheet.values[part, col] for part in parts if (part, col) in sheet.values]
        if stated is not None and given and {part.unit.dimension for part in given} <= {stated.unit.dimension, "none"}:
            found.append(Sum(col, stated, tuple(given)))
    return found


def addition(one: Sum) -> str:
    """The addends and what they give: 36.00＋12.50＝48.50万元."""
    return f"{'＋'.join(f'{part.value:f}' for part in one.parts)}＝{recomputed(one)}"


def recomputed(one: Sum) -> str:
    """The sum of the addends, written like the total."""
    return amount(one.stated, sum((part.base for part in one.parts), Decimal(0)))


def difference(one: Sum) -> str:
    """The stated total less the sum of its addends."""
    return f"{amount(one.stated)}－{recomputed(one)}＝{amount(one.stated, one.gap)}"


def tolerance(one: Sum) -> str:
    """舍入容差 with its working, half a last place for every figure; nothing for things counted one by one."""
    halves = {margin(part) / one.stated.unit.factor for part in (one.stated, *one.parts)}
    if not one.slack:
        return "逐个计数，不存在舍入"
    if len(halves) == 1:
        half = halves.pop().normalize()
        return f"舍入容差（{len(one.parts)}＋1）×{half:f}＝{amount(one.stated, one.slack)}"
    listing = "＋".join(f"{(margin(p) / one.stated.unit.factor).normalize():f}" for p in (one.stated, *one.parts))
    return f"舍入容差{listing}＝{amount(one.stated, one.slack)}"
