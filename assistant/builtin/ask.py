"""The road of a question without a model: plan, facts or passages, calculation, words, gate.

Every figure of the text is judged by the gate before the answer is made; a figure that does not hold is never let out
as if it did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answer import Answer, Figure, Finding, Stamp
from assistant.builtin.bind import bound
from assistant.builtin.compound import composed
from assistant.builtin.facts.doubts import contradicted, remarks
from assistant.builtin.facts.lens import Lens, lens
from assistant.builtin.facts.lookup import names
from assistant.builtin.facts.nicknames import respelled
from assistant.builtin.facts.rivalry import near_names
from assistant.builtin.objections import refuse
from assistant.builtin.question.plan import Plan, plan
from assistant.builtin.question.speech import formal
from assistant.builtin.question.talk import continued
from assistant.builtin.reply import Reply, nearly_one, sources
from assistant.builtin.roads import Search, exactly, reply_to
from assistant.builtin.tables import concealed
from assistant.builtin.whether import settled
from assistant.check import gate
from ingest.reading import Reading
from prompts import phrases


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood: put in full by the talk so far, planned, over the facts that it is asked of."""

    question: str
    full: str
    parted: str
    """`full` with its later clauses in the words of the question, which may be of what the first is about."""
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


answered = answer
"""`answer` as the package names it to others: there its own name is a module's."""


def understood(
    question: str, readings: Sequence[Reading], findings: Sequence[Finding] = (), history: Sequence[Answer] = ()
) -> Asked:
    """What a question asks for, before anything is looked up."""
    seen = replace(lens(readings), findings=tuple(findings))
    departments = tuple(dict.fromkeys(r.report.department for r in readings if r.report.department))
    whole = continued(question, history, departments, partial(_items, seen)) if history else question
    written, left = formal(whole), formal(whole, later=False)
    full = respelled(written, seen)
    parted = full if left == written else respelled(left, seen)
    return Asked(question, full, parted, plan(full, names(seen), departments, seen.year), seen, tuple(history))


def _items(seen: Lens, answer: Answer) -> list[str]:
    """The rows whose figures an answer told, in its order."""
    told = {name for figure in answer.figures for name in figure.facts}
    rows = {fact.id: fact.item for fact in seen.facts if fact.id in told}
    return [name for name in dict.fromkeys(rows.get(one.facts[0], "") for one in answer.figures if one.facts) if name]


def replied(asked: Asked, search: Search | None = None) -> Reply:
    """Facts or passages for it, with what is calculated from them, in words not yet judged."""
    planned, seen = asked.planned, asked.seen
    if (hidden := concealed.told(planned, seen)) is not None:
        return hidden
    reply = exactly(planned, seen) or composed(asked.parted, planned, seen, _single) or _single(planned, seen, search)
    reply = refuse.of_its_years(asked.planned, reply, asked.seen)
    return refuse.of_its_unit(asked.question, asked.planned, reply, asked.seen)


def _single(planned: Plan, seen: Lens, search: Search | None = None) -> Reply:
    """The reply to one question that is not several."""
    return settled(planned, seen, reply_to) or reply_to(planned, seen, search)


def _counted(figure: Figure, counted: Sequence[tuple[str, str]]) -> Figure:
    """A number of things that this answer counted itself is derived, with its working."""
    working = next((said for text, said in counted if text == figure.quantity.text), "")
    return replace(figure, verdict="derived", working=working) if working else figure


def finish(question: str, reply: Reply, seen: Lens) -> Answer:
    """The reply behind the gate, with its citations and the findings that touch its facts."""
    return judged(question, annotated(reply, seen), seen)


def annotated(reply: Reply, seen: Lens) -> Reply:
    """The reply with what the reviewer found about its facts: beside them in the text, or as notes."""
    inside, notes = remarks(seen, reply.facts, reply.text)
    near = (*near_names(seen, reply.facts), *contradicted(seen, reply.facts))
    return replace(
        reply,
        text=reply.text + "".join(inside) + "".join(nearly_one(seen, *pair) for pair in near),
        facts=(*reply.facts, *(other for _, other in near)),
        notes=tuple(dict.fromkeys((*reply.notes, *notes))),
    )


def judged(question: str, reply: Reply, seen: Lens) -> Answer:
    """The annotated reply behind the gate, with its citations."""
    checked = gate(reply.text, seen.readings, used=[fact.id for fact in reply.facts], context=question)
    quotes = dict.fromkeys((*sources(seen, reply.facts), *reply.citations))
    return Answer(
        question=question,
        text=reply.text,
        refused=reply.refused,
        missing=reply.missing,
        figures=tuple(_counted(figure, reply.counted) for figure in bound(checked.figures, reply.facts, reply.worked)),
        citations=tuple(quotes),
        notes=reply.notes,
        cells=reply.cells or tuple(fact.place for fact in reply.facts if fact.kind == "table"),
        stamp=replace(Stamp(), prompt=phrases("answers").stamp),
    )
