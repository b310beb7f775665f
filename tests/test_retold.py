"""One year as two reports tell it: whether the 上年 column of the later report has what the earlier one wrote."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD, Answer
from assistant.chain import Request, Road
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

BEFORE = """单位：万元
| 项目名称 | 调整后预算 | 决算 |
| 森林防火 | 1120.00 | 893.16 |
| 造林补贴 | 1260.00 | 1187.42 |
| 合计 | 2380.00 | 2080.58 |"""
NOW = """单位：万元
| 项目名称 | 调整后预算 | 本年决算 | 上年决算 |
| 森林防火 | 1240.00 | 1178.53 | 983.16 |
| 造林补贴 | 1380.00 | 1296.74 | 1187.42 |
| 合计 | 2620.00 | 2475.27 | 2170.58 |"""


def read(year: int, id: str, rows: str, *said: str) -> Reading:
    sheet = table(rows, caption=f"{year}年度项目支出明细表")
    parts = (f"{year}年度部门整体支出绩效自评报告", *said, sheet)
    document = report(*parts, department="甲县林业局", year=year, id=id * 12)
    return Reading(document, facts(document))


YEARS = (
    read(2022, "a", BEFORE, "2022年公务接待费12.36万元，年末结转和结余552.78万元。"),
    read(
        2023,
        "b",
        NOW,
        "2023年公务接待费10.95万元（上年12.36万元），年初结转和结余552.78万元，年末结转和结余431.17万元。",
    ),
)


def asked(question: str) -> Answer:
    given = Road().invoke(Request(question, YEARS, lambda text: ()))
    assert all(figure.verdict in GOOD for figure in given.figures), given
    return given


@pytest.mark.parametrize(
    "question",
    [
        "森林防火2022年的决算，两份报告写的一样吗？",
        "森林防火的上年决算跟2022年报告一致吗？",
        "2023年报告里的上年决算和2022年报告的都一致吗？",
        "各项目上年数和上年报告对得上吗？",
    ],
)
def test_what_differs_is_told_from_both(question: str) -> None:
    """Both values with the year of the report that writes each; neither is called right."""
    text = asked(question).text
    assert "2022年报告写893.16万元，2023年报告所列2022年数写983.16万元，不一致，相差90.00万元" in text
    assert "须由单位核实" in text and "造林补贴2022年" not in text


def test_what_agrees() -> None:
    """A figure of the prose, 上年 in brackets."""
    assert "12.36万元，一致" in asked("2022年公务接待费两份报告写得一样吗？").text


@pytest.mark.parametrize(
    "question",
    [
        "上年末结转结余和今年年初数一致吗？",
        "2022年末结转和结余与2023年初结转和结余是否衔接？",
        "2022年报告的年末结转结余和2023年报告的年初数接得上吗？",
        "去年年末的结转结余跟今年年初的能不能接上？",
    ],
)
def test_one_year_ends_where_the_next_begins(question: str) -> None:
    """The end of the earlier year is held against the beginning of the later one, not against its end."""
    text = asked(question).text
    assert "552.78万元" in text and "前后一致" in text and "431.17" not in text
