"""PDF pages drawn inside a test: text at a place, a table in one of the ways that programs draw tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], None]
A4 = (595.0, 842.0)
SONG = "STSong-Light"


def pdf(*pages: Draw, size: tuple[float, float] = A4, **options: str) -> bytes:
    """A PDF with one page for each function. Coordinates are PDF's own: from the bottom left."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Canvas, x: float, y: float, text: str, size: float = 12, font: str = SONG) -> None:
    """A line of text with its baseline at y."""
    canvas.setFont(font, size)
    canvas.drawString(x, y, text)


def lines(
    canvas: Canvas, texts: Sequence[str], x: float = 72, y: float = 760, size: float = 12, lead: float = 20
) -> None:
    """Lines one below the other."""
    for i, text in enumerate(texts):
        write(canvas, x, y - i * lead, text, size)


def line(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.line(x0, y0, x1, y1)


def thin(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """A line as spreadsheets and word processors draw it: a filled rectangle half a point thick."""
    canvas.rect(x0 - 0.25, y0 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)


def dashed(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.setDash(3, 2)
    canvas.line(x0, y0, x1, y1)
    canvas.setDash()


def pieces(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """A dashed line drawn as many short ones."""
    length = max(x1 - x0, y1 - y0)
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    at = 0.0
    while at < length:
        end = min(at + 3, length)
        canvas.line(x0 + dx * at, y0 + dy * at, x0 + dx * end, y0 + dy * end)
        at += 5


def grid(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    x: float = 72,
    y: float = 700,
    widths: Sequence[float] = (),
    height: float = 20,
    size: float = 9,
    rule: Callable[[Canvas, float, float, float, float], None] = line,
    outer: bool = True,
) -> None:
    """A ruled table with its top left corner at (x, y). `^` and `<` extend the cell above or left."""
    widths = widths or [90.0] * len(rows[0])
    xs = [x]
    for width in widths:
        xs.append(xs[-1] + width)
    ys = [y - i * height for i in range(len(rows) + 1)]
    for r in range(len(rows) + 1):
        for c in range(len(widths)):
            open_below = (0 < r < len(rows) and rows[r][c] == "^") or _inside(rows, r, c)
            if not open_below and (outer or 0 < r < len(rows)):
                rule(canvas, xs[c], ys[r], xs[c + 1], ys[r])
    for c in range(len(widths) + 1):
        for r in range(len(rows)):
            open_right = (0 < c < len(widths) and rows[r][c] == "<") or _beside(rows, r, c)
            if not open_right and (outer or 0 < c < len(widths)):
                rule(canvas, xs[c], ys[r + 1], xs[c], ys[r])
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text and text not in "^<":
                for i, part in enumerate(text.split("\n")):
                    write(canvas, xs[c] + 3, ys[r] - size - 2 - i * (size + 2), part, size)


def _inside(rows: Sequence[Sequence[str]], r: int, c: int) -> bool:
    """Whether the line above (r, c) runs through a cell merged over rows and columns."""
    return 0 < r < len(rows) and rows[r][c] == "<" and c > 0 and (rows[r][c - 1] == "^" or _inside(rows, r, c - 1))


def _beside(rows: Sequence[Sequence[str]], r: int, c: int) -> bool:
    """Whether the line left of (r, c) runs through a cell merged over rows and columns."""
    return 0 < c < len(rows[0]) and r > 0 and rows[r][c] == "<" and _inside(rows, r, c)
