"""Which column a question about the highest or lowest means: by its basis, its year, and the kind of its rows."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD
from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

VEHICLES = """
单位：万元
| 科目 | 2022年实际 | 2023年核定 | 2023年实际 |
| 公务用车运行维护 | 39.82 | 21.00 | 8.52 |
| 公务接待 | 9.73 | 11.00 | 18.94 |
"""
PROJECTS = """
单位：万元
| 项目名称 | 计划投入 | 实支 |
| 苗圃扩建 | 180.00 | 52.36 |
| 林道养护 | 96.40 | 88.72 |
| 防火监测 | 120.00 | 61.15 |
"""


@pytest.fixture(scope="module")
def forestry() -> Reading:
    """A table with last year's spending first, and a table of projects whose column calls spending 实支."""
    made = report(
        "2023年部门支出决算460.00万元。",
        table(VEHICLES, caption="表1 “三公”支出明细（单位：万元）"),
        table(PROJECTS, number=2, caption="表2 项目资金总览（单位：万元）"),
        year=2023,
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "row", "figure"),
    [
        ("“三公”支出里哪一科目实际最高？", "公务接待", "18.94万元"),
        ("三个项目里哪个实际支出最多？", "林道养护", "88.72万元"),
        ("计划投入最大的项目是哪个？", "苗圃扩建", "180.00万元"),
    ],
)
def test_the_highest_is_of_the_column_that_is_meant(forestry: Reading, question: str, row: str, figure: str) -> None:
    """This year's column where no year is named; the column of the basis that is named, whatever its head calls it."""
    said = answer(question, [forestry])
    assert row in said.text, said.text
    assert figure in said.text, said.text
    assert all(one.verdict in GOOD for one in said.figures), said.text


def test_what_was_executed_is_an_amount(forestry: Reading) -> None:
    """林道养护执行了多少 asks for what was spent, not for a rate."""
    said = answer("林道养护执行了多少？", [forestry])
    assert "88.72万元" in said.text, said.text
