"""Empty and dashed cells that a question names: not given, and never zero (空白不是 0)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.builtin.facts.lens import Lens, named
from assistant.builtin.question.lexicon import pairs, reduced, without_basis
from assistant.builtin.question.plan import Ask
from assistant.review.addition import level
from ingest.fact import Fact
from ingest.reading import Reading
from ingest.report import Place, Report, Table, grid
from ingest.terms import basis_of

BLANK = {"", "—", "-", "－", "–", "/", "／", "——", "--"}


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell that the words name and that is empty or dashed (空白、—): not zero, not given."""

    report: Report
    table: Table
    place: Place
    row: str
    column: str
    text: str
    parent: tuple[Fact, ...] = ()
    """Figures of the row that it is a part of, where there is one."""


def blank(seen: Lens, ask: Ask) -> Blank | None:
    """The empty or dashed cell that the words name, or None."""
    for reading in seen.readings:
        for table in reading.report.tables:
            cell = _blank_in(reading.report, table, ask)
            if cell:
                return replace(cell, parent=_parent(reading, cell)) if not cell.column else cell
    return None


def _blank_in(report: Report, table: Table, ask: Ask) -> Blank | None:
    wanted = pairs(ask.phrase)
    if table.layout != "grid" or not wanted:
        return None
    texts = grid(table)
    heads = {*range(table.header_rows), *table.subheaders}
    for row in range(table.rows):
        if row in heads:
            continue
        label = next(
            (t for t in texts[row][: max(1, table.header_cols)][::-1] if t.strip() and not t.strip().isdigit()), ""
        )
        own = pairs(without_basis(named(label)))
        if not own or not own <= wanted | pairs(reduced(ask.text)) or len(wanted & own) < 0.6 * len(wanted):
            continue
        cells = ["".join(texts[row][col].split()) for col in range(max(1, table.header_cols), table.cols)]
        if not ask.basis and len(cells) > 1 and all(cell in BLANK for cell in cells):
            place = Place(report.id, table.page, table.block, table.number, row)
            return Blank(report, table, place, label, "", cells[0])
        for col in range(max(1, table.header_cols), table.cols):
            if "".join(texts[row][col].split()) not in BLANK:
                continue
            column = _header(table, texts, row, col)
            if _column_meant(ask, column, report.year):
                return Blank(
                    report,
                    table,
                    Place(report.id, table.page, table.block, table.number, row, col),
                    label,
                    column,
                    texts[row][col],
                )
    return None


def _parent(reading: Reading, cell: Blank) -> tuple[Fact, ...]:
    """Figures of the nearest row above of a higher level of numbering."""
    depth = level("".join(cell.row.split()))
    rows: dict[int, list[Fact]] = {}
    for fact in reading.facts:
        for place in (fact.place, *fact.also):
            if place.table == cell.table.number and place.row is not None and place.row < (cell.place.row or 0):
                rows.setdefault(place.row, []).append(fact)
    texts = grid(cell.table)
    for row in sorted(rows, reverse=True):
        if depth and 0 < level("".join(texts[row][0].split())) < depth:
            return tuple(rows[row])
    return ()


def _header(table: Table, texts: tuple[tuple[str, ...], ...], row: int, col: int) -> str:
    heads = [at for at in range(table.header_rows) if at < row] + [at for at in table.subheaders if at < row][-1:]
    return "/".join(dict.fromkeys("".join(texts[at][col].split()) for at in heads if texts[at][col].strip()))


def _column_meant(ask: Ask, column: str, year: int | None) -> bool:
    years = re.findall(r"20\d\d", column)
    if years and str(ask.year or year) not in years:
        return False
    if ask.basis:
        own = basis_of(column)
        return own == ask.basis or (ask.basis == "预算" and own in ("年初预算", "调整后预算"))
    return bool(pairs(reduced(column)) & pairs(reduced(ask.text)))
