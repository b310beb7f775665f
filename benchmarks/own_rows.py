"""Asks for whole rows of tables, and for the rows that a condition picks, without any gold written for it.

    python -m benchmarks.own_rows FILE… [--most 8] [--list]

Several columns of one row in one breath or clause by clause, the reason beside them; the rows below a bound, short of
their goal, or of one department. Right is what tells every figure and word wanted and no row that is not meant; a list
is given by names and figures, so that one row too many is wrong. Seeded, so that runs compare.
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
from benchmarks.own_words import NAME, TOTAL, column, held, row
from ingest.fact import Fact
from ingest.layout.words import squeeze
from ingest.ledger import facts
from ingest.read import read
from ingest.report import Report, Table, grid

SEED = 11
WHY = re.compile("原因|偏差")
WHO = re.compile("(?:责任|主管|牵头|实施|承担|负责)(?:科室|处室|部门|单位)$")
"""Heads of columns of words: why, and who answers for the row."""
PROJECTS = re.compile("项目(?!支出决算|收支)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the figures and words that its answer holds, and names of rows that it does not."""

    form: str
    question: str
    figures: tuple[Fact, ...]
    words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def made(path: Path, seed: int = SEED) -> list[Asked]:
    """Questions of every form over the tables of a report, in random order."""
    report, chance = read(path), random.Random(seed)
    cells: dict[int, list[Fact]] = {}
    for fact in facts(report):
        if fact.kind == "table" and fact.place.table is not None and fact.place.row is not None:
            cells.setdefault(fact.place.table, []).append(fact)
    names = Counter(
        name for own in cells.values() for name in {row(fact) for fact in own if not TOTAL.search(fact.subject)}
    )
    found: list[Asked] = []
    for table in report.tables:
        own = [
            fact
            for fact in cells.get(table.number, ())
            if not TOTAL.search(fact.subject) and NAME.match(row(fact)) and names[row(fact)] == 1
        ]
        if table.layout == "grid" and not table.hidden:
            found += [*in_turn(own, table, chance), *picked(own, table, report)]
    chance.shuffle(found)
    return found


def by_row(own: Sequence[Fact]) -> dict[str, list[Fact]]:
    """The facts of each row, one for a column name."""
    lines: dict[str, list[Fact]] = {}
    for fact in own:
        line = lines.setdefault(row(fact), [])
        if NAME.match(column(fact)) and all(column(fact) != column(other) for other in line):
            line.append(fact)
    return {name: line for name, line in lines.items() if line}


def in_turn(own: Sequence[Fact], table: Table, chance: random.Random) -> Iterator[Asked]:
    """Columns of one row: three together, two in clauses of their own, by the number of the table, with the reason."""
    number = re.match(r"表\s*([一二三四五六七八九十]+|\d{1,2})(?![-－\d])", squeeze(table.caption))
    for name, line in by_row(own).items():
        if len({fact.place.row for fact in line}) != 1 or len(line) < 2:
            continue
        one, other = sorted(chance.sample(line, 2), key=lambda fact: fact.place.col or 0)
        yield Asked("两列分句", f"{name}的{column(one)}是多少，{column(other)}是多少？", (one, other))
        yield Asked("两列省略", f"{name}{column(one)}多少，{column(other)}呢？", (one, other))
        if number:
            yield Asked("按表号", f"表{number[1]}中{name}的{column(one)}是多少？", (one,))
        if len(line) > 2:
            three = tuple(sorted(chance.sample(line, 3), key=lambda fact: fact.place.col or 0))
            first, second, third = map(column, three)
            yield Asked("三列", f"{name}的{first}、{second}和{third}各是多少？", three)
        said = beside(table, line[0], WHY)
        if said and said[1]:
            yield Asked("带原因", f"{name}的{column(one)}是多少，{said[0]}是什么？", (one,), (said[1],))


def beside(table: Table, fact: Fact, looks: re.Pattern[str]) -> tuple[str, str] | None:
    """Head and words of the cell of a column of words in the row of a fact."""
    texts, at = grid(table), fact.place.row or 0
    for col in range(table.cols):
        head = next((squeeze(texts[top][col]) for top in range(table.header_rows - 1, -1, -1)), "")
        if looks.search(head):
            return head, squeeze(texts[at][col])
    return None


def picked(own: Sequence[Fact], table: Table, report: Report) -> Iterator[Asked]:
    """The rows that a condition picks: below the middle of a rate, short of their goal, of one department."""
    lines = by_row(own)
    thing = "项目" if PROJECTS.search(squeeze(table.caption)) else ""
    heads = Counter(column(fact) for line in lines.values() for fact in line)
    for head in [name for name, times in heads.items() if times > 3 and name.endswith("率")]:
        cells = {name: fact for name, line in lines.items() for fact in line if column(fact) == head}
        values = sorted(fact.quantity.value for fact in cells.values())
        bound = int(values[len(values) // 2])
        hits = {name: fact for name, fact in cells.items() if fact.quantity.value < bound}
        if thing and hits and all(fact.dimension == "ratio" for fact in cells.values()):
            rest = tuple(name for name in cells if name not in hits)
            yield Asked("低于界限", f"哪些项目的{head}低于{bound}%？", tuple(hits.values()), tuple(hits), rest)
    who = {name: said for name, line in lines.items() if (said := beside(table, line[0], WHO)) and said[1]}
    for department, times in Counter(said[1] for said in who.values()).items():
        if thing and times > 1 and "、" not in department:
            mine = tuple(name for name, said in who.items() if said[1] == department)
            yield Asked("归口", f"{department}负责的项目有哪些？", (), mine, tuple(set(who) - set(mine)))
    yield from short(lines)


def short(lines: dict[str, list[Fact]]) -> Iterator[Asked]:
    """The indicators of a scoring table short of their goal, asked for by the head of the goals itself."""
    both = {
        name: (goal, done)
        for name, line in lines.items()
        for goal in line
        for done in line
        if goal.basis == "目标" and done.basis == "完成" and goal.dimension == done.dimension
    }
    if len(both) < 4 or any(goal.quantity.relation in ("≤", "<") for goal, _ in both.values()):
        return
    less = {name: done for name, (goal, done) in both.items() if done.quantity.base < goal.quantity.base}
    rest = tuple(name for name in both if name not in less)
    head = next(iter(both.values()))[0].measure[-1]
    if less:
        yield Asked("没有达到", f"哪些指标没有达到{squeeze(head)}？", tuple(less.values()), (), rest)
        yield Asked("没有完成", "没有完成的指标有哪些？", tuple(less.values()), (), rest)


def judged(one: Asked, told: Answer) -> str:
    """对, 拒答 or 错."""
    text = squeeze(told.text)
    whole = all(held(text, fact.quantity.base, fact.dimension) for fact in one.figures)
    whole = whole and all(squeeze(word) in text for word in one.words)
    if whole and not any(squeeze(name) in text for name in one.others):
        return "对"
    return "拒答" if told.refused else "错"


def wanted(one: Asked) -> str:
    """What a right answer holds."""
    return "、".join((*(fact.quantity.text for fact in one.figures), *one.words))


def main() -> None:
    """Print right, refused and wrong by form."""
    counted(__doc__, made, judged, wanted)


if __name__ == "__main__":
    main()
