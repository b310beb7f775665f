"""A number together with its unit, read at a given place: 12,345.67万元, 1亿2000万元, 百分之五, 30余场, 两个半月.

Hedges, signs, ranges and what is no figure at all are decided elsewhere (ingest.quantity, ingest.names).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from ingest.hedges import Relation
from ingest.names import counts_as_figure, lexical_end
from ingest.numerals import numeral
from ingest.record import record
from ingest.units import NONE, Spelling, Unit, ratio_of, spellings, table

START = re.compile("[0-9零〇一二三四五六七八九十两半百千万壹贰叁肆伍陆柒捌玖拾貳參]")
"""Where a number may begin."""
LONGEST = 30
"""Digits and separators of the longest number that is read; what is longer is no figure."""
TO = re.compile(r"\s*(?:[-－–—~～]{1,2}|至|到)\s*")
"""Between the two ends of a range."""

_DIGITS = re.compile(
    r"(?:[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:，[0-9]{3})+)(?![0-9])|[0-9]+)(?:\.([0-9]+))?"
    r"(?:[eE]([+-]?[0-9]{1,2})(?![0-9A-Za-z]))?"
)
_FRACTION = re.compile(r"([0-9]{1,3})\s?分之\s?([0-9]{1,3}(?:\.[0-9]+)?)|([0-9]{1,2})/([0-9]{1,2})(?![0-9/月日年.%])")
_RATIO = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)[ ]?[:：∶][ ]?([0-9]{1,4}(?:\.[0-9]{1,4})?)(?![0-9:：])")
_CHARS = "零〇○一二三四五六七八九两壹贰叁肆伍陆柒捌玖貳參"
_NUMERAL = re.compile(rf"[{_CHARS}十拾][{_CHARS}十百千万亿拾佰仟萬億]*(?:点[{_CHARS}]+[万亿]*)?|[百千](?=[余多])")
_SHARE = re.compile(
    rf"([百千万十{_CHARS}]+)分之\s?(?:([0-9]+(?:\.[0-9]+)?)|([{_CHARS}十百][{_CHARS}十百]*(?:点[{_CHARS}]+)?))"
)
_GAP = re.compile(r"\*{0,2}[ \t\u3000\xa0\u2009\u202f]{0,3}\n{0,2}[ \t\u3000]{0,3}")
"""Between number and unit; ** because models set figures in bold."""
_GAPS = frozenset("* \t\u3000\xa0\u2009\u202f\n")
"""What it may begin with; most units follow at once."""
_PART = frozenset("占约近超过达到的以强左")
"""Characters beside 3/4 that make it a share and not two numbers (完成数/目标数)."""
_ANNOUNCES = frozenset(")）:：为是 ")
_ANNOUNCED = re.compile(r"[（(]([^（）()0-9]{1,6})[)）][ ]?[:：为是]?[ ]?\Z")
_MORE = frozenset("余多几")
_GOES_ON = _MORE | {"半", "/"}
_HUNDRED = {"百": "%", "千": "‰"}
_SHARE_UNIT = Unit("分之", "ratio", Decimal(1))


@record
class Written:
    """A number as it is written from its first digit to the end of its unit, without sign and hedge."""

    end: int
    value: Decimal
    places: int
    unit: Unit
    relation: Relation = "="


def written(clean: str, start: int) -> Written | None:
    """The number that begins at `start`, or None where what stands there is a word."""
    return _digits(clean, start) if clean[start] <= "9" else _words(clean, start)


def past(clean: str, start: int) -> int:
    """Where to look on when nothing was read at `start`."""
    match = _DIGITS.match(clean, start) or _NUMERAL.match(clean, start)
    return max(match.end() if match else 0, start + 1)


def decimal(digits: str) -> Decimal:
    """The value of digits with separators, 1.2E+05 as 120000; never called with more than LONGEST characters."""
    value = Decimal(digits.replace(",", "").replace("，", ""))
    return Decimal(f"{value:f}") if "e" in digits.lower() else value


def _digits(clean: str, start: int) -> Written | None:
    """A number in digits: 12,345.67万元, 1亿2000万元, 3/4, 4分之3, 1:18.5."""
    match = _DIGITS.match(clean, start)
    if match is None or match.end() - start > LONGEST:
        return None
    following = clean[match.end() : match.end() + 2].strip()[:1]
    if following and following in "/分:：∶" and (read := _fraction(clean, start) or _ratio(clean, start)):
        return read
    if "，" in match.group() and "分别" in clean[max(0, start - 30) : start]:
        first = match.group().partition("，")[0]
        return _with_unit(clean, start + len(first), decimal(first), 0, False)
    places = max(0, len(match.group(1) or "") - int(match.group(2) or 0))
    read = _with_unit(clean, match.end(), decimal(match.group()), places, False)
    if read.unit.dimension == "none" and read.unit.name and clean[read.end : read.end + 1].isdigit():
        return _compound(clean, read)
    return read


def _compound(clean: str, large: Written) -> Written:
    """1亿2000万元 is 12000万元; where no smaller part follows, the first part alone."""
    match = _DIGITS.match(clean, large.end)
    if match is None or match.group(2) or match.end() - large.end > LONGEST or large.places:
        return large
    small = _with_unit(clean, match.end(), decimal(match.group()), len(match.group(1) or ""), False)
    scale = next((size for name, size in _scales() if small.unit.name.startswith(name)), Decimal(1))
    if not small.unit.name or small.value * scale >= large.unit.factor:
        return large
    return replace(small, value=large.value * large.unit.factor / scale + small.value)


@cache
def _scales() -> tuple[tuple[str, Decimal], ...]:
    """Scales, longest name first."""
    return tuple(
        (name, Decimal(size)) for name, size in sorted(table()["scales"].items(), key=lambda row: -len(row[0]))
    )


def _fraction(clean: str, start: int) -> Written | None:
    """4分之3, 占3/4: a share, to two places because that is how such a fraction is meant; 100分之5 is 5%."""
    match = _FRACTION.match(clean, start)
    if match is None:
        return None
    under, over = (match[1], match[2]) if match[1] else (match[4], match[3])
    if match[1] == "100":
        return Written(match.end(), Decimal(over), len(over.partition(".")[2]), spellings()["%"].unit)
    if not int(under) or not 0 < Decimal(over) < int(under):
        return None
    if match[3] and clean[start - 1 : start] not in _PART and clean[match.end() : match.end() + 1] not in _PART:
        return None
    return Written(match.end(), Decimal(over) / int(under), 2, _SHARE_UNIT)


def _ratio(clean: str, start: int) -> Written | None:
    """师生比为1:18.5 is 18.5 in the unit 1:; other ratios (7:3) are their quotient to two places in the unit 比."""
    match = _RATIO.match(clean, start)
    if match is None or not clean[:start].rstrip()[-1:] or clean[:start].rstrip()[-1] not in "为是约比例达按到近超":
        return None
    if match[1] == "1":
        return Written(match.end(), Decimal(match[2]), len(match[2].partition(".")[2]), Unit("1:", "count", Decimal(1)))
    if not Decimal(match[2]):
        return None
    return Written(match.end(), Decimal(match[1]) / Decimal(match[2]), 2, Unit("比", "count", Decimal(1)))


def _words(clean: str, start: int) -> Written | None:
    """A number in words: 一亿二千万元, 百分之五, 三分之一, 两成, 四家, 半."""
    if clean[start] == "半" or clean.startswith("一半", start):
        return _half(clean, start)
    if share := _SHARE.match(clean, start):
        return _share(share)
    match = _NUMERAL.match(clean, start)
    if match is None or lexical_end(clean, start):
        return None
    word = match.group()
    parsed = (Decimal({"百": 100, "千": 1000}[word]), 0, "") if word in ("百", "千") else numeral(word)
    if parsed is None:
        return None
    value, places, scale = parsed
    read = _with_unit(clean, match.end() - len(scale), value, places, True)
    if read.unit is NONE:
        return read if _opens_range(clean, match.end()) else None
    if read.end < match.end() or not counts_as_figure(clean, start, word, read.unit):
        return None
    if read.unit.name == "番":
        return replace(read, value=Decimal(2) ** int(value), unit=spellings()["倍"].unit) if value < 10 else None
    return read


def _opens_range(clean: str, end: int) -> bool:
    """Whether a numeral without unit is the first end of a range: 三至五年."""
    to = TO.match(clean, end)
    if to is None or not (match := _NUMERAL.match(clean, to.end())):
        return False
    second = numeral(match.group())
    return second is not None and _with_unit(clean, match.end() - len(second[2]), *second[:2], True).unit is not NONE


def _half(clean: str, start: int) -> Written | None:
    """一半, 过半, 半数; 半个月, 半年 and 半天 as durations; anything else is a word (半年报, 半导体)."""
    if clean[start] == "一":
        return Written(start + 2, Decimal("0.5"), 2, _SHARE_UNIT)
    before = clean[start - 1 : start]
    over = before != "" and before in "过逾近超"
    if over or clean.startswith("半数", start):
        end = start + (2 if clean.startswith("半数", start) else 1)
        return Written(end, Decimal("0.5"), 2, _SHARE_UNIT, ">" if over and before != "近" else "=")
    if lexical_end(clean, start) or (before and before in "上下前后"):
        return None
    for name in ("个月", "年", "天"):
        if clean.startswith(name, start + 1):
            return Written(start + 1 + len(name), Decimal("0.5"), 1, spellings()[name].unit)
    return None


def _share(match: re.Match[str]) -> Written | None:
    """百分之五 is 5%, 千分之三 3‰; 三分之一 is a share to two places."""
    under, digits, words = match.groups()
    if digits and len(digits) > LONGEST:
        return None
    parsed = (Decimal(digits), len(digits.partition(".")[2]), "") if digits else numeral(words)
    if words == "百":
        parsed = (Decimal(100), 0, "")
    if parsed is None:
        return None
    if under in _HUNDRED:
        return Written(match.end(), parsed[0], parsed[1], spellings()[_HUNDRED[under]].unit)
    if under == "万":
        return Written(match.end(), parsed[0], parsed[1], Unit("万分之", "ratio", Decimal("0.0001")))
    below = numeral(under)
    if below is None or not 0 < parsed[0] < below[0] or below[2]:
        return None
    return Written(match.end(), parsed[0] / below[0], 2, _SHARE_UNIT)


def _with_unit(clean: str, end: int, value: Decimal, places: int, in_words: bool) -> Written:
    """The number ending at `end` with the unit that follows; NONE where nothing follows that is one."""
    at = end
    if clean[end : end + 1] in _GAPS and (gap := _GAP.match(clean, end)):
        at = gap.end()
    if clean[at : at + 1] in _MORE:
        after = at + 1 + (clean[at + 1 : at + 2] == " ")
        more = longest(clean, after, in_words)
        return (
            Written(after + more[1], value, places, more[0].unit, "余") if more else Written(end, value, places, NONE)
        )
    found = longest(clean, at, in_words)
    if found is None and clean[at : at + 1] in ("（", "("):
        return _bracketed(clean, at, Written(end, value, places, NONE))
    if found is None or ("\n" in clean[end:at] and found[0].unit.dimension == "count"):
        return Written(end, value, places, NONE)
    read = Written(at + found[1], value, places, found[0].unit)
    return _extended(clean, read) or read


def _bracketed(clean: str, at: int, bare: Written) -> Written:
    """72,107.69（万元）: a unit in brackets after the number."""
    found = longest(clean, at + 1, False)
    if found is None or clean[at + 1 + found[1] : at + 2 + found[1]] not in ("）", ")"):
        return bare
    return replace(bare, end=at + 2 + found[1], unit=found[0].unit)


def announced(clean: str, begin: int) -> Unit:
    """The unit said in brackets before a bare number: 预算数（万元）：72,107.69; NONE where none is."""
    if clean[begin - 1 : begin] not in _ANNOUNCES:
        return NONE
    match = _ANNOUNCED.search(clean, max(0, begin - 14), begin)
    known = spellings().get(match[1]) if match else None
    return known.unit if known else NONE


def _extended(clean: str, read: Written) -> Written | None:
    """A unit that goes on: 3万余元, 两个半月, 三年半, 500元/人."""
    at, known = read.end, read.unit
    following = clean[at : at + 1]
    if following not in _GOES_ON:
        return None
    if known.dimension == "none" and following in _MORE:
        for size in (3, 2, 1):
            whole = spellings().get(known.name + clean[at + 1 : at + 1 + size])
            if whole and whole.unit != known:
                return replace(read, end=at + 1 + size, unit=whole.unit, relation="余")
    if known.name == "个" and clean.startswith("半月", at):
        return replace(read, end=at + 2, value=read.value + Decimal("0.5"), places=1, unit=spellings()["个月"].unit)
    if known.name == "个" and clean.startswith("多月", at):
        return replace(read, end=at + 2, unit=spellings()["个月"].unit, relation="余")
    if known.name == "年" and following == "半":
        return replace(read, end=at + 1, value=read.value + Decimal("0.5"), places=1)
    if following == "/":
        for size in (3, 2, 1):
            if per := spellings().get(clean[at + 1 : at + 1 + size]):
                return replace(read, end=at + 1 + size, unit=ratio_of(known, per.unit.name))
    return None


@cache
def _sizes() -> Mapping[str, tuple[int, ...]]:
    """By first character: how long the units are that begin with it, longest first; most numbers are told by this."""
    found: dict[str, set[int]] = {}
    for name in spellings():
        found.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


def longest(clean: str, at: int, in_words: bool) -> tuple[Spelling, int] | None:
    """The longest spelling of a unit that stands at `at`, with its length."""
    known = spellings()
    for size in _sizes().get(clean[at : at + 1], ()):
        spelling = known.get(clean[at : at + size]) if at + size <= len(clean) else None
        if spelling and (spelling.numeral or not in_words) and _stands(spelling, clean, at, at + size):
            return spelling, size
    return None


def _stands(spelling: Spelling, clean: str, at: int, after: int) -> bool:
    """Whether the spelling is a unit here and not the beginning of a word (支 in 支出, m in mg)."""
    following = clean[after : after + 1]
    if following and following in spelling.not_before:
        return False
    if spelling.only_before and not clean.startswith(spelling.only_before, after):
        return False
    if spelling.not_words and clean.startswith(spelling.not_words, at):
        return False
    last = clean[after - 1]
    return not (last.isascii() and last.isalnum() and following.isascii() and following.isalnum())
