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
    for glyph in sorted(glyphs, key=lambda g: g.x0):
        reach = 0.4 * max(glyph.x1 - glyph.x0, 0.1)
        if any(
            old.char == glyph.char
            and glyph.x0 - old.x0 < reach
            and abs(glyph.base - old.base) < 0.25 * (glyph.bottom - glyph.top)
            for old in kept[-3:]
        ):
            continue
        kept.append(glyph)
    return kept


def rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by visual row, top to bottom: a row's glyphs overlap in height by more than half."""
    found: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom, g.x0)):
        middle, height = (glyph.top + glyph.bottom) / 2, glyph.bottom - glyph.top
        if found:
            first = max(found[-1][-4:], key=lambda g: g.bottom - g.top)
            tall = max(height, first.bottom - first.top)
            if abs(middle - (first.top + first.bottom) / 2) <= 0.4 * tall:
                found[-1].append(glyph)
                continue
        found.append([glyph])
    return found


def spelled(glyphs: Sequence[Glyph], styles: Sequence[Style]) -> TextLine:
    """One line of text from glyphs already undoubled and sorted; spaces and gaps become single spaces."""
    chars: list[str] = []
    edges: list[float] = []
    last: Glyph | None = None
    spaced = False
    for glyph in glyphs:
        if glyph.char.isspace():
            spaced = True
            continue
        if last is not None and (spaced or _is_apart(last, glyph)):
            chars.append(" ")
            edges.append(round(last.x1, 2))
        chars.append(glyph.char)
        edges.append(round(glyph.x0, 2))
        last, spaced = glyph, False
    assert last is not None
    edges.append(round(last.x1, 2))
    inked = [glyph for glyph in glyphs if not glyph.char.isspace()]
    box = (
        min(g.x0 for g in inked),
        min(g.top for g in inked),
        max(g.x1 for g in inked),
        max(g.bottom for g in inked),
    )
    size = sorted(styles[g.style].size for g in inked)[len(inked) // 2]
    bold = sum(styles[g.style].bold for g in inked) * 2 > len(inked)
    return TextLine("".join(chars), box, tuple(edges), size, bold)


def _is_apart(left: Glyph, right: Glyph) -> bool:
    """Whether the gap between two neighbours is a space; Chinese is set loosely, so there only a wide one is."""
    gap = right.x0 - left.x1
    size = max(left.bottom - left.top, right.bottom - right.top)
    if is_cjk(left.char) or is_cjk(right.char):
        return gap > COLUMN_GAP * size
    return gap > WORD_GAP * size


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
