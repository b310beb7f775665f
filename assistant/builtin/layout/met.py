"""Names met in the words of a question: which of its characters mean which row, column or label.

Compares characters in runs; a character of the question means a name of one side only.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from itertools import pairwise

from assistant.builtin.layout.layers import Layer, aliases
from assistant.builtin.question.lexicon import pairs

MET = 0.34
"""The share of a name's telling characters that a question must hold to mean it."""
MET_TOO = 0.5
"""The same for a second name on one side."""


@dataclass(frozen=True, slots=True)
class Met:
    """A name met in a question: which of its and of the question's characters."""

    side: int
    name: str
    gain: float
    ratio: float
    at: frozenset[int]

    @property
    def first(self) -> int:
        """Where in the question the name begins."""
        return min(self.at)

    @property
    def end(self) -> int:
        """Where its first stretch in the question ends."""
        return next(at + 1 for at in sorted(self.at) if at + 1 not in self.at)


def names_met(asked: str, layer: Layer) -> list[Met]:
    """Names met in a question, the most telling first; a character of the question means one name on one side."""
    weights = [rarity(side.over) for side in layer.sides]
    spoken = pairs(asked) | set(asked)
    near = [[name for name in side.over if hinted(name, spoken)] for side in layer.sides]
    found: list[Met] = []
    while True:
        best: Met | None = None
        for number in range(len(layer.sides)):
            others = frozenset().union(*(one.at for one in found if one.side != number))
            taken = frozenset().union(*(one.at for one in found if one.side == number))
            second = any(one.side == number for one in found)
            known = {one.name for one in found if one.side == number}
            for name in near[number]:
                if name in known:
                    continue
                one = meet(asked, name, weights[number], number, others, taken, known)
                if one and one.ratio >= (MET_TOO if second else MET) and (best is None or one.gain > best.gain):
                    best = one
        if best is None:
            return found
        found.append(best)


def hinted(name: str, spoken: Set[str]) -> bool:
    """Whether a question holds any two characters of a name that stand together, or all of a shorter one."""
    return any(said in spoken if len(said) < 2 else not spoken.isdisjoint(pairs(said)) for said in aliases(name))


def rarity(names: Iterable[str]) -> dict[str, float]:
    """How telling each character is among some names."""
    listed = [aliases(name)[0] for name in names if aliases(name)]
    seen = Counter(char for name in listed for char in set(name))
    return {char: math.log(1 + len(listed) / times) for char, times in seen.items()}


def meet(
    asked: str,
    name: str,
    weights: dict[str, float],
    side: int,
    others: frozenset[int],
    taken: frozenset[int],
    known: set[str],
) -> Met | None:
    """How far a question holds a name, in runs of two characters and more; the better of its two spellings."""
    best: Met | None = None
    for said in aliases(name):
        held, at = runs(asked, said, others)
        total = sum(weights.get(char, 1.0) for char in said)
        fit = sum(weights.get(said[char], 1.0) for char in held)
        new = sum(weights.get(said[char], 1.0) for char, where in zip(held, at, strict=True) if where not in taken)
        own = sum(weights.get(char, 1.0) for char in said if not any(char in other for other in known))
        if new and not (taken and new < max(0.6 * own, 0.1 * fit)):
            torn = sum(one + 1 != other for one, other in pairwise(at))
            one = Met(side, name, new * fit / total * (1 - min(0.1 * torn, 0.5)), fit / total, frozenset(at))
            best = one if best is None or one.gain > best.gain else best
    return best


def runs(asked: str, name: str, closed: frozenset[int]) -> tuple[list[int], list[int]]:
    """The longest runs of a name's characters that stand in a question, as positions in either.

    Characters left over count where they stand beside their neighbour once more (投资 in 投资、筹资活动)."""
    held: list[int] = []
    at: list[int] = []
    free = "".join(char if where not in closed else "\0" for where, char in enumerate(asked))
    rest = name
    size = len(name)
    least = min(2, len(name)) if not name.isdigit() else len(name)
    while True:
        size, start, where = longest(rest, free, least, size)
        if not size:
            break
        held += range(start, start + size)
        at += range(where, where + size)
        rest = rest[:start] + "\1" * size + rest[start + size :]
        free = free[:where] + "\0" * size + free[where + size :]
    for start in range(len(name) - 1):
        if held and (start in held) != (start + 1 in held) and (where := free.find(name[start : start + 2])) >= 0:
            left = start if start not in held else start + 1
            held.append(left)
            at.append(where + left - start)
    return held, at


def longest(one: str, other: str, least: int, most: int) -> tuple[int, int, int]:
    """Size and places of the longest run of `least` to `most` characters that two texts share, the first of equal
    ones; zeros where they share none."""
    for size in range(min(most, len(one), len(other)), least - 1, -1):
        for start in range(len(one) - size + 1):
            where = other.find(one[start : start + size])
            if where >= 0:
                return size, start, where
    return 0, 0, 0
