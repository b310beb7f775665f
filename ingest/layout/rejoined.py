"""A table that a file gives in parts is one table again (续表): the same head once more, nothing but 续表 between.

For forms without pages; over the page breaks of a PDF see ingest.pdf.continuation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.layout.captions import goes_on, is_unit_line
from ingest.layout.headers import is_value
from ingest.layout.raw import Raw, RawTable, RawText
from ingest.layout.words import squeeze

HEAD = 6
"""Rows of a head at most."""
FEWEST = 3
"""Columns that a table has at least whose head alone, without 续表, tells that it goes on."""
TOTALS = ("合计", "总计", "总分", "共计")
"""What opens the last row of a table that is complete."""


def rejoined(parts: Iterable[Raw]) -> Iterator[Raw]:
    """The parts with each table whole; the lines between (续表, 单位) follow it."""
    table: RawTable | None = None
    passed: list[RawText] = []
    for part in parts:
        if isinstance(part, RawText):
            if table is not None and (goes_on(part.text) or is_unit_line(part.text)):
                passed.append(part)
                continue
        elif table is not None and is_continued(table, passed, part):
            table = joined(table, part)
            continue
        if table is not None:
            yield table
            yield from passed
        table, passed = None, []
        if isinstance(part, RawTable):
            table = part
        else:
            yield part
    if table is not None:
        yield table
        yield from passed


def is_continued(table: RawTable, passed: Sequence[RawText], part: RawTable) -> bool:
    """Whether `part` is the rest of the table: said so by 续表, or its head again while no total has closed it."""
    if (table.cols, table.sheet, table.hidden) != (part.cols, part.sheet, part.hidden) or part.caption:
        return False
    again = repeated_rows(table, part)
    if again == part.rows:
        return False
    if any(goes_on(line.text) for line in passed):
        return again > 0 or any(is_value(cell.text) for cell in part.cells if cell.row == 0)
    return again > 0 and table.cols >= FEWEST and not is_closed(table)


def is_closed(table: RawTable) -> bool:
    """Whether the last row of a table is its total."""
    return any(squeeze(cell.text).startswith(TOTALS) for cell in table.cells if cell.row + cell.rowspan == table.rows)


def repeated_rows(table: RawTable, part: RawTable) -> int:
    """How many rows at the part's top repeat the table's head; a head holds words and no figures."""
    count = 0
    for row in range(min(HEAD, table.rows, part.rows)):
        ours, theirs = (
            [(cell.col, cell.rowspan, cell.colspan, squeeze(cell.text)) for cell in one.cells if cell.row == row]
            for one in (table, part)
        )
        if sorted(ours) != sorted(theirs) or any(is_value(text) for *_, text in ours):
            break
        count = row + 1
    while count and any(cell.row < count < cell.row + cell.rowspan for cell in part.cells):
        count -= 1
    return count if any(cell.text for cell in part.cells if cell.row < count) else 0


def joined(table: RawTable, part: RawTable) -> RawTable:
    """The table with the rows of the part below its own."""
    skip = repeated_rows(table, part)
    moved = [replace(cell, row=cell.row + table.rows - skip) for cell in part.cells if cell.row >= skip]
    return replace(table, cells=(*table.cells, *moved), rows=table.rows + part.rows - skip)
