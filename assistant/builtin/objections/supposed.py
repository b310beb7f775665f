"""What a question takes for granted of an outcome or a movement (全部完成, 没达标, 追加480万元), against the report.

Puts right only what goal and outcome, a stated shortfall or the word beside the very figure contradict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.amounts.together import row_of
from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import AIMS, Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.layout.outline import Sentence
from assistant.builtin.objections.trend import LEADING
from assistant.builtin.outcomes.fulfilled import below, met_by
from assistant.builtin.outcomes.goals import goal_pair, scored_row
from assistant.builtin.prose.passages import every, quote, topic
from assistant.builtin.question.lexicon import lexicon, pairs, pattern, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, figure_of, shown
from assistant.builtin.tables.rows import executed, lines, place_of
from ingest.fact import Fact

OPEN = ("either", "recompute", "sum_check", "identity", "agree", "filter", "list", "extreme")
"""Kinds of question that take nothing of this for granted."""
ALL = re.compile("全部|都|均|100[%％]")
"""All of a thing, not only as much as was aimed at."""
MORE = re.compile("超额|突破")
"""More than was aimed at."""
PACE = re.compile("执行率|支出率")
"""How much of the money was spent is no word of how far a thing came."""
WHOLLY = 0.9
"""Share of the words that a goal's name must hold."""
NEAR = 10
"""How many characters before a figure its word of movement may stand."""


def outcome(plan: Plan, seen: Lens) -> Reply | None:
    """X为什么没有完成 although it is, X全部完成 although it is not."""
    claim = _claimed(plan)
    if claim is None:
        return None
    fulfilled, words = claim
    if len(pairs(words)) < 2:
        return None
    known = _pair(seen, words)
    if known is None:
        return _short(seen, words) if fulfilled else None
    goal, done, source = known
    whole = fulfilled and done.dimension == "ratio" and ALL.search(plan.question) is not None
    lacking = done.quantity.value < 100 if whole else below(goal, done)
    level = fulfilled and not lacking and bool(MORE.search(plan.question)) and goal.quantity.base == done.quantity.base
    if lacking != fulfilled and not level:
        return None
    word = "刚好达到，没有超额" if level else "不是全部" if whole else "没有完成" if fulfilled else "已经达到"
    text = f"前提有误：{name_of(done)}{shown(done.quantity)}，目标{shown(goal.quantity)}，{word}。"
    reason = _short(seen, words) if fulfilled and not level else None
    text += reason.text.removeprefix("前提有误：") if reason else ""
    return Reply(text, (goal, done), (*source, *(reason.citations if reason else ())))


def _claimed(plan: Plan) -> tuple[bool, str] | None:
    """Whether fulfilment or its lack is taken for granted, and of what."""
    lessons = pattern("supposed", "lessons").search(plan.question)
    leading = lessons or LEADING.search(plan.question)
    if (plan.yes_no and not leading) or (plan.kind in OPEN and not lessons):
        return None
    for fulfilled, name in ((False, "unmet"), (True, "met"), *(((True, "attained"),) if leading else ())):
        looks = pattern("supposed", name)
        if looks.search(plan.question) and (fulfilled or leading):
            rest = LEADING.sub(" ", looks.sub(" ", pattern("supposed", "lessons").sub(" ", plan.question)))
            words = topic(
                re.sub(
                    r"[\d.]+[%％]?|一?共|多少|几[座个所家件]|怎么做到|是|的|有|目标|任务|(?<=\s)[能会](?=\s)", " ", rest
                )
            )
            return fulfilled, words.replace(" ", "")
    return None


def _pair(seen: Lens, words: str) -> tuple[Fact, Fact, tuple] | None:  # type: ignore[type-arg]
    """Goal and outcome of a thing, from the scoring table or the prose."""
    line = scored_row(seen, words)
    if line is not None:
        goal = next(fact for fact in line[0].facts if fact.basis in AIMS)
        return goal, line[1], (place_of(seen, line[0]),)
    pair = goal_pair(seen, words)
    if pair:
        return pair[0].fact, pair[1].fact, ()
    wanted = pairs(reduced(words))
    goals = [e.fact for e in seen.entries if e.fact.basis in AIMS and share(seen, wanted, e.core) >= WHOLLY]
    told = [both for goal in goals if (both := met_by(seen, goal))]
    return (*told[0], ()) if len({goal for goal, _ in told}) == 1 else None


def _short(seen: Lens, words: str) -> Reply | None:
    """The sentence that tells how far the thing fell short of all."""
    wanted = pairs(reduced(words))
    for one in every(seen):
        if seen.covered(wanted, pairs(reduced(one.text))) < 0.75 or _aims(one):
            continue
        told = [fact for fact in seen.facts if fact.kind == "prose" and fact.quote == one.text.strip()]
        rates = [fact for fact in told if fact.dimension == "ratio" and fact.quantity.value < 100]
        plain = [fact for fact in rates if not fact.quantity.direction and not PACE.search(name_of(fact))]
        named = [fact for fact in plain if wanted & pairs(reduced(name_of(fact)))]
        if pattern("supposed", "rest").search(one.text) or named:
            text = f"前提有误：报告写明“{one.text.strip().rstrip('。；')}”，不是全部。"
            return Reply(text, tuple(told), (quote(one),))
    return None


