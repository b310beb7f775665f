"""Which of several things moved most against the year before (接待费和运行费比上年哪个降得多), each change told.

All must move the way that is asked; where one does not, its own change is told and none is called the most.
"""

from __future__ import annotations

import re

from assistant.builtin.amounts.change import in_year, moved
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.facts.strange import across
from assistant.builtin.question.plan import Plan, ask, segments
from assistant.builtin.reply import Reply
from assistant.calculate import difference, growth
from ingest.fact import Fact

ASKED = re.compile(
    r"^(?P<names>.+?)[，,]?(?:[比较与和同跟]|相比于?|相较于?)(?:上一?年|去年|20\d\d年)度?(?:相比|比)?[，,]?"
    r"哪一?(?:个|项|类|块|种|笔)(?P<way>[一-龥]*[降减少增涨升多快大][一-龥]*)$"
)
PACE = re.compile("幅|快|率")
LESS = re.compile("[降减]|少[了得]")
MORE = re.compile("[增涨升]|多[了得]")


def worked(plan: Plan, seen: Lens) -> Reply | None:
    """The changes of all things named, and which is the largest."""
    match = ASKED.match(plan.bare.strip("？?。 "))
    year = seen.year
    if match is None or year is None or any(named not in (year, year - 1) for named in plan.years):
        return None
    pairs = [_both_years(seen, name, year) for name in segments(match["names"])]
    found = [pair for pair in pairs if pair]
    if len(found) < 2 or len(found) < len(pairs) or across([now for now, _ in found]):
        return None
    told = "；".join(f"{name_of(now)}{moved(seen, now, before)[0]}" for now, before in found)
    used = tuple(fact for pair in found for fact in pair)
    most = _most(found, match["way"])
    return Reply(f"{name_of(most)}{_said(match['way'])}：{told}。" if most else f"{told}。", used)


def _both_years(seen: Lens, name: str, year: int) -> tuple[Fact, Fact] | None:
    """What a thing was in a year and in the one before; None where either is told in two ways, or one of the prose
    would be set against one of a table: likely another thing of a like name."""
    now, before = in_year(seen, ask(name), year), in_year(seen, ask(name), year - 1)
    if not now or not before or len(now.facts) + len(before.facts) > 2:
        return None
    one, other = now.fact, before.fact
    return (one, other) if (one.basis, one.kind) == (other.basis, other.kind) else None


def _most(found: list[tuple[Fact, Fact]], way: str) -> Fact | None:
    """The thing that moved most the way that is asked; None where one did not move so, or two moved alike."""
    sign = -1 if LESS.search(way) else 1 if MORE.search(way) else 0
    by = growth if PACE.search(way) else difference
    sizes = [(sign * made.value, now) for now, before in found if (made := by(now, before))]
    sizes.sort(key=lambda one: -one[0])
    if not sign or len(sizes) < len(found) or sizes[-1][0] <= 0 or sizes[0][0] == sizes[1][0]:
        return None
    return sizes[0][1]


def _said(way: str) -> str:
    """降得多, 降幅最大: as it was asked, without the words that only ask."""
    return re.sub("^的|了$", "", way)
