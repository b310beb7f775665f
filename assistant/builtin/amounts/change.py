"""Differences, changes and shares between two figures of the reports.

This year and last, before and after an adjustment, part and whole; which of two conflicting values holds is not judged.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.builtin.amounts.adjusted import budget_change, left, on_basis
from assistant.builtin.amounts.coordinated import resolve
from assistant.builtin.facts.doubts import rivals
from assistant.builtin.facts.finding import opens
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import Found, is_whole, look, name_of
from assistant.builtin.facts.neighbours import row_key
from assistant.builtin.facts.strange import across
from assistant.builtin.question.plan import Ask, Plan, ask, segments
from assistant.builtin.reply import Reply, conflict, shown, stated
from assistant.calculate import Result, difference, growth, ratio, told_twice
from assistant.wording import describe
from ingest.fact import Fact

BETWEEN = re.compile(
    r"^(.+?)(?:相)?(?:比|较)(?!例|重|率)(.*?)"
    r"[压调核追缩削]?(?:多|少|高|低|增|减|加|变|降|升|差|省(?=了|下|出)|节[省约]|下降|上升|增长|实际).*$"
)
LAST = re.compile(r"^(?:上年|去年|上一年度?|20\d\d年?|上年度|上年决算|上年同期)")
REVISED = re.compile("[压调核追缩削][减增加]")
"""压减、追加: what is done to a budget, not to what is spent of it."""
PACE = re.compile("幅|百分[之比]|增长率|下降率|增速")
WORDS = {1: ("增加", "增长"), -1: ("减少", "下降"), 0: ("持平", "持平")}


def change(plan: Plan, seen: Lens) -> Reply | None:
    """A against B, this year against last, the budget before and after its adjustment, what is left unspent."""
    for road in (left, _carried, _since_start, _over_years, _two_bases, budget_change, _against):
        reply = road(plan, seen)
        if reply:
            return reply
    return None


def moved(seen: Lens, now: Fact, before: Fact, rate: bool = True) -> tuple[str, tuple[Fact, ...]]:
    """`由18.45万元降为16.82万元，减少1.63万元，下降8.83%` with its working."""
    apart = difference(now, before)
    if apart is None:
        return "", ()
    grown = growth(now, before) if rate and now.dimension not in ("ratio", "score") else None
    sign = (apart.value > 0) - (apart.value < 0)
    less, pace = WORDS[sign]
    said = f"由{_dated(before, now)}{_value(before)}变为{_dated(now, before)}{_value(now)}"
    if not sign:
        return said.replace("变为", "到") + "，持平", (now, before)
    higher, lower = (now, before) if sign > 0 else (before, now)
    shown_apart = difference(higher, lower)
    said += f"，{less}{apart.size}"
    if grown:
        said += f"，{pace}{grown.size}"
    said += f"（{shown_apart.working}）" if shown_apart else ""
    own = _told(seen, now, before, apart) if shown_apart else None
    if own is None:
        return said, (now, before)
    return f"{said}（报告写{less}{_value(own)}，所差为舍入尾差）", (now, before, own)


def _told(seen: Lens, now: Fact, before: Fact, apart: Result) -> Fact | None:
    """The same change as the report itself tells it beside one of the two, where only rounding parts them."""
    for fact in seen.facts:
        off = abs(abs(fact.quantity.base) - abs(apart.value) * apart.unit.factor)
        beside = fact.basis == "差额" and fact.quote in (now.quote, before.quote)
        same = fact.dimension == now.dimension
        if beside and same and 0 < off <= now.quantity.half + before.quantity.half:
            return fact
    return None


def _value(fact: Fact) -> str:
    return shown(replace(fact.quantity, direction=0))


def _dated(fact: Fact, other: Fact) -> str:
    """The year of a figure set against another; its beginning or end where both are of one year."""
    year, beside = (re.search(r"20\d\d", one.period) for one in (fact, other))
    if year and beside and year[0] == beside[0] and (end := re.search("[初末]", fact.period)):
        return f"{year[0]}年{end[0]}"
    return f"{year[0]}年" if year else ""


def _carried(plan: Plan, seen: Lens) -> Reply | None:
    """结转结余变动: the balance at the year's end against that at its beginning."""
    if not re.search(r"结转.*(变动|变化|增|减)", plan.question):
        return None
    first, last = (look(seen, ask(words, plan.year)) for words in ("年初结转和结余", "年末结转和结余"))
    if not first or not last:
        return None
    said, facts = moved(seen, last.fact, first.fact)
    return Reply(f"年末结转和结余比年初{said}。", facts) if said else None


