"""The source beside the answer (原文对照): the page with the place boxed, or the text with the place marked.

Draws nothing itself: boxes and spans come from the report as read, the page image from the PDF renderer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.report import Block, Box, Line, Place, Report, cell_at, grid, table_of

AROUND = 2
"""How many blocks before and after the place are shown where there is no page to show."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the source; `mark` is the span that is meant, if it is in this one."""

    text: str
    heading: bool = False
    mark: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What to show of a place: an image of the page, or passages, or a table with a cell marked."""

    label: str
    page: int | None = None
    image: bytes = b""
    """PNG; empty where the form has no pages."""
    passages: tuple[Passage, ...] = ()
    caption: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    row: int | None = None
    col: int | None = None


def source(place: Place, report: Report, data: bytes, label: str) -> Source:
    """The source of a place in a report whose original bytes are `data`."""
    page, boxes = where(place, report)
    if report.form == "pdf" and page is not None:
        from ingest.pdf import render

        return Source(label, page=page, image=render(data, page, boxes))
    table = table_of(report, place.table) if place.table is not None else None
    if table is not None:
        caption = "　".join(part for part in (table.caption, f"单位：{table.unit}" if table.unit else "") if part)
        return Source(label, caption=caption, rows=grid(table), row=place.row, col=place.col)
    return Source(label, passages=_around(place, report))


def where(place: Place, report: Report) -> tuple[int | None, tuple[Box, ...]]:
    """The page a place is drawn on and the boxes that cover it: a cell, a row, a table, or the lines of a span."""
    table = table_of(report, place.table) if place.table is not None else None
    if table is not None:
        cells = [cell for cell in table.cells if place.row is None or cell.row <= place.row < cell.row + cell.rowspan]
        exact = cell_at(table, place.row, place.col) if place.row is not None and place.col is not None else None
        cells = [exact] if exact is not None else cells
        page = place.page or next((cell.page for cell in cells if cell.page), table.page)
        return page, tuple(cell.box for cell in cells if cell.box and cell.page in (page, None))
    if place.block is None or place.block >= len(report.blocks):
        return place.page, ()
    block = report.blocks[place.block]
    span = place.span or (0, len(block.text))
    drawn = [(line.page, box) for line in block.lines if (box := _part(line, span))]
    page = drawn[0][0] if drawn else place.page or block.page
    return page, tuple(box for at, box in drawn if at == page)


def _part(line: Line, span: tuple[int, int]) -> Box | None:
    """The part of a line that a span covers."""
    start, end = max(span[0], line.start), min(span[1], line.end)
    if line.box is None or start >= end:
        return None
    left, top, right, bottom = line.box
    if len(line.edges) == line.end - line.start + 1:
        return line.edges[start - line.start], top, line.edges[end - line.start], bottom
    width = (right - left) / max(1, line.end - line.start)
    return left + width * (start - line.start), top, left + width * (end - line.start), bottom


def _around(place: Place, report: Report) -> tuple[Passage, ...]:
    return tuple(_passages(place, report)) if place.block is not None else ()


def _passages(place: Place, report: Report) -> Iterator[Passage]:
    at = place.block or 0
    readable: list[Block] = [block for block in report.blocks if block.text and block.kind != "furniture"]
    index = next((number for number, block in enumerate(readable) if block.index == at), 0)
    for block in readable[max(0, index - AROUND) : index + AROUND + 1]:
        span = place.span or (0, len(block.text))
        yield Passage(block.text, block.kind in ("heading", "title"), span if block.index == at else None)
