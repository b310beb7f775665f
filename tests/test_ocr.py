"""Scanned pictures: laid out in lines, read like flattened text, and never taken as confirmed."""

from __future__ import annotations

import sys
from io import BytesIO

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableFile
from ingest.ocr import Word, rapid, read, visual_texts
from ingest.pdf import read as read_pdf
from ingest.pdf import render
from ingest.report import grid as texts
from tests.pdf_pages import grid, pdf, write


def words(*lines: tuple[str, ...]) -> tuple[Word, ...]:
    """Words set in lines 30 pixels apart and columns 200 apart, baselines a little uneven."""
    return tuple(
        Word(text, (200.0 * col, 30.0 * row + col % 2 * 3, 200.0 * col + 150, 30.0 * row + 24 + col % 2 * 3))
        for row, line in enumerate(lines)
        for col, text in enumerate(line)
    )


def test_words_become_lines_from_left_to_right() -> None:
    """Pieces recognised in any order stand in lines again."""
    found = words(("单位：万元",), ("项目", "预算数"), ("甲", "1.00"))
    assert list(visual_texts(found[::-1])) == ["单位：万元", "项目 预算数", "甲 1.00"]


def test_a_recognised_table_is_never_certain() -> None:
    """The table is rebuilt, its page is marked as a scan, its figures as 未核."""
    seen = words(("单位：万元",), ("项目", "预算数", "决算数"), ("甲", "1.00", "2.00"), ("乙", "3.00", "4.00"))
    report = read(b"\x89PNG", "扫描.png", recogniser=lambda picture: seen)
    (found,) = report.tables
    assert texts(found) == (("项目", "预算数", "决算数"), ("甲", "1.00", "2.00"), ("乙", "3.00", "4.00"))
    assert (found.certain, found.doubt, found.unit) == (False, "文字由 OCR 识别，数字未核", "万元")
    assert report.pages[0].scanned
    assert report.notes[0].kind == "扫描页"


def test_the_number_of_a_table_stands_apart_from_its_year() -> None:
    """The gap in 表2 2023年度… is lost on the way; run together it would be a year 22023."""
    assert list(visual_texts(words(("表22023年度收支情况表",), ("附件12 2023年",)))) == [
        "表2 2023年度收支情况表",
        "附件12 2023年",
    ]


def test_a_printed_page_is_recognised() -> None:
    """The real recogniser reads the figures of a scan, cell by cell, and none of them counts as confirmed."""
    pytest.importorskip("rapidocr", reason="没有装 OCR：pip install 'heshu[ocr]'")
    rows = [["项目", "年初预算数", "决算数"], ["基本支出", "1,200.50", "1,180.25"], ["项目支出", "800.00", "790.10"]]

    def page(canvas: Canvas) -> None:
        write(canvas, 72, 780, "全年支出1,970.35万元，执行率98.49%。", 14)
        grid(canvas, rows, y=720, size=14)

    picture = ImageReader(BytesIO(render(pdf(page), 1, scale=200 / 72)))
    told: list[tuple[str, int, int]] = []
    scan = pdf(lambda canvas: canvas.drawImage(picture, 0, 0, 595, 842))
    report = read_pdf(scan, "扫描.pdf", told=lambda *said: told.append(said))
    said = "".join(block.text for block in report.blocks)
    assert "1,970.35万元" in said
    assert "98.49%" in said
    (found,) = report.tables
    assert [list(row) for row in texts(found)] == rows
    assert (found.certain, found.doubt) == (False, "文字由 OCR 识别，数字未核")
    assert ("OCR 识别扫描页", 0, 1) in told


def test_a_picture_without_text_is_refused() -> None:
    """Nothing recognised is an error that says what to do, not an empty report."""
    with pytest.raises(UnreadableFile, match="没有识别出文字"):
        read(b"\x89PNG", "空白.png", recogniser=lambda picture: ())


def test_without_the_extra_the_command_to_install_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """heshu works without rapidocr and names the extra when a picture is offered."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(UnreadableFile, match=r"heshu\[ocr\]"):
        rapid()
