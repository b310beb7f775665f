"""Glyphs into the cells of a grid, and the lines of a cell into its text.

A figure broken over lines in a narrow cell is one figure again; figures that stand below each other stay apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.pdf.glyphs import Glyph
from ingest.pdf.lattice import Area, Grid
from ingest.pdf.lines import TextLine, is_cjk, is_plain, plain, rows, spelled, undoubled
from ingest.pdf.styles import Style
from ingest.report import Box

FIGURE = re.compile(r"[-+−(（]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?[%％)）]?")
PART = re.compile(r"[-+−(（]?[\d,.]+[%％)）]?")
TOUCH = 0.06
"""Glyphs of one style closer than this (in font sizes) belong to one word."""

HEAD = 7
"""Rows at the top of a part of a table that may repeat its head, and the one after them."""
CUT = 0.1
"""Share of a glyph that lies beyond the border which cuts it."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell with its lines, before headers and units are known."""

    area: Area
    text: str
    box: Box
    page: int
    lines: tuple[TextLine, ...] = ()
    seen: str | None = None
    """What pdfium itself reads in the box; None where it was not asked."""
    doubted: bool = False
    """Whether a second reading finds other figures in it."""


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table as drawn on one page, or joined over several."""

    rows: int
    cols: int
    cells: tuple[DrawnCell, ...]
    box: Box
    pages: tuple[int, ...]
    xs: tuple[float, ...]
    ruled: bool = True
    boxes: tuple[Box, ...] = ()
    """Box of the part on each page."""
    mended: bool = False
    """Whether the grid was drawn with lines missing or misaligned, so that its columns are partly inferred."""
    uncounted: bool = False
    """Whether pdfium reads other digits in the box of the whole table than stand in its cells."""
    certain: bool = True
    doubt: str = ""


def parted(glyphs: Iterable[Glyph], box: Box) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs whose middle lies in a box, and the others."""
    left, top, right, bottom = (2 * edge for edge in box)
    held: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in glyphs:
        _, x0, y0, x1, y1, _, _ = glyph
        (held if left <= x0 + x1 <= right and top <= y0 + y1 <= bottom else outside).append(glyph)
    return held, outside


def filled(grid: Grid, glyphs: Sequence[Glyph], styles: Sequence[Style], page: int) -> DrawnTable:
    """The grid with its text."""
    owner = _owners(grid)
    held: dict[int, list[list[Glyph]]] = {}
    for word in _words(glyphs):
        first, last = _place(word[0], grid, owner), _place(word[-1], grid, owner)
        if first == last:
            held.setdefault(first, []).append(word)
            continue
        places = [_place(glyph, grid, owner) for glyph in word]
        if _is_overflow(word) or _is_cut(word, places, grid):
            places = [max(places, key=places.count)] * len(word)
        for glyph, place in zip(word, places, strict=True):
            held.setdefault(place, []).append([glyph])
    cells = []
    for index, area in enumerate(grid.areas):
        lines = cell_lines(held[index], styles, page) if index in held else ()
        box = grid.box_of(area)
        cells.append(DrawnCell(area, cell_text(lines, box), box, page, lines))
    rows_, cols = len(grid.ys) - 1, len(grid.xs) - 1
    return DrawnTable(rows_, cols, tuple(cells), grid.box, (page,), grid.xs, boxes=(grid.box,), mended=grid.mended)


def _owners(grid: Grid) -> list[list[int]]:
    """The cell at each row and column of the grid, with a margin all around that belongs to the cells beside it."""
    owner = [[0] * (len(grid.xs) + 1) for _ in range(len(grid.ys) + 1)]
    for index, area in enumerate(grid.areas):
        for row in range(area.row + 1, area.row + area.rowspan + 1):
            owner[row][area.col + 1 : area.col + area.colspan + 1] = [index] * area.colspan
    for line in owner:
        line[0], line[-1] = line[1], line[-2]
    owner[0], owner[-1] = owner[1], owner[-2]
    return owner


