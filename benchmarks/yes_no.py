"""Asks whether: a figure said rightly or wrongly, a goal met, a budget kept, which way it moved, over a line, spent;
the highest of its column, more than another row or an amount, less than the year before, with a reason given.

    python -m benchmarks.yes_no FILE… [--most 8] [--list]

Made from the cells of tables, without any gold (seeded, so that runs compare). Right is an answer that opens with the
true side and with no other; an answer that opens with the false side is wrong, and so is one that tells figures alone.
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

from assistant import GOOD, Answer
from benchmarks.asking import counted
from benchmarks.own_rows import WHY, beside
from benchmarks.own_words import NAME, TOTAL, column, row
from benchmarks.premises import BUDGETS, columns, one_of, years
from ingest.fact import Fact
from ingest.ledger import facts
from ingest.read import read
from ingest.report import Report

SEED = 11
LINES = (Decimal(80), Decimal(90), Decimal(95))
"""Rates that reviewers ask of."""
YES = re.compile(
    r"^(?:是的?|对|正确|属实|有|已完成|已经?达到|达到了?|完成了|超过了?|超了|高于|增加|增长|上升|追加|提高|一致)(?![^，：:。]{0,6}(?:没有|未|误))"
)
NO = re.compile(
    r"^(?:不是|不对|不正确|没有|未|否|前提有误|不一致|不高于|低于|减少|下降|降低|调减|核减|持平|不属实|报告没有)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and whether the report says so."""

    form: str
    question: str
    so: bool


def made(path: Path, seed: int = SEED) -> list[Asked]:
    """Questions of every form over the tables of a report, in random order."""
    report, chance = read(path), random.Random(seed)
    rows: dict[tuple[int | None, int | None], list[Fact]] = {}
    for fact in facts(report):
        if fact.kind == "table" and NAME.match(row(fact)) and not TOTAL.search(row(fact)):
            rows.setdefault((fact.place.table, fact.place.row), []).append(fact)
    names = Counter(row(cells[0]) for cells in rows.values())
    alone = [cells for cells in rows.values() if names[row(cells[0])] == 1]
    found = [
        one for cells in alone for one in (*said(cells, chance), *aimed(cells), *kept(cells), *over(cells, chance))
    ]
    found += [one for cells in alone for one in (*since(cells, report.year), *reasoned(cells, report))]
    found += list(ranked([fact for cells in rows.values() for fact in cells], names, chance))
    chance.shuffle(found)
    return found


def said(cells: Sequence[Fact], chance: random.Random) -> Iterator[Asked]:
    """X的决算数是A，对吗: the cell's figure, and the same with two digits changed."""
    one = chance.choice(cells)
    text = one.quantity.text
    digits = [at for at, char in enumerate(text) if char in "123456789"]
    if len(digits) < 3 or not NAME.match(column(one)) or one.dimension not in ("money", "count"):
        return
    at = chance.choice(digits[1:])
    other = text[:at] + str((int(text[at]) + 3) % 10) + text[at + 1 :]
    unit = "" if text.endswith(one.quantity.unit.name) else one.quantity.unit.name
    for told, so in ((text, True), (other, False)):
        form = "数对吗" if so else "数错了吗"
        yield Asked(form, f"{row(one)}的{column(one)}是{told}{unit}，对吗？", so)


def aimed(cells: Sequence[Fact]) -> Iterator[Asked]:
    """X完成目标了吗, as the row's goal and outcome tell."""
    goals = [fact for fact in cells if fact.basis in ("目标", "计划")]
    done = [fact for fact in cells if fact.basis == "完成"]
    if len(goals) == len(done) == 1 and goals[0].quantity.unit == done[0].quantity.unit:
        goal, outcome = goals[0].quantity, done[0].quantity
        met = outcome.base <= goal.base if goal.relation in ("≤", "<") else outcome.base >= goal.base
        form = "达到了" if met else "没达到"
        yield Asked(form, f"{row(goals[0])}完成目标了吗？", met)
        yield Asked(form + "，口语", f"{row(goals[0])}有没有达到目标值？", met)


