"""The facts whose whole name stands written before a figure (公共文化场馆免费开放的预算安排调整数为x): no likeness is
needed to tell what such a figure is of, and no other column or row with its value can stand for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.claim import Claim
from assistant.check.content import squeezed
from assistant.check.ledger import Entry, Ledger
from assistant.check.names import bare

_PART = re.compile(r"[，。；！？;：:、\[\]\n|=]")
_LINK = re.compile(r"(?:为|是|达到?|共计?|[:：])*\s*[≥≤＞＜><=]?\s*$")
"""What stands between a name and its figure."""
_LISTS = re.compile("分别|依次")
_TIMES = re.compile("季度$|月$|月末$|半年$")
LEAST = 6
"""The characters of a name that is not said by chance."""

NAMED = 4
"""The characters that the name of a row has beside a figure in it."""


def outright(claim: Claim, ledger: Ledger) -> Sequence[Entry]:
    """The facts of the claim's period, of a kind with it, whose name it writes out, 的 and years aside; () for none."""
    own = bare(_PART.split(_LINK.sub("", claim.before))[-1])
    # 甲和乙的x分别为…: which name is whose is told by the grammar
    tails = [bare(claim.name)] if _LISTS.search(own) else [own[at:] for at in range(len(own) - LEAST + 1)]
    numbers = next((found for tail in tails if (found := ledger.by_name.get(tail))), ())
    entries = [ledger.entries[number] for number in numbers if number in ledger.kinds[claim.kind]]
    return [entry for entry in entries if _of_period(claim.period, entry)]


def _of_period(period: str, entry: Entry) -> bool:
    """Whether a fact is of the period claimed; a row that is called by its period (第二季度) says which one itself."""
    own = entry.fact.period
    return period in ("", own) or bool(_TIMES.search(entry.fact.subject) and period[:4] == own[:4])


def in_name(claim: Claim, name: str) -> bool:
    """Whether a figure is only written as part of the name of a row (65岁以上老年人健康管理率)."""
    figure = squeezed(claim.quantity.text)
    at = name.find(figure)
    if at < 0 or len(name) < len(figure) + NAMED:
        return False
    before, after = squeezed(claim.before[-2 * len(name) :]), squeezed(claim.after[: 2 * len(name)])
    return before.endswith(name[:at]) and after.startswith(name[at + len(figure) :])
