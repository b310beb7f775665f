"""Excel: what a sheet displays is what is read; hidden rows, sheets and formats are marked."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from ingest import fact
from ingest.errors import UnreadableFile
from ingest.layout.grids import is_exact
from ingest.layout.raw import RawTable, RawText
from ingest.ledger import facts
from ingest.report import Report, grid
from ingest.sheets import xls, xlsx
from ingest.sheets.number_format import shown
from ingest.sheets.sheet import Sheet, parts_of


def opened(fill: Callable[[Worksheet], None]) -> Report:
    """The report in a workbook whose only sheet `fill` has written."""
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    fill(page)
    buffer = BytesIO()
    book.save(buffer)
    return xlsx.read(buffer.getvalue(), "a.xlsx")


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.9626, "0.00%", "96.26%"),
        (4520, "#,##0.00", "4,520.00"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (0, '#,##0.00;-#,##0.00;"-"', "-"),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (12345678, "0!.0,", "1234.6"),
        (12345678.9, '0.00,,"百万元"', "12.35百万元"),
        (9.005, "0.00", "9.01"),
        (72.4, "General", "72.4"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (120000, "1.2E+05", "120000"),
        (5, '0"所"', "5所"),
        (3, "000", "003"),
        (1.5, "0.##", "1.5"),
        (2, "0.##", "2"),
        (100, "[$¥-804]#,##0.00", "¥100.00"),
        (7, "[红色]0.0", "7.0"),
        ("（1,234.5）", "General", "（1,234.5）"),
        ("—", "0.00", "—"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        (date(2023, 12, 31), 'yyyy"年"m"月"d"日"', "2023年12月31日"),
        (date(2023, 5, 1), 'yyyy"年"m"月"', "2023年5月"),
        (datetime(2023, 5, 1, 8, 30), "yyyy-mm-dd h:mm", "2023-05-01 08:30"),
        (date(2023, 5, 1), "mm-dd-yy", "2023-05-01"),
    ],
)
def test_values_are_shown_as_the_sheet_shows_them(value: object, code: str, text: str) -> None:
    """34: percent, thousands, brackets, scaling, literals, dates, figures stored as text."""
    assert shown(value, code) == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_two_places_show_the_figure_that_was_typed(amount: object) -> None:
    """A figure of two places under #,##0.00 comes back digit for digit."""
    assert shown(float(str(amount)), "#,##0.00") in (f"{amount:,.2f}", f"{amount:,.2f}".removeprefix("-"))


def test_merged_ranges_and_title_rows() -> None:
    """A title merged over the sheet is its caption; a merged heading is one cell; the unit row gives the unit."""

    def fill(page: Worksheet) -> None:
        for row in (
            ["2023年度支出决算表"],
            ["", "", "单位：万元"],
            ["项目", "金额", ""],
            ["", "预算数", "决算数"],
            ["甲", 1, 2.5],
        ):
            page.append(row)
        for span in ("A1:C1", "A3:A4", "B3:C3"):
            page.merge_cells(span)

    (found,) = opened(fill).tables
    assert (found.caption, found.unit, found.header_rows, found.header_cols) == ("2023年度支出决算表", "万元", 4, 1)
    assert grid(found)[2:] == (("项目", "金额", "金额"), ("项目", "预算数", "决算数"), ("甲", "1", "2.5"))


def test_hidden_rows_columns_cells_and_sheets_are_marked() -> None:
    """18: whatever is hidden is read, marked and noted; the visible stays visible."""

    def fill(page: Worksheet) -> None:
        for row in (["项目", "预算数", "底数"], ["甲", 1, 2], ["乙", 3, 4], ["丙", 5, 6]):
            page.append(row)
        page.row_dimensions[2].hidden = True
        page.column_dimensions["C"].hidden = True
        page["B3"].number_format = ";;;"
        page["B4"].font = Font(color="FFFFFFFF")

    report = opened(fill)
    marks = {(cell.row, cell.col): cell.hidden for cell in report.tables[0].cells if cell.hidden}
    assert marks == {
        (1, 0): "row", (1, 1): "row", (1, 2): "row", (0, 2): "row", (2, 2): "row", (3, 2): "row",
        (2, 1): "invisible", (3, 1): "white",
    }  # fmt: skip
    assert {note.kind for note in report.notes} == {"隐藏文字"}


def test_white_on_a_filled_cell_is_visible() -> None:
    """A white heading on a blue cell is meant to be read."""

    def fill(page: Worksheet) -> None:
        page.append(["项目", "预算数"])
        page.append(["甲", 1])
        page["A1"].font = Font(color="FFFFFFFF")
        page["A1"].fill = PatternFill("solid", fgColor="FF1F4E79")

    assert all(not cell.hidden for cell in opened(fill).tables[0].cells)


