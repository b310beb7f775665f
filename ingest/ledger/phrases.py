"""What the words around a figure say of it: a change, a share, a goal, a list, that there was none.

Works on pieces of one sentence; keeps no state and knows no report. All word lists are in terms.toml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.ledger.labels import clean, pattern, said
from ingest.terms import is_alias, plain
from ingest.wording import wording


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that says how much something changed (增减): `label` is "" where it is what was said last."""

    label: str
    comparator: str
    direction: str


_SAME_THEN = r"[比较]20\d\d年(?:度|末|同期)?(?:年初|当年)?(?:预算执行数|执行数|预算数|预算|决算数|决算)?"


_THAN = r"(?<![占对环同])[较比](?![例率重值对])[^，,、；;和与较比\d]{2,8}(?=[多少高低快慢]$)"
"""较核定编制少, 较序时进度慢: anything that the last word compares with."""


@cache
def _change() -> re.Pattern[str]:
    compare = "|".join(sorted(said("comparators"), key=len, reverse=True))
    direct = "|".join(sorted(said("directions"), key=len, reverse=True))
    return re.compile(
        rf"^(?P<label>.*?)(?P<cmp>{compare}|{_SAME_THEN}|{_THAN})?(?P<qual>实际|净(?![增减])|共|又|略有|的)?"
        rf"(?<![不未])(?P<dir>{direct})(?P<did>完成|支出|[支用花收])?(?:了|率为|率|幅度|幅|额|数|量|为|约|近|达到|达|超过|不足)*$"
    )


@lru_cache(maxsize=16384)
def change(own: str, compared: bool = False) -> Change | None:
    """The change that the words before a figure speak of: 比上年增长, 下降, 专利授权量同比增长.

    `compared`: the sentence has said with what, so that a bare 低 or 多 is one too.
    """
    text = plain(own).strip("，,；;：:。、")
    match = _change().match(text) if pattern("directions", "%s").search(text) else None
    if not match:
        return None
    alone = compared and not match["label"]
    if len(match["dir"]) == 1 and not (match["cmp"] or alone or (match["did"] and match["dir"] in "多少")):
        return None
    if match["dir"] == "提升" and not match["cmp"] and _WORK.match(match["label"]):
        return None
    if match["dir"] in ("节约", "节省", "压减") and "率" in match[0][match.end("dir") :]:
        return None
    return Change(clean(re.sub("^相比", "", match["label"])), match["cmp"] or "", match["dir"])


_WORK = re.compile("(?:实施|推进|完成|开展).{2}")
"""实施国省干线安全提升58公里 is a work and no rise."""


@cache
def _comparison() -> re.Pattern[str]:
    compare = "|".join(sorted(said("comparators"), key=len, reverse=True))
    beside = _SAME_THEN.replace("比较", "比较与同", 1)
    return re.compile(rf"^(?:{compare}|{beside}|[与同](?:上年度?|去年))(?:的|数|同期|决算数|支出)*$")


@lru_cache(maxsize=16384)
def comparison(own: str) -> str:
    """The bare comparison before a figure that is what is compared with (较上年352.61万元); "" if none."""
    text = plain(own)
    if not _COMPARES.search(text):
        return ""
    text = clean(own) if text[:1] not in "比较同环与" else text.strip("，,；;：:。、")
    return text if _comparison().match(text) else ""


_COMPARES = re.compile("[比较同环与]")
"""What every comparison begins with; most clauses have none of it."""


_BEYOND = re.compile(
    r"^(?P<label>.*?)(?P<dir>低于|少于|高于|高出|落后于?|超前于?|超出|超过|超)(?P<what>[^，]{2,12}?)(?:的|约|近)?$"
)


@lru_cache(maxsize=16384)
def beyond(own: str, points: bool) -> Change | None:
    """低于序时进度9.02个百分点, 超年初预算116.70万元: a change against what stands between the word and the figure.

    Only 超出 says so of any figure; 低于年初预算x is the budget itself, but not in `points` (百分点).
    """
    match = _BEYOND.match(plain(own).strip("，,；;：:。、"))
    if not match or not (points or match["dir"] in ("超", "超出")):
        return None
    what = match["what"]
    if not (is_alias(what) or is_aim(what) or what.endswith(("进度", "平均", "水平", "标准", "同期"))):
        return None
    return Change(clean(match["label"]), "比" + what, match["dir"])


