"""Premises that a question takes for granted and the report does not bear out: put right before anything else.

Corrects only by the report's own figures and sentences; where these say nothing, so does this module.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.builtin.grounds import why
from assistant.builtin.lens import Lens, find, share
from assistant.builtin.lexicon import content, lexicon, pairs, reduced, without_basis
from assistant.builtin.lookup import is_whole, look, name_of, role_facts, whole
from assistant.builtin.passages import every, quote, ranked_sentences, topic
from assistant.builtin.plan import Plan, ask, direction
from assistant.builtin.rates import find_rate
from assistant.builtin.reply import Reply, figure_of, say, shown
from assistant.calculate import difference, growth, ratio
from ingest.fact import Fact

LEADING = re.compile(
    r"既然|为什么|为何|原因|怎么会|何以|说明|对吗|是吧|吧$|超预算|超编|超支|效果如何|这么(高|低|多|少|大|快)"
)
DOING = re.compile(r"完成了?|建成|实现|效果|投入使用|运营|竣工|达成|落地|进展|成效|结果")
TARGET = re.compile(r"目标|任务|计划|规划|打算")
TOLD = re.compile(r"(?:目标|任务)\d*(?:[未已]|没有?)?完成|完成情况|未能|尚未")
"""What tells of an outcome, though it names the goal."""
NAMED = 0.4
"""Share of what the report says there was none of that a question must name: 财政拨款 is no 政府性基金."""
GRADES = (("优", 90), ("良", 80), ("中", 60), ("差", 0))


def corrected(plan: Plan, seen: Lens) -> Reply | None:
    """The correction of a wrong premise, or None where nothing in the question is wrong."""
    for road in (_grade, _reached, _over, _direction, _nothing, _unheard, _only_planned):
        reply = road(plan, seen)
        if reply:
            return reply
    return None


def _direction(plan: Plan, seen: Lens) -> Reply | None:
    """Growth taken for granted where the figures fall, or the other way round."""
    claim = direction(plan.question)
    if not claim or not LEADING.search(plan.question):
        return None
    table = lexicon()["direction"]
    said = [word for word in (*table["up"], *table["down"]) if word in plan.question]
    subject = plan.question[: plan.question.find(min(said, key=plan.question.find))]
    subject = re.sub(r"为什么|为何|被|既然|的$|20\d\d年|比上年|较上年|同比", "", subject)
    now, before = _two(plan, seen, subject)
    if now is None or before is None:
        return _stated_direction(plan, seen, subject, claim)
    apart, grown = difference(now, before), growth(now, before)
    if apart is None or grown is None or (apart.value > 0) == (claim > 0) or not apart.value:
        return None
    adjusting = bool(re.search("调减|调增|追加|核减|追减", plan.question))
    less, pace = ("减少", "下降") if apart.value < 0 else ("增加", "增长")
    if adjusting:
        less, pace = ("调减", "调减幅度为") if apart.value < 0 else ("追加", "增幅为")
    higher, lower = (before, now) if apart.value < 0 else (now, before)
    gap = difference(higher, lower)
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
    because = why(plan, seen)
    text += "。" + (f"报告所述：{because.text}" if because else "报告未说明原因。")
    return Reply(text, tuple(facts), because.citations if because else ())


def _two(plan: Plan, seen: Lens, subject: str) -> tuple[Fact | None, Fact | None]:
    """The two figures between which the question claims a change."""
    if re.search("调减|调增|追加|核减|追减", plan.question):
        one = ask(subject)
        if not one.phrase or one.phrase in ("预算",):
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
    facts = [hit.fact if hit and hit.fact.quantity.unit.dimension not in ("ratio", "score") else None for hit in found]
    if facts[1] is not None and str(year - 1) not in facts[1].period:
        facts[1] = None
    return facts[0], facts[1]


def _wrong_word(seen: Lens, now: Fact, claim: int, size: str) -> Fact | None:
    """The report's own figure with the wrong direction word, or None."""
    own = pairs(reduced(name_of(now)))
    for entry in seen.entries:
        fact = entry.fact
        if (
            fact.quantity.direction == claim
            and shown(replace(fact.quantity, direction=0)) == size
            and (seen.weight(own & pairs(reduced(name_of(fact) + fact.quote))) >= 0.5 * seen.weight(own))
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
        if fact.quantity.direction != -claim or seen.weight(wanted & entry.core) < 0.75 * seen.weight(wanted):
            continue
        told = [q for q in plan.stated if q.unit.dimension == fact.quantity.unit.dimension]
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
    own = (e.fact for e in seen.entries if e.fact.quote == change.quote and e.fact.kind == change.kind)
    return next((fact for fact in own if (fact.subject, *fact.measure) == path), None)


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
    words = topic(re.sub(rf"{moves}|超预算了?|这么[高低多少大]|花了|支出|购买", "", plan.question))
    wanted = pairs(words)
    if not wanted:
        return None
    for one in every(seen):
        match = re.search(r"(?:无|没有|未发生|未安排|未(?=购|采购|新增|更新))([^，。；]{3,40})", one.text)
        if match and not re.search("违|截留|损坏|超编|不得", one.text):
            for item in re.split("和|、|及|或", match[1]):
                own = pairs(reduced(item))
                held = share(seen, wanted, own) * seen.weight(wanted)
                if own and held >= 0.85 * seen.weight(wanted) and held >= NAMED * seen.weight(own):
                    lead = "前提有误：" if LEADING.search(plan.question) else "没有："
                    return Reply(f"{lead}报告写明“{one.text.strip().rstrip('。')}”。", citations=(quote(one),))
    if not re.search("为什么|原因|超预算|超支|怎么", plan.question):
        return None
    hits = [hit for hit in find(seen, ask(words), floor=0.85, precise=0.7) if is_item(hit.fact)]
    same = [hit.fact for hit in hits if hit.score >= 0.9 * hits[0].score]
    if same and all(not fact.quantity.value for fact in same):
        said = "、".join(dict.fromkeys(f"{name_of(fact)}为{shown(fact.quantity)}" for fact in same))
        return Reply(f"前提有误：{said}。", tuple(same))
    return None


def is_item(fact: Fact) -> bool:
    """A money figure of an item, not of the whole department."""
    return fact.quantity.unit.dimension == "money" and not is_whole(fact)


def _over(plan: Plan, seen: Lens) -> Reply | None:
    """超编 and 超预算 where the figures say otherwise."""
    if "超编" in plan.question:
        staff, posts = (role_facts(seen, "在职人员控制率", role, _year(plan)) for role in ("staff", "posts"))
        made = ratio(staff[0], posts[0]) if staff and posts else None
        if made and staff[0].quantity.base <= posts[0].quantity.base:
            return Reply(
                f"前提有误：编制{shown(posts[0].quantity)}、在职{shown(staff[0].quantity)}，没有超编；"
                f"在职人员控制率为{made.text}（{made.working}）。",
                (posts[0], staff[0]),
            )
    match = re.search(
        r"(.+?)(?:为什么|为何)?(超预算|超支|超出预算|超过预算|超过了?(?:调整后|年初)?预算)", plan.question
    )
    if not match:
        return None
    subject = re.sub("^(为什么|为何|既然)", "", match[1])
    item = "".join(content(without_basis(reduced(subject))).split())
    basis = "年初预算" if "年初" in plan.question else "调整后预算"
    budget, spent = look(seen, ask(item + basis)), look(seen, ask(item + "支出决算"))
    if not budget or not spent or spent.fact.quantity.base > budget.fact.quantity.base:
        return None
    return Reply(
        f"前提有误：{name_of(spent.fact)}为{shown(spent.fact.quantity)}，{name_of(budget.fact)}为{shown(budget.fact.quantity)}，没有超预算。",
        (spent.fact, budget.fact),
    )


def _year(plan: Plan) -> int | None:
    return plan.years[0] if len(plan.years) == 1 else None


def _grade(plan: Plan, seen: Lens) -> Reply | None:
    """A grade (优、良) that does not fit the score, by the scale that the report itself gives."""
    if not re.search(r"[“\"]?[优良中差][”\"]?", plan.question) or not re.search("评为|等级|属于|优秀", plan.question):
        return None
    score = next((q for q in plan.stated if q.unit.dimension == "score"), None)
    if score is None:
        return None
    scale = next(
        (one for one in every(seen) if re.search(r"90\s*分?(?:\(含\)|（含）)?以上.{0,6}优|优.{0,4}90", one.text)), None
    )
    held = [
        e.fact for e in seen.entries if e.fact.quantity.base == score.base and e.fact.quantity.unit.dimension == "score"
    ]
    if not held or scale is None:
        return None
    right = next(name for name, floor in GRADES if score.value >= floor)
    asked = re.search(r"[“\"]?([优良中差])", plan.question[plan.question.find("评为") :])
    if asked is None or asked[1] == right:
        return None
    return Reply(
        f"不对：报告写明“{scale.text.strip().rstrip('。')}”，{shown(held[0].quantity)}应为“{right}”，不是“{asked[1]}”。",
        (held[0],),
        (quote(scale),),
    )


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
    if found is None or len(found.facts) > 1 or found.fact.quantity.unit.dimension != limit.unit.dimension:
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
    if (other := _other_value(plan, seen)) is not None:
        return other
    known = [entry.fact.quantity for entry in seen.entries]
    odd = [
        q
        for q in plan.stated
        if q.unit.dimension != "none" and all(q.base != k.base or q.unit.dimension != k.unit.dimension for k in known)
    ]
    if not odd:
        return None
    words = plan.question[: plan.question.find(odd[0].text)]
    found = look(seen, ask(words)) if pairs(reduced(words)) else None
    if found and found.fact.quantity.unit.dimension == odd[0].unit.dimension:
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
    like = [fact for fact in facts if fact.quantity.unit.dimension == quoted.unit.dimension]
    if not like or any(abs(fact.quantity.base - quoted.base) <= quoted.half for fact in like):
        return None
    return Reply(f"前提有误：报告中{name_of(like[0])}为{shown(like[0].quantity)}，不是{quoted.text}。", tuple(like[:1]))


def _only_planned(plan: Plan, seen: Lens) -> Reply | None:
    """Something that the report names as a goal and never reports on."""
    if not DOING.search(plan.question) or re.search(r"完成值|完成率|任务数|多少(万|元)", plan.question):
        return None
    words = topic(
        re.sub(
            r"目标|任务|标准化建设|20\d\d年?度?|实现|完成|建成|效果|试运营|如何|主体建设|年度|几(个|所|座|家|处)",
            " ",
            plan.question,
        )
    )
    wanted = pairs(words)
    weight = seen.weight(wanted)
    if not weight or len(wanted) < 3:
        return None
    ranked = [one for score, one in ranked_sentences(seen, words) if _held(seen, wanted, one.text) >= 0.8 * weight]
    if not ranked:
        return None
    planned = (TARGET.search("/".join(one.block.section) + one.text) and not TOLD.search(one.text) for one in ranked)
    if not all(planned):
        return None
    if any(_done_in_table(seen, entry.core, wanted, weight) for entry in seen.entries if entry.fact.basis == "完成"):
        return None
    goals = [
        e.fact
        for e in seen.entries
        if e.fact.basis in ("目标", "计划")
        and e.fact.quote in ranked[0].text
        and seen.weight(e.core & wanted) >= 0.6 * weight
    ]
    near = "、".join(f"{name_of(fact)}{shown(fact.quantity)}" for fact in goals)
    said = say("only_planned", what=words.replace(" ", ""), near=f"（目标：{near}）" if near else "")
    return Reply(
        said,
        tuple(goals),
        (quote(ranked[0]),),
        missing=(f"“{words.replace(' ', '')}”的完成情况（应由填报单位补充）",),
        refused=True,
    )


def _held(seen: Lens, wanted: frozenset[str], text: str) -> float:
    return seen.weight(wanted & pairs(reduced(text)))


def _done_in_table(seen: Lens, core: frozenset[str], wanted: frozenset[str], weight: float) -> bool:
    return seen.weight(core & wanted) >= 0.6 * weight
