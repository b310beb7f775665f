"""Rates that no report names: by the two figures of a sentence, a known pair of figures, a goal and its outcome.

Takes only figures that the words of the rate name; which base a rate is told on is always said.
"""

from __future__ import annotations

import re

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look, name_of
from assistant.builtin.facts.rivalry import name_pairs
from assistant.builtin.facts.wholes import TOTAL
from assistant.builtin.outcomes.goals import goal_pair
from assistant.builtin.question.lexicon import content, lexicon, pairs, reduced
from assistant.builtin.question.plan import Ask
from assistant.builtin.rates.cards import Rate
from assistant.builtin.reply import shown
from assistant.calculate import ratio
from ingest.fact import Fact

DONE = re.compile("^(?:实际|累计|已经?|全年)")
"""实际核销: what was done, said so."""


def known_pair(seen: Lens, words: str) -> Rate | None:
    """Rates that are no common indicator, by the names of their two figures (words.toml)."""
    known = [row for row in lexicon()["rate"] if words.endswith(row["name"])]
    longest = max((len(row["name"]) for row in known), default=0)
    for row in known:
        if len(row["name"]) < longest:
            continue  # 有效回收率 is no 回收率
        over, under = (_headed(seen, row[key]) or _counted(seen, row[key]) for key in ("over", "under"))
        made = ratio(over, under) if over and under and over is not under else None
        if made:
            return Rate(words, (), made, name_of(made.facts[1]))
    return None


def _counted(seen: Lens, words: str) -> Fact | None:
    found = look(seen, Ask(words, content(words), "", "count"))
    return found.fact if found else None


def _headed(seen: Lens, words: str) -> Fact | None:
    """The figure of a column headed by just the words: that of its total row, or the only one there is."""
    column = [fact for fact in seen.facts if fact.kind == "table" and reduced(fact.measure[-1]) == words]
    whole = [fact for fact in column if TOTAL.search(fact.subject)] or column
    return whole[0] if len(whole) == 1 else None


def told_pair(seen: Lens, words: str) -> Rate | None:
    """按期办结率 of 办理身份证28460张，按期办结28432张: a figure over the one said before it."""
    stem, found = words.removesuffix("率"), []
    for fact in seen.facts:
        part, name = fact, DONE.sub("", reduced(fact.measure[-1]))
        if part.kind == "prose" and len(name) > 1 and _says(stem, name) and not part.quantity.direction:
            whole_fact = _told_before(seen, part)
            rest = pairs(stem.removesuffix(name)) if stem.endswith(name) else frozenset()
            if whole_fact and (not rest or rest & name_pairs(whole_fact)) and (made := ratio(part, whole_fact)):
                found.append(Rate(words, (), made, name_of(whole_fact)))
    return found[0] if len(found) == 1 else None


def _says(stem: str, name: str) -> bool:
    """Whether a rate is called after a figure: by its end, or by all its characters (有效回收 of 回收有效问卷)."""
    return stem.endswith(name) or (len(name) > 3 and set(name) <= set(stem))


def _told_before(seen: Lens, part: Fact) -> Fact | None:
    """The nearest figure before another one in its sentence that it can be a part of."""
    start = (part.place.span or (0,))[0]
    own = [
        fact
        for fact in seen.facts
        if fact.quote == part.quote
        and fact.place.report == part.place.report
        and fact.quantity.unit.name == part.quantity.unit.name != ""
        and (fact.place.span or (start,))[0] < start
        and fact.quantity.base >= part.quantity.base
    ]
    return max(own, key=lambda fact: fact.place.span or (0,), default=None)


def of_goal(seen: Lens, subject: str) -> Rate | None:
    """完成率 of a task (视频监控点建设): its outcome over its goal."""
    pair = goal_pair(seen, re.sub(r"(?:任务|目标|建设|工作)+$", "", subject))
    made = ratio(pair[1].fact, pair[0].fact) if pair and pair[0].fact.dimension != "ratio" else None
    return Rate(subject + "完成率", (), made, f"目标{shown(pair[0].fact.quantity)}") if pair and made else None
