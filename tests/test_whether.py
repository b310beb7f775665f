"""Whether-questions: the plain question inside is answered first, then the side is told with the figure."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

PROJECTS = """
单位：万元
| 项目 | 年初预算 | 调整后预算 | 支出决算 | 执行率 |
| 河道清淤 | 820.00 | 980.00 | 941.37 | 96.06% |
| 集市改造 | 640.00 | 612.00 | 498.60 | 81.47% |
| 公务用车购置费 | 0.00 | 0.00 | 0.00 | — |
"""


@pytest.fixture(scope="module")
def year() -> Reading:
    """Projects with both budgets, a car never bought, letters all of which were settled."""
    made = report(
        table(PROJECTS, caption="表1 项目支出情况表"),
        "全年受理群众来信来访213件，全部办结。",
        "全年没有购置公务用车，年末公务用车保有量6辆。",
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "opens", "figure"),
    [
        ("河道清淤的支出决算是941.37万元，对吗？", "是", "941.37"),
        ("河道清淤的执行率超过90%了吗？", "超过了", "96.06"),
        ("集市改造的执行率有没有达到90%？", "没有达到", "81.47"),
        ("河道清淤年中有没有追加预算？", "有", "160.00"),
        ("集市改造年中追加预算了吗？", "没有", "28.00"),
        ("集市改造有支出吗？", "有", "498.60"),
        ("集市改造控制在预算以内了吗？", "是", "612.00"),
        ("购置公务用车花了多少钱？", "", "0.00"),
        ("还有多少件来信来访没有办结？", "前提有误", "213"),
    ],
)
def test_the_side_is_told_with_its_figure(year: Reading, question: str, opens: str, figure: str) -> None:
    """是 or 没有 first, then the report's own figure."""
    told = answer(question, [year])
    assert told.text.startswith(opens) and figure in told.text, told.text
    assert not told.refused


TWO_RATES = """
单位：万元
| 支出类别 | 调整后预算 | 支出决算 | 执行率 |
| 基本支出 | 400.00 | 396.00 | 99.00% |
| 项目支出 | 980.00 | 941.37 | 96.06% |
"""


@pytest.mark.parametrize(
    "question", ["项目支出执行率是多少，对不对？", "项目支出预算执行率94.06%对吗？", "项目支出执行率是多少，算得对吗？"]
)
def test_whether_a_rate_is_right_is_answered_with_what_contradicts_it(question: str) -> None:
    """Asked with 对不对 or 对吗, a rate that the report tells in two ways is told in both, not in the fitting one."""
    made = report(table(TWO_RATES, caption="表1 支出情况表"), "项目支出预算执行率为94.06%。")
    told = answer(question, [Reading(made, facts(made))])
    assert "94.06%" in told.text and "96.06%" in told.text, told.text