def left_over(plan: Plan, seen: Lens) -> Reply | None:
    """还有多少件信访没有办结 although the report says that all of them were."""
    asked = LEFT.search(plan.bare)
    done = DONE.search(asked[0]) if asked else None
    words = topic(f"{plan.bare[: asked.start()]} {asked['thing']}") if asked else ""
    if asked is None or done is None or not pairs(words):
        return None
    wanted, verb = pairs(words), done[0]
    whole = re.compile(
        rf"(?:全部|均已?|都已?|全面|100[%％])(?:通过|得到)?了?{verb}|{verb}率(?:达到?|为)?100(?:\.0+)?[%％]"
    )
    for one in every(seen):
        if whole.search(one.text) and _held_with(seen, wanted, one) and not _aims(one):
            return Reply(f"前提有误：报告写明“{one.text.strip().rstrip('。；')}”。", citations=(quote(one),))
    return None


LEFT = re.compile(
    r"(?:还|仍|尚)?[有剩](?:下|余)?(?:多少|几|哪些)[个件项家处起名户]?(?:次)?(?P<thing>.{0,12}?)(?:还|仍)?(?:没有?|未|尚未).+$"
)
"""What is still to be done is asked for, as if there were any."""
DONE = re.compile("完成|办结|整改|建成|落实|验收|拨付|支付|兑付|发放|销号|竣工|开工|到位|报账")


def _held_with(seen: Lens, wanted: frozenset[str], one: Sentence) -> bool:
    """Whether a sentence speaks of the thing, by its words or by their characters (信访 of 来信来访)."""
    letters = set(one.text)
    return seen.covered(wanted, frozenset(pair for pair in wanted if letters.issuperset(pair))) >= 0.6


def _aims(one: Sentence) -> bool:
    return bool(re.search("目标|计划|打算|不[低少高多大小]于|以上|以内", "/".join(one.block.section) + one.text))


def unpaid(plan: Plan, seen: Lens) -> Reply | None:
    """X为什么没有全部拨付 although its row shows all of its budget spent."""
    asked = pattern("supposed", "unpaid").search(plan.question)
    if asked is None or not LEADING.search(plan.question):
        return None
    name = LEADING.sub("", plan.question[: asked.start()]).strip("的，,")
    for group in lines(seen, plan.table):
        line = row_of(name, group, seen) if name else None
        rate = executed(line) if line else None
        if line is not None and rate is not None:
            spent, budget = rate.facts
            if spent.quantity.base < budget.quantity.base:
                return None
            text = (
                f"前提有误：{figure_of(budget)}，{figure_of(spent)}，执行率{rate.text}（{rate.working}），已全部支出。"
            )
            return Reply(text, rate.facts)
    return None


def moved(plan: Plan, seen: Lens) -> Reply | None:
    """追加480万元的原因, where the report writes this very figure as one taken away, or the other way round."""
    if plan.kind in OPEN:
        return None
    for figure in plan.stated:
        at = plan.question.find(figure.text)
        claim = _word(plan.question[max(0, at - NEAR) : at])
        if claim is None:
            continue
        same = [
            fact
            for fact in seen.facts
            if abs(fact.quantity.base) == abs(figure.base) and fact.dimension == figure.unit.dimension
        ]
        against = [fact for fact in same if (own := _of(fact)) is not None and own[1] != claim[1]]
        if against and len(against) == len(same):
            return _corrected(seen, against, claim[0])
    return None


def _corrected(seen: Lens, facts: Sequence[Fact], claimed: str) -> Reply:
    fact = next((one for one in facts if one.kind == "prose"), facts[0])
    own = _of(fact)
    assert own is not None
    told = next((one for one in every(seen) if fact.kind == "prose" and one.text.strip() == fact.quote.strip()), None)
    size = shown(replace(fact.quantity, value=abs(fact.quantity.value), text=fact.quantity.text.lstrip("-－−")))
    what = f"报告写明“{fact.quote.strip().rstrip('。；')}”" if told else f"{name_of(fact)}{shown(fact.quantity)}"
    text = f"前提有误：{what}，是{own[0]}{'' if told else size}，不是{claimed}。"
    return Reply(text, tuple(facts[:1]) if not told else (fact,), (quote(told),) if told else ())


def _of(fact: Fact) -> tuple[str, bool] | None:
    """The word of movement that the report puts to a figure, and whether it means more."""
    if fact.quantity.value < 0:
        return ("调减" if fact.dimension == "money" else "减少"), False
    if fact.kind == "prose":
        at = fact.quote.find(fact.quantity.text)
        clause = re.split("[，,；。、]", fact.quote[:at])[-1] if at >= 0 else ""
        return _word(clause[-NEAR - 6 :])
    return None


def _word(text: str) -> tuple[str, bool] | None:
    """The last word of movement in a text, and whether it means more."""
    sides = lexicon()["supposed"]
    found = [(text.rfind(word), word, more) for more, name in ((True, "more"), (False, "less")) for word in sides[name]]
    best = max((one for one in found if one[0] >= 0), default=None, key=lambda one: (one[0], len(one[1])))
    return (best[1], best[2]) if best else None
