"""Ruling lines of a PDF page, from pdfium's path objects.

Stroked lines and rectangles, thin filled rectangles, dashes and thin images, inside Form XObjects too,
all become edges of the reading frame. Curves and large fills draw no table.
"""

from __future__ import annotations

import itertools
from ctypes import addressof, byref, c_float, c_int, c_uint
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from ingest.pdf.glyphs import Frame
from ingest.report import Box

THIN = 3.0
"""A filled rectangle or an image up to this thick, in points, is a line."""
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
    objects = (raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page)))
    _walk(objects, IDENTITY, drawing, 0)
    return drawing


def framed(drawing: Drawing, frame: Frame) -> Drawing:
    """The same drawing in the coordinates of a frame."""
    turned = Drawing(orders=drawing.orders, count=drawing.count)
    boxes = [(edge.lo, edge.pos, edge.hi, edge.pos) for edge in drawing.across]
    boxes += [(edge.pos, edge.lo, edge.pos, edge.hi) for edge in drawing.down]
    for box in boxes:
        x0, top, x1, bottom = frame.box(*box)
        if x1 < 0 or bottom < 0 or x0 > frame.width or top > frame.height:
            continue
        if x1 - x0 >= bottom - top:
            turned.across.append(Edge(top, x0, x1))
        else:
            turned.down.append(Edge(x0, top, bottom))
    turned.fills = [fill._replace(box=frame.box(*fill.box)) for fill in drawing.fills]
    return turned


def _walk(objects: Any, matrix: Matrix, drawing: Drawing, depth: int) -> None:
    for item in objects:
        drawing.count += 1
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            drawing.orders[addressof(item.contents)] = drawing.count
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            if drawing.segments < MOST:
                _path(item, times(_matrix(item), matrix), drawing)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            _image(item, matrix, drawing)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
            inner = (raw.FPDFFormObj_GetObject(item, i) for i in range(raw.FPDFFormObj_CountObjects(item)))
            _walk(inner, times(_matrix(item), matrix), drawing, depth + 1)


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, byref(found)):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _colour(getter: Any, item: Any) -> tuple[int, int, int, int]:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not getter(item, byref(red), byref(green), byref(blue), byref(alpha)):
        return 0, 0, 0, 255
    return red.value, green.value, blue.value, alpha.value


def _image(item: Any, matrix: Matrix, drawing: Drawing) -> None:
    x0, y0, x1, y1 = c_float(), c_float(), c_float(), c_float()
    if not raw.FPDFPageObj_GetBounds(item, byref(x0), byref(y0), byref(x1), byref(y1)):
        return
    corners = [_apply(matrix, x, y) for x, y in ((x0.value, y0.value), (x1.value, y1.value))]
    box = _bounds(corners)
    if not _thin(box, drawing):
        drawing.fills.append(Fill(box, (0, 0, 0), drawing.count, True))


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


def _path(item: Any, matrix: Matrix, drawing: Drawing) -> None:
    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke))
    if not fill.value and not stroke.value:
        return
    stroked = bool(stroke.value) and _seen(_colour(raw.FPDFPageObj_GetStrokeColor, item))
    paint = _colour(raw.FPDFPageObj_GetFillColor, item) if fill.value else (0, 0, 0, 0)
    for points, curved in _subpaths(item, matrix, drawing):
        if stroked and not curved:
            _stroke(points, drawing)
        if fill.value and paint[3] > 0 and not curved:
            box = _bounds(points)
            thin = min(box[2] - box[0], box[3] - box[1]) <= THIN
            if thin and _seen(paint) and not stroked:
                _thin(box, drawing)
            elif not thin and paint[3] == 255 and not raw.FPDFPageObj_HasTransparency(item):
                drawing.fills.append(Fill(box, paint[:3], drawing.count, False))


def _seen(colour: tuple[int, int, int, int]) -> bool:
    """Whether ink of this colour shows on white paper."""
    return colour[3] > 8 and min(colour[:3]) < 250


def _subpaths(item: Any, matrix: Matrix, drawing: Drawing) -> Any:
    """Corner points of each subpath, and whether it has a curve."""
    x, y = c_float(), c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for i in range(min(raw.FPDFPath_CountSegments(item), MOST - drawing.segments)):
        drawing.segments += 1
        segment = raw.FPDFPath_GetPathSegment(item, i)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append(_apply(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points, curved


def _stroke(points: list[tuple[float, float]], drawing: Drawing) -> None:
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if abs(y1 - y0) <= 1 and x0 != x1:
            drawing.across.append(Edge((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= 1 and y0 != y1:
            drawing.down.append(Edge((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
