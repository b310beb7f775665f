"""The reviewer (复核): a rule book over a report's reading, indicator cards, and a memo of both.

`findings` and `review` read only what they are given: no file, no clock, no model. Same input, same output.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Finding, Passed, Review
from assistant.review.book import RULES
from assistant.review.case import Case, open_case
from assistant.review.decision import OFF, Decision, latest
from assistant.review.indicators import cards, compute
from assistant.review.memo import memo
from assistant.review.profile import Profile, national
from assistant.review.rule import Outcome, Rule, apply
from ingest.reading import Reading

if TYPE_CHECKING:
    from assistant.review.polish import Polisher

__all__ = ["RULES", "Profile", "Rule", "findings", "review", "reviewed"]

_ORDER = {"P0": 0, "P1": 1, "P2": 2, "提示": 3}


def findings(reading: Reading, others: Sequence[Reading] = ()) -> tuple[Finding, ...]:
    """What a reviewer would raise, gravest first. `others`: attachments and last year's report of the department."""
    return _found(_run(open_case(reading, others, national())))


def review(
    reading: Reading,
    others: Sequence[Reading] = (),
    *,
    profile: Profile | None = None,
    decisions: Sequence[Decision] = (),
    polisher: Polisher | None = None,
) -> Review:
    """Findings, passed checks, indicators and the memo (复核意见) that says them.

    Findings that a reviewer rejected stay out of the memo, rules switched off do not run. A polisher may word
    judgements; what it says of itself is printed among the limits.
    """
    case = open_case(reading, others, switched(profile or national(), decisions))
    outcomes = _run(case)
    found, polished = _found(outcomes), ""
    if polisher is not None:
        found, polished = polisher.polish(found)
    passed = tuple(outcome for outcome in outcomes if isinstance(outcome, Passed))
    indicators = tuple(compute(card, (*case.parts, *case.prior)) for card in cards())
    return memo(Review(case.main.report.id, found, passed, indicators, ""), case, decisions, polished)


reviewed = review
"""`review` as the package names it to others: there its own name is this module's."""


def switched(profile: Profile, decisions: Sequence[Decision]) -> Profile:
    """The profile with the rules that the reviewer switched off for this report, each with its reason."""
    known = {rule.id for rule in RULES}
    off = {name: one.note for name, one in latest(decisions).items() if name in known and one.decision == OFF}
    return replace(profile, off=tuple(sorted({**dict(profile.off), **off}.items())))


def _run(case: Case) -> tuple[Outcome, ...]:
    off = dict(case.profile.off)
    return tuple(outcome for rule in RULES if rule.id not in off for outcome in apply(rule, case))


def _found(outcomes: Sequence[Outcome]) -> tuple[Finding, ...]:
    """Findings in order of gravity; one that only repeats another about the same figure goes with it."""
    found = [outcome for outcome in outcomes if isinstance(outcome, Finding)]
    primary = {one.facts[0] for one in found if one.facts and one.rule in ("比率复算", "增减方向与增减率")}
    kept = [one for one in found if not (one.rule == "同一指标一致" and one.facts and one.facts[0] in primary)]
    return tuple(sorted(kept, key=lambda one: _ORDER[one.severity]))
