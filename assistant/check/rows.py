"""Tables that a text sets in bars (| 项目 | 预算 | 决算 |): every figure of a row with its row's and its column's name.

Language models answer so. Reads labels only; judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.ledger.sentence import Claim
from ingest.periods import mentions
from ingest.quantity import Quantity, Unit, unit

_RULE = re.compile(r"\|?[\s:：|—–-]*-[\s:：|—–-]*")
_BRACKET = re.compile(r"[（(]([^（）()]{1,8})[）)]")
_UNIT = re.compile(r"单位[：:]\s*([一-鿿%]{1,4})")
_VALUE = re.compile(r"数值|数额|金额|数据|数字|内容|结果|情况|值|具体.{1,4}")
"""Headers that only say that figures stand below; the row names what they measure."""
_UNITLESS = ("率", "比", "比重", "比例", "幅", "幅度", "速", "数量", "个数", "人数", "得分", "分值")
"""Columns that a unit of the table is none of."""


@dataclass(slots=True)
class Rows:
    """The table that a text is in the middle of: its header, and the unit said above it."""

    header: tuple[str, ...] = ()
    unit: Unit | None = None


def is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return line.lstrip().startswith("|") and line.count("|") > 2


def row_claims(line: str, figures: Sequence[Quantity], table: Rows, year: int | None) -> Iterator[Claim]:
    """The claims of a row, spans relative to the line; a first row becomes the header of those to come."""
    cells = tuple(cell.strip(" *　") for cell in line.strip().strip("|").split("|"))
    if not table.header:
        table.header = cells
    if _RULE.fullmatch(line.strip()):
        return
    name = next((cell for cell in cells if re.search("[一-鿿A-Za-z]", cell)), "")
    shift = 0 if line.lstrip().startswith("|") else 1
    for figure in figures:
        at = line.count("|", 0, figure.span[0]) - 1 + shift
        head = table.header[at] if 0 <= at < len(table.header) and table.header is not cells else ""
        yield _claim(figure, name, head, table, year)


def _claim(figure: Quantity, name: str, head: str, table: Rows, year: int | None) -> Claim:
    bracket = _BRACKET.search(head)
    known = (unit(bracket[1]) if bracket else None) or (None if head.endswith(_UNITLESS) else _shared(table))
    if figure.unit.dimension == "none" and known:
        figure = replace(figure, unit=known)
    bare = head.replace(bracket[0], "") if bracket and unit(bracket[1]) else head
    named = [mention.period for mention in mentions(head, year)] or [m.period for m in mentions(name, year)]
    subject, measure = ("", name) if not bare or _VALUE.fullmatch(bare) else (name, bare)
    return Claim(figure, subject, (measure,), named[0] if named else "")


def _shared(table: Rows) -> Unit | None:
    """The unit of the whole table: the one said above it, or beside the names of its rows (费用（万元）)."""
    corner = _BRACKET.search(table.header[0]) if table.header else None
    return table.unit or (unit(corner[1]) if corner else None)


def unit_above(line: str, table: Rows) -> None:
    """A line outside a table ends it; a unit that it announces (单位：万元) is that of the next."""
    table.header = ()
    match = _UNIT.search(line)
    table.unit = unit(match[1]) if match else None
