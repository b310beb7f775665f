"""When two facts speak of the same thing (同一主体、指标、期间、口径、单位): topic, year, basis, kind of unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.review.show import margin
from ingest.fact import Fact
from ingest.terms import canonical, plain

_BARE = re.compile(
    r"(年初|调整后|全年|本年|实际|年末|年度|资金)?(预算|决算|执行|支出|收入|完成|目标|指标|采购|拨付|安排|使用|投入|调整){0,2}(数|额|金额|总额|值|情况|指标)?"
)
_TAIL = re.compile(
    r"(项目|专项|经费|支出|资金|补助资金|任务|工作|发放|兑付|拨付|支付|人数|人次|数量|数|总数|总量|长度|面积)$"
)
_LEAD = re.compile(
    r"^(全年|全县|全市|全区|全省|我局|本单位|本部门|年末|其中|实现|达到|累计|共有?|当年|本年|部门|整体支出|部门整体支出|部门整体)"
)
ACTUAL = frozenset({"", "决算", "完成"})
BUDGETS = frozenset({"年初预算", "调整后预算", "预算"})
_GENERIC = frozenset(
    {
        "",
        "合计",
        "总计",
        "小计",
        "共计",
        "增长",
        "新增",
        "得分",
        "分值",
        "占比",
        "比重",
        "预算执行率",
        "执行率",
        "完成率",
        "控制率",
    }
)


_ASIDE = re.compile(r"20\d\d年?度?|[（(][^（）()]*[）)]")
_IDLE = re.compile(r"(?<=.)(合计|总计|小计)$|全年|本年度?|当年")


@lru_cache(maxsize=65536)
def topic_of(parts: tuple[str, ...]) -> str:
    """The topic of a subject and measure path."""
    kept = []
    for part in parts:
        text = _ASIDE.sub("", canonical(part))
        text = plain(text)
        text = _IDLE.sub("", text)
        if not text or _BARE.fullmatch(text):
            continue
        kept.append(text)
    joined = "".join(dict.fromkeys(kept))
    previous = ""
    while joined != previous:
        previous = joined
        joined = _LEAD.sub("", joined) or joined
        shorter = _TAIL.sub("", joined)
        joined = shorter if len(shorter) >= 3 else joined
    return joined


def topic(fact: Fact) -> str:
    """What a fact is about, without words of basis, year, scope and filler; "" for a bare total of the department."""
    return topic_of((fact.subject, *fact.measure))


def generic(text: str) -> bool:
    """Too little said to know that two facts mean the same."""
    return text in _GENERIC or len(text) < 3 or text[0] in "比较与同该此"


def year_of(fact: Fact) -> str:
    """The year of a fact's period; the period itself where it names none."""
    return _year_of(fact.period)


@lru_cache(maxsize=4096)
def _year_of(period: str) -> str:
    match = re.search(r"20\d\d", period)
    return match[0] if match and "以来" not in period else period


def comparable(one: Fact, other: Fact) -> bool:
    """Same year, compatible basis, same kind of unit."""
    a, b = one.quantity.unit, other.quantity.unit
    if a.dimension != b.dimension or (a.dimension == "count" and a.kind != b.kind):
        return False
    if {one.quantity.relation, other.quantity.relation} & {"从", "到", "≥", "≤", ">", "<", "余", "约"}:
        return False
    return year_of(one) == year_of(other) and same_basis(one, other) and not _redated(one) and not _redated(other)


def _redated(fact: Fact) -> bool:
    """The clause in front of the figure names another year than the fact's period: its period is in doubt."""
    years = re.findall(r"20\d\d(?=\s*年)", clause(fact)) if fact.kind == "prose" else []
    return bool(years) and year_of(fact).isdigit() and year_of(fact) not in years


def same_basis(one: Fact, other: Fact) -> bool:
    return one.basis == other.basis or {one.basis, other.basis} <= ACTUAL


def agree(one: Fact, other: Fact) -> bool:
    """Equal within the digits that the coarser of the two writes."""
    return abs(one.quantity.base - other.quantity.base) <= max(margin(one.quantity), margin(other.quantity))


def clause(fact: Fact) -> str:
    """What the clause of a figure says before it."""
    return re.split(r"[，；。：]", fact.quote[: max(fact.quote.find(fact.quantity.text), 0)])[-1]


def before(fact: Fact, facts: Iterable[Fact]) -> list[Fact]:
    """The figures that stand before one in its own sentence, in reading order."""
    where = (fact.quote, fact.place.block, fact.place.report)
    beside = (one for one in facts if (one.quote, one.place.block, one.place.report) == where)
    span = fact.place.span
    return [one for one in beside if span and one.place.span and one.place.span[0] < span[0]]


def group(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Facts by topic, in reading order."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(topic(fact), []).append(fact)
    return found


def owner_unsaid(fact: Fact) -> bool:
    """A figure of the text whose own clause does not name whose it is: the owner was carried over and is in doubt."""
    if fact.kind != "prose":
        return False
    owner = fact.subject or (fact.measure[0] if len(fact.measure) > 1 else "")
    return bool(owner) and plain(owner)[:3] not in plain(clause(fact))
