"""What part a figure is of another (占比): A占B, A和B占C, B中A占多少, and 占B多少 behind a figure just worked out.

A part is never more than its whole: where the two found say so, one of them is not what is meant and nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.builtin.amounts.adjusted import OF_INITIAL, budget_change
from assistant.builtin.amounts.coordinated import resolve
from assistant.builtin.amounts.in_list import goes_by
from assistant.builtin.amounts.partition import children
from assistant.builtin.facts.finding import BUDGETS, find, share
from assistant.builtin.facts.lens import Lens, years_of
from assistant.builtin.facts.lookup import Found, look, name_of, whole
from assistant.builtin.facts.loosened import planned_only
from assistant.builtin.facts.namesake import labelled
from assistant.builtin.facts.neighbours import column_key
from assistant.builtin.facts.wholes import total_of
from assistant.builtin.question.lexicon import content, pairs, reduced, without_basis
from assistant.builtin.question.plan import Plan, ask, segments
from assistant.builtin.reply import Reply
from assistant.calculate import Result, ratio_of_sum
from ingest.fact import Fact

MUCH = r"(?:比重|比例|百分比|份额|百分之几|百分之多少|多少|几成|多大|几)"
ASKED = re.compile(rf"^(?P<part>.+?)所?(?:占|相当于)(?P<whole>.+?)(?:的)?{MUCH}?(?:是|为|有)?(?:多少|几|多大)?[?？]?$")
BEHIND = re.compile(rf"[，,；](?:(?:合计|两者|两项|一共|共)?[^，,]{{0,4}})占(?P<whole>[^，,]+?)(?:的)?{MUCH}")
"""占项目支出的比重是多少, behind what is asked first."""
ALL = re.compile("全部|所有|各类|各项|整个|总(?=支出|收入|预算|数|额|量)|合计|总计|总[数额量]")
"""Words of a whole that name nothing but all of what stands in the part's column."""
SHORT = 3
"""A name of so few characters is held by those of many things."""
WHOLLY = 0.9
"""Share of what a whole is called that its name must hold where the part is looked for in its list alone."""
KEPT = 0.5
"""Share of what a whole is called beside those words that the part's table must say."""


def shared(plan: Plan, seen: Lens) -> Reply | None:
    """A占B多少."""
    if OF_INITIAL.search(plan.question) and (moved := budget_change(plan, seen)):
        return moved
    match = ASKED.match(plan.question.strip("？?"))
    made = _of(match["part"], match["whole"], plan, seen) if match else None
    if made is None:
        return None
    name = "、".join(name_of(fact) for fact in made.facts[:-1])
    return Reply(f"{name}占{name_of(made.facts[-1])}的{made.text}（{made.working}）。", made.facts)


def behind(question: str, facts: Sequence[Fact], seen: Lens) -> tuple[str, tuple[Result, ...]]:
    """`，占…的20.29%（…）` where the question asks for that behind a figure or a sum; ("", ()) where it does not."""
    match = BEHIND.search(question)
    whole = whole_of(facts, match["whole"], seen) if match and facts else None
    made = ratio_of_sum(facts, whole) if whole else None
    return (f"，占{name_of(whole)}的{made.text}（{made.working}）", (made,)) if made and whole else ("", ())


def _of(part: str, whole: str, plan: Plan, seen: Lens) -> Result | None:
    if listed := _in_its_list(part, whole, plan, seen):
        return listed
    found = resolve(seen, [ask(words, plan.year) for words in segments(part)])
    facts = tuple(dict.fromkeys(one.fact for one in found if one))
    if not facts or len(facts) < len(found):
        return None
    over = whole_of(facts, whole, seen, plan.year)
    if over is None or (len(found) == 1 and found[0] and _elsewhere(found[0], over)):
        return None
    return ratio_of_sum(facts, over)


