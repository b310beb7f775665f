"""Calculations that give an amount: sums, differences and changes, averages.

Each yields what the claim's words allow; whether a claim agrees is decided in derive.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from assistant.check.agree import telling
from assistant.check.claim import Claim
from assistant.check.ledger import Column, Ledger
from assistant.check.likeness import same_basis, same_period
from assistant.check.listing import listed
from assistant.check.operands import GROWTH, LESS, Operand, Result, named, of_entry, order, pairs
from assistant.check.quotients import divide, meant_differences, term_of, whose_difference
from ingest.quantity import unit
from ingest.terms import is_total

_WHOLE = re.compile("合计|共计|总计|之和|总和|总额|合共|总共|加起来|相加|共|总")
_GAP = re.compile(
    "超出|超额|差额|差异|差距|相差|结余|未支出|未执行|节约|超支|缺口|剩余|其余|其他|净|多|少|高|低|差|余额"
)
_LISTED = re.compile("处|个(?:值|数|不同|互相|口径)")
_TAKEN = re.compile("[^，。；、]{0,10}?(?:合计|共计|总计|之和|总和|相加|加总)")
"""Behind a count of the figures that a sentence gives and sums up: 三项费用合计."""
_MEAN = re.compile("平均|人均|户均|均|每")


def sums(claim: Claim, own: Sequence[Operand], before: Sequence[Operand]) -> Iterator[Result]:
    """合计: the figures of the sentence before or after it, or those of the sentence before."""
    if not _WHOLE.search(claim.measure[-1]) and not telling(claim.quantity):
        return
    kind = claim.quantity.unit.dimension
    same = [one for one in own if one.unit.dimension == kind]
    runs = [same[start:stop] for start in range(len(same)) for stop in range(start + 2, len(same) + 1)]
    earlier = [one for one in before if one.unit.dimension == kind]
    runs += [earlier] if len(earlier) > 1 and _WHOLE.search(claim.measure[-1]) else []
    for run in sorted(runs, key=len, reverse=True):
        total = sum((one.value for one in run), Decimal(0))
        yield Result(total, "+".join(f"{one.name}{one.text}" for one in run), tuple(run))


def columns(claim: Claim, ledger: Ledger) -> Iterator[Result]:
    """预算金额合计: all items of a table's column that the claim names, totals left out."""
    if not _WHOLE.search(claim.name + claim.question):
        return
    words = claim.label | claim.context
    for column in ledger.columns:
        fits = column.label <= words and column.unit.dimension == claim.kind and _may_mean(claim, column)
        if fits and _of_caption(claim, column, ledger):
            items = tuple(map(of_entry, column.entries))
            total = sum((one.value for one in items), Decimal(0))
            yield Result(total, f"{column.name}的{len(items)}项相加", items)


def _may_mean(claim: Claim, column: Column) -> bool:
    first = column.entries[0]
    return same_period(claim.period, first) and same_basis(claim.basis, first.fact.basis)


def _of_caption(claim: Claim, column: Column, ledger: Ledger) -> bool:
    """Whether the claim sums up what the table is about: 基本支出总额 names a fact, not a sum over 项目支出."""
    caption = "".join((*column.entries[0].fact.section[-1:], claim.question))
    strange = {term for term in claim.label - column.label if not is_total(term) and term not in caption}
    return not any(
        ledger.entries[number].label <= claim.label for term in strange for number in ledger.by_label.get(term, ())
    )


