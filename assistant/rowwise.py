"""Rows of two years set against each other (逐项比两年): which items fell or rose, which stand in one year only.

An item is the same where its name is; each figure is taken from the report of its own year. Rows that only one year
has are told as such, never as a fall to nothing or a rise from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from assistant.builtin.amounts import ranking
from assistant.builtin.amounts.ranking import Cell, value_of
from assistant.builtin.facts.lens import lens
from assistant.builtin.question.plan import plan
from assistant.builtin.reply import Reply, lacking, shown
from assistant.builtin.tables.rows import FULL
from assistant.calculate import Result, difference, growth
from assistant.span import Span, words
from ingest.fact import Fact
from ingest.terms import plain
from prompts import phrases

_PAIR = re.compile(r"(20\d\d)年?度?[^？?，,、]{0,4}有[^？?]*?(20\d\d)年?度?[^？?]{0,4}没")
"""2022年有、2023年没有: the year that has an item and the year that has it no more, or not yet."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The rows of one column in two years, by name."""

    measure: str
    before: dict[str, Cell]
    now: dict[str, Cell]
    years: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Move:
    """One item in both years with what lies between."""

    name: str
    before: Fact
    now: Fact
    gap: Result


def told(over: Span | None, question: str) -> Reply | None:
    """What a question about the rows of two years asks; None where it asks no such thing."""
    if over is None or not over.over_time or len(over.columns) != 2 or not _says("items", question):
        return None
    ways = _ways(question, min(year or 0 for _, year in over.columns))
    if not ways:
        return None
    sides = _sides(over, question)
    if sides is None:
        return lacking(_say("rows")) if {"fell", "rose"} & set(ways) else None
    if not {"fell", "rose"} & set(ways):
        return _only(ways, sides)
    return _moved(ways, sides, question)


def _ways(question: str, first: int) -> list[str]:
    """fell, rose, gone, new: what is asked of the rows, in the order of the data file."""
    ways = [way for way in ("gone", "new", "fell", "rose") if _says(way, question)]
    if pair := _PAIR.search(question):
        ways.append("gone" if int(pair[1]) == first else "new")
    if {"gone", "new"} & set(ways):
        ways = [way for way in ways if way in ("gone", "new")]
    return list(dict.fromkeys(ways))


def _sides(over: Span, question: str) -> Sides | None:
    """The rows of the column that is meant, in both years; None where one of them has none."""
    kind, measure = ("", "得分") if _says("scored", question) else ("项目", _measure(question))
    found: list[dict[str, Cell]] = []
    for (_, year), own in over.columns.items():
        asked = replace(plan(f"{measure}最高的是哪个{kind}？"), years=(year,) if year else ())
        cells = ranking.column(asked, lens(own))
        found.append({plain(cell[0].item): cell for cell in cells})
    first, last = (year or 0 for _, year in over.columns)
    return Sides(measure, found[0], found[1], (first, last)) if all(found) else None


def _measure(question: str) -> str:
    """The column that is compared: spending, where the question names none."""
    return next((name for name, look in words()["rows"]["measures"].items() if re.search(look, question)), "支出")


def _only(ways: Sequence[str], sides: Sides) -> Reply:
    """The rows that only one of the years has, with their figures."""
    text, facts = "", []
    for way in ways:
        own, other = (sides.before, sides.now) if way == "gone" else (sides.now, sides.before)
        rows = [(name, cell[1]) for name, cell in own.items() if name not in other]
        year, without = sides.years if way == "gone" else reversed(sides.years)
        names = "、".join(f"{name}（{shown(fact.quantity)}）" for name, fact in rows)
        key = "only" if rows else "none_only"
        years = {"year": str(year), "without": str(without)}
        text += _say(key, **years, **({"names": names, "measure": sides.measure} if rows else {}))
        facts += [fact for _, fact in rows] or [next(iter(own.values()))[1]]
    return Reply(text, tuple(facts))


def _moved(ways: Sequence[str], sides: Sides, question: str) -> Reply:
    """The rows of both years that fell or rose, the one that did so most where that is asked for."""
    both = [name for name in sides.before if name in sides.now]
    unlike = [name for name in both if _full(sides.before[name]) != _full(sides.now[name])]
    moves = [move for name in both if name not in unlike and (move := _move(name, sides))]
    text, facts, worked = "", [], []
    for way in ways:
        mine = [one for one in moves if (one.gap.value < 0) == (way == "fell") and one.gap.value]
        most = _says("most", question)
        mine = _most(mine, question) if most else mine
        rows = "；".join(map(_row, mine))
        years = {"year": str(sides.years[1]), "before": str(sides.years[0]), "measure": sides.measure}
        text += _say(f"{way}_most" if most else way, **years, rows=rows) if mine else _say(f"none_{way}", **years)
        facts += [fact for one in mine for fact in (one.before, one.now)]
        worked += [one.gap for one in mine]
    apart = [name for name in (*sides.before, *sides.now) if (name in sides.before) != (name in sides.now)]
    text += _say("one_year", names="、".join(apart)) if apart else ""
    text += _say("unlike", names="、".join(unlike)) if unlike else ""
    facts = facts or [fact for one in moves for fact in (one.before, one.now)]
    return Reply(text, tuple(dict.fromkeys(facts)), worked=tuple(worked))


def _move(name: str, sides: Sides) -> Move | None:
    """An item's figures of both years; a rate as its report prints it."""
    before, now = sides.before[name][1], sides.now[name][1]
    gap = difference(now, before)
    rated = sides.before[name][2] is not None or sides.now[name][2] is not None
    if gap is None or (rated and {before.dimension, now.dimension} != {"ratio"}):
        return None
    firm = value_of(sides.now[name]) - value_of(sides.before[name])
    return Move(name, before, now, gap) if not rated or (firm < 0) == (gap.value < 0) else None


def _full(cell: Cell) -> Decimal | None:
    """What a row may score at most (分值); None for a row that scores nothing."""
    full = cell[0].of(FULL) if cell[1].dimension == "score" else None
    return full.quantity.base if full else None


def _most(moves: Sequence[Move], question: str) -> list[Move]:
    """Those that moved the most: by how much, or by what share where the question says so."""
    paced = _says("paced", question)
    sizes = [(abs(made.value) if (made := growth(one.now, one.before) if paced else one.gap) else 0) for one in moves]
    return [one for one, size in zip(moves, sizes, strict=True) if size == max(sizes)]


def _row(move: Move) -> str:
    """由148.65万元降至141.90万元，减少6.75万元（…）."""
    fell, rate = move.gap.value < 0, growth(move.now, move.before) if move.now.dimension != "ratio" else None
    said = _say(
        "row",
        name=move.name,
        before=shown(move.before.quantity),
        now=shown(move.now.quantity),
        moved="减少" if fell else "增加",
        text=move.gap.size,
        working=move.gap.working,
    )
    return said + (f"，{'下降' if fell else '增长'}{rate.size}" if rate and rate.unit.dimension == "ratio" else "")


@cache
def _look(key: str) -> re.Pattern[str]:
    return re.compile("|".join(words()["rows"][key]))


def _says(key: str, question: str) -> bool:
    return bool(_look(key).search(question))


def _say(key: str, **values: str) -> str:
    return phrases("rowwise").say(key, **values)
