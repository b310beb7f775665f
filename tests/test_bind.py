"""The built-in writer knows its sources: a figure of its own sentence is bound to them, any other stays as judged."""

from __future__ import annotations

from assistant.answer import Figure
from assistant.builtin.bind import bound
from ingest.fact import Fact
from ingest.quantity import quantities
from ingest.report import Place


def fact(name: str, figure: str) -> Fact:
    (quantity,) = quantities(figure)
    place = Place("r", page=1)
    return Fact(
        name, subject="", measure=(name,), period="2023年度", basis="", quantity=quantity, place=place, quote=""
    )


def judged(text: str) -> list[Figure]:
    return [Figure(quantity, "unfounded") for quantity in quantities(text)]


FACTS = (fact("决算数", "1,080.00万元"), fact("预算数", "1,200.00万元"))


def test_a_figure_of_the_writers_facts_is_exact() -> None:
    """Whatever the wording around it, the writer took it from this fact."""
    (figure,) = bound(judged("其数1,080.00万元"), FACTS)
    assert (figure.verdict, figure.facts) == ("exact", ("决算数",))


def test_a_figure_calculated_from_them_is_derived_with_its_working() -> None:
    """One calculation of the closed list over the writer's facts."""
    (figure,) = bound(judged("为90.00%"), FACTS)
    assert figure.verdict == "derived"
    assert "1,080.00万元÷1,200.00万元" in figure.working


def test_any_other_figure_keeps_its_verdict() -> None:
    """A figure that is neither, a changed digit or another unit, is not bound."""
    figures = bound(judged("为1,080.01万元、90.10%、1,080.00亿元"), FACTS)
    assert {figure.verdict for figure in figures} == {"unfounded"}
