"""A report as prose under titles: its headings, and the words that stand in its tables under labels and heads (文字格).

A form (标签—内容) and a table of words (问题—原因—措施) read like sections here; cells of figures belong to the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.wording import describe
from ingest.layout.words import squeeze
from ingest.report import Block, Cell, Place, Report, Table, grid

TITLE = re.compile(r"[^，。；：:！？…\d]{2,30}(?:职责|职能|设置|说明|解释|情况|概况|构成|介绍)")
"""A line that is a title though the reader took it for a paragraph."""
FIGURE = re.compile(r"[^一-龥]*\d[^一-龥]*[一-龥]{0,3}|[^一-龥]*")
"""A cell that holds a figure with its unit, or no words at all."""
WORDS = re.compile("原因|问题|措施|建议|内容|责任|时限|期限")
"""The head of a column of words, however short they are."""
LONG = 12
"""A cell of so many characters of words is prose; with marks inside, two thirds of it are enough."""


@dataclass(frozen=True, slots=True)
class CellText(Block):
    """The words of a cell, seen as a paragraph under its labels; `index` is that of the table's block."""

    row: int = 0
    col: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a block's text."""

    report: Report
    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence(Stretch):
    """A sentence of a report with its place among all."""

    order: int


@dataclass(frozen=True, slots=True)
class Part:
    """Prose under a title (章节): a section, a cell of a form, a column or a row of a table of words."""

    report: Report
    titles: tuple[str, ...]
    """Outermost first; the last is its own."""
    body: tuple[Block, ...]
    """Headings within it, paragraphs and cells."""
    short: bool = False
    """A cell of few words, which says little without its title."""

    @property
    def text(self) -> str:
        return "".join(block.text.strip() for block in self.body)


def cited(report: Report, block: Block, start: int = 0, end: int | None = None) -> Citation:
    """The citation of a run of a block or of a cell."""
    span = (start, len(block.text) if end is None else end)
    place = Place(report.id, block.page, block.index, span=span)
    if isinstance(block, CellText):
        place = replace(place, table=block.table, row=block.row, col=block.col)
    return Citation(place, block.text[slice(*span)].strip(), describe(place, report))


def prose(report: Report) -> Iterator[Block]:
    """Visible paragraphs and notes in reading order, and where a table stands the prose of its cells."""
    tables = {table.number: table for table in report.tables}
    for block in report.blocks:
        if block.hidden:
            continue
        if block.kind in ("paragraph", "note"):
            yield block
        elif block.kind == "table" and block.table in tables:
            yield from (cell for cell in cells(tables[block.table]) if is_long(cell.text))


def parts(report: Report) -> Iterator[Part]:
    """All titled prose of a report in reading order, an outer section before those within it."""
    tables = {table.number: table for table in report.tables}
    for at, block in enumerate(report.blocks):
        if block.hidden:
            continue
        if block.kind == "heading" or is_title(block):
            body = tuple(under(report, at))
            if body:
                yield Part(report, (*block.section, block.text.strip()), body)
        elif block.kind == "table" and block.table in tables:
            yield from _of_table(report, tables[block.table])


def is_title(block: Block) -> bool:
    """A short line without a sentence that names a section."""
    return block.kind == "paragraph" and bool(TITLE.fullmatch(re.sub(r"^\d{4}年", "", block.text.strip())))


def under(report: Report, at: int) -> Iterator[Block]:
    """What stands under a title, up to the next of its rank: headings, paragraphs, words of tables."""
    title = report.blocks[at]
    tables = {table.number: table for table in report.tables}
    for block in report.blocks[at + 1 :]:
        ends = block.level <= title.level if title.kind == "heading" else True
        if is_title(block) or (block.kind == "heading" and ends) or block.kind == "title":
            return
        if block.hidden:
            continue
        if block.kind in ("paragraph", "heading", "note") and block.text.strip():
            yield block
        elif block.kind == "table" and block.table in tables:
            told: list[Block] = [cell for cell in cells(tables[block.table]) if is_long(cell.text)]
            yield from told or [block]


