"""Departments × years (对照表): the same measures of several reports side by side, with what makes them incomparable.

Each column is asked alone, as a question is: its cell holds the ledger's figure with its place, a ratio worked out
with its working, or the reason why there is none. It ranks nothing and settles no contradiction.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from assistant.answer import Verdict
from assistant.builtin.facts.blanks import blank
from assistant.builtin.facts.doubts import rivals
from assistant.builtin.facts.lens import Lens, lens
from assistant.builtin.facts.lookup import Found, look, names
from assistant.builtin.question.lexicon import reduced
from assistant.builtin.question.plan import Ask, plan
from assistant.builtin.rates.cards import Rate
from assistant.builtin.rates.recomputed import asked_rate, find_rate
from assistant.calculate import Result, agrees, difference, growth, said_in
from assistant.comparison_notes import row_notes, same_basis
from assistant.review.indicators import cards
from assistant.wording import written
from ingest.fact import Basis, Fact
from ingest.quantity import Unit, alike
from ingest.reading import Reading
from ingest.report import Place

FIRM = 0.75
"""A figure whose label fits its measure less well than this is not taken for it."""
PLANNED = ("目标", "计划")
"""Bases of what was only meant to be reached."""
BUDGETS = ("年初预算", "调整后预算", "预算")
"""Bases of what was only meant to be spent."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a row compares: the words it is looked up by, and the bases that may stand for it (指标)."""

    name: str
    says: str
    bases: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One department in one year; `reports` are the ids of what is stored of it."""

    department: str
    year: int | None
    reports: tuple[str, ...]
    readings: tuple[Reading, ...] = field(repr=False, compare=False, default=())

    @property
    def name(self) -> str:
        """澄湖县教育局2023年."""
        return f"{self.department}{self.year}年" if self.year else self.department


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one column, or the reason why there is none."""

    text: str = ""
    """In the row's unit."""
    verdict: Verdict | None = None
    """exact: stated; derived: worked out; conflict: the report contradicts itself. None: no figure."""
    facts: tuple[Fact, ...] = ()
    basis: str = ""
    """口径: of the figure, or of the denominator of a ratio."""
    working: str = ""
    reason: str = ""
    places: tuple[Place, ...] = ()
    value: Decimal | None = None
    """In base units, for ranking: worked out again where that is possible, else as stated."""
    change: Result | None = None
    """Against the same department's year before, where both stand on one basis."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measure across all columns, with what hinders comparing it (口径提示)."""

    measure: Measure
    unit: str
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Measures × (departments × years)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@cache
def measures() -> tuple[Measure, ...]:
    """The rows of a comparison that names none, in the order of the data file."""
    data = tomllib.loads(files("assistant").joinpath("comparison.toml").read_text(encoding="utf-8"))
    return tuple(
        Measure(row["name"], row["says"], tuple(row.get("bases", ())), tuple(row.get("aliases", ())))
        for row in data["measure"]
    )


def compare(readings: Sequence[Reading], wanted: Sequence[str] = ()) -> Comparison:
    """The wanted measures of these reports side by side.

    None named: those of the data file, and every indicator card that some column can fill.
    """
    columns = _columns(readings)
    seen = [lens(column.readings) for column in columns]
    if wanted:
        rows = [_row(measure_of(name), columns, seen) for name in dict.fromkeys(wanted)]
    else:
        rows = [_row(measure, columns, seen) for measure in measures()]
        known = {reduced(alias) for one in measures() for alias in (one.name, *one.aliases)}
        more = [Measure(card.name, card.name) for card in cards() if reduced(card.name) not in known]
        rows += [row for row in (_row(one, columns, seen) for one in more) if any(cell.text for cell in row.cells)]
    merged = [f"{one.name}由 {len(one.reports)} 份报告合看。" for one in columns if len(one.reports) > 1]
    return Comparison(columns, tuple(rows), tuple(merged))


