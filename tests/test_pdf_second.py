"""The second reading of a PDF's figures finds what our own gets wrong, and says what it was not asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.pdffont import Type1FontHeaderParser
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSEOF, PSKeyword, keyword_name

from ingest.pdf import read
from ingest.pdf.cells import DrawnCell, DrawnTable
from ingest.pdf.page import DrawnPage, read_page
from ingest.pdf.plumbed import Characters, Program, lexed
from ingest.pdf.second import ASKED, Opinion, Suspicion, asked, doubtful, judged, suspicion
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


def changed(page: DrawnPage, change: Callable[[DrawnCell], DrawnCell]) -> DrawnPage:
    """The page with its cells changed."""
    items = [
        replace(item, cells=tuple(map(change, item.cells))) if isinstance(item, DrawnTable) else item
        for item in page.items
    ]
    return replace(page, items=tuple(items))


def confirmed(data: bytes, pages: list[DrawnPage]) -> tuple[Opinion, list[DrawnTable]]:
    """The second opinion of these pages, and their tables as judged by it."""
    opinion = asked([suspicion(page) for page in pages], lambda number: pages[number - 1], data)
    return opinion, [judged(table) for table in tables_of([opinion.marked(page) for page in pages])]


def with_texts(**texts: str) -> Callable[[DrawnCell], DrawnCell]:
    """The text of some cells changed; `r1c2` is row 1, column 2."""
    return lambda cell: replace(cell, text=texts.get(f"r{cell.area.row}c{cell.area.col}", cell.text))


def mistaken(cell: DrawnCell) -> DrawnCell:
    """A cell in which two digits have changed places."""
    return replace(cell, text=cell.text.replace("790", "709"))


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
    assert confirmed(DATA, pages)[1][0].certain
    (table,) = confirmed(DATA, [changed(pages[0], with_texts(**texts))])[1]
    assert not table.certain
    assert "第1页第" in table.doubt


def test_pdfplumber_is_asked_once_for_a_font() -> None:
    """Ten pages drawn alike with the same digits: one of them is read by pdfplumber, and a doubtful one besides."""
    pages = drawn(pdf(*[lambda c: grid(c, BUDGET)] * 10))
    assert doubtful([suspicion(page) for page in pages]) == [1]
    pages[6] = changed(pages[6], mistaken)
    assert doubtful([suspicion(page) for page in pages]) == [7]


def test_few_pages_are_asked_for_many_fonts() -> None:
    """A page with the digits of several fonts stands for those before it that have some of them."""
    font = b"Song", 1
    held = [{"1"}, {"1", "2"}, {"1", "2", "3"}, {"2"}, {"4"}]
    pages = [
        Suspicion(number, 3, True, 0, frozenset((font, ord(digit)) for digit in digits))
        for number, digits in enumerate(held, 1)
    ]
    assert doubtful(pages) == [3, 5]


def test_a_digit_that_pdfium_takes_for_another_is_looked_for_on_all_pages() -> None:
    """Both readings of pdfium say 8 for 3: pdfplumber contradicts them on one page, and is asked for the others."""
    data = pdf(*[lambda c: grid(c, [["项目", "预算数"], ["甲", "53.10"], ["乙", "13.00"]])] * 3)
    pages = drawn(data)

    def wrong(cell: DrawnCell) -> DrawnCell:
        return replace(cell, text=cell.text.replace("3", "8"), seen=(cell.seen or "").replace("3", "8"))

    _, tables = confirmed(data, [changed(page, wrong) for page in pages])
    assert [table.certain for table in tables] == [False] * 3


def test_a_page_that_the_second_reader_cannot_read_is_said() -> None:
    """Where pdfplumber fails the figures stand on one reader, and the report notes on which pages."""
    opinion, (table,) = confirmed(b"%PDF-1.4 nothing", drawn(DATA))
    assert opinion.unread == [1]
    assert table.certain


def test_pages_beyond_the_limit_are_said() -> None:
    """A file whose every page is doubtful is not read for minutes: the rest is noted, its doubts stay doubts."""
    pages = drawn(pdf(*[lambda c: grid(c, BUDGET)] * (ASKED + 5)))
    opinion, tables = confirmed(DATA, [changed(page, mistaken) for page in pages])
    assert opinion.left == list(range(ASKED + 2, ASKED + 6))
    assert not any(table.certain for table in tables)


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
    assert confirmed(buffer.getvalue(), pages)[1][0].certain
    mistaken_page = changed(pages[0], with_texts(r3c1="2,000.0"))
    assert not confirmed(buffer.getvalue(), [mistaken_page])[1][0].certain


def test_the_fast_lexer_reads_as_pdfminer_does() -> None:
    """Numbers, names, strings with escapes, arrays, marked content: the same operands and operators."""
    content = (
        b"q 1 0 0 -1. 72 +.5 cm /Span <</MCID 3/Lang (zh)>> BDC BT /F1 12 Tf % a remark (\n"
        rb"[(1\0512) -250.5 <0A 0b> (a\(b\)\\)]TJ (c"
        b"\n"
        rb"d\x\n) ' true T* ET EMC f* Q"
    )
    parser = PDFContentParser([PDFStream({}, content)])
    theirs = []
    with suppress(PSEOF):
        while True:
            theirs.append(parser.nextobject()[1])
    ours = lexed(content)
    assert ours is not None and len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert one == (keyword_name(other).encode() if isinstance(other, PSKeyword) else other)


@pytest.mark.parametrize(
    "content", [b"BI /W 1 ID x EI", b"1.2.3 w", b"(a(b)c) Tj", b"[1 2", b"] Tj", b"<abc> Tj", b"/A#20B gs", b"{1} w"]
)
def test_what_is_not_plain_is_left_to_pdfminer(content: bytes) -> None:
    """Inline images and whatever is malformed or rare: the fast lexer does not guess."""
    assert lexed(content) is None


@pytest.mark.parametrize(
    "written",
    [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def % (\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <01> <4E00> <02> <4E8C00310032> endbfchar\n"
        b"2 beginbfrange <0A> <0C> <0030> <10> <11> [<7532> <4E59>] endbfrange endcmap <01> <0039> endbfchar",
        b"begincmap 1 beginbfchar <01> <4E0> endbfchar endcmap",
        b"begincmap {1 pop} 1 beginbfchar <01> <4E00> endbfchar endcmap",
    ],
)
def test_the_codes_of_a_font_mean_what_pdfminer_reads(written: bytes) -> None:
    """ToUnicode by the fast lexer gives the characters that pdfminer's own parser gives, malformed or not."""
    ours, theirs = FileUnicodeMap(), FileUnicodeMap()
    Characters(ours, BytesIO(written)).run()
    CMapParser(theirs, BytesIO(written)).run()
    assert ours.cid2unichr == theirs.cid2unichr != {}


def test_the_names_in_a_font_are_read_when_one_is_asked_for() -> None:
    """A font's own program, which takes long to read, names the codes that ToUnicode leaves out."""
    written = b"/Encoding 256 array dup 49 /one put dup 65 /A put readonly def"
    named = Program(BytesIO(written)).get_encoding()
    assert not named and named[49] == "1"
    assert dict(named) == Type1FontHeaderParser(BytesIO(written)).get_encoding() == {49: "1", 65: "A"}
    with pytest.raises(KeyError):
        named[50]
