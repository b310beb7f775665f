"""The noun behind a count (11所学校改造) and the verbs around it: what is counted, in one label.

Works on pieces of one sentence; keeps no state and knows no report. All word lists are in terms.toml.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.ledger.labels import balanced, clean, pattern
from ingest.terms import plain

_BOUND = re.compile(r"^(?:及以上|以上|以下|左右|以内|余|多)?(?:已经|已)?")
_WORD = re.compile(r"[A-Za-z一-鿿]")


@lru_cache(maxsize=16384)
def noun(after: str) -> str:
    """The noun behind a count: `个项目绩效目标` → 项目绩效目标; "" where what follows is none."""
    text = _BOUND.sub("", plain(after)).replace("(", "（").replace(")", "）")
    if not _WORD.match(text) or pattern("after", r"^(?:%s)").match(text):
        return ""
    text = _cut(text.removeprefix("的"))
    found = pattern("stops", r"(?:%s)").search(text, 2)
    return _AMONG.sub("", balanced(text[: found.start()] if found else text))


_AMONG = re.compile("手?(?<![高初年集])[中里](?:有?$|.{2,}(?:于|超过|在|达到?)$)")
"""12项指标中有3项未量化: the whole of a part, whose noun does not say so."""


def _cut(text: str) -> str:
    """Up to the first mark that is not inside brackets."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "（") - (char == "）")
        if depth < 0 or (depth == 0 and char in "，,；;：:。、！？!?"):
            return text[:at]
    return text


def starts_with_verb(text: str) -> bool:
    """Whether a phrase begins with a verb of terms.toml."""
    return bool(pattern("verbs", r"^(?:%s)").match(text))


def done_to(text: str) -> str:
    """What a phrase is about without the verbs that it begins with: 办理政府采购 → 政府采购."""
    return pattern("verbs", r"^(?:%s)+(?=..)").sub("", text)


def last_verb(text: str) -> int:
    """Where the last verb of a phrase begins, -1 without one."""
    found = list(pattern("verbs", r"(?:%s)").finditer(text))
    return found[-1].start() if found else -1


def ends_with_verb(text: str) -> bool:
    """Whether a phrase ends with a verb of terms.toml."""
    return bool(pattern("verbs", r"(?:%s)$").search(text))


def undone(text: str) -> str:
    """A noun without the verbs at its end, which speak of the figure behind them."""
    return pattern("verbs", r"(?<=..)(?:%s)+$").sub("", text)


def predicate(text: str) -> str:
    """What a list of counted nouns has in common: from the first verb of the last noun phrase on."""
    found = pattern("verbs", r"(?:%s)").search(text, 1)
    return text[found.start() :] if found else ""


_ADVERBS = re.compile("^(?:实际|最终|总共|仍|只|仅|已)+")


@lru_cache(maxsize=16384)
def only_verbs(label: str) -> bool:
    """Whether a label names nothing (接待、吸引参加、实际只建成)."""
    return bool(pattern("verbs", r"^(?:%s)+$").match(_ADVERBS.sub("", label)))


_LIST = re.compile("[、与和及]")


@lru_cache(maxsize=16384)
def enumerated(text: str, counted: bool = False) -> str:
    """Words that run through a list, without the list: 举办甲峰会、乙大赛等活动 → 举办活动.

    `counted`: a count and its noun follow, so that a list needs no 等 (内设甲科、乙科 2个科室).
    """
    head, mark, tail = plain(text).rpartition("等")
    if not mark:
        head, tail = plain(text), ""
    if not _LIST.search(head) or not (mark or counted) or (not counted and "、" not in head):
        return text
    first = head.split("、")[0]
    verb = pattern("verbs", r"^(?:(?:%s)[和并、及]?)+").match(clean(first))
    at = pattern("verbs", r"(?:%s)").search(first)
    return (verb[0] if verb else first[: at.end()] if at and at.end() < len(first) else "") + tail


_STATE = re.compile("^(?:仍|还|尚)?(?:[未没处属已不达得]|无法|存在|完成|通过|超额|实现)[^，,；;。：:、（(]{1,12}")


def state(own: str, after: str) -> str:
    """What is said of a part that has no noun of its own: 12项指标中有3项未量化 → 指标中未量化."""
    behind = _STATE.match(plain(after)) if plain(own).endswith(("有", "中")) else None
    return clean(own) + behind[0] if behind and clean(own) else ""


def of_those(after: str) -> str:
    """What is said of some of those just counted: 2项未达到计划 → 未达到计划."""
    found = _OF_THOSE.match(plain(after))
    return (found[1] or found[0]) if found else ""


_OF_THOSE = re.compile(
    "(?:因|由于)[^，,；;。：:、]{2,24}((?:未|没)[^，,；;。：:、（(]{1,12})(?=[，,；;。：:]|$)"
    "|(?:因|由于|未|没)[^，,；;。：:、（(]{1,16}"
)


@lru_cache(maxsize=16384)
def joined(before: str, after: str) -> str:
    """Words on both sides of a count as one label: 改善 + 义务教育学校办学条件."""
    rest = plain(before).endswith(("等", "等共"))
    if rest and not _LIST.search(before) and not starts_with_verb(clean(before)):
        before = ""  # 学籍等9类档案: the last of a list
    before = clean(enumerated(before, "、" in before or rest))
    at = last_verb(before)
    if len(before) > 8 and at > 0:
        before = before[at:]
    return clean(before + _WITHIN.sub("", after))


_WITHIN = re.compile("^内(?![设部])")
"""验收后30日内完成登记."""
