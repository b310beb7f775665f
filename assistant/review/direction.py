"""Changes told in prose (增减): direction words, size and base of growth, whole numbers behind it (增速倒推)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from assistant.review.case import Case
from assistant.review.columns import signed
from assistant.review.rule import Outcome, held, issue
from assistant.review.show import amount, margin, percent
from assistant.review.topic import BUDGETS, before, topic, topic_of, year_of
from ingest.fact import Fact

_GROWTH = re.compile(r"(?:较|比|同比|与).*(?:增|减|降|升|下)|增长|下降|增速|增幅|降幅|减少|提高|降低|上升")
_COUNTS = ("count",)


def growth(case: Case) -> Iterator[Outcome]:
    """增减率复算: (this year - base) ÷ base, with the direction word as its sign."""
    for fact in case.facts:
        if fact.kind != "prose" or fact.dimension != "ratio" or not is_change(fact):
            continue
        now = _current(case, fact)
        if now is None:
            continue
        bases = _bases(case, fact, now)
        if bases:
            yield from _judge(case, fact, now, bases)


def is_change(fact: Fact) -> bool:
    """A percentage that tells a change, not a goal."""
    return (
        fact.quantity.direction != 0 and fact.basis not in ("目标", "计划") and bool(_GROWTH.search(fact.measure[-1]))
    )


def stem(fact: Fact) -> tuple[str, ...]:
    """What grew: the measure without the part that tells the change."""
    return (fact.subject, *fact.measure[:-1]) if len(fact.measure) > 1 else (fact.subject,)


def _same_thing(fact: Fact, other: Fact) -> bool:
    mine = "".join(stem(fact))
    theirs = "".join((other.subject, *other.measure))
    return bool(mine) and (mine == theirs or topic_of(stem(fact)) == topic(other) != "")


def _current(case: Case, fact: Fact) -> Fact | None:
    """This year's figure: the nearest amount of the same thing in the sentence, in front of the rate."""
    near = [f for f in before(fact, case.facts) if f.dimension not in ("ratio", "point") and f.basis != "差额"]
    year = str(case.year) if case.year else ""
    mine = [f for f in near if _same_thing(fact, f) and (not year or year_of(f) == year)]
    return mine[-1] if mine else None


def _bases(case: Case, fact: Fact, now: Fact) -> list[tuple[str, Fact | None, Decimal, Decimal]]:
    """Bases of comparison as (name, fact, value, half): last year's in the sentence, by difference, in a table."""
    year = str(int(year_of(now)) - 1) if year_of(now).isdigit() else ""
    found: list[tuple[str, Fact | None, Decimal, Decimal]] = []
    for other in case.facts:
        if not _same_kind(other, now) or not _same_thing(fact, other) or other.id == now.id:
            continue
        if year_of(other) == year and other.basis not in ("差额", "目标", "计划") and not _crossed(now, other):
            order = 0 if other.quote == fact.quote else len(found)
            found.insert(order, ("上年数", other, other.quantity.base, margin(other.quantity)))
    for other in case.facts:
        if (
            other.quote == fact.quote
            and other.basis == "差额"
            and _same_kind(other, now)
            and "上年" in "".join(other.measure)
        ):
            change = -other.quantity.base if other.quantity.direction < 0 else other.quantity.base
            found.append(
                (
                    "上年数（由增减额倒推）",
                    other,
                    now.quantity.base - change,
                    margin(now.quantity) + margin(other.quantity),
                )
            )
    return found


def _crossed(one: Fact, other: Fact) -> bool:
    """Whether one is a budget and the other was spent: their difference is no change over a year."""
    return sorted(("预算" in fact.basis, fact.basis == "决算") for fact in (one, other)) == [
        (False, True),
        (True, False),
    ]


def _same_kind(one: Fact, other: Fact) -> bool:
    a, b = one.quantity.unit, other.quantity.unit
    return a.dimension == b.dimension and (a.dimension != "count" or a.kind == b.kind)


