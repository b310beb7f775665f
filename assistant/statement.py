"""True sentences (真句): figures of a text bound to the facts they are, and facts of tables said as sentences.

For measuring the figure gate; nothing is judged here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.fact import Fact, label
from ingest.quantity import Quantity, alike, parse_cell, quantities, show
from ingest.terms import canonical


@dataclass(frozen=True, slots=True)
class Stated:
    """A true sentence and its figures; a figure's fact is None where it is not known which one it is."""

    text: str
    figures: tuple[tuple[Quantity, Fact | None], ...]
    context: str = ""
    """The question that it answers, for an answer that leaves its subject to the question."""
    lead: str = ""
    """What stands before it in its paragraph, where it leaves to that what it speaks of."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The ledger from which wrong rows, columns and years are taken, and by which a planted error is truly false."""

    facts: tuple[Fact, ...]
    rows: Mapping[tuple[int, int], Sequence[Fact]]
    columns: Mapping[tuple[int, int], Sequence[Fact]]
    labels: Mapping[str, Sequence[Fact]]
    quotes: Mapping[str, Sequence[Fact]]


def surroundings(facts: Iterable[Fact]) -> Surroundings:
    """Facts by row, column, label and sentence."""
    rows: defaultdict[tuple[int, int], list[Fact]] = defaultdict(list)
    columns: defaultdict[tuple[int, int], list[Fact]] = defaultdict(list)
    labels: defaultdict[str, list[Fact]] = defaultdict(list)
    quotes: defaultdict[str, list[Fact]] = defaultdict(list)
    every = tuple(facts)
    for fact in every:
        place = fact.place
        if place.table is not None and place.row is not None and place.col is not None:
            rows[place.table, place.row].append(fact)
            columns[place.table, place.col].append(fact)
        labels[canonical(label(fact))].append(fact)
        quotes[fact.quote].append(fact)
    return Surroundings(every, dict(rows), dict(columns), dict(labels), dict(quotes))


def is_false(quantity: Quantity, fact: Fact | None, around: Surroundings) -> bool:
    """Whether nothing the ledger says of this label (of anything, where the fact is not known) is that figure."""
    same = around.facts if fact is None else [*around.labels[canonical(label(fact))], *_kin(fact, around)]
    return not any(
        alike(other.quantity.unit, quantity.unit)
        and abs(abs(other.quantity.base) - abs(quantity.base)) <= quantity.half
        for other in same
    )


def _kin(fact: Fact, around: Surroundings) -> Iterable[Fact]:
    """What is said of the same thing on the same basis under a label that may be another name for it."""
    for other in around.facts:
        same = other.basis != "" and (other.basis, other.period) == (fact.basis, fact.period)
        named = fact.subject != "" and other.subject != ""
        if same and named and (fact.subject in other.subject or other.subject in fact.subject):
            yield other


def sentence(fact: Fact, around: Surroundings) -> Stated | None:
    """A table's fact as a sentence of its own: 2023年度职业教育专项的年初预算数为12.50万元。

    The outer headings are said only where the row has another figure under the same innermost one.
    """
    quantity = fact.quantity
    whole = parse_cell(quantity.text, None)
    same = whole is not None and (whole.value, whole.unit) == (quantity.value, quantity.unit)
    text = quantity.text if same else show(quantity.value, quantity.unit, quantity.places)
    beside = [one for one in around.facts if one.subject == fact.subject and one.measure[-1] == fact.measure[-1]]
    alone = len(fact.measure[-1]) > 3 and all(one.measure == fact.measure for one in beside)
    dated = re.fullmatch("20[0-9]{2}年?[末初度]?", fact.measure[-1]) and len(fact.measure) > 1
    name = _plain("".join(fact.measure[:-1]) if dated else fact.measure[-1] if alone else "".join(fact.measure))
    inner = fact.item
    only = len({one.subject for one in around.facts if one.item == inner}) == 1
    subject = _plain(inner if only else fact.subject.replace("/", "的"))
    period = fact.period.removesuffix("末") if subject.startswith("年末") else fact.period
    period = "" if name[:2] == "20" else period
    return bound(f"{period}{subject}{'的' if subject else ''}{name}为{text}。", (fact,))


def _plain(name: str) -> str:
    """A heading as it is said in a sentence: without its ordinal, 其中 and a unit in brackets."""
    return re.sub("^(?:[（(]?[一二三四五六七八九十0-9]+[）)、.]|其中[：:]?)+|[（(][^）)]{1,6}[）)]$", "", name)


def bound(text: str, facts: Sequence[Fact], context: str = "") -> Stated | None:
    """A sentence with its figures bound to facts of the same figure; None where it has no figure."""
    left = list(facts)
    figures: list[tuple[Quantity, Fact | None]] = []
    for quantity in quantities(text):
        fact = next((one for one in left if _is(one.quantity, quantity)), None)
        if fact:
            left.remove(fact)
        figures.append((quantity, fact))
    return Stated(text, tuple(figures), context) if figures else None


def _is(one: Quantity, other: Quantity) -> bool:
    return one.base == other.base and alike(one.unit, other.unit)
