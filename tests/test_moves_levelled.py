"""A change told of a level: both are said, with the level before and the rate that follow from them."""

from __future__ import annotations

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table


def _read(*parts: object) -> Reading:
    made = report("# 一、履职情况", *parts, year=2024)  # type: ignore[arg-type]  # texts and tables
    return Reading(made, facts(made))


def test_fewer_than_the_year_before_says_how_many_there_were() -> None:
    """14起，比2023年少5起: 19 of them in 2023, a fall of 26.32%; every figure is judged."""
    told = answer("道路运输事故比上年变化了多少？", [_read("全年发生道路运输事故14起，比2023年少5起。")])
    assert "2023年为19起（14起＋5起＝19起），下降26.32%" in told.text
    assert all(figure.verdict in ("exact", "derived") for figure in told.figures)


def test_a_row_over_two_years_is_told_with_its_rate() -> None:
    """增加多少 of two cells of one row: amount and rate, the earlier year first."""
    years = table(
        "| 费用 | 2023年决算数 | 2024年决算数 |\n| 会议费 | 32.00 | 28.00 |\n| 培训费 | 62.00 | 61.00 |",
        caption="表1 两年费用（单位：万元）",
    )
    told = answer("会议费的2024年决算数比2023年决算数少多少？", [_read(years)])
    assert "减少4.00万元，下降12.50%" in told.text
