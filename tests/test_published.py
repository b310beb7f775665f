"""Plain questions that published budgets and accounts were answered wrongly, each with the smallest report that showed
it: a short name met by another thing's figure, a note that contradicts its table, one side of a sheet read as the
other."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD, Answer
from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from ingest.report import Table
from tests.build import report, table

SHEET = table(
    """单位：元
    | 本年收入 | 本年收入 | 本年支出 | 本年支出 |
    | 项目 | 预算数 | 项目 | 预算数 |
    | 一、财政拨款收入 | 900 | 一、教育支出 | 300 |
    | 二、事业收入 | | 二、文化支出 | 200 |
    | | | 三、卫生支出 | 250 |
    | | | 四、住房支出 | 150 |
    | 收入总计 | 900 | 支出总计 | 900 |""",
    header_rows=2,
    caption="部门财务收支预算总表",
)
FINAL = table(
    """单位：万元
    | 收入 | < | 支出 | < |
    | 项目 | 决算数 | 项目 | 决算数 |
    | 一、财政拨款收入 | 355.00 | 一、教育支出 | 300.00 |
    | 二、事业收入 | 6.00 | 二、卫生支出 | 60.00 |
    | 本年收入合计 | 361.00 | 本年支出合计 | 360.00 |
    | 年初结转和结余 | 4.00 | 年末结转和结余 | 5.00 |
    | 总计 | 365.00 | 总计 | 365.00 |""",
    header_rows=2,
    caption="收入支出决算总表",
)
TRAVEL = table(
    "单位：万元\n| 三公经费合计 | 公务接待费 | 机关运行经费预算数 |\n| 47.91 | 1.35 | 443.18 |",
    header_cols=0,
    caption="“三公”经费和机关运行经费预算表",
)


def ask(question: str, *blocks: str | Table, year: int = 2024) -> Answer:
    made = report(*blocks, year=year, department="某县教育局")
    return answer(question, [Reading(made, facts(made))])


@pytest.mark.parametrize(
    "told",
    [
        "2024年财政拨款收入900.00万元。本年支出880.00万元。",
        "2024年税收收入1286.00万元。本年支出880.00万元。",
        "2024年部门预算总收入950.00万元。本年支出880.00万元。",
    ],
)
def test_income_is_no_kind_of_it_and_no_budget(told: str) -> None:
    """本年收入 of a report that tells one source of it, or what was budgeted, is not told."""
    assert ask("本年收入是多少？", told).refused


def test_income_of_a_budget_is_what_is_budgeted() -> None:
    """In a budget nothing is received yet."""
    assert "950.00万元" in ask("本年收入是多少？", "2024年收入预算950.00万元，支出预算950.00万元。").text


def test_a_blank_side_of_a_sheet_is_not_filled_from_the_other() -> None:
    """事业收入 is blank; 文化支出 on the right of its row is another thing, though 收入 has fewer rows than 支出."""
    given = ask("事业收入多少？", SHEET)
    assert "200" not in [figure.quantity.text for figure in given.figures]
    assert given.refused


def test_a_note_that_there_is_none_denies_no_figure_of_a_table() -> None:
    """无机关运行经费预算，故本表为空表, copied under a table that is not empty."""
    given = ask("机关运行经费多少？", TRAVEL, "注：本部门2024年无机关运行经费预算，故本表为空表。")
    assert "443.18万元" in given.text


def test_the_lowest_kind_of_spending_stands_above_its_total() -> None:
    """What is carried over stands under 本年支出合计: no kind of spending."""
    assert "卫生支出" in ask("哪一类支出最少？", FINAL, "支出情况见上表。").text


def test_which_is_lowest_is_not_told_from_any_one() -> None:
    """Where nothing compares the rows, one of them alone is no answer."""
    sheet = table("单位：万元\n| 项目 | 决算数 |\n| 教育支出 | 300.00 |\n| 卫生支出 | 60.00 |", caption="决算表")
    given = ask("哪一类支出最少？", sheet, "支出情况见上表。")
    assert given.refused or "卫生支出" in given.text


@pytest.mark.parametrize("question", ["甲项目年初预算和决算差多少？", "甲项目决算比年初预算少多少？"])
def test_a_bare_basis_is_of_the_thing_named_beside_it(question: str) -> None:
    """甲的年初预算和决算: 甲's own outcome, not the department's."""
    given = ask(question, "本年支出合计2940.05万元。甲项目年初预算为135.90万元，支出决算为135.25万元。")
    assert "0.65万元" in given.text


def test_two_things_are_no_two_years_of_one() -> None:
    """Last year's 其他保障支出 beside this year's 其他救助支出."""
    lines = [
        "1.保障支出（类）其他救助支出（项）30.00万元。2023年预算执行数为30.00万元，2024年预算安排30.00万元，比2023年预算执行数持平。",
        "2.保障支出（类）其他保障支出（项）78.00万元。2023年预算执行数为140.00万元，2024年预算安排78.00万元，比2023年预算执行数减少44.29%。",
    ]
    given = ask("其他保障支出比上年减少多少？", *lines)
    assert "30.00" not in given.text
    assert "44.29%" in given.text


def test_what_a_part_is_due_to_is_no_reason_of_the_whole() -> None:
    """The first of a list kept its level; the one that moved just as far as the whole says why."""
    given = ask(
        "三公经费比上年增加多少？为什么？",
        "2024年“三公”经费预算数为47.91万元，比2023年预算增加25万元。其中：",
        "（一）因公出国（境）费0万元，比2023年预算持平。主要原因是因公出国（境）费保持不变。",
        "（二）公务用车购置及运行费46.56万元，比2023年预算增加25万元，主要原因是购置公务用车。",
    )
    assert "保持不变" not in given.text
    assert "购置公务用车" in given.text


@pytest.mark.parametrize(("part", "share"), [("服务", "97.30%"), ("工程", "2.45%")])
def test_a_part_by_its_short_name_is_of_the_list_behind_its_whole(part: str, share: str) -> None:
    """服务 of 政府采购 is not 公共法律服务."""
    given = ask(
        f"政府采购里{part}占比多少？",
        "公共法律服务686.00万元。",
        "2024年政府采购预算1486.42万元，其中：政府采购货物预算3.66万元、政府采购工程预算36.44万元、政府采购服务预算1446.32万元。",
    )
    assert share in given.text
    assert all(figure.verdict in GOOD for figure in given.figures)


def test_how_many_projects_is_no_amount() -> None:
    """几个 asks for a number of things."""
    given = ask("有几个项目？", "2024年项目支出603.14万元。", FINAL)
    assert not [figure for figure in given.figures if "元" in figure.quantity.text]


ACCOUNTS = table(
    """单位：万元
    | 类 | 款 | 项 | 科目名称 | 合计 | 基本支出 | 项目支出 |
    | 201 | | | 一般公共服务支出 | 80.00 | 50.00 | 30.00 |
    | 201 | 06 | | 财政事务 | 80.00 | 50.00 | 30.00 |
    | 201 | 06 | 01 | 行政运行 | 60.00 | 50.00 | 10.00 |
    | 201 | 06 | 02 | 一般行政管理事务 | 20.00 | | 20.00 |
    | 212 | | | 城乡社区支出 | 70.00 | 5.00 | 65.00 |
    | 212 | 01 | | 城乡社区管理事务 | 70.00 | 5.00 | 65.00 |
    | 212 | 01 | 01 | 行政运行 | 5.00 | 5.00 | |
    | 212 | 01 | 02 | 一般行政管理事务 | 25.00 | | 25.00 |
    | 212 | 01 | 99 | 其他城乡社区管理事务支出 | 40.00 | | 40.00 |
    | 合计 | < | < | < | 150.00 | 55.00 | 95.00 |""",
    caption="支出决算表",
    header_cols=4,
)


@pytest.mark.parametrize(
    ("question", "name", "figure"),
    [
        ("哪一类支出最多？", "一般公共服务支出", "80.00万元"),
        ("项目支出最多的是哪一类？", "城乡社区支出", "65.00万元"),
        ("项目支出最多的是哪一项？", "其他城乡社区管理事务支出", "40.00万元"),
        ("基本支出最少的是哪一项？", "城乡社区支出·城乡社区管理事务·行政运行", "5.00万元"),
        ("财政事务中最大的一项是什么？", "行政运行", "60.00万元"),
    ],
)
def test_accounts_are_ranked_by_their_level(question: str, name: str, figure: str) -> None:
    """The codes tell which rows are parts of which; a name that several bear is told with what holds it."""
    given = ask(question, ACCOUNTS, "支出情况见上表。")
    assert name in given.text
    assert [one.quantity.text for one in given.figures] == [figure]


PROJECTS = table(
    """单位：万元
    | 项目名称 | 年初批复 | 决算数 |
    | 道路养护 | 300.00 | 290.00 |
    | 水毁修复 | | 60.00 |
    | 桥梁检测 | 40.00 | 40.00 |
    | 合计 | 340.00 | 390.00 |""",
    caption="项目支出情况表",
)


def test_which_has_none_is_not_told_from_the_total() -> None:
    """A blank cell is what is asked for, whatever the column's name; without such a column nothing is told."""
    assert ask("哪个项目没有年初预算？", PROJECTS, "各项目情况见上表。").text.startswith("水毁修复")
    assert ask("哪个项目没有年初预算？", "项目支出年初预算为340.00万元。").refused


