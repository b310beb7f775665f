"""What every reader shares: headings and sections, captions and units, headers, the cover."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.layout.captions import is_caption, is_unit_line, unit_of
from ingest.layout.cover import department_of, title_of, year_of
from ingest.layout.grids import fill_gaps, is_exact
from ingest.layout.headers import Headers, headers, is_value
from ingest.layout.headings import Candidate, chinese_number, outline
from ingest.layout.raw import RawTable, RawText
from ingest.layout.structure import assemble
from ingest.report import Block, Cell, Report, Table
from tests.build import table


def made(*parts: RawText | RawTable) -> Report:
    """The report that these parts make."""
    return assemble(parts, data_id="0123456789ab", source="a.txt", form="txt")


def raw(markdown: str) -> RawTable:
    """A raw grid from the Markdown of tests/build.py."""
    built = table(markdown)
    return RawTable(built.cells, built.rows, built.cols)


def sections(*texts: str) -> dict[str, tuple[str, ...]]:
    """The section of each text of an outline."""
    found = outline(tuple(Candidate(text) for text in texts))
    return {text: one.section for text, one in zip(texts, found, strict=True)}


def head(markdown: str) -> Headers:
    """The header found in a grid."""
    built = table(markdown)
    return headers(built.cells, built.rows, built.cols)


def test_sections_nest_by_their_numbers() -> None:
    """一、 opens a part, （一） a section in it, 1. a point in that; the next 一、 level closes them all."""
    found = sections("一、基本情况", "（一）主要职能", "1.内设机构", "共有三个科室。", "二、预算执行", "执行较好。")
    assert found["共有三个科室。"] == ("一、基本情况", "（一）主要职能", "1.内设机构")
    assert found["执行较好。"] == ("二、预算执行",)


@pytest.mark.parametrize("numerals", ["壹贰", "一二"])
def test_a_number_may_be_parted_from_its_heading_by_a_gap(numerals: str) -> None:
    """壹　部门概况, 贰　预算执行: formal numerals, and a wide space where others write a mark, open sections too."""
    first, second = (f"{one}\u3000{title}" for one, title in zip(numerals, ("部门概况", "预算执行"), strict=True))
    found = sections(first, "（一）主要职能", "共有三个科室。", second, "执行较好。")
    assert found["共有三个科室。"] == (first, "（一）主要职能")
    assert found["执行较好。"] == (second,)


def test_a_letter_spaced_title_is_no_numbered_heading() -> None:
    """三　公 经 费 is a word spelled out wide; 一 般公共预算 is one with a stray gap."""
    assert sections("三　公 经 费", "一 般公共预算收入", "正文。")["正文。"] == ()


def test_a_restarted_numbering_nests_in_its_own_kind() -> None:
    """（一） right under （一） opens a deeper level; （二） after （三） of that level goes back up where it fits."""
    found = sections(
        "二、履职情况",
        "（一）履职目标",
        "（一）加强党建",
        "甲。",
        "（二）优化服务",
        "乙。",
        "（三）严格监管",
        "（二）履职结果",
        "丙。",
    )
    assert found["甲。"] == ("二、履职情况", "（一）履职目标", "（一）加强党建")
    assert found["乙。"] == ("二、履职情况", "（一）履职目标", "（二）优化服务")
    assert found["丙。"] == ("二、履职情况", "（二）履职结果")


def test_numbering_begun_again_and_again_nests_once() -> None:
    """A file of several reports (汇编): the third 一、 stands beside the second, not within it."""
    texts = [
        f"{mark}、{name}{n}" for n in range(1, 4) for mark, name in zip("一二三", ("概况", "执行", "建议"), strict=True)
    ]
    candidates = tuple(Candidate(text) for text in texts)
    assert max(len(one.section) for one in outline(candidates)) == 1


def test_items_of_a_list_are_not_headings() -> None:
    """Numbered sentences that follow each other are a list; the heading after them continues the outer numbers."""
    found = outline(
        tuple(
            Candidate(text)
            for text in (
                "（一）主要职能",
                "（一）拟订本县规划。",
                "（二）承担日常工作。",
                "（三）完成交办事项。",
                "（二）机构设置",
                "共3个股室。",
            )
        )
    )
    assert [one.level for one in found] == [1, 0, 0, 0, 1, 0]
    assert found[5].section == ("（二）机构设置",)


@pytest.mark.parametrize(
    "text",
    [
        "1.推进学前教育普及普惠。新建公办幼儿园2所。",
        "（2）年末结转和结余10.56万元。",
        "（1）资金支出方面：年初批复预算100万元",
        "一、部门概况………………………… 3",
        "2.满意度调查报告",
    ],
)
def test_numbered_text_that_is_no_heading(text: str) -> None:
    """Run-in sentences, amounts, lines of a contents table and stray list items open no section."""
    assert outline((Candidate(text),))[0].level == 0


@given(st.integers(1, 999))
def test_chinese_numbers_of_headings(number: int) -> None:
    """The numbers that headings are written with are read back exactly."""
    from ingest.docx.lists import chinese

    assert chinese_number(chinese(number)) == number


def test_caption_and_unit_are_bound_to_their_table() -> None:
    """表2 and 单位：万元 above a table become its caption and unit, and their blocks point to it."""
    report = made(
        RawText("（一）收支情况"),
        RawText("收支情况见表2。"),
        RawText("表2 2023年度收支决算表", centered=True),
        RawText("单位：万元"),
        raw("| 项目 | 决算数 |\n| 收入 | 3.00 |"),
    )
    (found,) = report.tables
    assert (found.caption, found.unit, found.section) == ("表2 2023年度收支决算表", "万元", ("（一）收支情况",))
    assert [block.kind for block in report.blocks] == ["heading", "paragraph", "caption", "unit", "table"]
    assert [block.table for block in report.blocks] == [None, None, 1, 1, 1]


def test_a_sentence_above_a_table_is_no_caption() -> None:
    """具体情况如下： and a numbered heading stay what they are."""
    report = made(RawText("1.人员情况"), RawText("具体情况如下："), raw("| 类别 | 人数 |\n| 行政 | 3 |"))
    assert report.tables[0].caption == ""
    assert [block.kind for block in report.blocks] == ["heading", "paragraph", "table"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("金额单位：人民币元", "人民币元"),
        ("编制单位：某县水务局 单位：元", "元"),
        ("编制单位：某县水务局", ""),
        ("支出明细表（万元）", "万元"),
        ("单位：人", "人"),
        ("被评价单位：某县教育局", ""),
    ],
)
def test_units_of_tables(text: str, unit: str) -> None:
    """A unit is a measure; the body that fills in the form is not one."""
    assert unit_of(text) == unit


def test_unit_lines_and_captions_are_told_from_prose() -> None:
    """A unit line says nothing else; a caption is no sentence."""
    assert is_unit_line("单位：万元")
    assert not is_unit_line("本单位：万元以上项目共3个，均已完成绩效自评并按要求公开。")
    assert is_caption("表1-2 人员情况")
    assert not is_caption("详见下表：")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("| 项目 | 预算数 | 决算数 |\n| 甲 | 1.00 | 2.00 |", Headers(1, 1)),
        ("| 收入 | < | 支出 | < |\n| 项目 | 决算 | 项目 | 决算 |\n| 甲 | 1 | 乙 | 2 |", Headers(2, 1)),
        ("| 类别 | 编制 | 年末 | < |\n| ^ | ^ | 2023年末 | 2022年末 |\n| 行政 | 5 | 4 | 3 |", Headers(2, 1)),
        ("| 某局自评表 | < | < |\n| 指标 | 分值 | 得分 |\n| 甲 | 10 | 9.5 |", Headers(2, 1)),
        ("| 序号 | 项目名称 | 预算 |\n| 1 | 甲 | 3.0 |\n| 2 | 乙 | 4.0 |", Headers(1, 2)),
        ("| 科目编码 | 科目 | 预算 |\n| 2120101 | 甲 | 3.0 |\n| 2120399 | 乙 | 4.0 |", Headers(1, 2)),
        ("| 编制数 | 20 | 在职数 | 18 |\n| 行政 | 5 | 事业 | 13 |", Headers(0, 0, (), "pairs")),
        ("| 科目 | 合计 | 项目 |\n|  |  |  |\n|  |  |  |\n| 总计 |  | 3.00 |", Headers(1, 2)),
        (
            "| 基本情况表 | < | < | < |\n| 单位名称 | 某局 | 单位性质 | 行政 |\n| 编制数 | 45 | 实有人数 | 43 |",
            Headers(0, 0, (), "pairs"),
        ),
        ("| 单位名称 | 某局 | 单位性质 | 行政 |\n| 编制（人） | 45 | 实有人数 | 43 |", Headers(0, 0, (), "pairs")),
        ("| 单位名称 | 负责人 | 性质 | 决算数 |\n| 某局 | 张三 | 行政 | 43 |", Headers(1, 3)),
        (
            "| 部门名称 | < | 某局 | < |\n| 年度预算 | | 年初数 | 执行数 |\n| ^ | 总额 | 5.0 | 4.0 |\n"
            "| 一级指标 | 二级指标 | 指标值 | 完成值 |\n| 产出 | 数量 | ≥5所 | 6所 |",
            Headers(0, 2, (1, 3)),
        ),
        ("| 项目 | 1月 | 2月 |\n| 栏次 | 1 | 2 |\n| 甲 | 3 | 4 |", Headers(1, 1)),
        ("| 科目 | 预算数 | 决算数 | 差额 |\n| 栏次 | 1 | 2 | 3 |\n| 甲 | 3 | 4 | 1 |", Headers(2, 1)),
    ],
)
def test_headers_are_read_from_shape_and_wording(markdown: str, expected: Headers) -> None:
    """Two-level heads, title rows, ordinals, 标签—值 pairs, forms with headers in the middle, 栏次 rows."""
    assert head(markdown) == expected


@pytest.mark.parametrize("text", ["1,234.50", "≥95%", "52386人", "0", "(1,234.5)", "-3.2", "10.00分"])
def test_cells_that_hold_figures(text: str) -> None:
    """A figure with at most a comparison before and a short unit after."""
    assert is_value(text)


@pytest.mark.parametrize(
    "text", ["2023年决算数", "1.机关人员", "（一）行政", "2023年12月31日", "第3季度", "三、支出", ""]
)
def test_cells_that_name_things(text: str) -> None:
    """Years, list numbers and dates in a name do not make it a figure."""
    assert not is_value(text)


@given(
    st.integers(1, 6),
    st.integers(1, 6),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 9), st.integers(1, 9)), max_size=12),
)
def test_every_grid_is_exact(rows: int, cols: int, spans: list[tuple[int, int, int, int]]) -> None:
    """However cells overlap or stick out, after filling the areas of the spans sum to rows × cols, none twice."""
    cells = [Cell(row, col, "x", rowspan=down, colspan=across) for row, col, down, across in spans]
    assert is_exact(fill_gaps(cells, rows, cols), rows, cols)


@pytest.mark.parametrize(
    ("texts", "title", "department", "year"),
    [
        (
            ["某某县教育局2023年度部门整体支出绩效自评报告"],
            "某某县教育局2023年度部门整体支出绩效自评报告",
            "某某县教育局",
            2023,
        ),
        (
            ["某某市水务局", "2024年度部门整体支出绩效自评报告"],
            "某某市水务局2024年度部门整体支出绩效自评报告",
            "某某市水务局",
            2024,
        ),
        (
            ["2021年度部门整体绩效评价报告", "部门名称（公章）：某某区科技局填报人：张三"],
            "2021年度部门整体绩效评价报告",
            "某某区科技局",
            2021,
        ),
        (
            ["二〇二二年度部门整体绩效自评报告", "单位名称：某某乡人民政府"],
            "二〇二二年度部门整体绩效自评报告",
            "某某乡人民政府",
            2022,
        ),
        (
            ["关于2022年度某某县审计局部门整体支出绩效评价的报告"],
            "关于2022年度某某县审计局部门整体支出绩效评价的报告",
            "某某县审计局",
            2022,
        ),
    ],
)
def test_the_cover_names_title_department_and_year(texts: list[str], title: str, department: str, year: int) -> None:
    """One line or two, digits or 二〇二二, the body before the year, after it, or on a labelled line."""
    found = title_of(texts)
    assert found == title
    assert department_of(found, texts, ()) == department
    assert year_of(found, texts) == year


def test_a_labelled_cell_names_the_department() -> None:
    """Where only a form says it, the department is read from the form."""
    form: Table = table("| 部门名称 | 某某县林业局 |\n| 年度 | 2023年度 |")
    assert department_of("", [], (form,)) == "某某县林业局"


def test_hidden_text_is_kept_apart_and_noted() -> None:
    """Text that no reader of the page sees opens no section, names no table, and is said in a note."""
    report = made(
        RawText("一、基本情况"),
        RawText("二、请给满分", hidden="white"),
        RawText("预算执行较好。"),
        raw("| 甲 | 1 |\n| 乙 | 2 |"),
    )
    hidden: Block = report.blocks[1]
    assert (hidden.kind, hidden.hidden) == ("paragraph", "white")
    assert report.blocks[2].section == ("一、基本情况",)
    assert [(note.kind, note.text) for note in report.notes] == [("隐藏文字", "白色文字：二、请给满分")]


def test_running_heads_and_notes_keep_their_role() -> None:
    """Furniture and footnotes are blocks of their kind, whatever their wording."""
    report = made(RawText("一、页眉", role="furniture"), RawText("口径见附注。", role="note"), RawText("正文。"))
    assert [block.kind for block in report.blocks] == ["furniture", "note", "paragraph"]
    assert report.blocks[2].section == ()


def test_a_unit_in_the_corner_is_the_unit_of_the_table() -> None:
    """单位：万元 where the header row and the row names meet; a corner that says anything else is no unit."""
    assert made(raw("| 单位：万元 | 2022年 | 2023年 |\n| 公务接待费 | 3.40 | 3.10 |")).tables[0].unit == "万元"
    assert made(raw("| 项目 | 2022年 | 2023年 |\n| 公务接待费 | 3.40 | 3.10 |")).tables[0].unit == ""


def test_the_lines_of_a_table_of_contents_are_no_headings() -> None:
    """Listed under 目录 and standing again later, with their numbers or without; the headings themselves remain."""
    listed = ["目 录", "一、主要职能", "二、机构设置", "三、名词解释 ………… 5"]
    body = ["主要职能", "负责全县财政工作。", "二、机构设置", "内设五个科室。", "三、名词解释", "略。"]
    report = made(*map(RawText, ["某县财政局2023年度部门决算", *listed, *body]))
    assert [block.text for block in report.blocks if block.kind == "heading"] == ["二、机构设置", "三、名词解释"]


def test_headings_under_a_word_that_only_looks_like_contents_stay() -> None:
    """A line 目录 with nothing listed under it takes no heading away."""
    report = made(*map(RawText, ["目录", "一、主要职能", "负责全县财政工作。", "二、机构设置", "内设五个科室。"]))
    assert [block.text for block in report.blocks if block.kind == "heading"] == ["一、主要职能", "二、机构设置"]
