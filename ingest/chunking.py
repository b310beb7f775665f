"""Cuts a report into passages: by heading, paragraph and table row.

A cut never falls inside a sentence, a number or a row. Hidden text and page furniture make no passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.chunk import Chunk
from ingest.report import Block, Cell, Place, Report, Table

RULES = "chunks-2"
"""Version of these rules; part of the name of every index made from chunks."""

FULL = 320
"""A passage of prose takes no further sentence once it has this many characters."""

SMALL = 90
"""A paragraph shorter than this is joined with its neighbours in the same section."""

TABLE = 1000
"""Rows of a table stand together in passages of up to so many characters, beside one passage for each row."""

SEPARATOR = "｜"
HEADS = ("heading", "title")
_END = re.compile(r"[。！？!?\n]+[”’」』）)】》]*")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text with where it stands, before it gets its number and context."""

    text: str
    places: tuple[Place, ...]
    section: tuple[str, ...]


def chunks(report: Report) -> tuple[Chunk, ...]:
    """The passages of a report in reading order."""
    return tuple(
        Chunk(
            id=f"{report.id}:{ordinal}",
            report=report.id,
            text=piece.text,
            places=piece.places,
            section=piece.section,
            embed_text=SEPARATOR.join((*piece.section, piece.text)),
        )
        for ordinal, piece in enumerate(_pieces(report))
    )


def sentence_ends(text: str) -> tuple[int, ...]:
    """Offsets just after each sentence of `text`; the last is its length."""
    ends = [match.end() for match in _END.finditer(text)]
    if text and (not ends or ends[-1] != len(text)):
        ends.append(len(text))
    return tuple(ends)


def _pieces(report: Report) -> Iterator[_Piece]:
    """Prose is gathered until the section changes or a table comes; each table follows where it stands."""
    tables = {table.number: table for table in report.tables}
    prose: list[Block] = []
    for block in report.blocks:
        if block.hidden or block.kind == "furniture":
            continue
        if block.kind == "table" and block.table in tables:
            yield from _prose(report.id, prose)
            prose = []
            yield from _rows(report.id, tables.pop(block.table))
        elif block.kind in ("caption", "unit") and block.table in tables:
            continue
        elif block.text.strip():
            if prose and prose[-1].kind not in HEADS and (block.kind in HEADS or block.section != prose[-1].section):
                yield from _prose(report.id, prose)
                prose = []
            prose.append(block)
    yield from _prose(report.id, prose)
    for table in tables.values():
        yield from _rows(report.id, table)


def _prose(report: str, blocks: Sequence[Block]) -> Iterator[_Piece]:
    """Short paragraphs joined, long ones cut after a sentence."""
    parts: list[tuple[Block, int, int]] = []
    size = 0
    for block in blocks:
        start = 0
        for end in sentence_ends(block.text):
            if parts and (
                size + end - start > FULL or (start == 0 and size >= SMALL and parts[-1][0].kind not in HEADS)
            ):
                yield _joined(report, parts)
                parts, size = [], 0
            if parts and parts[-1][0] is block:
                parts[-1] = (block, parts[-1][1], end)
            else:
                parts.append((block, start, end))
            size += end - start
            start = end
    if parts:
        yield _joined(report, parts)


def _joined(report: str, parts: Sequence[tuple[Block, int, int]]) -> _Piece:
    places = tuple(Place(report, page=block.page, block=block.index, span=(start, end)) for block, start, end in parts)
    text = "\n".join(block.text[start:end].strip("\n") for block, start, end in parts)
    return _Piece(text=text, places=places, section=parts[-1][0].section)


def _rows(report: str, table: Table) -> Iterator[_Piece]:
    """A table as wholes of some rows under its head (caption, unit, header), and each row by itself.

    A row goes without the words of its head: repeated in every row they would outweigh the row's own.
    """
    if table.hidden:
        return
    unit = f"单位：{table.unit}" if table.unit else ""
    context = tuple(part for part in (table.caption, unit) if part)
    cells: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        cells[cell.row].append(cell)
    own = {row: text for row in range(table.rows) if (text := _own_cells(cells[row]))}
    body = [row for row in own if row >= table.header_rows]
    head = "\n".join((*context, *(own[row] for row in own if row < table.header_rows)))
    for rows in _gathered(own, body):
        text = "\n".join(part for part in (head, *(own[row] for row in rows)) if part)
        if text:
            places = tuple(_place(report, table, row, cells[row]) for row in rows) or (_place(report, table),)
            yield _Piece(text, places, table.section)
    for row in body:
        yield _Piece(own[row], (_place(report, table, row, cells[row]),), table.section)


def _gathered(own: dict[int, str], body: Sequence[int]) -> list[list[int]]:
    """Rows put together in as few passages as hold them, filled alike; one empty group for a table without rows.

    Were all but the last filled, a few rows left over would be mostly head, and be found before all that it heads.
    """
    sizes = [len(own[row]) for row in body]
    fewest = len(_filled(sizes, TABLE))
    room = bisect_left(range(TABLE), -fewest, key=lambda room: -len(_filled(sizes, room)))
    starts = _filled(sizes, room)
    return [list(body[start:end]) for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]


def _filled(sizes: Sequence[int], room: int) -> list[int]:
    """Where passages begin that take rows of these sizes while there is room."""
    starts, left = [0], room
    for at, size in enumerate(sizes):
        if size > left and at > starts[-1]:
            starts.append(at)
            left = room
        left -= size
    return starts


def _place(report: str, table: Table, row: int | None = None, cells: Sequence[Cell] = ()) -> Place:
    page = next((cell.page for cell in cells if cell.page), table.page)
    return Place(report, page=page, block=table.block, table=table.number, row=row)


def _own_cells(cells: Sequence[Cell]) -> str:
    """Texts of the cells that begin in a row, left to right; merged cells stand once, where they begin."""
    shown = sorted((cell for cell in cells if not cell.hidden), key=lambda cell: cell.col)
    return SEPARATOR.join(cell.text for cell in shown if cell.text.strip())