def _over_years(plan: Plan, seen: Lens) -> Reply | None:
    """X比上年、X两年变化: the same thing in two years, from one report or from two."""
    two = re.search(r"两年|逐年|历年", plan.question)
    match = BETWEEN.match(plan.question.strip("？?"))
    by_last = (match and LAST.search(match[2].strip())) or (plan.back and not match)
    if not two and not by_last and len(plan.years) < 2:
        return None
    words = match[1] if match else re.sub(r"(比|较)(?!例|重|率).*", "", plan.question)
    words = re.sub(r"20\d\d年?度?[末底]?|两年|上年|去年", "", words) or plan.question
    year = max(plan.years) if plan.years else seen.year
    if year is None:
        return None
    earlier = min(plan.years) if len(plan.years) > 1 else year - 1
    said, facts = [], []
    for segment in segments(re.sub(r"(分别|各)?(是|为)?多少|变化|变动|增减|[?？]", "", words)):
        one = ask(segment)
        now, before = in_year(seen, one, year), in_year(seen, one, earlier)
        if now and before and _counts(now.fact) != _counts(before.fact):
            now = in_year(seen, like(one, before.fact), year)  # 420份 is no later figure of 71台
        if now and before and (_counts(now.fact) != _counts(before.fact) or _apart(now.fact, before.fact)):
            continue
        if not now or not before or {now.fact.basis, before.fact.basis} in ({"年初预算", "决算"}, {"预算", "决算"}):
            continue
        text, used = _years_said(seen, now, before)
        said.append(text)
        facts += used
    if len(said) > 1 and across(facts) and "哪" in plan.question:
        return None
    return Reply("；".join(said) + "。", tuple(facts)) if said else None


def _apart(one: Fact, other: Fact) -> bool:
    """Whether the sentences of one report tell two figures of things that it calls by other names."""
    if one.place.report != other.place.report or {one.kind, other.kind} != {"prose"}:
        return False
    if is_whole(one) and is_whole(other):
        return False
    short, long = sorted(
        (re.sub(r"20\d\d年?度?", "", fact.subject or fact.measure[0]) for fact in (one, other)), key=len
    )
    return bool(one.subject or other.subject) and short not in long


def _counts(fact: Fact) -> str:
    """What a count is of (台、人、份); "" for money and rates."""
    return fact.quantity.unit.kind if fact.dimension == "count" else ""


START = re.compile("^(?:年|期)初(?!预算|批复|安排|数)")


def _since_start(plan: Plan, seen: Lens) -> Reply | None:
    """年末X比年初: the balance at the year's end against that at its beginning, or at the end of the year before."""
    match = BETWEEN.match(plan.question.strip("？?"))
    year = plan.year or seen.year
    if not match or not START.match(match[2].strip()) or not year:
        return None
    one = ask(match[1])
    now = look(seen, replace(one, year=year))
    if not now:
        return None
    before = _opening(seen, now.fact) or _fact(look(seen, replace(one, year=year - 1)))
    if before is None or not (opens(before.period) or str(year - 1) in before.period):
        return None
    said, facts = moved(seen, now.fact, before)
    return Reply(f"{name_of(now.fact)}{said}。", facts) if said else None


def _opening(seen: Lens, fact: Fact) -> Fact | None:
    """What the same thing was when the year began, as its sentence or its row tells it."""
    same = (
        other
        for other in seen.facts
        if (other.place.report, other.subject, other.quantity.unit)
        == (fact.place.report, fact.subject, fact.quantity.unit)
        and (other.measure == fact.measure or other.place.row == fact.place.row is not None)
    )
    return next((one for one in same if opens(one.period + "/".join(one.measure)) and one.basis != "差额"), None)


def _fact(found: Found | None) -> Fact | None:
    return found.fact if found else None


def _two_bases(plan: Plan, seen: Lens) -> Reply | None:
    """X决算比调整预算少多少: one thing on two bases."""
    match = BETWEEN.match(plan.question.strip("？?"))
    if not match or not match[2]:
        return None
    opening = "年初预算" if match[2] == "年初" and "预算" in match[1] else match[2]
    one, other = ask(match[1], plan.year), ask(opening, plan.year)
    if one.basis and not one.phrase and other.phrase and other.basis not in ("", one.basis):
        one, other = replace(other, basis=one.basis), replace(one, basis=other.basis)  # 决算比甲的年初预算多
    if other.phrase not in ("", "数") or not other.basis or other.basis in ("差额", "调整", "目标"):
        return None
    one = replace(one, basis=one.basis or ("调整后预算" if REVISED.search(plan.question) else "决算"))
    one = replace(one, basis="调整后预算") if opening != match[2] else one
    found = [on_basis(seen, one, one.basis), on_basis(seen, one, other.basis)]
    if not found[0] or not found[1]:
        return None
    return compared(seen, found[0].fact, found[1].fact, "执行率" in plan.question, bool(PACE.search(plan.question)))


