"""One year as two reports tell it (上年数对不对得上): its own report, and the one of the year after in its 上年 column.

Says what each writes and whether they agree; which of them is right it leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.amounts import ranking
from assistant.builtin.facts.lens import Lens, lens
from assistant.builtin.facts.lookup import look
from assistant.builtin.question.plan import ask, plan
from assistant.builtin.reply import Reply, shown
from assistant.calculate import difference
from assistant.comparison import FIRM
from assistant.span import measure, words
from ingest.fact import Fact
from ingest.reading import Reading
from ingest.terms import plain
from prompts import phrases

Pair = tuple[Fact, Fact]
"""A figure as its own year's report has it, and as the next one has it."""


def told(question: str, readings: Sequence[Reading]) -> Reply | None:
    """Whether both reports write the same of the earlier year; None where that is not asked, or one does not tell."""
    if not _says("asked", question) or not _says("same", question) or _says("carried", question):
        return None
    years = _years(question, readings)
    if years is None:
        return None
    own, later = (lens([one for one in readings if one.report.year == year]) for year in years)
    rows = _rows(own, later, years[0])
    core = measure(re.sub("|".join(words()["retold"]["idle"]), "", question))
    named = [name for name in rows if name in plain(core)]
    if not _says("all", core):
        pair = rows[max(named, key=len)] if named else _single(core, own, later, years[0])
        return _compared({"": pair}, years) if pair else None
    return _compared(rows, years) if rows else None


def _years(question: str, readings: Sequence[Reading]) -> tuple[int, int] | None:
    """The year that is told twice and the one after it, both of one department."""
    held = sorted({one.report.year for one in readings if one.report.year})
    if len({one.report.department for one in readings}) != 1 or len(held) < 2:
        return None
    named = [int(year) for year in re.findall(r"(20\d\d)年", question)]
    first = min(named, default=held[-2])
    first -= first == held[-1]
    return (first, first + 1) if {first, first + 1} <= set(held) else None


def _rows(own: Lens, later: Lens, year: int) -> dict[str, Pair]:
    """The projects that both reports list with what was spent on them in this year."""
    asked = replace(plan("支出最高的是哪个项目？"), years=(year,))
    ours, theirs = ({plain(cell[0].item): cell[1] for cell in ranking.column(asked, seen)} for seen in (own, later))
    return {name: (ours[name], one) for name, one in theirs.items() if name in ours and one.period[:4] == f"{year}"}


def _single(core: str, own: Lens, later: Lens, year: int) -> Pair | None:
    """One measure as both tell it."""
    if not core:
        return None
    before, after = look(own, ask(core)), look(later, replace(ask(core), year=year))
    firm = before is not None and after is not None and min(before.score, after.score) >= FIRM
    return (before.fact, after.fact) if firm and before and after and str(year) in after.fact.period else None


def _compared(pairs: dict[str, Pair], years: tuple[int, int]) -> Reply | None:
    """What both write, item by item: all of it of one item, of many those that differ."""
    gaps = {name: gap for name, pair in pairs.items() if (gap := difference(*pair)) is not None}
    if len(gaps) < len(pairs):
        return None
    apart = [name for name, gap in gaps.items() if gap.value]
    shown_ones = apart if len(pairs) > 1 else list(pairs)
    first, last = map(str, years)
    text = "".join(
        _say(
            "both",
            name=name,
            first=first,
            last=last,
            own=shown(pairs[name][0].quantity),
            other=shown(pairs[name][1].quantity),
        )
        + (_say("apart", text=gaps[name].size, working=gaps[name].working) if name in apart else _say("alike"))
        for name in shown_ones
    )
    alike = [name for name in pairs if name not in apart]
    text += _say("rest_alike", names="、".join(alike)) if len(pairs) > 1 and alike else ""
    facts = tuple(dict.fromkeys(fact for pair in pairs.values() for fact in pair))
    return Reply(text, facts, worked=tuple(gaps[name] for name in apart))


def _says(key: str, text: str) -> bool:
    looks = words()["retold"][key]
    return any(re.search(look, text) for look in looks)


def _say(key: str, **values: str) -> str:
    return phrases("retold").say(key, **values)
