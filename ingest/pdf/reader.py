"""A PDF file to a Report: page by page, then furniture, continued tables and paragraphs over the whole.

Doubts about the content are notes and marks; only a file that cannot be read is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from ingest.ocr import Recogniser, installed, rapid
from ingest.pdf.cells import DrawnTable
from ingest.pdf.continuation import continued
from ingest.pdf.flow import Margins, Paragraph, joint, margins_of, paragraphs
from ingest.pdf.furniture import furniture_of, printed_label
from ingest.pdf.lines import TextLine
from ingest.pdf.native import LOCK
from ingest.pdf.opening import opened, page_at
from ingest.pdf.page import DrawnPage, read_page
from ingest.pdf.scans import Scans, recognised
from ingest.pdf.second import Opinion, confirmed
from ingest.progress import Told, silent
from ingest.report import Box, Cell, Line, Note, Page, Place, Report
from ingest.structure import Raw, RawTable, RawText, assemble, report_id

GARBLED = 0.05
"""Share of a page's glyphs without a character from which its text is not to be trusted."""


STRETCH = 100
"""Pages read of a file before it is opened anew."""
T = TypeVar("T")


def read(
    data: bytes, source: str, second: bool = True, recogniser: Recogniser | None = None, told: Told = silent
) -> Report:
    """The report in a PDF file. `second`: read its figures a second time (pdfplumber, where anything is doubtful).

    `recogniser`: for scanned pages; that of the optional extra where it is installed. `told` hears of each page.
    What was drawn is let go of as it is put together, so that of a long file little more is held than its report.
    Raises UnreadableFile and TooLarge.
    """
    labels, drawn = _drawn(data, told)
    id_ = report_id(data)
    pages = [_page_of(page, label) for page, label in zip(drawn, labels, strict=True)]
    furniture = furniture_of([page.items for page in drawn], pages)
    if not any(labels):
        pages = [
            replace(one, label=printed_label(page.items, chosen))
            for one, page, chosen in zip(pages, drawn, furniture, strict=True)
        ]
    if recogniser is None and any(page.scanned and not page.recognised for page in drawn) and installed():
        recogniser = rapid()
    scans = recognised(data, drawn, id_, recogniser, told)
    notes = [*scans.notes, *_notes(drawn, id_)]
    parts = list(_parts(drawn, furniture, scans, data if second else b"", notes))
    return assemble(parts, data_id=id_, source=source, form="pdf", pages=tuple(pages), notes=tuple(notes))


def _drawn(data: bytes, told: Told) -> tuple[list[str], list[DrawnPage]]:
    """The label and the content of every page. The file is opened anew now and then: pdfium keeps all it has parsed."""
    labels: list[str] = []
    drawn: list[DrawnPage] = []
    count = 1
    while len(drawn) < count:
        with LOCK:
            document = opened(data)
            try:
                count = len(document)
                for index in range(len(drawn), min(count, len(drawn) + STRETCH)):
                    labels.append(document.get_page_label(index))
                    drawn.append(_page(document, index, told))
            finally:
                document.close()
    return labels, drawn


def _page(document: Any, index: int, told: Told) -> DrawnPage:
    told("读到第几页", index, len(document))
    page = page_at(document, index)
    try:
        return read_page(page, index + 1)
    finally:
        page.close()


def _page_of(page: DrawnPage, label: str) -> Page:
    shown = page.shown
    return Page(page.number, label, round(shown.width, 2), round(shown.height, 2), page.rotation, page.scanned)


def _parts(
    drawn: list[DrawnPage], furniture: Sequence[set[int]], scans: Scans, data: bytes, notes: list[Note]
) -> Iterator[Raw]:
    """Everything of the file in reading order, as structure.assemble takes it; `data` for a second opinion.

    Empties `drawn`.
    """
    frames = {page.number: page.emptied() for page in drawn}
    body: list[TextLine | DrawnTable] = []
    aside: dict[int, list[Raw]] = {}
    for page, chosen in zip(drawn, furniture, strict=True):
        body += [item for i, item in enumerate(page.items) if i not in chosen]
        kept = [item for i, item in enumerate(page.items) if i in chosen and isinstance(item, TextLine)]
        texts: list[Raw] = [_text(Paragraph((line,), furniture=True), frames) for line in [*kept, *page.askew]]
        texts += [_text(Paragraph((line,), hidden=reason), frames) for reason, line in page.hidden]
        aside[page.number] = [*scans.parts.get(page.number, ()), *texts]
    done, count = 0, len(drawn)
    drawn.clear()
    margins = _margins(body, frames)
    body = _with_text(continued(body))
    for item in _given_up(list(_flow(_confirmed(body, frames, data, notes) if data else body, margins, frames))):
        begins = item.pages[0] if isinstance(item, DrawnTable) else item.lines[0].page
        for number in range(done + 1, begins):
            yield from aside[number]
        done = max(done, begins - 1)
        yield _table(item, frames) if isinstance(item, DrawnTable) else _text(item, frames)
    for number in range(done + 1, count + 1):
        yield from aside[number]


