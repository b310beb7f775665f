"""Running headers, footers and page numbers (页眉页脚页码): told by their place and by standing on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.layout.captions import is_unit_line
from ingest.pdf.cells import DrawnTable
from ingest.pdf.lines import TextLine

ZONE = 0.12
"""Share of the page height, at top and bottom, where furniture may stand."""
NUMBER = re.compile(r"[-—–―·~\s]*(?:第\s*)?(\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})(?:\s*页)?[-—–―·~\s]*")
FIGURES = re.compile(r"\d.*。$")
OF_TOTAL = re.compile(r"(?:第\s*)?(\d{1,4})\s*(?:页\s*[,，/]?\s*共|/|of)\s*\d{1,4}\s*页?", re.IGNORECASE)

Item = TextLine | DrawnTable


class Edge(NamedTuple):
    """A line near the top or bottom of a page that may be furniture."""

    at: int
    """Its place among the items of the page."""
    key: tuple[str, str, int]
    """The same for lines that are the same furniture on different pages: side, words but for figures, height."""
    number: str
    """The page number that it consists of, or ""."""
    body: bool
    """Whether it is worded as no running head is: the unit of a table, a sentence with figures."""


def page_number(text: str) -> str:
    """The page number that a line consists of (— 12 —, 第3页, ii, 3/20), or ""."""
    match = NUMBER.fullmatch(text) or OF_TOTAL.fullmatch(text)
    return match[1] if match else ""


def edges_of(items: Sequence[Item], height: float) -> tuple[Edge, ...]:
    """Lines at the very top and bottom of a page, three at most on each side, with nothing beyond them but lines."""
    order = sorted(range(len(items)), key=lambda i: items[i].box[1])
    found = []
    for side, indices in (("top", order[:3]), ("bottom", order[::-1][:3])):
        for i in indices:
            item = items[i]
            if not isinstance(item, TextLine):
                break
            inner = item.box[3] if side == "top" else height - item.box[1]
            if inner > ZONE * height:
                break
            key = side, re.sub(r"\d+", "#", "".join(item.text.split())), round(item.box[1] / 12)
            body = is_unit_line(item.text) or FIGURES.search(item.text) is not None
            found.append(Edge(i, key, page_number(item.text), body))
    return tuple(found)


def furniture_of(pages: Sequence[Sequence[Edge]]) -> list[frozenset[int]]:
    """For each page the places of its items that are furniture."""
    seen = Counter(key for edges in pages for key in {edge.key for edge in edges})
    often = max(2, min(5, len(pages) // 3))
    return [
        frozenset(edge.at for edge in edges if edge.number or (seen[edge.key] >= often and not edge.body))
        for edges in pages
    ]


def printed_label(edges: Sequence[Edge], chosen: frozenset[int]) -> str:
    """The page number printed on a page, or ""."""
    return next((edge.number for edge in sorted(edges, reverse=True) if edge.at in chosen and edge.number), "")
