"""Ruling lines of a PDF page, from pdfium's path objects.

Stroked lines and rectangles, thin filled rectangles, dashes and thin images, inside Form XObjects too,
all become edges of the reading frame. Curves and large fills draw no table.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterable, Iterator
from ctypes import byref, c_float, c_uint
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from ingest.pdf.frame import Frame
from ingest.pdf.native import Numbers, calls, handle
from ingest.report import Box

THIN = 3.0
"""A filled rectangle or an image up to this thick, in points, is a line."""
DEEPEST = 8
"""Form XObjects within one another that are looked into."""
MOST = 40_000
"""Path segments read of one page; a drawing with more is no table."""


class Edge(NamedTuple):
    """A horizontal (at y = pos) or vertical (at x = pos) piece of line from lo to hi."""

    pos: float
    lo: float
    hi: float


class Fill(NamedTuple):
    """An opaque painted area and when it was painted."""

    box: Box
    colour: tuple[int, int, int]
    order: int
    image: bool


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page besides text."""

    across: list[Edge] = field(default_factory=list)
    down: list[Edge] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    orders: dict[int, int] = field(default_factory=dict)
    """Drawing order of each text object, by address."""
    count: int = 0
    segments: int = 0
    floats: Numbers = field(default_factory=lambda: Numbers(c_float, 4))
    whole: Numbers = field(default_factory=lambda: Numbers(c_uint, 4))


Axis = tuple[float, float, float]
"""An axis of a frame: 1 or -1, where user space begins on it, and its length."""
Colour = tuple[int, int, int, int]
"""Red, green, blue, alpha, each 0 to 255."""
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def times(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that applies m, then n."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def read_drawing(page: Any) -> Drawing:
    """Edges, fills and the order of text objects, in PDF user space."""
    drawing = Drawing()
    count = raw.FPDFPage_CountObjects(page)
    _walk(map(calls().page_object, repeat(handle(page)), range(count)), IDENTITY, drawing, 0)
    return drawing


def framed(drawing: Drawing, frame: Frame) -> Drawing:
    """The same drawing in the coordinates of a frame."""
    across, down = drawing.across, drawing.down
    if frame.a == 0:
        across, down = down, across
    x, y = (frame.a + frame.c, frame.e, frame.width), (frame.b + frame.d, frame.f, frame.height)
    fills = [fill._replace(box=frame.box(*fill.box)) for fill in drawing.fills]
    return Drawing(list(_moved(across, y, x)), list(_moved(down, x, y)), fills, drawing.orders, drawing.count)


def _moved(edges: Iterable[Edge], beside: Axis, along: Axis) -> Iterator[Edge]:
    """Edges on the axes of a frame; those off the page are left out."""
    (by, aside, width), (scale, shift, length) = beside, along
    for pos, lo, hi in edges:
        at, start, end = by * pos + aside, scale * lo + shift, scale * hi + shift
        if scale < 0:
            start, end = end, start
        if 0 <= at <= width and end >= 0 and start <= length:
            yield Edge(at, start, end)


def _walk(objects: Iterable[int], matrix: Matrix, drawing: Drawing, depth: int) -> None:
    items = list(objects)
    orders, text = drawing.orders, raw.FPDF_PAGEOBJ_TEXT
    for item, kind in zip(items, list(map(calls().kind, items)), strict=True):
        drawing.count += 1
        if kind == text:
            orders[item] = drawing.count
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            if drawing.segments < MOST:
                _path(item, matrix, drawing)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = _box(item, matrix, drawing.floats)
            if not _thin(box, drawing):
                drawing.fills.append(Fill(box, (0, 0, 0), drawing.count, True))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            form = _pointer(item)
            inner = map(calls().form_object, repeat(item), range(raw.FPDFFormObj_CountObjects(form)))
            _walk(inner, times(_matrix(item), matrix), drawing, depth + 1)


def _pointer(item: int) -> Any:
    return ctypes.cast(item, raw.FPDF_PAGEOBJECT)


def _matrix(item: int) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(_pointer(item), byref(found)):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _box(item: int, matrix: Matrix, place: Numbers) -> Box:
    """Bounds of an object on the page, line width included."""
    calls().bounds(item, *place.at)
    x0, y0, x1, y1 = place.values[:]
    if matrix is IDENTITY:
        return x0, y0, x1, y1
    return _bounds([_apply(matrix, x, y) for x, y in ((x0, y0), (x1, y0), (x0, y1), (x1, y1))])


def _colour(getter: Any, item: int, place: Numbers) -> Colour:
    if not getter(item, *place.at):
        return 0, 0, 0, 255
    red, green, blue, alpha = place.values[:]
    return int(red), int(green), int(blue), int(alpha)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _bounds(points: list[tuple[float, float]]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _thin(box: Box, drawing: Drawing) -> bool:
    """Whether a painted box is a ruling line; if so it is noted as one."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if min(width, height) > THIN:
        return False
    if width >= height:
        drawing.across.append(Edge((y0 + y1) / 2, x0, x1))
    else:
        drawing.down.append(Edge((x0 + x1) / 2, y0, y1))
    return True


def _path(item: int, matrix: Matrix, drawing: Drawing) -> None:
    call = calls()
    call.draw_mode(item, *drawing.whole.at[:2])
    filled, stroked = drawing.whole.values[:2]
    if not filled and not stroked:
        return
    stroked = stroked and _seen(_colour(call.stroke_colour, item, drawing.whole))
    paint = _colour(call.fill_colour, item, drawing.whole) if filled else (0, 0, 0, 0)
    simple = call.count_segments(item) <= 5
    box = _box(item, matrix, drawing.floats) if simple else None
    if box is not None and min(box[2] - box[0], box[3] - box[1]) <= THIN:
        drawing.segments += 5
        if stroked or _seen(paint):
            _thin(box, drawing)
        return
    clear = paint[3] < 255 or raw.FPDFPageObj_HasTransparency(_pointer(item))
    for points, curved in _subpaths(item, times(_matrix(item), matrix), drawing):
        if curved:
            continue
        if stroked:
            _stroke(points, drawing)
        box = _bounds(points)
        if filled and not stroked and min(box[2] - box[0], box[3] - box[1]) <= THIN:
            if _seen(paint):
                _thin(box, drawing)
        elif filled and not clear:
            drawing.fills.append(Fill(box, paint[:3], drawing.count, False))


def _seen(colour: Colour) -> bool:
    """Whether ink of this colour shows on white paper."""
    return colour[3] > 8 and min(colour[:3]) < 250


def _subpaths(item: int, matrix: Matrix, drawing: Drawing) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Corner points of each subpath, and whether it has a curve."""
    call, place = calls(), Numbers(c_float, 2)
    points: list[tuple[float, float]] = []
    curved = False
    for i in range(min(call.count_segments(item), MOST - drawing.segments)):
        drawing.segments += 1
        segment = call.segment(item, i)
        call.point(segment, *place.at)
        kind = call.segment_kind(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        x, y = place.values[:]
        points.append(_apply(matrix, x, y))
        if call.closes(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points, curved


def _stroke(points: list[tuple[float, float]], drawing: Drawing) -> None:
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if abs(y1 - y0) <= 1 and x0 != x1:
            drawing.across.append(Edge((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= 1 and y0 != y1:
            drawing.down.append(Edge((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
