"""One page of a PDF as drawn: its lines and tables in reading order, and what was noticed about it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pypdfium2.raw as raw

from ingest.pdf.abreast import by_columns, is_abreast
from ingest.pdf.borderless import borderless
from ingest.pdf.cells import DrawnTable, filled, parted
from ingest.pdf.flow import in_order
from ingest.pdf.frame import Frame, display
from ingest.pdf.glyphs import Glyph, Text, read_text, text_page_of
from ingest.pdf.hidden import hidden_of
from ingest.pdf.lattice import Grid, grids
from ingest.pdf.lines import TextLine, pieces, rows, spelled
from ingest.pdf.native import uncollected
from ingest.pdf.stacked import by_rows
from ingest.pdf.strokes import Drawing, framed, read_drawing
from ingest.pdf.styles import Drawn, Style
from ingest.pdf.witness import witnessed
from ingest.report import Hidden

SCAN = 0.5
"""Share of the page that an image covers on a scanned page."""


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """What a page holds, in its reading frame."""

    number: int
    frame: Frame
    shown: Frame
    items: tuple[TextLine | DrawnTable, ...]
    hidden: tuple[tuple[Hidden, TextLine], ...] = ()
    askew: tuple[TextLine, ...] = ()
    scanned: bool = False
    recognised: bool = False
    """A scan whose text is the invisible layer of a recognition program (OCR)."""
    glyphs: int = 0
    unmapped: int = 0
    objects: int = 0
    """Objects drawn on the page."""
    rotation: int = 0
    """/Rotate of the page in degrees."""
    digits: frozenset[Drawn] = frozenset()
    """Which digits it holds, in which fonts."""

    def emptied(self) -> DrawnPage:
        """The page without what stands on it."""
        return replace(self, items=(), hidden=(), askew=())


@uncollected()
def read_page(page: Any, number: int) -> DrawnPage:
    """The page with physical number `number`; `page` is a pypdfium2 PdfPage."""
    drawing = read_drawing(page.raw)
    with text_page_of(page.raw) as text_page:
        text = read_text(text_page, display(page.raw), drawing.orders)
        drawing = framed(drawing, text.frame)
        scan = _is_scan(text, drawing)
        recognised = (
            scan and sum(text.styles[glyph.style].mode == 3 for glyph in text.glyphs) * 2 > len(text.glyphs) > 0
        )
        reasons = hidden_of(page, text, drawing, recognised)
        glyphs = [glyph for glyph, reason in zip(text.glyphs, reasons, strict=True) if not reason]
        tables, loose = _content(glyphs, text, drawing, number)
        tables = [witnessed(table, tables, text_page, text.frame) for table in tables]
    return DrawnPage(
        number,
        text.frame,
        text.shown,
        tuple(in_order(loose, tables, text.frame.width)),
        tuple(_hidden_lines(text, reasons, number)),
        tuple(_slanted(text, number)),
        scan and (recognised or len(glyphs) < 20),
        recognised,
        len(text.glyphs),
        text.unmapped,
        drawing.count,
        90 * raw.FPDFPage_GetRotation(page.raw),
        text.digits,
    )


def _content(
    glyphs: Sequence[Glyph], text: Text, drawing: Drawing, number: int
) -> tuple[list[DrawnTable], list[TextLine]]:
    """The tables among the visible glyphs of a page, and the pieces of lines that stand in none."""
    drawn = [
        grid
        for grid in grids(drawing.across, drawing.down)
        if len(grid.xs) > 2 or not _is_open(grid, glyphs, text, drawing, number)
    ]
    tables, rest = _tables(drawn, glyphs, text.styles, number)
    open_tables, loose = borderless(_pieces(rest, text.styles, number), drawing.across, number)
    return [by_rows(table, drawing.across) for table in tables] + open_tables, loose


def _is_open(grid: Grid, glyphs: Sequence[Glyph], text: Text, drawing: Drawing, number: int) -> bool:
    """Whether a box with lines across and none down holds a table all the same: its columns are told by its text."""
    held, _ = parted(glyphs, grid.box)
    tables, loose = borderless(_pieces(held, text.styles, number), drawing.across, number)
    return len(tables) == 1 and not loose


def _is_scan(text: Text, drawing: Drawing) -> bool:
    """Whether one image covers most of the page."""
    area = text.frame.width * text.frame.height
    return any(
        fill.image and (fill.box[2] - fill.box[0]) * (fill.box[3] - fill.box[1]) > SCAN * area for fill in drawing.fills
    )


def _tables(
    found: Sequence[Grid], glyphs: Sequence[Glyph], styles: Sequence[Style], number: int
) -> tuple[list[DrawnTable], list[Glyph]]:
    """Ruled tables with their text, and the glyphs that stand in none; inner tables take their glyphs first."""
    tables = []
    rest = list(glyphs)
    for grid in sorted(found, key=lambda one: (one.xs[-1] - one.xs[0]) * (one.ys[-1] - one.ys[0])):
        held, rest = parted(rest, grid.box)
        table = filled(grid, held, styles, number)
        tables.append(filled(by_columns(grid, held), held, styles, number) if is_abreast(table) else table)
    return tables, rest


def _pieces(glyphs: Sequence[Glyph], styles: Sequence[Style], number: int) -> list[TextLine]:
    found = []
    for row in rows(glyphs):
        for piece in pieces(row):
            found.append(spelled(piece, styles, number))
    return found


def _slanted(text: Text, number: int) -> list[TextLine]:
    """Text that stands askew, one line for each text object, as the file has it."""
    found = []
    for style, group in groupby(text.askew, key=lambda glyph: glyph.style):
        glyphs = list(group)
        said = "".join(glyph.char for glyph in glyphs).strip()
        if said:
            box = (
                min(glyph.x0 for glyph in glyphs),
                min(glyph.top for glyph in glyphs),
                max(glyph.x1 for glyph in glyphs),
                max(glyph.bottom for glyph in glyphs),
            )
            found.append(TextLine(said, box, array("f"), text.styles[style].size, page=number))
    return found


def _hidden_lines(text: Text, reasons: Sequence[Hidden], number: int) -> list[tuple[Hidden, TextLine]]:
    found: list[tuple[Hidden, TextLine]] = []
    for reason in sorted({one for one in reasons if one}):
        glyphs = [glyph for glyph, one in zip(text.glyphs, reasons, strict=True) if one == reason]
        found += [(reason, line) for line in _pieces(glyphs, text.styles, number)]
    return found
