"""Whatever file is offered: a typed error in Chinese that says what to do, within the limits, nothing half read."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import docx, html, txt
from ingest.encoding import decode
from ingest.errors import BadInput, TooLarge, UnreadableFile
from ingest.layout.grids import is_exact
from ingest.read import LARGEST_FILE, read, read_bytes, source_name, stopped
from ingest.report import Report, grid
from ingest.sheets import xlsx
from ingest.sniff import sniff
from tests.package import archive, cell, document, paragraph, rows, zipped

CHINESE = re.compile(r"[\u4e00-\u9fff].*[。：]?")


def refused(data: bytes, name: str, kind: type[BadInput] = UnreadableFile) -> str:
    """The sentence with which the door refuses these bytes."""
    with pytest.raises(kind) as caught:
        read_bytes(data, name)
    sentence = str(caught.value)
    assert CHINESE.search(sentence), sentence
    return sentence


def workbook(**cells: object) -> bytes:
    """An Excel file with one sheet; cells by coordinate."""
    book = openpyxl.Workbook()
    for at, value in cells.items():
        book.active[at] = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """1: no bytes, or nothing but blanks and zeros."""
    path = tmp_path / "空.pdf"
    path.write_bytes(b"")
    with pytest.raises(UnreadableFile, match="空的"):
        read(path)
    with pytest.raises(UnreadableFile, match="空的"):
        sniff(b"\x00" * 100 + b" \n")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """A path that names no file is said to be missing."""
    for path in (tmp_path / "没有.docx", tmp_path):
        with pytest.raises(UnreadableFile, match="找不到文件"):
            read(path)


def test_the_content_decides_not_the_name() -> None:
    """2, 33: a Word file called .pdf, a page called .xls and a text called .docx are read as what they are, and it
    is said where the name promised something else."""
    assert read_bytes(document(paragraph("一、基本情况")), "报告.pdf").form == "docx"
    assert read_bytes("<html><body><p>一、基本情况</p></body></html>".encode(), "表.xls").form == "html"
    text = read_bytes("一、基本情况".encode(), "报告.docx")
    assert text.form == "txt"
    assert [note.text for note in text.notes] == [
        "文件名是 .docx，内容其实是纯文本，已按纯文本读取；版式可能与原件不同，请确认传对了文件。"
    ]
    assert read_bytes(workbook(A1="项目", B1="预算数"), "表.wps").form == "xlsx"


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"{\\rtf1\\ansi}", "另存为 .docx"),
        (b"Rar!\x1a\x07\x00", "解压"),
        (b"7z\xbc\xaf\x27\x1c", "解压"),
        (b"MZ\x90\x00" + b"\x00" * 64, "程序"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le") + b"\x00\x00",
            ".doc",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00\x00",
            "密码",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "另存为"),
        (archive({"OFD.xml": "<OFD/>"}), "OFD"),
        (archive({"ppt/presentation.xml": "<p/>"}), "演示文稿"),
        (archive({"xl/workbook.bin": "x"}), ".xlsb"),
        (archive({"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (archive({"报告.docx": "x"}), "解压"),
        (b"PK\x05\x06" + b"\x00" * 18, "损坏"),
        (b"PK\x03\x04" + b"\x00" * 40, "损坏"),
    ],
)
def test_files_of_other_kinds_are_named_with_advice(data: bytes, advice: str) -> None:
    """33: what heshu cannot read it names, and says what to save it as."""
    with pytest.raises(UnreadableFile, match=advice):
        sniff(data)


def test_a_file_that_is_both_pdf_and_zip_is_one_of_them() -> None:
    """24: a polyglot is read as the PDF that every viewer shows, never as the archive behind it."""
    assert sniff(b"%PDF-1.7\n%%EOF\n" + document(paragraph("一、基本情况"))) == "pdf"


def test_elements_nested_without_end_are_refused() -> None:
    """9, 27: a document of 100,000 nested elements neither crashes nor hangs."""
    deep = "<w:p>" * 100_000 + "</w:p>" * 100_000
    with pytest.raises(UnreadableFile, match="损坏"):
        docx.read(document(deep), "a.docx")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_office_file_is_refused(share: float) -> None:
    """3: a file cut at 10, 50 and 90 % is incomplete, never half a report."""
    for data in (document(paragraph("一、基本情况" * 300)), workbook(A1="项目", B1=3)):
        with pytest.raises(UnreadableFile, match=r"损坏|不完整"):
            sniff(data[: int(len(data) * share)])


def test_a_damaged_part_is_refused() -> None:
    """3: the archive is whole, the document in it is cut."""
    assert "损坏" in refused(archive({"word/document.xml": "<w:document><w:bo"}), "a.docx")
    assert "损坏" in refused(archive({"xl/workbook.xml": "<workbook><sh"}), "a.xlsx")
    assert "没有正文" in refused(archive({"word/styles.xml": "<a/>"}), "a.docx")


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    """25: 600 MB of zeros pack into 600 KB; the directory alone is enough to refuse."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=9) as package:
        for number in range(4):
            with package.open(f"word/document{number}.xml", "w") as stream:
                for _ in range(150):
                    stream.write(b"\x00" * (1 << 20))
    with pytest.raises(TooLarge, match="512 MB"):
        sniff(buffer.getvalue())


