"""Calculations that give an amount: sums, differences and changes, what is left, averages.

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
from assistant.check.directions import LESS
from assistant.check.ledger import Column, Ledger, content
from assistant.check.likeness import same_basis, same_period, told_against
from assistant.check.operands import GROWTH, Operand, Result, named, named_items, of_entry, order, pairs, stem
from assistant.check.quotients import divide, meant_differences, term_of, whose_difference
from assistant.check.shares import wholes_in
from ingest.quantity import unit
from ingest.terms import basis_of, is_alias, is_total, plain

_WHOLE = re.compile("合计|共计|总计|之和|总和|总额|合共|总共|加起来|相加|共|总")
_GAP = re.compile(
    "超|差额|差异|差距|相差|结余|未支出|未执行|节约|缺口|其他|净|多|少|高|低|差|余|空编|空缺|缺编|扣|剩|失|省|短"
)
_IN_ALL = re.compile("^(?:两者|[二两三四五]项)?(?:共计|[合总]计|[一合总]共)(?:为|达)?$")
"""All that the clause says before a sum: …，加上上年结转x，共计y."""
_MEAN = re.compile("平均|[人户]均|均|每")


def sums(claim: Claim, own: Sequence[Operand], before: Sequence[Operand]) -> Iterator[Result]:
    """合计: the figures of the sentence before or after it, or those of the sentence before."""
    if _MEAN.search(claim.measure[-1]):
        return
    whole = _WHOLE.search(claim.measure[-1]) or claim.together or _IN_ALL.search(_clause(claim))
    if not whole and (not _unnamed(claim) or re.search("净|增加|减少|差", claim.measure[-1])):
        return
    kind = claim.quantity.unit.dimension
    same = [one for one in own if one.unit.dimension == kind]
    runs = [same[start:stop] for start in range(len(same)) for stop in range(start + 2, len(same) + 1)]
    earlier = [one for one in before if one.unit.dimension == kind]
    runs += [earlier[at:] for at in range(len(earlier) - 1)] if whole else []
    for run in sorted(runs, key=len, reverse=True):
        total = sum((one.value for one in run), Decimal(0))
        yield Result(total, "+".join(f"{one.name}{one.text}" for one in run), tuple(run))


def columns(claim: Claim, ledger: Ledger) -> Iterator[Result]:
    """预算金额合计: all items of a table's column that the claim names, totals left out."""
    if not _WHOLE.search(claim.name + claim.question):
        return
    words = claim.label | claim.context
    for column in ledger.columns:
        fits = column.label <= words and column.unit.dimension == claim.kind and may_mean(claim, column)
        if fits and _of_caption(claim, column, ledger):
            items = tuple(map(of_entry, column.entries))
            total = sum((one.value for one in items), Decimal(0))
            yield Result(total, f"{column.name}的{len(items)}项相加", items)


def may_mean(claim: Claim, column: Column) -> bool:
    """Whether period and basis of a claim can be a column's."""
    first = column.entries[0]
    return same_period(claim.period, first) and same_basis(claim.basis, first.fact.basis)


def _of_caption(claim: Claim, column: Column, ledger: Ledger) -> bool:
    """Whether the claim sums up what the table is about: 基本支出总额 names a fact, not a sum over 项目支出."""
    caption = "".join((*column.entries[0].fact.section[-1:], claim.question))
    strange = {term for term in claim.label - column.label if not is_total(term) and term not in caption}
    return not any(
        ledger.entries[number].label <= claim.label for term in strange for number in ledger.by_label.get(term, ())
    )


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
    quantity, words = claim.quantity, claim.name + _clause(claim)
    kind = quantity.unit
    if kind.dimension == "point":
        kind = unit("%") or kind
    if GROWTH.search(words) or _GAP.search(words):
        for later, earlier, sure in pairs(claim, (*own, *before), ledger, kind):
            yield _less(later, earlier, sure)
    if _GAP.search(words) or _unnamed(claim):
        same = [one for one in (*own, *before) if one.unit.dimension == kind.dimension]
        for a, b in combinations(same[:8], 2):
            later, earlier = (b, a) if order(a, b) < 0 else (a, b)
            yield _less(later, earlier, False)


def _unnamed(claim: Claim) -> bool:
    """Whether a telling figure has no name but a bare measure: what has a name of its own is no sum or difference that
    the words do not call for."""
    return telling(claim.quantity) and not claim.subject and all(map(is_alias, claim.measure))


def _clause(claim: Claim) -> str:
    """The clause that a figure stands in, up to it: 高于92%的目标 before 2.5个百分点."""
    return _BREAK.split(claim.before)[-1]


_BREAK = re.compile("[，,。；;：:]")


