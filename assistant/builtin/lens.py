"""The reports of a question seen as labels: every fact with the words that name it, weighed by how telling they are.

Finds facts for words; it answers nothing, computes nothing and never settles which of two readings is right.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from threading import Lock
from typing import TYPE_CHECKING

from assistant.answer import Finding
from assistant.builtin.beside import beside
from assistant.builtin.layers import Layer, layers
from assistant.builtin.lexicon import lexicon, pairs, pattern, reduced, spelled, without_basis
from assistant.wording import column_label, row_label
from ingest.fact import Basis, Fact
from ingest.quantity import Unit, unit
from ingest.reading import Reading
from ingest.report import Block, Report, Table, grid
from ingest.terms import basis_of, is_total

if TYPE_CHECKING:
    from assistant.builtin.outline import Part
    from assistant.builtin.passages import Sentence

BUDGETS: tuple[Basis, ...] = ("年初预算", "调整后预算", "预算")
HEADLESS = 0.75
"""What is left of a hit's recall when it lacks the head noun of what is asked for."""
ORIGIN = re.compile("原来|原先|此前")
BESIDE = 0.85
"""What is left of a hit's score when what is asked for only stands before the head noun of its name."""
CLOSE = 0.9
"""Hits that score within this share of the best one are read alike."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked for: its words without function words, its basis and kind of figure, its year."""

    text: str
    phrase: str
    basis: Basis = ""
    dimension: str = ""
    """money, count, ratio, score, or "" where the words do not say."""
    year: int | None = None
    """As named in the question; None means the year under review."""
    part: str = ""
    """分值, 目标, 完成, 得分: the column of a scoring table that is meant."""
    unit: str = ""
    """What is counted (场, 家), where the question says so."""
    context: str = ""
    """The whole question: its words help to say which of several names is meant, never what is asked."""


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
    names: list[tuple[str, ...]] = field(default_factory=list, repr=False)
    """Names that a question is not cut inside, made when first asked for."""
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

    def weight(self, found: Iterable[str]) -> float:
        """How telling some pairs are together; pairs that no report uses are the most telling."""
        return sum(self.weights.get(pair, self.rarest) for pair in found)

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
_KEEP = 8
_MAKING = Lock()


def lens(readings: Sequence[Reading]) -> Lens:
    """The lens over these readings; the last few are kept, since questions come in rows."""
    wanted = tuple(readings)
    for known, made in _MADE:
        if len(known) == len(wanted) and all(a is b for a, b in zip(known, wanted, strict=True)):
            return made
    with _MAKING:
        known_now = [made for known, made in _MADE if len(known) == len(wanted) and all(map(is_, known, wanted))]
        if known_now:
            return known_now[0]
        made = _make(wanted)
        _MADE.append((wanted, made))
        del _MADE[:-_KEEP]
    return made