def in_year(seen: Lens, one: Ask, year: int) -> Found | None:
    """What is asked for as it was in a year, an amount as it was spent; None where the report does not tell it."""
    wanted = replace(one, year=year, basis=one.basis if one.basis != "差额" else "")
    found = look(seen, wanted)
    if found and not wanted.basis and found.fact.dimension == "money":
        spent = look(seen, replace(wanted, basis="决算", dimension="money"))  # a year's spending before its budget
        found = spent if spent and str(year) in spent.fact.period else found
    if not found or (wanted.phrase and str(year) not in found.fact.period):
        return None
    return replace(found, facts=(*found.facts, *rivals(seen, found.fact))) if len(found.facts) == 1 else found


def _years_said(seen: Lens, now: Found, before: Found) -> tuple[str, list[Fact]]:
    facts = [*now.facts, *before.facts]
    pair = next(((one, other) for one in now.facts for other in before.facts if _same_row(one, other)), None)
    if pair and len(facts) > 2:
        text, _ = moved(seen, *pair)
        rest = [conflict(seen, side.facts) for side in (now, before) if len(side.facts) > 1]
        return "；".join([f"按{describe(pair[0].place, seen.report(pair[0]))}，{name_of(pair[0])}{text}", *rest]), facts
    if len(now.facts) == 1 and len(before.facts) == 1:
        text, _ = moved(seen, now.fact, before.fact)
        return f"{name_of(now.fact)}{text}", facts
    said = [
        stated(seen, side.fact, True) if len(side.facts) == 1 else conflict(seen, side.facts) for side in (now, before)
    ]
    for one in now.facts:
        for other in before.facts:
            text, _ = moved(seen, one, other, rate=False)
            said.append(f"按{_value(one)}与{_value(other)}比较，{text}")
    return "；".join(said), facts


def _same_row(one: Fact, other: Fact) -> bool:
    """Stated side by side in one row of one table."""
    return one.place.table is not None and row_key(one) == row_key(other)


def _against(plan: Plan, seen: Lens) -> Reply | None:
    """A比B多多少, A和B哪个高: two things of the same year."""
    which = re.match(
        r"(.+?)[和与跟](.+?)(?:哪(?:一?个|项)|谁)(?:项目)?(?:的)?(.*?)(?:更|比较|较)?(?:高|低|多|少|大|小)",
        plan.question,
    )
    if which:
        one = _side(seen, plan, which[1], which[3])
        other = _side(seen, plan, which[2], which[3], one.fact) if one else None
        if one and other and one.fact is not other.fact:
            return compared(seen, one.fact, other.fact)
    match = BETWEEN.match(plan.question.strip("？?"))
    if match and LAST.search(match[2].strip()):
        return None  # 上年 is no thing of its own
    if match and match[2]:
        pair = resolve(seen, [ask(match[1], plan.year), ask(match[2], plan.year)])
    else:
        pair = resolve(seen, list(plan.asks[:2]))
    if len(pair) < 2 or not pair[0] or not pair[1] or pair[0].fact is pair[1].fact:
        return None
    return compared(seen, pair[0].fact, pair[1].fact, "执行率" in plan.question, bool(PACE.search(plan.question)))


def _side(seen: Lens, plan: Plan, item: str, side: str, other: Fact | None = None) -> Found | None:
    """A thing compared, by the side that is compared (面积) where its name says it; of the other's kind."""
    asked = (ask(words, plan.year) for words in dict.fromkeys((item + side, item)))
    return next((found for one in asked if (found := look(seen, like(one, other) if other else one))), None)


def like(one: Ask, fact: Fact) -> Ask:
    """An ask for a figure of the same kind as another: what is compared with 642起 counts 起 too."""
    own = fact.quantity.unit
    return replace(one, dimension=own.dimension, unit=own.name if own.dimension == "count" else "")


def compared(seen: Lens, one: Fact, other: Fact, rate: bool = False, pace: bool = False) -> Reply | None:
    """Which of two is higher and by how much, `pace`: and by what share of the second; nothing of one figure told
    twice, or of a figure and its own change."""
    apart = difference(one, other)
    if apart is None or told_twice((one, other)) or (one.basis == "差额") != (other.basis == "差额"):
        return None
    if not apart.value:
        return Reply(f"{stated(seen, one)}，{stated(seen, other)}，两者相同。", (one, other))
    high, low = (one, other) if apart.value > 0 else (other, one)
    gap = difference(high, low)
    assert gap is not None
    said = f"{stated(seen, high)}，高于{stated(seen, low)}，相差{gap.text}（{gap.working}）"
    grown = growth(one, other) if pace else None
    if grown:
        said += f"，{WORDS[1 if grown.value > 0 else -1][1]}{grown.size}（{gap.text}÷{_value(other)}＝{grown.size}）"
    share = ratio(low, high) if rate else None
    if share:
        said += f"；执行率{share.text}（{share.working}）"
    return Reply(said + "。", (one, other))
