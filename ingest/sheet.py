"""Sheets of a spreadsheet to tables: the used range, split at blank rows where a new table begins.

Shared by the readers of .xlsx and .xls; knows neither library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ingest.headers import is_value
from ingest.report import Cell, Hidden
from ingest.structure import Raw, RawTable, RawText, fill_gaps
from ingest.words import squeeze

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
    for region in regions(sheet):
        lines = lone_lines(sheet, region)
        if lines is not None:
            yield from (RawText(line, hidden=whole) for line in lines)
            continue
        rows, cols = region.bottom - region.top + 1, region.right - region.left + 1
        cells = fill_gaps(tuple(cells_of(sheet, region)), rows, cols)
        yield RawTable(cells, rows, cols, sheet=sheet.name, hidden=whole)


def with_merges_cut(sheet: Sheet) -> Sheet:
    """The sheet with merged ranges ended where its text ends: a range down to row 1,048,576 says nothing more."""
    last_row = max((row for row, _ in sheet.texts), default=0) + BEYOND
    last_col = max((col for _, col in sheet.texts), default=0) + BEYOND
    cut = tuple((top, left, min(bottom, last_row), min(right, last_col)) for top, left, bottom, right in sheet.merged)
    return replace(sheet, merged=tuple(one for one in cut if one[0] <= one[2] and one[1] <= one[3]))


def regions(sheet: Sheet) -> Iterator[Region]:
    """Runs of rows with text; rows after a gap go on with the table above unless they open with a header."""
    said = {row for (row, _), text in sheet.texts.items() if squeeze(text)}
    used = sorted(said | {row for top, _, bottom, _ in sheet.merged if top in said for row in range(top, bottom + 1)})
    runs: list[list[int]] = []
    for row in used:
        if runs and (row == runs[-1][1] + 1 or goes_on(sheet, runs[-1], row)):
            runs[-1][1] = row
        else:
            runs.append([row, row])
    for top, bottom in runs:
        cols = [col for (row, col), text in sheet.texts.items() if top <= row <= bottom and squeeze(text)]
        spans = [
            last
            for row, col, _, last in sheet.merged
            if top <= row <= bottom and squeeze(sheet.texts.get((row, col), ""))
        ]
        yield Region(top, min(cols), bottom, max([*cols, *spans]))


def goes_on(sheet: Sheet, run: list[int], row: int) -> bool:
    """Whether a row after a blank one belongs to the table above: it holds figures, and so does the table."""
    return holds_figures(sheet, row) and any(holds_figures(sheet, above) for above in range(run[0], run[1] + 1))


def holds_figures(sheet: Sheet, row: int) -> bool:
    """Whether a row shows a figure beside other text."""
    texts = [text for (at, _), text in sheet.texts.items() if at == row and squeeze(text)]
    return len(texts) > 1 and any(map(is_value, texts))


def lone_lines(sheet: Sheet, region: Region) -> list[str] | None:
    """The lines of a region whose rows hold one text each (notes, headings); None where it is a table."""
    lines: dict[int, list[str]] = {}
    for (row, _), text in sorted(sheet.texts.items()):
        if region.top <= row <= region.bottom and squeeze(text):
            lines.setdefault(row, []).append(text.strip())
    if any(len(texts) > 1 for texts in lines.values()):
        return None
    return [texts[0] for texts in lines.values()]


def cells_of(sheet: Sheet, region: Region) -> Iterator[Cell]:
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
    for row, col in sorted(merged | {at for at in sheet.texts if region.top <= at[0] <= region.bottom}):
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
