"""The reports of a question seen as labels: every fact with the words that name it, weighed by how telling they are.

Finds facts for words; it answers nothing, computes nothing and never settles which of two readings is right.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import is_
from threading import Lock

from assistant.answer import Finding
from assistant.builtin.layout.beside import beside
from assistant.builtin.layout.layers import At, Layer, layers
from assistant.builtin.layout.outline import Part, Sentence
from assistant.builtin.layout.skeleton import Name
from assistant.builtin.question.lexicon import pairs, reduced, spelled, without_basis
from assistant.wording import column_label, row_label
from ingest.fact import Basis, Fact
from ingest.periods import part_of_year
from ingest.reading import Reading
from ingest.report import Block, Report, Table, grid

OWN = re.compile(
    r"20\d\d年(?:度|末|初)?|全年(?!预算|执行)|本年度?|[我本该](?:局|委|厅|院|校|镇|乡|县|区|市|街道|中心|部门|单位)(?!级)"
)
"""What a label says of the department itself and its year: 2023年末我局资产总额 is 资产总额."""
AIMS: tuple[Basis, ...] = ("目标", "计划")
"""Bases of what was set out to be done; none of them is an outcome."""
CLOSE = 0.9
"""Hits that score within this share of the best one are read alike."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with the words that name it."""

    fact: Fact
    core: frozenset[str]
    """Pairs of the subject and measure, words of basis taken out."""
    names: tuple[frozenset[str], ...]
    """Pairs of each shorter name that means the same: one part of the subject's path with the last of the measure."""
    around: frozenset[str]
    """Pairs of quote, section and caption."""
    caption: frozenset[str]
    """Pairs of the caption of its table."""
    year: int | None
    """Year under review of its report."""
    order: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact found for an ask. `recall`: share of the asked words that name it; `precision`: the other way round."""

    fact: Fact
    recall: float
    precision: float
    score: float


@dataclass(frozen=True, slots=True)
class Lens:
    """Readings with their labels weighed; made by `lens`, kept while the readings stay the same."""

    readings: tuple[Reading, ...]
    entries: tuple[Entry, ...]
    weights: dict[str, float] = field(repr=False)
    rarest: float = 1.0
    by_pair: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    reports: dict[str, Report] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = ()
    """What the reviewer raised about these reports."""
    table_words: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict, repr=False)
    """Pairs of all texts of a table, made when first asked for."""
    layers: dict[tuple[str, int], tuple[Layer, ...]] = field(default_factory=dict, repr=False)
    """The names of rows and columns of a table, made when first asked for."""
    figures: dict[tuple[str, int], dict[At, Fact]] = field(default_factory=dict, repr=False)
    """The figures of each table by row and column, made for all when first asked for."""
    spoken: dict[tuple[str, int], tuple[tuple[Layer, tuple[Name, ...]], ...]] = field(default_factory=dict, repr=False)
    """The names of each layer of a table in every spelling (see by_name), made when first asked for."""
    names: list[tuple[str, ...]] = field(default_factory=list, repr=False)
    """Names that a question is not cut inside, made when first asked for."""
    labels: list[tuple[str, ...]] = field(default_factory=list, repr=False)
    """The names that figures go by (see nicknames.labels), made when first asked for."""
    rows: list[tuple[tuple[str, tuple[Entry, ...]], ...]] = field(default_factory=list, repr=False)
    """The rows of all tables by the name of their subject (see records.all_rows), made when first asked for."""
    sentences: list[tuple[Sentence, ...]] = field(default_factory=list, repr=False)
    """All visible sentences (see passages.every), made when first asked for."""
    parts: list[tuple[Part, ...]] = field(default_factory=list, repr=False)
    """All titled prose (see passages.outline), made when first asked for."""

    def words_of(self, report: Report, table: Table) -> frozenset[str]:
        """Pairs of characters that stand in a table or its caption."""
        key = (report.id, table.number)
        if key not in self.table_words:
            texts = (table.caption, *table.section[-1:], *(cell.text for cell in table.cells))
            self.table_words[key] = frozenset().union(*(pairs(spelled(text)) for text in texts))
        return self.table_words[key]

    def layers_of(self, report: Report, table: Table) -> tuple[Layer, ...]:
        """The layers of names of a table."""
        key = (report.id, table.number)
        if key not in self.layers:
            self.layers[key] = (*beside(table), *layers(table))
        return self.layers[key]

    def figures_of(self, report: Report, table: Table) -> dict[At, Fact]:
        """The figures of a table by row and column."""
        if not self.figures:
            found: dict[tuple[str, int], dict[At, Fact]] = {}
            unseen = (fact for one in self.readings for fact in one.facts if not fact.certain)
            for place, fact in ((fact.place, fact) for fact in (*unseen, *self.facts)):
                if place.table is not None and place.row is not None and place.col is not None:
                    found.setdefault((place.report, place.table), {})[place.row, place.col] = fact
            self.figures.update(found)
        return self.figures.get((report.id, table.number), {})

    @property
    def facts(self) -> Iterator[Fact]:
        """The figures of all reports, in reading order."""
        return (entry.fact for entry in self.entries)

    def weight(self, found: Iterable[str]) -> float:
        """How telling some pairs are together; pairs that no report uses are the most telling.

        Rounded once, so that the order in which a set hands out its pairs decides nothing.
        """
        return math.fsum(self.weights.get(pair, self.rarest) for pair in found)

    def covered(self, wanted: frozenset[str], held: frozenset[str]) -> float:
        """The share of some words that others hold, 0 to 1 (see finding.share, which lets near ones count)."""
        weight = self.weight(wanted)
        return self.weight(wanted & held) / weight if weight else 0.0

    def report(self, fact: Fact) -> Report:
        """The report that states a fact."""
        return self.reports[fact.place.report]

    @property
    def year(self) -> int | None:
        """The year under review; of several reports the latest."""
        years = [r.report.year for r in self.readings if r.report.year]
        return max(years) if years else None

    @property
    def years(self) -> tuple[int, ...]:
        """The years under review of all the reports, earliest first."""
        return tuple(sorted({r.report.year for r in self.readings if r.report.year}))

    def blocks(self) -> Iterable[tuple[Report, Block]]:
        """Visible prose of all reports in reading order."""
        for reading in self.readings:
            for block in reading.report.blocks:
                if block.kind in ("paragraph", "note") and not block.hidden:
                    yield reading.report, block


_MADE: list[tuple[tuple[Reading, ...], Lens]] = []
_KEEP = 48
"""So many are kept: a question over a library is put to each of its departments, and to all of them."""
_MAKING = Lock()


def lens(readings: Sequence[Reading]) -> Lens:
    """The lens over these readings; those asked for last are kept, since questions come in rows."""
    wanted = tuple(readings)
    with _MAKING:
        at = next((at for at, (known, _) in enumerate(_MADE) if _same(known, wanted)), None)
        found = (wanted, _make(wanted)) if at is None else _MADE.pop(at)
        _MADE.append(found)
        del _MADE[:-_KEEP]
    return found[1]


def _same(known: Sequence[Reading], wanted: Sequence[Reading]) -> bool:
    return len(known) == len(wanted) and all(map(is_, known, wanted))


def _make(readings: tuple[Reading, ...]) -> Lens:
    entries: list[Entry] = []
    for reading in readings:
        unseen = {table.number for table in reading.report.tables if table.hidden}
        for fact in (*reading.facts, *merged(reading)):
            if fact.place.table in unseen and fact.period.startswith(f"{reading.report.year}"):
                continue  # a draft on a hidden sheet is no second value of what is published
            entries.append(_entry(fact, reading.report, len(entries)))
    seen: Counter[str] = Counter()
    texts = {entry.core for entry in entries}
    for core in texts:
        seen.update(core)
    for reading in readings:
        for block in reading.report.blocks:
            seen.update(pairs(reduced(block.text)))
    total = len(texts) + sum(len(reading.report.blocks) for reading in readings) + 1
    weights = {pair: math.log(1 + total / times) for pair, times in seen.items()}
    by_pair: dict[str, list[int]] = {}
    for entry in entries:
        for pair in entry.core:
            by_pair.setdefault(pair, []).append(entry.order)
    return Lens(
        readings,
        tuple(entries),
        weights,
        math.log(1 + total),
        {pair: tuple(found) for pair, found in by_pair.items()},
        {reading.report.id: reading.report for reading in readings},
    )


def _entry(fact: Fact, report: Report, order: int) -> Entry:
    quarter = part_of_year(fact.period)
    name = "/".join((fact.subject, quarter, *fact.measure))
    core = pairs(without_basis(named(name)))
    short = {
        pairs(without_basis(named(f"{part}/{last}"))) or core
        for part in (*fact.subject.split("/"), *([quarter] if quarter else ()))
        for last in (
            (fact.measure[-1] if named(fact.measure[-1]) else "/".join(fact.measure), "/".join(fact.measure))
            if part
            else ("/".join(fact.measure),)
        )
    }
    table = next((t for t in report.tables if t.number == fact.place.table), None) if fact.place.table else None
    context = "/".join((*fact.section, table.caption if table else "", fact.quote))
    around = pairs(reduced(context)) | pairs(reduced(name))
    return Entry(fact, core, tuple(short), around, pairs(reduced(table.caption if table else "")), report.year, order)


def merged(reading: Reading) -> list[Fact]:
    """Facts of prose that a table states just the same, seen from their cell: tables are read whole."""
    tables = {table.number: table for table in reading.report.tables}
    rows = {(fact.place.table, fact.place.row): fact.subject for fact in reading.facts if fact.kind == "table"}
    found = []
    for fact in reading.facts:
        for place in fact.also:
            if place.table in tables and place.row is not None and place.col is not None and fact.kind == "prose":
                table = tables[place.table]
                subject = rows.get((place.table, place.row)) or row_label(table, place.row)
                measure = (column_label(table, place.row, place.col) or fact.measure[-1],)
                quote = "｜".join(dict.fromkeys(text for text in grid(table)[place.row] if text.strip()))
                found.append(replace(fact, subject=subject, measure=measure, place=place, quote=quote, kind="table"))
    return found


@lru_cache(maxsize=65536)
def named(label: str) -> str:
    """A label without 其中, numbering and the like, in one spelling."""
    bare = re.sub(r"(^|/)(其中:?|[一二三四五六七八九十]+、|\d+[.、](?!\d))", r"\1", reduced(label))
    return OWN.sub("", bare)


def years_of(period: str) -> tuple[int, ...]:
    """Calendar years named in a period."""
    return tuple(int(found) for found in re.findall(r"(?:19|20)\d\d", period))


def distinct(hits: Sequence[Hit], close: float = CLOSE) -> tuple[Hit, ...]:
    """The best hit and those that say another value of the very same thing: same words, period, basis and kind."""
    if not hits:
        return ()
    best = hits[0]
    chosen = [best]
    for hit in hits[1:]:
        if hit.score < close * best.score:
            break
        if same_thing(hit.fact, best.fact) and all(differ(hit.fact, other.fact) for other in chosen):
            chosen.append(hit)
    return tuple(chosen)


def same_thing(one: Fact, other: Fact) -> bool:
    """Same report, kind of figure, period and basis, so that two values cannot both hold."""
    loose: dict[Basis, str] = {"": "决算", "完成": "决算", "预算": "调整后预算"}
    return (
        one.place.report == other.place.report
        and one.dimension == other.dimension
        and (years_of(one.period) or (0,))[-1] == (years_of(other.period) or (0,))[-1]
        and loose.get(one.basis, one.basis) == loose.get(other.basis, other.basis)
    )


def differ(one: Fact, other: Fact) -> bool:
    """Values that are not one figure written to different places."""
    gap = abs(one.quantity.base - other.quantity.base)
    return gap > max(one.quantity.half, other.quantity.half)
