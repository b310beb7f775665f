"""The self-assessment table (自评表) as the rules see it: columns by meaning, rows of indicators, due scores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.review.addition import total
from assistant.review.case import Case
from assistant.review.sheet import Sheet
from ingest.quantity import Quantity, quantities

WEIGHTS = ("分值", "权重", "标准分")
SCORES = ("得分", "评分")
TARGETS = ("指标值", "目标值", "年初目标", "计划值", "预期")
NATURES = ("指标性质", "指标方向", "符号")
RESULTS = ("完成值", "实际完成", "完成情况", "实际值")
REASONS = ("偏差", "原因", "说明", "扣分")


@dataclass(frozen=True)
class Scores:
    """A scoring table: its columns by meaning, its rows of indicators and its total row."""

    sheet: Sheet
    weight: int
    score: int | None
    target: int | None
    result: int | None
    reason: int | None
    rows: tuple[int, ...]
    total: int | None
    extra: tuple[tuple[Sheet, int, int, int | None], ...] = ()
    """Rows of another layer of the same table that also carry a weight: (sheet, row, weight col, score col)."""

    def weights(self) -> list[tuple[Sheet, int, Quantity]]:
        own = [(self.sheet, row, self.sheet.values[row, self.weight]) for row in self.rows]
        return [*((s, r, s.values[r, w]) for s, r, w, _ in self.extra), *own]

    def scores(self) -> list[Quantity]:
        found = [s.values.get((r, c)) for s, r, _, c in self.extra if c is not None]
        found += [self.sheet.values.get((row, self.score)) for row in self.rows if self.score is not None]
        return [each for each in found if each is not None]

    def name(self, row: int) -> str:
        """The indicator's name: the last words left of its weight, in the columns of indicators where there are any."""
        named = [col for col in range(self.weight) if re.search(r"指标(?:名称|内容)?$", self.sheet.heads[col])]
        left = [self.sheet.texts[row][col] for col in named or range(self.weight)]
        return next((text for text in reversed(left) if text), f"第{row + 1}行")

    def written(self, row: int) -> str:
        """The target as the row writes it, behind the sign of its own column (指标性质 ≥、≤、=) where there is one."""
        assert self.target is not None
        nature = column(self.sheet, NATURES)
        sign = self.sheet.texts[row][nature] if nature is not None else ""
        return sign + self.sheet.texts[row][self.target]


def scorings(case: Case) -> tuple[Scores, ...]:
    """All scoring tables of the case; upper layers of the same table are read with the layer of indicators."""
    found: list[Scores] = []
    uppers: list[tuple[Sheet, int, int, int | None]] = []
    for sheet in case.sheets:
        weight, score = column(sheet, WEIGHTS), column(sheet, SCORES)
        if weight is None:
            continue
        rows = [row for row in sheet.body if (row, weight) in sheet.values]
        totals = [row for row in rows if _is_total(sheet, row, weight)]
        below = [row for row in rows if row not in totals]
        same = [upper for upper in uppers if upper[0].table is sheet.table]
        if len(below) < 3:
            uppers += [(sheet, row, weight, score) for row in below or rows]
            continue
        found.append(
            Scores(
                sheet,
                weight,
                score,
                column(sheet, TARGETS),
                column(sheet, RESULTS),
                column(sheet, REASONS),
                tuple(below),
                totals[-1] if totals else None,
                tuple(same),
            )
        )
    return tuple(found)


def column(sheet: Sheet, words: tuple[str, ...]) -> int | None:
    heads = [head.split("/")[-1] for head in sheet.heads]
    whole = [head.replace("/", "") for head in sheet.heads]
    for names in (heads, whole):
        for word in words:
            for col, head in enumerate(names):
                if word in head and not ("原因" in head and words is not REASONS):
                    return col
    return None


def _is_total(sheet: Sheet, row: int, weight: int) -> bool:
    return any(total(sheet.texts[row][col]) for col in range(weight))


def due_score(table: Scores, row: int) -> Decimal | None:
    """分值 × 完成程度, not above the weight; None where target or result is not one figure of the same kind."""
    if table.target is None or table.result is None:
        return None
    sheet, weight = table.sheet, table.sheet.values[row, table.weight]
    target, result = single(sheet.texts[row][table.target]), single(sheet.texts[row][table.result])
    if target is None or result is None or target.value <= 0:
        return None
    if target.unit.dimension != result.unit.dimension and "none" not in (target.unit.dimension, result.unit.dimension):
        return None
    degree = _degree(target, result, table.written(row))
    return None if degree is None else min(weight.value * degree, weight.value)


def single(text: str) -> Quantity | None:
    """The figure of a text that has just one."""
    found = quantities(text)
    return found[0] if len(found) == 1 else None


def falling(written: str) -> bool:
    """A target that is reached from above (反向指标): ≤, 不超过, 以内."""
    return bool(re.search(r"[≤<＜≦]|不[超高大多]|以[内下]|(?<!不)[低小少]于", written))


def _degree(target: Quantity, result: Quantity, written: str) -> Decimal | None:
    """Degree of completion by kind of indicator; None where the kind is not written or the result is zero."""
    one, other = (
        (target.base, result.base) if target.unit.dimension == result.unit.dimension else (target.value, result.value)
    )
    if falling(written):
        return None if other == 0 else min(one / other, Decimal(1))
    return min(other / one, Decimal(1))
