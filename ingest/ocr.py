"""Pictures of text (扫描件、图片): recognised by rapidocr where that extra is installed, every figure marked 未核.

Recognised text is laid out in lines and read like flattened text; nothing in it counts as confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

from ingest.errors import UnreadableFile
from ingest.layout.raw import Raw, RawTable, RawText
from ingest.layout.structure import assemble, report_id
from ingest.report import Box, Note, Page, Report
from ingest.txt.lines import Visual
from ingest.txt.reader import parts_of

DOUBT = "文字由 OCR 识别，数字未核"
INSTALL = "要识别其中的文字，请先安装：pip install 'heshu[ocr]'；或换成含文字的文件"
MISSING = f"这是图片或扫描件。{INSTALL}。"
LEAST_SCORE = 0.5
NUMBERED = re.compile(r"[表图件]\s?\d{1,2}?(?=20\d\d\s?年)")
"""A table's number and the year of its title: the narrow gap between them is not recognised (表22023年度…)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of recognised text and where it stands in the picture, in pixels."""

    text: str
    box: Box


Recogniser = Callable[[bytes], Sequence[Word]]
"""From the bytes of a picture to its words, in any order."""


def installed() -> bool:
    """Whether the recogniser of the optional extra is there; nothing is loaded to find out."""
    return find_spec("rapidocr") is not None


def rapid() -> Recogniser:
    """The recogniser of the optional extra; UnreadableFile with the command to install it where it is missing."""
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise UnreadableFile(MISSING) from error
    engine = RapidOCR(params={"Global.log_level": "error"})

    def recognise(picture: bytes) -> Sequence[Word]:
        found: Any = engine(picture)
        if found.boxes is None:
            return ()
        seen = zip(found.boxes, found.txts, found.scores, strict=True)
        return tuple(
            Word(
                text,
                (
                    min(float(x) for x, _ in corners),
                    min(float(y) for _, y in corners),
                    max(float(x) for x, _ in corners),
                    max(float(y) for _, y in corners),
                ),
            )
            for corners, text, score in seen
            if score >= LEAST_SCORE and text.strip()
        )

    return recognise


def read(data: bytes, source: str, recogniser: Recogniser | None = None) -> Report:
    """The report in one picture. UnreadableFile where nothing can be recognised."""
    parts = list(page_parts(data, 1, recogniser or rapid()))
    if not parts:
        raise UnreadableFile("这张图片里没有识别出文字。请换一张清楚的扫描件，或换成含文字的文件。")
    note = Note("扫描页", f"{DOUBT}，引用前请对照原件。")
    pages = (Page(1, scanned=True),)
    return assemble(parts, data_id=report_id(data), source=source, form="image", pages=pages, notes=(note,))


def page_parts(picture: bytes, page: int, recogniser: Recogniser) -> Iterator[Raw]:
    """Paragraphs and tables of one scanned page, in reading order; its tables are uncertain, with the reason."""
    lines = [Visual(text, None) for text in visual_texts(recogniser(picture))]
    for part in parts_of(lines):
        if isinstance(part, RawTable):
            cells = tuple(replace(cell, page=page) for cell in part.cells)
            yield replace(part, cells=cells, page=page, pages=(page,), certain=False, doubt=DOUBT)
        elif isinstance(part, RawText):
            yield replace(part, page=page, lines=tuple(replace(line, page=page) for line in part.lines))


def visual_texts(words: Sequence[Word]) -> Iterator[str]:
    """Words gathered into visual lines: those whose middles lie within each other's height, from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.box[1] + one.box[3], one.box[0])):
        middle = (word.box[1] + word.box[3]) / 2
        row = rows[-1] if rows else []
        if row and row[0].box[1] < middle < row[0].box[3] and all(apart(word, other) for other in row):
            row.append(word)
        else:
            rows.append([word])
    for row in rows:
        yield NUMBERED.sub(r"\g<0> ", " ".join(word.text.strip() for word in sorted(row, key=lambda one: one.box[0])))


def apart(one: Word, other: Word) -> bool:
    """Whether two words stand side by side, not one above the other."""
    return one.box[2] <= other.box[0] + 3 or other.box[2] <= one.box[0] + 3
