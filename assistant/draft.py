"""A model's draft behind the figure gate: every figure judged, unfounded digits struck out, nothing erased silently.

The draft stands alone only where it states every figure of a plain built-in answer and none that does not hold;
otherwise the built-in answer stands first and the draft beside it: no model costs the reader a right answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import BAD, GOOD, Answer, Citation, Figure
from assistant.check import gate
from assistant.slots import Filled, Page
from ingest.fact import label
from ingest.reading import Reading
from prompts import phrases

BESIDE = "\n\n"
"""Between the built-in answer and what the model says beside it."""


_CAVEAT = re.compile(r"前提有误|不一致|不符|疑误|须由|没有|未提供|无法|不能|并非|不是")
"""Words of a built-in answer that correct the question or doubt the report: they are never reworded away."""


def judge_draft(
    page: Page, readings: Sequence[Reading], built_in: Answer, refused: bool, yes_no: bool = False
) -> tuple[Answer, bool]:
    """The answer as it may be shown, and whether the draft stands alone in it."""
    draft, struck = _judged(page, readings, built_in.question)
    notes = []
    if page.bad:
        notes.append(phrases("model").say("bad_slots", count=str(len(page.bad))))
    if struck:
        notes.append(phrases("model").say("struck", count=str(len(struck)), figures="、".join(struck)))
    firm = not (refused or built_in.refused or page.bad or struck)
    plain = not (yes_no or built_in.notes or _CAVEAT.search(built_in.text))
    if firm and plain and _covers(draft.figures, built_in.figures):
        citations = draft.citations or built_in.citations
        return replace(built_in, text=draft.text, figures=draft.figures, citations=citations), True
    if refused and not built_in.refused:
        notes.append(phrases("model").say("refused"))
    elif not struck and not page.bad and any(figure.verdict in GOOD for figure in built_in.figures):
        notes.append(phrases("model").say("unlike"))
    return _beside(built_in, draft, notes), False


def _judged(page: Page, readings: Sequence[Reading], question: str) -> tuple[Answer, list[str]]:
    """The draft alone, its figures judged, and the figures struck out of it."""
    figures = tuple(_slot_or_free(figure, page.filled) for figure in _figures(page.text, readings, question))
    text, figures, struck = _strike(page.text, figures, page.filled)
    facts = {fact.id: fact for one in page.filled for fact in one.facts}
    cited = tuple(Citation(place=fact.place, quote=fact.quote) for fact in facts.values())
    return Answer(question=question, text=text, figures=figures, citations=cited), struck


def _figures(text: str, readings: Sequence[Reading], question: str) -> Iterator[Figure]:
    """The figures of a draft, judged as a stranger's: neither the facts it chose nor the question excuse its labels.

    The question's words only help a figure whose own sentence leaves open what it is.
    """
    own = gate(text, readings).figures
    if all(figure.verdict in GOOD or figure.verdict in BAD for figure in own):
        yield from own
        return
    helped = gate(text, readings, context=question).figures
    for figure, other in zip(own, helped, strict=True):
        yield figure if figure.verdict in BAD or figure.verdict in GOOD else other


def _covers(figures: Sequence[Figure], built_in: Sequence[Figure]) -> bool:
    """Whether a draft states every figure of the built-in answer, each one verified; not so where there is none."""
    held = [figure.quantity for figure in figures if figure.verdict in GOOD]
    wanted = [figure.quantity for figure in built_in]
    return bool(wanted) and all(
        any(
            one.unit.dimension == other.unit.dimension and abs(abs(one.base) - abs(other.base)) <= other.half
            for other in held
        )
        for one in wanted
    )


def _beside(built_in: Answer, draft: Answer, notes: Sequence[str]) -> Answer:
    """Both answers, the built-in one first; the draft's figures keep their verdicts."""
    lead = built_in.text + BESIDE + phrases("model").say("beside") + "\n"
    moved = tuple(_moved(figure, len(lead)) for figure in draft.figures)
    return replace(
        built_in,
        text=lead + draft.text,
        figures=(*built_in.figures, *moved),
        citations=tuple(dict.fromkeys((*built_in.citations, *draft.citations))),
        notes=(*notes, *built_in.notes),
    )


def _moved(figure: Figure, by: int) -> Figure:
    start, end = figure.quantity.span
    return replace(figure, quantity=replace(figure.quantity, span=(start + by, end + by)))


def _slot_or_free(figure: Figure, filled: Sequence[Filled]) -> Figure:
    """A figure from a slot has its source for certain; that the words around it fit, only the gate can say."""
    slot = next((one for one in filled if one.span[0] <= figure.quantity.span[0] < one.span[1]), None)
    if slot is None:
        return figure
    places = tuple(fact.place for fact in slot.facts)
    ids = tuple(fact.id for fact in slot.facts)
    if slot.working and figure.verdict in GOOD:
        return replace(figure, verdict="derived", working=slot.working, facts=ids, places=places)
    if figure.verdict == "unfounded":
        sources = "；".join(label(fact) for fact in slot.facts)
        why = (
            phrases("model").say("unmatched_working", working=slot.working)
            if slot.working
            else phrases("model").say("unmatched", sources=sources)
        )
        return replace(figure, verdict="ambiguous", working=why, facts=ids, places=places)
    return replace(figure, facts=figure.facts or ids, places=figure.places or places)


def _strike(
    text: str, figures: Sequence[Figure], filled: Sequence[Filled]
) -> tuple[str, tuple[Figure, ...], list[str]]:
    """Free digits at fault become ~~digits~~（判定，已划去）; spans of all figures move along."""
    kept: list[Figure] = []
    struck: list[str] = []
    pieces: list[str] = []
    at = length = 0
    for figure in sorted(figures, key=lambda one: one.quantity.span):
        start, end = figure.quantity.span
        between = text[at:start]
        free = not any(one.span[0] <= start < one.span[1] for one in filled)
        at_fault = free and figure.verdict in BAD
        shown = f"~~{text[start:end]}~~" if at_fault else text[start:end]
        offset = length + len(between) + (2 if at_fault else 0)
        moved = replace(figure.quantity, span=(offset, offset + end - start))
        kept.append(replace(figure, quantity=moved))
        if at_fault:
            struck.append(figure.quantity.text)
        pieces += [between, shown]
        length += len(between) + len(shown)
        at = end
    pieces.append(text[at:])
    return "".join(pieces), tuple(kept), struck
