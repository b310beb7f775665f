"""Plain text flattened from a PDF: paragraphs joined, figures taken line by line, tables rebuilt or doubted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import docx
from ingest.errors import UnreadableFile
from ingest.layout.grids import is_exact
from ingest.report import Report, Table, grid
from ingest.txt import read
from ingest.txt.header import divisions
from ingest.txt.lines import join, width
from ingest.txt.rows import as_row, tokens

PROSE = (
    "我局认真贯彻落实县委、县政府决策部署，围绕年度中心",
    "工作，统筹推进各项任务，全年预算执行情况总体良好，各",
    "项绩效目标基本完成。一是健全制度，先后修订内部控制手",
    "册和专项资金管理办法，明确各环节责任。二是规范支出，",
    "严格执行审批程序，重大开支经集体研究决定，未发现截留",
    "挪用等情况。三是强化公开，部门预算、决算和绩效信息均",
    "按规定时限在政府网站公开，接受社会监督。四是加强培训",
    "，组织业务人员学习预算绩效管理文件，提高填报质量。",
)


def flat(*lines: str, double: bool = False) -> Report:
    """The report in these lines, blank lines between them where `double`."""
    return read(("\n\n" if double else "\n").join(lines).encode(), "a.txt")


def only(report: Report) -> Table:
    """The one table of a report."""
    (found,) = report.tables
    assert is_exact(found.cells, found.rows, found.cols)
    return found


def test_wrapped_lines_become_paragraphs() -> None:
    """Prose wrapped at a fixed width is one paragraph; each visual line keeps its span and page."""
    report = flat("一、预算执行", *PROSE, "二、存在问题", *PROSE)
    assert [block.kind for block in report.blocks] == ["heading", "paragraph", "heading", "paragraph"]
    block = report.blocks[1]
    assert block.text == "".join(PROSE)
    assert tuple(block.text[line.start : line.end] for line in block.lines) == PROSE


def test_lines_that_are_paragraphs_stay_apart() -> None:
    """A text without wrapping has one paragraph on each line, however long."""
    lines = [f"第{number}项工作" + "已按计划完成，" * number + "效果良好。" for number in range(1, 12)]
    assert [block.text for block in flat(*lines).blocks] == lines


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["编制7", "1.机关人员"], "编制7 1.机关人员"),
        (["共计72,107.", "69万元"], "共计72,107.69万元"),
        (["预算为", "48,791.96万元"], "预算为48,791.96万元"),
        (["建成ICH", "Park园区"], "建成ICH Park园区"),
    ],
)
def test_digits_of_two_lines_never_run_together(lines: list[str], text: str) -> None:
    """A digit at the end of a line and one at the start of the next stay two numbers, unless a point is cut."""
    assert join(lines) == text


@given(st.lists(st.from_regex(r"[一-三0-9]{1,4}", fullmatch=True), min_size=1, max_size=5))
def test_joining_makes_no_new_number(lines: list[str]) -> None:
    """Every run of digits in the joined text stands in one of its lines."""
    assert re.findall(r"\d+", join(lines)) == [run for line in lines for run in re.findall(r"\d+", line)]


def test_pages_open_with_a_half_width_space() -> None:
    """In double-spaced text a line set in by one half-width space, right after another line, opens a page."""
    lines = "\n\n".join(PROSE)
    report = read(f"{lines}\n {lines}".encode(), "a.txt")
    assert [page.number for page in report.pages] == [1, 2]
    assert [line.page for line in report.blocks[0].lines] == [1] * 8 + [2] * 8


def test_form_feeds_open_pages_and_page_numbers_are_furniture() -> None:
    """The number at the foot of a page and the repeated head of each are no part of the text."""
    page = "某某局年度报告\n" + "\n".join(PROSE) + "\n- {} -\n"
    report = read("\f".join(page.format(number) for number in (1, 2, 3, 4)).encode(), "a.txt")
    assert len(report.pages) == 4
    furniture = [block.text for block in report.blocks if block.kind == "furniture"]
    assert furniture == ["- 1 -", "某某局年度报告", "- 2 -", "某某局年度报告", "- 3 -", "某某局年度报告", "- 4 -"]


def test_a_flattened_table_is_rebuilt() -> None:
    """Header, names wrapped over two lines, figures after the name: a grid, bound to its caption and unit."""
    report = flat(
        "表1 年度收支情况表",
        "单位：万元",
        "项目 年初预算数 决算数 差异率％",
        "一般公共预算财政",
        "拨款收入",
        "2,107.69 1,420.63 -32.60",
        "事业收入 0.00 — 0.00",
        "其他收入 12.00 9.00 -25.00",
        double=True,
    )
    found = only(report)
    assert (found.caption, found.unit, found.header_rows, found.certain) == ("表1 年度收支情况表", "万元", 1, True)
    assert grid(found) == (
        ("项目", "年初预算数", "决算数", "差异率％"),
        ("一般公共预算财政拨款收入", "2,107.69", "1,420.63", "-32.60"),
        ("事业收入", "0.00", "—", "0.00"),
        ("其他收入", "12.00", "9.00", "-25.00"),
    )


def test_two_levels_and_two_names() -> None:
    """A heading over two columns of figures, two columns of names split by their widths, a side heading."""
    found = only(
        flat(
            "项目支出情况表",
            "年度主",
            "要任务",
            "一级项目名称 二级项目名称",
            "预算金额（万元）",
            "总额 全年支出数",
            "一般行政管理事务",
            "聘用人员工资、干部职工",
            "体检、办公室事务、综合",
            "业务管理",
            "503.59 461.22",
            "培训支出 专项培训 13.00 8.76",
        )
    )
    assert grid(found) == (
        ("一级项目名称", "二级项目名称", "预算金额（万元）", "预算金额（万元）"),
        ("一级项目名称", "二级项目名称", "总额", "全年支出数"),
        ("一般行政管理事务", "聘用人员工资、干部职工体检、办公室事务、综合业务管理", "503.59", "461.22"),
        ("培训支出", "专项培训", "13.00", "8.76"),
    )
    assert found.caption == "项目支出情况表 年度主要任务"


def test_a_row_cut_by_a_page_break_is_whole_again() -> None:
    """The rest of a name that stands behind its figures, on the next page, goes back to its row."""
    lines = ("项目名称 预算数 决算数", "道路养护", "3.00 2.00")
    cut = ("会议费、差旅费、机动预", "备费、培训费、维修费、", "511.81 411.30")
    rest = ("印刷费、接待费", "办公用房租金 4.00 3.00")
    text = "\n\n".join([*PROSE, *lines, *cut]) + "\n " + "\n\n".join(rest)
    found = only(read(text.encode(), "a.txt"))
    assert grid(found)[2:] == (
        ("会议费、差旅费、机动预备费、培训费、维修费、印刷费、接待费", "511.81", "411.30"),
        ("办公用房租金", "4.00", "3.00"),
    )


def test_ordinals_on_their_own_lines_and_remarks() -> None:
    """序号 above the name, a remark of several lines behind the figures that reads like prose."""
    found = only(
        flat(
            "序号 项目名称 预算数 决算数 实施内容",
            "1",
            "基层医疗机构能",
            "力提升 5.00 4.00",
            "购置设备，培训人员",
            "，改造用房。",
            "2",
            "疾病预防控制",
            "6.00 6.00",
            "开展监测。",
            "3 健康宣传 1.00 0.50",
            "印制手册。",
            "合计 12.00 10.50",
        )
    )
    assert grid(found) == (
        ("序号", "项目名称", "预算数", "决算数", "实施内容"),
        ("1", "基层医疗机构能力提升", "5.00", "4.00", "购置设备，培训人员，改造用房。"),
        ("2", "疾病预防控制", "6.00", "6.00", "开展监测。"),
        ("3", "健康宣传", "1.00", "0.50", "印制手册。"),
        ("", "合计", "12.00", "10.50", ""),
    )


def test_a_two_sided_table() -> None:
    """收入 and 支出 side by side, each with its own names and figures."""
    found = only(
        flat(
            "收 入 支 出",
            "项目 预算 决算 项目 预算 决算",
            "财政拨款 5.00 4.00 基本支出 3.00 2.00",
            "其他 1.00 1.00 项目支出 3.00 3.00",
        )
    )
    assert grid(found)[0] == ("收入",) * 3 + ("支出",) * 3
    assert grid(found)[2] == ("财政拨款", "5.00", "4.00", "基本支出", "3.00", "2.00")
    assert found.header_rows == 2


def test_label_and_value_alternate() -> None:
    """标签—值 on one line, twice: a table of pairs."""
    found = only(
        flat("编制总数（名） 40 在职人数（名） 38", "其中：行政编制 28 其中：行政人员 26", "事业编制 12 事业人员 12")
    )
    assert found.layout == "pairs"
    assert grid(found)[1] == ("其中：行政编制", "28", "其中：行政人员", "26")


def test_label_and_value_on_lines_of_their_own() -> None:
    """A form flattened cell by cell: label line, figure line, label line, figure line."""
    found = only(
        flat(
            "基本情况表",
            "人员编制",
            "21",
            "实有人数",
            "20",
            "上年公用经费",
            "（万元）",
            "35.60",
            "其中：接待费",
            "0.00",
        )
    )
    assert grid(found) == (
        ("人员编制", "21"),
        ("实有人数", "20"),
        ("上年公用经费（万元）", "35.60"),
        ("其中：接待费", "0.00"),
    )
    assert found.layout == "pairs"


def test_a_contents_table_is_no_form() -> None:
    """Headings and page numbers on lines of their own are no labels and values."""
    assert not flat("目录", "一、部门概况", "1", "二、预算执行", "2", "三、绩效情况", "5", "四、有关建议", "6").tables


def test_many_lone_figures_are_read_in_time() -> None:
    """Ten thousand lines with a figure each are no table, and are not searched again from every line."""
    assert not flat(*(f"项目{number % 7} 3" for number in range(10_000))).tables


def test_a_short_row_is_not_bound_to_columns() -> None:
    """A blank cell leaves no trace in flattened text: the figures of a short row stay unbound, and it is said."""
    found = only(
        flat(
            "项目 预算数 决算数 上年数",
            "接待费 3.00 2.00 1.00",
            "购置费 0.00 5.00",
            "运行费 4.00 3.00 2.00",
            "合计 7.00 5.00 3.00",
        )
    )
    assert grid(found)[2] == ("购置费", "0.00 5.00", "", "")
    assert not found.certain
    assert "列数" in found.doubt


def test_a_table_without_header_is_doubted() -> None:
    """Rows of figures under no header are kept, and marked uncertain."""
    found = only(flat("情况如下：", "行政 3 2 1", "事业 5 4 3"))
    assert (found.header_rows, found.certain) == (0, False)


@pytest.mark.parametrize(
    "lines",
    [
        ("| 项目 | 预算数 | 决算数 |", "|---|---:|---:|", "| 甲 | | 2.00 |", "| 乙 | 1.00 | — |"),
        ("项目\t预算数\t决算数", "甲\t\t2.00", "乙\t1.00\t—"),
        ("项目,预算数,决算数", "甲,,2.00", '乙,"1.00",—'),
    ],
)
def test_drawn_tables_keep_their_blank_cells(lines: tuple[str, ...]) -> None:
    """Markdown bars, tabs pasted from a sheet, and CSV: every cell is known, so nothing is doubted."""
    found = only(flat(*lines))
    assert grid(found) == (("项目", "预算数", "决算数"), ("甲", "", "2.00"), ("乙", "1.00", "—"))
    assert found.certain


@pytest.mark.parametrize(
    "line",
    [
        "经批准，我局2021年年初部门预算指标为 72,107.69",
        "截至 2021 年 12 月 31 日，资产合计 285.22 万元",
        "其中固定资产净值 79.42 万元、无形资产（软件）88.20 万元。",
        "一、部门概况…………………… 1",
        "附件 1",
    ],
)
def test_prose_is_no_row(line: str) -> None:
    """Figures inside sentences, contents tables and attachments make no table."""
    assert as_row(line, 0) is None


def test_figures_keep_their_units_and_dates_stay_whole() -> None:
    """A unit set apart from its figure belongs to it; 2023 年末 is one heading."""
    assert tokens("签约人数 ≥9800 人次 10264 人次 5.00") == ("签约人数", "≥9800人次", "10264人次", "5.00")
    assert tokens("项目 2023 年决算数 2022 年决算数") == ("项目", "2023年决算数", "2022年决算数")


def test_commas_within_figures_cut_no_cells() -> None:
    """Eight rows with two thousands separators each are no file of fields with commas between them."""
    lines = [
        f"{name} 0.00 1,000.50 1,000.25" for name in ("教育", "卫生", "水务", "交通", "农业", "文化", "民政", "司法")
    ]
    found = only(flat("单位：元", "部门 年初预算数 调整预算数 决算数", *lines))
    assert grid(found)[1] == ("教育", "0.00", "1,000.50", "1,000.25")


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6)), min_size=2, max_size=8))
def test_every_figure_of_a_flattened_table_lands_in_its_cell(rows: list[tuple[int, int, int]]) -> None:
    """Whatever the figures, name and columns come back as written."""
    names = ["教育", "卫生", "水务", "交通", "农业", "文化", "民政", "司法"][: len(rows)]
    lines = [f"{name} {a:,}.00 {b:,}.50 {c:,}.25" for name, (a, b, c) in zip(names, rows, strict=True)]
    found = only(flat("单位：元", "部门 年初预算数 调整预算数 决算数", *lines))
    assert grid(found)[1:] == tuple(tuple(tokens(line)) for line in lines)


@given(st.text(alphabet="一二三项目预算数，。：（）1234567890.,% \n\f—", max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text crashes the reader; every grid is exact; no figure is lost."""
    try:
        report = read(text.encode(), "a.txt")
    except UnreadableFile:
        return
    assert all(is_exact(one.cells, one.rows, one.cols) for one in report.tables)
    texts = [*(block.text for block in report.blocks), *(one.caption for one in report.tables)]
    texts += [cell.text for one in report.tables for cell in one.cells]
    assert sum(map(str.isdecimal, text)) <= sum(map(str.isdecimal, "".join(texts)))


