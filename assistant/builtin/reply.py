"""What a road of the assistant hands back before the gate: words, the facts and quotations behind them, or a refusal.

Holds values and the few sentences that every road shares; judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.builtin.facts.blanks import Blank
from assistant.builtin.facts.lens import AIMS, Lens, years_of
from assistant.builtin.facts.lookup import Found, name_of
from assistant.builtin.question.lexicon import lexicon
from assistant.calculate import Result, difference
from assistant.wording import cite, describe, written
from ingest.fact import Fact
from ingest.periods import part_of_year
from ingest.quantity import Quantity, show, unit
from ingest.report import Place
from ingest.terms import plain
from prompts import phrases

HEDGES = {"约": "约", "<": "不足", ">": "超过"}
"""What is said before a figure that its sentence only bounds or rounds."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before it is judged."""

    text: str
    facts: tuple[Fact, ...] = ()
    citations: tuple[Citation, ...] = ()
    """Quotations beyond those of the facts."""
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    refused: bool = False
    cells: tuple[Place, ...] = ()
    """Cells of a table that are stated as they stand; those of `facts` go without saying."""
    counted: tuple[tuple[str, str], ...] = ()
    """(figure as written, working) of things that were counted one by one for this answer."""
    worked: tuple[Result, ...] = ()
    """What was worked out over the facts, where that is more than a pair or a sum of them."""


def say(key: str, **values: str) -> str:
    """A phrase of the built-in writer with its slots filled."""
    return phrases("answers").say(key, **values)


def lacking(what: str, text: str = "") -> Reply:
    """A refusal: the report does not give this; `text`: in other words than those."""
    return Reply(text or say("refuse", what=what), missing=(say("missing", what=what),), refused=True)


def shown(quantity: Quantity) -> str:
    """A figure as the report writes it, a relative decline or growth with its word."""
    if quantity.text.strip() in ("无", "未发生"):
        return quantity.text.strip()
    word = (
        {1: "增长", -1: "下降"}[quantity.direction] if quantity.direction and quantity.unit.dimension == "ratio" else ""
    )
    return word + written(quantity)


def figure_of(fact: Fact, year: bool = False) -> str:
    """Name and figure in one, the direction said once: 专利授权量同比增长31.19%."""
    name, figure = name_of(fact, year), shown(fact.quantity)
    moved = any(name.endswith(word) for side in ("up", "down") for word in lexicon()["direction"][side])
    return name + (figure.removeprefix("增长").removeprefix("下降") if moved else figure)


def stated(seen: Lens, fact: Fact, year: bool | None = None) -> str:
    """`2023年调整后预算数为80,823.92万元`: name, year where it matters, figure."""
    other = (years_of(fact.period) or (seen.year,))[-1] != seen.year or bool(part_of_year(fact.period))
    tell = len(seen.years) > 1 or other if year is None else year
    figure = shown(fact.quantity)
    name = (
        name_of(fact, tell)
        if fact.basis not in ("目标", "计划") or "目标" in name_of(fact)
        else name_of(fact, tell) + "目标"
    )
    if fact.quantity.direction and fact.dimension == "ratio":
        return name.removesuffix(figure[:2]) + figure
    return f"{name}为{hedged(fact)}{figure}"


def hedged(fact: Fact) -> str:
    """The word that keeps a figure of prose from being read as exact (执行率仍不足八成)."""
    return HEDGES.get(fact.quantity.relation, "") if fact.kind == "prose" and fact.basis not in AIMS else ""


def conflict(seen: Lens, facts: Sequence[Fact]) -> str:
    """Two or more values of one thing, each with its place, and that they cannot all hold."""
    if len({fact.quantity.value for fact in facts}) == 1:
        return _unit_doubt(seen, facts)
    sides = "；".join(f"{where_stands(seen, fact)}写{shown(fact.quantity)}{_pace(seen, fact)}" for fact in facts)
    return say("conflict", name=name_of(facts[0]), sides=sides, gap=_gap(facts))


