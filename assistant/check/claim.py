"""What a text claims: its sentences, and every figure in them with the label that the sentence gives it.

Uses the ledger's own grammar (ingest.clauses); judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check.ledger import Ledger, content
from ingest.quantity import Quantity, quantities
from ingest.periods import periods
from ingest.terms import basis_of, sentences


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure of a text with the label it is given there (主张). `span` of the quantity counts in the whole text."""

    quantity: Quantity
    subject: str
    measure: tuple[str, ...]
    period: str
    basis: str
    label: frozenset[str]
    """Content terms of subject and measure."""
    context: frozenset[str]
    """Content terms of the rest of the sentence and of the question it answers."""

    @property
    def name(self) -> str:
        """The label as a reader would say it."""
        return "".join(part for part in (self.subject, *self.measure) if part)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and its claims, in order."""

    text: str
    span: tuple[int, int]
    claims: tuple[Claim, ...]


def said(text: str, ledger: Ledger, context: str = "") -> tuple[Said, ...]:
    """The sentences of `text` with their claims; every figure of the text is in exactly one of them."""
    found = labelled(text, _year(ledger))
    asked = content(context)
    result, at = [], 0
    spans = sentences(text)
    for number, (start, end) in enumerate(spans):
        last = number + 1 == len(spans)
        inside = []
        while at < len(found) and (last or found[at].quantity.span[0] < end):
            inside.append(found[at])
            at += 1
        words = content(text[start:end]) | asked
        result.append(Said(text[start:end], (start, end), tuple(_claim(one, words, asked) for one in inside)))
    return tuple(result)


def _claim(found: Labelled, words: frozenset[str], asked: frozenset[str]) -> Claim:
    label = content(found.subject, *found.measure)
    return Claim(
        quantity=found.quantity,
        subject=found.subject,
        measure=found.measure,
        period=found.period,
        basis=found.basis,
        label=label or asked,
        context=words,
    )


def _year(ledger: Ledger) -> int | None:
    """The year that 本年 and 上年 are counted from, where the readings agree on one."""
    years: Sequence[int | None] = tuple({reading.report.year for reading in ledger.readings})
    return years[0] if len(years) == 1 else None


@dataclass(frozen=True, slots=True)
class Labelled:
    """Interim."""

    quantity: Quantity
    subject: str
    measure: tuple[str, ...]
    period: str
    basis: str


def labelled(text: str, year: int | None) -> tuple[Labelled, ...]:
    """Interim."""
    found, last, head = [], 0, ""
    for quantity in quantities(text):
        before = re.split("[，。；！？\n,;：:（(]|其中", text[last : quantity.span[0]])[-1]
        named = periods(before, year)
        head = before if len(before) > 1 else head
        found.append(Labelled(quantity, "", (before or head,), named[-1] if named else "", basis_of(before)))
        last = quantity.span[1]
    return tuple(found)
