"""Words bound to a number: hedges (约、以上、不足) and directions (增长、调减). The words are in units.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ingest.units import table

Relation = Literal["=", "约", ">", "<", "≥", "≤", "余", "从", "到"]
"""`从` and `到` are the two ends of a range (3至10个月); 余: 30余场, at least that and less than one more step."""

Direction = Literal[-1, 0, 1]

_SPACES = " \t\u3000\xa0*"
_CLAUSE = re.compile("[，。；：、,;:（）()\n！？“”|｜]")


@dataclass(frozen=True, slots=True)
class _Hedges:
    before: Mapping[str, Relation]
    after: Mapping[str, Relation]
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    first: frozenset[str]
    """First characters of `after` and spaces; most numbers have no hedge, and this tells at once."""
    last: frozenset[str]
    """Last characters of `before`, and spaces."""
    sizes: tuple[int, ...]
    """Lengths that a hedge may have, longest first."""


@dataclass(frozen=True, slots=True)
class _Directions:
    pattern: re.Pattern[str]
    """Direction words and words that only look like one, longest first."""
    signs: Mapping[str, Literal[-1, 1]]
    adjacent: Mapping[str, Literal[-1, 1]]
    not_adjacent: tuple[str, ...]
    close: frozenset[str]
    """Direction words that are often part of a name, and count only near the number."""
    breaks: frozenset[str]


@cache
def _hedges() -> _Hedges:
    rows = table()["relations"]
    before = {word: relation for relation, words in rows["before"].items() for word in words}
    after = {word: relation for relation, words in rows["after"].items() for word in words}
    return _Hedges(
        before,
        after,
        tuple(rows["not_before"]),
        tuple(rows["not_after"]),
        frozenset(word[0] for word in after).union(" *"),
        frozenset(word[-1] for word in before).union(_SPACES),
        tuple(range(max(map(len, {**before, **after})), 0, -1)),
    )


@cache
def _directions() -> _Directions:
    rows = table()["directions"]
    signs: dict[str, Literal[-1, 1]] = {**dict.fromkeys(rows["up"], 1), **dict.fromkeys(rows["down"], -1)}
    words = sorted([*signs, *rows["not"]], key=len, reverse=True)
    return _Directions(
        re.compile("|".join(words)),
        signs,
        {**dict.fromkeys(rows["up_adjacent"], 1), **dict.fromkeys(rows["down_adjacent"], -1)},
        tuple(rows["not_adjacent"]),
        frozenset(rows["close"]),
        frozenset(rows["breaks"]),
    )


def hedge(clean: str, begin: int, end: int, lasting: bool = False) -> Relation:
    """The hedge of the number `clean[begin:end]`: 约 before it, 以上 after it. `lasting`: a duration (近3年 is 3年)."""
    words = _hedges()
    if clean[end : end + 1] in words.first:
        tail = clean[end : end + 8].lstrip(" *")
        if tail and not tail.startswith(words.not_after):
            for size in words.sizes:
                if found := words.after.get(tail[:size]):
                    return found
    if clean[begin - 1 : begin] not in words.last:
        return "="
    head = clean[max(0, begin - 10) : begin].rstrip(_SPACES)
    for size in words.sizes:
        word = head[-size:]
        if found := words.before.get(word):
            if (word == "近" and lasting) or (word in "~～" and len(head) > 1) or head.endswith(words.not_before):
                return "="
            return found
    return "="


def hedge_of(word: str) -> Relation | None:
    """The relation that a hedge stands for, wherever it is written; None for any other word."""
    return _hedges().before.get(word) or _hedges().after.get(word)


def trailing_hedge(text: str) -> tuple[str, Relation]:
    """Text without the hedge at its end, and that hedge: 家以上 is 家 and ≥."""
    for size in _hedges().sizes:
        if found := _hedges().after.get(text[-size:]):
            return text[:-size], found
    return text, "="


def direction(clean: str, low: int, begin: int) -> Direction:
    """The direction word bound to the number at `begin`, looked for from `low` on in the same clause.

    降至 and 增加到 give a level and no change, so they count for nothing.
    """
    words = _directions()
    last = clean[begin - 1 : begin]
    if last not in words.adjacent and not last.isspace() and not words.pattern.search(clean, low, begin):
        return 0
    window = _CLAUSE.split(clean[low:begin])[-1].rstrip()
    if not window:
        return 0
    found = tuple(words.pattern.finditer(window))
    if not found or found[-1].group() not in words.signs:
        near = words.adjacent.get(window[-1])
        return near if near and ("比" in window or "较" in window) and not window.endswith(words.not_adjacent) else 0
    word, between = found[-1].group(), window[found[-1].end() :]
    far = len(between) > (3 if word in words.close else 8)
    return 0 if far or not words.breaks.isdisjoint(between) else words.signs[word]


def is_direction(word: str) -> bool:
    """Whether this is a direction word by itself (增长, 调减)."""
    return word in _directions().signs
