"""超编: staff against posts, by the card of 在职人员控制率. A claim that the figures deny is corrected."""

from __future__ import annotations

import re

from assistant.builtin.cards import by_card, card_of
from assistant.builtin.lens import Ask, Lens
from assistant.builtin.plan import Plan
from assistant.builtin.reply import Reply

ASKED = re.compile("超编|编制(?:有没有|是否|是不是)?超|超了?编|满编|空编|缺编|(?:超过|超出|突破)了?(?:核定)?编制")
CARD = "在职人员控制率"


def posts(plan: Plan, seen: Lens) -> Reply | None:
    """Whether there are more staff than posts; None where a reason is asked for what the figures bear out."""
    card = card_of(CARD) if ASKED.search(plan.question) else None
    year = plan.years[0] if len(plan.years) == 1 else None
    made = by_card(seen, Ask(CARD, CARD, "", "ratio", year), card, ()).computed if card else None
    if made is None:
        return None
    over, exact = made.value > 100, made.value == 100
    if not plan.yes_no and over:
        return None
    verdict = "已超编" if over else "没有超编，正好满编" if exact else "没有超编"
    lead = "" if plan.yes_no else "前提有误："
    return Reply(f"{lead}{verdict}：{CARD}为{made.text}（在职÷编制＝{made.working}）。", made.facts)
