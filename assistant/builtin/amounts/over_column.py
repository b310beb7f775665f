"""What is reckoned over the rows of one column named in full: the first three together and their share of the total,
the place of a row, the mean, how far the highest lies from the lowest.

Every word of the question must be a name of the table or belong to what is reckoned; parts are never ranked beside the
whole that they make up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant import calculate
from assistant.builtin.amounts import ranking
from assistant.builtin.amounts.columned import FIRST, Column, columns, number, only, row_name
from assistant.builtin.amounts.composition import level
from assistant.builtin.amounts.crossed import TOGETHER
from assistant.builtin.amounts.shares import whole_of
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.facts.wholes import total_of
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.calculate import comparable, difference, ratio_of_sum, tolerance, total
from ingest.fact import Fact

TOPS = r"最[高大多](?:的)?前?|排(?:名|在)?(?:最)?前|位?居前|前(?=[一二两三四五六七八九十\d])"
MUCH = "(?:比重|比例|百分比|百分之几|份额|多少|几成)"
SHARE = f"，?(?:合计|共|一共|总共)*占(?:了|到)?(?:全部|整个|所有|合计|总[计额量数和]?)+C?{MUCH}+"
OF = re.compile(f"占(?:了|到)?([^，]+?)的?{MUCH}")
PLACE = r"(?:能|可)?(?:排名?|排在|位列|名列|位居|居|列)?第几[名位高大多]?|排名(?:是|为)?(?:多少|几)"
MEAN = "(?:简单|算术)?平均(?:数|值|水平)?|均值"
SPREAD = "最[高大多快][^，]{0,3}[和与跟及比、]最[低小少慢]|最[低小少慢][^，]{0,3}[和与跟及比、]最[高大多快]"
APART = "，?(?:两者|二者|它们)?(?:之间)?相?差(?:距|额|异)?了?"
ASKING = "是|为|有|多少|几|多大|个?百分点|万元|元|[在中里内]|当中|之中|所有|全部|各|每|[项个类家大笔]|一共"
"""Words that say nothing beside these."""
PLACES = "一二三四五六七八九十"
OVERLAP = Decimal("1.2")
"""Rows that come to more than this times their total are parts of one another."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way of reckoning: the words that ask for it (all must be met), what it tells of a column."""

    words: tuple[str, ...]
    told: Callable[[Column, Lens], Reply | None]
    row: bool = False
    """Whether it is asked of one row."""


def worked(plan: Plan, seen: Lens) -> Reply | None:
    """What the question has reckoned over a column; None where tables differ about it."""
    if not any(all(re.search(word, plan.question) for word in way.words) for way in WAYS):
        return None
    found = {}
    for one, own in columns(plan, seen, rows=True):
        way = next((way for way in WAYS if _asked(way, own)), None)
        reply = way.told(own, seen) if way else None
        if reply is not None:
            found[one.report.id, one.table.number, own.facts[0].place.col] = reply
    return next(iter(found.values())) if len(found) == 1 else None


def loosely(plan: Plan, seen: Lens) -> Reply | None:
    """The first few together, of the column that the question means best where it names none in full."""
    said = plan.question.strip("？?。 ")
    if not re.search(TOPS, said) or not re.search(f"{TOGETHER}|{SHARE}", said):
        return None
    facts = [fact for _, fact, made in ranking.column(plan, seen) if made is None]
    return tops(Column(tuple(facts), said), seen) if len(facts) > 1 and comparable(facts) else None


def _asked(way: Way, column: Column) -> bool:
    """Whether a question's words beside the names are those of one way of reckoning, and nothing else."""
    met = all(re.search(word, column.said) for word in way.words)
    return met and way.row == (column.row is not None) and only(column.said, "", *way.words, FIRST.pattern, ASKING)


