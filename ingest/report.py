"""What a report says, as values: pages, blocks, tables, cells and where each stands.

All types are frozen; nothing here reads a file or judges a figure.
Coordinates are PDF points from the top left corner of the page, as displayed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ingest.record import record

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, origin top left."""

Hidden = Literal["", "white", "tiny", "invisible", "offpage", "covered", "vanished", "sheet", "row"]
"""Why a reader of the page would not see this text (隐藏文字); "" means visible."""

BlockKind = Literal["title", "heading", "paragraph", "caption", "unit", "table", "note", "furniture"]
"""`note`: footnote or comment; `furniture`: running header, footer, page number (页眉页脚页码)."""


@record
class Place:
    """Where something stands (位置). Rows and columns count from 0 in the table's grid."""

    report: str
    page: int | None = None
    """Physical page from 1; None where the form has no pages (DOCX, HTML)."""
    block: int | None = None
    """Index into `Report.blocks`."""
    table: int | None = None
    """`Table.number`, from 1 in reading order."""
    row: int | None = None
    col: int | None = None
    span: tuple[int, int] | None = None
    """Characters in the block's text, or in the cell's text for a table place."""


@dataclass(frozen=True, slots=True)
class Line:
    """One visual line of a block: the span of block text it carries and where it is drawn."""

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    edges: tuple[float, ...] = ()
    """Left x of each character and the right x of the last: end - start + 1 numbers, or empty."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or table in reading order."""

    index: int
    kind: BlockKind
    text: str
    """Verbatim, visual lines joined; empty for a table block."""
    page: int | None = None
    level: int = 0
    """Heading level from 1; 0 for anything else."""
    section: tuple[str, ...] = ()
    """Texts of the headings this block stands under, outermost first."""
    table: int | None = None
    """`Table.number` for kind "table", and for the caption and unit lines that belong to it."""
    lines: tuple[Line, ...] = ()
    hidden: Hidden = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; merged cells stand once, at their top left, with their spans."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None
    box: Box | None = None
    hidden: Hidden = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table exact to the cell. Invariant: the areas of all cells sum to rows × cols."""

    number: int
    rows: int
    cols: int
    cells: tuple[Cell, ...]
    caption: str = ""
    unit: str = ""
    """As printed at the table's head (单位：万元 → 万元); "" where none is printed."""
    page: int | None = None
    """Page on which it begins."""
    pages: tuple[int, ...] = ()
    block: int | None = None
    section: tuple[str, ...] = ()
    header_rows: int = 0
    header_cols: int = 0
    subheaders: tuple[int, ...] = ()
    """Rows further down that open a new layer of header (表中部又起的表头)."""
    layout: Literal["grid", "pairs"] = "grid"
    """`pairs`: label and value alternate along each row (标签—值交替)."""
    sheet: str = ""
    hidden: Hidden = ""
    certain: bool = True
    """False when two independent readings differ in a numeric cell (未确认)."""
    doubt: str = ""
    """Why it is not certain, in Chinese."""


@dataclass(frozen=True, slots=True)
class Page:
    """A physical page. `label` is what is printed on it or named by the file (i, ii, 1 …)."""

    number: int
    label: str = ""
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader noticed about the file itself (hidden text, tracked changes, OCR …)."""

    kind: str
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read (报告). `id` is the first 12 hex digits of the SHA-256 of its bytes."""

    id: str
    source: str
    form: str
    title: str = ""
    department: str = ""
    year: int | None = None
    """The year under review (评价年度)."""
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = field(default=())
    notes: tuple[Note, ...] = ()


def grid(table: Table) -> tuple[tuple[str, ...], ...]:
    """Texts by row and column, merged cells repeated in every position they cover."""
    filled = [[""] * table.cols for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                filled[row][col] = cell.text
    return tuple(tuple(row) for row in filled)


def cell_at(table: Table, row: int, col: int) -> Cell | None:
    """The cell that covers a position, or None outside the grid."""
    for cell in table.cells:
        if cell.row <= row < cell.row + cell.rowspan and cell.col <= col < cell.col + cell.colspan:
            return cell
    return None


def table_of(report: Report, number: int) -> Table | None:
    """The table with this number."""
    return next((table for table in report.tables if table.number == number), None)
