"""A budget after what changed it: 预算数变为x, 年初批复x，调整到y, 调减x后为y.

Each function gives the claim of the figure, or None where its words say no such thing.
"""

from __future__ import annotations

import re

from ingest.ledger import labels
from ingest.ledger.pieces import Piece
from ingest.ledger.thread import Claim, Thread, claim_of
from ingest.terms import basis_of, plain

_BECAME = re.compile(
    "^(?P<whose>.*?)(?:部门|支出|全年|年度)*预算(?:数|总额|总数|规模|指标)?(?:也|则|相应|随之|最终)*"
    "(?:(?:变更|变动?|调整|修正|更新)[为到至成]|(?:增加|追加|调[增减]|减少|压减|核减|增|减)[到至为])$"
)


def became(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """预算数变为x: the budget after what was just told of changed it."""
    own = plain(piece.own)
    match = _BECAME.match(own.strip("，,；;：:。、")) if "预算" in own else None
    if not match or piece.quantity.unit.dimension != "money":
        return None
    whose = labels.clean(match["whose"]) or (thread.budget.subject if thread.budget else "")
    return claim_of(piece, whose, ("调整后预算",), thread)


_RESET = re.compile("(?:调整?|调[增减]|[追增]加|核[增减]|压[减缩]|下?降|减少|提高)[到至为]$")
"""年初批复x，调整到y; 预算核减x，降到y."""


def _of_budget(head: Claim) -> bool:
    """Whether a level is a budget before a change, or the change."""
    money = head.quantity.unit.dimension == "money"
    return money and basis_of("".join(head.measure)) in ("年初预算", "预算", "调整")


_THEREBY = re.compile("后?[到至为]|后")
"""Behind a change of a budget: 调减x后为y, 追加x至y."""
_CHANGED = re.compile("(?:年初|年中|部门|批复|安排|预算|资金)*(?:调[增减]|[追增]加|核[增减]|压[减缩]|减少)*(?:数|额)?$")


def budget_of(head: Claim) -> str:
    """Whose budget a change or an initial budget is of: 照明改造预算核减 → 照明改造."""
    return _CHANGED.sub("", head.subject or head.measure[-1])


def reset(piece: Piece, head: Claim, thread: Thread) -> Claim | None:
    """The budget after a change that was told, or that the initial budget was brought to."""
    own = plain(piece.own)
    changed = basis_of("".join(head.measure)) == "调整" and _THEREBY.fullmatch(own)
    if not (changed or _RESET.search(own)) or not _of_budget(head):
        return None
    budgets = (budget_of(one) for one in (head, *reversed(thread.recent)) if _of_budget(one))
    return claim_of(piece, next(filter(None, budgets), ""), ("调整后预算",), thread)
