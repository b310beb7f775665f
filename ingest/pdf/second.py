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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ingest.pdf.cells import DrawnCell, DrawnTable
from ingest.pdf.native import uncollected
from ingest.pdf.page import DrawnPage
from ingest.pdf.styles import Drawn, Font
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


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What speaks against the figures of a page."""

    page: int
    rank: int
    """0: figures are read differently; 1: the place of one is inferred; 2: of the grid; 3: nothing."""
    tabled: bool
    """Whether it holds tables."""
    objects: int
    """How much is drawn on it: what pdfplumber's time depends on."""
    digits: frozenset[Drawn]

    @property
    def crowded(self) -> bool:
        """Whether pdfplumber would take too long for it."""
        return self.objects >= CROWDED


@dataclass(frozen=True, slots=True)
class Verdict:
    """What pdfplumber's reading of a page comes to; tables and cells by their place on the page."""

    doubted: frozenset[tuple[int, int]]
    """Cells whose figures it reads otherwise."""
    uncounted: frozenset[int]
    """Tables in whose boxes it finds other digits than stand in their cells."""
    strange: bool
    """Whether it alone reads a figure otherwise: pdfium may take the digits of a font for others."""


@dataclass(slots=True)
class Opinion:
    """What was asked of pdfplumber came to, and the pages that it should have read and did not."""

    verdicts: dict[int, Verdict]
    unread: list[int] = field(default_factory=list)
    """Pages that it could not read."""
    left: list[int] = field(default_factory=list)
    """Pages beyond the number that it is asked for."""

    def marked(self, page: DrawnPage) -> DrawnPage:
        """The page with its doubtful cells marked; where pdfplumber was not asked, by pdfium's own two readings."""
        verdict = self.verdicts.get(page.number)
        items = list(page.items)
        for index, (at, table) in enumerate(_tables(page)):
            cells = [
                replace(cell, doubted=True)
                if ((index, i) in verdict.doubted if verdict else contradicted(cell))
                else cell
                for i, cell in enumerate(table.cells)
            ]
            items[at] = replace(table, cells=tuple(cells), uncounted=bool(verdict and index in verdict.uncounted))
        return replace(page, items=tuple(items))


def suspicion(page: DrawnPage) -> Suspicion:
    """What speaks against the figures of a page."""
    tables = [table for _, table in _tables(page)]
    rank = min((_rank(cell, table) for table in tables for cell in table.cells), default=3)
    if any(table.uncounted for table in tables):
        rank = 0
    elif any(table.mended for table in tables):
        rank = min(rank, 2)
    return Suspicion(page.number, rank, bool(tables), page.objects, page.digits)


def asked(suspicions: Sequence[Suspicion], page_of: Callable[[int], DrawnPage], data: bytes) -> Opinion:
    """pdfplumber's opinion of the doubtful pages of a file."""
    wanted = doubtful(suspicions)
    crowded = {one.page for one in suspicions if one.crowded}
    most = ASKED + len(suspicions) // SHARE
    verdicts = dict(_verdicts([number for number in wanted if number not in crowded][:most], page_of, data))
    wanted += [number for number in _alike(suspicions, verdicts) if number not in wanted]
    fit = [number for number in wanted if number not in crowded]
    verdicts |= _verdicts([number for number in fit[:most] if number not in verdicts], page_of, data)
    unread = sorted({*wanted} - {*verdicts} - {*fit[most:]})
    return Opinion(verdicts, unread, sorted(fit[most:]))


def doubtful(suspicions: Sequence[Suspicion]) -> list[int]:
    """The pages to ask pdfplumber for, the most doubtful first; of each font's digits one page, and few such pages."""
    chosen = sorted((one for one in suspicions if one.rank < 3), key=lambda one: (one.rank, one.page))
    known = {drawn for one in chosen for drawn in one.digits}
    fresh = []
    calm = [one for one in suspicions if one.tabled and one.rank == 3]
    while calm and (best := max(calm, key=lambda one: (len(one.digits - known), -one.objects))).digits - known:
        fresh.append(best)
        known |= best.digits
    urgent = sum(one.rank == 0 for one in chosen)
    return [one.page for one in (*chosen[:urgent], *fresh, *chosen[urgent:])]


