"""A long PDF is put together page by page: what waits is packed, what is known leaves, and nothing changes by it."""

from __future__ import annotations

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from ingest.codec import dumped_lines, loaded_lines, pieces, whole
from ingest.pdf import read, read_pieces
from ingest.pdf.page import read_page
from ingest.pdf.shelf import Shelf
from ingest.report import Block, Note, Page, Report, Table, grid
from tests.pdf_pages import Draw, lines, pdf, write
from tests.pdf_pages import grid as draw

ROWS = [["项目", "预算数", "决算数"], *([f"第{n}项", f"{n}00.50", f"{n}0.25"] for n in range(1, 10))]


def page(number: int) -> Draw:
    """A page of a report: a running head, a paragraph, a table, a page number."""

    def drawn(canvas: Canvas) -> None:
        write(canvas, 72, 800, "某某局绩效报告", 9)
        lines(canvas, ["一、基本情况" if number == 1 else f"本年第{number}批支出{number}.50万元。"])
        draw(canvas, ROWS, y=620)
        write(canvas, 290, 40, f"- {number} -", 9)

    return drawn


DATA = pdf(*[page(number) for number in range(1, 8)])


def test_a_packed_page_comes_back_whole() -> None:
    """Every line, edge, cell and style of a page is the same after the shelf as before it."""
    document = pypdfium2.PdfDocument(DATA)
    pages = [read_page(document[i], i + 1) for i in range(len(document))]
    shelf = Shelf()
    for one in pages:
        shelf.put(one)
    assert list(shelf) == pages
    assert shelf.page(3) == pages[2]


def test_pieces_come_one_by_one_and_make_the_report() -> None:
    """First what is short of the report, then its pages, blocks and tables in their order; together the whole."""
    report = read(DATA, "a.pdf")
    parts = list(read_pieces(DATA, "a.pdf"))
    assert isinstance(parts[0], Report)
    assert {type(part) for part in parts[1:]} <= {Page, Block, Table, Note}
    assert whole(parts) == report == loaded_lines(dumped_lines(pieces(report)), Report)
    assert [table.page for table in report.tables] == list(range(1, 8))
    assert all([list(row) for row in grid(table)] == ROWS for table in report.tables)
    assert [one.label for one in report.pages] == [str(number) for number in range(1, 8)]
    assert sum(block.kind == "furniture" for block in report.blocks) == 14
