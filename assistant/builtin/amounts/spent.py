"""钱花完了吗: what of the year's budget was spent and what is left, with the rate.

Answers yes or no by the adjusted budget, the basis named.
"""

from __future__ import annotations

from assistant.builtin.amounts.together import row_of
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import whole
from assistant.builtin.question.lexicon import pattern
from assistant.builtin.question.plan import Plan, ask
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.rows import executed, lines
from assistant.calculate import difference, ratio


def up(plan: Plan, seen: Lens) -> Reply | None:
    """Whether the department's budget was spent to the last yuan."""
    if not pattern("spent").search(plan.question):
        return None
    item = of_item(plan.question, seen)
    if item is not None:
        return item
    budget, used = whole(seen, ask("调整后预算")), whole(seen, ask("支出决算"))
    if not budget or not used:
        return None
    left, rate = difference(budget.fact, used.fact), ratio(used.fact, budget.fact)
    if left is None or rate is None:
        return None
    figures = (
        f"调整后预算{shown(budget.fact.quantity)}，支出{shown(used.fact.quantity)}，执行率{rate.text}（{rate.working}）"
    )
    if left.value <= 0:
        return Reply(f"花完了：{figures}。", (budget.fact, used.fact))
    return Reply(f"没有花完：{figures}，还有{left.text}没有支出（{left.working}）。", (budget.fact, used.fact))


def of_item(question: str, seen: Lens) -> Reply | None:
    """The same of the item of a table that the question names."""
    name = pattern("spent").split(question)[0].removesuffix("的")
    for group in lines(seen):
        line = row_of(name, group, seen)
        rate = executed(line) if line else None
        if line is not None and rate is not None:
            left = difference(rate.facts[1], rate.facts[0])
            lead = "没有花完" if left and left.value > 0 else "花完了"
            rest = f"，还有{left.text}没有支出（{left.working}）" if left and left.value > 0 else ""
            return Reply(f"{lead}：{line.name}执行率{rate.text}（{rate.working}）{rest}。", rate.facts)
    return None
