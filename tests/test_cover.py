"""Who and when: the lines of a cover or a foot, and sentences that give a date."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report


@pytest.fixture
def reading() -> Reading:
    """A report of a third party with a cover, dates and a foot."""
    made = report(
        "委托单位：某县财政局",
        "评价机构：明衡会计师事务所",
        "主评人：丁一禾",
        "# 一、评价工作情况",
        "受县财政局委托，明衡会计师事务所于2024年5月至6月对某县教育局部门整体支出进行评价。",
        "# 二、整改和公开",
        "信息系统于9月完成招标。自评结果将于2024年8月底前在门户网站公开。职工食堂改造已完成验收。",
        "填报人：办公室 填报日期：2024年7月3日",
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("这次评价由哪家机构承担？", "评价机构：明衡会计师事务所"),
        ("这份报告是哪家机构做的？", "评价机构：明衡会计师事务所"),
        ("主评人是谁？", "主评人：丁一禾"),
        ("委托单位是哪家？", "委托单位：某县财政局"),
        ("填报日期是什么时候？", "填报日期：2024年7月3日"),
        ("评价工作是什么时候开展的？", "2024年5月至6月"),
        ("信息系统什么时候完成招标？", "9月完成招标"),
        ("自评结果什么时候公开？", "2024年8月底前"),
    ],
)
def test_lines_and_dates_are_told(reading: Reading, question: str, said: str) -> None:
    """A label that says what is asked for, or a sentence with a date that says what was done."""
    assert said in answer(question, [reading]).text


@pytest.mark.parametrize("question", ["局长是谁？", "办公室主任叫什么？"])
def test_persons_whom_no_line_names_are_refused(reading: Reading, question: str) -> None:
    """填报人：办公室 does not say who is the director."""
    assert answer(question, [reading]).refused


def test_a_time_that_is_not_given_is_not_told(reading: Reading) -> None:
    """The canteen was accepted, but the report does not say when."""
    assert "月" not in answer("职工食堂改造什么时候完成验收？", [reading]).text
