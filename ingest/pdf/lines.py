"""Glyphs to lines of text: doubled glyphs dropped, baselines that drift kept together, gaps read as spaces.

A line keeps the left edge of each of its characters, so that any figure in it can be pointed at.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter, sub

from ingest.pdf.glyphs import Glyph
from ingest.pdf.styles import Style
from ingest.report import Box

WORD_GAP = 0.22
"""A gap this wide, in font sizes, divides two Latin words or two figures."""
NARROW = 0.1
"""Width in font sizes below which a glyph (a mark) may lie upon the one that it touches."""
UNPOINTED = array("f")
COLUMN_GAP = 1.0
"""A gap this wide divides a line into pieces (columns, label and value)."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A piece of one visual line: its text, its box, and the left x of each character (plus the last right x).

    A file of 2,000 pages has a million edges, so they are kept as four bytes each until the report is put together.
    """

    text: str
    box: Box
    edges: array[float]
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
    for glyph in sorted(glyphs, key=_LEFT):
        near = 0.4 * max(glyph[3] - glyph[1], 0.1)
        if kept and glyph[1] - kept[-1][1] < near and any(_is_second_stroke(old, glyph, near) for old in kept[-3:]):
            continue
        kept.append(glyph)
    return kept


_LEFT = itemgetter(1)


def _height(glyph: Glyph) -> tuple[float, float]:
    return glyph[2] + glyph[4], glyph[1]


def _is_second_stroke(old: Glyph, new: Glyph, near: float) -> bool:
    """Whether two equal glyphs lie upon one another."""
    return old[0] == new[0] and new[1] - old[1] < near and abs(new[5] - old[5]) < 0.25 * (new[4] - new[2])


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs by visual row, top to bottom: a row's glyphs lie at nearly the same height."""
    if len({glyph[2] + glyph[4] for glyph in glyphs}) == 1:
        return [sorted(glyphs, key=_LEFT)]
    found: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=_height):
        own, tall = (glyph[2] + glyph[4]) / 2, glyph[4] - glyph[2]
        if found and own - middle <= 0.4 * max(tall, height):
            found[-1].append(glyph)
            if tall >= height:
                middle, height = own, tall
            continue
        found.append([glyph])
        middle, height = own, tall
    return found


def spelled(glyphs: Sequence[Glyph], styles: Sequence[Style], page: int, pointed: bool = True) -> TextLine:
    """One line of text from glyphs already undoubled and sorted; spaces and gaps become single spaces.

    `pointed`: keep where each character stands; a cell is pointed at as a whole.
    """
    chars: list[str] = []
    edges: list[float] = []
    inked: list[Glyph] = []
    spaced = False
    right = tall = 0.0
    for glyph in glyphs:
        char, x0, top, x1, bottom, _, _ = glyph
        if char.isspace():
            spaced = True
            continue
        own = bottom - top
        gap, size = x0 - right, own if own > tall else tall
        if inked and (spaced or (gap > WORD_GAP * size and _is_apart(gap, size, inked[-1][0], char))):
            chars.append(" ")
            edges.append(right)
        chars.append(char)
        edges.append(x0)
        inked.append(glyph)
        spaced, right, tall = False, x1, own
    edges.append(right)
    _, _, tops, rights, bottoms, _, kinds = zip(*inked, strict=True)
    box = inked[0][1], min(tops), max(rights), max(bottoms)
    return TextLine("".join(chars), box, array("f", edges) if pointed else UNPOINTED, *_looks(kinds, styles), page)


def is_plain(word: Sequence[Glyph]) -> bool:
    """Whether glyphs of one style without gaps stand on one level and none lies upon another: a line as they are."""
    if len(word) == 1:
        return not word[0].char.isspace()
    _, lefts, tops, rights, bottoms, _, _ = zip(*word, strict=True)
    return bool(min(tops) == max(tops) and min(map(sub, rights, lefts)) > NARROW * (bottoms[0] - tops[0]))


def plain(word: Sequence[Glyph], styles: Sequence[Style], page: int) -> TextLine:
    """What `spelled` makes of a plain word for a cell."""
    chars, lefts, tops, rights, bottoms, _, kinds = zip(*word, strict=True)
    style = styles[kinds[0]]
    box = lefts[0], tops[0], max(rights), bottoms[0]
    return TextLine("".join(chars), box, UNPOINTED, style.size, style.bold, page)


def _looks(kinds: Sequence[int], styles: Sequence[Style]) -> tuple[float, bool]:
    """The middle font size of glyphs of these styles, and whether most of them are bold."""
    if len(set(kinds)) == 1:
        return styles[kinds[0]].size, styles[kinds[0]].bold
    shapes = [styles[at] for at in kinds]
    size = sorted([shape.size for shape in shapes])[len(shapes) // 2]
    return size, sum([shape.bold for shape in shapes]) * 2 > len(shapes)


def _is_apart(gap: float, size: float, left: str, right: str) -> bool:
    """Whether a gap between two neighbours is a space; Chinese is set loosely, so there only a wide one is."""
    return gap > COLUMN_GAP * size or not (is_cjk(left) or is_cjk(right))


def pieces(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """A row cut where the gap is wide; each piece from left to right and undoubled."""
    found: list[list[Glyph]] = []
    right = 0.0
    for glyph in undoubled(row):
        char, x0, top, x1, bottom, _, _ = glyph
        if char.isspace():
            if found:
                found[-1].append(glyph)
            continue
        if not found or x0 - right > COLUMN_GAP * (bottom - top):
            found.append([])
            right = x1
        found[-1].append(glyph)
        right = x1 if x1 > right else right
    return found
