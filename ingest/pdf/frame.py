"""Where things of a PDF page stand as the page is shown, and as it is read when its text is turned."""

from __future__ import annotations

from ctypes import byref
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from ingest.report import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """An axis-aligned map from PDF user space to a page as read: X = ax + cy + e, Y = bx + dy + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of user space lies on the page."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Where a rectangle of user space lies on the page."""
        (u0, v0), (u1, v1) = self.point(x0, y0), self.point(x1, y1)
        return min(u0, u1), min(v0, v1), max(u0, u1), max(v0, v1)

    def turned(self, direction: tuple[int, int]) -> Frame:
        """The frame in which text drawn along `direction` reads left to right."""
        dx, dy = direction
        width, height = (self.width, self.height) if dx else (self.height, self.width)
        e = dx * self.e + dy * self.f + (self.width if dx < 0 else 0) + (self.height if dy < 0 else 0)
        f = -dy * self.e + dx * self.f + (self.height if dx < 0 else 0) + (self.width if dy > 0 else 0)
        return Frame(
            dx * self.a + dy * self.b,
            -dy * self.a + dx * self.b,
            dx * self.c + dy * self.d,
            -dy * self.c + dx * self.d,
            e,
            f,
            width,
            height,
        )

    def back(self, box: Box, shown: Frame) -> Box:
        """A box of this frame as a box of the displayed page."""
        if self == shown:
            return box
        return shown.box(*self.user_box(box))

    def user_box(self, box: Box) -> Box:
        """A box of this frame in PDF user space: left, bottom, right, top. The transpose of a rotation leads back."""
        u0, v0, u1, v1 = box[0] - self.e, box[1] - self.f, box[2] - self.e, box[3] - self.f
        a, b, c, d = self.a, self.b, self.c, self.d
        x0, y0, x1, y1 = a * u0 + b * v0, c * u0 + d * v0, a * u1 + b * v1, c * u1 + d * v1
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def display(page: Any) -> Frame:
    """The frame of the page as displayed: origin top left, /Rotate and crop box applied."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, byref(box))
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    width, height = right - left, top - bottom
    turn = raw.FPDFPage_GetRotation(page)
    if turn == 1:
        return Frame(0, 1, 1, 0, -bottom, -left, height, width)
    if turn == 2:
        return Frame(-1, 0, 0, 1, right, -bottom, width, height)
    if turn == 3:
        return Frame(0, -1, -1, 0, top, right, height, width)
    return Frame(1, 0, 0, -1, -left, top, width, height)
