"""Changes told in prose (增减): direction words, size and base of growth, whole numbers behind it (增速倒推)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from assistant.review.case import Case
from assistant.review.columns import signed
from assistant.review.rule import Outcome, held, issue
from assistant.review.show import amount, margin, percent
from assistant.review.topic import BUDGETS, before, topic, topic_of, year_of
from ingest.fact import Fact

_GROWTH = re.compile(r"(?:较|比|同比|与).*(?:增|减|降|升|下)|增长|下降|增速|增幅|降幅|减少|提高|降低|上升")
_COMPARED = re.compile(r"决算数?(?:与预算数?)?(大于|小于|等于|高于|低于|基本持平|持平)")
_NEARLY = Decimal("0.05")
"""Up to this share of the budget apart, the final figure is 基本持平."""


@dataclass(frozen=True, slots=True)
class Base:
    """What a figure may be said to have changed from (基数), with how far it may be off by its digits."""

    now: Fact
    fact: Fact
    """The fact that gives it."""
    value: Decimal
    slack: Decimal
    name: str = "上年数"

    @property
    def growth(self) -> Decimal:
        return (self.now.quantity.base - self.value) / self.value

    @property
    def told(self) -> str:
        """Both figures in words."""
        return f"本年{self.now.quantity.text}，{self.name}{amount(self.now.quantity, self.value)}"

    @property
    def working(self) -> str:
        """（本期－基数）÷基数, behind the working of a base that the sentence gives only by its difference."""
        like, before = self.now.quantity, amount(self.now.quantity, self.value)
        sign = "＋" if self.value > like.base else "－"
        derived = f"{amount(like)}{sign}{amount(self.fact.quantity)}＝{before}；" if self.fact.basis == "差额" else ""
        return f"{derived}（{amount(like)}－{before}）÷{before}＝{percent(self.growth)}"

    def fits(self, fact: Fact, stated: Decimal, sign: int = 1) -> bool:
        """Whether it gives the stated change, or with `sign` -1 the same change the other way."""
        room = fact.quantity.half + (margin(self.now.quantity) + self.slack) / self.value
        return abs(sign * self.growth - stated) <= room


def growth(case: Case) -> Iterator[Outcome]:
    """增减率复算: (this year - base) ÷ base, with the direction word as its sign."""
    for fact, now in _changes(case):
        yield from _judge(case, fact, _bases(case, fact, now))


def _changes(case: Case) -> Iterator[tuple[Fact, Fact]]:
    """The changes that the prose tells in per cent, each with this year's figure of the same thing."""
    for fact in case.facts:
        if fact.kind == "prose" and fact.dimension == "ratio" and is_change(fact):
            now = _current(case, fact)
            if now is not None:
                yield fact, now


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


def _bases(case: Case, fact: Fact, now: Fact) -> list[Base]:
    """Bases of comparison: last year's figure in the sentence, by difference, in a table."""
    year = str(int(year_of(now)) - 1) if year_of(now).isdigit() else ""
    found: list[Base] = []
    for other in case.facts:
        if not _same_kind(other, now) or not _same_thing(fact, other) or other.id == now.id:
            continue
        if year_of(other) == year and other.basis not in ("差额", "目标", "计划") and not _crossed(now, other):
            order = 0 if other.quote == fact.quote else len(found)
            found.insert(order, Base(now, other, other.quantity.base, margin(other.quantity)))
    for other in case.facts:
        told = other.quote == fact.quote and other.basis == "差额" and "上年" in "".join(other.measure)
        if told and _same_kind(other, now):
            change = -other.quantity.base if other.quantity.direction < 0 else other.quantity.base
            slack = margin(now.quantity) + margin(other.quantity)
            found.append(Base(now, other, now.quantity.base - change, slack, "上年数（由增减额倒推）"))
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


