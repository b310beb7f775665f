"""Questions over several departments or years (跨部门、跨年度): each report answers for itself, nothing is mixed.

A known measure asked of several is taken from the comparison, cell by cell; any other question is put to each
department alone. Figures of two departments are never added, compared or called a contradiction by accident.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import abreast, retold, rowwise
from assistant.builtin.ask import Asked, understood
from assistant.builtin.ask import replied as replied_alone
from assistant.builtin.question.bodies import mentioned
from assistant.builtin.reply import Reply
from assistant.builtin.roads import Search
from assistant.recall import recalled
from assistant.span import Span, groups, span
from ingest.reading import Reading
from prompts import phrases

_CHANGE = re.compile(r"上一?年|去年|前年|往年|同比|环比|年[间来]|增[长加减]|下降|减少|变化|变动|趋势")
_YEAR = re.compile(r"(20\d\d)年?度?")
SHOWN = 6
"""So many departments are answered for one by one."""
WHOLE = ("findings", "agree", "identity")
"""Kinds of question that one department's reports answer together first."""


def replied(asked: Asked, search: Search | None = None) -> Reply:
    """The reply to a question: side by side where it spans reports, else of each department that could be meant."""
    facts = {entry.fact.id: entry.fact for entry in asked.seen.entries} if asked.before else {}
    owners = {reading.report.id: reading.report.department for reading in asked.seen.readings}
    if asked.before and (made := recalled(asked.question, asked.before, facts, owners)):
        return made
    held = groups(asked.seen.readings)
    over = span(asked.full, asked.seen.readings) if len(asked.seen.readings) > 1 else None
    if (made := retold.told(asked.full, asked.seen.readings) or rowwise.told(over, asked.full)) is not None:
        return made
    made = abreast.told(over, asked.full, asked.seen.findings) if over is not None else None
    if over is not None and len(over.columns) > 1 and (made := made or _columns(asked, over, search)):
        return made
    alone = _apart(asked, held, search)
    return made if made and alone.refused else alone


def _apart(asked: Asked, held: dict[str, list[Reading]], search: Search | None) -> Reply:
    """The question put to the departments that it names, each alone."""
    named = [name for name in held if mentioned(name, asked.full)]
    chosen = named or _of_years(held, asked.full)
    if len(chosen) == 1:
        return _alone(asked, held[chosen[0]], search)
    return _each(asked, {name: held[name] for name in chosen}, search)


def _columns(asked: Asked, over: Span, search: Search | None) -> Reply | None:
    """Every column's own answer to what is no one measure, under its department and year."""
    if len(set(over.cores.values())) > 1:
        return None
    if over.over_time and asked.planned.kind in WHOLE:
        alone = _put(asked, [one for own in over.columns.values() for one in own], search)
        if not alone.refused:
            return alone
    replies = {
        f"{name}{year}年" if year else name: _alone(replace(asked, full=over.rest), own, search)
        for (name, year), own in list(over.columns.items())[: 2 * SHOWN]
    }
    return None if all(one.refused for one in replies.values()) else _joined(replies)


def _of_years(groups: dict[str, list[Reading]], question: str) -> list[str]:
    """Departments with reports of every year that a question names; all of them where there are none."""
    years = {int(found) for found in _YEAR.findall(question)}
    held = {name: {one.report.year for one in readings} for name, readings in groups.items()}
    return [name for name in groups if years and years <= held[name]] or list(groups)


def _alone(asked: Asked, readings: Sequence[Reading], search: Search | None) -> Reply:
    """The question put to one department: to its report of the year that is meant, else to all of them."""
    meant = _meant(asked.full, readings)
    reply = _put(asked, meant, search)
    return _put(asked, readings, search) if reply.refused and len(meant) < len(readings) else reply


def _meant(question: str, readings: Sequence[Reading]) -> Sequence[Reading]:
    """The report of the one year that is named, the latest where none is; all where the question is of a change."""
    years = {int(found) for found in _YEAR.findall(question)}
    of_year = [one for one in readings if one.report.year in years]
    if len(years) == 1 and of_year and not _CHANGE.search(question):
        return of_year
    if years or _CHANGE.search(question):
        return readings
    year = max((one.report.year or 0 for one in readings), default=0)
    return [one for one in readings if one.report.year in (None, year)]


def _put(asked: Asked, readings: Sequence[Reading], search: Search | None) -> Reply:
    """The question put to these reports only."""
    own = {one.report.id for one in readings}
    search = search and _within(search, own)
    if own == {one.report.id for one in asked.seen.readings}:
        reply = replied_alone(asked, search)
    else:
        reply = replied_alone(understood(asked.full, readings, asked.seen.findings), search)
    bare = _bare(asked.full, readings) if reply.refused else asked.full
    if bare == asked.full:
        return reply
    again = replied_alone(understood(bare, readings, asked.seen.findings), search)
    return reply if again.refused else again


def _within(search: Search, reports: set[str]) -> Search:
    """The search, of some reports only."""
    return lambda text: [chunk for chunk in search(text) if chunk.report in reports]


def _bare(question: str, readings: Sequence[Reading]) -> str:
    """The question without the department and the year that all these reports are of, which need not be told them;
    the year before theirs is 上年."""
    years = {one.report.year for one in readings}
    for name in {one.report.department for one in readings if one.report.department}:
        question = question.replace(mentioned(name, question) or "\0", "")
    year = next(iter(years)) if len(years) == 1 else None
    if year is not None:
        question = re.sub(rf"(?<=[比较与同]){year - 1}年度?", "上年", question)
    if year is not None and set(_YEAR.findall(question)) == {str(year)}:
        question = re.sub(r"20\d\d年度?(?![末底初])的?", "", question)
    return question


def _each(asked: Asked, groups: dict[str, list[Reading]], search: Search | None) -> Reply:
    """Every department's own answer under its name; those that have none are left out, unless none has one."""
    replies = {name: _alone(asked, readings, search) for name, readings in list(groups.items())[: 2 * SHOWN]}
    good = dict([(name, one) for name, one in replies.items() if not one.refused][:SHOWN])
    if not good:
        return next(iter(replies.values()))
    return _joined(good, (_say("which", count=str(len(groups))),) if len(good) > 1 else ())


def _joined(replies: dict[str, Reply], notes: tuple[str, ...] = ()) -> Reply:
    """Several answers, each under its name."""
    return Reply(
        "\n".join(_say("of", department=name, text=one.text) for name, one in replies.items()),
        tuple(dict.fromkeys(fact for one in replies.values() for fact in one.facts)),
        tuple(dict.fromkeys(quote for one in replies.values() for quote in one.citations)),
        (*notes, *(said for one in replies.values() for said in one.notes)),
        tuple(said for one in replies.values() for said in one.missing),
        counted=tuple(pair for one in replies.values() for pair in one.counted),
    )


def _say(key: str, **values: str) -> str:
    return phrases("several").say(key, **values)