def _columns(readings: Sequence[Reading]) -> tuple[Column, ...]:
    """One column for each department and year: departments as they come, years ascending."""
    groups: dict[tuple[str, int | None], list[Reading]] = {}
    for reading in readings:
        report = reading.report
        groups.setdefault((report.department or report.title or report.source, report.year), []).append(reading)
    order = list(dict.fromkeys(department for department, _ in groups))
    keys = sorted(groups, key=lambda key: (order.index(key[0]), key[1] or 0))
    return tuple(
        Column(name, year, tuple(one.report.id for one in groups[name, year]), tuple(groups[name, year]))
        for name, year in keys
    )


def measure_of(name: str) -> Measure:
    """A measure of the data file by any of its names; else the words as they are."""
    wanted = reduced(name)
    known = (one for one in measures() if wanted in {reduced(alias) for alias in (one.name, one.says, *one.aliases)})
    return next(known, Measure(name, name))


def _row(measure: Measure, columns: Sequence[Column], seen: Sequence[Lens]) -> Row:
    return row_of(measure, columns, [cell_of(measure, column, one) for column, one in zip(columns, seen, strict=True)])


def row_of(measure: Measure, columns: Sequence[Column], cells: Sequence[Cell]) -> Row:
    """Cells side by side: in one unit, each with its change against the year before, and what hinders comparing."""
    units = Counter(cell.facts[0].quantity.unit for cell in cells if cell.verdict in ("exact", "conflict"))
    unit = units.most_common(1)[0][0] if units else None
    cells = [_in_unit(cell, unit) for cell in cells]
    cells = [_with_change(cell, before) for cell, before in zip(cells, _before(cells, columns), strict=True)]
    derived = next((cell.text for cell in cells if cell.verdict == "derived"), "")
    return Row(
        measure,
        unit.name if unit else "%" if derived.endswith("%") else "",
        tuple(cells),
        tuple(row_notes([column.name for column in columns], [column.year for column in columns], cells)),
    )


def cell_of(measure: Measure, column: Column, seen: Lens) -> Cell:
    """What one column has of a measure."""
    planned = plan(measure.says, names(seen), (column.department,), column.year)
    rate = asked_rate(planned)
    if rate is not None:
        return _rate_cell(measure, seen, rate)
    if not planned.asks:
        return Cell(reason=f"看不懂“{measure.name}”指哪一个指标")
    ask = planned.asks[0]
    found = _done(seen, ask, look(seen, ask)) if not measure.bases else look(seen, ask)
    if found is None or found.score < FIRM or (measure.bases and found.fact.basis not in measure.bases):
        return _nothing(measure, ask, seen)
    if found.fact.basis in PLANNED and not measure.bases and ask.basis not in PLANNED:
        return _only_planned(found.facts)
    if len(found.facts) == 1:
        found = replace(found, facts=(*found.facts, *rivals(seen, found.fact)))
    return _stated(found)


def _done(seen: Lens, ask: Ask, found: Found | None) -> Found | None:
    """What was spent or reached before what was planned, where the words leave it open."""
    if found is None or ask.basis or found.fact.basis not in (*PLANNED, *BUDGETS):
        return found
    done: Basis = "完成" if found.fact.basis in PLANNED else "决算"
    other = look(seen, replace(ask, basis=done, dimension=found.fact.dimension))
    return other if other and other.score >= FIRM and other.fact.basis in (done, "") else found


def _nothing(measure: Measure, ask: Ask, seen: Lens) -> Cell:
    """Why there is no figure: the cell is empty, or the report does not speak of it."""
    empty = blank(seen, ask)
    if empty is not None and not empty.parent:
        mark = f"填“{empty.text.strip()}”" if empty.text.strip() else "空白"
        return Cell(reason=f"表中该格{mark}，未填报，不等于0", places=(empty.place,))
    return Cell(reason=f"报告没有提供{measure.name}")


def _only_planned(facts: Sequence[Fact]) -> Cell:
    return Cell(reason=f"报告只列了目标{written(facts[0].quantity)}，没有完成数", places=_places(facts))


