"""The 45 bad inputs that heshu must survive, each with the test that shows it, and the tests that stand nowhere else.

A bad input ends in a typed error in Chinese or in a report that says what is wrong; never in a crash or a half report.
"""

from __future__ import annotations

import ast
import struct
import zlib
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import BadInput
from ingest.pdf import read
from ingest.read import read_bytes
from ingest.report import grid as texts
from tests.pdf_pages import grid, lines, pdf, write
from tests.test_pdf_bad import raw_pdf, stream

SHOWN_BY = {
    1: ("bad_inputs.an_empty_file_is_refused", "空文件"),
    2: ("bad_inputs.the_content_decides_not_the_name", "名为 .pdf 而不是 PDF"),
    3: ("pdf_bad.a_truncated_file", "截断 10%、50%、90%"),
    4: ("every_bad_input.a_cross_reference_that_leads_back_to_itself", "交叉引用表错误、循环"),
    5: ("pdf_bad.a_deflate_bomb_in_a_page", "Flate 炸弹"),
    6: ("every_bad_input.a_picture_that_unpacks_to_gigabytes", "JBIG2、JPX 炸弹"),
    7: ("pdf_bad.too_many_pages", "十万页"),
    8: ("pdf_bad.a_huge_page", "200 英寸见方的一页"),
    9: ("pdf_bad.nested_arrays", "十万层嵌套"),
    10: ("pdf_bad.passwords", "打开密码、限制密码"),
    11: ("pdf_bad.without_the_extra_a_scan_says_how_to_get_it", "全是扫描"),
    12: ("pdf_bad.a_scanned_page_is_recognised_in_its_place", "扫描与文字混排"),
    13: ("pdf_bad.text_without_a_character_map_is_noted", "缺 ToUnicode"),
    14: ("pdf_text.fake_bold_is_read_once", "伪粗体"),
    15: ("pdf_text.rotated_pages", "旋转 90、270 度"),
    16: ("pdf_text.vertical_writing", "竖排"),
    17: ("every_bad_input.two_columns_with_a_table_in_one", "双栏加表格"),
    18: ("pdf_tables.lines_may_be_drawn_in_any_way", "无线、虚线、细矩形线的表"),
    19: ("pdf_tables.a_table_goes_on_without_its_header", "跨页断行、续页无表头"),
    20: ("pdf_tables.a_table_inside_a_cell", "嵌套表"),
    21: ("pdf_tables.two_hundred_columns", "二百列"),
    22: ("every_bad_input.attachments_and_forms_are_left_alone", "脚本、启动、附件、XFA"),
    23: ("pdf_hidden.hidden_text_is_marked", "五种隐藏文字"),
    24: ("bad_inputs.a_file_that_is_both_pdf_and_zip_is_one_of_them", "PDF 与 ZIP 合体"),
    25: ("bad_inputs.overlapping_entries_are_refused", "压缩炸弹、重叠部件"),
    26: ("bad_inputs.entries_that_climb_out_are_refused", "../ 部件名"),
    27: ("bad_inputs.entities_are_refused_unexpanded", "外部实体、十亿笑"),
    28: ("bad_inputs.outside_relations_are_not_followed", "外部模板、OLE、远程图片"),
    29: ("bad_inputs.senseless_merges_keep_the_grid_exact", "没有起点的合并"),
    30: ("docx.tracked_changes_give_the_final_text_and_a_note", "修订、隐藏文字"),
    31: ("bad_inputs.a_declared_dimension_is_not_believed", "虚报的行列数"),
    32: ("bad_inputs.formulas_without_results_and_errors_are_said", "公式无值、#REF!"),
    33: ("bad_inputs.files_of_other_kinds_are_named_with_advice", "改名的 .xls、.wps、.ofd"),
    34: ("xlsx.values_are_shown_as_the_sheet_shows_them", "1904 日期、文本数字、横线"),
    35: ("bad_inputs.every_chinese_encoding_is_read", "GB18030、Big5、UTF-16"),
    36: ("bad_inputs.a_page_of_a_million_nested_boxes_is_read_or_refused", "百万层 div"),
    37: ("bad_inputs.zero_width_and_direction_characters_are_dropped_from_pages", "零宽、双向、全角"),
    38: ("bad_inputs.one_endless_line_is_refused", "一行 20 MB"),
    39: ("bad_inputs.file_names_are_made_harmless", "../、CON、换行、表情的文件名"),
    40: ("cli.bad_use_is_one_chinese_sentence_and_exit_code_2", "1 MB 的问题、只有标点"),
    41: ("answer.refuses_what_is_not_there", "报告里没有的数"),
    42: ("review_prose.a_slip_of_unit_is_pointed_at_and_not_corrected", "万元、亿元、百分点"),
    43: ("ledger.rows_of_the_same_name_are_told_apart_by_what_they_are_part_of", "同名项目"),
    44: ("memo.openers_of_formulas_get_an_apostrophe", "以 = + - @ 开头的意见"),
    45: ("bad_inputs.the_same_bytes_have_the_same_id_whatever_their_name", "同一文件两次、同名不同文"),
}


