"""Text that a reader of the page would not see (隐藏文字): white, tiny, invisible, covered or off the page.

Suspects by colour or cover are looked at on the rendered page before they are called hidden, so that white figures
in a dark header cell stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium

from ingest.pdf.glyphs import Glyph, Text
from ingest.pdf.strokes import Drawing, Fill
from ingest.pdf.styles import Style
from ingest.report import Box, Hidden

TINY = 1.5
"""Font size in points up to which nobody reads a text."""
PALE = 245
"""Each of red, green and blue at least this: white on white paper."""
DARK = 200
"""Mean grey (255 is white) of the ground on which white text shows."""
CONTRAST = 60
"""Difference of grey within a glyph's box from which there is ink to see."""
SCALE = 3.0
"""Pixels per point of the page as looked at."""


def hidden_of(page: Any, text: Text, drawing: Drawing, scanned: bool) -> list[Hidden]:
    """For each glyph why it is hidden, "" where it is seen. On a scan the recognised layer counts as seen."""
    by_style = [_by_style(style, scanned) for style in text.styles]
    covers = [fill for fill in drawing.fills if fill.order >= 0]
    last = max((fill.order for fill in covers), default=-1)
    width, height = text.frame.width, text.frame.height
    if not text.glyphs:
        return []
    _, lefts, tops, rights, bottoms, _, _ = zip(*text.glyphs, strict=True)
    on_page = min(lefts) >= 0 and max(rights) <= width and min(tops) >= 0 and max(bottoms) <= height
    if on_page and last < min(text.orders) and not any(by_style):
        return [""] * len(text.glyphs)
    found: list[Hidden] = []
    suspects: list[int] = []
    for i, (glyph, order) in enumerate(zip(text.glyphs, text.orders, strict=True)):
        reason: Hidden = by_style[glyph.style]
        if not reason and not (
            0 <= (glyph.x0 + glyph.x1) / 2 <= width and 0 <= (glyph.top + glyph.bottom) / 2 <= height
        ):
            reason = "offpage"
        if not reason and -1 < order < last and not scanned:
            reason = _covered(glyph, order, covers)
        if reason in ("white", "covered"):
            suspects.append(i)
        found.append(reason)
    if suspects:
        seen = _seen(page, text, [text.glyphs[i] for i in suspects])
        for i, is_seen in zip(suspects, seen, strict=True):
            if is_seen:
                found[i] = ""
    return found


def _by_style(style: Style, scanned: bool) -> Hidden:
    red, green, blue, alpha = style.colour
    if style.mode in (3, 7):
        return "" if scanned else "invisible"
    if style.size <= TINY:
        return "tiny"
    if alpha < 13 or (min(red, green, blue) >= PALE and style.mode in (0, 4)):
        return "white"
    return ""


def _covered(glyph: Glyph, order: int, covers: Sequence[Fill]) -> Hidden:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    for fill in covers:
        x0, top, x1, bottom = fill.box
        if fill.order > order and x0 <= x <= x1 and top <= y <= bottom:
            return "covered"
    return ""


def _seen(page: Any, text: Text, glyphs: Sequence[Glyph]) -> list[bool]:
    """Whether each glyph shows on the rendered page: white on a dark ground, dark on a light one."""
    scale = min(SCALE, 4000 / max(text.shown.width, text.shown.height, 1))
    image = pdfium.PdfPage.render(page, scale=scale, grayscale=True).to_numpy()
    result = []
    for glyph in glyphs:
        box: Box = text.frame.back((glyph.x0, glyph.top, glyph.x1, glyph.bottom), text.shown)
        x0, top, x1, bottom = (int(value * scale) for value in box)
        patch = image[max(top, 0) : bottom + 1, max(x0, 0) : x1 + 1]
        if patch.size == 0:
            result.append(False)
            continue
        pale = min(text.styles[glyph.style].colour[:3]) >= PALE
        dark, contrast = float(patch.mean()) < DARK, int(patch.max()) - int(patch.min()) > CONTRAST
        result.append(dark if pale else contrast)
    return result