def _stated(found: Found) -> Cell:
    facts = found.facts
    several = len(facts) > 1
    return Cell(
        text=written(facts[0].quantity),
        verdict="conflict" if several else "exact",
        facts=facts,
        basis=facts[0].basis,
        value=facts[0].quantity.base,
        working="报告另写" + "、".join(written(one.quantity) for one in facts[1:]) if several else "",
        places=tuple(fact.place for fact in facts),
    )


def _rate_cell(measure: Measure, seen: Lens, ask: Ask) -> Cell:
    """A ratio as the report states it, beside what its inputs give; what lacks is named."""
    rate = find_rate(seen, ask)
    if rate is None or (not rate.reported and rate.computed is None):
        missing = "、".join(rate.missing) if rate else ""
        return Cell(reason=f"缺{missing}" if missing else f"报告没有提供{measure.name}")
    made, stated = rate.computed, tuple(fact for fact in rate.reported if fact.basis not in PLANNED)
    if not stated and made is None:
        return _only_planned(rate.reported)
    if not stated and made is not None:
        return Cell(made.text, "derived", made.facts, rate.basis, made.working, "", _places(made.facts), _base(made))
    elsewhere = _on_other_basis(rate, stated)
    if elsewhere is not None and made is not None:
        basis, other = elsewhere
        facts = tuple(dict.fromkeys((stated[0], *made.facts, *other.facts)))
        working = f"以{basis}为基数；按{rate.basis}复算 {made.working}"
        return Cell(written(stated[0].quantity), "exact", facts, basis, working, "", _places(stated), _base(made))
    agree = made is None or made.text == written(stated[0].quantity) or _close(made, stated[0])
    verdict: Verdict = "exact" if agree and len(stated) == 1 else "conflict"
    others = "；报告另写" + "、".join(written(one.quantity) for one in stated[1:]) if len(stated) > 1 else ""
    working = (f"复算 {made.working}" if made else "") + others
    facts = tuple(dict.fromkeys((*stated, *(made.facts if made else ()))))
    value = _base(made) if made else stated[0].quantity.base
    return Cell(written(stated[0].quantity), verdict, facts, rate.basis, working, "", _places(stated), value)


def _on_other_basis(rate: Rate, stated: Sequence[Fact]) -> tuple[str, Result] | None:
    """The basis on which a stated rate comes out, where it is another than the usual one."""
    if len(stated) != 1 or rate.computed is None or agrees(rate.computed, stated[0].quantity):
        return None
    return next(((basis, made) for basis, made in rate.others if agrees(made, stated[0].quantity)), None)


def _base(made: Result) -> Decimal:
    return made.value * made.unit.factor


def _close(made: Result, stated: Fact) -> bool:
    return abs(_base(made) - stated.quantity.base) <= stated.quantity.half


def _places(facts: Sequence[Fact]) -> tuple[Place, ...]:
    return tuple(fact.place for fact in facts)


def _in_unit(cell: Cell, unit: Unit | None) -> Cell:
    """The cell in the row's unit; what was written stays in the working."""
    if unit is None or cell.verdict not in ("exact", "conflict"):
        return cell
    own = cell.facts[0].quantity
    if own.unit == unit or not alike(own.unit, unit):
        return cell
    text = said_in(own, unit)
    return replace(
        cell, text=text, working="；".join(part for part in (f"{written(own)}＝{text}", cell.working) if part)
    )


def _before(cells: Sequence[Cell], columns: Sequence[Column]) -> list[Cell | None]:
    """For each cell that of the same department in the year before."""
    at = {(column.department, column.year): cell for column, cell in zip(columns, cells, strict=True)}
    return [at.get((column.department, column.year - 1)) if column.year else None for column in columns]


def _with_change(cell: Cell, before: Cell | None) -> Cell:
    """The change against the year before, where both are stated figures of one basis and one name."""
    stated = before is not None and cell.verdict == before.verdict == "exact"
    if before is None or not stated or same_basis(cell.basis) != same_basis(before.basis):
        return cell
    now, then = cell.facts[0], before.facts[0]
    ratio = now.dimension in ("ratio", "point")
    return replace(cell, change=difference(now, then) if ratio else growth(now, then))