def test_a_high_ratio_is_refused() -> None:
    """25: a part that packs a thousandfold is a bomb even below the size limit."""
    with pytest.raises(TooLarge, match="压缩比"):
        sniff(archive({"word/document.xml": b" " * (40 << 20)}))


def test_overlapping_entries_are_refused() -> None:
    """25: two entries of the directory that share one body (the better zip bomb)."""
    data = bytearray(archive({"word/document.xml": "a" * 500, "word/styles.xml": "b" * 500}))
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)
    with pytest.raises(UnreadableFile, match="重叠"):
        sniff(bytes(data))


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/passwd", "word/..\\..\\x", "C:/windows/x"])
def test_entries_that_climb_out_are_refused(name: str) -> None:
    """26: an entry name that leaves the package."""
    with pytest.raises(UnreadableFile, match="越出目录"):
        sniff(archive({"word/document.xml": "<a/>", name: "x"}))


def test_entities_are_refused_unexpanded(tmp_path: Path) -> None:
    """27: a file read through an external entity, and a billion laughs: neither is expanded."""
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    outside = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]><w:document xmlns:w="w"><w:body>&s;</w:body></w:document>'
    )
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    billion = f'<!DOCTYPE x [<!ENTITY a0 "哈">{laughs}]><w:document xmlns:w="w"><w:body>&a9;</w:body></w:document>'
    for text in (outside, billion):
        with pytest.raises(UnreadableFile, match="实体"):
            docx.read(archive({"word/document.xml": text}), "a.docx")


