"""Glyphs of a PDF page with their boxes in reading order of the file, from pdfium's text page.

Coordinates are turned so that text reads left to right: `Frame` leads there and back.
Nothing here decides what a line, a table or a hidden text is.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from ctypes import addressof, c_float, c_uint, c_ushort, create_string_buffer, sizeof
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from ingest.pdf.frame import Frame, display
from ingest.pdf.native import Numbers, calls, handle

ASCENT, DESCENT = 0.86, 0.14
"""Share of the font size that a glyph's box reaches above and below its baseline."""


SAMPLE = 400
"""Glyphs that are looked at to tell whether a page is set downwards."""


class Style(NamedTuple):
    """How a text object draws its glyphs; equal styles are one."""

    size: float
    """Font size in points as drawn."""
    direction: tuple[int, int] | None
    """Unit vector of the text line on the displayed page (y down); None when skewed."""
    bold: bool
    colour: tuple[int, int, int, int]
    mode: int
    """Text render mode of the PDF specification (9.3.6): 3 draws nothing."""


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
class Text:
    """The text of a page: upright glyphs in the order of the file, and those that stand askew (水印)."""

    frame: Frame
    shown: Frame
    glyphs: list[Glyph]
    askew: list[Glyph]
    styles: list[Style]
    orders: list[int]
    """When each glyph was drawn among the page's objects, -1 where not known."""
    unmapped: int
    """Glyphs whose character the file does not name (缺 ToUnicode)."""


def read_text(page: Any, orders: dict[int, int]) -> Text:
    """All glyphs of a page. `orders`: drawing order of each text object by address."""
    text_page = raw.FPDFText_LoadPage(page)
    try:
        return _read(text_page, display(page), orders)
    finally:
        raw.FPDFText_ClosePage(text_page)


class Piece(NamedTuple):
    """A text object: its style, where its baseline begins (user space), and when it was drawn."""

    style: int
    x: float
    y: float
    order: int
    font: int


Found = tuple[str, float, float, float, float, Piece]
"""Character, loose box in user space (left, bottom, right, top), text object."""


def _read(text_page: Any, shown: Frame, orders: dict[int, int]) -> Text:
    count = raw.FPDFText_CountChars(text_page)
    styles = Styles(text_page, shown)
    known: dict[int, Piece] = {}
    found: list[Found] = []
    mapless: dict[tuple[int, int], bool] = {}
    unmapped = 0
    rows = zip(_owners(text_page, count), _codes(text_page, count), _boxes(text_page, count), strict=True)
    for i, (owner, code, (left, top, right, bottom)) in enumerate(rows):
        if not owner or (right <= left and top <= bottom) or (code < 0x20 and code not in (0, 2, 9)):
            continue
        piece = known.get(owner)
        if piece is None:
            piece = known[owner] = styles.piece(i, owner, orders.get(owner, -1))
        missing = mapless.get((piece.font, code))
        if missing is None:
            private = code in (0, 0xFFFD) or 0xE000 <= code <= 0xF8FF
            missing = mapless[piece.font, code] = private or calls().unmapped(styles.page, i) == 1
        unmapped += missing
        found.append((_character(code), left, bottom, right, top, piece))
    return _framed(_unligated(found), styles.found, shown, unmapped)


def _unligated(found: list[Found]) -> list[Found]:
    """Characters that share one glyph (ﬁ, ——) side by side, each with its part of the box."""
    if not any(one[1] == two[1] and one[5] is two[5] and one[1:] == two[1:] for one, two in pairwise(found)):
        return found
    parted: list[Found] = []
    for (left, bottom, right, top, piece), group in groupby(found, key=lambda one: one[1:]):
        chars = [one[0] for one in group]
        step = (right - left) / len(chars)
        parted += [(char, left + i * step, bottom, left + (i + 1) * step, top, piece) for i, char in enumerate(chars)]
    return parted


def _owners(text_page: Any, count: int) -> list[int | None]:
    """The address of each character's text object; None for what pdfium added."""
    owner, page = calls().text_object, handle(text_page)
    return [owner(page, i) for i in range(count)]


def _codes(text_page: Any, count: int) -> list[int]:
    """The code of each character, in one call where every code is one UTF-16 unit."""
    units = (c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text_page, 0, count, units) == count + 1:
        codes = units[:count]
        if not any(0xD800 <= code < 0xE000 for code in codes):
            return codes
    unicode, page = calls().unicode, handle(text_page)
    return [unicode(page, i) for i in range(count)]


