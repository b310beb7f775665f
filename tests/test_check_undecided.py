"""A true figure told in other words is not called wrong: what a sentence leaves open is left unverified, not belied."""

from __future__ import annotations

import pytest

from assistant.answer import Check, Figure
from assistant.check import verify
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

REPORT = report(
    "# 一、人员",
    "2023年末，离退休人员41人。全年接待来访284批412人次，化解277批。",
    table(
        """单位：人
        | 类别 | 编制数 | 年末实有 |
        | 行政编制 | 36 | 35 |
        | 事业编制 | 54 | 52 |""",
        caption="表1 人员情况",
    ),
    "# 二、年度绩效目标",
    "全年完成造林12000亩以上，群众满意度不低于90%。",
    "# 三、预算执行",
    "2023年，我局全年支出1161.60万元，比上年增加61.60万元，整体支出预算执行率96.80%。",
    table(
        """单位：万元
        | 项目 | 年初批复 | 全年预算 | 全年实际数 |
        | 基金拨款 | 90.00 | 96.58 | 136.20 |
        | 道路养护 | 320.00 | 330.00 | 301.86 |""",
        caption="表2 资金情况",
    ),
    table(
        """| 季度 | 发现隐患（条） |
        | 一季度 | 512 |
        | 二季度 | 684 |
        | 三季度 | 731 |
        | 四季度 | 455 |
        | 全年 | 2382 |""",
        caption="表3 分季度情况",
    ),
    "# 四、目标完成情况",
    "造林12486亩，群众满意度92.8%，比上年提高3.6个百分点；培训满意度84.6%。",
)
READING = Reading(REPORT, facts(REPORT))
BLAMED = ("conflict", "basis", "unit_slip")
VERIFIED = ("exact", "rounded", "derived")


def judged(text: str) -> Check:
    """A text held against the report."""
    return verify(text, [READING])


def figure(text: str, written: str) -> Figure:
    """The one figure of a text that is written so."""
    return next(one for one in judged(text).figures if one.quantity.text == written)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("群众满意度为92.8%，较好。", "92.8%"),  # the aim of 90% says nothing against it
        ("行政编制在岗35人。", "35人"),  # the last of the two words tells
        ("群众满意度由上年的89.2%提高到92.8%。", "89.2%"),  # worked out from the stated change
        ("三季度发现隐患731条，为各季度最高。", "731条"),
        ("从季度看，发现隐患三季度最高（731条）。", "731条"),  # the row of the whole year is no quarter
        ("群众满意度92.8%，比最低的培训满意度84.6%高8.2个百分点。", "8.2个百分点"),  # 最低 is no direction
    ],
)
def test_other_words_for_a_fact_are_verified(text: str, written: str) -> None:
    """What can be told apart is told apart."""
    assert figure(text, written).verdict in VERIFIED


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("离退休人员则由39人增至41人。", "39人"),  # the time before is not the year under review
        ("全年化解277批，未化解7批。", "7批"),  # what is not yet done is not what is done
        ("全年接待来访413人次。", "413人次"),  # 批 and 人次 count different things
        ("满意度仍高于95%的目标。", "95%"),  # whose aim is not said
        ("基金拨款135.20万元。", "135.20万元"),
    ],
)
def test_what_a_sentence_leaves_open_is_not_called_by_another_fact(text: str, written: str) -> None:
    """Such a figure stays unverified: right or wrong, no fact of the report is the one that it speaks of."""
    assert figure(text, written).verdict not in VERIFIED


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("离退休人员则由39人增至41人。", "39人"),
        ("全年化解277批，未化解7批。", "7批"),
        ("基金拨款136.20万元。", "136.20万元"),
        ("道路养护支出301.86万元，比整体支出预算执行率96.80%还低。", "96.80%"),
    ],
)
def test_a_true_figure_is_not_blamed(text: str, written: str) -> None:
    """The report has another value under a label like it, and the sentence does not say that it means that one."""
    assert figure(text, written).verdict not in BLAMED


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("群众满意度为98.2%。", "98.2%"),
        ("行政编制在岗36人。", "36人"),
        ("群众满意度由上年的88.2%提高到92.8%。", "88.2%"),
        ("从季度看，发现隐患二季度最高（684条）。", "684条"),
        ("群众满意度92.8%，比最低的培训满意度84.6%低8.2个百分点。", "8.2个百分点"),
        ("道路养护支出311.86万元。", "311.86万元"),
    ],
)
def test_a_wrong_figure_is_still_not_verified(text: str, written: str) -> None:
    """None of this lets a wrong figure pass."""
    assert figure(text, written).verdict not in VERIFIED


def test_a_mark_of_citation_is_no_figure() -> None:
    """…52人[1]。 cites something; 支出[12]万元 does not."""
    assert [one.quantity.text for one in judged("事业编制实有52人[1]。").figures] == ["52人"]
    assert judged("道路养护支出[12]万元。").figures
