"""From the words of a question to the facts that answer them.

An ask is met by the facts that its words name; two different values of one thing are both kept. What is not named
closely enough is not found: a refusal is better than another label's figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from assistant.builtin.facts.finding import admits, find
from assistant.builtin.facts.lens import Lens, differ, named, years_of
from assistant.builtin.facts.loosened import other_ways
from assistant.builtin.facts.namesake import another, called, verbatim
from assistant.builtin.facts.neighbours import column_key, row_key
from assistant.builtin.facts.rivalry import same_name
from assistant.builtin.facts.strange import of_another
from assistant.builtin.facts.wholes import TOTAL, whole_column, whole_of_parts, whole_row
from assistant.builtin.question.lexicon import anyof, content, pattern, reduced, without_basis
from assistant.builtin.question.plan import Ask
from assistant.review.indicators import card, cards
from assistant.review.inputs import Input
from assistant.review.inputs import find as find_input
from ingest.fact import Basis, Fact
from ingest.reading import Reading
from ingest.terms import basis_of

SURE = 0.75
"""A score below which what is found only goes by a like name."""
MONEY = re.compile(r"预算|决算|支出|执行数|指标")
"""Words that speak of the department's money at all."""
WHOLE = {
    "",
    "指标",
    "总指标",
    "总",
    "总体",
    "财政",
    "整体",
    "支出",
    "总支出",
    "资金",
    "总额",
    "经费",
    "年初",
    "年中",
    "预算指标",
    "安排",
    "批复",
    "数",
    "支付",
    "执行",
}
"""Words left of an ask that say nothing but the department as a whole."""
PART = Decimal("0.8")
"""Of what goes by the name of the whole, less than this share of the largest is a part told under its own heading."""
ROLES: dict[Basis, tuple[Basis, ...]] = {
    "年初预算": ("年初预算",),
    "调整后预算": ("调整后预算", "预算"),
    "决算": ("决算",),
    "预算": ("调整后预算", "预算", "年初预算"),
}
"""Bases that may stand for an asked one, the nearest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """An ask with what the reports say: one fact, or several where they contradict one another."""

    ask: Ask
    facts: tuple[Fact, ...]
    score: float = 1.0

    @property
    def fact(self) -> Fact:
        """The best one."""
        return self.facts[0]


def look(seen: Lens, ask: Ask, without: Sequence[Fact] = ()) -> Found | None:
    """The facts of one ask, or None; in other words where its own find nothing. `without`: facts told already."""
    found = _look(seen, ask, without)
    ways = () if found else other_ways(seen, ask)
    found = found or next((replace(one, ask=ask) for way in ways if (one := _look(seen, way, without))), None)
    if found and found.score < SURE and another(seen, ask.phrase, found.fact):
        own = [entry.fact for entry in called(seen, ask.phrase) if admits(ask, entry)]
        return Found(ask, _values(own)) if own else None
    return found or (None if without else _as_input(seen, ask))


def _as_input(seen: Lens, ask: Ask) -> Found | None:
    """The figure of an input of a common indicator (在职人员, 编制数), whatever this report calls it."""
    said = "".join(ask.phrase.split())
    for wanted in (one for known in cards() for one in known.inputs if one.dimension == "count"):
        named = {said, said + "人数", said + "人员"} & {reduced(label) for label in wanted.labels}
        facts = input_facts(seen, wanted, ask.year) if named and ask.dimension in ("", "count") else ()
        if facts:
            return Found(ask, facts)
    return None


def _look(seen: Lens, ask: Ask, without: Sequence[Fact]) -> Found | None:
    if _of_whole(ask.phrase) and ask.basis in ROLES and MONEY.search(reduced(ask.text)):
        return whole(seen, ask)
    hits = whole_row(seen, ask, find(seen, ask))
    if re.search("年[末底]|期末", ask.phrase):
        undated = replace(ask, phrase=content(re.sub("年[末底]|期末", " ", ask.phrase)))
        bare = whole_row(seen, undated, find(seen, undated))
        hits = bare if bare and (not hits or bare[0].score > hits[0].score + 0.05) else hits
    hits = whole_of_parts(seen, ask, whole_column(seen, ask, hits))
    hits = verbatim(ask, [hit for hit in hits if hit.fact not in without] if without else hits)
    hits = [hit for hit in hits if not of_another(seen, ask, hit.fact)]
    if not hits:
        return None
    return Found(ask, tuple(hit.fact for hit in same_name(seen, hits)), hits[0].score)


def _of_whole(phrase: str) -> bool:
    """Whether what is left of an ask names nothing but the department as a whole (县财政、经市财政批复)."""
    return phrase in WHOLE or (len(phrase) > 1 and not anyof("whole").sub("", phrase).strip())


def whole(seen: Lens, ask: Ask) -> Found | None:
    """The department's own budget or spending: facts named by nothing but the department as a whole."""
    wanted = ask.year or seen.year
    for basis in ROLES[ask.basis]:
        facts = [
            entry.fact
            for entry in seen.entries
            if entry.fact.basis == basis
            and entry.fact.dimension == "money"
            and (wanted is None or wanted in (years_of(entry.fact.period) or (entry.year,)))
            and is_whole(entry.fact)
        ]
        if basis == "预算" and ask.basis == "调整后预算" and (first := whole(seen, replace(ask, basis="年初预算"))):
            facts = [fact for fact in facts if differ(fact, first.fact)]  # a budget that does not say which is that one
        if facts:
            return Found(ask, _values(_spent_alone(facts)), 1.0)
    return None


