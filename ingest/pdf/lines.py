"""Glyphs to lines of text: doubled glyphs dropped, baselines that drift kept together, gaps read as spaces.

A line keeps the left edge of each of its characters, so that any figure in it can be pointed at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.pdf.glyphs import Glyph, Style
from ingest.report import Box

WORD_GAP = 0.22
"""A gap this wide, in font sizes, divides two Latin words or two figures."""
COLUMN_GAP = 1.0
"""A gap this wide divides a line into pieces (columns, label and value)."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A piece of one visual line: its text, its box, and the left x of each character (plus the last right x)."""

    text: str
    box: Box
    edges: tuple[float, ...]
    size: float
    bold: bool = False
    page: int = 0

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


def is_cjk(char: str) -> bool:
    """Whether the character takes no spaces around it: Han, kana, CJK and full-width punctuation."""
    return "⺀" <= char <= "鿿" or "豈" <= char <= "﫿" or "＀" <= char <= "￯" or char in "“”‘’—…·" or char >= "𠀀"


def undoubled(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs of a line from left to right, without the second strokes of a fake bold (伪粗体)."""
    kept: list[Glyph] = []
    for glyph in sorted(glyphs, key=_left):
        for old in kept[-3:]:
            if old[0] == glyph[0] and _is_second_stroke(old, glyph):
                break
        else:
            kept.append(glyph)
    return kept


def _left(glyph: Glyph) -> float:
    return glyph.x0


def _height(glyph: Glyph) -> tuple[float, float]:
    return glyph.top + glyph.bottom, glyph.x0


def _is_second_stroke(old: Glyph, new: Glyph) -> bool:
    """Whether two equal glyphs lie upon one another."""
    near = new.x0 - old.x0 < 0.4 * max(new.x1 - new.x0, 0.1)
    return near and abs(new.base - old.base) < 0.25 * (new.bottom - new.top)


def rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by visual row, top to bottom: a row's glyphs lie at nearly the same height."""
    found: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=_height):
        own, tall = (glyph.top + glyph.bottom) / 2, glyph.bottom - glyph.top
        if found and abs(own - middle) <= 0.4 * max(tall, height):
            found[-1].append(glyph)
            if tall >= height:
                middle, height = own, tall
            continue
        found.append([glyph])
        middle, height = own, tall
    return found


def spelled(glyphs: Sequence[Glyph], styles: Sequence[Style], page: int) -> TextLine:
    """One line of text from glyphs already undoubled and sorted; spaces and gaps become single spaces."""
    chars: list[str] = []
    edges: list[float] = []
    inked: list[Glyph] = []
    spaced = False
    for glyph in glyphs:
        if glyph[0].isspace():
            spaced = True
            continue
        if inked and (spaced or _is_apart(inked[-1], glyph)):
            chars.append(" ")
            edges.append(inked[-1].x1)
        chars.append(glyph[0])
        edges.append(glyph[1])
        inked.append(glyph)
        spaced = False
    edges.append(inked[-1].x1)
    _, _, tops, rights, bottoms, _, kinds = zip(*inked, strict=True)
    shapes = [styles[at] for at in kinds]
    size = sorted([shape.size for shape in shapes])[len(shapes) // 2]
    bold = sum([shape.bold for shape in shapes]) * 2 > len(shapes)
    box = inked[0].x0, min(tops), max(rights), max(bottoms)
    return TextLine("".join(chars), box, tuple(edges), size, bold, page)


def _is_apart(left: Glyph, right: Glyph) -> bool:
    """Whether the gap between two neighbours is a space; Chinese is set loosely, so there only a wide one is."""
    gap, size = right.x0 - left.x1, max(left.bottom - left.top, right.bottom - right.top)
    if gap <= WORD_GAP * size:
        return False
    return gap > COLUMN_GAP * size or not (is_cjk(left.char) or is_cjk(right.char))


def pieces(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """A row cut where the gap is wide; each piece from left to right and undoubled."""
    found: list[list[Glyph]] = []
    right = 0.0
    for glyph in undoubled(row):
        if glyph.char.isspace():
            if found:
                found[-1].append(glyph)
            continue
        if not found or glyph.x0 - right > COLUMN_GAP * (glyph.bottom - glyph.top):
            found.append([])
            right = glyph.x1
        found[-1].append(glyph)
        right = max(right, glyph.x1)
    return found
