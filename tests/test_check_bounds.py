"""Bounds (达到90%以上、低于85%、没有超过…) are judged as bounds of the figure that the report gives."""

from __future__ import annotations

import pytest

from assistant.answer import Figure
from assistant.check import verify
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

REPORT = report(
    "# 二、预算执行情况",
    "2023年，我局年初部门预算数为1000.00万元，支出决算数为1161.60万元，预算执行率96.8%。",
    "群众满意度为92.35%，全年开展培训38场次，目标为35场次。",
    table(
        """单位：万元
        | 项目 | 调整后预算数 | 决算数 | 执行率 |
        | 校舍维修 | 300.00 | 240.00 | 80% |
        | 教师培训 | 80.00 | 76.00 | 95% |""",
        caption="表1 项目支出情况表",
    ),
)
READING = Reading(REPORT, facts(REPORT))


def last(text: str) -> Figure:
    """The last figure of a text, judged."""
    return verify(text, [READING]).figures[-1]


@pytest.mark.parametrize(
    "text",
    [
        "2023年预算执行率达到90%以上。",
        "2023年预算执行率超过95%。",
        "2023年预算执行率不低于90%。",
        "群众满意度不足95%。",
        "支出决算数不到1200万元。",
        "支出决算数超过1100万元。",
        "全年开展培训超过30场次。",
        "校舍维修执行率低于90%。",
        "校舍维修执行率在85%以下。",
        "校舍维修执行率未达到85%。",
        "校舍维修执行率没有超过85%。",
    ],
)
def test_a_true_bound_is_verified_with_the_figure_it_bounds(text: str) -> None:
    """96.8% is 90%以上: the working gives the report's own figure and says that the relation holds."""
    assert (last(text).verdict, "关系成立" in last(text).working) == ("derived", True)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2023年预算执行率达到98%以上。", "96.8%"),
        ("2023年预算执行率超过97%。", "96.8%"),
        ("群众满意度不足90%。", "92.35%"),
        ("支出决算数超过1200万元。", "1161.60万元"),
        ("全年开展培训40场次以上。", "38场次"),
        ("校舍维修执行率达到85%以上。", "80%"),
        ("校舍维修执行率没有超过75%。", "80%"),
    ],
)
def test_a_false_bound_is_put_right(text: str, right: str) -> None:
    """96.8% is not 98%以上: a conflict, with the figure that is there."""
    assert (last(text).verdict, last(text).right) == ("conflict", right)


@pytest.mark.parametrize(
    "text", ["2023年预算执行率超过60%。", "2023年预算执行率达到69%以上。", "2023年预算执行率超过9.5%。"]
)
def test_a_bound_far_from_the_figure_is_true_but_not_vouched_for(text: str) -> None:
    """Nobody says 超过60% of 96.8% unless a digit went wrong: it is shown with the report's figure, as no match."""
    assert last(text).verdict == "ambiguous"


@pytest.mark.parametrize(
    "text", ["支出决算数比年初预算超出1100万元。", "群众满意度目标值为90%以上。", "培训超过30场次的目标。"]
)
def test_a_change_and_an_aim_are_no_bounds_of_the_level(text: str) -> None:
    """1161.60万元 is no excess of more than 1100万元; 92.35% bears out no aim of 90%, nor 38场次 one of 30."""
    assert last(text).verdict not in ("exact", "rounded", "derived")


def test_the_figure_before_a_bare_bound_is_what_it_bounds() -> None:
    """执行率96.8%，超过95%: the second figure is of the same rate."""
    assert [one.verdict for one in verify("预算执行率96.8%，超过95%。", [READING]).figures] == ["exact", "derived"]
