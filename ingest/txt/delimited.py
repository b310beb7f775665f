"""Tables that a text draws with tabs, bars or commas (制表符、竖线、逗号分隔): every cell is known, blank ones too."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from ingest.layout.raw import RawTable
from ingest.report import Cell
from ingest.txt.lines import Visual

RULE = re.compile(r"[\s|:+\-─━═┼├┤]+")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def delimited(lines: Sequence[Visual]) -> Iterator[tuple[int, int, RawTable]]:
    """Runs of two or more lines with as many cells each (two at least): first line, end, table."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].cells and len(lines[end].cells) == len(lines[at].cells):
            end += 1
        if end - at >= 2:
            yield at, end, table([line.cells for line in lines[at:end]], lines[at].page)
        at = max(end, at + 1)


def table(rows: Sequence[Sequence[str]], page: int | None) -> RawTable:
    """A grid of these rows; the rule under a Markdown header is no row."""
    kept = [row for row in rows if not all(RULE.fullmatch(cell) for cell in row if cell) or not any(row)]
    cells = tuple(Cell(r, c, text, page=page) for r, row in enumerate(kept) for c, text in enumerate(row))
    return RawTable(cells, len(kept), len(rows[0]), page=page)


def comma_table(text: str) -> RawTable | None:
    """The whole text as one table where it is a CSV file: nearly all records have as many fields, two at least."""
    if "," not in text[:2000] or ('"' not in text and "。" in text):
        return None
    if '"' not in text and "," not in THOUSANDS.sub("", text):
        return None  # all its commas stand within figures
    try:
        records = [
            record for record in csv.reader(StringIO(text), strict=True) if any(field.strip() for field in record)
        ]
    except csv.Error:
        return None
    width = max((len(record) for record in records), default=0)
    full = sum(len(record) == width for record in records)
    if width < 2 or len(records) < 2 or full * 10 < len(records) * 8:
        return None
    padded = [[field.strip() for field in record] + [""] * (width - len(record)) for record in records]
    cells = tuple(Cell(r, c, field) for r, record in enumerate(padded) for c, field in enumerate(record))
    return RawTable(cells, len(padded), width)
