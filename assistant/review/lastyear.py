"""This year's report against last year's of the same department (年度衔接): balances carried over, 上年数 told again.

Compared only where both reports give one value of the same measure on one basis; which of two is right is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.review.case import Case
from assistant.review.rule import Outcome, held, issue
from assistant.review.show import amount, gap
from assistant.review.topic import ACTUAL, agree, comparable, generic, group, owner_unsaid, topic, year_of
from assistant.review.whole import stated_in
from ingest.fact import Fact
from ingest.report import Place

_ASKED = "请核实后更正；属于追溯调整或口径变化的，请说明。"
_UNJUDGED = "两份报告不能同时成立，无法判定哪一份有误。"


def carried_over(case: Case) -> Iterator[Outcome]:
    """结转衔接: the balance at the start of the year against the one at the end of the year before."""
    opening = case.totals["opening"]
    for prior in case.prior:
        closing = stated_in((prior,))["closing"]
        pairs = [(now, before) for now in opening for before in closing]
        tied = next((pair for pair in pairs if agree(*pair)), None)
        if tied is not None:
            now, before = tied
            working = f"年初{amount(now.quantity)}，上年度报告年末{amount(before.quantity)}"
            yield held("年初结转和结余与上年度报告年末数一致", working, (now.place, before.place))
        elif len(pairs) == 1:
            now, before = pairs[0]
            yield issue(
                "P0",
                f"年初结转和结余{amount(now.quantity)}与上年度报告年末数{amount(before.quantity)}不一致",
                f"本年度报告年初结转和结余为{amount(now.quantity)}，上年度报告年末结转和结余为{amount(before.quantity)}。",
                f"{gap(now.quantity, before.quantity)}。{_UNJUDGED}",
                _ASKED,
                (now.place, before.place),
                (now.quote, before.quote),
                (now.id,),
            )


def retold(case: Case) -> Iterator[Outcome]:
    """上年数: last year's figures as this year's report tells them against last year's own report."""
    before = {name: facts for prior in case.prior for name, facts in group(_own(prior.facts, case)).items()}
    same: list[Place] = []
    told: set[str] = set()
    for name, facts in group(_last_years(case)).items():
        if generic(name):
            continue
        for fact in facts:
            others = [other for other in before.get(name, ()) if comparable(fact, other)]
            if any(agree(fact, other) for other in others):
                same.append(fact.place)
            elif others and name not in told and _one_value(others) and _one_value(_like(fact, facts)):
                told.add(name)
                yield _differs(fact, others[0])
    if same:
        yield held("上年数与上年度报告一致", f"共核对{len(same)}处", tuple(same))


def _last_years(case: Case) -> list[Fact]:
    year = str(case.year - 1) if case.year else ""
    return [fact for fact in case.facts if year_of(fact) == year and _firm(fact)]


def _own(facts: tuple[Fact, ...], case: Case) -> list[Fact]:
    year = str(case.year - 1) if case.year else ""
    return [fact for fact in facts if year_of(fact) == year and _firm(fact)]


def _firm(fact: Fact) -> bool:
    """An actual figure that says whose it is: no target, no difference, no rate, no guess."""
    return (
        fact.certain
        and fact.basis in ACTUAL
        and fact.dimension not in ("ratio", "point", "none", "score")
        and not owner_unsaid(fact)
    )


def _like(fact: Fact, facts: list[Fact]) -> list[Fact]:
    return [other for other in facts if comparable(fact, other)]


def _one_value(facts: list[Fact]) -> bool:
    return all(agree(facts[0], other) for other in facts)


def _differs(fact: Fact, other: Fact) -> Outcome:
    name = topic(fact)
    return issue(
        "P1",
        f"“{name}”上年数{amount(fact.quantity)}与上年度报告{amount(other.quantity)}不一致",
        f"本年度报告所列上年数为{amount(fact.quantity)}，上年度报告为{amount(other.quantity)}。",
        f"{gap(fact.quantity, other.quantity)}。{_UNJUDGED}",
        _ASKED,
        (fact.place, other.place),
        (fact.quote, other.quote),
        (fact.id,),
    )
