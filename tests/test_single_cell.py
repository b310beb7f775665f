"""A cell asked for by the names of its row and column alone is that cell, whatever the names sound like."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

BALANCE = """
| 收入 | < | 支出 | < | < |
| 项目 | 决算数 | 项目 | 年初预算数 | 决算数 |
| 财政拨款收入 | 8,400.00 | 基本支出 | 3,000.00 | 3,100.00 |
| 其他收入 | 60.00 | 项目支出 | 5,000.00 | 5,200.00 |
| 本年收入合计 | 8,460.00 | 本年支出合计 | 8,000.00 | 8,300.00 |
| 年初结转和结余 | 40.00 | 年末结转和结余 | — | 200.00 |
| 收入总计 | 8,500.00 | 支出总计 | 8,000.00 | 8,500.00 |
"""
OUTCOMES = """
| 指标 | 目标值 | 完成值 | 分值 | 得分 |
| 修缮文物保护单位 | 4处 | 3处 | 10 | 8 |
| 较大以上责任事故 | 0起 | 0起 | 10 | 10 |
| 合计 | — | — | 20 | 18 |
"""
STAFF = """
| 类别 | 核定编制 | 年末实有 | 空编 |
| 行政编制 | 48 | 45 | 3 |
| 事业编制 | 42 | 41 | 1 |
"""


@pytest.fixture(scope="module")
def bureau() -> Reading:
    """Income beside expenditure in one grid, an indicator table, the posts."""
    made = report(
        "全年支出8,300.00万元。自评得分为93分。全年未发生较大以上责任事故。",
        table(BALANCE, caption="表1 收支决算总表（单位：万元）", header_rows=2),
        table(OUTCOMES, number=2, caption="表2 指标完成情况表"),
        table(STAFF, number=3, caption="表3 编制情况表（单位：名）"),
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("本年支出合计的年初预算数是多少？", "8,000.00万元"),
        ("本年收入合计的决算数是多少？", "8,460.00万元"),
        ("支出总计的决算数是多少？", "8,500.00万元"),
        ("年末结转和结余的决算数是多少？", "200.00万元"),
        ("修缮文物保护单位的得分是多少？", "8分"),
        ("较大以上责任事故的目标值是多少？", "0起"),
        ("行政编制的空编是多少？", "空编为3"),
    ],
)
def test_the_cell_is_told_and_nothing_is_supposed(bureau: Reading, question: str, said: str) -> None:
    """支出总计 is no 支出决算, the score of an indicator not that of the bureau, its target no premise put right."""
    given = answer(question, [bureau])
    assert said in given.text, given.text
    assert "前提有误" not in given.text, given.text


@pytest.mark.parametrize(
    "question",
    ["项目支出还有多少钱没花出去？", "项目支出未执行的资金有多少？", "项目支出还剩多少没用？"],
)
def test_what_is_left_of_a_budget_is_never_what_was_spent(question: str) -> None:
    """没花出去 asks for the budget less the spending."""
    items = "| 项目 | 调整后预算 | 决算数 |\n| 项目支出 | 5,260.00 | 5,200.00 |\n| 基本支出 | 3,000.00 | 2,990.00 |"
    made = report(table(items, caption="表1 支出执行情况表（单位：万元）"))
    given = answer(question, [Reading(made, facts(made))])
    assert "60.00万元" in given.text, given.text
