"""Automatic list numbers (自动编号) of Word documents: what Word draws before a paragraph but does not store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ROMAN = dict(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)
HEAVENLY = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written (numFmt), its pattern (%1、) and its first number."""

    form: str
    pattern: str
    start: int = 1


class Numberer:
    """Counts the paragraphs of every list in reading order and writes their numbers."""

    def __init__(self, lists: Mapping[str, Mapping[int, Level]], shared: Mapping[str, str]) -> None:
        """`lists`: levels by numId; `shared`: the abstract list behind each numId, whose counters they share."""
        self._lists = lists
        self._shared = shared
        self._counts: dict[str, dict[int, int]] = {}

    def next(self, number_id: str, level: int) -> str:
        """The number drawn before the next paragraph of this list and level: 一、 （二） 3. ; "" for bullets."""
        levels = self._lists.get(number_id, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._shared.get(number_id, number_id), {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if levels[level].form in ("bullet", "none"):
            return ""
        text = levels[level].pattern
        for one in range(level, -1, -1):
            if one in levels:
                text = text.replace(f"%{one + 1}", written(counts.get(one, levels[one].start), levels[one].form))
        return text


def chinese(number: int) -> str:
    """12 → 十二, 105 → 一百零五; for list numbers below a thousand."""
    digits = "零一二三四五六七八九"
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = digits[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def written(number: int, form: str) -> str:
    """A number in the writing that `form` (w:numFmt) names; plain digits for forms not known."""
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"):
        return chinese(number)
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= len(CIRCLED):
        return CIRCLED[number - 1]
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        text = ""
        for value, letters in ROMAN.items():
            text += letters * (number // value)
            number %= value
        return text.upper() if form == "upperRoman" else text
    if form == "ideographTraditional" and 0 < number <= len(HEAVENLY):
        return HEAVENLY[number - 1]
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def numberer(root: Any, name: Any, attribute: Any) -> Numberer:
    """The numberer of a parsed numbering.xml (None where the file has none).

    `name(element)` and `attribute(element, key)` read local names, whatever the namespace dialect.
    """
    abstract: dict[str, dict[int, Level]] = {}
    lists: dict[str, dict[int, Level]] = {}
    shared: dict[str, str] = {}
    for element in root if root is not None else ():
        if name(element) == "abstractNum":
            levels = {
                int(attribute(one, "ilvl") or 0): read_level(one, name, attribute)
                for one in element
                if name(one) == "lvl"
            }
            abstract[attribute(element, "abstractNumId")] = levels
    for element in root if root is not None else ():
        if name(element) != "num":
            continue
        number_id, behind, own = attribute(element, "numId"), "", {}
        for one in element:
            if name(one) == "abstractNumId":
                behind = attribute(one, "val")
            elif name(one) == "lvlOverride":
                own[int(attribute(one, "ilvl") or 0)] = one
        levels = dict(abstract.get(behind, {}))
        for ilvl, override in own.items():
            levels[ilvl] = overridden(levels.get(ilvl, Level("decimal", f"%{ilvl + 1}.")), override, name, attribute)
        lists[number_id] = levels
        shared[number_id] = number_id if own else behind
    return Numberer(lists, shared)


def read_level(element: Any, name: Any, attribute: Any) -> Level:
    """The Level that a w:lvl element states."""
    said = {name(one): attribute(one, "val") for one in element if name(one) in ("start", "numFmt", "lvlText")}
    start = said.get("start") or "1"
    return Level(said.get("numFmt") or "decimal", said.get("lvlText") or "", int(start) if start.isdecimal() else 1)


def overridden(level: Level, override: Any, name: Any, attribute: Any) -> Level:
    """The level as a w:lvlOverride changes it: a new definition, a new start, or both."""
    for one in override:
        if name(one) == "lvl":
            level = read_level(one, name, attribute)
    for one in override:
        if name(one) == "startOverride" and (attribute(one, "val") or "").isdecimal():
            level = Level(level.form, level.pattern, int(attribute(one, "val")))
    return level