def test_the_seed_text_agrees_with_its_word_document(shared: Path) -> None:
    """Every row of figures in the Word tables stands in the tables rebuilt from the text, name and figures alike."""
    folder = shared / "reports"
    text = read((folder / "pingshan-sti-2021.txt").read_bytes(), "a.txt")
    word = docx.read((folder / "pingshan-sti-2021.docx").read_bytes(), "a.docx")
    assert (text.title, text.department, text.year) == (word.title, word.department, word.year)
    rebuilt = {tuple("".join(one.split()) for one in row if one) for found in text.tables for row in grid(found)}
    wanted = [row for found in (word.tables[0], word.tables[2]) for row in grid(found)]
    assert not [row for row in wanted if tuple("".join(one.split()) for one in row if one) not in rebuilt]


def test_quotes_of_the_seed_stand_in_the_text(shared: Path) -> None:
    """Every gold fact's sentence is found whole in a paragraph or a table row."""
    report = read((shared / "reports/pingshan-sti-2021.txt").read_bytes(), "a.txt")
    lines = (shared / "gold/pingshan-sti-2021.facts.jsonl").read_text(encoding="utf-8").splitlines()
    prose = "\n".join("".join(block.text.split()) for block in report.blocks)
    rows = "\n".join("".join("".join(row).split()) for found in report.tables for row in grid(found))
    quotes = ["".join(json.loads(line)["quote"].split()) for line in lines]
    missing = [quote for quote in quotes if quote not in prose and quote not in rows]
    assert len(missing) * 20 <= len(quotes), missing[:5]


