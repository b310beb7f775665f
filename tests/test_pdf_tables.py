"""Tables of a PDF, exact to the cell whatever way they are drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf import read
from ingest.report import Report, Table
from ingest.report import grid as texts
from tests import pdf_pages as pages
from tests.pdf_pages import grid, lines, pdf, write

BUDGET = [
    ["项目", "年初预算数", "决算数"],
    ["基本支出", "1,200.50", "1,180.25"],
    ["项目支出", "800.00", "790.10"],
    ["合计", "2,000.50", "1,970.35"],
]


def opened(data: bytes) -> Report:
    return read(data, "test.pdf")


def tables(data: bytes) -> list[list[list[str]]]:
    return [[list(row) for row in texts(table)] for table in opened(data).tables]


def is_whole(table: Table) -> bool:
    return sum(cell.rowspan * cell.colspan for cell in table.cells) == table.rows * table.cols


@pytest.mark.parametrize("rule", [pages.line, pages.thin, pages.dashed, pages.pieces])
def test_lines_may_be_drawn_in_any_way(rule: Callable[..., None]) -> None:
    """Strokes, thin filled rectangles, dashes and dashes drawn piece by piece give the same table."""
    assert tables(pdf(lambda c: grid(c, BUDGET, rule=rule))) == [BUDGET]


def test_a_table_inside_a_form_xobject() -> None:
    """What is drawn inside a Form XObject is read like the rest of the page."""

    def page(canvas: Canvas) -> None:
        canvas.beginForm("table")
        grid(canvas, BUDGET)
        canvas.endForm()
        canvas.translate(10, -30)
        canvas.doForm("table")

    assert tables(pdf(page)) == [BUDGET]


def test_a_table_without_outer_border() -> None:
    """Inner lines that reach to the same ends make the missing border."""
    assert tables(pdf(lambda c: grid(c, BUDGET, outer=False))) == [BUDGET]


def test_several_tables_on_a_page() -> None:
    """Tables below and beside each other stay separate, in reading order."""

    def page(canvas: Canvas) -> None:
        grid(canvas, BUDGET, x=40, y=780, widths=[80, 80, 80])
        grid(canvas, [["名称", "数量"], ["车辆", "3"]], x=320, y=780)
        grid(canvas, [["指标", "完成值"], ["培训人次", "1810"]], x=40, y=600)

    assert tables(pdf(page)) == [BUDGET, [["名称", "数量"], ["车辆", "3"]], [["指标", "完成值"], ["培训人次", "1810"]]]


def test_merged_cells_keep_their_spans() -> None:
    """A cell over two columns and one over two rows stand once, with their spans."""
    drawn = [["项目", "支出", "<"], ["^", "预算数", "决算数"], ["培训费", "12.50", "11.80"]]
    table = opened(pdf(lambda c: grid(c, drawn))).tables[0]
    spans = {(cell.row, cell.col): (cell.rowspan, cell.colspan) for cell in table.cells}
    assert spans[0, 0] == (2, 1)
    assert spans[0, 1] == (1, 2)
    assert is_whole(table)


def test_a_figure_wrapped_in_a_narrow_cell_is_one_figure() -> None:
    """47,354.7⏎6 in a cell just wide enough for eight characters is 47,354.76."""
    rows = [["资金总额", "执行数"], ["47,354.7\n6", "100.00"]]
    found = tables(pdf(lambda c: grid(c, rows, widths=[45, 90], height=30)))
    assert found == [[["资金总额", "执行数"], ["47,354.76", "100.00"]]]


def test_figures_below_each_other_in_one_cell_stay_apart() -> None:
    """Two figures in one wide cell are never glued into a third."""
    rows = [["项目", "金额"], ["甲\n乙", "120.5\n36.25"]]
    found = tables(pdf(lambda c: grid(c, rows, widths=[90, 120], height=30)))[0]
    assert "120.536.25" not in str(found)
    assert "36.25" in str(found)


def test_rows_without_lines_between_them() -> None:
    """A box that holds three rows of figures is three rows."""
    rows = [["项目", "预算", "决算"], ["甲\n乙\n丙", "1.50\n2.50\n3.50", "1.00\n2.00\n3.00"]]
    found = tables(pdf(lambda c: grid(c, rows, height=40)))[0]
    assert found[1:] == [["甲", "1.50", "1.00"], ["乙", "2.50", "2.00"], ["丙", "3.50", "3.00"]]


def test_a_figure_that_runs_over_a_line_stays_whole() -> None:
    """A figure wider than its cell is not cut where the column line crosses it."""

    def page(canvas: Canvas) -> None:
        grid(canvas, [["项目", "预算数", "决算数"], ["甲", "", "5.00"]], widths=[60, 40, 60])
        write(canvas, 130, 669, "123,456,789.12", 9, "Helvetica")

    assert "123,456,789.12" in str(tables(pdf(page)))


def test_a_table_without_lines() -> None:
    """Columns that keep their places over several rows of figures are a table."""

    def page(canvas: Canvas) -> None:
        lines(canvas, ["全年支出情况如下，各项目均按计划执行完毕，资金使用合规，未发现问题。"], y=780)
        for r, row in enumerate(BUDGET):
            for c, text in enumerate(row):
                canvas.setFont(pages.SONG, 10)
                (canvas.drawRightString if c else canvas.drawString)(72 + 120 * c, 740 - 18 * r, text)

    assert tables(pdf(page)) == [BUDGET]


def test_a_table_of_contents_is_no_table() -> None:
    """Labels, dot leaders and rising page numbers stay text."""

    def page(canvas: Canvas) -> None:
        for i, (title, number) in enumerate(
            [("一、基本情况", 1), ("二、预算执行", 3), ("三、绩效", 5), ("四、建议", 9)]
        ):
            write(canvas, 72, 740 - 20 * i, title + "." * 60 + f" {number}")

    assert tables(pdf(page)) == []


def test_prose_is_no_table() -> None:
    """Two columns of running text with figures in them stay text."""
    left = ["本年度支出决算为一千万元左右的水平，较", "上年增加百分之三，主要原因是人员经费增"] * 5
    right = ["加以及新增项目按进度支付，其中培训费有", "所下降，会议费基本持平，接待费明显减少"] * 5

    def page(canvas: Canvas) -> None:
        lines(canvas, left, x=50)
        lines(canvas, right, x=310)

    report = opened(pdf(page))
    assert report.tables == ()
    text = "".join(block.text for block in report.blocks)
    assert text.index("较上年增加") < text.index("加以及新增项目")


def test_a_table_goes_on_over_the_page() -> None:
    """The part on the next page joins the table; its repeated header is dropped."""
    head, *body = BUDGET
    data = pdf(lambda c: grid(c, [head, *body[:2]], y=150), lambda c: grid(c, [head, *body[2:]], y=780))
    assert tables(data) == [BUDGET]
    assert opened(data).tables[0].pages == (1, 2)


def test_a_table_goes_on_without_its_header() -> None:
    """The header need not be repeated; same columns at the top of the next page are enough."""
    assert tables(pdf(lambda c: grid(c, BUDGET[:2], y=150), lambda c: grid(c, BUDGET[2:], y=780))) == [BUDGET]


def test_text_between_two_tables_keeps_them_apart() -> None:
    """A heading at the top of the next page begins something new."""

    def second(canvas: Canvas) -> None:
        lines(canvas, ["二、其他支出情况"], y=780)
        grid(canvas, BUDGET, y=760)

    assert tables(pdf(lambda c: grid(c, BUDGET, y=150), second)) == [BUDGET, BUDGET]


def test_a_footnote_under_a_table_does_not_end_it() -> None:
    """Small print that opens with ① stands between the two parts; body text there keeps them apart."""

    def first(size: float) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            grid(canvas, BUDGET[:2], y=150)
            write(canvas, 60, 60, "①含上年结转1,246.30万元。", size=size)

        return draw

    assert tables(pdf(first(7), lambda c: grid(c, BUDGET[2:], y=780))) == [BUDGET]
    assert len(tables(pdf(first(16), lambda c: grid(c, BUDGET[2:], y=780)))) == 2


def test_a_merged_name_cut_within_its_bracket_is_one_name() -> None:
    """效益（20 at the foot of a page and 分） at the top of the next are the one cell beside all of its rows."""
    first = [["一级指标", "三级指标", "得分"], ["效益（20", "防洪人口", "5"]]
    rest = [["分）", "节水效益", "4"], ["满意度（5分）", "满意度", "5"]]
    data = pdf(lambda c: grid(c, first, y=150), lambda c: grid(c, rest, y=780, height=24))
    spanned = pdf(lambda c: grid(c, first, y=150), lambda c: grid(c, [rest[0], ["^", "生态效益", "3"]], y=780))
    assert tables(data)[0][2][0] == "分）"
    assert [row[0] for row in tables(spanned)[0][1:]] == ["效益（20分）"] * 3


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    """The rest of a wrapped cell on the next page, with nothing else beside it, goes back to its row."""
    first = [["序号", "实施内容", "金额"], ["1", "开展水源地巡查与监测\n设备更新并组织人员培", "35.20"]]
    rest = [["", "训和考核", ""], ["2", "其他", "4.00"]]
    widths = [40, 95, 60]
    data = pdf(lambda c: grid(c, first, y=150, height=30, widths=widths), lambda c: grid(c, rest, y=780, widths=widths))
    assert tables(data)[0][1] == ["1", "开展水源地巡查与监测设备更新并组织人员培训和考核", "35.20"]
    assert tables(data)[0][2] == ["2", "其他", "4.00"]


def test_a_row_without_figures_on_the_next_page_stays_a_row() -> None:
    """A short label above does not break off, so the label on the next page begins a row of its own."""
    first, rest = [["项目", "金额"], ["基本支出", "8.00"]], [["项目支出", ""], ["其中：培训费", "2.00"]]
    data = pdf(lambda c: grid(c, first, y=150), lambda c: grid(c, rest, y=780))
    assert tables(data) == [first + rest]


def test_a_table_inside_a_cell() -> None:
    """An inner table is a table of its own; its figures are not lost in the outer cell."""

    def page(canvas: Canvas) -> None:
        grid(canvas, [["说明", ""], ["备注", "无"]], widths=[100, 300], height=100)
        grid(canvas, [["甲", "1.5"], ["乙", "2.5"]], x=200, y=680, widths=[60, 60])

    assert [["甲", "1.5"], ["乙", "2.5"]] in tables(pdf(page))


def test_two_hundred_columns() -> None:
    """A table wider than any page of print is read to its last column."""
    row = [str(i) for i in range(200)]
    data = pdf(lambda c: grid(c, [row, row], x=5, widths=[12] * 200, size=5), size=(2420, 842))
    assert tables(data) == [[row, row]]


def test_an_empty_box_is_not_a_merged_cell() -> None:
    """An empty cell is there and empty; it is not filled from its neighbour."""
    rows = [["项目", "预算数", "决算数"], ["甲", "", "3.00"]]
    table = opened(pdf(lambda c: grid(c, rows))).tables[0]
    assert [list(row) for row in texts(table)] == rows
    assert len(table.cells) == 6


def test_a_differing_second_reading_is_said() -> None:
    """White digits beside a figure: pdfium's reading drops them, pdfplumber's keeps them, the table is 未确认."""

    def page(canvas: Canvas) -> None:
        grid(canvas, BUDGET)
        canvas.setFillColorRGB(1, 1, 1)
        write(canvas, 215, 669, "99", 9)

    table = opened(pdf(page)).tables[0]
    assert texts(table)[1][1] == "1,200.50"
    assert not table.certain
    assert "1,200.50" in table.doubt
    assert read(pdf(page), "test.pdf", second=False).tables[0].certain
    assert opened(pdf(lambda c: grid(c, BUDGET))).tables[0].certain


@st.composite
def drawn_grids(draw: st.DrawFn) -> list[list[str]]:
    """Rows of figures and words, some cells merged with the one to the left or above."""
    height, width = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    cells = st.one_of(
        st.just(""), st.decimals(-9999, 9999, places=2).map(str), st.sampled_from(["合计", "人员经费", "—"])
    )
    rows = [[draw(cells) for _ in range(width)] for _ in range(height)]
    if draw(st.booleans()):
        rows[draw(st.integers(0, height - 1))][draw(st.integers(1, width - 1))] = "<"
    row, col = draw(st.integers(1, height - 1)), draw(st.integers(0, width - 1))
    if draw(st.booleans()) and "<" not in rows[row] + rows[row - 1]:
        rows[row][col] = "^"
    rows[0][0] = "项目"
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn_grids())
def test_what_is_drawn_is_read(rows: list[list[str]]) -> None:
    """Any grid comes back with its texts, and the areas of its cells sum to rows × columns."""
    filled = [list(row) for row in rows]
    for r, row in enumerate(filled):
        for c, text in enumerate(row):
            if text == "<":
                row[c] = row[c - 1]
            elif text == "^":
                row[c] = filled[r - 1][c]
    report = read(pdf(lambda c: grid(c, rows)), "test.pdf", second=False)
    assert [[list(row) for row in texts(table)] for table in report.tables] == [filled]
    assert is_whole(report.tables[0])


def test_a_name_that_runs_over_its_cell_leaves_the_figure_beside_it_alone() -> None:
    """A label too long for its cell is drawn on into the next; a border through a glyph tells that it is one text."""
    rows = [["项目", "预算数"], ["其中：当年财政拨款收入", "480.00"]]
    drawn = pdf(lambda c: grid(c, [rows[0], [rows[1][0], ""]], widths=[94, 90]))
    assert tables(drawn) == [[rows[0], [rows[1][0], ""]]]

    def page(canvas: Canvas) -> None:
        grid(canvas, [rows[0], [rows[1][0], ""]], widths=[94, 90])
        write(canvas, 210, 669, "480.00", 9)

    assert tables(pdf(page)) == [rows]


def test_texts_that_meet_at_a_border_stay_two() -> None:
    """Cells without margins whose texts touch are still two cells: the border runs between two glyphs."""

    def page(canvas: Canvas) -> None:
        grid(canvas, [["项目", "甲乙"], ["", ""]], x=72, widths=[36, 36])
        write(canvas, 90, 669, "合计", 9)
        write(canvas, 108, 669, "总额", 9)

    assert tables(pdf(page)) == [[["项目", "甲乙"], ["合计", "总额"]]]


def test_columns_without_lines_between_them_are_told_by_their_figures() -> None:
    """One line stands beside the names; the figures abreast in the other column are columns of their own."""

    def page(canvas: Canvas) -> None:
        for i, row in enumerate(BUDGET):
            for x, text in zip((60, 220, 340), row, strict=True):
                write(canvas, x, 705 - i * 24, text)
        for i in range(5):
            canvas.line(50, 720 - i * 24, 450, 720 - i * 24)
        for x in (50, 200, 450):
            canvas.line(x, 720, x, 720 - 4 * 24)

    assert tables(pdf(page)) == [BUDGET]


def test_a_table_close_within_a_cell_is_its_own() -> None:
    """Two points inside the lines of a cell another grid is drawn: neither takes the other's cells."""

    def page(canvas: Canvas) -> None:
        for y in (720, 690, 600):
            canvas.line(50, y, 450, y)
        for x in (50, 150, 450):
            canvas.line(x, 720, x, 600)
        write(canvas, 55, 700, "项目")
        write(canvas, 155, 700, "明细")
        write(canvas, 55, 640, "清淤")
        grid(canvas, INNER, x=152.5, y=687.5, widths=[147.5, 147.5], height=28.5)

    inner, outer = sorted(tables(pdf(page)), key=len, reverse=True)
    assert (inner, outer) == (INNER, [["项目", "明细"], ["清淤", ""]])


INNER = [["月份", "方量"], ["5月", "1,250.00"], ["6月", "980.50"]]
