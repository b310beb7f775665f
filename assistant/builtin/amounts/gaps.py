"""The row in which two columns lie furthest apart (自评分和复核分差距最大的是哪个项目), or nearest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.builtin.amounts.ranking import meant
from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.rows import Line
from assistant.calculate import Result, difference
from ingest.fact import Fact

ASKED = re.compile(r"^(?:20\d\d年)?(.+?)[和与跟同](.+?)(?:之间)?的?(?:差距|差额|差值|差异|相差)最([大小])")
MOVED = re.compile(
    r"^(?:20\d\d年)?(?:哪[一几]?[个些项类种家]?(?:项目|指标|单位)?(?:支出)?的?)?([^，,哪]{2,12}?)[比较]([^，,]{2,12}?)"
    r"(增加|减少|增长|下降|调增|调减|追加|压减|核减|提高|多|少|高|低)(?:得|了|出)?最[多大]"
)
"""哪个项目全年预算比年初预算增加得最多."""
LESS = ("减少", "下降", "调减", "压减", "核减", "少", "低")
CALLED = 0.6
"""Share of the words of a side that the heading of its column must say."""


Row = tuple[Line, Fact, Fact, Result]


def widest(plan: Plan, seen: Lens) -> Reply | None:
    """The row and its gap, of the first table that has both columns in more than one row."""
    asked, moved = ASKED.match(plan.question), MOVED.match(plan.question)
    if asked is None and moved is None:
        return None
    one, other, end = (asked or moved).groups()  # type: ignore[union-attr]  # one of the two is there
    for group, _ in sorted(meant(plan, seen), key=lambda fits: fits[1], reverse=True):
        rows = [(line, *made) for line in group for made in _apart(line, one, other, seen)]
        if len(rows) > 1:
            line, first, second, gap = _furthest(rows, end) if asked else _moved_most(rows, end)
            sides = f"{one}{shown(first.quantity)}、{other}{shown(second.quantity)}"
            lead = f"{one}与{other}差距最{end}" if asked else f"{one}比{other}{end}最多"
            return Reply(f"{lead}的是{line.name}：{sides}，相差{gap.size}（{gap.working}）。", (first, second))
    return None


def _furthest(rows: Sequence[Row], end: str) -> Row:
    return (max if end == "大" else min)(rows, key=lambda row: abs(row[3].value))


def _moved_most(rows: Sequence[Row], way: str) -> Row:
    sign = -1 if way in LESS else 1
    return max(rows, key=lambda row: sign * (row[1].quantity.base - row[2].quantity.base))


def _apart(line: Line, one: str, other: str, seen: Lens) -> Iterator[tuple[Fact, Fact, Result]]:
    """Both figures of a row with the larger less the smaller; nothing where one is missing."""
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
