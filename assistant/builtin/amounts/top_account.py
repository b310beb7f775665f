"""Which account is highest or lowest (项目支出最多的是哪一项, 工资福利支出里最大的一项), of the level asked for.

The codes tell 类, 款 and 项 apart, so that no account is ranked beside those that it is made of. A word of the question
that is neither a column nor an account of such a table leaves it to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.builtin.facts.lens import Lens
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.accounts import Account, accounts, leaves, path, under
from assistant.calculate import comparable
from ingest.fact import Fact
from ingest.layout.words import squeeze
from ingest.report import Table
from ingest.terms import is_total

WHICH = re.compile(r"(?:是)?哪一?个?(类|款|项(?!目)|科目)|一(类|款|项)是什么|(科目)是哪一?个")
END = re.compile("的?(?:金额)?最(?P<way>[多高大少低小])的?(?:是|为)?")
WITHIN = re.compile(r"^(?P<whole>.+?)(?:里面|里|之?中|当中|下面|下)(?P<side>.*)$")
IDLE = re.compile(r"20\d\d年度?|本年度?|今年|全年|部门|是|科目|安排|数|的|^在|花钱?")
SPENDING = ("", "支出", "预算", "支出预算", "决算", "支出决算", "预算支出")
"""What is asked for where no column is named: all that is spent, or to be spent."""
LEVELS = {"类": 1, "款": 2}
FUNCTIONAL = "2"
"""How the codes of what money is spent for begin; those of what it buys begin otherwise (301 工资福利支出)."""
MOST = 3
"""More accounts than this in one place are no highest one."""


def highest(plan: Plan, seen: Lens) -> Reply | None:
    """The highest or lowest account of a column, with its figure."""
    which, end = WHICH.search(plan.bare), END.search(plan.bare)
    if which is None or end is None or plan.table or set(plan.years) - set(seen.years):
        return None
    rest = IDLE.sub("", END.sub("", WHICH.sub("", plan.bare))).strip("，, ")
    level = LEVELS.get(which[which.lastindex or 0], 0)
    for table, rows in _tables(seen):
        for whole, side in _named(rest, rows):
            if whole is None and side in SPENDING and not rows[0].code.startswith(FUNCTIONAL):
                continue  # what the money buys is not what it is spent for
            cells = _column(table, _of_level(rows, whole, level), side)
            if len(cells) > 1 and comparable([fact for _, fact in cells]):
                return _told(cells, rows, side, end["way"] in "少低小")
    return None


def _tables(seen: Lens) -> Iterator[tuple[Table, list[Account]]]:
    for reading in seen.readings:
        for table in reading.report.tables:
            rows = [] if table.hidden else accounts(seen, reading.report, table)
            if len(rows) > 1:
                yield table, rows


def _named(rest: str, rows: Sequence[Account]) -> Iterator[tuple[Account | None, str]]:
    """The account whose parts are asked for, if any, and the name of the column."""
    yield None, rest
    within = WITHIN.match(rest)
    whole, side = (within["whole"], within["side"]) if within else (rest, "")
    named = [row for row in rows if row.name == whole]
    if len(named) == 1:
        yield named[0], side


def _of_level(rows: Sequence[Account], whole: Account | None, level: int) -> list[Account]:
    """The accounts of the level that is asked for; the innermost where no level above them is."""
    below = under(whole, rows) if whole else list(rows)
    return [row for row in below if row.level == level] if level else leaves(below)


def _column(table: Table, rows: Sequence[Account], side: str) -> list[tuple[Account, Fact]]:
    """The figure of each account in the column meant."""
    return [(row, fact) for row in rows for fact in row.facts if _meant(table, fact, side)]


def _meant(table: Table, fact: Fact, side: str) -> bool:
    head = squeeze(fact.measure[-1])
    if side not in SPENDING:
        return head == side
    said = squeeze(table.caption) + "".join(map(squeeze, fact.measure))
    return (
        "收入" not in said
        and "支出" in said
        and (is_total(head) or head.endswith("合计") or (fact.basis in ("决算", "预算") and head.endswith("算数")))
    )


def _told(cells: Sequence[tuple[Account, Fact]], rows: Sequence[Account], side: str, low: bool) -> Reply | None:
    best = (min if low else max)(fact.quantity.base for _, fact in cells)
    tops = [(row, fact) for row, fact in cells if fact.quantity.base == best]
    if len(tops) > MOST:
        return None
    said = "；".join(f"{path(row, rows)}，{shown(fact.quantity)}" for row, fact in tops)
    return Reply(f"{side or '支出'}最{'低' if low else '高'}的是{said}。", tuple(fact for _, fact in tops))
