"""The facts of some readings, indexed once so that a label or a value finds its facts quickly.

Holds no verdicts; every figure of every later text is looked up here.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.fact import Fact
from ingest.ledger import items_of
from ingest.quantity import Unit
from ingest.reading import Reading
from ingest.report import Report
from ingest.terms import canonical, is_total, sides, terms

Key = tuple[str, tuple[str, ...], str, str, str]
"""subject, measure path, period, basis and dimension, all canonical: what makes two entries say the same thing."""


@dataclass(frozen=True, slots=True)
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
class Source:
    """What a quotation or a name is looked up in: the texts of a report without spaces."""

    year: int | None
    """The year under review."""
    prose: str
    cells: str
    """Texts of tables."""

    def may_speak_of(self, period: str) -> bool:
        """Whether a period can be that of the report; one left unsaid can."""
        return not period[:4].isdigit() or self.year is None or period[:4] == f"{self.year}"

    def names(self, name: str) -> bool:
        """Whether the report has this very name."""
        wanted = squeezed(name).strip('“”"《》')
        return len(wanted) > 1 and (wanted in self.prose or wanted in self.cells)


@dataclass(frozen=True, slots=True)
class Ledger:
    """底账: entries by number, by term, by size and by key."""

    readings: tuple[Reading, ...]
    entries: tuple[Entry, ...]
    by_id: Mapping[str, Entry]
    by_label: Mapping[str, tuple[int, ...]]
    """By term: the entries whose label has it, and those that have it only around or in their quotation."""
    by_rest: Mapping[str, tuple[int, ...]]
    by_key: Mapping[Key, tuple[int, ...]]
    sizes: Mapping[str, tuple[tuple[Decimal, ...], tuple[int, ...]]]
    """By dimension: absolute base values, ascending, and beside them the entries that carry them."""
    factors: tuple[Decimal, ...]
    """Factors of the units that occur, 1 left out: what a bare number may have been written in."""

    columns: tuple[Column, ...]
    items: tuple[str, ...]
    """Names of rows that are items of their own (projects, expenses), longest first."""
    year: int | None
    """The latest year under review: what 本年 and 上年 are counted from."""

    sources: tuple[Source, ...]

    weights: Mapping[str, int]
    label_weights: tuple[int, ...]
    """Of each entry: the weights of its label's terms together."""

    def weight(self, term: str) -> int:
        """How telling a term is: longer and rarer ones count more (a whole-number inverse document frequency)."""
        return self.weights.get(term) or _weight(term, len(self.entries), 1)

    def by_unit(self, dimension: str) -> Iterable[Entry]:
        """Entries of one dimension, in reading order."""
        return (entry for entry in self.entries if entry.fact.quantity.unit.dimension == dimension)

    def between(self, low: Decimal, high: Decimal, dimension: str) -> Iterator[Entry]:
        """Entries whose size lies in [low, high], of one dimension or of none; of any where `dimension` is none."""
        for kind in self.sizes if dimension == "none" else (dimension, "none"):
            sizes, numbers = self.sizes.get(kind, ((), ()))
            for number in numbers[bisect_left(sizes, low) : bisect_right(sizes, high)]:
                yield self.entries[number]


class _Same:
    """A reading compared by identity: hashing a whole report for a cache look-up would cost more than the look-up."""

    __slots__ = ("reading",)

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.reading is self.reading

    def __hash__(self) -> int:
        return id(self.reading)


def index(readings: Sequence[Reading]) -> Ledger:
    """The ledger of these readings, built once for the same objects and kept while they are in use."""
    return _index(tuple(_Same(reading) for reading in readings))


@lru_cache(maxsize=8)
def _index(same: tuple[_Same, ...]) -> Ledger:
    readings = tuple(one.reading for one in same)
    entries: list[Entry] = []
    for reading in readings:
        captions = {table.number: table.caption for table in reading.report.tables}
        spent = frozenset(fact.subject for fact in reading.facts if fact.basis == "决算")
        for fact in reading.facts:
            entries.append(_entry(len(entries), fact, reading.report, captions, spent))
    by_label: dict[str, list[int]] = {}
    by_rest: dict[str, list[int]] = {}
    by_key: dict[Key, list[int]] = {}
    for entry in entries:
        by_key.setdefault(entry.key, []).append(entry.number)
        for term in entry.label:
            by_label.setdefault(term, []).append(entry.number)
        for term in entry.around | entry.quoted:
            by_rest.setdefault(term, []).append(entry.number)
    found = {term: len(by_label.get(term, ())) + len(by_rest.get(term, ())) for term in {*by_label, *by_rest}}
    weights = {term: _weight(term, len(entries), times) for term, times in found.items()}
    return Ledger(
        readings=readings,
        entries=tuple(entries),
        by_id={entry.fact.id: entry for entry in entries},
        by_label={term: tuple(numbers) for term, numbers in by_label.items()},
        by_rest={term: tuple(numbers) for term, numbers in by_rest.items()},
        by_key={key: tuple(numbers) for key, numbers in by_key.items()},
        sizes=_sizes(entries),
        factors=tuple(sorted({entry.fact.quantity.unit.factor for entry in entries} - {Decimal(1)})),
        columns=_columns(entries),
        items=_items(readings),
        weights=weights,
        label_weights=tuple(sum(weights[term] for term in entry.label) for entry in entries),
        sources=tuple(map(_source, readings)),
        year=max((reading.report.year for reading in readings if reading.report.year), default=None),
    )


