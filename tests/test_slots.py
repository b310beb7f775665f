"""A model writes {{F1}} instead of digits; the ledger fills them, and what cannot be filled is shown as such."""

from __future__ import annotations

import re

import pytest

from assistant.harmless import harmless
from assistant.slots import fill
from ingest.fact import Fact
from ingest.quantity import quantities
from ingest.report import Place


def fact(name: str, figure: str) -> Fact:
    (quantity,) = quantities(figure)
    return Fact(id=name, subject="", measure=(name,), period="2023年度", basis="", quantity=quantity,
                place=Place("r"), quote=figure)  # fmt: skip


FACTS = {
    "F1": fact("支出决算数", "980.00万元"),
    "F2": fact("调整后预算数", "1,000.00万元"),
    "F3": fact("在职人数", "33人"),
    "F4": fact("零", "0万元"),
}


def test_a_slot_becomes_the_figure_of_the_ledger() -> None:
    """{{F1}} is replaced by the figure with its unit, and its span is known."""
    page = fill("支出{{F1}}，预算{{ F2 }}。", FACTS)
    assert page.text == "支出980.00万元，预算1,000.00万元。"
    assert [page.text[slice(*one.span)] for one in page.filled] == ["980.00万元", "1,000.00万元"]


def test_an_operation_is_computed_and_shows_its_working() -> None:
    """ratio, diff, sum and growth come from a closed list, in Decimal."""
    page = fill("执行率{{ratio(F1,F2)}}，差{{diff(F2,F1)}}，合计{{sum(F1,F2)}}，变动{{growth(F1,F2)}}", FACTS)
    assert page.text == "执行率98.00%，差20.00万元，合计1,980.00万元，变动-2.00%"
    assert page.filled[0].working == "980.00万元÷1,000.00万元＝98.00%"


def test_what_cannot_be_filled_is_marked_and_never_guessed() -> None:
    """Unknown ids, unknown operations, mixed units and a zero denominator leave a visible mark."""
    page = fill("{{F9}} {{power(F1,F2)}} {{ratio(F1,F3)}} {{ratio(F1,F4)}} {{__import__('os')}}", FACTS)
    assert len(page.bad) == 5
    assert page.text.count("〔未能填入") == 5
    assert page.filled == ()


def test_links_pictures_and_tags_of_a_model_are_taken_away() -> None:
    """What a browser would fetch or run never reaches the page; the words stay."""
    text = "见![图](http://x.test/a.png)和[链接](javascript:alert(1))<img src=x onerror=y>，执行率<90%，另见 https://x.test/q?a=1。"
    assert harmless(text) == "见图和链接)，执行率<90%，另见 〔已去除链接〕。"


@pytest.mark.parametrize(
    "text",
    [
        "[a[b](http://x.test)](http://y.test)",
        "[一]: http://x.test '题'",
        "&lt;img src=http://x.test&gt;",
        "&#104;ttp://x.test/a",
        "ht\u200btp://x.test",
        "<a\nhref='http://x.test'>看",
        "<http://x.test>",
        "HTTPS : //x.test",
        "a@x.test",
        "![](//x.test/a.png)",
        "![一][二]\n\n[二]: //x.test/a.png",
    ],
)
def test_no_spelling_of_a_link_survives(text: str) -> None:
    """Nested, defined elsewhere, as entities, cut by invisible characters, without a scheme: none is left."""
    left = harmless(text)
    assert not re.search(r"x\.test|y\.test|\]\(|<[a-z]|!\[|://", left), left


def test_a_figure_is_read_as_it_is_shown() -> None:
    """Marks and invisible characters inside a figure are taken out, so that what is judged is what is seen."""
    for torn in ("1**8**00.00万元", "18\u200b00.00万元", "1<b>800.00</b>万元", "1`8`00.00万元", "&#49;800.00万元"):
        assert harmless(f"支出{torn}") == "支出1800.00万元"
