"""A model's draft behind the figure gate: every figure judged, unfounded digits struck out, links taken away.

Nothing is erased silently: what was struck stays readable, marked for what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import BAD, Answer, Citation, Figure
from assistant.check import gate
from assistant.slots import Filled, Page
from ingest.fact import Fact, label
from ingest.reading import Reading

_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_ADDRESS = re.compile(r"(?:https?|ftp|data|javascript|file)\s*:\S+|www\.\S+", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")


def harmless(text: str) -> str:
    """A model's text without pictures, links, addresses and tags; the words of a link stay."""
    while (stripped := _ADDRESS.sub("〔已去除链接〕", _LINK.sub(r"\1", _IMAGE.sub(r"\1", _TAG.sub("", text))))) != text:
        text = stripped
    return text


def judge_draft(page: Page, readings: Sequence[Reading], built_in: Answer, refused: bool) -> Answer:
    """The model's answer as it may be shown: figures judged, free digits at fault struck out and named in a note."""
    used = [fact.id for one in page.filled for fact in one.facts]
    checked = gate(page.text, readings, used=used)
    figures = tuple(_slot_or_free(figure, page.filled) for figure in checked.figures)
    text, figures, struck = _strike(page.text, figures, page.filled)
    notes = list(built_in.notes)
    if struck:
        notes.insert(0, f"语言模型写的 {len(struck)} 处数字核对不上，已划去：{'、'.join(struck)}。")
    if page.bad:
        notes.insert(0, f"语言模型引用了 {len(page.bad)} 个不存在或不能计算的数字，已标出。")
    facts = {fact.id: fact for one in page.filled for fact in one.facts}
    return replace(
        built_in,
        text=text,
        refused=refused,
        figures=figures,
        citations=tuple(_cite(fact) for fact in facts.values()) or built_in.citations,
        notes=tuple(notes),
    )


def _slot_or_free(figure: Figure, filled: Sequence[Filled]) -> Figure:
    """A figure from a slot has its source for certain; where the gate cannot match its label it is marked so."""
    slot = next((one for one in filled if one.span[0] <= figure.quantity.span[0] < one.span[1]), None)
    if slot is None:
        return figure
    sources = "；".join(label(fact) for fact in slot.facts)
    places = tuple(fact.place for fact in slot.facts)
    ids = tuple(fact.id for fact in slot.facts)
    if slot.working and figure.verdict != "basis":
        return replace(figure, verdict="derived", working=slot.working, facts=ids, places=places)
    if figure.verdict == "unfounded":
        return replace(
            figure, verdict="ambiguous", working=f"数值取自“{sources}”，与句中的说法未能对上", facts=ids, places=places
        )
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


def _cite(fact: Fact) -> Citation:
    return Citation(place=fact.place, quote=fact.quote)
