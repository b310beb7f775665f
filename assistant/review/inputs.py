"""Inputs of indicators (指标输入): which facts of the ledger state one, the best first. Never guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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


def _same(one: Fact, other: Fact) -> bool:
    """Equal within the digits that each of them writes."""
    gap = abs(one.quantity.base - other.quantity.base)
    return gap <= max(one.quantity.half, other.quantity.half)


def _rank(wanted: Input, fact: Fact, year: int | None) -> tuple[int, int, int, int] | None:
    """How well a fact answers an input, least is best; None if it does not.

    First whether the label names something more (a project, a part), then label position, surplus, prose after table.
    """
    dimension = fact.quantity.unit.dimension
    if dimension != wanted.dimension and not (wanted.dimension == "count" and dimension == "none"):
        return None
    if wanted.bases and fact.basis not in wanted.bases:
        return None
    text = _said(label(fact))
    if year is not None and not _in_year(fact.period, year + wanted.when, lenient=wanted.when == 0):
        told = wanted.carried and re.search(r"上年|末", text)
        if not told or not _in_year(fact.period, year - 1, lenient=False):
            return None
    if any(plain(word) in text for word in wanted.exclude):
        return None
    for position, words in enumerate(wanted.labels):
        if _occur(words, text):
            rest = _rest(words, text)
            if rest and wanted.dimension == "money":
                continue
            return (int(bool(rest)), position, len(rest), 0 if fact.kind == "table" else 1)
    return None


_NEUTRAL = re.compile(
    r"20\d\d年?度?[初末]?|上年度?|部门|单位|整体|本年度?|全年|年度|年末|年初部门|年初预算|调整后预算|全年预算|调整预算|预算|决算|执行|实际|支出|收入|金额|"
    r"政府采购|采购|三公经费|经费|合计|总计|总额|累计|安排|批复|资金|使用|明细|情况|[数额人名（）]"
)
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|其中[：:]?)"
)
"""Numbering in front of a row's name."""


def _rest(words: str, text: str) -> str:
    """What a label says beyond the input's own words and words of year and basis."""
    for part in words.split("/"):
        text = text.replace(plain(part), "", 1)
    return _NEUTRAL.sub("", text)


def _in_year(period: str, year: int, lenient: bool) -> bool:
    years = {int(found) for found in re.findall(r"(?:19|20)\d\d", period)}
    return year in years if years else lenient


def _occur(words: str, text: str) -> bool:
    start = 0
    for part in words.split("/"):
        at = text.find(plain(part), start)
        if at < 0:
            return False
        start = at + len(plain(part))
    return True


@lru_cache(maxsize=65536)
def _said(name: str) -> str:
    """A label without the numbering in front of its parts, marks and brackets."""
    return plain("/".join(_NUMBERED.sub("", part) for part in name.split("/")))


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A name without marks and brackets."""
    return re.sub(r"[\s“”\"‘’（）()/：:、，,·]", "", text)
