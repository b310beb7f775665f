"""The facts of some readings, indexed once so that a label or a value finds its facts quickly.

Holds no verdicts; every figure of every later text is looked up here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import get_args

from assistant.check.agree import comparable, sign
from assistant.check.content import content as content
from assistant.check.names import names_of
from assistant.check.sources import Source, source
from ingest.fact import Fact
from ingest.ledger import items_of
from ingest.quantity import Dimension, Quantity, Unit
from ingest.reading import Reading
from ingest.record import record
from ingest.report import Report
from ingest.terms import canonical, is_total, sides

Key = tuple[str, tuple[str, ...], str, str, str]
"""subject, measure path, period, basis and dimension, all canonical: what makes two entries say the same thing."""


@record
class Entry:
    """A fact prepared for matching."""

    number: int
    fact: Fact
    report: Report
    key: Key
    label: frozenset[str]
    """Content terms of subject and measure path."""
    around: frozenset[str]
    """Content terms of section and caption: they may explain a claim's word, but need not be said."""
    quoted: frozenset[str]
    """Content terms of the quotation that stand in neither."""
    form: frozenset[str]
    """Terms of the label that only say its basis (实际完成值): a claim that names no basis need not say them."""
    sides: int
    """Which of two opposite things the label speaks of (收入 or 支出, 编制 or 在职)."""
    unspent: bool
    """Whether it is a budget of something of which the report also says what was spent: no 支出 that names no basis."""
    sign: int
    """Which way the figure goes, as far as it says."""
    names: frozenset[str]
    """Its whole names, as a sentence may write them out."""
    current: bool
    """Whether its period is the year under review, or any: what a claim that names none may mean."""


Overlap = tuple[int, int, int]
"""What the label of an entry and one claimed share, whatever else is claimed: worked out once for a label.

The entry's number; how much of the claimed label it explains, 0 … 1000; the weight of what is said of its own label.
Numbers alone, since thousands are kept and nothing in them is for the garbage collector to follow.
"""


@dataclass(frozen=True, slots=True)
class Amount:
    """One size in one way of writing, and the entries that carry it: held against a claim once for all of them."""

    quantity: Quantity
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The items of one column of a table, totals left out (表中一列)."""

    name: str
    label: frozenset[str]
    """Content terms of the column's header."""
    caption: frozenset[str]
    unit: Unit
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """底账: entries by number, by term, by size and by key."""

    readings: tuple[Reading, ...]
    entries: tuple[Entry, ...]
    by_label: Mapping[str, tuple[int, ...]]
    """By term: the entries whose label has it."""
    by_term: Mapping[str, Mapping[int, int]]
    """By term: the entries that have it anywhere, and what it tells there: its weight, twice that in the label."""
    by_key: Mapping[Key, tuple[int, ...]]
    rows: Mapping[str, tuple[int, ...]]
    """By canonical subject: what the report says of one thing."""
    by_name: Mapping[str, tuple[int, ...]]
    """By row and column heads in full, as a sentence may write them: the cells of tables."""
    sizes: Mapping[str, tuple[tuple[Decimal, ...], tuple[Amount, ...]]]
    """By dimension: absolute base values, ascending, and beside them the amounts of that size."""
    factors: tuple[Decimal, ...]
    """Factors of the units that occur, 1 left out: what a bare number may have been written in."""

    columns: tuple[Column, ...]
    items: tuple[str, ...]
    """Names of rows that are items of their own (projects, expenses), longest first."""
    year: int | None
    """The latest year under review: what 本年 and 上年 are counted from."""
    department: str
    """Whose report it is, "" where there are several."""

    sources: tuple[Source, ...]

    weights: Mapping[str, int]
    label_weights: tuple[int, ...]
    """Of each entry: the weights of its label's terms together, and how many they are."""
    widths: tuple[int, ...]
    kinds: Mapping[str, frozenset[int]]
    """By dimension: the entries that can be held against a figure of it, those without unit among them."""
    kept: dict[tuple[frozenset[str], str], tuple[Overlap, ...]] = field(default_factory=dict)
    """What labels have found, with the dimension they were asked for (likeness.py)."""

    def weight(self, term: str) -> int:
        """How telling a term is: longer and rarer ones count more (a whole-number inverse document frequency)."""
        return self.weights.get(term) or _weight(term, len(self.entries), 1)

    def by_unit(self, dimension: str) -> Iterable[Entry]:
        """Entries of one dimension, in reading order."""
        return (entry for entry in self.entries if entry.fact.quantity.unit.dimension == dimension)

    def between(self, low: Decimal, high: Decimal, dimension: str) -> Iterator[Entry]:
        """Entries whose size lies in [low, high], of one dimension or of none; of any where `dimension` is none."""
        return (self.entries[number] for amount in self.amounts(low, high, dimension) for number in amount.numbers)

    def amounts(self, low: Decimal, high: Decimal, dimension: str) -> Iterator[Amount]:
        """Amounts whose size lies in [low, high], of one dimension or of none; of any where `dimension` is none."""
        for kind in self.sizes if dimension == "none" else (dimension, "none"):
            sizes, amounts = self.sizes.get(kind, ((), ()))
            yield from amounts[bisect_left(sizes, low) : bisect_right(sizes, high)]


