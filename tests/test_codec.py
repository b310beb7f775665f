"""What is written as JSON comes back equal, digit for digit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Finding
from ingest.codec import Undecodable, dumps, loads
from ingest.fact import Fact
from ingest.report import Block, Box, Cell, Line, Note, Page, Place, Report, Table

TEXT = st.text(max_size=12)
SPAN = st.tuples(st.integers(0, 99), st.integers(0, 99))
PLACE = st.builds(Place, report=TEXT, page=st.none() | st.integers(1, 9), span=st.none() | SPAN)
NUMBER = st.floats(allow_nan=False, width=32)
BOX: st.SearchStrategy[Box | None] = st.none() | st.tuples(NUMBER, NUMBER, NUMBER, NUMBER)
REPORTS = st.builds(
    Report,
    id=TEXT,
    source=TEXT,
    form=TEXT,
    year=st.none() | st.integers(),
    pages=st.tuples(st.builds(Page, number=st.integers(), width=NUMBER)),
    blocks=st.lists(
        st.builds(
            Block, index=st.integers(), text=TEXT, kind=st.just("note"), lines=st.tuples(st.builds(Line, box=BOX))
        )
    ).map(tuple),
    tables=st.tuples(st.builds(Table, cells=st.lists(st.builds(Cell, text=TEXT, box=BOX)).map(tuple))),
    notes=st.tuples(st.builds(Note, place=st.none() | PLACE)),
)


@given(REPORTS)
def test_a_report_comes_back_equal(report: Report) -> None:
    """Any report, with gaps, boxes and odd characters, is restored exactly, tuples as tuples."""
    assert loads(dumps(report), Report) == report


@given(st.decimals(allow_nan=False))
def test_a_figure_keeps_its_written_digits(value: Decimal) -> None:
    """1.50 does not come back as 1.5, nor 1E+4 as 10000."""

    @dataclass(frozen=True, slots=True)
    class Holder:
        value: Decimal = Decimal("0.0")

    back = loads(dumps(Holder(value)), Holder)
    assert str(back.value) == str(value)


def test_facts_and_findings_need_no_code_of_their_own() -> None:
    """The same two functions carry the ledger and the findings, which ingest does not know."""
    finding = Finding("f1", "r", "P0", "c", "t", "x", places=(Place("r", row=2),), facts=("a", "b"))
    assert loads(dumps((finding,), tuple[Finding, ...]), tuple[Finding, ...]) == (finding,)
    assert loads(dumps((), tuple[Fact, ...]), tuple[Fact, ...]) == ()


def test_a_default_is_not_written() -> None:
    """A cell of a plain table costs its row, column and text, nothing else."""
    assert dumps(Cell(row=1, col=2, text="3")) == '{"row":1,"col":2,"text":"3"}'


@pytest.mark.parametrize("text", ["{", "[]", '{"page":1}', '{"report":"a","colour":"red"}', "null"])
def test_json_that_does_not_fit_is_refused(text: str) -> None:
    """Damage is told, never guessed around."""
    with pytest.raises(Undecodable):
        loads(text, Place)


def test_a_type_that_could_not_come_back_is_refused() -> None:
    """A set has no order in JSON: the codec says so instead of restoring something else."""

    @dataclass(frozen=True)
    class Loose:
        names: frozenset[str] = frozenset()

    with pytest.raises(TypeError, match="exactly"):
        dumps(Loose())
