"""What became of a goal: target, outcome, share done, score and reason; or that nothing is reported of it.

A target is never told as an outcome.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from assistant.answer import Citation
from assistant.builtin.facts.doubts import about, rules
from assistant.builtin.facts.finding import find, share
from assistant.builtin.facts.lens import AIMS, Lens
from assistant.builtin.facts.lookup import Found, look, name_of
from assistant.builtin.facts.neighbours import in_row
from assistant.builtin.layout.outline import Sentence
from assistant.builtin.outcomes.fulfilled import below, fell_behind, met_by
from assistant.builtin.prose.passages import REASONS, every, quote, topic
from assistant.builtin.question.lexicon import pairs, pattern, reduced
from assistant.builtin.question.plan import Ask, Plan, ask
from assistant.builtin.reply import Reply, figure_of, say, shown
from assistant.builtin.tables.rows import GOT, Line, is_outcome, lines, place_of, reason_of
from assistant.calculate import difference, ratio
from assistant.wording import describe
from ingest.fact import Fact

ASKS = re.compile(
    r"完成(目标了?吗|得怎么样|情况|了吗|了没|了多少|几)|实现了?吗|达标了?吗|达到.*目标|进展|建成(了?几|了吗|多少)|完成得|目标.*(完成|实现)|通过.{0,8}(?:验收|评审|认定|考核)|落实得|(?:完成|实现|达成|达到)了?[^，。？]{0,4}(?:目标|任务|计划)了?[吗没]|(?:建设|推进|开展|实施|进行)得|效果如何"
)
GAP = re.compile(
    r"目标值?(?:还)?(?:相)?差(?:了|距)?(?:多少|几)|差(?:了|多少)?(?:多远|目标)|(?:达到|符合|满足).{0,8}(?:要求|标准|进度)"
)
NEEDED = re.compile(r"^(.+?)(?:是否|有没有)?(?:达到|符合|满足)了?(.{2,8}?)了?[吗没]?[？?]?$")
LIST = re.compile(r"(哪些|哪几)[^？]*(找不到|没有|未见|缺)[^？]*(结果|完成|反映|落实)|目标[^？]*没有(结果|完成情况)")


def unmet(plan: Plan, seen: Lens) -> Reply | None:
    """哪些目标找不到结果: the goals of which the reviewer finds no outcome."""
    return left_open(seen) if LIST.search(plan.question) else None


def left_open(seen: Lens) -> Reply | None:
    """The goals of which the reviewer finds no outcome."""
    picked = [one for one in seen.findings if one.rule in rules("goal") and one.rule != "目标阶段"]
    if not picked:
        return None
    quotes = [
        Citation(place, text, _label(seen, place))
        for one in picked
        for place, text in zip(one.places, one.quotes, strict=False)
    ]
    names = [part for one in picked for part in re.findall(r"“(.*)”", one.title)]
    return Reply("未见结果的目标：" + "；".join(dict.fromkeys(names)) + "。", citations=tuple(quotes))


def _label(seen: Lens, place: object) -> str:
    return describe(place, seen.reports[place.report])  # type: ignore[attr-defined, arg-type]  # a Place


def undertaking(question: str) -> str:
    """The thing that a question about an outcome (完成了吗、建成没有) is about; empty where a figure is asked for."""
    if pattern("undertaking_figure").search(question):
        return ""
    return topic(pattern("undertaking").sub(" ", question)).strip("，,、 ").removesuffix("建设").strip()


def fate(plan: Plan, seen: Lens) -> Reply | None:
    """X的目标完成了吗, X完成得怎么样."""
    if not ASKS.search(plan.question) and not GAP.search(plan.question):
        return None
    words = undertaking(plan.question)
    if (own := _by_name(plan, seen)) is not None or not pairs(words):
        return own
    return (
        _needed(plan, seen)
        or row_told(seen, words)
        or goal_and_outcome(seen, words)
        or _told(seen, words)
        or _finding(seen, words)
    )


def _by_name(plan: Plan, seen: Lens) -> Reply | None:
    """The goal whose whole name the question says, though words of an outcome stand in it (预算完成率达到目标了吗)."""
    asked = reduced(plan.question)
    known = {line.name for group in lines(seen) for line in group if _outcome(line)}
    said = [name for name in known if len(name) > 3 and reduced(name) in asked]
    name = max(said, key=len, default="")
    rest = asked.replace(reduced(name), "") if name else ""
    figure = pattern("undertaking_figure").search(rest)
    return row_told(seen, reduced(name)) if name and ASKS.search(rest) and not figure else None


UNDONE = re.compile(
    r"未(?:能|按期|完成|完工|建成|开工|取得|通过|获得|启动|到位|投用)|[尚仍]未|没有完成|滞后|推迟|正在|尚在|仍在"
)


OUTDONE = re.compile("(?:超额|全面|全部|如期|按期|按时|提前|圆满)完成")


def _told(seen: Lens, words: str) -> Reply | None:
    """A sentence that says the thing is done, or is not done yet, and why."""
    wanted = pairs(words)
    near = [one for one in every(seen) if seen.covered(wanted, pairs(reduced(one.text))) >= 0.85]
    target = look(seen, Ask(words, words, "目标", ""))
    goal = f"（{shown(target.fact.quantity)}）" if target and target.score >= 0.75 else ""
    facts = target.facts[:1] if target and goal else ()
    undone = [one for one in near if _undone(one.text, wanted)]
    done = [one for one in near if OUTDONE.search(one.text) and one not in undone]
    if done:
        return Reply(f"已完成：{done[0].text.strip()}", citations=(quote(done[0]),))
    said = f"没有完成，与目标{goal}不符：{undone[0].text.strip()}" if undone else ""
    return Reply(said, facts, (quote(undone[0]),)) if undone else None


def _undone(text: str, wanted: frozenset[str]) -> bool:
    """Whether a clause that speaks of the thing says that it is not done."""
    return any(UNDONE.search(clause) and wanted & pairs(reduced(clause)) for clause in re.split("[，；。]", text))


NAMED = 0.75
"""Share of the name of a row without a score that must be said for it to be meant."""


def scored_row(seen: Lens, words: str) -> tuple[Line, Fact] | None:
    """The row of the scoring table that is the goal's, with its outcome."""
    wanted = pairs(words)
    best: tuple[float, Line] | None = None
    for group in lines(seen):
        for line in group:
            own = pairs(reduced(line.name))
            named = share(seen, own, wanted)
            shared = max(share(seen, wanted, own), named * 0.95)
            if named < NAMED and not line.of(GOT):
                continue  # 一标段 of several: how far it came is no outcome of the whole
            if _outcome(line) and seen.covered(wanted, own) >= 0.3 and shared >= 0.55:
                best = max(best or (0.0, line), (shared, line), key=lambda pair: pair[0])
    done = _outcome(best[1]) if best else None
    return (best[1], done) if best and done else None


