"""The source beside the answer (原文对照): the page with the place boxed, or the text with the place marked.

Draws nothing itself: boxes and spans come from the report as read, the page image from the PDF renderer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant import shapes
from ingest.report import Block, Place, Report, table_of

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
    table: dict[str, Any] | None = None
    """In the contract's shape (see shapes.table)."""
    row: int | None = None
    col: int | None = None


def source(place: Place, report: Report, data: bytes, label: str) -> Source:
    """The source of a place in a report whose original bytes are `data`."""
    if report.form == "pdf":
        from ingest.pdf import boxes_of, render

        boxes = boxes_of(report, place)
        page = place.page if any(at == place.page for at, _ in boxes) else next((at for at, _ in boxes), place.page)
        if page is not None:
            return Source(label, page=page, image=render(data, page, [box for at, box in boxes if at == page]))
    table = table_of(report, place.table) if place.table is not None else None
    if table is not None:
        caption = "　".join(part for part in (table.caption, f"单位：{table.unit}" if table.unit else "") if part)
        return Source(label, caption=caption, table=shapes.table(table), row=place.row, col=place.col)
    return Source(label, passages=_around(place, report))


def _around(place: Place, report: Report) -> tuple[Passage, ...]:
    return tuple(_passages(place, report)) if place.block is not None else ()


def _passages(place: Place, report: Report) -> Iterator[Passage]:
    at = place.block or 0
    readable: list[Block] = [block for block in report.blocks if block.text and block.kind != "furniture"]
    index = next((number for number, block in enumerate(readable) if block.index == at), 0)
    for block in readable[max(0, index - AROUND) : index + AROUND + 1]:
        span = place.span or (0, len(block.text))
        yield Passage(block.text, block.kind in ("heading", "title"), span if block.index == at else None)
