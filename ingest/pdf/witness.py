"""The first check of every figure in a table (旁证): what pdfium itself reads within the box of the cell.

It shares pdfium's glyphs with our reading, but not our lines, words, double strokes or places in the grid, and it
costs a few microseconds a cell. Whatever it contradicts is put to the second reader.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import addressof, c_ushort, string_at
from dataclasses import replace
from typing import Any

from ingest.pdf.cells import DrawnCell, DrawnTable, lightened
from ingest.pdf.frame import Frame
from ingest.pdf.native import calls, handle
from ingest.report import Box

FIGURE = re.compile(r"\d[\d,，.]*")
DIGITS = re.compile(r"\d")
INSET = 0.5
"""Points by which a box is drawn in, so that what only touches it from outside is not read."""
LONGEST = 8_000
"""Characters read of one box at most."""
BUFFER = (c_ushort * LONGEST)()
ADDRESS = addressof(BUFFER)
"""Where pdfium writes what it reads; one for all, since only one reader at a time may call pdfium."""


def figures(text: str) -> Counter[str]:
    """The figures of a text; spaces and line breaks within it are nothing."""
    return Counter(_tokens("".join(text.split())))


def _tokens(text: str) -> Iterator[str]:
    for match in FIGURE.finditer(text):
        yield match[0].replace("，", ",").rstrip(".,")


def digits(texts: Iterable[str]) -> Counter[str]:
    """How often each digit stands in these texts."""
    return Counter(DIGITS.findall("".join(texts)))


def witnessed(table: DrawnTable, tables: Sequence[DrawnTable], text_page: Any, frame: Frame) -> DrawnTable:
    """The table, lightened, with what pdfium reads in the boxes of its cells. `tables`: all of the page.

    Cells with a figure are asked for, and the table as a whole; where that counts other digits, the other cells too.
    Boxes of a table without lines overlap, so there the cells without a figure are left alone.
    """
    page = handle(text_page)
    inner = [((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in (one.box for one in tables if one is not table)]
    whole = bounded(page, frame.user_box(table.box))
    uncounted = len(whole) < LONGEST and digits([whole]) != digits(cell.text for cell in table.cells)
    cells = []
    for cell in table.cells:
        wanted = (uncounted and table.ruled) or DIGITS.search(cell.text)
        asked = wanted and not (inner and any(_holds(cell.box, x, y) for x, y in inner))
        seen = bounded(page, frame.user_box(cell.box)) if asked else None
        cells.append(lightened(cell, seen, table.rows))
    return replace(table, cells=tuple(cells), uncounted=uncounted and not table.ruled)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] < x < box[2] and box[1] < y < box[3]


def bounded(page: int, box: Box) -> str:
    """What pdfium reads in a box of user space, without spaces and line breaks. `page`: handle of the text page."""
    x0, y0, x1, y1 = box
    count = calls().bounded(page, x0 + INSET, y1 - INSET, x1 - INSET, y0 + INSET, ADDRESS, LONGEST)
    if count <= 1:
        return ""
    return "".join(string_at(ADDRESS, 2 * count).decode("utf-16-le", "replace").replace("\0", "").split())


def contradicted(cell: DrawnCell) -> bool:
    """Whether pdfium reads other figures in a cell than we do."""
    return cell.seen is not None and figures(cell.text) != figures(cell.seen)
