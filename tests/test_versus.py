"""Is it the most, more than another, less than last year; was a reason given; whose figure, in what unit."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

PROJECTS = """
单位：万元
| 项目 | 调整后预算 | 支出决算 | 执行率 | 偏差原因 |
| 河道清淤 | 980.00 | 941.37 | 96.06% | |
| 集市改造 | 612.00 | 498.60 | 81.47% | 摊位腾退协商时间长 |
| 路灯维护 | 88.00 | 86.75 | 98.58% | |
| 合计 | 1,680.00 | 1,526.72 | 90.88% | |
"""
CARS = """
单位：万元
| 项目 | 2023年决算数 | 2022年决算数 |
| 公务接待费 | 2.92 | 4.60 |
| 公务用车运行维护费 | 6.95 | 6.86 |
| 合计 | 9.87 | 11.46 |
"""


@pytest.fixture(scope="module")
def year() -> Reading:
    """Projects with rates and reasons, official receptions of two years, a balance, money of another source."""
    made = report(
        table(PROJECTS, number=1, caption="表1 项目支出情况表"),
        table(CARS, number=2, caption="表2 “三公”经费支出情况表"),
        "全年完成绿化补植36亩。",
        year=2023,
        department="滨溪县住房保障中心",
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "opens", "figures"),
    [
        ("路灯维护是不是执行率最高的？", "是", ["98.58%"]),
        ("河道清淤是不是执行率最高的项目？", "不是", ["98.58%", "96.06%"]),
        ("集市改造是不是支出决算最少的？", "不是", ["86.75", "498.60"]),
        ("集市改造为什么是执行率最高的？", "前提有误", ["98.58%", "81.47%"]),
        ("河道清淤的支出决算比集市改造高吗？", "是", ["941.37", "498.60"]),
        ("集市改造的支出决算是否高于河道清淤？", "不是", ["941.37", "498.60"]),
        ("公务接待费比上年减少了吗？", "是", ["2.92", "4.60"]),
        ("2023年公务用车运行维护费是否比上年减少？", "不是", ["6.95", "6.86"]),
        ("集市改造有没有说明偏差原因？", "有", []),
        ("河道清淤有没有说明偏差原因？", "没有", []),
    ],
)
def test_the_side_is_told_with_both_figures(year: Reading, question: str, opens: str, figures: list[str]) -> None:
    """是, 不是 or 前提有误 first, then the figures that settle it; an empty cell of reasons is 没有."""
    told = answer(question, [year])
    assert not told.refused and told.text.startswith(opens), told.text
    assert all(figure in told.text for figure in figures), told.text


def test_why_a_true_first_is_first_is_left_to_the_reasons(year: Reading) -> None:
    """A premise that holds is not called wrong."""
    assert not answer("路灯维护为什么是执行率最高的？", [year]).text.startswith("前提有误")


@pytest.mark.parametrize("question", ["水务局的河道清淤支出多少？", "侨联的支出决算是多少？", "路灯维护完成了多少株？"])
def test_what_no_report_speaks_of_is_refused(year: Reading, question: str) -> None:
    """Another department's figure is not this one's, and nothing is told in units that nothing is counted in."""
    assert answer(question, [year]).refused


@pytest.mark.parametrize("question", ["县住房保障中心的河道清淤支出多少？", "绿化补植完成了多少亩？"])
def test_the_departments_own_figures_are_told(year: Reading, question: str) -> None:
    """Its own name and its own units stand in the way of nothing."""
    assert not answer(question, [year]).refused


def test_money_of_the_unit_is_not_the_whole_budget() -> None:
    """单位资金 is one source among others: the balance is measured against the total."""
    sources = """
单位：万元
| 资金来源 | 年初预算 | 调整后预算 | 支出决算 |
| 本级财政资金 | 2,846.50 | 2,968.30 | 2,811.47 |
| 单位资金 | 85.00 | 85.00 | 58.92 |
| 合计 | 2,931.50 | 3,053.30 | 2,870.39 |
"""
    made = report(table(sources, caption="表1 资金情况"), "调整后预算3,053.30万元。年末结转结余182.91万元。", year=2023)
    told = answer("结转结余率是多少（以调整后预算为分母）？", [Reading(made, facts(made))])
    assert "5.99%" in told.text, told.text
