"""Premises that a question takes for granted and the report does not bear out: put right before anything else.

Corrects only by the report's own figures and sentences; where these say nothing, so does this module.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.builtin.facts.finding import BUDGETS, find, share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import is_whole, look, name_of, whole
from assistant.builtin.objections import overspent, trend
from assistant.builtin.objections.planned import only_planned
from assistant.builtin.objections.trend import LEADING
from assistant.builtin.prose.passages import every, quote, topic
from assistant.builtin.question.lexicon import anyof, content, lexicon, pairs, reduced, without_basis
from assistant.builtin.question.plan import Plan, ask
from assistant.builtin.rates.recomputed import find_rate
from assistant.builtin.reply import Reply, figure_of, shown
from assistant.calculate import difference
from ingest.fact import Fact

NAMED = 0.4
"""Share of what the report says there was none of that a question must name: 财政拨款 is no 政府性基金."""
ALL = 0.85
"""Share of the question's words that it must say."""
PART = 3
"""Words of so many pairs may also stand in the question with others between them (工程类政府采购 of 工程类采购)."""


def corrected(plan: Plan, seen: Lens) -> Reply | None:
    """The correction of a wrong premise, or None where nothing in the question is wrong."""
    for road in (_reached, overspent.denied, trend.denied, _nothing, _unheard, only_planned):
        reply = road(plan, seen)
        if reply:
            return reply
    return None


def _nothing(plan: Plan, seen: Lens) -> Reply | None:
    """Something said not to be there that is (没有结转结余), or taken for granted that the report says is nil."""
    match = re.search(r"(?:既然|因为|由于).*?(?:没有|无)([^，,。？]{2,12})", plan.question)
    if match:
        found = look(seen, ask(match[1]))
        if found and found.fact.quantity.value:
            text = f"前提有误：{name_of(found.fact)}为{shown(found.fact.quantity)}，不是没有"
            facts = [found.fact]
            budget, spent = whole(seen, ask("调整后预算")), whole(seen, ask("支出决算"))
            left = difference(budget.fact, spent.fact) if budget and spent else None
            if left and left.value > 0 and re.search("用完|花完|支出|执行", plan.question):
                text += f"；且调整后预算还有{left.text}没有支出（{left.working}）"
                facts += left.facts
            return Reply(text + "。", tuple(facts))
    return _nil(plan, seen)


def _nil(plan: Plan, seen: Lens) -> Reply | None:
    """The report says there was none of it."""
    moves = "|".join((*lexicon()["direction"]["up"], *lexicon()["direction"]["down"]))
    asked = re.sub(r"20\d\d年度?|[花用投](?:在|到|于).*", "", plan.question)
    words = topic(re.sub(rf"{moves}|超预算了?|这么[高低多少大]|花了|支出|购买", "", asked))
    wanted = pairs(_alike(words))
    if not wanted:
        return None
    if _told(seen, words):
        return None  # a note that there is none (本表为空表) beside figures of it denies nothing
    names = anyof("nil", "named").pattern
    for one in every(seen):
        match = re.search(rf"(?:无(?!{names})|没有|未发生|未安排|未(?=购|采购|新增|更新))([^，。；]{{3,40}})", one.text)
        planned = any(ask.basis in BUDGETS for ask in plan.asks) and not re.search("安排|预算", one.text)
        if match and not planned and not re.search("违|截留|损坏|超编|不得", one.text):
            for item in re.split("和|、|及|或", match[1]):
                own = pairs(_alike(reduced(item)))
                held = share(seen, wanted, own)
                named = held * seen.weight(wanted) >= NAMED * seen.weight(own)
                inside = held >= NAMED and len(own) >= PART and set("".join(own)) <= set("".join(wanted))
                if own and named and (held >= ALL or inside):
                    lead = "前提有误：" if LEADING.search(plan.question) or "多少" in plan.question else "没有："
                    nought = _nought(plan, seen, words)
                    also = "".join(f"，{figure_of(fact)}" for fact in nought)
                    clause = next(part for part in re.split("[，；。]", one.text) if match[0].split("，")[0] in part)
                    said = f"{lead}报告写明“{clause.strip()}”{also}。"
                    return Reply(said, nought, (quote(one),))
    if not re.search("为什么|原因|超预算|超支|怎么|[花用投][在到于]|用途|去向|明细", plan.question):
        return None
    hits = [hit for hit in find(seen, ask(words, plan.year), floor=0.85, precise=0.7) if is_item(hit.fact)]
    same = [hit.fact for hit in hits if hit.score >= 0.9 * hits[0].score]
    if same and all(not fact.quantity.value for fact in same):
        said = "、".join(dict.fromkeys(f"{name_of(fact)}为{shown(fact.quantity)}" for fact in same))
        return Reply(f"前提有误：{said}。", tuple(same))
    return None


