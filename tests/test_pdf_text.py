"""The running text of a PDF: lines, paragraphs, furniture, places."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf import boxes_of, read
from ingest.pdf.glyphs import Glyph
from ingest.pdf.lines import is_plain, plain, spelled, undoubled
from ingest.pdf.styles import Style
from ingest.report import Block, Place, Report
from tests.pdf_pages import Draw, grid, pdf, write

BODY = [
    "　　二〇二三年度我局年初部门预算数为壹仟万元，年中经",
    "批准调整后预算数为壹仟贰佰万元，全年支出按进度执行。",
    "　　资产管理方面，定期开展资产清查，账实相符，配置合",
    "理，处置规范。",
]


def opened(data: bytes) -> Report:
    return read(data, "test.pdf", second=False)


def body(report: Report) -> list[str]:
    return [block.text for block in report.blocks if block.kind not in ("furniture", "table") and not block.hidden]


def paragraphs(canvas: Canvas, y: float = 700) -> None:
    for i, text in enumerate(BODY):
        indent = len(text) - len(text.lstrip("　"))
        write(canvas, 72 + 16 * indent, y - 28 * i, text.strip("　"), 16)


def test_lines_join_to_paragraphs() -> None:
    """A full line goes on, an indented one begins a paragraph."""
    found = body(opened(pdf(paragraphs)))
    assert found == [(BODY[0] + BODY[1]).strip("　"), (BODY[2] + BODY[3]).strip("　")]


def test_a_paragraph_goes_on_over_the_page() -> None:
    """The page break does not cut a sentence; the block knows both pages."""

    def first(canvas: Canvas) -> None:
        write(canvas, 104, 100, BODY[0].strip("　"), 16)
        write(canvas, 280, 40, "— 1 —", 12)

    def second(canvas: Canvas) -> None:
        write(canvas, 72, 780, BODY[1], 16)
        write(canvas, 280, 40, "— 2 —", 12)

    report = opened(pdf(first, second))
    assert body(report) == [(BODY[0] + BODY[1]).strip("　")]
    assert [line.page for line in report.blocks[0].lines] == [1, 2]


def test_a_figure_in_another_font_stays_in_its_sentence() -> None:
    """Digits half a point to two points off the baseline are still part of the line."""
    for drift in (0.5, 1.2, 2.0):

        def page(canvas: Canvas, drift: float = drift) -> None:
            write(canvas, 72, 700, "全年支出", 12)
            write(canvas, 120, 700 + drift, "20,218.88", 12, "Times-Roman")
            write(canvas, 171, 700, "万元，执行率", 12)
            write(canvas, 243, 700 - drift, "96.24%", 12, "Times-Roman")
            write(canvas, 281, 700, "。", 12)

        assert body(opened(pdf(page))) == ["全年支出20,218.88万元，执行率96.24%。"]


def test_fake_bold_is_read_once() -> None:
    """A figure drawn twice, a little aside, is not 9988..55."""

    def page(canvas: Canvas) -> None:
        for shift in (0, 0.35):
            write(canvas, 72 + shift, 700, "满意度为", 12)
            write(canvas, 120 + shift, 700, "98.5", 12, "Helvetica")
            write(canvas, 145 + shift, 700, "分", 12)

    assert body(opened(pdf(page))) == ["满意度为98.5分"]


def test_equal_digits_in_a_row_are_kept() -> None:
    """11,111.11 is not mistaken for a fake bold."""
    assert body(opened(pdf(lambda c: write(c, 72, 700, "11,111.11", 9, "Helvetica")))) == ["11,111.11"]


def test_a_figure_broken_over_lines_is_joined() -> None:
    """A line that ends inside a figure reads on without a gap."""

    def page(canvas: Canvas) -> None:
        write(canvas, 104, 700, "本年度全部收入合计以及支出合计数按照决算口径为1,2", 16)
        write(canvas, 72, 672, "34.56万元，其余部分按照规定结转下年继续使用，本年度", 16)
        write(canvas, 72, 644, "不再安排。", 16)

    assert "1,234.56万元" in body(opened(pdf(page)))[0]


def test_two_figures_side_by_side_stay_two() -> None:
    """9 7 with a gap between them is not 97."""

    def page(canvas: Canvas) -> None:
        write(canvas, 72, 700, "（一）行政", 12)
        write(canvas, 200, 700, "9", 12, "Helvetica")
        write(canvas, 212, 700, "7", 12, "Helvetica")

    assert body(opened(pdf(page))) == ["（一）行政 9 7"]


def test_running_heads_and_page_numbers_are_furniture() -> None:
    """What stands at the edge of page after page is kept apart from the text; the printed number is the label."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, 380, 810, "某县水务局2024年度自评报告", 9)
            write(canvas, 96, 600, f"第{number}段正文，内容各不相同，")
            write(canvas, 72, 580, f"说明第{number}项工作。")
            write(canvas, 290, 40, f"- {number} -", 9)

        return draw

    report = opened(pdf(*[page(number) for number in (3, 4, 5, 6)]))
    assert [page.label for page in report.pages] == ["3", "4", "5", "6"]
    assert body(report) == [f"第{n}段正文，内容各不相同，说明第{n}项工作。" for n in (3, 4, 5, 6)]
    assert sum(block.kind == "furniture" for block in report.blocks) == 8


