"""Bad PDFs: a typed error in Chinese that says what to do, or a report that says what is wrong; never a crash."""

from __future__ import annotations

import random
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import BadInput, TooLarge, UnreadableFile
from ingest.ledger import facts
from ingest.ocr import Word
from ingest.pdf import read
from ingest.pdf.frame import Frame
from ingest.pdf.page import DrawnPage
from ingest.pdf.scans import recognised
from tests.pdf_pages import grid, lines, pdf, write


def ordinary() -> bytes:
    return pdf(lambda c: lines(c, ["全年支出20.50万元。"] * 8), lambda c: grid(c, [["项目", "金额"], ["甲", "1.50"]]))


def raw_pdf(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF from its objects, numbered from 1, with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    return bytes(out)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (extra, len(content), content)


def one_page(content: bytes, page: bytes = b"/MediaBox[0 0 595 842]", extra: bytes = b"") -> bytes:
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%s>>" % page,
            stream(content, extra),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


@pytest.mark.parametrize("data", [b"", b"hello, this is not a pdf", b"PK\x03\x04" + b"\0" * 200])
def test_not_a_pdf(data: bytes) -> None:
    """An empty file and a file of another kind are named as such."""
    with pytest.raises(UnreadableFile, match=r"空的|不是 PDF"):
        read(data, "x.pdf")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file(share: float) -> None:
    """A file that was not downloaded to its end is refused: a table might be missing."""
    data = ordinary()
    with pytest.raises(UnreadableFile, match="不完整"):
        read(data[: int(len(data) * share)], "x.pdf")


def test_a_wrong_cross_reference_is_rebuilt() -> None:
    """A startxref that points nowhere costs nothing: pdfium finds the objects."""
    data = ordinary()
    at = data.rindex(b"startxref")
    assert len(read(data[:at] + b"startxref\n9999999\n%%EOF\n", "x.pdf", second=False).pages) == 2


def test_a_cyclic_page_tree() -> None:
    """A page tree that contains itself ends in an error or in the pages there are, not in a loop."""
    data = raw_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])
    with pytest.raises(BadInput):
        read(data, "x.pdf")


def test_too_many_pages() -> None:
    """100,000 pages are refused before any is read."""
    kids = b"3 0 R " * 100_000
    data = raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count 100000>>" % kids,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ]
    )
    with pytest.raises(TooLarge, match="2000 页"):
        read(data, "x.pdf")


@pytest.mark.parametrize("password", ["user", "owner"])
def test_passwords(password: str) -> None:
    """A password for opening is named; one that only restricts printing is no obstacle."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    lock = StandardEncryption("secret" if password == "user" else "", ownerPassword="boss", canPrint=0)
    data = pdf(lambda c: write(c, 72, 700, "12.5", 12, "Helvetica"), encrypt=lock)  # type: ignore[arg-type]  # reportlab
    if password == "user":
        with pytest.raises(UnreadableFile, match="密码"):
            read(data, "x.pdf")
    else:
        assert read(data, "x.pdf", second=False).blocks[0].text == "12.5"


def test_a_deflate_bomb_in_a_page() -> None:
    """A stream that unpacks to 64 MB of spaces is read to its end or refused, without harm."""
    content = zlib.compress(b" " * (64 << 20) + b"BT /F 12 Tf 72 700 Td (12.5) Tj ET")
    report = read(one_page(content, extra=b"/Filter/FlateDecode"), "x.pdf", second=False)
    assert len(report.pages) == 1


def test_nested_arrays() -> None:
    """A hundred thousand nested arrays in a page do not end the program."""
    report = read(one_page(b"[" * 100_000 + b"]" * 100_000 + b" BT /F 12 Tf 72 700 Td (12.5) Tj ET"), "x.pdf")
    assert len(report.pages) == 1


def test_a_huge_page() -> None:
    """A page of 200 by 200 inches is read as any other."""
    report = read(one_page(b"BT /F 12 Tf 72 700 Td (12.5) Tj ET", b"/MediaBox[0 0 14400 14400]"), "x.pdf")
    assert report.blocks[0].text == "12.5"


def test_scripts_attachments_and_launch_actions_are_ignored() -> None:
    """Nothing in a file is run or opened."""
    data = one_page(b"BT /F 12 Tf 72 700 Td (12.5) Tj ET").replace(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>/AA<</WC<</S/Launch/F(x)>>>>>>",
    )
    assert read(data, "x.pdf", second=False).blocks[0].text == "12.5"


def test_a_zip_behind_a_pdf() -> None:
    """A polyglot that ends in a ZIP archive is read as the PDF that it begins as, or refused; both are typed."""
    archive = b"PK\x03\x04" + b"\0" * 300 + b"PK\x05\x06" + b"\0" * 18
    assert len(read(ordinary() + archive, "x.pdf", second=False).pages) == 2


def scan(text: str = "") -> bytes:
    image = Image.new("L", (600, 840), 250)
    ImageDraw.Draw(image).text((60, 60), "scanned 12.5", fill=0)
    picture = ImageReader(image)

    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture, 0, 0, 595, 842)
        if text:
            layer = canvas.beginText(60, 770)
            layer.setFont("Helvetica", 12)
            layer.setTextRenderMode(3)
            layer.textLine(text)
            canvas.drawText(layer)

    return pdf(page, lambda c: lines(c, ["第二页是文字。"]))


def test_scanned_pages_are_recognised() -> None:
    """A page that is one image is marked and noted; other pages are read."""
    report = read(scan(), "x.pdf", second=False)
    assert [page.scanned for page in report.pages] == [True, False]
    assert [note.kind for note in report.notes] == ["扫描页"]
    assert report.blocks[-1].text == "第二页是文字。"


def test_without_the_extra_a_scan_says_how_to_get_it() -> None:
    """A page that nobody can read is noted with the command that installs the recogniser."""
    square = Frame(1, 0, 0, 1, 0, 0, 595, 842)
    (note,) = recognised(scan(), [DrawnPage(1, square, square, (), scanned=True)], "x", None).notes
    assert note.place is not None
    assert note.place.page == 1
    assert "没有可读的文字" in note.text
    assert "pip install 'heshu[ocr]'" in note.text


def test_a_scanned_page_is_recognised_in_its_place() -> None:
    """With a recogniser the page's words stand before those of the next page, labelled 未核, and its facts are."""
    shown: list[bytes] = []

    def fake(picture: bytes) -> tuple[Word, ...]:
        shown.append(picture)
        return (Word("全年支出12.50万元。", (60, 60, 400, 80)),)

    report = read(scan(), "x.pdf", second=False, recogniser=fake)
    assert [picture[:4] for picture in shown] == [b"\x89PNG"]
    assert [block.text for block in report.blocks] == ["全年支出12.50万元。", "第二页是文字。"]
    assert report.blocks[0].page == 1
    assert report.pages[0].scanned
    assert "OCR 识别，数字未核" in report.notes[0].text
    (fact,) = facts(report)
    assert not fact.certain