def counts(claim: Claim, own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """11个项目: the items of a table that the sentence names; 两个值: the figures that the sentence itself gives."""
    quantity = claim.quantity
    if quantity.unit.dimension != "count" or quantity.value != quantity.value.to_integral_value():
        return
    for names in listed(claim.before, claim.after):
        if any(all(map(one.names, names)) for one in ledger.sources if one.may_speak_of(claim.period)):
            yield Result(Decimal(len(names)), f"报告中有所列{len(names)}个名称", ())
    kinds = [one.unit.dimension for one in own]
    for kind in sorted(set(kinds)) if _LISTED.match(quantity.unit.name + claim.after) else ():
        figures = tuple(one for one in own if one.unit.dimension == kind)
        yield Result(Decimal(len(figures)), f"文中列出的{len(figures)}个数", figures)
    for kind in sorted(set(kinds)) if _TAKEN.match(claim.after) else ():
        figures = tuple(one for one in own if one.unit.dimension == kind)
        for these in (figures, figures[:-1]):
            yield Result(Decimal(len(these)), f"文中列出的{len(these)}个数", these)
    if quantity.unit.name in ("个", "项", "类") and quantity.value > 2:
        words = claim.label | claim.context
        for column in ledger.columns:
            if (column.label | column.caption) & words and _may_mean(claim, column):
                items = tuple(map(of_entry, column.entries))
                yield Result(Decimal(len(items)), f"{column.name}所列{len(items)}项", items[:1])


def differences_of(claim: Claim, own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """净调增、未支出 …: a difference of formulas.toml of the claim's subject; the question may name it."""
    for known in meant_differences(claim):
        whose = whose_difference(claim, known.name)
        for a in term_of(claim, known.over, whose, own, ledger):
            for b in term_of(claim, known.less, whose, own, ledger):
                # 未支出 says which way it goes, as 减少 does: what is left is counted as falling short.
                yield _less(b, a, False) if LESS.search(known.name) else _less(a, b, False)


def changes(claim: Claim, own: Sequence[Operand], before: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """增加、减少、差额: later − earlier, or the difference of two figures of the text."""
    quantity, words = claim.quantity, claim.name
    kind = quantity.unit
    if kind.dimension == "point":
        kind = unit("%") or kind
    if GROWTH.search(words) or _GAP.search(words):
        for later, earlier, sure in pairs(claim, (*own, *before), ledger, kind):
            yield _less(later, earlier, sure)
    if _GAP.search(words) or telling(quantity):
        same = [one for one in (*own, *before) if one.unit.dimension == kind.dimension]
        for a, b in combinations(same[:8], 2):
            later, earlier = (b, a) if order(a, b) < 0 else (a, b)
            yield _less(later, earlier, False)


def levels(claim: Claim, own: Sequence[Operand]) -> Iterator[Result]:
    """较上年的23起减少5起: what it was before, from what it is and how much it changed."""
    kind = claim.quantity.unit.dimension
    same = [one for one in own if one.unit.dimension == kind and claim.label & one.label]
    changed = [one for one in same if GROWTH.search(one.name)] if claim.period else []
    for change in changed:
        for now in same:
            if now not in changed and now.period != claim.period:
                fell = bool(LESS.search(change.name))
                value = now.value + abs(change.value) if fell else now.value - abs(change.value)
                text = f"{now.name}{now.text}{'+' if fell else '−'}{change.text}"
                yield Result(value, text, (replace(now, period=claim.period), change))


_MINUS = re.compile(
    "(?:以|用|按|由|即)?(?P<a>[^，。；：（）]{2,16}?)(?:减去|减掉|扣除|扣减|减)(?P<b>[^，。；：（）]{2,16}?)(?:倒推|计算|推算|得|后|，|为|的|$)"
)


def minus(claim: Claim, ledger: Ledger) -> Iterator[Result]:
    """以调整后预算减项目支出预算…x: a difference that the words spell out."""
    for match in _MINUS.finditer(claim.before):
        for a in named(claim, (match["a"],), ledger, claim.quantity.unit):
            for b in named(claim, (match["b"],), ledger, claim.quantity.unit, "", a.basis):
                yield _less(a, b, False)


def _less(a: Operand, b: Operand, sure: bool) -> Result:
    return Result(a.value - b.value, f"{a.name}{a.text}−{b.name}{b.text}", (a, b), sure)


def means(claim: Claim, given: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """人均、平均: an amount over a count that the text gives."""
    if not _MEAN.search("".join(claim.measure)):
        return
    kind = claim.quantity.unit.dimension
    for a in given:
        for b in given:
            if a.unit.dimension == kind and b.unit.dimension == "count" and b.value and a is not b:
                yield Result(divide(a.value, b.value), f"{a.name}{a.text}÷{b.name}{b.text}", (a, b))