def row_told(seen: Lens, words: str) -> Reply | None:
    """Goal, outcome and score of the row of the scoring table that is the goal's."""
    known = scored_row(seen, words)
    target = _target(known[0]) if known else None
    if known is None or target is None:
        return None
    line, done = known
    wanted = pairs(words)
    short = below(target, done)
    made = ratio(done, target) if done.dimension != "ratio" else None
    score = line.of(re.compile("得分"))
    said = f"{'未完成' if short else '已完成'}：{line.name}目标{shown(target.quantity)}，完成{shown(done.quantity)}"
    said += f"（{made.working}）" if made and short else ""
    said += f"，得{shown(score.quantity)}" if score else ""
    why = reason_of(seen, line) if short else ""
    said += f"。原因：{why}" if why else ""
    sentences = [
        one
        for one in every(seen)
        if short and REASONS.search(one.text) and seen.covered(wanted, pairs(reduced(one.text))) >= 0.6
    ]
    said += "。" + "".join(one.text.strip() for one in sentences[:2] if why not in one.text or not why)
    facts = tuple(fact for fact in (target, done, score) if fact)
    return Reply(said, facts, (place_of(seen, line), *(quote(one) for one in sentences[:2])))


def _target(line: Line) -> Fact | None:
    return next((fact for fact in line.facts if fact.basis in AIMS), None)


def _outcome(line: Line) -> Fact | None:
    """What was reached of the goal of a row; of several columns (上半年、全年) that of the goal's own time."""
    target = _target(line)
    if target is None:
        return None
    kind = target.dimension
    done = [fact for fact in line.facts if is_outcome(fact) and fact.dimension == kind]
    return next((fact for fact in done if fact.period == target.period), done[0] if done else None)


def _finding(seen: Lens, words: str) -> Reply | None:
    """The reviewer's finding that speaks of the goal: no outcome reported, or one weaker than the goal."""
    found = about(seen, words, "goal")
    if not found:
        return None
    one = found[0]
    quotes = tuple(
        Citation(place, text, _label(seen, place)) for place, text in zip(one.places, one.quotes, strict=False)
    )
    if one.rule == "目标阶段":
        return Reply(f"未实现：{one.fact.rstrip('。')}。{one.title}。", citations=quotes)
    part = next(
        (
            each
            for each in re.findall(r"“(.*)”", one.title)
            for each in each.split("；")
            if pairs(words) & pairs(reduced(each))
        ),
        "",
    )
    text = say("only_planned", what=part or words, near="")
    return Reply(
        text, citations=quotes, missing=(f"“{words.replace(' ', '')}”的完成情况（应由填报单位补充）",), refused=True
    )


