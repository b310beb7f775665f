"""Scanned pictures: laid out in lines, read like flattened text, and never taken as confirmed."""

from __future__ import annotations

import sys

import pytest

from ingest.errors import UnreadableFile
from ingest.ocr import Word, rapid, read, visual_texts
from ingest.report import grid


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
    assert grid(found) == (("项目", "预算数", "决算数"), ("甲", "1.00", "2.00"), ("乙", "3.00", "4.00"))
    assert (found.certain, found.doubt, found.unit) == (False, "文字由 OCR 识别，数字未核", "万元")
    assert report.pages[0].scanned
    assert report.notes[0].kind == "扫描页"


def test_a_picture_without_text_is_refused() -> None:
    """Nothing recognised is an error that says what to do, not an empty report."""
    with pytest.raises(UnreadableFile, match="没有识别出文字"):
        read(b"\x89PNG", "空白.png", recogniser=lambda picture: ())


def test_without_the_extra_the_command_to_install_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """heshu works without rapidocr and names the extra when a picture is offered."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(UnreadableFile, match=r"heshu\[ocr\]"):
        rapid()
