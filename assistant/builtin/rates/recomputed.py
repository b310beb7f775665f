"""Ratios: as reported, recomputed from their inputs, on both bases where a question leaves the basis open.

A rate of the report is always set beside its recomputation where the inputs are there; which side is wrong is not
for us to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.facts.doubts import rivals
from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import AIMS, Lens, differ, named, years_of
from assistant.builtin.facts.lookup import Found, look, name_of, readings_of
from assistant.builtin.question.lexicon import content, pairs, reduced
from assistant.builtin.question.plan import Ask, Plan
from assistant.builtin.rates.cards import Rate, by_card, card_of
from assistant.builtin.rates.execution import COMPLEMENT, EXECUTION, execution
from assistant.builtin.rates.unnamed import known_pair, told_pair
from assistant.builtin.reply import Reply, conflict, hedged, say, shown, told
from assistant.builtin.tables.records import of_row
from assistant.calculate import agrees, ratio, ratio_of_sum
from assistant.review.indicators import Card
from ingest.fact import Fact
from ingest.terms import is_total


def asked_rate(plan: Plan) -> Ask | None:
    """The part of the question that names a rate, or None."""
    for ask in plan.asks:
        named = re.search(r"率($|[\s是多怎为（(])", ask.text) or ask.phrase.endswith("率") or " 率" in ask.phrase
        if named and not ask.part:
            return ask
    return None


def asked(plan: Plan, seen: Lens) -> Reply | None:
    """X执行率怎么样: the rate, where that is what the question names."""
    named = asked_rate(plan)
    if named and len(plan.asks) > 1 and plan.asks[0].phrase:
        return _of_item_with_sides(plan, seen)
    return rate_reply(plan, seen, named) if named else None


def _of_item_with_sides(plan: Plan, seen: Lens) -> Reply | None:
    """X执行情况怎么样: its budget, its spending and its rate, from the one row that has them."""
    found = [one for one in of_row(seen, plan.asks) if one]
    text = "；".join(told(seen, one) for one in found)
    return Reply(text + "。", tuple(one.fact for one in found)) if found else None


def rate_reply(plan: Plan, seen: Lens, ask: Ask) -> Reply | None:
    """What can be said of the rate an ask names; None where nothing of it is known."""
    rate = find_rate(seen, ask, initial="年初" in plan.question)
    if rate is None:
        return None
    if not rate.reported and rate.computed is None:
        return _lacking(rate) if rate.missing else None
    facts = [*rate.reported]
    said = [_said(seen, rate)]
    for basis, result in rate.others:
        said.append(say("other_basis", basis=basis, value=result.text, working=result.working))
        facts += result.facts
    if rate.computed:
        facts += rate.computed.facts
    worked = (rate.computed,) if rate.computed else ()
    return Reply("；".join(said) + "。", tuple(dict.fromkeys(facts)), worked=worked)


def with_added(words: str, before: Reply, seen: Lens) -> Reply | None:
    """把编外人员也算进去: the ratio just given, with one more figure in its numerator."""
    match = re.search(r"把?(.{2,16}?)(?:也|都|一并)?(?:算进去|算上|计入|包括进去|加进去|算在内)", words)
    if not match or len(before.facts) < 2:
        return None
    more = look(seen, Ask(match[1], content(re.sub("如果|若|把|将", "", match[1])), "", ""))
    pair = [
        (over, under)
        for over in before.facts
        for under in before.facts
        if (made := ratio(over, under)) and made.text in before.text
    ]
    made = ratio_of_sum((pair[0][0], more.fact), pair[0][1]) if pair and more else None
    if made is None or more is None:
        return None
    return Reply(
        f"若含{name_of(more.fact)}{shown(more.fact.quantity)}，则为{made.text}（{made.working}，口径须注明）。",
        made.facts,
    )


def of_item(rate: Ask, found: Sequence[Found | None]) -> Ask:
    """A bare 完成率 asked behind figures of an item, as the item's own; never the whole department's."""
    rows = [one.fact.subject for one in found if one and one.fact.kind == "table" and one.fact.subject]
    named = [kind for kind in COMPLEMENT if kind in rate.context and kind not in rate.text]
    items = rows or named
    if not items or not EXECUTION.fullmatch("".join(rate.phrase.split())) or is_total(items[0]):
        return rate
    item = items[0].rpartition("/")[2]
    return replace(rate, text=item + rate.text, phrase=f"{content(reduced(item))} {rate.phrase}")


def _lacking(rate: Rate) -> Reply:
    return Reply(
        say("no_input", missing="、".join(_brief(one) for one in rate.missing), name=rate.name),
        missing=rate.missing,
        refused=True,
    )


def _brief(missing: str) -> str:
    return missing.split("（由")[0]


def _said(seen: Lens, rate: Rate) -> str:
    premise = f"，以{rate.basis}为分母" if rate.basis else f"；前提：{rate.premise}" if rate.premise else ""
    if len(rate.reported) > 1 and rate.computed is None:
        return conflict(seen, rate.reported)
    if rate.computed is None:
        return f"{rate.name}为{hedged(rate.reported[0])}{shown(rate.reported[0].quantity)}"
    if not rate.reported:
        return say(
            "ratio_derived", name=rate.name, value=rate.computed.text, working=rate.computed.working, premise=premise
        )
    odd = [fact for fact in rate.reported if not agrees(rate.computed, fact.quantity)]
    if not odd:
        return say(
            "ratio_agrees",
            name=rate.name,
            stated=shown(rate.reported[0].quantity),
            working=rate.computed.working,
            premise=premise,
        )
    stated = "、".join(dict.fromkeys(shown(fact.quantity) for fact in odd))
    said = say(
        "ratio_differs",
        name=rate.name,
        stated=stated,
        value=rate.computed.text,
        working=rate.computed.working,
        premise=premise,
    )
    same = [fact for fact in rate.reported if agrees(rate.computed, fact.quantity)]
    if same:
        said += f"；另有{shown(same[0].quantity)}与复算一致"
    reason = next((basis for basis, other in rate.others if agrees(other, odd[0].quantity)), "")
    return said + (f"；{stated}是以{reason}数为分母得出的" if reason else "")


def find_rate(seen: Lens, ask: Ask, initial: bool = False) -> Rate | None:
    """The rate that an ask names, with its recomputation."""
    phrase = "".join(ask.phrase.split())
    plain = replace(ask, basis="", phrase=_rate_words(ask), dimension="ratio", part="")
    found = look(seen, plain)
    reported = found.facts if found and _names_rate(seen, found, plain) else ()
    reported += rivals(seen, reported[0]) if len(reported) == 1 else ()
    words = _rate_words(ask).replace(" ", "")
    card = card_of(phrase) or card_of(words)
    if not reported and card is None and (made := known_pair(seen, words) or told_pair(seen, words)):
        return made
    if EXECUTION.search(words) and (card is None or (EXECUTION.search(card.name) and "采购" not in card.name)):
        return execution(seen, ask, EXECUTION.sub("", words), reported, initial)
    if card is not None:
        return by_card(seen, ask, card, (*reported, *_called(seen, ask, card, reported)))
    if reported:
        return Rate(name_of(reported[0]), reported)
    return None


def _called(seen: Lens, ask: Ask, card: Card, reported: Sequence[Fact]) -> tuple[Fact, ...]:
    """What else the report states under just the indicator's name, one for each value (公用经费支出X，控制率Y)."""
    known, facts = {reduced(name) for name in (card.name, *card.aliases)}, list(reported)
    year = ask.year or seen.year
    for fact in (fact for reading in readings_of(seen, ask.year) for fact in reading.facts):
        stated = fact.dimension == "ratio" and fact.basis not in (*AIMS, "差额")
        if stated and reduced(named("".join((fact.subject, *fact.measure)))) in known:
            now = year is None or year in (years_of(fact.period) or (year,))
            facts += [fact] if now and all(differ(fact, other) for other in facts) else []
    return tuple(facts[len(reported) :])


def _rate_words(ask: Ask) -> str:
    """The words up to and including 率, without what comes behind."""
    joined = ask.phrase
    at = joined.rfind("率")
    return joined[: at + 1] if at >= 0 else joined


def _names_rate(seen: Lens, found: Found, ask: Ask) -> bool:
    wanted = pairs(ask.phrase)
    return found.score >= 0.62 and share(seen, wanted, _around(seen, found.fact)) >= 0.8


def _around(seen: Lens, fact: Fact) -> frozenset[str]:
    entry = next(entry for entry in seen.entries if entry.fact is fact)
    return entry.core | entry.caption