def _told(seen: Lens, words: str) -> bool:
    """Whether a table of the year under review gives a figure, not nought, of a thing by just this name."""

    def bare(name: str) -> str:
        return without_basis(reduced(re.sub(r"20\d\d年度?", "", name))).replace(" ", "").removesuffix("合计")

    return any(
        bare(name_of(fact)) == bare(words)
        for fact in seen.facts
        if fact.kind == "table" and fact.dimension == "money" and str(seen.year) in fact.period and fact.quantity.value
    )


def _nought(plan: Plan, seen: Lens, words: str) -> tuple[Fact, ...]:
    """The figure of nought that a table gives for the thing, if it gives one."""
    found = look(seen, replace(ask(words, plan.year), dimension="money"))
    return found.facts if found and not any(fact.quantity.value for fact in found.facts) else ()


def _alike(text: str) -> str:
    """Text in one of the words that name the same thing (车辆、公务用车)."""
    for one, *others in lexicon()["nil"]["same"]:
        text = re.sub("|".join(others), one, text.replace(one, others[0]))
    return text


def is_item(fact: Fact) -> bool:
    """A money figure of an item, not of the whole department."""
    return fact.dimension == "money" and not is_whole(fact)


def _reached(plan: Plan, seen: Lens) -> Reply | None:
    """X为什么没到90分, although it did; or 超过100%, although it did not."""
    match = re.search(r"(没有?达?到|未达?到|不到|低于|不足|没有?超过|未超过|高于|超过了?|达到了?)[\d]", plan.question)
    if (
        match is None
        or len(plan.stated) != 1
        or "哪" in plan.question
        or not re.search("为什么|为何|原因|怎么会|既然", plan.question)
    ):
        return None
    words = re.sub(r"为什么|为何|怎么会|既然|只有|会|还", "", plan.question[: match.start()])
    found, limit = look(seen, ask(words)), plan.stated[0]
    if found is None or len(found.facts) > 1 or found.fact.dimension != limit.unit.dimension:
        return None
    below = bool(re.match("没|未|不|低于", match[1]))
    reached = found.fact.quantity.base >= limit.base
    if reached != below:
        return None
    word = "没有低于" if below else "没有达到"
    return Reply(f"前提有误：{name_of(found.fact)}为{shown(found.fact.quantity)}，{word}{limit.text}。", (found.fact,))


def _unheard(plan: Plan, seen: Lens) -> Reply | None:
    """A figure that the question brings and no report states."""
    if plan.kind in ("filter", "extreme", "sum_check", "share") or not plan.stated or not plan.asks:
        return None
    if not re.search(r"说明|对吗|对不对|是不是|是吧|吧$|既然|为什么|原因", plan.question):
        return None
    if re.search("[扣丢失]了?$", plan.question[: plan.question.find(plan.stated[0].text)]):
        return None  # what was lost is no other value of what was got
    if (other := _other_value(plan, seen)) is not None:
        return other
    known = [fact.quantity for fact in seen.facts]
    odd = [
        q
        for q in plan.stated
        if q.unit.dimension != "none" and all(q.base != k.base or q.unit.dimension != k.unit.dimension for k in known)
    ]
    if not odd:
        return None
    words = plan.question[: plan.question.find(odd[0].text)]
    found = look(seen, ask(words)) if pairs(reduced(words)) else None
    if found and found.fact.dimension == odd[0].unit.dimension:
        return Reply(
            f"前提有误：报告中{name_of(found.fact)}为{shown(found.fact.quantity)}，不是{odd[0].text}。", (found.fact,)
        )
    name = content(words) or words
    return Reply(f"前提有误：报告没有给出任何{name}，“{odd[0].text}”无依据。", missing=(f"{name}（报告未给出）",))


def _other_value(plan: Plan, seen: Lens) -> Reply | None:
    """X只有90%的原因: the report gives X another value, even if it writes 90% somewhere else."""
    quoted = plan.stated[0]
    words = plan.question[: plan.question.find(quoted.text)]
    if re.search(r"(低于|高于|超过|不足|不到|以上|达到|未达)$", words) or not re.search(
        r"(只有|仅|为|是|才|高达|达)$", words
    ):
        return None
    one = ask(re.sub(r"(只有|仅有?|为|是|才|高达|达)+$", "", words))
    named = find_rate(seen, one) if quoted.unit.dimension == "ratio" and one.phrase.endswith("率") else None
    found = look(seen, one)
    facts = named.reported if named else found.facts if found else ()
    like = [fact for fact in facts if fact.dimension == quoted.unit.dimension]
    if not like or any(abs(fact.quantity.base - quoted.base) <= quoted.half for fact in like):
        return None
    return Reply(f"前提有误：报告中{name_of(like[0])}为{shown(like[0].quantity)}，不是{quoted.text}。", tuple(like[:1]))