_AGAINST_THEN = re.compile(r"^(?P<label>[^，]{2,}?)[比较](?P<then>上年度?|去年|20\d\d年度?)(?:同期)?的?$")


@lru_cache(maxsize=16384)
def compared_then(own: str) -> tuple[str, str]:
    """(label, when) of 收入较2021年的x增长: what is compared with its own value then; ("", "") if nothing."""
    match = _AGAINST_THEN.match(plain(own).strip("，,；;：:。、"))
    return (clean(match["label"]), match["then"]) if match else ("", "")


_AIM = re.compile(
    r"^的(?:年初|年度|绩效|预期|预定|既定|控制|考核|规定|上级|国家|省级)*(目标|计划|任务|指标|标准|要求|上限|下限|红线|控制线|预算)"
)
_UNMET = re.compile("[但尚仍均]*未能?达到?")
"""完成104公里，未达到120公里: a line that what was told stays under."""
_BELOW = re.compile("[但尚仍均]*(?:[低少]于|未达到?|未完成)(?:年初|年度)?(目标|计划)(?:值|数)?")
"""完成84台，低于目标90台."""
_REACH = re.compile(r"(?:距离?|离|对照|达到?|实现|完成|超过|超出|超|突破|[高低多少]于|[比较])$")


@lru_cache(maxsize=16384)
def aimed(own: str, after: str) -> tuple[str, str] | None:
    """(label, 目标 or 预算) of a goal named behind its figure (未达到45立方米的目标); None where it is no goal."""
    text = plain(own).strip("，,；;：:。、")
    if _UNMET.fullmatch(text) and not plain(after).startswith("的"):
        return "", "界限"
    if below := _BELOW.fullmatch(text):
        return "", below[1]
    within = text.endswith("控制在") and re.match("(?:以[内下]|之内|范围)", plain(after))
    if within:
        return clean(text.removesuffix("控制在")), "目标"
    aim = _AIM.match(plain(after))
    found = _REACH.search(text) if aim else None
    if aim is None or found is None:
        return None
    label = clean(re.sub("(?:未能?|没有?|尚|略|明显|但|仍)*$", "", text[: found.start()]))
    return label, "预算" if aim[1] == "预算" else "目标"


_SHARE = re.compile(
    r"^(?P<label>.*?)(?:在(?P<among>[^，占]{2,16}?)[中里内]占(?:到|了|比)?(?:为|约)?|占(?![补用地道线压])(?:到|了|据)?(?P<whole>[^比，]{0,30}?)(?:的比重|的比例|比重|比例|总数的|的)?(?:为|是|达到|达|约)*"
    r"|完成(?P<goal>[^，]{0,12}?(?:预算|指标|计划|目标|任务)数?)的"
    r"|(?:相当于|[为是]|达到?)(?P<of>[^，为是]{0,16}?(?:预算安排|预算|计划|目标|任务|指标|总额|支出|收入|合计)数?)的)$"
)


@lru_cache(maxsize=16384)
def share(own: str) -> tuple[str, str, str] | None:
    """(label, verb, whole) of a share: 占本年收入合计的 95.73%, 完成年初预算的 98.2%, 占 20.51%."""
    match = _SHARE.match(plain(own).strip("，,；;：:。、（("))
    if not match:
        return None
    return (
        clean(match["label"]),
        "完成" if match["goal"] else "占",
        match["goal"] or match["of"] or match["among"] or match["whole"] or "",
    )


_FROM = re.compile(
    r"^(?P<label>.*?)(?:由|从)(?:(?:上年|去年|上年度|20\d\d年(?:度|末|底|初)?|年初|上年末|原来|原有|原|平均|[一-龥]{2}之?前)的?)?(?:每[人户亩个辆件](?:每[年月天日])?)?(?:不足|约)?$"
)


