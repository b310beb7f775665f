"""A table as layers of names and the cells under them: header rows, header columns, labels with values beside them.

Reads what the structure of the table gives; knows no question and no measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.builtin.lexicon import lexicon, spelled
from ingest.headers import DATE, Shape, is_filler, is_value
from ingest.report import Cell, Table
from ingest.terms import is_total
from ingest.words import BRACKETED, squeeze

At = tuple[int, int]
"""Row and column of a cell's top left corner."""
NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]+[）)]|[—-]+)?(?:其中|加|减)?[:：]?"
)
"""What stands before a name and is none of it: its number, 其中."""


@dataclass(frozen=True, slots=True)
class Side:
    """One level of names of a table (一层表头): what each name stands over."""

    over: dict[str, frozenset[At]]
    rows: bool
    """Whether the names stand left of rows; else above columns."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of a table under one head: its levels of names and the cells that they name."""

    sides: tuple[Side, ...]
    cells: dict[At, str]
    left: int = 0
    """The first column that names no row."""
    corner: str = ""
    """What the head says of the rows themselves (股东名称, 项目)."""


def layers(table: Table) -> Iterator[Layer]:
    """The parts of a table, each under its own head; a table of labels and values beside one another is one too."""
    shape = Shape(table.cells, table.rows, table.cols)
    beside = beside_layer(shape)
    if beside.cells:
        yield beside
    if table.layout == "pairs":
        return
    starts = [0, *table.subheaders]
    for at, start in enumerate(starts):
        if start and start - 1 in table.subheaders:
            continue
        end = next((row for row in starts[at + 1 :] if row > start and row - 1 not in table.subheaders), table.rows)
        top = table.header_rows if not start else start + 1
        while top in table.subheaders:
            top += 1
        yield grid_layer(shape, range(start, top), range(top, end), max(table.header_cols, 1))


def grid_layer(shape: Shape, heads: range, body: range, left: int) -> Layer:
    """Names above and names left of the cells of a body; a name beside another is itself a cell under its head."""
    first = next((col for col in range(shape.cols) if not counted(shape, body, col)), 0)
    cells = {
        (cell.row, cell.col): cell.text
        for row in body
        for cell in shape.row(row)
        if cell.row == row and cell.col > first and not shape.full_width(row)
    }
    sides = []
    for head in heads:
        over = (
            (shape.at[head][col], at)
            for at in cells
            for col in range(at[1], at[1] + shape.at[at[0]][at[1]].colspan)
            if shape.at[head][col].row == head and not shape.full_width(head)
        )
        sides.append(Side(gathered(over), False))
    for col in range(first, max(left, first + 1)):
        beside = (
            (shape.at[row][col], at)
            for at in cells
            for row in range(at[0], at[0] + shape.at[at[0]][at[1]].rowspan)
            if at[1] > col and shape.at[row][col].col == col
        )
        sides.append(Side(gathered(beside), True))
    corner = "".join(dict.fromkeys(shape.at[head][first].text for head in heads if not shape.full_width(head)))
    return Layer(tuple(side for side in sides if side.over), cells, left, squeeze(corner))


def counted(shape: Shape, body: range, col: int) -> bool:
    """Whether a column only numbers the rows (序号)."""
    texts = [shape.at[row][col].text.strip() for row in body]
    return (
        col < shape.cols - 1 and bool(texts) and all(re.fullmatch(r"\d{0,3}", text) or is_total(text) for text in texts)
    )


def gathered(named: Iterable[tuple[Cell, At]]) -> dict[str, frozenset[At]]:
    """Cells by the name over them; empty names name nothing."""
    found: dict[str, set[At]] = {}
    for cell, at in named:
        if not is_filler(cell.text) and (name := squeeze(cell.text)):
            found.setdefault(name, set()).add(at)
    return {name: frozenset(over) for name, over in found.items()}


def beside_layer(shape: Shape) -> Layer:
    """Label and value in turn along the rows; a row of three is two labels, one within the other, and a value."""
    cells: dict[At, str] = {}
    outer, inner = [], []
    fitting = 0
    body = [row for row in range(shape.rows) if not shape.full_width(row)]
    for number in body:
        row = list(shape.row(number))
        while len(row) > 2 and not row[-1].text.strip() and not row[-2].text.strip():
            row = row[:-2]
        if len(row) % 2 == 0:
            labels, values = row[::2], row[1::2]
            if any(is_value(one.text) or DATE.fullmatch(squeeze(one.text)) or not one.text.strip() for one in labels):
                continue
            fitting += 1
            for label, value in zip(labels, values, strict=True):
                outer.append((label, (value.row, value.col)))
                cells[value.row, value.col] = value.text
        elif len(row) == 3 and row[0].rowspan > 1:
            fitting += 1
            outer.append((row[0], (row[-1].row, row[-1].col)))
            inner.append((row[-2], (row[-1].row, row[-1].col)))
            cells[row[-1].row, row[-1].col] = row[-1].text
    if fitting * 5 < len(body) * 3:
        return Layer((), {})
    sides = (Side(gathered(outer), True), Side(gathered(inner), True))
    return Layer(tuple(side for side in sides if side.over), cells)


@lru_cache(maxsize=4096)
def aliases(text: str) -> tuple[str, ...]:
    """A name in full; without its numbering, its 其中 and what it has in brackets; without 金额 and the like."""
    bare = spelled(NUMBERING.sub("", BRACKETED.sub("", squeeze(text))))
    tail = next((word for word in lexicon()["cells"]["tails"] if bare.endswith(word)), "")
    short = bare.removesuffix(tail) if len(bare) > len(tail) + 1 else bare
    return tuple(dict.fromkeys(name for name in (spelled(text), bare, short) if name))
