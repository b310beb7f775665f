"""Ordinary questions of published budgets and final accounts (部门预算、决算公开), put to small reports of our own.

Their shapes are those of the published templates: an income and spending sheet, tables of accounts with 合计, 基本支出
and 项目支出, prose with 其中, and sections that every such report has.
"""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from ingest.report import Report
from tests.build import report, table

SHEET = table(
    """单位：万元
    | 科目名称 | 合计 | 基本支出 | 项目支出 |
    | 公园管护支出 | 700.00 | 200.00 | 500.00 |
    | 绿化养护 | 300.00 | 0.00 | 300.00 |
    | 苗木更新 | 400.00 | 200.00 | 200.00 |
    | 住房保障支出 | 100.00 | 100.00 | 0.00 |
    | 合计 | 800.00 | 300.00 | 500.00 |""",
    number=1,
    caption="支出决算表",
)


def account() -> Report:
    """A final account: everything told once in prose and once in the table."""
    return report(
        "# 一、主要职能",
        "某县园林局主管全县园林工作，主要职责是：",
        "（一）拟订园林规划并组织实施。",
        "（二）负责公园管护。",
        "# 二、机构设置",
        "本部门下属预算单位2家，具体包括：",
        "1.苗圃管理所",
        "2.公园服务中心",
        "# 三、支出决算情况说明",
        "本年支出合计800.00万元，其中：基本支出300.00万元，占37.50%；项目支出500.00万元，占62.50%。"
        "与2022年度相比，支出合计减少20.00万元，下降2.44%。主要原因：苗木更新任务减少。",
        "1、公园管护支出（类）绿化养护（项）。主要用于：乔木修剪和浇灌。",
        "2、公园管护支出（类）苗木更新（项）。主要用于：补栽行道树。",
        "# 四、政府采购情况",
        "2023年度政府采购金额90.00万元，其中：货物采购金额30.00万元、服务采购金额60.00万元。",
        "# 五、国有资产占用情况",
        "截至2023年12月31日，共有车辆4辆。2024年计划购置车辆1辆。",
        SHEET,
        year=2023,
        department="某县园林局",
    )


@pytest.fixture(scope="module")
def account_reading() -> Reading:
    made = account()
    return Reading(made, facts(made))


def ask(question: str, *readings: Reading) -> Answer:
    return answer(question, readings)


def test_a_total_is_told_and_never_added_to_its_parts(account_reading: Reading) -> None:
    """本年支出合计多少，其中…: the stated total wins; the same figure of table and prose is not summed."""
    given = ask("本年支出合计多少，其中基本支出和项目支出各多少？", account_reading)
    assert [value in given.text for value in ("800.00万元", "300.00万元", "500.00万元")] == [True] * 3
    assert "＋" not in given.text
    assert {figure.verdict for figure in given.figures} == {"exact"}


def test_parts_and_columns_are_no_conflict(account_reading: Reading) -> None:
    """其中 parts, other columns of the row and cells of 0.00 are never “不一致的数”."""
    for question, value in (("公园管护支出多少？", "700.00"), ("政府采购金额是多少？", "90.00万元")):
        given = ask(question, account_reading)
        assert value in given.text
        assert "不一致" not in given.text


def test_a_real_conflict_is_still_told() -> None:
    """Two values of one thing, same year and basis, cannot both hold."""
    made = report("2023年政府采购金额为90.00万元。", "全年政府采购金额为95.00万元。", year=2023)
    given = ask("政府采购金额是多少？", Reading(made, facts(made)))
    assert "90.00万元" in given.text
    assert "95.00万元" in given.text
    assert "不能同时成立" in given.text


def test_a_change_comes_with_its_reason_and_the_right_direction(account_reading: Reading) -> None:
    """支出比上年增加多少，原因是什么, of a report that says it fell."""
    given = ask("支出比上年增加了多少，原因是什么？", account_reading)
    assert "20.00万元" in given.text
    assert "是减少，不是增加" in given.text
    assert "苗木更新任务减少" in given.text


def test_a_part_that_is_missing_is_named_and_the_others_stand(account_reading: Reading) -> None:
    """金额是多少，比上年增加多少: the figure is told; the change that the report does not give is missing by name."""
    given = ask("政府采购金额是多少，比上年增加多少？", account_reading)
    assert "90.00万元" in given.text
    assert "没有提供“比上年增加多少”" in given.text
    assert not given.refused


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("部门主要职责是什么？", ("拟订园林规划", "负责公园管护")),
        ("本部门有哪些下属单位？", ("苗圃管理所", "公园服务中心")),
        ("公园管护支出主要用于什么？", ("乔木修剪", "补栽行道树")),
        ("公园管护支出由哪些构成？", ("绿化养护300.00", "苗木更新400.00", "＝700.00万元")),
    ],
)
def test_lists_go_to_their_end(account_reading: Reading, question: str, parts: tuple[str, ...]) -> None:
    """No answer stops at a colon: the items that follow are the answer."""
    given = ask(question, account_reading)
    assert not given.refused
    assert [part for part in parts if part not in given.text] == []


def test_a_table_of_accounts_is_no_table_of_projects(account_reading: Reading) -> None:
    """哪个项目预算最大, where the report lists accounts (科目) only: it says so."""
    given = ask("哪个项目支出最大？", account_reading)
    assert given.refused
    assert "分项目" in given.text


def test_the_fleet_is_what_there_is_not_what_is_to_be_bought(account_reading: Reading) -> None:
    """车辆有多少辆 asks for the cars there are; 公务用车保有量 is another name for them."""
    for question in ("车辆有多少辆？", "公务用车保有量是多少辆？"):
        assert "4辆" in ask(question, account_reading).text


def test_the_unit_asked_for() -> None:
    """多少万元 of a table in 元: converted, the source's own figure first."""
    sheet = table("单位：元\n| 项目 | 预算数 |\n| 项目支出 | 1,234,500.00 |\n| 基本支出 | 500,000.00 |")
    made = report(sheet, year=2023)
    given = ask("项目支出为多少万元？", Reading(made, facts(made)))
    assert "1,234,500.00元" in given.text
    assert "123.45万元" in given.text
    assert {figure.verdict for figure in given.figures} <= {"exact", "rounded"}


def test_spending_asked_of_a_budget_is_what_is_planned() -> None:
    """支出 of a budget names no outcome: nothing of its year is spent yet."""
    sheet = table(
        """单位：元
        | 项目 | 一般公共预算 | 政府性基金预算 |
        | 林业支出 | 700 | 30 |
        | 园林支出 | 200 | 10 |""",
        caption="财政拨款支出预算表",
    )
    made = report(sheet, year=2024)
    given = ask("一般公共预算支出中林业支出多少？", Reading(made, facts(made)))
    assert "700元" in given.text


def test_what_is_wrong_with_this_report(account_reading: Reading) -> None:
    """这份报告有哪些问题: the rules' findings, or that they found none and how much they checked."""
    given = ask("这份报告有哪些问题？", account_reading)
    assert not given.refused
    assert "通过核对" in given.text
