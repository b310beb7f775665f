"""Blank cells, dashes and zero denominators (空白、“—”与 0 不是一回事)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from assistant.review.addition import total
from assistant.review.case import Case
from assistant.review.rule import Outcome, issue
from assistant.review.sheet import Half, Sheet
from ingest.terms import basis_of

_CODES = re.compile(r"编码|代码|科目|编号")
_FIGURE = r"[-−]?[\d,，.]+\s*\S{0,4}"
AMOUNT_BASES = ("年初预算", "调整后预算", "预算", "决算", "计划")


def blank_cells(case: Case) -> Iterator[Outcome]:
    """空白: an empty cell in a column of amounts whose row holds other amounts."""
    seen: set[str] = set()
    for sheet, half in case.halves:
        columns = [
            c
            for c in half.numbers
            if basis_of(sheet.heads[c]) in AMOUNT_BASES and not _CODES.search(sheet.heads[c]) and _amounts(sheet, c)
        ]
        if len(columns) < 2 or any("分值" in head for head in sheet.heads):
            continue
        for row in sheet.body:
            empty = [c for c in columns if (row, c) in sheet.cells and not sheet.texts[row][c]]
            given = [c for c in columns if (row, c) in sheet.values]
            name = sheet.name(row, half)
            if empty and given and not total(name) and name not in seen:
                seen.add(name)
                yield _blank(sheet, half, row, empty)

    yield from _blank_pairs(case)


def _blank_pairs(case: Case) -> Iterator[Outcome]:
    """The same in a table of labels and values (标签—值表) whose other values are given."""
    for part in case.parts:
        for table in part.report.tables:
            if table.layout != "pairs" or table.hidden:
                continue
            cells = {(cell.row, cell.col): cell.text.strip() for cell in table.cells}
            values = {at: cells[at] for at in cells if at[1] and _label(cells.get((at[0], at[1] - 1), ""))}
            empty = [at for at, text in values.items() if not text]
            given = sum(bool(re.fullmatch(_FIGURE, text)) for text in values.values())
            if given < 4 or len(empty) * 4 > given:
                continue
            sheet = Sheet(part.report.id, table, (), tuple(range(table.rows)))
            for row, col in empty:
                yield issue(
                    "P2",
                    f"{sheet.title}“{cells[row, col - 1]}”空白",
                    f"“{cells[row, col - 1]}”未填，同表其他各项有数。",
                    "空白与0不是一回事，不能按0计算。",
                    "请补填；确无数据的填“0”或注明“不适用”。",
                    (sheet.place(row, col),),
                    (sheet.quote(row),),
                )


def _label(text: str) -> bool:
    return bool(text) and not re.fullmatch(_FIGURE, text)


def _amounts(sheet: Sheet, col: int) -> bool:
    """A column of amounts in which a blank is the exception."""
    blank = sum((row, col) in sheet.cells and not sheet.texts[row][col] for row in sheet.body)
    return blank <= max(1, len(sheet.body) // 10) and not any(
        sheet.values[row, col].unit.dimension == "ratio" for row in sheet.body if (row, col) in sheet.values
    )


def _blank(sheet: Sheet, half: Half, row: int, empty: list[int]) -> Outcome:
    name = sheet.name(row, half)
    heads = "、".join(sheet.headed(col) for col in empty)
    return issue(
        "P2",
        f"{sheet.title}“{name}”{heads}空白",
        f"“{name}”行的{heads}未填，同行其他栏有数。",
        "空白与0不是一回事，不能按0计算；合计是否包含该项无法核对。",
        "请补填；确无数据的填“0.00”或注明“不适用”。",
        tuple(sheet.place(row, col) for col in empty),
        (sheet.quote(row),),
    )


def zero_denominator(case: Case) -> Iterator[Outcome]:
    """分母为 0 却填 0.00%（应为“—”或“不适用”）."""
    for sheet, half in case.halves:
        budgets = [c for c in half.numbers if basis_of(sheet.heads[c]) in AMOUNT_BASES]
        rates = [c for c in half.numbers if "率" in sheet.heads[c] and "差异" not in sheet.heads[c]]
        for row in sheet.body:
            zero = [c for c in budgets if (v := sheet.values.get((row, c))) is not None and v.base == 0]
            for col in rates:
                rate = sheet.values.get((row, col))
                if rate is not None and rate.value == 0 and zero and len(zero) == len(budgets):
                    yield _zero(sheet, row, col, sheet.name(row, half))
    yield from _zero_in_rows(case)


def _zero_in_rows(case: Case) -> Iterator[Outcome]:
    """The same where labels stand in the row itself: 执行情况｜0.00｜预算执行率（%）｜0.00%."""
    for part in case.parts:
        for table in part.report.tables:
            for row, found in groupby(sorted(table.cells, key=attrgetter("row", "col")), attrgetter("row")):
                cells = tuple(found)
                for at in range(len(cells) - 2):
                    value, label, rate = (cells[at + i].text.strip() for i in range(3))
                    if (
                        value in ("0", "0.00", "0.0")
                        and label.replace("\n", "").startswith("预算执行率")
                        and _nought(rate)
                    ):
                        sheet = Sheet(part.report.id, table, (), (row,))
                        yield _zero(sheet, row, cells[at + 2].col, cells[at - 1].text.replace("\n", "") if at else "")


def _nought(text: str) -> bool:
    return text.rstrip("%％") in ("0", "0.0", "0.00")


def _zero(sheet: Sheet, row: int, col: int, name: str) -> Outcome:
    return issue(
        "P2",
        f"“{name}”预算为0而执行率填{sheet.texts[row][col]}",
        f"“{name}”预算、支出均为0，执行率填{sheet.texts[row][col]}。",
        "分母为0，执行率无法计算，应填“—”或“不适用”。",
        "请更正填报。",
        (sheet.place(row, col),),
        (sheet.quote(row),),
    )


def _spoken_of(case: Case, caption: str) -> bool:
    """Whether the text gives amounts for the table; one of a fund that nobody mentions may be empty."""
    special = next((word for word in ("三公", "政府性基金", "国有资本", "社会保险基金") if word in caption), "")
    amounts = (f for f in case.facts if f.kind == "prose" and f.dimension == "money" and f.quantity.value)
    return not special or any(special in f.subject + "".join(f.measure) for f in amounts)


def empty_tables(case: Case) -> Iterator[Outcome]:
    """空表: a table of amounts without any figure and without a note that there is nothing to report."""
    for part in case.parts:
        for table in part.report.tables:
            heads = [cell for cell in table.cells if cell.row < table.header_rows]
            money = sum(bool(re.search(r"数|额|费|支出|收入|合计", cell.text)) for cell in heads)
            body = [cell for cell in table.cells if cell.row >= table.header_rows and cell.text.strip()]
            near = part.report.blocks[table.block : table.block + 4] if table.block is not None else ()
            noted = any(re.search(r"无数据|空表|没有|无", block.text) for block in near)
            if (
                _spoken_of(case, table.caption)
                and table.header_rows
                and money >= 2
                and not any(re.search(r"\d", cell.text) for cell in body)
                and not noted
                and not table.hidden
            ):
                sheet = Sheet(part.report.id, table, (), ())
                yield issue(
                    "P1",
                    f"{sheet.title}没有数据",
                    "表头齐全而表内没有任何数字，也没有说明。",
                    "空白与0不是一回事。",
                    "请补填，确无数据的注明“本表无数据”。",
                    (sheet.place(table.header_rows if table.header_rows < table.rows else 0, 0),),
                    (table.caption,) if table.caption else (),
                )
