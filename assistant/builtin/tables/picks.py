"""Rows picked from a table, told: those that meet a bound (不低于90%), how many they are; that there are none."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.builtin.reply import Reply
from ingest.fact import Fact
from ingest.quantity import Quantity

COUNTED = re.compile("(?:几|多少)[个项类家所名]")
"""有几个项目: their number is asked for too."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound (界限): its word in an answer, how questions put it, which figures meet it."""

    word: str
    says: re.Pattern[str]
    meets: Callable[[Decimal, Decimal], bool]


BOUNDS = (
    Bound("不低于", re.compile(r"不低于|不少于|不小于|以上"), operator.ge),
    Bound("不高于", re.compile(r"不高于|不超过|不大于|不多于|以下|以内|未超过|没有?超过"), operator.le),
    Bound("低于", re.compile(r"低于|不足|小于|少于|不到|未达到?|没有?[达到]到?|没有?过"), operator.lt),
    Bound("高于", re.compile(r"高于|超过|大于|多于|超出"), operator.gt),
)


def bound_in(words: str) -> Bound | None:
    """The bound that some words put."""
    return next((bound for bound in BOUNDS if bound.says.search(words)), None)


def told_rows(
    head: str, rows: Sequence[str], facts: Sequence[Fact], counting: bool = True, limit: Quantity | None = None
) -> Reply:
    """The rows picked, each as it is said, behind what they have in common; `counting`: with their number; `limit`: a
    figure of the question that `head` repeats."""
    given = ((limit.text, "问题给出的界限，不是报告的数"),) if limit else ()
    if not rows:
        return Reply(f"没有：没有哪一项的{head}。", tuple(facts), counted=given)
    number = f"{len(rows)}个"
    return Reply(
        f"{head}{f'的共{number}' if counting else ''}：{'；'.join(rows)}。",
        tuple(dict.fromkeys(facts)),
        counted=(*given, (number, "逐行清点表中所列")) if counting else given,
    )
