"""Asks whether: a figure said rightly or wrongly, a goal met, a budget kept, which way it moved, over a line, spent.

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
from benchmarks.own_words import NAME, TOTAL, column, row
from benchmarks.premises import BUDGETS, one_of
from ingest.fact import Fact
from ingest.ledger import facts
from ingest.read import read

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
    chance.shuffle(found)
    return found


def said(cells: Sequence[Fact], chance: random.Random) -> Iterator[Asked]:
    """X的决算数是A，对吗: the cell's figure, and the same with two digits changed."""
    one = chance.choice(cells)
    text = one.quantity.text
    digits = [at for at, char in enumerate(text) if char in "123456789"]
    if len(digits) < 3 or not NAME.match(column(one)) or one.quantity.unit.dimension not in ("money", "count"):
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
