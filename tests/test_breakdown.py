"""A total and the list behind it in a sentence: as long as its marks say, added up only when asked."""

from __future__ import annotations

import pytest

from assistant.builtin.amounts.breakdown import behind, number_of_parts
from assistant.builtin.ask import answer
from assistant.builtin.facts.lens import lens
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

SENTENCES = (
    ("全年办理案件120件，其中刑事70件、民事40件、行政9件，接待咨询900人次。", ("70件", "40件", "9件")),
    ("资产总额500万元，其中房屋300万元（在用280万元）、车辆120万元、设备80万元。", ("300万元", "120万元", "80万元")),
    ("安置对象60名，其中一类20人，二类30人，三类10人。", ("20人", "30人", "10人")),
    ("检查单位80家，下发整改书30家。", ()),
)


def _read(text: str) -> Reading:
    made = report("# 一、履职情况", text)
    return Reading(made, facts(made))


@pytest.mark.parametrize(("text", "parts"), SENTENCES)
def test_the_list_ends_where_its_marks_end(text: str, parts: tuple[str, ...]) -> None:
    """Figures of another kind, in brackets or behind a stronger mark are no parts; without 其中 there is no list."""
    seen = lens([_read(text)])
    whole = min((e.fact for e in seen.entries), key=lambda fact: fact.place.span or (0, 0))
    assert tuple(fact.quantity.text for fact in behind(seen, whole)) == parts


@pytest.mark.parametrize(("question", "count"), [("四类家次加起来对吗", 4), ("3个来源之和", 3), ("各项之和", 0)])
def test_a_question_may_say_how_many_parts_there_are(question: str, count: int) -> None:
    """四类 means four parts; 各项 says no number."""
    assert number_of_parts(question) == count


def test_parts_that_do_not_add_up_are_said_not_to() -> None:
    """All parts are added, those of another label too, and the gap is told."""
    told = answer("三类案件加起来与办理总数一致吗？", [_read(SENTENCES[0][0])])
    assert told.text.startswith("不一致：70件＋40件＋9件＝119件")
    assert "少1件" in told.text


NAMED = "全年办理案件120件，其中刑事案件70件、民事案件40件、行政案件10件。"


@pytest.mark.parametrize(
    "question",
    [
        "刑事案件、民事案件和行政案件之和与办理案件总数一致吗？",
        "刑事、民事和行政案件的件数相加与办理案件总数对得上吗？",
        "刑事案件、民事案件、行政案件加起来等于办理案件总数吗？",
    ],
)
def test_parts_told_by_name_are_set_against_the_total_however_it_is_put(question: str) -> None:
    """A、B和C之和与D一致吗 asks the same as A、B、C加起来等于D吗."""
    assert answer(question, [_read(NAMED)]).text.startswith("是，一致：70件＋40件＋10件＝120件")


def test_income_less_spending_is_asked_in_few_words() -> None:
    """收支结余对得上吗 is the balance of the year: carried in, received, spent, carried over."""
    said = "年初结转和结余20.00万元，本年收入300.00万元，本年支出290.00万元，年末结转和结余30.00万元。"
    assert answer("收支结余对得上吗？", [_read(said)]).text.startswith("是，成立：20.00万元＋300.00万元－290.00万元")


SCORES = """| 一级指标 | 三级指标 | 分值 | 得分 |
| 预算执行 | 年度支出总额 | 10 | 9.50 |
| 产出 | 巡查次数 | 50 | 48.00 |
| 效益 | 投诉办结率 | 40 | 40.00 |
| 总分 | 总分 | 100 | 98.50 |"""


def test_a_total_of_money_is_an_item_among_scores() -> None:
    """年度支出总额 is scored by its execution: its 9.50 is added up, and it did not get full marks."""
    sheet = table(SCORES, caption="部门整体支出绩效自评表", header_cols=2)
    made = report("# 一、自评得分", "各项指标评分情况见下表，扣分原因另作说明。", sheet)
    reading = Reading(made, facts(made))
    assert "9.50分＋48.00分＋40.00分＝97.50分" in answer("自评表各指标得分加起来等于总分吗？", [reading]).text
    assert "年度支出总额9.50分" in answer("哪些指标没有得满分？", [reading]).text


BY_TURNS = (
    "2023年政府采购预算90.00万元，实际签约80.00万元。其中货物类预算40.00万元、签约36.00万元，"
    "工程类预算30.00万元、签约26.00万元，服务类预算20.00万元、签约18.00万元。"
)


@pytest.mark.parametrize(
    ("question", "working"),
    [
        ("政府采购三类签约额加总等于80.00万元吗？", "36.00万元＋26.00万元＋18.00万元＝80.00万元"),
        ("货物、工程、服务三类签约额加起来是80.00万元吗？", "36.00万元＋26.00万元＋18.00万元＝80.00万元"),
        ("货物、工程、服务三类采购预算加起来是90.00万元吗？", "40.00万元＋30.00万元＋20.00万元＝90.00万元"),
    ],
)
def test_what_is_told_by_turns_is_added_up_kind_by_kind(question: str, working: str) -> None:
    """A budget and two contracts are no three parts, and no contract is part of a budget."""
    assert answer(question, [_read(BY_TURNS)]).text.startswith(f"是，一致：{working}")


def test_contracts_do_not_make_up_the_budget_that_a_question_names() -> None:
    """签约额加起来是90.00万元吗 is not answered with the budgets, which do add up to it."""
    told = answer("货物、工程、服务三类签约额加起来是90.00万元吗？", [_read(BY_TURNS)])
    assert "一致" not in told.text


@pytest.mark.parametrize("end", ["之和与编制总数一致吗", "加起来等于64名吗"])
def test_of_two_lists_of_like_parts_that_of_the_named_total_is_meant(end: str) -> None:
    """Posts and people are told of the same three kinds; the question is of the posts."""
    said = "核定编制64名（行政16名、参公24名、事业24名），2023年末实有61人（行政15人、参公22人、事业24人）。"
    assert answer(f"行政、参公、事业三类编制{end}？", [_read(said)]).text.startswith("是，一致：16名＋24名＋24名＝64名")


def test_what_is_carried_over_goes_by_any_of_its_names() -> None:
    """年终结转 of the report is 年末结转 of the question."""
    said = "上年结转20.00万元，当年收入300.00万元，当年支出290.00万元，年终结转30.00万元。"
    told = answer("年初结转加当年收入减当年支出等于年末结转吗？", [_read(said)])
    assert told.text.startswith("是，成立：20.00万元＋300.00万元－290.00万元")
