"""Inputs of indicators (指标输入): which facts of the ledger state one, the best first. Never guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.fact import Fact, label
from ingest.reading import Reading


@dataclass(frozen=True, slots=True)
class Input:
    """An input role of a formula (指标输入)."""

    key: str
    name: str
    labels: tuple[str, ...]
    """Words that name it, most telling first; `/` separates parts that must all occur, in order."""
    exclude: tuple[str, ...] = ()
    """Regular expressions; a label in which one is found does not name the input."""
    bases: tuple[str, ...] = ()
    """口径 admitted; empty: any."""
    dimension: str = "money"
    when: int = 0
    """Year relative to the year under review."""
    supplier: str = ""
    optional: bool = False
    """Needed only by a variant."""
    carried: bool = False
    """What last year left opens this year: a figure told of last year (上年结转、上年末) answers too."""
    loose: tuple[str, ...] = ()
    """Words that name it only where nothing closer does (在职、编制)."""
    kinds: tuple[str, ...] = ()
    """Kinds that make it up together (行政、事业): a figure of one kind alone is not the input."""


def find(wanted: Input, readings: Sequence[Reading]) -> tuple[Fact, ...]:
    """Facts that state this input, the best first, one for each distinct value."""
    ranked: list[tuple[tuple[int, int, int, int], int, Fact]] = []
    year = readings[0].report.year if readings else None
    for order, fact in enumerate(fact for reading in readings for fact in reading.facts):
        rank = _rank(wanted, fact, year)
        if rank is not None:
            ranked.append((rank, order, fact))
    ranked.sort(key=lambda item: item[:2])
    if not ranked:
        return ()
    best = ranked[0][0][0]
    chosen: list[Fact] = []
    for rank, _, fact in ranked:
        if rank[0] == best and all(not _same(fact, other) for other in chosen):
            chosen.append(fact)
    return tuple(chosen)


def find_kinds(wanted: Input, readings: Sequence[Reading]) -> tuple[Fact, ...]:
    """The figures by kind (行政 43 名、事业 104 名) of an input whose sum nothing states: of one total row or sentence.

    One figure alone answers where the report knows no other kind.
    """
    year = readings[0].report.year if readings else None
    rows: dict[tuple[str, int | None, int | None, int | None], list[Fact]] = {}
    for fact in (fact for reading in readings if wanted.kinds for fact in reading.facts):
        if any(kind in label(fact) for kind in wanted.kinds) and _rank(wanted, fact, year, by_kind=True) is not None:
            place = fact.place
            rows.setdefault((place.report, place.table, place.row, None if place.table else place.block), []).append(
                fact
            )
    whole = [row for row in rows.values() if row[0].kind == "prose" or _TOTAL.search(row[0].subject)]
    alone = len(whole) == 1 and (len(whole[0]) > 1 or len(rows) == 1)
    return tuple(whole[0]) if alone else ()


def _same(one: Fact, other: Fact) -> bool:
    """Equal within the digits that each of them writes."""
    gap = abs(one.quantity.base - other.quantity.base)
    return gap <= max(one.quantity.half, other.quantity.half)


def _rank(wanted: Input, fact: Fact, year: int | None, by_kind: bool = False) -> tuple[int, int, int, int] | None:
    """How well a fact answers an input (or, `by_kind`, a kind of it), least is best; None if it does not.

    First whether the label names something more (a project, a part) or the input but loosely, then label position,
    surplus, prose after table.
    """
    if wanted.bases and fact.basis not in wanted.bases:
        return None
    dimension = fact.dimension
    if dimension != wanted.dimension and not (wanted.dimension == "count" and dimension == "none"):
        return None
    before = False
    if year is not None and not _in_year(fact.period, year + wanted.when, lenient=wanted.when == 0):
        if not wanted.carried or not _in_year(fact.period, year - 1, lenient=False):
            return None
        before = True
    text = _said(label(_uncaptioned(fact) if dimension != "money" else fact))
    if by_kind:
        text = re.sub("|".join(wanted.kinds), "", text)
    if before and not re.search(r"上年|末", text):
        return None
    for position, words in enumerate((*wanted.labels, *wanted.loose)):
        if _occur(words, text):
            if excluded(wanted.exclude).search(text) or any(kind in text for kind in wanted.kinds):
                return None
            rest = _rest(words, text)
            if rest and wanted.dimension == "money":
                continue
            closeness = 2 if position >= len(wanted.labels) else int(bool(rest))
            return (closeness, position, len(rest), 0 if fact.kind == "table" else 1)
    return None


@lru_cache(maxsize=1024)
def excluded(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds one of these expressions; nothing, for none."""
    return re.compile("|".join(f"(?:{word})" for word in words) or r"(?!)")


_TOTAL = re.compile(r"(?:合计|总计)$")


def _uncaptioned(fact: Fact) -> Fact:
    """A figure of a total row without the name of the table that the row's name opens with."""
    total = _TOTAL.search(fact.subject)
    return replace(fact, subject=total[0]) if total else fact


_NEUTRAL = re.compile(
    r"20\d\d年?度?[初末]?|上年度?|部门|单位(?!资金(?![总合使]))|整体|本年度?|全年|年度|年末|年初部门|年初预算|调整后预算|全年预算|调整预算|调整数|预算|决算|执行|实际|支出|收入|金额|"
    r"政府采购|采购|三公经费|经费|核定|编报|控制|最终|对比|对照|比较|合计|总计|小计|总额|累计|安排|批复|资金|使用|明细|情况|账面|现场|盘点|发现|[数额人名（）]"
)
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|其中[：:]?)"
)
"""Numbering in front of a row's name."""


def _rest(words: str, text: str) -> str:
    """What a label says beyond the input's own words and words of year and basis."""
    for part in _parts(words):
        text = text.replace(part, "", 1)
    return _NEUTRAL.sub("", text)


def _in_year(period: str, year: int, lenient: bool) -> bool:
    years = _years(period)
    return year in years if years else lenient


@lru_cache(maxsize=4096)
def _years(period: str) -> frozenset[int]:
    return frozenset(int(found) for found in re.findall(r"(?:19|20)\d\d", period))


def _occur(words: str, text: str) -> bool:
    start = 0
    for part in _parts(words):
        at = text.find(part, start)
        if at < 0:
            return False
        start = at + len(part)
    return True


@lru_cache(maxsize=4096)
def _parts(words: str) -> tuple[str, ...]:
    return tuple(map(plain, words.split("/")))


@lru_cache(maxsize=65536)
def _said(name: str) -> str:
    """A label without the numbering in front of its parts, marks and brackets."""
    return plain("/".join(_NUMBERED.sub("", part) for part in name.split("/")))


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A name without marks and brackets."""
    return re.sub(r"[\s“”\"‘’（）()/：:、，,·]", "", text)
