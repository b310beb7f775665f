"""Two reports of one department: balances carried over, and last year's figures told again."""

from __future__ import annotations

from assistant.review import review
from tests.review_pages import raised, reading

BEFORE = reading(
    "# 一、收支情况",
    "2022年年末结转和结余61.20万元。全年培训退役军人186人。2022年公务接待费4.35万元。",
    year=2022,
    id="bbbbbbbbbbbb",
)


def test_a_balance_that_is_not_carried_over() -> None:
    """61.20 at the end of last year, 16.20 at the start of this one: both shown, neither judged."""
    [found] = raised("# 一、收支情况", "2023年年初结转和结余16.20万元。", rule="结转衔接", others=(BEFORE,))
    assert "16.20万元" in found.title and "61.20万元" in found.title and "无法判定" in found.working
    assert {place.report for place in found.places} == {"0123456789ab", "bbbbbbbbbbbb"}
    assert raised("# 一、收支情况", "2023年年初结转和结余61.20万元。", rule="结转衔接", others=(BEFORE,)) == []


def test_last_years_figure_told_otherwise() -> None:
    """公务接待费 of 2022 was 4.35 in its own report; rates and this year's figures are not compared."""
    text = "2022年公务接待费4.53万元，2023年公务接待费4.10万元。"
    [found] = raised("# 一、收支情况", text, rule="上年数一致", others=(BEFORE,))
    assert "4.53万元" in found.title and "4.35万元" in found.title
    assert raised("# 一、收支情况", text.replace("4.53", "4.35"), rule="上年数一致", others=(BEFORE,)) == []


def test_what_ties_is_said_with_both_places() -> None:
    """The memo lists the check and traces its figures to both reports."""
    now = reading("# 一、收支情况", "2023年年初结转和结余61.20万元。")
    made = review(now, (BEFORE,))
    assert any(one.rule == "结转衔接" for one in made.passed)
    assert "结转衔接" in made.memo and not [one.text for one in made.figures if one.kind == "untraced"]
