"""Rates by the reviewer's indicator cards: inputs from the ledger, what is missing by name and supplier.

Never guesses an input.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look, readings_of
from assistant.builtin.facts.twins import twin
from assistant.builtin.facts.wholes import TOTAL, total_of
from assistant.builtin.question.lexicon import content, reduced
from assistant.builtin.question.plan import Ask
from assistant.calculate import Result, agrees, comparable, figures, percent, ratio_of_sums
from assistant.review.indicators import Card, cards, evaluate, names, worded
from assistant.review.inputs import Input, find_kinds
from assistant.review.inputs import find as find_input
from ingest.fact import Fact
from ingest.quantity import Quantity, show
from ingest.terms import is_total

OF_A_KIND = re.compile("货物|工程|服务|[大中小微]型?企业|类|行政|事业")
"""What the words before an indicator's name say where they mean a part of it: 服务类采购执行率 is not of all."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with what the report says of it and what its inputs give."""

    name: str
    reported: tuple[Fact, ...] = ()
    computed: Result | None = None
    basis: str = ""
    """The denominator's basis, in words."""
    others: tuple[tuple[str, Result], ...] = ()
    """The same rate on other bases."""
    missing: tuple[str, ...] = ()
    premise: str = ""
    """What has to be taken for granted, where another formula than the card's first one was used."""


def card_of(name: str) -> Card | None:
    """The indicator card whose name or alias the words end with, the longest first."""
    wanted = reduced(name).replace(" ", "")
    known = [(reduced(alias), card) for card in cards() for alias in (card.name, *card.aliases)]
    fit = [
        (alias, card)
        for alias, card in known
        if wanted.endswith(alias) and not OF_A_KIND.search(wanted.removesuffix(alias))
    ]
    return max(fit, key=lambda item: len(item[0]))[1] if fit else None


def by_card(seen: Lens, ask: Ask, card: Card, reported: Sequence[Fact]) -> Rate:
    """A common indicator by its card: inputs from the ledger, what is missing by name."""
    readings = readings_of(seen, ask.year)
    given = {
        one.key: _whole_of(seen, one, find_input(one, readings))
        or _in_total_row(seen, one, ask.year)
        or _labelled(seen, one, ask.year)
        for one in card.inputs
    }
    made_of = {one.key: given[one.key][:1] or find_kinds(one, readings) for one in card.inputs}
    ways = [("", card.formula), *((variant.premise, variant.formula) for variant in card.variants)]
    exact = {key: tuple(twin(seen, fact, coarser=False) for fact in facts) for key, facts in made_of.items()}
    worked = [
        (premise, made)
        for premise, way in ways
        for sides in (exact, made_of)
        if (made := _worked(way, sides, _places(reported)))
    ]
    held = [one for one in worked if any(agrees(one[1], fact.quantity) for fact in reported)]
    premise, computed = (held or worked)[0] if worked else ("", None)
    match = re.fullmatch(r"\w+ / (\w+)", card.formula)
    lacking = tuple(
        f"{one.name}（由{one.supplier}提供）" for one in card.inputs if not made_of[one.key] and not one.optional
    )
    if reported or computed is not None:
        lacking = ()
    under = next((one.name for one in card.inputs if match and one.key == match[1]), "")
    under = under if computed and not premise else ""
    return Rate(card.name, tuple(reported), computed, under, (), lacking, premise)


def _worked(formula: str, given: Mapping[str, tuple[Fact, ...]], places: int) -> Result | None:
    """A card's formula with its figures in it, all said in one unit; None where an input is not there."""
    keys = names(formula)
    facts = tuple(fact for key in keys for fact in given[key])
    if not all(given[key] for key in keys) or not comparable(facts):
        return None
    if simple := re.fullmatch(r"(\w+) / (\w+)", formula):
        return ratio_of_sums(given[simple[1]], given[simple[2]], places)
    sums = {key: sum((fact.quantity.base for fact in given[key]), Decimal(0)) for key in keys}
    value = evaluate(formula, sums)
    if value is None:
        return None
    said = {key: "＋".join(figures(given[key], facts[0].quantity.unit)) for key in keys}
    text = show(value * 100, percent(), places)
    return Result(value * 100, percent(), places, f"{worded(formula, sums, said)}＝{text}", facts)


def _whole_of(seen: Lens, wanted: Input, found: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """What the total row says under the same heading, where posts and staff are stated row by row (各单位编制)."""
    place = found[0].place if found else None
    if place is None or place.table is None or wanted.dimension != "count":
        return found
    if any(reduced(label.rpartition("/")[2]) in reduced(found[0].subject) for label in wanted.labels):
        return found
    whole = total_of(seen, found[0])
    return (whole,) if whole else found


def _in_total_row(seen: Lens, wanted: Input, year: int | None) -> tuple[Fact, ...]:
    """An input that a table states in its total row under the input's own heading (合计｜编制数)."""
    year, told = year or seen.year, []
    for fact in seen.facts:
        if fact.kind == "table" and TOTAL.search(fact.subject) and fact.dimension == wanted.dimension:
            said = reduced("".join(fact.measure))
            if (
                fact.basis not in ("差额", "目标")
                and (year is None or str(year) in fact.period)
                and any(
                    reduced(part) in said for words in wanted.labels for part in words.split("/")[-1:] if len(part) > 2
                )
            ):
                told.append(fact)
    whole = [fact for fact in told if is_total(fact.measure[-1])]
    alone = {(fact.place.table, fact.place.row) for fact in told}
    return tuple((whole or told)[:1]) if whole or len(told) == len(alone) else ()


def _labelled(seen: Lens, wanted: Input, year: int | None) -> tuple[Fact, ...]:
    """An input by its first name and its bases, as a question would ask for it."""
    for basis in wanted.bases:
        found = look(seen, Ask(wanted.labels[0], content(wanted.labels[0]), basis, wanted.dimension, year))  # type: ignore[arg-type]  # bases of the card
        if found and found.score >= 0.9 and found.fact.basis == basis:
            return found.facts
    return ()


def _places(reported: Sequence[Fact]) -> int:
    quantities: list[Quantity] = [fact.quantity for fact in reported]
    return max((one.places for one in quantities), default=2)
