"""Calculations between what the report says of one thing (its budgets, its outcome, its last year), or of two things
that the sentence or its question sets side by side.

Each yields what the claim's words allow; whether a claim agrees is decided in derive.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.check.agree import telling
from assistant.check.claim import Claim
from assistant.check.ledger import Entry, Ledger
from assistant.check.operands import GROWTH, Operand, Result, grows, named, named_items, of_entry, order
from assistant.check.quotients import divide
from ingest.terms import basis_words, canonical

_GAP = re.compile("[差余未剩缺超多少高低大小]|节约|节省|节余")
_CLAUSES = re.compile(r"[，。；;：:]|,(?!\d)")
_LAST = re.compile("上年|去年|上一年|同比|同期")
_RATE = re.compile("率|占|完成|相当|达|比例|比重|之[一二三四五六七八九]|成")
_FORMS = frozenset(
    {"年初", "年末", "预算", "调整后", "决算", "执行", "支出", "目标", "指标值", "完成", "完成值", "值", "计划", "实际"}
)
"""Terms that only tell a basis or a moment."""
_PLANS = {"年初预算": ("年初预算",), "预算": ("年初预算", "调整后预算", "预算"), "调整后预算": ("调整后预算",)}
_PLANS |= dict.fromkeys(("目标", "计划", "指标值", "任务"), ("目标", "计划"))


def within(claim: Claim, own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """What is left of a budget, how far a goal was met, how much more than last year: two facts of one thing."""
    words = _words(claim)
    if not _asks(claim, words):
        return
    for one, other in _pairs(claim, own, ledger):
        later, earlier = (one, other) if order(one, other) > 0 else (other, one)
        if _licensed(later, earlier, words) and later.period[:4] in (claim.period[:4] or later.period[:4]):
            yield from _results(claim, later, earlier)


def across(claim: Claim, ledger: Ledger) -> Iterator[Result]:
    """基本支出和项目支出相差x: the same of two things that the sentence and its question name."""
    if claim.quantity.unit.dimension == "ratio" or not _GAP.search(_words(claim)):
        return
    items = named_items(f"{claim.before}；{claim.question}", ledger)
    if len(items) != 2:
        return
    first, second = (named(claim, (item, *_measure(claim)), ledger, claim.quantity.unit) for item in items)
    for one in first:
        for other in second:
            if (one.basis, one.period) == (other.basis, other.period):
                yield _difference(one, other)
                yield _difference(other, one)


def _measure(claim: Claim) -> tuple[str, ...]:
    return tuple(part for part in claim.measure if part and not _GAP.search(part) and not GROWTH.search(part))


def _words(claim: Claim) -> str:
    """The words that say which calculation is meant: the figure's name and clause."""
    return claim.name + _CLAUSES.split(claim.before)[-1] + _CLAUSES.split(claim.after)[0]


def _pairs(claim: Claim, own: Sequence[Operand], ledger: Ledger) -> Iterator[tuple[Operand, Operand]]:
    """Pairs of facts of one thing, one of them in the sentence unless it names the thing by itself."""
    given = {one.entry.number: one for one in own if one.entry}
    subjects = {_row(one.entry, ledger) for one in given.values() if one.entry} - {""}
    bare = {_row(one.entry, ledger) for one in given.values() if one.entry and not one.entry.key[0]}
    whose = {canonical(name) for name in (claim.subject, claim.topic) if name} & ledger.rows.keys()
    for subject in sorted(subjects | whose):
        row = [ledger.entries[number] for number in ledger.rows[subject]]
        for one, other in combinations(row, 2):
            near = subject in whose or subject in bare or one.number in given or other.number in given
            if near and _comparable(claim, one, other):
                yield of_entry(one), of_entry(other)


def _row(entry: Entry, ledger: Ledger) -> str:
    """The thing that a fact is of: its subject, or the row of that very name where prose tells it without one."""
    name = entry.key[0] or "".join(entry.key[1])
    return name if name in ledger.rows else ""


def _comparable(claim: Claim, one: Entry, other: Entry) -> bool:
    """Whether two facts of one thing are the same but for basis or year, and of a kind that the claim may come from."""
    a, b = one.fact, other.fact
    kinds = (a.quantity.unit.dimension, b.quantity.unit.dimension)
    wanted = {"ratio": (kinds[0],), "point": ("ratio",)}.get(claim.kind, (claim.kind,))
    same = kinds[0] == kinds[1] and kinds[0] in wanted and one.label - _FORMS == other.label - _FORMS
    return same and bool(order(a, b))


def _licensed(later: Operand, earlier: Operand, words: str) -> bool:
    """Whether the words speak of this pair: two years where they speak of last year, a plan of the kind they name."""
    years = {one.period[:4] for one in (later, earlier) if one.period[:4].isdigit()}
    if len(years) > 1:
        return bool(_LAST.search(words) or GROWTH.search(words)) and later.basis == earlier.basis
    plans = [basis for word in basis_words(words) for basis in _PLANS.get(word, ())]
    return not _LAST.search(words) and later.basis != earlier.basis and (not plans or earlier.basis in plans)


def _asks(claim: Claim, words: str) -> bool:
    """Whether the words ask for a calculation between two facts at all: a gap or a change, or a rate."""
    if claim.quantity.unit.dimension != "ratio":
        return bool(_GAP.search(words) or GROWTH.search(words))
    return telling(claim.quantity) and (grows(claim) or bool(_RATE.search(words)))


def _results(claim: Claim, later: Operand, earlier: Operand) -> Iterator[Result]:
    """What the words ask for, of two facts (see `_asks`)."""
    if claim.quantity.unit.dimension != "ratio":
        yield _difference(later, earlier)
    elif earlier.value:
        if grows(claim):
            text = f"({later.name}{later.text}−{earlier.name}{earlier.text})÷{earlier.text}"
            yield Result(divide(later.value - earlier.value, earlier.value), text, (later, earlier))
        elif later.basis != earlier.basis:
            yield Result(
                divide(later.value, earlier.value),
                f"{later.name}{later.text}÷{earlier.name}{earlier.text}",
                (later, earlier),
            )


def _difference(a: Operand, b: Operand) -> Result:
    return Result(a.value - b.value, f"{a.name}{a.text}−{b.name}{b.text}", (a, b))
