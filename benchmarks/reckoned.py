"""Asks what reviewers reckon over the rows of a table: shares of the first three, places, averages, gaps, rates moved.

    python -m benchmarks.reckoned FILE… [--most 8] [--form 排第几] [--list]

Made from columns of tables without any gold (seeded, so that runs compare); the right answer is worked out from the
cells. Right is what tells every figure wanted and the place in order; wrong is worse than refused.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from assistant import Answer
from benchmarks.asking import counted
from benchmarks.own_words import NAME, TOTAL, column, held, row
from ingest.fact import Fact
from ingest.layout.words import squeeze
from ingest.ledger import facts
from ingest.read import read
from ingest.report import Cell, Table

SEED = 17
LEAST = 4
"""Fewer rows than this are not ranked."""
PLACES = "一二三四五六七八九十"
NUMBER = re.compile(r"^(表\s*(?:[一二三四五六七八九十]+|\d{1,2}))(?![-－\d])")
WHOLE = re.compile(f"{TOTAL.pattern}|得分$|总分$")
FULL = re.compile("分值$|权重$|满分$|标准分$")
SCORE = re.compile("得分$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the figures of its answer in base units with their dimensions, and words that it holds."""

    form: str
    question: str
    figures: tuple[tuple[Decimal, str], ...]
    words: tuple[str, ...] = ()


def made(path: Path, seed: int = SEED) -> list[Asked]:
    """Questions of every form over the tables of a report, in random order."""
    report, chance = read(path), random.Random(seed)
    columns: dict[tuple[int, int | None], list[Fact]] = {}
    for fact in everywhere(facts(report)):
        if fact.place.table is not None and NAME.match(column(fact)):
            columns.setdefault((fact.place.table, fact.place.col), []).append(fact)
    heads = [column(cells[0]) for cells in columns.values()]
    tables = {table.number: table for table in report.tables if table.layout == "grid" and not table.hidden}
    found: list[Asked] = []
    for (number, _), cells in columns.items():
        items = [fact for fact in cells if not WHOLE.search(fact.subject) and "/" not in fact.subject]
        names = {row(fact) for fact in items}
        alike = len({(column(fact), fact.quantity.unit.name) for fact in items}) == 1
        if number not in tables or len(items) < LEAST or not alike or not all(map(NAME.match, names)):
            continue
        alone = sum(head.endswith(column(items[0])) for head in heads) == 1
        said = "" if alone else named(tables[number])
        if len(names) == len(items) and (alone or said):
            found += [*weighed(items, cells, said, chance), *rated(items, said, chance)]
    for number in tables:
        own = [fact for (at, _), cells in columns.items() if at == number for fact in cells]
        found += [*lost(own), *of_kinds(tables[number], own, list(tables.values()))]
    chance.shuffle(found)
    return found


def everywhere(told: Sequence[Fact]) -> Iterator[Fact]:
    """Every fact at each of its places in tables."""
    for fact in told:
        for place in (fact.place, *fact.also):
            if place.table is not None:
                yield replace(fact, place=place)


def named(table: Table) -> str:
    """How a question calls a table by its number; nothing where it bears none."""
    number = NUMBER.match(squeeze(table.caption))
    return f"{number[1]}中" if number else ""


def ranked(order: Sequence[Fact], said: str, chance: random.Random) -> Iterator[Asked]:
    """The place of a row in its column; how often one holds another."""
    values = [fact.quantity.base for fact in order]
    name, kind = column(order[0]), order[0].dimension
    at = chance.randrange(min(len(order), len(PLACES)))
    if values.count(values[at]) == 1:
        place = f"第({PLACES[at]}|{at + 1}(?!\\d))"
        yield Asked("排第几", f"{said}{row(order[at])}的{name}排第几？", ((values[at], kind),), (place,))
    one, other = order[0], chance.choice(order[1:])
    times = (one.quantity.base / other.quantity.base, "ratio")
    yield Asked("几倍", f"{said}{row(one)}的{name}是{row(other)}的多少倍？", (times,))


def weighed(items: Sequence[Fact], cells: Sequence[Fact], said: str, chance: random.Random) -> Iterator[Asked]:
    """Rows of a column that its total sums: the first three of it, what two leave, the mean, two with their gap."""
    order = sorted(items, key=lambda fact: -fact.quantity.base)
    values = [fact.quantity.base for fact in order]
    name, kind = column(items[0]), items[0].dimension
    totals = [fact.quantity.base for fact in cells if TOTAL.search(fact.subject)]
    if kind not in ("money", "count") or totals != [sum(values)] or values[-1] <= 0:
        return
    yield from ranked(order, said, chance)
    whole, top = totals[0], sum(values[:3], Decimal(0))
    if values[2] != values[3]:
        share = (top / whole, "ratio")
        yield Asked("前三占比", f"{said}{name}最大的三项合计占总额的比重是多少？", ((top, kind), share))
        yield Asked("前三合计", f"{said}{name}排前三位的合计是多少？", ((top, kind),))
    one, other = sorted(chance.sample(items, 2), key=lambda fact: -fact.quantity.base)
    big, small = one.quantity.base, other.quantity.base
    left = (whole - big - small, kind)
    yield Asked("除两项外", f"{said}除{row(one)}和{row(other)}外，其余各项的{name}合计多少？", (left,))
    gap = (big - small, kind)
    each = ((big, kind), (small, kind), gap)
    yield Asked("各是多少相差", f"{said}{row(one)}和{row(other)}的{name}各是多少，相差多少？", each)
    both = ((big + small, kind), ((big + small) / whole, "ratio"))
    yield Asked("两项占比", f"{said}{row(one)}和{row(other)}的{name}合计多少，占总额的比重是多少？", both)
    yield Asked("平均", f"{said}各项的{name}平均是多少？", ((whole / len(items), kind),))


