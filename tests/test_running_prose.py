"""Figures told in running prose: asides in brackets, what stands before a year, budgets that become others, pairs."""

from __future__ import annotations

import pytest

from tests.test_ledger import stated


def told(sentence: str) -> list[str]:
    """The facts of one sentence of a report of 2023."""
    return stated(sentence)


def test_behind_a_bracket_the_speech_goes_back_to_what_stood_before_it() -> None:
    """实有 has its value of the year before; the parts in the bracket do not."""
    assert told("核定编制60名，2023年末实有52人（行政20人、工勤32人），较2022年末的55人净减3人。") == [
        "核定编制｜2023年度｜｜=60名",
        "实有人数｜2023年末｜｜=52人",
        "实有人数/行政｜2023年末｜｜=20人",
        "实有人数/工勤｜2023年末｜｜=32人",
        "实有人数｜2022年末｜｜=55人",
        "实有人数/较2022年末的净减｜2023年末｜差额｜=3人",
    ]


def test_whose_figure_it_is_may_stand_before_the_year() -> None:
    """“三公”经费2023年预算x，支出y: both are of 三公经费, and so is what follows."""
    assert told("“三公”经费2023年预算18.00万元，支出15.30万元，较2022年的16.10万元下降4.97%。")[:3] == [
        "三公经费/预算｜2023年度｜预算｜=18.00万元",
        "三公经费/支出｜2023年度｜决算｜=15.30万元",
        "三公经费/支出｜2022年度｜决算｜=16.10万元",
    ]


@pytest.mark.parametrize("words", ["预算数变为", "预算调整为", "部门预算相应增加到", "支出预算变更为"])
def test_a_budget_becomes_the_adjusted_one(words: str) -> None:
    """年初，…批准的预算为x: 年初 at the head of the clause; …变为y: the budget after the change."""
    assert told(f"年初，县人大批准的我局支出预算为900.00万元，年中追加60.00万元，{words}960.00万元。") == [
        "年初支出预算｜2023年度｜年初预算｜=900.00万元",
        "年中追加｜2023年度｜调整｜=60.00万元",
        "调整后预算｜2023年度｜调整后预算｜=960.00万元",
    ]


def test_what_a_figure_is_measured_by_is_said_in_passing() -> None:
    """比2022年的z少 is of the spending, not of the budget that it was measured by."""
    assert told("会议费支出9.20万元，按调整后预算10.00万元衡量，控制率92.00%；比2022年的11.50万元少支2.30万元。")[
        3:
    ] == [
        "会议费/支出｜2022年度｜决算｜=11.50万元",
        "会议费/支出/比2022年的少支｜2023年度｜差额｜=2.30万元",
    ]


def test_the_year_before_a_rate_has_the_spending_of_that_year() -> None:
    """2022年为x behind 控制率: an amount is no rate, and the change that follows is of this year."""
    assert told("全年会议费支出8.40万元，年初核定10.00万元，控制率84.00%；2022年为9.60万元，一年间减少1.20万元。")[
        1:
    ] == [
        "会议费/年初核定｜2023年度｜年初预算｜=10.00万元",
        "会议费/控制率｜2023年度｜｜=84.00%",
        "会议费/支出｜2022年度｜决算｜=9.60万元",
        "会议费/支出/减少｜2023年度｜差额｜=1.20万元",
    ]


def test_parts_told_in_pairs_keep_their_names() -> None:
    """货物类预算x、签约y: the part's own y, not a part called 签约."""
    assert told("政府采购预算90.00万元，实际签约82.00万元，其中货物类预算50.00万元、签约46.00万元。")[2:] == [
        "货物类/预算｜2023年度｜预算｜=50.00万元",
        "货物类/签约｜2023年度｜｜=46.00万元",
    ]


def test_what_the_sentence_says_but_once_is_said_of_both_ends_of_the_year() -> None:
    """年初在册帮扶对象x，年末在册y: of the same people."""
    assert told("年初在册帮扶对象310人，全年新增42人，年末在册298人。")[-1] == "年末在册帮扶对象｜2023年末｜｜=298人"


def test_money_is_paid_to_somebody() -> None:
    """按政策向甲公司拨付补贴x: 补贴 to 甲公司."""
    assert told("按政策向县供水公司拨付运行补贴120.00万元。") == [
        "县供水公司运行补贴/拨付｜2023年度｜决算｜=120.00万元"
    ]


def test_a_new_sentence_compares_the_whole_again() -> None:
    """项目支出x。与2022年支出y相比: y is the whole spending."""
    assert "支出｜2022年度｜决算｜=700.00万元" in told(
        "基本支出300.00万元，项目支出500.00万元。与2022年支出700.00万元相比，增加100.00万元。"
    )
