"""Findings of the report that touch an answer: rival values, doubtful units, swapped figures, sums that do not close.

Takes the reviewer's findings as they are; raises none of its own and settles none.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Finding
from assistant.builtin.facts.lens import Lens, differ, same_thing
from assistant.builtin.facts.neighbours import row_key
from assistant.builtin.facts.rivalry import elsewhere
from assistant.builtin.question.lexicon import lexicon, pairs, reduced
from ingest.fact import Fact

TELLING = 5
"""A figure of so many digits is the same one wherever it stands again."""
FEW = 4
"""Of an answer over more figures than this the other values are left to its notes."""


def rules(name: str) -> frozenset[str]:
    """Names of the rules of a group: `rival`, `pair`, `rate`, `sum` (words.toml)."""
    return frozenset(lexicon()["findings"][name])


def rivals(seen: Lens, fact: Fact) -> tuple[Fact, ...]:
    """Facts that say another value of the same thing: by their bare name, or by a finding that sets them against it."""
    found: list[Fact] = list(elsewhere(seen, fact))
    for finding in seen.findings:
        if finding.rule in rules("rival"):
            facts = facts_of(seen, finding)
            touched = fact.id in finding.facts or any(_told_again(fact, one) for one in facts)
            found += [one for one in facts if one is not fact and _rival(fact, one, touched)]
            found += _beside(seen, fact, facts)
    kept: list[Fact] = []
    for one in found:
        if all(differ(one, other) for other in (fact, *kept)):
            kept.append(one)
    return tuple(kept)


def contradicted(seen: Lens, facts: Sequence[Fact]) -> tuple[tuple[Fact, Fact], ...]:
    """Figures told of with the other value that a finding sets against them, where neither value was told of it."""
    told = {fact.quantity.base for fact in facts}
    pairs = ((fact, other) for fact in facts[:FEW] for other in rivals(seen, fact)) if len(facts) <= FEW else ()
    return tuple((fact, other) for fact, other in pairs if other.quantity.base not in told)[:1]


def _rival(fact: Fact, one: Fact, touched: bool) -> bool:
    return touched and one.dimension == fact.dimension and differ(fact, one)


def _told_again(fact: Fact, one: Fact) -> bool:
    """Whether one figure, of so many digits that chance is no answer, is told in two places on one basis."""
    digits = sum(char.isdigit() for char in fact.quantity.text)
    return digits >= TELLING and same_thing(fact, one) and not differ(fact, one)


def _beside(seen: Lens, fact: Fact, facts: Sequence[Fact]) -> list[Fact]:
    """The finding sets this very figure's growth against another: then the figures beside them differ too."""
    path = (fact.subject, *fact.measure)
    own = [one for one in facts if one.quote == fact.quote and (one.subject, *one.measure)[: len(path)] == path]
    if not own or any(one.dimension == fact.dimension for one in facts):
        return []
    others = [one for one in facts if one.quote != fact.quote]
    return [
        other
        for other in seen.facts
        for one in others
        if other.quote == one.quote and other.quantity.unit == fact.quantity.unit
    ][:1]


def facts_of(seen: Lens, finding: Finding) -> list[Fact]:
    """The facts of a finding, in its order."""
    wanted = frozenset(finding.facts)
    known = {fact.id: fact for fact in seen.facts if fact.id in wanted}
    return [known[name] for name in finding.facts if name in known]


def remarks(seen: Lens, facts: Sequence[Fact], text: str) -> tuple[list[str], list[str]]:
    """(what belongs into the answer itself, what goes into its notes) of the findings that touch its facts."""
    used = {fact.id for fact in facts}
    inside, notes = [], []
    for finding in seen.findings:
        shared = used & set(finding.facts)
        if not shared:
            continue
        told = f"{finding.title}。{finding.fact}"
        central = (finding.rule in rules("pair") and len(shared) >= 2) or (
            finding.rule in rules("rate") and len(shared) >= 2 and _said_rate(seen, finding, facts)
        )
        if central and finding.fact not in text:
            rate = _row_rate(seen, finding) if finding.rule in rules("pair") else ""
            inside.append(f"{finding.fact.rstrip('。')}；{finding.working.rstrip('。')}{rate}。")
        notes.append(told)
    return inside[:2], notes


def _row_rate(seen: Lens, finding: Finding) -> str:
    """The rate that stands in the row of swapped figures: it tells which side it goes with."""
    rows = {row_key(f) for f in facts_of(seen, finding) if f.place.table is not None}
    for fact in seen.facts:
        if fact.dimension == "ratio" and row_key(fact) in rows:
            return f"；表中所附{fact.measure[-1]}为{fact.quantity.text}，与表中两数一致，应以核实为准"
    return ""


def _said_rate(seen: Lens, finding: Finding, facts: Sequence[Fact]) -> bool:
    """The answer is about the change or ratio that the finding doubts, not only about one of its inputs."""
    used = {fact.id for fact in facts}
    own = [one for one in facts_of(seen, finding) if one.id in used]
    return any(one.dimension in ("ratio", "point") for one in own) or len(own) >= 2


def about(seen: Lens, words: str, group: str) -> list[Finding]:
    """Findings of a group of rules that speak of what the words name, the nearest first."""
    wanted = pairs(words)
    scored = []
    for order, finding in enumerate(seen.findings):
        if finding.rule in rules(group):
            said = pairs(reduced("".join((finding.title, finding.fact, finding.working))))
            if (held := seen.covered(wanted, said)) >= 0.6:
                scored.append((-held, order, finding))
    return [finding for _, _, finding in sorted(scored, key=lambda one: one[:2])]


def in_table(seen: Lens, report: str, table: int | None, text: str) -> list[str]:
    """What findings say of the sums of a table, beyond what is said already."""
    return [
        finding.title
        for finding in seen.findings
        if finding.rule in rules("sum")
        and any(place.report == report and place.table == table for place in finding.places)
        and finding.title not in text
    ]
