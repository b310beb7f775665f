"""Rows picked from the one column that a question names: over a line, the first three, the second, the lowest."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD
from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

STAFF = """
| 单位 | 核定编制 | 年末实有 |
| 局机关 | 34 | 31 |
| 监测总站 | 24 | 24 |
| 执法支队 | 60 | 57 |
| 宣教中心 | 18 | 17 |
| 合计 | 136 | 129 |
"""
SPENT = """
| 科目 | 年初数 | 决算数 |
| 基本支出 | 2,045.94 | 2,010.00 |
| 其中：人员经费 | 1,842.36 | 1,806.00 |
| 项目支出 | 8,225.05 | 8,850.00 |
| 合计 | 10,270.99 | 10,860.00 |
"""


@pytest.fixture(scope="module")
def bureau() -> Reading:
    """Posts by office and spending by account."""
    made = report(
        table(STAFF, caption="表1 人员情况表（单位：人）"),
        table(SPENT, number=2, caption="表2 支出情况表（单位：万元）"),
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("核定编制最高的三个单位是哪些？", ("执法支队，60人", "局机关，34人", "监测总站，24人"), ("宣教中心", "合计")),
        ("核定编制排前两位的分别是哪些，各是多少？", ("执法支队", "局机关"), ("监测总站", "合计")),
        ("年末实有第二高的是哪一个？", ("局机关，31人",), ("执法支队", "监测总站")),
        ("哪个单位的年末实有最少？", ("宣教中心，17人",), ("局机关", "合计")),
        ("年末实有超过24人的有几个，分别是哪些？", ("2个", "执法支队", "局机关"), ("监测总站", "合计")),
        ("哪些单位的年末实有不低于24人？", ("执法支队", "局机关", "监测总站"), ("宣教中心", "合计")),
        ("年末实有低于10人的有哪些？", ("没有",), ("执法支队",)),
        ("年初数低于2045.94万元的有哪些？", ("人员经费1,842.36万元",), ("2045年", "项目支出", "合计")),
    ],
)
def test_the_rows_of_the_column_and_no_others(
    bureau: Reading, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    """The total is no row; a bound as large as a year is none (2045.94万元)."""
    given = answer(question, [bureau])
    assert all(part in given.text for part in told), given.text
    assert not any(part in given.text for part in untold), given.text
    assert all(figure.verdict in GOOD for figure in given.figures), given.figures