def test_recognition_has_its_time_and_says_how_far_it_is() -> None:
    """A scan of five pages whose reading takes a minute and a half each: three are read, two named with what to do."""
    picture = ImageReader(Image.new("L", (60, 84), 250))
    data = pdf(*[lambda c: c.drawImage(picture, 0, 0, 595, 842)] * 5)
    square = Frame(1, 0, 0, 1, 0, 0, 595, 842)
    pages = [DrawnPage(number, square, square, (), scanned=True) for number in range(1, 6)]
    told: list[tuple[str, int, int]] = []
    scans = recognised(
        data,
        pages,
        "0" * 12,
        lambda _: (Word("一", (0, 0, 9, 9)),),
        lambda *said: told.append(said),
        clocks=(lambda: 90.0 * len(told),),
    )
    assert sorted(scans.parts) == [1, 2, 3]
    assert told == [("OCR 识别扫描页", done, 5) for done in range(3)]
    assert ["拆分" in note.text for note in scans.notes] == [False] * 3 + [True] * 2


def test_the_text_layer_of_a_scan_is_read_and_noted() -> None:
    """Invisible text over a scan is what a recognition program read: kept, and said to be unchecked."""
    report = read(scan("total 12.5 of 100"), "x.pdf", second=False)
    assert report.blocks[0].text == "total 12.5 of 100"
    assert not report.blocks[0].hidden
    assert report.pages[0].scanned
    assert "数字未核" in report.notes[0].text


def test_text_without_a_character_map_is_noted() -> None:
    """Where the file does not say which characters its glyphs are, the page is noted as 乱码."""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    content = b"BT /F 12 Tf 72 700 Td <" + b"".join(b"%04x" % code for code in range(300, 330)) + b"> Tj ET"
    data = raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/MediaBox[0 0 595 842]>>",
            stream(content),
            font,
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Nameless/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            b"/Supplement 0>>/FontDescriptor 7 0 R>>",
            b"<</Type/FontDescriptor/FontName/Nameless/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800"
            b"/Descent -200/CapHeight 700/StemV 80>>",
        ]
    )
    report = read(data, "x.pdf", second=False)
    assert [note.kind for note in report.notes] == ["乱码"]


def test_mutated_bytes_never_escape_the_error_tree() -> None:
    """Two hundred random mutations of a good file give a report or a BadInput, nothing else."""
    good = ordinary()
    chance = random.Random(3)
    for _ in range(200):
        data = bytearray(good)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(bytes(data), "x.pdf", second=False)
        except BadInput:
            continue


def test_bytes_are_not_kept_open() -> None:
    """Reading from a buffer leaves it usable."""
    buffer = BytesIO(ordinary())
    read(buffer.getvalue(), "x.pdf", second=False)
    assert buffer.read(5) == b"%PDF-"
