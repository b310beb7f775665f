"""What a figure of a table is made of (构成): the rows below it that make it up exactly, level by level.

Parts are told only where they add up to the figure; nothing is guessed from the order of rows alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.builtin.amounts.partition import children
from assistant.builtin.facts.finding import find
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.facts.neighbours import in_column
from assistant.builtin.question.plan import Plan, ask
from assistant.builtin.reply import Reply, shown
from assistant.calculate import figures, tolerance, total
from ingest.fact import Fact

ASKED = re.compile(
    r"构成|组成|明细|包括(?:哪些|什么)|由(?:哪些|什么|哪[几两三四五六七八九十\d]+[类项种个])|按(?:类别|类型|种类|性质)(?:各|分别)"
)
FAR = 40
"""Rows below a figure that may be its parts."""


def made_of(plan: Plan, seen: Lens) -> Reply | None:
    """住房保障支出的构成是什么: the figure with its parts."""
    if not ASKED.search(plan.question) or not plan.asks:
        return None
    words = re.sub(rf"(?:的[^的]{{0,6}})?(?:的|主要)*(?:{ASKED.pattern}).*|[？?]", "", plan.question)
    one = replace(ask(words), dimension="", basis="", year=plan.asks[0].year)
    hits = [hit for hit in find(seen, one, floor=0.8) if hit.fact.dimension not in ("ratio", "score")]
    for hit in hits[:8]:
        parts = parts_of(seen, hit.fact) if hit.fact.kind == "table" else _told(seen, hit.fact)
        made = total(parts) if len(parts) > 1 and hit.score >= 0.8 * hits[0].score else None
        if made:
            each = "、".join(f"{part.subject or part.measure[-1]}{shown(part.quantity)}" for part in parts)
            working = f"{'＋'.join(figures(parts))}＝{made.text}"
            text = f"{name_of(hit.fact)}为{shown(hit.fact.quantity)}，由{each}构成（{working}）。"
            return Reply(text, (hit.fact, *parts))
    return None


def _told(seen: Lens, whole: Fact) -> list[Fact]:
    """The parts that a sentence names behind a figure, where they make it up (其中一产…、二产…、三产…)."""
    parts = children(seen, whole)
    gap = abs(sum((part.quantity.base for part in parts), Decimal(0)) - whole.quantity.base)
    return parts if parts and gap <= tolerance(parts, whole) else []


def parts_of(seen: Lens, whole: Fact) -> list[Fact]:
    """The rows of the next level below a figure; of a level of one row, those below that."""
    below = [fact for fact in in_column(seen, whole) if (fact.place.row or 0) > (whole.place.row or 0)]
    below = sorted({fact.place.row: fact for fact in reversed(below)}.values(), key=lambda fact: fact.place.row or 0)
    found = _level(below[:FAR], 0, whole.quantity.base)
    while found and len(found[0]) == 1:
        at = below.index(found[0][0]) + 1
        found = _level(below[:FAR], at, whole.quantity.base)
    return found[0] if found else []


def level(rows: Sequence[Fact], whole: Fact) -> list[Fact]:
    """Of rows in reading order those that make up a whole exactly, each with its own parts passed over."""
    found = _level(sorted(rows, key=lambda fact: fact.place.row or 0)[:FAR], 0, whole.quantity.base)
    return found[0] if found else []


def _level(rows: Sequence[Fact], at: int, whole: Decimal) -> tuple[list[Fact], int] | None:
    """Rows from `at` on that make up the whole, each with the rows below it passed over; and where they end."""
    if at >= len(rows) or whole <= 0:
        return None
    first = rows[at]
    left = whole - first.quantity.base
    if left < 0:
        return None
    deeper = _level(rows, at + 1, first.quantity.base)
    ends = [deeper[1]] if deeper else []
    for end in (*ends, at + 1):
        if not left:
            return [first], end
        if rest := _level(rows, end, left):
            return [first, *rest[0]], rest[1]
    return None