def where_stands(seen: Lens, fact: Fact) -> str:
    """Where a figure stands, for use within a sentence: a section without its number, which would read as a figure."""
    return re.sub(r"(?<=“)\d+(?:[.．]\d+)*[.．、]?\s*(?=[一-龥])", "", describe(fact.place, seen.report(fact)))


def nearly_one(seen: Lens, fact: Fact, other: Fact) -> str:
    """A figure of nearly the same name and digits elsewhere: told beside, for the department to settle."""
    return say(
        "near_name",
        name=name_of(fact),
        place=where_stands(seen, other),
        other=f"{name_of(other)}{shown(other.quantity)}",
    )


def _pace(seen: Lens, fact: Fact) -> str:
    """The growth that the same sentence states of a figure, in brackets; "" where it states none or several."""
    if fact.kind != "prose" or fact.dimension == "ratio":
        return ""
    beside = [other for other in seen.facts if other.quote == fact.quote and other.dimension == "ratio"]
    return f"（{shown(beside[0].quantity)}）" if len(beside) == 1 and beside[0].quantity.direction else ""


def _unit_doubt(seen: Lens, facts: Sequence[Fact]) -> str:
    """The same digits under different units: one of the units must be wrong; which, only the department can say."""
    sides = "；".join(f"{where_stands(seen, fact)}写{shown(fact.quantity)}" for fact in facts)
    return say("unit_doubt", name=name_of(facts[0]), sides=sides)


def _gap(facts: Sequence[Fact]) -> str:
    first, second = sorted(facts[:2], key=lambda fact: -fact.quantity.base)
    apart = difference(first, second)
    return f"，相差{apart.size}" if apart and len(facts) == 2 else ""


def told(seen: Lens, found: Found) -> str:
    """One ask's answer: the figure, in the unit asked for, or both sides of a conflict."""
    return (
        conflict(seen, found.facts)
        if len(found.facts) > 1
        else stated(seen, found.fact) + converted(found.fact, found.ask.text)
    )


def converted(fact: Fact, question: str) -> str:
    """（即7,054.05万元）, where 多少万元 is asked of a figure in 元; "" where the units are the same."""
    asked = re.search("多少(万元|亿元|元)", question)
    own, wanted = fact.quantity, unit(asked[1]) if asked else None
    if wanted is None or own.unit.dimension != "money" or own.unit.factor == wanted.factor or not own.value:
        return ""
    value = own.base / wanted.factor
    exact = value == value.to_integral_value()
    return f"（即{show(value, wanted, 0 if exact else 2)}）"


def blank_cell(cell: Blank) -> Reply:
    """An empty or dashed cell: not given, and not zero."""
    mark = "空白" if not cell.text.strip() else f"“{cell.text.strip()}”"
    place = describe(cell.place, cell.report)
    row = plain(cell.row)
    name = f"{row}的{cell.column.rpartition('/')[2]}" if cell.column else row
    if cell.parent:
        rest = "、".join(f"{name_of(fact)}{shown(fact.quantity)}" for fact in cell.parent)
        text = say("blank_part", name=name, place=place, mark=mark, rest=rest)
        return Reply(
            text, cell.parent, (Citation(cell.place, cell.row, place),), missing=(say("blank_missing", name=name),)
        )
    return Reply(
        say("blank", name=name, place=place, mark=mark),
        citations=(Citation(cell.place, cell.row, place),),
        missing=(say("blank_missing", name=name),),
        refused=True,
    )


def sources(seen: Lens, facts: Sequence[Fact]) -> tuple[Citation, ...]:
    """A quotation for every fact, each place once."""
    made = {(fact.place.report, fact.place.block, fact.place.table, fact.place.row, fact.quote): fact for fact in facts}
    return tuple(cite(fact, seen.report(fact)) for fact in made.values())