def _place(glyph: Glyph, grid: Grid, owner: list[list[int]]) -> int:
    _, x0, top, x1, bottom, _, _ = glyph
    return owner[bisect_right(grid.ys, (top + bottom) / 2)][bisect_right(grid.xs, (x0 + x1) / 2)]


def _words(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs drawn one after another in one style without a gap."""
    words: list[list[Glyph]] = []
    word: list[Glyph] = []
    end = level = touch = 0.0
    kind = -1
    for glyph in glyphs:
        char, x0, top, x1, bottom, base, style = glyph
        if style == kind and -touch < x0 - end < touch and -0.5 < base - level < 0.5 and not char.isspace():
            word.append(glyph)
        else:
            word = [glyph]
            words.append(word)
            touch = TOUCH * max(bottom - top, 0.1)
            kind = -1 if char.isspace() else style
        end, level = x1, base
    return words


def _is_overflow(word: Sequence[Glyph]) -> bool:
    """A figure that runs over a line is one figure all the same; two figures side by side are not."""
    return FIGURE.fullmatch("".join(glyph.char for glyph in word)) is not None


def _is_cut(word: Sequence[Glyph], places: Sequence[int], grid: Grid) -> bool:
    """Whether the border of a cell runs through a glyph: the text is too long for its cell, not that of two cells."""
    for one, two, here, there in zip(word, word[1:], places, places[1:], strict=False):
        border = grid.box_of(grid.areas[here])[2]
        if here != there and (one.x1 - border > CUT * (one.x1 - one.x0) or border - two.x0 > CUT * (two.x1 - two.x0)):
            return True
    return False


def cell_lines(words: Sequence[Sequence[Glyph]], styles: Sequence[Style], page: int) -> tuple[TextLine, ...]:
    """The visual lines of a cell."""
    if len(words) == 1 and is_plain(words[0]):
        return (plain(words[0], styles, page),)
    lines = []
    for row in rows([glyph for word in words for glyph in word]):
        if not all(glyph[0].isspace() for glyph in row):
            lines.append(spelled(undoubled(row), styles, page, pointed=False))
    return tuple(lines)


def cell_text(lines: Sequence[TextLine], box: Box) -> str:
    """Lines of a cell as one text: wrapped words and figures joined, separate figures kept on lines of their own."""
    text = ""
    for line in lines:
        text = line.text if not text else text + _joint(text, line.text, box, lines) + line.text
    return text


def lightened(cell: DrawnCell, seen: str | None, rows: int) -> DrawnCell:
    """A cell with what pdfium reads in it, and without its lines where no page break can cut it.

    A break cuts the last of so many rows, or is followed by the head again.
    """
    kept = cell.area.row < HEAD or cell.area.row + cell.area.rowspan == rows
    if seen is None and (kept or not cell.lines):
        return cell
    seen = cell.text if seen == cell.text else seen
    return DrawnCell(cell.area, cell.text, cell.box, cell.page, cell.lines if kept else (), seen)


def _joint(text: str, following: str, box: Box, lines: Sequence[TextLine]) -> str:
    """What stands between a line and the next: nothing, a space, or a line break between two figures."""
    last, first = text[-1], following[0]
    head, tail = text.split("\n")[-1].split(" ")[-1], following.split(" ")[0]
    if PART.fullmatch(head) and PART.fullmatch(tail):
        widest = max(line.box[2] - line.box[0] for line in lines)
        size = lines[0].size
        wrapped = box[2] - box[0] - widest < 2.2 * size and FIGURE.fullmatch(head + tail) is not None
        return "" if wrapped else "\n"
    if is_cjk(last) or is_cjk(first):
        return ""
    if last == "-" and first.isalpha():
        return ""
    if last.isdigit() and first in "%％.,":
        return ""
    return " "
