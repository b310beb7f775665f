"""Sums over prose and tables: a figure against its parts, like figures added up, totals that no report states.

A gap that rounding explains is called 尾差 and is no error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.amounts import breakdown, quarters
from assistant.builtin.amounts.identity import identity, sides
from assistant.builtin.amounts.partition import NEAR, children, run_of
from assistant.builtin.amounts.totals import column_total
from assistant.builtin.facts.finding import BUDGETS, find
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look, name_of
from assistant.builtin.facts.neighbours import in_column
from assistant.builtin.prose.passages import ranked_sentences, topic
from assistant.builtin.question.lexicon import content, lexicon, pairs, reduced, without_basis
from assistant.builtin.question.plan import Ask, Plan, ask
from assistant.builtin.reply import Reply, shown
from assistant.calculate import Result, holds_whole, ratio_of_sum, tolerance, total
from ingest.fact import Fact
from ingest.quantity import quantities, show
from ingest.terms import is_total

TOGETHER = re.compile(r"(?:[两二三四五六七八九十]|\d)(?:个|类|项|种|大|部分)|各[^，。？]{0,10}|分项|几[项类个种]")
"""Parts named together, not one by one."""


def sums(plan: Plan, seen: Lens) -> Reply | None:
    """合计对吗: the total of a column, or of a sentence's parts, against what it sums."""
    if re.search("加上|减去?|扣除", plan.question):
        return identity(plan, seen) or _parts(plan, seen)
    if re.search(r"表|合计|小计|总分|总计|总额|各项|列|分值|得分|占比", plan.question):
        return column_total(plan, seen) or identity(plan, seen) or _parts(plan, seen)
    return identity(plan, seen) or _named_parts(plan, seen) or _parts(plan, seen)


def listed(plan: Plan, seen: Lens) -> Reply | None:
    """六类对象人数相加与总数一致吗: the figures that a sentence lists behind their total, where these are meant."""
    if not TOGETHER.search(plan.question) or re.search("加上|减去?|扣除|列|表", plan.question):
        return None
    found = quarters.asked(plan, seen) or breakdown.asked(plan, seen)
    return sum_verdict(found.parts, found.whole) if found else None


def _parts(plan: Plan, seen: Lens) -> Reply | None:
    """The parts that a sentence or a table lists under a figure, against that figure."""
    words = re.sub(
        r"(的)?([一二两三四五六七八九十\d]+个?)?(学段|片区|分项|部分|类|各项|子项|小项|三项|几项)|之和|加起来|相加|加总|是多少|总数|总量|一致|等于.*|与|吗|多少|合计|人次",
        " ",
        plan.question.strip("？?"),
    )
    one = ask(" ".join(words.split()))
    for hit in find(seen, replace(one, basis="" if one.basis == "差额" else one.basis), floor=0.5, precise=0.4)[:6]:
        parts = children(seen, hit.fact)
        if len(parts) > 1:
            return sum_verdict(parts, hit.fact)
    return None


def part_sum(plan: Plan, seen: Lens) -> Reply | None:
    """合计多少, where one figure is named and its parts are meant, or a number of like figures."""
    if not re.search("合计|之和|加起来|相加|一共|总共", plan.question):
        return None
    first = look(seen, plan.asks[0]) if plan.asks else None
    if first and first.score >= 0.8:
        return None if re.search("合计", plan.asks[0].text) and len(plan.asks) == 1 else _parts(plan, seen)
    made = composite(seen, plan.asks[0]) if plan.asks else None
    return made or _siblings(plan, seen) or _parts(plan, seen) or _in_sentence(plan, seen)


def composite(seen: Lens, ask: Ask) -> Reply | None:
    """A total that no report states (“三公”经费): the sum of its parts as the field defines it (words.toml)."""
    for row in lexicon()["composite"]:
        if row["name"] not in ask.phrase.replace(" ", "") or ask.basis not in ("", "决算") or "率" in ask.phrase:
            continue
        found = [look(seen, Ask(part, content(reduced(part)), "决算", "money", ask.year)) for part in row["parts"]]
        facts = tuple(one.fact for one in found if one)
        made = total(facts) if len(facts) == len(row["parts"]) else None
        if made and any(_tells(fact, row["name"], facts[0]) for fact in seen.facts):
            return None  # the report tells the total itself: its parts found here are not all of them, or not its own
        if made and (stated := _stated_total(seen, facts, made)):
            return Reply(f"{row['name']}合计{shown(stated.quantity)}（{made.working}）。", (stated, *facts))
        if made:
            each = "、".join(f"{name_of(fact)}{shown(fact.quantity)}" for fact in facts)
            return Reply(f"报告未直接给出{row['name']}合计；按分项相加为{made.text}（{each}）。", facts)
    return None


