"""Scanned pages of a PDF (扫描页): recognised by OCR where that extra is installed, and said to be so.

Recognition takes seconds a page, so it tells how far it is, and has its time; the pages left then are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic, process_time

from ingest.layout.raw import Raw
from ingest.ocr import DOUBT, INSTALL, Recogniser, page_parts
from ingest.pdf.page import DrawnPage
from ingest.pdf.render import render
from ingest.progress import Told, silent
from ingest.report import Note, Place

SCALE = 200 / 72
"""Pixels per point: what programs of recognition are made for."""
SECONDS = 240
"""No further page is begun after this, by the clock or of all processors, so that a file keeps its limits."""


@dataclass(frozen=True, slots=True)
class Scans:
    """What was recognised on each scanned page, and what is to be said about them."""

    parts: dict[int, list[Raw]]
    notes: tuple[Note, ...]


def recognised(
    data: bytes,
    pages: Sequence[DrawnPage],
    id_: str,
    recogniser: Recogniser | None,
    told: Told = silent,
    clocks: Sequence[Callable[[], float]] = (monotonic, process_time),
) -> Scans:
    """Paragraphs and tables of the scanned pages that have no text, by page. None: no recogniser is installed.

    `told` hears before each page how many of the scanned pages are done.
    """
    bare = [page.number for page in pages if page.scanned and not page.recognised]
    parts: dict[int, list[Raw]] = {}
    ends = [clock() + SECONDS for clock in clocks]
    for done, number in enumerate(bare if recogniser is not None else ()):
        if recogniser is not None and all(clock() < end for clock, end in zip(clocks, ends, strict=True)):
            told("OCR 识别扫描页", done, len(bare))
            parts[number] = list(page_parts(render(data, number, scale=SCALE), number, recogniser))
    notes = (_note(page, bare, parts, id_) for page in pages if page.scanned)
    return Scans(parts, tuple(notes))


def _note(page: DrawnPage, bare: Sequence[int], parts: dict[int, list[Raw]], id_: str) -> Note:
    """What became of one scanned page."""
    said = "".join(_said(page, bare, parts))
    return Note("扫描页", f"第{page.number}页是扫描图像，{said}。", Place(id_, page=page.number))


def _said(page: DrawnPage, bare: Sequence[int], parts: dict[int, list[Raw]]) -> Iterator[str]:
    if page.recognised:
        yield "文字来自识别层，数字未核"
    elif parts.get(page.number):
        yield f"{DOUBT}，引用前请对照原件"
    elif page.number in parts:
        yield "OCR 没有识别出文字"
    elif parts:
        yield f"没有识别：一份文件的识别最多用 {SECONDS // 60} 分钟，请拆分后分别加入"
    else:
        yield f"没有可读的文字。{INSTALL}"
