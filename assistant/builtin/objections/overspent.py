"""Spending against its budget (超预算了吗、控制在预算以内了吗): both figures, whichever way the question is put."""

from __future__ import annotations

import re

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look, name_of
from assistant.builtin.question.lexicon import content, reduced, without_basis
from assistant.builtin.question.plan import Plan, ask
from assistant.builtin.reply import Reply, shown
from assistant.calculate import ratio

OVER = re.compile(r"(.+?)(?:为什么|为何)?(超预算|超支|超出预算|超过预算|超过了?(?:调整后|年初)?预算)")
WITHIN = re.compile(
    r"(.+?)(?:是否|有没有|能否)?(?:都|已)?控制在了?(?:年初|调整后|全年)?预算(?:数|额度?)?(?:以内|之内|范围内?|内)"
)


def denied(plan: Plan, seen: Lens) -> Reply | None:
    """超预算 taken for granted, where the figures say otherwise; 在预算以内 asked, with the figures either way."""
    within = WITHIN.search(plan.question) if plan.yes_no else None
    match = within or OVER.search(plan.question)
    if not match:
        return None
    subject = re.sub("^(为什么|为何|既然)", "", match[1])
    item = "".join(content(without_basis(reduced(subject))).split())
    basis = "年初预算" if "年初" in plan.question else "调整后预算"
    budget, spent = look(seen, ask(item + basis)), look(seen, ask(item + "支出决算"))
    if not budget or not spent:
        return None
    over = spent.fact.quantity.base > budget.fact.quantity.base
    facts = (spent.fact, budget.fact)
    figures = "，".join(f"{name_of(fact)}为{shown(fact.quantity)}" for fact in facts)
    if within:
        share = ratio(*facts)
        rate = f"，为预算的{share.text}（{share.working}）" if share else ""
        return Reply(f"{'不是：' if over else '是：'}{figures}{rate}，{'超出预算' if over else '在预算以内'}。", facts)
    return None if over else Reply(f"{'没有' if plan.yes_no else '前提有误'}：{figures}，没有超预算。", facts)
