"""What the reviewer finds in tables, and what it leaves alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build import table
from tests.review_pages import raised

PROJECTS = """单位：万元
| 项目名称 | 年初预算数 | 调整后预算数 | 执行数 | 执行率 |
| 校车购置 | 120.00 | 150.00 | 148.50 | 99.00% |
| 校舍修缮 | 300.00 | 280.00 | 260.40 | 93.00% |
| 教师培训 | 80.00 | 80.00 | 76.00 | 95.00% |
| 合计 | {initial} | 510.00 | 484.90 | 95.08% |
"""


def test_a_total_that_does_not_foot_is_found() -> None:
    """One column of the total row is off while the others close: P0, with both figures and the gap."""
    [found] = raised(table(PROJECTS.format(initial="530.00"), caption="表1 项目支出情况表"), rule="表内合计")
    assert found.severity == "P0"
    assert "530.00万元" in found.fact and "500.00万元" in found.fact
    assert "多30.00万元" in found.title


def test_a_total_that_foots_raises_nothing() -> None:
    """Footing, rates and execution hold: silence."""
    found = raised(table(PROJECTS.format(initial="500.00"), caption="表1 项目支出情况表"))
    assert [one for one in found if one.severity in ("P0",)] == []


def test_a_rounding_difference_is_a_hint_never_an_error() -> None:
    """33.33 + 33.33 + 33.33 = 99.99 beside 100.00 lies within (n + 1) halves of the last place."""
    text = "单位：万元\n| 项目 | 支出数 |\n| 甲 | 33.33 |\n| 乙 | 33.33 |\n| 丙 | 33.33 |\n| 合计 | 100.00 |"
    [found] = raised(table(text, caption="表1 支出表"), rule="表内合计")
    assert found.severity == "提示"
    assert "尾差0.01万元" in found.title


def test_of_which_rows_are_not_summed_twice() -> None:
    """其中 rows are parts of the row above, with or without the word on each of them."""
    text = """单位：万元
    | 项目 | 本年决算数 | 上年决算数 |
    | 因公出国费 | 0.00 | 0.00 |
    | 公务用车购置及运行费 | 9.00 | 8.00 |
    | 其中：购置费 | 4.00 | 0.00 |
    | 运行费 | 5.00 | 8.00 |
    | 公务接待费 | 3.00 | 2.50 |
    | 合计 | 12.00 | 10.50 |
    """
    assert raised(table(text, caption="表1 经费表"), rule="表内合计") == []


def test_halves_printed_side_by_side_are_footed_apart() -> None:
    """收入 and 支出 stand beside each other; each half has its own labels and totals."""
    text = """单位：万元
    | 收入项目 | 收入决算数 | 支出项目 | 支出决算数 |
    | 财政拨款 | 90.00 | 基本支出 | 60.00 |
    | 其他收入 | 10.00 | 项目支出 | 45.00 |
    | 收入合计 | 100.00 | 支出合计 | 103.00 |
    """
    found = raised(table(text, caption="表1 收支表"), rule="表内合计")
    assert all("支出合计" in one.title for one in found)


def test_subtotal_with_all_parts_dashed_asks_for_the_parts() -> None:
    """A dash is not zero: a subtotal of 9 over two dashes cannot be checked."""
    text = """
    | 人员情况 | 编制人数 | 年末实有人数 |
    | 一、在职人员 | 36 | 33 |
    | （一）行政 | 9 | 7 |
    | 1.机关人员 | — | — |
    | 2.工勤人员 | — | — |
    | （二）事业 | 27 | 26 |
    | 1.财政补助人员 | 27 | 26 |
    | 2.经费自理人员 | — | — |
    """
    [found] = raised(table(text, caption="人员情况表"), rule="表内分项")
    assert "行政" in found.title and found.severity == "P1"


def test_the_row_that_departs_from_the_column_formula_is_found() -> None:
    """Most rows show 执行率 = 执行数 ÷ 调整后预算数; the row that does not is the finding."""
    text = PROJECTS.format(initial="500.00").replace("93.00%", "86.80%")
    [found] = raised(table(text, caption="表1 项目支出情况表"), rule="表内比率")
    assert "校舍修缮" in found.title and "93.00%" in found.fact


def test_a_truncated_rate_is_only_a_hint() -> None:
    """66.666…% printed as 66.66% was cut off, not miscalculated."""
    text = """单位：万元
    | 项目 | 预算数 | 决算数 | 执行率 |
    | 甲 | 3000000.00 | 2000000.00 | 66.66% |
    | 乙 | 1000.00 | 990.00 | 99.00% |
    | 丙 | 1000.00 | 980.00 | 98.00% |
    | 丁 | 1000.00 | 970.00 | 97.00% |
    """
    [found] = raised(table(text, caption="表1 支出表"), rule="表内比率")
    assert found.severity == "提示"


def test_differences_between_columns_are_recomputed() -> None:
    """增减 = 本年 − 上年, as most rows show."""
    text = """单位：人
    | 类别 | 2023年末 | 2022年末 | 增减 |
    | 行政 | 40 | 41 | -1 |
    | 事业 | 198 | 195 | 3 |
    | 其他 | 12 | 10 | 1 |
    | 合计 | 250 | 246 | 4 |
    """
    [found] = raised(table(text, caption="表1 人员表"), rule="表内增减额")
    assert "其他" in found.title


def test_low_execution_without_a_reason_is_asked_about() -> None:
    """Below 90 % and nothing said: P1; a reason in the row or in the text is enough."""
    text = """单位：万元
    | 项目名称 | 调整后预算数 | 执行数 | 未执行原因 |
    | 校车购置 | 100.00 | 60.00 | |
    | 校舍修缮 | 100.00 | 70.00 | 招标推迟 |
    | 教师培训 | 100.00 | 80.00 | |
    """
    prose = "教师培训项目未达到90%的主要原因是部分班次改为线上。"
    found = raised("# 支出情况", prose, table(text, caption="表1 项目支出情况表"), rule="执行偏低未说明")
    assert [one.title for one in found] == ["“校车购置”执行率60.00%，未说明原因"]


def test_a_blank_among_amounts_is_not_zero() -> None:
    """An empty cell where the row has other amounts is asked about, and never read as zero."""
    text = """单位：万元
    | 项目名称 | 年初预算数 | 调整后预算数 | 执行数 |
    | 校车购置 | | 100.00 | 98.00 |
    | 校舍修缮 | 50.00 | 50.00 | 49.00 |
    | 合计 | 50.00 | 150.00 | 147.00 |
    """
    found = raised(table(text, caption="表1 项目支出情况表"))
    assert [one.rule for one in found if one.severity in ("P0", "P2")] == ["空白项"]


def test_blanks_that_are_the_custom_of_a_column_are_left_alone() -> None:
    """基本支出 and 项目支出 exclude each other row by row: a blank there is no omission."""
    rows = "".join(f"| 科目{n} | {n}.00 | {n}.00 | |\n| 事项{n} | {n}.00 | | {n}.00 |\n" for n in range(1, 6))
    text = f"单位：万元\n| 科目名称 | 合计支出预算 | 基本支出预算 | 项目支出预算 |\n{rows}"
    assert raised(table(text, caption="表1 支出预算表"), rule="空白项") == []


def test_two_tables_that_share_figures_must_agree() -> None:
    """Five shared figures agree, the sixth does not; tables that share nothing are never compared."""
    first = """单位：万元
    | 项目 | 年初预算 | 决算 |
    | 基本支出 | 60.00 | 58.00 |
    | 项目支出 | 40.00 | 39.00 |
    | 上缴支出 | 5.00 | 5.00 |
    """
    second = first.replace("39.00", "36.00")
    made = [table(first, number=1, caption="表1 收支表"), table(second, number=2, caption="表2 自评表")]
    found = raised("# 支出", *made, rule="表间一致")
    assert len(found) == 1 and "39.00万元" in found[0].fact and "36.00万元" in found[0].fact


def test_projects_without_a_total_row_are_summed() -> None:
    """The projects of the table make 39.00, the text says 39.50."""
    rows = """单位：万元
    | 项目名称 | 预算金额 | 全年支出数 |
    | 甲 | 20.00 | 19.00 |
    | 乙 | 15.00 | 15.00 |
    | 丙 | 5.00 | 5.00 |
    """
    [found] = raised("# 支出", "全年项目支出39.50万元。", table(rows, caption="项目表"), rule="项目逐项相加")
    assert "39.00万元" in found.title and "39.50万元" in found.title
    assert raised("# 支出", "全年项目支出39.00万元。", table(rows, caption="项目表"), rule="项目逐项相加") == []


def test_rates_of_completion_are_recomputed() -> None:
    """18.6 of 18 is 103.33 %, not 130.33 %."""
    rows = """| 三级指标 | 分值 | 年度指标值 | 实际完成值 | 完成率 | 得分 |
    | 治理河道长度 | 30 | 18公里 | 18.6公里 | 130.33% | 30 |
    | 改造管网长度 | 30 | 32公里 | 27.4公里 | 85.63% | 25.69 |
    | 创建机关 | 40 | 12家 | 12家 | 100.00% | 40 |
    """
    [found] = raised(table(rows, caption="自评表"), rule="完成率复算")
    assert "治理河道长度" in found.title


def test_columns_under_a_heading_divide_the_total() -> None:
    """By source the row closes, by kind of spending it does not."""
    rows = """单位：万元
    | 项目 | 资金总额 | 按收入性质 | < | 按支出性质 | < |
    | ^ | ^ | 财政拨款 | 其他资金 | 履职类 | 专项类 |
    | 年度预算 | 100.00 | 90.00 | 10.00 | 40.00 | 56.00 |
    """
    [found] = raised(table(rows, caption="项目支出表", header_rows=2), rule="横向合计")
    assert "按支出性质" in found.title and "4.00万元" in found.fact


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.decimals(Decimal("0.01"), Decimal("9999.99"), places=2), min_size=2, max_size=8), st.integers(-50, 50)
)
def test_footing_tells_apart_exact_rounding_and_wrong(values: list[Decimal], cents: int) -> None:
    """Property: exact sums are silent, gaps within (n + 1) halves are hints, larger ones are P0."""
    total = sum(values, Decimal(0)) + Decimal(cents) / 100
    rows = "".join(f"| 项目{n} | {value} | {value} |\n" for n, value in enumerate(values))
    text = f"单位：万元\n| 名称 | 甲数 | 乙数 |\n{rows}| 合计 | {sum(values, Decimal(0))} | {total} |"
    found = raised(table(text, caption="表1"), rule="表内合计")
    slack = Decimal("0.005") * (len(values) + 1)
    if cents == 0:
        assert found == []
    else:
        assert [one.severity for one in found] == ["提示" if abs(Decimal(cents) / 100) <= slack else "P0"]


LISTED = """单位：万元
| 项目名称 | 预算金额 | 全年支出数 |
| 甲项目 | 20.00 | 19.11 |
| 乙项目 | 30.00 | 28.22 |
| 丙项目 | 10.00 | 9.33 |
"""


@pytest.mark.parametrize(("total", "severity"), [("56.66", []), ("56.67", ["提示"]), ("57.66", ["P0"])])
def test_a_list_without_total_row_against_the_total_told_elsewhere(total: str, severity: list[str]) -> None:
    """Equal: passed; within (n+1) halves: a hint; beyond: P0."""
    found = raised(f"项目支出决算{total}万元。", table(LISTED, caption="项目支出情况表"), rule="项目逐项相加")
    assert [one.severity for one in found] == severity


def test_income_by_source_is_no_list_of_projects() -> None:
    """项目 as the header of income lines."""
    income = LISTED.replace("项目名称", "项目").replace("甲项目", "事业收入").replace("乙项目", "其他收入")
    assert raised("项目支出决算57.66万元。", table(income, caption="收入情况表"), rule="项目逐项相加") == []
