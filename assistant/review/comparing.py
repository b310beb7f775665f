"""Sentences that compare years (同比叙述): the wrong year named, and reasons that contradict the direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.review.case import Case
from assistant.review.rule import Outcome, issue, said_in
from assistant.review.statement import Statement
from assistant.review.texts import _short

_CHANGE = r"(增加|增长|减少|下降|持平)"
_UP, _DOWN = ("增加", "增长", "提高", "上升", "新增", "扩大"), ("减少", "下降", "降低", "压减", "压缩", "节约", "取消")
_REASON = re.compile(r"(?:主要原因|原因)(?:是|为|：|:)+(.+)")


def own_year(case: Case) -> Iterator[Outcome]:
    """对比年份: this year's figure compared with a figure of the same year."""
    if case.year is None or case.genre == "绩效":
        return
    kind = "预算" if case.genre == "预算" else "决算"
    pattern = re.compile(rf"(?:比|较|与){case.year}\s*年度?(?:部门)?{kind}数?(?:相比)?[，,]?[^，。；]{{0,8}}{_CHANGE}")
    found = [said for said in case.statements if pattern.search(said.text)]
    if found:
        yield issue(
            "P0",
            f"与本年{kind}自身比较（{len(found)}处），疑对比年份有误",
            f"{case.year}年{kind}中写作“比{case.year}年{kind}……”。",
            f"对比对象应为{case.year - 1}年。",
            "请更正对比年份。",
            *said_in(*found),
        )


def contrary_reason(case: Case) -> Iterator[Outcome]:
    """增减原因: the reason given speaks only of the opposite direction."""
    for at, said in enumerate(case.statements):
        change = re.search(rf"(?:比|较|与)[^，。；]{{2,24}}{_CHANGE}", said.text)
        if change is None or "其中" in said.text[change.end() :]:
            continue
        text, after = _with_next(case, at), change.end()
        reason = _REASON.search(text[after : after + 160])
        if (
            reason is None
            or reason.start() > 40
            or re.search(_CHANGE, text[after : after + reason.start()].split("原因")[0][-30:])
        ):
            continue
        words = re.split(r"[。；]", reason[1])[0]
        up, down = any(word in words for word in _UP), any(word in words for word in _DOWN)
        contrary = {
            "增加": down and not up,
            "增长": down and not up,
            "减少": up and not down,
            "下降": up and not down,
            "持平": up != down,
        }
        if contrary[change[1]]:
            yield issue(
                "P1",
                f"写“{change[1]}”，原因却说{'增加' if up else '减少'}",
                f"“{_short(text[: after + reason.end()], 100)}”",
                "增减方向与所述原因不能同时成立。",
                "请核实增减方向或原因。",
                (said.place,),
                (text[: after + reason.end()],),
                tuple(fact.id for fact in said.facts),
            )


def _with_next(case: Case, at: int) -> str:
    """The sentence and the one behind it in the same paragraph."""
    said = case.statements[at]
    rest: list[Statement] = [s for s in case.statements[at + 1 : at + 2] if s.block is said.block]
    return said.text + "".join(s.text for s in rest)
