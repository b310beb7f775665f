"""Calculations that give a ratio (比率): written formulas, growth, known rates, plain quotients.

Each yields what the claim's words allow; whether a claim agrees is decided in derive.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from functools import lru_cache
from itertools import permutations, product

from assistant.check.agree import telling
from assistant.check.claim import Claim
from assistant.check.equations import evaluate, leaves, named_formula
from assistant.check.equations import written as expression
from assistant.check.ledger import Entry, Ledger, content
from assistant.check.operands import DIGITS, GROWTH, Operand, Result, named, order, pairs
from ingest.formulas import Difference, Rate, Term, differences, rates
from ingest.quantity import unit
from ingest.terms import canonical, is_alias, plain


def formula(claim: Claim, text: str, own: Sequence[Operand]) -> Iterator[Result]:
    """营业利润率=营业利润/营业收入: a formula that the sentence writes in words, with the figures it gives for them."""
    for name, node, names in named_formula(text):
        found = _assigned(names, own)
        if found is None:
            continue
        value = evaluate(node, [one.value for one in found].__getitem__)
        if value is not None:
            texts = {at: f"{names[at]}{found[at].text}" for at in leaves(node)}
            meant = content(name) <= claim.label or claim.name.endswith(name)
            yield Result(value, expression(node, texts), tuple(found), meant)


def _assigned(names: Sequence[str], own: Sequence[Operand]) -> list[Operand] | None:
    """The figure of the sentence that each name of a formula stands for, None unless every one has its own."""
    found: list[Operand] = []
    for name in names:
        last = name.startswith(("上年", "去年"))
        label = content(name.removeprefix("上年").removeprefix("去年"))
        fitting = [one for one in own if label and (label <= one.core or one.core <= label)]
        fitting.sort(key=lambda one: (len(one.core ^ label), (one.period if last else ""), not last))
        if not last:
            fitting.sort(key=lambda one: (len(one.core ^ label), _negated(one.period)))
        if not fitting:
            return None
        found.append(fitting[0])
    return found if len({id(one) for one in found}) == len(set(names)) else None


def _negated(period: str) -> int:
    return -int(period[:4]) if period[:4].isdigit() else 0


def growth(claim: Claim, own: Sequence[Operand], before: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """(later − earlier) ÷ earlier."""
    yield from _of_difference(own, ledger)
    for known in meant_differences(claim):
        whose = whose_difference(claim, known.name)
        for a in term_of(claim, known.over, whose, own, ledger):
            for b in term_of(claim, known.less, whose, own, ledger):
                if b.value and a.entry is not b.entry:
                    text = f"({a.name}{a.text}−{b.name}{b.text})÷{b.text}"
                    yield Result(divide(a.value - b.value, b.value), text, (a, b))
    for kind in ("元", "个", "%", ""):
        for later, earlier, sure in pairs(claim, (*own, *before), ledger, unit(kind) or claim.quantity.unit):
            if earlier.value:
                text = f"({later.name}{later.text}−{earlier.name}{earlier.text})÷{earlier.text}"
                yield Result(divide(later.value - earlier.value, earlier.value), text, (later, earlier), sure)


def _of_difference(own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """净追加x，扩大y%; 比年初多x，增长y%: a difference that holds over what it was a difference from."""
    for one in own:
        for later, earlier in [one.ends] if one.ends else _ends(one, ledger):
            start, change = earlier.fact.quantity, later.fact.quantity.base - earlier.fact.quantity.base
            if start.base and abs(change) == abs(one.value):
                yield Result(divide(change, start.base), f"{one.name}{one.text}÷{start.text}", (one,))


def _ends(one: Operand, ledger: Ledger) -> Iterator[tuple[Entry, Entry]]:
    """The two levels of the thing that a stated difference (差额) is a difference of."""
    if one.entry is None or one.entry.fact.basis != "差额":
        return
    of = (one.entry.fact.subject, one.entry.fact.measure[:-1])
    levels = [e for e in ledger.by_unit(one.unit.dimension) if (e.fact.subject, e.fact.measure) == of]
    yield from ((a, b) for a, b in permutations(levels, 2) if order(a.fact, b.fact) > 0)


def rate(claim: Claim, own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """预算执行率、在职人员控制率 …: a rate of formulas.toml of the claim's subject; the question may name it."""
    said = (plain(claim.measure[-1]), canonical(claim.measure[-1]))
    for known in rates():
        if name := next((one for one in said if one.endswith(known.name)), ""):
            whose = [part for part in (claim.subject, *claim.measure[:-1], name.removesuffix(known.name)) if part]
            yield from _rate(claim, known, whose, own, ledger)
            return
    for known in rates():
        if known.name in claim.question:
            yield from _rate(claim, known, [claim.topic] * bool(claim.topic), own, ledger)
            return


def meant_differences(claim: Claim) -> tuple[Difference, ...]:
    """The differences of formulas.toml that the claim, or the question it answers, speaks of by the longest name."""
    return _differences(claim.name, claim.question)


@lru_cache(maxsize=4096)
def _differences(*texts: str) -> tuple[Difference, ...]:
    said = [known for known in differences() if any(known.name in text for text in texts)]
    return tuple(known for known in said if known.name == said[0].name)


_BUDGET = re.compile("^(?:部门|年度|全年|预算|经费|年中|当年)+$")
"""Words before a difference (预算年中净调增) that name no item."""