def _boxes(text_page: Any, count: int) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each character by its advance, in user space."""
    loose, page = calls().loose_box, handle(text_page)
    place = (c_float * (4 * count))()
    start, size = addressof(place), 4 * sizeof(c_float)
    for i in range(count):
        loose(page, i, start + i * size)
    edges = place[:]
    return zip(edges[0::4], edges[1::4], edges[2::4], edges[3::4], strict=True)


def _character(code: int) -> str:
    """The character of a code; pdfium writes 2 for the hyphen at the end of a line."""
    if code == 2:
        return "-"
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"


def _framed(found: list[Found], styles: list[Style], shown: Frame, unmapped: int) -> Text:
    """Glyphs in the frame in which most of them read left to right."""
    votes: Counter[tuple[int, int] | None] = Counter()
    for at, count in Counter([one[5].style for one in found]).items():
        votes[styles[at].direction] += count
    votes.pop(None, None)
    upright = votes.most_common(1)[0][0] if votes else (1, 0)
    assert upright is not None
    stacked = upright == (1, 0) and _is_vertical(found, styles)
    direction = (0, 1) if stacked else upright
    frame = shown if direction == (1, 0) else shown.turned(direction)
    text = Text(frame, shown, [], [], styles, [], unmapped)
    rises = [(ASCENT * style.size, DESCENT * style.size, style.direction == upright) for style in styles]
    level, shift = frame.b == frame.c == 0 and frame.a == 1 and not stacked, frame.e
    for char, left, bottom, right, top, piece in found:
        at = piece.style
        rise, fall, straight = rises[at]
        line = frame.b * piece.x + frame.d * piece.y + frame.f
        if level:
            glyph = Glyph(char, left + shift, line - rise, right + shift, line + fall, line, at)
        else:
            x0, high, x1, low = frame.box(left, bottom, right, top)
            line = low if stacked else line
            glyph = Glyph(char, x0, high if stacked else line - rise, x1, low if stacked else line + fall, line, at)
        if straight:
            text.glyphs.append(glyph)
            text.orders.append(piece.order)
        else:
            text.askew.append(glyph)
    return text


def _is_vertical(found: list[Found], styles: list[Style]) -> bool:
    """Whether most glyphs follow one another downwards (竖排)."""
    down = steps = 0
    for (_, x0, y0, _, _, piece), (_, x1, y1, _, _, _) in pairwise(found[:SAMPLE]):
        size = styles[piece.style].size
        dx, dy = abs(x1 - x0), y0 - y1
        if dx + abs(dy) < 3 * size:
            steps += 1
            down += dx < 0.3 * size and 0.5 * size < dy
    return steps >= 20 and down > 0.8 * steps


class Styles:
    """The styles of a text page, each once, gathered object by object."""

    def __init__(self, text_page: Any, shown: Frame) -> None:
        self.page = handle(text_page)
        self.found: list[Style] = []
        self._shown = shown
        self._known: dict[tuple[float, ...], int] = {}
        self._fonts: dict[int, bool] = {}
        self._floats = Numbers(c_float, 6)
        self._whole = Numbers(c_uint, 4)

    def piece(self, i: int, owner: int, order: int) -> Piece:
        """The text object `owner`, whose first character is the i-th of the page."""
        call = calls()
        call.matrix(self.page, i, self._floats.at[0])
        a, b, c, d, x, y = self._floats.values[:]
        if not call.fill_colour(owner, *self._whole.at):
            self._whole.values[3] = 255
        font, mode = call.font(owner) or 0, call.mode(owner)
        key = (a, b, c, d, call.font_size(self.page, i), *self._whole.values[:], font, mode)
        at = self._known.get(key)
        if at is None:
            at = self._known[key] = len(self.found)
            self.found.append(self._style(key))
        return Piece(at, x, y, order, font)

    def _style(self, key: tuple[float, ...]) -> Style:
        a, b, c, d, size, *colour, font, mode = key
        shown = self._shown
        dx, dy = shown.a * a + shown.c * b, shown.b * a + shown.d * b
        length = math.hypot(dx, dy) or 1.0
        ux, uy = dx / length, dy / length
        straight = abs(ux) > 0.995 or abs(uy) > 0.995
        red, green, blue, alpha = (int(value) for value in colour)
        return Style(
            size=round(abs(size * (math.hypot(c, d) or 1.0)), 2),
            direction=(round(ux), round(uy)) if straight else None,
            bold=mode == 2 or self._is_bold(int(font)),
            colour=(red, green, blue, alpha),
            mode=int(mode),
        )

    def _is_bold(self, address: int) -> bool:
        if address and address not in self._fonts:
            font = ctypes.cast(address, raw.FPDF_FONT)
            size = raw.FPDFFont_GetBaseFontName(font, None, 0)
            name = create_string_buffer(size)
            raw.FPDFFont_GetBaseFontName(font, name, size)
            named = any(mark in name.value.lower() for mark in (b"bold", b"heavy", b"simhei", b"black"))
            self._fonts[address] = named or raw.FPDFFont_GetWeight(font) >= 600
        return self._fonts.get(address, False)
