"""Decisions of a reviewer: kept for a report, carried to its next version, rules switched off with a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.assistant import Assistant
from assistant.settings import Settings
from ingest.errors import BadInput

PAGE = """<html><head><meta charset="utf-8"></head><body><h1>某县教育局2023年度部门整体支出绩效自评报告</h1>
<h2>一、支出情况</h2><p>联系人：王小明，电话0755-28318300。全年支出378.90万元{}。</p>
<table><caption>表1 项目支出情况表（单位：万元）</caption>
<tr><td>项目名称</td><td>预算数</td><td>执行数</td><td>执行率</td></tr>
<tr><td>校车购置</td><td>150.00</td><td>118.50</td><td>79.00%</td></tr>
<tr><td>校舍修缮</td><td>280.00</td><td>260.40</td><td>93.00%</td></tr>
<tr><td>合计</td><td>430.00</td><td>378.90</td><td>88.12%</td></tr></table></body></html>"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant(Settings(home=tmp_path_factory.mktemp("home"))) as opened:
        yield opened


def added(assistant: Assistant, text: str, name: str) -> str:
    return str(assistant.add_bytes(text.encode(), name)["id"])


def test_a_decision_is_carried_to_the_next_version(assistant: Assistant) -> None:
    """Rejected in the first version, left out of the memo of the second; the reviewer may think again there."""
    first = added(assistant, PAGE.format(""), "第一稿.html")
    [low] = [one for one in assistant.review(first).findings if one.rule == "执行偏低未说明"]
    assistant.decide(first, low.id, "不采纳", "已另行说明", "甲")
    second = added(assistant, PAGE.format("，同比持平"), "第二稿.html")
    assert second != first
    assert low.id not in assistant.review(second).memo and "不采纳的意见1项" in assistant.review(second).memo
    assert assistant.decisions(second)[low.id]["reviewer"] == "甲"
    assistant.decide(second, low.id, "采纳", "", "乙")
    assert low.id in assistant.review(second).memo and low.id not in assistant.review(first).memo


def test_a_rule_is_switched_off_with_a_reason_and_on_again(assistant: Assistant) -> None:
    """The memo prints the reason; decisions about findings are not mixed with it."""
    id = added(assistant, PAGE.format("。本年无其他事项"), "第三稿.html")
    assistant.switch(id, "E01", "省厅本年免除说明", "甲")
    made = assistant.review(id)
    assert all(one.rule != "执行偏低未说明" for one in made.findings)
    assert "规则E01“执行偏低未说明”经复核人停用，理由：省厅本年免除说明。" in made.memo
    assert "E01" not in assistant.decisions(id)
    assistant.switch(id, "E01", "")
    assert any(one.rule == "执行偏低未说明" for one in assistant.review(id).findings)
    with pytest.raises(BadInput, match="没有规则"):
        assistant.switch(id, "Z99", "无")


def test_names_and_telephones_stay_out_of_every_export(assistant: Assistant) -> None:
    """Neither the memo nor the data behind it shows them."""
    id = added(assistant, PAGE.format(""), "第一稿.html")
    for form in ("md", "json"):
        text = assistant.export(id, form).decode()
        assert "28318300" not in text and "王小明" not in text
