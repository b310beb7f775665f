"""Word documents (.docx): body order, merged cells as the file states them, list numbers, footnotes, tracked changes.

Merges come from gridSpan and vMerge only, never from equal text. Nothing outside the file is fetched or run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.docx.lists import Numberer, numberer
from ingest.docx.package import xml_parts
from ingest.docx.styles import is_centered, list_of, outline_level, read_styles
from ingest.docx.text import Style, Text, attribute, child, gather, is_on, is_shaded, name
from ingest.errors import UnreadableFile
from ingest.layout.grids import fill_gaps
from ingest.layout.raw import Raw, RawTable, RawText
from ingest.layout.rejoined import rejoined
from ingest.layout.structure import assemble, report_id
from ingest.report import Cell, Note, Report

WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}


@dataclass(slots=True)
class Document:
    """An open document and what has been noticed while walking it."""

    styles: dict[str, Style]
    lists: Numberer
    footnotes: dict[str, str]
    changes: int = 0
    deleted: list[str] = field(default_factory=list)
    pictures: int = 0


@dataclass(slots=True)
class Open:
    """A cell while its table is read: a later row may still lengthen it (vMerge)."""

    cell: Cell
    restarted: bool


def read(data: bytes, source: str) -> Report:
    """The report in a .docx file. UnreadableFile where it is broken or no Word document."""
    parts = xml_parts(data)
    body = child(parts["document"], "body")
    if body is None:
        raise UnreadableFile("这个 Word 文件没有正文，可能已损坏。请用 Word 打开后另存一份再试。")
    document = Document(
        styles=read_styles(parts.get("styles")),
        lists=numberer(parts.get("numbering"), name, attribute),
        footnotes=read_footnotes(parts),
    )
    found: list[Raw] = list(rejoined(walk(body, document)))
    if not found:
        reason = "只有图片，没有文字" if document.pictures else "没有文字"
        raise UnreadableFile(f"这个 Word 文件{reason}，读不出报告内容。请换成含文字的文件。")
    found.extend(furniture(parts, document))
    notes = (*change_notes(document), *comment_notes(parts.get("comments")))
    return assemble(found, data_id=report_id(data), source=source, form="docx", notes=notes)


def read_footnotes(parts: dict[str, Any]) -> dict[str, str]:
    """Text of each footnote and endnote by kind and id: footnote:2."""
    found = {}
    for part in ("footnotes", "endnotes"):
        for one in parts.get(part, ()):
            text = "".join(inner.text or "" for inner in one.iter() if name(inner) == "t").strip()
            if text and attribute(one, "type") not in ("separator", "continuationSeparator"):
                found[f"{name(one)}:{attribute(one, 'id')}"] = text
    return found


def walk(element: Any, document: Document) -> Iterator[Raw]:
    """Paragraphs and tables under an element, in body order."""
    for one in element:
        kind = name(one)
        if kind == "p":
            yield from paragraph(one, document)
        elif kind == "tbl":
            yield from table(one, document)
        elif kind in WRAPPERS:
            yield from walk(one, document)


def paragraph(element: Any, document: Document, shaded: bool = False) -> Iterator[Raw]:
    """A paragraph with its list number; then its hidden text, its text boxes and its footnotes."""
    properties = child(element, "pPr")
    style_name = child(properties, "pStyle")
    style = document.styles.get(attribute(style_name, "val") if style_name is not None else "", Style())
    text = gather(element, document.styles, style, shaded)
    remember(document, text)
    said = "".join(text.visible).strip()
    number_id, level = list_of(properties)
    if not number_id and style.number_id:
        number_id, level = style.number_id, style.number_level
    if said and number_id not in ("", "0"):
        mark = document.lists.next(number_id, level)
        gap = " " if mark and mark[-1] not in "、）)．。：" else ""
        said = f"{mark}{gap}{said}"
    if said:
        heading = outline_level(properties) or style.level
        centered = is_centered(properties) or (style.centered and child(properties, "jc") is None)
        yield RawText(said, role="title" if style.title else "", style=heading, centered=centered)
    for hidden, words in text.hidden:
        yield RawText(words, hidden=hidden)
    for box in text.boxes:
        yield from walk(box, document)
    for key in text.footnotes:
        if key in document.footnotes:
            yield RawText(document.footnotes[key], role="note")


def remember(document: Document, text: Text) -> None:
    """Add what a paragraph showed of tracked changes and pictures to the document's account."""
    document.changes += text.inserted
    document.deleted.extend(one for one in text.deleted if one.strip())
    document.pictures += text.pictures


def table(element: Any, document: Document) -> Iterator[Raw]:
    """A table, then the tables inside its cells; a table of one cell is a frame and gives its content."""
    rows = list(rows_of(element))
    lone = [cell for row in rows for cell in cells_of(row)]
    if len(lone) == 1:
        yield from walk(lone[0], document)
        return
    shaded = is_shaded_style(element, document)
    open_cells: dict[int, Open] = {}
    cells: list[Cell] = []
    inside: list[Raw] = []
    width = 0
    for number, row in enumerate(rows):
        width = max(width, read_row(row, number, document, shaded, open_cells, cells, inside))
    cells.extend(one.cell for one in open_cells.values())
    if width and rows:
        yield RawTable(fill_gaps(cells, len(rows), width), len(rows), width)
    yield from inside


