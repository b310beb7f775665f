"""A table as layers of names and the cells under them: header rows, header columns, tables side by side in one grid.

Reads what the structure of the table gives; knows no question and no measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.builtin.question.lexicon import lexicon, spelled
from ingest.layout.headers import Shape, is_filler, is_value
from ingest.layout.words import BRACKETED, squeeze
from ingest.report import Cell, Table
from ingest.terms import is_total

At = tuple[int, int]
"""Row and column of a cell's top left corner."""
NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]+[）)]|[—-]+)?(?:其中|加|减)?[:：]?"
)
"""What stands before a name and is none of it: its number, 其中."""
GROUP = re.compile("^[一二三四五六七八九十]+、|[:：]$")
"""How the name of a group of rows begins or ends."""


@dataclass(frozen=True, slots=True)
class Side:
    """One level of names of a table (一层表头): what each name stands over."""

    over: dict[str, frozenset[At]]
    rows: bool
    """Whether the names stand left of rows; else above columns."""
    group: bool = False
    """Whether the names head groups of rows (一、账面原值), told apart only where a question does."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of a table under one head: its levels of names and the cells that they name."""

    sides: tuple[Side, ...]
    cells: dict[At, str]
    left: int = 0
    """The first column that names no row."""
    corner: str = ""
    """What the head says of the rows themselves (股东名称, 项目)."""
    records: bool = False
    """Whether a row tells of one thing, so that one of its cells can say which row is meant."""


def layers(table: Table) -> Iterator[Layer]:
    """The parts of a table, each under its own head, a grid that is two side by side (收支总表) taken apart."""
    if table.layout == "pairs":
        return
    shape = Shape(table.cells, table.rows, table.cols)
    starts = sorted({0, *table.subheaders, *heads_again(shape, table)})
    for at, start in enumerate(starts):
        if start and start - 1 in starts[1:]:
            continue
        end = next((row for row in starts[at + 1 :] if row > start and row - 1 not in starts), table.rows)
        top = table.header_rows if not start else start + 1
        while top in starts[1:] or (0 < top < end - 1 and numbers(shape, top - 1)):
            top += 1
        top = min(
            (cell.row for row in range(start + 1, top) for cell in shape.row(row) if reaches(cell, top)), default=top
        )
        for cols in side_by_side(shape, top, end):
            left = cols.start + max(table.header_cols, 1) if not cols.start else cols.start + 1
            yield grid_layer(shape, range(start, top), range(top, end), left, cols)


def reaches(cell: Cell, top: int) -> bool:
    """Whether a cell goes on below a header row: then it begins the rows under the head."""
    return cell.row < top < cell.row + cell.rowspan


def heads_again(shape: Shape, table: Table) -> Iterator[int]:
    """Rows below the head that are a head again: nothing left of them, words above columns of figures."""
    for row in range(max(table.header_rows, 1) + 1, shape.rows - 1):
        first, *rest = shape.row(row)
        again = not squeeze(first.text) or squeeze(first.text) == squeeze(shape.at[0][0].text)
        if (
            again
            and len(rest) > 1
            and all(worded(one) and is_value(shape.at[row + 1][one.col].text) for one in rest[:2])
        ):
            yield row


def numbers(shape: Shape, row: int) -> bool:
    """Whether a row only numbers the columns (序号 1 2 3): the names stand in the row below."""
    texts = [squeeze(cell.text) for cell in shape.row(row)[1:]]
    return len(texts) > 1 and all(re.fullmatch(r"\d{1,3}", text) or is_total(text) for text in texts)


