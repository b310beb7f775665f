"""The unit of a table cell that shows a bare number: from its column, its row, a unit column or the table's head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ingest.periods import mentions
from ingest.quantity import Unit, alike, unit
from ingest.terms import canonical
from ingest.wording import wording, words

_PARENTHESIS = re.compile(r"[（(](?:单位[：:])?([^（）()]{1,8})[)）]")
_ASIDE = re.compile(r"(?<=.)[（(][^（）()]*[)）]$")
"""What a header adds in brackets: 得分（20分×执行率） is a score, no rate."""
_MONEY = re.compile("经费|费用|费$|支出|收入|补助|工资|津贴")
_VALUED = re.compile("原值|净值|折旧|摊销|价值|金额|资金")
"""Heads of columns of money, whatever the things of a row are counted in (设备（台）：数量、原值)."""
_TIMES = re.compile("(人次|户次|批次|车次|课时)数?$")
"""Heads that end in their measure word (参与人次)."""
_HOW_MANY = re.compile("(?:[个次人户份件家辆台宗起场期座处]|批次|项目|数)[数量]$")
"""Heads of counts in a table whose figures are money otherwise (项目个数 beside 成交金额)."""
_COUNT = re.compile(r"(.?)([^元\d])数量?$")
"""A head that names its measure word: 发放份数, 惠及户数, 接待批次数."""
_SCORES = re.compile("分值$|(?<![部百成积学])分$")
"""How the name of a column of scores ends: 绩效自评得分, 评价组复核分."""


@lru_cache(maxsize=16384)
def named_unit(label: str) -> Unit | None:
    """The unit that a label names in parentheses: 编制总数（名） → 名."""
    for match in reversed(list(_PARENTHESIS.finditer(label))):
        if found := unit(match[1].strip()):
            return found
        parts = [unit(part.strip()) for part in re.split("[、，,/]", match[1])]  # 设备（台、套）, 无形资产（软件，套）
        if len(parts) > 1 and parts[-1]:
            return next(filter(None, parts))
    return None


def _counts(label: str) -> bool:
    """Whether a label says what its things are counted in."""
    found = named_unit(label)
    return found is not None and found.dimension not in ("money", "ratio")


@cache
def _rate_endings() -> tuple[str, ...]:
    return tuple(words("rates"))


@lru_cache(maxsize=16384)
def implied_unit(label: str) -> Unit | None:
    """The unit that a label implies by its words: 执行率 → %, 得分 → 分."""
    name = canonical(_ASIDE.sub("", label).removesuffix("合计"))
    if _SCORES.search(name):
        return unit("分")
    return unit("%") if name.endswith(_rate_endings()) else None


def worded_unit(label: str) -> Unit | None:
    """The measure word that the name of a count ends in: 缴存户数 → 户, 参与人次 → 人次."""
    if (counted := _COUNT.search(canonical(label))) and (found := unit(counted[2]) or unit(counted[1] + counted[2])):
        return found if found.dimension == "count" else None
    times = _TIMES.search(label)
    return unit(times[1]) if times else None


def counted_unit(label: str) -> Unit | None:
    """The unit that a reader would guess for a count (编制数 → 人); none for money spent on people (人员经费)."""
    if _MONEY.search(label):
        return None
    if found := worded_unit(label):
        return found
    for name, listed in wording()["counted"].items():
        if any(word in label for word in listed):
            return unit(name)
    return None


def units_in_turn(printed: str, columns: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """The unit of each column where the table's head names one for each, in their order, and no head contradicts."""
    units = [part for part in re.split("[、，,；;]", printed) if unit(part.strip())]
    if len(units) != len(columns) or len(columns) < 2:
        return {}
    turns = dict(zip(columns, units, strict=True))
    return {} if any(_contradicts("".join(path[-1:]), unit(name.strip())) for path, name in turns.items()) else turns


def _contradicts(text: str, given: Unit | None) -> bool:
    """Whether a head says only when, or speaks of money or a count where the unit is of another kind (账面原值: 艘)."""
    if any(text[slice(*named.span)] == text for named in mentions(text, 2000)):
        return True
    told = "money" if _VALUED.search(text) or _MONEY.search(text) else "count" if counted_unit(text) else ""
    return bool(told and given) and (told == "money") != (given is not None and given.dimension == "money")


def table_unit(printed: str, columns: Sequence[str], row: str) -> Unit | None:
    """The unit at the table's head; where it names several (单位：万元、人) the one that suits the label."""
    label = "".join((row, *columns))
    if "：" in printed and (each := _EACH.findall(printed)):
        named = (found for word, name in each if word in label and (found := unit(name)))
        if found := next(named, None):
            return found
        printed = "、".join(name for _, name in each)
    units = [found for part in _UNITS.split(printed) if (found := unit(_ASIDE.sub("", part.strip())))]
    if len(units) < 2:
        return unit(printed.strip()) or (units[0] if units else None)
    if not _MONEY.search(row) and not _VALUED.search(label) and (own := worded_unit(row)):
        return next((found for found in units if alike(found, own)), own)
    counted = any(map(counted_unit, columns[-1:])) or (counted_unit(label) and not _VALUED.search(label))
    if counted and (own := _of_thing("".join(columns[-1:]), units) or _of_thing(label, units)):
        return own
    kind = "count" if counted else "money" if _MONEY.search(label) or _VALUED.search(label) else ""
    fitting = [found for found in units if found.dimension == kind] or [u for u in units if u.dimension != "count"]
    return (fitting or units)[0]


_UNITS = re.compile(r"[、，,/；; ]")
_EACH = re.compile(r"(\w+)：([^；]+)")
"""What each thing is counted in, as captions.unit_of puts it: 数量：套；金额：万元."""


def _of_thing(label: str, units: Sequence[Unit]) -> Unit | None:
    """The unit among those printed that a thing is counted in: 平方米 of 房屋, 辆 of 车辆."""
    for name, things in wording()["things"].items():
        if (own := unit(name)) in units and any(thing in label for thing in things):
            return own
    return None


def cell_unit(
    columns: tuple[str, ...], rows: tuple[str, ...], stated: str, inherited: Unit | None, printed: str
) -> tuple[Unit | None, bool]:
    """The unit of a bare number and whether it is certain.

    `columns` and `rows` are header paths, outermost first; `stated` is the text of a unit column (计量单位);
    `inherited` the unit of the row this one is part of; `printed` the unit at the table's head.
    """
    label = "".join((*rows[-1:], *columns))
    amounts = unit(printed.strip())
    if columns and amounts and amounts.dimension == "money" and _HOW_MANY.search(columns[-1]):
        printed = ""
    if rows and printed and _VALUED.search("".join(columns)) and not columns[-1].endswith("数量"):
        rows, inherited = tuple(text for text in rows if not _counts(text)), None
    ways = (
        *(named_unit(text) for text in reversed(columns)),
        *(implied_unit(text) for text in reversed(columns[-1:])),
        unit(stated.strip()) if stated.strip() else None,
        *(named_unit(text) for text in reversed(rows)),
        *(implied_unit(text) for text in rows[-1:]),
        inherited,
        table_unit(printed, columns, "".join(rows[-1:])) if printed else None,
    )
    found = next((way for way in ways if way is not None), None)
    return (found, True) if found else (counted_unit(label), False)
