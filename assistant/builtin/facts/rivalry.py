"""Which facts say another value of the very same thing, and which are a part of it, another column or another scope.

Only figures that claim to be one quantity contradict one another; nothing else is ever told as a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.facts.lens import CLOSE, Hit, Lens, differ, distinct, named, years_of
from assistant.builtin.facts.neighbours import in_row
from assistant.builtin.question.lexicon import pairs, pattern, without_basis
from ingest.fact import Fact

OWN = 0.7
"""Share of the words that set a figure apart which its rival must say too."""
OUTCOMES = ("", "完成", "决算")
BARE = 4
"""A name shorter than this many characters is no name of one thing."""
PACE = re.compile("(?:完成|达成|实现|执行)(?:率|比例|程度|度)$")
ALIKE = 0.7
"""Share of two names that must be common to both."""


def same_name(seen: Lens, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The best hit with other values of the very same name; a near miss with another name is no contradiction."""
    best = hits[0]
    own, said = name_pairs(best.fact), plain_name(best.fact)
    return tuple(
        hit
        for hit in distinct(hits, 0.75)
        if hit is best
        or (
            not _beside(hit.fact, best.fact)
            and _tells_pace(hit.fact) == _tells_pace(best.fact)
            and kinds_of(hit.fact) == kinds_of(best.fact)
            and set_apart(seen, hit.fact, best.fact)
            and set_apart(seen, best.fact, hit.fact)
            and (
                (hit.score >= CLOSE * best.score and _alike(own, name_pairs(hit.fact), seen))
                or (len(said) > 3 and pattern("plain").sub("", plain_name(hit.fact).removeprefix(said)) == "")
            )
        )
    )


def _tells_pace(fact: Fact) -> bool:
    """Whether a figure says how far another was reached (普及率 95.8% 的完成率 100.84%): no value of the same thing."""
    return PACE.search(fact.measure[-1]) is not None


def name_pairs(fact: Fact) -> frozenset[str]:
    """Pairs of what a fact is the figure of, without basis words."""
    return pairs(without_basis(named("/".join((fact.subject, *fact.measure)))))


def kinds_of(fact: Fact) -> frozenset[str]:
    """The words of a name that make it another kind of money (收入、货物、小微企业), however alike the rest is."""
    return frozenset(pattern("contrast").findall(named("/".join((fact.subject, *fact.measure)))))


def plain_name(fact: Fact) -> str:
    """The name without basis words, joined."""
    return re.sub(r"[\s/]", "", without_basis(named("/".join((fact.subject, *fact.measure)))))


def elsewhere(seen: Lens, fact: Fact) -> tuple[Fact, ...]:
    """Other values of a thing counted, told under its bare name: 组织开展各类应急演练128场, 应急演练场次182场.

    Only outcomes of one year, in another place; a name counts without the words that say what is done or how counted.
    """
    own = bare_name(fact)
    if len(own) < BARE or fact.basis not in OUTCOMES or not _counted(fact):
        return ()
    return tuple(
        other
        for entry in seen.entries
        if (other := entry.fact) is not fact
        and other.basis in OUTCOMES
        and bare_name(other) in (own, own[2:] + own[:2], own[-2:] + own[:-2])  # 加固堤防, 堤防加固
        and other.place.report == fact.place.report
        and (other.place.block, other.place.table) != (fact.place.block, fact.place.table)
        and years_of(other.period)[-1:] == years_of(fact.period)[-1:]
        and _counted(other) in (_counted(fact), "none")
        and not other.quantity.direction
        and differ(fact, other)
    )


def bare_name(fact: Fact) -> str:
    """What a figure is counted of, without what is done with it (组织开展各类) and how it is counted (场次)."""
    parts = [named(part) for part in (fact.subject.split("/")[-1], *fact.measure)]
    said = pattern("plain").sub("", re.sub(r"\s", "", without_basis("".join(parts))))
    return pattern("bare", "after").sub("", pattern("bare", "before").sub("", said))


def _counted(fact: Fact) -> str:
    """The kind of thing that a figure counts or measures; "" for money, rates and scores."""
    unit = fact.quantity.unit
    if unit.dimension in ("length", "area"):
        return unit.dimension
    return unit.kind or unit.name if unit.dimension == "count" else "none" if unit.dimension == "none" else ""


def _beside(one: Fact, other: Fact) -> bool:
    """Two rows of one column, two columns of one row, two names in one sentence: never two values of one thing."""
    if one.place.report != other.place.report:
        return False
    if one.kind == other.kind == "table":
        where, there = one.place, other.place
        return where.table == there.table and (where.col == there.col or where.row == there.row)
    if one.kind != "prose" or other.kind != "prose" or one.place.block != other.place.block:
        return False
    names = plain_name(one), plain_name(other)
    if one.quote == other.quote:
        return names[0] != names[1] or not one.subject
    return names[0] != names[1] and (names[0] in names[1] or names[1] in names[0])


