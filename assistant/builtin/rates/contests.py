"""Which of two rates is higher (货物类和服务类哪个完成率高): both from one table, as stated there or worked out alike;
else each as the report tells it of that side. Amounts are never set against one another in their stead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.builtin.amounts.together import row_of
from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import AIMS, Lens
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan, ask
from assistant.builtin.rates.recomputed import find_rate
from assistant.builtin.reply import Reply, lacking, shown
from assistant.builtin.tables.rows import Line, executed, lines
from assistant.calculate import PERCENT_PLACES, Result, points, ratio, rounded
from ingest.fact import Fact
from ingest.quantity import show
from ingest.terms import is_total, plain

RATE = "(?:率|进度|比例|占比|比重|满意度)"
MEASURE = (
    rf"(?:的(?=[^的，,]{{1,12}}{RATE})|(?=(?:预算)?(?:[一-龥]{{2}}率|满意度|占比)))"
    rf"(?P<measure>[^的，,]{{0,12}}?{RATE})"
)
MORE = "(?:更|比较|较|要)?(?:高|低|快|慢|大|小)"
TWO = "^(?:20\\d\\d年)?(?P<one>.+?)[和与跟、](?P<other>.+?)(?:[两二]者)?"
WHICH = (
    re.compile(rf"{TWO}(?:相比)?[，,]?(?:哪(?:一?[个项类]|种)|谁)的?(?P<measure>.*?{RATE}){MORE}"),
    re.compile(rf"{TWO}{MEASURE}(?:相比)?[，,]?(?:哪(?:一?[个项类]|种)|谁)的?{MORE}"),
    re.compile(
        rf"^(?:20\d\d年)?(?P<one>[^，,比]+?){MEASURE}比(?P<other>[^，,]+?)(?:的?(?P=measure))?{MORE}(?:了|出)?(?:多少|几)"
    ),
)
"""A和B哪个执行率高, A和B的执行率哪个高, A的执行率比B高多少."""
ITEM = re.compile("(?:采购|项目|支出|人员)$")
LAST = re.compile("上年|去年|上一年|20\\d\\d年|年初|目标|预算")
"""What a rate is set against by others: its own past, its goal."""
SPENT = re.compile("执行|完成|进度|支出")
"""Rates that are spending over budget."""
POSTS = re.compile("编制|在职|在编|控制率")
"""Rates that are staff over posts."""
KIND = re.compile("类?(?:在职|实有|在编)?(?:人员|编制|采购|项目|支出)*$")
STAFF = re.compile("^(?!.*(?:上年|上年末)).*(?:在职|实有|在岗|在编)")
NAMED = 0.5
"""Share of the words of a rate that the heading of its column must say."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One side: its row, its rate in per cent, how it came about."""

    name: str
    value: Decimal
    text: str
    facts: tuple[Fact, ...]
    working: str = ""


def rated(plan: Plan, seen: Lens) -> Reply | None:
    """The higher of two rates and by how many points; a refusal where one of them is not to be had."""
    question = plan.question.strip("？?")
    match = next((found for looks in WHICH if (found := looks.match(question))), None)
    if match is None or LAST.match(match["other"]):
        return None
    measure = match["measure"]
    names = [match[side].removesuffix(measure) or match[side] for side in ("one", "other")]
    for group in lines(seen, plan.table):
        one, other = (_rate(line, measure, seen) if (line := _row(name, group, seen)) else None for name in names)
        if one and other and one.name != other.name and bool(one.working) == bool(other.working):
            return _said(one, other, measure)
    told = [_alone(name, measure, seen) or _told(name, measure, seen) for name in names]
    if told[0] and told[1] and told[0].facts[0] is not told[1].facts[0]:
        return _said(told[0], told[1], measure)
    lost = [name for name, side in zip(names, told, strict=True) if side is None] or names
    return lacking("、".join(f"{name}的{measure}" for name in lost))


