"""The fourth and fifth parts of the memo: issues by gravity (存在的问题), and what the department is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.answer import Finding, Indicator, Review
from assistant.review.case import Case
from assistant.review.memo_words import clipped, places, row, standing
from assistant.review.tracing import Line

GRADES = (("P0", "提交前必须修改"), ("P1", "建议修改或补充佐证"), ("P2", "规范性修改"), ("提示", "不属于错误，供参考"))
BRIEF = frozenset({"P2", "提示"})
"""Grades told in one row each; so is a grade with more issues than MANY."""
MANY = 12
QUOTES = 2
"""Passages quoted with an issue; the rest stand in the workbook."""
_SUPPLIER = re.compile(r"^(.+)（由([^（）]+)(?:（(.+)）)?提供）$")


def problems(kept: Sequence[Finding], notes: Mapping[str, str], case: Case) -> Iterator[Line]:
    """Issues P0 → P1 → P2 → 提示, numbered through: 位置、原文、复核、请求; light ones as rows of a table."""
    if not kept:
        yield Line("未发现需要修改的问题。")
    number = 0
    for grade, name in GRADES:
        own = [one for one in kept if one.severity == grade]
        if not own:
            continue
        heading = f"### {grade} {name}（{len(own)}项）"
        yield from (Line(heading, counts=(len(own),), listed=standing(own)), Line(""))
        brief = grade in BRIEF or len(own) > MANY
        if brief:
            yield Line("| 序号 | 问题 | 位置和原文 | 请求 |")
            yield Line("|---|---|---|---|")
        for one in own:
            number += 1
            note = notes.get(one.id, "")
            yield from (_brief(number, one, note, case),) if brief else _full(number, one, note, case)
        yield Line("")


def _full(number: int, one: Finding, note: str, case: Case) -> Iterator[Line]:
    yield Line(f"**{number}. {_clean(one.title)}**〔{one.rule} {one.id}〕", one, (number,))
    yield Line("")
    yield Line(f"- 位置：{places(case, one.places, 3) or '全文'}", one)
    for quote in _shown(one):
        yield Line(f"- 原文：“{clipped(quote)}”", one)
    yield from (Line(said, one) for said in _judged(one))
    if one.request:
        yield Line(f"- 请求：{one.request}", one)
    if note:
        yield Line(f"- 复核人备注：{note}", one)
    yield Line("")


def _brief(number: int, one: Finding, note: str, case: Case) -> Line:
    quotes = "；".join(f"“{clipped(quote, 60)}”" for quote in one.quotes[:QUOTES])
    where = "：".join(part for part in (places(case, one.places, 2) or "全文", quotes) if part)
    said = f"**{_clean(one.title)}**。{''.join(_told(one)) if one.severity not in BRIEF else _tidy(one.working)}"
    asked = one.request + (f"（复核人备注：{note}）" if note else "")
    return Line(row(str(number), f"{said}〔{one.id}〕", where, asked), one, (number,))


def _shown(one: Finding) -> list[str]:
    """Quotations that the finding's own words do not already hold."""
    fact = _bare(one.fact)
    return [quote for quote in one.quotes if _bare(quote).rstrip("。；，") not in fact][:QUOTES]


def _told(one: Finding) -> tuple[str, str]:
    """What the finding says and how it was reckoned, as sentences."""
    fact, working = (
        _tidy(part if part.endswith("。") else f"{part}。") if part else "" for part in (one.fact, one.working)
    )
    return fact, working


def _judged(one: Finding) -> Iterator[str]:
    """判定 and 复算; where nothing was reckoned, how it was looked for belongs to the judgement."""
    fact, working = _told(one)
    if "＝" in working:
        yield f"- 判定：经复核，{fact}"
        yield f"- 复算：{working}"
    else:
        yield f"- 判定：经复核，{fact}{working}" if fact or working else "- 判定：见原文。"


def _tidy(text: str) -> str:
    return re.sub(r"。+(?=”?。)", "", re.sub(r"(?<=[\d％%]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=\d)", "", text))


def _clean(title: str) -> str:
    return _tidy(title).replace("*", "＊")


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def requests(review: Review, kept: Sequence[Finding]) -> Iterator[Line]:
    """What is asked of the department: which issues how, and the material that the indicators lack."""
    yield Line("请责任科室逐条核实第四部分所列事项，连同说明一并报送；时限以主管部门通知为准。")
    yield Line("")
    orders = {
        "P0": "更正后重新报送，并同步修改引用处",
        "P1": "更正，或补充说明和佐证材料",
        "P2": "重新报送时一并规范",
    }
    start = item = 0
    for grade, _ in GRADES:
        size = sum(one.severity == grade for one in kept)
        if size and grade in orders:
            item += 1
            span = f"第{start + 1}项" if size == 1 else f"第{start + 1}至{start + size}项"
            yield Line(f"{item}. {span}（{grade}）：{orders[grade]}。", counts=(start + 1, start + size))
        start += size
    lacking = _material(review.indicators)
    if lacking:
        yield from (Line(""), Line("需补充的材料："), Line(""))
        yield from (Line(f"- {supplier}：{'；'.join(items)}。") for supplier, items in lacking.items())


def _material(indicators: Sequence[Indicator]) -> dict[str, list[str]]:
    """Missing inputs by who supplies them, each paper once: 部门决算报表（公用经费支出、项目支出决算数）."""
    papers: dict[str, dict[str, list[str]]] = {}
    for item in dict.fromkeys(item for each in indicators if each.status == "missing" for item in each.missing):
        if match := _SUPPLIER.match(item):
            papers.setdefault(match[2], {}).setdefault(match[3] or "", []).append(match[1])
    return {
        supplier: [f"{paper}（{'、'.join(names)}）" if paper else "、".join(names) for paper, names in each.items()]
        for supplier, each in papers.items()
    }
