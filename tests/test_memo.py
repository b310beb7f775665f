"""The memo and its exports: seven parts, the same bytes, nothing personal, nothing that a spreadsheet runs."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Review
from assistant.check import verify
from assistant.review import RULES, review
from assistant.review.export import to_json
from assistant.review.export_docx import annotated_docx, to_docx
from assistant.review.export_pdf import annotated_pdf
from assistant.review.export_xlsx import ISSUES, SCORED, safe, to_xlsx
from assistant.review.indicators import card, cards, compute
from assistant.review.masking import masked
from assistant.review.profile import load, national
from assistant.review.rule import issue
from ingest.errors import BadInput
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading
from ingest.report import Place
from tests.build import table
from tests.pdf_pages import lines, pdf
from tests.review_pages import reading

TABLE = table(
    "单位：万元\n| 项目名称 | 年初预算数 | 调整后预算数 | 执行数 | 执行率 |\n"
    "| 校车购置 | 120.00 | 150.00 | 118.50 | 79.00% |\n"
    "| 校舍修缮 | 300.00 | 280.00 | 260.40 | 93.00% |\n| 合计 | 430.00 | 430.00 | 378.90 | 88.12% |",
    caption="表1 项目支出情况表",
)
PAGE = reading("填报人：王小明 联系电话：0755-28318300", "# 一、支出情况", "全年支出378.90万元。", TABLE)


@dataclass(frozen=True)
class Decided:
    finding: str
    decision: str
    note: str = ""


def test_seven_parts_in_order() -> None:
    """基本情况 … 局限性说明, as reviewers write them."""
    heads = [line for line in review(PAGE).memo.splitlines() if line.startswith("## ")]
    assert [head[3] for head in heads] == list("一二三四五六七")


def test_same_input_same_bytes() -> None:
    """No clock, no order of sets: the memo is the same twice."""
    assert review(PAGE).memo == review(PAGE).memo


def test_every_finding_has_rule_ground_place_and_request() -> None:
    """Each finding can be traced: its rule is in the book, its ground is printed, its id is in the memo."""
    made = review(PAGE)
    names = {rule.name for rule in RULES}
    assert made.findings
    for found in made.findings:
        assert found.rule in names and found.basis and found.id in made.memo
        assert found.places or found.severity == "提示"


def test_rule_ids_are_unique() -> None:
    """Decisions and profiles name rules by id."""
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def test_a_rejected_finding_stays_out_and_a_note_goes_in() -> None:
    """The reviewer's decision rules the memo; the count of what was left out is said."""
    made = review(PAGE)
    first, second = made.findings[:2]
    memo = review(PAGE, decisions=(Decided(first.id, "reject"), Decided(second.id, "accept", "已电话核实"))).memo
    assert first.id not in memo and "已电话核实" in memo and "不采纳的意见1项" in memo


def test_a_rule_switched_off_is_said_with_its_reason(tmp_path: Path) -> None:
    """The profile names the rule and why; the memo prints both."""
    source = Path("assistant/review/profiles/national.toml").read_text(encoding="utf-8")
    path = tmp_path / "own.toml"
    path.write_text(source + 'E01 = "另行专项检查"\n', encoding="utf-8")
    made = review(PAGE, profile=load(path))
    assert all(found.rule != "执行偏低未说明" for found in made.findings)
    assert "E01" in made.memo and "另行专项检查" in made.memo


def test_a_broken_profile_is_the_users_to_mend(tmp_path: Path) -> None:
    """An unknown key is named, not swallowed."""
    path = tmp_path / "bad.toml"
    path.write_text('name = "甲"\n', encoding="utf-8")
    with pytest.raises(BadInput, match="复核口径文件"):
        load(path)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("填报人：王小明", "填报人：〔姓名〕"),
        ("联系电话：0755-28318300", "联系电话：〔电话〕"),
        ("手机13912345678", "手机〔电话〕"),
        ("支出20560.78万元，人数52386人", "支出20560.78万元，人数52386人"),
        ("复核人：　　　　复核日期：", "复核人：　　　　复核日期："),
    ],
)
def test_names_and_telephones_are_masked_and_figures_are_not(text: str, shown: str) -> None:
    """Personal data goes, amounts stay."""
    assert masked(text) == shown


def test_the_memo_passes_its_own_gate() -> None:
    """Quoted figures of the memo are in the report: none of them is judged a conflict."""
    lines = [line for line in review(PAGE).memo.splitlines() if line.startswith("- 原文")]
    verdicts = {figure.verdict for line in lines for figure in verify(line, (PAGE,)).figures}
    assert not verdicts & {"conflict", "unit_slip"}


def test_every_sum_and_quotient_printed_in_the_memo_is_right() -> None:
    """Each a＋b＋c＝d and a÷b＝c% of the memo, computed again from its own words."""
    memo = review(PAGE).memo
    sums = re.findall(r"([\d.]+(?:＋[\d.]+)+)＝([\d.]+)", memo)
    quotients = re.findall(r"([\d.]+)万元÷([\d.]+)万元＝([\d.]+)%", memo)
    assert sums and quotients
    for left, right in sums:
        assert sum(Decimal(part) for part in left.split("＋")) == Decimal(right)
    for over, under, rate in quotients:
        assert abs(Decimal(over) / Decimal(under) * 100 - Decimal(rate)) <= Decimal("0.005")


