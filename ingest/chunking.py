"""Cuts a report into passages: by heading, paragraph and table row.

A cut never falls inside a sentence, a number or a row. Hidden text and page furniture make no passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.chunk import Chunk
from ingest.fact import Fact, label
from ingest.report import Block, Place, Report, Table, grid

RULES = "chunks-1"
"""Version of these rules; part of the name of every index made from chunks."""

FULL = 320
"""A passage of prose takes no further sentence once it has this many characters."""

SMALL = 90
"""A paragraph shorter than this is joined with its neighbours in the same section."""

SEPARATOR = "｜"
HEADS = ("heading", "title")
_END = re.compile(r"[。！？!?\n]+[”’」』）)】》]*")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text with where it stands, before it gets its number and context."""

    text: str
    places: tuple[Place, ...]
    section: tuple[str, ...]
    context: tuple[str, ...] = ()
    words: str = ""
    """What is embedded in place of `text`, where that is not the text itself."""


def chunks(report: Report, facts: Sequence[Fact] = ()) -> tuple[Chunk, ...]:
    """The passages of a report in reading order; `facts` lend table rows the labels the ledger found."""
    labels = _row_labels(facts)
    head = tuple(part for part in (report.department, f"{report.year}年度" if report.year else "") if part)
    made = []
    for ordinal, piece in enumerate(_pieces(report, labels)):
        parts = (*head, *piece.section, *piece.context, piece.words or piece.text)
        made.append(
            Chunk(
                id=f"{report.id}:{ordinal}",
                report=report.id,
                text=piece.text,
                places=piece.places,
                section=piece.section,
                embed_text=SEPARATOR.join(part for part in parts if part),
            )
        )
    return tuple(made)


def sentence_ends(text: str) -> tuple[int, ...]:
    """Offsets just after each sentence of `text`; the last is its length."""
    ends = [match.end() for match in _END.finditer(text)]
    if text and (not ends or ends[-1] != len(text)):
        ends.append(len(text))
    return tuple(ends)


def _pieces(report: Report, labels: dict[tuple[int, int], str]) -> Iterator[_Piece]:
    """Prose is gathered until the section changes or a table comes; each table follows where it stands."""
    tables = {table.number: table for table in report.tables}
    prose: list[Block] = []
    for block in report.blocks:
        if block.hidden or block.kind == "furniture":
            continue
        if block.kind == "table" and block.table in tables:
            yield from _prose(report.id, prose)
            prose = []
            yield from _rows(report.id, tables.pop(block.table), labels)
        elif block.kind in ("caption", "unit") and block.table in tables:
            continue
        elif block.text.strip():
            if prose and prose[-1].kind not in HEADS and (block.kind in HEADS or block.section != prose[-1].section):
                yield from _prose(report.id, prose)
                prose = []
            prose.append(block)
    yield from _prose(report.id, prose)
    for table in tables.values():
        yield from _rows(report.id, table, labels)


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


def _rows(report: str, table: Table, labels: dict[tuple[int, int], str]) -> Iterator[_Piece]:
    """The head of a table (caption, unit, header) and then one passage for each row."""
    if table.hidden:
        return
    unit = f"单位：{table.unit}" if table.unit else ""
    context = tuple(part for part in (table.caption, unit) if part)
    own = {row: _own_cells(table, row) for row in range(table.rows)}
    header = "\n".join(own[row] for row in range(min(table.header_rows, table.rows)) if own[row])
    if context or header:
        page = table.page
        text = "\n".join(part for part in (*context, header) if part)
        yield _Piece(text, (Place(report, page=page, block=table.block, table=table.number),), table.section)
    filled = grid(table)
    heads = _column_heads(table, filled)
    for row in range(table.header_rows, table.rows):
        if not own[row]:
            continue
        page = next((cell.page for cell in table.cells if cell.row == row and cell.page), table.page)
        place = Place(report, page=page, block=table.block, table=table.number, row=row)
        words = SEPARATOR.join(
            part for part in (_read_out(table, filled[row], heads), labels.get((table.number, row), "")) if part
        )
        yield _Piece(own[row], (place,), table.section, context, words)


def _own_cells(table: Table, row: int) -> str:
    """Texts of the cells that begin in this row, left to right; merged cells stand once, where they begin."""
    cells = sorted((cell for cell in table.cells if cell.row == row and not cell.hidden), key=lambda cell: cell.col)
    return SEPARATOR.join(cell.text for cell in cells if cell.text.strip())


def _column_heads(table: Table, filled: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The header path of each column, outermost first, repeats left out."""
    heads = []
    for col in range(table.cols):
        path = dict.fromkeys(filled[row][col].strip() for row in range(min(table.header_rows, table.rows)))
        heads.append(" ".join(part for part in path if part))
    return tuple(heads)


def _read_out(table: Table, row: tuple[str, ...], heads: tuple[str, ...]) -> str:
    """A row in words: each value after the path of its column, a merged value once."""
    said, previous = [], None
    for head, value in zip(heads, row, strict=True):
        if value.strip() and (head, value) != previous:
            said.append(f"{head} {value}" if head and table.layout == "grid" else value)
        previous = (head, value)
    return SEPARATOR.join(said)


def _row_labels(facts: Sequence[Fact]) -> dict[tuple[int, int], str]:
    """What the ledger calls the figures of each table row, each name once."""
    names: dict[tuple[int, int], dict[str, None]] = {}
    for fact in facts:
        if fact.place.table is not None and fact.place.row is not None:
            row = names.setdefault((fact.place.table, fact.place.row), {})
            row.update(dict.fromkeys(part for part in (label(fact), fact.period, fact.basis) if part))
    return {key: " ".join(row) for key, row in names.items()}
