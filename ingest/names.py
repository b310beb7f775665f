"""Numbers that are no figures (不是数字的数): dates, years, 文号, telephone and section numbers, ordinals, names.

It only says which; figures are read in ingest.quantity, the words come from units.toml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.units import Unit, table

_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")

_YEAR = "(?:19|20)[0-9]{2}"
_TO = "[-–—~～至到]"
_MONTH = "(?:1[0-2]|0?[1-9])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_S = r"[ \t]{0,2}"
_NAME = re.compile(
    "|".join(
        (
            # 2021年12月31日, 2019—2021年, 2019、2020和2021年度, 2021年1-9月
            rf"{_YEAR}{_S}(?:(?:{_TO}|[、和与及/,，]){_S}{_YEAR}{_S})*(?:年|学年)(?:{_S}{_MONTH}{_S}(?:{_TO}{_S}{_MONTH}{_S})?月"
            rf"(?:{_S}{_DAY}{_S}(?:{_TO}{_S}{_DAY}{_S})?[日号])?)?",
            rf"{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}(?![0-9])",
            rf"{_YEAR}{_S}[-–—~～至/]{_S}{_YEAR}(?![0-9.,，万亿元%人家个])",
            rf"{_YEAR}[-/](?:1[0-2]|0[1-9])(?![0-9.,%万亿元])",
            # 6月, 1-9月, 6月30日
            rf"{_MONTH}{_S}(?:{_TO}{_S}{_MONTH}{_S})?月(?:{_S}{_DAY}{_S}(?:{_TO}{_S}{_DAY}{_S})?[日号])?",
            rf"{_DAY}{_S}日(?!内|以内|之内|以上|均|元)",
            "[0-9]{2}年(?:度|底|末|初|[0-9]{1,2}月)",
            # “7·23”洪涝灾害, “6.26”国际禁毒日
            rf"{_MONTH}[·•・]{_DAY}(?![0-9])|(?<=[“\"]){_MONTH}\.{_DAY}(?=[”\"])",
            # 9:30, 14:00—17:30
            "(?:[01][0-9]|2[0-3])[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9])|[0-9][:：](?:00|30)(?![0-9])",
            # 1.2.3
            r"[0-9]{1,4}(?:\.[0-9]{1,4}){2,}",
            # telephone numbers
            "0[0-9]{2,3}[-－—]?[0-9]{7,8}(?:-[0-9]{1,4})?(?![0-9])|400-?[0-9]{3}-?[0-9]{4}(?![0-9])"
            "|1[3-9][0-9]{9}(?![0-9.]|[ ]?(?:[万亿千元%家]|平方|个百|人(?:次|$|[，。])))"
            "|[0-9]{3,4}-[0-9]{7,8}(?![0-9])",
            # 〔2020〕10号
            r"(?<=[〔\[（(【])[0-9]{4}[〕\]】）)]\s*(?:第\s*)?[0-9]+(?:\s*[、-]\s*[0-9]+)*\s*号|(?<=[〔【])[0-9]{4}[〕】]",
            # 1+4+N
            r"[0-9]+(?:\+[0-9]+)*\+[NnXx](?:\+[0-9NnXx])*",
            # classification codes: （221类）, （05款）, （99项）
            r"(?<=[（(])(?:2[0-3][0-9]类|[0-9]{2}款|(?:0[0-9]|99)项)(?=[)）])|0[0-9](?:款|项)",
            # codes: 0755, 20-digit numbers
            r"0[0-9]+(?![0-9.,])|[0-9]{15,}(?![0-9.,])",
            # standards: GB 3838-2002
            rf"(?<=[A-Z][ ])[0-9]{{2,6}}(?:\.[0-9]+)?[-—]{_YEAR}(?![0-9年])",
            # Latin names: 5G, 3D打印, 2B, but not 5km or 3kWh
            r"[0-9]+(?:[.\-_][0-9]+)*(?=[A-Za-z])(?!(?:km|KM|m|cm|mm|kg|kWh|kW|MW|GB|TB|MB|MHz|m2|m3|km2)(?![A-Za-z0-9]))"
            r"(?![eE][+-]?[0-9])[A-Za-z0-9_\-]*",
        )
    )
)
_AMOUNT = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})*(?:\.[0-9]{1,4})?[万亿元%％人家个名件户所分]")
"""A number that its unit follows at once is none of these, except by the characters before it (see `skip_name`)."""
_ORDINALS = re.compile(rf"[0-9]+(?:\.[0-9]+)*(?:{_S}(?:{_TO}|[、和与及]){_S}[0-9]+(?:\.[0-9]+)*)*")
_LATIN = re.compile(r"[A-Za-z0-9_\-]*(?:\.[0-9]+)?")
_CODE = re.compile(
    # A measure behind it makes it a figure after all: 20000万元, 21000人次; 20101人大事务 and 21105天然林 are accounts.
    r"2[0-3][0-9](?:(?:[0-9]{2}){1,2}"
    r"(?![ \t]?(?:[万亿千百余多元个家名件项次场所户份台套年月辆亩吨分册]|人(?!大|力|口|民|防)|天(?!然)|平方|公里))"
    r"(?=[ \t]?[（(]?[\u4e00-\u9fff]{2})|(?=[ \t]?(?:[\u4e00-\u9fff]{2,14}支出|[类款])))"
)
_HEAD = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+(?=[ \t]*[\u4e00-\u9fff])")
_ITEM = re.compile(
    rf"[0-9]{{1,2}}[ \t]?(?:(?:[、．]|\.(?![0-9])|[)）])[ \t]*(?=[^0-9\s])|[、.．)）][ \t]*(?={_YEAR}{_S}年))"
)
_AFTER_SPACE = re.compile("[0-9]{1,2}[.](?=[\u4e00-\u9fff])")
"""附件：1.自评表　2.明细表: the numbers of a list on one line."""
_BRACKETED = re.compile(r"[0-9]{1,2}[ \t]?[)）]")
_TABLE_NUMBER = re.compile(r"[0-9]{1,2}(?:[-.][0-9]{1,2})*(?![0-9.,%])")
_YEAR_WORDS = re.compile("[〇○零一二三四五六七八九]{4}(?:年|学年)")
_MEASURES = (
    "万",
    "亿",
    "千",
    "百",
    "元",
    "倍",
    "公里",
    "公顷",
    "公斤",
    "平方",
    "立方",
    "分",
    "小时",
    "天",
    "年",
    "吨",
    "米",
    "亩",
    "个月",
    "个百分点",
)
_OPERATORS = frozenset("+＋−×÷*=＝")
_SPACES = " \t\u3000\xa0"


def plain(text: str) -> str:
    """The text with digits of any script made plain (１２．５, 𝟏𝟐.𝟓), character by character, so that spans stay."""
    if _OTHER_DIGIT.search(text):
        text = _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), text)
    return _WIDE_POINT.sub(".", text) if "．" in text else text


@dataclass(frozen=True, slots=True)
class _Names:
    """The word lists of units.toml in the form in which they are looked up."""

    before: tuple[str, ...]
    numbers: re.Pattern[str]
    after: tuple[str, ...]
    still: tuple[str, ...]
    """Words that begin like one of `after` and yet leave the number a figure."""
    values: tuple[str, ...]
    words: tuple[str, ...]
    openings: frozenset[str]
    """The first two characters of each of `words`."""
    lexical: frozenset[str]
    longest: int
    counted: tuple[str, ...]
    not_after: str


@cache
def _names() -> _Names:
    rows, words = table()["names"], table()["numerals"]
    return _Names(
        before=tuple(rows["before"]),
        numbers=re.compile(f"(?:{'|'.join(map(re.escape, rows['numbers']))})[：: （(]*(?:为|是)?[：: ]*$"),
        after=tuple(rows["after"]),
        still=tuple(rows["not_after"]),
        values=tuple(rows["values"]),
        words=tuple(rows["words"]),
        openings=frozenset(word[:2] for word in rows["words"]),
        lexical=frozenset(words["words"]),
        longest=max(map(len, words["words"])),
        counted=tuple(words["counted"]),
        not_after=words["not_after"],
    )


def skip_name(clean: str, start: int) -> int:
    """The end of the name, date or code that starts at `start`, or `start` itself where none does."""
    if clean[start] > "9":
        match = _YEAR_WORDS.match(clean, start)
        return match.end() if match else start
    names = _names()
    if not _AMOUNT.match(clean, start) and (match := _NAME.match(clean, start)):
        return match.end()
    if clean[start : start + 2] in names.openings and clean.startswith(names.words, start):
        return start + max(len(word) for word in names.words if clean.startswith(word, start))
    before = clean[start - 1 : start]
    if before and ((before.isascii() and before.isalpha()) or before in "_@"):
        match = _LATIN.match(clean, start)
        return match.end() if match else start
    if (match := _CODE.match(clean, start)) or (match := _item(clean, start)):
        return match.end()
    return _ordinal(clean, start, names)


def _item(clean: str, start: int) -> re.Match[str] | None:
    """Section and list numbers: 1.2 项目概况, 1、完成, （1）."""
    stop = start
    while stop and clean[stop - 1] in _SPACES:
        stop -= 1
    before = clean[stop - 1 : stop]
    if not before or before in "\n\r":
        head = _HEAD.match(clean, start)
        return head if head and _is_head(clean, head.end()) else _ITEM.match(clean, start)
    if before in "。；;：:！？":
        return _ITEM.match(clean, start)
    if stop < start and (after := _AFTER_SPACE.match(clean, start)):
        return after
    return _BRACKETED.match(clean, start) if before in "（(" else None


def _is_head(clean: str, end: int) -> bool:
    """Whether what follows is a heading and not a unit: 1.2 项目概况, but 1.2亿元 and 3.5% are figures."""
    return not clean[end:].lstrip(_SPACES).startswith(_MEASURES)


_ORDERED = frozenset("第表图件录")


def _ordinal(clean: str, start: int, names: _Names) -> int:
    """第3页, 表3, 附件1-2: the end of the number, or `start` where it is none of these."""
    stop = start
    while stop and clean[stop - 1] in _SPACES:
        stop -= 1
    before = clean[stop - 1 : stop]
    if before not in _ORDERED:
        return start
    if before == "第":
        match = _ORDINALS.match(clean, start)
        return match.end() if match else start
    if clean.endswith(("表", "图", "附件", "附录"), max(0, stop - 2), stop):
        match = _TABLE_NUMBER.match(clean, start)
        if match and not clean[match.end() :].lstrip(_SPACES).startswith(("张", "个", "份", "幅", "家", "万", "亿")):
            return match.end()
    return start


def is_date(clean: str) -> bool:
    """Whether the whole text is a date, a span of years or other name: 2021年, 2021-12-31."""
    return (
        clean[:1].isdigit()
        and clean[0] <= "9"
        and (match := _NAME.match(clean)) is not None
        and match.end() == len(clean)
    )


def is_name(clean: str, start: int, end: int, in_table: bool) -> bool:
    """Whether the number `clean[start:end]`, read without a unit, is part of a name after all."""
    number = clean[start:end]
    names = _names()
    if not number.isdigit():
        return False
    head = clean[max(0, start - 8) : start]
    if names.numbers.search(head):
        return True
    tail = clean[end:].lstrip(_SPACES)
    if tail.startswith(names.after) and not tail.startswith(names.still):
        return True
    if len(number) <= 2 and head.endswith(names.before):
        return True
    if clean[start - 1 : start] in ("“", "‘", '"') and clean[end : end + 1] in ("”", "’", '"') and len(number) <= 5:
        return True
    stem = head.rstrip(_SPACES)
    if stem[-1:] in _OPERATORS or tail[:1] in _OPERATORS:
        return False
    return len(number) == 4 and 1949 <= int(number) <= 2049 and not in_table and not stem.endswith(names.values)


def lexical_end(clean: str, start: int) -> int:
    """The end of the lexical word that starts at a Chinese numeral (三位一体, 一次性), or 0."""
    names = _names()
    for size in range(min(names.longest, len(clean) - start), 1, -1):
        if clean[start : start + size] in names.lexical:
            return start + size
    return 0


def counts_as_figure(clean: str, start: int, word: str, unit: Unit) -> bool:
    """Whether a Chinese numeral with a unit is meant as a number: 四家 is, 统一, 第一项 and 一项 (a, an) are not."""
    names = _names()
    before = clean[start - 1 : start]
    if before == "第" or clean[start - 2 : start] == "第 ":
        return False
    if before and before in "数几" and word[0] in "十百千":
        return False
    if unit.dimension in ("money", "ratio", "point") or (unit.dimension == "count" and unit.factor > 1):
        return True
    if len(word) == 1 and before and before in names.not_after and word != "两":
        return False
    return word != "一" or clean[max(0, start - 6) : start].endswith(names.counted)
