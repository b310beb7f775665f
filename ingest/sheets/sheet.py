"""Sheets of a spreadsheet to tables: the used range, split at blank rows where a new table begins.

Shared by the readers of .xlsx and .xls; knows neither library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.layout.grids import fill_gaps
from ingest.layout.headers import is_value
from ingest.layout.raw import Raw, RawTable, RawText
from ingest.layout.words import squeeze
from ingest.report import Cell, Hidden

BEYOND = 20
"""Rows and columns that a merged range may reach beyond the last text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as displayed: texts by (row, col) from 0, merged ranges as (row, col, last row, last col)."""

    name: str
    texts: Mapping[tuple[int, int], str]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    hidden_cells: Mapping[tuple[int, int], Hidden] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """Rows and columns of a sheet, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def parts_of(sheet: Sheet) -> Iterator[Raw]:
    """The tables of a sheet, and the lines of text that stand alone between them, from top to bottom."""
    whole: Hidden = "sheet" if sheet.hidden else ""
    sheet = with_merges_cut(sheet)
    said = texts_by_row(sheet)
    for region in regions(sheet, said):
        lines = [said[row] for row in range(region.top, region.bottom + 1) if row in said]
        if all(len(texts) == 1 for texts in lines):
            yield from (RawText(text.strip(), hidden=whole) for texts in lines for text in texts.values())
            continue
        rows, cols = region.bottom - region.top + 1, region.right - region.left + 1
        cells = fill_gaps(tuple(cells_of(sheet, region, said)), rows, cols)
        yield RawTable(cells, rows, cols, sheet=sheet.name, hidden=whole)


def texts_by_row(sheet: Sheet) -> dict[int, dict[int, str]]:
    """The texts that are not blank, by row and column, in order."""
    found: dict[int, dict[int, str]] = {}
    for (row, col), text in sorted(sheet.texts.items()):
        if squeeze(text):
            found.setdefault(row, {})[col] = text
    return found


def with_merges_cut(sheet: Sheet) -> Sheet:
    """The sheet with merged ranges ended where its text ends: a range down to row 1,048,576 says nothing more."""
    last_row = max((row for row, _ in sheet.texts), default=0) + BEYOND
    last_col = max((col for _, col in sheet.texts), default=0) + BEYOND
    cut = tuple((top, left, min(bottom, last_row), min(right, last_col)) for top, left, bottom, right in sheet.merged)
    return replace(sheet, merged=tuple(one for one in cut if one[0] <= one[2] and one[1] <= one[3]))


def regions(sheet: Sheet, said: Mapping[int, Mapping[int, str]]) -> Iterator[Region]:
    """Runs of rows with text; rows after a gap go on with the table above unless they open with a header."""
    merged = {
        row for top, left, bottom, _ in sheet.merged if left in said.get(top, {}) for row in range(top, bottom + 1)
    }
    runs: list[Region] = []
    figures = False
    for row in sorted(merged | set(said)):
        here = holds_figures(said.get(row, {}))
        if runs and (row == runs[-1].bottom + 1 or (here and figures)):
            runs[-1] = replace(runs[-1], bottom=row)
            figures = figures or here
        else:
            runs.append(Region(row, 0, row, 0))
            figures = here
    for run in runs:
        cols = [col for row in range(run.top, run.bottom + 1) for col in said.get(row, {})]
        spans = [
            last for top, left, _, last in sheet.merged if run.top <= top <= run.bottom and left in said.get(top, {})
        ]
        yield from abreast(replace(run, left=min(cols), right=max([*cols, *spans])), sheet, said)


def abreast(region: Region, sheet: Sheet, said: Mapping[int, Mapping[int, str]]) -> Iterator[Region]:
    """The tables that stand side by side in a region: parted by a blank column, each with names and figures."""
    rows = range(region.top, region.bottom + 1)
    used = {col for row in rows for col in said.get(row, {})}
    for top, left, bottom, right in sheet.merged:
        if top <= region.bottom and bottom >= region.top:
            used.update(range(left, right + 1))
    blank = [col for col in range(region.left + 1, region.right) if col not in used]
    edges = [region.left - 1, *blank, region.right + 1]
    sides = [
        side
        for before, after in pairwise(edges)
        if after - before > 1 and (side := fitted(rows, before + 1, after - 1, said)) is not None
    ]
    yield from sides if len(sides) > 1 and all(is_named(side, said) for side in sides) else (region,)


def fitted(rows: range, left: int, right: int, said: Mapping[int, Mapping[int, str]]) -> Region | None:
    """The region of the text in some columns of these rows."""
    own = [row for row in rows if any(left <= col <= right for col in said.get(row, {}))]
    return Region(own[0], left, own[-1], right) if own else None


def is_named(side: Region, said: Mapping[int, Mapping[int, str]]) -> bool:
    """Whether columns are a table of their own: words at its head, and rows whose first cell names their figures."""
    rows = [
        {col: text for col, text in said.get(row, {}).items() if side.left <= col <= side.right}
        for row in range(side.top, side.bottom + 1)
    ]
    headed = not any(map(is_value, rows[0].values()))
    figures = [texts for texts in rows if any(map(is_value, texts.values()))]
    named = [texts for texts in figures if len(texts) > 1 and not is_value(texts.get(side.left, "0"))]
    return headed and len(figures) > 1 and len(named) * 5 >= len(figures) * 4


def holds_figures(texts: Mapping[int, str]) -> bool:
    """Whether a row shows a figure beside other text."""
    return len(texts) > 1 and any(map(is_value, texts.values()))


def cells_of(sheet: Sheet, region: Region, said: Mapping[int, Mapping[int, str]]) -> Iterator[Cell]:
    """The cells of a region that hold text or are merged, with positions counted from its corner."""
    spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
    covered = {
        (row, col)
        for top, left, bottom, right in sheet.merged
        if region.top <= top <= region.bottom and region.left <= left <= region.right
        for row in range(top, min(bottom, region.bottom) + 1)
        for col in range(left, min(right, region.right) + 1)
        if (row, col) != (top, left)
    }
    merged = {(top, left) for top, left, _, _ in sheet.merged if region.top <= top <= region.bottom}
    texts = {(row, col) for row in range(region.top, region.bottom + 1) for col in said.get(row, {})}
    for row, col in sorted(merged | texts):
        if (row, col) in covered or not region.left <= col <= region.right:
            continue
        bottom, right = spans.get((row, col), (row, col))
        text = sheet.texts.get((row, col), "").strip()
        down, across = min(bottom, region.bottom) - row + 1, min(right, region.right) - col + 1
        why = hidden_at(sheet, row, col)
        yield Cell(row - region.top, col - region.left, text, down, across, hidden=why if text else "")


def hidden_at(sheet: Sheet, row: int, col: int) -> Hidden:
    """Why a cell is not seen: its row or column is hidden, or its own format hides it."""
    if row in sheet.hidden_rows or col in sheet.hidden_cols:
        return "row"
    return sheet.hidden_cells.get((row, col), "")