def read_row(
    row: Any,
    number: int,
    document: Document,
    shaded: bool,
    open_cells: dict[int, Open],
    done: list[Cell],
    inside: list[Raw],
) -> int:
    """Read one row: lengthen the merged cells above that it continues, close the others. Returns its width."""
    properties = child(row, "trPr")
    column = span_of(properties, "gridBefore", 0)
    vanished = bool(is_on(properties, "hidden"))
    kept: dict[int, Open] = {}
    for element in cells_of(row):
        own = child(element, "tcPr")
        width = span_of(own, "gridSpan", 1)
        merge = child(own, "vMerge")
        above = open_cells.get(column)
        goes_on = merge is not None and attribute(merge, "val") != "restart"
        if goes_on and above is not None and above.restarted and above.cell.colspan == width:
            kept[column] = Open(replace(above.cell, rowspan=above.cell.rowspan + 1), True)
            del open_cells[column]
        else:
            cell, nested = read_cell(element, number, column, width, document, shaded or is_shaded(own))
            kept[column] = Open(replace(cell, hidden="vanished") if vanished and cell.text else cell, merge is not None)
            inside.extend(nested)
        column += width
    done.extend(one.cell for one in open_cells.values())
    open_cells.clear()
    open_cells.update(kept)
    return column + span_of(properties, "gridAfter", 0)


def read_cell(
    element: Any, row: int, col: int, width: int, document: Document, shaded: bool
) -> tuple[Cell, Sequence[Raw]]:
    """A cell's visible text, its paragraphs as lines; with what stands in it beside: hidden text, notes, tables."""
    lines: list[str] = []
    beside: list[Raw] = []
    for one in blocks_of(element):
        if name(one) == "tbl":
            beside.extend(table(one, document))
            continue
        for raw in paragraph(one, document, shaded):
            if isinstance(raw, RawText) and not raw.hidden and raw.role != "note":
                lines.append(raw.text)
            else:
                beside.append(raw)
    hidden = [raw for raw in beside if isinstance(raw, RawText) and raw.hidden]
    if hidden and not lines:
        beside = [raw for raw in beside if raw not in hidden]
        return Cell(row, col, "\n".join(one.text for one in hidden), 1, width, hidden=hidden[0].hidden), beside
    return Cell(row, col, "\n".join(lines), 1, width), beside


def blocks_of(element: Any) -> Iterator[Any]:
    """Paragraphs and tables right inside a cell, wrappers looked through."""
    for one in element:
        if name(one) in ("p", "tbl"):
            yield one
        elif name(one) in WRAPPERS:
            yield from blocks_of(one)


def rows_of(element: Any) -> Iterator[Any]:
    """The rows of a table that are not deleted by a tracked change."""
    for one in element:
        if name(one) == "tr" and child(child(one, "trPr"), "del") is None:
            yield one
        elif name(one) in WRAPPERS:
            yield from rows_of(one)


def cells_of(row: Any) -> Iterator[Any]:
    """The cells of a row, wrappers looked through."""
    for one in row:
        if name(one) == "tc":
            yield one
        elif name(one) in WRAPPERS:
            yield from cells_of(one)


def span_of(properties: Any, key: str, default: int) -> int:
    """A count such as gridSpan; a senseless one falls back to the default, and none exceeds Word's 63 columns."""
    element = child(properties, key)
    value = attribute(element, "val") if element is not None else ""
    return min(max(int(value), default), 63) if value.isdecimal() else default


def is_shaded_style(element: Any, document: Document) -> bool:
    """Whether the table or its style fills cells with colour, so that white text on it is meant to be read."""
    properties = child(element, "tblPr")
    style = child(properties, "tblStyle")
    return is_shaded(properties) or (style is not None and document.styles.get(attribute(style, "val"), Style()).shaded)


def furniture(parts: dict[str, Any], document: Document) -> Iterator[Raw]:
    """Running headers and footers, once each, at the end; they are no part of the text."""
    seen = set()
    for stem in sorted(parts):
        if stem.startswith(("header", "footer")):
            for raw in walk(parts[stem], document):
                if isinstance(raw, RawText) and raw.text not in seen and not raw.text.strip().isdecimal():
                    seen.add(raw.text)
                    yield replace(raw, role="furniture", style=0)


def change_notes(document: Document) -> Iterator[Note]:
    """What the reviewer should know of the file: tracked changes and pictures."""
    if document.changes or document.deleted:
        removed = "；".join(document.deleted)[:200]
        counts = f"插入 {document.changes} 处、删除 {len(document.deleted)} 处"
        words = f"文件带有修订标记（{counts}），按接受全部修订后的文字阅读。"
        yield Note("修订", words + (f"删去的文字：{removed}" if removed else ""))
    if document.pictures:
        yield Note("图片", f"文件里有 {document.pictures} 张图片，图片中的文字没有读取。")


def comment_notes(root: Any) -> Iterator[Note]:
    """Each comment as a note with its author; comments are no part of the report."""
    for one in root if root is not None else ():
        text = "".join(inner.text or "" for inner in one.iter() if name(inner) == "t").strip()
        if text:
            yield Note("批注", f"{attribute(one, 'author') or '批注'}：{text}")
