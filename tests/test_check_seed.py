"""Sentences about a real report, true and false, in our own words; the figures are filled in from its gold facts.

`{F002}` is the fact as written, `{F002!}` with its third digit changed, `{F002×}` with the unit of 亿 for 万.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.check import verify
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading

NAME = "pingshan-sti-2021"
TRUE = [
    "2021年，年初部门预算为{F002}。",
    "当年调整后预算总额是{F004}，全年支出决算数为{F006}。",
    "部门整体的支出决算数{F006}，占调整后预算总额{F004}的99.24%。",
    "科技奖励的预算金额总额为{F045}，全年支出数为{F046}。",
    "科普活动全年支出数{F050}，预算{F049}。",
    "全年公务接待费支出{F097}。",
    "基本支出{F056}与项目支出{F057}之和为{F006}。",
    "年中调减指标{F003}。",
    "专利授权总量{F122}，同比增长{F123}。",
    "发明专利授权量{F124}、实用新型专利授权量{F126}。",
    "截至2021年末，资产合计{F063}。",
]
FALSE = [
    "2021年，年初部门预算为{F004}。",
    "2021年，年初部门预算为{F002!}。",
    "年初部门预算为{F002×}。",
    "当年支出决算数为{F006!}。",
    "科技奖励的预算金额总额为{F049}，全年支出数为{F050}。",
    "科普活动全年支出数{F049}，预算{F050}。",
    "基本支出{F057}，项目支出{F056}。",
    "年中调增指标{F003}。",
    "2020年，支出决算数为{F006}。",
    "专利授权总量{F122}，同比下降{F123}。",
    "PCT申请量{F130}，同比增长38.62%。",
    "发明专利授权量{F126}、实用新型专利授权量{F124}。",
    "截至2021年末，资产合计{F063!}。",
]


@pytest.fixture(scope="module")
def seed(shared: Path) -> tuple[Reading, dict[str, tuple[str, str]]]:
    """The report as read, and its gold facts by id."""
    path = shared / "reports" / f"{NAME}.docx"
    gold = shared / "gold" / f"{NAME}.facts.jsonl"
    if not path.exists() or not gold.exists():
        pytest.skip("共享数据里没有这份报告")
    known = read(path)
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    return Reading(known, facts(known)), {row["id"]: (row["value"], row["unit"]) for row in rows}


def filled(template: str, gold: dict[str, tuple[str, str]]) -> str:
    """A template with its figures."""

    def figure(match: re.Match[str]) -> str:
        value, unit = gold[match[1]]
        if match[2] == "!":
            at = [place for place, char in enumerate(value) if char.isdigit()][2]
            value = value[:at] + str((int(value[at]) + 3) % 10) + value[at + 1 :]
        return value + (unit.replace("万", "亿") if match[2] == "×" else unit)

    return re.sub(r"\{(F\d+)([!×]?)\}", figure, template)


@pytest.mark.parametrize("template", TRUE)
def test_true_sentences_hold(template: str, seed: tuple[Reading, dict[str, tuple[str, str]]]) -> None:
    """What the report says is never blamed, in other words and calculated."""
    reading, gold = seed
    check = verify(filled(template, gold), [reading])
    assert "false" not in {s.verdict for s in check.sentences}, [(f.quantity.text, f.working) for f in check.figures]


@pytest.mark.parametrize("template", FALSE)
def test_false_sentences_are_caught(template: str, seed: tuple[Reading, dict[str, tuple[str, str]]]) -> None:
    """Another basis, row, year, unit, digit, order or direction is caught."""
    reading, gold = seed
    check = verify(filled(template, gold), [reading])
    assert "false" in {s.verdict for s in check.sentences}, [(f.quantity.text, f.working) for f in check.figures]
