"""Answers without a model, on small reports written in the test: right figures, honest refusals, doubts said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import GOOD, Answer
from assistant.builtin.ask import answer
from assistant.review import findings
from ingest.ledger import facts
from ingest.quantity import quantities
from ingest.reading import Reading
from tests.build import report, table

PROJECTS = """
单位：万元
| 项目名称 | 年初预算 | 调整预算 | 决算 | 执行率 | 未执行原因 |
| 校舍维修 | 100.00 | 120.00 | 90.00 | 75.00% | 雨季停工 |
| 教师培训与素质提升 | 50.00 | 50.00 | 49.00 | 98.00% | |
| 图书购置 | | 30.00 | 24.00 | 80.00% | |
| 合计 | 150.00 | 200.00 | 173.00 | 86.50% | |
"""
PROSE = (
    "2023年，年初部门预算数为500.00万元，调整后预算数为600.00万元，支出决算数为570.00万元，预算执行率95.00%，"
    "其中基本支出397.00万元，项目支出173.00万元。年末结转和结余12.00万元。"
)


def reading(*parts: object, **options: object) -> Reading:
    """A reading of a small report."""
    made = report(*parts, **options)  # type: ignore[arg-type]  # options of the builder
    return Reading(made, facts(made))


@pytest.fixture(scope="module")
def school() -> Reading:
    """A report with a table of projects, totals in prose, goals, and a reason."""
    return reading(
        "# 一、基本情况",
        PROSE,
        "编制总数100名，年末在职人数96名。",
        table(PROJECTS, caption="表1 2023年度项目支出情况表"),
        "# 二、绩效情况",
        "公务接待费3.20万元，较上年4.00万元减少0.80万元。PCT申请量同比下降12.50%。学生满意度为92.5%。",
        "# 三、改进措施",
        "一是加强预算编制。提前谋划项目。二是强化绩效监控。按月通报进度。",
    )


def ask(question: str, *readings: Reading) -> Answer:
    """The built-in answer, with the reviewer's findings as the assistant would pass them."""
    found = tuple(one for each in readings for one in findings(each, tuple(r for r in readings if r is not each)))
    return answer(question, readings, findings=found)


def figures(given: Answer) -> set[Decimal]:
    """Values of the figures that an answer says."""
    return {q.value for q in quantities(given.text)}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2023年年初部门预算数是多少？", "500.00"),
        ("2023年一共花了多少钱？", "570.00"),
        ("校舍维修的调整预算是多少？", "120.00"),
        ("教师培训与素质提升项目决算多少？", "49.00"),
        ("年末在职人员有多少？", "96"),
        ("在职人员控制率是多少？", "96.00"),
        ("按年初预算计算，执行率是多少？", "114.00"),
        ("校舍维修还有多少预算没有执行？", "30.00"),
        ("校舍维修决算占项目支出的比重是多少？", "52.02"),
        ("公务接待费比上年减少多少？", "0.80"),
        ("结转结余率是多少？", "2.00"),
        ("执行率最低的项目是哪个？", "75.00"),
    ],
)
def test_right_figures(school: Reading, question: str, value: str) -> None:
    """Look-ups, shares, rates and differences, each with the figure and a quotation that can be found."""
    given = ask(question, school)
    assert not given.refused, given.text
    assert Decimal(value) in figures(given), given.text
    assert given.citations


def test_several_asks_in_one_question(school: Reading) -> None:
    """预算和支出各是多少: both are said, each with its basis."""
    assert {Decimal("120.00"), Decimal("90.00")} <= figures(ask("校舍维修的调整预算和决算各是多少？", school))


def test_filter_lists_all_rows_and_their_reasons(school: Reading) -> None:
    """哪些项目执行率低于90%: no row left out, none too many, reasons only where the report gives them."""
    given = ask("哪些项目执行率低于90%，说明原因了吗？", school)
    assert {Decimal("75.00"), Decimal("80.00")} <= figures(given)
    assert "雨季停工" in given.text
    assert "教师培训" not in given.text


def test_total_is_recomputed(school: Reading) -> None:
    """合计对吗: the total that closes is said to close; the one with a different sum is not."""
    assert "是" in ask("表1调整预算合计对吗？", school).text[:2]
    assert "173" not in ask("表1决算合计对吗？", school).text or "163" in ask("表1决算合计对吗？", school).text


def test_an_empty_cell_is_not_zero(school: Reading) -> None:
    """空白不等于0: a question about an empty cell is refused and says why."""
    given = ask("图书购置的年初预算是多少？", school)
    assert given.refused
    assert "不等于0" in given.text
    assert given.missing