def _alike(suspicions: Sequence[Suspicion], verdicts: Mapping[int, Verdict]) -> list[int]:
    """All pages with a font whose figures pdfplumber alone reads otherwise."""
    strange: set[Font] = set()
    for one in suspicions:
        if one.page in verdicts and verdicts[one.page].strange:
            strange |= {font for font, _ in one.digits}
    return [one.page for one in suspicions if one.tabled and strange & {font for font, _ in one.digits}]


def _tables(page: DrawnPage) -> list[tuple[int, DrawnTable]]:
    return [(at, item) for at, item in enumerate(page.items) if isinstance(item, DrawnTable)]


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
    import ingest.pdf.plumbed  # noqa: F401


def _verdicts(
    numbers: Sequence[int], page_of: Callable[[int], DrawnPage], data: bytes
) -> Iterator[tuple[int, Verdict]]:
    """What pdfplumber says of these pages; those that it cannot read are missing."""
    if not numbers:
        return
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    from ingest.pdf.plumbed import plumbed

    broken = (PSException, PdfminerException, *BROKEN)
    try:
        for page in plumbed(data, numbers):
            with suppress(*broken):
                yield page.page_number, _verdict(page_of(page.page_number), _seen(page))
    except broken:
        return


@uncollected()
def _seen(page: Any) -> _Seen:
    """What pdfplumber sees on a page."""
    return _Seen(page)


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


def _verdict(page: DrawnPage, seen: _Seen) -> Verdict:
    doubted = set()
    uncounted = set()
    strange = False
    for index, (_, table) in enumerate(_tables(page)):
        if table.uncounted and not _is_counted(table, seen, page):
            uncounted.add(index)
        for i, cell in enumerate(table.cells):
            against = contradicted(cell)
            if (against or (cell.seen and DIGITS.search(cell.text))) and _differs(cell, table, seen, page):
                doubted.add((index, i))
                strange |= not against
    return Verdict(frozenset(doubted), frozenset(uncounted), strange)


def _is_counted(table: DrawnTable, seen: _Seen, page: DrawnPage) -> bool:
    """Whether pdfplumber finds in the box of a table the digits that stand in its cells, and no others."""
    box = page.frame.back(table.box, page.shown)
    return digits([seen.text(box)]) == digits(cell.text for cell in table.cells)


def _differs(cell: DrawnCell, table: DrawnTable, opinion: _Seen, page: DrawnPage) -> bool:
    """Whether pdfplumber reads other figures in a cell; on a turned page, where it keeps no lines, other digits."""
    box = page.frame.back(cell.box, page.shown)
    box = (table.ruled and opinion.cell(box)) or box
    if page.frame != page.shown:
        return digits(char.text for char in opinion.within(box)) != digits([cell.text])
    return figures(opinion.text(box)) != figures(cell.text)


def judged(table: DrawnTable) -> DrawnTable:
    """The table, 未确认 with the reason where the second opinion has marked it or a cell of it."""
    doubts = [cell for cell in table.cells if cell.doubted]
    if doubts:
        more = f"等 {len(doubts)} 处" if len(doubts) > SHOWN else ""
        named = "；".join(map(_named, doubts[:SHOWN]))
        said = f"两种独立读法对下列单元格的数字不一致，请对照原件：{named}{more}。"
    elif table.uncounted:
        said = "两种独立读法在这张表里读到的数字个数不一致，可能有数字没有进入单元格，请对照原件。"
    else:
        return table
    return replace(table, certain=False, doubt=said)


def _named(cell: DrawnCell) -> str:
    return f"第{cell.page}页第{cell.area.row + 1}行第{cell.area.col + 1}列“{cell.text}”"