def test_widths_count_latin_letters_as_half() -> None:
    """A digit takes half the width of a Chinese character."""
    assert width("2021年，") == 4.0


def test_a_remark_wrapped_below_a_numbered_row_is_its_rows() -> None:
    """Numbers before the names count the rows: what stands between two of them ends the remark of the upper."""
    table = only(
        flat(
            "序号 项目名称 预算数 决算数 未执行原因",
            "1 泵站改造 310.00 298.40",
            "2 闸门更换 96.50 41.20 主机交货延迟，",
            "安装顺延到次年，已签补充协议",
            "3 渠道清淤 58.00 58.00",
            "合计 464.50 397.60",
            double=True,
        )
    )
    assert grid(table)[2] == ("2", "闸门更换", "96.50", "41.20", "主机交货延迟，安装顺延到次年，已签补充协议")
    assert grid(table)[3:] == (("3", "渠道清淤", "58.00", "58.00", ""), ("", "合计", "464.50", "397.60", ""))


def test_a_name_wrapped_below_a_numbered_row_is_its_rows() -> None:
    """Where the header leaves no column for remarks, the words below a row are the rest of its name."""
    table = only(
        flat(
            "序号 项目名称 预算数 决算数",
            "1 泵站改造 310.00 298.40",
            "2 老旧闸门及启闭 96.50 41.20",
            "设备更换",
            "3 渠道清淤 58.00 58.00",
            double=True,
        )
    )
    assert grid(table)[2] == ("2", "老旧闸门及启闭设备更换", "96.50", "41.20")