def _spent_alone(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Without 支出总计 where its column has a 支出合计: that total holds what is carried over as well."""
    summed = {column_key(fact) for fact in facts if fact.subject.endswith("合计")}
    return [fact for fact in facts if not fact.subject.endswith("总计") or column_key(fact) not in summed]


def is_whole(fact: Fact) -> bool:
    """Whether a fact is the department's own, not an item's: 年初部门预算数, 本年支出合计/决算."""
    return names_whole("/".join((fact.subject, *fact.measure)))


OF_YEAR = re.compile(r"(?:[上去本当]年度?)?[（(]20\d\d年度?[）)]|(?:^|(?<=/))(?:[上去本当]年度?|20\d\d年度?)(?=/)")
"""上年（2022年）/执行: whose year it is, the period tells."""


@lru_cache(maxsize=65536)
def names_whole(label: str) -> bool:
    """Whether a label names the department as a whole."""
    said = without_basis(named(OF_YEAR.sub("", label)).replace("支出小计", "支出合计"))
    return "收入" not in said.rpartition("支出/")[0] + said.rpartition("/")[2] and not re.sub(
        r"[\s/]", "", anyof("whole").sub("", re.sub("^支出/|/支出/", "/", said))
    )


def _values(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """One fact for each value that differs, prose first (it is written in the unit that people speak)."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda one: (not one.certain, one.kind != "prose")):
        if all(differ(fact, other) for other in kept):
            kept.append(fact)
    most = max(kept, key=lambda fact: fact.quantity.base)
    large = PART * most.quantity.base
    return tuple(fact for fact in kept if fact.quantity.base >= large or _digits(fact) == _digits(most))


def _digits(fact: Fact) -> str:
    """The digits of a figure: the same under another unit is a slip, not a part."""
    return re.sub(r"\D", "", fact.quantity.text).rstrip("0")


def role_facts(seen: Lens, name: str, role: str, year: int | None = None) -> tuple[Fact, ...]:
    """Facts that fill a role of an indicator card in the report of a year, best first, one for each value."""
    known = card(name)
    wanted = next((one for one in known.inputs if one.key == role), None) if known else None
    return input_facts(seen, wanted, year) if wanted else ()


def input_facts(seen: Lens, wanted: Input, year: int | None = None) -> tuple[Fact, ...]:
    """Facts that state an input of a card."""
    return find_input(wanted, readings_of(seen, year))


def readings_of(seen: Lens, year: int | None) -> tuple[Reading, ...]:
    """The readings of a year under review; all of the latest year where none is named."""
    wanted = year or seen.year
    return tuple(r for r in seen.readings if wanted is None or r.report.year in (wanted, None))


def projects(seen: Lens, ask: Ask) -> Found | None:
    """项目支出 from the total row of a table of projects, where its spending is the 项目支出 that the prose states."""
    stated = next((fact for fact in seen.facts if name_of(fact).startswith("项目支出") and fact.basis == "决算"), None)
    if stated is None or ask.basis not in ROLES:
        return None
    totals = [fact for fact in seen.facts if fact.kind == "table" and TOTAL.search(fact.subject)]
    for spent in totals:
        gap = abs(spent.quantity.base - stated.quantity.base)
        if spent.basis == "决算" and gap <= max(spent.quantity.half, stated.quantity.half):
            row = row_key(spent)
            found = [fact for fact in totals if row_key(fact) == row and fact.basis in ROLES[ask.basis]]
            if found:
                return Found(ask, (found[0],), 1.0)
    return None


SUMMED = re.compile("[合总小]计$")


def name_of(fact: Fact, year: bool = False) -> str:
    """What a fact is the figure of, in words: 学前教育发展专项调整预算; with its year where asked."""
    subject = _own(fact.subject.split("/")[0]) if len(fact.subject) > 40 else _own(fact.subject).replace("/", "·")
    measures = [_own(part) for part in fact.measure]
    if fact.kind == "table" and TOTAL.search(subject) and measures and pattern("plain").sub("", measures[-1]):
        subject = SUMMED.sub("", subject) if SUMMED.search(subject) else ""  # 合计行的“项目支出” is 项目支出
    last = measures[-1] if measures else ""
    if not subject and len(measures) > 1:
        last = "".join(dict.fromkeys(measures))
    said = last if last.startswith(subject) or not subject else subject + ("" if subject.endswith(last) else last)
    period = fact.period if year and not re.search(r"20\d\d", said) else ""
    return re.sub(r"(20\d\d)年度$", r"\1年", period) + said


def _own(part: str) -> str:
    bare = re.sub(r"^(其中[：:]?|[（(]?[一二三四五六七八九十]+[）)、]|\d+[.、](?!\d))", "", "".join(part.split()))
    return re.sub(r"[（(](万元|元|名|人|个|家|%|％|所|亿元)[）)]$", "", bare)


def names(seen: Lens) -> tuple[str, ...]:
    """Labels with a connecting word (教师培训与素质提升) or a word of basis: a question is not cut inside them."""
    if seen.names:
        return seen.names[0]
    items = {_own(part) for fact in seen.facts for part in fact.subject.split("/")}
    others = {_own(part) for fact in seen.facts for part in fact.measure}
    cut = anyof("connect")
    own = {name for name in items if len(without_basis(reduced(name)).replace(" ", "")) > 2 and basis_of(name)}
    seen.names.append(tuple(own | {name for name in items | others if len(name) > 3 and cut.search(name)}))
    return seen.names[0]
