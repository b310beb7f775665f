"""The budget chain and hidden reconciliations (预算链、隐含勾稽) over the totals of the department."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from assistant.answer import Passed
from assistant.review.case import Case
from assistant.review.columns import Ratio
from assistant.review.rule import Outcome, held, issue, said_in
from assistant.review.show import amount, percent
from assistant.review.statement import Statement
from assistant.review.whole import whole
from ingest.fact import Fact
from ingest.quantity import Quantity

_CUT = re.compile(r"调减|核减|追减|压减|减少")
_ADD = re.compile(r"调增|追加|核增|增加")


def chain(case: Case) -> Iterator[Outcome]:
    """预算链: opening + income - spending = closing; basic + projects = spending."""
    every = case.totals
    balance = ((1, every["opening"]), (1, every["income"]), (-1, every["spent"]))
    yield from _equation("年初结转＋收入－支出＝年末结转", balance, every["closing"])
    yield from _equation("基本支出＋项目支出＝支出", ((1, every["basic"]), (1, every["projects"])), every["spent"])
    for said in case.statements:
        yield from _adjusted(said)


def _equation(
    name: str, terms: tuple[tuple[int, tuple[Fact, ...]], ...], results: tuple[Fact, ...]
) -> Iterator[Outcome]:
    """An identity over the totals. Where the report gives several values of a total, one that closes is enough here."""
    signs = [sign for sign, _ in terms]
    tries = [
        tuple(_closed(name, list(zip(signs, chosen, strict=True)), result))
        for *chosen, result in product(*(facts for _, facts in terms), results)
    ]
    closing = next((outcomes for outcomes in tries if any(isinstance(each, Passed) for each in outcomes)), None)
    if closing is not None or len(tries) == 1:
        yield from closing or tries[0]


def _closed(name: str, given: list[tuple[int, Fact]], result: Fact) -> Iterator[Outcome]:
    value = sum((sign * fact.quantity.base for sign, fact in given), Decimal(0))
    slack = sum((fact.quantity.half for _, fact in given), result.quantity.half)
    gap = result.quantity.base - value
    listing = "".join(f"{'＋' if sign > 0 else '－'}{amount(fact.quantity)}" for sign, fact in given).lstrip("＋")
    places = (*(fact.place for _, fact in given), result.place)
    if abs(gap) <= slack:
        yield held(name, f"{listing}＝{amount(result.quantity, value)}，报告{amount(result.quantity)}", places)
        return
    yield issue(
        "P0",
        f"{name}不成立，差{amount(result.quantity, abs(gap))}",
        f"{listing}＝{amount(result.quantity, value)}，报告为{amount(result.quantity)}。",
        f"{amount(result.quantity)}－{amount(result.quantity, value)}＝{amount(result.quantity, gap)}；"
        "各数不能同时成立，无法判定哪一个有误。",
        "请核对各数的口径（是否含结余分配、上缴等）并更正或说明。",
        places,
        tuple(dict.fromkeys(fact.quote for _, fact in (*given, (1, result)))),
        (*(fact.id for _, fact in given), result.id),
    )


def _adjusted(said: Statement) -> Iterator[Outcome]:
    """年初 ± 调整 = 调整后 within one sentence."""
    found = _budget_run(said)
    if found is None:
        return
    first, change, last, sign = found
    value = first.quantity.base + sign * change.quantity.base
    slack = first.quantity.half + change.quantity.half + last.quantity.half
    mark = "＋" if sign > 0 else "－"
    stated = f"{amount(first.quantity)}{mark}{amount(change.quantity)}"
    working = f"{stated}＝{amount(last.quantity, value)}，报告{amount(last.quantity)}"
    if abs(value - last.quantity.base) <= slack:
        yield held("年初预算±调整＝调整后预算", working, (said.place,))
    else:
        yield issue(
            "P0",
            f"年初预算{mark}调整与调整后预算不符，差{amount(last.quantity, abs(value - last.quantity.base))}",
            "一句之内的三个数不能同时成立。",
            f"{working}；{amount(last.quantity)}－{amount(last.quantity, value)}"
            f"＝{amount(last.quantity, last.quantity.base - value)}。",
            "请核对三个数并更正。",
            *said_in(said),
            (first.id, change.id, last.id),
        )


def _budget_run(said: Statement) -> tuple[Fact, Fact, Fact, int] | None:
    """Initial budget, change and adjusted budget named in that order in a sentence."""
    money = [f for f in said.facts if f.dimension == "money"]
    for one, two, three in zip(money, money[1:], money[2:], strict=False):
        words = said.before(one), said.before(two), said.before(three)
        if "年初" not in words[0] or not re.search(r"预算|指标", words[0]):
            continue
        sign = -1 if _CUT.search(words[1]) else 1 if _ADD.search(words[1]) else 0
        if sign and re.search(r"调整后|年度总|全年预算", words[2]) and not re.search(r"较|比", words[1]):
            return one, two, three, sign
        if re.search(r"调整后", words[1]) and re.search(r"较年初|比年初", words[2]):
            sign = 1 if _ADD.search(words[2]) else -1
            return one, three, two, sign
    return None


def hidden_additions(case: Case) -> Iterator[Outcome]:
    """隐含追加: the department's net cut is smaller than the cut of one special fund, so other budgets grew."""
    runs = [(said, run) for said in case.statements if (run := _budget_run(said)) is not None]
    wholes = [(s, r) for s, r in runs if not re.search(r"专项", s.before(r[0]))]
    parts = [(s, r) for s, r in runs if re.search(r"专项", s.before(r[0]))]
    if not wholes:
        return
    _, (first, net, last, sign) = wholes[0]
    for said, (a, cut, b, own) in parts:
        rest_before = first.quantity.base - a.quantity.base
        rest_after = last.quantity.base - b.quantity.base
        if own == sign == -1 and cut.quantity.base > net.quantity.base and rest_before > 0:
            grown = rest_after - rest_before
            yield issue(
                "P1",
                f"其他预算年中净增加{amount(net.quantity, grown)}未披露",
                f"部门预算净调减{amount(net.quantity)}，小于该专项调减{amount(cut.quantity)}。",
                "以该专项属于部门预算为前提倒推，专项以外的预算："
                f"年初{amount(first.quantity)}－{amount(a.quantity)}＝{amount(first.quantity, rest_before)}；"
                f"调整后{amount(last.quantity)}－{amount(b.quantity)}＝{amount(first.quantity, rest_after)}；"
                f"{amount(first.quantity, rest_after)}－{amount(first.quantity, rest_before)}"
                f"＝{amount(net.quantity, grown)}；"
                f"{amount(net.quantity, grown)}÷{amount(first.quantity, rest_before)}"
                f"＝{percent(grown / rest_before)}。",
                "请补充追加明细和批复依据。",
                (wholes[0][0].place, said.place),
                (wholes[0][0].text, said.text),
                (first.id, net.id, last.id, a.id, cut.id, b.id),
            )


