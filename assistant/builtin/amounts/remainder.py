"""What is left when parts are taken away: 倒推, 除X外. The premise is always said."""

from __future__ import annotations

import re

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look, names, whole
from assistant.builtin.question.plan import Ask, Plan, ask, segments
from assistant.builtin.reply import Reply, shown
from assistant.calculate import Result, difference, percent, rounded, signed
from ingest.fact import Basis, Fact
from ingest.quantity import show


def back_solve(plan: Plan, seen: Lens) -> Reply | None:
    """倒推: the department's figure less a part's, with the premise said."""
    match = re.search(r"(?:除去?|扣除|减去|去掉)(?:了|掉)?(.+?)(?:以?外|[，,]?(?:还|后)?(?:剩|其余))", plan.question)
    if match and (rest_reply := _remainder(seen, plan.question[: match.start()], match[1])):
        return rest_reply
    part = (
        match[1]
        if match
        else "项目支出"
        if "基本支出" in plan.question
        else "基本支出"
        if "项目支出" in plan.question
        else ""
    )
    if not part:
        return None
    rest = "其余部分" if match else "基本支出" if part == "项目支出" else "项目支出"
    said: list[str] = []
    facts: list[Fact] = []
    values: list[Result] = []
    bases: tuple[Basis, ...] = ("年初预算", "调整后预算") if match else ("调整后预算",)
    for basis in bases:
        all_of, one = whole(seen, Ask("", "", basis, "money")), look(seen, ask(part + basis))
        left = difference(all_of.fact, one.fact) if all_of and one else None
        if left is None:
            return None
        said.append(f"{rest}{basis}为{left.text}（{left.working}）")
        facts += left.facts
        values.append(left)
    if len(values) == 2:
        moved = values[1].value - values[0].value
        pace = show(rounded(moved / values[0].value * 100, 2), percent()) if values[0].value else ""
        word = "净增" if moved > 0 else "净减"
        said.append(f"年中{word}{show(abs(moved), values[0].unit, values[0].places)}（{pace}），报告未说明")
    else:
        said += _executed(seen, rest, values[0], facts)
    return Reply("倒推：" + "；".join(said) + "（前提：部门整体＝基本支出＋项目支出，即各部分之和）。", tuple(facts))


def _remainder(seen: Lens, all_words: str, part_words: str) -> Reply | None:
    """X中除A和B外还有多少: the figure named first less the others."""
    if not re.sub("20\\d\\d年?|其?中", "", all_words).strip():
        return None
    all_of = look(seen, ask(re.sub("中$", "", all_words)))
    parts = [look(seen, ask(part)) for part in segments(part_words, names(seen))]
    found = [part.fact for part in parts if part]
    if not all_of or len(found) < len(parts) or all_of.fact in found:
        return None
    made = signed([(1, all_of.fact), *((-1, fact) for fact in found)])
    return Reply(f"其余为{made.text}（{made.working}），报告未说明构成。", made.facts) if made else None


def _executed(seen: Lens, rest: str, budget: Result, facts: list[Fact]) -> list[str]:
    spent = look(seen, ask(rest + "决算"))
    if not spent or not budget.value:
        return []
    facts.append(spent.fact)
    rate = show(rounded(spent.fact.quantity.base / (budget.value * budget.unit.factor) * 100, 2), percent())
    return [f"{rest}执行{shown(spent.fact.quantity)}，执行率{shown(spent.fact.quantity)}÷{budget.text}＝{rate}"]
