"""Ruled tables whose column lines are not drawn: a column that holds several figures abreast is cut between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import mode

from ingest.pdf.cells import DrawnTable, parted
from ingest.pdf.glyphs import Glyph
from ingest.pdf.lattice import Area, Grid
from ingest.pdf.lines import pieces, rows
from ingest.pdf.runs import is_value

LEAST = 3
"""Rows that must hold figures abreast before a column is cut."""

Piece = tuple[float, float, str]
"""Left, right and text of what stands together on a line."""


def is_abreast(table: DrawnTable) -> bool:
    """Whether a column of the table holds several figures abreast in a few of its cells."""
    columns = Counter(
        cell.area.col for cell in table.cells if " " in cell.text and all(map(is_value, cell.text.split(" ")))
    )
    return max(columns.values(), default=0) >= LEAST


def by_columns(grid: Grid, glyphs: Sequence[Glyph]) -> Grid:
    """The grid with each such column cut; other grids are returned as they are."""
    col = 0
    while col < len(grid.xs) - 1:
        cuts = _cuts(grid, col, glyphs)
        if cuts:
            grid = _cut(grid, col, cuts)
        col += 1 + len(cuts)
    return grid


def _cuts(grid: Grid, col: int, glyphs: Sequence[Glyph]) -> list[float]:
    """Where a column is to be cut: between the figures that stand abreast in nearly all of its cells."""
    held, _ = parted(glyphs, (grid.xs[col], grid.ys[0], grid.xs[col + 1], grid.ys[-1]))
    own = [area for area in grid.areas if area.col == col and area.colspan == 1]
    if len(own) < LEAST or not held:
        return []
    lines = [line for area in own if len(line := _line(parted(held, grid.box_of(area))[0]))]
    figures = [line for line in lines if len(line) > 1 and all(is_value(text) for _, _, text in line)]
    if len(figures) < LEAST:
        return []
    count = mode(len(line) for line in figures)
    alike = [line for line in lines if len(line) == count]
    if len(alike) * 5 < len(lines) * 4:
        return []
    lefts = [min(line[i][0] for line in alike) for i in range(count)]
    rights = [max(line[i][1] for line in alike) for i in range(count)]
    if any(right >= left for right, left in zip(rights, lefts[1:], strict=False)):
        return []
    return [(right + left) / 2 for right, left in zip(rights, lefts[1:], strict=False)]


def _line(glyphs: Sequence[Glyph]) -> list[Piece]:
    """The pieces of a cell of one line; of any other cell nothing."""
    found = rows(glyphs)
    if len(found) != 1:
        return []
    return [(one[0].x0, one[-1].x1, "".join(glyph.char for glyph in one).strip()) for one in pieces(found[0])]


def _cut(grid: Grid, col: int, cuts: Sequence[float]) -> Grid:
    """The grid with more lines in one column: its own cells cut, those over more columns wider."""
    more = len(cuts)
    areas: list[Area] = []
    for area in grid.areas:
        if area.col > col:
            areas.append(replace(area, col=area.col + more))
        elif area.col + area.colspan <= col:
            areas.append(area)
        elif area.colspan > 1:
            areas.append(replace(area, colspan=area.colspan + more))
        else:
            areas += [replace(area, col=col + i) for i in range(more + 1)]
    xs = (*grid.xs[: col + 1], *cuts, *grid.xs[col + 1 :])
    ordered = tuple(sorted(areas, key=lambda area: (area.row, area.col)))
    return replace(grid, xs=xs, areas=ordered, mended=True)