def test_entities_in_a_workbook_are_refused() -> None:
    """27: the same in a spreadsheet."""
    bomb = '<!DOCTYPE x [<!ENTITY a "哈哈">]><workbook>&a;</workbook>'
    refused(archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": bomb}), "a.xlsx")


def test_outside_relations_are_not_followed() -> None:
    """28: an external template, an OLE object and a remote picture stay where they are."""
    relations = (
        '<Relationships><Relationship Id="r" TargetMode="External" Target="http://127.0.0.1:9/x"/></Relationships>'
    )
    data = archive(
        {
            "word/document.xml": document_xml(paragraph("预算数100万元。") + "<w:p><w:r><w:object/></w:r></w:p>"),
            "word/_rels/document.xml.rels": relations,
        }
    )
    assert [block.text for block in docx.read(data, "a.docx").blocks] == ["预算数100万元。"]


def document_xml(body: str) -> str:
    """The document part with this body."""
    return f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'


def test_senseless_merges_keep_the_grid_exact() -> None:
    """29: vMerge without restart, gridSpan beyond the columns, rows of different lengths: every position once."""
    table = rows(
        cell("项目", "<w:vMerge/>") + cell("预算", '<w:gridSpan w:val="9"/>'),
        cell("甲", "<w:vMerge/>") + cell("1"),
        cell("乙", '<w:gridSpan w:val="0"/>') + cell("2") + cell("3") + cell("4"),
    )
    (found,) = docx.read(document(table), "a.docx").tables
    assert is_exact(found.cells, found.rows, found.cols)
    assert found.cols == 10
    assert grid(found)[2][:4] == ("乙", "2", "3", "4")


def test_a_declared_dimension_is_not_believed() -> None:
    """31: a sheet that declares 1,048,576 × 16,384 and holds one row is one row."""
    book = workbook(A1="项目", B1="预算数")
    parts = {name: ZipFile(BytesIO(book)).read(name) for name in ZipFile(BytesIO(book)).namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', sheet)
    (found,) = xlsx.read(archive(parts), "a.xlsx").tables
    assert (found.rows, found.cols) == (1, 2)


def test_a_far_cell_does_not_fill_the_memory() -> None:
    """31: two cells at opposite corners of a sheet are two tables or lines, not seventeen billion cells."""
    report = read_bytes(workbook(A1="项目", XFD1048576=5), "a.xlsx")
    assert sum(table.rows * table.cols for table in report.tables) < 100


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """31: more than the allowed number of cells is refused before the library loads them."""
    monkeypatch.setattr(xlsx, "MOST_CELLS", 3)
    with pytest.raises(TooLarge, match="200 万"):
        xlsx.read(workbook(A1=1, A2=2, A3=3, A4=4), "a.xlsx")


def test_formulas_without_results_and_errors_are_said() -> None:
    """32: a formula with no cached value is a blank that the notes name; #REF! is text, never a figure."""
    report = read_bytes(workbook(A1="项目", B1="预算数", A2="甲", B2="=B9*2", A3="乙", B3="#REF!"), "a.xlsx")
    assert grid(report.tables[0]) == (("项目", "预算数"), ("甲", ""), ("乙", "#REF!"))
    assert [note.kind for note in report.notes] == ["公式无值", "公式出错"]
    assert "B2" in report.notes[0].text


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5"])
def test_every_chinese_encoding_is_read(name: str) -> None:
    """35: the same text in UTF-8, UTF-16, GB18030 and Big5, with and without a byte order mark."""
    text = "一、部門基本情況\n本年度預算數為一百萬元，執行率百分之九十五。\n二、績效目標\n項目支出按計劃完成。\n"
    assert decode(text.encode(name)) == text


def test_a_damaged_character_is_shown_not_guessed() -> None:
    """35: a UTF-8 text with one broken byte keeps every other character, and a note says so."""
    data = bytearray(("本年度预算数为一百万元，执行情况良好。" * 60).encode())
    data[31] = 0xFF
    report = txt.read(bytes(data), "a.txt")
    assert report.blocks[0].text.count("预算数") >= 59
    assert [note.kind for note in report.notes] == ["乱码"]


def test_bytes_that_are_no_text_are_refused() -> None:
    """35: random bytes are no text in any encoding."""
    noise = bytes(range(128, 256)) * 30 + bytes(range(1, 9)) * 50
    assert "编码" in refused(noise, "a.txt")


def test_a_page_of_a_million_nested_boxes_is_read_or_refused() -> None:
    """36: a million nested <div> must not exhaust the stack."""
    data = b"<html><body>" + b"<div>" * 1_000_000 + "预算数100万元。".encode() + b"</body></html>"
    try:
        report = read_bytes(data, "a.html")
    except BadInput as error:
        assert CHINESE.search(str(error))
    else:
        assert isinstance(report, Report)


def test_scripts_and_addresses_of_a_page_are_ignored() -> None:
    """36: <script>, <base href> and javascript: links leave no trace but the visible words."""
    page = (
        '<html><head><base href="http://127.0.0.1:9/"><script>alert(1)</script></head><body>'
        '<p onclick="x()">预算数<a href="javascript:alert(2)">100万元</a>。</p><script>document.write("9")</script>'
    )
    assert [block.text for block in html.read(page.encode(), "a.html").blocks] == ["预算数100万元。"]


def test_zero_width_and_direction_characters_are_dropped_from_pages() -> None:
    """37: characters that show nothing cannot split a figure on a page."""
    assert html.read("<p>预算1\u200b00\u202e万元</p>".encode(), "a.html").blocks[0].text == "预算100万元"


def test_one_endless_line_is_refused() -> None:
    """38: a line of 20 MB is no report."""
    assert "单行" in refused("预算".encode() * 3_500_000, "a.txt", TooLarge)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../x.pdf", "x.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("报告\n伪造.pdf", "报告伪造.pdf"),
        ("=cmd|'/c calc'!A1.xlsx", "=cmd|'/c calc'!A1.xlsx".rpartition("/")[2]),
        ("📊报告.docx", "📊报告.docx"),
        ("", "未命名"),
        ("..", "未命名"),
        ("a\u202egnp.txt", "agnp.txt"),
    ],
)
def test_file_names_are_made_harmless(name: str, shown: str) -> None:
    """39: a name keeps neither folders nor characters that deceive, and is never used as a path."""
    assert source_name(name) == shown
    assert "/" not in source_name(name)


