"""The memo as a Word document in the layout of an official paper (公文), and the original with comments at the places.

Layout: A4, margins 37/35/28/26 mm; title 2号小标宋, headings 黑体 and 楷体, text 3号仿宋, lines of 30 pt.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from assistant.answer import Review
from assistant.review.export_chart import add_chart
from assistant.review.memo_charts import Chart
from assistant.review.remarks import AUTHOR, remark

BODY, TITLE, FIRST, SECOND = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
WIDTH = 156
"""Millimetres between the margins."""
NARROW, BROAD = 12, 60
"""Millimetres that a column of a table has at least, and characters beyond which a cell asks for no more room."""
_DETAIL = re.compile(r"- (位置|原文|判定|复算|请求|复核人备注)：")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def to_docx(review: Review, charts: Sequence[Chart] = ()) -> bytes:
    """The memo laid out as an official paper, its charts at the end."""
    return paper(review.memo, charts)


def paper(markdown: str, charts: Sequence[Chart] = ()) -> bytes:
    """Headings, paragraphs, lists and tables of four columns as an official paper; charts (附图) at the end."""
    import docx
    from docx.shared import Mm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _number_pages(section)
    rows: list[list[str]] = []
    for line in [*markdown.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            _table(document, [row for row in rows if set("".join(row)) - {"-"}])
            rows = []
        _line(document, line)
    if charts:
        _line(document, "## 附图")
    for number, chart in enumerate(charts, 1):
        add_chart(document, chart, number)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _line(document: Any, line: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if not line.strip():
        return
    if line.startswith("# "):
        paragraph = _paragraph(document, line[2:], TITLE, 22, indent=False)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif line.startswith("## "):
        _paragraph(document, line[3:], FIRST, 16).paragraph_format.keep_with_next = True
    elif line.startswith("### "):
        _paragraph(document, line[4:], SECOND, 16, bold=True).paragraph_format.keep_with_next = True
    elif line.startswith("**"):
        _paragraph(document, line, BODY, 14, spacing=28).paragraph_format.keep_with_next = True
    elif found := _DETAIL.match(line):
        font = SECOND if found[1] == "原文" else BODY
        _paragraph(document, line.removeprefix("- "), font, 12, spacing=20)
    elif line.startswith("- "):
        _paragraph(document, line[2:], BODY, 14, spacing=26)
    else:
        _paragraph(document, line, BODY, 16)


def _paragraph(
    document: Any, text: str, font: str, size: int, bold: bool = False, indent: bool = True, spacing: int = 30
) -> Any:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(spacing)
    layout.space_before = layout.space_after = Pt(0)
    layout.first_line_indent = Pt(size * 2) if indent else None
    for at, part in enumerate(_BOLD.split(text)):
        if part:
            _run(paragraph, part, font, size, bold or at % 2 == 1)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: float, bold: bool) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.name = bold, Pt(size), "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table(document: Any, rows: list[list[str]]) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    width = max(len(row) for row in rows)
    table = document.add_table(rows=0, cols=width)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    widths = _widths(rows)
    for column, size in zip(table.columns, widths, strict=True):
        column.width = Mm(size)
    for number, row in enumerate(rows):
        added = table.add_row()
        _mark(added, "w:cantSplit")
        cells = added.cells
        for cell, text, size in zip(cells, row, widths, strict=False):
            cell.width = Mm(size)
            paragraph = cell.paragraphs[0]
            for at, part in enumerate(_BOLD.split(text)):
                if part:
                    _run(paragraph, part, FIRST if number == 0 else BODY, 10.5, bold=at % 2 == 1)
    _mark(table.rows[0], "w:tblHeader")


def _widths(rows: list[list[str]]) -> list[float]:
    """Millimetres of each column: what its head needs, the rest shared out by how much its cells have to say."""
    columns = list(zip(*rows, strict=True))
    least = [max(NARROW, 4.2 * len(column[0]) + 4) for column in columns]
    said = [sum(min(len(cell), BROAD) for cell in column) for column in columns]
    wanted = [each**0.5 if each > 3 * len(rows) else 0 for each in said]
    rest = max(WIDTH - sum(least), 0)
    return [low + rest * each / (sum(wanted) or 1) for low, each in zip(least, wanted, strict=True)]


def _mark(row: Any, name: str) -> None:
    """A property of a table's row: tblHeader repeats it on each page, cantSplit keeps it on one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _number_pages(section: Any) -> None:
    """— 1 — in the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", "宋体", 14, False)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    _run(paragraph, " —", "宋体", 14, False)


def annotated_docx(original: bytes, review: Review) -> bytes:
    """A copy of a Word report with a comment at every sentence or row that a finding quotes."""
    import docx

    document = docx.Document(io.BytesIO(original))
    paragraphs = [*document.paragraphs, *(p for table in document.tables for p in _table_paragraphs(table))]
    for finding in review.findings:
        for quote in finding.quotes[:3]:
            target = _target(paragraphs, quote)
            if target is not None and target.runs:
                document.add_comment(target.runs, text=remark(finding), author=AUTHOR, initials="核")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table_paragraphs(table: Any) -> list[Any]:
    """The first paragraph of each row, carrying the row's whole text for the search."""
    return [row.cells[0].paragraphs[0] for row in table.rows if row.cells]


def _target(paragraphs: list[Any], quote: str) -> Any:
    """The paragraph that holds the quotation, or the row whose cells make it up."""
    wanted = re.sub(r"[\s｜]", "", quote)
    for paragraph in paragraphs:
        text = re.sub(r"\s", "", paragraph.text)
        if len(text) >= 4 and (wanted in text or (len(wanted) > 8 and text in wanted and "｜" not in quote)):
            return paragraph
    if "｜" not in quote:
        return None
    for paragraph in paragraphs:
        row = paragraph._p.getparent().getparent()
        if row.tag.endswith("}tr") and _row_text(row) == wanted:
            return paragraph
    return None


def _row_text(row: Any) -> str:
    return re.sub(r"\s", "", "".join(node.text or "" for node in row.iter() if node.tag.endswith("}t")))
