"""Names and codes of the budget classification: the smallest page of each fault, and what only looks like one."""

from __future__ import annotations

from ingest.report import Table
from tests.build import table
from tests.review_pages import raised

CODES = table(
    "单位：万元\n| 类 | 款 | 科目名称 | 预算数 |\n| 211 | | 节能环保支出 | 82.00 |\n| 211 | 03 | 污染防治 | 82.00 |",
    caption="支出预算表",
)


def test_an_old_name_of_a_code() -> None:
    """The text gives code 211 another name than the table; the table's own name raises nothing."""
    [found] = raised("环境保护支出（211类）82.00万元。", CODES, rule="科目名称")
    assert "节能环保支出" in found.title
    assert raised("节能环保支出（211类）82.00万元。", CODES, rule="科目名称") == []


def test_the_reason_of_another_item() -> None:
    """The reason for 污染防治 names 自然生态保护, another item of the list."""
    own = (
        "1.“节能环保支出（类）污染防治（款）大气监测（项）”30.00万元，主要用于大气监测。主要原因是：大气监测经费增加。"
    )
    other = "2.“节能环保支出（类）污染防治（款）水质巡查船维护（项）”52.00万元，主要用于大气监测站维护。"
    copied = "2.“节能环保支出（类）污染防治（款）河道水质巡查（项）”52.00万元，主要原因是：村镇大气监测经费增加。"
    third = "3.“节能环保支出（类）污染防治（款）村镇大气监测（项）”9.00万元，主要用于村镇大气监测。"
    [found] = raised(own, copied, third, rule="说明与项目")
    assert "村镇大气监测" in found.title and "河道水质巡查" in found.title
    assert raised(own, other, third, rule="说明与项目") == []


LISTED = "基本支出90.00万元，主要包括：基本工资、津贴补贴、绩效工资、住房公积金、生活补助。"


def paid(last: str) -> Table:
    rows = "".join(f"| {name} | 20.00 |\n" for name in ("基本工资", "津贴补贴", "绩效工资", "住房公积金"))
    return table(f"单位：万元\n| 科目名称 | 决算数 |\n{rows}| 生活补助 | {last} |\n| 医疗费补助 | 10.00 |")


def test_a_listed_thing_without_a_figure() -> None:
    """生活补助 is listed and its row is empty; with a figure there is nothing to raise."""
    [found] = raised("# 支出", LISTED, paid(""), rule="列举与表")
    assert "生活补助" in found.title
    assert raised("# 支出", LISTED, paid("10.00"), rule="列举与表") == []


def test_words_of_another_level() -> None:
    """A county's budget that speaks of 市级 departments; of county ones it may."""
    said = "财政拨款收入：是{}级预算主管部门本年度从本级财政部门取得的财政拨款。"
    [found] = raised("某县2024年县级部门预算", said.format("市"), rule="级次用语")
    assert "县级部门预算" in found.title
    assert raised("某县2024年县级部门预算", said.format("县"), rule="级次用语") == []


def test_codes_of_uneven_width() -> None:
    """02 beside 3 in one column; all of one digit is a way of writing."""
    head = "单位：万元\n| 类 | 款 | 科目名称 | 预算数 |\n"
    rows = "| 301 | {} | 基本工资 | 20.00 |\n| 301 | {} | 津贴补贴 | 20.00 |\n| 301 | {} | 奖金 | 5.00 |"
    [found] = raised(table(head + rows.format("01", "02", "3")), rule="编码位数")
    assert "“3”" in found.title
    assert raised(table(head + rows.format("1", "2", "3")), rule="编码位数") == []
