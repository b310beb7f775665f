"""Several figures asked for in one breath: cells of one row whatever stands over them, figures of one sentence."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from assistant.builtin.question.plan import plan
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

CARS = """
单位：万元
| 经费类别 | 2022年 | < | 2023年 | < | 决算比上年 | < |
| ^ | 预算 | 决算 | 预算 | 决算 | 增减额 | 增减幅度 |
| 车辆运维 | 20.00 | 18.60 | 19.00 | 17.20 | -1.40 | -7.53% |
| 来客接待 | 5.00 | 4.10 | 4.50 | 3.69 | -0.41 | -10.00% |
| 总计 | 25.00 | 22.70 | 23.50 | 20.89 | -1.81 | -7.97% |
"""
SCORES = """
| 三级指标 | 权重 | 目标值 | 实际值 | 得分 |
| 群众满意度 | 10 | ≥90% | 88.2% | 9.80 |
| 灯具更换数量 | 20 | 300盏 | 310盏 | 20.00 |
| 总分 | 30 |  |  | 29.80 |
"""
OFFICES = """
| 单位 | 编制数 | 实有数 |
| 园林站 | 25 | 24 |
| 夜间照明所 | 18 | 17 |
| 合计 | 43 | 41 |
"""


@pytest.fixture(scope="module")
def lamps() -> Reading:
    """A report with years over its columns, a scoring table with 权重, and outcomes told several in a sentence."""
    made = report(
        "# 一、支出情况",
        table(CARS, caption="表1 车辆与接待经费", header_rows=2),
        table(OFFICES, number=2, caption="表2 人员配备"),
        "# 二、工作完成情况",
        "拆除破损灯箱46处、0.82万平方米。全年清运处置落叶枯枝1.26万吨，较上年1.20万吨增长5.00%。",
        "年末结转结余30.00万元，结转结余率1.50%。",
        table(SCORES, number=3, caption="表3 自评打分表"),
        department="某市照明管理局",
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("车辆运维的2022年决算和2023年决算分别是多少？", ("18.60", "17.20")),
        ("来客接待2023年预算、决算和2022年决算各多少？", ("4.50", "3.69", "4.10")),
        ("来客接待2023年决算和增减幅度各是多少？", ("3.69", "10.00%")),
        ("车辆运维的预算、2022年决算和增减额分别是多少？", ("19.00", "18.60", "1.40")),
    ],
)
def test_years_and_changes_over_the_columns_of_one_row(question: str, told: tuple[str, ...], lamps: Reading) -> None:
    """Each column named is told, and none of the report's other year where the question names none."""
    text = answer(question, [lamps]).text
    assert all(figure in text for figure in told), text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("群众满意度的权重和得分各是多少？", ("10分", "9.80分")),
        ("群众满意度的目标值、实际值和得分？", ("90%", "88.2%", "9.80分")),
        ("灯具更换数量权重、目标值和得分各为多少？", ("20分", "300盏", "20.00分")),
    ],
)
def test_a_row_called_by_a_measure_is_a_row(question: str, told: tuple[str, ...], lamps: Reading) -> None:
    """群众满意度 names a row of a scoring table: its cells are told, not those of the total score."""
    text = answer(question, [lamps]).text
    assert all(figure in text for figure in told) and "29.80" not in text, text


def test_a_column_said_short_is_of_the_row_named_before(lamps: Reading) -> None:
    """夜间照明所编制多少名，实有多少名: 实有 is the 实有数 of that office, not of all."""
    text = answer("夜间照明所编制多少名，实有多少名？", [lamps]).text
    assert "18" in text and "17" in text and "41" not in text


def test_figures_of_one_sentence(lamps: Reading) -> None:
    """How many and how large, told behind one verb; an amount by what was done to a thing, told the other way round."""
    both = answer("拆除破损灯箱多少处，面积多大？", [lamps]).text
    assert "46处" in both and "0.82万平方米" in both
    amount = answer("落叶枯枝清运处置量是多少，比上年增长多少？", [lamps]).text
    assert "1.26万吨" in amount and "5.00%" in amount


def test_a_later_part_that_names_itself_needs_no_subject(lamps: Reading) -> None:
    """结转结余率 after 年末结转结余 is the rate that the report states."""
    text = answer("年末结转结余是多少，结转结余率是多少？", [lamps]).text
    assert "30.00万元" in text and "1.50%" in text


def test_each_part_has_its_own_year() -> None:
    """Years stand with their parts; what stands before the first year is not of it; years compared stay together."""
    assert [one.year for one in plan("接待费2022年决算和2023年决算各多少？").asks] == [2022, 2023]
    assert [one.year for one in plan("产值的2021年、2022年和2023年各是多少？").asks] == [2021, 2022, 2023]
    assert [one.year for one in plan("人员经费的预算和2021年决算？").asks] == [None, 2021]
    assert {one.year for one in plan("2023年销量与2021年相比少了多少？").asks} == {None}
    assert [one.phrase for one in plan("上年结转了多少？", year=2023).asks] == ["上年结转"]


def test_rows_under_one_heading(lamps: Reading) -> None:
    """A和B的X各多少: the heading behind the last row is that of the first one too."""
    text = answer("园林站和夜间照明所的实有数各多少？", [lamps]).text
    assert "24" in text and "17" in text and "25" not in text, text
