"""Web pages (.html): the article without its navigation, tables with their spans, hidden nodes marked.

Scripts are not run, nothing is fetched, links are not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree
from lxml import html as markup

from ingest.encoding import decode
from ingest.errors import TooLarge, UnreadableFile
from ingest.html.style import Sheet, hidden_by, make_tables, style_sheet
from ingest.layout.grids import MOST_CELLS, fill_gaps
from ingest.layout.raw import Raw, RawTable, RawText
from ingest.layout.rejoined import rejoined
from ingest.layout.structure import assemble, report_id
from ingest.report import Cell, Hidden, Report

DROPPED = {"script", "style", "noscript", "template", "iframe", "object", "svg", "head", "nav", "select", "button"}
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumb|pos|position|crumbs?|footer|foot|header|top|sidebar|share|copyright|topbar|banner)(?:$|[\s_\d-])",
    re.I,
)
BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "center",
    "body",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "hr",
    "header",
    "footer",
    "aside",
    "form",
    "fieldset",
    "figure",
    "figcaption",
    "address",
    "html",
    "td",
    "th",
    "tr",
    "tbody",
}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTED = 3
"""Heading level under which the names of nested lists stand: below the headings of the page."""
LABEL = 20
"""A list item longer than this is a sentence, no name."""
BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
NO_WIDTH = re.compile(r"[\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
LARGEST_SPAN = 1000


def read(data: bytes, source: str) -> Report:
    """The report on a web page. UnreadableFile where there is no text."""
    text = decode(data)
    parser = markup.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
    try:
        root = markup.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("这个网页文件里没有可读的内容，请重新保存网页后再试。") from error
    sheet = style_sheet(root)
    if "table-row" in text or "role=" in text:
        make_tables(root, sheet)
    body = root.find("body")
    parts = list(rejoined(walk(root if body is None else body, sheet)))
    parts = [*page_title(root, parts), *parts]
    if not any(isinstance(part, RawTable) or (part.text.strip() and not part.role) for part in parts):
        raise UnreadableFile("这个网页文件里没有正文文字，请重新保存网页后再试。")
    return assemble(parts, data_id=report_id(data), source=source, form="html")


def page_title(root: Any, parts: list[Raw]) -> Iterator[Raw]:
    """The page's own name of the article, where the body does not repeat it."""
    for element in root.iter("meta"):
        if (element.get("name") or "").lower() == "articletitle" and (said := (element.get("content") or "").strip()):
            if not any(isinstance(part, RawText) and said in part.text for part in parts):
                yield RawText(said, role="title")
            return


def is_furniture(element: Any) -> bool:
    """Whether an element is the page's frame: <header>, <footer>, a navigation or position bar."""
    if element.tag in ("footer", "aside", "nav"):
        return True
    if element.tag == "header" and not any(element.iter("h1")):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        element.tag in ("div", "ul", "section", "header") and bool(FURNITURE.search(names)) and not has_article(element)
    )


def has_article(element: Any) -> bool:
    """Whether an element holds so much running text or a table that it cannot be mere frame."""
    return any(True for _ in element.iter("table")) or sum(len(one.text_content()) for one in element.iter("p")) > 200


def walk(element: Any, sheet: Sheet) -> Iterator[Raw]:
    """Paragraphs and tables under an element, in document order (without recursion: pages may nest deeply)."""
    line: list[str] = []
    plain: tuple[Hidden, bool, int, bool] = ("", False, 0, False)
    stack = [(element, False, plain)]

    def flush(now: tuple[Hidden, bool, int, bool]) -> Iterator[Raw]:
        text = clean("".join(line))
        line.clear()
        if text:
            yield RawText(text, hidden=now[0], role="furniture" if now[1] else "", style=now[2], centered=now[3])

    while stack:
        node, leaving, around = stack.pop()
        if leaving:
            yield from flush(around)
            continue
        if isinstance(node, str):
            line.append(node)
            continue
        own = state_of(node, sheet, around)
        opens = node.tag in BLOCKS or own[0] != around[0] or own[1] != around[1]
        if opens:
            yield from flush(around)
        if node.tag == "table" and not is_layout(node):
            yield from table(node, sheet, own[0])
            continue
        if node.tag == "br":
            yield from flush(around)
            continue
        if opens:
            stack.append((node, True, own))
        for one in reversed(node):
            if one.tail:
                stack.append((one.tail, False, own))
            if isinstance(one.tag, str) and one.tag not in DROPPED:
                stack.append((one, False, own))
        if node.text:
            stack.append((node.text, False, own))
    yield from flush(plain)


