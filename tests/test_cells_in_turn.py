"""Questions of several parts, of two rates and of the budget's change, over a report in another bureau's words."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

PROJECTS = """
单位：万元
| 项目名称 | 预算安排 | < | 执行情况 | < | 评审组复核分 |
| ^ | 年初数 | 最终数 | 支出数 | 进度 | ^ |
| 河堤绿化 | 126.20 | 140.90 | 133.64 | 94.85% | 91.00 |
| 古井修缮 | 80.00 | 80.00 | 64.00 | 80.00% | 78.50 |
| 合计 | 206.20 | 220.90 | 197.64 | 89.47% | — |
"""
STAFF = """
| 单位 | 核定编制（人） | 年末在岗（人） |
| 局机关 | 40 | 36 |
| 园林站 | 25 | 24 |
| 总计 | 65 | 60 |
"""
SIDEWAYS = """
单位：万元
| 口径 | 公务用车运行维护费 | 公务接待费 | 合计 |
| 2023年预算 | 12.00 | 6.00 | 18.00 |
| 2023年实际 | 10.50 | 3.50 | 14.00 |
| 2022年实际 | 11.00 | 5.00 | 16.00 |
"""


@pytest.fixture(scope="module")
def told() -> Reading:
    """A report that says 年初批复支出预算, 最终预算, 结转下年, and writes 2.1 before its headings."""
    made = report(
        "# 2.1  收支情况",
        "年初批复支出预算500.00万元，年中净追加60.00万元，最终预算560.00万元；全年实际支出532.00万元，结转下年28.00万元。",
        "# 2.2  项目支出情况",
        "全年预算数220.90万元，实际支出197.64万元。",
        table(PROJECTS, caption="表1 项目支出明细", header_rows=2),
        table(STAFF, number=2, caption="表2 人员配备情况"),
        table(SIDEWAYS, number=3, caption="表3 “三公”经费对比"),
        "# 3.1  履职情况",
        "排查整治燃气隐患320处，整改完成311处。机构编制部门核定编制65名，其中行政编制40名、事业编制25名。",
    )
    return Reading(made, facts(made))


def ask(question: str, reading: Reading) -> Answer:
    """The built-in answer."""
    return answer(question, [reading])


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("河堤绿化项目年初安排多少，最终支出多少？", ("126.20", "133.64")),
        ("古井修缮的最终数、支出数和复核分？", ("80.00", "64.00", "78.50分")),
        ("古井修缮执行得怎么样？", ("80.00万元", "64.00万元", "80.00%")),
        ("全年排查出多少处燃气隐患，整改了多少处？", ("320处", "311处")),
        ("年初批复的支出预算和最终预算各是多少？", ("500.00", "560.00")),
        ("全年支出多少，结转下年多少？", ("532.00", "28.00")),
        ("核定编制多少名？", ("65",)),
        ("“三公”经费比上年下降了百分之几？", ("2.00万元", "12.50%")),
        ("年中追加的预算相当于年初批复数的百分之几？", ("60.00万元", "12.00%")),
        ("在职人员控制率多少？", ("92.31%",)),
        ("局机关和园林站哪个编制使用率高，差几个百分点？", ("96.00%", "90.00%", "6.00个百分点")),
        ("河堤绿化和古井修缮哪个执行进度快？", ("94.85%", "80.00%", "14.85个百分点")),
        ("按年初批复数算，支出完成率是多少？", ("106.40%",)),
    ],
)
def test_each_part_has_its_own_figure(question: str, figures: tuple[str, ...], told: Reading) -> None:
    """A row named once answers all its cells; a sentence all its figures; the department is not its projects."""
    given = ask(question, told)
    assert all(figure in given.text for figure in figures), given.text
    assert "报告没有提供" not in given.text and "不一致" not in given.text, given.text
    assert not given.refused


def test_a_part_named_is_a_part(told: Reading) -> None:
    """行政编制 asked for by its name is not its whole."""
    assert "40名" in ask("行政编制多少名？", told).text


def test_rates_of_two_tables_are_not_set_against_one_another(told: Reading) -> None:
    """河堤绿化 has a rate of spending, 园林站 none: nothing is worked out between them."""
    assert "高于" not in ask("河堤绿化和园林站哪个执行进度快？", told).text


def test_the_number_of_a_heading_is_no_figure(told: Reading) -> None:
    """2.1 before 收支情况 numbers the heading."""
    assert not [fact for fact in told.facts if fact.quantity.text.strip() in ("2.1", "2.2", "3.1")]


def test_the_row_with_the_widest_gap_between_two_columns() -> None:
    """自评分和复核分差距最大的是哪个项目: by their difference, not by either score."""
    rows = "| 项目 | 单位自评分 | 复核分 |\n| 法律援助 | 96.00 | 94.50 |\n| 司法所建设 | 91.50 | 79.50 |"
    made = report(table(rows, caption="项目得分"))
    told = answer("自评分和复核分差距最大的是哪个项目，差多少分？", [Reading(made, facts(made))])
    assert "司法所建设" in told.text and "相差12.00分" in told.text
