"""Names and codes of the budget classification (政府收支分类): text against tables, item against item, level words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.review.case import Case
from assistant.review.rule import Outcome, issue, said_in
from assistant.review.sheet import DASHES, Sheet
from assistant.review.statement import Statement
from assistant.review.texts import _short
from ingest.report import Block, Place

AROUND = 24
"""Characters quoted on either side of a name in a list."""
_CLASS = re.compile(r"([一-鿿]{4,24}?)（(\d{3})类）")
_ITEM = re.compile(r"（(?:\d{2})?款）([一-鿿、（）]{2,40}?)（(?:\d{2})?项）")
_SECTION = re.compile(r"（(?:\d{3})?类）([一-鿿、]{2,30}?)（(?:\d{2})?款）")
_USE = re.compile(r"(?:主要用于|用于)[：:]?([一-鿿]{4,40})")
_CAUSE = re.compile(r"原因(?:是|为)?[：:是为]*([一-鿿]{4,40}?)(?:经费|支出)?(?:增加|减少|增长|下降)")
_LISTS = re.compile(r"主要包括[：:]?([^；;。]{8,400})")
_OWN_LEVEL = re.compile(r"([省市区县])级(?:部门|单位)(?:预算|决算)")
_LEVEL = re.compile(r"([省市区县])级(?:预算主管部门|预算单位|财政(?:有经费|拨款|部门取得))")


@dataclass(frozen=True, slots=True)
class _Item:
    """An item told in prose: 支出（类）款（款）项（项）, with what follows it."""

    block: Block
    report: str
    section: str
    name: str
    before: str
    rest: str


def names_of_codes(case: Case) -> Iterator[Outcome]:
    """科目名称: the name that the text gives a class code against the name in the tables."""
    known: dict[str, dict[str, tuple[Sheet, int]]] = {}
    for sheet in case.sheets:
        for row in sheet.body:
            cells = [sheet.texts[row][col] for col in range(sheet.table.cols) if (row, col) in sheet.cells]
            named = next((text for text in cells[1:] if re.fullmatch(r"[一-鿿]{4,}", text)), "")
            if (
                cells
                and re.fullmatch(r"\d{3}", cells[0])
                and named
                and not any(re.fullmatch(r"\d\d", c) for c in cells)
            ):
                known.setdefault(cells[0], {}).setdefault(named, (sheet, row))
    told: set[tuple[str, str]] = set()
    for said in case.statements:
        for match in _CLASS.finditer(said.text):
            name, code = match[1], match[2]
            rows = known.get(code, {})
            if len(rows) == 1 and name not in rows and not any(name.endswith(each) for each in rows):
                [(given, (sheet, row))] = rows.items()
                if (name, code) not in told:
                    told.add((name, code))
                    yield _renamed(said, match[0], name, code, given, sheet, row)


def _renamed(said: Statement, quote: str, name: str, code: str, given: str, sheet: Sheet, row: int) -> Outcome:
    return issue(
        "P2",
        f"“{name}”与表中科目名称“{given}”不一致",
        f"正文写作“{quote}”，表中科目编码“{code}”的名称为“{given}”。",
        "同一编码只能有一个名称，疑沿用旧的科目名称。",
        "请按现行政府收支分类科目统一名称。",
        (said.place, sheet.place(row, 0)),
        (quote, sheet.quote(row)),
    )


def _items(case: Case) -> tuple[_Item, ...]:
    found = []
    for part in case.parts:
        for block in part.report.blocks:
            name, section = _ITEM.search(block.text), _SECTION.search(block.text)
            if name and section and not block.hidden:
                before, rest = block.text[: name.end()], block.text[name.end() :]
                found.append(_Item(block, part.report.id, section[1], name[1], before, rest))
    return tuple(found)


def borrowed_explanations(case: Case) -> Iterator[Outcome]:
    """说明与项目: an item explained with the name of another item of the same list."""
    items = _items(case)
    names = {item.name for item in items} | {item.section + item.name for item in items}
    for item in items:
        own = item.section + item.name
        for pattern in (_USE, _CAUSE):
            match = pattern.search(item.rest)
            if match is None:
                continue
            other = max((name for name in names if match[1] == name and len(name) >= 5), key=len, default="")
            if other and item.name not in match[1] and other not in own:
                yield issue(
                    "P2",
                    f"“{item.name}”的说明写的是“{other}”",
                    f"该项为“{item.name}”，说明写作“{_short(match[0])}”，与清单中另一项的名称相同。",
                    "疑似复制其他项目的说明。",
                    "请核实后改写。",
                    (Place(item.report, item.block.page, item.block.index),),
                    (item.block.text,),
                )


def listed_names(case: Case) -> Iterator[Outcome]:
    """列举与表: things that the text lists as spent on, whose row in the table is empty."""
    for said in case.statements:
        for match in _LISTS.finditer(said.text):
            names = [re.sub(r"等?(?:支出|费用)?$|^和", "", name.strip()) for name in match[1].split("、")]
            empty = _empty(case, [name for name in names if re.fullmatch(r"[一-鿿（）]{2,20}", name)])
            if empty:
                shown = "”、“".join(name for name, _, _ in empty)
                yield issue(
                    "P2",
                    f"正文列有“{shown}”，表中该行没有数",
                    f"正文列举的“{shown}”在表中没有金额，其余所列各项都有。",
                    "列举与表不能同时成立，无法判定哪一侧有误。",
                    "请核实后统一。",
                    (said.place, *(sheet.place(row, 0) for _, sheet, row in empty)),
                    (*(_around(said, name) for name, _, _ in empty), *(sheet.quote(row) for _, sheet, row in empty)),
                )


def _around(said: Statement, name: str) -> str:
    """A name with what stands before and behind it in the paragraph."""
    at = said.block.text.find(name, said.span[0])
    return said.block.text[max(at - AROUND, 0) : at + len(name) + AROUND]


def _empty(case: Case, names: list[str]) -> list[tuple[str, Sheet, int]]:
    """Listed names without a figure, in a table that gives a figure to nearly all the others."""
    for sheet in case.sheets:
        given: set[str] = set()
        empty: dict[str, tuple[str, Sheet, int]] = {}
        for half in sheet.halves:
            for row in sheet.body:
                name = sheet.name(row, half)
                if name not in names:
                    continue
                if any((row, col) in sheet.values and sheet.values[row, col].base for col in half.numbers):
                    given.add(name)
                elif all(not sheet.texts[row][col] or sheet.texts[row][col] in DASHES for col in half.numbers):
                    empty.setdefault(name, (name, sheet, row))
        left = [found for name, found in empty.items() if name not in given]
        if len(given) >= 4 and left and len(left) * 4 <= len(given):
            return left
    return []


def level_words(case: Case) -> Iterator[Outcome]:
    """级次: a budget of one level whose text speaks of the departments of another."""
    first = " ".join(block.text for block in case.main.report.blocks[:20])
    own = _OWN_LEVEL.search(f"{case.main.report.title} {first}")
    if own is None:
        return
    found = [(said, match[0]) for said in case.statements if (match := _LEVEL.search(said.text)) and match[1] != own[1]]
    if found:
        words = "”、“".join(dict.fromkeys(word for _, word in found))
        yield issue(
            "P2",
            f"{own[0]}中写作“{words}”",
            f"本件为{own[0]}，文中写作“{words}”。",
            "疑似套用另一级次的模板。",
            "请核实级次用语。",
            *said_in(*(said for said, _ in found)),
        )


def code_widths(case: Case) -> Iterator[Outcome]:
    """科目编码: codes of one column written with different numbers of digits (02 and 2)."""
    for sheet in case.sheets:
        for col in range(sheet.table.cols):
            if sheet.head(col) not in ("款", "项", "目"):
                continue
            codes = {row: sheet.texts[row][col] for row in sheet.body if sheet.texts[row][col].isdigit()}
            short = [row for row, code in codes.items() if len(code) == 1]
            if short and len(short) * 2 <= len(codes) and all(len(code) <= 2 for code in codes.values()):
                shown = "”、“".join(dict.fromkeys(codes[row] for row in short))
                yield issue(
                    "P2",
                    f"{sheet.title}科目编码“{shown}”位数不齐",
                    f"“{sheet.heads[col].split('/')[-1]}”级编码其余为两位，该处写作“{shown}”。",
                    "",
                    "请按两位编码补齐。",
                    tuple(sheet.place(row, col) for row in short),
                    tuple(sheet.quote(row) for row in short),
                )