def _alone(name: str, measure: str, seen: Lens) -> Rated | None:
    """The one rate whose name holds the side and the measure, others between them (群众对公共服务满意度)."""
    said = reduced(name)
    held = [
        fact
        for fact in seen.facts
        if fact.dimension == "ratio"
        and fact.basis not in (*AIMS, "差额")
        and fact.quantity.relation == "="
        and said in (own := reduced("".join((fact.subject, *fact.measure))))
        and reduced(measure) in own
    ]
    values = {fact.quantity.base for fact in held}
    return Rated(name, held[0].quantity.value, shown(held[0].quantity), (held[0],)) if len(values) == 1 else None


def _told(name: str, measure: str, seen: Lens) -> Rated | None:
    """The rate of one side as the report tells or gives it, wherever that is."""
    rates = (find_rate(seen, ask(f"{said}{measure}")) for said in dict.fromkeys((name, ITEM.sub("", name))))
    rate = next((one for one in rates if one and (one.computed or one.reported)), None)
    if rate is None:
        return None
    if rate.computed:
        made = rate.computed
        return Rated(name, rounded(made.value, PERCENT_PLACES), made.text, made.facts, made.working)
    stated = rate.reported[0] if len(rate.reported) == 1 else None
    return Rated(name, stated.quantity.value, shown(stated.quantity), (stated,)) if stated else None


def _row(name: str, group: Sequence[Line], seen: Lens) -> Line | None:
    """The row that a side means: by its name, or the one row whose own name stands in it (服务 in 服务类采购)."""
    if found := row_of(name, group, seen):
        return found
    said = _stem(name)
    held = [line for line in group if (own := _stem(line.item)) and (own in said or said in own)]
    return held[0] if said and len(held) == 1 else None


def _stem(name: str) -> str:
    """A name without the kind of thing that all rows are (人员、编制、采购、类)."""
    bare = KIND.sub("", reduced(plain(name)))
    return bare if len(bare) > 1 else ""


def _rate(line: Line, measure: str, seen: Lens) -> Rated | None:
    """The rate of a row: the one column that is called so, else spending over budget or staff over posts."""
    wanted, spent = pairs(reduced(measure)), bool(SPENT.search(measure))
    own = [
        fact
        for fact in line.facts
        if fact.dimension == "ratio"
        and fact.basis not in ("目标", "差额")
        and (share(seen, wanted, pairs(reduced("".join(fact.measure)))) >= NAMED or (spent and _spends(fact)))
    ]
    if len(own) == 1:
        return Rated(line.name, own[0].quantity.value, shown(own[0].quantity), (own[0],))
    made = None if own else executed(line) if spent else staffed(line) if POSTS.search(measure) else None
    return Rated(line.name, rounded(made.value, PERCENT_PLACES), made.text, made.facts, made.working) if made else None


def _spends(fact: Fact) -> bool:
    head = "".join(fact.measure)
    return bool(SPENT.search(head)) and head.endswith(("率", "进度"))


def staffed(line: Line) -> Result | None:
    """Staff over posts in one row, last year's staff left out."""
    counts = [fact for fact in line.facts if fact.dimension in ("count", "none")]
    posts = _headed(counts, re.compile("编制"))
    staff = _headed([fact for fact in counts if fact not in posts], STAFF)
    return ratio(staff[0], posts[0]) if len(staff) == len(posts) == 1 else None


def _headed(counts: Sequence[Fact], head: re.Pattern[str]) -> list[Fact]:
    """The counts under a head; of those that stand side by side under it (行政、事业、小计) what sums them up."""
    own = [fact for fact in counts if head.search(fact.measure[-1])]
    return own or [fact for fact in counts if is_total(fact.measure[-1]) and head.search("".join(fact.measure))]


def _said(one: Rated, other: Rated, measure: str) -> Reply:
    facts = (*one.facts, *other.facts)
    high, low = (one, other) if one.value >= other.value else (other, one)
    sides = [
        f"{plain(side.name)}{measure}{side.text}" + (f"（{side.working}）" if side.working else "")
        for side in (high, low)
    ]
    if high.value == low.value:
        return Reply(f"{sides[0]}，{sides[1]}，两者相同。", facts)
    gap = show(high.value - low.value, points(), PERCENT_PLACES).replace("百分点", "个百分点").replace("个个", "个")
    return Reply(f"{sides[0]}，高于{sides[1]}，相差{gap}（{high.text}－{low.text}＝{gap}）。", facts)
