"""Captions (表题) and unit lines (单位：万元): told from the words of a line, and bound to the table under them."""

from __future__ import annotations

import re

from ingest.layout.headings import numbering
from ingest.layout.words import ends, squeeze, stem
from ingest.units import unit as known

UNIT = re.compile(
    r"(?:(?:金额|计量|货币)?单\s*位|金额)\s*[：:]\s*"
    r"((?:人民币)?[^\s，。；（）()：:]{1,20}(?:[（(][^\s（）()：:]{1,3}[）)][、,/][^\s，。；（）()：:]{1,12})*)"
)
BRACKET_UNIT = re.compile(
    r"[（(]\s*((?:人民币)?(?:亿元|万元|千元|百万元|元)(?:\s*[、，,/]\s*[^\s（）()、，,/]{1,4})*)\s*[）)]"
)
NUMBERED = re.compile(r"(?:附?表|附件)\s*[\d一二三四五六七八九十]+(?:[-－—.]\d+)?(?!\d)")
PERIOD = re.compile(r"[（(]?20\d\d年(?:度|(?:\d{1,2}月)?(?:[-—–至]+(?:20\d\d年)?\d{1,2}月))?[）)]?")
FORM = re.compile(
    r"(?:公开|财决|财预|部决|批复|预|决)\d{1,2}(?:-\d{1,2})?表|公开表\d{1,2}(?:-\d{1,2})?"
    r"|(?:公开|填报|编制|预算)?(?:部门|单位)(?:名称)?[：:][^：:，。；]{2,30}"
)
ORGANISATION = re.compile(r"(?:编制|填报|主管|预算|实施|被?评价|公开|项目|部门)$")
GOES_ON = re.compile(r"续表|[（(]续[表\d一二三四五六七八九十]*[）)]\s*$|^[（(]?(?:上?接|接上|续上)[表页]")
LONGEST = 50
_CLOSING = re.compile(r"[（(]([^（）()]{1,30})[）)]$")
_EACH = re.compile(r"([一-鿿]{2,4}?)(?:计量)?(?:单\s*位)?\s*[：:]\s*([^\s，。；（）()：:、,]{1,6})")
_ALONE = re.compile("(?:人民币)?([亿万千]?元)")
"""A line that is nothing but a unit of money."""


def unit_of(text: str) -> str:
    """The unit that a line or caption states: 单位：万元 → 万元, 支出表（万元） → 万元; "" for none.

    Where it names one for each kind of figure, all of them: 数量单位：套、金额单位：万元 → 数量：套；金额：万元.
    """
    each = [(word, name) for word, name in _EACH.findall(text) if known(name)]
    if len({word for word, _ in each}) > 1:
        return "；".join(f"{word}：{name}" for word, name in each)
    for match in UNIT.finditer(text):
        if not ORGANISATION.search(squeeze(text[: match.start()])):
            return match[1] if measures(match[1]) else ""
    if alone := _ALONE.fullmatch(squeeze(text)):
        return alone[1]
    bracket = BRACKET_UNIT.search(text)
    return bracket[1] if bracket else ""


def closing_unit(text: str) -> str:
    """The unit that a line closes with: 养护里程（公里）, 购置（数量：套；金额：万元）; a level (项) is none."""
    match = _CLOSING.search(squeeze(text))
    if match is None:
        return ""
    parts = re.split("[、，,/]", match[1])
    return unit_of(match[0]) or (match[1] if all(known(part) and part not in "类款项" for part in parts) else "")


def measures(unit: str) -> bool:
    """Whether what follows 单位： is a measure (万元, 人) and not the name of a body (某某县教育局)."""
    parts = [part for part in re.split("[、/]", stem(unit)) if part]
    return len(unit) <= 3 or all("元" in part or known(part) or len(part) <= 2 for part in parts)


def is_unit_line(text: str) -> bool:
    """Whether a line states a unit and hardly anything else: 单位：万元, 编制单位：某局 金额单位：元."""
    bare = squeeze(text)
    if _ALONE.fullmatch(bare):
        return True
    return (
        bool(UNIT.search(text))
        and unit_of(text) != ""
        and len(bare) <= 40
        and "。" not in bare
        and not is_numbered(bare)
    )


def is_form_line(text: str) -> bool:
    """Whether a line only says which form the table under it is, or whose: 公开03表, 部门：某某县教育局."""
    return FORM.fullmatch(squeeze(text)) is not None


def is_period_line(text: str) -> bool:
    """Whether a line only names the period of the table under it: （2021年度）."""
    return PERIOD.fullmatch(squeeze(text)) is not None


def goes_on(text: str) -> bool:
    """Whether a line says that the table under it goes on from before: 续表2, 表3（续）, 接上表."""
    return len(text) <= LONGEST and GOES_ON.search(text) is not None


def is_numbered(text: str) -> bool:
    """Whether a line opens like a numbered table: 表3, 附表1-2, 附件2."""
    return NUMBERED.match(squeeze(text)) is not None


def is_caption(text: str, centered: bool = False) -> bool:
    """Whether a line directly above a table is its caption (the caller has checked that a table follows)."""
    bare = squeeze(UNIT.sub("", text))
    if not bare or len(bare) > LONGEST or is_form_line(bare) or re.search(r"[。；;！？：:，,]$|。", bare):
        return False
    if is_numbered(bare):
        return True
    if numbering(bare) is not None:
        return False
    return ends(stem(bare) or bare, "caption_endings") or (centered and len(bare) <= 40) or closing_unit(text) != ""