def kept(cells: Sequence[Fact]) -> Iterator[Asked]:
    """X超预算了吗, X年中有没有追加预算."""
    first, last, spent = one_of(cells, "年初预算"), one_of(cells, *BUDGETS), one_of(cells, "决算")
    if last and spent and last.quantity.base:
        yield Asked("超预算", f"{row(last)}超预算了吗？", spent.quantity.base > last.quantity.base)
        yield Asked("花完", f"{row(last)}的预算全部花完了吗？", spent.quantity.base >= last.quantity.base)
    if first and last and first.quantity.base:
        yield Asked("追加", f"{row(first)}年中有没有追加预算？", last.quantity.base > first.quantity.base)


def over(cells: Sequence[Fact], chance: random.Random) -> Iterator[Asked]:
    """X的执行率超过90%了吗; X有支出吗 of a row of nought."""
    rates = [fact for fact in cells if fact.quantity.unit.name == "%" and fact.basis not in ("目标", "计划")]
    named = [fact for fact in rates if re.search("率|进度", column(fact)) and NAME.match(column(fact))]
    if len(named) == 1:
        line = chance.choice(LINES)
        yield Asked("过线", f"{row(named[0])}的{column(named[0])}超过{line}%了吗？", named[0].quantity.value > line)
    spent = one_of(cells, "决算")
    if spent is not None:
        yield Asked("有支出", f"{row(spent)}有支出吗？", spent.quantity.base != 0)


def ranked(cells: Sequence[Fact], names: Counter[str], chance: random.Random) -> Iterator[Asked]:
    """X是不是C最高的, X的C比Y高吗, X的C是否超过A: rows of one column, whose names no other table has."""
    heads = Counter(column(own[0]) for own in columns(cells))
    for own in columns(cells):
        name, values = column(own[0]), sorted(fact.quantity.base for fact in own)
        others = any(names[row(fact)] > 1 for fact in own)
        if others or heads[name] > 1 or values[-1] == values[-2]:
            continue
        most, other = max(own, key=lambda fact: fact.quantity.base), chance.choice(own)
        top = most.quantity.base == other.quantity.base
        yield Asked("最高属实", f"{row(most)}是不是{name}最高的？", True)
        if not top:
            yield Asked("不是最高", f"{row(other)}是不是{name}最高的？", False)
            yield Asked("比另一行高", f"{row(most)}的{name}比{row(other)}高吗？", True)
            yield Asked("不比另一行高", f"{row(other)}的{name}比{row(most)}高吗？", False)
        if most.quantity.unit.name == "万元":
            line = int(values[len(values) // 2] / most.quantity.unit.factor) + 1
            so = other.quantity.value > line
            yield Asked("超过某数", f"{row(other)}的{name}是否超过{line}{most.quantity.unit.name}？", so)


def since(cells: Sequence[Fact], year: int | None) -> Iterator[Asked]:
    """X比上年减少了吗, where the row has this year and the one before."""
    if pair := years(cells, year):
        less = pair[0].quantity.base < pair[1].quantity.base
        yield Asked("比上年减少", f"{row(pair[0])}比上年减少了吗？", less)
        yield Asked("比上年增加", f"{year}年{row(pair[0])}是否比上年增加？", not less)


def reasoned(cells: Sequence[Fact], report: Report) -> Iterator[Asked]:
    """X有没有说明原因, of a table with a column for it."""
    one = cells[0]
    table = next((each for each in report.tables if each.number == one.place.table), None)
    said = beside(table, one, WHY) if table is not None and one.place.row is not None else None
    if said is not None and "措施" not in said[0]:
        yield Asked("说明原因", f"{row(one)}有没有说明{said[0]}？", said[1].strip("—-/无") != "")


def judged(one: Asked, told: Answer) -> str:
    """对, 拒答, 没说 (neither side) or 错; 核错 where the false side shows a figure as verified."""
    if told.refused:
        return "拒答"
    yes, no = bool(YES.search(told.text)), bool(NO.search(told.text))
    if yes == no:
        return "没说"
    if yes == one.so:
        return "对"
    return "核错" if any(figure.verdict in GOOD for figure in told.figures) else "错"


def main() -> None:
    """Print right, refused and wrong by form."""
    counted(__doc__, made, judged, others=("没说", "核错"))


if __name__ == "__main__":
    main()
