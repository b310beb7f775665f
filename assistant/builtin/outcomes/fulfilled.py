"""A goal of the prose and the outcome that bears its name; whether an outcome falls short of its goal."""

from __future__ import annotations

from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.facts.rivalry import bare_name
from assistant.builtin.question.lexicon import pairs, reduced
from ingest.fact import Fact


def below(goal: Fact, done: Fact) -> bool:
    less = done.quantity.base < goal.quantity.base
    return done.quantity.base > goal.quantity.base if goal.quantity.relation in ("≤", "<") else less


def met_by(seen: Lens, goal: Fact) -> tuple[Fact, Fact] | None:
    """A goal of the prose with the outcome that bears its name, or one a little shorter."""
    name = pairs(reduced(name_of(goal)))
    best: tuple[float, Fact] | None = None
    for fact in seen.facts:
        if fact.kind != goal.kind or fact.basis not in ("", "完成") or fact.quantity.unit != goal.quantity.unit:
            continue
        own = pairs(reduced(name_of(fact)))
        alike = bare_name(fact) == bare_name(goal)
        fit = 1.0 if alike else min(share(seen, own, name), share(seen, name, own) + 0.3)
        if fact.quantity.direction == 0 and fit >= 0.8 and (best is None or fit > best[0]):
            best = (fit, fact)
    return (goal, best[1]) if best else None
