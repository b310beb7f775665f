"""What the report itself states of growth and decline (比上年增加、与上年持平), with the reasons that it gives.

A change that the report does not state is left to others; worked out is only the level before one that it states.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.facts.lens import Lens, named
from assistant.builtin.layout.outline import Sentence
from assistant.builtin.prose.passages import ITEM, REASONS, every, lead, quote, verbatim
from assistant.builtin.question.lexicon import content, pairs, pattern, reduced, without_basis
from assistant.builtin.question.plan import Plan, direction
from assistant.builtin.reply import Reply, shown
from assistant.calculate import ratio_of_sums, signed
from ingest.fact import Fact

AGAINST = re.compile(
    r"(?:同比|(?:比|较|与|和|同)(?:上年|去年|上一年|20\d\d年)度?(?:同期)?(?:当年)?(?:预算|决算)?(?:执行)?数?(?:相比)?)"
)
"""比上年、与2023年度相比: the words of a stated change before its direction."""
STATED = re.compile(AGAINST.pattern + r"(?:持平|一致|相同|增加|增长|减少|下降|上升|无变化|没有变化)")
ASKED = re.compile(r"(?:比|较|与|和|同|相比).*?(?:增|减|变|降|升|多|少|差|高|低|持平)|变化|变动|增减")
SURE = 0.8
"""Share of the words asked about that a statement must say."""
AKIN = 0.3
"""Share of the words before a reason that the change it explains must say too."""
LIST = 8
"""The list of what a change is made of has at most so many sentences."""
MOVED = re.compile(r"(?:增加|减少)[\d,.]*\d(?:万|亿)?元")
FAR = 4
"""A reason stands at most so many sentences behind the change it explains."""


def moved(plan: Plan, seen: Lens) -> Reply | None:
    """X比上年增加多少, 和上年比怎么变化: the change as the report states it, in figures or in words."""
    if not ASKED.search(plan.question) or not (plan.back or any(year not in seen.years for year in plan.years)):
        return None
    words = subject(plan.question)
    facts = _changes(seen, words)
    sentence = None if facts else _stated(seen, words)
    if not facts and sentence is None:
        return None
    wanted = bool(re.search("原因|为什么|为何", plan.question))
    if sentence is not None:
        return _with_reason(seen, verbatim(sentence), sentence, wanted)
    told = [_levelled(seen, group) for group in grouped(facts)]
    text = _correction(plan, facts) + "；".join(one.text for one in told) + "。"
    reply = Reply(
        text,
        tuple(fact for one in told for fact in one.facts),
        worked=tuple(made for one in told for made in one.worked),
    )
    return _with_reason(seen, reply, _sentence_of(seen, facts[0]), wanted)


def subject(question: str) -> str:
    """What a change is asked of: the words before the comparison."""
    bare = re.sub(r"20\d\d年?度?|预算(?=比|较|与|和)", "", question)
    head = re.split(r"[，,]?(?:比|较(?!大)|与|和|同)(?=上年|去年|上一年|20\d\d|$)|上年|去年|相比", bare)[0]
    return re.sub(r"(?:是|为|有)?多少|变化|增减|变动", "", head).strip("，,的 ")


def _changes(seen: Lens, words: str) -> list[Fact]:
    """The stated differences against the year before of what the words name, the closest name first."""
    wanted = pairs(without_basis(content(words))) or pairs(reduced(words))
    scored: list[tuple[float, int, Fact]] = []
    for entry in seen.entries:
        fact = entry.fact
        if fact.basis != "差额" or not AGAINST.search(fact.measure[-1]) or entry.year not in (seen.year, None):
            continue
        own = pairs(named("/".join((fact.subject, *fact.measure[:-1]))))
        held = seen.covered(wanted, own)
        if held >= SURE:
            scored.append((held * (0.5 + 0.5 * seen.covered(own, wanted)), entry.order, fact))
    scored.sort(key=lambda one: (-round(one[0], 2), one[1]))
    best = scored[0][2] if scored else None
    return [fact for _, _, fact in scored if best and _path(fact) == _path(best) and fact.quote == best.quote]


def _path(fact: Fact) -> tuple[str, ...]:
    return (fact.subject, *fact.measure[:-1])


def grouped(facts: Sequence[Fact]) -> list[list[Fact]]:
    """The changes of one thing together, in reading order."""
    groups: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        groups.setdefault(_path(fact), []).append(fact)
    return list(groups.values())


def _told(group: Sequence[Fact]) -> str:
    """收入支出总计与2023年度相比减少56.95万元，下降1.87%."""
    first, *rest = group
    said = "".join((first.subject, *first.measure))
    return f"{said}{_size(first)}" + "".join(f"，{AGAINST.sub('', fact.measure[-1])}{_size(fact)}" for fact in rest)


LESS = re.compile("[少低]|减|降")


def _levelled(seen: Lens, group: Sequence[Fact]) -> Reply:
    """A change with the level that its sentence tells it of, and the level of the year before that both make."""
    change = group[0]
    path = _path(change)
    levels = (fact for fact in seen.facts if fact.quote == change.quote and (fact.subject, *fact.measure) == path)
    level = next((fact for fact in levels if fact.quantity.unit == change.quantity.unit), None)
    if level is None or len(group) > 1 or change.dimension != "count":  # amounts are rounded, things are counted
        return Reply(_told(group), tuple(group))
    less = LESS.search(change.measure[-1])
    before = signed(((1, level), (1 if less else -1, change)))
    pace = ratio_of_sums((change,), (level, change)) if less else None
    said = f"{''.join(path)}{shown(level.quantity)}，{change.measure[-1]}{_size(change)}"
    when = re.search("20\\d\\d年", change.measure[-1])
    said += f"，{when[0] if when else '上年'}为{before.text}（{before.working}）" if before else ""
    said += f"，下降{pace.text}（{pace.working}）" if pace else ""
    return Reply(said, (level, *group), worked=tuple(made for made in (before, pace) if made))


def _size(fact: Fact) -> str:
    return shown(fact.quantity).removeprefix("增长").removeprefix("下降")


def _correction(plan: Plan, facts: Sequence[Fact]) -> str:
    """Where the question takes the other direction for granted."""
    claimed, told = direction(plan.question), direction(facts[0].measure[-1])
    if not claimed or not told or claimed == told:
        return ""
    return "是减少，不是增加：" if told < 0 else "是增加，不是减少："


def _stated(seen: Lens, words: str) -> Sentence | None:
    """The shortest sentence that says of the thing how it moved."""
    wanted = pairs(without_basis(content(words))) or pairs(reduced(words))
    told = (one for one in every(seen) if STATED.search(one.text))
    good = [one for one in told if seen.covered(wanted, pairs(reduced(one.text))) >= SURE]
    return min(good, key=lambda one: len(one.text), default=None)


def _sentence_of(seen: Lens, fact: Fact) -> Sentence | None:
    """The sentence that states a fact."""
    own = [
        one
        for one in every(seen)
        if one.report.id == fact.place.report and one.block.index == fact.place.block and fact.quantity.text in one.text
    ]
    return next((one for one in own if AGAINST.search(one.text)), own[0] if own else None)


def _with_reason(seen: Lens, reply: Reply, sentence: Sentence | None, wanted: bool) -> Reply:
    if not wanted:
        return reply
    return joined(reply, reason_behind(seen, sentence) if sentence else None)


def joined(reply: Reply, reason: Reply | None) -> Reply:
    """A change with its reason, or with the plain word that the report gives none."""
    if reason is None:
        return replace(reply, text=reply.text + "报告没有说明原因。", missing=(*reply.missing, "原因"))
    text = reply.text if reason.text.rstrip("。") in reply.text else reply.text + reason.text
    return replace(reply, text=text, citations=(*reply.citations, *reason.citations))


def reason_of(seen: Lens, facts: Sequence[Fact]) -> Reply | None:
    """The reason that stands in or behind the sentence of the first change among these facts."""
    changes = [fact for fact in facts if fact.kind == "prose"]
    changes.sort(key=lambda fact: fact.basis != "差额")
    sentence = _sentence_of(seen, changes[0]) if changes else None
    return reason_behind(seen, sentence) if sentence else None


def reason_behind(seen: Lens, sentence: Sentence) -> Reply | None:
    """The sentence itself where it gives a reason; else the first reason behind it, if it is about the same thing."""
    if REASONS.search(sentence.text):
        return Reply(_clause(sentence.text), citations=(quote(sentence),))
    own = pairs(reduced(sentence.text))
    behind = [
        one
        for one in every(seen)[sentence.order + 1 : sentence.order + 1 + LIST]
        if one.block.section == sentence.block.section and one.report.id == sentence.report.id
    ]
    if part := next((one for one in behind if REASONS.search(one.text) and _as_much(sentence, one)), None):
        return Reply(ITEM.sub("", part.text, count=1).strip(), citations=(quote(part),))
    for one in every(seen)[sentence.order + 1 : sentence.order + 1 + FAR]:
        if one.report.id != sentence.report.id or one.block.section != sentence.block.section:
            break
        if ITEM.match(one.text.strip()) and not seen.covered(pairs(reduced(lead(one))), own) >= AKIN:
            break  # what a part of it is due to is no reason of the whole
        if pattern("reason").search(one.text):
            head = pairs(reduced(pattern("reason").split(one.text)[0]))
            if not head or seen.covered(head, own) >= AKIN:
                return Reply(one.text.strip().rstrip("。") + "。", citations=(quote(one),))
            break
    return None


def _as_much(whole: Sentence, part: Sentence) -> bool:
    """Whether a listed part moved just as far as the whole of it: then its reason is that of the whole."""
    far = MOVED.search(whole.text)
    return bool(far and ITEM.match(part.text.strip()) and far[0] in MOVED.findall(part.text))


def _clause(text: str) -> str:
    """From the word of reason on: 主要原因是…"""
    found = pattern("reason").search(text)
    return text[found.start() :].strip() if found else text.strip()
