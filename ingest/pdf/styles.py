"""How the text objects of a PDF page draw their glyphs: size, direction, weight, colour, font and place.

Asked of pdfium for all objects of a page at once, since a page may have an object for every character.
"""

from __future__ import annotations

import ctypes
import math
from ctypes import addressof, c_uint, create_string_buffer, sizeof
from functools import partial
from itertools import repeat
from struct import unpack
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from ingest.pdf.frame import Frame
from ingest.pdf.native import calls, every, handle


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


Font = tuple[bytes, int]
"""Name of a font and length of its embedded program: what tells the fonts of a file apart."""
Drawn = tuple[Font, int]
"""A digit (its code) as one font draws it."""


Look = tuple[bytes, int, int]
"""What pdfium writes of colour, font size and matrix (its first four numbers), then font and render mode."""
SIZE, MATRIX, PLACE, OBJECT = 16, 20, 36, 44
"""Bytes at which font size, matrix and its last two numbers begin in what is written of an object, and all of them."""


class Piece(NamedTuple):
    """A text object: its style, where its baseline begins (user space), when it was drawn, and its font's address."""

    style: int
    x: float
    y: float
    order: int
    font: int


class Styles:
    """The styles of a text page, each once, gathered object by object."""

    def __init__(self, text_page: Any, shown: Frame) -> None:
        self.page = handle(text_page)
        self.found: list[Style] = []
        self._shown = shown
        self._known: dict[Look, int] = {}
        self._fonts: dict[int, bytes] = {}

    def pieces(self, firsts: dict[int, int], orders: dict[int, int]) -> dict[int, Piece]:
        """Each text object by its address. `firsts`: its first character; `orders`: when it was drawn.

        A page may have a text object for every character, so each property is asked for all of them at once.
        """
        call, count = calls(), len(firsts)
        buffer = (c_uint * (OBJECT // 4 * count))()
        start, end = addressof(buffer), addressof(buffer) + sizeof(buffer)
        coloured = list(map(call.fill_colour, firsts, *(range(start + at, end, OBJECT) for at in (0, 4, 8, 12))))
        for i, has in enumerate(coloured):
            if not has:
                buffer[OBJECT // 4 * i + 3] = 255
        every(map(call.font_size, firsts, range(start + SIZE, end, OBJECT)))
        every(map(call.matrix, repeat(self.page), firsts.values(), range(start + MATRIX, end, OBJECT)))
        looks = bytes(buffer)
        fonts = list(map(call.font, firsts))
        drawn = [looks[at : at + PLACE] for at in range(0, len(looks), OBJECT)]
        keys = zip(drawn, fonts, map(call.mode, firsts), strict=True)
        known = self._known
        kinds = [known[key] if key in known else self._new(key) for key in keys]
        places = memoryview(looks).cast("f")
        xs, ys = places[9::11].tolist(), places[10::11].tolist()
        rows = zip(kinds, xs, ys, map(orders.get, firsts, repeat(-1)), fonts, strict=True)
        return dict(zip(firsts, map(partial(tuple.__new__, Piece), rows), strict=True))

    def _new(self, key: Look) -> int:
        """The number of the new style that looks like this."""
        self._known[key] = len(self.found)
        self.found.append(self._style(*key))
        return self._known[key]

    def _style(self, drawn: bytes, font: int, mode: int) -> Style:
        red, green, blue, alpha, size, a, b, c, d = unpack("4I5f", drawn)
        shown = self._shown
        dx, dy = shown.a * a + shown.c * b, shown.b * a + shown.d * b
        length = math.hypot(dx, dy) or 1.0
        ux, uy = dx / length, dy / length
        straight = abs(ux) > 0.995 or abs(uy) > 0.995
        return Style(
            size=round(abs(size * (math.hypot(c, d) or 1.0)), 2),
            direction=(round(ux), round(uy)) if straight else None,
            bold=mode == 2 or self._is_bold(font),
            colour=(red, green, blue, alpha),
            mode=mode,
        )

    def _is_bold(self, address: int) -> bool:
        if not address:
            return False
        named = any(mark in self._name(address).lower() for mark in (b"bold", b"heavy", b"simhei", b"black"))
        return named or raw.FPDFFont_GetWeight(ctypes.cast(address, raw.FPDF_FONT)) >= 600

    def _name(self, address: int) -> bytes:
        if address not in self._fonts:
            font = ctypes.cast(address, raw.FPDF_FONT)
            size = raw.FPDFFont_GetBaseFontName(font, None, 0)
            name = create_string_buffer(size)
            raw.FPDFFont_GetBaseFontName(font, name, size)
            self._fonts[address] = name.value
        return self._fonts[address]

    def font(self, address: int) -> Font:
        """What tells the font at this address from the other fonts of the file."""
        if not address:
            return b"", 0
        length = ctypes.c_size_t()
        raw.FPDFFont_GetFontData(ctypes.cast(address, raw.FPDF_FONT), None, 0, ctypes.byref(length))
        return self._name(address), length.value
