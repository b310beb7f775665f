"""Asks which rows: those over or under a line, the first three, how many, the last; names and nothing but these.

    python -m benchmarks.listings FILE… [--most 8] [--list]

Made from the columns of tables, without any gold (seeded, so that runs compare). Right is an answer that names every
row that is asked for and no other of the column; one that names a wrong row or lacks one is wrong.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from assistant import Answer
from benchmarks.asking import counted
from benchmarks.own_words import NAME, TOTAL, column, row
from ingest.fact import Fact
from ingest.ledger import facts
from ingest.read import read

SEED = 13
WHOLE = re.compile(f"{TOTAL.pattern}|总分$|总得分$")
LEAST = 4
"""Fewer rows than this are no list."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the rows that it asks for, and the other rows of the column."""

    form: str
    question: str
    wanted: tuple[str, ...]
    others: tuple[str, ...]
    count: int | None = None


def made(path: Path, seed: int = SEED) -> list[Asked]:
    """Questions of every form over the columns of a report that no other column is named like, in random order."""
    chance = random.Random(seed)
    columns: dict[tuple[int | None, int | None], list[Fact]] = {}
    for fact in facts(read(path)):
        if fact.place.table is not None and NAME.match(column(fact)):
            columns.setdefault((fact.place.table, fact.place.col), []).append(fact)
    heads = Counter(column(cells[0]) for cells in columns.values())
    found: list[Asked] = []
    for cells in columns.values():
        items = [fact for fact in cells if not WHOLE.search(fact.subject) and "/" not in fact.subject]
        names = {row(fact) for fact in items}
        apart = all(NAME.match(one) and not any(one != other and one in other for other in names) for one in names)
        alike = len({(column(fact), fact.quantity.unit.name) for fact in items}) == 1
        if len(items) >= LEAST and len(names) == len(items) and alike and apart and heads[column(items[0])] == 1:
            found += asked_of(items, chance)
    chance.shuffle(found)
    return found


def asked_of(items: Sequence[Fact], chance: random.Random) -> Iterator[Asked]:
    """Questions about the rows of one column."""
    name = column(items[0])
    order = sorted(items, key=lambda fact: -fact.quantity.base)
    values = [fact.quantity.base for fact in order]
    cut = chance.randrange(1, len(order) - 1)
    if values[cut - 1] != values[cut]:
        line = order[cut].quantity.text if order[cut].dimension != "money" else ""
        unit = order[cut].quantity.unit.name
        line = line if line.endswith(unit) else f"{order[cut].quantity.value}{unit}"
        yield picked("超过", f"{name}超过{line}的有哪些？", order, range(cut))
        yield picked("不低于", f"哪些的{name}不低于{line}？", order, range(sum(v >= values[cut] for v in values)))
        yield picked(
            "低于", f"{name}低于{line}的有哪些？", order, range(sum(v >= values[cut] for v in values), len(order))
        )
        yield picked("几个", f"{name}超过{line}的有几个，分别是哪些？", order, range(cut), count=cut)
    if len(order) > 3 and values[2] != values[3] and len(set(values[:3])) == 3:
        yield picked("前三", f"{name}最高的三个是哪些？", order, range(3))
        yield picked("前三位", f"{name}排前三位的分别是哪些，各是多少？", order, range(3))
    if values[-1] != values[-2]:
        yield picked("最低", f"哪一项的{name}最低？", order, range(len(order) - 1, len(order)))
    if values[0] != values[1] != values[2]:
        yield picked("第二", f"{name}第二高的是哪一个？", order, range(1, 2))


def picked(form: str, question: str, order: Sequence[Fact], wanted: range, count: int | None = None) -> Asked:
    """A question whose answer is some rows of a column in order."""
    held = [row(fact) for at, fact in enumerate(order) if at in wanted]
    return Asked(form, question, tuple(held), tuple(row(fact) for fact in order if row(fact) not in held), count)


def verdict(one: Asked, told: Answer) -> str:
    """对, 错 or 拒答."""
    if told.refused:
        return "拒答"
    named = all(name in told.text for name in one.wanted) and not any(name in told.text for name in one.others)
    counted = one.count is None or str(one.count) in told.text
    return "对" if named and counted else "错"


def main() -> None:
    """Print right, refused and wrong by form."""
    counted(__doc__, made, verdict, lambda one: "、".join(one.wanted))


if __name__ == "__main__":
    main()
