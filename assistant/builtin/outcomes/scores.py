"""What was scored and what was lost (得分与扣分): the department's own score, and where points were deducted.

Compares only the two figures of one row; derives no score that the report does not give.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.builtin.facts.lens import Lens, differ
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.question.lexicon import anyof, pattern, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, conflict, shown
from assistant.builtin.tables.forms import asked
from assistant.builtin.tables.picks import COUNTED, bound_in, told_rows
from assistant.builtin.tables.rows import FULL, GOT, Line, of_kind, points, reason_of, sheet_of, words_beside
from assistant.calculate import Result, difference, signed
from ingest.fact import Fact
from ingest.terms import plain

WHOLE = re.compile("总得?分")
SELF = "自评"
APART = re.compile(
    "自评(?:得分|分|评分).*(?:评价|复核|评审|第三方).*[差高低多少]|(?:评价|复核|评审|第三方).*自评.*[差高低多少]"
)
"""自评得分和评价得分差多少, 第三方评分比自评低几分."""
END = re.compile("最(?:(?P<most>[多大高])|[少小低])")
FULL_MARK = re.compile("(?:哪|几[个项]|多少[个项]|列).*满分|满分的?.*(?:哪|几[个项]|多少[个项])")
SHORT = re.compile("(?:没有?|未|不|差)[^，]{0,4}满分|扣")
LEVELS = ("一级指标", "二级指标", "三级指标", "四级指标")
LEVEL = re.compile("|".join(LEVELS))
ADDED = re.compile("一共|总共|合计|共计|累计|加起来|合起来|共(?=扣)")


def whole(plan: Plan, seen: Lens) -> Reply | None:
    """The score of the department as a whole, asked for by no item's name."""
    if not pattern("score", "asks").search(plan.question) or plan.kind:
        return None
    kept = _asked_of(_scores(seen), plan)
    if not kept:
        return None
    if len(kept) > 1:
        return Reply(conflict(seen, kept) + "。", tuple(kept))
    return Reply(f"{name_of(kept[0])}为{shown(kept[0].quantity)}。", tuple(kept))


def apart(plan: Plan, seen: Lens) -> Reply | None:
    """自评得分和评价得分差多少: the score that a department gave itself against the one that it was given."""
    if not APART.search(plan.question) or plan.kind == "why":
        return None
    scores = _scores(seen)
    own = [fact for fact in scores if SELF in name_of(fact)]
    given = [fact for fact in scores if fact not in own]
    if len(own) != 1 or len(given) != 1:
        return None
    high, low = sorted((*own, *given), key=lambda fact: -fact.quantity.base)
    made = difference(high, low)
    if made is None:
        return None
    told = f"自评得分{shown(own[0].quantity)}，评价得分{shown(given[0].quantity)}"
    return Reply(f"{told}，相差{made.text}（{made.working}）。", (*own, *given), worked=(made,))


