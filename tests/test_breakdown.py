"""A total and the list behind it in a sentence: as long as its marks say, added up only when asked."""

from __future__ import annotations

import pytest

from assistant.builtin.amounts.breakdown import behind, number_of_parts
from assistant.builtin.ask import answer
from assistant.builtin.facts.lens import lens
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report

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