def index(readings: Sequence[Reading]) -> Ledger:
    """The ledger of these readings, built once and kept while they are in use."""
    return _index(tuple(readings))


@lru_cache(maxsize=8)
def _index(readings: tuple[Reading, ...]) -> Ledger:
    entries: list[Entry] = []
    for reading in readings:
        captions = {table.number: table.caption for table in reading.report.tables}
        spent = frozenset(fact.subject for fact in reading.facts if fact.basis == "决算")
        for fact in reading.facts:
            entries.append(_entry(len(entries), fact, reading.report, captions, spent))
    by_term: defaultdict[str, dict[int, int]] = defaultdict(dict)
    by_key: dict[Key, list[int]] = {}
    rows: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for entry in entries:
        by_key.setdefault(entry.key, []).append(entry.number)
        if entry.fact.subject and entry.fact.place.table:
            for name in entry.names:
                by_name.setdefault(name, []).append(entry.number)
        if entry.fact.subject:
            rows.setdefault(entry.key[0], []).append(entry.number)
        for where, times in ((entry.label, 2), (entry.around, 1), (entry.quoted, 1)):
            for term in where:
                by_term[term][entry.number] = times
    by_label = {term: tuple(number for number, times in found.items() if times > 1) for term, found in by_term.items()}
    weights = {term: _weight(term, len(entries), len(found)) for term, found in by_term.items()}
    return Ledger(
        readings=readings,
        entries=tuple(entries),
        by_label={term: numbers for term, numbers in by_label.items() if numbers},
        by_term={
            term: {number: weights[term] * times for number, times in found.items()} for term, found in by_term.items()
        },
        by_key={key: tuple(numbers) for key, numbers in by_key.items()},
        rows={subject: tuple(numbers) for subject, numbers in rows.items()},
        by_name={name: tuple(numbers) for name, numbers in by_name.items()},
        sizes=_sizes(entries),
        factors=tuple(sorted({entry.fact.quantity.unit.factor for entry in entries} - {Decimal(1)})),
        columns=_columns(entries),
        items=_items(readings),
        department=readings[0].report.department if len(readings) == 1 else "",
        weights=weights,
        label_weights=tuple(sum(map(weights.__getitem__, entry.label)) for entry in entries),
        widths=tuple(len(entry.label) for entry in entries),
        kinds=_kinds(entries),
        sources=tuple(map(source, readings)),
        year=max((reading.report.year for reading in readings if reading.report.year), default=None),
    )


