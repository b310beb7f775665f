"""Says where something stands and what a figure is, once for every page, answer and memo. Computes nothing."""

from __future__ import annotations

import re

from assistant.answer import Citation
from ingest.fact import Fact
from ingest.quantity import Quantity, quantities
from ingest.report import Place, Report, Table, cell_at, grid, table_of

_FIGURE = re.compile(r"[-−+（(]?[≥≤]?[\d,.，．]+[%％）)]?|[-—－/／]+")
QUOTE_LIMIT = 240
"""A quotation of prose longer than this is cut around its figure, at sentence marks where possible."""


def describe(place: Place, report: Report) -> str:
    """A place in words: 第12页 表3 第5行“执行数”; sheet or section stands in where a form has no pages."""
    table = table_of(report, place.table) if place.table is not None else None
    parts = [f"第{place.page}页"] if place.page is not None else []
    if table is not None:
        parts += [f"工作表“{table.sheet}”" if table.sheet else "", table_name(table), _row(table, place)]
    elif place.block is not None and place.block < len(report.blocks):
        section = report.blocks[place.block].section
        parts.append(f"“{section[-1]}”" if section else f"第{place.block + 1}段")
    return " ".join(part for part in parts if part) or report.title or report.source


def table_name(table: Table) -> str:
    """表3, or the caption of a table whose caption carries no number of its own."""
    numbered = re.match(r"\s*(附?表\s*[\d一二三四五六七八九十]+)", table.caption)
    if numbered:
        return "".join(numbered[1].split())
    caption = re.sub(r"[（(]?\s*20\d\d\s*年度?\s*[）)]?", "", "".join(table.caption.split()))
    return f"“{caption}”" if caption else "表格"


def _row(table: Table, place: Place) -> str:
    if place.row is None:
        return ""
    said = f"第{place.row + 1}行"
    label = row_label(table, place.row, place.col)
    if label:
        said += f"“{label}”"
    if place.col is not None and (column := column_label(table, place.row, place.col)) != label and column:
        said += f"“{column}”列" if table.layout == "grid" else f"“{column}”"
    return said


def row_label(table: Table, row: int, col: int | None = None) -> str:
    """The name of a row: its first text that is no figure and stands in no other row of its column (the item, not the
    kind of item that several rows share); in a table of two halves, of the texts of the cell's half."""
    rows = [["".join(text.split()) for text in each] for each in grid(table)]
    texts = rows[row]
    named = [bool(text) and not _is_figure(text) for text in texts]
    left, end = 0, len(texts)
    if col is not None and col < len(texts):
        at = col - 1 if named[col] and col else col
        while at > 0 and not named[at]:
            at -= 1
        while at > 0 and named[at - 1]:
            at -= 1
        if any(named[at : col + 1]):
            left, end = at, col + 1
    names = [at for at in range(left, end) if named[at]]
    own = (at for at in names if sum(other[at] == texts[at] for other in rows) == 1)
    return next((texts[at] for at in (*own, *names)), "")


def _is_figure(text: str) -> bool:
    """Whether a cell is a figure with nothing but its unit (≥1,250公里), a dash or a year-less number."""
    told = quantities(text.lstrip("≥≤><"))
    whole = len(told) == 1 and told[0].unit.name != "年" and told[0].span == (0, len(text.lstrip("≥≤><")))
    return bool(_FIGURE.fullmatch(text)) or whole


def column_label(table: Table, row: int, col: int) -> str:
    """The header above a cell (the nearest layer of header), or the label left of it in a table of pairs."""
    if table.layout == "pairs":
        left = cell_at(table, row, col - 1) if col else None
        return "".join(left.text.split()) if left else ""
    heads = [at for at in (*range(table.header_rows), *table.subheaders) if at < row]
    for at in reversed(heads):
        cell = cell_at(table, at, col)
        if cell and cell.text.strip():
            return "".join(cell.text.split())
    return ""


def cite(fact: Fact, report: Report) -> Citation:
    """The quotation behind a fact, with its place in words."""
    return Citation(fact.place, excerpt(fact.quote, fact.quantity.text), describe(fact.place, report))


def excerpt(quote: str, figure: str = "") -> str:
    """A verbatim run of the quote, no longer than the limit, that holds the figure."""
    quote = quote.strip()
    if len(quote) <= QUOTE_LIMIT:
        return quote
    at = max(0, quote.find(figure))
    start = max((quote.rfind(mark, 0, at) + 1 for mark in "。；，,;｜" if at), default=0)
    if at + len(figure) - start > QUOTE_LIMIT:
        start = max(0, at - QUOTE_LIMIT // 2)
    return quote[start : start + QUOTE_LIMIT].strip()


def written(quantity: Quantity) -> str:
    """A figure as the report writes it, with the unit that it has: `1,650.00` under 单位：万元 → 1,650.00万元."""
    text = "".join(quantity.text.split())
    name = quantity.unit.name
    return text if not name or name in text else text + name
