"""A table seen as rows that name and columns that measure: which header and which labels a cell stands under.

Reads structure only; units, periods and bases are given elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ingest.layout.captions import is_unit_line
from ingest.quantity import Quantity, parse_cell, unit
from ingest.report import Cell, Table
from ingest.terms import canonical, is_alias, is_serial, is_total, plain
from ingest.wording import wording

NOTHING = frozenset({"", "—", "-", "－", "–", "/", "／", "——", "--", "…", "无", "不适用", "*"})
_YEAR = re.compile(r"^(20\d\d)年?度?$")
_SUM = re.compile("[小合总共]?计")
_OFFICE = re.compile(
    r"(?:责任|实施|承办|主管|牵头|归口|负责|主办|管理|使用|承担)(?:科室|股室|处室|单位|部门|科|股|处|人)?(?:\(.*\))?$"
)
"""Heads of who does what a row names: no name of the row where one stands before it."""
_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]+、"),
    re.compile(r"^[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"^\d{1,2}[.．、]"),
    re.compile(r"^[（(]\d{1,2}[）)]"),
)


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """A cell's text on one line, without the spaces that only set Han characters apart (收 入 → 收入)."""
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", text)


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
class Grid:
    """A segment of a table with the cell that covers each position."""

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
            if heads and (not path or path[-1] != text):
                path.append(text)
        return tuple(path)

    @cached_property
    def _numbering(self) -> frozenset[int]:
        """The header rows that only number the columns (栏次｜1｜2｜3)."""
        return frozenset(row for row in self.segment.header if self._numbers(row))

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
        if self._dates(col):
            return True
        head = self.heads[col][-1] if self.heads[col] else ""
        listed = wording()["columns"]
        if any(map(is_serial, self.heads[col])) or canonical(head) in listed["attributes"] or col == self.unit_column:
            return False
        if self._repeats(col) or (_OFFICE.search(plain(head)) and self._items_before(col)):
            return False
        texts = self._texts(col)
        figures = sum(parse_cell(text, None) is not None for text in texts)
        if is_alias(head):  # 目标 names the rows where it is the first column of words and has no figures
            leads = texts and not figures and col < self.table.header_cols
            return bool(leads) and not any(self._labels(before) for before in range(col))
        return len(texts) > 2 * figures or bool(texts and col < self.table.header_cols)

    def _dates(self, col: int) -> bool:
        """Whether a column names the year of each row (年度：2021、2022、2023)."""
        texts = self._texts(col) if not col and len(self.heads) > 1 else []
        head = plain(self.heads[col][-1]) if self.heads[col] else ""
        return bool(texts) and head in wording()["columns"]["years"] and all(map(_YEAR.fullmatch, texts))

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

    def block(self, col: int) -> tuple[int, ...]:
        """The label columns that name what stands in `col`: the nearest run of them to its left."""
        left = col - 1
        while left >= 0 and not self.label_columns[left]:
            left -= 1
        first = left
        while first > 0 and (self.label_columns[first - 1] or self._skips(first - 1)):
            first -= 1
        return tuple(c for c in range(first, left + 1) if c >= 0 and self.label_columns[c])

    def _skips(self, col: int) -> bool:
        return any(map(is_serial, self.heads[col]))

    def names(self, row: int, block: tuple[int, ...]) -> tuple[Cell, ...]:
        """Label cells of a row, outermost first, each once; blanks, dashes and bare codes left out."""
        found: list[Cell] = []
        for col in block:
            cell = self.at[row][col]
            if tidy(cell.text) not in NOTHING and (not found or found[-1] is not cell):
                found.append(cell)
        named = [cell for cell in found if not tidy(cell.text).isdigit() or self._dates(cell.col)]
        return tuple(named or found)

    @cached_property
    def _times(self) -> dict[tuple[int, ...], Counter[str]]:
        return {}

    def unique(self, row: int, block: tuple[int, ...]) -> bool:
        """Whether the innermost label of a row stands for no other row of the block."""
        if block not in self._times:
            inner = (names[-1] for r in self.segment.body if (names := self.names(r, block)))
            cells = {(cell.row, cell.col): canonical(cell.text) for cell in inner}
            self._times[block] = Counter(cells.values())
        return self._times[block][canonical(self.names(row, block)[-1].text)] < 2

    def parent(self, row: int, block: tuple[int, ...]) -> int | None:
        """The row this one is a part of: 其中 → the row before, （一） → the last 一、, else a bare heading row."""
        if (row, block) not in self._parents:
            self._parents[row, block] = self._parent(row, block)
        return self._parents[row, block]

    @cached_property
    def _parents(self) -> dict[tuple[int, tuple[int, ...]], int | None]:
        return {}

    def _parent(self, row: int, block: tuple[int, ...]) -> int | None:
        text = self._inner(row, block)
        level = _level(text)
        for above in reversed([r for r in self.segment.body if r < row]):
            other = self._inner(above, block)
            if not other or is_total(other):
                continue
            if text.startswith("其中"):
                if not other.startswith("其中"):
                    return above
            elif _level(other) < level or (level == 0 and (_level(other) or self._bare(above, block))):
                return above
        return None

    def _inner(self, row: int, block: tuple[int, ...]) -> str:
        names = self.names(row, block)
        return tidy(names[-1].text) if names else ""

    def _bare(self, row: int, block: tuple[int, ...]) -> bool:
        """Whether a row shows nothing but its label."""
        return all(tidy(cell.text) in NOTHING for cell in self.at[row][max(block) + 1 :])

    def labels(self, row: int, block: tuple[int, ...]) -> tuple[str, ...]:
        """As many of a row's labels as tell it from the other rows, outermost first."""
        cells = self.names(row, block)
        if not cells:
            return ()
        bare = _SUM.fullmatch(canonical(cells[-1].text)) is not None  # 小计 is of what it stands under, 支出合计 is not
        alone = self.unique(row, block) and not bare
        kept = [c for c in cells[:-1] if (bare or not self._classifies(c)) and (c.rowspan == 1 or not alone)]
        if bare and not kept and (group := self._group_above(row, block)):
            kept = [group]
        path = [_YEAR.sub(r"\1年", tidy(cell.text)) for cell in (*kept, cells[-1])]
        if not alone and not kept:
            above = self._class_above(row)
            above = self.parent(row, block) if above is None else above
            if above is not None:
                path.insert(0, self._inner(above, block))
        return tuple(dict.fromkeys(path))

    @cached_property
    def _codes(self) -> dict[int, str]:
        """The code of each row in the budget classification, its columns 类、款、项 joined; "" where it has none."""
        columns = [col for col in range(self.table.cols) if any(map(is_serial, self.heads[col]))]
        cells = {row: dict.fromkeys(self.at[row][col] for col in columns) for row in self.segment.body}
        return {
            row: "".join(text for cell in found if (text := tidy(cell.text)).isdigit()) for row, found in cells.items()
        }

    def _class_above(self, row: int) -> int | None:
        """The row of the class that a coded row belongs to: 20132 组织事务 above 2013202 一般行政管理事务."""
        own = self._codes[row]
        above = (r for r in reversed(self.segment.body) if r < row and 3 <= len(self._codes[r]) < len(own))
        return next((r for r in above if own.startswith(self._codes[r])), None)

    def whole(self, row: int, block: tuple[int, ...]) -> str:
        """The label of the row that a row is a part of (其中：项目支出 under 累计支出), "" where it is none."""
        above = self.parent(row, block) if self._inner(row, block).startswith("其中") else None
        return "" if above is None else self._inner(above, block)

    def heads_anew(self, row: int, block: tuple[int, ...]) -> bool:
        """Whether a row begins a part of its own (一、) or sums up, so that nothing is taken over from rows above."""
        text = self._inner(row, block)
        return _level(text) == 1 or is_total(text)

    def _group_above(self, row: int, block: tuple[int, ...]) -> Cell | None:
        """The merged cell of the rows that end right above a 小计: 种植业发展类."""
        names = self.names(row - 1, block) if "小计" in self._inner(row, block) and row - 1 in self.segment.body else ()
        return names[0] if len(names) > 1 and names[0].rowspan > 1 else None

    def _classifies(self, cell: Cell) -> bool:
        head = self.heads[cell.col][-1] if self.heads[cell.col] else ""
        return canonical(head) in wording()["columns"]["classes"]


@lru_cache(maxsize=65536)
def _level(text: str) -> int:
    """Outline level of a row label: 一、 1, （一） 2, 1. 3, （1） 4; 0 without a number."""
    return next((level for level, pattern in enumerate(_LEVELS, 1) if pattern.match(text)), 0)


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
