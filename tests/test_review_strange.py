"""The reviewer on reports in other layouts and wordings than those it was built on (tests/strange)."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Finding, Indicator
from assistant.review import review
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading

HERE = Path(__file__).parent / "strange"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@cache
def opinion(name: str, form: str = "html") -> tuple[tuple[Finding, ...], dict[str, Indicator]]:
    report = read(HERE / f"{name}.{form}")
    made = review(Reading(report, facts(report)))
    return made.findings, {each.name: each for each in made.indicators}


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def shows(found: Finding, texts: list[str]) -> bool:
    return any(bare(text) in bare(quote) or bare(quote) in bare(text) for quote in found.quotes for text in texts)


PLANTED = (
    ("lanchuan-civil-2023", "html", 11, ()),
    ("hechuan-veterans-2023", "docx", 18, ("预决算公开未写明网址和时间",)),
    ("ningsha-emergency-2022", "html", 19, ()),
)
"""Report, form, planted defects found at least, true findings beside them."""
LOOKALIKES = [(name, form, row) for name, form, _, _ in PLANTED for row in lines(f"{name}.lookalikes.jsonl")]


def planted(found: Finding, row: dict[str, Any]) -> bool:
    """A defect without a passage of its own (something missing) is known by its title."""
    return shows(found, row["evidence"]) or (not row["evidence"] and row["title"][2:5] in found.title)


@pytest.mark.parametrize(("name", "form", "least", "true"), PLANTED, ids=[name for name, *_ in PLANTED])
def test_planted_defects_are_found_and_nothing_else(name: str, form: str, least: int, true: tuple[str, ...]) -> None:
    """Nearly all planted defects; every finding that is no hint shows one of them, or is true and told here."""
    found, _ = opinion(name, form)
    defects = lines(f"{name}.defects.jsonl")
    missed = [row["title"] for row in defects if not any(planted(one, row) for one in found)]
    assert len(defects) - len(missed) >= least, missed
    extra = [one for one in found if one.severity != "提示" and not any(planted(one, row) for row in defects)]
    assert [one.title for one in extra if one.title not in true] == []


@pytest.mark.parametrize(("name", "form", "row"), LOOKALIKES, ids=[str(row["id"]) for _, _, row in LOOKALIKES])
def test_what_only_looks_wrong_is_left_alone(name: str, form: str, row: dict[str, Any]) -> None:
    """Rounding tails, falling targets, averages, explained shortfalls, earlier years told rightly."""
    found, _ = opinion(name, form)
    texts = [text for one in lines(f"{name}.defects.jsonl") for text in one["evidence"]]
    raised = [one for one in found if one.severity != "提示" and shows(one, [row["text"]])]
    assert [one.title for one in raised if not shows(one, texts)] == []


def test_a_report_of_another_province() -> None:
    """A missing annex, a target without result, a stage not reached; assets and 其中 are no defect."""
    found, cards = opinion("linhe-transport-2023")
    assert sorted(one.rule for one in found if one.severity != "提示") == ["目标与结果", "目标阶段", "附件"]
    assert any("改造危桥6座" in one.title for one in found)
    given = {"预算执行率": "96.50", "结转结余率": "3.50", "在职人员控制率": "95.51", "公用经费控制率": "97.45"}
    given |= {"预算调整率": "17.15", "项目支出预算执行率": "94.53", "“三公”经费控制率": "87.74"}
    assert {name: cards[name].value for name in given} == given


def test_a_report_in_yuan_without_faults() -> None:
    """Falling targets, an average score, 三公 inputs in the next clause: nothing to raise, cards filled."""
    found, cards = opinion("qingshi-agri-2024")
    assert [one.title for one in found if one.severity != "提示"] == []
    given = {"在职人员控制率": "94.53", "“三公”经费控制率": "86.71", "项目支出预算执行率": "94.16"}
    assert {name: cards[name].value for name in given} == given


def test_a_report_drawn_with_bars() -> None:
    """A text report: two targets without result, one short of target, one execution below the threshold."""
    found, cards = opinion("qinglan-civil-2023", "txt")
    raised = sorted(one.rule for one in found if one.severity != "提示")
    assert raised == ["执行偏低未说明", "目标与结果", "目标值未达成未说明"]
    given = {"预算执行率": "97.45", "结转结余率": "2.55", "“三公”经费变动率": "-12.49", "在职人员控制率": "94.83"}
    assert {name: cards[name].value for name in given} == given
