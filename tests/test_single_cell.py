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


def test_last_year_of_a_table_is_asked_for_by_its_year() -> None:
    """上年（2022年）/执行: whose year a column is, its period tells; the total of such a column is the department's."""
    years = """
| 项目 | 上年（2022年） | < | 本年（2023年） | < |
| ^ | 预算 | 执行 | 预算 | 执行 |
| 基本支出 | 1,600.00 | 1,580.00 | 1,700.00 | 1,690.00 |
| 项目支出 | 1,000.00 | 960.00 | 1,200.00 | 1,150.00 |
| 支出合计 | 2,600.00 | 2,540.00 | 2,900.00 | 2,840.00 |
"""
    made = report("两年的收支见表1。", table(years, caption="表1 收支情况表（单位：万元）", header_rows=2), year=2023)
    own = [Reading(made, facts(made))]
    assert "2,540.00万元" in answer("2022年实际支出多少？", own).text
    assert "97.69%" in answer("2022年的支出预算执行率是多少？", own).text
    assert answer("2021年的支出预算执行率是多少？", own).refused


def test_what_a_fund_spends_is_not_what_the_department_spends() -> None:
    """医保基金收入合计x，支出合计y: y is the fund's, however much larger."""
    made = report("全年支出5,908.37万元。", "医保基金收入合计71.02亿元，支出合计64.07亿元。")
    given = answer("全年支出多少？", [Reading(made, facts(made))])
    assert "5,908.37万元" in given.text and "64.07" not in given.text, given.text


def test_no_rate_of_the_whole_stands_in_for_an_item_that_is_not_found() -> None:
    """The second clause is of what the first is about: where that is not told, nor is its rate."""
    made = report("全年预算1,000.00万元，实际支出900.00万元，预算执行率90.00%。")
    given = answer("普查的两员补贴占该项目支出的比重是多少，执行率多少？", [Reading(made, facts(made))])
    assert given.refused, given.text


def test_how_far_a_value_was_reached_does_not_contradict_it() -> None:
    """普及率 95.8% and its 完成率 100.84% are two figures; 普及 holds no 及 to cut a question at."""
    row = """
| 指标 | 指标值 | 完成值 | 完成率 |
| 农村自来水普及率 | 95% | 95.8% | 100.84% |
| 水质达标率 | 98% | 99% | 101.02% |
"""
    made = report("农村自来水普及率达到95.8%。", table(row, caption="表1 指标完成情况表"))
    given = answer("自来水普及率达到多少？", [Reading(made, facts(made))])
    assert "95.8%" in given.text and "100.84%" not in given.text and "不一致" not in given.text, given.text
