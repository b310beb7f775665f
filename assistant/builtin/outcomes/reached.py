"""Indicators by how they stand to their targets: beyond, just as aimed at, reached, short (超额、刚好、完成了几项).

Asked of all indicators or of a kind of them; a question about one thing is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.builtin.facts.lens import AIMS, Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.outcomes.fulfilled import below, met_by
from assistant.builtin.outcomes.goals import left_open
from assistant.builtin.outcomes.shortfalls import compared, short_of_target, told_row
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.picks import COUNTED
from assistant.builtin.tables.rows import of_kind
from ingest.fact import Fact

LISTS = re.compile("哪|几[个项]|多少[个项]|列出|列举")
NOT = re.compile("没|未|不(?!少)")
DONE = re.compile("完成|达到|达成|达标|实现|超额|超出|超过|高于")
Aimed = tuple[str, Fact, Fact]
"""What is said of a thing, its target and what was reached of it."""
KIND = re.compile("(?:产出|效益|数量|质量|时效|成本|满意度|过程|决策|投入)(?:类|型)?(?=指标)")
IDLE = re.compile(
    f"{KIND.pattern}|目标值?|指标值?|完成值?|"
    r"对照|相比|自评表?|报告|年度|年初|全年|今年|本年|[当这一]年|设[定置]|确定|定下?|已经?|及时|量化|定量|可?比|绩效|任务|工作|重点|事项|项目|情况|"
    "哪些|哪几|哪|几|多少|一共|总共|分别|超额|超出|超过|高于|刚刚?好|正好|恰好|按期|按时|如期|全部|达到|达成|达标|实现|原因|为什么|为何|"
    "没有|没能|没|未能|未|[做干办搞弄]完|落实|[跟和与年共各都了的里面中有是个项从在看请给做完成内，、？?0-9一二三四五六七八九十什么]"
)
"""Words of such a question that name no thing of their own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a row may stand to its target: how it is asked for, which rows they are, how the answer calls them."""

    asks: re.Pattern[str]
    holds: Callable[[Fact, Fact], bool]
    said: str


STANDINGS = (
    Standing(
        re.compile("超额|超出|超过|高于"),
        lambda goal, done: not below(goal, done) and not level(goal, done),
        "超额完成",
    ),
    Standing(re.compile("刚刚?好|正好|恰好"), lambda goal, done: level(goal, done), "刚好完成"),
    Standing(DONE, lambda goal, done: not below(goal, done), "达到目标值"),
)


def level(goal: Fact, done: Fact) -> bool:
    """Whether just as much was reached as was aimed at."""
    return goal.quantity.base == done.quantity.base


def standing(plan: Plan, seen: Lens) -> Reply | None:
    """哪些指标超额完成了, 12项指标完成了几项."""
    if not _of_all(plan) or NOT.search(plan.bare):
        return None
    way = next((one for one in STANDINGS if one.asks.search(plan.bare)), None)
    rows = _meant(plan, seen) or ([] if KIND.search(plan.bare) else of_prose(seen))
    if way is None or not rows:
        return None
    hits = [row for row in rows if way.holds(*row[1:])]
    count, every = f"{len(hits)}项", f"{len(rows)}项"
    facts = tuple(fact for row in hits or rows for fact in row[1:])
    if not hits:
        return Reply(f"没有{way.said}的指标。", facts)
    head = f"能比对的{every}指标中{way.said}的有{count}" if COUNTED.search(plan.bare) else f"{way.said}的指标"
    said = "；".join(one for one, _, _ in hits)
    counted = tuple((one, "逐行清点表中所列") for one in (every, count))
    return Reply(f"{head}：{said}。", facts, counted=counted)


def undone(plan: Plan, seen: Lens) -> Reply | None:
    """哪些任务没有完成: what fell short of its target, and of tasks also those of which no outcome is told."""
    if not _of_all(plan) or not NOT.search(plan.bare) or _no_such_kind(plan, seen):
        return None
    fell = short_of_target(plan, seen) or short(seen)
    left = left_open(seen) if re.search("任务|事项|工作", plan.bare) else None
    if fell is None or left is None:
        return fell or left
    return replace(fell, text=fell.text + left.text, citations=(*fell.citations, *left.citations))


def _of_all(plan: Plan) -> bool:
    """Whether a question asks which, or how many, of the indicators came how far, and names none of them."""
    return bool(
        LISTS.search(plan.bare)
        and DONE.search(re.sub("[做干办搞弄]完|落实", "完成", plan.bare))
        and re.search("指标|目标|任务|事项|工作", plan.bare)
        and not IDLE.sub("", plan.bare).strip()
    )


def _meant(plan: Plan, seen: Lens) -> list[Aimed]:
    """The rows that compare, each once, of the kind that is asked for (产出指标)."""
    if _no_such_kind(plan, seen):
        return []
    rows = compared(plan, seen)
    kind = of_kind(seen, [line for line, _, _ in rows], plan.bare)
    rows = [row for row in rows if row[0] in kind] or rows
    once = {
        (line.name, goal.quantity.base): (told_row(seen, line, goal, done), goal, done) for line, goal, done in rows
    }
    return list(once.values())


def of_prose(seen: Lens) -> list[Aimed]:
    """The goals of the prose of which it tells an outcome; none where it is one alone."""
    both = [pair for fact in seen.facts if fact.basis in AIMS and (pair := met_by(seen, fact))]
    rows: dict[str, Aimed] = {}
    for goal, done in sorted(both, key=lambda pair: below(*pair)):
        said = f"{name_of(done)}{shown(done.quantity)}（目标{shown(goal.quantity)}）"
        rows[said] = (said, goal, done)
    return list(rows.values()) if len(both) > 1 else []


def unfulfilled(plan: Plan, seen: Lens) -> Reply | None:
    """哪些目标没有完成, by the prose."""
    return short(seen) if re.search("目标|任务", plan.question) and re.search("没|未", plan.question) else None


def short(seen: Lens) -> Reply | None:
    """The goals of the prose whose outcome lies below them."""
    told = of_prose(seen)
    missed = [row for row in told if below(*row[1:])]
    if not missed:
        return Reply("没有：正文所列目标中能与完成情况对应的都已达到。") if told else None
    facts = tuple(fact for row in missed for fact in row[1:])
    return Reply(f"没有完成的目标：{'；'.join(said for said, _, _ in missed)}。", facts)


def _no_such_kind(plan: Plan, seen: Lens) -> bool:
    """Whether a kind of indicators is asked for that no table tells apart."""
    lines = [line for line, _, _ in compared(plan, seen)]
    return bool(KIND.search(plan.bare)) and not of_kind(seen, lines, plan.bare)
