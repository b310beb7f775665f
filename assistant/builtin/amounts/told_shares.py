"""Shares that the report tells beside the figures asked for (A和B各多少，分别占多大比重): told, never reckoned."""

from __future__ import annotations

import re

from assistant.builtin.facts.lens import Lens, differ
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.facts.namesake import bare_label
from assistant.builtin.reply import Reply, shown
from ingest.fact import Fact

ASKED = re.compile(
    "^(?P<first>.+?多少[^，,]{0,3})[，,](?:(?:各自?|分别)所?占[^，,]*?|所?占比?)(?:多少|多大|几成|比[重例])[^，,]*$"
)
"""Figures, then the share of each, in one question."""
SHARE = re.compile("^(?:所?占|占.*比[重例]$)")


def first_of(question: str) -> str:
    """The part of a question that asks for the figures whose shares the rest asks for; "" where it is no such one."""
    match = ASKED.match(question.rstrip("？?"))
    return match["first"] if match else ""


def with_shares(reply: Reply, seen: Lens) -> Reply | None:
    """A reply with the share that the report tells of each of its figures; None where one has none."""
    found = [share_of(seen, fact) for fact in reply.facts]
    shares = [one for one in found if one]
    if reply.refused or not shares or len(shares) < len(found):
        return None
    said = "；".join(f"{name_of(one)}为{shown(one.quantity)}" for one in shares)
    return Reply(f"{reply.text}{said}。", (*reply.facts, *shares), reply.citations, missing=reply.missing)


def share_of(seen: Lens, fact: Fact) -> Fact | None:
    """The share that a sentence tells of a figure: 占…的比重 behind the words and the value of that figure."""
    prose = [one for one in seen.facts if one.kind == "prose" and one.place.report == fact.place.report]
    for one in prose:
        if one.dimension == "ratio" and len(one.measure) > 1 and SHARE.search(one.measure[-1]):
            of = (other for other in prose if (other.subject, other.measure) == (one.subject, one.measure[:-1]))
            if any(_same(fact, other) and other.quote == one.quote for other in of):
                return one
    return None


def _same(fact: Fact, other: Fact) -> bool:
    """Whether two facts tell one figure by one name, be it a row's or a clause's."""
    own, others = (bare_label("".join((one.subject, *one.measure))) for one in (fact, other))
    return fact.dimension == other.dimension and not differ(fact, other) and (own in others or others in own)
