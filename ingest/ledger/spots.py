"""The figures of a table, each with the labels of its row and the header of its column (or of its form line).

Reads structure only; what a figure is of, when and on which basis is said in tables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.ledger.columns import NOTHING, figure, owners, segments, tidy
from ingest.ledger.grid import Grid
from ingest.ledger.units import named_unit
from ingest.quantity import Unit
from ingest.report import Cell, Table
from ingest.terms import basis_of, is_serial, plain

_PARENTHESIS = re.compile(r"[（(][^（）()]*[)）]$")


@dataclass(frozen=True, slots=True)
class Spot:
    """One figure of a table with the paths it stands under."""

    row: int
    col: int
    cell: Cell
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    stated: str = ""
    """Text of the row's unit column (计量单位)."""
    inherited: Unit | None = None
    """Unit of the row head or of the row that this one is a part of."""
    whole: str = ""
    """Label of the row that this one is a part of (其中)."""


def spots(table: Table) -> Iterator[Spot]:
    """Every position that states a figure, with its labels."""
    filled = owners(table)
    times = Counter(plain(cell.text) for cell in table.cells)
    for segment in segments(table):
        grid, before = Grid(table, segment, filled), ""
        for row in segment.body:
            if table.layout == "pairs" or alternates(grid, row):
                for spot in _pairs(grid, row, times):
                    label = spot.columns[0]
                    if times[plain(label)] > 1 and before:
                        spot = replace(spot, labels=spot.labels or (before,))
                    elif not spot.labels:
                        before = _PARENTHESIS.sub("", label)
                    yield spot
            else:
                yield from (_within(grid, spot, times) for spot in _row(grid, row))


def alternates(grid: Grid, row: int) -> bool:
    """Whether a row of a grid reads label, figure, label, figure: a form line inside the table."""
    cells = [cell for cell in dict.fromkeys(grid.at[row]) if cell.row == row and cell.text.strip()]
    if len(cells) < 4 or len(cells) % 2:
        return False
    labels, values = cells[0::2], cells[1::2]
    if any(figure(cell) or tidy(cell.text) in NOTHING for cell in labels):
        return False
    told = all(figure(cell) or tidy(cell.text) in NOTHING for cell in values)
    return told and any(_of_form(grid, *pair) for pair in zip(labels, values, strict=True))


def _of_form(grid: Grid, label: Cell, value: Cell) -> bool:
    """Whether a label is one of a form and not of a side-by-side table (收入｜支出), which has headers of its own."""
    over = grid.heads[label.col][-1:]
    one = bool(over) and over == grid.heads[value.col][-1:] if grid.segment.header else label.colspan > 1
    heads = grid.heads[value.col][-1:]
    answered = bool(grid.segment.header) and bool(heads) and not _OVER_FIGURES.search(heads[0])
    return one or answered or not grid.label_columns[label.col]


_OVER_FIGURES = re.compile(
    r"[数额率量值费元金比分计度年月级]|预算|决算|实际|收入|支出|编制|人员|在职|面积|标准|完成|目标|%|％"
)
"""What may stand over a column of figures; a name there (单位名称｜某某镇政府) is the answer of a form."""


def _pairs(grid: Grid, row: int, times: Counter[str]) -> Iterator[Spot]:
    """Figures of a row in which each stands right of its label; `times` each label stands in the table."""
    label, at = "", 0
    for cell in dict.fromkeys(grid.at[row]):
        text = tidy(cell.text)
        if cell.row != row and cell.rowspan > 1:
            continue
        if figure(cell) and label and not is_serial(label):
            part = label.startswith("其中") or times[plain(label)] > 1
            whole = _whole_above(grid, row, at, times) if part else ()
            yield Spot(row, cell.col, cell, whole, (label,), inherited=_unit_above(grid, row, cell.col))
        elif text not in NOTHING:
            label, at = text, cell.col


def _within(grid: Grid, spot: Spot, times: Counter[str]) -> Spot:
    """A part in a table without heads, under the label of its whole."""
    if spot.columns or not spot.labels:
        return spot
    part = spot.labels[-1].startswith("其中") or times[plain(spot.labels[-1])] > 1
    whole = _whole_above(grid, spot.row, grid.block(spot.col)[-1], times) if part else ()
    return replace(spot, labels=(*whole, *spot.labels[-1:])) if whole else spot


def _whole_above(grid: Grid, row: int, col: int, times: Counter[str]) -> tuple[str, ...]:
    """The label above the parts of a form (调整后预算数： over 其中：基本支出 and 项目支出), where one stands there."""
    for above in reversed([r for r in grid.segment.body if r < row]):
        text = tidy(grid.at[above][col].text)
        if not text.startswith("其中") and times[plain(text)] == 1:
            return (_PARENTHESIS.sub("", text).rstrip("：:"),) if basis_of(text) else ()
    return ()


def _unit_above(grid: Grid, row: int, col: int) -> Unit | None:
    """The unit named by the label of the nearest figure above that names one (编制总数（名） over 其中：行政编制)."""
    for above in reversed([r for r in grid.segment.body if r < row]):
        cell = grid.at[above][col]
        label = tidy(grid.at[above][cell.col - 1].text) if cell.col else ""
        if found := named_unit(label):
            return found
    return None


def _row(grid: Grid, row: int) -> Iterator[Spot]:
    """Figures of an ordinary row."""
    for cell in dict.fromkeys(grid.at[row]):
        columns = grid.heads[cell.col]
        if cell.row != row or any(map(is_serial, columns)) or figure(cell) is None:
            continue
        if grid.label_columns[cell.col]:
            continue
        block = grid.block(cell.col)
        labels = grid.labels(row, block)
        if not labels and not columns:
            continue
        yield Spot(
            row,
            cell.col,
            cell,
            labels,
            columns,
            _stated(grid, row),
            _part_unit(grid, row, block),
            grid.whole(row, block),
        )


def _stated(grid: Grid, row: int) -> str:
    """The text of the row's unit column, "" where the table has none."""
    return "" if grid.unit_column is None else tidy(grid.at[row][grid.unit_column].text)


def _part_unit(grid: Grid, row: int, block: tuple[int, ...]) -> Unit | None:
    """The unit that a row head over it names (年度预算（万元）), else the label of the rows it is a part of."""
    if not block:
        return None
    for cell in reversed(dict.fromkeys(grid.at[row][: max(block) + 1])):
        if found := named_unit(tidy(cell.text)):
            return found
    above: int | None = row
    while above is not None and grid.names(above, block) and not grid.heads_anew(above, block):
        above = grid.parent(above, block)
        if above is not None and (found := named_unit(tidy(grid.names(above, block)[-1].text))):
            return found
    return None
