"""What a follow-up does with figures that were just answered (接着算): 换成元, 差多少, 一共多少, 占多大比例.

Takes the facts behind the answers so far, never their words; where an answer rests on no one fact, nothing is done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answer import GOOD, Answer
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.facts.rivalry import plain_name
from assistant.builtin.question.talk import OPERATION
from assistant.builtin.reply import Reply, shown
from assistant.calculate import Result, difference, growth, ratio, said_in, total
from ingest.fact import Fact
from ingest.quantity import unit
from prompts import phrases

CONVERT = re.compile(
    r"^(?:那么?|如果)?(?:换算?成?|折合|折算)(?:成|为)?(亿元|万元|千元|元)(?:呢|是多少|为多少|多少)?[？?]?$"
)
_BOTH = r"(?:[这那]?[两二](?:者|年|[个家项]?(?:项目|部门|单位)?)|它们)?(?:之间)?"
_WHO = r"(?:(?:谁|哪一?[个家项年])的?更?[多少高低大小]一?[些点]?[，,、])?"
APART = re.compile(
    f"^(?:那么?)?{_WHO}{_BOTH}"
    r"(?:相?差了?|差距|(?:增加|减少|增长|下降|上升|提高|超出|[多少高低超])了?)(?:是|有)?(?:多少|几|多大)[^，。]{0,4}[？?]?$"
)
TOGETHER = re.compile(
    f"^(?:那么?)?{_BOTH}" + r"(?:一共|合计|总共|加起来|合起来|共计)(?:是|有|呢)?(?:多少|几)?[^，。]{0,3}[？?]?$"
)

SHARE = re.compile(
    r"^(?:那么?)?(?:它|其)?占(?:全部|总数)?的?(?:多大|多少)?(?:比例|比重|比)?(?:是|有)?(?:多少|几成)?呢?[？?]?$"
)


def recalled(
    question: str, history: Sequence[Answer], facts: Mapping[str, Fact], owners: Mapping[str, str]
) -> Reply | None:
    """The figures of the talk converted, subtracted or added; None for a question that asks for something else.

    `owners`: the department of each report.
    """
    text = question.strip()
    if match := CONVERT.match(text):
        return _converted(match[1], _main(history[-1], facts))
    if history[-1].refused:
        return None
    if SHARE.match(text):
        return _part_of(_last_two(history, facts), owners)
    if not APART.match(text) and not TOGETHER.match(text):
        return None
    told, together = _several(history[-1], facts), TOGETHER.match(text)
    if len(told) < 2 or (len(told) > 2 and not together):
        told = _last_two(history, facts)
    if len(told) < 2:
        return None
    return _added(told, owners) if together else _apart(told[-2], told[-1], owners)


def _main(answer: Answer, facts: Mapping[str, Fact]) -> list[Fact]:
    """The facts that an answer's own figures are, in its order; what it only calculates with comes in as well."""
    good = [figure for figure in answer.figures if figure.verdict in GOOD and len(figure.facts) == 1]
    found = [facts[figure.facts[0]] for figure in good if figure.facts[0] in facts]
    return list(dict.fromkeys(one for one in found if one.quantity.value))


def _several(answer: Answer, facts: Mapping[str, Fact]) -> list[Fact]:
    """The figures of one measure that an answer told of several reports."""
    found = _main(answer, facts)
    reports = list(dict.fromkeys(fact.place.report for fact in found))
    return [next(fact for fact in found if fact.place.report == one) for one in reports]


def _last_two(history: Sequence[Answer], facts: Mapping[str, Fact]) -> list[Fact]:
    """The first figure of each of the last two answers that have one; where both begin with one, what else they tell
    beside it if that is one figure of its kind (目标820公里，完成836公里; 目标是多少)."""
    said = [one for one in history if not one.refused and not OPERATION.match(one.question)]
    mains = [found for one in said if (found := _main(one, facts))][-2:]
    firsts = list(dict.fromkeys(found[0] for found in mains))
    if len(mains) < 2 or len(firsts) == 2:
        return firsts
    every = dict.fromkeys(one for found in mains for one in found)
    alike = [one for one in every if one.quantity.unit == firsts[0].quantity.unit]
    return alike if len(alike) == 2 else firsts


def _converted(name: str, told: Sequence[Fact]) -> Reply | None:
    wanted = unit(name)
    if wanted is None or not told or told[0].dimension != wanted.dimension:
        return None
    said = said_in(told[0].quantity, wanted)
    return Reply(_say("converted", name=name_of(told[0], True), text=shown(told[0].quantity), said=said), (told[0],))


def _part_of(told: Sequence[Fact], owners: Mapping[str, str]) -> Reply | None:
    """The share that the later of two counts is of the earlier one; of money, 占比 means that of all spending."""
    if len(told) < 2 or told[0].dimension in ("money", "ratio", "point", "score"):
        return None
    whole, part = told
    share = ratio(part, whole) if part.quantity.unit == whole.quantity.unit else None
    if share is None or part.quantity.base > whole.quantity.base or {part.basis, whole.basis} & {"目标", "计划"}:
        return None
    return Reply(_told(told, owners) + _say("share", text=share.text, working=share.working), share.facts)


def _apart(first: Fact, second: Fact, owners: Mapping[str, str]) -> Reply | None:
    """By how much the later figure is more or less than the earlier one; in time order where years differ."""
    if first.period > second.period:
        first, second = second, first
    gap = difference(second, first)
    if gap is None or second.dimension != first.dimension:
        return None
    if not gap.value:
        return Reply(_told((first, second), owners) + _say("equal"), (first, second))
    high, low = (second, first) if gap.value > 0 else (first, second)
    more = difference(high, low)
    of_one = owners.get(first.place.report) == owners.get(second.place.report)
    timed = of_one and first.period != second.period and gap.unit.dimension != "point"
    pace = growth(second, first) if timed else None
    text = _say("gap", text=more.text, working=more.working) if more else ""
    return Reply(_told((first, second), owners) + text + _pace(pace), (first, second))


def _pace(pace: Result | None) -> str:
    return _say("pace", word="增长" if pace.value > 0 else "下降", text=pace.size, working=pace.working) if pace else ""


def _added(told: Sequence[Fact], owners: Mapping[str, str]) -> Reply | None:
    dimension = told[0].dimension
    alike = dimension == "money" or len({plain_name(fact).removesuffix("数") for fact in told}) == 1
    made = total(told) if alike and dimension not in ("ratio", "point", "score") else None
    return (
        Reply(_told(told, owners) + _say("summed", text=made.text, working=made.working), tuple(told)) if made else None
    )


def _told(told: Sequence[Fact], owners: Mapping[str, str]) -> str:
    whose = [owners.get(fact.place.report, "") for fact in told]
    names = whose if len(set(whose)) > 1 else [""] * len(told)
    said = (f"{name}{name_of(fact, True)}为{shown(fact.quantity)}" for name, fact in zip(names, told, strict=True))
    return "，".join(said) + "。"


def _say(key: str, **values: str) -> str:
    return phrases("several").say(key, **values)
