"""Slips of unit (单位疑误): the same digits ten thousand or a hundred million times apart, and odd amounts in 元.

Only tells the two; which unit is meant, only the department can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.review.case import Case
from assistant.review.lookalike import misprints, slip_of_unit
from assistant.review.rule import Outcome, issue, of
from assistant.review.show import amount
from assistant.review.topic import agree, generic, group, same_basis, topic, year_of
from ingest.fact import Fact
from ingest.terms import plain

SLIPS = (Decimal(10) ** 4, Decimal(10) ** 8)
TELLING = 4
"""So many digits in common are no chance where the sentence names the row."""
LONG = 6
"""A name of more characters may be told with words between."""
MOST = 0.7
"""Share of such a name, pair by pair, that the sentence must say."""
LIMIT = 60
"""So many characters of a sentence are shown."""


def slips(case: Case) -> Iterator[Outcome]:
    """单位疑误: a figure of the text beside the cell with its digits; odd 元 amounts."""
    told: set[str] = set()
    for one, other in slipped(case):
        if one.id in told:
            continue
        told.add(one.id)
        big, small = sorted((one, other), key=lambda fact: -fact.quantity.base)
        times = SLIPS[0] if _times(one, other) < SLIPS[1] / 2 else SLIPS[1]
        yield issue(
            "P0",
            f"“{_name(one, other)}”{one.quantity.text}单位疑误",
            f"正文为{one.quantity.text}，表中为{amount(other.quantity)}，数字相同而单位不同。",
            f"{amount(big.quantity)}÷{amount(small.quantity)}＝{times}倍，只提示量级，不代为改写；须由单位确认。",
            "请核对单位并更正。",
            *of(one, other),
        )
    for fact in _odd_yuan(case):
        if fact.id not in told:
            yield issue(
                "P0",
                f"“{topic(fact)}”{fact.quantity.text}单位疑误",
                f"“{clip(fact)}”中{fact.quantity.text}与同段其他金额量级悬殊，疑缺“万”或“亿”。",
                "只提示量级，不代为改写；须由单位确认。",
                "请核对单位并更正。",
                *of(fact),
            )


def clip(fact: Fact) -> str:
    """The sentence of a figure, of a long one what stands around the figure."""
    quote = fact.quote.strip()
    if len(quote) <= LIMIT:
        return quote
    at = max(quote.find(fact.quantity.text) - LIMIT // 2, 0)
    return f"{'…' if at else ''}{quote[at : at + LIMIT]}…"


def slipped(case: Case) -> list[tuple[Fact, Fact]]:
    """Amounts of the text with the cell whose digits they have in another unit, that of the same basis first."""
    facts = [fact for fact in case.facts if fact.basis not in ("目标", "计划")]
    money = [fact for fact in facts if fact.dimension == "money"]
    cells = [fact for fact in money if fact.kind == "table"]
    digits: dict[Decimal, list[Fact]] = {}
    for cell in cells:
        digits.setdefault(cell.quantity.value, []).append(cell)
    topics = group(cells)
    found = []
    for one in (fact for fact in money if fact.kind == "prose" and fact.quantity.base > 0):
        name = topic(one)
        alike = [] if generic(name) else topics.get(name, [])
        alike = [*alike, *(cell for cell in digits.get(one.quantity.value, ()) if _names_row(one, cell))]
        if (other := _slip(one, [cell for cell in alike if year_of(cell) == year_of(one)])) is not None:
            found.append((one, other))
    known = {one.id for one, _ in found}
    return found + [pair for pair in misprints(facts) if slip_of_unit(*pair) and pair[0].id not in known]


def _slip(one: Fact, cells: Sequence[Fact]) -> Fact | None:
    """The cell that a figure is a slip of; None where a cell agrees with it as it stands."""
    if any(agree(one, cell) for cell in cells):
        return None
    off = [cell for cell in cells if any(abs(_times(one, cell) - slip) <= slip / 10000 for slip in SLIPS)]
    return min(off, key=lambda cell: not same_basis(one, cell), default=None)


def _names_row(one: Fact, cell: Fact) -> bool:
    """Whether the sentence of a figure names the row of a cell that has all its digits."""
    row = _row(cell)
    written = sum(char.isdigit() for char in one.quantity.text)
    return written >= TELLING and not generic(row) and len(row) >= TELLING and _told_of(row, plain(one.quote))


def _told_of(row: str, line: str) -> bool:
    """Whether a sentence says a row's name, or most of it with words between (向市公交公司拨付运营补贴)."""
    pairs = {row[at : at + 2] for at in range(len(row) - 1)}
    return row in line or (len(row) > LONG and sum(pair in line for pair in pairs) >= MOST * len(pairs))


def _row(cell: Fact) -> str:
    return plain(cell.item)


def _name(one: Fact, other: Fact) -> str:
    """What both are about: the row, where the text carries more in front of it."""
    return row if (row := _row(other)) and row in topic(one) else topic(one)


def _times(one: Fact, other: Fact) -> Decimal:
    a, b = one.quantity.base, other.quantity.base
    return max(a, b) / min(a, b) if min(a, b) > 0 else Decimal(0)


def _odd_yuan(case: Case) -> Iterator[Fact]:
    """Amounts of a few 元 called a scale, total or investment beside amounts a million times larger."""
    money = [f for f in case.facts if f.dimension == "money" and f.kind == "prose"]
    for fact in money:
        words = "".join(fact.measure) + fact.subject
        if (
            fact.quantity.unit.factor != 1
            or not 0 < fact.quantity.value < 10000
            or not any(w in words for w in ("规模", "总额", "投资", "资金", "产值", "拨付", "总支出"))
        ):
            continue
        if re.search(r"人均|生均|每人|每户|每\d*元|标准|单价|/人|元/", fact.quote):
            continue
        near = [f for f in money if f.place.block == fact.place.block and f.id != fact.id]
        if any(f.quantity.base >= fact.quantity.base * 10**6 for f in near):
            yield fact
