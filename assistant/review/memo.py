"""The memo (复核意见): seven parts in Markdown, the same bytes for the same review, every figure of it traced.

Every sentence is made from findings, passed checks and indicators; nothing is added, and no clock is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Finding, Indicator, Review, Traced
from assistant.review.book import RULES
from assistant.review.case import Case
from assistant.review.decision import Decision, latest, rejected
from assistant.review.masking import masked
from assistant.review.memo_checks import checks
from assistant.review.memo_problems import GRADES, problems, requests
from assistant.review.memo_words import standing
from assistant.review.tracing import Line, Tracer

NUMERALS = "一二三四五六七"
UNTRACED = "〔未核〕"
"""Stands behind a figure of the memo that nothing confirms."""
_GONE = frozenset({"附件缺失", "要素缺失", "三公经费", "空白项", "目标无结果"})
_WRONG = frozenset(
    {"表内勾稽", "文表不一致", "比率错误", "评分", "单位错误", "预算执行颠倒", "分项不合", "隐含勾稽", "年度衔接"}
)
_LOGIC = frozenset({"目标—结果不符", "结论矛盾", "增减方向", "期间混用", "沿用上年数据"})


def memo(review: Review, case: Case, decisions: Sequence[Decision] = (), polished: str = "") -> Review:
    """The review with its memo and the source of each figure in it.

    Findings that the reviewer rejected are left out, notes are printed with theirs.
    """
    lines = [replace(line, text=masked(line.text)) for line in _lines(review, case, decisions, polished)]
    figures = Tracer((*case.parts, *case.prior), case.profile).trace(lines)
    text, figures = _marked("\n".join(line.text for line in lines).rstrip() + "\n", figures)
    return replace(review, memo=text, figures=figures)


def _lines(review: Review, case: Case, decisions: Sequence[Decision], polished: str) -> Iterator[Line]:
    out = rejected(decisions)
    kept = [finding for finding in review.findings if finding.id not in out]
    notes = {key: each.note for key, each in latest(decisions).items() if each.note}
    parts = (
        ("基本情况", _basics(case)),
        ("总体意见", _opinion(review, kept)),
        ("数据复核情况", checks(review, kept, case)),
        ("存在的问题", problems(kept, notes, case)),
        ("修改和补充要求", requests(review, kept)),
        ("有关建议", _advice(kept, review.indicators)),
        ("局限性说明", _limits(case, len(review.findings) - len(kept), polished)),
    )
    yield Line(f"# 关于《{_title(case)}》的复核意见")
    for numeral, (name, body) in zip(NUMERALS, parts, strict=True):
        yield from (Line(""), Line(f"## {numeral}、{name}"), Line(""))
        yield from body


def _marked(text: str, figures: tuple[Traced, ...]) -> tuple[str, tuple[Traced, ...]]:
    """The memo with a mark behind each figure that nothing confirms; spans move along."""
    moved: list[Traced] = []
    added = 0
    for figure in figures:
        start, end = figure.span[0] + added, figure.span[1] + added
        moved.append(replace(figure, span=(start, end)))
        if figure.kind == "untraced":
            text = text[:end] + UNTRACED + text[end:]
            added += len(UNTRACED)
    return text, tuple(moved)


def _title(case: Case) -> str:
    report = case.main.report
    return "".join(report.title.split()) or report.source


def _basics(case: Case) -> Iterator[Line]:
    report = case.main.report
    yield Line(f"- 被评部门：{report.department or '报告未写明'}")
    yield Line(f"- 评价年度：{f'{report.year}年' if report.year else '报告未写明'}")
    for part in case.parts:
        tables = len(part.report.tables)
        yield Line(f"- 复核材料：{part.report.source}（{tables}张表）", counts=(tables,))
    if case.prior:
        yield Line(f"- 对照材料：{'；'.join(part.report.source for part in case.prior)}（上年度报告）")
    yield Line(f"- 复核口径：{case.profile.name}。{case.profile.note}")
    yield Line("- 复核方法：书面复核，仅依据报告文本和所附表格，未现场核查，未调阅账表和底稿。")


def _opinion(review: Review, kept: list[Finding]) -> Iterator[Line]:
    counts = {grade: sum(one.severity == grade for one in kept) for grade, _ in GRADES}
    verdict = "建议退回修改后重新报送" if counts["P0"] else "建议修改补充后通过" if counts["P1"] else "建议通过"
    total = "、".join(
        f"{grade}级{number}项" if grade != "提示" else f"提示{number}项" for grade, number in counts.items()
    )
    said = f"经复核，共提出{len(kept)}项意见（{total}），通过核对{len(review.passed)}项。总体意见：**{verdict}**。"
    counted = (len(kept), len(review.passed), *counts.values())
    yield Line(said, counts=counted, listed=standing((*kept, *review.passed)))
    yield Line("")
    form = [one for one in kept if one.severity == "P2"]
    yield _said("完整性", _serious(kept, _GONE), "要素基本齐全", "要素不全")
    yield _said("规范性", form, "未见明显不规范", "有需要规范的表述或填报")
    yield _said("数据一致性", _serious(kept, _WRONG), "所核数据未见不符", "有数据不符或无法衔接")
    yield _said("逻辑性", _serious(kept, _LOGIC), "未见前后矛盾", "有前后不一致或期间混用")


def _serious(kept: Sequence[Finding], kinds: frozenset[str]) -> list[Finding]:
    return [one for one in kept if one.category in kinds and one.severity != "提示"]


def _said(name: str, found: Sequence[Finding], good: str, bad: str) -> Line:
    verdict = f"{bad}（{len(found)}项）" if found else good
    return Line(f"- {name}：{verdict}。", counts=(len(found),), listed=standing(found))


_ADVICE = (
    (
        {"执行偏低", "预算调整", "隐含勾稽", "预算口径"},
        "预算安排：对执行率偏低、年中调整较大的项目，建议在编制下年度预算时核实需求，"
        "年初预算与调整后预算两种口径并列反映。",
    ),
    (
        {"目标无结果", "目标—结果不符", "完成值缺目标值", "计划当产出", "模糊量词"},
        "绩效目标：建议目标逐项量化，完成值与目标值一一对应，未完成的写明原因。",
    ),
    (
        {"表内勾稽", "文表不一致", "比率错误", "单位错误", "评分", "分项不合", "预算执行颠倒", "增减方向", "年度衔接"},
        "数据质量：建议报送前以决算报表为准逐项核对正文、附表和自评表，保留计算底稿。",
    ),
    (
        {"期间混用", "沿用上年数据", "他单位名称", "占位符"},
        "编报规范：建议不套用以往年度或其他单位的文本，统一数据截止日。",
    ),
)


def _advice(kept: list[Finding], indicators: Sequence[Indicator]) -> Iterator[Line]:
    kinds = {one.category for one in kept if one.severity != "提示"}
    said = [text for words, text in _ADVICE if kinds & words]
    if any(each.status == "missing" for each in indicators):
        said.append("结果应用：共性指标缺少输入的，补齐后再行评分；本意见不代为评分。")
    for number, text in enumerate(said or ["本次复核未形成专项建议。"], 1):
        yield Line(f"{number}. {text}")


def _limits(case: Case, dropped: int, polished: str) -> Iterator[Line]:
    yield Line(
        "- 本意见仅凭报告文本形成，未见账表、底稿和佐证材料；相互矛盾的数据并列于此，不判定哪一处正确，不替单位改数。"
    )
    yield Line("- 倒推和前提已在相应条目写明，前提不成立的，结论随之调整；公式和阈值以当年当地通知为准。")
    yield Line("- 各项核对的逐条复算、依据和全部位置见随附的问题清单和复核表（XLSX）。")
    if case.doubtful:
        number = len(case.doubtful)
        yield Line(f"- {number}张表读取未确认，有关意见已注明先核对原件。", counts=(number,))
    for rule, reason in case.profile.off:
        name = next((each.name for each in RULES if each.id == rule), "")
        yield Line(f"- 规则{rule}“{name}”经复核人停用，理由：{reason.rstrip('。')}。")
    if polished:
        yield Line(f"- {polished}")
    if dropped:
        yield Line(f"- 复核人不采纳的意见{dropped}项，未列入。", counts=(dropped,))
    yield Line("")
    yield Line("复核人：　　　　　　　　复核日期：　　　　")
