"""Rows of a table taken together: how far the highest lies from the lowest, their average, all but one of them.

Takes only rows under one heading; blank cells are left out and totals are no rows.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.builtin.amounts.ranking import Cell, column, value_of
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look, name_of
from assistant.builtin.facts.wholes import total_of
from assistant.builtin.question.lexicon import content, pairs, reduced
from assistant.builtin.question.plan import Ask, Plan
from assistant.builtin.reply import Reply, shown
from assistant.calculate import Result, difference, percent, rounded
from ingest.fact import Basis, Fact
from ingest.quantity import show

SPREAD = re.compile(r"最(高|大|多|快)[^？]{0,8}最(低|小|少|慢)|最(低|小|少|慢)[^？]{0,8}最(高|大|多|快)")
APART = re.compile("差|[比较]最.{0,8}[高低多少大小快慢](?:了|出)?(?:多少|几)")
BUT = re.compile(
    r"^(?:如果|若)?(?:扣除|剔除|除去|去掉|不含|不算|除)(?:掉|了)?(.{2,24}?)(?:后|以外|之外|外|的话|，|,)+(.*)$"
)


def spread(plan: Plan, seen: Lens) -> Reply | None:
    """执行率最高和最低的相差多少: the two rows and what lies between them."""
    if not SPREAD.search(plan.question) or not APART.search(plan.question):
        return None
    cells = sorted(column(plan, seen), key=value_of)
    if len(cells) < 2:
        return None
    low, high = _stated(cells[0]), _stated(cells[-1])
    gap = difference(high, low)
    if gap is None:
        return None
    sides = "，".join(
        f"最{word}的是{cell[0].name.replace('/', '·')}{shown(fact.quantity)}"
        for word, cell, fact in (("高", cells[-1], high), ("低", cells[0], low))
    )
    return Reply(f"相差{gap.text}（{gap.working}）：{sides}。", (high, low))


def _stated(cell: Cell) -> Fact:
    return cell[1]


def average(plan: Plan, seen: Lens) -> Reply | None:
    """平均得分: as the report states it, beside the mean of the column's rows; the mean alone where it states none."""
    if not re.search(r"平均|均分", plan.question) or re.search(r"平均每|人均|户均|亩均", plan.question):
        return None
    facts = [cell[1] for cell in column(plan, seen) if cell[2] is None or cell[1] not in cell[2].facts]
    if len(facts) < 2 or len({fact.quantity.unit.name for fact in facts}) != 1:
        return None
    unit, places = facts[0].quantity.unit, max(fact.quantity.places for fact in facts)
    mean = sum((fact.quantity.value for fact in facts), Decimal(0)) / len(facts)
    text = show(mean, unit, places)
    working = f"（{'＋'.join(shown(fact.quantity) for fact in facts)}）÷{len(facts)}＝{text}"
    said = next((f for e in seen.entries if "平均" in name_of(f := e.fact) and f.quantity.unit.name == unit.name), None)
    claimed = [q for q in plan.stated if q.unit.name in (unit.name, "")]
    same = all(rounded(mean, q.places) == q.value for q in claimed)
    lead = ("是，" if same else "不是，") if claimed else ""
    used = (*facts, *((said,) if said else ()))
    if said is None:
        return Reply(f"{lead}平均为{text}（{working}，简单平均）。", used)
    agrees = (
        "与复算一致" if rounded(mean, said.quantity.places) == said.quantity.value else f"与复算的{text}不一致，须核实"
    )
    return Reply(f"{lead}{name_of(said)}为{shown(said.quantity)}，{agrees}（{working}）。", used)


def all_but(plan: Plan, seen: Lens) -> Reply | None:
    """扣除X后项目支出执行率: the rate of the rows' total without one of them."""
    match = BUT.match(plan.question.strip("？?"))
    if not match or not re.search(r"执行率|完成率", match[2]):
        return None
    spent, budget = (_item(seen, match[1], basis) for basis in ("决算", "调整后预算"))
    if spent is None or budget is None or spent.place.row != budget.place.row:
        return None
    totals = [total_of(seen, fact) for fact in (spent, budget)]
    if totals[0] is None or totals[1] is None:
        return None
    over, under = difference(totals[0], spent), difference(totals[1], budget)
    made = _quotient(over, under) if over and under else None
    if made is None:
        return None
    name = re.sub(r"^(其余|剩余|其他)的?", "", match[2].partition("率")[0]) + "率"
    return Reply(
        f"扣除{spent.subject}后，其余{name}为{made.text}（{made.working}；前提：决算与调整后预算都取该表合计）。",
        made.facts,
    )


def _item(seen: Lens, words: str, basis: Basis) -> Fact | None:
    found = look(seen, Ask(words, content(words), basis, "money"))
    if not found or found.fact.kind != "table" or found.fact.basis != basis:
        return None
    return found.fact if pairs(reduced(words)) & pairs(reduced(found.fact.subject)) else None


def _quotient(over: Result, under: Result) -> Result | None:
    if not under.value:
        return None
    value = over.value * over.unit.factor / (under.value * under.unit.factor) * 100
    text = show(value, percent(), 2)
    sides = "÷".join(f"（{one.working.partition('＝')[0]}）" for one in (over, under))
    working = f"{sides}＝{over.text}÷{under.text}＝{text}"
    return Result(value, percent(), 2, working, (*over.facts, *under.facts))
