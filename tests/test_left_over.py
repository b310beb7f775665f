"""What is left of a whole without a part, whether the year's cash balances, what a goal's row tells; bounds kept."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD
from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

KINDS = """
| 项目类别 | 项目名称 | 年初批复 | 全年预算 | 实际支出 |
| 绿化类 | 街头绿地补植 | 120.00 | 130.00 | 126.00 |
| 绿化类 | 行道树修剪 | 80.00 | 70.00 | 63.00 |
| 绿化类 | 小计 | 200.00 | 200.00 | 198.00 |
| 照明类 | 路灯节能改造 | 300.00 | 300.00 | 240.00 |
| 照明类 | 小计 | 300.00 | 300.00 | 240.00 |
| 总计 | 总计 | 500.00 | 500.00 | 429.00 |
"""
GOALS = """
| 指标 | 分值 | 目标值 | 完成值 | 得分 | 扣分说明 |
| 街头绿地建成数 | 8 | 8处 | 6处 | 6.00 | 2处地下管线未迁改 |
| 亮灯率 | 4 | ≥98% | 98.6% | 4.00 | |
"""
TOLD = """
全年取得收入640.00万元，使用上年结转38.50万元，全年实际支出655.20万元，结转下年23.30万元。
处置收入0.60万元已上缴国库。项目支出429.00万元。
发放问卷420份，收回有效问卷380份，其中评价满意361份，服务对象满意度为95.00%。
路灯节能改造工程进度不足八成。
"""


@pytest.fixture(scope="module")
def park() -> Reading:
    """Projects of two kinds (the 小计 of 绿化类 is wrong by 9.00), two goals, and the year in a few sentences."""
    made = report(
        TOLD,
        table(KINDS, caption="表五2024年度项目资金执行表（单位：万元）", header_cols=2),
        table(GOALS, caption="表六 绩效评价评分表", number=2),
        year=2024,
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("除路灯节能改造外，其余项目预算多少，支出多少，执行率多少？", ("200.00万元", "189.00万元", "94.50%")),
        ("除路灯节能改造外，项目支出还有多少，占项目支出多少？", ("189.00万元", "44.06%")),
        ("除绿化类外其余项目支出多少？", ("240.00万元",)),
        ("表5绿化类实际支出小计对吗？", ("189.00万元", "198.00万元", "多9.00万元")),
        ("收支平衡吗？", ("38.50万元", "640.00万元", "23.30万元", "相符")),
        ("用收入、上年结转和支出能推出年末结转吗？", ("23.30万元", "相符")),
        ("街头绿地为什么没有全部建成，完成率多少，扣了几分？", ("75.00%", "2.00分", "管线未迁改")),
        ("服务对象满意度和问卷有效回收率是怎么算出来的？", ("361份÷380份", "380份÷420份")),
        ("路灯节能改造工程进度是多少？", ("不足八成",)),
    ],
)
def test_what_is_left_is_worked_out_of_what_is_named(park: Reading, question: str, said: tuple[str, ...]) -> None:
    """The whole, the part and the basis are those of the question; a bound is told as one."""
    given = answer(question, [park])
    assert all(one in given.text for one in said), given.text
    assert all(figure.verdict in GOOD for figure in given.figures), given.figures


def test_an_income_of_another_thing_balances_nothing() -> None:
    """处置收入 is not the year's income: where the income is not told, no gap of hundreds is made up."""
    made = report("上年结转38.50万元，全年实际支出655.20万元，结转下年23.30万元。处置收入0.60万元已上缴国库。")
    given = answer("收支平衡吗？", [Reading(made, facts(made))])
    assert given.refused, given.text


def test_income_may_hold_what_was_carried_in() -> None:
    """收入合计678.50（含上年结转38.50）－支出655.20＝23.30: said with its premise."""
    made = report("本年收入合计678.50万元，上年结转38.50万元，全年实际支出655.20万元，结转下年23.30万元。")
    given = answer("收支平衡吗？", [Reading(made, facts(made))])
    assert "成立" in given.text and "已含" in given.text, given.text