def test_a_total_divided_twice_has_a_head_over_each_division() -> None:
    """按资金来源 and 按支出用途 each divide the same total: the word of a leaf and equal sums tell where one begins."""
    groups = ("按来源划分", "按用途划分")
    leaves = ("财政来源", "自筹", "人员用途", "设备用途")
    values = ("80.00", "20.00", "30.00", "70.00")
    assert divisions(groups, leaves, values) == ("按来源划分",) * 2 + ("按用途划分",) * 2
    assert divisions(groups, leaves, ("80.00", "20.00", "30.00", "60.00")) == ()
    assert divisions(groups, ("财政来源", "自筹", "其他", "设备"), values) == ()


def test_heads_cut_into_lines_and_set_apart_on_one() -> None:
    """Heads wrapped in their cells are whole again: what stands apart on one line is of different columns."""
    found = only(
        flat(
            *PROSE,
            "表三 项目支出明细",
            "单位：万元",
            "项目名称 年初批复",
            "数",
            "全年预算",
            "数",
            "实际支出 预算完",
            "成率",
            "结余",
            "河道清淤 120.00 118.00 110.30 93.47% 7.70",
            "岸线绿化 80.00 76.00 75.10 98.82% 0.90",
        )
    )
    assert grid(found)[0] == ("项目名称", "年初批复数", "全年预算数", "实际支出", "预算完成率", "结余")
    assert (found.caption, found.unit) == ("表三 项目支出明细", "万元")
