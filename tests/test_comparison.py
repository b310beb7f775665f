"""Departments × years side by side: figures with places, ratios with working, and what hinders comparing them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.comparison import Cell, Comparison, compare
from ingest.ledger import facts
from ingest.reading import Reading
from ingest.report import Report
from tests.build import report, table


def read(document: Report) -> Reading:
    return Reading(document, facts(document))


def school(year: int, budget: str, spent: str, carried: str, id: str) -> Reading:
    return read(
        report(
            f"{year}年，我局调整后预算数为{budget}，支出决算数为{spent}。",
            f"{year}年末结转和结余{carried}。",
            year=year,
            id=id,
        )
    )


EARLIER = school(2022, "1000.00万元", "900.00万元", "12.00万元", "a" * 12)
LATER = school(2023, "1200.00万元", "1080.00万元", "9.00万元", "b" * 12)
OTHER = read(
    report(
        "2023年，我局年初预算数为520.00万元，支出决算数为480.00万元。",
        table(
            """单位：元
            | 项目 | 年末结转和结余 |
            | 合计 | 35,000.00 |""",
            caption="表1 结转结余情况表",
        ),
        department="某县水务局",
        id="c" * 12,
    )
)
ALL = (LATER, EARLIER, OTHER)


def cell(made: Comparison, measure: str, column: str) -> Cell:
    row = next(row for row in made.rows if row.measure.name == measure)
    return row.cells[[one.name for one in made.columns].index(column)]


def test_columns_are_departments_in_order_and_their_years_ascending() -> None:
    """One column for each department and year, however the reports come."""
    names = [column.name for column in compare(ALL).columns]
    assert names == ["某县教育局2022年", "某县教育局2023年", "某县水务局2023年"]


def test_a_figure_stands_with_its_place_and_its_change_against_the_year_before() -> None:
    """The cell is a fact of the ledger; the change is worked out from two facts of one basis."""
    one = cell(compare(ALL), "支出决算", "某县教育局2023年")
    assert (one.text, one.verdict, one.basis) == ("1080.00万元", "exact", "决算")
    assert one.places and one.facts[0].place == one.places[0]
    assert one.change and one.change.working == "（1080.00万元－900.00万元）÷900.00万元＝20.00%"


def test_a_ratio_that_no_report_states_is_worked_out_with_its_working() -> None:
    """执行率 = 决算 ÷ 调整后预算, marked as derived."""
    one = cell(compare(ALL), "预算执行率", "某县教育局2023年")
    assert (one.text, one.verdict) == ("90.00%", "derived")
    assert one.working == "1080.00万元÷1200.00万元＝90.00%"


def test_ratios_over_different_budgets_are_told_apart() -> None:
    """A department that gives only its initial budget is not compared with one over the adjusted budget in silence."""
    row = next(row for row in compare(ALL).rows if row.measure.name == "预算执行率")
    assert any("口径不同" in note and "年初预算" in note for note in row.notes)


def test_units_are_converted_and_said_so() -> None:
    """35,000.00 元 among 万元 is 3.5万元, with what was written."""
    made = compare(ALL)
    assert cell(made, "年末结转和结余", "某县水务局2023年").text == "3.5万元"
    assert "35,000.00元＝3.5万元" in cell(made, "年末结转和结余", "某县水务局2023年").working
    row = next(row for row in made.rows if row.measure.name == "年末结转和结余")
    assert any("单位不同" in note for note in row.notes)


def test_what_is_not_there_has_a_reason_and_no_figure() -> None:
    """No zero, no neighbour's figure: a sentence."""
    one = cell(compare(ALL), "调整后预算", "某县水务局2023年")
    assert (one.text, one.verdict, one.facts) == ("", None, ())
    assert "没有提供" in one.reason


def test_a_target_is_no_result() -> None:
    """A measure of which only the target is told has no figure."""
    wish = read(report("2023年绩效目标：群众满意度达到90%以上。", id="d" * 12))
    assert "目标90%" in cell(compare((wish,), ("群众满意度",)), "群众满意度", "某县教育局2023年").reason


def test_a_report_that_contradicts_itself_shows_both_values() -> None:
    """Neither side is chosen."""
    torn = read(
        report(
            "2023年支出决算数为1080.00万元。",
            "# 二、支出情况",
            "2023年支出决算数为1180.00万元。",
            id="e" * 12,
        )
    )
    made = compare((torn,), ("支出决算",))
    one = cell(made, "支出决算", "某县教育局2023年")
    assert (one.verdict, len(one.facts)) == ("conflict", 2)
    assert any("不一致" in note for note in made.rows[0].notes)


def test_measures_may_be_named_by_their_usual_words() -> None:
    """执行数 is the row 支出决算; other words are looked up as they are."""
    made = compare(ALL, ("执行数", "图书采购费"))
    assert [row.measure.name for row in made.rows] == ["支出决算", "图书采购费"]
    assert all(cell.reason for cell in made.rows[1].cells)


@pytest.mark.parametrize(
    ("measure", "column", "text", "verdict"),
    [
        ("调整后预算", "澄湖县教育局2023年", "80823.92万元", "exact"),
        ("支出决算", "澄湖县教育局2022年", "74434.38万元", "exact"),
        ("预算执行率", "云岭市水务局2024年", "96.24%", "exact"),
        ("年末结转和结余", "云岭市水务局2024年", "223.996523万元", "exact"),
        ("年末结转和结余", "青潭县卫生健康局2022年", "184.25万元", "exact"),
        ("预算执行率", "青潭县卫生健康局2022年", "96.62%", "conflict"),
        ("结转结余率", "澄湖县教育局2022年", "1.74%", "derived"),
    ],
)
def test_the_sample_reports(
    compared: dict[str, dict[str, dict[str, str]]], measure: str, column: str, text: str, verdict: str
) -> None:
    """Two years of one department and two other departments, in four layouts and two units."""
    one = compared[measure][column]
    assert (one["text"], one["verdict"]) == (text, verdict)
    assert one["places"]


@pytest.fixture(scope="module")
def compared(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, str]]]:
    """The comparison of all sample reports as the command line prints it: measure → column → cell."""
    names = ("chenghu-edu-2022.docx", "chenghu-edu-2023.docx", "yunling-water-2024.pdf", "qingtan-health-2022.html")
    with Assistant(Settings(home=tmp_path_factory.mktemp("home"))) as assistant:
        for name in names:
            assistant.add(shared / "reports" / name)
        shape = assistant.compare_shape()
    columns = [column["name"] for column in shape["columns"]]
    return {row["measure"]: dict(zip(columns, row["cells"], strict=True)) for row in shape["rows"]}
