"""A second, independent reading of the tables by pdfplumber: where a figure differs, the table is 未确认.

It reads only pages that hold tables, never changes a cell, and has nothing to say where it cannot read.
"""

from __future__ import annotations

import re
import struct
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, NamedTuple

from ingest.pdf.cells import DrawnCell, DrawnTable
from ingest.report import Box

FIGURE = re.compile(r"\d[\d,，.]*")
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


def confirmed(tables: Sequence[DrawnTable], data: bytes) -> list[DrawnTable]:
    """The tables, those whose figures pdfplumber reads differently marked as not certain."""
    import pdfplumber
    from pdfminer.psexceptions import PSException

    pages = sorted({page for table in tables for page in table.pages})
    if not pages:
        return list(tables)
    try:
        with pdfplumber.open(BytesIO(data), pages=pages) as document:
            seen = {page.page_number: _Seen(page) for page in document.pages}
            return [_judged(table, seen) for table in tables]
    except (PSException, *BROKEN):
        return list(tables)


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

    def text(self, box: Box) -> str:
        """The characters in a box, line by line, each stroke of a fake bold once."""
        x0, top, x1, bottom = box
        lines: list[list[_Char]] = []
        for char in self.chars[bisect_left(self.heights, top) : bisect_right(self.heights, bottom)]:
            if not x0 <= (char.left + char.right) / 2 <= x1:
                continue
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


def _judged(table: DrawnTable, seen: dict[int, _Seen]) -> DrawnTable:
    doubts = [doubt for cell in table.cells if (doubt := _doubt(cell, table, seen))]
    if not doubts:
        return table
    more = f"等 {len(doubts)} 处" if len(doubts) > SHOWN else ""
    said = "；".join(doubts[:SHOWN]) + more
    return replace(table, certain=False, doubt=f"两种独立读法对下列单元格的数字不一致，请对照原件：{said}。")


def _doubt(cell: DrawnCell, table: DrawnTable, seen: dict[int, _Seen]) -> str:
    """How pdfplumber reads the figures of a cell otherwise, or ""."""
    ours = _figures(cell.text)
    page = seen.get(cell.page)
    if page is None or not ours:
        return ""
    box = (page.cell(cell.box) if table.ruled else None) or cell.box
    if ours == _figures(page.text(box)):
        return ""
    return f"第{cell.page}页第{cell.area.row + 1}行第{cell.area.col + 1}列“{cell.text}”"


def _figures(text: str) -> Counter[str]:
    """The figures of a text; spaces and line breaks within it are nothing."""
    return Counter(_tokens("".join(text.split())))


def _tokens(text: str) -> Iterator[str]:
    for match in FIGURE.finditer(text):
        yield match[0].replace("，", ",").rstrip(".,")
