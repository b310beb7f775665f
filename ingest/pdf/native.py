"""Calls into pdfium that are made for every glyph and path, with plain integer handles: a third cheaper.

pdfium is not thread-safe: whoever opens a document holds `LOCK` until it is closed.
"""

from __future__ import annotations

import ctypes
import gc
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ctypes import c_double, c_float, c_int, c_size_t, c_uint, c_void_p
from dataclasses import dataclass
from functools import cache
from threading import RLock
from typing import Any

import pypdfium2.raw as raw

LOCK = RLock()


@dataclass(frozen=True, slots=True)
class Calls:
    """pdfium functions by handle (an address), named as in pdfium less their prefix."""

    unicode: Any
    text_object: Any
    loose_box: Any
    unmapped: Any
    font_size: Any
    matrix: Any
    font: Any
    mode: Any
    page_object: Any
    form_object: Any
    kind: Any
    bounds: Any
    count_segments: Any
    draw_mode: Any
    fill_colour: Any
    stroke_colour: Any
    segment: Any
    point: Any
    segment_kind: Any
    closes: Any
    bounded: Any


@cache
def calls() -> Calls:
    """The functions, bound once."""
    return Calls(
        unicode=_bound("FPDFText_GetUnicode", c_uint, c_void_p, c_int),
        text_object=_bound("FPDFText_GetTextObject", c_size_t, c_void_p, c_int),
        loose_box=_bound("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p),
        unmapped=_bound("FPDFText_HasUnicodeMapError", c_int, c_void_p, c_int),
        font_size=_bound("FPDFTextObj_GetFontSize", c_int, c_void_p, c_void_p),
        matrix=_bound("FPDFText_GetMatrix", c_int, c_void_p, c_int, c_void_p),
        font=_bound("FPDFTextObj_GetFont", c_size_t, c_void_p),
        mode=_bound("FPDFTextObj_GetTextRenderMode", c_int, c_void_p),
        page_object=_bound("FPDFPage_GetObject", c_void_p, c_void_p, c_int),
        form_object=_bound("FPDFFormObj_GetObject", c_void_p, c_void_p, c_uint),
        kind=_bound("FPDFPageObj_GetType", c_int, c_void_p),
        bounds=_bound("FPDFPageObj_GetBounds", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
        count_segments=_bound("FPDFPath_CountSegments", c_int, c_void_p),
        draw_mode=_bound("FPDFPath_GetDrawMode", c_int, c_void_p, c_void_p, c_void_p),
        fill_colour=_bound("FPDFPageObj_GetFillColor", c_int, *[c_void_p] * 5),
        stroke_colour=_bound("FPDFPageObj_GetStrokeColor", c_int, *[c_void_p] * 5),
        segment=_bound("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int),
        point=_bound("FPDFPathSegment_GetPoint", c_int, c_void_p, c_void_p, c_void_p),
        segment_kind=_bound("FPDFPathSegment_GetType", c_int, c_void_p),
        closes=_bound("FPDFPathSegment_GetClose", c_int, c_void_p),
        bounded=_bound("FPDFText_GetBoundedText", c_int, c_void_p, *[c_double] * 4, c_void_p, c_int),
    )


def _bound(name: str, result: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)(handle(getattr(raw, name)))


def handle(pointer: Any) -> int:
    """The address behind a pointer that pypdfium2 returned."""
    return int(ctypes.cast(pointer, c_void_p).value or 0)


@contextmanager
def uncollected() -> Iterator[None]:
    """A while without the cycle collector: a page is a hundred thousand small tuples and not one cycle.

    Searching them again and again costs a fifth of the reading.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def every(results: Iterable[object]) -> None:
    """Run calls that are wanted for what they write (a `map` of them costs half of a loop)."""
    deque(results, maxlen=0)


class Numbers:
    """A small buffer of C numbers that calls write into, and the addresses of its places."""

    __slots__ = ("at", "values")

    def __init__(self, kind: type[c_float] | type[c_int] | type[c_uint], count: int) -> None:
        self.values = (kind * count)()
        start, size = ctypes.addressof(self.values), ctypes.sizeof(kind)
        self.at = tuple(start + i * size for i in range(count))