def _judge(case: Case, fact: Fact, bases: list[Base]) -> Iterator[Outcome]:
    stated = signed(fact.quantity)
    bases = [base for base in bases if base.value > 0]
    fitting = next((base for base in bases if base.fits(fact, stated)), None)
    if fitting is not None:
        what = f"“{''.join(stem(fact))}”变动{fact.quantity.text}复算相符"
        yield held(what, fitting.working, (fact.place, fitting.fact.place))
    elif bases:
        turned = bool(stated) and bases[0].fits(fact, stated, -1)
        yield _turned(fact, bases[0], stated) if turned else _off(case, fact, bases[0], stated)


def _turned(fact: Fact, base: Base, stated: Decimal) -> Outcome:
    """The right size with the wrong direction word."""
    word = "增长" if stated > 0 else "下降"
    return issue(
        "P1",
        f"“{''.join(stem(fact))}”写“{word}{fact.quantity.text}”，方向与数字相反",
        f"{base.told}，实为{'下降' if base.growth < 0 else '增长'}。",
        f"{base.working}，报告写“{word}{fact.quantity.text}”。",
        "请更正增减方向并说明原因。",
        (fact.place, base.fact.place),
        (fact.quote,),
        (fact.id, base.now.id, base.fact.id),
    )


def _off(case: Case, fact: Fact, base: Base, stated: Decimal) -> Outcome:
    """A change that no base gives, but perhaps a budget taken for one."""
    budgets = (other for other in case.facts if other.basis in BUDGETS and _same_kind(other, base.now))
    against = (Base(base.now, other, other.quantity.base, margin(other.quantity)) for other in budgets)
    wrong = next((one for one in against if one.value > 0 and one.fits(fact, stated)), None)
    also = f"{wrong.working}，与报告相符，疑以{wrong.fact.basis}为基数。" if wrong else ""
    used = [base.fact, *([wrong.fact] if wrong else [])]
    return issue(
        "P1",
        f"“{''.join(stem(fact))}”变动{fact.quantity.text}复算不符" + ("，疑基数用错" if wrong else ""),
        f"{base.told}。",
        f"{base.working}；报告{fact.quantity.text}。{also}",
        "请按对比对象核对基数并更正。",
        (fact.place, *(one.place for one in used)),
        (fact.quote,),
        (fact.id, base.now.id, *(one.id for one in used)),
    )


def compared_words(case: Case) -> Iterator[Outcome]:
    """大于、小于、持平: words of comparison between budget and final figure of one sentence."""
    for at, said in enumerate(case.statements):
        match = _COMPARED.search(said.text)
        if match is None:
            continue
        own = re.search(r"预算[^。]*?\d", said.text[: match.start()])
        told = [said] if own else [said, *case.statements[max(at - 1, 0) : at]]
        facts = [f for s in told for f in s.facts if f.dimension == "money" and s.block is said.block]
        planned = next((f for f in reversed(facts) if f.basis in BUDGETS), None)
        final = next((f for f in reversed(facts) if f.basis == "决算"), None)
        if planned is None or final is None:
            continue
        word, gap = match[1], final.quantity.base - planned.quantity.base
        if _holds(word, gap, planned.quantity.base):
            both = f"预算{planned.quantity.text}，决算{final.quantity.text}"
            yield held(f"“决算数{word}预算数”与数字一致", both, (said.place,))
            continue
        yield issue(
            "P0",
            f"“决算数{word}预算数”与数字不符",
            f"预算{planned.quantity.text}，决算{final.quantity.text}，写作“{word}”。",
            f"{final.quantity.text}－{planned.quantity.text}＝{amount(final.quantity, gap)}。",
            "请更正比较用语并说明原因。",
            (said.place,),
            ("".join(one.text for one in reversed(told)),),
            (planned.id, final.id),
        )


def _holds(word: str, gap: Decimal, planned: Decimal) -> bool:
    """Whether the final figure less the budget is what a word of comparison says."""
    if word == "基本持平":
        return not planned or abs(gap) / planned <= _NEARLY
    return gap > 0 if word in ("大于", "高于") else gap < 0 if word in ("小于", "低于") else gap == 0


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
    for fact, now in _changes(case):
        known = now.quantity
        if now.dimension != "count" or known.places or known.unit.factor != 1 or known.relation != "=":
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
