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
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.answer import Indicator
from assistant.review.inputs import Input, find, plain
from assistant.wording import written
from ingest.fact import Fact
from ingest.reading import Reading


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


def stated_inputs(reading: Reading) -> dict[str, Fact]:
    """By its name, the figure of each input of which a report says one thing only."""
    inputs = {wanted.name: wanted for card in reversed(cards()) for wanted in card.inputs}
    found = {name: find(wanted, [reading]) for name, wanted in inputs.items()}
    return {name: facts[0] for name, facts in found.items() if len(facts) == 1}


def card(name: str) -> Card | None:
    """The card of this name or alias (quotes and spaces do not matter), or None."""
    wanted = plain(name)
    for each in cards():
        if wanted in {plain(known) for known in (each.name, *each.aliases)}:
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
    sized = re.sub(r"abs\(-?([^()\s]+)\)", r"\1", text)  # of a single figure the size is written, not the word for it
    return f"{_signs(sized)}＝{result}"


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


def worded(formula: str, values: Mapping[str, Decimal], said: Mapping[str, str]) -> str:
    """The formula with figures as they are said in it; an absolute value as what it comes to (b－a for |a－b|)."""
    return _text(ast.parse(formula, mode="eval").body, values, said)


def _text(node: ast.expr, values: Mapping[str, Decimal], said: Mapping[str, str]) -> str:
    match node:
        case ast.Name(id=name):
            return said[name]
        case ast.Call(args=[ast.BinOp(left=left, op=ast.Sub(), right=right) as inner]) if _value(inner, values) < 0:
            return _text(ast.BinOp(right, ast.Sub(), left), values, said)
        case ast.Call(args=[inner]):
            return _text(inner, values, said)
        case ast.BinOp(left=left, op=operator, right=right):
            one, other = _text(left, values, said), _text(right, values, said)
            if isinstance(operator, ast.Div | ast.Mult):
                return f"{one}{'÷' if isinstance(operator, ast.Div) else '×'}{other}"
            return f"（{one}{'＋' if isinstance(operator, ast.Add) else '－'}{other}）"
    raise ValueError(f"指标公式只许用 + - * / 与输入名：{ast.dump(node)}")


def _card(row: Mapping[str, Any]) -> Card:
    inputs = tuple(map(input_of, row["input"]))
    variants = tuple(Variant(**each) for each in row.get("variant", ()))
    rest = {key: value for key, value in row.items() if key not in ("input", "variant")}
    return Card(inputs=inputs, variants=variants, **_frozen(rest))


def input_of(row: Mapping[str, Any]) -> Input:
    """An input as a data file tells it."""
    return Input(**_frozen(row))


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
