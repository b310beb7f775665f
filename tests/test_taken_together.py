"""Rows that a word beside them, or the kind they stand under, takes together: added up, counted, scored as one."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

PROJECTS = """单位：万元
| 项目名称 | 调整后预算 | 实际支出 | 责任科室 |
| 河道清淤 | 120.00 | 100.00 | 水利与河道管理科 |
| 堤防加固 | 80.00 | 70.00 | 水利与河道管理科 |
| 泵站维修 | 60.00 | 60.00 | 机电科 |
| 合计 | 260.00 | 230.00 |  |
"""
ANSWERS = """
| 调查对象 | 调查内容 | 答卷结果（份） | < | < |
| ^ | ^ | 非常满意 | 满意 | 不满意 |
| 居民 | 排水效果 | 20 | 30 | 10 |
| ^ | 施工扰民 | 15 | 25 | 20 |
| 企业 | 办事效率 | 8 | 7 | 5 |
"""
SCORES = """单位：分
| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |
| 过程 | 资金 | 预算执行率 | 10 | 9.00 |
| 过程 | 管理 | 资产管理 | 10 | 9.50 |
| 产出 | 数量 | 清淤长度 | 10 | 9.20 |
| 产出 | 数量 | 加固长度 | 10 | 8.80 |
"""
WHOLE = """单位：分
| 一级指标 | 分值 | 得分 |
| 过程 | 20 | 18.50 |
| 产出 | 20 | 18.00 |
"""


@pytest.fixture(scope="module")
def seen() -> Reading:
    made = report(
        table(PROJECTS, caption="表1 项目支出表"),
        table(ANSWERS, number=2, caption="表2 问卷统计表", header_rows=2),
        table(SCORES, number=3, caption="表3 评分表"),
        table(WHOLE, number=4, caption="表4 得分汇总表"),
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("水利与河道管理科负责的项目一共花了多少？", "合计170.00万元（100.00万元＋70.00万元＝170.00万元）"),
        ("水利与河道管理科的项目预算合计多少？", "合计200.00万元"),
        ("水利与河道管理科负责的项目执行率合起来是多少？", "执行率为85.00%"),
        ("水利与河道管理科没花完的钱合计多少？", "合计还有30.00万元没有支出"),
        ("水利与河道管理科管哪几个项目，预算加起来多少？", "河道清淤、堤防加固，合计200.00万元"),
    ],
)
def test_the_projects_of_an_office_are_added_in_the_column_asked_for(question: str, said: str, seen: Reading) -> None:
    """The name of an office may itself hold 与; what is asked for may stand before or behind 合计."""
    assert said in answer(question, [seen]).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("水利与河道管理科负责的项目中支出最少的是哪个？", "堤防加固，70.00万元"),
        ("水利与河道管理科管的项目里哪个执行率最高？", "堤防加固，70.00万元÷80.00万元＝87.50%"),
    ],
)
def test_the_projects_of_an_office_are_ranked_among_themselves(question: str, said: str, seen: Reading) -> None:
    """泵站维修, of another office, has both the least spending and the highest rate."""
    assert said in answer(question, [seen]).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("居民不满意的一共多少份？", "合计30份（10份＋20份＝30份）"),
        ("居民里满意的总共多少份？", "合计55份"),
        ("问卷里居民非常满意的加起来有几份？", "合计35份"),
    ],
)
def test_answers_of_a_group_are_counted_under_the_longest_heading_named(
    question: str, said: str, seen: Reading
) -> None:
    assert said in answer(question, [seen]).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪个一级指标扣分最多？", "产出扣2.00分"),
        ("过程和产出哪个扣分最少？", "过程扣1.50分"),
        ("哪个二级指标下扣分最多？", "数量扣2.00分"),
        ("三级指标里哪项扣分最多？", "加固长度扣1.20分"),
        ("过程和产出合起来扣了多少分？", "一共扣3.50分（2.00分＋1.50分＝3.50分）"),
    ],
)
def test_points_are_lost_at_the_level_asked_of(question: str, said: str, seen: Reading) -> None:
    """The indicator that lost most is no answer to which kind of indicators did."""
    assert said in answer(question, [seen]).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪些指标得了满分？", "得满分的指标共1个：汛期零事故10分（分值10分）"),
        ("扣分超过1分的指标有哪些？", "扣分高于1分：加固长度扣1.20分"),
        ("哪些指标没得满分？", "没有得满分的指标：预算执行率9.00分"),
    ],
)
def test_indicators_are_listed_by_what_they_lost(question: str, said: str) -> None:
    """A table that sums the kinds up tells the same points once more; none of its rows is listed."""
    rows = SCORES + "| 效益 | 社会 | 汛期零事故 | 10 | 10 |"
    made = report(table(WHOLE, caption="表1 得分汇总表"), table(rows, number=2, caption="表2 评分表"))
    assert said in answer(question, [Reading(made, facts(made))]).text


@pytest.mark.parametrize(
    "question", ["道路改造是不是全部完成了？", "道路改造有没有完成年度目标？", "道路改造完成了没有？"]
)
def test_what_was_put_off_is_no_outcome(question: str) -> None:
    made = report(
        "# 一、年度目标",
        "道路改造12条。",
        "# 二、完成情况",
        "道路改造10条，道路改造有2条因管线迁改滞后顺延至2025年。",
    )
    assert "差2条（12条－10条＝2条）" in answer(question, [Reading(made, facts(made))]).text


YEARS = """
| 指标 | 单位 | 2022年 | 2023年 |
| 既有住宅加装电梯台数 | 台 | 71 | 84 |
| 信访件数 | 件 | 90 | 60 |
"""
FORMS = """
| 调查内容 | 满意 | 小计 |
| 加装电梯补助办理 | 400 | 420 |
| 物业服务 | 300 | 420 |
"""


def test_a_count_is_never_set_against_one_of_other_things() -> None:
    """2023年加装电梯: 420 answers about it are no later figure of 71 lifts."""
    made = report(table(YEARS, caption="表1 两年对比"), table(FORMS, number=2, caption="表2 问卷结果（份）"))
    text = answer("2023年加装电梯比2022年多几台？", [Reading(made, facts(made))]).text
    assert "13台" in text and "420" not in text


def test_a_share_may_be_asked_for_by_the_word_is() -> None:
    made = report("年末实有在编人员171人，另有编外用工63人。")
    assert "36.84%" in answer("编外用工是在编人员的百分之几？", [Reading(made, facts(made))]).text
