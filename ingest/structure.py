"""From what a reader found, in reading order, to a Report: headings, captions, units, headers, title.

Every reader ends here, so a report means the same whatever form it came in. Nothing here opens a file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.captions import is_caption, is_period_line, is_unit_line, unit_of
from ingest.cover import department_of, reads_as_title, title_of, year_of
from ingest.errors import TooLarge
from ingest.headers import Headers, headers
from ingest.headings import Candidate, Standing, outline
from ingest.report import Block, BlockKind, Cell, Hidden, Line, Note, Page, Place, Report, Table
from ingest.words import squeeze

MOST_CELLS = 2_000_000
Role = Literal["", "title", "note", "furniture"]


@dataclass(frozen=True, slots=True)
class RawText:
    """A paragraph or line as a reader found it; `text` is verbatim, visual lines joined."""

    text: str
    page: int | None = None
    lines: tuple[Line, ...] = ()
    hidden: Hidden = ""
    role: Role = ""
    """What the reader knows it to be: styled as the title, a footnote or comment, a running header or footer."""
    style: int = 0
    """Heading level that the file's own style gives; 0 for none."""
    centered: bool = False


@dataclass(frozen=True, slots=True)
class RawTable:
    """A grid as a reader found it. `header_rows` only where the file itself says so (<thead>, a repeated row)."""

    cells: tuple[Cell, ...]
    rows: int
    cols: int
    page: int | None = None
    pages: tuple[int, ...] = ()
    caption: str = ""
    unit: str = ""
    header_rows: int | None = None
    sheet: str = ""
    hidden: Hidden = ""
    certain: bool = True
    doubt: str = ""


Raw = RawText | RawTable


@dataclass(frozen=True, slots=True)
class Head:
    """The lines that belong to a table (表题、单位), by their index among the parts."""

    captions: tuple[int, ...] = ()
    unit: int | None = None


