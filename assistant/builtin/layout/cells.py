"""The cells of a table that a question names: names of rows and columns (and values beside them) met in its words.

Works on any table, knows no measure and computes nothing; rows and columns are treated alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.builtin.layout.layers import NUMBERING, At, Layer
from assistant.builtin.layout.met import Met, names_met
from assistant.builtin.question.lexicon import lexicon, spelled
from ingest.layout.words import squeeze
from ingest.terms import is_total

COMPARED = re.compile(r"相比|比较|相较")
JOINED = re.compile(r"[和与及、，,；;并跟或同至到]|还有|又|再|多少|什么|哪|几|怎")
"""What stands between two names that are both asked for."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cells that a question names."""

    at: tuple[At, ...]
    names: tuple[str, ...]
    said: frozenset[int]
    """The characters of the question (as `asking` spells it) that the names and given values account for."""
    ratio: float = 1.0
    """Of the names, how much of the least well met one the question holds."""
    named: bool = True
    """Whether both a row and a column are named, or needed no name."""
    labels: tuple[str, ...] = ()
    """What each cell is: the name of its row and of its column."""
    corner: str = ""
    """What the head says of the rows themselves."""
    row: bool = True
    """Whether a row is named, or there is but one."""
    given: bool = False
    """Whether the rows are those in which the question itself says what stands in another cell."""


def chosen(question: str, layers: Sequence[Layer]) -> Chosen | None:
    """The cells of a table, given by its layers, that a question names, or None where it names none."""
    asked = asking(question)
    found = [one for layer in layers if (one := choose(asked, layer))]
    return max(found, key=lambda one: len(one.said), default=None)


def asking(question: str) -> str:
    """A question in that spelling, its asking words put as headers have them (什么时候 → 时间)."""
    text = spelled(question)
    for words, headers in lexicon()["cells"]["asking"].items():
        text = text.replace(words, headers)
    return text


def choose(asked: str, layer: Layer) -> Chosen | None:
    """The cells of a layer under the names that the question holds, in the rows with the values that it gives."""
    met = without_corner(asked, compared(asked, layer, unmodified(asked, names_met(asked, layer))), layer)
    if re.search("各|每", asked):
        met = [one for one in met if one.ratio == 1 or not layer.sides[one.side].rows]
    if not met:
        return None
    explained = frozenset().union(*(one.at for one in met))
    given = {at: where for at, text in layer.cells.items() if (where := told(asked, text, explained))}
    wanted = tuple(one for one in met if not says_which(one, layer, given))
    left = {at for at in layer.cells if all(admitted(at, layer, wanted, rows) for rows in (True, False))}
    if given and layer.records:
        rows = told_rows(given)
        left = {at for at in left if at[0] in rows} or left
    if met and not columns(wanted, layer) and columns(met, layer):
        left = left & of_labels(layer) or left
    left = {at for at in left if at not in given} or left
    settled_on = settled(asked, layer, without_totals(asked, left, layer), wanted, bool(given))
    if not settled_on:
        return None
    at_last = tuple(sorted(settled_on))
    return Chosen(
        at_last,
        tuple(one.name for one in met),
        explained.union(*given.values()),
        min(one.ratio for one in met),
        settled_on == left and all(spoken(layer, left, met, rows) for rows in (True, False)),
        tuple(label(at, layer, met) for at in at_last),
        layer.corner,
        spoken(layer, left, met, True),
        bool(given) and layer.records and columns(wanted, layer),
    )


def without_corner(asked: str, met: list[Met], layer: Layer) -> list[Met]:
    """Names without that of the column of labels, where a label is named or all are meant: 账龄1至2年, 各项目."""
    labels = of_labels(layer)
    told = re.search("各|每", asked) or any(layer.sides[one.side].rows for one in met)
    others = [one for one in met if not (layer.records and layer.sides[one.side].over[one.name] <= labels)]
    return others if told and others else met


def of_labels(layer: Layer) -> set[At]:
    """The cells of the first column, which labels the rows."""
    first = min((col for _, col in layer.cells), default=0)
    return {at for at in layer.cells if at[1] == first}


def columns(met: Sequence[Met], layer: Layer) -> bool:
    """Whether any of the names stand above columns."""
    return any(not layer.sides[one.side].rows for one in met)


def says_which(one: Met, layer: Layer, given: dict[At, frozenset[int]]) -> bool:
    """Whether a column is named only to say which rows are meant: one of its values is given (规模1000吨的工程)."""
    side = layer.sides[one.side]
    return layer.records and not side.rows and any(at in side.over[one.name] for at in given)


