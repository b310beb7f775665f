"""Whether the report gives the reason of a row (有没有说明偏差原因): its cell of reasons, else a sentence of the prose.

An empty cell is an answer here: no reason is given. Rows without such a column are left to others.
"""

from __future__ import annotations

import re

from assistant.builtin.facts.blanks import BLANK
from assistant.builtin.facts.lens import Lens, named
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply
from assistant.builtin.tables.rows import REASON, Line, lines, place_of, prose_reason, sheet_of

ASKED = re.compile(
    r"^(?P<thing>[^哪，,]+?)的?(?:是不是|是否|有没有|有无|有)?(?:已经?|都)?"
    r"(?:说明|写明|写清|交代|解释|分析|注明|给出|填写|填报|列出|列明)(?:清楚|出)?[了过]?"
    r"[一-龥]{0,8}?(?:原因|理由|说明)[了吗没有]*$"
)
NOTHING = {*BLANK, "无"}


def asked(plan: Plan, seen: Lens) -> Reply | None:
    """有 with the reason, or 没有, of the row that a question names."""
    match = ASKED.search(plan.bare) if plan.yes_no else None
    if match is None:
        return None
    found = [(line, cell) for line in _called(seen, match["thing"]) if (cell := _cell(seen, line))]
    if not found:
        return None
    line, (head, text) = found[0]
    name, quote = named(line.item), place_of(seen, line)
    if text not in NOTHING:
        return Reply(f"有：{name}的{head}是{text.rstrip('。；')}。", citations=(quote,))
    if because := prose_reason(seen, line.name):
        return Reply(f"有，在正文中：{name}，{because}。", citations=(quote,))
    return Reply(
        f"没有：{quote.label}“{head}”列为{'空白' if text in BLANK else '“无”'}，正文也未说明。", citations=(quote,)
    )


def _called(seen: Lens, thing: str) -> list[Line]:
    """The rows that a thing names in full, the longest name first."""
    rows = [line for group in lines(seen) for line in group]
    own = [line for line in rows if len(name := named(line.item)) > 1 and name in named(thing)]
    return sorted(own, key=lambda line: -len(line.item))


def _cell(seen: Lens, line: Line) -> tuple[str, str] | None:
    """Head and words of the cell of reasons of a row."""
    texts, heads = sheet_of(seen, line)
    for col, text in enumerate(texts[line.row]):
        head = next((texts[at][col] for at in reversed(heads) if REASON.search(texts[at][col])), "")
        if head and not (text.strip() and text == texts[line.row][0]):
            return "".join(head.split()), "".join(text.split())
    return None
