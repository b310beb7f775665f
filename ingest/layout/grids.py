"""Grids of cells (表格网): every position is covered once, whatever a reader found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.errors import TooLarge
from ingest.report import Cell

MOST_CELLS = 2_000_000


def is_exact(cells: Sequence[Cell], rows: int, cols: int) -> bool:
    """The invariant of a grid: its cells cover every position once (area = Σ spans, none outside, none twice)."""
    covered = [
        (row, col)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for col in range(cell.col, cell.col + cell.colspan)
    ]
    inside = all(0 <= row < rows and 0 <= col < cols for row, col in covered)
    return inside and len(covered) == rows * cols == len(set(covered))


def fill_gaps(cells: Sequence[Cell], rows: int, cols: int) -> tuple[Cell, ...]:
    """The same cells in reading order with an empty cell at each position that none covers, overlaps cut back.

    TooLarge beyond two million positions.
    """
    if rows * cols > MOST_CELLS:
        raise TooLarge("文件里有超过 200 万格的表，不像正常的报告，没有读取。请只保留报告所用的部分再试。")
    taken: set[tuple[int, int]] = set()
    kept = []
    for cell in sorted(cells, key=lambda one: (one.row, one.col)):
        if (cell.row, cell.col) in taken or cell.row >= rows or cell.col >= cols:
            continue
        width = 1
        while width < cell.colspan and cell.col + width < cols and (cell.row, cell.col + width) not in taken:
            width += 1
        height = 1
        columns = range(cell.col, cell.col + width)
        while height < cell.rowspan and cell.row + height < rows:
            if any((cell.row + height, col) in taken for col in columns):
                break
            height += 1
        taken.update((row, col) for row in range(cell.row, cell.row + height) for col in columns)
        same = (height, width) == (cell.rowspan, cell.colspan)
        kept.append(cell if same else replace(cell, rowspan=height, colspan=width))
    gaps = [Cell(row, col, "") for row in range(rows) for col in range(cols) if (row, col) not in taken]
    return tuple(sorted((*kept, *gaps), key=lambda one: (one.row, one.col)))
