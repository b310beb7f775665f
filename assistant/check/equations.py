"""Arithmetic that a text writes out (79435.09÷80823.92=98.28%), read and worked out again in Decimal.

Finds and evaluates; whether the numbers in it are the report's is judged elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from ingest.quantity import Quantity

_SIGNS = {
    **dict.fromkeys(("+", "＋", "加", "加上"), "+"),
    **dict.fromkeys(("-", "－", "−", "–", "—", "减", "减去"), "-"),
    **dict.fromkeys(("×", "*", "✕", "乘以"), "*"),
    **dict.fromkeys(("÷", "/", "除以"), "/"),
    **dict.fromkeys(("=", "＝", "≈", "等于"), "="),
    **dict.fromkeys(("(", "（", "[", "〔"), "("),
    **dict.fromkeys((")", "）", "]", "〕"), ")"),
}
_TOKEN = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)) + r"|\s+")
_OPERATION = re.compile(r"[-+＋－−–—×*✕÷/＝=≈加减乘除等]")
_MINUS = "-－−–—"
DIGITS = 40
"""Decimal digits that a quotient is carried to."""

Node = int | tuple[str, "Node", "Node"]
Token = int | str
"""A number (by its index among the sentence's figures) or an operation on two nodes."""


@dataclass(frozen=True, slots=True)
class Equation:
    """An expression over figures of a sentence and the figure that it is said to give."""

    node: Node
    operands: tuple[int, ...]
    result: int


def equations(text: str, figures: Sequence[Quantity], offset: int = 0) -> tuple[Equation, ...]:
    """The equations in a sentence; figures are its quantities, their spans counted from `offset` before it."""
    found: list[Equation] = []
    if len(figures) < 3 or not _OPERATION.search(text):
        return ()
    for run in _runs(text, figures, offset):
        found += _equations(run)
    return tuple(found)


_NAMED = re.compile(r"(?P<name>[一-鿿A-Za-z“”]{2,30})\s*[=＝]\s*(?P<rest>[^=＝，。；,;：:\d]{3,120})")
_WORD = re.compile(r"[^-+＋－−–×*÷/()（）\s]+")


def named_formula(text: str) -> Iterator[tuple[str, Node, tuple[str, ...]]]:
    """Formulas written in words (执行率=决算数÷预算数): name, expression over the numbers of its words, the words."""
    for match in _NAMED.finditer(text) if "=" in text or "＝" in text else ():
        words: list[str] = []
        tokens: list[Token] = []
        rest = match["rest"]
        at = 0
        while at < len(rest):
            if word := _WORD.match(rest, at):
                words.append(word[0])
                tokens.append(len(words) - 1)
                at = word.end()
            else:
                sign = _SIGNS.get(rest[at])
                tokens += [sign] if sign else []
                at += 1
        node = _parse(_balanced(tokens))
        if isinstance(node, tuple):
            words[-1] = re.sub("(?:计算|得出|代入).*$", "", words[-1])
            yield match["name"], node, tuple(words)


def evaluate(node: Node, value: Callable[[int], Decimal]) -> Decimal | None:
    """The value of an expression; None where it divides by zero."""
    if isinstance(node, int):
        return value(node)
    left, right = evaluate(node[1], value), evaluate(node[2], value)
    if left is None or right is None or (node[0] == "/" and not right):
        return None
    with localcontext(prec=DIGITS):
        match node[0]:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case _:
                return left / right


def written(node: Node, texts: Mapping[int, str], outer: str = "") -> str:
    """The expression as a reader writes it."""
    if isinstance(node, int):
        return texts[node]
    sign = {"+": "+", "-": "−", "*": "×", "/": "÷"}[node[0]]
    inner = f"{written(node[1], texts, node[0])}{sign}{written(node[2], texts, node[0] + 'r')}"
    needed = (node[0] in "+-" and outer[:1] in ("*", "/", "-") and outer != "-") or (node[0] in "*/" and outer == "/r")
    return f"({inner})" if needed else inner


def _runs(text: str, figures: Sequence[Quantity], offset: int) -> list[list[Token]]:
    """Stretches of figures and signs with nothing else between them."""
    starts = {quantity.span[0] - offset: number for number, quantity in enumerate(figures)}
    runs: list[list[Token]] = [[]]
    at = 0
    while at < len(text):
        if at in starts:
            number = starts[at]
            if (
                figures[number].text[0] in _MINUS
                and runs[-1]
                and (isinstance(runs[-1][-1], int) or runs[-1][-1] == ")")
            ):
                runs[-1].append("-")
            runs[-1].append(number)
            at = figures[number].span[1] - offset
        elif sign := _TOKEN.match(text, at):
            if sign[0].strip():
                runs[-1].append(_SIGNS[sign[0]])
            at = sign.end()
        else:
            if runs[-1]:
                runs.append([])
            at += 1
    return [run for run in runs if sum(isinstance(token, int) for token in run) > 1]


def _equations(run: list[Token]) -> list[Equation]:
    sides: list[list[Token]] = [[]]
    for token in run:
        if token == "=":
            sides.append([])
        else:
            sides[-1].append(token)
    if len(sides) == 1:
        return _explained(sides[0])
    found: list[Equation] = []
    node: Node | None = None
    for side in sides:
        parsed = _parse(_balanced(side))
        if isinstance(parsed, tuple):
            node = parsed
        elif isinstance(parsed, int) and node is not None:
            found.append(Equation(node, leaves(node), parsed))
    return found


def _explained(side: list[Token]) -> list[Equation]:
    """96.03%（20560.78÷21411.17）: a figure followed by its calculation in brackets."""
    if len(side) > 3 and isinstance(side[0], int) and side[1] == "(":
        node = _parse(_balanced(side[1:]))
        if isinstance(node, tuple):
            return [Equation(node, leaves(node), side[0])]
    return []


def _balanced(side: list[Token]) -> list[Token]:
    """Without brackets that belong to the sentence around: an unmatched one at either end is dropped."""
    side = list(side)
    while side and side[0] in ("(", "*", "/", "+") and (side.count("(") > side.count(")") or side[0] != "("):
        side.pop(0)
    while (
        side and side[-1] in (")", "(", "+", "-", "*", "/") and (side.count(")") > side.count("(") or side[-1] != ")")
    ):
        side.pop()
    return side


def leaves(node: Node) -> tuple[int, ...]:
    """The numbers of an expression, from left to right."""
    return (node,) if isinstance(node, int) else (*leaves(node[1]), *leaves(node[2]))


def _parse(tokens: list[Token]) -> Node | None:
    """A tree for the tokens of one side, None where they are no expression."""
    rest = list(reversed(tokens))
    node = _sum(rest)
    return node if not rest else None


def _sum(rest: list[Token]) -> Node | None:
    return _chain(rest, ("+", "-"), _product)


def _product(rest: list[Token]) -> Node | None:
    return _chain(rest, ("*", "/"), _atom)


def _chain(rest: list[Token], signs: tuple[str, ...], part: Callable[[list[Token]], Node | None]) -> Node | None:
    node = part(rest)
    while node is not None and rest and rest[-1] in signs:
        sign = str(rest.pop())
        right = part(rest)
        node = None if right is None else (sign, node, right)
    return node


def _atom(rest: list[Token]) -> Node | None:
    if not rest:
        return None
    token = rest.pop()
    if isinstance(token, int):
        return token
    if token == "(":
        node = _sum(rest)
        return node if node is not None and rest and rest.pop() == ")" else None
    return None
