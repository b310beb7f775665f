"""Which rows of a table are meant, and cells of one row asked for clause by clause."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

ACROSS = """
单位：万元
| | 图书采购 | 场馆维修 | 讲座展览 | 合计 |
| 年初安排 | 120.00 | 80.00 |  | 200.00 |
| 年中调整 | 0.00 | -15.00 | 26.00 | 11.00 |
| 调整后安排 | 120.00 | 65.00 | 26.00 | 211.00 |
| 实际支付 | 118.80 | 52.00 | 25.70 | 196.50 |
| 支付率 | 99.00% | 80.00% | 98.85% | 93.13% |
| 支付率偏低原因 |  | 结算审计未完成 |  |  |
| 责任科室 | 采编部 | 办公室 | 办公室 |  |
"""
SCORES = """
| 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因 |
| 产出 | 新增图书册数 | ≥9000册 | 9120册 | 10 | 10.00 |  |
| ^ | 讲座场次 | 40场 | 36场 | 10 | 9.00 | 两名主讲人延期 |
| 效益 | 到馆人次 | ≥20万人次 | 18万人次 | 10 | 9.00 | 场馆维修闭馆 |
| 满意度 | 读者满意度 | ≥90% | 93% | 10 | 10.00 |  |
"""
MEASURES = """
| 序号 | 对应问题 | 整改措施 | 责任部门 | 完成时限 |
| 1 | 预算编制 | 做实项目库 | 办公室 | 2024年8月底前 |
| 2 | 支付进度 | 按月通报支付进度 | 采编部 | 2024年6月底前 |
| 3 | 绩效指标 | 补充效益指标 | 办公室 | 2024年6月底前 |
"""


@pytest.fixture(scope="module")
def library() -> Reading:
    """A library's projects as columns, its scores, and what it means to put right."""
    made = report(
        "各项目资金见表1，指标完成情况见表2，整改措施见表3。",
        table(ACROSS, caption="表1 项目资金安排与支付情况表"),
        table(SCORES, number=2, caption="表2 绩效指标完成情况表", header_cols=2),
        table(MEASURES, number=3, caption="表3 整改台账"),
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("讲座场次的指标值、完成值和得分是多少，偏差原因是什么？", ("40场", "36场", "9.00分", "两名主讲人延期")),
        ("讲座场次的完成值是多少？为什么扣分？", ("36场", "两名主讲人延期")),
        ("场馆维修的实际支付多少，支付率呢？", ("52.00万元", "80.00%")),
    ],
)
def test_cells_are_asked_for_in_turn(library: Reading, question: str, said: tuple[str, ...]) -> None:
    """A later clause is of the row that the first one names; the reason stands beside it."""
    given = answer(question, [library])
    assert not [one for one in said if one not in given.text], given.text


@pytest.mark.parametrize(
    ("question", "meant", "others"),
    [
        ("办公室负责的项目有哪些？", ("场馆维修", "讲座展览"), ("图书采购",)),
        ("办公室负责哪些项目，实际支付各多少？", ("52.00万元", "25.70万元"), ("118.80",)),
        ("支付率低于90%的项目有哪些，是否说明了原因？", ("场馆维修80.00%", "结算审计未完成"), ("图书采购",)),
        ("支付率最低的是哪个项目？", ("场馆维修", "80.00%"), ("讲座展览",)),
        ("哪些项目年中追加了资金？", ("讲座展览26.00万元",), ("场馆维修",)),
        ("哪些项目的调整后安排与年初安排不同？", ("场馆维修", "80.00万元", "65.00万元"), ("图书采购", "讲座展览")),
        ("没有完成的指标有哪些？", ("讲座场次", "到馆人次"), ("新增图书",)),
        ("哪些指标没有达到指标值？", ("36场", "18万人次"), ("93%",)),
        ("产出类指标中哪些没有得满分？", ("讲座场次",), ("到馆人次",)),
        ("哪些整改措施要在2024年6月底前完成？", ("按月通报支付进度", "补充效益指标"), ("做实项目库",)),
    ],
)
def test_only_the_rows_that_are_meant_are_told(
    library: Reading, question: str, meant: tuple[str, ...], others: tuple[str, ...]
) -> None:
    """By who answers for them, by a bound, by two of their figures, by their goal, by a value that the question gives;
    items in the head of a table are items like any."""
    given = answer(question, [library])
    assert not [one for one in meant if one not in given.text], given.text
    assert not [one for one in others if one in given.text], given.text


def test_an_unknown_department_has_no_projects(library: Reading) -> None:
    """财务科 stands nowhere in the table: not all of its rows are told instead."""
    assert answer("财务科负责的项目有哪些？", [library]).refused
