"""The second reading of a PDF's figures finds what our own gets wrong, and says what it was not asked for."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest

from ingest.pdf import read
from ingest.pdf.cells import DrawnCell, DrawnTable
from ingest.pdf.page import DrawnPage, read_page
from ingest.pdf.second import ASKED, Opinion, confirmed, doubtful
from tests.pdf_pages import grid, pdf

BUDGET = [
    ["项目", "年初预算数", "决算数"],
    ["基本支出", "1,200.50", "1,180.25"],
    ["项目支出", "", "790.10"],
]
DATA = pdf(lambda c: grid(c, BUDGET))


def drawn(data: bytes) -> list[DrawnPage]:
    document = pypdfium2.PdfDocument(data)
    return [read_page(document[i], i + 1) for i in range(len(document))]


def tables_of(pages: list[DrawnPage]) -> list[DrawnTable]:
    return [item for page in pages for item in page.items if isinstance(item, DrawnTable)]


def judged(data: bytes, pages: list[DrawnPage], **texts: str) -> Opinion:
    """The opinion of the first page's table with the text of some cells changed; `r1c2` is row 1, column 2."""

    def changed(cell: DrawnCell) -> DrawnCell:
        return replace(cell, text=texts.get(f"r{cell.area.row}c{cell.area.col}", cell.text))

    tables = tables_of(pages)
    tables[0] = replace(tables[0], cells=tuple(changed(cell) for cell in tables[0].cells))
    return confirmed(tables, {page.number: page for page in pages}, data)


@pytest.mark.parametrize(
    "texts",
    [
        {"r1c1": "1,200.5"},
        {"r1c1": "1,200.58"},
        {"r1c1": ""},
        {"r2c1": "790.10", "r2c2": ""},
        {"r1c1": "1,180.25", "r1c2": "1,200.50"},
    ],
)
def test_a_wrong_cell_is_found(texts: dict[str, str]) -> None:
    """A digit lost or misread, a figure lost, shifted or swapped: the table is 未确认 and the cell is named."""
    pages = drawn(DATA)
    assert judged(DATA, pages).tables[0].certain
    table = judged(DATA, pages, **texts).tables[0]
    assert not table.certain
    assert "第1页第" in table.doubt


def test_pdfplumber_is_asked_once_for_a_font() -> None:
    """Ten pages drawn alike with the same digits: one of them is read by pdfplumber, and a doubtful one besides."""
    pages = drawn(pdf(*[lambda c: grid(c, BUDGET)] * 10))
    by_number = {page.number: page for page in pages}
    tables = tables_of(pages)
    assert doubtful(tables, by_number) == [1]
    cells = tuple(replace(cell, text=cell.text.replace("790", "709")) for cell in tables[6].cells)
    tables[6] = replace(tables[6], cells=cells)
    assert doubtful(tables, by_number) == [7]


def test_a_digit_that_pdfium_takes_for_another_is_looked_for_on_all_pages() -> None:
    """Both readings of pdfium say 8 for 3: pdfplumber contradicts them on one page, and is asked for the others."""
    data = pdf(*[lambda c: grid(c, [["项目", "预算数"], ["甲", "53.10"], ["乙", "13.00"]])] * 3)
    pages = drawn(data)

    def wrong(cell: DrawnCell) -> DrawnCell:
        return replace(cell, text=cell.text.replace("3", "8"), seen=(cell.seen or "").replace("3", "8"))

    tables = [replace(table, cells=tuple(map(wrong, table.cells))) for table in tables_of(pages)]
    opinion = confirmed(tables, {page.number: page for page in pages}, data)
    assert [table.certain for table in opinion.tables] == [False] * 3


def test_a_page_that_the_second_reader_cannot_read_is_said() -> None:
    """Where pdfplumber fails the figures stand on one reader, and the report notes on which pages."""
    opinion = judged(b"%PDF-1.4 nothing", drawn(DATA))
    assert opinion.unread == [1]
    assert opinion.tables[0].certain


def test_pages_beyond_the_limit_are_said() -> None:
    """A file whose every page is doubtful is not read for minutes: the rest is noted, its doubts stay doubts."""
    pages = drawn(pdf(*[lambda c: grid(c, BUDGET)] * (ASKED + 5)))
    tables = [
        replace(table, cells=tuple(replace(cell, text=cell.text.replace("790", "709")) for cell in table.cells))
        for table in tables_of(pages)
    ]
    opinion = confirmed(tables, {page.number: page for page in pages}, DATA)
    assert opinion.left == list(range(ASKED + 2, ASKED + 6))
    assert not any(table.certain for table in opinion.tables)


def test_a_sound_report_has_no_such_note() -> None:
    """Nothing is said of the second reading where it agrees."""
    report = read(DATA, "a.pdf")
    assert report.tables[0].certain
    assert [note.kind for note in report.notes] == []


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_table_on_a_turned_page_is_read_twice_too(degrees: int) -> None:
    """Equal digits one below the other on the page as shown (00) are no fake bold: nothing is doubted, errors are."""
    document = pypdfium2.PdfDocument(pdf(lambda c: grid(c, [*BUDGET, ["合计", "2,000.00", "1,100.00"]])))
    document[0].set_rotation(degrees)
    buffer = BytesIO()
    document.save(buffer)
    pages = drawn(buffer.getvalue())
    assert judged(buffer.getvalue(), pages).tables[0].certain
    assert not judged(buffer.getvalue(), pages, r3c1="2,000.0").tables[0].certain
