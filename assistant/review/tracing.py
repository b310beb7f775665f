"""The memo's own gate (复核意见的数字关): every figure has a place, a working, a list it counts, or a setting.

It reads the finished words again and trusts nothing that the rules say about themselves: a quotation must stand in a
report, a working is worked out again, a count is counted again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Literal

from assistant.answer import Finding, Indicator, Passed, Traced
from assistant.check.equations import Equation, Node, equations, evaluate
from assistant.review.profile import Profile
from ingest.quantity import Quantity, quantities
from ingest.reading import Reading
from ingest.report import Place, Report, grid

_NAME = re.compile(r"[A-Z]\d\d-[0-9a-f]{6}")
"""The number of a finding is a name."""
Kind = Literal["quoted", "stated", "worked", "counted", "setting", "untraced"]
# Quotation marks may hold one pair of the same inside.
_QUOTED = re.compile(r"“((?:[^“”]|“[^“”]*”)+)”|《([^《》]+)》")
_CLIPPED = re.compile(r"…+|〔[^〕]*〕")
"""What a quotation leaves out, and what is masked in it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the memo, with what it is about and the lists that its counts were taken from."""

    text: str
    about: Finding | Passed | Indicator | None = None
    counts: tuple[int, ...] = ()
    """Lengths of the lists that this line counts, which the memo itself prints or the workbook holds."""
    listed: tuple[Place, ...] = ()
    """Where the things counted stand."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the reports say where the line points, what follows from it, and how many things the line lists."""

    stated: tuple[tuple[Quantity, Place], ...]
    worked: tuple[tuple[Quantity, str], ...]
    counts: frozenset[int]


