"""Columns that divide a total column (横向合计): 资金总额 by source, by kind of spending, row by row.

A group of columns under one heading counts as a division of the total only if it closes somewhere in the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.review.addition import Sum, addition, additive, difference, recomputed
from assistant.review.case import Case
from assistant.review.rule import Outcome, held, issue
from assistant.review.sheet import DASHES, Half, Sheet
from assistant.review.show import amount

TOTALS = ("合计", "总计", "总额", "资金总额", "小计")


def column_totals(case: Case) -> Iterator[Outcome]:
    """横向合计: the columns under one heading against the total column of the row, that of their own heading first."""
    for sheet, half in case.halves:
        for whole in (col for col in half.numbers if sheet.head(col) in TOTALS):
            yield from _judge(sheet, whole, _groups(sheet, half, whole))


def _groups(sheet: Sheet, half: Half, whole: int) -> dict[str, list[int]]:
    """Columns by the heading over them; of a total that stands under a heading itself only those beside it."""
    own, _, _ = sheet.heads[whole].rpartition("/")
    found: dict[str, list[int]] = {}
    for col in additive(sheet, half):
        heading, _, rest = sheet.heads[col].partition("/")
        beside = sheet.heads[col].rpartition("/")[0] == own if own else bool(rest)
        if beside and col != whole and sheet.head(col) not in TOTALS:
            found.setdefault(own or heading, []).append(col)
    return {heading: columns for heading, columns in found.items() if len(columns) >= 2}


def _worded(sheet: Sheet, row: int, col: int) -> bool:
    """Words where the column has figures: the row is laid out in its own way."""
    return (row, col) not in sheet.values and sheet.texts[row][col] not in DASHES | {""}


def _judge(sheet: Sheet, whole: int, groups: dict[str, list[int]]) -> Iterator[Outcome]:
    sums = [
        (row, heading, Sum(whole, stated, parts))
        for heading, columns in groups.items()
        for row in sheet.body
        if (stated := sheet.values.get((row, whole))) is not None
        and not any((row, col) in sheet.cells and _worded(sheet, row, col) for col in columns)
        and (parts := tuple(sheet.values[row, col] for col in columns if (row, col) in sheet.values))
    ]
    fitting = [item for item in sums if item[2].fits and item[2].stated.base]
    failing = [item for item in sums if not item[2].fits]
    if not fitting or len(fitting) < len(failing):
        return
    rows = tuple(sheet.place(row, whole) for row, _, _ in fitting)
    yield held(f"{sheet.title}“{sheet.heads[whole]}”等于所分各栏之和", f"{len(fitting)}处", rows)
    for row, heading, one in failing:
        yield issue(
            "P0",
            f"{sheet.title}“{heading}”各栏之和与{sheet.headed(whole)}不符",
            f"总额{amount(one.stated)}，“{heading}”各栏相加为{recomputed(one)}，差{amount(one.stated, abs(one.gap))}。",
            f"{addition(one)}；{difference(one)}。",
            "请核对总额与各栏。",
            (sheet.place(row, whole),),
            (sheet.quote(row),),
        )
