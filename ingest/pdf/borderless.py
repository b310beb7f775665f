"""Tables without ruling lines: rows of pieces that stand in the same columns again and again.

pieces → rows → runs of rows → columns → cells. Strict on purpose: prose, forms and tables of contents stay text,
so a run counts as a table only where most of its body cells are figures, or where it keeps many columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.layout import headers
from ingest.pdf.cells import DrawnCell, DrawnTable, cell_text
from ingest.pdf.lattice import Area
from ingest.pdf.lines import TextLine
from ingest.pdf.runs import Row, is_value, rows_of, runs_of
from ingest.pdf.spanners import Placed, over, raised, whole
from ingest.pdf.strokes import Edge
from ingest.pdf.table_rows import is_body, table_rows
from ingest.report import Box

OVERLAP = 1.0
"""Points by which a piece must reach into a column to stand in it."""


def borderless(pieces: Sequence[TextLine], rules: Sequence[Edge], page: int) -> tuple[list[DrawnTable], list[TextLine]]:
    """Tables among the pieces of a page, and the pieces that stand in none. `rules`: horizontal lines."""
    tables: list[DrawnTable] = []
    runs = runs_of(rows_of(pieces))
    joined = whole(rules) if runs else []
    for run in runs:
        table = _table(run, joined, page)
        if table is not None:
            tables.append(table)
    left = [piece for piece in pieces if not any(_within(piece.box, table.box) for table in tables)]
    return tables, left


def _within(box: Box, area: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] - 1 <= x <= area[2] + 1 and area[1] - 1 <= y <= area[3] + 1


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Left and right of each column: narrow pieces that overlap gather, pieces over two columns are spanners."""
    columns: list[list[float]] = []
    pieces = [piece for row in rows if len(row.pieces) > 1 for piece in row.pieces]
    for piece in sorted(pieces, key=lambda piece: piece.box[2] - piece.box[0]):
        x0, x1 = piece.box[0], piece.box[2]
        hit = [column for column in columns if min(x1, column[1]) - max(x0, column[0]) > OVERLAP]
        if not hit:
            columns.append([x0, x1])
        elif len(hit) == 1:
            others = [column for column in columns if column is not hit[0]]
            hit[0][0] = max([min(hit[0][0], x0), *[c[1] for c in others if c[1] <= hit[0][0]]])
            hit[0][1] = min([max(hit[0][1], x1), *[c[0] for c in others if c[0] >= hit[0][1]]])
    return _met([(column[0], column[1]) for column in sorted(columns)], rows)