@lru_cache(maxsize=16384)
def origin(own: str) -> str | None:
    """The label of the first of two figures in 由x降至y, 从x增加到y; None where the words are not such."""
    match = _FROM.match(plain(own).strip("，,；;：:。、"))
    return clean(_SINCE.sub("", match["label"])) if match else None


_SINCE = re.compile(r"自20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?起")


@lru_cache(maxsize=16384)
def listed(label: str, count: int = 0) -> tuple[str, ...]:
    """The names of a list, a common ending shared out: 甲、乙产业产值 → 甲产业产值, 乙产业产值.

    Where there are `count` names already, 和 in the last (登记与信息化) joins no two.
    """
    names = [name for name in label.split("、") if name]
    if len(names) < 2:
        names = [name for name in re.split(r"和|与|及", label) if name]
    elif len(names) != count and (match := re.fullmatch(r"(.+?)(?:以及|和|与|及)(.{2,})", names[-1])):
        names[-1:] = [match[1], match[2]] if _likely_two(names, match[1], match[2]) else [names[-1]]
    ending = shared_ending(names[-1]) if len(names) > 1 else ""
    return tuple(name if name.endswith(ending) else name + ending for name in names)


def _likely_two(names: list[str], left: str, right: str) -> bool:
    """Whether 和 in the last item parts two items: the earlier ones have none themselves."""
    return not any(re.search("和|与|及", name) for name in names[:-1]) and len(left) > 1 and len(right) > 1


@cache
def _endings() -> re.Pattern[str]:
    known = sorted({*said("measures"), *said("nouns"), *wording()["vocabulary"]["words"]}, key=len, reverse=True)
    return re.compile(rf"(?:产业|行业|领域|部门|类)?(?:{'|'.join(map(re.escape, known))})+$")


def shared_ending(name: str) -> str:
    """The words at the end of the last name of a list that belong to all of them, leaving it a name of its own."""
    match = _endings().search(name)
    return match[0] if match and match.start() >= 2 else ""


_MOST = re.compile(r"^(?P<measure>.{2,12}?)最[高低多少大小好差快慢]的?.{0,6}?[是为](?P<whose>.{2,})$")


@lru_cache(maxsize=16384)
def superlative(label: str) -> tuple[str, str] | None:
    """(whose, measure) of 执行率最低的项目是智慧平台; None where the label is not such."""
    match = _MOST.match(label)
    return (match["whose"], match["measure"]) if match else None


_NONE = re.compile(
    r"(?:^|[，,；;：:。、]|\d\s*年度?|部门|单位|[我全]局|本?年度)(?:均)?(?P<none>没有|未发生|无)(?P<list>[^，,；;：:。\d]{2,40})"
)


_ABSENCE = re.compile("无|没有|未发生")


def absent(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Expenses that a sentence says there were none of (无因公出国（境）费用), with the span of 无."""
    found = []
    for match in _NONE.finditer(text) if _ABSENCE.search(text) else ():
        if match["list"].endswith("的"):
            continue
        names = match["list"]
        if re.match(r"\s*\d", text[match.end() :]):
            names = names.rpartition("、")[0]
        for name in re.split(r"、|和|及|与", names):
            label = clean(name)
            if len(label) > 2 and label.endswith(said("expenses")):
                found.append((label, match.span("none")))
    return tuple(found)


_THEN = re.compile("^(?:上年度?|去年|上一年度?)(?:同期|同口径|同时期)?的?(?!结转|结余|末|底|初|度)(?P<what>.{2,})")


def then(label: str) -> str:
    """What a label says of the year before (上年同期支出 → 支出), "" for nothing; 上年结转 is a name."""
    match = _THEN.match(label)
    return match["what"] if match else ""


def is_aim(label: str) -> bool:
    """Whether a label is nothing but a plan or goal (计划、年度任务), so that the measure comes from before."""
    return bool(re.fullmatch("(?:年初|年度|全年|原)?(?:计划|目标|任务|目标任务|计划任务)(?:数|值|量)?", label))
