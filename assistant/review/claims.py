"""What a report claims of itself (成效表述): contradictory, empty, vague, or plans told as results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.review.case import Case
from assistant.review.lexicon import any_of, listed
from assistant.review.rule import Outcome, issue, said_in
from assistant.review.texts import _short


def contradiction(case: Case) -> Iterator[Outcome]:
    """结论矛盾: full completion claimed in one place, partial in another."""
    full, partly = listed("claims", "full")[:2], listed("claims", "partly")
    one = next((s for s in case.statements if any_of(full, s.text) and s.zone != "goal"), None)
    other = next((s for s in case.statements if any_of(partly, s.text) and s.zone != "goal"), None)
    if one and other:
        a, b = any_of(full, one.text), any_of(partly, other.text)
        yield issue(
            "P1",
            f"结论表述不一致：“{a}”与“{b}”并存",
            f"一处称“{a}”，另一处称“{b}”。",
            "两种完成程度不能同时成立。",
            "请统一表述，并与目标完成情况对应。",
            (one.place, other.place),
            (_around(one.text, a), _around(other.text, b)),
        )


def _around(text: str, word: str) -> str:
    """The clause around a word."""
    at = text.find(word)
    start = max(text.rfind(mark, 0, at) for mark in "，；。") + 1
    end = min((found for mark in "，；。" if (found := text.find(mark, at)) >= 0), default=len(text))
    return text[start:end].strip()


_STOP, _MARK = re.compile("[；。]"), re.compile("[，；。]")
_ALL = re.compile("均达到|均已完成|均圆满")
_UNDERWAY = re.compile("(稳步|有序|扎实|加快)推进")
_BEYOND = re.compile("超额(完成|实现)")
_PLANNED = re.compile("(?:^|[^模])(?:筹划|拟)(?:发起|发行|融资|设立|建设|成立|引进)")
_LUMPED = re.compile(r"(成立|新建|新增|设立|引进)([^，。；]{2,40}?)等?共(?:计)?\s*\d+")


def empty_claims(case: Case) -> Iterator[Outcome]:
    """空泛断言: 均达到、稳步推进 and the like without a figure."""
    for said in case.statements:
        if said.zone == "goal" or said.block.kind != "paragraph":
            continue
        clauses = _STOP.split(said.text)
        clause = next((c for c in clauses if _ALL.search(c)), "")
        if clause and not re.search(r"\d+(?:\.\d+)?\s*[%％个项件家人]", clause):
            yield issue(
                "P2",
                "断言没有数据支撑",
                f"“{_short(clause)}”未列目标值和完成值。",
                "",
                "请逐项列出目标值与完成值。",
                (said.place,),
                (clause.strip(),),
            )
        vague = next((c for c in clauses if _UNDERWAY.search(c)), "")
        if (
            vague
            and said.zone == "result"
            and re.search(r"(项目|工程|研究院|研究所|中心|基地)[^，]{0,6}(稳步|有序|加快)推进", vague)
        ):
            yield issue(
                "P2",
                "项目进展表述空泛",
                f"“{_short(vague)}”未写明进度。",
                "",
                "请写明各项目的实际进度、完成时间或形象进度。",
                (said.place,),
                (vague.strip(),),
            )


def beyond_target(case: Case) -> Iterator[Outcome]:
    """超额完成而无任务数: the degree cannot be computed without the target."""
    for said in case.statements:
        if said.zone in ("goal", "plan"):
            continue
        for clause in _MARK.split(said.text) if _BEYOND.search(said.text) else ():
            if _BEYOND.search(clause) and re.search(r"任务|目标|指标|计划", clause) and not re.search(r"\d", clause):
                yield issue(
                    "P1",
                    "“超额完成”未列任务数",
                    f"“{_short(said.text)}”未写任务数，无法计算实际完成率。",
                    "实际完成率＝实际完成数÷计划数，缺计划数。",
                    "请补充任务数及下达文件。",
                    *said_in(said),
                    tuple(f.id for f in said.facts),
                )


def planned_as_done(case: Case) -> Iterator[Outcome]:
    """计划当产出: something merely planned listed among the results."""
    for said in case.statements:
        clause = next((c for c in _STOP.split(said.text) if _PLANNED.search(c)), "")
        if clause and said.zone == "result":
            yield issue(
                "P1",
                "计划事项列作履职成效",
                f"“{_short(clause)}”为计划或拟议事项，未见结果。",
                "",
                "请说明实际进展，未实施的移出成效部分。",
                *said_in(said),
                tuple(f.id for f in said.facts),
            )


def lumped(case: Case) -> Iterator[Outcome]:
    """新设与累计混写: 成立A与B等共N个."""
    for said in case.statements:
        match = _LUMPED.search(said.text)
        if match and said.zone == "result" and "等共" in said.text:
            yield issue(
                "P1",
                f"“{match[1]}……等共”把新增与累计混写",
                f"“{_short(match[0])}”分不清当年新增与历年累计。",
                "",
                "请分列当年新增数和累计数。",
                *said_in(said),
                tuple(f.id for f in said.facts),
            )


def vague_numbers(case: Case) -> Iterator[Outcome]:
    """模糊量词: 30余场、约100人 among the results cannot be checked."""
    found = [
        (
            said,
            [f for f in said.facts if f.quantity.relation in ("余", "约") and f.dimension not in ("duration",)],
        )
        for said in case.statements
        if said.zone == "result"
    ]
    found = [(said, facts) for said, facts in found if facts]
    if found:
        words = "、".join(f"“{f.quantity.text}”" for _, facts in found for f in facts)
        yield issue(
            "P2",
            "成效数据使用模糊量词",
            f"{words}没有确数，无法核验。",
            "",
            "请给出确数和统计依据。",
            *said_in(*(said for said, _ in found)),
            tuple(f.id for _, fs in found for f in fs),
        )
