"""Asks what reports do not say: premises turned round, years and sides they do not give, cells left blank, the
figures of another department, of the year before, in units of something else.

    python -m benchmarks.premises FILE… [--most 8] [--list]

Made from the names of rows and columns, without any gold (seeded, so that runs compare). A turned premise is right when
it is put right with the report's figures, a true one when it is not called wrong; what is not there when it is refused.
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

from assistant import GOOD, Answer
from benchmarks.asking import counted
from benchmarks.own_words import NAME, column, held, row
from ingest.fact import Fact
from ingest.ledger import facts
from ingest.read import read
from ingest.report import Report, grid
from ingest.terms import is_total

SEED = 7
BUDGETS = ("调整后预算", "预算")
SIDES = ("中标金额", "上级督查扣分", "审计核减金额", "质保金", "合同金额", "监理费", "财政评审价", "受益人数", "利息")
"""Things that such a report seldom tells of a project; asked for where none of its words does."""

DEPARTMENTS = ("水务局", "体育局", "粮食和储备局", "气象局", "地震局", "供销社", "侨联", "烟草局")
WHOLE = re.compile("合计|总计|小计|总分|总额|基本支出|项目支出")
UNITS = ("公里", "亩", "头", "艘", "株", "立方米", "平方米")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what is to be done with it: put right with these figures, left alone, refused."""

    form: str
    question: str
    wanted: str
    figures: tuple[Fact, ...] = ()


def made(path: Path, seed: int = SEED) -> list[Asked]:
    """Questions of every form over a report, in random order."""
    report, chance = read(path), random.Random(seed)
    lines: dict[tuple[int | None, int | None], list[Fact]] = {}
    for fact in facts(report):
        if fact.kind == "table" and NAME.match(row(fact)) and not is_total(fact.subject):
            lines.setdefault((fact.place.table, fact.place.row), []).append(fact)
    names = Counter(row(cells[0]) for cells in lines.values())
    alone = [cells for cells in lines.values() if names[row(cells[0])] == 1]
    found = [one for cells in alone for one in (*moved(cells), *spent(cells), *aimed(cells), *lacking(cells, report))]
    found += [one for cells in alone for one in (*risen(cells, report.year), *misplaced(cells, report, chance))]
    found += [*first_of([fact for cells in lines.values() for fact in cells], names), *blanks(report)]
    chance.shuffle(found)
    return found


def one_of(cells: Sequence[Fact], *bases: str) -> Fact | None:
    """The one figure of money on one of these bases in a row."""
    own = [fact for fact in cells if fact.basis in bases and fact.dimension == "money"]
    return own[0] if len(own) == 1 else None


def moved(cells: Sequence[Fact]) -> Iterator[Asked]:
    """X年中追加的原因 of what was taken away, and the other way round; the same as it was."""
    first, last = one_of(cells, "年初预算"), one_of(cells, *BUDGETS)
    if first and last and first.quantity.base != last.quantity.base and first.quantity.base:
        up = last.quantity.base > first.quantity.base
        said, turned = ("追加", "调减") if up else ("调减", "追加")
        yield Asked("调整反了", f"{row(first)}年中{turned}预算的原因是什么？", "纠正", (first, last))
        yield Asked("调整属实", f"{row(first)}年中{said}预算的原因是什么？", "不纠正")


def spent(cells: Sequence[Fact]) -> Iterator[Asked]:
    """X为什么超预算, X为什么没有全部支出, although it is not so."""
    budget, done = one_of(cells, *BUDGETS), one_of(cells, "决算")
    if budget and done and budget.quantity.base:
        over = done.quantity.base > budget.quantity.base
        form, wanted = ("超支属实", "不纠正") if over else ("没有超支", "纠正")
        yield Asked(form, f"{row(budget)}为什么超预算了？", wanted, () if over else (budget, done))
        whole = done.quantity.base >= budget.quantity.base
        form, wanted = ("已全部支出", "纠正") if whole else ("未全部支出", "不纠正")
        yield Asked(form, f"{row(budget)}为什么没有全部支出？", wanted, (budget,) if whole else ())


def aimed(cells: Sequence[Fact]) -> Iterator[Asked]:
    """X为什么没有达到目标, X超额完成的原因, turned round."""
    goals = [fact for fact in cells if fact.basis in ("目标", "计划")]
    done = [fact for fact in cells if fact.basis == "完成"]
    if len(goals) != 1 or len(done) != 1 or goals[0].quantity.unit != done[0].quantity.unit:
        return
    goal, outcome = goals[0], done[0]
    less = outcome.quantity.base < goal.quantity.base
    if goal.quantity.relation in ("≤", "<") or outcome.quantity.base == goal.quantity.base:
        return
    turned = "超额完成的原因是什么？" if less else "为什么没有达到目标？"
    true = "为什么没有达到目标？" if less else "超额完成的原因是什么？"
    yield Asked("完成反了", f"{row(goal)}{turned}", "纠正", (outcome,))
    yield Asked("完成属实", f"{row(goal)}{true}", "不纠正")


def lacking(cells: Sequence[Fact], report: Report) -> Iterator[Asked]:
    """A year long before, and a side of the thing that no such report tells."""
    done = one_of(cells, "决算")
    if done and report.year:
        yield Asked("没有的年度", f"{report.year - 4}年{row(done)}支出决算是多少？", "拒答")
        said = "".join([*(block.text for block in report.blocks), *(c.text for t in report.tables for c in t.cells)])
        for side in (each for each in SIDES if each not in said):
            yield Asked("没有的事项", f"{row(done)}的{side}是多少？", "拒答")
            yield Asked("没有的事项，口语", f"{row(done)}{side}有多少？", "拒答")


