"""Headings over several columns of a table without borders (跨列表头), told by the short rules under them.

A rule may be drawn in one stroke for several headings beside each other, or cell by cell; the columns over it are
then shared out so that each heading stands over its own as all do: at the left, in the middle or at the right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from math import comb

from ingest.pdf.cells import DrawnCell
from ingest.pdf.lattice import Area
from ingest.pdf.lines import TextLine
from ingest.pdf.strokes import Edge

Columns = Sequence[tuple[float, float]]
"""Left and right of each column."""
Placed = list[tuple[tuple[int, int], TextLine]]
"""The pieces of a row, each with its first and last column."""
ABUT = 1.0
"""Points between two strokes of one rule."""
MOST = 5_000
"""Ways of sharing out columns that are compared."""


def whole(rules: Sequence[Edge]) -> list[Edge]:
    """The rules with strokes that meet end to end made one."""
    found: list[Edge] = []
    for rule in sorted(rules, key=lambda one: (one.pos, one.lo)):
        last = found[-1] if found else None
        if last is not None and abs(last.pos - rule.pos) < ABUT and rule.lo - last.hi < ABUT:
            found[-1] = last._replace(hi=max(last.hi, rule.hi))
        else:
            found.append(rule)
    return found


def over(row: Placed, columns: Columns, rules: Sequence[Edge]) -> Placed:
    """The row with each heading over all the columns that the short rule under it covers."""
    placed = list(row)
    for rule in rules:
        on = [at for at, (_, piece) in enumerate(placed) if _is_under(rule, piece)]
        under = [i for i, (x0, x1) in enumerate(columns) if rule.lo - 3 <= (x0 + x1) / 2 <= rule.hi + 3]
        others = {i for at, ((first, last), _) in enumerate(placed) if at not in on for i in range(first, last + 1)}
        free = [i for i in under if i not in others]
        if not on or len(under) == len(columns) or len(free) <= len(on) or free[-1] - free[0] >= len(free):
            continue
        for at, span in zip(on, shares(free, [placed[at][1] for at in on], columns), strict=True):
            placed[at] = span, placed[at][1]
    return placed


def raised(cells: Sequence[DrawnCell], heads: int) -> list[DrawnCell]:
    """The cells, a heading beside spanning ones over both rows where nothing stands above it. `heads`: header rows."""
    upper = {cell.area.row for cell in cells if cell.area.colspan > 1 and cell.area.row < heads - 1}
    single = {(cell.area.row, cell.area.col): cell for cell in cells if cell.area.colspan == 1}
    blank = {
        at
        for at, cell in single.items()
        if at[0] in upper and not cell.text and (below := single.get((at[0] + 1, at[1]))) and below.text
    }
    found = []
    for cell in cells:
        above = cell.area.row - 1, cell.area.col
        if above in blank and cell.area.colspan == 1:
            left, _, right, bottom = cell.box
            cell = replace(cell, area=Area(*above, 2, 1), box=(left, single[above].box[1], right, bottom))
        if cell.text or (cell.area.row, cell.area.col) not in blank:
            found.append(cell)
    return found


def _is_under(rule: Edge, piece: TextLine) -> bool:
    close = -2 < rule.pos - piece.box[3] < 0.6 * piece.size
    return close and rule.lo <= piece.box[0] + 2 and rule.hi >= piece.box[2] - 2


def shares(under: Sequence[int], pieces: Sequence[TextLine], columns: Columns) -> list[tuple[int, int]]:
    """First and last column of each heading, so that together they cover these columns and stand most evenly."""
    if len(pieces) == 1 or comb(len(under) - 1, len(pieces) - 1) > MOST:
        return [(under[0], under[-1])] if len(pieces) == 1 else [_nearest(piece, under, columns) for piece in pieces]
    ways = [list(_parts(under, cuts)) for cuts in combinations(range(1, len(under)), len(pieces) - 1)]
    return min(ways, key=lambda way: min(_unevenness(way, pieces, columns, edge) for edge in EDGES))


def _nearest(piece: TextLine, under: Sequence[int], columns: Columns) -> tuple[int, int]:
    """The one column nearest to a heading."""
    home = min(under, key=lambda i: abs(sum(columns[i]) - piece.box[0] - piece.box[2]))
    return home, home


def _parts(under: Sequence[int], cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    for start, end in zip((0, *cuts), (*cuts, len(under)), strict=True):
        yield under[start], under[end - 1]


def _unevenness(
    way: Sequence[tuple[int, int]],
    pieces: Sequence[TextLine],
    columns: Columns,
    edge: Callable[[float, float], float],
) -> float:
    """How far the headings stand from one and the same edge, or the middle, of their columns."""
    return sum(
        abs(edge(columns[first][0], columns[last][1]) - edge(piece.box[0], piece.box[2]))
        for (first, last), piece in zip(way, pieces, strict=True)
    )


EDGES: tuple[Callable[[float, float], float], ...] = (
    lambda left, right: left,
    lambda left, right: (left + right) / 2,
    lambda left, right: right,
)
