"""中央、省、市、县各到位多少: the levels of one row, each named by a single character."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from assistant.builtin.question.speech import formal
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

FUNDS = table(
    "| 项目名称 | 资金到位 | < | < | < | < |\n"
    "| ^ | 中央 | 省级 | 市级 | 县级 | 小计 |\n"
    "| 危桥改造 | 65.00 | 70.00 | 60.00 | 38.00 | 233.00 |\n"
    "| 村道硬化 | 12.00 | 18.00 | 15.00 | 13.00 | 58.00 |",
    caption="附表1 资金到位情况（单位：万元）",
    header_rows=2,
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("危桥改造项目中央、省、市、县各到位多少？", ("65.00", "70.00", "60.00", "38.00")),
        ("危桥改造中央、省两级各到位多少？", ("65.00", "70.00")),
        ("村道硬化省、市、县资金分别是多少？", ("18.00", "15.00", "13.00")),
        ("村道硬化省、市、县三级各到位多少？", ("18.00", "15.00", "13.00")),
    ],
)
def test_every_level_of_a_row_is_told(question: str, told: tuple[str, ...]) -> None:
    """省 is 省级 in a list of levels; none of them is the row's own total."""
    made = report("# 一、资金情况", FUNDS)
    given = answer(question, [Reading(made, facts(made))])
    assert [figure.quantity.text.removesuffix("万元") for figure in given.figures] == list(told)


@pytest.mark.parametrize(
    "question", ["全市、县城区的道路里程是多少？", "市和县重点项目有几个？", "县、乡镇两级是什么？"]
)
def test_other_words_are_no_levels(question: str) -> None:
    """全市, 县重点项目 and 乡镇 are left as they are."""
    assert formal(question) == question
