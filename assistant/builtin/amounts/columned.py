"""Rows picked from the one column that a question names in full: over a line, the first three, the second, the last.

What is left of the question without the column must be words of picking alone; where several tables have such a
column, or rows are named as well, it is left to others (ranking).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.layers import NUMBERING
from assistant.builtin.question.lexicon import spelled
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.by_name import ByName, by_names
from assistant.builtin.tables.picks import COUNTED, Bound, bound_in, told_rows
from assistant.builtin.tables.rows import numbered
from assistant.calculate import comparable, tolerance
from ingest.fact import Fact
from ingest.quantity import Quantity, quantities
from ingest.terms import is_total, plain

NUMBER = "[一二两三四五六七八九十\\d]"
LOW = "[低少小短]"
END = re.compile(f"最(?P<high>[高大多长])|最(?P<low>{LOW})|排[^末后]{{0,3}}(?=前|第)|倒数(?P<last>)")
FIRST = re.compile(f"前(?P<first>{NUMBER}{{1,2}})[个项名位家大]?|(?P<some>{NUMBER}{{1,2}})(?:[个项名位家]|(?=$))")
NTH = re.compile(f"第(?P<nth>[一二三四五])(?:[高大多长位名]|(?P<low>{LOW}))")
SORTED = re.compile(f"[从由按][高大多]到{LOW}|[从由按]{LOW}到[高大多]|排个?序|排列")
WHICH = re.compile(
    r"(?:哪[一几些]?|多少|几)[个项类家所名位]?|有|分别|各自?|是|为|的|[，、]|名称|单位|指标|科目|科室|部门|地区|乡镇|来源|类别|"
    r"人员|资产|费用|专项|资金|事项|任务|活动|列出|请|一下|它们|[谁其在达]|什么"
)
"""Words of such a question that say nothing of the column."""
NO_ITEM = re.compile("(?:合计|总计|总额|小计|总分|总得分|全[市县区])$")
MOST = 5
"""More rows than this in one place are no highest one."""


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column, the highest first, and what the question says beside its name."""

    facts: tuple[Fact, ...]
    said: str
    row: Fact | None = None
    """The figure of the one row that the question names beside the column."""

    @property
    def name(self) -> str:
        """The innermost head over the column, with the one above it where it only sums up (核定编制小计)."""
        heads = self.facts[0].measure
        return "".join("".join(heads[-2:] if is_total(heads[-1]) else heads[-1:]).split())


def picked(plan: Plan, seen: Lens) -> Reply | None:
    """The rows asked for, each with its figure; None where the words are no picking from one column."""
    found = {
        (one.report.id, one.table.number, column.facts[0].place.col): reply
        for one, column in (columns(plan, seen) if "项目" not in plan.question else ())
        if (reply := _picked(column, plan)) is not None
    }
    return next(iter(found.values())) if len(found) == 1 else None


def columns(plan: Plan, seen: Lens, rows: bool = False) -> Iterator[tuple[ByName, Column]]:
    """The column that a question names, by each table that has one of its name; `rows`: it may name a row as well."""
    for one in by_names(seen, plan.question, plan.bare):
        if plan.table and not numbered(one.table, plan.table):
            continue
        if (column := _column(one, rows)) is not None:
            yield one, column


def _picked(column: Column, plan: Plan) -> Reply | None:
    """What the words beside the name of a column pick from it."""
    bound = bound_in(column.said)
    if bound is None:
        return _placed(column) if only(column.said, "") else None
    limit = plan.stated[-1] if plan.stated else None
    if limit is None or not only(column.said, spelled(limit.text), bound.says.pattern):
        return None
    return _bounded(column, limit, bound)


def _column(one: ByName, rows: bool) -> Column | None:
    """The column that a question by one table names, and the row where it may name one; of figures of one kind."""
    if len(one.names.columns) != 1 or len(one.names.rows) > rows:
        return None
    cells = [fact for at, fact in one.figures.items() if at in one.names.columns[0]]
    items = _summed([fact for fact in cells if not NO_ITEM.search(fact.subject)], cells)
    if len(items) < 2 or len({fact.place.col for fact in items}) != 1 or not comparable(items):
        return None
    own = [fact for at, fact in one.figures.items() for cell in one.cells if at in cell]
    if len(own) != len(one.names.rows):
        return None
    ordered = sorted(items, key=lambda fact: -fact.quantity.base)
    said = re.sub("RC|R", "", one.shape) if own else one.shape.replace("C", "", 1)
    return Column(tuple(ordered), said, own[0] if own else None)


