"""Periods (期间) named in a text, in one spelling: 2021年度, 2021年末, 2021年初, 2020年以来, 2023年1-6月.

Relative words (本年、上年、年末) are resolved against the year under review; nothing is guessed without it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.record import record
from ingest.wording import opening, wording

_PARTS = {
    "一季度": "1-3月",
    "二季度": "4-6月",
    "三季度": "7-9月",
    "四季度": "10-12月",
    "上半年": "1-6月",
    "下半年": "7-12月",
    "前三季度": "1-9月",
    "前三个季度": "1-9月",
    "一至三季度": "1-9月",
    "1-3季度": "1-9月",
    "前两季度": "1-6月",
}


def part_of_year(period: str) -> str:
    """What people call a part of a year: 四季度 for 2023年10-12月; "" for a whole one."""
    months = re.search(r"\d{1,2}-\d{1,2}月", period)
    return next((name for name, part in _PARTS.items() if months and part == months[0]), "")


def since_january(period: str) -> str:
    """What has come together by the end of a period: 2023年4-6月 → 2023年1-6月, the last quarter → the year."""
    months = re.fullmatch(r"(20\d\d年)\d{1,2}-(\d{1,2})月", period)
    if not months:
        return period
    return f"{months[1]}度" if months[2] == "12" else f"{months[1]}1-{months[2]}月"


@record
class Mention:
    """A period as named at a span of a text."""

    period: str
    span: tuple[int, int]


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern for every way to name a period, the more exact first."""
    said = wording()["periods"]
    gap = r"\s*"
    ways = [
        rf"(?P<from>20\d\d){gap}年?{gap}(?:[-—–~～至]|到){gap}(?P<to>20\d\d){gap}年度?",
        rf"(?:自{gap})?(?P<since>20\d\d){gap}年(?:\d{{1,2}}月)?{gap}以来",
        rf"(?P<my>20\d\d){gap}年{gap}(?P<m1>\d{{1,2}}){gap}月?{gap}(?:[-—–~～至]|到){gap}(?P<m2>\d{{1,2}}){gap}月份?",
        rf"(?P<dy>20\d\d){gap}年{gap}(?P<dm>\d{{1,2}}){gap}月{gap}(?P<dd>\d{{1,2}}){gap}日",
        rf"(?P<py>20\d\d){gap}年{gap}第?(?P<part>{'|'.join(_PARTS)})",
        rf"(?P<oy>20\d\d){gap}年{gap}(?P<om>\d{{1,2}}){gap}月份?(?P<close>[底末])?",
        rf"(?<!\d)(?P<l1>\d{{1,2}}){gap}[-—–~～至]{gap}(?P<l2>\d{{1,2}}){gap}月份?(?!\d)",
        rf"(?<!\d)(?P<lm>\d{{1,2}}){gap}月{gap}[末底]",
        rf"第?(?P<lpart>{'|'.join(_PARTS)})",
        rf"(?P<ey>20\d\d){gap}年?{gap}年?{gap}(?:末|底)",
        rf"(?P<sy>20\d\d){gap}年{gap}年?{gap}初(?={gap}(?:[，,。；;、时的到至）)]|以来|在[职编岗册]|实有|$))",
        rf"(?P<y>20\d\d){gap}(?:年度?|(?=部门预算|决算))",
        rf"(?P<lastend>(?:{'|'.join(said['last'])})年?[末底])",
        rf"(?P<last>(?<!加)(?:{'|'.join(said['last'])})(?!结[转余]))",
        rf"(?P<before>{'|'.join(said['before_last'])})",
        rf"(?P<next>(?<!结转)(?<!结转[到至])(?<!结转使用)(?<!转入)(?:{'|'.join(said['next'])}))",
        rf"(?P<end>{'|'.join(said['end'])})",
        rf"(?P<this>{'|'.join(said['this'])})",
        rf"(?P<now>{'|'.join(said['now'])})",
        rf"(?P<total>{'|'.join(said['total'])})",
    ]
    return re.compile(f"{_first()}(?:{'|'.join(ways)})")


@cache
def _first() -> str:
    """A look-ahead for the characters that a period may begin with."""
    said = wording()["periods"]
    return opening([r"[\d]", "自", "第", *_PARTS, *(word for listed in said.values() for word in listed)])


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(_first())


def begins(text: str) -> bool:
    """Whether a text may begin with a period; most begin with a character that no period has first."""
    return _begins().match(text) is not None


_HINT = re.compile(r"20\d\d|[年月末底初季]|目前|累计|现[有已]")
"""What every name of a period contains; most clauses have none of it."""


@lru_cache(maxsize=16384)
def mentions(text: str, year: int | None) -> tuple[Mention, ...]:
    """Every period named in `text`, in order; 当年 in 2025年当年 names none of its own. No `year`, no relative ones."""
    if not _HINT.search(text):
        return ()
    found = []
    last = -1
    for match in _pattern().finditer(text):
        period = _resolve(match, year)
        repeats = bool(match["this"]) and match.start() == last
        last = match.end()
        if period and not repeats:
            found.append(Mention(period, match.span()))
    exact = [mention for mention in found if mention.period not in ("目前", "累计")]
    return tuple(exact or found)


def periods(text: str, year: int | None) -> tuple[str, ...]:
    """The periods that `text` names, in order, each once; 目前 and 累计 only where nothing more exact is said."""
    return tuple(dict.fromkeys(mention.period for mention in mentions(text, year)))


def _resolve(said: re.Match[str], year: int | None) -> str:
    """The canonical spelling of one match, "" where it needs a year that is not known."""
    if said["from"]:
        return f"{said['from']}-{said['to']}年"
    if said["since"]:
        return f"{said['since']}年以来"
    if said["my"]:
        return f"{said['my']}年{int(said['m1'] or 0)}-{int(said['m2'] or 0)}月"
    if said["dy"]:
        month, day = int(said["dm"] or 0), int(said["dd"] or 0)
        return f"{said['dy']}年末" if (month, day) == (12, 31) else f"{said['dy']}年{month}月{day}日"
    if said["py"]:
        return f"{said['py']}年{_PARTS[said['part'] or '']}"
    if said["oy"]:
        if said["close"] and said["om"] == "12":
            return f"{said['oy']}年末"
        return f"{said['oy']}年{int(said['om'] or 0)}月"
    if said["ey"] or said["sy"]:
        return f"{said['ey']}年末" if said["ey"] else f"{said['sy']}年初"
    if said["y"]:
        return f"{said['y']}年度"
    if said["now"] or said["total"]:
        return "目前" if said["now"] else "累计"
    return _relative(said, year) if year else ""


def _relative(said: re.Match[str], year: int) -> str:
    """What is counted from the year under review: 上年末, 6月末, 上半年."""
    if said["lpart"]:
        return f"{year}年{_PARTS[said['lpart']]}"
    if said["l1"] and said["l2"]:
        return f"{year}年{int(said['l1'])}-{int(said['l2'])}月"
    if said["lm"]:
        return f"{year}年末" if said["lm"] == "12" else f"{year}年{int(said['lm'])}月"
    back = 2 if said["before"] else 1 if said["last"] or said["lastend"] else -1 if said["next"] else 0
    return f"{year - back}年{'末' if said['end'] or said['lastend'] else '度'}"
