"""The only parser of numbers: cells, prose, questions and model output all go through here.

It says what a number is (value, unit, hedge, direction), never whether it is right. Dates, 文号, section
numbers and the like are no figures; see ingest.names. What words and units there are: units.toml.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from ingest.hedges import Direction, Relation, direction, hedge, hedge_of, is_direction, trailing_hedge
from ingest.names import is_date, is_name, plain, skip_name
from ingest.record import record
from ingest.units import NONE, Dimension, Unit, alike, convert, show, spellings, table, unit
from ingest.written import LONGEST, START, TO, Written, announced, decimal, past, written

__all__ = ["Dimension", "Quantity", "Relation", "Unit", "alike", "convert", "parse_cell", "quantities", "show", "unit"]


@record
class Quantity:
    """A number as written (数量). `value` is the written number in the written unit, with its own sign."""

    text: str
    """Exactly the characters `source[start:end]`, number and unit together."""
    span: tuple[int, int]
    value: Decimal
    places: int
    """Written decimal places (小数位); negative for 中文 round numbers is not used: 3亿 has 0."""
    unit: Unit
    relation: Relation = "="
    direction: Direction = 0
    """Direction word bound to it: 下降38.62% is -1, 增长 is +1; the value itself stays 38.62."""

    @property
    def base(self) -> Decimal:
        """Value in the base unit of its dimension."""
        return self.value * self.unit.factor

    @property
    def half(self) -> Decimal:
        """Half of the last written place, in the base unit: the tolerance that the digits themselves give."""
        return _half(self.places) * self.unit.factor


@lru_cache(maxsize=64)
def _half(places: int) -> Decimal:
    return Decimal(5).scaleb(-places - 1)


_LIST = re.compile(r"\s*(?:[、/]|和|与|及|以及)\s*")
_SIGNS = "-−－﹣–△+＋"
_NEGATIVE = "-−－﹣–△"
_YUAN = "￥¥"


def quantities(text: str, default: Unit | None = None) -> tuple[Quantity, ...]:
    """Every figure in `text`, in order; `default` is the unit of a bare number (a table's 单位). Never raises."""
    clean = plain(text)
    found: list[Quantity] = []
    at = last = 0
    while match := START.search(clean, at):
        start = match.start()
        if clean[start - 1 : start] in _BARS and (cell := _FILLS.match(clean, start)):
            found.append(_filling(text, cell, default))
            at = last = cell.end()
            continue
        read = None
        at = skip_name(clean, start)
        if at == start:
            read = written(clean, start)
            at = read.end if read else past(clean, start)
        if read and not (read.unit is NONE and is_name(clean, start, read.end, default is not None)):
            found.append(_bound(text, clean, start, last, read, default))
            last = read.end
    return _joined(clean, found) if len(found) > 1 else tuple(found)


_BARS = ("", "｜", "|")
_FILLS = re.compile(
    r"([0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,9})?|[0-9]{1,15}\.[0-9]{1,9}|[1-9][0-9]{0,2}|0)(%?)(?=[｜|]|\Z)"
)
"""A number that fills a cell of a row (…｜1,234.50｜98.5%｜…): nothing beside it can make it anything else."""


def _filling(text: str, cell: re.Match[str], default: Unit | None) -> Quantity:
    number, percent = cell.groups()
    known = spellings()["%"].unit if percent else default or NONE
    places = len(number.partition(".")[2])
    return Quantity(text[cell.start() : cell.end()], cell.span(), Decimal(number.replace(",", "")), places, known)


def _bound(text: str, clean: str, start: int, last: int, read: Written, default: Unit | None) -> Quantity:
    """The quantity at `start` with its sign, hedge and direction."""
    value, begin, known = read.value, start, read.unit
    mark = clean[start - 1 : start]
    if mark and mark in _SIGNS and start - 1 >= last and _is_sign(clean, start - 1, last):
        begin, value = start - 1, -value if mark in _NEGATIVE else value
    elif mark and mark in _YUAN:
        begin = start - 1
        known = spellings()["元"].unit if known is NONE else known
    if known is NONE:
        known = default or announced(clean, begin)
    relation = hedge(clean, begin, read.end, lasting=known.dimension == "duration")
    return Quantity(
        text[begin : read.end],
        (begin, read.end),
        value,
        read.places,
        known,
        relation if relation != "=" else read.relation,
        direction(clean, max(last, begin - 14), begin),
    )


def _is_sign(clean: str, at: int, last: int) -> bool:
    """Whether the mark at `at` is a sign: not a hyphen after a number, a Latin letter, a bracket or another dash."""
    before = clean[at - 1 : at]
    if not before or before.isspace():
        return not before or clean[at] != "+"
    if at == last and last > 0:
        return False
    return not (before.isascii() and before.isalnum()) and before not in ")）]】%—–-－/"


def _joined(clean: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Ranges (3至10个月) become two ends; in a list (5、6和7家) unit and direction hold for all members."""
    dropped: set[int] = set()
    for place in range(len(found) - 2, -1, -1):
        first, second = found[place], found[place + 1]
        gap = clean[first.span[1] : second.span[0]]
        if len(gap) > 6 or gap in _BARS:
            continue
        bare = first.unit.dimension == "none" and not first.unit.name
        if TO.fullmatch(gap) and _is_range(clean, first, second, bare, gap.strip()):
            if second.unit.name in _series() and first.value == 1 and gap.strip() != "到":
                dropped |= {place, place + 1}
            found[place] = replace(first, unit=second.unit if bare else first.unit, relation="从")
            found[place + 1] = replace(second, relation="到", direction=first.direction)
        elif bare and second.unit.name and (_LIST.fullmatch(gap) or _is_list(clean, first, gap)):
            found[place] = replace(first, unit=second.unit)
    for place in range(1, len(found)):
        first, second = found[place - 1], found[place]
        same = first.direction and not second.direction and first.unit.dimension == second.unit.dimension
        if same and _LIST.fullmatch(clean, first.span[1], second.span[0]):
            found[place] = replace(second, direction=first.direction)
    return tuple(item for place, item in enumerate(found) if place not in dropped)


@cache
def _series() -> frozenset[str]:
    return frozenset(table()["names"]["series"])


def _is_list(clean: str, first: Quantity, gap: str) -> bool:
    """Members set apart by commas: 分别为120，130万元."""
    return gap in ("，", ",") and "分别" in clean[max(0, first.span[0] - 30) : first.span[0]]


def _is_range(clean: str, first: Quantity, second: Quantity, bare: bool, mark: str) -> bool:
    """A hyphen between two numbers is a range only where they rise and nothing is being calculated."""
    if second.text[0] in _SIGNS and mark in "-－–—":
        return False
    if not bare and first.unit.dimension != second.unit.dimension:
        return False
    if mark in ("至", "到"):
        return first.value != second.value
    low, high = (first.value, second.value) if bare else (first.base, second.base)
    around = clean[: first.span[0]][-3:].rstrip()[-1:] + clean[second.span[1] : second.span[1] + 3].lstrip()[:1]
    return low < high and not any(char in "=＝+＋×÷*/" for char in around)


_BLANK = re.compile(r"[-—–－─/／\\\s*＊.。…]*|不适用|无|暂无|未填报?|空|N/?A|n/?a|#.*|[xX×]+")
_CELL = re.compile(
    r"(?P<open>[（(])?\s*(?P<hedge>[≥≤><＞＜≧≦=＝]=?|[^0-9\s（(￥¥]{1,5}?)??\s*"
    r"(?P<sign>[-−－﹣–—△+＋])?\s*[￥¥]?\s*(?P<number>[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<power>[eE][+-]?[0-9]{1,2})?\s*(?P<unit>[（(][^0-9\s]{1,8}[)）]|[^0-9]{0,12}?)\s*(?P<close>[)）])?"
)
_BROKEN = re.compile(r"(?<=[0-9][,.])\s+(?=[0-9])|(?<=[0-9])\s+(?=[,.][0-9])")


@lru_cache(1 << 13)
def parse_cell(text: str, unit: Unit | None) -> Quantity | None:
    """The figure of a whole table cell; `unit` is the unit of its column or table, for a bare number.

    None for words, blanks and dashes (—, /, 不适用): a blank is not zero. None also for two numbers in one cell.
    Brackets mean minus, （1,234.5） is -1234.5. A number broken over two lines at its comma or point is one number.
    Kept, since ledger and reviewer ask for a cell five times over.
    """
    clean = plain(text).strip()
    if _BLANK.fullmatch(clean) or is_date(clean):
        return None
    match = _CELL.fullmatch(clean) or _CELL.fullmatch(_BROKEN.sub("", clean))
    if match is None or len(match["number"]) > LONGEST:
        return _alone(text, unit)
    known, relation = _cell_unit("".join(match["unit"].split()), unit)
    before = match["hedge"] or "="
    if known is None or (before not in "=＝" and hedge_of(before) is None):
        return _alone(text, unit)
    if bool(match["open"]) != bool(match["close"]):
        return None
    value = decimal(match["number"] + (match["power"] or ""))
    if match["open"] or (match["sign"] or "+") in _NEGATIVE + "—":
        value = -value
    places = max(0, -int(value.as_tuple().exponent))
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return Quantity(text[start:end], (start, end), value, places, known, hedge_of(before) or relation)


def _cell_unit(written: str, default: Unit | None) -> tuple[Unit | None, Relation]:
    """The unit written in a cell after its number, and a hedge after that; no unit at all where it is none."""
    name, relation = trailing_hedge(written)
    if name:
        return unit(name), relation
    return default or NONE, relation


def _alone(text: str, default: Unit | None) -> Quantity | None:
    """A cell that is one quantity in some other writing (三家, 百分之五, 30余场, 下降3%), and nothing besides."""
    found = quantities(text, default)
    if len(found) != 1:
        return None
    before, after = text[: found[0].span[0]].strip(), text[found[0].span[1] :].strip(" \n\t。")
    if before and hedge_of(before) is None and not is_direction(before):
        return None
    return found[0] if not after or hedge_of(after) else None
