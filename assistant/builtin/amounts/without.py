"""Rows of a table that have nothing in a column (哪个项目没有年初预算): blank, a dash or nought there.

The column must be named in full or by its basis; where no table has one the question is refused, for the figure of all
rows together tells that of none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.builtin.amounts.ranking import meant
from assistant.builtin.facts.lens import Lens
from assistant.builtin.question.lexicon import reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, lacking
from assistant.builtin.tables.rows import Line, heading, place_of
from ingest.fact import Fact
from ingest.terms import basis_of

ASKED = re.compile(
    r"哪(?:一?[个些项]|几[个项])(?:项目|科目|资金)?(?:是)?(?:没有?(?:安排|列|填报?)?|未(?:安排|列|填报?))"
    r"(?P<side>(?:年初|期初|调整后?|全年|上年|当年|本年|财政|追加)?(?:预算|决算|支出|收入|拨款|执行)(?:数|额|金额)?)(?:的|呢)?$"
)
TAIL = re.compile("(?:金额|数额?|额)$")


def asked(plan: Plan, seen: Lens) -> Reply | None:
    """The rows without the figure that is asked for; the plain word that every row has it."""
    match = ASKED.search(plan.bare)
    if match is None:
        return None
    side = TAIL.sub("", reduced(match["side"]))
    groups = [(fits, group) for group, fits in meant(plan, seen) if len(_having(group, side)) > 1]
    if not groups:
        return lacking(f"各项的{match['side']}")
    group = max(groups, key=lambda one: one[0])[1]
    rows = [line for line in group if line not in _having(group, side)]
    place = place_of(seen, group[0])
    if not rows:
        return Reply(f"没有这样的项目：表中各行都有{match['side']}。", citations=(place,))
    return Reply(f"{'、'.join(line.item for line in rows)}没有{match['side']}。", citations=(place,))


def _having(group: Sequence[Line], side: str) -> list[Line]:
    """The rows with a figure, not nought, in the column of a name."""
    return [line for line in group if any(fact.quantity.value and _is(fact, side) for fact in line.facts)]


def _is(fact: Fact, side: str) -> bool:
    """Whether a figure stands under a name, or under another one of its basis (年初批复 for 年初预算)."""
    basis = basis_of(side)
    return TAIL.sub("", reduced(heading(fact))) == side or (basis not in ("", "预算") and fact.basis == basis)
