"""The first things a reviewer asks of any report: what was budgeted and spent, what is left, how many people there are.

Their names are short and stand inside many others (本年支出 in 基本支出 as soon as 年 is left out), so they are
answered by what the report says of the inputs of indicators, where it says one thing only; else by the other roads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from assistant.builtin.facts.doubts import rivals
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import Found, names
from assistant.builtin.objections import refuse
from assistant.builtin.plain import looked_up
from assistant.builtin.question.lexicon import reduced
from assistant.builtin.question.plan import Plan, ask, plan
from assistant.builtin.reply import Reply, told
from assistant.review.indicators import cards, input_of
from assistant.review.inputs import Input, excluded, find
from ingest.fact import Fact, label
from ingest.reading import Reading

_ASKED = re.compile(r"^(?P<before>[^，,。；]*?)(?:多少|几)(?P<after>[^，,。；多几]{0,8}?)[？?。]?$")
_ABREAST = re.compile(r"^(?P<names>[^，,。；]+?)(?:各|分别)(?:自)?(?:是|为|有|花了?)?(?:多少|几).{0,4}$")
_YEAR = re.compile(r"^(?:20\d\d年(?:度)?|今年|本年度|当年|这一年|报告年度)")
_WHOSE = re.compile(r"^(?:我|本|该|贵|全|这个?)?(?:局|委|办|厅|院|部门|单位)(?:的|整体)?")
_FILLING = re.compile(
    r"一共|总共|共计|到底|大概|目前|现在|资金|人员|个人|万元|亿元|金额|[的了呢是为有共元钱人名个“”\"\s]"
)
"""Words that ask, count or fill; what is left of a question without them is the name of what it asks for."""


def basic(planned: Plan, seen: Lens) -> Reply | None:
    """The first figures, asked for by their names and nothing else, of one department in one year."""
    asked = abreast(planned.bare)
    if len(asked) < 2:
        return _basic(planned, seen)
    year = f"{planned.years[0]}年" if planned.years else ""
    alone = [plan(f"{year}{inputs()[name][1]}是多少？", names(seen), (), seen.year) for name in asked]
    replies = [_basic(one, seen) or looked_up(one, seen) for one in alone]
    found = [reply for reply in replies if reply is not None and not reply.refused]
    if len(found) < len(asked):
        return None
    facts = dict.fromkeys(fact for reply in found for fact in reply.facts)
    return Reply("；".join(reply.text.rstrip("。") for reply in found) + "。", tuple(facts))


def abreast(question: str) -> tuple[str, ...]:
    """The names of the first figures that a question asks for together (编制多少人，实有多少人)."""
    match = _ABREAST.match(question.strip("？?。 "))
    every = re.split("[、和与及]", match["names"]) if match else re.split("[，,；;]", question)
    named = [name_of(part if not match else f"{part}多少") for part in every]
    return tuple(named) if all(name in inputs() for name in named) else ()


def _basic(planned: Plan, seen: Lens) -> Reply | None:
    """One of them."""
    readings = _of_year(planned, seen)
    if not readings or planned.table or planned.stated:
        return None
    asked = name_of(planned.bare)
    wanted, usual = inputs().get(asked, (None, ""))
    found = find(wanted, readings) if wanted else ()
    meant = [fact for fact in found if asked in reduced(fact.subject + fact.measure[-1])] if len(found) > 1 else found
    if len(meant) == 1:
        one = Found(ask(planned.question), (meant[0], *rivals(seen, meant[0])))
        return Reply(f"{told(seen, one)}。", one.facts)
    if found or (
        usual in asked and asked != usual
    ):  # one that says more (固定资产原值) is not answered by the usual name
        return None
    year = planned.years[0] if planned.years else seen.year
    again = plan(f"{year}年{usual}是多少？" if year else f"{usual}是多少？", names(seen), (), seen.year)
    said = looked_up(again, seen)
    if said is not None and wanted is not None and not all(_may_be(wanted, one, seen) for one in said.facts):
        return refuse.refusal(planned, seen)
    if asked == usual:
        return None  # by its usual name the other roads know it as well
    return said or refuse.refusal(planned, seen)


def _may_be(wanted: Input, fact: Fact, seen: Lens) -> bool:
    """Whether a figure found by its words can be the input: no part of it, and spent or received where anything is
    (in a budget nothing is yet)."""
    done = any(other.basis == "决算" and other.period == fact.period for other in seen.facts)
    return not excluded(wanted.exclude).search(label(fact)) and (
        not done or not wanted.bases or fact.basis in wanted.bases
    )


def _of_year(planned: Plan, seen: Lens) -> Sequence[Reading]:
    """The report of the year that is asked for, the latest where none is, with its annexes; none where there are
    several departments or years."""
    if len(planned.years) > 1:
        return ()
    year = planned.years[0] if planned.years else seen.year
    own = [reading for reading in seen.readings if reading.report.year == year]
    return own if len({reading.report.department for reading in own} - {""}) < 2 else ()


def name_of(question: str) -> str:
    """What is left of a question without the words that ask, count or fill; "" where it asks for no figure."""
    match = _ASKED.match(_WHOSE.sub("", _YEAR.sub("", question.strip())))
    return _FILLING.sub("", match["before"] + match["after"]) if match else ""


@cache
def inputs() -> Mapping[str, tuple[Input, str]]:
    """By every name that is given to an input of indicators, or to one of our own: the input, and its usual name."""
    data = tomllib.loads(files("assistant.builtin.question").joinpath("basics.toml").read_text(encoding="utf-8"))
    own = map(input_of, data.pop("input"))
    every = {
        wanted.name: wanted for wanted in (*(wanted for card in reversed(cards()) for wanted in card.inputs), *own)
    }
    return {_FILLING.sub("", said): (every[name], spoken[0]) for name, spoken in data.items() for said in spoken}
