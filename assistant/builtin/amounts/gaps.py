"""The row in which two columns lie furthest apart (自评分和复核分差距最大的是哪个项目), or nearest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.rows import Line, lines
from assistant.calculate import Result, difference
from ingest.fact import Fact

ASKED = re.compile(r"^(?:20\d\d年)?(.+?)[和与跟同](.+?)(?:之间)?的?(?:差距|差额|差值|差异|相差)最([大小])")
CALLED = 0.6
"""Share of the words of a side that the heading of its column must say."""


def widest(plan: Plan, seen: Lens) -> Reply | None:
    """The row and its gap, of the first table that has both columns in more than one row."""
    asked = ASKED.match(plan.question)
    if asked is None:
        return None
    one, other, end = asked.groups()
    for group in lines(seen, plan.table):
        rows = [(line, *made) for line in group for made in _apart(line, one, other, seen)]
        if len(rows) > 1:
            line, first, second, gap = (max if end == "大" else min)(rows, key=lambda row: abs(row[3].value))
            sides = f"{one}{shown(first.quantity)}、{other}{shown(second.quantity)}"
            text = f"{one}与{other}差距最{end}的是{line.name}：{sides}，相差{gap.size}（{gap.working}）。"
            return Reply(text, (first, second))
    return None


def _apart(line: Line, one: str, other: str, seen: Lens) -> Iterator[tuple[Fact, Fact, Result]]:
    """Both figures of a row with the larger less the smaller; nothing where one is missing or both are the same."""
    first, second = _under(line, one, seen), _under(line, other, seen)
    if first and second and first is not second:
        high, low = sorted((first, second), key=lambda fact: fact.quantity.base, reverse=True)
        if made := difference(high, low):
            yield first, second, made


def _under(line: Line, name: str, seen: Lens) -> Fact | None:
    """The figure of a row under the heading that says most of a name."""
    wanted = pairs(reduced(name))
    fits = [(share(seen, wanted, pairs(reduced("".join(fact.measure)))), fact) for fact in line.facts]
    best = max(fits, key=lambda fit: fit[0], default=None)
    return best[1] if best and best[0] >= CALLED else None
