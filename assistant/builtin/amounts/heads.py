"""Amounts over heads (人均、平均每人次、平均每场): over the staff, or over what one paragraph counts beside the amount.

The divisor is always told; nothing is divided where the report states a figure per head itself.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.builtin.amounts.coordinated import resolve
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look, name_of, role_facts
from assistant.builtin.question.plan import Plan, ask
from assistant.builtin.reply import Reply
from assistant.calculate import per
from ingest.fact import Fact

SURE = 0.7
"""How well the amount must fit its words."""
OFFICE = re.compile("公用|三公|人员|工资|福利|办公|日常|基本支出|运行|培训|差旅|会议|接待|商品和服务|保障|公积金")
"""Money spent on the staff themselves: per head means per member of the staff."""
EACH = re.compile(
    r"^(.*?)平均?每一?(人次|批次|批|家|户|名|人|场|座|件|公里)[^多少]*?(?:的([^多少]+?)(?:是|为))?[^？]*多少"
)
"""公务接待平均每人次花了多少; 平均每名在职人员的公用经费是多少."""


def per_head(plan: Plan, seen: Lens) -> Reply | None:
    """人均、每家: an amount over a number of heads."""
    match = re.search(r"(人均|平均每|每)(.*)", plan.question)
    if not match:
        return None
    if match[1] == "人均":
        return _per_member(plan, seen, match[2])
    if (each := EACH.match(plan.question)) and (made := _each(each[1] or each[3] or "", each[2], seen)):
        return made
    found = [one.fact for one in resolve(seen, list(plan.asks)) if one]
    amount = next((fact for fact in found if fact.dimension == "money"), None)
    heads = next((fact for fact in found if fact.dimension == "count"), None)
    result = per(amount, heads) if amount and heads else None
    return Reply(f"平均{result.text}（{result.working}）。", result.facts) if result else None


def _each(words: str, counted: str, seen: Lens) -> Reply | None:
    """An amount over what is counted: what its own paragraph counts so, or the staff where heads are meant."""
    amount = look(seen, replace(ask(words), basis="决算", dimension="money")) if words else None
    if amount is None or amount.score < SURE:
        return None
    beside = (
        fact
        for fact in seen.facts
        if (fact.place.report, fact.place.block) == (amount.fact.place.report, amount.fact.place.block)
        and fact.quantity.unit.name == counted
    )
    staff = role_facts(seen, "在职人员控制率", "staff", None) if counted in ("人", "名") else []
    heads = next(beside, None) or (staff[0] if staff else None)
    made = per(amount.fact, heads) if heads else None
    if made is None or heads is None:
        return None
    return Reply(f"平均每{counted}{made.text}（{made.working}，按{name_of(heads)}计算）。", made.facts)


def _told_for(seen: Lens, amount: Fact) -> Fact | None:
    """The persons whom a sum was for, as its own sentence tells: 发放低保资金468.20万元、惠及1036人."""
    path = (amount.subject, *amount.measure)
    return next(
        (
            fact
            for fact in seen.facts
            if fact.quote == amount.quote
            and fact.quantity.unit.kind == "人"
            and (fact.subject, *fact.measure)[: len(path)] == path
        ),
        None,
    )


def _per_member(plan: Plan, seen: Lens, words: str) -> Reply | None:
    """人均公用经费: over the staff at the end of the year, said to be so; none where a figure is stated per head."""
    if plan.asks and (said := look(seen, plan.asks[-1])) and "人均" in name_of(said.fact):
        return None
    year = plan.year
    one = ask(re.sub(r"(是|为|有)?多少.*", "", words.strip("？?")), year)
    amount = look(seen, replace(one, basis=one.basis or "决算", dimension="money"))
    if amount is None or amount.score < SURE:
        return None
    if heads := _told_for(seen, amount.fact):
        each = per(amount.fact, heads)
        return Reply(f"人均{each.text}（{each.working}，按{name_of(heads)}计算）。", each.facts) if each else None
    staff = role_facts(seen, "在职人员控制率", "staff", year) if OFFICE.search(name_of(amount.fact)) else ()
    made = per(amount.fact, staff[0]) if staff else None
    if made is None:
        return None
    return Reply(
        f"人均{name_of(made.facts[0])}为{made.text}（{made.working}，按{name_of(staff[0])}计算）。", made.facts
    )
