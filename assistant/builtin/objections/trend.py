"""Growth or decline that a question takes for granted, against the figures of two years and the changes told.

Corrects only by the report's own figures; where these say nothing, so does this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import WHOLE, is_whole, look, name_of, whole
from assistant.builtin.prose.grounds import why
from assistant.builtin.question.lexicon import content, lexicon, pairs, reduced
from assistant.builtin.question.plan import Plan, ask, direction
from assistant.builtin.reply import Reply, figure_of, say, shown
from assistant.calculate import difference, growth
from ingest.fact import Fact
from ingest.terms import is_total

LEADING = re.compile(
    r"既然|为什么|为何|原因|怎么会|何以|说明|对吗|是吧|吧$|超预算|超编|超支|效果如何|这么(高|低|多|少|大|快)"
    r"|依据|靠什么|(?:怎么|如何|怎样)(?:[压降减增涨升提]|做到|实现|来的)"
)
"""Words with which a question takes something for granted."""


def denied(plan: Plan, seen: Lens) -> Reply | None:
    """Growth taken for granted where the figures fall, or the other way round."""
    claim = direction(plan.question)
    if not claim or not LEADING.search(plan.question):
        return None
    table = lexicon()["direction"]
    said = [word for word in (*table["up"], *table["down"]) if word in plan.question]
    subject = plan.question[: plan.question.find(min(said, key=plan.question.find))]
    subject = re.sub(r"为什么|为何|被|净|既然|的$|20\d\d年|比上年|较上年|同比", "", subject)
    now, before = _two(plan, seen, subject)
    if now is None or before is None:
        return _stated_direction(plan, seen, subject, claim)
    apart, grown = difference(now, before), growth(now, before)
    if apart is None or grown is None or (apart.value > 0) == (claim > 0) or not apart.value:
        return None
    adjusting = bool(re.search("调减|调增|追加|核减|追减", plan.question))
    if adjusting and "净" not in plan.question and _moved_so(seen, now, claim):
        return None
    less, pace = ("减少", "下降") if apart.value < 0 else ("增加", "增长")
    if adjusting:
        less, pace = ("调减", "调减幅度为") if apart.value < 0 else ("追加", "增幅为")
    gap = difference(before, now) if apart.value < 0 else apart
    text = say(
        "premise_moved",
        name=name_of(now),
        before=shown(before.quantity),
        now=shown(now.quantity),
        less=less,
        size=apart.size,
        working=gap.working if gap else "",
        pace=pace,
        rate=grown.size,
        claimed=said[0],
    )
    facts = [now, before]
    wrong = _wrong_word(seen, now, claim, grown.size)
    if wrong:
        text += f"；报告写“{shown(wrong.quantity)}”，与数字不符，须核实"
        facts.append(wrong)
    return _with_reason(plan, seen, text, facts)


def _with_reason(plan: Plan, seen: Lens, text: str, facts: Sequence[Fact]) -> Reply:
    """What is put right, with the reason that the report gives for what did happen."""
    because = why(plan, seen)
    text += "。" + (f"报告所述：{because.text}" if because else "报告未说明原因。")
    return Reply(text, tuple(facts), because.citations if because else ())


def _two(plan: Plan, seen: Lens, subject: str) -> tuple[Fact | None, Fact | None]:
    """The two figures between which the question claims a change."""
    if re.search("调减|调增|追加|核减|追减", plan.question):
        one = ask(subject)
        if not one.phrase or one.phrase in WHOLE:
            first, last = (whole(seen, replace(one, basis=basis, phrase="")) for basis in ("年初预算", "调整后预算"))
        else:
            first, last = (look(seen, replace(one, basis=basis)) for basis in ("年初预算", "调整后预算"))
        return (last.fact if last else None), (first.fact if first else None)
    year = seen.year
    if year is None:
        return None, None
    one = ask(subject)
    base = replace(
        one,
        basis="" if one.basis in ("差额", "调整") else one.basis,
        dimension="" if one.dimension == "ratio" else one.dimension,
    )
    spent = replace(base, basis=base.basis or "决算")
    found = [look(seen, replace(spent, year=each)) for each in (year, year - 1)]
    if not all(found):
        found = [look(seen, replace(base, year=each)) for each in (year, year - 1)]
    facts = [hit.fact if hit and hit.fact.dimension not in ("ratio", "score") else None for hit in found]
    if facts[1] is not None and str(year - 1) not in facts[1].period:
        facts[1] = None
    return facts[0], facts[1]


def _moved_so(seen: Lens, now: Fact, claim: int) -> bool:
    """Whether the report tells such a move by itself (追加524.64万元、追减136.20万元), whatever both come to."""
    words = lexicon()["supposed"]["more" if claim > 0 else "less"]
    return any(
        fact.basis == "调整"
        and fact.quantity.value != 0
        and any(word in fact.measure[-1] for word in words)
        and (fact.subject == now.subject or (is_whole(now) and (not fact.subject or is_total(fact.subject))))
        for fact in seen.facts
    )


def _wrong_word(seen: Lens, now: Fact, claim: int, size: str) -> Fact | None:
    """The report's own figure with the wrong direction word, or None."""
    own = pairs(reduced(name_of(now)))
    for fact in seen.facts:
        if (
            fact.quantity.direction == claim
            and shown(replace(fact.quantity, direction=0)) == size
            and seen.covered(own, pairs(reduced(name_of(fact) + fact.quote))) >= 0.5
        ):
            return fact
    return None


def _stated_direction(plan: Plan, seen: Lens, subject: str, claim: int) -> Reply | None:
    """A change that the report states with the other direction, beside the level it is a change of."""
    wanted = pairs(content(subject))
    if not wanted:
        return None
    for entry in seen.entries:
        fact = entry.fact
        if fact.quantity.direction != -claim or seen.covered(wanted, entry.core) < 0.75:
            continue
        told = [q for q in plan.stated if q.unit.dimension == fact.dimension]
        if plan.stated and all(q.base != fact.quantity.base for q in told):
            continue
        because = why(plan, seen)
        level = _level(seen, fact)
        return Reply(
            say(
                "premise_stated",
                moved=f"{figure_of(level)}，{figure_of(replace(fact, subject='', measure=fact.measure[-1:]))}"
                if level
                else figure_of(fact),
                reason=because.text if because else "报告未分析原因。",
            ),
            (*((level,) if level else ()), fact),
            because.citations if because else (),
        )
    return None


def _level(seen: Lens, change: Fact) -> Fact | None:
    """The figure that a change is told of, in the same sentence: 群众满意度91.4% of 较上年下降0.7个百分点."""
    path = (change.subject, *change.measure)[:-1]
    own = (fact for fact in seen.facts if fact.quote == change.quote and fact.kind == change.kind)
    return next((fact for fact in own if (fact.subject, *fact.measure) == path), None)
