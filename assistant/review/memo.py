"""The memo (复核意见): seven parts in Markdown, the same bytes for the same review.

Every sentence is made from findings, passed checks and indicators; nothing is added, and no clock is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answer import Finding, Indicator, Review
from assistant.review.case import Case
from assistant.review.decision import Decision, latest, rejected
from assistant.review.masking import masked
from assistant.wording import describe
from ingest.report import Place

GRADES = (("P0", "提交前必须修改"), ("P1", "建议修改或补充佐证"), ("P2", "规范性修改"), ("提示", "不属于错误，供参考"))
NUMERALS = "一二三四五六七"
STATUS = {"P0": "不符", "P1": "存疑", "P2": "规范", "提示": "提示"}
CLOSING = 3


def memo(review: Review, case: Case, decisions: Sequence[Decision] = ()) -> str:
    """The memo of a review; findings that the reviewer rejected are left out, notes are printed with theirs."""
    out = rejected(decisions)
    kept = [finding for finding in review.findings if finding.id not in out]
    notes = {key: each.note for key, each in latest(decisions).items() if each.note}
    parts = (
        ("基本情况", _basics(case)),
        ("总体意见", _opinion(review, kept, case)),
        ("数据复核情况", _checks(review, kept, case)),
        ("存在的问题", _problems(kept, notes, case)),
        ("修改和补充要求", _requests(review, kept)),
        ("有关建议", _advice(kept, review.indicators)),
        ("局限性说明", _limits(case, len(review.findings) - len(kept))),
    )
    lines = [f"# 关于《{_title(case)}》的复核意见", ""]
    for numeral, (name, body) in zip(NUMERALS, parts, strict=True):
        lines += [f"## {numeral}、{name}", "", *body, ""]
    return masked("\n".join(lines).rstrip() + "\n")


def _title(case: Case) -> str:
    report = case.main.report
    return "".join(report.title.split()) or report.source


def _where(case: Case, place: Place) -> str:
    for part in (*case.parts, *case.prior):
        if part.report.id == place.report:
            said = describe(place, part.report)
            return said if part is case.main else f"{said}（{part.report.source}）"
    return "原文"


def _basics(case: Case) -> Iterator[str]:
    report = case.main.report
    yield f"- 被评部门：{report.department or '报告未写明'}"
    yield f"- 评价年度：{f'{report.year}年' if report.year else '报告未写明'}"
    names = [f"{part.report.source}（{part.report.form}，{len(part.report.tables)}张表）" for part in case.parts]
    yield f"- 复核材料：{'；'.join(names)}"
    if case.prior:
        yield f"- 对照材料：{'；'.join(part.report.source for part in case.prior)}"
    yield f"- 复核口径：{case.profile.name}。{case.profile.note}"
    yield "- 复核方法：书面复核，仅依据报告文本和所附表格，未现场核查，未调阅账表和底稿。"


def _opinion(review: Review, kept: list[Finding], case: Case) -> Iterator[str]:
    counts = {grade: sum(one.severity == grade for one in kept) for grade, _ in GRADES}
    gone = [one for one in kept if one.category in ("附件缺失", "要素缺失", "三公经费", "空白项", "目标无结果")]
    wrong = [
        one
        for one in kept
        if one.category
        in ("表内勾稽", "文表不一致", "比率错误", "评分", "单位错误", "预算执行颠倒", "分项不合", "隐含勾稽")
    ]
    form = [one for one in kept if one.severity == "P2"]
    logic = [
        one for one in kept if one.category in ("目标—结果不符", "结论矛盾", "增减方向", "期间混用", "沿用上年数据")
    ]
    yield f"- 完整性：{_said(gone, '要素基本齐全', '要素不全')}。"
    yield f"- 规范性：{_said(form, '未见明显不规范', '有需要规范的表述或填报')}。"
    yield f"- 数据一致性：{_said(wrong, '所核数据未见不符', '有数据不符或无法衔接')}。"
    yield f"- 逻辑性：{_said(logic, '未见前后矛盾', '有前后不一致或期间混用')}。"
    yield ""
    verdict = "建议退回修改后重新报送" if counts["P0"] else "建议修改补充后通过" if counts["P1"] else "建议通过"
    total = "、".join(
        f"{grade}级{number}项" if grade != "提示" else f"提示{number}项" for grade, number in counts.items()
    )
    yield f"经复核，共提出{len(kept)}项意见（{total}），通过核对{len(review.passed)}项。总体意见：**{verdict}**。"


def _said(found: list[Finding], good: str, bad: str) -> str:
    serious = [one for one in found if one.severity != "提示"]
    return f"{bad}（{len(serious)}项）" if serious else good


def _checks(review: Review, kept: list[Finding], case: Case) -> Iterator[str]:
    missing = [each for each in review.indicators if each.status == "missing"]
    wrong = [one for one in kept if one.severity in ("P0", "P1") and one.working]
    hints = [one for one in kept if one.severity == "提示"]
    counted = f"已核对相符{len(review.passed)}项，不符或存疑{len(wrong)}项，提示{len(hints)}项"
    yield f"{counted}，缺少输入、无法核实的指标{len(missing)}项。"
    yield from ("", "### 勾稽核对表", "", "| 结果 | 核对事项 | 复算过程 | 位置 |", "|---|---|---|---|")
    for one in (*wrong, *hints):
        yield _row(STATUS[one.severity], one.title, one.working, _places(case, one.places))
    for passed in review.passed:
        yield _row("通过", passed.title, passed.working, _places(case, passed.places))
    yield from ("", "### 指标复算", "", "| 指标 | 结果 | 公式 | 输入或缺项 |", "|---|---|---|---|")
    for each in review.indicators:
        yield _indicator(each)


def _indicator(each: Indicator) -> str:
    if each.status == "missing":
        return _row(each.name, "无法核实", each.formula, f"缺：{'、'.join(each.missing)}")
    result = f"{each.value}{each.unit}" + ("（附前提）" if each.premise else "")
    inputs = "；".join(each.inputs) + (f"。前提：{each.premise}" if each.premise else "")
    return _row(each.name, result, each.formula, inputs)


def _row(*cells: str) -> str:
    return "| " + " | ".join(re.sub(r"\s+", " ", cell).replace("|", "｜").strip() or "—" for cell in cells) + " |"


def _places(case: Case, places: Sequence[Place], limit: int = CLOSING) -> str:
    named = list(dict.fromkeys(_where(case, place) for place in places))
    return "；".join(named[:limit]) + ("等" if len(named) > limit else "")


def _problems(kept: list[Finding], notes: dict[str, str], case: Case) -> Iterator[str]:
    if not kept:
        yield "未发现需要修改的问题。"
    number = 0
    for grade, name in GRADES:
        own = [one for one in kept if one.severity == grade]
        if not own:
            continue
        yield from (f"### {grade} {name}（{len(own)}项）", "")
        for one in own:
            number += 1
            yield from _problem(number, one, notes.get(one.id, ""), case)


def _problem(number: int, one: Finding, note: str, case: Case) -> Iterator[str]:
    yield f"**{number}. {one.title}**〔{one.id}〕"
    yield ""
    yield f"- 位置：{_places(case, one.places) or '全文'}"
    for quote in one.quotes[:CLOSING]:
        yield f"- 原文：“{_clipped(quote)}”"
    yield f"- 判定：经复核，{one.fact}" if one.fact else "- 判定：见复算。"
    if one.working:
        yield f"- 复算：{one.working}"
    yield f"- 依据：{one.rule}——{one.basis}"
    if one.request:
        yield f"- 请求：{one.request}"
    if note:
        yield f"- 复核人备注：{note}"
    yield ""


def _clipped(quote: str, limit: int = 160) -> str:
    text = re.sub(r"\s+", "", quote)
    return text if len(text) <= limit else f"{text[:limit]}……"


def _requests(review: Review, kept: list[Finding]) -> Iterator[str]:
    asked = [one for one in kept if one.request and one.severity in ("P0", "P1")]
    yield "请责任科室逐条核实下列事项，更正后连同说明一并报送；时限以主管部门通知为准。"
    yield ""
    for number, one in enumerate(asked, 1):
        yield f"{number}. {one.title}：{one.request}"
    lacking = list(
        dict.fromkeys(
            item for each in review.indicators if each.status == "missing" for item in each.missing if "由" in item
        )
    )
    if lacking:
        yield from ("", "需补充的材料：", "")
        yield from (f"- {item}" for item in lacking)


def _advice(kept: list[Finding], indicators: Sequence[Indicator]) -> Iterator[str]:
    kinds = {one.category for one in kept if one.severity != "提示"}
    advice = [
        (
            {"执行偏低", "预算调整", "隐含勾稽", "预算口径"},
            "预算安排：对执行率偏低、年中调整较大的项目，建议在编制下年度预算时核实需求，年初预算与调整后预算两种口径并列反映。",
        ),
        (
            {"目标无结果", "目标—结果不符", "完成值缺目标值", "计划当产出", "模糊量词"},
            "绩效目标：建议目标逐项量化，完成值与目标值一一对应，未完成的写明原因。",
        ),
        (
            {"表内勾稽", "文表不一致", "比率错误", "单位错误", "评分", "分项不合", "预算执行颠倒", "增减方向"},
            "数据质量：建议报送前以决算报表为准逐项核对正文、附表和自评表，保留计算底稿。",
        ),
        (
            {"期间混用", "沿用上年数据", "他单位名称", "占位符"},
            "编报规范：建议不套用以往年度或其他单位的文本，统一数据截止日。",
        ),
    ]
    said = [text for words, text in advice if kinds & words]
    if any(each.status == "missing" for each in indicators):
        said.append("结果应用：共性指标缺少输入的，补齐后再行评分；本意见不代为评分。")
    for number, text in enumerate(said or ["本次复核未形成专项建议。"], 1):
        yield f"{number}. {text}"


def _limits(case: Case, dropped: int) -> Iterator[str]:
    yield "- 本意见仅凭报告文本形成，未见账表、底稿和佐证材料；相互矛盾的数据并列两处，不判定哪一侧正确，不替单位改数。"
    yield "- 倒推和前提已在相应条目写明，前提不成立的，结论随之调整。"
    yield "- 依据中标注“口径可配置”的公式和阈值，以当年当地通知为准。"
    if case.doubtful:
        yield f"- {len(case.doubtful)}张表读取未确认，有关意见已注明先核对原件。"
    for rule, reason in case.profile.off:
        yield f"- 规则{rule}经复核人停用，理由：{reason}。"
    if dropped:
        yield f"- 复核人不采纳的意见{dropped}项，未列入。"
    yield ""
    yield "复核人：　　　　　　　　复核日期：　　　　"
