"""Running headers, footers and page numbers (页眉页脚页码): told by their place and by standing on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.captions import is_unit_line
from ingest.pdf.cells import DrawnTable
from ingest.pdf.lines import TextLine
from ingest.report import Page

ZONE = 0.12
"""Share of the page height, at top and bottom, where furniture may stand."""
NUMBER = re.compile(r"[-—–―·~\s]*(?:第\s*)?(\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})(?:\s*页)?[-—–―·~\s]*")
OF_TOTAL = re.compile(r"(?:第\s*)?(\d{1,4})\s*(?:页\s*[,，/]?\s*共|/|of)\s*\d{1,4}\s*页?", re.IGNORECASE)

Item = TextLine | DrawnTable


def page_number(text: str) -> str:
    """The page number that a line consists of (— 12 —, 第3页, ii, 3/20), or ""."""
    match = NUMBER.fullmatch(text) or OF_TOTAL.fullmatch(text)
    return match[1] if match else ""


def furniture_of(items: Sequence[Sequence[Item]], pages: Sequence[Page]) -> list[set[int]]:
    """For each page the indices of its items that are furniture."""
    edges = [_edge_lines(lines, page) for lines, page in zip(items, pages, strict=True)]
    seen = Counter(
        key for lines, found in zip(items, edges, strict=True) for key in {_key(lines[i], at) for i, at in found}
    )
    often = max(2, min(5, len(pages) // 3))
    result = []
    for lines, found in zip(items, edges, strict=True):
        chosen = set()
        for i, at in found:
            line = lines[i]
            assert isinstance(line, TextLine)
            if page_number(line.text) or (seen[_key(line, at)] >= often and not is_unit_line(line.text)):
                chosen.add(i)
        result.append(chosen)
    return result


def _edge_lines(items: Sequence[Item], page: Page) -> list[tuple[int, str]]:
    """Lines at the very top and bottom of a page, three at most on each side, with nothing beyond them but lines."""
    order = sorted(range(len(items)), key=lambda i: items[i].box[1])
    found = []
    for side, indices in (("top", order[:3]), ("bottom", order[::-1][:3])):
        for i in indices:
            item = items[i]
            if not isinstance(item, TextLine):
                break
            inner = item.box[3] if side == "top" else page.height - item.box[1]
            if inner > ZONE * page.height:
                break
            found.append((i, side))
    return found


def _key(line: Item, at: str) -> tuple[str, str, int]:
    """Lines that are the same furniture on different pages: same words but for figures, same height."""
    assert isinstance(line, TextLine)
    return at, re.sub(r"\d+", "#", "".join(line.text.split())), round(line.box[1] / 12)


def printed_label(items: Sequence[Item], chosen: set[int]) -> str:
    """The page number printed on a page, or ""."""
    texts = [item.text for i, item in enumerate(items) if i in chosen and isinstance(item, TextLine)]
    return next((number for text in reversed(texts) if (number := page_number(text))), "")
