"""Glyphs of a PDF page with their boxes in reading order of the file, from pdfium's text page.

Coordinates are turned so that text reads left to right: `Frame` leads there and back.
Nothing here decides what a line, a table or a hidden text is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from ctypes import addressof, c_float, c_ushort, sizeof
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import groupby, pairwise, repeat
from operator import eq, gt, itemgetter
from typing import Any, NamedTuple, TypeVar

import pypdfium2.raw as raw

from ingest.pdf.frame import Frame
from ingest.pdf.native import calls, every, handle
from ingest.pdf.styles import Drawn, Piece, Style, Styles

ASCENT, DESCENT = 0.86, 0.14
"""Share of the font size that a glyph's box reaches above and below its baseline."""
SAMPLE, LEAST = 400, 20
"""Glyphs that are looked at to tell whether a page is set downwards, and steps from one to the next that tell it."""


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
    digits: frozenset[Drawn] = frozenset()
    """Which digits it holds, in which fonts."""


@contextmanager
def text_page_of(page: Any) -> Iterator[Any]:
    """pdfium's text page of a page, closed afterwards."""
    text_page = raw.FPDFText_LoadPage(page)
    try:
        yield text_page
    finally:
        raw.FPDFText_ClosePage(text_page)


NOTHING = "\0"
"""Stands for a control character."""
CONTROLS = {**dict.fromkeys(range(0x20), NOTHING), 0: "\ufffd", 2: "-", 9: "\t"}
"""pdfium writes 0 where it knows no character, and 2 for the hyphen at the end of a line."""
Key = TypeVar("Key", bound=Hashable)
Found = tuple[str, float, float, float, float, Piece]
"""Character, loose box in user space (left, bottom, right, top), text object."""


def read_text(text_page: Any, shown: Frame, orders: dict[int, int]) -> Text:
    """All glyphs of a page shown in this frame. `orders`: drawing order of each text object by address."""
    count = raw.FPDFText_CountChars(text_page)
    owners, chars = _owners(text_page, count), _characters(text_page, count)
    styles = Styles(text_page, shown)
    known = styles.pieces(_firsts(owners), orders)
    rows = list(zip(chars, *_boxes(text_page, count), map(known.get, owners), strict=True))
    found: list[Found] = [row for row in rows if row[5] and row[0] != NOTHING and (row[3] > row[1] or row[4] > row[2])]
    drawn = _firsts([(row[5].font, row[0]) if row[5] else None for row in rows])
    unnamed = {key for key, i in drawn.items() if _is_private(key[1]) or calls().unmapped(styles.page, i) == 1}
    unmapped = sum((piece.font, char) in unnamed for char, *_, piece in found) if unnamed else 0
    text = _framed(_unligated(found), styles.found, shown, unmapped)
    digits = {(styles.font(font), ord(char)) for font, char in drawn if "0" <= char <= "9"}
    return replace(text, digits=_once(frozenset(digits)))


@lru_cache(1 << 8)
def _once(digits: frozenset[Drawn]) -> frozenset[Drawn]:
    """The same object for equal sets: the pages of a file share their fonts."""
    return digits


def _unligated(found: list[Found]) -> list[Found]:
    """Characters that share one glyph (ﬁ, ——) side by side, each with its part of the box."""
    lefts = [one[1] for one in found]
    if not any(map(eq, lefts, lefts[1:])):
        return found
    parted: list[Found] = []
    for (left, bottom, right, top, piece), group in groupby(found, key=itemgetter(1, 2, 3, 4, 5)):
        chars = [one[0] for one in group]
        if len(chars) == 1:
            parted.append((*chars, left, bottom, right, top, piece))
            continue
        step = (right - left) / len(chars)
        parted += [(char, left + i * step, bottom, left + (i + 1) * step, top, piece) for i, char in enumerate(chars)]
    return parted


