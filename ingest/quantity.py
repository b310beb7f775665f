"""The only parser of numbers: cells, prose, questions and model output all go through here.

It says what a number is (value, unit, hedge, direction), never whether it is right. Dates, 文号, section
numbers and the like are no figures; see ingest.names. What words and units there are: units.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal

from ingest.names import counts_as_figure, is_date, is_name, lexical_end, plain, skip_name
from ingest.numerals import numeral
from ingest.units import NONE, Dimension, Spelling, Unit, alike, convert, ratio_of, show, spellings, table, unit

__all__ = ["Dimension", "Quantity", "Relation", "Unit", "alike", "convert", "parse_cell", "quantities", "show", "unit"]

Relation = Literal["=", "约", ">", "<", "≥", "≤", "余", "从", "到"]
"""`从` and `到` are the two ends of a range (3至10个月); 余: 30余场, at least that and less than one more step."""


@dataclass(frozen=True, slots=True)
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
    direction: Literal[-1, 0, 1] = 0
    """Direction word bound to it: 下降38.62% is -1, 增长 is +1; the value itself stays 38.62."""

    @property
    def base(self) -> Decimal:
        """Value in the base unit of its dimension."""
        return self.value * self.unit.factor

    @property
    def half(self) -> Decimal:
        """Half of the last written place, in the base unit: the tolerance that the digits themselves give."""
        return Decimal(5).scaleb(-self.places - 1) * self.unit.factor


_START = re.compile("[0-9零〇一二三四五六七八九十两半百千万壹贰叁肆伍陆柒捌玖拾貳參]")
_DIGITS = re.compile(
    r"(?:[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:，[0-9]{3})+)(?![0-9])|[0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,2})(?![0-9A-Za-z]))?"
)
_FRACTION = re.compile(r"([0-9]{1,3})\s?分之\s?([0-9]{1,3}(?:\.[0-9]+)?)|([0-9]{1,2})/([0-9]{1,2})(?![0-9/月日年])")
_WORDS = "零〇○一二三四五六七八九两壹贰叁肆伍陆柒捌玖貳參"
_NUMERAL = re.compile(rf"[{_WORDS}十拾][{_WORDS}十百千万亿拾佰仟萬億]*(?:点[{_WORDS}]+[万亿]*)?|[百千](?=[余多])")
_SHARE = re.compile(
    rf"([百千万十{_WORDS}]+)分之\s?(?:([0-9]+(?:\.[0-9]+)?)|([{_WORDS}十百][{_WORDS}十百]*(?:点[{_WORDS}]+)?))"
)
_GAP = re.compile(r"[ \t\u3000\xa0]{0,3}\n{0,2}[ \t\u3000]{0,3}")
_RANGE = re.compile(r"\s*(?:[-－–—~～]{1,2}|至|到)\s*")
_LIST = re.compile(r"\s*(?:[、/]|和|与|及|以及)\s*")
_SIGNS = "-−－﹣–△+＋"
_NEGATIVE = "-−－﹣–△"
_STEP = {"余": "余", "多": "余"}
_PER = {"百": "%", "千": "‰"}


@dataclass(frozen=True, slots=True)
class _Read:
    """A number with its unit, before hedge, sign and direction."""

    end: int
    value: Decimal
    places: int
    unit: Unit
    relation: Relation = "="


def quantities(text: str, default: Unit | None = None) -> tuple[Quantity, ...]:
    """Every figure in `text`, in order; `default` is the unit of a bare number (a table's 单位). Never raises."""
    clean = plain(text)
    found: list[Quantity] = []
    at, last = 0, 0
    while match := _START.search(clean, at):
        start = match.start()
        read = None
        at = skip_name(clean, start)
        if at == start:
            read = _digits(clean, start) if clean[start] <= "9" else _words(clean, start)
            at = read.end if read else _past(clean, start)
        if read and not is_name(clean, start, read.end, read.unit is NONE, default is not None):
            found.append(_bound(text, clean, start, last, read, default))
            last = read.end
    return _joined(clean, found) if len(found) > 1 else tuple(found)


def _past(clean: str, start: int) -> int:
    """Where to look on after something at `start` that was no figure."""
    match = _DIGITS.match(clean, start) or _NUMERAL.match(clean, start)
    return max(match.end() if match else 0, start + 1)


def _digits(clean: str, start: int) -> _Read | None:
    """A number in digits: 12,345.67万元, 1亿2000万元, 3/4, 4分之3."""
    if (share := _FRACTION.match(clean, start)) and (read := _fraction(share)):
        return read
    match = _DIGITS.match(clean, start)
    if match is None or match.end() - start > 30:
        return None
    value = Decimal(match.group().replace(",", "").replace("，", ""))
    places = max(0, len(match.group(1) or "") - int(match.group(2) or 0))
    read = _unit(clean, match.end(), value, places, numeral=False)
    if read.unit.dimension == "none" and read.unit.name and clean[read.end : read.end + 1].isdigit():
        return _compound(clean, read)
    return read


def _compound(clean: str, large: _Read) -> _Read:
    """1亿2000万元 is 12000万元; anything else keeps the first part alone."""
    match = _DIGITS.match(clean, large.end)
    if match is None or match.group(2):
        return large
    small = _unit(
        clean, match.end(), Decimal(match.group().replace(",", "").replace("，", "")), len(match.group(1) or ""), False
    )
    scale = next((Decimal(size) for name, size in _scales() if name and small.unit.name.startswith(name)), Decimal(1))
    if large.places or not small.unit.name or small.value * scale >= large.unit.factor:
        return large
    return replace(small, value=large.value * large.unit.factor / scale + small.value)


@cache
def _scales() -> tuple[tuple[str, str], ...]:
    """Scales, longest name first."""
    return tuple(sorted(table()["scales"].items(), key=lambda row: -len(row[0])))


def _fraction(match: re.Match[str]) -> _Read | None:
    """4分之3, 3/4: a ratio to two places, because that is how such a fraction is meant."""
    under, over = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
    if match.group(1) == "100":
        return _Read(match.end(), Decimal(over), len(over.partition(".")[2]), spellings()["%"].unit)
    if not int(under) or Decimal(over) >= int(under):
        return None
    return _Read(match.end(), Decimal(over) / int(under), 2, Unit("", "ratio", Decimal(1)))


def _words(clean: str, start: int) -> _Read | None:
    """A number in words: 一亿二千万元, 百分之五, 三分之一, 两成, 四家, 半."""
    if clean[start] == "半":
        return _half(clean, start)
    if share := _SHARE.match(clean, start):
        return _share(share)
    match = _NUMERAL.match(clean, start)
    if match is None or (end := lexical_end(clean, start)):
        return _half(clean, start) if match and match.group() == "一" and clean[start + 1 : start + 2] == "半" else None
    word = match.group()
    parsed = (Decimal({"百": 100, "千": 1000}[word]), 0, "") if word in ("百", "千") else numeral(word)
    if parsed is None:
        return None
    value, places, scale = parsed
    read = _unit(clean, match.end() - len(scale), value, places, numeral=True)
    if read.unit is NONE or read.end < match.end() or not counts_as_figure(clean, start, word, read.unit.name):
        return None
    if read.unit.name == "番":
        return replace(read, value=Decimal(2) ** int(value), unit=spellings()["倍"].unit) if value < 10 else None
    return read


def _half(clean: str, start: int) -> _Read | None:
    """一半, 过半, 半数; 半个月, 半年 and 半天 as durations; anything else is a word (半年报, 半导体)."""
    ratio = Unit("", "ratio", Decimal(1))
    if clean[start] == "一":
        return _Read(start + 2, Decimal("0.5"), 2, ratio)
    before = clean[start - 1 : start]
    if clean.startswith("半数", start) or before in "过逾近超" and before:
        end = start + (2 if clean.startswith("半数", start) else 1)
        return _Read(end, Decimal("0.5"), 2, ratio, ">" if before in "过逾超" and before else "=")
    if lexical_end(clean, start) or before and before in "上下前后":
        return None
    for name in ("个月", "年", "天"):
        if clean.startswith(name, start + 1):
            return _Read(start + 1 + len(name), Decimal("0.5"), 1, spellings()[name].unit)
    return None


def _share(match: re.Match[str]) -> _Read | None:
    """百分之五 is 5%, 千分之三 3‰; 三分之一 is a ratio to two places."""
    under, digits, words = match.groups()
    if digits:
        value, places = Decimal(digits), len(digits.partition(".")[2])
    else:
        parsed = (Decimal(100), 0, "") if words == "百" else numeral(words)
        if parsed is None:
            return None
        value, places = parsed[0], parsed[1]
    if under in _PER:
        return _Read(match.end(), value, places, spellings()[_PER[under]].unit)
    if under == "万":
        return _Read(match.end(), value, places, Unit("万分之", "ratio", Decimal("0.0001")))
    below = numeral(under)
    if below is None or not below[0] or value >= below[0]:
        return None
    return _Read(match.end(), value / below[0], 2, Unit("", "ratio", Decimal(1)))


def _unit(clean: str, end: int, value: Decimal, places: int, numeral: bool) -> _Read:
    """The unit that follows a number ending at `end`; NONE where nothing follows that is one."""
    relation: Relation = "="
    gap = _GAP.match(clean, end)
    at = gap.end() if gap else end
    if clean[at : at + 1] in _STEP and clean[at : at + 1]:
        after = at + 1 + (clean[at + 1 : at + 2] == " ")
        if spelling := _longest(clean, after, numeral):
            return _Read(after + spelling[1], value, places, spelling[0].unit, "余")
        return _Read(end, value, places, NONE)
    found = _longest(clean, at, numeral)
    if found is None:
        return _Read(end, value, places, NONE)
    spelling, size = found
    if "\n" in clean[end:at] and spelling.unit.dimension == "count":
        return _Read(end, value, places, NONE)
    known, at = spelling.unit, at + size
    if known.dimension == "none" and clean[at : at + 1] in _STEP and clean[at : at + 1]:
        whole = spellings().get(known.name + (clean[at + 1 : at + 2])) or spellings().get(
            known.name + clean[at + 1 : at + 3]
        )
        if whole:
            wide = known.name + clean[at + 1 : at + 3] in spellings()
            return _Read(at + (3 if wide else 2), value, places, whole.unit, "余")
    if known.name == "个" and clean[at : at + 2] in ("半月", "多月"):
        half = clean[at] == "半"
        return _Read(
            at + 2,
            value + (Decimal("0.5") if half else 0),
            1 if half else 0,
            spellings()["个月"].unit,
            "=" if half else "余",
        )
    if known.name == "年" and clean[at : at + 1] == "半":
        return _Read(at + 1, value + Decimal("0.5"), 1, known)
    if clean[at : at + 1] == "/" and (under := _longest(clean, at + 1, numeral)):
        return _Read(at + 1 + under[1], value, places, ratio_of(known, clean[at + 1 : at + 1 + under[1]]))
    return _Read(at, value, places, known, relation)


def _longest(clean: str, at: int, numeral: bool) -> tuple[Spelling, int] | None:
    """The longest spelling of a unit that stands at `at`, with its length."""
    known = spellings()
    for size in range(min(6, len(clean) - at), 0, -1):
        spelling = known.get(clean[at : at + size])
        if spelling is None or (numeral and not spelling.numeral):
            continue
        after = at + size
        following = clean[after : after + 1]
        if following and following in spelling.not_before:
            continue
        if spelling.only_before and not clean.startswith(spelling.only_before, after):
            continue
        if spelling.not_words and clean.startswith(spelling.not_words, at):
            continue
        if clean[after - 1].isascii() and clean[after - 1].isalnum() and following.isascii() and following.isalnum():
            continue
        return spelling, size
    return None


@cache
def _relation_words() -> tuple[Mapping[str, Relation], Mapping[str, Relation], tuple[str, ...], int]:
    """Hedges before and after a number, words that only look like one, and the length of the longest."""
    rows = table()["relations"]
    before = {word: relation for relation, words in rows["before"].items() for word in words}
    after = {word: relation for relation, words in rows["after"].items() for word in words}
    return before, after, tuple(rows["not_after"]), max(map(len, before))


def _bound(text: str, clean: str, start: int, last: int, read: _Read, default: Unit | None) -> Quantity:
    """The quantity at `start` with its sign, hedge and direction."""
    value, begin = read.value, start
    sign = clean[start - 1 : start]
    if sign and sign in _SIGNS and start - 1 >= last and _may_sign(clean, start - 1, last):
        begin, value = start - 1, -value if sign in _NEGATIVE else value
    elif sign and sign in "￥¥":
        begin = start - 1
    known = read.unit
    if known is NONE:
        known = default or NONE
        if sign and sign in "￥¥":
            known = spellings()["元"].unit
    relation = _hedge(clean, begin, read.end, known)
    return Quantity(
        text[begin : read.end],
        (begin, read.end),
        value,
        read.places,
        known,
        relation if relation != "=" else read.relation,
        _direction(clean, max(last, begin - 14), begin),
    )


def _may_sign(clean: str, at: int, last: int) -> bool:
    """Whether the mark at `at` is a sign: not a hyphen after a number, a Latin letter, a bracket or another dash."""
    before = clean[at - 1 : at]
    if not before or before.isspace():
        return not (before and clean[at] == "+")
    joined = before.isascii() and before.isalnum() or before in ")）]】%—–-－/" or at == last and last > 0
    return not joined


def _hedge(clean: str, begin: int, end: int, known: Unit) -> Relation:
    """The hedge bound to the number: 约 before it, 以上 after it."""
    before, after, not_after, longest = _relation_words()
    tail = clean[end : end + 6].lstrip(" ")
    if tail and not tail.startswith(not_after):
        for size in range(6, 0, -1):
            if found := after.get(tail[:size]):
                return found
    stop = begin
    while stop and clean[stop - 1] in " \u3000\xa0":
        stop -= 1
    for size in range(min(longest, stop), 0, -1):
        word = clean[stop - size : stop]
        if found := before.get(word):
            if word == "近" and known.dimension == "duration" or word in "~～" and clean[stop - size - 1 : stop - size]:
                return "="
            return found
    return "="


@cache
def _direction_words() -> tuple[re.Pattern[str], Mapping[str, Literal[-1, 1]], Mapping[str, Literal[-1, 1]]]:
    """Direction words as one pattern (words that only look like one come first and count for nothing)."""
    rows = table()["directions"]
    signs: dict[str, Literal[-1, 1]] = {word: 1 for word in rows["up"]}
    signs.update({word: -1 for word in rows["down"]})
    words = sorted([*signs, *rows["not"]], key=len, reverse=True)
    near: dict[str, Literal[-1, 1]] = {word: 1 for word in rows["up_adjacent"]}
    near.update({word: -1 for word in rows["down_adjacent"]})
    return re.compile("|".join(words)), signs, near


_CLAUSE = re.compile("[，。；：、,;:（）()\n！？“”|｜]")


def _direction(clean: str, low: int, begin: int) -> Literal[-1, 0, 1]:
    """The direction word of the same clause that is bound to the number; 降至, 增加到 give a level, so 0."""
    window = _CLAUSE.split(clean[low:begin])[-1].rstrip()
    if not window:
        return 0
    pattern, signs, near = _direction_words()
    rows = table()["directions"]
    last = None
    for match in pattern.finditer(window):
        last = match
    if last is None or last.group() not in signs:
        if (
            near.get(window[-1])
            and not window.endswith(tuple(rows["not_adjacent"]))
            and ("比" in window or "较" in window)
        ):
            return near[window[-1]]
        return 0
    between = window[last.end() :]
    return 0 if len(between) > 8 or any(char in rows["breaks"] for char in between) else signs[last.group()]


def _joined(clean: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Ranges (3至10个月) become two ends; bare numbers of a list (5、6和7家) take the unit of the last."""
    series = set(table()["names"]["series"])
    dropped: set[int] = set()
    for place in range(len(found) - 2, -1, -1):
        first, second = found[place], found[place + 1]
        gap = clean[first.span[1] : second.span[0]]
        if len(gap) > 6:
            continue
        bare = first.unit.name == "" and first.unit.dimension == "none"
        if _RANGE.fullmatch(gap) and _is_range(clean, first, second, bare, gap.strip()):
            if second.unit.name in series and first.value == 1 and gap.strip() != "到":
                dropped |= {place, place + 1}
            known = second.unit if bare else first.unit
            found[place] = replace(first, unit=known, relation="从")
            found[place + 1] = replace(second, relation="到", direction=first.direction)
        elif bare and second.unit.name and _LIST.fullmatch(gap):
            found[place] = replace(first, unit=second.unit)
    return tuple(item for place, item in enumerate(found) if place not in dropped)


def _is_range(clean: str, first: Quantity, second: Quantity, bare: bool, mark: str) -> bool:
    """A hyphen between two numbers is a range only where they rise and nothing is being calculated."""
    if second.text[0] in _SIGNS and mark in "-－–—":
        return False
    if not bare and first.unit.dimension != second.unit.dimension:
        return False
    if mark in ("至", "到"):
        return first.value != second.value
    low = first.value if bare else first.base
    high = second.value if bare else second.base
    around = clean[: first.span[0]].rstrip()[-1:] + clean[second.span[1] :].lstrip()[:1]
    return low < high and not any(char in "=＝+＋×÷*/" for char in around)


_BLANK = re.compile(r"[-—–－─/／\\\s*＊.。…]*|不适用|无|暂无|未填报?|空|N/?A|n/?a|#.*|[xX×]+")
_CELL = re.compile(
    r"(?P<open>[（(])?\s*(?P<hedge>≥|≤|>=|<=|>|<|＞|＜|≧|≦|约|不低于|不少于|不超过|不高于|至少|大于等于|小于等于|大于|小于|超过|=|＝)?\s*"
    r"(?P<sign>[-−－﹣–—△+＋])?\s*[￥¥]?\s*(?P<number>[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<power>[eE][+-]?[0-9]{1,2})?\s*(?P<unit>[^0-9\s]{0,8}?)\s*(?P<close>[)）])?"
)
_BROKEN = re.compile(r"(?<=[0-9][,.])\s+(?=[0-9])|(?<=[0-9])\s+(?=[,.][0-9])|(?<=[0-9,])\s*\n\s*(?=[0-9]{3}(?:[,.]|$))")


def parse_cell(text: str, unit: Unit | None) -> Quantity | None:
    """The figure of a whole table cell; `unit` is the unit of its column or table, for a bare number.

    None for words, blanks and dashes (—, /, 不适用): a blank is not zero. None also for two numbers in one cell.
    Brackets mean minus, （1,234.5） is -1234.5.
    """
    clean = plain(text)
    if _BLANK.fullmatch(clean.strip()):
        return None
    if is_date(clean.strip()):
        return None
    match = _CELL.fullmatch(clean.strip()) or _CELL.fullmatch(_BROKEN.sub("", clean.strip()))
    if match is None or len(match["number"]) > 30:
        return _alone(text, clean, unit)
    known, relation = _cell_unit(match["unit"], unit)
    if known is None:
        return _alone(text, clean, unit)
    value = Decimal(match["number"].replace(",", "").replace("，", "") + (match["power"] or ""))
    if bool(match["open"]) != bool(match["close"]):
        return None
    if (match["sign"] or "+") in _NEGATIVE + "—" or match["open"]:
        value = -value
    places = max(0, len(match["number"].partition(".")[2]) - int((match["power"] or "e0")[1:]))
    if match["power"]:
        value = Decimal(f"{value:f}")
    if match["hedge"] and match["hedge"] not in "=＝":
        relation = _relation_words()[0][match["hedge"]]
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return Quantity(text[start:end], (start, end), value, places, known, relation)


def _cell_unit(written: str, default: Unit | None) -> tuple[Unit | None, Relation]:
    """The unit written in a cell after its number, and a hedge after that; None where it is no unit."""
    relation: Relation = "="
    after = _relation_words()[1]
    for word in sorted(after, key=len, reverse=True):
        if written.endswith(word) and word:
            written, relation = written[: -len(word)], after[word]
            break
    if not written:
        return default or NONE, relation
    return unit(written), relation


def _alone(text: str, clean: str, default: Unit | None) -> Quantity | None:
    """A cell that is one quantity in some other writing (三家, 百分之五, 30余场), and nothing besides."""
    found = quantities(text, default)
    if len(found) != 1:
        return None
    start, end = found[0].span
    before, after, _, _ = _relation_words()
    rest = (clean[:start].strip(), clean[end:].strip())
    return found[0] if rest[0] in {"", *before} and rest[1] in {"", *after, "。"} else None
