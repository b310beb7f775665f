"""Rows of two years set against each other: which items fell or rose, which stand in one year only."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD, Answer
from assistant.chain import Request, Road
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

BEFORE = """单位：万元
| 项目名称 | 全年预算 | 实际支出 | 执行率 |
| 堤防维修 | 200.00 | 190.00 | 95.00% |
| 水质监测 | 80.00 | 76.00 | 95.00% |
| 河道清淤 | 50.00 | 45.00 | 90.00% |
| 合计 | 330.00 | 311.00 | 94.24% |"""
NOW = """单位：万元
| 项目 | 年初预算 | 调整后预算 | 决算 | 执行率 |
| 水质监测 | 80.00 | 90.00 | 81.00 | 90.00% |
| 堤防维修 | 150.00 | 160.00 | 156.80 | 98.00% |
| 智慧水务 | 60.00 | 60.00 | 48.00 | 80.00% |
| 合计 | 290.00 | 310.00 | 285.80 | 92.19% |"""


def read(year: int, id: str, rows: str) -> Reading:
    sheet = table(rows, caption=f"表1 {year}年度项目支出明细表")
    document = report(f"{year}年度部门整体支出绩效自评报告", sheet, department="甲县水利局", year=year, id=id * 12)
    return Reading(document, facts(document))


YEARS = (read(2022, "a", BEFORE), read(2023, "b", NOW))


def asked(question: str) -> Answer:
    given = Road().invoke(Request(question, YEARS, lambda text: ()))
    assert all(figure.verdict in GOOD for figure in given.figures), given
    return given


@pytest.mark.parametrize(
    "question",
    [
        "两年都有的项目里，哪些2023年比2022年花得少了？",
        "2023年支出比2022年减少的项目有哪些？",
        "与上年相比，哪些项目支出下降了？",
        "哪个项目这两年支出降得最多？",
    ],
)
def test_rows_that_fell(question: str) -> None:
    """An item is found by its name, wherever it stands and whatever its column is called; the total is no item."""
    text = asked(question).text
    assert "堤防维修由190.00万元到156.80万元，减少33.20万元" in text
    assert "水质监测由" not in text and "合计" not in text


def test_what_one_year_has_alone_is_no_fall() -> None:
    """河道清淤 did not fall to nothing: its row is not there."""
    text = asked("哪些项目2023年比2022年支出减少？").text
    assert "河道清淤由" not in text and "河道清淤、智慧水务不是每年都列" in text


def test_rates_are_compared_in_points() -> None:
    """执行率 is another column than spending: the item that spent less carried its budget out better."""
    text = asked("两年来哪些项目的执行率下降了？").text
    assert "水质监测由95.00%到90.00%" in text and "5.00" in text and "堤防维修由" not in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪个项目2022年有、2023年没有了？", "2022年列出、2023年未列的有：河道清淤（45.00万元）"),
        ("去年有今年没有的项目是哪个？", "2022年列出、2023年未列的有：河道清淤（45.00万元）"),
        ("2023年比2022年新增了什么项目？", "2023年列出、2022年未列的有：智慧水务（48.00万元）"),
    ],
)
def test_rows_that_one_year_has(question: str, said: str) -> None:
    """Told with the figure of the year that has them."""
    assert said in asked(question).text


def test_no_row_rose() -> None:
    """That none did is said, not left out."""
    assert "未见2023年调整后预算比2022年增加" not in asked("两年相比哪些项目的预算增加了？").text
    assert "水质监测由80.00万元到90.00万元" in asked("两年相比哪些项目的预算增加了？").text


def test_scores_out_of_other_full_marks_are_not_compared() -> None:
    """4 of 5 is no fall from 8 of 10."""
    heads = "| 三级指标 | 分值 | 得分 |\n"
    old = read(2022, "c", heads + "| 水质达标率 | 10 | 8 |\n| 灌溉面积 | 10 | 10 |\n| 满意度 | 5 | 5 |")
    new = read(2023, "d", heads + "| 水质达标率 | 5 | 4 |\n| 灌溉面积 | 10 | 9 |\n| 满意度 | 5 | 5 |")
    text = Road().invoke(Request("这两年哪些指标得分下降了？", (old, new), lambda text: ())).text
    assert "灌溉面积由10分到9分" in text and "水质达标率由" not in text and "分值不同" in text
