"""Whether a figure is so (是不是6辆、超过90%了吗): the plain question inside is answered first, then the side is told.

Looks nothing up by itself: the answer to the plain question is set against the figure that the question names.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.builtin import versus
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.namesake import called
from assistant.builtin.objections.trend import LEADING
from assistant.builtin.prose.passages import topic
from assistant.builtin.question.lexicon import lexicon, pairs, pattern, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply
from ingest.quantity import Quantity, quantities

Answering = Callable[[Plan, Lens], Reply]
CHECKED = ("sum_check", "identity", "recompute", "agree", "either", "findings", "extreme", "which")
"""Kinds of question with an answer of their own to whether a figure is so."""
SIGNS = {"≤": operator.le, "<": operator.lt, ">": operator.gt, "≥": operator.ge}


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of figures (关系): how questions say it, and the words of the answer on either side."""

    sign: str
    says: re.Pattern[str]
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question asks to be confirmed: a thing, the relation, the figure it names."""

    thing: str
    relation: Relation
    figure: Quantity


@cache
def _relations() -> tuple[Relation, ...]:
    rows = lexicon()["line"]
    return tuple(Relation(row["sign"], re.compile("|".join(row["patterns"])), row["yes"], row["no"]) for row in rows)


def settled(planned: Plan, seen: Lens, answering: Answering) -> Reply | None:
    """The side of a claim, with the figure that settles it; None where the question is no such claim, or where the
    report's figures fall on both sides. A figure that is not so is left to the roads that put premises right."""
    if (side := versus.told(planned, seen, answering)) is not None:
        return side
    claim = _claim(planned)
    if claim is not None and planned.kind in CHECKED and not _of_row(seen, claim.thing):
        return None
    if claim is None:
        return _adjusted(planned, seen, answering)
    reply = answering(versus.plainly(f"{claim.thing}是多少？", seen), seen)
    if reply.refused:
        return reply if claim.relation.no else None
    sides = {_holds(claim, own) for own in _alike(reply, claim.figure)}
    if len(sides) != 1 or not (True in sides or claim.relation.no):
        return None
    said = claim.relation.yes if True in sides else claim.relation.no
    return replace(reply, text=f"{said}：{reply.text}")


def _adjusted(planned: Plan, seen: Lens, answering: Answering) -> Reply | None:
    """X年中有没有追加预算: by what was added to it or taken from it."""
    match = pattern("whether", "moved").search(planned.bare) if planned.yes_no else None
    if match is None or not re.search("预算|年中|执行中|中途|指标", match[0]):
        return None
    word = match["move"]
    reply = answering(versus.plainly(f"{planned.bare[: match.start()]}年中{word}了多少预算？", seen), seen)
    told = [fact for fact in reply.facts if fact.basis in ("调整", "差额")]
    budgets = [fact.quantity.base for fact in reply.facts if fact.basis in ("年初预算", "调整后预算", "预算")]
    if reply.refused or not (told or len(budgets) == 2):
        return None
    way = sum(fact.quantity.base for fact in told) if told else budgets[0] - budgets[1]
    sides = lexicon()["supposed"]
    claimed = 1 if word in sides["more"] else -1 if word in sides["less"] else 0
    so = bool(way) if not claimed or told else way * claimed > 0
    return replace(reply, text=f"{'有' if so else '没有'}：{reply.text}")


def _of_row(seen: Lens, thing: str) -> bool:
    """Whether a thing is a row called so with its column (专项普查活动的支出合计): no total is to be checked there."""
    row, of, _ = thing.rpartition("的")
    return bool(of and called(seen, reduced(row)))


def _claim(planned: Plan) -> Claim | None:
    """The claim that a whole question is: thing, relation and one figure, and nothing else but the words of asking."""
    bare = planned.bare
    tail = pattern("whether", "tail").search(bare)
    said = [q for q in quantities(bare) if q.unit.dimension != "none" and q.unit.name != "年"]
    if not planned.yes_no or tail is None or not said:
        return None
    if LEADING.search(bare[: said[-1].span[0]]):
        return None
    figure = said[-1]
    head, rest = bare[: figure.span[0]], bare[figure.span[1] : tail.start()]
    found = next(((one, match) for one in _relations() if (match := one.says.search(head))), None)
    if found is None or not pattern("whether", "behind").fullmatch(rest):
        return None
    thing = pattern("whether", "open").sub("", head[: found[1].start()]).strip("，, ")
    return Claim(thing, found[0], figure) if pairs(topic(thing)) else None


def _alike(reply: Reply, figure: Quantity) -> Sequence[Quantity]:
    """The figures of an answer that are of the claim's kind: the facts that it tells, else what it worked out."""
    own = [fact.quantity for fact in reply.facts if fact.dimension == figure.unit.dimension]
    return own or [q for q in quantities(reply.text) if q.unit.dimension == figure.unit.dimension]


def _holds(claim: Claim, own: Quantity) -> bool:
    if claim.relation.sign in SIGNS:
        return bool(SIGNS[claim.relation.sign](own.base, claim.figure.base))
    return abs(own.base - claim.figure.base) <= claim.figure.half