def _tells(fact: Fact, name: str, part: Fact) -> bool:
    """Whether a figure, not nought, is the whole of that name, of the year and the side of a part."""
    said = without_basis(reduced(re.sub(r"20\d\d年度?", "", name_of(fact)))).replace(" ", "").removesuffix("合计")
    alike = fact.period == part.period and (fact.basis in BUDGETS) == (part.basis in BUDGETS)
    return said == name and alike and fact.dimension == "money" and bool(fact.quantity.value)


def _stated_total(seen: Lens, parts: Sequence[Fact], made: Result) -> Fact | None:
    """The total row of the table that lists the parts, where it is their sum."""
    totals = (fact for fact in in_column(seen, parts[0]) if is_total(fact.subject))
    return next((fact for fact in totals if fact.quantity.base == made.value * made.unit.factor), None)


def _siblings(plan: Plan, seen: Lens) -> Reply | None:
    """三个产业产值合计: as many like figures as the question counts, stated one after the other."""
    match = re.search(r"([两二三四五六七八九十\d]+)(?:个|类|项|大|家|种)", plan.question)
    count = quantities(match[0])[0].value if match and quantities(match[0]) else 0
    wanted = pairs(topic(re.sub(r"合计|占.*|[两二三四五六七八九十\d]+(个|类|项|大|家|种)", " ", plan.question)))
    best: tuple[float, list[Fact]] | None = None
    groups: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in seen.facts:
        if fact.kind == "prose" and fact.dimension not in ("ratio", "point"):
            groups.setdefault((fact.place.report, fact.quote, fact.quantity.unit.name), []).append(fact)
    for facts in groups.values():
        for at in range(len(facts) - int(count) + 1 if count > 1 else 0):
            run = facts[at : at + int(count)]
            ends = {name_of(fact)[-2:] for fact in run}
            held = seen.covered(wanted, pairs(reduced("/".join(name_of(fact) for fact in run))))
            if len(ends) == 1 and held >= 0.25 and (best is None or held >= best[0]):
                best = (held, run)
    made = total(best[1]) if best else None
    return _with_share(plan, seen, made) if made else None


def _with_share(plan: Plan, seen: Lens, made: Result) -> Reply:
    """The sum, and its share of a whole where the question asks for that too."""
    text, facts = f"合计{made.text}（{made.working}）", list(made.facts)
    match = re.search(r"占(.+?)(?:的)?(?:比重|比例|多少|百分|份额|$)", plan.question.strip("？?"))
    over = look(seen, ask(match[1])) if match else None
    share = ratio_of_sum(made.facts, over.fact) if over else None
    if over and share:
        text += f"，占{name_of(over.fact)}的{share.text}（{made.text}÷{shown(over.fact.quantity)}＝{share.text}）"
        facts.append(over.fact)
    return Reply(text + "。", tuple(facts))


def _in_sentence(plan: Plan, seen: Lens) -> Reply | None:
    """The like figures of the one sentence that speaks of what is to be summed."""
    words = topic(re.sub(r"合计|一共|总共|总额", " ", plan.question))
    ranked = ranked_sentences(seen, words)
    if not ranked or ranked[0][0] < 0.4:
        return None
    best = ranked[0][1]
    facts = [
        fact
        for fact in seen.facts
        if fact.kind == "prose"
        and fact.place.block == best.block.index
        and fact.place.report == best.report.id
        and fact.quantity.text in best.text
        and fact.quote.strip() in best.text
        and fact.dimension == "money"
    ]
    like = len({fact.basis for fact in facts}) == 1 and not holds_whole(facts)
    made = total(facts) if like and 1 < len(facts) < 9 else None
    return _with_share(plan, seen, made) if made else None


def _named_parts(plan: Plan, seen: Lens) -> Reply | None:
    """盗窃、电诈、其他三类加起来对得上总数吗: the figures of one sentence or column that bear the names told."""
    match = re.search(
        r"^(.+?)(?:[两二三四五六七八九十\d]+[个类项种大]?[^、]{0,6})?(?:之和|相加|加起来|合计|加总)", plan.question
    )
    goal = _goal(plan, seen)
    told = [name.split("的")[0] for name in re.split("[、和与及]", match[1]) if name] if match else []
    if len(told) < 2:
        return None
    if (listed_so := _of_list(seen, told)) is not None or goal is None:
        return listed_so
    own = [
        fact
        for fact in seen.facts
        if fact.quantity.unit == goal.quantity.unit
        and fact.period == goal.period
        and fact.quantity.base != goal.quantity.base
    ]
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in own:
        place = fact.place
        groups.setdefault((place.table, place.col, fact.quote if place.table is None else ""), []).append(fact)
    for near in groups.values():
        found = [next((f for f in near if _bears(f, name)), None) for name in told]
        parts = [fact for fact in found if fact is not None]
        if len(set(parts)) == len(told):
            return sum_verdict(parts, goal)
    return None


