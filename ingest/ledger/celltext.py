"""Facts of sentences that stand inside table cells: 年度总体目标, 实际完成情况, 主要实施内容, 偏差原因.

A cell that is one figure is the business of tables; here are cells that say something about figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.fact import Fact
from ingest.ledger.columns import figure, owners, segments, tidy
from ingest.ledger.grid import Grid
from ingest.ledger.prose import as_fact, text_claims
from ingest.report import Cell, Place, Report, Table

_SENTENCE = re.compile(r"[，。；,;]")
_GOAL, _RESULT = re.compile("目标|预期|计划"), re.compile("完成|实际|情况说明|执行")


def cell_facts(report: Report, table: Table, items: tuple[str, ...]) -> Iterator[Fact]:
    """The facts that the sentences in a table's cells state; ids are given later."""
    filled = owners(table)
    for segment in segments(table):
        grid = Grid(table, segment, filled)
        for row in segment.body:
            for cell in dict.fromkeys(filled[row]):
                if cell.row == row and len(cell.text) >= 12 and _SENTENCE.search(cell.text) and not figure(cell):
                    yield from _said(report, grid, cell, items)


def _said(report: Report, grid: Grid, cell: Cell, items: tuple[str, ...]) -> Iterator[Fact]:
    """The facts of one cell; a measure without a subject of its own speaks of the row."""
    table = grid.table
    place = Place(report.id, cell.page or table.page, table=table.number, row=cell.row, col=cell.col)
    names = grid.names(cell.row, grid.block(cell.col))
    subject = tidy(names[-1].text) if names and len(names[-1].text) < 30 else ""
    for claim, span, aims in text_claims(report, cell.text, items, _aims(grid, cell), subject):
        sure = claim.certain and table.certain and not (table.hidden or cell.hidden)
        quote = cell.text[slice(*span)]
        yield as_fact(report, replace(claim, certain=sure), aims, place, quote, table.section)


def _aims(grid: Grid, cell: Cell) -> bool:
    """Whether what heads the cell (column, the short cell above it, else the one to its left) announces goals."""
    above = grid.at[cell.row - 1][cell.col].text if cell.row and not grid.heads[cell.col] else ""
    left = grid.at[cell.row][cell.col - 1].text if cell.col else ""
    heads = ("".join(grid.heads[cell.col]), *(text for text in (above, left) if len(text) <= 16))
    told = next((head for head in heads if _GOAL.search(head) or _RESULT.search(head)), "")
    return bool(_GOAL.search(told)) and not _RESULT.search(told)