@dataclass(frozen=True)
class Tracer:
    """Reads lines of a memo against the readings that it was made from."""

    readings: tuple[Reading, ...]
    profile: Profile

    def trace(self, lines: Sequence[Line]) -> tuple[Traced, ...]:
        """Every figure of the lines, joined by line feeds, in order."""
        found: list[Traced] = []
        at = 0
        for line in lines:
            found += self._line(line, at)
            at += len(line.text) + 1
        return tuple(found)

    def _line(self, line: Line, offset: int) -> Iterator[Traced]:
        figures = quantities(line.text)
        if not figures:
            return
        quotes = tuple(self._quotes(line.text))
        known = self._known(line, figures)
        names = [match.span() for match in _NAME.finditer(line.text)]
        for figure in figures:
            if any(start <= figure.span[0] < end for start, end in names):
                continue
            span = (figure.span[0] + offset, figure.span[1] + offset)
            kind, places, working = self._judge(figure, quotes, known)
            if kind == "counted":
                places = line.listed or (line.about.places if line.about is not None else ())
            yield Traced(figure.text, span, kind, places, working)

    def _judge(
        self, figure: Quantity, quotes: Sequence[tuple[tuple[int, int], Place]], known: _Known
    ) -> tuple[Kind, tuple[Place, ...], str]:
        for (start, end), place in quotes:
            if start <= figure.span[0] and figure.span[1] <= end:
                return "quoted", (place,), ""
        for stated, place in known.stated:
            if _same(figure, stated):
                return "stated", (place,), ""
        for worked, working in known.worked:
            if _same(figure, worked):
                return "worked", tuple(place for _, place in known.stated[:1]), working
        if figure.unit.dimension in ("count", "none", "time") and figure.value in known.counts:
            return "counted", (), ""
        if figure.unit.dimension in ("ratio", "score") and figure.value in _settings(self.profile):
            return "setting", (), ""
        return "untraced", (), ""

    def _quotes(self, text: str) -> Iterator[tuple[tuple[int, int], Place]]:
        """Quotations of the line that stand in a report, word for word save white space and what … leaves out."""
        for match in _QUOTED.finditer(text):
            place = self._find(match[1] or match[2])
            if place is not None:
                yield match.span(), place

    def _find(self, quote: str) -> Place | None:
        parts = [part for part in (_bare(piece) for piece in _CLIPPED.split(quote)) if part]
        whole, starts, places = self._texts
        at = whole.find(parts[0]) if parts else -1
        while at >= 0:
            if _follow(parts[1:], whole[at + len(parts[0]) : whole.find("\n", at)]):
                return places[bisect_right(starts, at) - 1]
            at = whole.find(parts[0], at + 1)
        return None

    def _known(self, line: Line, figures: Sequence[Quantity]) -> _Known:
        about = line.about
        stated = tuple(self._stated(about)) if about is not None else ()
        words = _words(about)
        worked = tuple(_worked(words, stated)) if words else ()
        counts = set(line.counts)
        if isinstance(about, Finding | Passed):
            counts |= {len(about.places), len(dict.fromkeys(about.places))}
            counts |= {len(found.operands) for found in _equations(words)}
        if isinstance(about, Finding):
            counts |= {len(about.quotes), len(about.facts)}
        return _Known(stated, worked, frozenset(counts))

    def _stated(self, about: Finding | Passed | Indicator) -> Iterator[tuple[Quantity, Place]]:
        """Figures of the cells, rows, columns and paragraphs that an outcome points at, and of its facts."""
        wanted = set(about.facts) if isinstance(about, Finding) else set()
        for reading in self.readings:
            if wanted:
                yield from ((fact.quantity, fact.place) for fact in reading.facts if fact.id in wanted)
            for place in about.places:
                if place.report == reading.report.id:
                    yield from self._at(reading, place)

    def _at(self, reading: Reading, place: Place) -> Iterator[tuple[Quantity, Place]]:
        """The figures of a paragraph; or of the row and the column of a cell."""
        if place.table is None:
            if place.block is not None and place.block < len(reading.report.blocks):
                yield from self._figures(place.report, None, place.block, lambda: _prose(reading, place))
            return
        number = place.table
        for figure, where in self._figures(place.report, number, None, lambda: _cells(reading, number)):
            if place.row is None or where.row == place.row or (where.col == place.col and place.col is not None):
                yield figure, where

    def _figures(
        self, report: str, table: int | None, block: int | None, read: Callable[[], tuple[tuple[Quantity, Place], ...]]
    ) -> tuple[tuple[Quantity, Place], ...]:
        """The figures of a paragraph or a table, read once."""
        key = (report, table, block)
        if key not in self._seen:
            self._seen[key] = read()
        return self._seen[key]

    @cached_property
    def _seen(self) -> dict[tuple[str, int | None, int | None], tuple[tuple[Quantity, Place], ...]]:
        return {}

    @cached_property
    def _texts(self) -> tuple[str, tuple[int, ...], tuple[Place, ...]]:
        """All paragraphs and rows of the reports in one string, where each begins, and its place."""
        texts = [each for reading in self.readings for each in _texts(reading.report)]
        lengths = (len(text) + 1 for text, _ in texts)
        starts = tuple(accumulate(lengths, initial=0))[:-1]
        return "".join(f"{text}\n" for text, _ in texts), starts, tuple(place for _, place in texts)


def _follow(parts: Sequence[str], text: str) -> bool:
    """Whether the parts stand in the text one behind the other."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _prose(reading: Reading, place: Place) -> tuple[tuple[Quantity, Place], ...]:
    """Every figure of the paragraph at a place."""
    assert place.block is not None
    block = reading.report.blocks[place.block]
    return tuple(
        (figure, Place(place.report, block.page, block.index, span=figure.span)) for figure in quantities(block.text)
    )


def _cells(reading: Reading, number: int) -> tuple[tuple[Quantity, Place], ...]:
    """Every figure of a table's cells, with the units of the ledger where it knows them."""
    known = tuple((fact.quantity, fact.place) for fact in reading.facts if fact.place.table == number)
    table = next(table for table in reading.report.tables if table.number == number)
    seen = {(place.row, place.col) for _, place in known}
    rest = [
        (figure, Place(reading.report.id, cell.page or table.page, table.block, number, cell.row, cell.col))
        for cell in table.cells
        for figure in quantities(cell.text)
        if (cell.row, cell.col) not in seen or len(cell.text) > len(figure.text)
    ]
    return (*known, *rest)