def _make(readings: tuple[Reading, ...]) -> Lens:
    entries: list[Entry] = []
    for reading in readings:
        for fact in (*reading.facts, *merged(reading)):
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
    name = "/".join((fact.subject, *fact.measure))
    core = pairs(without_basis(named(name)))
    short = {
        pairs(without_basis(named(f"{part}/{last}"))) or core
        for part in fact.subject.split("/")
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


def named(label: str) -> str:
    """A label without 其中, numbering and the like, in one spelling."""
    bare = re.sub(r"(^|/)(其中:?|[一二三四五六七八九十]+、|\d+[.、](?!\d))", r"\1", reduced(label))
    return re.sub(r"20\d\d年(?:度|末|初)?|全年(?!预算|执行)|本年度?", "", bare)


def find(seen: Lens, ask: Ask, floor: float = 0.6, precise: float = 0.3) -> tuple[Hit, ...]:
    """Facts that the words of an ask name, the best first. Nothing below the floors is returned."""
    wanted = pairs(ask.phrase) or pairs(ask.text)
    if not wanted:
        return ()
    weight = seen.weight(wanted)
    head = _head(ask.phrase)
    spoken = wanted | pairs(reduced(ask.text)) | pairs(reduced(ask.context))
    orders = {order for pair in wanted for order in seen.by_pair.get(pair, ())}
    hits = [hit for order in orders if (hit := _score(seen, seen.entries[order], ask, wanted, weight, spoken, head))]
    good = [
        hit
        for hit in hits
        if hit.recall >= floor and hit.precision >= (precise if hit.recall < 0.75 else 0.5 * precise)
    ]
    good.sort(key=lambda hit: (-round(hit.score, 4), *_rank(hit.fact)))
    return tuple(good)


def _rank(fact: Fact) -> tuple[int, int, str]:
    """Of equals: certain ones, tables before prose, in reading order."""
    return (not fact.certain, fact.kind != "table", fact.id.rpartition(":")[2].zfill(8))


def _score(
    seen: Lens, entry: Entry, ask: Ask, wanted: frozenset[str], weight: float, spoken: frozenset[str], head: str
) -> Hit | None:
    fact = entry.fact
    if not admits(ask, entry):
        return None
    held = seen.weight(wanted & entry.core)
    letters = set("".join(entry.core | entry.caption))
    loose = {pair for pair in wanted - entry.core if letters.issuperset(pair)}
    held += 0.5 * seen.weight(loose)
    beside = seen.weight((wanted & entry.around) - entry.core - loose)
    recall = (held + 0.5 * beside) / weight
    if head and head not in entry.core | entry.caption and not letters.issuperset(head):
        recall *= HEADLESS
    precision = max(share(seen, name, spoken) for name in entry.names)
    score = recall * (0.55 + 0.45 * precision) * _preference(ask, entry)
    return Hit(fact, recall, precision, score if _heads(ask, fact) else BESIDE * score)


def _heads(ask: Ask, fact: Fact) -> bool:
    """Whether a figure of the prose is of the thing asked for (下辖派出所), not of what is done to it."""
    name = reduced(fact.measure[-1])
    return fact.kind != "prose" or ask.phrase not in name or name.endswith(ask.phrase)


def share(seen: Lens, wanted: frozenset[str], held: frozenset[str]) -> float:
    """How much of some words others hold, 0 to 1; pairs whose characters stand apart there count half."""
    letters = set("".join(held))
    near = {pair for pair in wanted - held if letters.issuperset(pair)}
    weight = seen.weight(wanted)
    return (seen.weight(wanted & held) + 0.5 * seen.weight(near)) / weight if weight else 0.0


def admits(ask: Ask, entry: Entry) -> bool:
    """Whether basis, kind of figure and period of a fact may answer the ask at all."""
    fact = entry.fact
    dimension = fact.quantity.unit.dimension
    if ask.dimension and dimension != ask.dimension and not (ask.dimension == "count" and dimension == "none"):
        return False
    before = bool(ORIGIN.search(ask.text))
    if before != _is_origin(fact) and (before or ask.year not in years_of(fact.period)):
        return False
    if ask.unit and not _counts(fact.quantity.unit, ask.unit):
        return False
    if pattern("beside").search(fact.measure[-1]) and not pattern("beside").search(ask.text):
        return False  # 得分率 of a row is not the rate that the row is about
    if not _basis_admits(ask, fact):
        return False
    return before or _year_admits(ask, entry)


def _is_origin(fact: Fact) -> bool:
    """Whether a figure is what another one was before (由76%提高到98%)."""
    return fact.kind == "prose" and len(fact.measure) > 1 and fact.measure[-1] == "原值"


def _head(phrase: str) -> str:
    """The last pair of characters of what is asked for, its head noun, unless it is one that labels leave out."""
    bare = re.sub(
        r"(项目|资金|经费|工程|任务|人数|人员|数量|数额|总量|总数|工作|服务|活动|企业|机构)$", "", phrase.split(" ")[-1]
    )
    return bare[-2:] if len(bare) > 2 and not basis_of(bare[-2:]) else ""


def _counts(own: Unit, asked: str) -> bool:
    """Whether a figure is one of what is asked for in a unit; a bare number may be, 批次 counts what 批 does."""
    wanted = unit(asked)
    if wanted is None or own.dimension != wanted.dimension:
        return wanted is None or (own.dimension == "none" and wanted.dimension == "count")
    return own.dimension != "count" or _kind(own) == _kind(wanted) or _interchanged(own.name, asked)


def _interchanged(one: str, other: str) -> bool:
    """Whether people count a thing by either of two units (几台车, 3辆)."""
    return any({one, other} <= set(group) for group in lexicon()["alike"]["units"])


def _kind(own: Unit) -> str:
    """The kind of thing that a unit counts; 批次, 人次 and 家次 count what 批, 人 and 家 do."""
    known = unit(own.name.removesuffix("次")) or own
    return known.kind


def _basis_admits(ask: Ask, fact: Fact) -> bool:
    basis = fact.basis
    if ask.part == "分值" or ask.part == "得分":
        heads = "".join(fact.measure)
        return (
            ask.part in heads or (ask.part == "得分" and re.search("(评分|总分)$", heads) is not None)
        ) and fact.quantity.unit.dimension in ("score", "none")
    if ask.basis == "年初预算" or ask.basis == "调整后预算":
        return basis == ask.basis or (basis == "预算" and ask.basis == "调整后预算")
    if ask.basis == "预算":
        return basis in BUDGETS or basis == "计划"
    if ask.basis == "决算":
        return basis in ("决算", "", "完成") and fact.quantity.unit.dimension != "ratio"
    if ask.basis == "目标":
        return basis in ("目标", "计划")
    if ask.basis == "完成":
        return basis in ("完成", "", "决算")
    if ask.basis == "计划":
        return basis in ("计划", "目标", "预算")
    if ask.basis in ("调整", "差额"):
        return basis in ("调整", "差额")
    return True


def _year_admits(ask: Ask, entry: Entry) -> bool:
    years = years_of(entry.fact.period)
    if ask.year is None:
        return entry.year is None or not years or entry.year in years or _drafted(entry)
    return ask.year in years or (not years and entry.year == ask.year)


def _drafted(entry: Entry) -> bool:
    """A stock counted on a day before the budget year, while the budget was drafted (截至2025年8月31日)."""
    dated = re.fullmatch(r"(20\d\d)年(?:[1-9]|1[01])月\d+日", entry.fact.period)
    return bool(dated and entry.year and int(dated[1]) == entry.year - 1)


def years_of(period: str) -> tuple[int, ...]:
    """Calendar years named in a period."""
    return tuple(int(found) for found in re.findall(r"(?:19|20)\d\d", period))


def _preference(ask: Ask, entry: Entry) -> float:
    """Between facts with the same words: executed before budget, stated before difference, the report's own year."""
    fact = entry.fact
    factor = 1.0 if fact.certain else 0.93
    if ask.basis == "" and ask.part == "":
        factor *= {"决算": 1.0, "": 1.0, "完成": 1.0, "目标": 0.85, "计划": 0.85, "差额": 0.8, "调整": 0.9}.get(
            fact.basis, 0.9
        )
        if fact.quantity.unit.dimension == "score" and ask.dimension != "score":
            factor *= 0.8
    if ask.basis == "预算" and fact.basis == "年初预算":
        factor *= 0.97
    if ("累计" in ask.text) != (fact.period == "累计"):
        factor *= 0.85
    if ask.year is not None and entry.year != ask.year:
        factor *= 0.97
    if fact.measure[-1].rstrip("（%）()").endswith(("率", "占比")) and not re.search("率|占|比", ask.text):
        factor *= 0.85
    if fact.measure[-1].startswith("其中") and fact.kind == "table" and "其中" not in ask.text:
        factor *= 0.93
    if fact.subject and is_total(fact.subject) and not is_total(ask.text):
        factor *= 0.98
    return factor


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
        and one.quantity.unit.dimension == other.quantity.unit.dimension
        and (years_of(one.period) or (0,))[-1] == (years_of(other.period) or (0,))[-1]
        and loose.get(one.basis, one.basis) == loose.get(other.basis, other.basis)
    )


def differ(one: Fact, other: Fact) -> bool:
    """Values that are not one figure written to different places."""
    gap = abs(one.quantity.base - other.quantity.base)
    return gap > max(one.quantity.half, other.quantity.half)