def _owners(text_page: Any, count: int) -> list[int]:
    """The address of each character's text object; 0 for what pdfium added."""
    return list(map(calls().text_object, repeat(handle(text_page)), range(count)))


def _firsts(keys: Sequence[Key | None]) -> dict[Key, int]:
    """Where each thing stands first."""
    firsts = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
    return {key: first for key, first in firsts.items() if key}


def _characters(text_page: Any, count: int) -> str:
    """The characters, one each, in one call where every code is one UTF-16 unit."""
    units = (c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text_page, 0, count, units) == count + 1:
        chars = bytes(units)[:-2].decode("utf-16-le", "replace")
        if len(chars) == count:
            return chars.translate(CONTROLS)
    codes = map(calls().unicode, repeat(handle(text_page)), range(count))
    return "".join(map(_character, codes)).translate(CONTROLS)


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"


def _is_private(char: str) -> bool:
    """Whether a file that gives this character has not named it."""
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff"


def _boxes(text_page: Any, count: int) -> tuple[list[float], ...]:
    """Left, bottom, right and top of the characters by their advance, in user space."""
    place = (c_float * (4 * count))()
    start, size = addressof(place), 4 * sizeof(c_float)
    every(map(calls().loose_box, repeat(handle(text_page)), range(count), range(start, start + count * size, size)))
    edges = place[:]
    return edges[0::4], edges[3::4], edges[2::4], edges[1::4]


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
    text = Text(frame, shown, [], [], styles, [one[5][3] for one in found], unmapped)
    if frame.b == frame.c == 0 and frame.a == 1 and not stacked:
        glyphs = _level(found, frame, styles)
    else:
        glyphs = [_turned(one, frame, styles, stacked) for one in found]
    straight = [style.direction == upright for style in styles]
    if all(straight):
        text.glyphs.extend(glyphs)
        return text
    for glyph in glyphs:
        (text.glyphs if straight[glyph.style] else text.askew).append(glyph)
    text.orders[:] = [one[5][3] for one in found if straight[one[5][0]]]
    return text


def _level(found: list[Found], frame: Frame, styles: list[Style]) -> list[Glyph]:
    """Glyphs of a page that is read as it is drawn."""
    above, below = [ASCENT * style.size for style in styles], [DESCENT * style.size for style in styles]
    down, fall, shift = frame.d, frame.f, frame.e
    rows = [
        (char, left + shift, (line := down * y + fall) - above[at], right + shift, line + below[at], line, at)
        for char, left, _, right, _, (at, _, y, _, _) in found
    ]
    return list(map(partial(tuple.__new__, Glyph), rows))


def _turned(one: Found, frame: Frame, styles: list[Style], stacked: bool) -> Glyph:
    """A glyph of a turned page; `stacked`: set downwards (竖排), where the box itself is the glyph's."""
    char, left, bottom, right, top, piece = one
    x0, high, x1, low = frame.box(left, bottom, right, top)
    if stacked:
        return Glyph(char, x0, high, x1, low, low, piece.style)
    size = styles[piece.style].size
    line = frame.b * piece.x + frame.d * piece.y + frame.f
    return Glyph(char, x0, line - ASCENT * size, x1, line + DESCENT * size, line, piece.style)


def _is_vertical(found: list[Found], styles: list[Style]) -> bool:
    """Whether most glyphs follow one another downwards (竖排)."""
    down = steps = 0
    bottoms = [one[2] for one in found[:SAMPLE]]
    if sum(map(gt, bottoms, bottoms[1:])) < 0.8 * LEAST:
        return False
    for (_, x0, y0, _, _, piece), (_, x1, y1, _, _, _) in pairwise(found[:SAMPLE]):
        size = styles[piece.style].size
        dx, dy = abs(x1 - x0), y0 - y1
        if dx + abs(dy) < 3 * size:
            steps += 1
            down += dx < 0.3 * size and 0.5 * size < dy
    return steps >= LEAST and down > 0.8 * steps
