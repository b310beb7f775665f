"""Rows of a table taken together: how far the highest lies from the lowest, their average.

Takes only rows under one heading; blank cells are left out and totals are no rows.
"""

from __future__ import annotations

import re

from assistant.builtin.amounts.over_column import level_of
from assistant.builtin.amounts.ranking import Cell, column, value_of
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.calculate import difference, mean, rounded

SPREAD = re.compile(r"最(高|大|多|快)[^？]{0,8}最(低|小|少|慢)|最(低|小|少|慢)[^？]{0,8}最(高|大|多|快)")
APART = re.compile("差|[比较]最.{0,8}[高低多少大小快慢](?:了|出)?(?:多少|几)")


def spread(plan: Plan, seen: Lens) -> Reply | None:
    """执行率最高和最低的相差多少; 哪个最高，哪个最低: the two rows, and what lies between them where that is asked."""
    if not SPREAD.search(plan.question):
        return None
    cells = sorted(of_level(column(plan, seen), seen), key=value_of)
    if len(cells) < 2:
        return None
    low, high = cells[0][1], cells[-1][1]
    gap = difference(high, low)
    if gap is None:
        return None
    sides = "，".join(
        f"最{word}的是{cell[0].name.replace('/', '·')}{shown(fact.quantity)}"
        for word, cell, fact in (("高", cells[-1], high), ("低", cells[0], low))
    )
    head = f"相差{gap.text}（{gap.working}）：" if APART.search(plan.question) else ""
    return Reply(f"{head}{sides}。", (high, low))


def of_level(cells: list[Cell], seen: Lens) -> list[Cell]:
    """The cells that make up the total of their column, where some are parts of others; all of them else."""
    level = level_of([cell[1] for cell in cells], seen)[0] if cells else []
    return [cell for cell in cells if cell[1] in level]


def average(plan: Plan, seen: Lens) -> Reply | None:
    """平均得分: as the report states it, beside the mean of the column's rows; the mean alone where it states none."""
    if not re.search(r"平均|均分", plan.question) or re.search(r"平均每|人均|户均|亩均", plan.question):
        return None
    facts = [cell[1] for cell in of_level(column(plan, seen), seen) if cell[2] is None or cell[1] not in cell[2].facts]
    made = mean(facts) if len(facts) > 1 else None
    if made is None:
        return None
    unit, text = made.unit, made.text
    said = next((f for f in seen.facts if "平均" in name_of(f) and f.quantity.unit.name == unit.name), None)
    claimed = [q for q in plan.stated if q.unit.name in (unit.name, "")]
    same = all(rounded(made.value, q.places) == q.value for q in claimed)
    lead = ("是，" if same else "不是，") if claimed else ""
    used = (*facts, *((said,) if said else ()))
    if said is None:
        return Reply(f"{lead}平均为{text}（{made.working}，简单平均）。", used)
    agrees = (
        "与复算一致"
        if rounded(made.value, said.quantity.places) == said.quantity.value
        else f"与复算的{text}不一致，须核实"
    )
    return Reply(f"{lead}{name_of(said)}为{shown(said.quantity)}，{agrees}（{made.working}）。", used)
