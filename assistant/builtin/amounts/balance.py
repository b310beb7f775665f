"""The cash identity of a year (收支平衡): 年初结转＋本年收入－本年支出＝年末结转, whatever a report calls the four.

A report may state each of the four more than once; those that fit together are told, and a gap only where none do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from assistant.builtin.amounts.identity import holds
from assistant.builtin.facts.lens import Lens, years_of
from assistant.builtin.facts.lookup import name_of, whole
from assistant.builtin.question.lexicon import reduced
from assistant.builtin.question.plan import Ask, Plan
from assistant.builtin.reply import Reply, shown
from assistant.calculate import comparable, signed, tolerance
from ingest.fact import Fact
from ingest.terms import plain

ASKED = re.compile(
    r"勾稽|收支.{0,6}(?:平衡|对得上|对上|衔接|相符|吻合|一致)|收入减支出"
    r"|(?:收入.{1,12}|结转.{1,12})支出.{0,8}[推算得]出.{0,6}(?:结转|结余)"
)
LEFT = "(?:结转结余|结转|结余)"
OPENING = re.compile(rf"(?:使用|动用|加上?|含)?(?:年初|期初|上年度?末?|以前年度)(?:财政)?{LEFT}(?:资金|数|额|使用)*")
CLOSING = re.compile(
    rf"(?:本?年末|年底|期末)(?:累计)?{LEFT}(?:资金|数|额|下年)*|{LEFT}(?:至|到)?(?:下年度?|次年)(?:使用)?|{LEFT}(?:资金)?"
)
INCOME = re.compile(
    r"(?:本年|全年|当年|年度|年内)?(?:取得|实现|实际到位|到位)?(?:各类|各项)?收入(?:合计|小计|决算|总额|到位)?数?"
    r"|(?:本年|全年|当年|实际)?(?:到位资金|资金到位|到位)(?:合计|数)?"
)
NARROW = re.compile(r"(?:一般公共预算)?财政拨款(?:收入)?(?:合计|小计|决算数?)?")
"""What may be all of a year's income where the four fit with it, and is never held against the others."""
SPENT = re.compile(r"(?:本年|全年|当年|年度)?(?:实际)?(?:支出|支用)(?:合计|小计|决算)?数?")
MOST = 6
"""So many statements of one of the four are tried."""
FAR = 5
"""A gap of more than a fifth of what was spent means that one of the four was not understood, and nothing is told."""


def balanced(plan: Plan, seen: Lens) -> Reply | None:
    """收支是否平衡, 收入减支出能推出年末结转吗."""
    if not ASKED.search(plan.question) or re.search(r"加.*减.*等于", plan.question):
        return None
    spent = whole(seen, Ask("", "", "决算", "money", plan.year))
    income = _called(seen, plan, INCOME)
    sides = (
        _called(seen, plan, OPENING),
        [*income, *_called(seen, plan, NARROW)],
        [*(spent.facts if spent else ()), *_called(seen, plan, SPENT)],
        _called(seen, plan, CLOSING),
    )
    four = [one for one in product(*(side[:MOST] for side in sides)) if _of_one(one)]
    told = next((one for one in four if _gap(one) <= tolerance(one[:3], one[3])), None)
    if told is None and (held := next((one for one in four if _holds_opening(one)), None)):
        return _with_opening(seen, held)
    if told is None:
        told = next((one for one in four if one[1] in income), None)
        told = told if told and _gap(told) * FAR <= told[2].quantity.base else None
    return holds(seen, [(1, told[0]), (1, told[1]), (-1, told[2])], told[3]) if told else None


def _holds_opening(four: Sequence[Fact]) -> bool:
    """Whether what is called income holds what was carried in: only so the other three fit."""
    return abs(_gap(four) - four[0].quantity.base) <= tolerance(four[:3], four[3]) and bool(four[0].quantity.base)


def _with_opening(seen: Lens, four: Sequence[Fact]) -> Reply | None:
    opening, income, spent, closing = four
    made = holds(seen, [(1, income), (-1, spent)], closing)
    said = f"前提：{name_of(income)}{shown(income.quantity)}已含{name_of(opening)}{shown(opening.quantity)}。"
    return replace(made, text=made.text + said, facts=(*made.facts, opening)) if made else None


def _called(seen: Lens, plan: Plan, name: re.Pattern[str]) -> list[Fact]:
    """Amounts of the year under just such a name, none of them a budget; in the prose first, in reading order."""
    year = plan.year or seen.year
    found = [
        entry.fact
        for entry in seen.entries
        if entry.fact.dimension == "money"
        and entry.fact.basis in ("", "决算", "完成")
        and (year is None or {year, year - 1} & {*years_of(entry.fact.period), entry.year})
        and (entry.year in (year, None) or year is None)
        and any(name.fullmatch(label) for label in _labels(entry.fact))
    ]
    return sorted(dict.fromkeys(found), key=lambda fact: fact.kind != "prose")


def _labels(fact: Fact) -> Sequence[str]:
    """What a figure is called by its row, its heading, or both."""
    row, head = reduced(plain(fact.item)), reduced(plain(fact.measure[-1]))
    return (row, head + row) if fact.kind == "table" and row else (head, head + row)


def _of_one(four: Sequence[Fact]) -> bool:
    """Whether four different figures stand in one report and can be set against one another."""
    return len(set(four)) == len(four) and len({f.place.report for f in four}) == 1 and comparable(four)


def _gap(four: Sequence[Fact]) -> Decimal:
    made = signed([(1, four[0]), (1, four[1]), (-1, four[2]), (-1, four[3])])
    assert made is not None  # comparable
    return abs(made.value * made.unit.factor)
