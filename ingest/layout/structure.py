"""From what a reader found, in reading order, to a Report: headings, captions, units, headers, title.

Every reader ends here, so a report means the same whatever form it came in. Nothing here opens a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from ingest.codec import whole
from ingest.layout.contents import contents
from ingest.layout.cover import department_of, reads_as_title, title_of, year_of
from ingest.layout.headers import Headers, headers
from ingest.layout.headings import Candidate, Standing, outline
from ingest.layout.hidden import hidden_note, hidden_notes
from ingest.layout.raw import Raw, RawTable, RawText
from ingest.layout.table_heads import Head, table_heads, unit_of_table
from ingest.layout.words import squeeze
from ingest.report import Block, BlockKind, Note, Page, Report, Table

Piece = Report | Page | Block | Table | Note


def report_id(data: bytes) -> str:
    """The id of a report: the first 12 hex digits of the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()[:12]


def assemble(
    parts: Iterable[Raw],
    *,
    data_id: str,
    source: str,
    form: str,
    pages: tuple[Page, ...] = (),
    notes: tuple[Note, ...] = (),
) -> Report:
    """The report that these parts make. `data_id` is `report_id` of the file's bytes."""
    report: Report = whole(assembled(list(parts), Report(data_id, source, form, pages=pages, notes=notes)))
    return report


def assembled(parts: Iterable[Raw], known: Report) -> Iterator[Piece]:
    """The report that these parts make, piece by piece: what is short of it, then its pages, blocks, tables and notes.

    `parts` is gone through twice and never kept, so that a long file may make them anew each time. `known`: what is
    known before. Adds a note 隐藏文字 for every text and table that a reader of the page would not see.
    """
    plan = planned(parts)
    texts = [*plan.visible, *plan.captions]
    tables = (piece for piece in bodies(parts, plan, "") if isinstance(piece, Table))
    title = plan.title
    yield replace(
        known,
        title=title,
        department=department_of(title, texts, tables),
        year=year_of(title, texts),
        pages=(),
        notes=(),
    )
    yield from known.pages
    yield from known.notes
    notes: list[Note] = []
    for piece in bodies(parts, plan, title if plan.has_text else ""):
        if isinstance(piece, Block):
            yield from hidden_note(known.id, piece)
        else:
            notes += hidden_notes(known.id, piece)
        yield piece
    yield from notes


@dataclass(frozen=True, slots=True)
class Plan:
    """What the whole of a report decides about its parts."""

    heads: dict[int, Head]
    """For each table, by its place among the parts, the lines that belong to it."""
    standings: tuple[Standing, ...]
    """Where each part stands."""
    visible: list[str]
    """What a reader of the pages sees, without running headers and footers."""
    captions: list[str]
    title: str

    @property
    def has_text(self) -> bool:
        """Whether there is anything beside tables."""
        return len(self.standings) > len(self.heads)


def planned(parts: Iterable[Raw]) -> Plan:
    """The plan of a report with these parts."""
    seen = _Seen()
    heads = table_heads(seen.noting(kept(parts)))
    captions = [head.caption for at, head in heads.items() if head.caption and at not in seen.hidden]
    title = title_of(seen.visible, seen.styled) or title_of(captions)
    return Plan(heads, standing_of(seen.candidates, heads), seen.visible, captions, title)


class _Seen:
    """What is kept of each part when it has passed."""

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []
        self.visible: list[str] = []
        self.styled: list[str] = []
        self.hidden: set[int] = set()
        """Tables that nobody sees."""

    def noting(self, parts: Iterable[Raw]) -> Iterator[Raw]:
        """The parts themselves, what matters of each noted."""
        for at, part in enumerate(parts):
            if isinstance(part, RawTable):
                self.candidates.append(Candidate("", body=True))
                if part.hidden:
                    self.hidden.add(at)
            else:
                self._note(part)
            yield part

    def _note(self, part: RawText) -> None:
        furniture = part.role == "furniture"
        text = "" if furniture else part.text
        self.candidates.append(Candidate(text, part.style, bool(part.hidden) or part.role != ""))
        if not part.hidden and not furniture:
            self.visible.append(text)
        if part.role == "title":
            self.styled.append(text)


def kept(parts: Iterable[Raw]) -> Iterator[Raw]:
    """The parts without empty texts; a styled heading that is worded as the title of a report is its title.

    Such a title is no section, unless it is numbered as one.
    """
    for part in parts:
        if isinstance(part, RawTable):
            yield part
        elif squeeze(part.text):
            titled = part.style and not part.role and not part.hidden and reads_as_title(part.text)
            yield replace(part, role="title", style=0) if titled else part


def standing_of(candidates: list[Candidate], heads: dict[int, Head]) -> tuple[Standing, ...]:
    """Heading level and section of every part; a table and its lines stand where the text before them stands."""
    bound = {at for head in heads.values() for at in (*head.captions, head.unit) if at is not None}
    bound |= contents([one.text or " " for one in candidates])
    for at in bound:
        candidates[at] = replace(candidates[at], body=True)
    return outline(candidates)


def bodies(parts: Iterable[Raw], plan: Plan, title: str) -> Iterator[Block | Table]:
    """The blocks in their order, each table after its block."""
    numbers = {at: number for number, at in enumerate(plan.heads, 1)}
    captions = {one: numbers[at] for at, head in plan.heads.items() for one in head.captions}
    units = {head.unit: numbers[at] for at, head in plan.heads.items() if head.unit is not None}
    for at, part in enumerate(kept(parts)):
        standing = plan.standings[at]
        if isinstance(part, RawText):
            known: BlockKind = "caption" if at in captions else "unit" if at in units else "paragraph"
            table = captions.get(at) or units.get(at)
            yield text_block(part, at, standing, table, known, title)
        else:
            yield Block(at, "table", "", part.page, section=standing.section, table=numbers[at], hidden=part.hidden)
            yield table_from(part, plan.heads[at], numbers[at], at, standing.section)


def text_block(part: RawText, at: int, standing: Standing, table: int | None, known: BlockKind, title: str) -> Block:
    """The block of a text: `known` is what its place above a table makes of it."""
    kind: BlockKind = "heading" if standing.level else "paragraph"
    if part.role:
        kind = cast(BlockKind, part.role)
    elif known != "paragraph":
        kind = known
    elif not standing.section and title and squeeze(part.text) in squeeze(title):
        kind = "title"
    level = standing.level if kind == "heading" else 0
    return Block(at, kind, part.text, part.page, level, standing.section, table, part.lines, part.hidden)


def table_from(part: RawTable, head: Head, number: int, block: int, section: tuple[str, ...]) -> Table:
    """The Table that a raw grid becomes: with its caption, unit, header and section."""
    header = header_of(part)
    return Table(
        number=number,
        rows=part.rows,
        cols=part.cols,
        cells=part.cells,
        caption=head.caption,
        unit=unit_of_table(part, head, header),
        page=part.page,
        pages=part.pages or ((part.page,) if part.page is not None else ()),
        block=block,
        section=section,
        header_rows=header.rows,
        header_cols=header.cols,
        subheaders=header.subheaders,
        layout=header.layout,
        sheet=part.sheet,
        hidden=part.hidden,
        certain=part.certain,
        doubt=part.doubt,
    )


def header_of(part: RawTable) -> Headers:
    """The header rows and columns of a grid; as many rows as the file itself says, where it does."""
    head = headers(part.cells, part.rows, part.cols)
    if part.header_rows is None or head.layout != "grid":
        return head
    return replace(head, rows=part.header_rows, subheaders=tuple(r for r in head.subheaders if r >= part.header_rows))