def told_rows(given: dict[At, frozenset[int]]) -> set[int]:
    """The rows that hold the values given, those of several columns together where there are such."""
    by_column: dict[int, set[int]] = {}
    for row, col in given:
        by_column.setdefault(col, set()).add(row)
    return set.intersection(*by_column.values()) or set.union(*by_column.values())


def without_totals(asked: str, left: set[At], layer: Layer) -> set[At]:
    """Cells without those of total rows, where each thing is asked for (各项目) and no total."""
    if not re.search("各|每", asked) or re.search("合计|总|全部|所有|共", asked):
        return left
    totals = frozenset().union(
        *(over for side in layer.sides if side.rows for name, over in side.over.items() if is_total(name))
    )
    return left - totals or left


def unmodified(asked: str, met: list[Met]) -> list[Met]:
    """Names without those that only say more of another on their side: 其他应付款的往来款 asks for 往来款."""
    kept = []
    for one in met:
        behind = [other.first for other in met if other.side == one.side and other.first >= one.end]
        between = asked[one.end : min(behind)] if behind else ""
        if "的" not in between or JOINED.search(between):
            kept.append(one)
    return kept


def spoken(layer: Layer, left: set[At], met: Sequence[Met], rows: bool) -> bool:
    """Whether rows (or columns) are named, or there is but one."""
    own = [side for side in layer.sides if side.rows == rows]
    if any(layer.sides[one.side].rows == rows for one in met):
        return True
    return all(sum(bool(over & left) for over in side.over.values()) < 2 for side in own)


def label(at: At, layer: Layer, met: Sequence[Met]) -> str:
    """The row's names that were met (else its innermost) under that of its group, and the names above, from outside."""
    over = [
        (number, side, name) for number, side in enumerate(layer.sides) for name in side.over if at in side.over[name]
    ]
    group = [name for _, side, name in over if side.group]
    rows = [(number, name) for number, side, name in over if side.rows and not side.group]
    told = [name for number, name in rows if any((one.side, one.name) == (number, name) for one in met)]
    inner = [name for _, name in rows if name != squeeze(layer.cells[at])][-1:]
    if any(len({row for row, _ in layer.sides[number].over[name]}) > 1 for number, name in rows if name in told):
        told += inner  # a name beside several rows says of none of them which it is
    above = "·".join(dict.fromkeys(name for _, side, name in over if not side.rows))
    row = "·".join(NUMBERING.sub("", name) for name in dict.fromkeys((*group, *(told or inner))))
    return f"{row}的{above}" if row and above else row or above


def told(asked: str, text: str, explained: frozenset[int]) -> frozenset[int]:
    """Where the question itself says what stands in a cell, apart from the names that it holds."""
    said = spelled(text)
    if len(said) < 2 or said not in asked:
        return frozenset()
    found = re.finditer(rf"(?<![\d.]){re.escape(said)}(?![\d.])", asked)
    return frozenset().union(*(where for one in found if not explained >= (where := frozenset(range(*one.span())))))


def compared(asked: str, layer: Layer, met: list[Met]) -> list[Met]:
    """Names without those that another is only compared with: 与上年相比，增减比例."""
    mark = COMPARED.search(asked)
    if mark is None:
        return met
    behind = [one for one in met if not layer.sides[one.side].rows and one.first >= mark.end()]
    return [one for one in met if layer.sides[one.side].rows or one.first >= mark.end()] if behind else met


def admitted(at: At, layer: Layer, met: Sequence[Met], rows: bool) -> bool:
    """Whether a cell stands under the names met on each level of one side; a level may be silent on it."""
    wanted = [one for one in met if layer.sides[one.side].rows == rows]
    if not wanted:
        return True
    named = [one for one in wanted if at in layer.sides[one.side].over[one.name]]
    for level in {one.side for one in wanted} - {one.side for one in named}:
        if any(at in over for over in layer.sides[level].over.values()):
            return False
    return bool(named)


def settled(asked: str, layer: Layer, left: set[At], met: Sequence[Met], given: bool) -> set[At]:
    """Where no word names one of a level's names: all of them if all are asked for, else the first."""
    every = given or re.search("|".join(lexicon()["cells"]["all"]), asked)
    rows = any(layer.sides[one.side].rows for one in met)
    for number, side in enumerate(layer.sides):
        if (
            (every if side.rows else re.search("各项|哪些", asked))
            or any(one.side == number for one in met)
            or (side.rows and rows)
        ):
            continue
        here = {name: over & left for name, over in side.over.items() if over & left}
        beyond = {name: over for name, over in here.items() if min(over)[1] >= layer.left}
        here = here if side.rows else beyond or here
        if len(here) > 1:
            first = min(here, key=lambda name: min(here[name]))
            left = set(here[first]) | {at for at in left if not any(at in over for over in here.values())}
    return left
