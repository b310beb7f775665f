"""Pages of a PDF as pictures: with marked boxes for the reader, with all that was found for the engineer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from ingest.pdf.native import LOCK
from ingest.pdf.opening import opened
from ingest.report import Block, Box, Place, Report, Table, cell_at, table_of

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 2.0
"""How large a page is drawn to be looked at."""
LARGEST = 6000
"""Longest side of a picture in pixels, whatever scale was asked for."""
MARK = (255, 214, 0, 96)
BLOCK = (30, 100, 220, 255)
CELL = (210, 40, 40, 255)
HEADER = (40, 160, 70, 70)
HIDDEN = (200, 0, 200, 255)


def render(data: bytes, page: int, boxes: Sequence[Box] = (), scale: float = SCALE) -> bytes:
    """PNG of page `page` (from 1) with `boxes` (points, as in Report) marked. ValueError for a page that is not."""
    return _png(_marked(_picture(data, page, scale), [(box, MARK, True) for box in boxes]))


def draw(data: bytes, report: Report, page: int, marks: Sequence[Box] = ()) -> bytes:
    """PNG of a page with blocks, cells, headers and `marks` drawn over it: what `heshu show -o` writes."""
    shapes = [(box, HEADER, True) for box in _header_boxes(report, page)]
    shapes += [(box, CELL, False) for table in report.tables for box in _cell_boxes(table, page)]
    for block in report.blocks:
        colour = HIDDEN if block.hidden else BLOCK
        shapes += [(box, colour, False) for box in _block_boxes(block, page)]
    shapes += [(box, MARK, True) for box in marks]
    return _png(_marked(_picture(data, page, SCALE), shapes))


def boxes_of(report: Report, place: Place) -> tuple[tuple[int, Box], ...]:
    """Page and box of everything that a place covers: a cell, or the characters of a span line by line."""
    if place.table is not None and (table := table_of(report, place.table)) is not None:
        cell = cell_at(table, place.row, place.col) if place.row is not None and place.col is not None else None
        cells = [cell] if cell else [one for one in table.cells if place.row is None or one.row == place.row]
        return tuple((one.page, one.box) for one in cells if one.page is not None and one.box is not None)
    if place.block is None:
        return ()
    return tuple(_span_boxes(report.blocks[place.block], place.span))


def _span_boxes(block: Block, span: tuple[int, int] | None) -> Iterator[tuple[int, Box]]:
    start, end = span or (0, len(block.text))
    for line in block.lines:
        first, last = max(start, line.start), min(end, line.end)
        if first >= last or line.page is None or line.box is None:
            continue
        x0, top, x1, bottom = line.box
        if line.edges:
            x0, x1 = line.edges[first - line.start], line.edges[last - line.start]
        yield line.page, (x0, top, x1, bottom)


def _header_boxes(report: Report, page: int) -> list[Box]:
    return [
        cell.box
        for table in report.tables
        for cell in table.cells
        if cell.page == page
        and cell.box is not None
        and (cell.row < table.header_rows or cell.col < table.header_cols or cell.row in table.subheaders)
    ]


def _cell_boxes(table: Table, page: int) -> list[Box]:
    return [cell.box for cell in table.cells if cell.page == page and cell.box is not None]


def _block_boxes(block: Block, page: int) -> list[Box]:
    """The box around the lines that a block has on a page."""
    boxes = [line.box for line in block.lines if line.page == page and line.box is not None]
    if not boxes:
        return []
    return [(min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))]


def _picture(data: bytes, page: int, scale: float) -> tuple[Image, float]:
    with LOCK:
        document = opened(data)
        try:
            if not 1 <= page <= len(document):
                raise ValueError(f"没有第 {page} 页，文件共 {len(document)} 页。")
            sheet = document[page - 1]
            scale = min(scale, LARGEST / max(sheet.get_width(), sheet.get_height(), 1))
            return sheet.render(scale=scale).to_pil().convert("RGBA"), scale
        finally:
            document.close()


def _marked(picture: tuple[Image, float], shapes: Sequence[tuple[Box, tuple[int, int, int, int], bool]]) -> Image:
    """The picture with boxes filled (a translucent mark) or outlined."""
    from PIL import Image as Images
    from PIL import ImageDraw

    image, scale = picture
    layer = Images.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for box, colour, filled in shapes:
        corners = [value * scale for value in box]
        if filled:
            pen.rectangle(corners, fill=colour)
        else:
            pen.rectangle(corners, outline=colour, width=max(1, round(scale / 2)))
    return Images.alpha_composite(image, layer)


def _png(image: Image) -> bytes:
    buffer = BytesIO()
    image.convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()
