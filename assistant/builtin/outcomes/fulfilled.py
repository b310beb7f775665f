"""A goal of the prose and the outcome that bears its name; whether an outcome falls short of its goal."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.facts.rivalry import BARE, bare_name
from assistant.builtin.question.lexicon import pairs, reduced
from ingest.fact import Fact
from ingest.quantity import Quantity


def below(goal: Fact, done: Fact) -> bool:
    less = done.quantity.base < goal.quantity.base
    return done.quantity.base > goal.quantity.base if goal.quantity.relation in ("≤", "<") else less


BEHIND = re.compile("顺延|滞后|推迟|延期|延后|暂缓|取消|未能?(?:完成|完工|建成|开工|实施)|没有完成")


def fell_behind(fact: Fact) -> bool:
    """Whether the clause of a figure says that just these were not done (有2条因管线迁改顺延至2025年)."""
    at = fact.quote.find(fact.quantity.text) if fact.kind == "prose" else -1
    return at >= 0 and bool(BEHIND.search(re.split("[，,；;。]", fact.quote[at:])[0]))


def met_by(seen: Lens, goal: Fact) -> tuple[Fact, Fact] | None:
    """A goal of the prose with the outcome that bears its name, or one a little shorter."""
    name = pairs(reduced(name_of(goal)))
    best: tuple[float, Fact] | None = None
    for fact in seen.facts:
        if fell_behind(fact) or fact.kind != goal.kind or fact.basis not in ("", "完成"):
            continue
        if not _same_unit(fact.quantity, goal.quantity):
            continue
        own = pairs(reduced(name_of(fact)))
        alike = bare_name(fact) == bare_name(goal) or _cut_short(fact, goal)
        fit = 1.0 if alike else min(share(seen, own, name), share(seen, name, own) + 0.3)
        moved = fact.quantity.direction and not fact.measure[-1].startswith("新增")
        if not moved and fit >= 0.8 and (best is None or fit > best[0]):
            best = (fit, fact)
    return (goal, best[1]) if best else None


def _same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are of one kind, told by the thousand or one by one (23,521卷, 2.2万卷)."""
    return (one.unit.dimension, one.unit.kind) == (other.unit.dimension, other.unit.kind)


def _cut_short(fact: Fact, goal: Fact) -> bool:
    """Whether an outcome bears its goal's name without words that its own sentence says before it: 城市公交…，当年新增
    新能源车36辆 of 新增新能源公交车."""
    said, full = bare_name(replace(fact, subject="", measure=fact.measure[-1:])), bare_name(goal)
    at = next((at for at in range(BARE, len(said)) if full.startswith(said[:at]) and full.endswith(said[at:])), 0)
    left = full[at : len(full) - len(said) + at] if at else ""
    return len(left) > 1 and left in fact.quote[: fact.quote.find(fact.quantity.text)]