def _met(columns: list[tuple[float, float]], rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Columns with neighbours joined that never hold text in the same row (indented labels)."""
    i = 0
    while i + 1 < len(columns):
        one, two = columns[i], columns[i + 1]
        together = any(
            len({_best(piece, columns) for piece in row.pieces} & {i, i + 1}) == 2
            for row in rows
            if len(row.pieces) > 1
        )
        if together:
            i += 1
        else:
            columns = [*columns[:i], (one[0], two[1]), *columns[i + 2 :]]
            i = max(0, i - 1)
    return columns


def _best(piece: TextLine, columns: Sequence[tuple[float, float]]) -> int:
    """The column that holds most of a piece, or else the nearest."""
    shared = [min(piece.box[2], right) - max(piece.box[0], left) for left, right in columns]
    return max(range(len(columns)), key=shared.__getitem__)


def _spans(row: Row, columns: Sequence[tuple[float, float]]) -> list[tuple[int, int]] | None:
    """First and last column of each piece; None where two pieces claim one column."""
    owners: dict[int, int] = {}
    homes = [_best(piece, columns) for piece in row.pieces]
    if len(set(homes)) < len(homes):
        return None
    for index, home in enumerate(homes):
        owners[home] = index
    for index, piece in enumerate(row.pieces):
        for at, (left, right) in enumerate(columns):
            reach = min(piece.box[2], right) - max(piece.box[0], left)
            if at not in owners and reach > max(OVERLAP, 0.3 * (right - left)):
                owners[at] = index
    result = []
    for index, home in enumerate(homes):
        first = last = home
        while owners.get(first - 1) == index:
            first -= 1
        while owners.get(last + 1) == index:
            last += 1
        result.append((first, last))
    return result


def _table(run: Sequence[Row], rules: Sequence[Edge], page: int) -> DrawnTable | None:
    columns = _columns(run)
    if len(columns) < 2:
        return None
    placed: list[Placed] = []
    for row in run:
        spans = _spans(row, columns)
        if spans is None:
            return None
        placed.append(list(zip(spans, row.pieces, strict=True)))
    if not _is_tabular(placed, len(columns)) or _is_contents(placed):
        return None
    placed = [over(row, columns, rules) for row in placed]
    return _drawn(table_rows(placed, rules), columns, page)


def _is_figure(text: str) -> bool:
    """Whether a piece is a figure, with or without a short unit (1810人次)."""
    return is_value(text) or headers.is_value(text)


def _is_tabular(placed: Sequence[Placed], width: int) -> bool:
    """Whether most cells right of the labels are figures, in several rows; or many rows keep three columns."""
    body = [piece for row in placed for (first, _), piece in row if first > 0]
    figures = [piece for piece in body if _is_figure(piece.text)]
    rows = sum(any(_is_figure(piece.text) for (first, _), piece in row if first > 0) for row in placed)
    if rows >= 2 and len(figures) * 2 >= len(body):
        return True
    full = sum(len(row) == width for row in placed)
    return width >= 3 and full >= 3 and full * 2 >= len(placed) and rows >= 2


def _is_contents(placed: Sequence[Placed]) -> bool:
    """Whether the run is a table of contents: labels and rising page numbers only."""
    if any(len(row) > 2 for row in placed):
        return False
    numbers = [row[-1][1].text for row in placed if len(row) == 2]
    if not all(re.fullmatch(r"\d{1,3}|[ivxl]+", number) for number in numbers):
        return False
    pages = [int(number) for number in numbers if number.isdecimal()]
    return pages == sorted(pages)


def _drawn(rows: Sequence[Sequence[Placed]], columns: Sequence[tuple[float, float]], page: int) -> DrawnTable:
    xs = [
        columns[0][0],
        *[(one[1] + two[0]) / 2 for one, two in pairwise(columns)],
        columns[-1][1],
    ]
    cells: list[DrawnCell] = []
    tops: list[float] = []
    for at, group in enumerate(rows):
        pieces = [piece for row in group for _, piece in row]
        top, bottom = min(piece.box[1] for piece in pieces), max(piece.box[3] for piece in pieces)
        tops.append(top)
        stacks: dict[tuple[int, int], list[TextLine]] = {}
        for row in group:
            for span, piece in row:
                stacks.setdefault(_home(span, stacks), []).append(piece)
        taken: set[int] = set()
        for (start, last), lines in sorted(stacks.items()):
            box = xs[start], top, xs[last + 1], bottom
            cells.append(
                DrawnCell(Area(at, start, 1, last - start + 1), cell_text(lines, box), box, page, tuple(lines))
            )
            taken |= set(range(start, last + 1))
        for col in set(range(len(columns))) - taken:
            cells.append(DrawnCell(Area(at, col, 1, 1), "", (xs[col], top, xs[col + 1], bottom), page))
    box = xs[0], tops[0], xs[-1], max(cell.box[3] for cell in cells)
    heads = next((at for at, group in enumerate(rows) if any(map(is_body, group))), 0)
    return DrawnTable(
        len(rows), len(columns), tuple(raised(cells, heads)), box, (page,), tuple(xs), ruled=False, boxes=(box,)
    )


def _home(span: tuple[int, int], stacks: dict[tuple[int, int], list[TextLine]]) -> tuple[int, int]:
    """The cell of a table row that a span belongs to: the one that it overlaps, if any."""
    for other in stacks:
        if span[0] <= other[1] and other[0] <= span[1]:
            return other
    return span
