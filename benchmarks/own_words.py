"""Asks for the cells of tables by their own names, one and two at a time, without any gold written for it.

    python -m benchmarks.own_words FILE… [--most 8] [--form 口语] [--list]

For every table a few questions of each form are made from names of rows and columns (seeded, so that runs compare);
the right answer is worked out from the cells themselves. An answer is right when it holds that figure, refused when it
says that the report does not give it, wrong otherwise. Wrong is worse than refused.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from assistant import Answer
from benchmarks.asking import counted
from ingest.fact import Fact
from ingest.ledger import facts
from ingest.quantity import quantities
from ingest.read import read
from ingest.terms import is_total

SEED = 3
TOTAL = re.compile("(?:合计|总计|小计|总额|全[市县区])$")
NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.．、]|[（(][一二三四五六七八九十\d]+[）)])?(?:其中[:：]?)?")
NAME = re.compile(r"^[^\d\s,.%/]{2}.{0,18}$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made from names, with the figures of its answer in base units."""

    form: str
    question: str
    wanted: tuple[Decimal, ...]
    dimension: str


def made(path: Path, seed: int = SEED) -> list[Asked]:
    """Questions of every form over the tables of a report, in random order."""
    chance = random.Random(seed)
    tables: dict[int, list[Fact]] = {}
    told = facts(read(path))
    known = [fact for fact in told if NAME.match(row(fact)) and fact.place.table is not None]
    for fact in known:
        if NAME.match(column(fact)) and fact.dimension in ("money", "count"):
            tables.setdefault(fact.place.table or 0, []).append(fact)
    columns = Counter(name for cells in tables.values() for name in {column(fact) for fact in cells})
    found = [one for cells in tables.values() for one in (*down(cells, chance, columns), *across(cells))]
    found += (*singly(known), *spoken(known), *of_prose(told))
    chance.shuffle(found)
    return found


def row(fact: Fact) -> str:
    """The name of a cell's row, without its number and 其中."""
    return NUMBERING.sub("", fact.item)


def column(fact: Fact) -> str:
    """The names above a cell, from outside."""
    return "".join(dict.fromkeys(fact.measure))


def singly(known: Sequence[Fact]) -> Iterator[Asked]:
    """Any cell that no other goes by the name of, sums and right halves of rows too; a row that has but one figure."""
    names: dict[tuple[str, str], list[Fact]] = {}
    rows: dict[str, list[Fact]] = {}
    for fact in known:
        rows.setdefault(row(fact), []).append(fact)
        if fact.measure:
            names.setdefault((row(fact), fact.measure[-1]), []).append(fact)
    for (of, under), cells in names.items():
        if len(cells) == 1 and NAME.match(under):
            form = "合计一格" if TOTAL.search(of) else "率一格" if is_rate(cells[0]) else "任一格"
            yield Asked(form, f"{of}的{under}是多少？", (cells[0].quantity.base,), cells[0].dimension)
    for of, cells in rows.items():
        if len(cells) == 1:
            yield Asked("独一行", f"{of}是多少？", (cells[0].quantity.base,), cells[0].dimension)


def of_prose(told: Sequence[Fact]) -> Iterator[Asked]:
    """Figures of sentences by the words before them (新增停车位多少个), where one value stands under these."""
    names: dict[tuple[str, str], list[Fact]] = {}
    for fact in told:
        names.setdefault((row(fact), fact.measure[-1]), []).append(fact)
    for (of, said), alike in names.items():
        one, values = alike[0], {fact.quantity.base for fact in alike}
        if one.place.table is None and one.basis != "差额" and len(values) == 1 and NAME.match(of + said):
            counted = one.dimension == "count" and one.quantity.unit.name
            how = f"多少{counted}" if counted else "是多少"
            name = of if of.endswith(said) else of + said
            yield Asked("正文计数" if counted else "正文", f"{name}{how}？", tuple(values), one.dimension)


SPOKEN = {
    "年初预算": ("年初安排", "{}年初安排了多少钱？"),
    "调整后预算": ("调整后", "{}调整后的预算是多少？"),
    "决算": ("花了", "{}实际花了多少钱？"),
    "目标": ("目标", "{}定的目标是多少？"),
    "完成": ("完成", "{}实际完成了多少？"),
}
"""How people ask for a figure on a basis: the name of the form, the question."""


def spoken(known: Sequence[Fact]) -> Iterator[Asked]:
    """A row's one figure on a basis in everyday words, what is left of its budget, how much of it was spent."""
    rows: dict[str, dict[str, list[Fact]]] = {}
    places: dict[str, set[tuple[int | None, int | None]]] = {}
    for fact in known:
        if not TOTAL.search(row(fact)) and fact.dimension in ("money", "count"):
            rows.setdefault(row(fact), {}).setdefault(fact.basis, []).append(fact)
            places.setdefault(row(fact), set()).add((fact.place.table, fact.place.row))
    for of, bases in rows.items():
        alone = {basis: cells[0] for basis, cells in bases.items() if len(cells) == 1}
        if len(places[of]) > 1:
            continue
        for basis, one in alone.items():
            if basis in SPOKEN:
                form, said = SPOKEN[basis]
                yield Asked(f"口语·{form}", said.format(of), (one.quantity.base,), one.dimension)
        budgets = [alone[basis] for basis in ("调整后预算", "预算") if basis in alone][:1]
        if budgets and "决算" in alone and budgets[0].quantity.base:
            budget, done = budgets[0].quantity.base, alone["决算"].quantity.base
            yield Asked("口语·没花完", f"{of}还有多少钱没花出去？", (budget - done,), "money")
            yield Asked("口语·执行率", f"{of}预算执行得怎么样，执行率多少？", (done / budget,), "ratio")