def _in_its_list(part: str, whole: str, plan: Plan, seen: Lens) -> Result | None:
    """政府采购中服务占多少: the part by its short name, of the list that a sentence tells behind the whole."""
    over = ask(whole, plan.year)
    name = reduced(part).removeprefix(reduced(whole))
    for hit in find(seen, over, floor=WHOLLY) if name and over.phrase else ():
        if hit.fact.kind != "prose" or hit.score < KEPT:
            continue
        named = [one for one in children(seen, hit.fact) if goes_by(_own_name(one, hit.fact), "", name)]
        if len(named) == 1:
            return ratio_of_sum(named, hit.fact)
    return None


def _own_name(part: Fact, whole: Fact) -> str:
    """What tells a part from its whole: 服务预算 of 政府采购服务预算, a part of 政府采购预算."""
    name, over = reduced(name_of(part)), reduced(name_of(whole))
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, over, strict=False)))
    return name[alike:] or name


def _elsewhere(found: Found, over: Fact) -> bool:
    """Whether a short name was met by a longer one that merely holds it (服务 in 公共法律服务), far from the whole."""
    fact, said = found.fact, "".join(found.ask.phrase.split())
    near = fact.place.block == over.place.block if over.place.table is None else fact.place.table == over.place.table
    return 0 < len(said) <= SHORT and not labelled(fact, said) and not near


def whole_of(parts: Sequence[Fact], words: str, seen: Lens, year: int | None = None) -> Fact | None:
    """The figure that words name as the whole of these parts: the total of their column, or one called so."""
    sum_of = sum(fact.quantity.base for fact in parts)
    for found in (_total(parts, words, seen), _listing(parts, words, seen), _called(parts, words, seen, year)):
        if found and found not in parts and found.quantity.base >= sum_of and found.quantity.base:
            return found
    return None


def _total(parts: Sequence[Fact], words: str, seen: Lens) -> Fact | None:
    """The total row of the parts' own column, where the words say no more than that (全部到位资金)."""
    place = parts[0].place
    if place.table is None or not ALL.search(words):
        return None
    if len(set(map(column_key, parts))) > 1:
        return None
    total = total_of(seen, parts[0])
    left = pairs(content(without_basis(reduced(ALL.sub(" ", words)))))
    caption = next(table.caption for table in seen.report(parts[0]).tables if table.number == place.table)
    held = pairs(reduced("/".join((*parts[0].measure, caption, *(fact.subject for fact in parts)))))
    return total if total and (not left or share(seen, left, held) >= KEPT) else None


def _listing(parts: Sequence[Fact], words: str, seen: Lens) -> Fact | None:
    """The figure of the same sentence that lists the parts behind it (实际采购1792.15万元，其中货物类436.25万元)."""
    paths = {(fact.place.report, fact.place.block, fact.subject, fact.measure[:-1], fact.period) for fact in parts}
    if len(paths) > 1 or len(parts[0].measure) < 2:
        return None
    over = (
        fact
        for fact in seen.facts
        if (fact.place.report, fact.place.block, fact.subject, fact.measure, fact.period) in paths
    )
    return next((fact for fact in over if pairs(reduced(words)) & pairs(reduced(name_of(fact)))), None)


def _called(parts: Sequence[Fact], words: str, seen: Lens, year: int | None) -> Fact | None:
    over = ask(words, year or max(years_of(parts[0].period), default=None))
    found: Found | None = None
    if not over.basis:
        found = look(seen, replace(over, basis=parts[0].basis))
    found = found or look(seen, over)
    if found is None and planned_only(seen, over) and ALL.search(words):
        found = whole(seen, replace(over, basis="预算"))  # 总支出 of a budget is what is to be spent
    if found is None or _of_other_years(found.fact, parts[0]):
        return None
    if not over.basis and found.fact.basis in BUDGETS and parts[0].basis not in BUDGETS:
        return None  # what was done is no share of what was planned, unless so asked
    return found.fact


def _of_other_years(one: Fact, other: Fact) -> bool:
    """Whether two figures tell of years that have nothing in common: no share of one in the other then."""
    years, others = set(years_of(one.period)), set(years_of(other.period))
    return bool(years and others and not years & others)