def _texts(report: Report) -> tuple[tuple[str, Place], ...]:
    """Every paragraph and every row of the report without white space, with its place."""
    found = [(_bare(block.text), Place(report.id, block.page, block.index)) for block in report.blocks if block.text]
    for table in report.tables:
        found.append((_bare(table.caption), Place(report.id, table.page, table.block, table.number)))
        texts = grid(table)
        for row in range(table.rows):
            own = "".join(cell.text for cell in table.cells if cell.row == row)
            place = Place(report.id, table.page, table.block, table.number, row)
            found += [(_bare(own), place), (_bare("".join(texts[row])), place)]
    found.append((_bare(report.title), Place(report.id)))
    return tuple(found)


def _bare(text: str) -> str:
    return re.sub(r"[\s｜|]", "", text)


def _words(about: Finding | Passed | Indicator | None) -> str:
    """All that an outcome says, so that its title may give what its working works out."""
    match about:
        case Finding():
            return "\n".join((about.title, about.fact, about.working))
        case Passed():
            return "\n".join((about.title, about.working))
        case Indicator():
            return about.working
    return ""


def _worked(words: str, stated: Sequence[tuple[Quantity, Place]]) -> Iterator[tuple[Quantity, str]]:
    """Results of the workings that come out right; figures they start from must be stated, or worked out before."""
    given = [quantity for quantity, _ in stated]
    for said in re.split(r"[\n；。]", words):
        figures = quantities(said)
        for found in equations(said, figures):
            operands = [figures[number] for number in found.operands]
            result = figures[found.result]
            grounded = all(any(_same(one, other) for other in given) or _plain_number(one) for one in operands)
            if grounded and _comes_out(found.node, figures, result):
                given.append(result)
                working = said[min(figure.span[0] for figure in operands) : result.span[1]]
                yield from ((one, working) for one in (result, *(one for one in operands if _plain_number(one))))


def _equations(words: str) -> Iterator[Equation]:
    for said in re.split(r"[\n；。]", words):
        yield from equations(said, quantities(said))


def _plain_number(figure: Quantity) -> bool:
    """A small whole number, 100 % or half of a last digit (0.005): part of a rule of reckoning, not of the report."""
    if figure.unit.dimension == "none" and figure.places == 0:
        return abs(figure.value) <= 1000
    if figure.unit.dimension == "ratio" and figure.value == 100:
        return True
    return figure.unit.dimension in ("none", "ratio") and re.fullmatch(r"0\.0*5", f"{abs(figure.value):f}") is not None


def _comes_out(node: Node, figures: Sequence[Quantity], result: Quantity) -> bool:
    """Whether the expression gives the result within the digits that it is written with.

    Numbers without a unit stand in the unit of the result, or give a plain number or rate.
    """
    outcome = evaluate(node, lambda number: figures[number].base)
    if outcome is None:
        return False
    return any(
        abs(abs(outcome * scale) - abs(result.base)) <= result.half for scale in (Decimal(1), result.unit.factor)
    )


def _same(one: Quantity, other: Quantity) -> bool:
    """The same figure: as written where a unit is left out, else the same amount."""
    if one.unit.dimension == other.unit.dimension and one.unit.dimension != "none":
        return abs(one.base) == abs(other.base)
    return "none" in (one.unit.dimension, other.unit.dimension) and abs(one.value) == abs(other.value)


@lru_cache(maxsize=16)
def _settings(profile: Profile) -> frozenset[Decimal]:
    """Thresholds of the 口径 in use."""
    numbers = (profile.low_execution, profile.large_adjustment, profile.unexplained_adjustment, profile.decline)
    return frozenset((*numbers, profile.near_total, profile.full, *(least for _, least in profile.grades)))
