"""Forms filled in one for each project (项目支出绩效自评表): which project a table is the form of.

A form says so beside 项目名称; another form has another name there and the same label below.
"""

from __future__ import annotations

import re

from ingest.layout.words import squeeze
from ingest.report import Report, Table, cell_at
from ingest.wording import words

_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")


def form_of(report: Report, table: Table) -> str:
    """The project that a table is the form of; "" for a table that has no like in its report."""
    own = _named(table)
    others = [_named(other) for other in report.tables if own and other is not table]
    return own[0] if own and any(other and other[1] == own[1] and other[0] != own[0] for other in others) else ""


def _named(table: Table) -> tuple[str, str] | None:
    """What stands beside 项目名称, and the label below it."""
    label = next((cell for cell in table.cells if "名" in cell.text and squeeze(cell.text) in words("of_forms")), None)
    if label is None or label.row + label.rowspan >= table.rows:
        return None
    beside = [cell for cell in table.cells if cell.row == label.row and cell.col > label.col and cell.text.strip()]
    name = beside[0].text.strip() if beside else ""
    under = [cell_at(table, label.row + label.rowspan, cell.col) for cell in beside[:2]]
    if len(under) > 1 and all(cell and _FIGURE.fullmatch(cell.text.strip()) for cell in under):
        return None  # the heads of a list of projects, figures below each
    below = cell_at(table, label.row + label.rowspan, label.col)
    return (name, squeeze(below.text)) if name and below else None
