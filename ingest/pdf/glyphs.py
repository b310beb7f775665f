"""Glyphs of a PDF page with their boxes in reading order of the file, from pdfium's text page.

Coordinates are turned so that text reads left to right: `Frame` leads there and back.
Nothing here decides what a line, a table or a hidden text is.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from ctypes import addressof, byref, c_double, c_uint, create_string_buffer
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from ingest.report import Box

ASCENT, DESCENT = 0.86, 0.14
"""Share of the font size that a glyph's box reaches above and below its baseline."""


class Style(NamedTuple):
    """What a text object says of all its glyphs."""

    size: float
    """Font size in points as drawn."""
    direction: tuple[int, int] | None
    """Unit vector of the text line on the displayed page (y down); None when skewed."""
    bold: bool
    colour: tuple[int, int, int, int]
    mode: int
    """Text render mode of the PDF specification (9.3.6): 3 draws nothing."""
    order: int
    """Position among the page's drawn objects, -1 when not known."""


class Glyph(NamedTuple):
    """One character: its box in the reading frame, its baseline and its text object's style."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    style: int


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
        corners = [self._user(x, y) for x, y in ((box[0], box[1]), (box[2], box[3]))]
        return shown.box(*corners[0], *corners[1])

    def _user(self, u: float, v: float) -> tuple[float, float]:
        det = self.a * self.d - self.b * self.c
        x, y = u - self.e, v - self.f
        return (self.d * x - self.c * y) / det, (self.a * y - self.b * x) / det


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a page: upright glyphs in the order of the file, and those that stand askew (水印)."""

    frame: Frame
    shown: Frame
    glyphs: list[Glyph]
    askew: list[Glyph]
    styles: list[Style]
    unmapped: int
    """Glyphs whose character the file does not name (缺 ToUnicode)."""


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


def read_text(page: Any, orders: dict[int, int]) -> Text:
    """All glyphs of a page. `orders`: drawing order of each text object by address."""
    text_page = raw.FPDFText_LoadPage(page)
    try:
        return _read(text_page, display(page), orders)
    finally:
        raw.FPDFText_ClosePage(text_page)


class _Found(NamedTuple):
    char: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    style: int


def _read(text_page: Any, shown: Frame, orders: dict[int, int]) -> Text:
    rect, x, y = raw.FS_RECTF(), c_double(), c_double()
    rect_at, x_at, y_at = byref(rect), byref(x), byref(y)
    unicode, loose, origin = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    owner, mapless = raw.FPDFText_GetTextObject, raw.FPDFText_HasUnicodeMapError
    styles: list[Style] = []
    known: dict[int, int] = {}
    found: list[_Found] = []
    unmapped = 0
    for i in range(raw.FPDFText_CountChars(text_page)):
        code = unicode(text_page, i)
        pointer = owner(text_page, i)
        if not pointer:
            continue
        loose(text_page, i, rect_at)
        if rect.right <= rect.left and rect.top <= rect.bottom:
            continue
        if mapless(text_page, i) == 1 or code in (0, 0xFFFD) or 0xE000 <= code <= 0xF8FF:
            unmapped += 1
        if code < 0x20 and code != 0x02 and code != 0x09:
            continue
        address = addressof(pointer.contents)
        style = known.get(address)
        if style is None:
            style = known[address] = len(styles)
            styles.append(_style(text_page, i, pointer, shown, orders.get(address, -1)))
        origin(text_page, i, x_at, y_at)
        char = "-" if code == 0x02 else chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "�"
        found.append(_Found(char, (rect.left, rect.bottom, rect.right, rect.top), (x.value, y.value), style))
    return _framed(found, styles, shown, unmapped)


def _framed(found: list[_Found], styles: list[Style], shown: Frame, unmapped: int) -> Text:
    """Glyphs in the frame in which most of them read left to right."""
    votes = Counter(styles[one.style].direction for one in found if not one.char.isspace())
    votes.pop(None, None)
    direction = votes.most_common(1)[0][0] if votes else (1, 0)
    assert direction is not None
    if direction == (1, 0) and _is_vertical(found, styles):
        direction = (0, 1)
        upright = {(1, 0)}
    else:
        upright = {direction}
    frame = shown if direction == (1, 0) else shown.turned(direction)
    glyphs: list[Glyph] = []
    askew: list[Glyph] = []
    stacked = upright == {(1, 0)} and direction == (0, 1)
    for one in found:
        style = styles[one.style]
        x0, top, x1, bottom = frame.box(*one.box)
        base = frame.point(*one.origin)[1]
        if stacked:
            base = bottom
        else:
            top, bottom = base - ASCENT * style.size, base + DESCENT * style.size
        glyph = Glyph(one.char, x0, top, x1, bottom, base, one.style)
        (glyphs if style.direction in upright else askew).append(glyph)
    return Text(frame, shown, glyphs, askew, styles, unmapped)


def _is_vertical(found: list[_Found], styles: list[Style]) -> bool:
    """Whether most glyphs follow one another downwards (竖排)."""
    down = steps = 0
    for one, two in itertools.pairwise(found):
        size = styles[one.style].size
        dx, dy = two.box[0] - one.box[0], one.origin[1] - two.origin[1]
        if abs(dx) + abs(dy) < 3 * size:
            steps += 1
            down += abs(dx) < 0.3 * size and 0.5 * size < dy
    return steps >= 20 and down > 0.8 * steps


def _style(text_page: Any, i: int, pointer: Any, shown: Frame, order: int) -> Style:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, i, byref(matrix))
    size = raw.FPDFText_GetFontSize(text_page, i) * (math.hypot(matrix.c, matrix.d) or 1.0)
    dx, dy = shown.a * matrix.a + shown.c * matrix.b, shown.b * matrix.a + shown.d * matrix.b
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    straight = abs(ux) > 0.995 or abs(uy) > 0.995
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not raw.FPDFText_GetFillColor(text_page, i, byref(red), byref(green), byref(blue), byref(alpha)):
        alpha.value = 255
    mode = raw.FPDFTextObj_GetTextRenderMode(pointer)
    return Style(
        size=round(abs(size), 2),
        direction=(round(ux), round(uy)) if straight else None,
        bold=mode == 2 or _is_bold(pointer),
        colour=(red.value, green.value, blue.value, alpha.value),
        mode=mode,
        order=order,
    )


def _is_bold(pointer: Any) -> bool:
    font = raw.FPDFTextObj_GetFont(pointer)
    if not font:
        return False
    if raw.FPDFFont_GetWeight(font) >= 600:
        return True
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    name = create_string_buffer(size)
    raw.FPDFFont_GetBaseFontName(font, name, size)
    return any(mark in name.value.lower() for mark in (b"bold", b"heavy", b"simhei", b"black"))
