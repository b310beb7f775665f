"""A copy of a PDF with highlights and notes at given places (高亮批注). The pages themselves stay as they are."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2.raw as raw

from ingest.pdf.frame import display
from ingest.pdf.native import LOCK
from ingest.pdf.opening import opened, page_at
from ingest.report import Box

PRINTED = 4
"""The flag under which an annotation is printed too."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A note on a page: the boxes it marks, its colour, its author and its text."""

    page: int
    boxes: tuple[Box, ...]
    colour: tuple[int, int, int]
    author: str
    text: str


def annotated(data: bytes, remarks: Sequence[Remark]) -> bytes:
    """The PDF with a highlight for every remark. Raises UnreadableFile and TooLarge like reading it does."""
    with LOCK:
        document = opened(data)
        try:
            for number in sorted({remark.page for remark in remarks}):
                if 1 <= number <= len(document):
                    page = page_at(document, number - 1)
                    for remark in remarks:
                        if remark.page == number:
                            _highlight(page, remark)
                    page.close()
            out = BytesIO()
            document.save(out)
            return out.getvalue()
        finally:
            document.close()


def _highlight(page: Any, remark: Remark) -> None:
    frame = display(page)
    corners = [frame.user_box(box) for box in remark.boxes]
    annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_HIGHLIGHT)
    try:
        left, bottom = min(box[0] for box in corners), min(box[1] for box in corners)
        right, top = max(box[2] for box in corners), max(box[3] for box in corners)
        raw.FPDFAnnot_SetRect(annotation, ctypes.byref(raw.FS_RECTF(left, top, right, bottom)))
        for x0, y0, x1, y1 in corners:
            quad = raw.FS_QUADPOINTSF(x0, y1, x1, y1, x0, y0, x1, y0)
            raw.FPDFAnnot_AppendAttachmentPoints(annotation, ctypes.byref(quad))
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *remark.colour, 128)
        raw.FPDFAnnot_SetFlags(annotation, PRINTED)
        for key, value in (("T", remark.author), ("Contents", remark.text)):
            wide = (value + "\0").encode("utf-16-le")
            buffer = ctypes.create_string_buffer(wide, len(wide))
            raw.FPDFAnnot_SetStringValue(annotation, key.encode(), ctypes.cast(buffer, raw.FPDF_WIDESTRING))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