def rated(items: Sequence[Fact], said: str, chance: random.Random) -> Iterator[Asked]:
    """Rates of two rows and the points between them; how far the highest and the lowest lie apart."""
    name = column(items[0])
    if any(fact.quantity.unit.name != "%" for fact in items) or not re.search("率|比重|进度|比例", name):
        return
    order = sorted(items, key=lambda fact: -fact.quantity.base)
    one, other = sorted(chance.sample(items, 2), key=lambda fact: -fact.quantity.base)
    gap = one.quantity.base - other.quantity.base
    if gap:
        apart = f"{said}{row(one)}的{name}比{row(other)}高多少个百分点？"
        yield Asked("高几个百分点", apart, ((gap, "point"),))
    top, low = order[0].quantity.base, order[-1].quantity.base
    if top > order[1].quantity.base and low < order[-2].quantity.base:
        ends = ((top, "ratio"), (low, "ratio"), (top - low, "point"))
        yield Asked("最高最低差", f"{said}{name}最高的和最低的分别是哪个，相差多少个百分点？", ends)


def lost(cells: Sequence[Fact]) -> Iterator[Asked]:
    """Points lost row by row of a scoring table, where full marks and scores stand beside each other."""
    rows: dict[int | None, list[Fact]] = {}
    for fact in cells:
        if not WHOLE.search(fact.subject):
            rows.setdefault(fact.place.row, []).append(fact)
    down: dict[str, Decimal] = {}
    for line in rows.values():
        full = [fact for fact in line if FULL.search(column(fact))]
        score = [fact for fact in line if SCORE.search(column(fact))]
        if len(full) == len(score) == 1:
            down[row(score[0])] = full[0].quantity.value - score[0].quantity.value
    order = sorted((name for name in down if down[name] > 0), key=lambda name: -down[name])
    if len(down) < LEAST or len(order) < 2:
        return
    for name in order:
        yield Asked("扣几分", f"{name}扣了多少分？", ((down[name], "score"),))
    if down[order[0]] > down[order[1]]:
        yield Asked("扣分最多", "扣分最多的指标是哪个，扣了多少分？", ((down[order[0]], "score"),), (order[0],))
    yield Asked("一共扣分", "各项指标一共扣了多少分？", ((sum((down[n] for n in order), Decimal(0)), "score"),))


def of_kinds(table: Table, cells: Sequence[Fact], tables: Sequence[Table]) -> Iterator[Asked]:
    """What the indicators under one kind (产出类) weigh, score and lose, where one table alone has such a kind."""
    for cell in table.cells:
        kind = kind_in(cell)
        if not kind or sum(kind == kind_in(other) for one in tables for other in one.cells) > 1:
            continue
        rows = range(cell.row, cell.row + cell.rowspan)
        own = [fact for fact in cells if fact.place.row in rows and not WHOLE.search(fact.subject)]
        full, score = ({f.place.row: f.quantity.value for f in own if w.search(column(f))} for w in (FULL, SCORE))
        if len(full) < 2 or set(full) != set(score) or len(own) < 2 * len(full):
            continue
        heads = {column(fact) for fact in own if SCORE.search(column(fact))}
        if len(heads) == 1:
            total = sum(score.values(), Decimal(0))
            yield Asked("一类得分", f"{kind}类各指标得分合计是多少？", ((total, "score"),))
            yield Asked("一类得分相等", f"{kind}类各指标得分加起来是{total + 1}分吗？", ((total, "score"),), ("不",))
            yield Asked("一类分值", f"{kind}类各指标分值之和是多少？", ((sum(full.values(), Decimal(0)), "score"),))
        down = {row: full[row] - score[row] for row in full if full[row] > score[row]}
        if down:
            yield Asked("一类扣分", f"{kind}类指标一共扣了多少分？", ((sum(down.values(), Decimal(0)), "score"),))


def kind_in(cell: Cell) -> str:
    """The kind that a merged cell before several rows names: 产出 of 产出指标（50分）."""
    bare = re.sub(r"[（(].*|\d.*", "", squeeze(cell.text))
    kind = re.sub("类?指标$|类$", "", bare)
    return kind if cell.rowspan > 1 and re.fullmatch("[一-龥]{2,4}", kind) else ""


def judged(one: Asked, told: Answer) -> str:
    """对, 拒答 or 错."""
    text = squeeze(told.text)
    figures = all(held(text, value, dimension) for value, dimension in one.figures)
    if figures and all(re.search(word, text) for word in one.words):
        return "对"
    return "拒答" if told.refused else "错"


def wanted(one: Asked) -> str:
    """What a right answer holds, in base units."""
    return "、".join((*(f"{value:.4f}" for value, _ in one.figures), *one.words))


def main() -> None:
    """Print right, refused and wrong by form."""
    counted(__doc__, made, judged, wanted)


if __name__ == "__main__":
    main()
