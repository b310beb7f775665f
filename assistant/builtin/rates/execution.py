"""执行率: spending over budget, of the department or of one item, beside what the report itself says it is.

Told on the adjusted budget, and on the initial one where the two differ; which side is wrong is not for us to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.facts.lens import Lens, differ, named
from assistant.builtin.facts.lookup import WHOLE, Found, is_whole, look, name_of, projects, readings_of, whole
from assistant.builtin.facts.neighbours import in_row
from assistant.builtin.facts.wholes import TOTAL
from assistant.builtin.question.lexicon import content, reduced
from assistant.builtin.question.plan import Ask
from assistant.builtin.rates.cards import Rate
from assistant.builtin.rates.unnamed import of_goal, told_pair
from assistant.builtin.reply import say, shown
from assistant.calculate import Result, agrees, difference, percent, ratio
from ingest.fact import Basis, Fact
from ingest.quantity import show

EXECUTION = re.compile(r"(预算)?(执行|完成)率$")
TASK = re.compile("(?:任务|目标)$")
"""任务完成率: of what was to be done, never of its money."""
COMPLEMENT = {"基本支出": "项目支出", "项目支出": "基本支出"}
INITIAL, ADJUSTED, PLAIN = "年初预算数", "调整后预算数", "预算数"


def execution(seen: Lens, ask: Ask, subject: str, reported: Sequence[Fact], initial: bool) -> Rate | None:
    """执行率 of the department or of one item: spending over the adjusted budget, beside the one over the initial."""
    subject = "" if subject in WHOLE else "项目支出" if subject == "项目" else subject
    if TASK.search(subject) and not reported:
        aimed = of_goal(seen, subject) or told_pair(seen, subject + "率")
        return replace(aimed, name=subject + "完成率") if aimed else None
    spent, adjusted, first = (_amount(seen, ask, subject, basis) for basis in ("决算", "调整后预算", "年初预算"))
    reported = _called(seen, ask, subject, reported) if subject else _whole_rates(seen, ask)
    on: list[tuple[str, Result]] = []
    if spent and adjusted is None and not reported and subject in COMPLEMENT:
        return _back_solved(seen, subject, spent)
    if spent:
        plain = None if adjusted or first else _amount(seen, ask, subject, "预算")
        told = ADJUSTED if adjusted and adjusted.fact.basis == "调整后预算" else PLAIN
        for words, budget in ((told, adjusted), (INITIAL, first), (PLAIN, plain)):
            made = ratio(spent.fact, budget.fact) if budget else None
            if made:
                on.append((words, made))
    reported = (*reported, *_beside(seen, spent.fact, reported)) if spent and subject else reported
    name = (subject + "预算执行率") if subject else "部门整体支出预算执行率"
    if not on:
        if reported:
            return Rate(name_of(reported[0]) if subject else name, tuple(reported))
        if subject and (aimed := of_goal(seen, subject) or told_pair(seen, subject + "率")):
            return replace(aimed, name=subject + "完成率")
        return Rate(name, missing=_missing(name, spent, adjusted)) if subject else None
    if initial and INITIAL not in dict(on):
        return Rate(name + "（年初预算口径）", missing=_missing(name, spent, first, "年初预算数"))
    if initial:
        on.sort(key=lambda item: item[0] != INITIAL)
    basis, computed = on[0]
    others = tuple(on[1:]) if not subject or initial or any(not agrees(computed, f.quantity) for f in reported) else ()
    others = tuple((words.removesuffix("数"), made) for words, made in others if made.text != computed.text)
    if initial:
        return Rate(name + "（年初预算口径）", (), computed, basis, others)
    return Rate(name, tuple(reported), computed, basis, others)


def _called(seen: Lens, ask: Ask, subject: str, reported: Sequence[Fact]) -> tuple[Fact, ...]:
    """Every rate that the report states of an item by just its name, one for each value: 项目支出执行率."""
    facts = list(reported)
    for fact in (fact for reading in readings_of(seen, ask.year) for fact in reading.facts):
        stated = fact.dimension == "ratio" and fact.basis not in ("目标", "差额")
        if stated and EXECUTION.search(_head(fact)) and all(differ(fact, other) for other in facts):
            path = "".join(part for part in (fact.subject, *fact.measure[:-1], EXECUTION.sub("", _head(fact))))
            facts += [fact] if reduced(named(path)) == subject else []
    return tuple(facts)


def _beside(seen: Lens, spent: Fact, reported: Sequence[Fact]) -> tuple[Fact, ...]:
    """The rate in the same row of a table as the spending, where none is found by name."""
    rates = (
        fact
        for fact in in_row(seen, spent)
        if fact.subject == spent.subject and fact.dimension == "ratio" and EXECUTION.search(_head(fact))
    )
    return () if reported else tuple(rates)[:1]


def _back_solved(seen: Lens, subject: str, spent: Found) -> Rate | None:
    """基本支出 has no budget of its own: the department's less the 项目支出's, said to be so."""
    whole_budget = whole(seen, Ask("", "", "调整后预算", "money", spent.ask.year))
    other = _amount(seen, spent.ask, COMPLEMENT[subject], "调整后预算")
    left = difference(whole_budget.fact, other.fact) if whole_budget and other else None
    if left is None or not left.value:
        return None
    value = spent.fact.quantity.base / (left.value * left.unit.factor) * 100
    text = show(value, percent(), 2)
    working = (
        f"倒推预算{left.text}＝{left.working.partition('＝')[0]}，{shown(spent.fact.quantity)}÷{left.text}＝{text}"
    )
    made = Result(value, percent(), 2, working, (spent.fact, *left.facts))
    return Rate(subject + "预算执行率", (), made, "倒推的调整后预算（前提：调整后预算＝基本支出＋项目支出）")


def _missing(name: str, spent: Found | None, budget: Found | None, basis: str = ADJUSTED) -> tuple[str, ...]:
    lacking = [] if spent else [f"{name}所需的支出决算数"]
    lacking += [] if budget else [f"{name}所需的{basis}"]
    return tuple(say("missing", what=one) for one in lacking)


def _amount(seen: Lens, ask: Ask, subject: str, basis: Basis) -> Found | None:
    one = Ask(subject, content(subject), basis, "money", ask.year)
    if not subject:
        return whole(seen, one)
    found = look(seen, one)
    if subject == "项目支出" and (found is None or found.fact.basis != basis):
        found = projects(seen, one) or found
    return (
        found
        if found and found.score >= 0.75 and found.fact.basis in (basis, "预算" if basis == "调整后预算" else basis)
        else None
    )


def _of_item(seen: Lens, fact: Fact) -> bool:
    """Whether the sentence of a rate names an item of a table that has a rate of its own there."""
    if fact.kind != "prose":
        return False
    said = reduced(fact.quote)
    rows = {fact.subject for fact in seen.facts if fact.kind == "table" and EXECUTION.search(_head(fact))}
    items = {part for row in rows if not TOTAL.search(row) for part in row.split("/")}
    return any(len(item) > 3 and reduced(item) in said for item in items)


def _head(fact: Fact) -> str:
    return re.sub(r"[（(].*?[）)]", "", fact.measure[-1])


def _whole_rates(seen: Lens, ask: Ask) -> tuple[Fact, ...]:
    """What the report itself calls the department's execution rate."""
    facts: list[Fact] = []
    for reading in readings_of(seen, ask.year):
        for fact in reading.facts:
            if fact.dimension != "ratio" or not EXECUTION.search(fact.measure[-1]) or fact.basis == "目标":
                continue
            if _of_item(seen, fact):
                continue
            bare = replace(fact, measure=tuple(EXECUTION.sub("", part) or "部门" for part in fact.measure))
            if is_whole(bare) and all(differ(fact, other) for other in facts):
                facts.append(fact)
    return tuple(facts)