def test_long_names_are_shortened_before_their_suffix() -> None:
    """39: 300 characters become 120, and the suffix stays."""
    assert len(source_name("报" * 300 + ".docx")) <= 120
    assert source_name("报" * 300 + ".docx").endswith("….docx")


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    """Upload limit: a sparse file of 100 MB and one byte is refused by its size."""
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(TooLarge, match="100 MB"):
        read(path)


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    """Wall limit: a report that takes seconds is stopped after a few hundredths, and the parent says so."""
    line = "2023年年初预算数1,234.50万元，全年预算数1,300.25万元，全年执行数1,250.75万元，预算执行率96.19%。\n"
    with pytest.raises(TooLarge, match="秒"):
        read_bytes((line * 50_000).encode(), "a.txt", wall=0.03)


@pytest.mark.parametrize(
    ("code", "kind"), [(-9, TooLarge), (-24, TooLarge), (-11, UnreadableFile), (1, UnreadableFile)]
)
def test_a_child_that_dies_is_an_error_not_a_crash(code: int, kind: type[BadInput]) -> None:
    """33 (faults): killed for memory or time, or crashed: the parent lives and says what to do."""
    assert isinstance(stopped(code), kind)


def test_the_same_bytes_have_the_same_id_whatever_their_name() -> None:
    """45: same bytes under two names are one report; one changed byte is another."""
    one = read_bytes("一、基本情况\n预算数100万元。".encode(), "甲.txt")
    two = read_bytes("一、基本情况\n预算数100万元。".encode(), "乙.txt")
    other = read_bytes("一、基本情况\n预算数101万元。".encode(), "甲.txt")
    assert one.id == two.id != other.id
    assert (one.source, two.source) == ("甲.txt", "乙.txt")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12))
def test_changed_bytes_never_crash_a_reader(changes: list[tuple[int, int]]) -> None:
    """A Word file, a page and a text with some bytes changed are read exactly or refused, never half read."""
    table = rows(cell("项目") + cell("预算数"), cell("甲") + cell("1,234.50"))
    body = document(paragraph("一、基本情况") + table)
    page = "<p>一、基本情况</p><table><tr><td>项目</td><td rowspan=2>1</td></tr><tr><td>2</td></tr></table>".encode()
    text = "单位：万元\n项目 预算数 决算数\n甲 1,234.50 2\n乙 3 4\n".encode()
    for reader, data in ((docx.read, body), (html.read, page), (txt.read, text)):
        broken = bytearray(data)
        for at, value in changes:
            broken[at % len(broken)] = value
        try:
            report = reader(bytes(broken), "x")
        except (BadInput, zlib.error):
            continue
        assert all(is_exact(one.cells, one.rows, one.cols) for one in report.tables)


def test_nothing_is_written_by_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that fails to be read leaves nothing behind."""
    monkeypatch.chdir(tmp_path)
    refused(zipped(word__document_xml="<a"), "a.docx")
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as package:
        package.writestr("xl/workbook.xml", "<a")
    refused(buffer.getvalue(), "a.xlsx")
    assert list(tmp_path.iterdir()) == []
