"""Ruled tables: from edges to grids of cells with their spans.

edges → joined lines → connected nets → elementary grid → cells merged where no line divides them.
Knows nothing of text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.strokes import Edge
from ingest.report import Box

NEAR = 3.0
"""Points within which two lines are one, or meet."""
TIGHT = 0.8
"""Points within which lines meet that were drawn to meet."""
MOST_INSET = 100
"""Nets of lines on a page among which tables within cells are looked for; a drawing has more."""
DASH = 6.0
"""Gap within which the pieces of a dashed line are joined."""
SLIVER = 8.0
"""A column or row narrower than this that holds no cell of its own is a misaligned line."""


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of the grid: first row and column, and how many of each it covers."""

    row: int
    col: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of a table (xs left to right, ys top to bottom) and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    mended: bool = False
    """Whether a line was added for a missing border, or a misaligned one left out."""

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def box_of(self, area: Area) -> Box:
        """Where a cell is drawn."""
        right, bottom = self.xs[area.col + area.colspan], self.ys[area.row + area.rowspan]
        return self.xs[area.col], self.ys[area.row], right, bottom


def joined(edges: Sequence[Edge], near: float = NEAR) -> list[Edge]:
    """Edges at nearly the same position made one line each; dashes and touching pieces joined."""
    lines: list[Edge] = []
    for cluster in _clusters(sorted(edges), near):
        pos = max(cluster, key=lambda edge: edge.hi - edge.lo).pos
        lo = hi = None
        dashed = len(cluster) > 8 and max(edge.hi - edge.lo for edge in cluster) < 2 * DASH
        gap = DASH if dashed else near
        for edge in sorted(cluster, key=lambda edge: edge.lo):
            if hi is not None and lo is not None and edge.lo <= hi + gap:
                hi = max(hi, edge.hi)
                continue
            if lo is not None and hi is not None:
                lines.append(Edge(pos, lo, hi))
            lo, hi = edge.lo, edge.hi
        if lo is not None and hi is not None:
            lines.append(Edge(pos, lo, hi))
    return [line for line in lines if line.hi - line.lo > NEAR]


def _clusters(edges: Sequence[Edge], near: float = NEAR) -> Iterator[list[Edge]]:
    cluster: list[Edge] = []
    for edge in edges:
        if cluster and edge.pos - cluster[0].pos > near:
            yield cluster
            cluster = []
        cluster.append(edge)
    if cluster:
        yield cluster


Net = tuple[list[Edge], list[Edge]]
"""Lines across and down that hang together."""


def grids(across: Sequence[Edge], down: Sequence[Edge]) -> list[Grid]:
    """The grids that these edges draw, top to bottom, left to right. A lone frame is no grid."""
    lines = joined(across), joined(down)
    tight = joined(across, TIGHT), joined(down, TIGHT)
    found: list[Grid] = []
    if list(map(len, lines)) != list(map(len, tight)):
        found, rest = _inset(tight)
        lines = (joined(rest[0]), joined(rest[1])) if found else lines
    for rows, cols in _nets(*lines):
        grid = _grid(rows, cols)
        if grid is not None and len(grid.areas) > 1:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _inset(lines: Net) -> tuple[list[Grid], Net]:
    """Closed grids in a cell of another, so near its lines that they would be taken for the same; the other lines."""
    nets = [net for net in _nets(*lines, TIGHT) if min(map(len, net)) > 1]
    if not 1 < len(nets) <= MOST_INSET:
        return [], lines
    drawn = [(net, grid) for net in nets if (grid := _grid(*net)) is not None and len(grid.areas) > 1]
    pairs = [(one, two) for _, one in drawn for _, two in drawn if not one.mended and _is_within(one.box, two.box)]
    inner = [one for one, two in pairs if any(_is_inset(one.box, two.box_of(area)) for area in two.areas)]
    taken = [net for net, grid in drawn if grid in inner]
    across, down = ([edge for edge in lines[i] if not any(edge in net[i] for net in taken)] for i in (0, 1))
    return [grid for _, grid in drawn if grid in inner], (across, down)


def _is_within(box: Box, other: Box) -> bool:
    return other[0] < box[0] and other[1] < box[1] and box[2] < other[2] and box[3] < other[3]


def _is_inset(box: Box, cell: Box) -> bool:
    """Whether a box stands within a cell, and no further from one of its lines than those of one grid may be apart."""
    gaps = box[0] - cell[0], box[1] - cell[1], cell[2] - box[2], cell[3] - box[3]
    return min(gaps) > TIGHT and min(gaps) <= 2 * NEAR


def _nets(across: list[Edge], down: list[Edge], near: float = NEAR) -> Iterator[Net]:
    """Lines that touch one another, directly or through others."""
    down = sorted(down)
    positions = [edge.pos for edge in down]
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, row in enumerate(across):
        own = root(i)
        first, last = bisect_left(positions, row.lo - near), bisect_right(positions, row.hi + near)
        for j in range(first, last):
            if down[j].lo - near <= row.pos <= down[j].hi + near:
                parent[root(len(across) + j)] = own
    nets: dict[int, Net] = {}
    for i, edge in enumerate(across + down):
        nets.setdefault(root(i), ([], []))[i >= len(across)].append(edge)
    yield from (net for net in nets.values() if net[0] and net[1])


