"""The shape of a rule and of what it yields; the rule book itself is in assistant.review.

A rule is a small function from a case to findings and passed checks. It never raises for content,
never judges which of two conflicting values is right, and never rewrites a figure of the report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.answer import Finding, Passed, Severity
from assistant.review.case import Case, Genre
from assistant.review.statement import Statement
from ingest.fact import Fact
from ingest.report import Place

Outcome = Finding | Passed


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule (复核规则). `basis` is the sentence that the memo prints as its ground (依据)."""

    id: str
    name: str
    category: str
    basis: str
    run: Callable[[Case], Iterator[Outcome]]
    genres: tuple[Genre, ...] = ("绩效", "预算", "决算")
    """Kinds of documents it applies to."""


def issue(
    severity: Severity,
    title: str,
    fact: str,
    working: str = "",
    request: str = "",
    places: tuple[Place, ...] = (),
    quotes: tuple[str, ...] = (),
    facts: tuple[str, ...] = (),
) -> Finding:
    """A finding still without number; `apply` adds rule, category, basis and id."""
    return Finding("", "", severity, "", title, fact, working, request, "", places, quotes, facts)


def of(*facts: Fact) -> tuple[tuple[Place, ...], tuple[str, ...], tuple[str, ...]]:
    """Places, quotations and ids of the facts that a finding is about, as `issue` takes them."""
    return tuple(one.place for one in facts), tuple(one.quote for one in facts), tuple(one.id for one in facts)


def said_in(*told: Statement) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Places and words of the sentences that a finding is about, as `issue` takes them."""
    return tuple(one.place for one in told), tuple(one.text for one in told)


def held(title: str, working: str, places: tuple[Place, ...] = ()) -> Passed:
    """A check that was made and holds (通过)."""
    return Passed("", title, working, places)


def apply(rule: Rule, case: Case) -> Iterator[Outcome]:
    """Run one rule: its outcomes with the rule's name on them, softened where the reading is in doubt."""
    if case.genre not in rule.genres:
        return
    seen: set[str] = set()
    for outcome in rule.run(case):
        if isinstance(outcome, Passed):
            yield replace(outcome, rule=rule.name)
            continue
        number = f"{rule.id}-{_digest(outcome)}"
        if number in seen:
            continue
        seen.add(number)
        named = replace(outcome, id=number, rule=rule.name, category=rule.category, basis=rule.basis)
        yield _softened(named) if _doubtful(named, case) else named


def _digest(finding: Finding) -> str:
    """Six hex digits of the title and quotations: the same finding in a re-read or revised report keeps its id."""
    text = "\n".join((finding.title, *finding.quotes))
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _doubtful(finding: Finding, case: Case) -> bool:
    if any((place.report, place.table) in case.doubtful for place in finding.places if place.table is not None):
        return True
    return any(fact in case.uncertain for fact in finding.facts)


def _softened(finding: Finding) -> Finding:
    """Reading in doubt (未确认): the reviewer is sent to the original first."""
    request = f"读取未确认，请先核对原件；确如所录的，{finding.request or '请核实。'}"
    return replace(finding, severity="提示", request=request)
