"""The same measure in two places (文表一致、文内一致): conflicts, swapped budget and spending.

Two conflicting values are shown side by side and never judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.review.case import Case
from assistant.review.lookalike import misprints, slip_of_unit
from assistant.review.rule import Outcome, held, issue, of
from assistant.review.show import amount, gap, percent
from assistant.review.slips import clip, slipped
from assistant.review.topic import (
    ACTUAL,
    BUDGETS,
    agree,
    clause,
    comparable,
    generic,
    group,
    owner_unsaid,
    same_basis,
    topic,
    year_of,
)
from ingest.fact import Fact
from ingest.report import Place
from ingest.terms import plain


def conflicts(case: Case) -> Iterator[Outcome]:
    """同键异值: one measure, one period, one basis, two values."""
    agreed: list[Place] = []
    reported: set[frozenset[str]] = set()
    slips = {fact.id for fact, _ in slipped(case)}
    swaps = {fact.id for pair in _swapped(case) for fact in pair}
    told: set[str] = set()
    for name, facts in group(_plain_facts(case)).items():
        if generic(name):
            continue
        for one in facts:
            if (
                one.kind != "prose"
                or one.id in slips | swaps
                or _in_part(one)
                or (_is_ratio(one) and owner_unsaid(one))
            ):
                continue
            others = [
                other
                for other in facts
                if other.id != one.id
                and comparable(one, other)
                and other.quote != one.quote
                and not _listed(one, other, case)
                and not _of_two_wholes(one, other)
            ]
            others = [other for other in others if other.id not in slips | swaps]
            if unsaid := _unsaid_budget(one):
                others = [*others, *(o for o in facts if o.basis in ACTUAL and _else_comparable(one, o))]
            if not others:
                continue
            if any(agree(one, other) for other in others if other.kind == "table") or all(
                agree(one, o) for o in others
            ):
                agreed.append(one.place)
                continue
            tabled = [o for o in others if o.kind == "table"] or [o for o in others if not agree(one, o)]
            other = next((o for o in tabled if o.basis in ACTUAL), tabled[0]) if unsaid else tabled[0]
            pair = frozenset((name, one.quantity.text, other.quantity.text))
            if pair not in reported and not _other_budget(one, others) and not _in_row(one, other, case):
                reported.add(pair)
                told |= {one.id, other.id}
                yield _conflict(name, one, other)
    for one, other in misprints(case.facts):
        if one.id not in told | slips | swaps and not slip_of_unit(one, other):
            told |= {one.id, other.id}
            yield _conflict(topic(other) or topic(one) or plain(other.measure[-1]), one, other)
    if agreed:
        yield held("同一指标在正文各处与表中一致", f"共核对{len(agreed)}处", tuple(agreed))


def _listed(one: Fact, other: Fact, case: Case) -> bool:
    """Whether a sentence tells two figures of two things in turn, parted by ； (发放甲卷…收回…；发放乙卷…收回…)."""
    if one.kind != "prose" or other.kind != "prose" or one.place.block != other.place.block:
        return False
    start, end = sorted((fact.place.span or (0, 0))[0] for fact in (one, other))
    between = next((said.block.text[start:end] for said in case.statements if said.place.block == one.place.block), "")
    return one.place.report == other.place.report and "；" in between and "。" not in between


def _in_part(fact: Fact) -> bool:
    """Some of a thing only (补助有66.00万元尚未下达)."""
    return bool(re.search("(?<![共拥现])有$", clause(fact)))


def _of_two_wholes(one: Fact, other: Fact) -> bool:
    """Whether two sentences tell a part (其中中央资金x万元) of two amounts: each its own, whatever the name."""
    wholes = [_divided(fact) for fact in (one, other) if fact.kind == "prose"]
    return len(wholes) == 2 and "" not in wholes and wholes[0] != wholes[1]


def _divided(fact: Fact) -> str:
    """The amount that the 其中 before a figure divides, as written; "" where there is none."""
    ahead, mark, _ = fact.quote[: max(fact.quote.find(fact.quantity.text), 0)].rpartition("其中")
    found = re.search(r"([\d,.]+[万亿]?元)[，,：:。；]?$", ahead)
    return found[1] if mark and found else ""


def _unsaid_budget(fact: Fact) -> bool:
    """A budget only by a clause before its own: the figure may just as well be what was spent."""
    said = clause(fact) + fact.quote.partition(whole)[0][-12:] if (whole := _divided(fact)) else clause(fact)
    return fact.basis in BUDGETS and not re.search(r"预算|安排|计划|下达|核定|批复|调整", said)


def _in_row(one: Fact, other: Fact, case: Case) -> bool:
    """Another cell of the row says the figure of the text on its basis, or where the text says none: no conflict."""
    row = (other.place.report, other.place.table, other.place.row)
    return other.place.table is not None and any(
        agree(one, cell)
        and (not one.basis or same_basis(one, cell))
        and one.quantity.unit.kind == cell.quantity.unit.kind
        for cell in case.facts
        if (cell.place.report, cell.place.table, cell.place.row) == row
    )


def _else_comparable(one: Fact, other: Fact) -> bool:
    """Comparable in all but the basis."""
    apart = other.id != one.id and other.quote != one.quote and not _of_two_wholes(one, other)
    return apart and comparable(replace(one, basis=other.basis), other)


def _is_ratio(fact: Fact) -> bool:
    return fact.dimension == "ratio"


def _plain_facts(case: Case) -> list[Fact]:
    return [fact for fact in case.facts if fact.basis not in ("目标", "计划")]


def _other_budget(one: Fact, others: list[Fact]) -> bool:
    """A budget that does not say which agrees with either of the two."""
    return one.basis == "预算" and any(agree(one, other) for other in others)


def _conflict(name: str, one: Fact, other: Fact) -> Outcome:
    where = "正文与表" if other.kind == "table" else "正文两处"
    return issue(
        "P0",
        f"“{name}”{where}不一致：{one.quantity.text}与{_text(other)}",
        f"一处为{one.quantity.text}，另一处为{_text(other)}。",
        f"{gap(one.quantity, other.quantity)}。两处不能同时成立，无法判定哪一侧有误。",
        "请核实后统一，并注明数据来源。",
        *of(one, other),
    )


def _text(fact: Fact) -> str:
    return amount(fact.quantity)


def swapped(case: Case) -> Iterator[Outcome]:
    """预算与执行颠倒: the budget in prose is the spending of the table and the other way round."""
    for budget, spent, row_budget, row_spent in _swapped(case):
        name = topic(budget)
        yield issue(
            "P0",
            f"“{name}”预算数与执行数疑似写反",
            f"正文预算{budget.quantity.text}、支出{spent.quantity.text}；表中预算{_text(row_budget)}、支出{_text(row_spent)}。",
            f"按正文计算，{_rate(spent, budget)}；正文两数与表中两数恰好互换，两处不能同时成立。",
            "请核实并更正。",
            (budget.place, row_budget.place),
            (budget.quote, row_budget.quote),
            (budget.id, spent.id, row_budget.id, row_spent.id),
        )


def _rate(spent: Fact, budget: Fact) -> str:
    if not budget.quantity.base:
        return "预算为0，执行率无法计算"
    rate = percent(spent.quantity.base / budget.quantity.base)
    return f"{amount(spent.quantity)}÷{amount(budget.quantity)}＝{rate}"


def _swapped(case: Case) -> list[tuple[Fact, Fact, Fact, Fact]]:
    found = []
    for name, facts in group(_plain_facts(case)).items():
        if generic(name):
            continue
        prose = [f for f in facts if f.kind == "prose" and f.dimension == "money"]
        table = [f for f in facts if f.kind == "table"]
        for budget in (f for f in prose if f.basis in BUDGETS):
            for spent in (f for f in prose if f.basis in ACTUAL and f.quote == budget.quote):
                rows = [
                    (a, b)
                    for a in table
                    if a.basis in BUDGETS and agree(a, spent) and not agree(a, budget)
                    for b in table
                    if b.basis in ACTUAL and b.place.row == a.place.row and agree(b, budget)
                ]
                if rows:
                    found.append((budget, spent, *rows[0]))
    return found


def totals(case: Case) -> Iterator[Outcome]:
    """收支总计: a grand total of the text that no total row of any table shows."""
    rows = [
        sheet.values[row, col]
        for sheet, half in case.halves
        for row in sheet.body
        if "总计" in sheet.name(row, half)
        for col in half.numbers
        if (row, col) in sheet.values
    ]
    for fact in case.facts:
        said = fact.measure[-1].endswith("总计") and fact.dimension == "money" and fact.kind == "prose"
        if not said or not rows or fact.basis == "差额":
            continue
        if any(abs(value.base - fact.quantity.base) <= max(value.half, fact.quantity.half) for value in rows):
            yield held(f"“{fact.measure[-1]}”与表中总计一致", amount(fact.quantity), (fact.place,))
        elif year_of(fact) == str(case.year):
            yield issue(
                "P0",
                f"“{fact.measure[-1]}”{amount(fact.quantity)}与各表总计均不符",
                f"正文为{amount(fact.quantity)}（“{clip(fact)}”），各表“总计”行没有这个数。",
                "正文与表不能同时成立，无法判定哪一侧有误。",
                "请核实后统一。",
                *of(fact),
            )
