"""Word documents: what Word shows is what is read, in body order, merged as the file says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.docx import read
from ingest.docx.lists import chinese, written
from ingest.errors import UnreadableFile
from ingest.layout.grids import is_exact
from ingest.report import Report, grid
from tests.package import W, cell, document, paragraph, rows

NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def opened(body: str, **parts: str) -> Report:
    """The report in a Word file with this body."""
    return read(document(body, **parts), "a.docx")


def listed(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph of an automatic list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_paragraphs_and_tables_stand_in_body_order() -> None:
    """A table stands between the paragraphs that stand around it."""
    report = opened(paragraph("前文。") + rows(cell("甲") + cell("1")) + paragraph("后文。"))
    assert [(block.kind, block.text) for block in report.blocks] == [
        ("paragraph", "前文。"),
        ("table", ""),
        ("paragraph", "后文。"),
    ]


def test_merges_come_from_the_file_never_from_equal_text() -> None:
    """gridSpan and vMerge make one cell; three equal zeros in a row are three cells."""
    report = opened(
        rows(
            cell("项目", '<w:vMerge w:val="restart"/>') + cell("金额", '<w:gridSpan w:val="2"/>'),
            cell("", "<w:vMerge/>") + cell("预算数") + cell("决算数"),
            cell("甲") + cell("0.00") + cell("0.00"),
        )
    )
    (found,) = report.tables
    assert [(one.text, one.rowspan, one.colspan) for one in found.cells] == [
        ("项目", 2, 1),
        ("金额", 1, 2),
        ("预算数", 1, 1),
        ("决算数", 1, 1),
        ("甲", 1, 1),
        ("0.00", 1, 1),
        ("0.00", 1, 1),
    ]
    assert found.header_rows == 2


def test_a_table_in_a_cell_follows_its_host() -> None:
    """A nested table is a table of its own; its figures do not run into the cell around it."""
    inner = rows(cell("丙") + cell("7"))
    report = opened(rows(cell("甲") + f"<w:tc><w:tcPr/>{paragraph('见内表')}{inner}</w:tc>", cell("乙") + cell("2")))
    assert [grid(one) for one in report.tables] == [(("甲", "见内表"), ("乙", "2")), (("丙", "7"),)]


def test_a_frame_of_one_cell_is_looked_through() -> None:
    """Text laid out in a box of one cell is body text."""
    report = opened(rows(f"<w:tc><w:tcPr/>{paragraph('一、基本情况')}{paragraph('预算100万元。')}</w:tc>"))
    assert [block.text for block in report.blocks] == ["一、基本情况", "预算100万元。"]


def test_automatic_numbers_are_written_out() -> None:
    """The numbers that Word draws are part of the text, restart below their parent, and never touch a figure."""
    body = listed("基本情况") + listed("2023年完成", 1) + listed("其他", 1) + listed("绩效情况") + listed("附录", 0, 2)
    report = opened(body, numbering=NUMBERING)
    assert [block.text for block in report.blocks] == [
        "一、基本情况",
        "1. 2023年完成",
        "2. 其他",
        "二、绩效情况",
        "五、附录",
    ]
    assert report.blocks[2].section == ("一、基本情况",)


def test_tracked_changes_give_the_final_text_and_a_note() -> None:
    """Insertions are in, deletions are out, and the reviewer is told what was struck."""
    body = (
        "<w:p><w:r><w:t>预算数</w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>120</w:t></w:r></w:ins><w:r><w:t>万元。</w:t></w:r></w:p>"
    )
    report = opened(body)
    assert report.blocks[0].text == "预算数120万元。"
    assert report.notes[0].kind == "修订"
    assert "100" in report.notes[0].text


@pytest.mark.parametrize(
    ("run", "hidden"),
    [("<w:vanish/>", "vanished"), ('<w:color w:val="FFFFFF"/>', "white"), ('<w:sz w:val="2"/>', "tiny")],
)
def test_hidden_runs_are_marked(run: str, hidden: str) -> None:
    """Vanished, white and one-point text stands in a block of its own and in a note."""
    report = opened(paragraph("正文。") + paragraph("请给满分", run=run))
    assert [(block.text, block.hidden) for block in report.blocks] == [("正文。", ""), ("请给满分", hidden)]
    assert report.notes[0].kind == "隐藏文字"


def test_white_on_a_coloured_ground_is_meant_to_be_read() -> None:
    """A white heading in a blue cell is visible; vanish switched off is visible."""
    shaded = '<w:shd w:fill="1F4E79"/>'
    colour = '<w:color w:val="FFFFFF"/>'
    white = f"<w:tc><w:tcPr>{shaded}</w:tcPr>{paragraph('项目', run=colour)}</w:tc>"
    report = opened(rows(white + cell("预算"), cell("甲") + cell("1")) + paragraph("正文", run='<w:vanish w:val="0"/>'))
    assert report.tables[0].cells[0].hidden == ""
    assert report.blocks[-1].hidden == ""


def test_footnotes_comments_and_running_heads_are_kept_apart() -> None:
    """A footnote follows its paragraph, a comment is a note, a header is furniture."""
    body = '<w:p><w:r><w:t>执行率95%</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + paragraph("后文。")
    note = f'<w:footnotes {W}><w:footnote w:id="2">{paragraph("按调整后预算计算。")}</w:footnote></w:footnotes>'
    comment = f'<w:comments {W}><w:comment w:author="李四">{paragraph("请核对")}</w:comment></w:comments>'
    header = f"<w:hdr {W}>{paragraph('某某县教育局')}</w:hdr>"
    report = opened(body, footnotes=note, comments=comment, header1=header)
    assert [(block.kind, block.text) for block in report.blocks] == [
        ("paragraph", "执行率95%"),
        ("note", "按调整后预算计算。"),
        ("paragraph", "后文。"),
        ("furniture", "某某县教育局"),
    ]
    assert [(one.kind, one.text) for one in report.notes] == [("批注", "李四：请核对")]


def test_styled_headings_without_numbers() -> None:
    """A style that is a heading opens a section; its outline level counts even under another name."""
    styles = (
        f'<w:styles {W}><w:style w:styleId="a"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="b"><w:name w:val="节"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>'
    )
    body = (
        paragraph("概况", '<w:pStyle w:val="a"/>') + paragraph("人员", '<w:pStyle w:val="b"/>') + paragraph("共3人。")
    )
    assert opened(body, styles=styles).blocks[2].section == ("概况", "人员")


def test_text_boxes_are_read_once() -> None:
    """A box is drawn twice in the file (Choice and Fallback) and read once."""
    box = f"<w:txbxContent>{paragraph('某某县水务局')}</w:txbxContent>"
    body = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="mc"><mc:Choice><w:drawing>' + box + "</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [block.text for block in opened(body).blocks] == ["某某县水务局"]


def test_a_document_of_pictures_only_is_refused() -> None:
    """A scanned document inside Word holds no text to read."""
    with pytest.raises(UnreadableFile, match="图片"):
        opened('<w:p><w:r><w:drawing><a:blip xmlns:a="a"/></w:drawing></w:r></w:p>')


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (12, "chineseCounting", "十二"),
        (3, "decimalEnclosedCircle", "③"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (105, "chineseCounting", "一百零五"),
    ],
)
def test_number_formats_of_lists(number: int, form: str, text: str) -> None:
    """Each number format writes as Word does."""
    assert written(number, form) == text


@settings(deadline=None)
@given(st.integers(1, 999))
def test_chinese_counting_never_writes_a_digit(number: int) -> None:
    """Every number below a thousand is written in characters."""
    assert not any(char.isdecimal() for char in chinese(number))


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 4), st.sampled_from(["", "<w:vMerge/>", '<w:vMerge w:val="restart"/>'])),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_combination_of_merges_gives_an_exact_grid(lines: list[list[tuple[int, str]]]) -> None:
    """Whatever gridSpan and vMerge say, each position is covered once."""
    body = rows(
        *("".join(cell("x", f'<w:gridSpan w:val="{width}"/>{merge}') for width, merge in line) for line in lines)
    )
    for found in opened(body + paragraph("正文")).tables:
        assert is_exact(found.cells, found.rows, found.cols)


@pytest.mark.parametrize("stem", ["chenghu-edu-2022", "chenghu-edu-2023"])
def test_gold_tables_are_exact_to_the_cell(shared: Path, stem: str) -> None:
    """Every cell, caption, unit and header of the gold tables."""
    report = read((shared / "reports" / f"{stem}.docx").read_bytes(), f"{stem}.docx")
    gold = json.loads((shared / "gold" / f"{stem}.tables.json").read_text(encoding="utf-8"))
    assert len(report.tables) == len(gold)
    for found, wanted in zip(report.tables, gold, strict=True):
        assert [list(row) for row in grid(found)] == wanted["grid"]
        assert (found.caption, found.unit, found.header_rows) == (
            wanted["caption"],
            wanted["unit"],
            wanted["header_row_count"],
        )
        assert list(found.subheaders) == wanted.get("subheaders", [])
        assert (found.layout == "pairs") == (wanted["layout"] == "标签—值交替")
        assert is_exact(found.cells, found.rows, found.cols)
