"""A PDF file to a Report: page by page, then furniture, continued tables and paragraphs over the whole.

Errors of the file are UnreadableFile and TooLarge; doubts about its content are notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.errors import TooLarge, UnreadableFile
from ingest.pdf.cells import DrawnTable
from ingest.pdf.continuation import continued
from ingest.pdf.flow import Margins, Paragraph, joint, margins_of, paragraphs
from ingest.pdf.furniture import furniture_of, printed_label
from ingest.pdf.lines import TextLine
from ingest.pdf.page import DrawnPage, read_page
from ingest.report import Box, Cell, Line, Note, Page, Place, Report
from ingest.structure import Raw, RawTable, RawText, assemble, report_id

MOST_PAGES = 2000
GARBLED = 0.05
"""Share of a page's glyphs without a character from which its text is not to be trusted."""


def read(data: bytes, source: str) -> Report:
    """The report in a PDF file. Raises UnreadableFile and TooLarge."""
    document = opened(data)
    try:
        labels = [document.get_page_label(i) for i in range(len(document))]
        drawn = [_page(document, i) for i in range(len(document))]
    finally:
        document.close()
    id_ = report_id(data)
    pages = [_page_of(page, label) for page, label in zip(drawn, labels, strict=True)]
    furniture = furniture_of([page.items for page in drawn], pages)
    if not any(labels):
        pages = [
            replace(one, label=printed_label(page.items, chosen))
            for one, page, chosen in zip(pages, drawn, furniture, strict=True)
        ]
    parts = list(_parts(drawn, furniture))
    return assemble(parts, data_id=id_, source=source, form="pdf", pages=tuple(pages), notes=tuple(_notes(drawn, id_)))


def opened(data: bytes) -> Any:
    """The file as a pypdfium2 document, or the reason why it cannot be read."""
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile("这不是 PDF 文件（没有 PDF 文件头），请确认选对了文件。")
    if _is_cut(data):
        raise UnreadableFile("PDF 文件不完整（结尾缺失），可能没有下载完，请重新取得文件。")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile("PDF 文件有打开密码，请先解除密码再添加。") from error
        raise UnreadableFile("PDF 文件已损坏，无法打开，请重新导出或重新取得文件。") from error
    if len(document) == 0:
        raise UnreadableFile("PDF 文件里没有页面，请重新导出。")
    if len(document) > MOST_PAGES:
        raise TooLarge(f"PDF 文件有 {len(document)} 页，超过上限 {MOST_PAGES} 页，请拆分后再添加。")
    return document


def _is_cut(data: bytes) -> bool:
    """Whether the end of the file is missing: no end mark, or objects after the last one."""
    end = data.rfind(b"%%EOF")
    return end < 0 or b" obj" in data[end:]


def _page(document: Any, index: int) -> DrawnPage:
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise UnreadableFile(f"PDF 第 {index + 1} 页已损坏，无法读取，请重新导出或重新取得文件。") from error
    try:
        return read_page(page, index + 1)
    finally:
        page.close()


def _page_of(page: DrawnPage, label: str) -> Page:
    shown = page.shown
    rotation = 0 if page.frame == shown else 90
    return Page(page.number, label, round(shown.width, 2), round(shown.height, 2), rotation, page.scanned)


def _parts(drawn: Sequence[DrawnPage], furniture: Sequence[set[int]]) -> Iterator[Raw]:
    """Everything of the file in reading order, as structure.assemble takes it."""
    frames = {page.number: page for page in drawn}
    body: list[TextLine | DrawnTable] = []
    aside: dict[int, list[RawText]] = {}
    for page, chosen in zip(drawn, furniture, strict=True):
        body += [item for i, item in enumerate(page.items) if i not in chosen]
        kept = [item for i, item in enumerate(page.items) if i in chosen and isinstance(item, TextLine)]
        texts = [_text(Paragraph((line,), furniture=True), frames) for line in [*kept, *page.askew]]
        texts += [_text(Paragraph((line,), hidden=reason), frames) for reason, line in page.hidden]
        aside[page.number] = texts
    margins = _margins(body, frames)
    done = 0
    for item in _flow(continued(body), margins, frames):
        begins = item.pages[0] if isinstance(item, DrawnTable) else item.lines[0].page
        for number in range(done + 1, begins):
            yield from aside[number]
        done = max(done, begins - 1)
        yield _table(item, frames) if isinstance(item, DrawnTable) else _text(item, frames)
    for number in range(done + 1, len(drawn) + 1):
        yield from aside[number]


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
        edges = () if turned or len(line.edges) != len(line.text) + 1 else line.edges
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
    return round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)


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
        if page.recognised:
            yield Note("扫描页", f"第{page.number}页是扫描图像，文字来自识别层，数字未核。", place)
        elif page.scanned:
            yield Note("扫描页", f"第{page.number}页是扫描图像，没有可读的文字。", place)
        if page.unmapped > max(5, GARBLED * page.glyphs):
            said = f"第{page.number}页有 {page.unmapped} 个字符没有对应的文字编码，抽出的文字可能是乱码。"
            yield Note("乱码", said, place)
