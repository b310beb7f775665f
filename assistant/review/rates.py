"""Rates told in prose (文内比率): recomputed from the figures they name, on each base the report gives (口径)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

from assistant.review.case import Case
from assistant.review.columns import Ratio
from assistant.review.indicators import Card, card, cards, names
from assistant.review.inputs import find
from assistant.review.rule import Outcome, held, issue, of
from assistant.review.show import amount, percent
from assistant.review.topic import ACTUAL, BUDGETS, before, owner_unsaid, topic, year_of
from ingest.fact import Fact
from ingest.terms import basis_of, plain

_NAME = re.compile(r"(预算)?(执行|完成|控制)率$")
_CLAIM = re.compile(
    r"(?:以|按|占)([^，。；]{0,12}?预算[^，。；]{0,6}?)(?:为(?:基数|分母|口径)|计算|的比[重例])|占([^，。；）)]{0,8}预算)"
)


def stated_rates(case: Case) -> Iterator[Outcome]:
    """比率复算: 执行率、完成率、控制率、结转结余率 of the text."""
    done: set[tuple[str, str]] = set()
    inputs: dict[str, dict[str, tuple[Fact, ...]]] = {}
    for fact in case.facts:
        if fact.dimension != "ratio" or fact.basis in ("目标", "差额") or fact.quantity.relation != "=":
            continue
        key = (topic(fact), fact.quantity.text)
        if key in done:
            continue
        near = [*_near(case, fact), *_by_topic(case, fact)] if fact.kind == "prose" else []
        pairs = [*near, *_by_card(case, fact, inputs)]
        if pairs:
            done.add(key)
            yield from _judge(fact, pairs)


def _is_rate(fact: Fact) -> bool:
    return bool(_NAME.search(plain(fact.measure[-1]))) and fact.basis not in ("目标", "差额")


def _near(case: Case, fact: Fact) -> list[tuple[Fact, Fact]]:
    """Spending and budget in the rate's own sentence, in front of it, of the rate's own subject."""
    if not _is_rate(fact):
        return []
    own = [f for f in before(fact, case.facts) if f.dimension == "money"]
    spent = [f for f in own if f.basis in ("决算", "完成") and not re.search(r"收入", "".join(f.measure))]
    budget = [f for f in own if f.basis in BUDGETS]
    if fact.subject:
        mine = (
            [f for f in spent if f.subject == fact.subject or f.subject in fact.subject],
            [f for f in budget if f.subject == fact.subject or f.subject in fact.subject],
        )
        spent, budget = mine[0] or spent, mine[1] or budget
    last = spent[-1:]
    return [(s, b) for s in last for b in reversed(budget)]


def _by_topic(case: Case, fact: Fact) -> list[tuple[Fact, Fact]]:
    """Spending and budget of the same subject anywhere, tables included."""
    if not _is_rate(fact):
        return []
    name = _NAME.sub("", topic(fact)) or ""
    if len(name) < 3:
        return []
    same = [
        f
        for f in case.facts
        if _stem(topic(f)) == _stem(name) and year_of(f) == year_of(fact) and f.dimension == "money"
    ]
    spent = [f for f in same if f.basis in ("决算", "完成")]
    budget = [f for f in same if f.basis in BUDGETS]
    return [(s, b) for s in spent for b in budget if _row(s) == _row(b)]


def _row(fact: Fact) -> object:
    return (fact.place.report, fact.place.table, fact.place.row) if fact.place.table is not None else "prose"


@lru_cache(maxsize=4096)
def _stem(name: str) -> str:
    return re.sub(r"(项目|支出|经费|预算)$", "", name)


def _by_card(case: Case, fact: Fact, inputs: dict[str, dict[str, tuple[Fact, ...]]]) -> list[tuple[Fact, Fact]]:
    """Inputs of the indicator card that carries the rate's name, and of the department's where no owner is named.

    `inputs`: what was found for a card already.
    """
    pairs: list[tuple[Fact, Fact]] = []
    if year_of(fact).isdigit() and year_of(fact) != str(case.main.report.year):
        return pairs  # the inputs found are those of the report's own year
    for named in (_card_of(fact), _bare_card(fact)):
        if named is None:
            continue
        if named.name not in inputs:
            inputs[named.name] = {each.key: find(each, case.parts) for each in named.inputs}
        found = inputs[named.name]
        for formula in (named.formula, *(variant.formula for variant in named.variants)):
            keys = names(formula)
            if len(keys) == 2 and re.fullmatch(r"\w+ / \w+", formula):
                pairs += list(product(found[keys[0]], found[keys[1]]))
    return pairs


def _bare_card(fact: Fact) -> Card | None:
    """A rate that its own clause leaves without an owner may be the department's, whatever was spoken of before."""
    return card(fact.measure[-1]) if owner_unsaid(fact) else None


