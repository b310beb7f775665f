"""A sentence of the report as the rules see it: its text, its facts, its section and what the section is for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.review.lexicon import lexicon
from ingest.fact import Fact
from ingest.reading import Reading
from ingest.report import Block, Place
from ingest.terms import sentences

KINDS = ("paragraph", "heading", "title", "note")


@dataclass(frozen=True)
class Statement:
    """A sentence (句). `zone` is what its section is for: goal, result, money, manage, problem, plan …"""

    report: str
    block: Block
    span: tuple[int, int]
    text: str
    zone: str
    facts: tuple[Fact, ...]

    @property
    def place(self) -> Place:
        return Place(self.report, self.block.page, self.block.index, span=self.span)

    def at(self, fact: Fact) -> tuple[int, int]:
        """Where a fact's figure stands in the sentence."""
        span = fact.place.span or (self.span[0], self.span[0])
        return span[0] - self.span[0], span[1] - self.span[0]

    def before(self, fact: Fact) -> str:
        """The text in front of a fact's figure, back to the figure before it or a stop."""
        end = self.at(fact)[0]
        start = max((self.at(other)[1] for other in self.facts if self.at(other)[1] <= end), default=0)
        return re.split(r"[；;。]", self.text[start:end])[-1]

    def after(self, fact: Fact) -> str:
        """The text behind a fact's figure, up to the next figure or a stop."""
        start = self.at(fact)[1]
        end = min((self.at(other)[0] for other in self.facts if self.at(other)[0] >= start), default=len(self.text))
        return re.split(r"[；;。]", self.text[start:end])[0]


def statements(reading: Reading) -> tuple[Statement, ...]:
    """The visible sentences of a report in reading order, each with the facts it states."""
    by_block: dict[int, list[Fact]] = {}
    for fact in reading.facts:
        if fact.kind == "prose" and fact.place.block is not None and fact.place.span:
            by_block.setdefault(fact.place.block, []).append(fact)
        for place in fact.also:
            if place.block is not None and place.span and place.table is None:
                by_block.setdefault(place.block, []).append(_elsewhere(fact, place))
    made = []
    for block in reading.report.blocks:
        if block.kind not in KINDS or block.hidden or not block.text.strip():
            continue
        own = sorted(by_block.get(block.index, ()), key=lambda fact: fact.place.span or (0, 0))
        for start, end in sentences(block.text):
            inside = tuple(f for f in own if f.place.span and start <= f.place.span[0] < end)
            made.append(Statement(reading.report.id, block, (start, end), block.text[start:end], zone(block), inside))
    return tuple(made)


def _elsewhere(fact: Fact, place: Place) -> Fact:
    return replace(fact, place=place, also=())


def zone(block: Block) -> str:
    """What a block's section is for: the innermost heading that names a purpose, else one that names a topic."""
    headings = [*block.section, block.text] if block.kind == "heading" else list(block.section)
    for family in ("zones", "topics"):
        for heading in reversed(headings):
            if found := _zone_of(family, heading):
                return found
    return ""


@lru_cache(maxsize=4096)
def _zone_of(family: str, heading: str) -> str:
    """The first zone one of whose words the heading contains, and none of its exceptions (`#` at the end)."""
    zones: dict[str, list[str]] = lexicon()[family]
    for name, words in zones.items():
        exceptions = [word[:-1] for word in words if word.endswith("#")]
        if any(word in heading for word in exceptions):
            continue
        if any(word in heading for word in words):
            return name
    return ""