def _judge(
    case: Case, fact: Fact, now: Fact, bases: list[tuple[str, Fact | None, Decimal, Decimal]]
) -> Iterator[Outcome]:
    stated = signed(fact.quantity)
    ways = [
        (name, base, (now.quantity.base - value) / value, value, half) for name, base, value, half in bases if value > 0
    ]
    if not ways:
        return
    slack = [fact.quantity.half + (margin(now.quantity) + half) / value for _, _, _, value, half in ways]
    like = now.quantity
    fitting = [way for way, room in zip(ways, slack, strict=True) if abs(way[2] - stated) <= room]
    if fitting:
        _, base, exact, value, _ = fitting[0]
        places = (fact.place, *((base.place,) if base is not None else ()))
        yield held(f"“{''.join(stem(fact))}”变动{fact.quantity.text}复算相符", _change(now, base, exact, value), places)
        return
    name, base, exact, value, _ = ways[0]
    working = _change(now, base, exact, value)
    places = (fact.place, *((base.place,) if base is not None else ()))
    ids = (fact.id, now.id, *((base.id,) if base is not None else ()))
    if abs(-exact - stated) <= slack[0] and stated:
        word = "增长" if stated > 0 else "下降"
        yield issue(
            "P1",
            f"“{''.join(stem(fact))}”写“{word}{fact.quantity.text}”，方向与数字相反",
            f"本年{like.text}，{name}{amount(like, value)}，实为{'下降' if exact < 0 else '增长'}。",
            f"{working}，报告写“{word}{fact.quantity.text}”。",
            "请更正增减方向并说明原因。",
            places,
            (fact.quote,),
            ids,
        )
        return
    budget = _fits_budget(case, fact, now, stated)
    also = ""
    if budget is not None:
        against = budget.quantity
        other = percent((like.base - against.base) / against.base)
        also = (
            f"（{amount(like)}－{amount(against)}）÷{amount(against)}＝{other}，与报告相符，疑以{budget.basis}为基数。"
        )
    yield issue(
        "P1",
        f"“{''.join(stem(fact))}”变动{fact.quantity.text}复算不符" + ("，疑基数用错" if budget else ""),
        f"本年{like.text}，{name}{amount(like, value)}。",
        f"{working}；报告{fact.quantity.text}。{also}",
        "请按对比对象核对基数并更正。",
        (*places, *((budget.place,) if budget else ())),
        (fact.quote,),
        (*ids, *((budget.id,) if budget else ())),
    )


def _change(now: Fact, base: Fact | None, exact: Decimal, value: Decimal) -> str:
    """（本期－基数）÷基数, behind the working of a base that the sentence gives only by its difference."""
    like, before = now.quantity, amount(now.quantity, value)
    derived = ""
    if base is not None and base.basis == "差额":
        sign = "＋" if value > like.base else "－"
        derived = f"{amount(like)}{sign}{amount(base.quantity)}＝{before}；"
    return f"{derived}（{amount(like)}－{before}）÷{before}＝{percent(exact)}"


def _fits_budget(case: Case, fact: Fact, now: Fact, stated: Decimal) -> Fact | None:
    """A budget of this year's that gives the stated rate: the comparison was made with the wrong figure."""
    for other in case.facts:
        if other.basis in BUDGETS and _same_kind(other, now) and other.quantity.base > 0:
            exact = (now.quantity.base - other.quantity.base) / other.quantity.base
            if (
                abs(exact - stated)
                <= fact.quantity.half + (margin(now.quantity) + margin(other.quantity)) / other.quantity.base
            ):
                return other
    return None


