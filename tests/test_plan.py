"""What a question is understood to ask: kind, parts, basis, year, the figures it brings."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.builtin.question.plan import plan, segments
from assistant.builtin.question.talk import continued


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("2023年支出决算数是多少？", ""),
        ("复算部门整体预算执行率。", "recompute"),
        ("哪些项目执行率低于90%？", "filter"),
        ("执行率低于80%的项目有哪些？", "filter"),
        ("执行率最低的项目是哪个？", "extreme"),
        ("人员经费占基本支出的比重是多少？", "share"),
        ("公务接待费比上年减少多少？", "change"),
        ("表3年初预算列的合计对吗？", "sum_check"),
        ("年初结转加收入减支出等于年末结转吗？", "identity"),
        ("其他收入增长的原因是什么？", "why"),
        ("“三个新模式”指什么？", "list"),
        ("发放的资金是3.4亿元还是4.35亿元？", "either"),
        ("数据有什么问题？", "findings"),
    ],
)
def test_kinds_of_question(question: str, kind: str) -> None:
    """The words of a question say what is to be done with the figures it names."""
    assert plan(question).kind == kind


def test_coordinated_parts_are_asked_one_by_one() -> None:
    """年初预算、调整预算和决算 are three asks, each with its own basis."""
    planned = plan("图书馆项目的年初预算、调整预算和决算分别是多少？")
    assert [one.basis for one in planned.asks] == ["年初预算", "调整后预算", "决算"]
    assert planned.asks[0].phrase == "图书馆项目"


def test_a_name_with_a_connecting_word_is_not_cut() -> None:
    """教师培训与素质提升 is one project, because the report names it so."""
    assert segments("教师培训与素质提升的预算和决算", ("教师培训与素质提升",)) == ["教师培训与素质提升的预算", "决算"]


def test_years_and_thresholds_are_told_apart() -> None:
    """2023年 is a period, 90% is a figure that the question brings."""
    planned = plan("2023年哪些项目执行率低于90%？")
    assert planned.years == (2023,)
    assert [q.text for q in planned.stated] == ["90%"]


def test_last_year_in_a_later_part_is_the_year_before() -> None:
    """决算多少，上年多少: the second part asks for the same thing one year earlier."""
    planned = plan("2024年公务接待费决算多少，上年多少？")
    assert [one.year for one in planned.asks] == [2024, 2023]


@pytest.mark.parametrize(
    ("before", "follow", "full"),
    [
        ("2023年支出决算是多少？", "那2022年呢？", "2022年支出决算是多少？"),
        ("学前教育专项的决算是多少？", "执行率呢？", "学前教育专项的执行率是多少？"),
        ("学前教育专项的决算是多少？", "那校园安保呢？", "校园安保的决算是多少？"),
        ("学前教育专项的执行率是多少？", "那决算数呢？", "学前教育专项的决算数是多少？"),
        ("2023年支出决算是多少？", "前一年呢？", "2022年支出决算是多少？"),
        ("学前教育专项预算多少？", "花了多少？", "学前教育专项花了多少？"),
        ("学前教育专项预算多少？", "还剩多少？", "学前教育专项预算还剩多少没有支出？"),
        ("学前教育专项预算多少？", "为什么没花完？", "学前教育专项没花完的原因是什么？"),
        ("2022年入园率是多少？", "两年都达标了吗？", "入园率两年都达标了吗？"),
        ("学前教育专项预算多少？", "没花掉的有多少？", "学前教育专项预算还剩多少没有支出？"),
        ("基本支出占总支出多少？", "项目支出呢？", "项目支出占总支出多少？"),
        ("项目支出占总支出多少？", "具体金额是多少？", "项目支出是多少？"),
        ("核定编制多少人？", "实有多少？", "实有多少人？"),
        ("项目支出的执行率是多少？", "哪个项目最低？", "哪个项目执行率最低？"),
        ("检查了多少家次企业？", "完成目标没有？", "检查完成目标了吗？"),
    ],
)
def test_follow_up_questions_are_put_in_full(before: str, follow: str, full: str) -> None:
    """那上年呢, 占比呢: what a follow-up leaves unsaid comes from the question before."""
    assert continued(follow, (Answer(question=before, text=""),)) == full


def test_the_item_of_a_rank_is_spoken_of_later() -> None:
    """最低的那个花了多少: of the item that was found lowest, two questions ago."""
    talk = (Answer(question="哪个项目执行率最低？", text=""), Answer(question="最高的呢？", text=""))
    full = continued(
        "最低的那个花了多少钱？", talk, (), lambda one: ["校舍维修"] if "最低" in one.question else ["体检"]
    )
    assert full == "校舍维修花了多少钱？"


def test_little_said_of_another_department_is_put_to_it() -> None:
    """应急局实有多少, after what another one's posts are: the same of this one; what says enough stands as it is."""
    talk, both = (Answer(question="教育局核定编制多少人？", text=""),), ("甲县应急局", "甲县教育局")
    assert continued("应急局实有多少？", talk, both) == "应急局实有多少人？"
    assert continued("应急局支出决算是多少？", talk, both) == "应急局支出决算是多少？"


def test_which_of_those_spoken_of_is_asked_of_all_of_them() -> None:
    """哪家减得多: the departments of the talk, in one question."""
    talk = (Answer(question="水务局三公经费比上年减少多少？", text=""), Answer(question="教育局呢？", text=""))
    full = continued("哪家减得多？", talk, ("甲县水务局", "甲县教育局"))
    assert full == "甲县水务局和甲县教育局三公经费比上年减少多少，哪家减得多？"
