"""How well a fact's label answers a claim's label: subject, measure, period, basis, kind of unit.

Compares labels only; values are compared in agree.py, the two are joined in judge.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from assistant.check.claim import EARLIER, Claim
from assistant.check.ledger import Entry, Ledger, Overlap
from ingest.terms import opposite, sides

_SAME_BASIS = (
    frozenset({"预算", "年初预算", "调整后预算"}),
    frozenset({"计划", "目标", "指标值"}),
    frozenset({"决算", "完成"}),
)
"""Bases of which one may be the looser name of the other; 年初预算 and 调整后预算 themselves stay apart."""


MANY = 16
"""As many facts are held against a claim by its label."""
ENOUGH = 60
"""With this many entries found by rarer terms, the commoner ones look for no more."""


class Likeness(NamedTuple):
    """A fact held against a claim's label; a tuple, because every figure needs dozens and they are made four times as
    fast as a frozen dataclass."""

    entry: Entry
    score: int
    """0 … 1000: how much of the two labels explain each other."""
    sound: bool
    """Whether nothing in the label contradicts: the bases and the periods can be the same."""
    said: frozenset[str]
    """Terms of the fact's label that the claim's label says."""
    unsaid: frozenset[str]
    """Terms of the fact's label that neither the claim nor what stands before it says."""
    stated: bool
    """Whether the claim names a basis and the fact has that very one."""


@cache
def same_basis(a: str, b: str) -> bool:
    """Whether a claim's basis (口径) can be a fact's; one left unsaid contradicts nothing, but a change is no level."""
    if a == b or not a or (not b and a != "差额"):
        return True
    return {a, b} != {"年初预算", "调整后预算"} and any({a, b} <= group for group in _SAME_BASIS)


def same_period(said: str, entry: Entry) -> bool:
    """Whether a claim's period can be the fact's: unsaid means the year under review, or any moment in it."""
    fact = entry.fact.period
    if not said:
        return entry.current
    if not fact or said in (fact, EARLIER):
        return True
    if not said[:4].isdigit() or not fact[:4].isdigit() or said[:4] in entry.fact.subject:
        return True
    return said[:4] == fact[:4] and ("年度" in (said[4:], fact[4:]) or said[4:] == fact[4:])


_THAN = re.compile(r"[比较与同](?:(?P<year>20\d\d)年|.{0,8}?(?:(?P<budget>预算)|(?P<aim>计划|目标|任务)))")
_SAVED = re.compile("节约|节余|超支")
_LAST = re.compile("上年|去年|上一年|同比|同期")


def _same_then(claim: Claim, entry: Entry) -> bool:
    """Whether a change can be one against the same year or plan (较上年增长、比预算少); unsaid contradicts nothing."""
    said = _then(claim.measure[-1], claim.period or f"{entry.report.year or ''}")
    stated = _then(entry.fact.measure[-1], entry.fact.period)
    return not said or not stated or said == stated


def _then(measure: str, period: str) -> str:
    if match := _THAN.search(measure):
        return match["year"] or match.lastgroup or ""
    if _SAVED.search(measure):
        return "budget"
    return str(int(period[:4]) - 1) if _LAST.search(measure) and period[:4].isdigit() else ""


def answers_better(one: Likeness, other: Likeness) -> bool:
    """Whether `one` says all that `other` says of the claim's label, and more of it or with less left unsaid."""
    if (one.said == other.said and one.unsaid == other.unsaid) or (other.stated and not one.stated):
        return False
    return one.said >= other.said and one.unsaid <= other.unsaid


def candidates(claim: Claim, ledger: Ledger) -> tuple[Likeness, ...]:
    """The facts whose labels fit the claim's best and contradict nothing, of its kind of unit, best first."""
    kept, label, kind = ledger.kept, claim.label, claim.kind
    found = kept.get((label, kind))
    if found is None:
        if len(kept) >= LABELS:
            kept.clear()
        found = kept[label, kind] = tuple(_overlaps(label, _nearest(label, kind, ledger), ledger))
    return _likenesses(claim, found, ledger, only_sound=True)


def ranked(claim: Claim, entries: Iterable[Entry], ledger: Ledger) -> tuple[Likeness, ...]:
    """`entries` by likeness to the claim, best first; reading order among equals."""
    return _likenesses(claim, _overlaps(claim.label, entries, ledger), ledger)


LABELS = 4096
"""The labels of which a ledger keeps what they have found: one text, and the calculations behind it, ask for few."""


def _overlaps(own: frozenset[str], entries: Iterable[Entry], ledger: Ledger) -> Iterator[Overlap]:
    weigh = ledger.weights.__getitem__
    total = sum(map(ledger.weight, own))
    for entry in entries:
        label = entry.label
        said = own & label
        named = explained = sum(map(weigh, said))
        if explained < total:
            explained += sum(map(weigh, own & entry.around)) // 2 + sum(map(weigh, own & entry.quoted)) // 4
        yield Overlap(entry, 1000 * explained // total if total else 0, named, said, label - own)


def _likenesses(
    claim: Claim, overlaps: Iterable[Overlap], ledger: Ledger, only_sound: bool = False
) -> tuple[Likeness, ...]:
    """How well each entry answers the claim's label, with what stands before it, its basis and its period."""
    own, context, aim, then = claim.label, claim.context, claim.basis, claim.period
    weigh, label_weights = ledger.weights.__getitem__, ledger.label_weights
    contrary, spent = opposite(sides(claim.name)), claim.spent
    found = []
    for entry, covered, named, said, unsaid in overlaps:
        fact = entry.fact
        dated, stated = then != "" and then == fact.period, aim != "" and aim == fact.basis
        sound = (
            (stated or aim == fact.basis or same_basis(aim, fact.basis))
            and (dated or (same_period(then, entry) if then else entry.current))
            and not contrary & entry.sides
            and not (spent and entry.unspent)
            and (aim != "差额" or _same_then(claim, entry))
        )
        if only_sound and not sound:
            continue
        expected = label_weights[entry.number]
        if unsaid:
            if entry.form and not aim:
                expected -= sum(map(weigh, entry.form - own))
                unsaid -= entry.form
            if before := unsaid & context:
                named += sum(map(weigh, before)) // 2
                unsaid -= before
        answered = 1000 * named // expected if expected else 0
        score = (3 * covered + 2 * answered) // 5 + 20 * stated + 20 * dated
        like = Likeness(entry, score, sound, said, unsaid, stated)
        found.append((-(score if sound else score // 2), entry.number, like))
    found.sort()
    return tuple([like for _, _, like in found])


def _nearest(label: frozenset[str], kind: str, ledger: Ledger) -> list[Entry]:
    """The entries that share most with a label: the rarest terms find them, the common ones only tell them apart."""
    gathered: dict[int, int] = {}
    told = [(len(found), term, found) for term in label if (found := ledger.by_term.get(term))]
    for _, _, found in sorted(told):
        shared = gathered.keys() & found.keys()
        if len(gathered) <= ENOUGH:
            gathered = {**found, **gathered}
        for number in shared:
            gathered[number] += found[number]
    weights = {number: gathered[number] for number in gathered.keys() & ledger.kinds[kind]}
    least = sorted(weights.values())[-MANY:][:1]
    close = [(-weight, ledger.widths[number], number) for number, weight in weights.items() if weight >= least[0]]
    return [ledger.entries[number] for _, _, number in sorted(close)[:MANY]]