def compared_words(case: Case) -> Iterator[Outcome]:
    """大于、小于、持平: words of comparison between budget and final figure of one sentence."""
    pattern = re.compile(r"决算数?(?:与预算数?)?(大于|小于|等于|高于|低于|基本持平|持平)")
    for at, said in enumerate(case.statements):
        match = pattern.search(said.text)
        before = (
            [said]
            if match and re.search(r"预算[^。]*?\d", said.text[: match.start()])
            else [said, *case.statements[max(at - 1, 0) : at]]
        )
        if match is None:
            continue
        facts = [f for s in before for f in s.facts if f.dimension == "money" and s.block is said.block]
        planned = next((f for f in reversed(facts) if f.basis in BUDGETS), None)
        final = next((f for f in reversed(facts) if f.basis == "决算"), None)
        if planned is None or final is None:
            continue
        gap = final.quantity.base - planned.quantity.base
        word = match[1]
        wrong = (
            (word in ("大于", "高于") and gap <= 0)
            or (word in ("小于", "低于") and gap >= 0)
            or (word in ("等于", "持平") and gap != 0)
        )
        if word == "基本持平" and planned.quantity.base and abs(gap) / planned.quantity.base > Decimal("0.05"):
            wrong = True
        if wrong:
            yield issue(
                "P0",
                f"“决算数{word}预算数”与数字不符",
                f"预算{planned.quantity.text}，决算{final.quantity.text}，写作“{word}”。",
                f"{final.quantity.text}－{planned.quantity.text}＝{amount(final.quantity, gap)}。",
                "请更正比较用语并说明原因。",
                (said.place,),
                (f"{''.join(s.text for s in reversed(before))}",),
                (planned.id, final.id),
            )
        else:
            yield held(
                f"“决算数{word}预算数”与数字一致",
                f"预算{planned.quantity.text}，决算{final.quantity.text}",
                (said.place,),
            )


def _backward(now: Fact, fact: Fact, half: Decimal) -> str:
    """Last year's number worked back from an end of what the written rate may mean: 128÷（100%－10.335%）."""
    rate = signed(fact.quantity)
    sign = "＋" if rate >= 0 else "－"
    moved = (abs(rate + half) * 100).normalize()
    way = "＋" if half * rate > 0 else "－"
    edge = f"{fact.quantity.value:f}%{way}{abs(half * 100).normalize():f}%＝{moved:f}%；"
    return f"{edge if half else ''}{now.quantity.value:f}÷（100%{sign}{moved:f}%）"


def whole_numbers(case: Case) -> Iterator[Outcome]:
    """增速倒推: a counted thing and its growth must leave a whole number for last year."""
    for fact in case.facts:
        if fact.kind != "prose" or fact.dimension != "ratio" or not is_change(fact):
            continue
        now = _current(case, fact)
        if (
            now is None
            or now.dimension not in _COUNTS
            or now.quantity.places
            or now.quantity.unit.factor != 1
            or now.quantity.relation != "="
        ):
            continue
        if re.search(r"新增|净增|增加|减少", "".join(now.measure)):
            continue
        rate, half = signed(fact.quantity), fact.quantity.half
        low, high = now.quantity.value / (1 + rate + half), now.quantity.value / (1 + rate - half)
        first, last = low.to_integral_value(ROUND_CEILING), high.to_integral_value(ROUND_FLOOR)
        name = "".join(stem(fact))
        if first > last:
            yield issue(
                "P1",
                f"“{name}”的数量与增速不能同时成立",
                f"{now.quantity.text}、变动{fact.quantity.text}，按增速的舍入区间倒推，上年数没有整数。",
                f"{_backward(now, fact, half)}＝{low:.2f}；{_backward(now, fact, -half)}＝{high:.2f}；"
                "其间没有整数，倒推无解。",
                "请核对数量和增速。",
                (fact.place,),
                (fact.quote,),
                (fact.id, now.id),
            )
        elif first == last:
            yield held(
                f"“{name}”增速可由整数倒推",
                f"{_backward(now, fact, Decimal(0))}≈{first:f}",
                (fact.place,),
            )
