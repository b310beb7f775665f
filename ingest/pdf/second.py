"""The second opinion (第二种读法): pdfplumber reads the pages that anything speaks against; where a figure differs, the
table is 未确认.

Every figure has been read twice by pdfium (witness.py). pdfplumber costs a hundred times as much, so it is asked for
the pages where the two differ, for each font of digits once, and where the drawing of a table leaves its columns or
rows to be inferred. It never changes a cell. A page that should have been asked for and could not be is named.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, NamedTuple

from ingest.pdf.cells import DrawnCell, DrawnTable
from ingest.pdf.page import DrawnPage
from ingest.pdf.styles import Font
from ingest.pdf.witness import DIGITS, contradicted, digits, figures
from ingest.report import Box

BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
    RecursionError,
    OverflowError,
    NotImplementedError,
    struct.error,
    zlib.error,
)
"""What pdfminer raises on files that it cannot parse."""
SAME_LINE = 4.0
"""Points of height within which characters stand on one line."""
SHOWN = 3
"""How many differing cells a doubt names."""
CROWDED = 20_000
"""Objects on a page from which pdfplumber would take many seconds."""
ASKED, SHARE = 20, 20
"""pdfplumber reads at most 20 pages and every twentieth of a file: a report of 100 pages costs it some two seconds."""


@dataclass(slots=True)
class Opinion:
    """The tables as judged, and the pages that pdfplumber should have read and did not."""

    tables: list[DrawnTable]
    unread: list[int] = field(default_factory=list)
    """Pages that it could not read."""
    left: list[int] = field(default_factory=list)
    """Pages beyond the number that it is asked for."""


def confirmed(tables: Sequence[DrawnTable], pages: Mapping[int, DrawnPage], data: bytes) -> Opinion:
    """The tables, those whose figures are read differently marked as not certain. `pages`: by their number."""
    wanted = doubtful(tables, pages)
    most = ASKED + len(pages) // SHARE
    seen = _seen(_fit(wanted, pages)[:most], data)
    alike = _alike(tables, pages, seen)
    wanted += [number for number in alike if number not in wanted]
    seen |= _seen([number for number in _fit(wanted, pages)[:most] if number not in seen], data)
    left = sorted(_fit(wanted, pages)[most:])
    unread = sorted({*wanted} - {*seen} - {*left})
    return Opinion([_judged(table, seen, pages) for table in tables], unread, left)


def _fit(numbers: Sequence[int], pages: Mapping[int, DrawnPage]) -> list[int]:
    """The pages that pdfplumber reads within a reasonable time."""
    return [number for number in numbers if pages[number].objects < CROWDED]


def _alike(tables: Sequence[DrawnTable], pages: Mapping[int, DrawnPage], seen: Mapping[int, _Seen]) -> list[int]:
    """All pages with a font whose figures pdfplumber alone reads otherwise: pdfium may take its digits for others."""
    strange: set[Font] = set()
    for table in tables:
        for cell in table.cells:
            opinion, page = seen.get(cell.page), pages[cell.page]
            if opinion and cell.seen and not contradicted(cell) and _differs(cell, table, opinion, page):
                strange |= {font for font, _ in page.digits}
    every = {number for table in tables for number in table.pages}
    return sorted(number for number in every if strange & {font for font, _ in pages[number].digits})


def doubtful(tables: Sequence[DrawnTable], pages: Mapping[int, DrawnPage]) -> list[int]:
    """The pages to ask pdfplumber for, the most doubtful first."""
    ranks: dict[int, int] = {}
    for table in tables:
        for cell in table.cells:
            if (rank := _rank(cell, table)) < ranks.get(cell.page, 3):
                ranks[cell.page] = rank
        for number in table.pages:
            if table.uncounted:
                ranks[number] = 0
            elif table.mended:
                ranks.setdefault(number, 2)
    chosen = sorted(ranks, key=lambda number: (ranks[number], number))
    known = {drawn for number in chosen for drawn in pages[number].digits}
    fresh = []
    for number in sorted({number for table in tables for number in table.pages} - {*chosen}):
        if not pages[number].digits <= known:
            fresh.append(number)
            known |= pages[number].digits
    urgent = sum(rank == 0 for rank in ranks.values())
    return [*chosen[:urgent], *fresh, *chosen[urgent:]]


def _rank(cell: DrawnCell, table: DrawnTable) -> int:
    """How doubtful a cell is: 0 its figures are read differently, 1 its place is inferred, 3 not at all."""
    if contradicted(cell):
        return 0
    if not DIGITS.search(cell.text):
        return 3
    merged = cell.area.rowspan * cell.area.colspan > 1 and cell.text.replace(",", "").replace(".", "").isdecimal()
    return 1 if table.ruled and (merged or "\n" in cell.text) else 3


def prepare() -> None:
    """Load pdfplumber."""
    import pdfplumber  # noqa: F401


def _seen(numbers: Sequence[int], data: bytes) -> dict[int, _Seen]:
    """What pdfplumber sees on these pages; those that it cannot read are missing."""
    if not numbers:
        return {}
    import pdfplumber
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    broken = (PSException, PdfminerException, *BROKEN)
    found: dict[int, _Seen] = {}
    try:
        with pdfplumber.open(BytesIO(data), pages=list(numbers)) as document:
            for page in document.pages:
                try:
                    found[page.page_number] = _Seen(page)
                except broken:
                    continue
    except broken:
        return found
    return found


class _Char(NamedTuple):
    left: float
    right: float
    middle: float
    text: str


class _Seen:
    """What pdfplumber sees on a page: its characters and its table cells."""

    def __init__(self, page: Any) -> None:
        left, top = page.bbox[0], page.bbox[1]
        chars = [
            _Char(char["x0"] - left, char["x1"] - left, (char["top"] + char["bottom"]) / 2 - top, char["text"])
            for char in page.chars
        ]
        self.chars = sorted(chars, key=lambda char: char.middle)
        self.heights = [char.middle for char in self.chars]
        self.cells: list[Box] = [
            (x0 - left, y0 - top, x1 - left, y1 - top) for table in page.find_tables() for x0, y0, x1, y1 in table.cells
        ]
        page.close()

    def within(self, box: Box) -> list[_Char]:
        """The characters whose middle lies in a box, from the top."""
        x0, top, x1, bottom = box
        near = self.chars[bisect_left(self.heights, top) : bisect_right(self.heights, bottom)]
        return [char for char in near if x0 <= (char.left + char.right) / 2 <= x1]

    def text(self, box: Box) -> str:
        """The characters in a box, line by line, each stroke of a fake bold once."""
        lines: list[list[_Char]] = []
        for char in self.within(box):
            if lines and char.middle - lines[-1][0].middle < SAME_LINE:
                lines[-1].append(char)
            else:
                lines.append([char])
        return "".join(_once(sorted(line)) for line in lines)

    def cell(self, box: Box) -> Box | None:
        """The smallest cell of pdfplumber's around the middle of a box."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        around = [one for one in self.cells if one[0] <= x <= one[2] and one[1] <= y <= one[3]]
        return min(around, key=lambda one: (one[2] - one[0]) * (one[3] - one[1]), default=None)