@pytest.mark.parametrize(
    "question",
    [
        "2021年的支出决算是多少？",
        "差旅费花了多少钱？",
        "“三公”经费控制率是多少？",
        "教育局局长是谁？",
        "固定资产利用率是多少？",
    ],
)
def test_refuses_what_is_not_there(school: Reading, question: str) -> None:
    """What the report does not give is refused, and what is missing is named."""
    given = ask(question, school)
    assert given.refused, given.text
    assert given.missing


def test_wrong_direction_is_put_right(school: Reading) -> None:
    """公务接待费增长的原因: it fell, so the premise comes first."""
    assert ask("公务接待费增长的原因是什么？", school).text.startswith("前提有误")
    assert ask("PCT申请量增长的原因是什么？", school).text.startswith("前提有误")


def test_two_values_are_both_shown() -> None:
    """Two values of one thing: both with their places, neither chosen."""
    one = reading("全县在校学生5000人。", "# 二、绩效", "全县在校学生5100人。")
    given = ask("全县在校学生有多少人？", one)
    assert {Decimal(5000), Decimal(5100)} <= figures(given)
    assert "不能同时成立" in given.text


def test_same_digits_under_two_units_are_a_doubt() -> None:
    """90.00元 in prose and 90.00万元 in the table: a doubt about the unit, not a correction."""
    one = reading("校舍维修项目支出90.00元。", table(PROJECTS, caption="表1 项目支出情况表"))
    given = ask("校舍维修支出多少？", one)
    assert "单位疑误" in given.text or "不能同时成立" in given.text


def test_rounding_is_no_error() -> None:
    """A hundredth between a sum and its parts is said to be rounding."""
    one = reading("基本支出100.00万元，其中人员经费60.33万元、公用经费39.66万元。")
    given = ask("人员经费加公用经费等于基本支出吗？", one)
    assert "尾差" in given.text


def test_measures_are_listed_by_their_lead(school: Reading) -> None:
    """有哪些改进措施: the items by their first sentence, quoted."""
    given = ask("有哪些改进措施？", school)
    assert "加强预算编制" in given.text
    assert "强化绩效监控" in given.text


def test_years_of_two_reports_are_named() -> None:
    """Across reports each figure says its year."""
    before = reading("2022年，支出决算数为400.00万元。", year=2022, id="000000000001")
    now = reading("2023年，支出决算数为500.00万元。", year=2023, id="000000000002")
    given = ask("2023年支出决算比2022年增长多少？", before, now)
    assert "2022年" in given.text
    assert "2023年" in given.text
    assert Decimal("25.00") in figures(given)


def test_figures_pass_the_gate(school: Reading) -> None:
    """Every figure of a plain answer is judged, and judged to hold."""
    given = ask("2023年支出决算数是多少，其中基本支出和项目支出各多少？", school)
    assert len(given.figures) >= 3
    assert {figure.verdict for figure in given.figures} <= GOOD


def test_the_same_question_gives_the_same_answer(school: Reading) -> None:
    """No clock, no chance: asked twice, answered alike."""
    assert ask("执行率最低的项目是哪个？", school) == ask("执行率最低的项目是哪个？", school)


def test_a_list_of_n_is_the_list_that_has_n() -> None:
    """Of two tables of one caption, the question's own count tells which is meant."""
    caption = "项目支出情况表"
    short = table("| 项目 | 支出 |\n| 甲类支出 | 1.00 |\n| 乙类支出 | 2.00 |", number=1, caption=caption)
    full = table("| 项目 | 支出 |\n| 修路 | 1.00 |\n| 架桥 | 2.00 |\n| 植树 | 3.00 |", number=2, caption=caption)
    said = ask("项目支出情况表列了哪3个项目？", reading(short, full))
    assert "修路、架桥、植树" in said.text


def test_the_column_that_does_not_close_is_told_of_a_table() -> None:
    """合计加对了吗, asked of the table: one good column does not make it good."""
    sheet = table(
        "单位：万元\n| 项目名称 | 年初预算 | 决算 |\n| 造林补贴 | 100.00 | 90.00 |\n"
        "| 森林防火 | 50.00 | 40.00 |\n| 合计 | 150.00 | 90.00 |",
        caption="表1 项目支出明细表",
    )
    document = report("2023年，我局实施项目两个，支出情况见表1。", sheet)
    given = answer("项目支出明细表合计加对了吗？", [Reading(document, facts(document))])
    assert given.text.startswith("不正确") and "130.00万元" in given.text