def _items(readings: Iterable[Reading]) -> tuple[str, ...]:
    names = {item for one in readings for item in items_of(one.facts, one.report)}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _sizes(entries: Iterable[Entry]) -> dict[str, tuple[tuple[Decimal, ...], tuple[int, ...]]]:
    found: dict[str, list[tuple[Decimal, int]]] = {}
    for entry in entries:
        quantity = entry.fact.quantity
        found.setdefault(quantity.unit.dimension, []).append((abs(quantity.base), entry.number))
    return {
        kind: (tuple(size for size, _ in sorted(pairs)), tuple(number for _, number in sorted(pairs)))
        for kind, pairs in found.items()
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
        place, unit = entry.fact.place, entry.fact.quantity.unit
        item = entry.fact.subject.rpartition("/")[2]
        if place.table and place.col is not None and item and not is_total(item) and not _TOTAL.search(item):
            grouped.setdefault((place.report, place.table, place.col, unit.name), []).append(entry)
    found = []
    for (_, table, _, _), group in grouped.items():
        fact = group[0].fact
        if len(group) > 1:
            name = f"表{table}“{fact.measure[-1]}”"
            caption = content(*fact.section[-1:])
            found.append(Column(name, content(*fact.measure), caption, fact.quantity.unit, tuple(group)))
    return tuple(found)


def squeezed(text: str) -> str:
    """A text as quotations are compared: without spaces and in one form of its characters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _source(reading: Reading) -> Source:
    report = reading.report
    prose = "\n".join(squeezed(block.text) for block in report.blocks if block.text and not block.hidden)
    cells = "\n".join(squeezed(cell.text) for table in report.tables for cell in table.cells if not cell.hidden)
    return Source(report.year, prose, cells)


_PIECES = re.compile("年初|年末|调整后|预算|决算|执行率|收入|支出|结转|结余|目标|完成")
"""What compound names (收入决算数, 年初预算数) are made of, so that 收入/决算 in a table's header says the same."""


SHORT = 5
"""A name this short of which the terms have lost more than a character (完成率) stands for itself as well."""


@lru_cache(maxsize=65536)
def _content(part: str) -> frozenset[str]:
    found: set[str] = set()
    for term in terms(part):
        if term[0].isdigit():
            continue
        left = _PIECES.sub("", term) if len(term) > 2 else term
        found.update(_PIECES.findall(term) if left in ("", "数", "额", "总额") else [term])
    name = canonical(part)
    if len(name) <= SHORT and sum(map(len, found)) + 1 < len(name):
        found.add(name)
    return frozenset(found)


def content(*parts: str) -> frozenset[str]:
    """Content terms of some labels, figures left out."""
    return frozenset().union(*map(_content, parts))


def _entry(number: int, fact: Fact, report: Report, captions: Mapping[int, str], spent: frozenset[str]) -> Entry:
    name = "".join((fact.subject, *fact.measure))
    label = content(fact.subject, *fact.measure)
    around = content(*fact.section, captions.get(fact.place.table or 0, "")) - label
    return Entry(
        number=number,
        fact=fact,
        report=report,
        key=key_of(fact.subject, fact.measure, fact.period, fact.basis, fact.quantity.unit.dimension),
        label=label,
        around=around,
        quoted=content(fact.quote) - label - around,
        form=_form(fact),
        sides=sides(name),
        unspent="预算" in fact.basis and "支出" not in name and fact.subject in spent,
    )


def _form(fact: Fact) -> frozenset[str]:
    """The terms of outcomes of a named item; that it is a goal, or what kind of amount (预算、决算), always matters."""
    columns = [part for part in fact.measure if canonical(part) == "完成值"]
    rest = [part for part in (fact.subject, *fact.measure) if part and part not in columns]
    return content(*columns) - content(*rest) if columns and rest else frozenset()
