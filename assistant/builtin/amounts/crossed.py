"""Cells of one table named in full by row and column, worked with together (A和B的预算合计, A的决算数比年初数少多少).

Every word of the question must be a name of the table or belong to the operation; what asks for more is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.builtin.amounts.change import moved
from assistant.builtin.amounts.ways import BOTH, FOLD, GAP, GROWTH, HIGHER, REST, SHARE, SUM, WEIGHED
from assistant.builtin.facts.doubts import rivals
from assistant.builtin.facts.lens import Lens, named, years_of
from assistant.builtin.layout.layers import At, Layer
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, conflict, stated
from assistant.builtin.tables.by_name import THING, ByName, by_names
from ingest.fact import Fact

AND = "[和与及跟、，]"
MANY = rf"^{THING}(?:{AND}{THING})+"
TOGETHER = "(?:合计|一共|总共|共计|总计|共|加起来|合起来|加总|相加|之和|总和|总额)+"
MORE = "(?:更|较|比较)?(?:高|多|大|低|少|小)(?:一些)?"
MUCH = "(?:是|为|有)?(?:多少|几|多大)?(?:万元|亿元|元|个百分点|个|人|名|家|份|分)?"
ASKED = f"{MUCH}$"


WAYS = (
    (re.compile(rf"{MANY}(?:支出|资金)?{TOGETHER}{ASKED}"), SUM),
    (
        re.compile(
            rf"^{THING}(?:比|较){THING}(?:增长|下降|上升|增加|减少|提高|降低)了?(?:百分之几|百分之多少|多少%|几成)$"
        ),
        GROWTH,
    ),
    (
        re.compile(
            rf"^{THING}(?:比|较){THING}(?:多出?|少|高|低|大|小|增加|减少|超出?|超过|节约|增|减|降低|提高)(?:支出|安排|花)?了?{ASKED}"
        ),
        GAP,
    ),
    (re.compile(rf"^{THING}{AND}{THING}(?:之间|两者|二者)?(?:的)?(?:相差|差距|差额|差|差异){ASKED}"), GAP),
    (re.compile(rf"^{THING}占(?:了|到)?{THING}(?:比重|比例|百分比|份额|百分之几|几成)?{ASKED}"), SHARE),
    (re.compile(rf"^{THING}是{THING}(?:几|多少)倍$"), FOLD),
    (
        re.compile(
            rf"^{THING}{AND}{THING}(?:相比|比较|之中|两者)?，?(?:哪一?[个项家类]?|谁)C?{MORE}"
            rf"(?:，?(?:{MORE}|相?差|差距)了?{ASKED})?$"
        ),
        HIGHER,
    ),
    (
        re.compile(
            rf"^除(?:了|去)?{THING}(?:{AND}{THING})*(?:以|之)?外，?(?:其[余他它]|剩[余下])?各?(?:[项个类家]|项目|单位|部门)*C?{TOGETHER}{ASKED}"
        ),
        REST,
    ),
    (
        re.compile(
            rf"{MANY}{TOGETHER}{MUCH}，?(?:合计|两者|二者|共)*占(?:了|到)?R(?:比重|比例|百分比|份额|百分之几|几成)?{ASKED}"
        ),
        WEIGHED,
    ),
    (
        re.compile(
            rf"^{THING}{AND}{THING}(?:分别|各)(?:自)?{MUCH}，?(?:两者|二者|它们)?(?:之间)?相?差(?:距|额|异)?了?{ASKED}"
        ),
        BOTH,
    ),
)
"""The shapes of questions over the cells of a table, each with its way of working."""
LISTED = re.compile(rf"{MANY}(?:，)?(?:分别|各)(?:自)?{ASKED}")
"""Several cells asked for one after the other."""
SINGLE = re.compile(rf"^(?:RC|CR|R){ASKED}")
"""One cell, or a row that has but one."""
OPERATED = re.compile("[合共加比较差占倍哪谁]|分别|各")
OVER_ALL = re.compile("占(?:了|到)?(?:合计|总计|总额|总量|总数|总和|全部)(?![RC])")
TOTAL = re.compile("(?:合计|总计|总额)$")


def worked(plan: Plan, seen: Lens) -> Reply | None:
    """What is made of the cells that a question names, where the names of one table are all it says of them."""
    if not OPERATED.search(plan.bare):
        return None
    replies = [reply for one in by_names(seen, plan.question, plan.bare) if (reply := _reply(one, seen))]
    values = {tuple(sorted(fact.quantity.base for fact in reply.facts)) for reply in replies}
    return replies[0] if len(values) == 1 else None


def single(plan: Plan, seen: Lens) -> Fact | None:
    """The one figure whose row and column are all that a question says; None where tables differ about it."""
    found = []
    for one in by_names(seen, plan.question, plan.bare):
        at = [at for cells in one.cells or one.names.rows for at in cells if at in one.figures]
        if len(at) == 1 and SINGLE.search(one.shape):
            found.append(one.figures[at[0]])
    return found[0] if len({(fact.quantity.base, fact.dimension) for fact in found}) == 1 else None


def _reply(one: ByName, seen: Lens) -> Reply | None:
    """What is made of the cells of one table; None where the words are no operation on them."""
    shape, figures = one.shape, one.figures
    way = next((way for asks, way in WAYS if asks.search(OVER_ALL.sub("占R", shape))), None)
    if way is None and not LISTED.search(shape):
        return None
    found = [[figures[at] for at in sorted(cells) if at in figures] for cells in one.cells]
    if (way and way.of_total) or (len(found) == 1 and OVER_ALL.search(shape)):
        found.append(whole_of(found[0], one.layer, figures) if found else [])
    if len(found) < 2 or any(len(facts) != 1 for facts in found):
        return None
    facts = tuple(each[0] for each in found)
    if len(set(facts)) < len(facts):
        return None
    if way is None:
        return listed(facts, seen)
    if way is GAP and (between := _over_years(facts, seen)) is not None:
        return between
    made = way.made(facts)
    return Reply(way.told(facts, made, shape), made.facts, worked=(made,)) if made else None


def _over_years(facts: Sequence[Fact], seen: Lens) -> Reply | None:
    """One row in two years: the change with its rate, the earlier year first."""
    years = [years_of("".join((fact.period, *fact.measure))) for fact in facts]
    if len(facts) != 2 or facts[0].subject != facts[1].subject or not all(years) or years[0] == years[1]:
        return None
    if facts[0].basis != facts[1].basis:
        return None  # a budget and what was spent the year before are no change
    before, now = (fact for _, fact in sorted(zip(years, facts, strict=True), key=lambda one: one[0]))
    said, used = moved(seen, now, before)
    return Reply(f"{named(now.item)}{said}。", used) if said else None


def listed(facts: Sequence[Fact], seen: Lens) -> Reply:
    """The cells one after the other, each with what the report says against it elsewhere."""
    sides = [(fact, *rivals(seen, fact)) for fact in facts]
    said = [conflict(seen, side) if len(side) > 1 else stated(seen, side[0]) for side in sides]
    return Reply("；".join(said) + "。", tuple(fact for side in sides for fact in side))


def whole_of(part: Sequence[Fact], layer: Layer, figures: Mapping[At, Fact]) -> list[Fact]:
    """The total row's figure in the column of a part; none where the column has several totals that differ."""
    col = part[0].place.col if len(part) == 1 else None
    totals = [fact for at, fact in figures.items() if at in layer.cells and at[1] == col and TOTAL.search(fact.subject)]
    return totals[:1] if len({fact.quantity.base for fact in totals}) == 1 else []
