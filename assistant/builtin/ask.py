"""The road of a question without a model: plan, facts or passages, calculation, words, gate.

Every figure of the text is judged by the gate before the answer is made; a figure that does not hold is never let out
as if it did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answer import Answer, Figure, Finding, Stamp
from assistant.builtin import (
    change,
    checks,
    composition,
    contests,
    faults,
    gaps,
    goals,
    grades,
    grounds,
    heads,
    identity,
    listed,
    lone,
    moves,
    parts,
    passages,
    premise,
    purposes,
    ranking,
    rates,
    refuse,
    remainder,
    rows,
    scores,
    sections,
    spent,
    staffing,
    stated,
    sums,
    supposed,
    tabled,
    tally,
    together,
    whereabouts,
)
from assistant.builtin.bind import bound
from assistant.builtin.blanks import blank
from assistant.builtin.compound import composed
from assistant.builtin.coordinated import resolve
from assistant.builtin.doubts import remarks, rivals
from assistant.builtin.lens import Lens, lens
from assistant.builtin.lookup import names
from assistant.builtin.nicknames import respelled
from assistant.builtin.plan import Plan, plan
from assistant.builtin.reply import Reply, blank_cell, nearly_one, sources, told
from assistant.builtin.rivalry import near_names
from assistant.builtin.speech import formal
from assistant.builtin.talk import continued
from assistant.check import gate
from ingest.chunk import Chunk
from ingest.fact import Fact
from ingest.reading import Reading
from prompts import phrases

Search = Callable[[str], Sequence[Chunk]]
Road = Callable[[Plan, Lens], Reply | None]

ROADS: dict[str, tuple[Road, ...]] = {
    "sum_check": (sums.listed, sums.counted, sums.sums, identity.identity),
    "identity": (sums.listed, sums.counted, identity.identity, sums.sums),
    "recompute": (checks.recompute,),
    "filter": (ranking.filtered, goals.short),
    "extreme": (gaps.widest, tally.spread, ranking.extreme, checks.fastest),
    "which": (contests.rated, change.change),
    "back_solve": (rows.rest_of, remainder.back_solve),
    "share": (sums.part_sum, change.share),
    "agree": (checks.agree,),
    "change": (change.change, moves.moved),
    "sum": (change.added, sums.part_sum),
    "per_head": (tally.average, heads.per_head),
    "either": (stated.either,),
    "findings": (stated.found,),
    "why": (moves.moved, grounds.why, grounds.otherwise),
    "where": (whereabouts.where,),
    "list": (purposes.purposes, composition.made_of, rows.rest_of, rows.listed, goals.unmet, listed.listed),
    "narrative": (purposes.purposes, composition.made_of, rates.asked, grounds.why, passages.narrative),
}
"""Roads by kind of question, tried in order; the plain look-up and the passages come after them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood: put in full by the talk so far, planned, over the facts that it is asked of."""

    question: str
    full: str
    planned: Plan
    seen: Lens
    before: tuple[Answer, ...] = ()
    """The talk so far, oldest first."""


def answer(
    question: str,
    readings: Sequence[Reading],
    *,
    findings: Sequence[Finding] = (),
    search: Search | None = None,
    history: Sequence[Answer] = (),
) -> Answer:
    """The built-in answer to a question, every figure judged. `history`: the talk so far, oldest first."""
    asked = understood(question, readings, findings, history)
    return finish(question, replied(asked, search), asked.seen)


def understood(
    question: str, readings: Sequence[Reading], findings: Sequence[Finding] = (), history: Sequence[Answer] = ()
) -> Asked:
    """What a question asks for, before anything is looked up."""
    seen = replace(lens(readings), findings=tuple(findings))
    departments = tuple(dict.fromkeys(r.report.department for r in readings if r.report.department))
    whole = continued(question, history, departments, partial(_items, seen)) if history else question
    full = respelled(formal(whole), seen)
    return Asked(question, full, plan(full, names(seen), departments, seen.year), seen, tuple(history))


def _items(seen: Lens, answer: Answer) -> list[str]:
    """The rows whose figures an answer told, in its order."""
    told = {name for figure in answer.figures for name in figure.facts}
    rows = {entry.fact.id: entry.fact.subject.rpartition("/")[2] for entry in seen.entries if entry.fact.id in told}
    return [name for name in dict.fromkeys(rows.get(one.facts[0], "") for one in answer.figures if one.facts) if name]


def replied(asked: Asked, search: Search | None = None) -> Reply:
    """Facts or passages for it, with what is calculated from them, in words not yet judged."""
    reply = composed(asked.full, asked.planned, asked.seen, reply_to) or reply_to(asked.planned, asked.seen, search)
    return refuse.of_its_years(asked.planned, reply, asked.seen)


def reply_to(planned: Plan, seen: Lens, search: Search | None = None) -> Reply:
    """The first road that leads somewhere; a refusal where none does."""
    for road in (
        lone.read,
        tabled.people,
        refuse.out_of_scope,
        tally.all_but,
        together.worked,
        grades.premised,
        grades.graded,
        grades.told,
        stated.apart,
        parts.in_form,
        supposed.moved,
        supposed.outcome,
        goals.fate,
        parts.asked,
        faults.raised,
        staffing.posts,
        premise.corrected,
        whereabouts.page,
        spent.up,
        scores.whole,
        scores.lost,
        grounds.asked,
        tabled.labelled,
        stated.happened,
        *ROADS.get(planned.kind, (composition.made_of,)),
        figures,
        parts.spoken,
        sections.counted,
        stated.exists,
        tabled.tabled,
        lone.left,
        fallback,
    ):
        reply = road(planned, seen)
        if reply is not None:
            return reply
    if search is not None and planned.kind in ("list", "narrative"):
        found = passages.retrieved(planned, seen, search(planned.question))
        if found is not None:
            return found
    if planned.kind in ("why", "list", "narrative", "") and _passage_fits(planned):
        near = passages.related(planned, seen)
        if near is not None:
            return near
    return refuse.refusal(planned, seen)


def figures(planned: Plan, seen: Lens) -> Reply | None:
    """Plain figures of the ledger, or the cells of a table that the words name more closely."""
    return tabled.either(planned, seen, looked_up(planned, seen))


def looked_up(planned: Plan, seen: Lens) -> Reply | None:
    """Plain figures: every ask met by facts, a rate with its recomputation, an empty cell said to be empty."""
    if planned.kind in ("why", "narrative", "list"):
        return None
    rate = rates.asked_rate(planned)
    if rate is not None and len(planned.asks) == 1:
        told_rate = rates.rate_reply(planned, seen, rate)
        return told_rate if told_rate and not told_rate.refused else together.row_rate(planned, seen) or told_rate
    planned = both_budgets(planned, seen)
    found = resolve(seen, planned.asks)
    said: list[str] = []
    facts: list[Fact] = []
    missing: list[str] = []
    for ask, one in zip(planned.asks, found, strict=True):
        empty = blank(seen, one.ask if one else ask) if one is None or one.score < 0.8 else None
        if empty is not None and len(planned.asks) == 1:
            return blank_cell(empty)
        if empty is not None and empty.parent:
            told_blank = blank_cell(empty)
            said.append(told_blank.text.rstrip("。"))
            facts += told_blank.facts
            missing += told_blank.missing
            continue
        if one is None and rate is ask:
            part = rates.rate_reply(planned, seen, rates.of_item(rate, found))
            if part and not part.refused:
                said.append(part.text.rstrip("。"))
                facts += part.facts
                continue
        if one is None:
            part = sums.composite(seen, ask)
            if part is not None:
                said.append(part.text.rstrip("。"))
                facts += part.facts
            else:
                missing.append(ask.text)
            continue
        full = replace(one, facts=(*one.facts, *rivals(seen, one.fact))) if len(one.facts) == 1 else one
        beside = rows.score_beside(seen, full.fact, full.ask)
        said.append(told(seen, full) + "".join(text for text, _ in beside))
        facts += (*full.facts, *(fact for _, fact in beside))
    if not said:
        return None
    if (aimed := refuse.only_aimed(planned, facts)) is not None:
        return aimed
    text = "；".join(dict.fromkeys(said)) + "。"
    if re.search("有没有|有无|是否(有|发生|存在)", planned.question) and len(facts) == 1:
        text = ("有：" if facts[0].quantity.value else "没有：") + text
    lacking = [one for one in missing if "未填" not in one]
    if lacking:
        text += f"报告没有提供{'、'.join(lacking)}。"
    return Reply(text, tuple(dict.fromkeys(facts)), missing=tuple(missing))


def both_budgets(planned: Plan, seen: Lens) -> Plan:
    """预算是多少 has two readings where the budget was adjusted: 年初 and 调整后 are both told."""
    if len(planned.asks) != 1 or planned.asks[0].basis != "预算" or planned.table or planned.years:
        return planned
    two = [replace(planned.asks[0], basis=basis) for basis in ("年初预算", "调整后预算")]
    found = [one for one in resolve(seen, two) if one and one.score >= 0.8]
    same = len(found) == 2 and found[0].fact.subject == found[1].fact.subject
    return replace(planned, asks=tuple(two)) if same and found[0].fact != found[1].fact else planned


def fallback(planned: Plan, seen: Lens) -> Reply | None:
    """Questions without figures: the passages that speak of them."""
    if planned.kind in ("", "where", "list", "narrative", "why", "filter"):
        told = passages.related if planned.kind == "why" else passages.narrative
        return told(planned, seen) if _passage_fits(planned) else None
    return None


def _passage_fits(planned: Plan) -> bool:
    return not re.search(
        r"多少|几(个|家|所|件|名|人)|率(是|为|多)?|(满意度|金额|数量|总额|得分|人数)[？?]?$", planned.question
    )


def _counted(figure: Figure, counted: Sequence[tuple[str, str]]) -> Figure:
    """A number of things that this answer counted itself is derived, with its working."""
    working = next((said for text, said in counted if text == figure.quantity.text), "")
    return replace(figure, verdict="derived", working=working) if working else figure


def finish(question: str, reply: Reply, seen: Lens) -> Answer:
    """The reply behind the gate, with its citations and the findings that touch its facts."""
    inside, notes = remarks(seen, reply.facts, reply.text)
    near = near_names(seen, reply.facts)
    text = reply.text + "".join(inside) + "".join(nearly_one(seen, *pair) for pair in near)
    facts = (*reply.facts, *(other for _, other in near))
    checked = gate(text, seen.readings, used=[fact.id for fact in facts], context=question)
    quotes = dict.fromkeys((*sources(seen, facts), *reply.citations))
    return Answer(
        question=question,
        text=text,
        refused=reply.refused,
        missing=reply.missing,
        figures=tuple(_counted(figure, reply.counted) for figure in bound(checked.figures, facts)),
        citations=tuple(quotes),
        notes=tuple(dict.fromkeys((*reply.notes, *notes))),
        cells=reply.cells or tuple(fact.place for fact in facts if fact.kind == "table"),
        stamp=replace(Stamp(), prompt=phrases("answers").stamp),
    )