def test_comments_are_notes() -> None:
    """A comment is said beside the report, not in it."""

    def fill(page: Worksheet) -> None:
        page.append(["项目", "预算数"])
        page["B1"].comment = Comment("请核对", "李四")

    assert [(note.kind, note.text) for note in opened(fill).notes] == [("批注", "Sheet B1：请核对")]


def test_tables_of_one_sheet_are_told_apart() -> None:
    """A blank row before a new header begins a new table; a blank row inside the figures does not."""
    rows = {
        0: ("项目", "预算数"),
        1: ("甲", "1"),
        3: ("乙", "2"),
        5: ("类别", "人数"),
        6: ("行政", "3"),
        8: ("注：口径为决算。",),
    }
    texts = {(row, col): text for row, line in rows.items() for col, text in enumerate(line)}
    parts = list(parts_of(Sheet("表", texts)))
    assert [(part.rows, part.cols) for part in parts if isinstance(part, RawTable)] == [(4, 2), (2, 2)]
    assert [part.text for part in parts if isinstance(part, RawText)] == ["注：口径为决算。"]


def test_tables_side_by_side_are_told_apart() -> None:
    """A blank column parts two tables that each have a head, names and figures; a blank column within one does not."""
    two = ["馆名|人次||来源|金额|占比", "甲馆|120||拨款|30|60%", "乙馆|90||自筹|20|40%", "丙馆|75|||"]
    one = ["馆名|人次||金额|占比", "甲馆|120||30|60%", "乙馆|90||20|40%"]

    def sheet(lines: list[str]) -> Sheet:
        cells = {(r, c): text for r, line in enumerate(lines) for c, text in enumerate(line.split("|")) if text}
        return Sheet("表", cells)

    def shapes(lines: list[str]) -> list[tuple[int, int]]:
        return [(part.rows, part.cols) for part in parts_of(sheet(lines)) if isinstance(part, RawTable)]

    assert shapes(two) == [(4, 2), (3, 3)]
    assert shapes(one) == [(3, 5)]


def test_an_empty_workbook_is_refused() -> None:
    """No text on any sheet is no report."""
    with pytest.raises(UnreadableFile, match="没有内容"):
        opened(lambda page: None)


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 8), st.integers(0, 5)), st.sampled_from(["甲", "1", "预算数"]), max_size=20
    ),
    st.lists(st.tuples(*[st.integers(0, 8)] * 4), max_size=4),
)
def test_any_sheet_gives_exact_grids(texts: dict[tuple[int, int], str], spans: list[tuple[int, int, int, int]]) -> None:
    """Whatever ranges are merged, overlapping or senseless, each position is covered once."""
    merged = tuple((min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in spans)
    for part in parts_of(Sheet("表", texts, merged)):
        assert isinstance(part, RawText) or is_exact(part.cells, part.rows, part.cols)


def test_gold_sheets_are_exact_to_the_cell(shared: Path) -> None:
    """Every displayed cell of the gold workbook, its hidden sheet marked."""
    report = xlsx.read((shared / "reports/qingtan-health-2022.xlsx").read_bytes(), "a.xlsx")
    gold = json.loads((shared / "gold/qingtan-health-2022.tables.json").read_text(encoding="utf-8"))
    wanted = [one for one in gold if one.get("sheet")]
    assert [[list(row) for row in grid(found)] for found in report.tables] == [one["grid"] for one in wanted]
    assert [(one.sheet, one.header_rows, one.hidden == "sheet") for one in report.tables] == [
        (one["sheet"], one["header_row_count"], one.get("hidden", False)) for one in wanted
    ]


def record(kind: int, data: bytes) -> bytes:
    """A record of the old Excel format."""
    return struct.pack("<HH", kind, len(data)) + data


def label(row: int, col: int, text: str) -> bytes:
    """A cell of text, in UTF-16."""
    return record(0x0204, struct.pack("<HHHHB", row, col, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row: int, col: int, value: float) -> bytes:
    """A cell with a number."""
    return record(0x0203, struct.pack("<HHHd", row, col, 0, value))


def old_workbook(*cells: bytes) -> bytes:
    """A bare BIFF8 stream of one sheet, cells formatted #,##0.00, A1:B1 merged, row 3 hidden."""
    code = "#,##0.00"
    font = record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial")
    formats = record(0x041E, struct.pack("<HHB", 164, len(code), 0) + code.encode())
    style = record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 164, 0, 0x20, 0, 0, 0, 0, 0, 0))
    name = "支出表"
    sheet = b"".join(
        [
            record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)),
            record(0x0208, struct.pack("<HHHHHHI", 3, 0, 2, 255, 0, 0, 0x20)),
            *cells,
            record(0x00E5, struct.pack("<HHHHH", 1, 0, 0, 0, 1)),
            record(0x000A, b""),
        ]
    )
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + font + formats + style
    bound_size = 4 + 8 + len(name) * 2
    offset = len(start) + bound_size + 4
    bound = record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 1) + name.encode("utf-16-le"))
    return start + bound + record(0x000A, b"") + sheet