def _summed(items: list[Fact], cells: Sequence[Fact]) -> list[Fact]:
    """The rows of a column; those above its 合计 alone where a 总计 below takes in what is none of them (年末结转)."""
    ends = {end: fact.place.row or 0 for fact in cells for end in ("合计", "总计") if fact.subject.endswith(end)}
    if len(ends) < 2 or ends["总计"] < ends["合计"]:
        return items
    whole = next(fact for fact in cells if fact.place.row == ends["合计"])
    above = [fact for fact in items if (fact.place.row or 0) < ends["合计"]]
    gap = abs(sum(fact.quantity.base for fact in above) - whole.quantity.base)
    return above if above and gap <= tolerance(above, whole) else items


def only(said: str, limit: str, *others: str) -> bool:
    """Whether words of picking are all that is said."""
    rest = said.replace(limit, "") if limit else said
    for words in (*others, NTH.pattern, END.pattern, SORTED.pattern, WHICH.pattern, FIRST.pattern):
        rest = re.sub(words, "", rest)
    return not rest


def _bounded(column: Column, limit: Quantity, bound: Bound) -> Reply | None:
    """The rows over (or under) a line; a bare number is one of the column's own unit."""
    unit = column.facts[0].quantity.unit
    bare = limit.unit.dimension == "none" and unit.dimension in ("score", "count")
    if limit.unit.dimension != unit.dimension and not bare:
        return None
    line = limit.value * unit.factor if bare else limit.base
    hits = [fact for fact in column.facts if bound.meets(fact.quantity.base, line)]
    head = f"{column.name}{bound.word}{limit.text}"
    return told_rows(head, _rows(hits), hits or column.facts[:1], bool(COUNTED.search(column.said)), limit)


def _placed(column: Column) -> Reply | None:
    """The highest or lowest, the first few, the second, or all rows in their order."""
    said = column.said
    end, first, nth = END.search(said), FIRST.search(said), NTH.search(said)
    low = bool(re.search(f"最{LOW}|第.{LOW}|倒数|[从由按]{LOW}到", said))
    ordered = tuple(sorted(column.facts, key=lambda fact: fact.quantity.base)) if low else column.facts
    way = "低" if low else "高"
    if nth is not None:
        tops = list(_nth(ordered, "一二三四五".index(nth["nth"])))
        return _told(f"{column.name}第{nth['nth']}{way}的是", tops)
    if SORTED.search(said):
        return _told(f"{column.name}从{'低到高' if low else '高到低'}依次是", ordered)
    if end is None and not (first and first["first"]):
        return None
    count = number(first["first"] or first["some"]) if first is not None else 1
    if count > 1:
        more = [fact for fact in ordered if fact.quantity.base == ordered[min(count, len(ordered)) - 1].quantity.base]
        tops = [*dict.fromkeys((*ordered[:count], *more))]
        return _told(f"{column.name}最{way}的依次是", tops)
    return _told(f"{column.name}最{way}的是", list(_nth(ordered, 0)))


def _nth(ordered: Sequence[Fact], at: int) -> Iterator[Fact]:
    """The rows in a place, equal figures sharing it."""
    values = list(dict.fromkeys(fact.quantity.base for fact in ordered))
    return (fact for fact in ordered if at < len(values) and fact.quantity.base == values[at])


def number(text: str) -> int:
    found = quantities(f"{text}个")
    return int(found[0].value) if found else 1


def _told(head: str, tops: Sequence[Fact]) -> Reply | None:
    if not tops or (len(tops) > MOST and "依次" not in head):
        return None
    return Reply(f"{head}{'；'.join(_rows(tops, '，'))}。", tuple(tops))


def _rows(facts: Sequence[Fact], between: str = "") -> list[str]:
    """Rows by their own names, with their figures."""
    return [f"{row_name(fact)}{between}{shown(fact.quantity)}" for fact in facts]


def row_name(fact: Fact) -> str:
    """What the row of a figure is called, without its number."""
    return plain(NUMBERING.sub("", fact.item))
