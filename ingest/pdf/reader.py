"""A PDF file to a Report: each page is drawn once and put away small; then the file is put together page by page.

Doubts about the content are notes and marks; only a file that cannot be read is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.codec import whole
from ingest.layout.raw import Raw
from ingest.layout.structure import Piece, assembled, report_id
from ingest.ocr import Recogniser, installed, rapid
from ingest.pdf.furniture import Edge, edges_of, furniture_of, printed_label
from ingest.pdf.native import LOCK
from ingest.pdf.opening import opened, page_at
from ingest.pdf.page import DrawnPage, read_page
from ingest.pdf.parts import Parts, margins_of
from ingest.pdf.scans import recognised
from ingest.pdf.second import Opinion, Suspicion, asked, suspicion
from ingest.pdf.shelf import Shelf
from ingest.progress import Told, silent
from ingest.report import Note, Page, Place, Report

GARBLED = 0.05
"""Share of a page's glyphs without a character from which its text is not to be trusted."""
STRETCH = 100
"""Pages read of a file before it is opened anew."""


def read(
    data: bytes, source: str, second: bool = True, recogniser: Recogniser | None = None, told: Told = silent
) -> Report:
    """The report in a PDF file. `second`: read its figures a second time (pdfplumber, where anything is doubtful).

    `recogniser`: for scanned pages; that of the optional extra where it is installed. `told` hears of each page.
    Raises UnreadableFile and TooLarge.
    """
    report: Report = whole(read_pieces(data, source, second, recogniser, told))
    return report


def read_pieces(
    data: bytes, source: str, second: bool = True, recogniser: Recogniser | None = None, told: Told = silent
) -> Iterator[Piece]:
    """What `read` returns, piece by piece (see structure.assembled): of a long file next to nothing is held."""
    drawn = _drawn(data, told)
    id_ = report_id(data)
    furniture = furniture_of(drawn.edges)
    if recogniser is None and any(page.scanned and not page.recognised for page in drawn.bare) and installed():
        recogniser = rapid()
    scans = recognised(data, drawn.bare, id_, recogniser, told)
    opinion = asked(drawn.suspicions, drawn.shelf.page, data) if second else None
    margins = margins_of(drawn.shelf, furniture)
    parts: Iterable[Raw] = Parts(drawn.shelf, drawn.bare, furniture, scans.parts, opinion, margins)
    if drawn.shelf.open:
        parts = tuple(parts)  # of a short file they are made once
    notes = (*scans.notes, *_notes(drawn.bare, id_), *(_unasked(opinion, id_) if opinion else ()))
    pages = tuple(_pages(drawn, furniture))
    yield from assembled(parts, Report(id_, source, "pdf", pages=pages, notes=notes))


@dataclass(slots=True)
class _Drawn:
    """A file as drawn: its pages on the shelf, and of each what is needed at hand."""

    shelf: Shelf = field(default_factory=Shelf)
    bare: list[DrawnPage] = field(default_factory=list)
    """The pages without what stands on them."""
    labels: list[str] = field(default_factory=list)
    edges: list[tuple[Edge, ...]] = field(default_factory=list)
    suspicions: list[Suspicion] = field(default_factory=list)

    def add(self, page: DrawnPage, label: str) -> None:
        self.shelf.put(page)
        self.bare.append(page.emptied())
        self.labels.append(label)
        self.edges.append(edges_of(page.items, page.shown.height))
        self.suspicions.append(suspicion(page))


def _drawn(data: bytes, told: Told) -> _Drawn:
    """Every page of a file. The file is opened anew now and then: pdfium keeps all it has parsed."""
    drawn = _Drawn()
    count = 1
    while len(drawn.shelf) < count:
        with LOCK:
            document = opened(data)
            try:
                count = len(document)
                for index in range(len(drawn.shelf), min(count, len(drawn.shelf) + STRETCH)):
                    told("读到第几页", index, count)
                    drawn.add(_page(document, index), document.get_page_label(index))
            finally:
                document.close()
    return drawn


def _page(document: Any, index: int) -> DrawnPage:
    page = page_at(document, index)
    try:
        return read_page(page, index + 1)
    finally:
        page.close()


def _pages(drawn: _Drawn, furniture: Sequence[frozenset[int]]) -> Iterator[Page]:
    """The pages with what the file names them, or with what is printed on them where it names none."""
    named = any(drawn.labels)
    for page, label, edges, chosen in zip(drawn.bare, drawn.labels, drawn.edges, furniture, strict=True):
        shown = page.shown
        label = label if named else printed_label(edges, chosen)
        yield Page(page.number, label, round(shown.width, 2), round(shown.height, 2), page.rotation, page.scanned)


def _unasked(opinion: Opinion, id_: str) -> Iterator[Note]:
    """Which pages the second opinion is missing on, and why."""
    reasons = (
        (opinion.unread, "第二种读法（pdfplumber）读不了这些页"),
        (opinion.left, "需要第二种读法核对的页太多，这些页没有轮到"),
    )
    for numbers, why in reasons:
        if numbers:
            said = "、".join(str(number) for number in numbers)
            text = f"{why}：第{said}页。其中的表只经过一种程序核对，引用数字前请对照原件。"
            yield Note("未再核", text, Place(id_, page=numbers[0]))


def _notes(bare: Sequence[DrawnPage], id_: str) -> Iterator[Note]:
    """What the reader noticed about the file itself."""
    for page in bare:
        place = Place(id_, page=page.number)
        if page.unmapped > max(5, GARBLED * page.glyphs):
            said = f"第{page.number}页有 {page.unmapped} 个字符没有对应的文字编码，抽出的文字可能是乱码。"
            yield Note("乱码", said, place)