def _once(line: Sequence[_Char]) -> str:
    """The text of a line without characters drawn a second time in the same place."""
    kept: list[_Char] = []
    for char in line:
        twice = any(
            old.text == char.text and char.left - old.left < 0.4 * (char.right - char.left) for old in kept[-2:]
        )
        if not twice:
            kept.append(char)
    return "".join(char.text for char in kept)


def _judged(table: DrawnTable, seen: Mapping[int, _Seen], pages: Mapping[int, DrawnPage]) -> DrawnTable:
    doubts = list(_doubts(table, seen, pages))
    if doubts:
        more = f"等 {len(doubts)} 处" if len(doubts) > SHOWN else ""
        said = f"两种独立读法对下列单元格的数字不一致，请对照原件：{'；'.join(doubts[:SHOWN])}{more}。"
    elif table.uncounted and not _is_counted(table, seen, pages):
        said = "两种独立读法在这张表里读到的数字个数不一致，可能有数字没有进入单元格，请对照原件。"
    else:
        return table
    return replace(table, certain=False, doubt=said)


def _is_counted(table: DrawnTable, seen: Mapping[int, _Seen], pages: Mapping[int, DrawnPage]) -> bool:
    """Whether pdfplumber finds in the boxes of a table the digits that stand in its cells, and no others."""
    texts = []
    for number, box in zip(table.pages, table.boxes, strict=True):
        if number in seen:
            texts.append(seen[number].text(pages[number].frame.back(box, pages[number].shown)))
    return digits(texts) == digits(cell.text for cell in table.cells if cell.page in seen)


def _doubts(table: DrawnTable, seen: Mapping[int, _Seen], pages: Mapping[int, DrawnPage]) -> Iterator[str]:
    """The cells whose figures are read otherwise: by pdfplumber where it was asked, or else by pdfium's own reading."""
    for cell in table.cells:
        opinion = seen.get(cell.page)
        if not contradicted(cell) and not (opinion and cell.seen and DIGITS.search(cell.text)):
            continue
        if opinion is None or _differs(cell, table, opinion, pages[cell.page]):
            yield f"第{cell.page}页第{cell.area.row + 1}行第{cell.area.col + 1}列“{cell.text}”"


def _differs(cell: DrawnCell, table: DrawnTable, opinion: _Seen, page: DrawnPage) -> bool:
    """Whether pdfplumber reads other figures in a cell; on a turned page, where it keeps no lines, other digits."""
    box = page.frame.back(cell.box, page.shown)
    box = (table.ruled and opinion.cell(box)) or box
    if page.frame != page.shown:
        return digits(char.text for char in opinion.within(box)) != digits([cell.text])
    return figures(opinion.text(box)) != figures(cell.text)