def state_of(node: Any, sheet: Sheet, around: tuple[Hidden, bool, int, bool]) -> tuple[Hidden, bool, int, bool]:
    """Visibility, frame, heading level and centring inside a node, given those around it."""
    said = f"{sheet.of(node)};{'text-align:center' if (node.get('align') or '').lower() == 'center' else ''}"
    return (
        around[0] or hidden_by(node, sheet),
        around[1] or is_furniture(node),
        level_of(node, around[2]),
        "text-align:center" in said.replace(" ", "") or node.tag == "center" or around[3],
    )


def level_of(node: Any, around: int) -> int:
    """Heading level inside a node: that of h1 to h6, and of a list item that only names the list within it."""
    if node.tag in ("ul", "ol", "dd"):
        return 0
    if node.tag == "dt" or (node.tag == "li" and is_label(node)):
        return LISTED + sum(1 for one in node.iterancestors() if one.tag in ("ul", "ol", "dl"))
    return HEADINGS.get(node.tag, around)


def is_label(item: Any) -> bool:
    """Whether a list item is a short name with a list of its own: 人员配备 above what is said of it."""
    if not any(one.tag in ("ul", "ol") for one in item):
        return False
    own = clean("".join([item.text or "", *(one.text_content() for one in item if one.tag not in ("ul", "ol"))]))
    return 0 < len(own) <= LABEL and not re.search(r"[。；，：:,;？！]|\d", own)


def clean(text: str) -> str:
    """Text as a browser shows it: runs of white space are one space; zero-width characters go."""
    return BLANKS.sub(" ", NO_WIDTH.sub("", text)).strip()


def is_layout(element: Any) -> bool:
    """Whether a table only lays out the page: one cell, or other tables or headings inside its cells."""
    cells = [one for row in rows_of(element) for one in row if one.tag in ("td", "th")]
    if len(cells) <= 1:
        return True
    inside = sum(1 for _ in element.iter("table")) - 1
    return inside > 0 and len(cells) <= 6


def rows_of(element: Any) -> Iterator[Any]:
    """The rows of a table, not those of tables inside it."""
    for one in element:
        if one.tag == "tr":
            yield one
        elif one.tag in ("thead", "tbody", "tfoot"):
            yield from rows_of(one)


def table(element: Any, sheet: Sheet, hidden: Hidden = "") -> Iterator[Raw]:
    """A table with its spans as stated; rowspan 0 and spans past the end are cut to the grid."""
    rows = list(rows_of(element))
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    width = 0
    for number, row in enumerate(rows):
        row_hidden = hidden or hidden_by(row, sheet)
        col = 0
        for one in row:
            if one.tag not in ("td", "th"):
                continue
            while (number, col) in taken:
                col += 1
            down = min(span(one, "rowspan", len(rows)), len(rows) - number)
            across = span(one, "colspan", 1)
            if len(taken) + down * across > MOST_CELLS:
                raise TooLarge("网页里有超过 200 万格的表，不像正常的报告，没有读取。")
            taken.update((r, c) for r in range(number, number + down) for c in range(col, col + across))
            cell = Cell(number, col, cell_text(one, sheet), down, across)
            why = row_hidden or hidden_by(one, sheet)
            cells.append(replace(cell, hidden=why) if why and cell.text else cell)
            col += across
            width = max(width, col)
    caption = next((clean(one.text_content()) for one in element if one.tag == "caption"), "")
    if cells and width:
        yield RawTable(fill_gaps(cells, len(rows), width), len(rows), width, caption=caption, hidden=hidden)


def span(element: Any, key: str, whole: int) -> int:
    """A span as stated; 0 means to the end for rows; senseless values mean 1."""
    said = (element.get(key) or "1").strip()
    if not said.isdecimal():
        return 1
    return min(int(said) or whole, LARGEST_SPAN)


def cell_text(element: Any, sheet: Sheet) -> str:
    """Visible text of a cell; its paragraphs and <br> are lines."""
    lines = [raw.text for raw in walk_cell(element, sheet) if isinstance(raw, RawText) and not raw.hidden]
    return "\n".join(lines)


def walk_cell(element: Any, sheet: Sheet) -> Iterator[Raw]:
    """The texts of a cell; the cell's own visibility is judged by the caller."""
    own = hidden_by(element, sheet)
    for raw in walk(element, sheet):
        if isinstance(raw, RawText):
            yield replace(raw, hidden="") if own and raw.hidden == own else raw
        else:
            yield from (RawText(cell.text) for cell in raw.cells if cell.text)