def whose_difference(claim: Claim, name: str) -> list[str]:
    """What a named difference is a difference of, words of change left out; nothing means the department itself."""
    parts = (claim.subject, *claim.measure[:-1], _BUDGET.sub("", claim.measure[-1].replace(name, "")))
    terms = content("年初预算数", "调整后预算数", "决算数")
    parts = tuple(part for part in parts if len(part) > 1 and part not in name)
    said = [part for part in parts if not GROWTH.search(part) and content(part) - terms]
    return said or [claim.topic] * bool(claim.topic)


def _rate(claim: Claim, known: Rate, whose: Sequence[str], own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    over = [one for term in known.over for one in term_of(claim, term, whose, own, ledger)]
    meant = [term for term in known.under if not claim.basis or term.basis == claim.basis] or known.under
    under = [one for term in meant for one in term_of(claim, term, whose, own, ledger)]
    yield from divided(over, under, len(over) == 1 and len(under) == 1)


def term_of(claim: Claim, term: Term, whose: Sequence[str], own: Sequence[Operand], ledger: Ledger) -> list[Operand]:
    """The figures that may stand for a numerator or denominator of the subject's rate."""
    label = content(term.name)
    said = [one for one in own if (one.basis == term.basis if term.basis else label <= one.label)]
    money = term.basis and term.basis not in ("完成", "目标")
    kinds = [unit("元")] if money else [*(one.unit for one in own), *map(unit, ("人", "元", "份", "分"))]
    parts, terms = (*whose, term.name), content(*whose)
    looked: dict[str, list[Operand]] = {}
    for kind in kinds:
        if kind and kind.dimension not in looked:
            found = named(claim, parts, ledger, kind, claim.period, term.basis, terms)
            looked[kind.dimension] = [one for one in found if one.basis != "差额"]
    return [*said, *(one for kind in kinds if kind for one in looked[kind.dimension])]


def quotients(claim: Claim, own: Sequence[Operand], before: Sequence[Operand] = ()) -> Iterator[Result]:
    """What the figures of the sentence give by one division: a÷b, (b−a)÷b, sums over one or one over the sum.

    Over the one figure of a clause, what was said just before it: ；按年初预算5120元为92.54%.
    """
    amounts = [one for one in own if one.unit.dimension not in ("ratio", "point", "none")]
    if len(amounts) == 1 and telling(claim.quantity):
        yield from divided(before, amounts, False)
    kinds = {one.unit.dimension for one in own} - {"ratio", "point", "none"}
    for kind in sorted(kinds) or ["none"]:
        same = [one for one in own if one.unit.dimension == kind]
        if 2 <= len(same) <= 5:
            yield from _forms(claim, same)


def _forms(claim: Claim, same: Sequence[Operand]) -> Iterator[Result]:
    tops = _tops(claim, same)
    for a, b in permutations(same, 2):
        if a in tops:
            yield from divided((a,), (b,), False)
        if b.value > a.value and len(same) == 2:
            text = f"({b.name}{b.text}−{a.name}{a.text})÷{b.text}"
            yield Result(divide(b.value - a.value, b.value), text, (a, b))
    if len(same) > 2:
        *parts, whole = same
        yield from _over(parts, whole)
        for one in tops:
            yield from of_all(one, [other for other in same if other is not one])
    if len(same) == 3 and same[2].value:
        a, b, c = same
        text = f"({a.name}{a.text}−{b.name}{b.text})÷{c.name}{c.text}"
        yield Result(divide(a.value - b.value, c.value), text, (a, b, c))


def _tops(claim: Claim, same: Sequence[Operand]) -> list[Operand]:
    """The figures that the rate's name puts on top: 营业成本率 is 营业成本 ÷ …, 甲与乙比值 is 甲 ÷ 乙.

    Without such a name any may be, unless the claim has so few digits that something would always fit.
    """
    name = re.split("[占与]", "".join(claim.measure))[0]
    words = frozenset() if is_alias(name) else content(name)
    on_top = [one for one in same if one.core and 2 * len(one.core & words) >= len(one.core)]
    on_top = on_top or [one for one in same if one.name and one.name[:2] in name]
    if on_top and claim.quantity.unit.name == "倍":  # 为乙的8.84倍: what is named is what it is held against
        return [one for one in same if one not in on_top] or list(same)
    if on_top or telling(claim.quantity):
        return on_top or list(same)
    return [same[0]]


def _over(parts: Sequence[Operand], whole: Operand) -> Iterator[Result]:
    """(a+b+c) ÷ d, the whole last."""
    if whole.value:
        text = "+".join(f"{one.name}{one.text}" for one in parts)
        total = sum((one.value for one in parts), Decimal(0))
        yield Result(divide(total, whole.value), f"({text})÷{whole.name}{whole.text}", (*parts, whole))


def of_all(one: Operand, rest: Sequence[Operand]) -> Iterator[Result]:
    """a ÷ (a+b+c)."""
    total = sum((other.value for other in rest), one.value)
    if total:
        text = "+".join(f"{other.name}{other.text}" for other in (one, *rest))
        yield Result(divide(one.value, total), f"{one.text}÷({text})", (one, *rest))


def divided(over: Sequence[Operand], under: Sequence[Operand], sure: bool) -> Iterator[Result]:
    """Every quotient of one of `over` and one of `under`, in one dimension."""
    for a, b in product(over, under):
        if (
            b.value
            and a is not b
            and (a.entry is None or a.entry is not b.entry)
            and a.unit.dimension == b.unit.dimension
        ):
            yield Result(divide(a.value, b.value), f"{a.name}{a.text}÷{b.name}{b.text}", (a, b), sure)


def divide(a: Decimal, b: Decimal) -> Decimal:
    """A quotient carried far beyond any written place."""
    with localcontext(prec=DIGITS):
        return a / b