def _axis(lines: list[Edge], crossing: list[Edge]) -> list[float]:
    """Positions of the lines of one direction, and open sides to which the crossing lines reach (无外框)."""
    positions = sorted({cluster[0].pos for cluster in _clusters(sorted(lines))})
    for side in (min, max):
        end = side([edge.lo for edge in crossing] if side is min else [edge.hi for edge in crossing])
        outer = side(positions)
        reach = sum(abs((edge.lo if side is min else edge.hi) - end) <= NEAR for edge in crossing)
        enough = reach >= min(2, len(crossing))
        if (end < outer if side is min else end > outer) and abs(end - outer) > 2 * NEAR and enough:
            positions.append(end)
    return sorted(positions)


def _grid(rows: list[Edge], cols: list[Edge]) -> Grid | None:
    xs, ys = _axis(cols, rows), _axis(rows, cols)
    if len(xs) < 2 or len(ys) < 2:
        return None
    drawn = len(list(_clusters(sorted(rows)))), len(list(_clusters(sorted(cols))))
    areas = _areas(xs, ys, rows, cols)
    xs, areas = _without_slivers(xs, areas, across=True)
    ys, areas = _without_slivers(ys, areas, across=False)
    ordered = tuple(sorted(areas, key=lambda area: (area.row, area.col)))
    return Grid(tuple(xs), tuple(ys), ordered, mended=drawn != (len(ys), len(xs)))


def _walls(positions: list[float], lines: list[Edge], spaces: list[float]) -> list[list[bool]]:
    """For each position and each space between crossing positions: does a line stand there?"""
    walls = [[False] * (len(spaces) - 1) for _ in positions]
    middles = [(lo + hi) / 2 for lo, hi in pairwise(spaces)]
    for line in lines:
        at = bisect_left(positions, line.pos)
        if at and (at == len(positions) or line.pos - positions[at - 1] <= positions[at] - line.pos):
            at -= 1
        first, last = bisect_left(middles, line.lo), bisect_right(middles, line.hi)
        if last - first == 1 and 2 * (line.hi - line.lo) < spaces[last] - spaces[first]:
            continue
        walls[at][first:last] = [True] * max(0, last - first)
    return walls


def _areas(xs: list[float], ys: list[float], rows: list[Edge], cols: list[Edge]) -> list[Area]:
    """Elementary cells merged where no line divides them; every area is a rectangle."""
    right, below = _walls(xs, cols, ys), _walls(ys, rows, xs)
    height, width = len(ys) - 1, len(xs) - 1
    owner = [[-1] * width for _ in range(height)]
    areas: list[Area] = []
    for r in range(height):
        for c in range(width):
            if owner[r][c] >= 0:
                continue
            wide = 1
            while c + wide < width and owner[r][c + wide] < 0 and not right[c + wide][r]:
                wide += 1
            tall = 1
            while r + tall < height and _extends(r + tall, c, wide, owner, right, below):
                tall += 1
            for i in range(r, r + tall):
                owner[i][c : c + wide] = [len(areas)] * wide
            areas.append(Area(r, c, tall, wide))
    return areas


def _extends(
    row: int, col: int, wide: int, owner: list[list[int]], right: list[list[bool]], below: list[list[bool]]
) -> bool:
    """Whether the cell above reaches down into this row over its whole width."""
    end = col + wide
    if any(below[row][col:end]) or max(owner[row][col:end]) >= 0:
        return False
    return wide == 1 or not any(right[c][row] for c in range(col + 1, end))


def _without_slivers(positions: list[float], areas: list[Area], across: bool) -> tuple[list[float], list[Area]]:
    """Positions without the narrow strips that no cell occupies alone."""
    positions = list(positions)
    while True:
        for k in range(len(positions) - 1):
            if positions[k + 1] - positions[k] >= SLIVER or len(positions) <= 2:
                continue
            alone = any(_span(area, across) == (k, k + 1) for area in areas)
            if not alone:
                break
        else:
            return positions, areas
        del positions[k if k + 1 == len(positions) - 1 else k + 1]
        areas = [_shrunk(area, k, across) for area in areas]


def _span(area: Area, across: bool) -> tuple[int, int]:
    return (area.col, area.col + area.colspan) if across else (area.row, area.row + area.rowspan)


def _shrunk(area: Area, strip: int, across: bool) -> Area:
    """The area in a grid without the strip between positions `strip` and `strip + 1`."""
    start, end = (at - (at > strip) for at in _span(area, across))
    if across:
        return Area(area.row, start, area.rowspan, end - start)
    return Area(start, area.col, end - start, area.colspan)
