"""Whether a report says one thing alike in its text and its tables, and where it does not."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from assistant.review import findings
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

GOALS = """
| 指标 | 年初目标值 | 实际完成值 |
| 巡回演出 | 60场 | 52场 |
| 修缮戏台 | 5座 | 5座 |
"""


@pytest.fixture(scope="module")
def theatre() -> Reading:
    """Shows told in two numbers, stages told in one, a hall told once."""
    made = report(
        "# 一、履职情况",
        "全年巡回演出58场，修缮戏台5座，实现票房收入386.40万元。",
        table(GOALS, caption="表1 绩效目标完成情况表"),
        department="某县艺术中心",
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "begins", "said"),
    [
        ("巡回演出的场次正文和表1一致吗？", "不一致", ["58场", "52场", "须由单位核实"]),
        ("巡回演出前后说法对得上吗？", "不一致", ["58场", "52场"]),
        ("修缮戏台的座数正文和表里写的一样吗？", "一致", ["履职情况", "5座", "表1"]),
        ("票房收入前后几处说法统一吗？", "无从比对", ["386.40万元"]),
        ("报告里有哪些数据前后不一致？", "“巡回演出”", ["58场", "52场"]),
    ],
)
def test_what_is_told_twice_is_set_side_by_side(theatre: Reading, question: str, begins: str, said: list[str]) -> None:
    """Both values with their places, one value in two places, or that there is but one place."""
    told = answer(question, [theatre], findings=findings(theatre))
    assert told.text.startswith(begins) and all(words in told.text for words in said)
