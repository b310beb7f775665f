"""What was scored and what was lost (得分与扣分): the department's own score, and where points were deducted.

Compares only the two figures of one row; derives no score that the report does not give.
"""

from __future__ import annotations

import re

from assistant.builtin.facts.lens import Lens, differ
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.question.lexicon import anyof, pattern, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, conflict, shown
from assistant.builtin.tables.forms import asked
from assistant.builtin.tables.rows import FULL, GOT, Line, of_kind, points, reason_of
from assistant.calculate import Result, difference, signed
from ingest.fact import Fact

WHOLE = re.compile("总得?分")
MOST = re.compile("最(?:多|大|高)")
ADDED = re.compile("一共|总共|合计|共计|累计|共(?=扣)")


def whole(plan: Plan, seen: Lens) -> Reply | None:
    """The score of the department as a whole, asked for by no item's name."""
    if not pattern("score", "asks").search(plan.question) or plan.kind:
        return None
    own = [
        entry.fact
        for entry in seen.entries
        if entry.fact.dimension == "score" and entry.year in (seen.year, None) and is_own(entry.fact)
    ]
    kept: list[Fact] = []
    for fact in sorted(own, key=lambda one: one.kind != "prose"):
        if all(differ(fact, other) for other in kept):
            kept.append(fact)
    if not kept:
        return None
    if len(kept) > 1:
        return Reply(conflict(seen, kept) + "。", tuple(kept))
    return Reply(f"{name_of(kept[0])}为{shown(kept[0].quantity)}。", tuple(kept))


def is_own(fact: Fact) -> bool:
    """Whether a score is named by nothing but the department as a whole: 自评总分, 绩效评价得分."""
    if fact.kind == "table" and FULL.search("".join(fact.measure)):
        return False
    name = reduced("".join((fact.subject, *fact.measure)))
    return "得分" in name and not anyof("score").sub("", name)


def lost(plan: Plan, seen: Lens) -> Reply | None:
    """扣在哪里, 扣了几分, 哪个扣分最多: rows that got less than they could, with what each lost."""
    if not pattern("score", "lost").search(plan.question):
        return None
    groups = asked(plan, seen)
    groups = [mine for group in groups if (mine := of_kind(seen, group, plan.question))] or groups
    tables = [[one for line in group if not WHOLE.search(line.name) and (one := gap(line))] for group in groups]
    if MOST.search(plan.question) or ADDED.search(plan.question):
        tables = [max(tables, key=len, default=[])]  # 按一级指标汇总的表只是同一些分数再说一遍
    rows = [found for table in tables for found in table]
    if not rows:
        return None
    rows = [one for one in rows if reduced(one[0].item) in reduced(plan.question)] or rows
    rows.sort(key=lambda one: -one[1].value)
    if MOST.search(plan.question):
        rows = [one for one in rows if one[1].value == rows[0][1].value]
    said = []
    for line, result in rows:
        why = reason_of(seen, line)
        got = result.facts[1]
        said.append(
            f"{name_of(got).removesuffix('得分').removesuffix('自评')}扣{result.text}"
            f"（{result.working}，得{points(got)}{'，' + why if why else ''}）"
        )
    facts = tuple(fact for _, result in rows for fact in result.facts)
    made = signed([(1 - 2 * (at % 2), fact) for at, fact in enumerate(facts)])
    if made is None or not ADDED.search(plan.question):
        return Reply(f"扣分的指标：{'；'.join(said)}。", facts)
    working = "＋".join(result.text for _, result in rows)
    return Reply(f"一共扣{made.text}（{working}＝{made.text}）：{'；'.join(said)}。", facts, worked=(made,))


def gap(line: Line) -> tuple[Line, Result] | None:
    """What a row lost, or None where it got all it could or one of the two figures is missing."""
    full, got = line.of(FULL), line.of(GOT)
    apart = difference(full, got) if full and got and full is not got else None
    return (line, apart) if apart is not None and apart.value > 0 else None
