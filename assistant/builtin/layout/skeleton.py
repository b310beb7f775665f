"""A question with the names of one table taken out (骨架): R for a row, C for a column, the words between left.

Names are met word for word only; what is left shows how a question puts them together. Knows no operation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.builtin.layout.layers import At, Layer, aliases
from ingest.terms import is_total

TAIL = re.compile("(?<=..)(?:数额|金额|总额|数|额|值)$")
"""The end of a name that people leave out (决算数 → 决算)."""
LINK = re.compile("的?")
"""What may stand between two levels of one name: 年末在岗的小计."""
TOTAL = "合计|总计|共计|小计"


@dataclass(frozen=True, slots=True)
class Name:
    """A name of rows or columns as a question may write it, with the cells under it."""

    rows: bool
    said: str
    over: frozenset[At]


@dataclass(frozen=True, slots=True)
class Word:
    """A name of the table where it stands in the question, with the cells under it."""

    rows: bool
    start: int
    end: int
    over: frozenset[At]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A question by one layer of a table: its shape, and the cells under each row and column that it names."""

    shape: str
    """`R和R的C合计是多少`."""
    rows: tuple[frozenset[At], ...]
    columns: tuple[frozenset[At], ...]

    def cells(self, layer: Layer) -> list[frozenset[At]]:
        """For each thing named the cells it leaves: rows crossed with the one column, columns with the one row, or
        one with the other in turn. Empty where they do not pair."""
        if len(self.rows) == len(self.columns):
            crossed = [row & col for row, col in zip(self.rows, self.columns, strict=True)]
        elif len(self.columns) == 1:
            crossed = [row & self.columns[0] for row in self.rows]
        elif len(self.rows) == 1:
            crossed = [self.rows[0] & col for col in self.columns]
        else:
            return []
        return [summed(cells, layer) for cells in crossed]


def summed(cells: frozenset[At], layer: Layer) -> frozenset[At]:
    """Of several columns under one head (核定编制: 行政、事业、小计) the total."""
    if len(cells) < 2:
        return cells
    totals = (over for side in layer.sides if not side.rows for name, over in side.over.items() if is_total(name))
    return next((cells & over for over in totals if cells & over), cells)


def skeletons(text: str, names: Sequence[Name]) -> Iterator[Skeleton]:
    """A question, spelled as names are, by the names of one layer: with 合计 read as a word of its own, and as the name
    of a row."""
    words = met(text, names)
    totals = [word for word in words if re.fullmatch(TOTAL, text[word.start : word.end])]
    for literal in (totals, totals[-1:], []) if totals else ([],):
        if len(literal) < len(words):
            yield skeleton(text, [word for word in words if word not in literal])


def named(layer: Layer, rows: Mapping[str, frozenset[At]]) -> tuple[Name, ...]:
    """All names of a layer in every spelling, the longest first.

    `rows`: what rows are called beside the names that stand left of them (“三公”经费合计 for 合计).
    """
    known: dict[tuple[bool, str], frozenset[At]] = {}
    for of_rows, names in (*((side.rows, side.over) for side in layer.sides), (True, rows)):
        for name, over in names.items():
            for said in spellings(name) if of_rows or name != layer.corner else ():
                known[of_rows, said] = known.get((of_rows, said), frozenset()) | over
    found = (Name(of_rows, said, over) for (of_rows, said), over in known.items())
    return tuple(sorted(found, key=lambda name: -len(name.said)))


def met(text: str, names: Sequence[Name]) -> list[Word]:
    """The names that stand in a text, the longest first where they overlap, in the order of the text."""
    found: list[Word] = []
    for name in names:
        at = text.find(name.said)
        while at >= 0:
            word = Word(name.rows, at, at + len(name.said), name.over)
            if all(word.end <= other.start or other.end <= word.start for other in found):
                found.append(word)
            at = text.find(name.said, word.end)
    return sorted(found, key=lambda word: word.start)


def spellings(name: str) -> set[str]:
    """The ways in which a question may write a name in full."""
    ways = {way for alias in aliases(name) for way in (alias, TAIL.sub("", alias))}
    return {way for way in ways if len(way) > 1 and not way.isdigit()}


def skeleton(text: str, words: Sequence[Word]) -> Skeleton:
    """The shape of a text whose names are known; a name that says more of the one before it (年末在岗小计) is one
    with it."""
    shape, at = "", 0
    groups: list[tuple[bool, frozenset[At]]] = []
    for word in words:
        between = text[at : word.start]
        rows, over = groups[-1] if groups else (not word.rows, frozenset())
        if rows == word.rows and LINK.fullmatch(between) and over > (over & word.over) > frozenset():
            groups[-1] = (rows, over & word.over)
        else:
            shape += between + ("R" if word.rows else "C")
            groups.append((word.rows, word.over))
        at = word.end
    return Skeleton(
        shape + text[at:],
        tuple(over for rows, over in groups if rows),
        tuple(over for rows, over in groups if not rows),
    )