def _scores(seen: Lens) -> list[Fact]:
    """The scores of the department as a whole, one of each value, as the text tells them first."""
    own = [
        entry.fact
        for entry in seen.entries
        if entry.fact.dimension == "score" and entry.year in (seen.year, None) and is_own(entry.fact)
    ]
    kept: list[Fact] = []
    for fact in sorted(own, key=lambda one: one.kind != "prose"):
        if all(differ(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _asked_of(scores: list[Fact], plan: Plan) -> list[Fact]:
    """Of the score that a department gave itself and the one it was given, both told side by side: the one asked."""
    own = [fact for fact in scores if SELF in name_of(fact)]
    given = [fact for fact in scores if fact not in own]
    beside = any((one.place.block, one.kind) == (other.place.block, "prose") for one in own for other in given)
    return (own if SELF in plan.question else given) if beside else scores


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
    rows = _short(plan, seen)
    if not rows:
        level = LEVEL.search(plan.question)
        return _of_kinds(plan, seen, level[0]) if level else None
    rows.sort(key=lambda one: -one[1].value)
    if end := END.search(plan.question):
        last = rows[0 if end["most"] else -1][1].value
        rows = [one for one in rows if one[1].value == last]
    said = [_said(seen, line, result) for line, result in rows]
    facts = tuple(fact for _, result in rows for fact in result.facts)
    made = signed([(1 - 2 * (at % 2), fact) for at, fact in enumerate(facts)])
    if made is None or not ADDED.search(plan.question):
        return Reply(f"扣分的指标：{'；'.join(said)}。", facts)
    working = "＋".join(result.text for _, result in rows)
    return Reply(f"一共扣{made.text}（{working}＝{made.text}）：{'；'.join(said)}。", facts, worked=(made,))


def _short(plan: Plan, seen: Lens) -> list[tuple[Line, Result]]:
    """The rows that lost points, of the level (一级指标) or by the names that the question says."""
    tables = _tables(plan, seen)
    one = END.search(plan.question) or ADDED.search(plan.question)  # 按一级指标汇总的表只是同一些分数再说一遍
    rows = [found for table in (tables[:1] if one else tables) for found in table]
    return [one for one in rows if reduced(one[0].item) in reduced(plan.question)] or rows


def _tables(plan: Plan, seen: Lens) -> list[list[tuple[Line, Result]]]:
    """The rows of each table that lost points, the table with most of them first where only one is to be told."""
    made = [
        [one for line in group if not WHOLE.search(line.name) and (one := gap(line))] for group in _meant(plan, seen)
    ]
    return sorted(made, key=len, reverse=True)


def _meant(plan: Plan, seen: Lens) -> list[list[Line]]:
    """The scoring rows of each table that a question means: of a level, of a kind, by two or more of their names."""
    groups = asked(plan, seen)
    if level := LEVEL.search(plan.question):
        groups = at_level(seen, groups, level[0])
    else:
        groups = [mine for group in groups if (mine := of_kind(seen, group, plan.question))] or groups
    return [mine for group in groups if len(mine := _named(group, plan.question)) > 1] or groups


def _named(group: Sequence[Line], question: str) -> list[Line]:
    """The rows that a question names: 决策、过程哪个扣分多."""
    return [line for line in group if reduced(line.item) in reduced(question)]


def at_level(seen: Lens, groups: Sequence[Sequence[Line]], level: str) -> list[list[Line]]:
    """The rows under the heading of a level; of the first level also those that are the kinds of other rows."""
    headed = [own for group in groups if (own := [line for line in group if level in level_of(seen, line)])]
    if headed or level != LEVELS[0]:
        return headed
    beside = {word for group in groups for line in group for word in words_beside(seen, line)}
    return [list(group) for group in groups if len(group) > 1 and all(reduced(one.item) in beside for one in group)]


def _of_kinds(plan: Plan, seen: Lens, level: str) -> Reply | None:
    """哪个二级指标下扣分最多: what the rows under each kind of a level lost together."""
    found: dict[str, list[Result]] = {}
    for line, result in (one for group in asked(plan, seen) for line in group if (one := gap(line))):
        texts, heads = sheet_of(seen, line)
        over = (text for at, text in enumerate(texts[line.row]) if any(level in texts[head][at] for head in heads))
        if kind := re.sub(r"[（(].*", "", "".join(next(over, "").split())):  # 产出指标（50分）
            found.setdefault(kind, []).append(result)
    if not found or not (end := END.search(plan.question)):
        return None
    sums = {
        kind: made
        for kind, rows in found.items()
        if (made := signed([(1 - 2 * (at % 2), fact) for row in rows for at, fact in enumerate(row.facts)]))
    }
    ends = (max if end["most"] else min)(made.value for made in sums.values())
    told = {kind: made for kind, made in sums.items() if made.value == ends}
    said = "；".join(f"{kind}扣{made.text}（{made.working}）" for kind, made in told.items())
    facts = tuple(fact for made in told.values() for fact in made.facts)
    return Reply(f"扣分的{level}：{said}。", facts, worked=tuple(told.values()))


def level_of(seen: Lens, line: Line) -> str:
    """The heading over the name of a row: 一级指标, 三级指标."""
    texts, heads = sheet_of(seen, line)
    own = next((col for col, text in enumerate(texts[line.row]) if plain(text) == plain(line.item)), None)
    return "".join(texts[at][own] for at in heads) if own is not None else ""


def _said(seen: Lens, line: Line, result: Result) -> str:
    why = reason_of(seen, line)
    got = result.facts[1]
    return (
        f"{name_of(got).removesuffix('得分').removesuffix('自评')}扣{result.text}"
        f"（{result.working}，得{points(got)}{'，' + why if why else ''}）"
    )


def full(plan: Plan, seen: Lens) -> Reply | None:
    """哪些指标得了满分: the rows that got all they could, of the level asked of."""
    if not FULL_MARK.search(plan.question) or SHORT.search(plan.question):
        return None
    rows = [one for one in max(_meant(plan, seen), key=len, default=[]) if not WHOLE.search(one.name)]
    both = [(line, got, mark) for line in rows if (got := line.of(GOT)) and (mark := line.of(FULL)) and got is not mark]
    hits = [one for one in both if one[1].quantity.base == one[2].quantity.base]
    if not both:
        return None
    facts = tuple(fact for _, got, mark in hits or both for fact in (got, mark))
    if not hits:
        return Reply("没有得满分的指标。", facts)
    count = f"{len(hits)}个"
    said = "；".join(f"{line.item}{points(got)}（分值{points(mark)}）" for line, got, mark in hits)
    return Reply(f"得满分的指标共{count}：{said}。", facts, counted=((count, "逐行清点表中所列"),))


def lost_over(plan: Plan, seen: Lens) -> Reply | None:
    """扣分超过1分的有哪些: the rows that lost more, or less, than so many points."""
    bound = bound_in(plan.question) if "扣" in plan.question and plan.stated else None
    rows = [one for table in _tables(plan, seen)[:1] for one in table] if bound else []
    if bound is None or not rows:
        return None
    limit = plan.stated[-1]
    hits = [one for one in rows if bound.meets(one[1].value, limit.value)]
    said = [_said(seen, *one) for one in hits]
    facts = [fact for _, result in hits or rows for fact in result.facts]
    return told_rows(f"扣分{bound.word}{limit.text}", said, facts, bool(COUNTED.search(plan.question)), limit)


def gap(line: Line) -> tuple[Line, Result] | None:
    """What a row lost, or None where it got all it could or one of the two figures is missing."""
    full, got = line.of(FULL), line.of(GOT)
    apart = difference(full, got) if full and got and full is not got else None
    return (line, apart) if apart is not None and apart.value > 0 else None
