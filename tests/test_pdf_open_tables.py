"""Tables drawn with few lines: three rules, a box without columns, names wrapped around figures, parts by page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf import read
from ingest.report import Table
from ingest.report import grid as texts_of
from tests.pdf_pages import Draw, grid, line, pdf, write

COLUMNS = (150.0, 230.0, 310.0, 390.0)


def tables(*pages: Draw) -> tuple[Table, ...]:
    return read(pdf(*pages), "x.pdf", second=False).tables


def rules(canvas: Canvas, y: float, xs: Sequence[float]) -> None:
    """A rule in one stroke for each column, as browsers print them."""
    for left, right in pairwise(xs):
        line(canvas, left, y, right, y)


@pytest.mark.parametrize("shift", [0, 37, 74])
def test_headings_share_the_rule_they_stand_on(shift: float) -> None:
    """三线表: two headings on one rule have two columns each, set left, in the middle or right; names go down."""

    def page(canvas: Canvas) -> None:
        for x, text in ((150 + shift, "年初数"), (310 + shift, "年末数")):
            write(canvas, x, 700, text, 10)
        rules(canvas, 695, (148, 228, 308, 388, 468))
        write(canvas, 60, 690, "项目", 10)
        for x, text in zip(COLUMNS, ("户数", "金额", "户数", "金额"), strict=True):
            write(canvas, x, 680, text, 10)
        rules(canvas, 674, (58, 148, 228, 308, 388, 468))
        for at, name in enumerate(("东湖片区", "西山片区", "南苑片区")):
            write(canvas, 60, 655 - 20 * at, name, 10)
            for n, x in enumerate(COLUMNS):
                write(canvas, x, 655 - 20 * at, f"{at + 1}{n}.50", 10)

    (table,) = tables(page)
    assert texts_of(table)[:3] == (
        ("项目", "年初数", "年初数", "年末数", "年末数"),
        ("项目", "户数", "金额", "户数", "金额"),
        ("东湖片区", "10.50", "11.50", "12.50", "13.50"),
    )
    assert table.header_rows == 2


def test_a_box_without_lines_down_has_the_columns_of_its_text() -> None:
    """An outer box with lines across: rows by the lines, columns by what stands below each other."""
    rows = [
        ("单位", "预算数", "决算数"),
        ("甲站", "120.00", "118.50"),
        ("乙站", "95.40", "95.40"),
        ("丙站", "8.00", "7.25"),
    ]

    def page(canvas: Canvas) -> None:
        canvas.rect(60, 620, 400, 80)
        for at, row in enumerate(rows):
            line(canvas, 60, 700 - 20 * at, 460, 700 - 20 * at)
            for x, text in zip((64, 220, 340), row, strict=True):
                write(canvas, x, 686 - 20 * at, text, 10)

    (table,) = tables(page)
    assert texts_of(table) == tuple(rows)


def test_a_box_of_prose_stays_a_box() -> None:
    """Paragraphs in boxes below each other are cells, not a table of columns."""

    def page(canvas: Canvas) -> None:
        grid(canvas, [["本年度按计划完成改造任务，质量合格。"], ["资金按进度拨付，未见结余。"]], widths=[400])

    (table,) = tables(page)
    assert texts_of(table) == (("本年度按计划完成改造任务，质量合格。",), ("资金按进度拨付，未见结余。",))


def test_a_name_wrapped_around_its_figures_is_one_row() -> None:
    """Without lines: three lines of a name, its figures beside the second, further from the rows above and below."""

    def page(canvas: Canvas) -> None:
        y = 700.0
        for name, figures in (
            (("对象",), ("人数", "金额")),
            (("特困人员",), ("57", "472.50")),
            (("低保家庭中重度残疾", "人员以及失去劳动能", "力的老年人"), ("417", "2,828.10")),
            (("孤儿",), ("24", "154.40")),
        ):
            for at, part in enumerate(name):
                write(canvas, 60, y - 13 * at, part, 10)
            for x, figure in zip((200, 280), figures, strict=True):
                write(canvas, x, y - 13 * (len(name) // 2), figure, 10)
            y -= 13 * (len(name) - 1) + 20

    (table,) = tables(page)
    assert texts_of(table)[2] == ("低保家庭中重度残疾人员以及失去劳动能力的老年人", "417", "2,828.10")
    assert table.rows == 4


def test_a_name_beside_its_rows_goes_on_over_the_page() -> None:
    """A merged first cell is printed once; its rows on the next page are still named by it."""
    top = [["类别", "项目", "金额"], ["养老", "床位", "12.00"], ["^", "餐点", "8.50"]]
    rest = [["类别", "项目", "金额"], ["", "护理", "6.00"], ["救助", "临时", "3.00"]]
    (table,) = tables(lambda c: grid(c, top, y=160), lambda c: grid(c, rest, y=780))
    assert [row[0] for row in texts_of(table)] == ["类别", "养老", "养老", "养老", "救助"]


def test_an_empty_cell_below_a_single_one_stays_empty() -> None:
    """Where no cell is merged at the break, nothing is known about the empty cell below it."""
    top = [["类别", "项目", "金额"], ["养老", "床位", "12.00"]]
    rest = [["", "护理", "6.00"], ["救助", "临时", "3.00"]]
    (table,) = tables(lambda c: grid(c, top, y=140), lambda c: grid(c, rest, y=780))
    assert [row[0] for row in texts_of(table)] == ["类别", "养老", "", "救助"]


def test_parts_under_the_title_again_are_one_table() -> None:
    """（续） and the unit line above each part; the parts may differ in the widths of their columns."""
    head = ["站点", "标准（元）", "床位（张）"]

    def part(canvas: Canvas, at: int) -> None:
        write(canvas, 200, 790, "附表2 补助明细表" + ("（续）" if at else ""))
        write(canvas, 420, 770, "单位：元")
        rows = [head, *([f"{at}{n}号站", f"{n + 3}00", f"{n}{at}"] for n in range(1, 3))]
        grid(canvas, rows, y=760, widths=[100 + 9 * at, 90, 90 - 9 * at])

    (table,) = tables(*(lambda c, at=at: part(c, at) for at in range(4)))
    assert (table.rows, table.pages) == (9, (1, 2, 3, 4))
    assert table.caption == "附表2 补助明细表"
