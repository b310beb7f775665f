"""没在用的、闲置的: what is owned less what is in use, of the row that a question names or of all fixed assets.

Where the report has a figure of its own for what lies idle, that is looked up by others.
"""

from __future__ import annotations

import re

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.neighbours import in_row
from assistant.builtin.facts.wholes import TOTAL
from assistant.builtin.question.lexicon import reduced
from assistant.builtin.question.plan import Ask, Plan
from assistant.builtin.rates.cards import by_card, card_of
from assistant.builtin.reply import Reply
from assistant.builtin.tables.rows import Line, lines
from assistant.calculate import Result, difference
from ingest.fact import Fact

ASKED = re.compile("(?:没有?|未|不)(?:再)?(?:实际)?(?:在用|使用|在使用|用上|启用)|闲置")
HOW_MUCH = re.compile("多少|几|多大")
USED = re.compile("在用|使用中")
ASSETS = re.compile("资产")
CARD = "固定资产利用率"


def unused(plan: Plan, seen: Lens) -> Reply | None:
    """What of some assets is not in use; None where no row tells of use, or the report tells what is idle."""
    if not ASKED.search(plan.question) or not HOW_MUCH.search(plan.question):
        return None
    if any(_tells(fact) for fact in seen.facts):
        return None
    said = reduced(plan.question)
    rows = [line for group in lines(seen, plan.table) for line in group if reduced(line.item) in said]
    made = [(line.item, apart) for line in rows if (apart := _apart(line))]
    if not made and ASSETS.search(plan.question) and (apart := _of_all(plan, seen)):
        made = [("固定资产", apart)]
    if len(made) != 1:
        return None
    name, apart = made[0]
    return Reply(f"{name}未在用的为{apart.text}（{apart.working}）。", apart.facts, worked=(apart,))


def _tells(fact: Fact) -> bool:
    """Whether a figure is of what lies idle: a value, or a cell of a table; 盘活闲置厂房3处 is neither."""
    return "闲置" in "".join((fact.subject, *fact.measure)) and (fact.dimension == "money" or fact.kind == "table")


def _apart(line: Line) -> Result | None:
    """What a row has less what of it is in use; None unless there is one figure of each."""
    used = [fact for fact in line.facts if _in_use(fact)]
    if len(used) != 1:
        return None
    owned = [fact for fact in line.facts if fact is not used[0] and fact.dimension == used[0].dimension]
    return difference(owned[0], used[0]) if len(owned) == 1 else None


def _in_use(fact: Fact) -> bool:
    return bool(USED.search(fact.measure[-1])) and fact.dimension != "ratio"


def _of_all(plan: Plan, seen: Lens) -> Result | None:
    """Of all fixed assets: by the total row of their table, else by the inputs of 固定资产利用率."""
    totals = (fact for fact in seen.facts if fact.kind == "table" and TOTAL.search(fact.subject) and _in_use(fact))
    if total := next(totals, None):
        place = total.place
        row = Line(total.subject, tuple(in_row(seen, total)), place.table or 0, place.row or 0, place.report)
        if (apart := _apart(row)) is not None:
            return apart
    card = card_of(CARD)
    rate = by_card(seen, Ask(CARD, CARD, "", "ratio", plan.year), card, ()).computed if card else None
    return difference(rate.facts[1], rate.facts[0]) if rate and len(rate.facts) == 2 else None
