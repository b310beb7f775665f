"""Runs of rows that may be a table without lines: pieces side by side, leaders and currency signs put right.

Whether a run is a table is decided in borderless.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.layout.captions import is_unit_line
from ingest.pdf.flow import same_row
from ingest.pdf.lines import TextLine

VALUE = re.compile(
    r"[$¥￥€£(（+\-−–±≥≤<>~]*\s*\d[\d,.，]*\s*[%％‰)）]*[*†‡a-z]?|[-—–―…./／*]+|N/?A|无|不适用", re.IGNORECASE
)
CAPTION = re.compile(r"(?:附?表|图|Table|Exhibit|Figure)\s*[A-Z]?[-\d一二三四五六七八九十.]+", re.IGNORECASE)
LEADER = re.compile(r"(?:[.．·…_]\s?){4,}|…{2,}")
SIGN = re.compile(r"[$¥￥€£]")
LOOSE = 2.4
"""Gap between two rows of a table, in font sizes, from which they belong to different things."""


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces that stand side by side, from the left."""

    pieces: tuple[TextLine, ...]

    @property
    def top(self) -> float:
        return min(piece.box[1] for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.box[3] for piece in self.pieces)

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)


def is_value(text: str) -> bool:
    """Whether a piece is a figure or says that there is none."""
    return VALUE.fullmatch(text.replace(" ", "")) is not None


def rows_of(pieces: Sequence[TextLine]) -> list[Row]:
    """Pieces by row, top to bottom; dot leaders cut, currency signs joined to their figure."""
    found: list[list[TextLine]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.box[0])):
        if found and same_row(found[-1][0].box, piece.box):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [Row(tuple(_joined_signs(row))) for row in found]


def _joined_signs(row: Sequence[TextLine]) -> list[TextLine]:
    """The pieces of a row from the left, cut at leaders; a currency sign goes with the figure after it."""
    cut = [figure for piece in row for part in unled(piece) for figure in _apart(part)]
    found: list[TextLine] = []
    for piece in sorted(cut, key=lambda piece: piece.box[0]):
        if found and SIGN.fullmatch(found[-1].text):
            sign = found.pop()
            box = sign.box[0], min(sign.box[1], piece.box[1]), piece.box[2], max(sign.box[3], piece.box[3])
            piece = replace(piece, text=sign.text + piece.text, box=box, edges=sign.edges[:-1] + piece.edges)
        found.append(piece)
    return found


def unled(piece: TextLine) -> list[TextLine]:
    """A piece cut at its dot leaders (合计……12), which are dropped."""
    if not LEADER.search(piece.text) or len(piece.edges) != len(piece.text) + 1:
        return [piece]
    parts = []
    start = 0
    for match in [*LEADER.finditer(piece.text), None]:
        end = match.start() if match else len(piece.text)
        text = piece.text[start:end].strip()
        if text:
            first = piece.text.index(text, start)
            edges = piece.edges[first : first + len(text) + 1]
            parts.append(replace(piece, text=text, edges=edges, box=(edges[0], piece.box[1], edges[-1], piece.box[3])))
        start = match.end() if match else end
    return parts


def _apart(piece: TextLine) -> list[TextLine]:
    """A piece that is nothing but figures with spaces between, as one piece for each figure."""
    words = piece.text.split(" ")
    if len(words) < 2 or len(piece.edges) != len(piece.text) + 1 or not all(is_value(word) for word in words):
        return [piece]
    parts, start = [], 0
    for word in words:
        edges = piece.edges[start : start + len(word) + 1]
        parts.append(replace(piece, text=word, edges=edges, box=(edges[0], piece.box[1], edges[-1], piece.box[3])))
        start += len(word) + 1
    return parts


def runs_of(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that may form one table: several pieces each, single ones only between them."""
    runs: list[list[Row]] = []
    current: list[Row] = []
    for row in rows:
        apart = current and (row.top - current[-1].bottom) / row.size > LOOSE
        if apart or _is_text(row, current):
            runs.append(current)
            current = []
        if not _is_text(row, current):
            current.append(row)
    runs.append(current)
    return [trimmed for run in runs if len(trimmed := _trimmed(run)) >= 3]


def _is_text(row: Row, run: Sequence[Row]) -> bool:
    """Whether a row is a unit line or a line of prose rather than a row of the table."""
    text = " ".join(piece.text for piece in row.pieces)
    if is_unit_line(text) or CAPTION.match(text):
        return True
    if len(row.pieces) > 1:
        return False
    piece = row.pieces[0]
    if not run:
        return True
    left, right = min(p.box[0] for r in run for p in r.pieces), max(p.box[2] for r in run for p in r.pieces)
    return piece.box[2] - piece.box[0] > 0.75 * (right - left)


def _trimmed(run: list[Row]) -> list[Row]:
    """The run without single pieces at its ends."""
    many = [i for i, row in enumerate(run) if len(row.pieces) > 1]
    return run[many[0] : many[-1] + 1] if many else []
