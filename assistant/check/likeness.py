"""How well a fact's label answers a claim's label: subject, measure, period, basis, kind of unit.

Compares labels only; values are compared in agree.py, the two are joined in judge.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.check.agree import comparable
from assistant.check.claim import EARLIER, Claim
from assistant.check.ledger import Entry, Ledger
from ingest.terms import opposed, sides

_SAME_BASIS = (
    frozenset({"预算", "年初预算", "调整后预算"}),
    frozenset({"计划", "目标", "指标值"}),
    frozenset({"决算", "完成"}),
)
"""Bases of which one may be the looser name of the other; 年初预算 and 调整后预算 themselves stay apart."""


ENOUGH = 60
"""With this many entries found by rarer terms, the commoner ones look for no more."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A fact held against a claim's label."""

    entry: Entry
    score: int
    """0 … 1000: how much of the two labels explain each other."""
    basis: bool
    """Whether the bases can be the same."""
    period: bool
    """Whether the periods can be the same."""

    said: frozenset[str]
    """Terms of the fact's label that the claim's label says."""
    unsaid: frozenset[str]
    """Terms of the fact's label that neither the claim nor what stands before it says."""
    stated: bool
    """Whether the claim names a basis and the fact has that very one."""

    @property
    def sound(self) -> bool:
        """Nothing in the label contradicts."""
        return self.basis and self.period


def same_basis(a: str, b: str) -> bool:
    """Whether a claim's basis (口径) can be a fact's; one left unsaid contradicts nothing, but a change is no level."""
    if a == b or not a or (not b and a != "差额"):
        return True
    return {a, b} != {"年初预算", "调整后预算"} and any({a, b} <= group for group in _SAME_BASIS)


def same_period(said: str, entry: Entry) -> bool:
    """Whether a claim's period can be the fact's: unsaid means the year under review, or any moment in it."""
    fact = entry.fact.period
    year = f"{entry.report.year}" if entry.report.year else ""
    if said == EARLIER or (said[:4].isdigit() and said[:4] in entry.fact.subject):
        return True
    if not said or said == fact or not fact:
        return True if said or not fact else not year or fact[:4] == year or not fact[:4].isdigit()
    if fact[:4].isdigit() and said[:4].isdigit():
        return said[:4] == fact[:4] and ({said[4:], fact[4:]} & {"年度"} != set() or said[4:] == fact[4:])
    return True


_THAN = re.compile(r"[比较与同](?:(?P<year>20\d\d)年|.{0,8}?(?:(?P<budget>预算)|(?P<aim>计划|目标|任务)))")
_LAST = re.compile("上年|去年|上一年|同比|同期")


def _same_then(claim: Claim, entry: Entry) -> bool:
    """Whether a change can be one against the same year or plan (较上年增长、比预算少); unsaid contradicts nothing."""
    said = _then(claim.measure[-1], claim.period or f"{entry.report.year or ''}")
    stated = _then(entry.fact.measure[-1], entry.fact.period)
    return not said or not stated or said == stated


def _then(measure: str, period: str) -> str:
    if match := _THAN.search(measure):
        return match["year"] or match.lastgroup or ""
    return str(int(period[:4]) - 1) if _LAST.search(measure) and period[:4].isdigit() else ""


def likeness(claim: Claim, entry: Entry, ledger: Ledger, total: int, about: int) -> Likeness:
    """How well `entry` answers the claim's label: `total` is the weight of its terms, `about` the sides it is on."""
    weights, own, label = ledger.weights, claim.label, entry.label
    said = own & label
    explained = shared = sum(weights[term] for term in said)
    if explained < total:
        around, quoted = own & entry.around, own & entry.quoted
        explained += sum(2 * weights[term] for term in around) // 4 + sum(weights[term] for term in quoted) // 4
    expected, named = ledger.label_weights[entry.number], shared
    unsaid = label - own
    if unsaid:
        if not claim.basis and entry.form:
            expected -= sum(weights[term] for term in entry.form - own)
            unsaid -= entry.form
        named += sum(weights[term] for term in unsaid & claim.context) // 2
        unsaid -= claim.context
    covered = 1000 * explained // total if total else 0
    answered = 1000 * named // expected if expected else 0
    score = (3 * covered + 2 * answered) // 5
    basis, period = same_basis(claim.basis, entry.fact.basis), same_period(claim.period, entry)
    if (entry.unspent and claim.spent) or opposed(about, entry.sides):
        basis = False
    if claim.basis == "差额" and period:
        period = _same_then(claim, entry)
    stated = claim.basis != "" and claim.basis == entry.fact.basis
    if stated:
        score += 20
    if claim.period and claim.period == entry.fact.period:
        score += 20
    return Likeness(entry, score, basis, period, said, unsaid, stated)


def answers_better(one: Likeness, other: Likeness) -> bool:
    """Whether `one` says all that `other` says of the claim's label, and more of it or with less left unsaid."""
    if (one.said == other.said and one.unsaid == other.unsaid) or (other.stated and not one.stated):
        return False
    return one.said >= other.said and one.unsaid <= other.unsaid


def candidates(claim: Claim, ledger: Ledger, limit: int = 16) -> tuple[Likeness, ...]:
    """The facts whose labels fit the claim's best, of the claim's kind of unit, best first."""
    return ranked(claim, _nearest(claim, ledger, limit), ledger)


def ranked(claim: Claim, entries: Iterable[Entry], ledger: Ledger) -> tuple[Likeness, ...]:
    """`entries` by likeness to the claim, best first; reading order among equals."""
    total = sum(map(ledger.weight, claim.label))
    about = sides(claim.name)
    found = [likeness(claim, entry, ledger, total, about) for entry in entries]
    return tuple(sorted(found, key=lambda like: (-(like.score if like.sound else like.score // 2), like.entry.number)))


def _nearest(claim: Claim, ledger: Ledger, limit: int) -> Iterable[Entry]:
    """The entries that share most with the label: the rarest terms find them, the common ones only tell them apart."""
    gathered: dict[int, int] = {}
    labelled, rest, entries = ledger.by_label, ledger.by_rest, ledger.entries
    often = {term: len(labelled.get(term, ())) + len(rest.get(term, ())) for term in claim.label}
    for term in sorted(often, key=lambda term: (often[term], term)):
        weight = ledger.weight(term)
        if len(gathered) > ENOUGH:
            for number in gathered:
                entry = entries[number]
                twice = 2 if term in entry.label else term in entry.around or term in entry.quoted
                gathered[number] += weight * twice
            continue
        for number in labelled.get(term, ()):
            gathered[number] = gathered.get(number, 0) + 2 * weight
        for number in rest.get(term, ()):
            gathered[number] = gathered.get(number, 0) + weight
    kind = claim.kind
    fitting = [
        (-weight, len(entries[n].label), n)
        for n, weight in gathered.items()
        if comparable(kind, entries[n].fact.quantity.unit.dimension)
    ]
    return [entries[number] for _, _, number in sorted(fitting)[:limit]]
