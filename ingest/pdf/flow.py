"""Text pieces of a page in reading order, and lines into paragraphs.

Chinese reports indent the first line of a paragraph and fill every line but the last: that, the font size and the
spacing tell where a paragraph ends, over pages too. What a paragraph is (heading, caption) is not decided here.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.pdf.cells import DrawnTable
from ingest.pdf.lines import TextLine, is_cjk
from ingest.report import Box, Hidden

NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十百]{1,4}[)）、．.]|第[一二三四五六七八九十\d]+[章节条部]|[（(]?\d{1,2}[)）、．.](?!\d)|[①-⑳]|附件|附表"
)
UNBROKEN = re.compile(r"[“‘（《〈【]*[!-~％]+[”’）》〉】。，、；：！？]*|[“‘（《〈【]*.[”’）》〉】。，、；：！？％]*")
LEADER = re.compile(r"[.…·．]{4,}\s*[\divx]{0,4}$|…{2,}\s*\d*$")
NARROW = 18
"""Characters that a column of running text holds at least."""
STOPS = "。；：！？;:!?…"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that read on from one another. `centred`: each stands in the middle of its column."""

    lines: tuple[TextLine, ...]
    centred: bool = False
    furniture: bool = False
    hidden: Hidden = ""


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of the text of a column, and its usual gap between lines in font sizes."""

    left: float
    right: float
    gap: float


def same_row(one: Box, two: Box) -> bool:
    """Whether two boxes stand side by side."""
    overlap = min(one[3], two[3]) - max(one[1], two[1])
    return overlap > 0.5 * min(one[3] - one[1], two[3] - two[1])


def in_order(pieces: Sequence[TextLine], tables: Sequence[DrawnTable], width: float) -> list[TextLine | DrawnTable]:
    """Pieces and tables of a page from top to bottom, columns one after the other."""
    items: list[TextLine | DrawnTable] = []
    gutter = gutter_of(pieces, width)
    if gutter is None:
        items = [*_by_rows(pieces), *tables]
        return sorted(items, key=lambda item: (item.box[1], item.box[0]))
    for band in _bands([*pieces, *tables], gutter):
        for side in band:
            side_lines = _by_rows([item for item in side if isinstance(item, TextLine)])
            side_tables = [item for item in side if isinstance(item, DrawnTable)]
            items += sorted([*side_lines, *side_tables], key=lambda item: (item.box[1], item.box[0]))
    return items


def gutter_of(pieces: Sequence[TextLine], width: float) -> float | None:
    """The x between two columns of running text, or None: both sides hold several lines that nearly fill them."""
    long = [piece for piece in pieces if 0.2 * width < piece.box[2] - piece.box[0] < 0.55 * width]
    if len(long) < 10:
        return None
    for x in sorted({round(piece.box[0], 0) for piece in long if 0.3 * width < piece.box[0] < 0.7 * width}):
        left = [piece for piece in long if piece.box[2] < x]
        right = [piece for piece in long if piece.box[0] >= x - 1]
        crossing = [piece for piece in pieces if piece.box[0] < x - 2 and piece.box[2] > x + 2]
        if min(len(left), len(right)) >= 5 and len(crossing) <= 0.3 * len(pieces) and _fills(left) and _fills(right):
            return x - 1
    return None


def _fills(lines: Sequence[TextLine]) -> bool:
    """Whether most lines end near the same right edge: running text, not the cells of a table."""
    right = max(line.box[2] for line in lines)
    return sum(line.box[2] > right - 2.5 * line.size for line in lines) * 2 > len(lines)


def _bands(items: list[TextLine | DrawnTable], gutter: float) -> Iterable[tuple[list[TextLine | DrawnTable], ...]]:
    """Runs of items beside the gutter (left side, right side), divided by items that cross it."""
    left: list[TextLine | DrawnTable] = []
    right: list[TextLine | DrawnTable] = []
    for item in sorted(items, key=lambda item: item.box[1]):
        if item.box[0] < gutter and item.box[2] > gutter + 2:
            yield left, right, [item]
            left, right = [], []
        else:
            (left if item.box[2] <= gutter + 2 else right).append(item)
    yield left, right


def _by_rows(pieces: Sequence[TextLine]) -> list[TextLine]:
    """Pieces that stand side by side made one line."""
    lines: list[TextLine] = []
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.box[0])):
        if lines and same_row(lines[-1].box, piece.box) and lines[-1].box[2] <= piece.box[0] + piece.size:
            lines[-1] = beside(lines[-1], piece)
        else:
            lines.append(piece)
    return lines


def beside(left: TextLine, right: TextLine) -> TextLine:
    """One line of two pieces, a space between them."""
    boxes = left.box, right.box
    box = min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    size = left.size if len(left.text) >= len(right.text) else right.size
    return replace(left, text=f"{left.text} {right.text}", box=box, edges=left.edges + right.edges, size=size)


class Column:
    """What the lines of a column show of its margins; a number or two is kept of each line."""

    def __init__(self) -> None:
        self._starts: dict[int, tuple[int, float]] = {}
        """For each third of a point how many lines begin there, and the leftmost."""
        self._ends, self._long = array("f"), array("f")
        """Right edges: of all lines, and of those of more than ten characters."""
        self._sizes, self._gaps = array("f"), array("f")

    def add(self, lines: Iterable[TextLine]) -> None:
        """Note lines of one page, in their order."""
        above: TextLine | None = None
        for line in lines:
            left, top, right, _ = line.box
            place = round(left / 3)
            count, leftmost = self._starts.get(place, (0, left))
            self._starts[place] = count + 1, min(left, leftmost)
            self._ends.append(right)
            if right - left > 10 * line.size:
                self._long.append(right)
            self._sizes.append(line.size)
            if above is not None and 0 < top - above.box[3] < 3 * above.size:
                self._gaps.append((top - above.box[3]) / above.size)
            above = line

    def margins(self) -> Margins:
        """The margins of the column."""
        often = max(3, len(self._sizes) // 25)
        common = [leftmost for count, leftmost in self._starts.values() if count >= often]
        left = min(common or [leftmost for _, leftmost in self._starts.values()])
        ends, gaps = sorted(self._long or self._ends), sorted(self._gaps)
        size = sorted(self._sizes)[len(self._sizes) // 2]
        right = max(ends[int(0.9 * (len(ends) - 1))], left + NARROW * size)
        return Margins(left, right, gaps[len(gaps) // 2] if gaps else 1.0)


def is_centred(line: TextLine, margins: Margins) -> bool:
    """Whether a line stands in the middle of its column, clear of both margins."""
    before, after = line.box[0] - margins.left, margins.right - line.box[2]
    return min(before, after) > 2.5 * line.size and abs(before - after) < 0.1 * (margins.right - margins.left)


def reads_on(lines: Sequence[TextLine], two: TextLine, margins: Margins) -> bool:
    """Whether line `two` continues the paragraph that has these lines."""
    one = lines[-1]
    size = max(one.size, two.size)
    if abs(one.size - two.size) > 0.12 * size or (is_centred(two, margins) and not _is_long_heading(one, two, margins)):
        return False
    if one.page == two.page and (two.box[1] - one.box[3]) / size > margins.gap + 0.6:
        return False
    if LEADER.search(one.text) or one.box[0] > (margins.left + margins.right) / 2:
        return False
    indented, ended = two.box[0] - margins.left > 1.2 * size, one.text[-1] in STOPS
    if NUMBERED.match(two.text) and (ended or indented):
        return False
    if one.box[2] + _first_word(two) < margins.right - 1.2 * size:
        return not ended and not indented and _is_long(lines, two, margins)
    return not indented or (not ended and (is_centred(two, margins) or not one.bold) and two.box[0] >= one.box[0])


def _is_long_heading(one: TextLine, two: TextLine, margins: Margins) -> bool:
    """Whether a centred line is the rest of a heading that fills the line above."""
    full = one.box[0] - margins.left < 2.5 * one.size and margins.right - one.box[2] < 2.5 * one.size
    return full and one.bold and two.bold and one.text[-1] not in STOPS


def _is_long(lines: Sequence[TextLine], two: TextLine, margins: Margins) -> bool:
    """Whether an unfinished sentence breaks early (before a figure or a quotation): a long line of running text."""
    one = lines[-1]
    running = len(lines) > 1 or (one.box[0] - two.box[0] > 1.2 * two.size and not is_centred(one, margins))
    return running and one.box[2] > margins.left + 0.6 * (margins.right - margins.left)


def _first_word(line: TextLine) -> float:
    """Width of what cannot be broken at the start of a line: a figure, a Latin word, a character and its stop."""
    match = UNBROKEN.match(line.text)
    end = match.end() if match else 1
    return line.edges[end] - line.edges[0] if end < len(line.edges) else line.size


def paragraphs(items: Iterable[TextLine | DrawnTable], margins: Margins) -> Iterator[Paragraph | DrawnTable]:
    """Lines joined to paragraphs; tables stay where they stand. Only the last paragraph waits."""
    lines: list[TextLine] = []
    for item in items:
        if lines and isinstance(item, TextLine) and reads_on(lines, item, margins):
            lines.append(item)
            continue
        if lines:
            yield Paragraph(tuple(lines), is_centred(lines[0], margins))
        lines = []
        if isinstance(item, DrawnTable):
            yield item
        else:
            lines = [item]
    if lines:
        yield Paragraph(tuple(lines), is_centred(lines[0], margins))


def joint(text: str, following: str) -> str:
    """What stands between two lines of a paragraph: nothing in Chinese and in a broken figure, a space elsewhere."""
    last, first = text[-1], following[0]
    if is_cjk(last) or is_cjk(first):
        return ""
    if (last.isdigit() or last in ".,") and (first.isdigit() or first in ".,%％"):
        return ""
    return "" if last == "-" and first.isalpha() else " "
