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
from ingest.contents import contents
from ingest.cover import department_of, reads_as_title, title_of, year_of
from ingest.headers import Headers, headers
from ingest.headings import Candidate, Standing, outline
from ingest.hidden import hidden_notes
from ingest.report import Block, BlockKind, Cell, Hidden, Line, Note, Page, Report, Table
from ingest.words import squeeze

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
    texts = ["" if isinstance(part, RawTable) or part.role == "furniture" else part.text for part in parts]
    listed = contents([text or " " for text in texts])
    for at, part in enumerate(parts):
        if isinstance(part, RawTable):
            candidates.append(Candidate("", body=True))
            continue
        body = bool(part.hidden) or part.role != "" or at in bound or at in listed
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
                part.unit or unit_of(unit_text) or inner_unit or unit_of(caption) or unit_in_corner(part, head),
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
        form = all("：" in cell.text or ":" in cell.text for cell in said)  # 填报单位：x｜填报日期：x｜单位：万元
        if (len(said) > 2 and not form) or any(cell.rowspan > 1 for cell in said):
            break
        for cell in said:
            if cell.colspan == part.cols or len(said) == 1 or is_unit_line(cell.text):
                if is_unit_line(cell.text):
                    unit = unit or unit_of(cell.text)
                elif not caption and is_caption(cell.text):
                    caption = cell.text.strip()
    return caption, unit


def unit_in_corner(part: RawTable, head: Headers) -> str:
    """The unit that stands where the header rows and the row names meet (单位：万元 in the corner), or ""."""
    corner = [cell for cell in part.cells if cell.row < head.rows and cell.col < head.cols]
    return next((unit_of(cell.text) for cell in corner if is_unit_line(cell.text)), "")


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
