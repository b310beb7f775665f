"""What the charts of a review show (图表数据): 预算—调整—决算 of the whole spending, and each item's execution rate.

Taken from the ledger's table rows that state both a budget and what was spent; every figure keeps its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from assistant import shapes
from assistant.review.memo_charts import Chart, charts
from ingest.fact import Fact
from ingest.reading import Reading
from ingest.report import Place, table_of
from ingest.terms import plain

if TYPE_CHECKING:
    from assistant.assistant import Assistant

BUDGETS = ("调整后预算", "预算", "年初预算")
"""The base of an execution rate, the best first."""
TOTALS = ("合计", "总计", "总额", "小计")
WHOLE = ("本年支出合计", "支出合计", "年度资金总额", "资金总额", "支出总计")
"""Names of the whole spending, the best first."""
Shape = dict[str, Any]
Describe = Callable[[Place], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A table row with its figures by 口径."""

    name: str
    table: int
    figures: dict[str, Fact]

    def has(self, *bases: str) -> bool:
        """Whether all of these are stated, and in one unit."""
        units = {self.figures[basis].quantity.unit for basis in bases if basis in self.figures}
        return all(basis in self.figures for basis in bases) and len(units) == 1


def chart_shapes(assistant: Assistant, report: str) -> Shape:
    """`{"waterfall": …, "execution": …}`, each None where the report has no such rows."""
    return _drawn(assistant.store.get(assistant.named([report])[0]), assistant.describe)


def review_charts(assistant: Assistant, report: str, findings: Sequence[Shape]) -> tuple[Chart, ...]:
    """The charts of a review with these findings, for the page."""
    reading = assistant.store.get(assistant.named([report])[0])
    return charts_of(reading, ((one["category"], one["severity"]) for one in findings))


def charts_of(reading: Reading, found: Iterable[tuple[str, str]]) -> tuple[Chart, ...]:
    """The charts of a review, of the page and of the memo alike; `found`: each finding's category and severity."""
    return charts(_drawn(reading, str), found)


def _drawn(reading: Reading, describe: Describe) -> Shape:
    lines = tuple(_lines(reading))
    return {"waterfall": _waterfall(lines, describe), "execution": _execution(reading, lines, describe)}


def _lines(reading: Reading) -> Iterator[Line]:
    """Spending rows of the year under review, in money, that state what was spent."""
    rows: dict[tuple[int, int], dict[str, Fact]] = {}
    for fact in reading.facts:
        place, unit = fact.place, fact.quantity.unit
        if place.table is None or place.row is None or unit.dimension != "money" or not fact.certain:
            continue
        income = "收入" in fact.subject or any("收入" in part for part in fact.measure)
        if not income and str(reading.report.year or "") in fact.period:
            rows.setdefault((place.table, place.row), {}).setdefault(fact.basis, fact)
    for (table, _), figures in rows.items():
        if "决算" in figures:
            yield Line(figures["决算"].subject, table, figures)


def _waterfall(lines: Sequence[Line], describe: Describe) -> Shape | None:
    """年初预算, its adjustment, 调整后预算, what was not spent, 决算: of the row that stands for all spending."""
    for name in WHOLE:
        for line in lines:
            if plain(line.name) == name and line.has("年初预算", "调整后预算", "决算"):
                opened, adjusted, spent = (line.figures[b] for b in ("年初预算", "调整后预算", "决算"))
                steps = [
                    ("年初预算", opened.quantity.value, True),
                    ("调整", adjusted.quantity.value - opened.quantity.value, False),
                    ("调整后预算", adjusted.quantity.value, True),
                    ("未执行", spent.quantity.value - adjusted.quantity.value, False),
                    ("决算", spent.quantity.value, True),
                ]
                return {
                    "name": plain(line.name),
                    "unit": spent.quantity.unit.name,
                    "steps": [{"name": step, "value": shapes.number(value), "whole": w} for step, value, w in steps],
                    "places": [shapes.place(fact.place, describe) for fact in (opened, adjusted, spent)],
                }
    return None


def _execution(reading: Reading, lines: Sequence[Line], describe: Describe) -> Shape | None:
    """Spent over budget, item by item, of the table that lists the most items."""
    tables: dict[int, list[Shape]] = {}
    for line in lines:
        basis = next((one for one in BUDGETS if one in line.figures), None)
        if basis is None or not line.name or any(word in line.name for word in TOTALS):
            continue
        budget, spent = line.figures[basis], line.figures["决算"]
        if budget.quantity.base <= 0:
            continue
        rate = (spent.quantity.base / budget.quantity.base * 100).quantize(Decimal("0.01"))
        item = {
            "name": plain(line.name),
            "rate": shapes.number(rate),
            "budget": budget.quantity.text,
            "spent": spent.quantity.text,
            "unit": spent.quantity.unit.name,
            "basis": basis,
            "place": shapes.place(spent.place, describe),
        }
        tables.setdefault(line.table, []).append(item)
    if not tables:
        return None
    number, items = max(tables.items(), key=lambda one: len(one[1]))
    table = table_of(reading.report, number)
    return {"caption": table.caption if table else "", "items": items}
