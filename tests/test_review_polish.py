"""A language model may word judgements: through slots, over real sockets, and only where nothing changes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.answer import Finding, Review
from assistant.model import ask_model, open_model
from assistant.review import review
from assistant.review.polish import Polisher
from assistant.settings import Settings
from tests.build import table
from tests.model_server import Play, serving
from tests.review_pages import reading

PAGE = reading(
    "# 一、支出情况",
    table(
        "单位：万元\n| 项目名称 | 预算数 | 执行数 | 执行率 |\n| 校车购置 | 150.00 | 118.50 | 79.00% |\n"
        "| 校舍修缮 | 280.00 | 260.40 | 93.00% |\n| 合计 | 430.00 | 378.90 | 88.12% |",
        caption="表1 项目支出情况表",
    ),
)
PLAIN = review(PAGE)
[LOW] = [one for one in PLAIN.findings if one.rule == "执行偏低未说明"]


def polished(words: str, **play: object) -> tuple[Review, Finding]:
    """The review with a model that answers every judgement with these words."""

    def say(prompt: str) -> str:
        return json.dumps({"answer": words}, ensure_ascii=False)

    with serving(Play(say=say, **play)) as url:  # type: ignore[arg-type]
        model = open_model(Settings(model="openai:m", model_url=url, model_timeout=5))
        made = review(PAGE, polisher=Polisher(lambda messages: ask_model(model, messages, 5), "openai:m"))
    [low] = [one for one in made.findings if one.rule == "执行偏低未说明"]
    return made, low


def test_better_words_are_taken_with_the_same_figures() -> None:
    """Slots come back filled; every figure of the memo is still traced, and the memo says who worded it."""
    made, low = polished("{{N1}}安排预算{{N2}}，实际支出{{N3}}；执行率低于{{N4}}，表内和正文均未见说明。")
    assert low.fact == "“校车购置”安排预算150.00万元，实际支出118.50万元；执行率低于90%，表内和正文均未见说明。"
    assert "由openai:m润色" in made.memo and not [one for one in made.figures if one.kind == "untraced"]
    assert low.id == LOW.id and low.working == LOW.working


@pytest.mark.parametrize(
    "words",
    [
        "{{N1}}预算{{N3}}，支出{{N2}}；执行率低于{{N4}}，表内和正文未见说明。",
        "{{N1}}支出{{N2}}，预算{{N3}}；执行率低于{{N4}}，表内和正文未见说明。",
        "{{N1}}预算{{N2}}，支出118.50万元；执行率低于{{N4}}，表内和正文未见说明。",
        "{{N1}}预算{{N2}}，支出{{N3}}；执行率高于{{N4}}，表内和正文未见说明。",
        "{{N1}}预算{{N2}}，支出{{N3}}；执行率低于{{N4}}，系隐瞒，表内和正文未见说明。",
        "{{N1}}预算{{N2}}，支出{{N3}}；执行率低于{{N4}}三成，表内和正文未见说明。",
        "执行率偏低，未见说明。",
        "",
    ],
)
def test_words_that_change_anything_are_left(words: str) -> None:
    """Swapped, unsaid, added, turned round, blaming: the rule's own words stay."""
    _, low = polished(words)
    assert low == LOW


@pytest.mark.parametrize("play", [{"status": 500}, {"cut": True}])
def test_a_failing_model_costs_nothing(play: dict[str, object]) -> None:
    """The review is the one without a model, and says why."""
    made, low = polished("{{N1}}", **play)
    assert low == LOW and "没有润色" in made.memo
    assert replace(made, memo="", figures=()) == replace(PLAIN, memo="", figures=())
