"""Indicators short of full marks or of their target (没有得满分、没有达到目标值), and scores above the full mark."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.outcomes.fulfilled import below
from assistant.builtin.outcomes.scores import LEVELS, at_level
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.forms import asked
from assistant.builtin.tables.picks import COUNTED
from assistant.builtin.tables.rows import (
    FULL,
    GOT,
    Line,
    heading,
    is_outcome,
    points,
    reason_of,
    table_at,
    told_apart,
)
from ingest.fact import Fact

Compared = tuple[Line, Fact, Fact]
"""A row with its target and what was reached of it."""


def short_of_full(plan: Plan, seen: Lens) -> Reply | None:
    """Items whose score is below what it may be."""
    return _scores(plan, seen, operator.lt, "没有得满分", "所有指标都得满分")


def over_full(plan: Plan, seen: Lens) -> Reply | None:
    """Items whose score is above what it may be: an error of the report."""
    return _scores(plan, seen, operator.gt, "得分超过分值", "没有得分超过分值的指标")


def _scores(plan: Plan, seen: Lens, test: Callable[[Decimal, Decimal], bool], says: str, none: str) -> Reply | None:
    checked, hits = 0, []
    for group in _told_apart(plan, seen):
        for line in group:
            full, got = line.of(FULL), line.of(GOT)
            if full and got:
                checked += 1
                if test(got.quantity.value, full.quantity.value):
                    hits.append((line, full, got))
    if not checked:
        return None
    if not hits:
        return Reply(f"没有：{none}。" if says != "没有得满分" else f"{none}。")
    said = [f"{_item(line, got)}{points(got)}（分值{points(full)}）" for line, full, got in hits]
    lead = "有，" if says == "得分超过分值" else ""
    return Reply(
        f"{lead}{says}的指标：{'；'.join(said)}。", tuple(fact for _, full, got in hits for fact in (got, full))
    )


def _item(line: Line, got: Fact) -> str:
    """What a score is of; of a total of money, which is no name by itself, its row."""
    return re.sub("(?:自评|评价)?得分$", "", name_of(got)) or line.name.replace("/", "·")


def short_of_target(plan: Plan, seen: Lens) -> Reply | None:
    """Items whose outcome lies below their target, by their relation (≥ unless ≤ is written)."""
    rows = compared(plan, seen)
    if not rows:
        return None
    hits = [row for row in rows if below(*row[1:])]
    if not hits:
        return Reply("没有：自评表中各项定量指标的完成值都达到目标值。")
    said = [told_row(seen, *row, why=True) for row in hits]
    number = f"{len(hits)}项"
    head = f"没有达到目标值的指标共{number}" if COUNTED.search(plan.question) else "没有达到目标值的指标"
    return Reply(
        f"{head}：{'；'.join(said)}。",
        tuple(fact for _, target, done in hits for fact in (done, target)),
        counted=((number, "逐行清点表中所列"),),
    )


def compared(plan: Plan, seen: Lens) -> list[Compared]:
    """The rows that a question may mean which give a target and what was reached of it, in one kind of figure."""
    found = []
    for group in asked(plan, seen):
        for line in told_apart(seen, group, plan.bare):
            target = next((fact for fact in line.facts if fact.basis in ("目标", "计划")), None)
            done = next((fact for fact in line.facts if is_outcome(fact)), None)
            if target and done and target.dimension == done.dimension:
                found.append((line, target, done))
    return found


def told_row(seen: Lens, line: Line, target: Fact, done: Fact, why: bool = False) -> str:
    """What was reached beside its target, with the share done where a column gives it; `why`: and the reason."""
    reason = reason_of(seen, line) if why else ""
    name = name_of(done).removesuffix(heading(done))
    rate = line.of(re.compile("完成率|完成比例"))
    beside = f"，{heading(rate)}{shown(rate.quantity)}" if rate else ""
    return f"{name}{shown(done.quantity)}（目标{shown(target.quantity)}{beside}{'，' + reason if reason else ''}）"


def _told_apart(plan: Plan, seen: Lens) -> list[list[Line]]:
    """The rows of the tables whose captions bear the kind asked for (整体 or 项目); all where none does."""
    kinds = [kind for kind in ("整体", "项目") if kind in plan.question]
    every = asked(plan, seen)
    whole = at_level(seen, every, LEVELS[0])  # 按一级指标汇总的表只是同一些分数再说一遍
    every = whole if whole and LEVELS[0] in plan.question else [one for one in every if one not in whole] or every
    fitting = [
        group
        for group in every
        if any(kind in table_at(seen, group[0].report, group[0].table).caption for kind in kinds)
    ]
    groups = [(told_apart(seen, group, plan.bare), group) for group in fitting or every]
    some = [mine for mine, group in groups if len(mine) < len(group)]
    return some or [group for _, group in groups]
