"""What the words around a figure say of its state: what was actually done, a budget before and after it was changed.

Reads words; the grammar has labelled the figure already.
"""

from __future__ import annotations

import re

from ingest.ledger.thread import named_item
from ingest.terms import basis_of

_ACTUALLY = re.compile("实际[^收支]")
_FIRST = re.compile("[由从][^，。；]{0,4}$")
_SECOND = re.compile(r"[由从][^，。；]*\d[^，。；]*?(?:[减增降升提调压]|减少|增加|下降|提高)[到至为]$")

_ADJUSTED = re.compile(r"(?:调[减增整]|追[加减]|核[减增]|压[减缩])[^，。；\d]{0,4}[，,]?$")


def done(measure: tuple[str, ...]) -> str:
    """实际建成x座: an outcome, whatever the verb."""
    return "完成" if _ACTUALLY.match(measure[-1]) else ""


def reset(measure: tuple[str, ...], before: str, items: tuple[str, ...]) -> tuple[str, tuple[str]] | None:
    """甲被调减，由x减到y: the budgets of 甲 before and after it was changed."""
    first = _FIRST.search(before)
    states = first or _SECOND.search(before)
    if not states or not (basis_of("".join(measure)) == "调整" or _ADJUSTED.search(before[: states.start()])):
        return None
    item = named_item(before, items)
    return (item, ("年初预算数",) if first else ("调整后预算数",)) if item else None
