"""Projects that have a form each (项目支出绩效自评表): the forms together are a table with a row for each project."""

from __future__ import annotations

from dataclasses import replace

from assistant.builtin.facts.lens import Lens
from assistant.builtin.tables.rows import Line, lines, table_at
from ingest.report import Table, grid

NAME = "项目名称"
TOTAL = "年度资金"


def forms(seen: Lens) -> list[Line]:
    """The total of money (年度资金总额) of each form, under the name of its project."""
    found = []
    for group in lines(seen):
        total = next((line for line in group if TOTAL in line.name), None)
        name = _project(table_at(seen, total.report, total.table)) if total else ""
        if total and name:
            found.append(replace(total, name=name))
    return found


def _project(table: Table) -> str:
    """What stands beside 项目名称."""
    for row in grid(table):
        if NAME in row:
            return next((text for text in row[row.index(NAME) :] if text and text != NAME), "")
    return ""
