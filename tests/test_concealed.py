"""What a reader of the file would not see: asked of it, nothing visible answers in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import GOOD, Answer
from assistant.chain import Request, Road
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

SHOWN = """单位：万元
| 项目名称 | 调整后预算 | 决算 |
| 国土绿化 | 1380.00 | 1296.74 |
| 森林防火 | 1240.00 | 1178.53 |"""
DRAFT = """单位：万元
| 项目名称 | 调整后预算 | 决算 |
| 国土绿化 | 1260.00 | 1178.42 |
| 森林防火 | 1120.00 | 983.16 |"""


def read(*, hidden: bool) -> Reading:
    sheets = [replace(table(SHOWN, caption="2023年度项目支出"), sheet="项目支出")]
    if hidden:
        sheets.append(replace(table(DRAFT, number=2), sheet="上年草稿", hidden="sheet"))
    document = report(*sheets)
    return Reading(document, facts(document))


def asked(question: str, *, hidden: bool = True) -> Answer:
    given = Road().invoke(Request(question, (read(hidden=hidden),), lambda text: ()))
    assert all(figure.verdict in GOOD for figure in given.figures), given
    return given


@pytest.mark.parametrize(
    "question",
    [
        "隐藏的上年草稿表里，国土绿化的决算写的是多少？",
        "上年草稿里国土绿化的决算是多少？",
        "隐藏表里国土绿化决算多少？",
    ],
)
def test_a_hidden_cell_is_told_as_such(question: str) -> None:
    """The draft's figure with where it stands, not the published one of the same name."""
    text = asked(question).text
    assert "1178.42" in text.replace(",", "") and "不能作为依据" in text and "1296.74" not in text.replace(",", "")


def test_what_the_hidden_sheet_does_not_hold_is_refused() -> None:
    """The visible figure is no answer."""
    assert asked("隐藏表里智慧林业花了多少？").refused
    assert asked("隐藏表里国土绿化的决算是多少？", hidden=False).refused


def test_whether_anything_is_hidden() -> None:
    """Looked up in the file, not in its words."""
    assert "“上年草稿”" in asked("有没有隐藏的工作表？").text
    assert asked("文件里有隐藏表吗？", hidden=False).text.startswith("没有")


def test_what_is_seen_is_answered_as_before() -> None:
    """The same name in a visible sheet."""
    assert "1296.74" in asked("国土绿化的决算是多少？").text.replace(",", "")


def test_a_draft_contradicts_nothing() -> None:
    """The same row in a hidden sheet is no second value of the published figure."""
    assert "不一致" not in asked("森林防火的决算是多少？").text
