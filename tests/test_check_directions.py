"""Up is not down: a figure is carried by a fact that goes the same way, and a minus is not lost on the way."""

from __future__ import annotations

import pytest

from assistant.answer import Figure
from assistant.check import verify
from assistant.check.directions import told_way
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

REPORT = report(
    "# 一、人员",
    table(
        """单位：人
        | 类别 | 编制数 | 实有数 | 超（缺）编 |
        | 行政编制 | 30 | 28 | -2 |
        | 事业编制 | 16 | 17 | 1 |""",
        caption="表1 人员情况",
    ),
    "# 二、预算调整",
    table(
        """单位：万元
        | 项目 | 年初预算 | 年中追加（核减） | 调整后预算 |
        | 河道养护 | 800.00 | -240.00 | 560.00 |
        | 桥梁检测 | 300.00 | 95.00 | 395.00 |""",
        caption="表2 预算调整",
    ),
    "# 三、支出",
    "项目支出三年连续增长：2021年414.77万元，2022年461.42万元，2023年605.82万元。",
    "# 四、安全",
    "全年生产安全事故死亡3人，比上年减少2人。",
)
READING = Reading(REPORT, facts(REPORT))
VERIFIED = ("exact", "rounded", "derived", "truncated")


def figure(text: str, written: str) -> Figure:
    """The one figure of a text that is written so."""
    return next(one for one in verify(text, [READING]).figures if one.quantity.text == written)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("行政编制超（缺）编为-2人。", "-2人"),
        ("行政编制缺编2人。", "2人"),
        ("河道养护年中追加（核减）为-240.00万元。", "-240.00万元"),
        ("河道养护年中核减240.00万元。", "240.00万元"),  # the size of what was taken away
        ("桥梁检测年中追加95.00万元。", "95.00万元"),
        ("项目支出三年连续增长：2021年414.77万元，2022年461.42万元。", "414.77万元"),  # a trend is no difference
        ("全年生产安全事故死亡3人，比上年减少2人。", "2人"),
    ],
)
def test_a_figure_that_goes_the_same_way_is_verified(text: str, written: str) -> None:
    """With its minus, or with a word that says the minus."""
    assert figure(text, written).verdict in VERIFIED


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("行政编制超（缺）编为2人。", "2人"),  # its minus is lost
        ("河道养护年中追加（核减）为240.00万元。", "240.00万元"),
        ("桥梁检测年中核减95.00万元。", "95.00万元"),
        ("全年生产安全事故死亡3人，比上年增加2人。", "2人"),
    ],
)
def test_a_figure_that_goes_the_other_way_is_not_verified(text: str, written: str) -> None:
    """The digits are the report's; what they say is not."""
    assert figure(text, written).verdict not in VERIFIED


@pytest.mark.parametrize(
    ("name", "way"),
    [("年中追加（核减）", 1), ("核减数", -1), ("增减额", 0), ("较上年增长", 1), ("项目超支率", 1), ("节约金额", -1)],
)
def test_a_name_tells_which_way_things_went(name: str, way: int) -> None:
    """What stands in brackets beside it does not count."""
    assert told_way(name) == way