def _of_table(report: Report, table: Table) -> Iterator[Part]:
    """The columns of a table of words, and each cell of words under its labels; what no label names is no part."""
    told = [cell for cell in cells(table) if cell.section]
    columns: dict[int, list[CellText]] = {}
    for cell in told:
        columns.setdefault(cell.col, []).append(cell)
    for found in columns.values():
        head = found[0].section[-1]
        if (
            len(found) > 1
            and all(cell.section[-1] == head for cell in found)
            and (any(is_long(c.text) for c in found) or WORDS.search(head))
        ):
            yield Part(report, (table.caption, head), tuple(found))
    for cell in told:
        yield Part(report, cell.section, (cell,), not is_long(cell.text))


def cells(table: Table) -> Iterator[CellText]:
    """The cells of words of a table, each under its caption, the labels left of it and the head above it."""
    if table.hidden:
        return
    texts = grid(table)
    heads = _heads(table, texts)
    body = [one for one in table.cells if one.row >= table.header_rows and one.row not in heads and one.text.strip()]
    worded = {(over, one.col) for one in body if is_long(one.text) and _head(table, one, over := _over(heads, one.row))}
    for cell in sorted(body, key=lambda one: (one.row, one.col)):
        over, row = _over(heads, cell.row), texts[cell.row]
        opens = next((col for col in range(cell.col) if is_long(row[col]) or (over, col) in worded), cell.col)
        head = _head(table, cell, over)
        named = bool(cell.col and WORDS.search(head))
        in_words = _is_label(cell.text) and (opens < cell.col or (over, cell.col) in worded)
        if cell.hidden or not (is_long(cell.text) or in_words or named):
            continue
        left = [squeeze(text) for text in row[:opens] if _is_label(text)]
        left = left or list(map(squeeze, row[opens : cell.col]))[:1]
        if table.layout == "pairs" or (not head and cell.col):
            head = squeeze(row[cell.col - 1]) if cell.col and _is_label(row[cell.col - 1]) else ""
        if is_long(cell.text) or (head and (left or (over, cell.col) in worded)):
            titles = tuple(one for one in dict.fromkeys((table.caption, *left, head)) if one)
            yield CellText(
                table.block or 0, "paragraph", cell.text, cell.page or table.page, 0, titles, table.number,
                row=cell.row, col=cell.col,
            )  # fmt: skip


def is_long(text: str) -> bool:
    """Whether a cell's text is prose, not a label or a figure."""
    words = len(re.findall(r"[一-龥]", text))
    return words >= LONG or (words * 3 >= LONG * 2 and bool(re.search(r"[，。；]", text)))


def _is_label(text: str) -> bool:
    bare = squeeze(text)
    return bool(bare) and not is_long(bare) and not FIGURE.fullmatch(bare)


def _heads(table: Table, texts: Sequence[Sequence[str]]) -> list[int]:
    """The rows that name columns: those the reader knows, and rows of labels alone above a row that is none."""
    known = [row for row in (*range(table.header_rows), *table.subheaders) if len(set(texts[row])) > 1]
    found = []
    for row in range(table.header_rows, table.rows - 1):
        named = set(filter(None, map(squeeze, texts[row])))
        if len(named) > 2 and all(map(_is_label, named)) and not all(_is_label(t) for t in texts[row + 1] if t.strip()):
            found.append(row)
    return sorted({*known, *found})


def _over(heads: Sequence[int], row: int) -> int:
    """The row of heads that a row stands under, or -1."""
    return max((one for one in heads if one < row), default=-1)


def _head(table: Table, cell: Cell, over: int) -> str:
    """The label in a row of heads that stands just over a cell."""
    return next(
        (
            squeeze(other.text)
            for other in table.cells
            if (other.row, other.col, other.colspan) == (over, cell.col, cell.colspan) and _is_label(other.text)
        ),
        "",
    )