def is_rate(fact: Fact) -> bool:
    """Whether a cell holds a share or a rate."""
    return fact.dimension == "ratio"


def down(cells: Sequence[Fact], chance: random.Random, columns: Counter[str]) -> Iterator[Asked]:
    """Rows in one column: one of them, several together, the share of one in the total, the highest, those above x."""
    for col in dict.fromkeys(fact.place.col for fact in cells):
        own = [fact for fact in cells if fact.place.col == col]
        items = [fact for fact in own if not TOTAL.search(fact.subject)]
        alike = len({(column(fact), fact.quantity.unit.name) for fact in items}) == 1
        if len(items) < 3 or not alike or len({row(fact) for fact in items}) < len(items):
            continue
        totals = [fact for fact in own if is_total(fact.subject)]
        yield from of_items(items, chance, columns[column(items[0])] == 1)
        if len(totals) == 1 and totals[0].quantity.base:
            yield from of_total(chance.choice(items), totals[0])


def of_items(items: Sequence[Fact], chance: random.Random, alone: bool) -> Iterator[Asked]:
    """Questions about some of the rows of a column; of all of them where no other table has one of its name."""
    one, other, third = sorted(chance.sample(items, 3), key=lambda fact: -fact.quantity.base)
    name, kind = column(one), one.dimension
    big, small, least = one.quantity.base, other.quantity.base, third.quantity.base
    yield Asked("一格", f"{row(one)}的{name}是多少？", (big,), kind)
    yield Asked("一格连写", f"{row(one)}{name}多少？", (big,), kind)
    yield Asked("两行之和", f"{row(one)}和{row(other)}的{name}合计是多少？", (big + small,), kind)
    three = f"{row(one)}、{row(other)}、{row(third)}三项的{name}一共是多少？"
    yield Asked("三行之和", three, (big + small + least,), kind)
    yield Asked("两行之差", f"{row(one)}的{name}比{row(other)}多多少？", (big - small,), kind)
    yield Asked("哪个高", f"{row(other)}和{row(one)}哪个{name}更高，高多少？", (big - small,), kind)
    values = sorted((fact.quantity.base for fact in items), reverse=True)
    if values[0] > values[1] and alone:
        yield Asked("最高", f"{name}最高的是哪一项，是多少？", (values[0],), kind)


def of_total(one: Fact, total: Fact) -> Iterator[Asked]:
    """Questions about a row against the total of its column."""
    part, all_of, name = one.quantity.base, total.quantity.base, column(one)
    kind = one.dimension
    yield Asked("占合计", f"{row(one)}的{name}占合计的比重是多少？", (part / all_of,), "ratio")
    yield Asked("其余", f"除{row(one)}外，其余各项的{name}合计是多少？", (all_of - part,), kind)


def across(cells: Sequence[Fact]) -> Iterator[Asked]:
    """Two columns of one row: both of them, and their difference."""
    for at in dict.fromkeys(fact.place.row for fact in cells):
        own = [fact for fact in cells if fact.place.row == at][:2]
        apart = len(own) == 2 and len({column(fact) for fact in own}) == 2
        alone = sum(row(fact) == row(own[0]) and column(fact) == column(own[0]) for fact in cells) == 1
        if not apart or not alone or len({(row(fact), fact.quantity.unit.name) for fact in own}) > 1:
            continue
        values = tuple(fact.quantity.base for fact in own)
        more, less = sorted(own, key=lambda fact: -fact.quantity.base)
        kind = own[0].dimension
        yield Asked("两列", f"{row(own[0])}的{column(own[0])}和{column(own[1])}分别是多少？", values, kind)
        gap = (more.quantity.base - less.quantity.base,)
        yield Asked("两列之差", f"{row(own[0])}的{column(less)}比{column(more)}少多少？", gap, kind)


def held(text: str, wanted: Decimal, dimension: str) -> bool:
    """Whether a text says a figure, at the places it writes."""
    return any(
        said.unit.dimension == dimension and abs(abs(said.base) - abs(wanted)) <= said.half for said in quantities(text)
    )


def judged(one: Asked, told: Answer) -> str:
    """对, 错 or 拒答."""
    right = all(held(told.text, wanted, one.dimension) for wanted in one.wanted)
    return "拒答" if told.refused else "对" if right else "错"


def main() -> None:
    """Print right, refused and wrong by form."""
    counted(__doc__, made, judged)


if __name__ == "__main__":
    main()