def _of_list(seen: Lens, told: Sequence[str]) -> Reply | None:
    """The list of a sentence of which each part bears one of the names, against the figure that it stands behind."""
    for facts in breakdown.sentences_of(seen):
        for whole in facts:
            parts = breakdown.behind(seen, whole)
            if len(parts) == len(told) and all(map(_bears, parts, told)):
                return sum_verdict(parts, whole)
    return None


def _goal(plan: Plan, seen: Lens) -> Fact | None:
    """The figure that parts are to make up: 对得上破案总数."""
    words = re.sub("总数|总量|总额|合计|总计", "", sides(plan.question.strip("？?"))[1])
    found = look(seen, ask(words)) if pairs(words) else None
    return found.fact if found else None


def _bears(fact: Fact, name: str) -> bool:
    """Whether a figure's own name holds the characters of a part as told, in their order (电诈 of 电信网络诈骗案件)."""
    rest = iter(reduced(fact.subject + fact.measure[-1]))
    return all(char in rest for char in reduced(name))


def sum_verdict(parts: Sequence[Fact], whole_fact: Fact) -> Reply | None:
    made = total(parts)
    if made is None:
        return None
    gap = made.value * made.unit.factor - whole_fact.quantity.base
    facts = (*parts, whole_fact)
    stated_total = f"{name_of(whole_fact)}{shown(whole_fact.quantity)}"
    if not gap:
        return Reply(f"是，一致：{made.working}，与{stated_total}相符。", facts)
    apart = show(abs(gap) / made.unit.factor, made.unit, made.places)
    if abs(gap) <= tolerance(parts, whole_fact):
        return Reply(f"{made.working}，与{stated_total}差{apart}，属四舍五入尾差，不算错误。", facts)
    word = "少" if gap < 0 else "多"
    far = abs(gap) * NEAR > abs(whole_fact.quantity.base)
    verdict = "所列分项可能不全，须核实" if far else "两者不符，不能同时成立，须核实"
    return Reply(f"不一致：{made.working}，比{stated_total}{word}{apart}，{verdict}。", facts)


COUNTED = re.compile(r"([两二三四五六七八九十]|\d)(?:项|个|类|部分|大)+[^？]{0,12}?(?:之和|相加|加起来|合计|加总)")


def counted(plan: Plan, seen: Lens) -> Reply | None:
    """收入总额等于三项收入之和吗: a figure against just as many parts as the question counts, which follow it."""
    match = COUNTED.search(plan.question)
    count = int(quantities(f"{match[1]}个")[0].value) if match and quantities(f"{match[1]}个") else 0
    if match is None or count < 2:
        return None
    rest = plan.question[: match.start()] + plan.question[match.end() :]
    words = re.sub(r"是否|是不是|等于|一致|相等|[吗么？?与和跟是为]", " ", rest)
    goals = [
        fact
        for fact in seen.facts
        if any(q.base == fact.quantity.base and q.unit == fact.quantity.unit for q in plan.stated if q.places)
    ]
    one = ask(" ".join(words.split()))
    found = look(seen, one) or look(seen, replace(one, basis="")) if one.phrase or one.basis else None
    for goal in (*goals, *(found.facts if found else ())):
        parts = children(seen, goal)
        parts = parts if len(parts) == count else run_of(seen, goal, count)
        if len(parts) == count:
            return None if _of_another_kind(seen, parts, plan.question) else sum_verdict(parts, goal)
    return None


def _of_another_kind(seen: Lens, parts: Sequence[Fact], question: str) -> bool:
    """Whether a question names what its sentence tells of the parts beside these figures (签约额, not 预算)."""
    heads = {fact.measure[-1] for fact in parts if fact.subject}
    things = {(fact.subject, fact.quote) for fact in parts}
    beside = {fact.measure[-1] for fact in seen.facts if (fact.subject, fact.quote) in things} - heads
    return bool(heads) and any(head in question for head in beside) and not any(head in question for head in heads)