def levels(claim: Claim, own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """较上年的23起减少5起; 上年为x: what it was before, from what it is and how much it changed."""
    kind = claim.quantity.unit
    bare = not stem(claim)
    same = [one for one in own if one.unit.dimension == kind.dimension and (bare or claim.label & one.label)]
    changed = [one for one in same if GROWTH.search(one.name)] if claim.period else []
    if ledger.year and claim.period[:4] == f"{ledger.year - 1}" and claim.basis not in ("目标", "计划"):
        by = (unit("百分点") or kind) if kind.dimension == "ratio" else kind
        stated = named(claim, stem(claim), ledger, by, f"{ledger.year}", "差额")
        changed += [one for one in stated if not re.search("预算|目标|计划|任务", one.name)]
        levels = named(claim, stem(claim), ledger, kind, f"{ledger.year}") if changed else ()
        same += [one for one in levels if one.basis != "差额"]
    for change in (one for one in changed if not _of_other_years(one, claim)):
        for now in same:
            planned = bare and now.basis in ("目标", "计划")
            if now not in changed and not planned and now.period != claim.period and now.label & change.label:
                fell = change.value < 0 or bool(LESS.search(change.name))
                value = now.value + abs(change.value) if fell else now.value - abs(change.value)
                text = f"{now.name}{now.text}{'+' if fell else '−'}{change.text}"
                yield Result(value, text, (replace(now, period=claim.period), change))


def _of_other_years(change: Operand, claim: Claim) -> bool:
    """Whether a change is told against another year (2022年较2021年增减) than the claim is of."""
    fact = change.entry.fact if change.entry else None
    against = told_against(fact.measure[-1], fact.period) if fact else ""
    return against.isdigit() and against != claim.period[:4]


_UNDONE = re.compile("^[^，。；]{0,4}?(?:没有?|尚?未(?:能)?|仍未)(?P<did>[^，。；：（）]{2,8})")


def remainders(claim: Claim, own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """还有209件没有办结: what the report puts the done in, less what was done."""
    match = _UNDONE.match(claim.after) or _UNDONE.match(_clause(claim).lstrip("还尚仍有"))
    if not match:
        return
    for done in named(claim, (claim.subject, match["did"]), ledger, claim.quantity.unit):
        for whole in (*own, *wholes_in(done, ledger, every=True)):
            if whole.unit.dimension == done.unit.dimension and whole.value >= done.value:
                yield _less(whole, done, False)


def sums_named(claim: Claim, ledger: Ledger) -> Iterator[Result]:
    """甲和乙两个项目共支出x: the same measure of the items that the sentence names, added up."""
    if not _WHOLE.search(claim.before):
        return
    text = plain(claim.before)
    items = named_items(text, ledger)
    if not 2 <= len(items) <= 8 or not _WHOLE.search(text[max(map(text.rfind, items)) :]):
        return
    parts = [tuple(_of_item(claim, item, ledger)) for item in items]
    if all(parts):
        first = [one[0] for one in parts]
        expression = "+".join(one.expression for one in first)
        yield Result(
            sum((one.value for one in first), Decimal(0)), expression, tuple(o for one in first for o in one.operands)
        )


def _of_item(claim: Claim, item: str, ledger: Ledger) -> Iterator[Result]:
    """The claimed measure of one item, or the difference that it is called by (结余)."""
    last = claim.before[max(claim.before.rfind("共"), claim.before.rfind("合计"), claim.before.rfind("总")) :]
    words = re.sub("^(?:一?共计?|合计|总[共计]?|总额)(?:为|是)?", "", last).strip("约近为是")
    for known in meant_differences(claim):
        for a in term_of(claim, known.over, (item,), (), ledger):
            for b in term_of(claim, known.less, (item,), (), ledger):
                yield _less(a, b, False)
    for one in named(claim, (item, words), ledger, claim.quantity.unit, claim.period, basis_of(words), content(item)):
        yield Result(one.value, f"{one.name}{one.text}", (one,))


_MINUS = re.compile(
    "(?:以|用|按|由|即)?(?P<a>[^，。；：（）]{2,16}?)(?:减去|减掉|扣除|扣减|减)(?P<b>[^，。；：（）]{2,16}?)(?:倒推|计算|推算|得|后|，|为|的|$)"
)


_LESS = re.compile("减|扣除")
"""What every difference that is spelt out has."""


def minus(claim: Claim, ledger: Ledger) -> Iterator[Result]:
    """以调整后预算减项目支出预算…x: a difference that the words spell out."""
    for match in _MINUS.finditer(claim.before) if _LESS.search(claim.before) else ():
        for a in named(claim, (match["a"],), ledger, claim.quantity.unit):
            for b in named(claim, (match["b"],), ledger, claim.quantity.unit, "", a.basis):
                yield _less(a, b, False)


def _less(a: Operand, b: Operand, sure: bool) -> Result:
    return Result(a.value - b.value, f"{a.name}{a.text}−{b.name}{b.text}", (a, b), sure)


_PER = re.compile("(?:平均)?每(?P<each>[人户家件案起支个辆名])|(?P<mean>[人户])均")


def means(claim: Claim, own: Sequence[Operand], before: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """人均、平均: an amount over a count that the text gives, or that the report gives of the same item."""
    name = "".join(claim.measure) + _clause(claim)
    if not _MEAN.search(name):
        return
    kind = claim.quantity.unit.dimension
    per = _PER.search(name)
    each = unit((per["each"] or per["mean"]).replace("案", "件")) if per else None
    given = (*own, *before)
    for a in given:
        counted = named(claim, tuple(a.label), ledger, each) if each and a.unit.dimension == kind else ()
        for b in (*given, *counted):
            if a.unit.dimension in (kind, "count") and b.unit.dimension == "count" and b.value and a is not b:
                yield Result(divide(a.value, b.value), f"{a.name}{a.text}÷{b.name}{b.text}", (a, b))
    words = claim.label | claim.context
    for column in ledger.columns:
        if column.label <= words and column.unit.dimension == claim.kind and not own and may_mean(claim, column):
            items = tuple(map(of_entry, column.entries))
            total = sum((one.value for one in items), Decimal(0))
            yield Result(divide(total, Decimal(len(items))), f"{column.name}的{len(items)}项平均", items)
