"""The budget of the department or an item before and after its adjustment, and what of it is left unspent.

Takes the initial and the adjusted budget of one thing; other changes are told by `change`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import Found, look, projects, whole
from assistant.builtin.question.lexicon import lexicon
from assistant.builtin.question.plan import Ask, Plan
from assistant.builtin.reply import Reply, figure_of, shown
from assistant.calculate import difference, growth
from ingest.fact import Fact

_MOVING = (
    r"年中|净增加?|净减少?|净|减去|加上|扣除|追减|核减|压减|调增|调减|追加|调整|幅度|增加|减少|预算|变化|是|多少|多大|相当于?|占|"
    r"百分[之比]?|比[例重]|批复|几"
)
"""Words of a question about a budget's change that are none of the item's name."""
MOVED = re.compile("调增|调减|追加|追减|核减|压减|调整|净增|净减|年中")
OF_INITIAL = re.compile(r"(?:追加|调增|调减|调整|增加|核减|净增|净减).*(?:占|相当于|为)(?:了)?年初")
"""净追加多少，占年初预算的百分比: the change of the budget, of which its share in the initial one is told too."""


def budget_change(plan: Plan, seen: Lens) -> Reply | None:
    """年中净调增、调整幅度: the adjusted budget against the initial one, of the department or of an item."""
    if not MOVED.search(plan.question) or re.search(r"比上年|较上年", plan.question):
        return None
    subject = item_named(plan, _MOVING)
    one = Ask(subject, subject, "", "money", plan.year, context=plan.question)
    first, last = (on_basis(seen, one, basis) for basis in ("年初预算", "调整后预算"))
    if not first or not last or first.fact == last.fact:
        return None
    apart = difference(last.fact, first.fact)
    grown = growth(last.fact, first.fact)
    if not apart or not grown:
        return None
    moves = [] if subject or "净" in plan.question else _told_moves(plan, seen)
    if moves and all(abs(fact.quantity.base) != abs(apart.value) * apart.unit.factor for fact in moves):
        return Reply("；".join(figure_of(fact) for fact in moves) + "。", tuple(moves))
    if not apart.value and subject:
        return Reply(f"{subject}预算未调整，年初和调整后都是{shown(first.fact.quantity)}。", (last.fact, first.fact))
    word = ("净调增" if apart.value > 0 else "净调减") if apart.value else "未调整"
    higher, lower = (last.fact, first.fact) if apart.value > 0 else (first.fact, last.fact)
    working = difference(higher, lower)
    said = f"{subject or '年中'}预算{word}{apart.size}（{working.working if working else ''}）"
    if not subject or _PACE.search(plan.question):
        base = shown(replace(first.fact.quantity, direction=0))
        said += f"，占年初预算的{grown.size}（{apart.size}÷{base}＝{grown.size}）"
    return Reply(said + "。", (last.fact, first.fact))


def _told_moves(plan: Plan, seen: Lens) -> list[Fact]:
    """追加1,860.50万元、核减210.30万元: the moves of one direction, asked for by it, that the report tells apart."""
    words = [w for name in ("more", "less") for w in lexicon()["supposed"][name] if w in plan.question]
    facts = seen.facts
    return [
        fact
        for fact in facts
        if fact.kind == "prose" and fact.basis == "调整" and not fact.subject and fact.dimension == "money"
        if any(fact.measure[-1].endswith(word) for word in words)
    ]


_PACE = re.compile("幅度|百分|比例|比重|占|率|多大|情况|变化|相当")
"""An item's change is told in per cent where that is asked for; the department's always."""


def left(plan: Plan, seen: Lens) -> Reply | None:
    """预算还剩多少没有支出: the adjusted budget less the spending."""
    if not re.search(
        r"(剩|节约|少花|未支出|没有?(支出|执行|使用|花)|没花|未执行|没用完|结余多少.*预算|未使用)", plan.question
    ):
        return None
    if "节约" in plan.question and any("节约" in fact.measure[-1] for fact in seen.facts):
        return None  # the report says itself what was saved
    subject = item_named(plan, r"预算|指标|还剩|剩余|剩|节约|少花|比|没有|没|支出|未|使用|执行|完")
    one = Ask(subject, subject, "", "money", plan.year, context=plan.question)
    budget, spent = on_basis(seen, one, "调整后预算"), on_basis(seen, one, "决算")
    apart = difference(budget.fact, spent.fact) if budget and spent else None
    if apart is None:
        return None
    return Reply(f"{subject}预算还有{apart.text}没有支出（{apart.working}，调整后预算减支出决算）。", apart.facts)


def on_basis(seen: Lens, one: Ask, basis: str) -> Found | None:
    wanted = replace(one, basis=basis)  # type: ignore[arg-type]  # both literals are bases
    if one.phrase == "项目支出" and (summed := projects(seen, wanted)):
        return summed
    return look(seen, wanted) if one.phrase else whole(seen, wanted)


def item_named(plan: Plan, drop: str) -> str:
    """The words of the first ask without those of the operation."""
    phrase = plan.asks[0].phrase if plan.asks else ""
    kept = re.sub(r"(?<=[目本])支出", "\x00", phrase)  # 项目支出 and 基本支出 are names
    said = re.sub(r"\s", "", re.sub(drop, "", kept)).replace("\x00", "支出")
    return "项目支出" if said == "项目" else said
