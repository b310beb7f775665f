"""The first check of every figure in a table (旁证): what pdfium itself reads within the box of the cell.

It shares pdfium's glyphs with our reading, but not our lines, words, double strokes or places in the grid, and it
costs a few microseconds a cell. Whatever it contradicts is put to the second reader.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_ushort
from dataclasses import replace
from typing import Any

import pypdfium2.raw as raw

from ingest.pdf.cells import DrawnCell, DrawnTable
from ingest.pdf.frame import Frame
from ingest.report import Box

FIGURE = re.compile(r"\d[\d,，.]*")
DIGITS = re.compile(r"\d")
INSET = 0.5
"""Points by which a box is drawn in, so that what only touches it from outside is not read."""
LONGEST = 8_000
"""Characters read of one box at most."""


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
    """The table with what pdfium reads in the box of each cell. `tables`: all of the page.

    The boxes of a table without lines overlap: there the cells with a figure are asked for, and the table as a whole.
    """
    buffer = (c_ushort * LONGEST)()
    inner = [((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in (one.box for one in tables if one is not table)]
    cells = tuple(
        replace(cell, seen=bounded(text_page, frame.user_box(cell.box), buffer))
        if (table.ruled or DIGITS.search(cell.text)) and not any(_holds(cell.box, x, y) for x, y in inner)
        else cell
        for cell in table.cells
    )
    if table.ruled:
        return replace(table, cells=cells)
    whole = bounded(text_page, frame.user_box(table.box), buffer)
    uncounted = len(whole) < LONGEST and digits([whole]) != digits(cell.text for cell in cells)
    return replace(table, cells=cells, uncounted=uncounted)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] < x < box[2] and box[1] < y < box[3]


def bounded(text_page: Any, box: Box, buffer: Any) -> str:
    """What pdfium reads in a box of user space, without spaces and line breaks."""
    x0, y0, x1, y1 = box
    count = raw.FPDFText_GetBoundedText(text_page, x0 + INSET, y1 - INSET, x1 - INSET, y0 + INSET, buffer, LONGEST)
    return "".join("".join(map(chr, buffer[: max(count, 0)])).replace("\0", "").split())


def contradicted(cell: DrawnCell) -> bool:
    """Whether pdfium reads other figures in a cell than we do."""
    return cell.seen is not None and figures(cell.text) != figures(cell.seen)