def test_income_of_one_is_not_set_against_spending_of_another() -> None:
    """Which grew faster is told of two sources, or of two kinds of spending."""
    spent = "2024年政府性基金支出352.80万元，2023年政府性基金支出150.00万元。"
    earned = "2024年事业收入210.00万元，2023年事业收入200.00万元。"
    assert "135.20%" not in ask("政府性基金和事业收入比上年哪项增长快？", spent, earned).text


def test_none_is_no_figure_to_reckon_with() -> None:
    """“三公”经费支出为无 is not less than anything by an amount."""
    given = ask("三公经费比机关运行经费高多少？", TRAVEL, "本部门无“三公”经费支出。")
    assert "无元" not in given.text and "无－" not in given.text


@pytest.mark.parametrize("question", ["有几辆车？", "共有多少辆车？", "公务车有几辆？"])
def test_cars_by_any_name(question: str) -> None:
    """车 alone is too short a word to be looked up."""
    assert "3辆" in ask(question, "截至2024年12月31日，共有车辆3辆。公务用车运行费9.98万元。").text


def test_a_refusal_keeps_the_words_that_it_names() -> None:
    """得了多少分 is not 得了分."""
    assert "得了分" not in ask("绩效自评得了多少分？", "本年支出360.00万元。").text


def test_those_that_kept_their_level_are_not_all_that_there_are() -> None:
    """哪些项目与上年持平 asks for some of the rows: their names alone do not tell which."""
    assert ask("哪些项目与上年持平？", PROJECTS, "各项目情况见上表。").refused


def test_how_many_have_their_goals_is_a_number_of_things() -> None:
    """编报绩效目标的项目20个 is no goal of 20, but what is asked for."""
    given = ask("有几个项目编报了绩效目标？", "编报绩效目标的项目20个，涉及项目预算资金7054.05万元。")
    assert "20个" in given.text


def test_all_that_is_spent_in_a_budget_is_what_is_to_be_spent() -> None:
    """总支出 of a budget has no outcome to be a share of."""
    told = "2024年支出预算800.00万元。基本支出预算200.00万元，项目支出预算600.00万元。"
    assert "75.00%" in ask("项目支出占总支出的多少？", told).text
