"""超编: staff against posts, in all (by the card of 在职人员控制率) and row by row; a wrong claim is corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
ROWS = re.compile("哪|(?<![本我该])(?:单位|机构|中心|站所)")
"""Asked of the rows one by one, not of the department as a whole."""
EMPTY = re.compile("[空缺]编")
VACANT = re.compile("[空缺]编了?(?:多少|几)")
"""How many posts are vacant is a figure of its own."""
EACH = re.compile("各|都|均|每")
CARD = "在职人员控制率"


def posts(plan: Plan, seen: Lens) -> Reply | None:
    """Whether there are more staff than posts; None where a reason is asked for what the figures bear out."""
    if not ASKED.search(plan.question) or VACANT.search(plan.question):
        return None
    card = card_of(CARD)
    made = by_card(seen, Ask(CARD, CARD, "", "ratio", plan.year), card, ()).computed if card else None
    if ROWS.search(plan.question) and not EACH.search(plan.question):
        told = _one_by_one(plan, seen, made)
        if told or EMPTY.search(plan.question):
            return told
    return _in_all(plan, seen, made) if made else None


def _in_all(plan: Plan, seen: Lens, made: Result) -> Reply | None:
    """The department as a whole, with the rows that are not as it is."""
    over, exact = made.value > 100, made.value == 100
    rows = beyond(seen)
    if not plan.yes_no and (over or rows):
        return None
    verdict = "已超编" if over else "没有超编，正好满编" if exact else "没有超编"
    said = f"{CARD}为{made.text}（在职÷编制＝{made.working}）"
    if rows and not over:
        each = EACH.search(plan.question)
        names = _said(rows, "超编")
        verdict, said = ("不是都没有超编", f"{names}；总体{said}") if each else (f"总体{verdict}", f"{said}；但{names}")
    lead = "" if plan.yes_no else "前提有误："
    facts = (*made.facts, *(fact for _, row in rows for fact in row.facts))
    return Reply(f"{lead}{verdict}：{said}。", tuple(dict.fromkeys(facts)))


def _one_by_one(plan: Plan, seen: Lens, whole: Result | None) -> Reply | None:
    """哪个单位超编, 有没有单位空编: the rows with more staff than posts, or with fewer; None where there are none."""
    empty = EMPTY.search(plan.question) is not None
    found = [(name, row) for name, row in _staffed(seen) if (row.value < 100 if empty else row.value > 100)]
    if not found:
        return None
    facts = (*(fact for _, row in found for fact in row.facts), *(whole.facts if whole else ()))
    lead = "有，" if plan.yes_no else ""
    beside = f"；总体{CARD}为{whole.text}（{whole.working}）" if whole else ""
    return Reply(f"{lead}{_said(found, '空编' if empty else '超编')}{beside}。", tuple(dict.fromkeys(facts)))


def _said(rows: Sequence[tuple[str, Result]], word: str) -> str:
    return "；".join(f"{name}{word}（{_by(row)}在职÷编制＝{row.working}）" for name, row in rows)


def _by(row: Result) -> str:
    """By how many people staff and posts lie apart."""
    if len(row.facts) != 2:
        return ""
    over = row.value > 100
    apart = difference(*(row.facts if over else reversed(row.facts)))
    return f"{'在职－编制' if over else '编制－在职'}＝{apart.working}，" if apart else ""


def beyond(seen: Lens) -> list[tuple[str, Result]]:
    """Rows (单位、编制类别) with more staff than posts."""
    return [(name, row) for name, row in _staffed(seen) if row.value > 100]


def _staffed(seen: Lens) -> Iterator[tuple[str, Result]]:
    """Staff over posts of every row that tells both."""
    made = ((line.name, staffed(line)) for group in lines(seen) for line in group)
    return ((name, row) for name, row in made if row is not None)