def tops(column: Column, seen: Lens) -> Reply | None:
    """排前三位的合计是多少，占总额的比重: the rows, their sum, its share of the total where that is asked for."""
    rows, _ = level_of(column.facts, seen)
    first = FIRST.search(re.sub(TOPS, "", column.said)) or FIRST.search(column.said)
    count = number(first["first"] or first["some"]) if first else 0
    if not 1 < count < len(rows) or rows[count - 1].quantity.base == rows[count].quantity.base:
        return None
    of = OF.search(column.said)
    whole = whole_of(rows[:count], of[1], seen) if of else None
    share = ratio_of_sum(rows[:count], whole) if whole else None
    made = total(rows[:count])
    if made is None or (of and share is None):
        return None
    names = "、".join(f"{row_name(fact)}{shown(fact.quantity)}" for fact in rows[:count])
    text = f"{column.name}最高的依次是{names}，合计{made.text}（{made.working}）"
    if share is None or whole is None:
        return Reply(f"{text}。", made.facts, worked=(made,))
    over = shown(whole.quantity)
    text += f"，占{name_of(whole)}{over}的{share.text}（{made.text}÷{over}＝{share.text}）"
    return Reply(f"{text}。", share.facts, worked=(made, share))


def place(column: Column, seen: Lens) -> Reply | None:
    """排第几: the place of a row among those of its level, from the highest."""
    rows, _ = level_of(column.facts, seen)
    own = column.row
    if own is None or own not in rows:
        return None
    values = sorted({fact.quantity.base for fact in rows}, reverse=True)
    at = values.index(own.quantity.base)
    said = PLACES[at] if at < len(PLACES) else str(at + 1)
    alike = sum(fact.quantity.base == own.quantity.base for fact in rows) > 1
    text = f"{row_name(own)}的{column.name}为{shown(own.quantity)}，从高到低排第{said}{'（并列）' if alike else ''}"
    order = "、".join(f"{row_name(fact)}{shown(fact.quantity)}" for fact in rows)
    return Reply(f"{text}：{order}。", tuple(rows), counted=((said, "逐行排列表中所列"),))


def mean(column: Column, seen: Lens) -> Reply | None:
    """平均是多少: the plain mean of the rows of one level."""
    rows, _ = level_of(column.facts, seen)
    made = calculate.mean(rows)
    return (
        Reply(f"{column.name}平均为{made.text}（{made.working}，简单平均）。", made.facts, worked=(made,))
        if made
        else None
    )


def spread(column: Column, seen: Lens) -> Reply | None:
    """最高的和最低的相差多少: both rows and what lies between them."""
    rows, _ = level_of(column.facts, seen)
    high, low = (rows or column.facts)[0], (rows or column.facts)[-1]
    gap = difference(high, low)
    if gap is None or high.quantity.base == low.quantity.base:
        return None
    ends = "，".join(
        f"最{word}的是{'、'.join(row_name(one) for one in column.facts if one.quantity.base == fact.quantity.base)}"
        f"{shown(fact.quantity)}"
        for word, fact in (("高", high), ("低", low))
    )
    return Reply(f"{column.name}{ends}，相差{gap.text}（{gap.working}）。", (high, low), worked=(gap,))


def level_of(facts: Sequence[Fact], seen: Lens) -> tuple[list[Fact], Fact | None]:
    """The rows that make up the total of their column, the highest first, with the total; all rows where the column has
    no total, and none where rows are parts of others that nothing tells apart."""
    order = sorted(facts, key=lambda fact: -fact.quantity.base)
    whole = total_of(seen, facts[0])
    if whole is None or whole.dimension == "ratio":
        return order, None
    if abs(sum(fact.quantity.base for fact in order) - whole.quantity.base) <= tolerance(order, whole):
        return order, whole
    parts = sorted(level(facts, whole), key=lambda fact: -fact.quantity.base)
    if len(parts) < 2 and sum(fact.quantity.base for fact in order) < OVERLAP * whole.quantity.base:
        return order, whole  # the total does not hold: that is told beside the answer
    return (parts, whole) if len(parts) > 1 else ([], None)


WAYS = (
    Way((SHARE, TOPS, TOGETHER), tops),
    Way((TOPS, TOGETHER), tops),
    Way((SHARE, TOPS), tops),
    Way((SPREAD, APART), spread),
    Way((MEAN,), mean),
    Way((PLACE,), place, row=True),
)