def _given_up(items: list[T]) -> Iterator[T]:
    """The items in their order, each leaving the list as it comes."""
    items.reverse()
    while items:
        yield items.pop()


def _with_text(items: Sequence[TextLine | DrawnTable]) -> list[TextLine | DrawnTable]:
    """The items without grids that hold no text at all (charts, decoration)."""
    return [item for item in items if isinstance(item, TextLine) or any(cell.text for cell in item.cells)]


def _confirmed(
    items: Sequence[TextLine | DrawnTable], frames: dict[int, DrawnPage], data: bytes, notes: list[Note]
) -> list[TextLine | DrawnTable]:
    """The items with their tables read a second time; pages that could not be are noted."""
    opinion = confirmed([item for item in items if isinstance(item, DrawnTable)], frames, data)
    notes += _unasked(opinion, report_id(data))
    tables = iter(opinion.tables)
    return [next(tables) if isinstance(item, DrawnTable) else item for item in items]


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


Shape = tuple[int, int]


def _shape(page: DrawnPage) -> Shape:
    return round(page.frame.width), round(page.frame.height)


def _margins(body: Sequence[TextLine | DrawnTable], frames: dict[int, DrawnPage]) -> dict[Shape, Margins]:
    """Margins of the running text, for each size of page."""
    lines: dict[Shape, list[TextLine]] = {}
    for item in body:
        if isinstance(item, TextLine):
            lines.setdefault(_shape(frames[item.page]), []).append(item)
    return {shape: margins_of(found) for shape, found in lines.items()}


def _flow(
    items: Sequence[TextLine | DrawnTable], margins: dict[Shape, Margins], frames: dict[int, DrawnPage]
) -> Iterator[Paragraph | DrawnTable]:
    """Paragraphs and tables; a change of page size ends a paragraph."""
    run: list[TextLine | DrawnTable] = []
    shape: Shape | None = None
    for item in items:
        own = _shape(frames[item.pages[0] if isinstance(item, DrawnTable) else item.page])
        if shape is not None and own != shape:
            yield from paragraphs(run, margins.get(shape, Margins(0, 0, 1)))
            run = []
        shape = own
        run.append(item)
    if shape is not None:
        yield from paragraphs(run, margins.get(shape, Margins(0, 0, 1)))


def _text(paragraph: Paragraph, frames: dict[int, DrawnPage]) -> RawText:
    text = ""
    lines = []
    for line in paragraph.lines:
        text += joint(text, line.text) if text else ""
        page = frames[line.page]
        turned = page.frame != page.shown
        whole = len(line.edges) == len(line.text) + 1 and not turned
        edges = tuple([_one(round(x, 2)) for x in line.edges]) if whole else ()
        lines.append(Line(len(text), len(text) + len(line.text), line.page, _shown(line.box, page), edges))
        text += line.text
    return RawText(
        text,
        page=paragraph.lines[0].page,
        lines=tuple(lines),
        hidden=paragraph.hidden,
        role="furniture" if paragraph.furniture else "",
        centered=paragraph.centred,
    )


def _shown(box: Box, page: DrawnPage) -> Box:
    x0, top, x1, bottom = page.frame.back(box, page.shown)
    return _one(round(x0, 2)), _one(round(top, 2)), _one(round(x1, 2)), _one(round(bottom, 2))


@lru_cache(1 << 16)
def _one(number: float) -> float:
    """The same object for equal numbers: pages repeat their margins, columns and rows."""
    return number


def _table(table: DrawnTable, frames: dict[int, DrawnPage]) -> RawTable:
    cells = tuple(
        Cell(
            cell.area.row,
            cell.area.col,
            cell.text,
            cell.area.rowspan,
            cell.area.colspan,
            cell.page,
            _shown(cell.box, frames[cell.page]),
        )
        for cell in sorted(table.cells, key=lambda cell: (cell.area.row, cell.area.col))
    )
    return RawTable(
        cells,
        table.rows,
        table.cols,
        page=table.pages[0],
        pages=table.pages,
        certain=table.certain,
        doubt=table.doubt,
    )


def _notes(drawn: Sequence[DrawnPage], id_: str) -> Iterator[Note]:
    """What the reader noticed about the file itself."""
    for page in drawn:
        place = Place(id_, page=page.number)
        if page.unmapped > max(5, GARBLED * page.glyphs):
            said = f"第{page.number}页有 {page.unmapped} 个字符没有对应的文字编码，抽出的文字可能是乱码。"
            yield Note("乱码", said, place)