def side_by_side(shape: Shape, top: int, end: int) -> list[range]:
    """The columns of each table in a grid that holds several side by side, under the same heads."""
    heads = [squeeze(shape.at[top - 1][col].text) for col in range(shape.cols)] if top else []
    for wide in range(2, len(heads) // 2 + 1):
        parts = [heads[at : at + wide] for at in range(0, len(heads), wide)]
        named = all(part[1:] == heads[1:wide] and part[0] for part in parts) and len(set(heads[1:wide])) == wide - 1
        if (
            len(heads) % wide == 0
            and named
            and all(labels(shape, top, end, at, at + wide) for at in range(0, len(heads), wide))
        ):
            return [range(at, at + wide) for at in range(0, len(heads), wide)]
    return halves(shape, top, end) or [range(shape.cols)]


def halves(shape: Shape, top: int, end: int) -> list[range]:
    """The columns under each head of a grid (收入：项目、决算数；支出：项目、决算数), each with names of its own."""
    heads = shape.row(0) if top > 1 and not shape.full_width(0) else []
    named = [
        cell.colspan > 1
        and labels(shape, top, end, cell.col, cell.col + cell.colspan)
        and not any(labels(shape, top, end, col) for col in range(cell.col + 1, cell.col + cell.colspan))
        for cell in heads
    ]
    return [range(cell.col, cell.col + cell.colspan) for cell in heads] if len(heads) > 1 and all(named) else []


def labels(shape: Shape, top: int, end: int, col: int, until: int = 0) -> bool:
    """Whether a column holds words in (nearly) every row; of a part of the grid that ends before `until`, in every row
    where the part holds anything (few kinds of 收入 beside many of 支出)."""
    rows: Sequence[int] = range(top, end)
    if until:
        rows = [row for row in rows if any(squeeze(shape.at[row][at].text) for at in range(col, until))]
    cells = [shape.at[row][col] for row in rows]
    return bool(cells) and sum(worded(cell) for cell in cells) * 5 >= len(cells) * 4


def worded(cell: Cell) -> bool:
    """Whether a cell says something that is no figure."""
    return bool(squeeze(cell.text)) and not is_filler(cell.text) and not is_value(cell.text)


def grid_layer(shape: Shape, heads: range, body: range, left: int, cols: range) -> Layer:
    """Names above and names left of the cells of a body; a name beside another is itself a cell under its head."""
    first = next((col for col in cols if not counted(shape, body, col)), cols.start)
    inner = within(shape, heads, body, cols) if heads else {}
    heads_of = groups(shape, body, first)
    naming = {(name.row, name.col) for name in inner.values()}
    cells = {
        at: cell.text
        for row in body
        if row not in heads_of
        for cell in shape.row(row)
        if (at := (cell.row, cell.col)) not in naming and cell.row == row and not shape.full_width(row)
        if first <= cell.col < cols.stop
    }
    sides = [Side(gathered(above(shape, head, cells)), False) for head in heads]
    if inner:
        below = ((inner[at], at) for at in cells if at in inner)
        sides[-1] = Side(merged(sides[-1].over, gathered(below)), False)
    sides.append(Side(grouped(heads_of, cells), True, group=True))
    for col in range(first, min(max(left, first + 1), cols.stop)):
        beside = (
            (shape.at[row][col], at)
            for at in cells
            for row in range(at[0], at[0] + shape.at[at[0]][at[1]].rowspan)
            if at[1] > col and shape.at[row][col].col == col
        )
        sides.append(Side(gathered(beside), True))
    corner = "".join(dict.fromkeys(shape.at[head][first].text for head in heads if not shape.full_width(head)))
    return Layer(tuple(side for side in sides if side.over), cells, left, squeeze(corner), records=True)


def above(shape: Shape, head: int, cells: Iterable[At]) -> Iterator[tuple[Cell, At]]:
    """The names of one header row with the cells under them."""
    return (
        (shape.at[head][col], at)
        for at in cells
        for col in range(at[1], at[1] + shape.at[at[0]][at[1]].colspan)
        if shape.at[head][col].row == head and not shape.full_width(head)
    )


def within(shape: Shape, heads: range, body: range, cols: range) -> dict[At, Cell]:
    """Under one head over several columns (主要参数), the words before each cell that name it as a head would."""
    found: dict[At, Cell] = {}
    for head in shape.row(heads[-1]):
        if head.colspan < 2 or head.col <= cols.start or not labels(shape, body.start, body.stop, head.col):
            continue
        inside = range(head.col, head.col + head.colspan)
        pairs = head.colspan > 3 and labels(shape, body.start, body.stop, head.col + 2)
        for row in body:
            for col in inside:
                name = shape.at[row][col - (col - head.col) % 2 if pairs else head.col]
                cell = shape.at[row][col]
                if cell is not name:
                    found[cell.row, cell.col] = name
    return found


def groups(shape: Shape, body: range, first: int) -> dict[int, Cell]:
    """The rows that only head a group (一、原值 with nothing beside it), unless others numbered alike hold figures."""
    heads = {row: cell for row in body if GROUP.search((cell := shape.at[row][first]).text.strip())}
    if all(shape.alone(row) for row in heads):
        return heads
    return {row: cell for row, cell in heads.items() if shape.alone(row) and cell.text.strip()[-1] in ":："}


def grouped(heads: dict[int, Cell], cells: Iterable[At]) -> dict[str, frozenset[At]]:
    """Cells by the row above them that heads their group."""
    above_of = ((max((row for row in heads if row < at[0]), default=None), at) for at in cells)
    return gathered((heads[row], at) for row, at in above_of if row is not None)


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


def merged(one: dict[str, frozenset[At]], other: dict[str, frozenset[At]]) -> dict[str, frozenset[At]]:
    """The names of both."""
    return {name: one.get(name, frozenset()) | other.get(name, frozenset()) for name in {**one, **other}}


@lru_cache(maxsize=4096)
def aliases(text: str) -> tuple[str, ...]:
    """A name in full; without its numbering, its 其中 and what it has in brackets; without 金额 and the like."""
    bare = spelled(NUMBERING.sub("", BRACKETED.sub("", squeeze(text))))
    tail = next((word for word in lexicon()["cells"]["tails"] if bare.endswith(word)), "")
    short = bare.removesuffix(tail) if len(bare) > len(tail) + 1 else bare
    return tuple(dict.fromkeys(name for name in (spelled(text), bare, short) if name))
