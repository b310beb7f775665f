"""Tables of labels with their values beside or below them (标签—值交替), as layers: 单位名称｜某局｜填报日期｜某日.

Reads what the structure of the table gives; knows no question and no measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.builtin.layout.layers import At, Layer, Side, gathered
from ingest.layout.headers import DATE, Shape, is_value
from ingest.layout.words import squeeze
from ingest.report import Cell, Table

FITTING = 0.6
"""The share of its rows that must read label, value, label, value."""


def beside(table: Table) -> Iterator[Layer]:
    """Labels and values in turn along the rows; in rows under rows of labels."""
    shape = Shape(table.cells, table.rows, table.cols)
    for layer in (along(shape), below(shape)):
        if layer.cells:
            yield layer


def along(shape: Shape) -> Layer:
    """Label and value in turn; where a cell over several rows stands before them, it names both."""
    outer, inner, fitting = [], [], 0
    body = [row for row in range(shape.rows) if not shape.full_width(row)]
    for number in body:
        for group, label, value in in_turn(trimmed(shape.row(number))):
            outer.append((group or label, (value.row, value.col)))
            if group is not None:
                inner.append((label, (value.row, value.col)))
        fitting += bool(in_turn(trimmed(shape.row(number))))
    return layer_of(shape, outer, inner) if body and fitting >= FITTING * len(body) else Layer((), {})


def trimmed(row: Sequence[Cell]) -> Sequence[Cell]:
    """A row without a label and value that are both left empty at its end."""
    while len(row) > 2 and not row[-1].text.strip() and not row[-2].text.strip():
        row = row[:-2]
    return row


def in_turn(row: Sequence[Cell]) -> list[tuple[Cell | None, Cell, Cell]]:
    """(what names both, label, value) along a row; nothing where it does not read so."""
    if len(row) % 2 == 0 and all(map(labels, row[::2])):
        return [(None, label, value) for label, value in zip(row[::2], row[1::2], strict=True)]
    if row and len(row) % 3 == 0 and all(one.rowspan > 1 for one in row[::3]):
        return list(zip(row[::3], row[1::3], row[2::3], strict=True))
    return []


def labels(cell: Cell) -> bool:
    """Whether a cell may be a label: words, no figure and no date."""
    return bool(cell.text.strip()) and not is_value(cell.text) and not DATE.fullmatch(squeeze(cell.text))


def below(shape: Shape) -> Layer:
    """A row of labels, a row of their values, in turn; titles over the whole width part them."""
    found = []
    body = [row for row in range(shape.rows) if not shape.full_width(row)]
    for head, row in zip(body[::2], body[1::2], strict=False):
        names, values = shape.row(head), shape.row(row)
        if len(names) != len(values) or row != head + 1 or not all(map(labels, names)):
            return Layer((), {})
        found += [(name, (value.row, value.col)) for name, value in zip(names, values, strict=True)]
    return layer_of(shape, found, []) if len(body) > 2 and len(body) % 2 == 0 else Layer((), {})


def layer_of(shape: Shape, outer: list[tuple[Cell, At]], inner: list[tuple[Cell, At]]) -> Layer:
    """The layer of these labels and the cells that they name."""
    sides = (Side(gathered(outer), True), Side(gathered(inner), True))
    cells = {at: shape.at[at[0]][at[1]].text for _, at in outer}
    return Layer(tuple(side for side in sides if side.over), cells)
