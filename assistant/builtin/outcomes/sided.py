"""Several sides of one goal asked for together (为什么没有全部建成，完成率多少，影响了几分).

Told from its row of the scoring table."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.builtin.facts.lens import Lens
from assistant.builtin.outcomes.goals import row_told, scored_row
from assistant.builtin.outcomes.scores import gap
from assistant.builtin.prose.passages import topic
from assistant.builtin.question.lexicon import pairs
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply

SIDES = tuple(
    map(
        re.compile,
        (
            "为什么|为何|原因|怎么没",
            "完成率|完成比例|完成了(?:百分之)?(?:多少|几)",
            "几分|多少分|扣分|得分",
            "完成得|完成情况",
        ),
    )
)
UNDONE = re.compile(
    "没有?(?:能|有)?(?:全部|全都|按期|按时)?(?:建成|完成|完工|开工|实现|达到|达标)(?:计划|目标|任务)?|未完成"
)


def told(plan: Plan, seen: Lens) -> Reply | None:
    """Goal, outcome, share done, points lost and reason of the one goal that a question puts two questions about."""
    clauses = [clause for clause in re.split("[，,；。？?]", plan.question) if clause.strip()]
    asked = [sum(bool(side.search(clause)) for clause in clauses) > 0 for side in SIDES]
    if len(clauses) < 2 or sum(asked) < 2:
        return None
    words = topic(UNDONE.sub(" ", clauses[0]))
    for side in SIDES:
        words = side.sub(" ", words)
    known = scored_row(seen, words) if pairs(words) else None
    made = row_told(seen, words) if known else None
    lost = gap(known[0]) if known else None
    if made is None or lost is None or not SIDES[2].search(plan.question):
        return made
    text = f"{made.text.rstrip('。')}。扣{lost[1].text}（{lost[1].working}）。"
    return replace(made, text=text, facts=tuple(dict.fromkeys((*made.facts, *lost[1].facts))), worked=(lost[1],))
