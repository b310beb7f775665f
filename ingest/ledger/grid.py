"""The rows of a table by name: which labels a figure stands right of, and which row another is a part of.

Reads structure only; units, periods and bases are given elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ingest.ledger.columns import NOTHING, YEAR, Columns, tidy
from ingest.report import Cell
from ingest.terms import canonical, is_serial, is_total, plain
from ingest.wording import wording

_SUM = re.compile("[小合总共]?计")
_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]+、"),
    re.compile(r"^[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"^\d{1,2}[.．、]"),
    re.compile(r"^[（(]\d{1,2}[）)]"),
)


@dataclass(frozen=True, eq=False)
class Grid(Columns):
    """A segment of a table with the names of its rows."""

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
        named = [cell for cell in found if not tidy(cell.text).isdigit() or self.dates(cell.col)]
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
        """The innermost label of a row; every row below asks for it."""
        if (row, block) not in self._inners:
            names = self.names(row, block)
            self._inners[row, block] = tidy(names[-1].text) if names else ""
        return self._inners[row, block]

    @cached_property
    def _inners(self) -> dict[tuple[int, tuple[int, ...]], str]:
        return {}

    def _bare(self, row: int, block: tuple[int, ...]) -> bool:
        """Whether a row shows nothing but its label; every row below asks."""
        key = (row, max(block) + 1)
        if key not in self._bares:
            self._bares[key] = all(tidy(cell.text) in NOTHING for cell in self.at[row][key[1] :])
        return self._bares[key]

    @cached_property
    def _bares(self) -> dict[tuple[int, int], bool]:
        return {}

    def labels(self, row: int, block: tuple[int, ...]) -> tuple[str, ...]:
        """As many of a row's labels as tell it from the other rows, outermost first."""
        cells = self.names(row, block)
        if not cells:
            return ()
        bare = _SUM.fullmatch(canonical(cells[-1].text)) is not None  # 小计 is of what it stands under, 支出合计 is not
        alone = self.unique(row, block) and not bare
        kept = [c for c in cells[:-1] if bare or (not self._classifies(c) and (not alone or self._stays(c)))]
        if bare and not kept and (group := self._group_above(row, block)):
            kept = [group]
        path = [YEAR.sub(r"\1年", tidy(cell.text)) for cell in (*kept, cells[-1])]
        if alone and not kept and (whole := self._short_of(row, block)):
            path.insert(0, whole)
        elif not alone and not kept and not self._closes(row, block):
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

    def _closes(self, row: int, block: tuple[int, ...]) -> bool:
        """Whether a row is the total at the foot of everything: 总计 under 四、其他收入 is none of it."""
        below = [after for after in self.segment.body if after > row and self._inner(after, block)]
        return not below and is_total(self._inner(row, block)) and "小计" not in self._inner(row, block)

    def _short_of(self, row: int, block: tuple[int, ...]) -> str:
        """The label of the whole that a part's name is short for: 其中：购置费 under 公务用车购置及运行维护费."""
        above = self.parent(row, block)
        whole, part = "" if above is None else self._inner(above, block), self._inner(row, block)
        letters = iter(plain(whole))
        name = plain(part.removeprefix("其中").lstrip("：:"))
        short = 2 <= len(name) < len(plain(whole)) - 2 and name[:2] != plain(whole)[:2]
        return whole if short and all(one in letters for one in name) else ""

    def heads_anew(self, row: int, block: tuple[int, ...]) -> bool:
        """Whether a row begins a part of its own (一、) or sums up, so that nothing is taken over from rows above."""
        text = self._inner(row, block)
        return _level(text) == 1 or is_total(text)

    def _group_above(self, row: int, block: tuple[int, ...]) -> Cell | None:
        """The merged cell of the rows that end right above a 小计: 种植业发展类."""
        names = self.names(row - 1, block) if "小计" in self._inner(row, block) and row - 1 in self.segment.body else ()
        return names[0] if len(names) > 1 and names[0].rowspan > 1 else None

    def _stays(self, cell: Cell) -> bool:
        """Whether a label is said of a row that needs it not to be told apart: its own cell, or an item of its own."""
        head = self.heads[cell.col][-1] if self.heads[cell.col] else ""
        return cell.rowspan == 1 or canonical(head) in wording()["columns"]["items"]

    def _classifies(self, cell: Cell) -> bool:
        head = self.heads[cell.col][-1] if self.heads[cell.col] else ""
        return canonical(head) in wording()["columns"]["classes"]


@lru_cache(maxsize=65536)
def _level(text: str) -> int:
    """Outline level of a row label: 一、 1, （一） 2, 1. 3, （1） 4; 0 without a number."""
    return next((level for level, pattern in enumerate(_LEVELS, 1) if pattern.match(text)), 0)