def test_each_of_the_45_has_its_test() -> None:
    """45 of 45: every number of the list names a test that exists."""
    assert sorted(SHOWN_BY) == list(range(1, 46))
    for name, _ in SHOWN_BY.values():
        module, _, test = name.partition(".")
        tree = ast.parse(Path(__file__).with_name(f"test_{module}.py").read_text(encoding="utf-8"))
        assert f"test_{test}" in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, name


def test_a_cross_reference_that_leads_back_to_itself() -> None:
    """4: /Prev that points at its own table ends in a report or in a typed error, not in a loop."""
    data = pdf(lambda c: lines(c, ["一、基本情况"]))
    start = data.rindex(b"startxref")
    at = int(data[start:].split()[1])
    looped = data.replace(b"/Size", b"/Prev %d /Size" % at, 1)
    try:
        assert len(read_bytes(looped, "a.pdf").pages) == 1
    except BadInput as error:
        assert "。" in str(error)


def jbig2(side: int) -> bytes:
    """The head of a JBIG2 picture that claims to be `side` pixels square."""
    return struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)


def jpx(side: int) -> bytes:
    """The head of a JPEG 2000 picture that claims to be `side` pixels square, in one tile."""
    parts = struct.pack(">HIIIIIIIIH", 0, side, side, 0, 0, side, side, 0, 0, 3) + b"\7\1\1" * 3
    return b"\xff\x4f\xff\x51" + struct.pack(">H", len(parts) + 2) + parts


@pytest.mark.parametrize(("kind", "content"), [(b"JBIG2Decode", jbig2(200_000)), (b"JPXDecode", jpx(200_000))])
def test_a_picture_that_unpacks_to_gigabytes(kind: bytes, content: bytes) -> None:
    """6: a picture of 40,000 million pixels in 50 bytes; white text makes the page be looked at, so it is decoded."""
    page = b"q 400 0 0 400 72 100 cm /I Do Q BT /F 12 Tf 72 700 Td (12.5) Tj 1 1 1 rg 0 -20 Td (99) Tj ET"
    data = raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 595 842]"
            b"/Resources<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>>>",
            stream(page),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            stream(
                content,
                b"/Type/XObject/Subtype/Image/Width 200000/Height 200000/BitsPerComponent 1/ColorSpace/DeviceGray"
                b"/Filter/" + kind,
            ),
        ]
    )
    try:
        report = read_bytes(data, "a.pdf")
    except BadInput as error:
        assert "。" in str(error)
    else:
        assert report.blocks[0].text == "12.5"


def test_two_columns_with_a_table_in_one() -> None:
    """17: the left column is read to its end before the right one, the table keeps its cells."""
    rows = [["项目", "预算数"], ["培训", "12.50"]]
    left = ["左栏第一段文字写满一整行没有留下空处甲"] * 8
    right = ["右栏第一段文字写满一整行没有留下空处乙"] * 8

    def page(canvas: Canvas) -> None:
        for i, text in enumerate(left):
            write(canvas, 60, 760 - 20 * i, text, 11)
        for i, text in enumerate(right):
            write(canvas, 320, 760 - 20 * i, text, 11)
        grid(canvas, rows, x=320, y=560, widths=[100, 100])

    report = read(pdf(page), "a.pdf")
    assert [[list(row) for row in texts(table)] for table in report.tables] == [rows]
    said = "".join(block.text for block in report.blocks if block.kind != "table")
    assert said.rindex("甲") < said.index("乙")


def test_attachments_and_forms_are_left_alone() -> None:
    """22: an embedded file and an XFA form are neither opened nor read; the page is."""
    hidden = zlib.compress(b"<template>99.99</template>")
    packed = stream(hidden, b"/Type/EmbeddedFile/Filter/FlateDecode")
    data = raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 6 0 R/Fields[]>>"
            b"/Names<</EmbeddedFiles<</Names[(a.exe) 7 0 R]>>>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/MediaBox[0 0 595 842]>>",
            stream(b"BT /F 12 Tf 72 700 Td (12.5) Tj ET"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            packed,
            b"<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>",
        ]
    )
    report = read(data, "a.pdf")
    assert [block.text for block in report.blocks] == ["12.5"]