def report_id(data: bytes) -> str:
    """The id of a report: the first 12 hex digits of the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()[:12]


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


def fill_gaps(cells: Sequence[Cell], rows: int, cols: int, page: int | None = None) -> tuple[Cell, ...]:
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
        kept.append(replace(cell, rowspan=height, colspan=width))
    gaps = [Cell(row, col, "", page=page) for row in range(rows) for col in range(cols) if (row, col) not in taken]
    return tuple(sorted((*kept, *gaps), key=lambda one: (one.row, one.col)))


def assemble(
    parts: Sequence[Raw],
    *,
    data_id: str,
    source: str,
    form: str,
    pages: tuple[Page, ...] = (),
    notes: tuple[Note, ...] = (),
) -> Report:
    """The report that these parts make. `data_id` is `report_id` of the file's bytes.

    Adds a note 隐藏文字 for every text and table that a reader of the page would not see.
    """
    parts = [part for part in parts if not (isinstance(part, RawText) and not squeeze(part.text))]
    parts = [with_title_role(part) for part in parts]
    heads = table_heads(parts)
    bound = {at for head in heads.values() for at in (*head.captions, head.unit) if at is not None}
    texts = [at for at, part in enumerate(parts) if isinstance(part, RawText)]
    standings = standing_of(parts, bound)
    visible = [
        part.text for part in parts if isinstance(part, RawText) and not part.hidden and part.role != "furniture"
    ]
    styled = [part.text for part in parts if isinstance(part, RawText) and part.role == "title"]
    title = title_of(visible, styled)
    tables = make_tables(parts, heads, standings)
    captions = [table.caption for table in tables if table.caption and not table.hidden]
    title = title or title_of(captions)
    blocks = make_blocks(parts, heads, standings, title if texts else "")
    return Report(
        id=data_id,
        source=source,
        form=form,
        title=title,
        department=department_of(title, [*visible, *captions], tables),
        year=year_of(title, [*visible, *captions]),
        pages=pages,
        blocks=blocks,
        tables=tables,
        notes=(*notes, *hidden_notes(data_id, blocks, tables)),
    )


def with_title_role(part: Raw) -> Raw:
    """A styled, unnumbered heading that is worded as the title of a report is its title, not a section."""
    if isinstance(part, RawText) and part.style and not part.role and not part.hidden and reads_as_title(part.text):
        return replace(part, role="title", style=0)
    return part


def table_heads(parts: Sequence[Raw]) -> dict[int, Head]:
    """For each table its caption and unit lines: the lines directly above it, nearest first, and no further."""
    found = {}
    for at, part in enumerate(parts):
        if isinstance(part, RawTable):
            found[at] = head_above(parts, at)
    return found


def head_above(parts: Sequence[Raw], at: int) -> Head:
    """Caption, period and unit lines right above the table at `at`; furniture and hidden text are stepped over."""
    captions: list[int] = []
    unit: int | None = None
    above = at - 1
    while above >= 0 and at - above <= 6 and isinstance(part := parts[above], RawText):
        if part.role == "furniture" or part.hidden:
            above -= 1
            continue
        if unit is None and is_unit_line(part.text) and not captions:
            unit = above
        elif not captions and is_period_line(part.text):
            captions.insert(0, above)
        elif is_caption(part.text, part.centered and not part.style):
            captions.insert(0, above)
            break
        else:
            break
        above -= 1
    if captions and all(is_period_line(parts[one].text) for one in captions if isinstance(parts[one], RawText)):  # type: ignore[union-attr]
        captions = []
    return Head(tuple(captions), unit)


def standing_of(parts: Sequence[Raw], bound: set[int]) -> dict[int, Standing]:
    """Heading level and section of every part; a table and its lines stand where the text before them stands."""
    candidates = []
    for at, part in enumerate(parts):
        if isinstance(part, RawTable):
            candidates.append(Candidate("", body=True))
            continue
        body = bool(part.hidden) or part.role != "" or at in bound
        candidates.append(Candidate(part.text, part.style, body))
    return dict(enumerate(outline(tuple(candidates))))


def make_tables(parts: Sequence[Raw], heads: dict[int, Head], standings: dict[int, Standing]) -> tuple[Table, ...]:
    """The tables, numbered in reading order, each with its caption, unit, header and section."""
    found: list[Table] = []
    for at, part in enumerate(parts):
        if not isinstance(part, RawTable):
            continue
        lines = [one.text.strip() for one in (parts[index] for index in heads[at].captions) if isinstance(one, RawText)]
        unit_line = parts[unit] if (unit := heads[at].unit) is not None else None
        caption, inner_unit = head_inside(part)
        caption = part.caption or " ".join(lines) or caption or named_sheet(part.sheet)
        unit_text = unit_line.text if isinstance(unit_line, RawText) else ""
        head = headers(part.cells, part.rows, part.cols)
        if part.header_rows is not None and head.layout == "grid":
            head = replace(
                head, rows=part.header_rows, subheaders=tuple(r for r in head.subheaders if r >= part.header_rows)
            )
        found.append(
            table_from(
                part,
                head,
                len(found) + 1,
                at,
                caption,
                standings[at].section,
                part.unit or unit_of(unit_text) or inner_unit or unit_of(caption),
            )
        )
    return tuple(found)


def table_from(
    part: RawTable, head: Headers, number: int, block: int, caption: str, section: tuple[str, ...], unit: str
) -> Table:
    """The Table that a raw grid becomes once its head is known."""
    return Table(
        number=number,
        rows=part.rows,
        cols=part.cols,
        cells=part.cells,
        caption=caption,
        unit=unit,
        page=part.page,
        pages=part.pages or ((part.page,) if part.page is not None else ()),
        block=block,
        section=section,
        header_rows=head.rows,
        header_cols=head.cols,
        subheaders=head.subheaders,
        layout=head.layout,
        sheet=part.sheet,
        hidden=part.hidden,
        certain=part.certain,
        doubt=part.doubt,
    )


def named_sheet(sheet: str) -> str:
    """The name of a sheet where somebody gave it one: Sheet1 and 工作表2 say nothing."""
    return "" if re.fullmatch(r"(?:sheet|工作表|表)\s*\d*", sheet.strip(), re.IGNORECASE) else sheet


def head_inside(part: RawTable) -> tuple[str, str]:
    """Caption and unit that stand inside the grid, in full-width rows at its top (as spreadsheets have them)."""
    caption = unit = ""
    for row in range(min(4, part.rows)):
        said = [cell for cell in part.cells if cell.row == row and squeeze(cell.text)]
        if len(said) > 2 or any(cell.rowspan > 1 for cell in said):
            break
        for cell in said:
            if cell.colspan == part.cols or len(said) == 1 or is_unit_line(cell.text):
                if is_unit_line(cell.text):
                    unit = unit or unit_of(cell.text)
                elif not caption and is_caption(cell.text):
                    caption = cell.text.strip()
    return caption, unit


def make_blocks(
    parts: Sequence[Raw], heads: dict[int, Head], standings: dict[int, Standing], title: str
) -> tuple[Block, ...]:
    """One block per part, with its kind, section and the table it belongs to."""
    numbers = {at: number for number, at in enumerate(heads, 1)}
    caption_of = {one: numbers[at] for at, head in heads.items() for one in head.captions}
    unit_of_table = {head.unit: numbers[at] for at, head in heads.items() if head.unit is not None}
    blocks = []
    for at, part in enumerate(parts):
        standing = standings[at]
        if isinstance(part, RawTable):
            blocks.append(
                Block(at, "table", "", part.page, section=standing.section, table=numbers[at], hidden=part.hidden)
            )
            continue
        kind: BlockKind = "heading" if standing.level else "paragraph"
        if part.role:
            kind = part.role
        elif at in caption_of:
            kind = "caption"
        elif at in unit_of_table:
            kind = "unit"
        elif not standing.section and title and squeeze(part.text) and squeeze(part.text) in squeeze(title):
            kind = "title"
        level = standing.level if kind == "heading" else 0
        table = caption_of.get(at) or unit_of_table.get(at)
        blocks.append(Block(at, kind, part.text, part.page, level, standing.section, table, part.lines, part.hidden))
    return tuple(blocks)


HIDDEN_WORDS = {
    "white": "白色文字",
    "tiny": "极小的文字",
    "invisible": "不可见文字",
    "offpage": "页面以外的文字",
    "covered": "被遮盖的文字",
    "vanished": "设为隐藏的文字",
    "sheet": "隐藏的工作表",
    "row": "隐藏的行或列",
}


def hidden_notes(data_id: str, blocks: Sequence[Block], tables: Sequence[Table]) -> tuple[Note, ...]:
    """A note for each hidden text, table and cell: what it is, how it begins and where it stands."""
    notes = []
    for block in blocks:
        if block.hidden and block.kind != "table":
            place = Place(data_id, block.page, block.index)
            notes.append(Note("隐藏文字", f"{HIDDEN_WORDS[block.hidden]}：{block.text.strip()[:60]}", place))
    for table in tables:
        place = Place(data_id, table.page, table.block, table.number)
        if table.hidden:
            name = table.sheet or table.caption or f"表{table.number}"
            notes.append(Note("隐藏文字", f"{HIDDEN_WORDS[table.hidden]}：{name}", place))
            continue
        for cell in table.cells:
            if cell.hidden and squeeze(cell.text):
                at = replace(place, page=cell.page or table.page, row=cell.row, col=cell.col)
                notes.append(Note("隐藏文字", f"{HIDDEN_WORDS[cell.hidden]}：{cell.text.strip()[:60]}", at))
    return tuple(notes)
