"""超编: staff against posts, in all (by the card of 在职人员控制率) and row by row; a wrong claim is corrected."""

from __future__ import annotations

import re

from assistant.builtin.facts.lens import Lens
from assistant.builtin.question.plan import Ask, Plan
from assistant.builtin.rates.cards import by_card, card_of
from assistant.builtin.rates.contests import staffed
from assistant.builtin.reply import Reply
from assistant.builtin.tables.rows import lines
from assistant.calculate import Result, difference

ASKED = re.compile(
    "超编|编制(?:有没有|是否|是不是|已经?|都)*超|超了?编|满编|空编|缺编|(?:超过|超出|突破)了?(?:核定)?编制"
)
VACANT = re.compile("[空缺]编了?(?:多少|几)")
"""How many posts are vacant is a figure of its own."""
EACH = re.compile("各|都|均|每")
CARD = "在职人员控制率"


def posts(plan: Plan, seen: Lens) -> Reply | None:
    """Whether there are more staff than posts; None where a reason is asked for what the figures bear out."""
    card = card_of(CARD) if ASKED.search(plan.question) and not VACANT.search(plan.question) else None
    year = plan.year
    made = by_card(seen, Ask(CARD, CARD, "", "ratio", year), card, ()).computed if card else None
    if made is None:
        return None
    over, exact = made.value > 100, made.value == 100
    rows = beyond(seen)
    if not plan.yes_no and (over or rows):
        return None
    verdict = "已超编" if over else "没有超编，正好满编" if exact else "没有超编"
    said = f"{CARD}为{made.text}（在职÷编制＝{made.working}）"
    if rows and not over:
        names = "；".join(f"{name}超编{_by(row)}（在职÷编制＝{row.working}）" for name, row in rows)
        each = EACH.search(plan.question)
        verdict, said = ("不是都没有超编", f"{names}；总体{said}") if each else (f"总体{verdict}", f"{said}；但{names}")
    lead = "" if plan.yes_no else "前提有误："
    facts = (*made.facts, *(fact for _, row in rows for fact in row.facts))
    return Reply(f"{lead}{verdict}：{said}。", tuple(dict.fromkeys(facts)))


def _by(row: Result) -> str:
    """By how many people staff exceed posts."""
    apart = difference(*row.facts) if len(row.facts) == 2 else None
    return apart.size if apart else ""


def beyond(seen: Lens) -> list[tuple[str, Result]]:
    """Rows (单位、编制类别) with more staff than posts."""
    made = ((line.name, staffed(line)) for group in lines(seen) for line in group)
    return [(name, row) for name, row in made if row and row.value > 100]