def set_apart(seen: Lens, one: Fact, other: Fact) -> bool:
    """Whether the other says what sets the first apart from the figures that stand beside it.

    In a table that is its row and, where the row has several columns of the kind, its column.
    """
    said = name_pairs(other)
    return all(seen.covered(words, said) >= OWN for part in own_parts(seen, one) if (words := pairs(part)))


def own_parts(seen: Lens, fact: Fact) -> list[str]:
    """The labels of a cell that tell it from its neighbours, without 合计 and other words that say no more."""
    if fact.kind != "table":
        return []
    parts = [fact.subject.split("/")[-1]]
    if len(_columns_of(seen, fact)) > 1:
        parts.append(fact.measure[-1])
    return [bare for part in parts if (bare := pattern("plain").sub("", without_basis(named(part))).strip())]


def _columns_of(seen: Lens, fact: Fact) -> list[Fact]:
    """The figures of the same kind, year and basis in the row of a cell."""
    return [
        one
        for one in in_row(seen, fact)
        if (one.subject, one.dimension, one.period, one.basis)
        == (fact.subject, fact.dimension, fact.period, fact.basis)
    ]


def _alike(one: frozenset[str], other: frozenset[str], seen: Lens) -> bool:
    both = seen.weight(one & other)
    return both >= ALIKE * max(seen.weight(one), seen.weight(other), 0.001)


def near_names(seen: Lens, facts: Sequence[Fact]) -> tuple[tuple[Fact, Fact], ...]:
    """Figures told of with others of nearly the same name and value elsewhere in the text: perhaps meant to be one.

    返还被骗群众资金418.5万元 and 返还群众资金481.5万元: whether both speak of the same thing only the department knows.
    """
    told = [fact for fact in facts if fact.kind == "prose" and fact.basis != "差额"]
    found = []
    for fact in told:
        for each in seen.facts:
            other = each
            if other.kind == "prose" and _nearly(fact, other) and other not in facts:
                found.append((fact, other))
                break
    return tuple(found)


def _nearly(one: Fact, other: Fact) -> bool:
    if one.place.report != other.place.report or one.place.block == other.place.block or one.basis != other.basis:
        return False
    counted = bool(_counted(one)) and _counted(one) == _counted(other)
    same = (
        (counted or one.quantity.unit == other.quantity.unit)
        and years_of(one.period)[-1:] == years_of(other.period)[-1:]
        and _transposed(one, other)
        and differ(one, other)
    )
    alike = _counts_alike(one, other) or _steps_alike(one, other) or _steps_alike(other, one)
    return same and (_named_alike(one, other) or (counted and alike))


def _named_alike(one: Fact, other: Fact) -> bool:
    """Whether one name runs through the other."""
    short, long = sorted((plain_name(one), plain_name(other)), key=len)
    return len(short) > 3 and kinds_of(one) == kinds_of(other) and _within(short, long)


def _counts_alike(one: Fact, other: Fact) -> bool:
    """Whether what one counts is, in shorter words, what the other counts."""
    short, long = sorted((_thing(one), _thing(other)), key=len)
    return len(short) >= BARE and long.endswith(short)


def _steps_alike(step: Fact, fact: Fact) -> bool:
    """Whether a figure told only by what was done (收到复议申请168件，受理152件) is what the other says in full
    (受理行政复议案件)."""
    done, name = bare_name(replace(step, subject="", measure=step.measure[-1:])), bare_name(fact)
    left = name.removeprefix(done)
    told = pairs(bare_name(replace(step, subject="", measure=step.measure[-2:-1])) if len(step.measure) > 1 else "")
    return 1 < len(done) < BARE and left != name and bool(told & pairs(left))


def _thing(fact: Fact) -> str:
    """What a figure of the prose counts: its bare name, or where that is only a place the noun behind the figure."""
    own = bare_name(fact)
    behind = fact.quote[fact.quote.find(fact.quantity.text) + len(fact.quantity.text) :]
    noun = re.match("[一-龥]{2,12}?(?=[中的，。；、（]|进行|随机|参加|接受|$)", behind)
    return own or (noun[0] if noun else "")


def _within(short: str, long: str) -> bool:
    """Whether a name runs through another one in order, both beginning and ending alike."""
    rest = iter(long)
    return short[:2] == long[:2] and short[-2:] == long[-2:] and all(char in rest for char in short)


def _transposed(one: Fact, other: Fact) -> bool:
    """Whether two figures are written with the same digits in another order."""
    digits = [sorted(char for char in fact.quantity.text if char.isdigit()) for fact in (one, other)]
    return digits[0] == digits[1] and len(digits[0]) > 2
