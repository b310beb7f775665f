"""A rate against its inputs, two figures that should be one, like figures side by side.

Which side of a contradiction is wrong is not for us to say.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

from assistant.builtin.facts.lens import AIMS, Entry, Lens, differ
from assistant.builtin.facts.lookup import Found, look, name_of
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Ask, Plan, ask, asks
from assistant.builtin.rates.recomputed import asked_rate, rate_reply
from assistant.builtin.reply import Reply, figure_of, shown, stated
from assistant.calculate import Result, agrees, difference, ratio
from ingest.fact import Fact

AROUND = re.compile(
    r"(?:请|帮我?)?(?:复算|核算|验算|重算|计算|复核|算)一?[下遍]|[，,]?(?:算得)?(?:对不对|对吗|是否正确|正确吗|准不准|准吗)$"
)
"""Words around the rate that is to be worked out again."""
SURE = 0.8
"""How well a rate must fit its words to be worked out from the figures beside it."""


def recompute(plan: Plan, seen: Lens) -> Reply | None:
    """X率怎么来的、复算X率: from its inputs, else from the two figures beside it that give it."""
    plan = replace(plan, asks=tuple(asks(AROUND.sub("", plan.question.strip("？?")))) or plan.asks)
    each = [_one(plan, seen, one) for one in plan.asks] if len(plan.asks) > 1 else []
    if (told := [one for one in each if one]) and len(told) == len(each):
        return Reply("".join(one.text for one in told), tuple(fact for one in told for fact in one.facts))
    named = asked_rate(plan)
    reply = rate_reply(plan, seen, named) if named else None
    if reply and "÷" in reply.text:
        return reply
    goals = [q for q in plan.stated if q.unit.dimension == "ratio"]
    same = (fact for fact in seen.facts if any(q.base == fact.quantity.base for q in goals))
    found = (made for fact in same if (made := _from_origin(seen, fact)))
    return next(found, None) or (_one(plan, seen, plan.asks[0]) if len(plan.asks) == 1 else None) or reply


def _one(plan: Plan, seen: Lens, one: Ask) -> Reply | None:
    """One rate of several: from the inputs it is known by, else from the two figures beside it that give it."""
    reply = rate_reply(plan, seen, one) if "率" in one.phrase else None
    if reply and "÷" in reply.text:
        return reply
    found = look(seen, replace(one, dimension="ratio", basis=""))
    sure = [fact for fact in found.facts if fact.basis not in AIMS and _named_so(found, one)] if found else []
    again = (other for fact in sure for other in seen.facts if _told_of(other, fact))
    return next((made for fact in (*sure, *again) if (made := _from_origin(seen, fact))), None) or reply


def _named_so(found: Found, one: Ask) -> bool:
    """Whether a rate is surely the one asked for: by its score, or since its name holds all the words."""
    said = reduced("".join(one.phrase.split()))
    return found.score >= SURE or (len(said) > 2 and said in reduced(name_of(found.fact)))


def _told_of(other: Fact, rate: Fact) -> bool:
    """Whether prose states a rate of a table once more, under its name or the end of it (整改率 of 违法用地整改率)."""
    own = pairs(reduced(other.measure[-1]))
    return other.kind == "prose" and not differ(other, rate) and bool(own) and own <= pairs(reduced(name_of(rate)))


def _from_origin(seen: Lens, rate: Fact) -> Reply | None:
    found = origin(seen, rate) if rate.dimension == "ratio" else None
    if found is None:
        return None
    over, under = (name_of(fact) for fact in found.facts)
    said = f"{name_of(rate)}{shown(rate.quantity)}＝{found.working}"
    return Reply(f"{said}（{over}÷{under}），复算一致。", (rate, *found.facts))


def origin(seen: Lens, rate: Fact) -> Result | None:
    """The two like figures nearest to a rate whose ratio it is, as written; None where no pair or several fit."""
    beside = [e.fact for e in seen.entries if _beside(e, rate)]
    for over, under in ((a, b) for x, y in combinations(beside, 2) for a, b in ((x, y), (y, x))):
        made = ratio(over, under, rate.quantity.places)
        if made and agrees(made, rate.quantity):
            return made
    return None


def _beside(entry: Entry, rate: Fact) -> bool:
    fact = entry.fact
    return (
        fact.place.report == rate.place.report
        and fact.place.block == rate.place.block
        and fact.place.row == rate.place.row
        and fact.dimension in ("money", "count", "none")
        and (fact.kind == "table" or fact.quote == rate.quote)
    )


def agree(plan: Plan, seen: Lens) -> Reply | None:
    """Two figures that should be one: last year's closing balance and this year's opening one, or any two named."""
    if re.search("结转", plan.question) and len(seen.years) > 1:
        earlier, later = seen.years[-2], seen.years[-1]
        last = look(seen, ask("年末结转和结余", earlier))
        first = look(seen, ask("年初结转和结余", later))
        if last and first:
            return _same(seen, first.fact, last.fact)
    found = [one for one in (look(seen, each) for each in plan.asks) if one]
    if len(found) >= 2:
        return _same(seen, found[0].fact, found[1].fact)
    return None


def _same(seen: Lens, one: Fact, other: Fact) -> Reply | None:
    apart = difference(one, other)
    if apart is None:
        return None
    sides = f"{stated(seen, one)}，{stated(seen, other)}"
    if abs(one.quantity.base - other.quantity.base) <= max(one.quantity.half, other.quantity.half):
        return Reply(f"一致，能对上：{sides}，两者相符。", (one, other))
    return Reply(f"不一致：{sides}，相差{apart.size}，须核实。", (one, other))


def fastest(plan: Plan, seen: Lens) -> Reply | None:
    """The highest of like figures that the prose states together (三类专利中哪类增长最快)."""
    words = re.sub(
        r"最.*|哪[一几]?[个类项种家]?|[两二三四五六七八九十\d]+[个类项种]|其?中|增长|增速", " ", plan.question
    )
    wanted = pairs(" ".join(reduced(words).split()))
    ratio_wanted = bool(re.search("增长|增速|快|慢|率|占比", plan.question))
    pool = [
        e.fact
        for e in seen.entries
        if e.fact.kind == "prose"
        and (e.fact.dimension == "ratio") == ratio_wanted
        and (not ratio_wanted or e.fact.quantity.direction or "增" in "".join(e.fact.measure))
        and seen.covered(wanted, e.core) >= 0.75
    ]
    blocks = {fact.place.block for fact in pool}
    groups = [[fact for fact in pool if fact.place.block == block] for block in blocks]
    group = max(groups, key=len, default=[])
    if len(group) < 2:
        return None
    low = bool(re.search(r"最(低|慢|小|少)", plan.question))
    ordered = sorted(group, key=lambda f: f.quantity.base * (f.quantity.direction or 1), reverse=not low)
    rest = "、".join(figure_of(fact) for fact in ordered[1:])
    return Reply(f"最{'低' if low else '高'}的是{figure_of(ordered[0])}（{rest}）。", tuple(ordered))
