"""HTML of what a report says: the source beside an answer, tables as read, the list of reports."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import Any

from ui.phrases import Words
from ui.render import Shape, safe

_FIGURE = re.compile(r"\s*[-−+]?\d[\d,，]*(?:\.\d+)?\s*%?\s*")


def source(found: Any, report: str, words: Words) -> str:
    """The source of a figure: the page with boxes, or the passage or table with the place marked."""
    head = f'<p class="stamp">{safe(report)}　{safe(found.label)}</p>'
    if found.image:
        data = b64encode(found.image).decode()
        alt = escape(found.label, quote=True)
        picture = f'<img class="page" alt="{alt}" src="data:image/png;base64,{data}">'
        return f'{head}<div class="paper" tabindex="0" title="{words("source_zoom")}">{picture}</div>'
    if found.table:
        return f"{head}<p>{safe(found.caption)}</p>{grid(found.table, found.row, found.col)}"
    return head + "".join(_passage(one) for one in found.passages)


def grid(table: Shape, row: int | None = None, col: int | None = None) -> str:
    """A table as read, merged cells as one, header rows apart, with a row or a cell marked."""
    spans = {(one["row"], one["col"]): (one["rowspan"], one["colspan"]) for one in table["spans"]}
    covered = {at for start, span in spans.items() for at in _under(start, span)} - set(spans)
    lines = []
    for r, texts in enumerate(table["grid"]):
        cells = []
        for c, text in enumerate(texts):
            if (r, c) in covered:
                continue
            span = spans.get((r, c), (1, 1))
            here = any(at[0] == row and col in (None, at[1]) for at in _under((r, c), span))
            cells.append(_cell("th" if r < table["header_rows"] else "td", text, span, here))
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<div class="scroll" tabindex="0"><table class="grid">{"".join(lines)}</table></div>'


def _under(start: tuple[int, int], span: tuple[int, int]) -> list[tuple[int, int]]:
    """The places that a cell covers."""
    return [(start[0] + down, start[1] + across) for down in range(span[0]) for across in range(span[1])]


def _cell(tag: str, text: str, span: tuple[int, int], here: bool) -> str:
    kind = " ".join(["here"] * here + ["figure"] * bool(_FIGURE.fullmatch(text)))
    given = {"class": kind, "rowspan": span[0] > 1 and span[0], "colspan": span[1] > 1 and span[1]}
    said = "".join(f' {name}="{value}"' for name, value in given.items() if value)
    return f"<{tag}{said}>{safe(text)}</{tag}>"


def tables(read: Sequence[Shape], words: Words) -> str:
    """The tables of a report as read, with unit, header and doubts."""
    parts = []
    for one in read:
        page = words("table_page", page=one["page"]) + "　" if one["page"] else ""
        unit = f"　{words('table_unit')}：{safe(one['unit'])}" if one["unit"] else ""
        hidden = f'<span class="badge doubt">{words("table_hidden")}</span>' if one["hidden"] else ""
        doubt = f'<span class="badge doubt">{words("table_doubt")}</span>{safe(one["doubt"])}'
        doubt = doubt if not one["certain"] else ""
        title = f"{words('table_number', number=one['number'])}　{page}{safe(one['caption'])}{unit}"
        parts.append(f'<p class="caption"><b>{title}</b>{hidden}{doubt}</p>{grid(one)}')
    return "".join(parts) or f"<p>{words('table_none')}</p>"


def library(reports: Sequence[Shape], words: Words) -> str:
    """The list of reports."""
    if not reports:
        return f'<div class="empty">{words("library_empty")}</div>'
    keys = ("title", "department", "year", "pages", "tables", "facts", "findings", "id")
    heads = "".join(f"<th>{words(f'library_{key}')}</th>" for key in keys)
    rows = []
    for one in reports:
        texts = [str(one[key] or "—") for key in keys[1:-1]]
        cells = "".join(f"<td>{safe(text)}</td>" for text in texts)
        name = safe(str(one["title"] or one["source"]))
        rows.append(
            f'<tr data-report="{safe(one["id"])}"><td title="{escape(str(one["source"]), quote=True)}">{name}</td>'
            f"{cells}<td><code>{safe(one['id'][:8])}</code></td></tr>"
        )
    return f'<div class="scroll" tabindex="0"><table class="grid list"><tr>{heads}</tr>{"".join(rows)}</table></div>'


def _passage(one: Any) -> str:
    if one.mark is None:
        text = safe(one.text)
    else:
        start, end = one.mark
        text = f'{safe(one.text[:start])}<mark class="here">{safe(one.text[start:end])}</mark>{safe(one.text[end:])}'
    return f"<p><b>{text}</b></p>" if one.heading else f"<p>{text}</p>"
