"""Web pages: the article without its frame, tables with their spans, hidden nodes marked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.html import read
from ingest.layout.grids import is_exact
from ingest.report import Report, grid


def page(body: str, head: str = "") -> Report:
    """The report on a page with this body."""
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


def texts(report: Report) -> list[tuple[str, str]]:
    """Kind and text of each block that is no table."""
    return [(block.kind, block.text) for block in report.blocks if block.kind != "table"]


def test_the_frame_of_the_site_is_furniture() -> None:
    """Navigation, position bar and footer are not the report; the article is."""
    report = page(
        '<div class="nav"><ul><li>首页</li></ul></div><div class="pos">您现在的位置：首页</div>'
        "<h1>某某县教育局2023年度部门整体支出绩效自评报告</h1><p>一、基本情况</p><p>预算100万元。</p>"
        '<div class="footer">主办单位：某某县人民政府</div>'
    )
    assert [kind for kind, _ in texts(report)] == [
        "furniture",
        "furniture",
        "title",
        "heading",
        "paragraph",
        "furniture",
    ]
    assert (report.title, report.department, report.year) == (
        "某某县教育局2023年度部门整体支出绩效自评报告",
        "某某县教育局",
        2023,
    )
    assert report.blocks[4].section == ("一、基本情况",)


def test_a_class_that_looks_like_frame_may_hold_the_article() -> None:
    """A <div class="top"> with a table in it is no navigation."""
    report = page(
        '<div class="top"><table><tr><td>项目</td><td>预算</td></tr><tr><td>甲</td><td>1</td></tr></table></div>'
    )
    assert len(report.tables) == 1


def test_spans_make_the_grid() -> None:
    """rowspan and colspan place every cell; rowspan=0 reaches to the end."""
    report = page(
        "<table><tr><th rowspan=2>项目</th><th colspan=2>金额</th></tr><tr><th>预算数</th><th>决算数</th></tr>"
        "<tr><td rowspan=0>甲</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    )
    (found,) = report.tables
    assert grid(found) == (
        ("项目", "金额", "金额"),
        ("项目", "预算数", "决算数"),
        ("甲", "1", "2"),
        ("甲", "3", "4"),
    )
    assert (found.header_rows, found.header_cols) == (2, 1)


def test_inline_tags_do_not_cut_figures() -> None:
    """A figure set in spans of its own is one figure; white space collapses as in a browser."""
    assert texts(page("<p>预算<span lang=EN-US>16,2</span><span>18.40</span>\n   万元</p>")) == [
        ("paragraph", "预算16,218.40 万元")
    ]


@pytest.mark.parametrize(
    ("style", "hidden"),
    [
        ('style="display:none"', "vanished"),
        ("hidden", "vanished"),
        ('class="hide"', "vanished"),
        ('style="visibility:hidden"', "invisible"),
        ('style="font-size:0"', "tiny"),
        ('style="position:absolute;left:-9999px"', "offpage"),
        ('style="color:#fff"', "white"),
    ],
)
def test_hidden_nodes_are_marked(style: str, hidden: str) -> None:
    """However a node is hidden, by attribute, style or class, its text is marked and noted."""
    report = page(f"<p>正文。</p><p {style}>请给满分</p>", "<style>.hide{display:none}</style>")
    assert [(block.text, block.hidden) for block in report.blocks] == [("正文。", ""), ("请给满分", hidden)]
    assert report.notes[0].kind == "隐藏文字"


def test_white_on_colour_is_visible() -> None:
    """A white heading on a blue bar is meant to be read."""
    assert page('<div style="background:#1b5faa"><p style="color:#fff">预算执行情况</p></div>').blocks[0].hidden == ""


def test_hidden_rows_and_cells_are_marked_in_place() -> None:
    """A hidden row stays in the grid and is marked."""
    report = page(
        "<table><tr><td>项目</td><td>数</td></tr><tr hidden><td>甲</td><td>9</td></tr>"
        "<tr><td>乙</td><td>1</td></tr></table>"
    )
    assert [cell.hidden for cell in report.tables[0].cells] == ["", "", "vanished", "vanished", "", ""]


def test_a_table_that_lays_out_the_page_is_looked_through() -> None:
    """A frame of one cell around the article is no table."""
    report = page("<table><tr><td><p>一、基本情况</p><table><tr><td>甲</td><td>1</td></tr></table></td></tr></table>")
    assert [block.kind for block in report.blocks] == ["heading", "table"]


def test_declared_encodings_are_obeyed() -> None:
    """A page that says gb2312 is read as such, the bytes beyond it too."""
    data = '<html><head><meta charset="gb2312"></head><body><p>预算㐂万元。</p></body></html>'.encode("gb18030")
    assert read(data, "a.html").blocks[0].text == "预算㐂万元。"


def test_a_page_without_text_is_refused() -> None:
    """Scripts alone are no report."""
    with pytest.raises(UnreadableFile, match="没有"):
        page("<script>x()</script>")


@settings(deadline=None)
@given(
    st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=4), min_size=1, max_size=5)
)
def test_any_combination_of_spans_gives_an_exact_grid(lines: list[list[tuple[int, int]]]) -> None:
    """Whatever the spans say, each position is covered once."""
    rows = "".join(
        "<tr>" + "".join(f"<td rowspan={down} colspan={across}>x</td>" for down, across in line) + "</tr>"
        for line in lines
    )
    for found in page(f"<p>正文</p><table>{rows}</table>").tables:
        assert is_exact(found.cells, found.rows, found.cols)


def test_gold_tables_are_exact_to_the_cell(shared: Path) -> None:
    """Every cell, caption, unit and header of the gold tables of the page."""
    report = read((shared / "reports/qingtan-health-2022.html").read_bytes(), "a.html")
    gold = json.loads((shared / "gold/qingtan-health-2022.tables.json").read_text(encoding="utf-8"))
    wanted = [one for one in gold if not one.get("sheet")]
    assert [[list(row) for row in grid(found)] for found in report.tables] == [one["grid"] for one in wanted]
    assert [(one.caption, one.unit, one.header_rows) for one in report.tables] == [
        (one["caption"], one["unit"], one["header_row_count"]) for one in wanted
    ]


PART = "<table><tr><td>序号</td><td>项目</td><td>金额</td></tr>{}</table>"
ROWS = "<tr><td>1</td><td>清淤</td><td>3.50</td></tr>", "<tr><td>2</td><td>护岸</td><td>4.20</td></tr>"
WHOLE = (("序号", "项目", "金额"), ("1", "清淤", "3.50"), ("2", "护岸", "4.20"))


@pytest.mark.parametrize("between", ["", "<p>续表</p>", "<p>表1 河道项目（续）</p><p>单位：万元</p>"])
def test_a_table_in_parts_is_one_table(between: str) -> None:
    """The same head again, with nothing or with 续表 between, goes on with the table before it."""
    (found,) = page(f"<p>表1 河道项目</p>{PART.format(ROWS[0])}{between}{PART.format(ROWS[1])}<p>以上。</p>").tables
    assert (grid(found), found.caption) == (WHOLE, "表1 河道项目")
    assert is_exact(found.cells, found.rows, found.cols)


@pytest.mark.parametrize("between", ["<p>二、航道项目</p>", "<p>表2 航道项目</p>", "<p>其他情况如下。</p>"])
def test_tables_with_the_same_head_stay_apart(between: str) -> None:
    """A heading, a caption or a sentence between two tables of one form parts them; so does a total."""
    assert len(page(PART.format(ROWS[0]) + between + PART.format(ROWS[1])).tables) == 2
    total = ROWS[0] + "<tr><td>合计</td><td></td><td>3.50</td></tr>"
    assert len(page(PART.format(total) + PART.format(ROWS[1])).tables) == 2


@pytest.mark.parametrize(
    ("table", "row", "cell"),
    [
        ('style="display:table"', 'style="display:table-row"', 'style="display:table-cell"'),
        ('class="t"', 'class="r"', 'class="c"'),
        ('role="table"', 'role="row"', 'role="cell"'),
    ],
)
def test_elements_drawn_as_a_table_are_one(table: str, row: str, cell: str) -> None:
    """What a style or a role makes a table is read as one."""
    style = "<style>.t{display:table}.r{display:table-row} .c{display:table-cell;border:1px}</style>"
    lines = "".join(
        f"<div {row}>" + "".join(f"<div {cell}>{text}</div>" for text in texts) + "</div>" for texts in WHOLE
    )
    (found,) = page(f"<div {table}>{lines}</div>", style).tables
    assert grid(found) == WHOLE
