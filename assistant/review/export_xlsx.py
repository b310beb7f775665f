"""The review as a workbook: the eight-column list of issues, the thirteen-column 复核表, and the checks made.

Every cell is text; a text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.answer import Finding, Indicator, Review, Traced
from assistant.review.case import Case, open_case
from assistant.review.masking import masked
from assistant.review.profile import national
from assistant.review.scores import Scores, due_score, scorings
from assistant.review.show import plain
from assistant.wording import describe
from ingest.reading import Reading

ISSUES = ("等级", "复核维度", "对象", "位置", "复核发现", "事实及判定", "处理建议", "核验依据")
SCORED = (
    "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "计量单位", "权重",
    "自评完成值", "自评得分", "复核完成值", "复核得分", "复核指标偏差", "备注",
)  # fmt: skip
FIGURES = ("数字", "在复核意见第几行", "来源", "算式", "位置")
CARDS = ("指标", "结果", "公式", "复算", "前提或缺项", "依据", "输入位置")
SOURCES = {
    "quoted": "引文",
    "stated": "报告所载",
    "worked": "复算",
    "counted": "清点",
    "setting": "口径",
    "untraced": "未核",
}
CHECKS = ("结果", "规则", "核对事项", "复算过程", "位置")
PLACES = 3
"""Addresses printed with a figure of the memo."""
_OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n")
_SIGNS = (("≥", "≥"), ("≤", "≤"), ("不低于", "≥"), ("不超过", "≤"))


def to_xlsx(review: Review, reading: Reading, others: Sequence[Reading] = ()) -> bytes:
    """The workbook of a review made from this reading."""
    import openpyxl

    case = open_case(reading, others, national())
    book = openpyxl.Workbook()
    _sheet(book.active, "问题清单", ISSUES, (_issue(finding, case) for finding in review.findings))
    _sheet(book.create_sheet(), "复核表", SCORED, _scored(review, case))
    checks = (("通过", one.rule, one.title, one.working, _places(one.places, case)) for one in review.passed)
    _sheet(book.create_sheet(), "通过的核对", CHECKS, checks)
    _sheet(book.create_sheet(), "指标复算", CARDS, (_card(each, case) for each in review.indicators))
    _sheet(book.create_sheet(), "数字来源", FIGURES, (_figure(each, review.memo, case) for each in review.figures))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe before = + - @ and control characters."""
    text = masked(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text))
    return f"'{text}" if text.startswith(_OPENERS) else text


def _sheet(sheet: Any, title: str, heads: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.title = title
    sheet.append(list(heads))
    for row in rows:
        sheet.append([safe(cell) for cell in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = (
            40 if len(head) > 4 or head in ("位置", "备注") else 14
        )
    sheet.freeze_panes = "A2"


def _issue(finding: Finding, case: Case) -> tuple[str, ...]:
    judged = " ".join(part for part in (finding.fact, finding.working) if part)
    thing = (re.findall(r"“([^”]+)”", finding.title) or [finding.category])[0]
    place = _places(finding.places, case)
    ground = f"{finding.rule}：{finding.basis}"
    return (finding.severity, finding.category, thing, place, finding.title, judged, finding.request, ground)


def _card(each: Indicator, case: Case) -> tuple[str, ...]:
    result = f"{each.value}{each.unit}" if each.status != "missing" else "无法核实"
    rest = each.premise or "；".join(each.missing)
    return each.name, result, each.formula, each.working, rest, each.basis, _places(each.places, case)


def _figure(each: Traced, memo: str, case: Case) -> tuple[str, ...]:
    """A figure of the memo with what confirms it."""
    line = memo.count("\n", 0, each.span[0]) + 1
    return each.text, str(line), SOURCES[each.kind], each.working, _places(each.places[:PLACES], case)


def _places(places: Sequence[Any], case: Case) -> str:
    reports = {part.report.id: part.report for part in (*case.parts, *case.prior)}
    said = [describe(place, reports[place.report]) for place in places if place.report in reports]
    return "；".join(dict.fromkeys(said))


def _scored(review: Review, case: Case) -> Iterator[tuple[str, ...]]:
    """One row per indicator of each self-assessment table; the recomputed score is weight × completion."""
    for table in scorings(case):
        for row in table.rows:
            yield _row(table, row, review)


def _row(table: Scores, row: int, review: Review) -> tuple[str, ...]:
    sheet = table.sheet

    def text(col: int | None) -> str:
        return sheet.texts[row][col] if col is not None else ""

    levels = [sheet.texts[row][col] for col in range(table.weight)][-3:]
    levels = [""] * (3 - len(levels)) + levels
    target, score, due = text(table.target), text(table.score), due_score(table, row)
    sign = next((mark for word, mark in _SIGNS if word in target), "=" if re.search(r"\d", target) else "定性")
    unit = re.sub(r"^[^\d]*[\d.,]+", "", target) if re.search(r"\d", target) else ""
    notes = [
        finding.title
        for finding in review.findings
        if any((p.report, p.table, p.row) == (sheet.report, sheet.table.number, row) for p in finding.places)
    ]
    recomputed = plain(due, 2) if due is not None else ""
    stated = sheet.values.get((row, table.score)) if table.score is not None else None
    gap = (
        plain((stated.value - due) / stated.value * 100, 2) + "%" if due is not None and stated and stated.value else ""
    )
    return (*levels, sign, target, unit, text(table.weight), text(table.result), score,
            "" if notes else text(table.result), recomputed, gap, "；".join(notes))  # fmt: skip