def test_page_labels_of_the_file() -> None:
    """Labels that the file names (i, ii, 1 …) are kept beside the physical numbers."""

    def first(canvas: Canvas) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER")
        canvas.addPageLabel(1, style="ARABIC", start=1)
        write(canvas, 72, 700, "目录")

    report = opened(pdf(first, lambda c: write(c, 72, 700, "正文")))
    assert [(page.number, page.label) for page in report.pages] == [(1, "i"), (2, "1")]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_rotated_pages(degrees: int) -> None:
    """A page shown turned by /Rotate reads as it is seen; boxes are those of the page as shown."""

    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        canvas.translate(*{0: (0, 0), 90: (842, 0), 180: (595, 842), 270: (0, 595)}[degrees])
        canvas.rotate(degrees)
        write(canvas, 100, 300, "全年支出20.50万元")
        grid(canvas, [["项目", "金额"], ["甲", "1.50"]], y=250)

    report = opened(pdf(page))
    assert body(report)[0] == "全年支出20.50万元"
    assert [cell.text for cell in report.tables[0].cells] == ["项目", "金额", "甲", "1.50"]
    shown = report.pages[0]
    assert shown.rotation == degrees
    box = report.blocks[0].lines[0].box
    assert box is not None
    assert 95 < box[0] < 105
    assert shown.height - 320 < box[1] < shown.height - 295


@pytest.mark.parametrize("degrees", [90, 270])
def test_text_turned_on_an_upright_page(degrees: int) -> None:
    """A wide table printed sideways on an upright page is read along its own lines."""

    def page(canvas: Canvas) -> None:
        canvas.translate(*((595, 0) if degrees == 90 else (0, 842)))
        canvas.rotate(degrees)
        write(canvas, 100, 500, "表1 支出情况表")
        grid(canvas, [["项目", "预算数", "决算数"], ["甲", "1.50", "1.25"]], y=480)

    report = opened(pdf(page))
    assert body(report) == ["表1 支出情况表"]
    table = report.tables[0]
    assert [cell.text for cell in table.cells] == ["项目", "预算数", "决算数", "甲", "1.50", "1.25"]
    first, second = table.cells[0].box, table.cells[1].box
    assert first is not None
    assert second is not None
    assert abs(first[0] - second[0]) < 1, "columns run down the page as shown"


def test_vertical_writing() -> None:
    """Text set downwards in columns from right to left (竖排) is read in that order."""

    def page(canvas: Canvas) -> None:
        for column, text in enumerate(["本年度支出按计划执行完毕并经审计", "确认未发现违规情况特此说明"]):
            for row, char in enumerate(text):
                write(canvas, 400 - 30 * column, 760 - 16 * row, char, 14)

    assert "".join(body(opened(pdf(page)))) == "本年度支出按计划执行完毕并经审计确认未发现违规情况特此说明"


def test_a_watermark_askew_stays_out_of_the_text() -> None:
    """Slanted text (水印) is furniture and does not break into sentences."""

    def page(canvas: Canvas) -> None:
        paragraphs(canvas)
        canvas.translate(200, 600)
        canvas.rotate(45)
        write(canvas, 0, 0, "内部资料2099", 40)

    report = opened(pdf(page))
    assert len(body(report)) == 2
    assert [block.text for block in report.blocks if block.kind == "furniture"] == ["内部资料2099"]


def test_every_figure_can_be_pointed_at() -> None:
    """The box of a span holds the figure and not its neighbours."""

    def page(canvas: Canvas) -> None:
        write(canvas, 72, 700, "全年支出", 12)
        write(canvas, 120, 700, "218.88", 12, "Courier")
        write(canvas, 164, 700, "万元", 12)

    report = opened(pdf(page))
    block: Block = report.blocks[0]
    start = block.text.index("218.88")
    ((number, box),) = boxes_of(report, Place(report.id, page=1, block=0, span=(start, start + 6)))
    assert number == 1
    assert box[0] == pytest.approx(120, abs=0.5)
    assert box[2] == pytest.approx(120 + 6 * 7.2, abs=1)
    assert 842 - 712 < box[1] < box[3] < 842 - 697


def test_headings_captions_and_units_come_from_the_text() -> None:
    """The reader hands whole lines on, so that headings and table heads are recognised."""

    def page(canvas: Canvas) -> None:
        write(canvas, 104, 780, "一、部门基本情况", 16)
        write(canvas, 104, 752, "（一）预算执行情况", 16)
        write(canvas, 220, 724, "表1 收支决算表", 14)
        write(canvas, 400, 706, "单位：万元", 10)
        grid(canvas, [["项目", "预算数", "决算数"], ["人员经费", "10.50", "10.25"]], y=700, widths=[150, 150, 150])

    report = opened(pdf(page))
    assert [(block.kind, block.level) for block in report.blocks[:2]] == [("heading", 1), ("heading", 2)]
    table = report.tables[0]
    assert (table.caption, table.unit, table.header_rows) == ("表1 收支决算表", "万元", 1)
    assert table.section == ("一、部门基本情况", "（一）预算执行情况")


def test_the_same_bytes_give_the_same_report() -> None:
    """Reading twice gives equal reports, down to the last coordinate."""
    data = pdf(paragraphs)
    assert len(PdfDocument(data)) == 1
    assert opened(data) == opened(data)


def test_a_plain_word_is_what_the_long_way_makes_of_it() -> None:
    """Glyphs side by side on one level are a line as they stand; strokes upon one another and steps are looked into."""

    def word(said: str, width: float = 6, step: float = 6, rise: float = 0) -> list[Glyph]:
        return [
            Glyph(char, i * step, 10 - i * rise, i * step + width, 22 - i * rise, 20 - i * rise, 0)
            for i, char in enumerate(said)
        ]

    song = Style(12, (1, 0), False, (0, 0, 0, 255), 0)
    for said in ("1,234.5", "年初预算数", "8"):
        glyphs = word(said)
        assert is_plain(glyphs)
        assert plain(glyphs, [song], 1) == spelled(undoubled(glyphs), [song], 1, pointed=False)
    assert not is_plain(word("||", width=0.5, step=0.1))
    assert not is_plain(word("12", rise=1))
    assert not is_plain(word(" "))
