"""Ruled tables whose row lines are not drawn: a box that holds several rows of figures is cut into those rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.pdf.cells import DrawnCell, DrawnTable, cell_text
from ingest.pdf.flow import same_row
from ingest.pdf.lattice import Area
from ingest.pdf.lines import TextLine
from ingest.pdf.runs import is_value
from ingest.pdf.spanners import Placed
from ingest.pdf.strokes import Edge
from ingest.pdf.table_rows import merged


def by_rows(table: DrawnTable, rules: Sequence[Edge]) -> DrawnTable:
    """The table with each such row cut; other tables are returned as they are."""
    if not any("\n" in cell.text for cell in table.cells):
        return table
    row = 0
    while row < table.rows:
        starting = [cell for cell in table.cells if cell.area.row == row and cell.area.rowspan == 1]
        groups = merged(_bands(starting), rules) if _is_stacked(starting) else []
        if len(groups) > 1:
            table = _cut(table, row, groups)
        row += max(1, len(groups))
    return table


def _is_stacked(cells: Sequence[DrawnCell]) -> bool:
    """Whether several cells hold figures below each other (a wrapped figure has been joined and counts once)."""
    tall = [cell for cell in cells if sum(is_value(part) for part in cell.text.split("\n")) >= 2]
    return len(tall) >= 2 or any(cell.text.count("\n") >= 2 for cell in tall)


def _bands(cells: Sequence[DrawnCell]) -> list[Placed]:
    """The visual rows that the lines of these cells form, with the columns of each line."""
    bands: list[list[tuple[tuple[int, int], TextLine]]] = []
    lines = [((cell.area.col, cell.area.col + cell.area.colspan - 1), line) for cell in cells for line in cell.lines]
    for span, line in sorted(lines, key=lambda one: (one[1].middle, one[0])):
        if bands and same_row(bands[-1][0][1].box, line.box):
            bands[-1].append((span, line))
        else:
            bands.append([(span, line)])
    return bands


def _cut(table: DrawnTable, row: int, groups: Sequence[Sequence[Placed]]) -> DrawnTable:
    """The table with row `row` replaced by one row for each group of visual rows."""
    more = len(groups) - 1
    tops = [min(line.box[1] for band in group for _, line in band) for group in groups]
    cells: list[DrawnCell] = []
    for cell in table.cells:
        area = cell.area
        if area.row == row and area.rowspan == 1:
            cells += _pieces(cell, groups, [cell.box[1], *tops[1:], cell.box[3]])
        elif area.row > row:
            cells.append(replace(cell, area=replace(area, row=area.row + more)))
        elif area.row + area.rowspan > row:
            cells.append(replace(cell, area=replace(area, rowspan=area.rowspan + more)))
        else:
            cells.append(cell)
    return replace(table, rows=table.rows + more, cells=tuple(cells))


def _pieces(cell: DrawnCell, groups: Sequence[Sequence[Placed]], ys: Sequence[float]) -> list[DrawnCell]:
    found = []
    for at, group in enumerate(groups):
        lines = tuple(line for band in group for (start, _), line in band if start == cell.area.col)
        box = cell.box[0], ys[at], cell.box[2], ys[at + 1]
        area = Area(cell.area.row + at, cell.area.col, 1, cell.area.colspan)
        found.append(DrawnCell(area, cell_text(lines, box), box, cell.page, lines))
    return found
