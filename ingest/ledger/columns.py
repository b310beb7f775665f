"""A table seen as columns: the header that each stands under, and whether it names rows or measures them.

Reads structure only; what the rows are called is said in grid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ingest.layout.captions import is_unit_line
from ingest.layout.headers import DATE, are_units
from ingest.quantity import Quantity, parse_cell, unit
from ingest.report import Cell, Table
from ingest.terms import canonical, is_alias, is_serial, plain
from ingest.wording import wording

NOTHING = frozenset({"", "—", "-", "－", "–", "/", "／", "——", "--", "…", "无", "不适用", "*"})
YEAR = re.compile(r"^(20\d\d)年?度?$")
_OFFICE = re.compile(
    r"(?:责任|实施|承办|主管|牵头|归口|负责|主办|管理|使用|承担)(?:科室|股室|处室|单位|部门|科|股|处|人)?(?:\(.*\))?$"
)
"""Heads of who does what a row names: no name of the row where one stands before it."""


_WHEN = re.compile(r"(?:时间|日期|期限|时限|工期)(?:\(.*\))?$")
"""Heads of when what a row names was done."""
_APART = re.compile("(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """A cell's text on one line, without the spaces that only set Han characters apart (收 入 → 收入)."""
    return _APART.sub("", " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows of a table that share one layer of header."""

    header: tuple[int, ...]
    body: tuple[int, ...]


def segments(table: Table) -> tuple[Segment, ...]:
    """A table cut at its later headers (表中部又起的表头)."""
    heads = {*range(table.header_rows), *table.subheaders}
    found: list[Segment] = []
    header: list[int] = []
    body: list[int] = []
    for row in range(table.rows):
        if row not in heads:
            body.append(row)
            continue
        if body:
            found.append(Segment(tuple(header), tuple(body)))
            header, body = [], []
        header.append(row)
    if body:
        found.append(Segment(tuple(header), tuple(body)))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Columns:
    """A segment of a table with the cell that covers each position, and what its columns are."""

    table: Table
    segment: Segment
    at: tuple[tuple[Cell, ...], ...]

    def columns(self, col: int) -> tuple[str, ...]:
        """Header texts above a column, outermost first; titles over the whole width left out."""
        path: list[str] = []
        for row in self.segment.header:
            cell = self.at[row][col]
            text = tidy(cell.text)
            if row in self._numbering:
                continue
            heads = text and cell.colspan < self.table.cols and not (is_unit_line(text) and self._alone(row))
            if heads and path and row in self._measuring:
                path[-1] += f"（{text}）"
            elif heads and (not path or path[-1] != text):
                path.append(text)
        return tuple(path)

    @cached_property
    def _numbering(self) -> frozenset[int]:
        """The header rows that only number the columns (栏次｜1｜2｜3)."""
        return frozenset(row for row in self.segment.header if self._numbers(row))

    @cached_property
    def _measuring(self) -> frozenset[int]:
        """The header rows that name the unit of each column and nothing else (台/件｜元｜%)."""
        own = {
            row: [cell for cell in dict.fromkeys(self.at[row]) if cell.row == row] for row in self.segment.header[1:]
        }
        return frozenset(row for row, cells in own.items() if are_units(cells))

    def _numbers(self, row: int) -> bool:
        texts = [text for cell in set(self.at[row]) if (text := tidy(cell.text)) not in NOTHING]
        return sum(text.isdigit() for text in texts) > 1 and all(
            (len(text) < 3 and text.isdigit()) or text in "甲乙丙丁" or is_serial(text) for text in texts
        )

    def _alone(self, row: int) -> bool:
        """Whether one cell of a row holds text: a 单位：万元 in a line of its own heads no column."""
        return sum(bool(tidy(cell.text)) for cell in set(self.at[row])) == 1

    @cached_property
    def heads(self) -> tuple[tuple[str, ...], ...]:
        """Header path of each column."""
        paths: list[tuple[str, ...]] = []
        whole = ""
        for col in range(self.table.cols):
            path = self.columns(col)
            part = len(path) == 1 and path[0].startswith("其中")
            whole = whole if part or not path else path[-1]
            paths.append((whole, *path) if part and whole else path)  # 决算金额｜其中：项目支出
        return tuple(paths)

    @cached_property
    def label_columns(self) -> tuple[bool, ...]:
        """Whether each column holds names of rows (项目名称、三级指标) rather than values or remarks."""
        return tuple(self._labels(col) for col in range(self.table.cols))

    def _labels(self, col: int) -> bool:
        if self.dates(col):
            return True
        head = self.heads[col][-1] if self.heads[col] else ""
        listed = wording()["columns"]
        if any(map(is_serial, self.heads[col])) or canonical(head) in listed["attributes"] or col == self.unit_column:
            return False
        if self._repeats(col) or (_OFFICE.search(plain(head)) and self._items_before(col)):
            return False
        texts = self._texts(col)
        if col and (
            _WHEN.search(plain(head)) or 2 * sum(DATE.fullmatch(text) is not None for text in texts) > len(texts)
        ):
            return False
        figures = sum(parse_cell(text, None) is not None for text in texts)
        if is_alias(head):  # 目标 names the rows where it is the first column of words and has no figures
            leads = texts and not figures and col < self.table.header_cols
            return bool(leads) and not any(self._labels(before) for before in range(col))
        return len(texts) > 2 * figures or bool(texts and col < self.table.header_cols)

    def dates(self, col: int) -> bool:
        """Whether a column names the year of each row (年度：2021、2022、2023)."""
        texts = self._texts(col) if not col and len(self.heads) > 1 else []
        head = plain(self.heads[col][-1]) if self.heads[col] else ""
        return bool(texts) and head in wording()["columns"]["years"] and all(map(YEAR.fullmatch, texts))

    @cached_property
    def unit_column(self) -> int | None:
        """The column that states the unit of each row (计量单位：个); under 单位 may stand the offices' names."""
        listed = wording()["columns"]["units"]
        for col, head in enumerate(self.heads):
            if head and plain(head[-1]) in listed:
                texts = self._texts(col)
                if sum(unit(text) is not None for text in texts) * 2 >= len(texts):
                    return col
        return None

    def _texts(self, col: int) -> list[str]:
        """What the cells of a column say, blanks and dashes left out."""
        cells = dict.fromkeys(self.at[row][col] for row in self.segment.body)
        return [text for cell in cells if (text := tidy(cell.text)) not in NOTHING]

    def _repeats(self, col: int) -> bool:
        """Whether a column says of rows that already have a name each what several have in common (项目性质)."""
        texts = self._texts(col)
        if not col or len(set(texts)) == len(texts) or not self._named_before(col):
            return False
        return all(cell.rowspan == 1 for row in self.segment.body if (cell := self.at[row][col]))

    def _named_before(self, col: int) -> bool:
        """Whether a label column that it follows names every row on its own, by words."""
        for left in range(col - 1, -1, -1):
            if not self._labels(left):
                return False
            cells = [self.at[row][left] for row in self.segment.body]
            words = {
                text for cell in cells if (text := tidy(cell.text)) not in NOTHING and parse_cell(text, None) is None
            }
            if len(words) == len(cells) > 2 and all(cell.rowspan == 1 for cell in cells):
                return True
        return False

    def _items_before(self, col: int) -> bool:
        """Whether a column of names stands before it, other than one that only classifies."""
        heads = [self.heads[left][-1] if self.heads[left] else "" for left in range(col) if self._labels(left)]
        return any(canonical(head) not in wording()["columns"]["classes"] for head in heads)


def owners(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """The cell that covers each position."""
    blank = Cell(row=0, col=0, text="")
    filled = [[blank] * table.cols for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.rowspan, table.rows)):
            for col in range(cell.col, min(cell.col + cell.colspan, table.cols)):
                filled[row][col] = cell
    return tuple(tuple(row) for row in filled)


def figure(cell: Cell) -> Quantity | None:
    """What a cell states if it states one figure and nothing else."""
    return None if tidy(cell.text) in NOTHING else parse_cell(cell.text, None)