def goal_pair(seen: Lens, words: str) -> tuple[Found, Found] | None:
    """Goal and outcome that bear the words as their name, in the same unit."""
    target = look(seen, Ask(words, words, "目标", ""))
    done = look(seen, Ask(words, words, "完成", target.fact.dimension if target else ""))
    off = not target or not done or done.score < 0.75 or target.fact.quantity.unit != done.fact.quantity.unit
    if off or (done and fell_behind(done.fact)):
        done = _nearly(seen, words, target) or _met(seen, target) if target and target.score >= 0.75 else None
    return (target, done) if target and done else None


def _needed(plan: Plan, seen: Lens) -> Reply | None:
    """6月末达到序时进度要求了吗: the one other figure of the row against what the row itself demands."""
    match = NEEDED.match(plan.question)
    needed = look(seen, replace(ask(match[1] + match[2]), dimension="ratio")) if match else None
    if match is None or needed is None or needed.fact.kind != "table":
        return None
    goal = needed.fact
    own = [fact for fact in in_row(seen, goal) if fact is not goal and fact.dimension == "ratio"]
    if len(own) != 1 or not re.search("要求|标准|序时|进度|目标", goal.measure[-1]):
        return None
    word = "没有达到" if below(goal, own[0]) else "达到了"
    return Reply(f"{word}：{figure_of(own[0])}，{figure_of(goal)}。", (own[0], goal))


def _nearly(seen: Lens, words: str, target: Found) -> Found | None:
    """The outcome that names the goal a little shorter (农村公路养护 of 农村公路养护里程) or in another order
    (新培育外贸主体 of 培育外贸新主体), in the very same unit."""
    own = pairs(words)
    same = [
        hit.fact
        for hit in find(seen, Ask(words, words, "完成", target.fact.dimension), floor=0.3)
        if hit.fact.quantity.unit == target.fact.quantity.unit
        and hit.fact.basis in ("", "完成")
        and not fell_behind(hit.fact)
        and (not hit.fact.quantity.direction or hit.fact.measure[-1].startswith("新增"))
        and (
            share(seen, pairs(reduced(name_of(hit.fact))), own) >= 0.9
            or set(reduced(name_of(hit.fact))) == set(reduced(name_of(target.fact)))
        )
    ]
    values = {fact.quantity.base for fact in same}
    return Found(target.ask, (same[0],)) if len(values) == 1 else None


def _met(seen: Lens, target: Found) -> Found | None:
    """The outcome that bears the goal's own name, cut short."""
    pair = met_by(seen, target.fact)
    return Found(target.ask, pair[1:]) if pair else None


def goal_and_outcome(seen: Lens, words: str) -> Reply | None:
    """Goal and outcome as the prose states them."""
    pair = goal_pair(seen, words)
    if pair is None:
        return None
    target, done = pair
    short = below(target.fact, done.fact)
    word = "未完成" if short else "已完成"
    because = _because(seen, words) if short else ()
    said = f"{word}：目标{shown(target.fact.quantity)}，{name_of(done.fact)}{shown(done.fact.quantity)}"
    gap = difference(target.fact, done.fact) if short else None
    more = None if short or target.fact.quantity.relation in ("≤", "<") else difference(done.fact, target.fact)
    said += f"，比目标多{more.text}（{more.working}）" if more and more.value > 0 else ""
    share_done = ratio(done.fact, target.fact) if gap and gap.unit.dimension not in ("ratio", "score") else None
    said += f"，差{gap.text}（{gap.working}）" if gap and gap.value > 0 else ""
    said += f"，完成目标的{share_done.text}（{share_done.working}）。" if share_done else "。"
    return Reply(
        said + "".join(one.text.strip() for one in because),
        (target.fact, done.fact),
        tuple(quote(one) for one in because),
    )


def _because(seen: Lens, words: str) -> tuple[Sentence, ...]:
    """The first sentence that names a thing and says why it fell short."""
    wanted = pairs(words)
    told = (one for one in every(seen) if REASONS.search(one.text))
    return tuple(islice((one for one in told if seen.covered(wanted, pairs(reduced(one.text))) >= 0.6), 1))