def years(cells: Sequence[Fact], year: int | None) -> tuple[Fact, Fact] | None:
    """The one figure of money or of things of a row in this year, and the like of the year before."""
    of = {
        each: [
            fact
            for fact in cells
            if fact.period in (f"{each}年度", f"{each}年末")
            and fact.basis in ("决算", "")
            and fact.dimension != "ratio"
        ]
        for each in ((year, year - 1) if year else ())
    }
    now, before = (*of.values(), [], [])[:2]
    alike = len(now) == len(before) == 1 and now[0].quantity.unit == before[0].quantity.unit
    return (now[0], before[0]) if alike and now[0].quantity.base != before[0].quantity.base else None


def risen(cells: Sequence[Fact], year: int | None) -> Iterator[Asked]:
    """X比上年增长的原因 of what fell, and the other way round; the same as it was."""
    if pair := years(cells, year):
        up = pair[0].quantity.base > pair[1].quantity.base
        said, turned = ("增加", "减少") if up else ("减少", "增加")
        yield Asked("增减反了", f"{row(pair[0])}比上年{turned}的原因是什么？", "纠正", pair)
        yield Asked("增减属实", f"{row(pair[0])}比上年{said}的原因是什么？", "不纠正")


def first_of(cells: Sequence[Fact], names: Counter[str]) -> Iterator[Asked]:
    """X为什么是C最高的 of the lowest of its column, and of the highest."""
    for own in columns(cells):
        values = sorted(fact.quantity.base for fact in own)
        alone = all(names[row(fact)] == 1 for fact in own)
        if alone and values[0] < values[1] < values[-2] < values[-1]:
            least, most = (pick(own, key=lambda fact: fact.quantity.base) for pick in (min, max))
            yield Asked("最高反了", f"{row(least)}为什么是{column(least)}最高的？", "纠正", (least,))
            yield Asked("最高属实", f"{row(most)}为什么是{column(most)}最高的？", "不纠正")


def columns(cells: Sequence[Fact]) -> list[list[Fact]]:
    """The columns of figures of one kind, three rows or more none of which is a part or the whole of another."""
    found: dict[tuple[int | None, int | None], list[Fact]] = {}
    for fact in cells:
        found.setdefault((fact.place.table, fact.place.col), []).append(fact)
    return [
        own
        for own in found.values()
        if len(own) > 2
        and len({(column(fact), fact.quantity.unit, fact.quantity.relation) for fact in own}) == 1
        and len({fact.subject.count("/") for fact in own}) == 1
        and NAME.match(column(own[0]))
        and not any(WHOLE.search(row(fact)) or "其中" in fact.subject or "（" in column(fact) for fact in own)
    ]


def misplaced(cells: Sequence[Fact], report: Report, chance: random.Random) -> Iterator[Asked]:
    """The figure of a row in the year before, of a department that the report does not name, in a unit of no row."""
    done = one_of(cells, "决算")
    if done is None or not report.year or any(str(report.year - 1) in fact.period for fact in cells):
        return
    said = "".join([*(block.text for block in report.blocks), *(c.text for t in report.tables for c in t.cells)])
    others = [each for each in DEPARTMENTS if each[:2] not in said]
    units = [each for each in UNITS if each not in said]
    yield Asked("上一年度", f"{report.year - 1}年{row(done)}的支出决算是多少？", "拒答")
    if others:
        yield Asked("别的部门", f"{chance.choice(others)}的支出决算是多少？", "拒答")
        yield Asked("别的部门的项目", f"{chance.choice(others)}的{row(done)}支出多少？", "拒答")
    if units:
        yield Asked("别的单位", f"{row(done)}完成了多少{chance.choice(units)}？", "拒答")


def blanks(report: Report) -> Iterator[Asked]:
    """Blank cells of a column of money in a row with figures."""
    cells = {(fact.place.table, fact.place.row, fact.place.col): fact for fact in facts(report) if fact.kind == "table"}
    for table in report.tables:
        texts = grid(table) if table.layout == "grid" else ()
        for at, line in enumerate(texts):
            known = [cells[key] for col in range(table.cols) if (key := (table.number, at, col)) in cells]
            for col, text in enumerate(line):
                heads = [fact for (number, _, other), fact in cells.items() if (number, other) == (table.number, col)]
                money = heads and all(fact.dimension == "money" for fact in heads)
                if not text.strip() and money and known and NAME.match(row(known[0])):
                    yield Asked("空白格", f"{row(known[0])}的{heads[0].measure[-1]}是多少？", "拒答")


def judged(one: Asked, told: Answer) -> str:
    """对, 拒答 or 错; 核错 where a wrong answer shows a figure as verified."""
    corrected = told.text.startswith(("前提有误", "不对", "没有："))
    right = {
        "纠正": corrected and all(held(told.text, fact.quantity.base, fact.dimension) for fact in one.figures),
        "不纠正": not corrected,
        "拒答": told.refused,
    }[one.wanted]
    if right:
        return "对"
    if told.refused:
        return "拒答"
    return "核错" if any(figure.verdict in GOOD for figure in told.figures) else "错"


def main() -> None:
    """Print right, refused and wrong by form."""
    counted(__doc__, made, judged, others=("核错",))


if __name__ == "__main__":
    main()
