"""Figures that only a misprint tells apart: raised though the names of text and table differ."""

from __future__ import annotations

import pytest

from tests.build import table
from tests.review_pages import raised

OUTPUTS = table(
    "| 指标 | 目标值 | 完成值 |\n| 租赁补贴发放户数 | 1400户 | 1462户 |\n| 危房改造户数 | 320户 | 326户 |",
    caption="表1 绩效指标完成情况",
)
SPENDING = table(
    "单位：万元\n| 项目 | 年初预算数 | 全年预算数 | 决算数 |\n| 基本支出 | 3010.00 | 3120.50 | 3069.54 |\n"
    "| 项目支出 | 7489.96 | 8225.86 | 7413.26 |\n| 支出合计 | 10499.96 | 11346.36 | 10482.80 |",
    number=2,
    caption="表2 支出情况表",
)


@pytest.mark.parametrize(
    ("text", "table_says"),
    [
        ("公共租赁住房租赁补贴按季发放，惠及4162户。", "1462户"),
        ("全年预算数11364.36万元，年末结转较多。", "11346.36"),
        ("全年共安排项目12个，决算支出7431.26万元。", "7413.26"),
    ],
)
def test_two_digits_changed_round_are_raised(text: str, table_says: str) -> None:
    """The department's total, the projects' total, an output by another name."""
    [found] = raised("# 情况", text, OUTPUTS, SPENDING, rule="同一指标一致")
    assert table_says in found.fact and "无法判定哪一侧有误" in found.working


@pytest.mark.parametrize(
    "text",
    [
        "公共租赁住房租赁补贴按季发放，惠及1462户。",
        "走访慰问退役军人4162户。",  # of something else
        "危房改造236万元。",  # another kind of figure
        "全年预算数11346.36万元，决算支出10482.80万元。",
    ],
)
def test_what_agrees_or_means_another_thing_is_not_raised(text: str) -> None:
    """Digits alone say nothing: the names must bind the two."""
    assert raised("# 情况", text, OUTPUTS, SPENDING, rule="同一指标一致") == []


def test_a_slip_of_unit_under_another_name_is_raised() -> None:
    """全年支出预算 in 元 beside the total of the table in 万元."""
    [found] = raised("# 情况", "全年共安排项目12个，决算支出7413.26元。", SPENDING, rule="单位与量级")
    assert "7413.26" in found.fact and "不代为改写" in found.working