def test_old_workbooks_are_read_as_displayed() -> None:
    """.xls: formats, merged ranges, hidden rows and the sheet's name, as in .xlsx."""
    data = old_workbook(
        label(0, 0, "2023年度支出表"),
        label(1, 0, "项目"), label(1, 1, "预算数"),
        label(2, 0, "甲"), number(2, 1, 1234.5),
        label(3, 0, "乙"), number(3, 1, 7),
    )  # fmt: skip
    (found,) = xls.read(data, "a.xls").tables
    assert grid(found) == (("2023年度支出表",) * 2, ("项目", "预算数"), ("甲", "1,234.50"), ("乙", "7.00"))
    assert (found.caption, found.sheet) == ("2023年度支出表", "支出表")
    assert [cell.hidden for cell in found.cells if cell.row == 3] == ["row", "row"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_old_workbook_is_refused_or_read_exactly(share: float) -> None:
    """.xls cut short: an error in Chinese or whole cells, never a crash."""
    data = old_workbook(label(0, 0, "项目"), number(0, 1, 5))
    try:
        report = xls.read(data[: int(len(data) * share)], "a.xls")
    except UnreadableFile as error:
        assert "Excel" in str(error)
    else:
        assert all(is_exact(one.cells, one.rows, one.cols) for one in report.tables)


def test_a_unit_in_a_line_of_its_own_heads_no_column() -> None:
    """A title over the sheet, 单位：万元 at the right end of the next row, then the header: the unit is the table's."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某局收支情况表"])
    sheet.append([None, None, "单位：万元"])
    sheet.append(["项目", "年初预算数", "决算数"])
    sheet.append(["基本支出", 1200.5, 1180.25])
    sheet.merge_cells("A1:C1")
    buffer = BytesIO()
    book.save(buffer)
    report = xlsx.read(buffer.getvalue(), "a.xlsx")
    assert report.tables[0].unit == "万元"
    assert [fact.label(one) for one in facts(report)] == ["基本支出/年初预算数", "基本支出/决算数"]


def test_a_numbered_line_over_each_part_of_a_sheet_is_its_title() -> None:
    """Two tables of a sheet, each with a total: 合计 is that of the part it closes, never of the sheet."""

    def fill(page: Worksheet) -> None:
        for row in (
            ["一、“三公”经费情况"],
            ["项目", "预算数", "决算数"],
            ["公务接待费", 16, 13.26],
            ["合计", 16, 13.26],
            [],
            ["二、政府采购情况"],
            ["类别", "采购预算", "实际采购"],
            ["货物类", 186, 178.42],
            ["合计", 186, 178.42],
        ):
            page.append(row)

    report = opened(fill)
    assert [one.caption for one in report.tables] == ["“三公”经费情况", "政府采购情况"]
    assert {one.subject for one in facts(report) if "合计" in one.subject} == {"“三公”经费合计", "政府采购合计"}


def test_the_lines_of_a_form_head_no_column() -> None:
    """填报单位、填报日期 and the name of the department stand above the header and name no figure."""

    def fill(page: Worksheet) -> None:
        page.append(["某县文旅局2023年度部门整体支出绩效自评表"])
        page.append(["填报单位：某县文旅局", None, None, "填报日期：2024年3月18日", "金额单位：万元"])
        page.append(["部门名称", "某县文旅局", None, "填报人及电话", "何某 6213008"])
        page.append(["预算执行", "项目", "年初预算数", "全年执行数", "得分"])
        page.append([None, "年度资金总额", 4109.2, 4090.89, 9.25])
        page.append([None, "其他资金", 140, 135, "—"])
        for area in ("A1:E1", "A2:C2", "B3:C3", "A4:A6"):
            page.merge_cells(area)

    stated = facts(opened(fill))
    assert {one.measure for one in stated} == {("年初预算数",), ("全年执行数",), ("得分",)}
    assert {one.period for one in stated} == {"2023年度"}