@cache
def _known() -> dict[str, Card]:
    """The cards by each of their names without 部门、整体、支出; of several the first."""
    named = ((name, each) for each in reversed(cards()) for name in (each.name, *each.aliases))
    return {re.sub(r"^(部门|整体|支出)+", "", plain(name)): each for name, each in named}


def _card_of(fact: Fact) -> Card | None:
    wanted = plain(fact.subject + "".join(fact.measure))
    if fact.kind == "table":
        wanted = topic(fact) if "率" in (fact.subject or fact.measure[0]) else ""
    wanted = re.sub(r"[（(][^（）()]*[）)]|^(部门|整体|支出)+", "", wanted)
    return _known().get(wanted)


def _judge(fact: Fact, pairs: list[tuple[Fact, Fact]]) -> Iterator[Outcome]:
    ratios = [
        (over, under, Ratio(fact.quantity, over.quantity, under.quantity))
        for over, under in pairs
        if under.quantity.base > 0
    ]
    if not ratios:
        return
    claimed = _claimed(fact)
    fitting = [(o, u, r) for o, u, r in ratios if r.fits]
    suits = [item for item in fitting if not claimed or item[1].basis == claimed]
    if suits:
        over, under, ratio = suits[0]
        yield held(
            f"“{_name(fact)}”{fact.quantity.text}复算相符",
            f"{_quotient(ratio)}（分母：{_label(under)}）",
            (fact.place, over.place, under.place),
        )
        return
    same = [(o, u, r) for o, u, r in ratios if u.basis == claimed] if claimed else []
    if fitting and same:
        yield _wrong_base(fact, claimed, fitting[0], same[0])
        return
    if not fitting:
        yield _off(fact, ratios)


def _off(fact: Fact, ratios: list[tuple[Fact, Fact, Ratio]]) -> Outcome:
    """A rate that no pair of figures gives: cut off where it should be rounded, or wrong."""
    over, under, ratio = ratios[0]
    if ratio.truncated:
        return issue(
            "提示",
            f"“{_name(fact)}”{fact.quantity.text}为截断而非四舍五入",
            fact.quote,
            _quotient(ratio),
            "请按四舍五入填列。",
            *of(fact),
        )
    rest = "；".join(dict.fromkeys(_quotient(r) for _, _, r in ratios[:3]))
    return issue(
        "P0",
        f"“{_name(fact)}”{fact.quantity.text}复算不符",
        f"报告写{fact.quantity.text}；按{_label(over)}{amount(over.quantity)}、{_label(under)}{amount(under.quantity)}复算为{percent(ratio.exact)}。",
        f"{rest}；报告{fact.quantity.text}。几个数不能同时成立，无法判定哪一个有误。",
        "请核对分子、分母和比率，更正有误的一项。",
        (fact.place, over.place, under.place, *(part.place for o, u, _ in ratios[1:3] for part in (o, u))),
        tuple(dict.fromkeys((fact.quote, over.quote, under.quote))),
        (fact.id, over.id, under.id),
    )


def _claimed(fact: Fact) -> str:
    """The basis that the sentence claims as denominator, in front of the rate; "" if it names none."""
    at = fact.quote.find(fact.quantity.text)
    claims = list(_CLAIM.finditer(fact.quote[: at if at >= 0 else len(fact.quote)]))
    basis = basis_of(claims[-1][1] or claims[-1][2] or "") if claims else ""
    return basis if basis in ("年初预算", "调整后预算") else ""


def _wrong_base(fact: Fact, claimed: str, used: tuple[Fact, Fact, Ratio], named: tuple[Fact, Fact, Ratio]) -> Outcome:
    return issue(
        "P0",
        f"“{_name(fact)}”{fact.quantity.text}与所称基数不符",
        f"报告称以{claimed}为基数，{fact.quantity.text}实为以{used[1].basis}为分母的结果。",
        f"{_quotient(used[2])}（{used[1].basis}）；{_quotient(named[2])}（{claimed}）。",
        "请按所称口径更正比率，或更正口径说明；两种口径宜并列。",
        (fact.place, used[0].place, used[1].place, named[0].place, named[1].place),
        (fact.quote,),
        (fact.id, used[0].id, used[1].id, named[1].id),
    )


def _name(fact: Fact) -> str:
    return "".join(part for part in (fact.subject, *fact.measure) if part)


def _label(fact: Fact) -> str:
    return fact.basis if fact.basis not in ACTUAL else "支出" if fact.basis == "决算" else "".join(fact.measure[-1:])


def _quotient(ratio: Ratio) -> str:
    return f"{amount(ratio.over)}÷{amount(ratio.under)}＝{percent(ratio.exact, max(ratio.reported.places, 2))}"