def test_workbook_has_the_columns_of_the_field_and_no_formula() -> None:
    """Eight columns of issues, thirteen of the 复核表; a text that begins with = is not run."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(review(PAGE), PAGE)))
    assert [cell.value for cell in book["问题清单"][1]] == list(ISSUES) and len(ISSUES) == 8
    assert [cell.value for cell in book["复核表"][1]] == list(SCORED) and len(SCORED) == 13
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1"])
def test_openers_of_formulas_get_an_apostrophe(text: str) -> None:
    """Spreadsheets run nothing that a report says."""
    assert safe(text).startswith("'")


def test_word_memo_has_title_headings_and_tables() -> None:
    """Opened again, the document holds the memo's parts."""
    import docx

    document = docx.Document(io.BytesIO(to_docx(review(PAGE))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0].startswith("关于《") and "一、基本情况" in texts
    assert len(document.tables) == 2


def test_json_is_whole_and_masked() -> None:
    """Readable by others, versioned."""
    content = json.loads(to_json(review(PAGE)))
    assert content["version"] == 1 and len(content["findings"]) == len(review(PAGE).findings)


def test_comments_stand_at_their_places(shared: Path) -> None:
    """A copy of the Word original carries a comment for nearly every finding."""
    import docx

    path = shared / "reports" / "chenghu-edu-2023.docx"
    report = read(path)
    made = review(Reading(report, facts(report)))
    document = docx.Document(io.BytesIO(annotated_docx(path.read_bytes(), made)))
    said = " ".join(comment.text for comment in document.comments)
    assert sum(found.title in said for found in made.findings) * 10 >= len(made.findings) * 8


def test_highlights_stand_on_the_pages_of_a_pdf(tmp_path: Path) -> None:
    """A copy of the PDF carries one highlight, over the sentence, with the note in it; the telephone is masked."""
    pypdf = pytest.importorskip("pypdf")
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(lambda canvas: lines(canvas, ["资产总额100.00万元，联系电话0755-28318300。"])))
    report = read(path)
    found = issue("P1", "资产总额待核", "联系电话：0755-28318300", places=(Place(report.id, 1, 0),))
    made = annotated_pdf(path.read_bytes(), report, Review(report.id, (found,), (), (), ""))
    [note] = pypdf.PdfReader(io.BytesIO(made)).pages[0]["/Annots"]
    assert note["/Subtype"] == "/Highlight" and note["/T"] == "核数"
    assert "资产总额待核" in note["/Contents"] and "28318300" not in note["/Contents"]
    left, bottom, right, top = (float(each) for each in note["/Rect"])
    assert 60 < left < right < 595 and 740 < bottom < top < 790


def test_cards_are_found_by_name_and_alias() -> None:
    """Quotes and brackets do not matter; every formula names its inputs only."""
    found = card("三公经费控制率")
    assert found is not None and found.name == "“三公”经费控制率"
    assert card("没有这个指标") is None
    assert len(cards()) >= 20


def test_cards_are_computed_conditional_or_missing() -> None:
    """Three states, each with its reason."""
    page = reading("# 支出", "年初部门预算数1000.00万元，调整后预算数1050.00万元，支出决算1008.00万元。")
    rate, change, cars = (card(name) for name in ("预算执行率", "预算调整率", "固定资产利用率"))
    assert rate and change and cars
    assert (compute(rate, (page,)).status, compute(rate, (page,)).value) == ("computed", "96.00")
    conditional = compute(change, (page,))
    assert conditional.status == "conditional" and conditional.value == "5.00" and "净差额" in conditional.premise
    missing = compute(cars, (page,))
    assert missing.status == "missing" and all("由" in each for each in missing.missing)


def test_last_years_report_gives_last_years_input_only() -> None:
    """The year under review is the first reading's; the other report's own year is last year."""
    now = reading("# 支出", "年初部门预算数1000.00万元，调整后预算数1050.00万元，支出决算1008.00万元。")
    before = reading("# 支出", "调整后预算数900.00万元，支出决算450.00万元。", year=2022, id="bbbbbbbbbbbb")
    rate = card("预算执行率")
    assert rate and compute(rate, (now, before)).value == "96.00"


def test_the_default_profile_is_marked_configurable() -> None:
    """No threshold is sold as law."""
    assert "口径可配置" in national().note


@pytest.mark.slow
def test_gold_defects_are_found_and_holding_relations_left_alone(shared: Path) -> None:
    """On a report whose defects are known: every P0 of them quoted, no extra P0."""
    path = shared / "reports" / "chenghu-edu-2022.docx"
    report = read(path)
    made = review(Reading(report, facts(report)))
    assert sum(found.severity == "P0" for found in made.findings) == 7


def test_hidden_figures_are_no_evidence(tmp_path: Path) -> None:
    """A white sentence is raised as hidden text, and fills no indicator card."""
    import docx
    from docx.shared import RGBColor

    document = docx.Document()
    document.add_paragraph("某县教育局2023年度部门整体支出绩效自评报告")
    paragraph = document.add_paragraph("全年工作完成情况良好。")
    paragraph.add_run("（服务对象满意度为86.1%）").font.color.rgb = RGBColor(255, 255, 255)
    path = tmp_path / "report.docx"
    document.save(str(path))
    report = read(path)
    made = review(Reading(report, facts(report)))
    assert any(one.rule == "隐藏文字" for one in made.findings)
    assert next(each for each in made.indicators if each.name == "服务对象满意度").status == "missing"
