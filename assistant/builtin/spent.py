"""钱花完了吗: what of the year's budget was spent and what is left, with the rate.

Answers yes or no by the adjusted budget, the basis named.
"""

from __future__ import annotations

from assistant.builtin.lens import Lens
from assistant.builtin.lexicon import pattern
from assistant.builtin.lookup import whole
from assistant.builtin.plan import Plan, ask
from assistant.builtin.reply import Reply, shown
from assistant.calculate import difference, ratio


def up(plan: Plan, seen: Lens) -> Reply | None:
    """Whether the department's budget was spent to the last yuan."""
    if not pattern("spent").search(plan.question):
        return None
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