def unspent(case: Case) -> Iterator[Outcome]:
    """未支出指标与结转结余: unspent budget beyond the closing balance, with no opening balance to explain it."""
    sums = whole(case)
    if sums.adjusted is None or sums.spent is None or sums.closing is None or sums.opening is not None:
        return
    left = sums.adjusted.quantity.base - sums.spent.quantity.base
    gone = left - sums.closing.quantity.base
    slack = sums.adjusted.quantity.half + sums.spent.quantity.half + sums.closing.quantity.half
    if gone <= slack * 2:
        return
    like = sums.closing.quantity
    yield issue(
        "P1",
        f"未支出指标{amount(like, left)}中有{amount(like, gone)}去向未说明",
        f"调整后预算{amount(sums.adjusted.quantity)}，支出{amount(sums.spent.quantity)}，年末结转和结余只有{like.text}。",
        f"{amount(sums.adjusted.quantity)}－{amount(sums.spent.quantity)}＝{amount(like, left)}；"
        f"{amount(like, left)}－{amount(like)}＝{amount(like, gone)}。",
        "请说明是否由财政收回或尚未下达。",
        (sums.adjusted.place, sums.spent.place, sums.closing.place),
        tuple(dict.fromkeys((sums.adjusted.quote, sums.spent.quote, sums.closing.quote))),
        (sums.adjusted.id, sums.spent.id, sums.closing.id),
    )


def overspent_income(case: Case) -> Iterator[Outcome]:
    """支出大于收入而未列年初结转: spending beyond the year's income needs an opening balance."""
    sums = whole(case)
    if sums.income is None or sums.spent is None or sums.opening is not None:
        return
    over = sums.spent.quantity.base - sums.income.quantity.base
    if over > sums.spent.quantity.half + sums.income.quantity.half:
        yield issue(
            "提示",
            f"支出大于收入{amount(sums.spent.quantity, over)}，未列年初结转",
            f"收入{amount(sums.income.quantity)}，支出{amount(sums.spent.quantity)}。",
            f"{amount(sums.spent.quantity)}－{amount(sums.income.quantity)}＝{amount(sums.spent.quantity, over)}。",
            "请补列年初结转和结余。",
            (sums.income.place, sums.spent.place),
            tuple(dict.fromkeys((sums.income.quote, sums.spent.quote))),
            (sums.income.id, sums.spent.id),
        )


def two_bases(case: Case) -> Iterator[Outcome]:
    """两套分母: one rate on the adjusted budget, another on the initial one, far apart and unexplained."""
    sums = whole(case)
    if sums.initial is None or sums.adjusted is None or sums.spent is None or sums.initial.quantity.base <= 0:
        return
    change = abs(sums.adjusted.quantity.base - sums.initial.quantity.base) / sums.initial.quantity.base * 100
    both = (
        Ratio(sums.spent.quantity, sums.spent.quantity, sums.adjusted.quantity),
        Ratio(sums.spent.quantity, sums.spent.quantity, sums.initial.quantity),
    )
    initial_base = [f for f in case.facts if f.kind == "table" and _on_initial(f, sums.initial.quantity, case)]
    if change >= case.profile.large_adjustment and initial_base:
        yield issue(
            "P1",
            f"同一报告两套分母：执行率按调整后预算为{percent(both[0].exact)}，按年初预算为{percent(both[1].exact)}",
            f"正文执行率以调整后预算{amount(sums.adjusted.quantity)}为分母；“{initial_base[0].quote}”以年初预算为基数。",
            f"{amount(sums.spent.quantity)}÷{amount(sums.adjusted.quantity)}＝{percent(both[0].exact)}；"
            f"{amount(sums.spent.quantity)}÷{amount(sums.initial.quantity)}＝{percent(both[1].exact)}。",
            "请两种口径并列，并说明采用的分母。",
            (sums.spent.place, initial_base[0].place),
            (sums.spent.quote, initial_base[0].quote),
            (sums.spent.id, sums.adjusted.id, sums.initial.id),
        )


def _on_initial(fact: Fact, initial: Quantity, case: Case) -> bool:
    """A table rate whose row sets the initial total against the final one (差异率)."""
    words = "/".join(fact.measure)
    if "差异率" not in words and "增减率" not in words:
        return False
    row = [
        f
        for f in case.facts
        if f.place.table == fact.place.table and f.place.row == fact.place.row and f.place.report == fact.place.report
    ]
    return any(f.quantity.base == initial.base for f in row)
