"""Pages as pictures: marks where the reader should look, outlines of all that was found."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from ingest.errors import UnreadableFile
from ingest.pdf import boxes_of, draw, read, render
from ingest.report import Place
from tests.pdf_pages import grid, pdf, write

ROWS = [["项目", "金额"], ["甲", "1.50"]]


def sample() -> bytes:
    def page(canvas: object) -> None:
        write(canvas, 72, 760, "Total 12.50", 12, "Helvetica")  # type: ignore[arg-type]  # a reportlab canvas
        grid(canvas, ROWS)  # type: ignore[arg-type]  # a reportlab canvas

    return pdf(page)


def picture(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def test_a_mark_is_drawn_where_the_cell_is() -> None:
    """The box of a cell is tinted on the picture; the paper elsewhere stays white."""
    data = sample()
    report = read(data, "x.pdf", second=False)
    ((page, box),) = boxes_of(report, Place(report.id, page=1, table=1, row=1, col=1))
    image = picture(render(data, page, [box], scale=2))
    assert image.size == (1190, 1684)
    inside = image.getpixel((int(box[2] * 2) - 8, int(box[3] * 2) - 8))
    assert inside != (255, 255, 255)
    assert image.getpixel((1100, 1600)) == (255, 255, 255)


def test_a_row_and_a_whole_table_have_boxes() -> None:
    """A place without a column is a row; without a row, the table."""
    report = read(sample(), "x.pdf", second=False)
    assert len(boxes_of(report, Place(report.id, page=1, table=1, row=1))) == 2
    assert len(boxes_of(report, Place(report.id, page=1, table=1))) == 4
    assert boxes_of(report, Place(report.id)) == ()


def test_everything_found_can_be_drawn() -> None:
    """Blocks, cells and headers are outlined over the page."""
    data = sample()
    report = read(data, "x.pdf", second=False)
    plain, drawn = picture(render(data, 1)), picture(draw(data, report, 1))
    assert plain.size == drawn.size
    assert plain.tobytes() != drawn.tobytes()


def test_a_huge_page_gives_a_picture_of_bounded_size() -> None:
    """A page of 200 inches is not drawn at full scale."""
    data = pdf(lambda c: write(c, 72, 700, "x", 12, "Helvetica"), size=(14400, 14400))
    assert max(picture(render(data, 1, scale=4)).size) <= 6000


def test_a_page_that_is_not_there() -> None:
    """Asking for a page beyond the end is the caller's mistake; a broken file is the user's."""
    with pytest.raises(ValueError, match="没有第 3 页"):
        render(sample(), 3)
    with pytest.raises(UnreadableFile):
        render(b"no pdf", 1)
