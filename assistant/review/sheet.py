"""A table as the rules see it: a header, rows with labels, columns with numbers, side-by-side halves.

Blank, dash and zero stay three different things. Nothing here judges a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from ingest.quantity import Quantity, Unit, parse_cell, unit
from ingest.report import Cell, Place, Report, Table, grid
from ingest.terms import is_serial

DASHES = frozenset({"—", "——", "-", "--", "－", "–", "/", "／", "不适用", "无", "…", "*"})
"""Signs for "not given" (未填、不适用); they are neither zero nor blank."""
_UNIT_LINE = re.compile("(?:金额|计量)?单位[：:]")
"""A row of the header that says the unit of all columns names none of them."""


@dataclass(frozen=True)
class Half:
    """Columns that share row labels (a table printed side by side has two)."""

    labels: tuple[int, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Sheet:
    """One layer of a table: its header and the rows beneath it down to the next header."""

    report: str
    table: Table
    header: tuple[int, ...]
    body: tuple[int, ...]

    @cached_property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(text.strip() for text in row) for row in grid(self.table))

    @cached_property
    def cells(self) -> dict[tuple[int, int], Cell]:
        """Cells by their top left position."""
        return {(cell.row, cell.col): cell for cell in self.table.cells}

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Header path of each column, the parts joined by /."""
        paths = []
        for col in range(self.table.cols):
            parts = [re.sub(r"\s", "", self.texts[row][col]) for row in self.header]
            paths.append("/".join(part for part, _ in groupby(parts) if part and not _UNIT_LINE.match(part)))
        return tuple(paths)

    @cached_property
    def values(self) -> dict[tuple[int, int], Quantity]:
        """Numbers of the body by position; merged cells once."""
        found = {}
        for row in self.body:
            for col in range(self.table.cols):
                if (row, col) in self.cells:
                    number = parse_cell(self.texts[row][col], _unit(self, col))
                    if number is not None:
                        found[row, col] = number
        return found

    @cached_property
    def serials(self) -> frozenset[int]:
        """Columns that only number or code the rows (序号、行次、科目编码)."""
        return frozenset(col for col in range(self.table.cols) if is_serial(self.head(col)))

    @cached_property
    def numeric(self) -> tuple[int, ...]:
        """Columns of figures: at least as many numbers as words in the body."""
        return tuple(col for col in range(self.table.cols) if col not in self.serials and self._figures(col))

    def _figures(self, col: int) -> bool:
        filled = [self.texts[row][col] for row in self.body if (row, col) in self.cells and self.texts[row][col]]
        numbers = sum(1 for row in self.body if (row, col) in self.values)
        words = len(filled) - numbers - sum(1 for text in filled if text in DASHES)
        return (numbers > 0 and numbers >= words) or (numbers == 0 and bool(filled) and words == 0)

    @cached_property
    def halves(self) -> tuple[Half, ...]:
        """Label columns with the columns of figures to their right, from left to right."""
        halves: list[Half] = []
        labels: list[int] = []
        numbers: list[int] = []
        for col in range(self.table.cols):
            if col in self.serials:
                continue
            if col in self.numeric:
                numbers.append(col)
            elif numbers and any(later in self.numeric for later in range(col + 1, self.table.cols)):
                halves.append(Half(tuple(labels), tuple(numbers)))
                labels, numbers = [col], []
            elif not numbers:
                labels.append(col)
        return (*halves, Half(tuple(labels), tuple(numbers))) if numbers else tuple(halves)

    def label(self, row: int, half: Half | None = None) -> str:
        """What a row is called: the texts of its label columns, merged repeats once."""
        columns = half.labels if half else (self.halves[0].labels if self.halves else ())
        parts = [self.texts[row][col] for col in columns if self.texts[row][col]]
        return "/".join(part for part, _ in groupby(parts))

    def name(self, row: int, half: Half | None = None) -> str:
        """The last part of the row's label."""
        return self.label(row, half).rpartition("/")[2]

    def head(self, col: int) -> str:
        """The innermost heading of a column."""
        return self.heads[col].rpartition("/")[2]

    def headed(self, col: int) -> str:
        """All headings of a column in one word."""
        return self.heads[col].replace("/", "")

    def place(self, row: int, col: int) -> Place:
        cell = self.cells.get((row, col))
        page = cell.page if cell and cell.page else self.table.page
        return Place(self.report, page, self.table.block, self.table.number, row, col)

    def quote(self, row: int) -> str:
        """The row's texts from left to right, merged cells once."""
        shown = [self.cells[row, col].text.strip() for col in range(self.table.cols) if (row, col) in self.cells]
        return "｜".join(text for text in shown if text)

    @property
    def title(self) -> str:
        """What the reviewer calls the table: 表3 where the caption numbers it, else 《its caption》."""
        numbered = re.match(r"\s*(表\s*\d+(?:[-－]\d+)?)", self.table.caption)
        if numbered:
            return re.sub(r"\s", "", numbered[1])
        return f"《{self.table.caption.strip()}》" if self.table.caption.strip() else f"第{self.table.number}张表"


def _unit(sheet: Sheet, col: int) -> Unit | None:
    """The unit of a column: the one its header names in parentheses, else the table's (单位：万元)."""
    for name in [*re.findall(r"[（(]([^（）()]{1,6})[）)]", sheet.heads[col]), sheet.table.unit]:
        found = unit(name.removeprefix("单位：")) if name else None
        if found is not None:
            return found
    return None


def sheets(report: Report) -> tuple[Sheet, ...]:
    """The layers of all tables of a report; tables of alternating labels and values have none."""
    return tuple(sheet for table in report.tables if table.layout == "grid" for sheet in _layers(report.id, table))


def _layers(report: str, table: Table) -> list[Sheet]:
    starts = [0, *(row for row in table.subheaders if row - 1 not in table.subheaders)]
    layers = []
    for start, end in zip(starts, [*starts[1:], table.rows], strict=True):
        top = start
        while top < end and (top < table.header_rows if start == 0 else top in table.subheaders):
            top += 1
        if top < end:
            layers.append(Sheet(report, table, tuple(range(start, top)), tuple(range(top, end))))
    return layers
