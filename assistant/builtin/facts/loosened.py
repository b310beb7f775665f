"""An ask put another way where its own words find nothing: what contains it taken as context, what else it is called.

Only for asks that nothing answers; the first words always come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.nicknames import expanded
from assistant.builtin.question.lexicon import content, lexicon, reduced, without_basis
from assistant.builtin.question.plan import Ask

WITHIN = re.compile(r"^(.{2,}?)(?<![年其])中的?(?![小心央介标学层期长国])(.{2,})$")
"""一般公共预算支出中社会保障和就业支出: the one inside the other."""
CALLED = re.compile("^(.{4,}?)(?:建设|实施|推进)?(?:这一?项)?(?:项目|指标|任务|工作)+$")
"""口袋公园建设指标: a thing with words behind it that only say what kind of thing it is."""
COUNTED = re.compile("^(.{3,}?)(?:的)?(批次|人次|家次|场次|班次|(?:[户家份辆次件处期场人])(?=数))数?$")
"""国内公务接待批次: a thing and the unit in which it is counted, said as one name."""
NUMBER = re.compile(
    "^(.{2,}?)的?(人|户|家|份|车?辆|次|件|处|期|场|名|个|座|套|台)数量?(?:各|分别|是|为|有|达到?|多少)*$"
)
"""离退休人数: a thing and the number of it, which a sentence tells in so many of its unit (离退休58人)."""
SPENT = re.compile("决算|执行|实际|完成|花")


def other_ways(seen: Lens, ask: Ask) -> Iterator[Ask]:
    """The ask in other words, the nearest to its own first."""
    bare = replace(ask, basis="") if planned_only(seen, ask) else ask
    if bare is not ask:
        yield bare
    if inside := WITHIN.match(re.sub("(?:各|分别)?(?:是|为|有)?多少.*", "", ask.text)):
        outer, inner = (content(without_basis(reduced(words))) for words in inside.groups())
        yield replace(bare, phrase=f"{outer} {inner}".strip())
        yield replace(bare, phrase=inner)
    if kind := CALLED.match(ask.phrase):
        yield replace(bare, phrase=kind[1])
    if counted := COUNTED.match(ask.phrase):
        yield replace(bare, phrase=counted[1], unit=counted[2], dimension="count")
    if number := NUMBER.match(reduced(ask.text)):
        thing = content(without_basis(number[1]))
        yield replace(bare, phrase=thing, text=number[1], unit=number[2][-1], dimension="count")
    if name := expanded(ask.phrase, seen):
        yield replace(bare, phrase=name)
    for row in lexicon()["instead"]:
        if re.search(row["asked"], ask.text):
            for name in row["names"]:
                yield replace(bare, phrase=content(without_basis(reduced(name))), text=name)


def planned_only(seen: Lens, ask: Ask) -> bool:
    """支出 asked of a budget: nothing is spent yet in its year, so the word names no basis."""
    year = ask.year or seen.year
    return (
        ask.basis == "决算"
        and not SPENT.search(ask.text)
        and not any(fact.basis in ("决算", "完成") and str(year) in fact.period for fact in seen.facts)
    )