def _items(readings: Iterable[Reading]) -> tuple[str, ...]:
    names = {item for one in readings for item in items_of(one.facts, one.report)}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _sizes(entries: Iterable[Entry]) -> dict[str, tuple[tuple[Decimal, ...], tuple[Amount, ...]]]:
    carried: dict[tuple[Decimal, int, str, str, Decimal], list[Entry]] = {}
    for entry in entries:
        quantity, unit = entry.fact.quantity, entry.fact.quantity.unit
        alike = (abs(quantity.value), quantity.places, quantity.relation, unit.dimension, unit.factor)
        carried.setdefault(alike, []).append(entry)
    found: dict[str, list[Amount]] = {}
    for (*_, dimension, _), group in carried.items():
        numbers = tuple(entry.number for entry in group)
        found.setdefault(dimension, []).append(Amount(group[0].fact.quantity, numbers))
    result = {}
    for dimension, amounts in found.items():
        amounts.sort(key=lambda amount: abs(amount.quantity.base))
        result[dimension] = (tuple(abs(amount.quantity.base) for amount in amounts), tuple(amounts))
    return result


def _kinds(entries: Sequence[Entry]) -> dict[str, frozenset[int]]:
    found: dict[Dimension, set[int]] = {kind: set() for kind in get_args(Dimension)}
    for entry in entries:
        found[entry.fact.quantity.unit.dimension].add(entry.number)
    return {
        kind: frozenset().union(*(numbers for other, numbers in found.items() if comparable(kind, other)))
        for kind in found
    }


def _weight(term: str, entries: int, found: int) -> int:
    return len(term) * (1 + (entries // found).bit_length())


def key_of(subject: str, measure: Sequence[str], period: str, basis: str, dimension: str) -> Key:
    """The canonical key of a label."""
    return canonical(subject), tuple(canonical(part) for part in measure), period, basis, dimension


_TOTAL = re.compile("合计|总分$|总计$|小计$")


def _columns(entries: Iterable[Entry]) -> tuple[Column, ...]:
    """Columns of at least two items in one unit; a row that is a part of another is no item of its own."""
    grouped: dict[tuple[str, int, int, str], list[Entry]] = {}
    for entry in entries:
        unit, item = entry.fact.quantity.unit, entry.fact.subject.rpartition("/")[2]
        if not item or is_total(item) or _TOTAL.search(item):
            continue
        for place in (entry.fact.place, *entry.fact.also):  # what prose says first is an item of the table too
            if place.table and place.col is not None:
                grouped.setdefault((place.report, place.table, place.col, unit.name), []).append(entry)
    found = []
    for (_, table, _, _), group in grouped.items():
        group.sort(key=lambda entry: entry.fact.place.table != table)
        fact = group[0].fact
        if len(group) > 1:
            name = f"表{table}“{fact.measure[-1]}”"
            caption = content(*fact.section[-1:])
            found.append(Column(name, content(*fact.measure), caption, fact.quantity.unit, tuple(group)))
    return tuple(found)


def _entry(number: int, fact: Fact, report: Report, captions: Mapping[int, str], spent: frozenset[str]) -> Entry:
    name = "".join((fact.subject, *fact.measure))
    label = content(fact.subject, *fact.measure) - _dates(fact.period)
    around = content(*fact.section, captions.get(fact.place.table or 0, "")) - label
    year = fact.period[:4]
    return Entry(
        number=number,
        fact=fact,
        report=report,
        key=key_of(fact.subject, fact.measure, fact.period, fact.basis, fact.quantity.unit.dimension),
        label=label,
        around=around,
        quoted=content(fact.quote) - label - around,
        form=_form(fact),
        sides=sides(name) | sides(fact.measure[-1]),  # 人员编制及在编总计/年末在编: the last word tells
        unspent="预算" in fact.basis and "支出" not in name.replace("支出预算", "") and fact.subject in spent,
        sign=sign(fact.quantity, fact.measure),
        names=names_of(fact),
        current=not (year.isdigit() and report.year) or year == f"{report.year}",
    )


@lru_cache(maxsize=4096)
def _dates(period: str) -> frozenset[str]:
    """The terms of a label that only say the fact's own year, which its period says already."""
    return content(period[:4] + "年", period[:4] + "年度") if period[:4].isdigit() else frozenset()


def _form(fact: Fact) -> frozenset[str]:
    """The terms of outcomes of a named item; that it is a goal, or what kind of amount (预算、决算), always matters."""
    columns = [part for part in fact.measure if canonical(part) == "完成值"]
    rest = [part for part in (fact.subject, *fact.measure) if part and part not in columns]
    return content(*columns) - content(*rest) if columns and rest else frozenset()
