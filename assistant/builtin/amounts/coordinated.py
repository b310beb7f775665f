"""Several things asked for at once (X的预算、执行数): what the first of them names holds for the later ones.

A later part is never answered by the figure of an earlier one, nor by the whole for its item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.amounts.alongside import of_sentence
from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens, named
from assistant.builtin.facts.lookup import Found, is_whole, look, name_of
from assistant.builtin.facts.namesake import ASKING, bare_label, is_name, labelled
from assistant.builtin.facts.neighbours import row_key
from assistant.builtin.facts.rivalry import name_pairs
from assistant.builtin.question.lexicon import content, pairs, pattern, reduced
from assistant.builtin.question.plan import Ask, ask
from assistant.builtin.tables.records import of_row
from ingest.fact import Fact
from ingest.terms import is_total

SIDE = re.compile("(?<=.)的([^的]{2,})$")
"""B的净值: the heading under which the last of several rows is asked for."""
SHORT = 2
"""A name of so few characters is held by those of many things."""
THIS = re.compile("今年|本年|当年")


def resolve(seen: Lens, asks: Sequence[Ask]) -> list[Found | None]:
    """Every ask with its facts, or None; parts of a coordination share what the first of them names."""
    asks = spread(seen, asks)
    in_row = of_row(seen, asks)
    if all(in_row):
        return in_row
    found: list[Found | None] = []
    for at, one in enumerate(asks):
        if at and not one.phrase and not one.unit and not any(found) and any(asked.phrase for asked in asks[:at]):
            found.append(None)  # 今年预算多少 is no question of the whole where its item was not found
            continue
        told = [fact for earlier in found[:at] if earlier for fact in earlier.facts]
        lost = at > 0 and not any(found) and not pattern("side").sub("", "".join(one.phrase.split()))
        best = None if lost else look(seen, one)  # 年末实有多少 is no question of all where its item was not found
        if best and best.fact in told and not same_words(one, asks[:at]):
            other = look(seen, one, told)
            best = other if other and labelled(other.fact, bare_label(ASKING.sub("", one.text))) else best
        said = bare_label(ASKING.sub("", one.text))
        beside = _beside(seen, found[:at], said)
        best = Found(one, (beside,), 1.0) if beside else best
        own = best is not None and is_name(said) and labelled(best.fact, said)
        context = () if own or beside else _carried(found[:at], asks[:at])
        for carried in context:
            both = replace(
                one,
                phrase=f"{carried.phrase} {one.phrase}".strip(),
                text=carried.text + one.text,
                year=one.year or (None if THIS.search(one.text) else carried.year),
            )
            joint = look(seen, both)
            if joint and joint.fact in told and (other := look(seen, both, told)) and labelled(other.fact, said):
                joint = other
            if joint and (best is None or _better(seen, joint, best, one, carried)):
                best = replace(joint, ask=both)
        if best and not one.phrase and is_whole(best.fact) and any(each.part == "item" for each in context):
            best = None  # the department's budget is not the item's
        if best and best.fact in told and is_name(said) and not pairs(one.phrase) & name_pairs(best.fact):
            best = None  # the figure of the first part says nothing of this one
        if best and said.endswith(("合计", "总计")) and part_of_row(best.fact, said):
            best = None  # one column of a total row is not the total
        found.append(best)
    found = [None if _stray(one, found) else one for one in found]
    told_together = of_sentence(seen, asks) if None in found else found
    return told_together if all(told_together) else found


def _stray(one: Found | None, found: Sequence[Found | None]) -> bool:
    """Whether a part named by one short word (工程 of 货物、工程、服务采购) was met by a figure that merely holds it,
    of another kind or of another place than those of all other parts."""
    others = [other.fact for other in found if other and other is not one]
    if one is None or not others or not 0 < len("".join(one.ask.phrase.split())) <= SHORT:
        return False
    fact = one.fact
    if labelled(fact, one.ask.phrase):
        return False
    return all(
        (fact.dimension, fact.place.block, fact.place.table) != (other.dimension, other.place.block, other.place.table)
        for other in others
    )


def spread(seen: Lens, asks: Sequence[Ask]) -> Sequence[Ask]:
    """Rows named one after the other under one heading (A和B的净值): the heading is each one's."""
    side = SIDE.search(ASKING.sub("", asks[-1].text)) if len(asks) > 1 else None
    if side is None:
        return asks
    rows = {bare_label(part) for fact in seen.facts if fact.kind == "table" for part in fact.subject.split("/")}
    return [
        replace(ask(f"{one.text}的{side[1]}"), year=one.year or asks[-1].year, context=one.context)
        if not one.basis and not one.part and not one.unit and bare_label(one.text) in rows
        else one
        for one in asks
    ]


def _beside(seen: Lens, found: Sequence[Found | None], said: str) -> Fact | None:
    """The figure under just this name in the row of an item found before: X的预算数、执行数、自评分."""
    rows = {row_key(one.fact) for one in found if one and one.fact.kind == "table" and one.fact.subject}
    own = (fact for fact in seen.facts if row_key(fact) in rows and fact.kind == "table")
    return next((fact for fact in own if said and bare_label(fact.measure[-1]) == said), None)


def same_words(ask: Ask, earlier: Sequence[Ask]) -> bool:
    """Whether an earlier part asks for the very same thing."""
    return any((one.phrase, one.basis, one.year) == (ask.phrase, ask.basis, ask.year) for one in earlier)


def _carried(found: Sequence[Found | None], asks: Sequence[Ask]) -> list[Ask]:
    """What earlier parts name, as context for a later one: the subject of the fact found, else the words."""
    carried = []
    for one, said in zip(found, asks, strict=True):
        if one is not None and one.fact.subject and not is_total(one.fact.subject) and not is_whole(one.fact):
            carried.append(replace(said, phrase=content(named(one.fact.subject)), text=one.fact.subject, part="item"))
        if said.phrase:
            carried.append(said)
    return carried[:3]


def _better(seen: Lens, joint: Found, alone: Found, one: Ask, carried: Ask) -> bool:
    """The words of the first part belong to a later one too when the part alone says too little.

    A bare basis (决算) takes an item along, not another measure of the department (收入); words of its own must not
    be lost on the way.
    """
    if not one.phrase:
        return carried.part == "item" or bool(one.unit)
    own = pairs(one.phrase)
    kept = share(seen, own, name_pairs(joint.fact) | pairs(reduced(name_of(joint.fact))))
    lost = share(seen, own, name_pairs(alone.fact) | pairs(reduced(name_of(alone.fact))))
    return joint.score > alone.score and kept >= lost - 0.01


def part_of_row(fact: Fact, said: str) -> bool:
    """Whether a figure is one column of its row (基本支出) where the words ask for all of it."""
    return fact.kind == "table" and not labelled(fact, said) and bool(pattern("plain").sub("", fact.measure[-1]))
