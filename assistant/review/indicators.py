"""Indicator cards (指标卡): formulas over the ledger, kept as data in indicators.toml.

A card is computed from facts, computed under a stated premise, or reported as missing with the
input that lacks and who supplies it. It never guesses an input and never gives a score.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.answer import Indicator
from assistant.wording import written
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


@dataclass(frozen=True, slots=True)
class Variant:
    """The same indicator by another formula, which holds under a premise (替代口径)."""

    formula: str
    premise: str


@dataclass(frozen=True, slots=True)
class Card:
    """An indicator as data. `scoring` are examples only (示例)."""

    name: str
    formula: str
    unit: str
    basis: str
    inputs: tuple[Input, ...]
    aliases: tuple[str, ...] = ()
    scoring: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()


@cache
def cards() -> tuple[Card, ...]:
    """All cards, in the order of the data file."""
    data = tomllib.loads(files("assistant.review").joinpath("indicators.toml").read_text(encoding="utf-8"))
    return tuple(_card(row) for row in data["card"])


def card(name: str) -> Card | None:
    """The card of this name or alias (quotes and spaces do not matter), or None."""
    wanted = _plain(name)
    for each in cards():
        if wanted in {_plain(known) for known in (each.name, *each.aliases)}:
            return each
    return None


def compute(card: Card, readings: Sequence[Reading]) -> Indicator:
    """The card filled in from the facts of the readings; status computed, conditional or missing.

    The first reading is the one under review; its year decides which facts are this year's and which last year's.
    """
    found: dict[str, tuple[Fact, ...]] = {each.key: find(each, readings) for each in card.inputs}
    tries = [("", card.formula), *((variant.premise, variant.formula) for variant in card.variants)]
    for premise, formula in tries:
        keys = names(formula)
        if all(found[key] for key in keys):
            return _filled(card, formula, premise, {key: found[key] for key in keys})
    lacking = [each for each in card.inputs if not found[each.key] and not each.optional]
    given = [facts[0] for facts in found.values() if facts]
    return Indicator(
        name=card.name,
        status="missing",
        unit=card.unit,
        formula=_worded(card, card.formula),
        inputs=tuple(_shown(card, key, facts[0]) for key, facts in found.items() if facts),
        missing=tuple(f"{each.name}（由{each.supplier}提供）" for each in lacking),
        basis=card.basis,
        places=tuple(fact.place for fact in given),
    )


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
    if any(_plain(word) in text for word in wanted.exclude):
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
        text = text.replace(_plain(part), "", 1)
    return _NEUTRAL.sub("", text)


def _in_year(period: str, year: int, lenient: bool) -> bool:
    years = {int(found) for found in re.findall(r"(?:19|20)\d\d", period)}
    return year in years if years else lenient


def _occur(words: str, text: str) -> bool:
    start = 0
    for part in words.split("/"):
        at = text.find(_plain(part), start)
        if at < 0:
            return False
        start = at + len(_plain(part))
    return True


@lru_cache(maxsize=65536)
def _said(name: str) -> str:
    """A label without the numbering in front of its parts, marks and brackets."""
    return _plain("/".join(_NUMBERED.sub("", part) for part in name.split("/")))


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    return re.sub(r"[\s“”\"‘’（）()/：:、，,·]", "", text)


def _filled(card: Card, formula: str, premise: str, found: Mapping[str, tuple[Fact, ...]]) -> Indicator:
    values = {key: facts[0].quantity.base for key, facts in found.items()}
    premises = [premise] if premise else []
    for key, facts in found.items():
        if len(facts) > 1:
            stated = "、".join(written(fact.quantity) for fact in facts)
            name = next(each.name for each in card.inputs if each.key == key)
            premises.append(f"报告对“{name}”给出{stated}，不能同时成立，此处按{written(facts[0].quantity)}计算")
    places = tuple(fact.place for facts in found.values() for fact in facts)
    inputs = tuple(_shown(card, key, facts[0]) for key, facts in found.items())
    result = evaluate(formula, values)
    if result is None:
        return Indicator(
            card.name,
            "missing",
            "",
            card.unit,
            _worded(card, formula),
            inputs,
            "",
            ("分母为0，不适用",),
            card.basis,
            places,
        )
    shown = result * 100 if card.unit == "%" else result
    return Indicator(
        name=card.name,
        status="conditional" if premises else "computed",
        value=f"{_rounded(shown):f}",
        unit=card.unit,
        formula=_worded(card, formula),
        inputs=inputs,
        premise="；".join(premises),
        basis=card.basis,
        places=places,
        working=_working(formula, found, f"{_rounded(shown):f}{card.unit}"),
    )


def _working(formula: str, found: Mapping[str, tuple[Fact, ...]], result: str) -> str:
    """The formula with the figures in it, one of them as written per input, and the result."""
    if formula in found:
        return written(found[formula][0].quantity)
    text = re.sub(r"[a-z_]+", lambda key: written(found[key[0]][0].quantity) if key[0] in found else key[0], formula)
    return f"{_signs(text)}＝{result}"


def _signs(text: str) -> str:
    return text.replace("/", "÷").replace(" - ", "－").replace(" + ", "＋").replace(" ÷ ", "÷").replace("abs", "绝对值")


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _shown(card: Card, key: str, fact: Fact) -> str:
    name = next(each.name for each in card.inputs if each.key == key)
    return f"{name}＝{fact.quantity.text}"


def _worded(card: Card, formula: str) -> str:
    names = {each.key: each.name for each in card.inputs}
    text = re.sub(r"[a-z_]+", lambda found: names.get(found[0], found[0]), formula)
    return _signs(text)


def names(formula: str) -> tuple[str, ...]:
    """Input keys of a formula, in order."""
    tree = ast.parse(formula, mode="eval")
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id != "abs"]
    return tuple(dict.fromkeys(names))


def evaluate(formula: str, values: Mapping[str, Decimal]) -> Decimal | None:
    """The formula in Decimal; None where it divides by zero."""
    try:
        return _value(ast.parse(formula, mode="eval").body, values)
    except (DivisionByZero, InvalidOperation):
        return None


def _value(node: ast.expr, values: Mapping[str, Decimal]) -> Decimal:
    match node:
        case ast.Name(id=name):
            return values[name]
        case ast.Constant(value=int(number)):
            return Decimal(number)
        case ast.Call(func=ast.Name(id="abs"), args=[inner]):
            return abs(_value(inner, values))
        case ast.BinOp(left=left, op=operator, right=right):
            one, other = _value(left, values), _value(right, values)
            match operator:
                case ast.Add():
                    return one + other
                case ast.Sub():
                    return one - other
                case ast.Mult():
                    return one * other
                case ast.Div():
                    return one / other
    raise ValueError(f"指标公式只许用 + - * / 与输入名：{ast.dump(node)}")


def _card(row: Mapping[str, Any]) -> Card:
    inputs = tuple(Input(**_frozen(each)) for each in row["input"])
    variants = tuple(Variant(**each) for each in row.get("variant", ()))
    rest = {key: value for key, value in row.items() if key not in ("input", "variant")}
    return Card(inputs=inputs, variants=variants, **_frozen(rest))


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
