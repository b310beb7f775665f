"""The real type of a file by its content (按内容识别类型), whatever its name says; and what no reader may be given.

Unpacks nothing: archives are judged by their directory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from ingest.encoding import decode
from ingest.errors import TooLarge, UnreadableFile

Form = Literal["pdf", "docx", "xlsx", "xls", "html", "txt", "image"]

MB = 1 << 20
LARGEST_UNPACKED = 512 * MB
LARGEST_PART = 256 * MB
LARGEST_RATIO = 100
SMALL = 16 * MB
"""Below this unpacked size the ratio does not matter: a sheet of zeros packs well."""
MOST_ENTRIES = 20_000

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
REFUSED = (
    (b"{\\rtf", "这是 RTF 文件。请用 Word 打开后另存为 .docx 再试。"),
    (b"Rar!", "这是压缩包。请先解压，再逐个上传里面的报告。"),
    (b"7z\xbc\xaf", "这是压缩包。请先解压，再逐个上传里面的报告。"),
    (b"\x1f\x8b", "这是压缩包。请先解压，再逐个上传里面的报告。"),
    (b"MIME-Version:", "这是“单个文件网页”。请用浏览器打开后另存为“仅 HTML”，或另存为 PDF 再试。"),
    (b"\x7fELF", "这是程序，不是报告。"),
    (b"MZ", "这是程序，不是报告。"),
)
MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|div|p|h1)[\s>]", re.IGNORECASE)


def sniff(data: bytes) -> Form:
    """The form of a file. UnreadableFile with what to do for anything heshu cannot read; TooLarge for zip bombs."""
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile("文件是空的，请重新导出或下载后再试。")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return archive(data)
    if data.startswith(b"PK"):
        raise UnreadableFile("这个压缩格式的文件是空的或已损坏，请重新下载。")
    if data.startswith(COMPOUND):
        return compound(data)
    for start, sentence in REFUSED:
        if data.startswith(start):
            raise UnreadableFile(sentence)
    if data.startswith(IMAGES) and not looks_like_text(data):
        return "image"
    return "html" if MARKUP.search(decode(data)[:4096]) else "txt"


def looks_like_text(data: bytes) -> bool:
    """Whether a file that opens like an image (BM…) is text after all."""
    return b"\x00" not in data[:256] and not data.startswith((b"\x89PNG", b"\xff\xd8\xff"))


def archive(data: bytes) -> Form:
    """The form of a ZIP package, once its directory has been found harmless."""
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
    except (BadZipFile, LargeZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableFile("文件不完整或已损坏，请重新下载，或用原来的软件打开后另存一份。") from error
    check_entries(entries, len(data))
    names = {entry.filename for entry in entries}
    if any(name.startswith("word/") for name in names):
        return "docx"
    if "xl/workbook.bin" in names:
        raise UnreadableFile("这是 Excel 二进制工作簿（.xlsb）。请用 Excel 另存为 .xlsx 再试。")
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableFile("这是演示文稿。请提供报告的 Word、PDF、Excel、网页或文本文件。")
    if any(name.lower().endswith("ofd.xml") for name in names):
        raise UnreadableFile("这是 OFD 版式文件。请用阅读器打印或另存为 PDF 再试。")
    if "content.xml" in names:
        raise UnreadableFile("这是 OpenDocument 文件。请另存为 .docx 或 .xlsx 再试。")
    raise UnreadableFile("这是压缩包或未知的打包文件。请先解压，再逐个上传里面的报告。")


def check_entries(entries: Sequence[ZipInfo], packed: int) -> None:
    """Refuse packages that unpack to too much, overlap themselves, hide passwords or climb out of their folder."""
    if len(entries) > MOST_ENTRIES:
        raise TooLarge("文件内部的部件过多（超过 2 万个），不像正常的报告，没有读取。")
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST_UNPACKED or any(entry.file_size > LARGEST_PART for entry in entries):
        raise TooLarge("文件解压后超过 512 MB，不像正常的报告，没有读取。请删去其中的大图后另存。")
    if total > SMALL and total > LARGEST_RATIO * packed:
        raise TooLarge("文件的压缩比超过 100 倍，疑似压缩炸弹，没有读取。")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("文件有密码，请去掉密码后再试。")
    if any(climbs(entry.filename) for entry in entries):
        raise UnreadableFile("文件内部有越出目录的路径（../），为安全起见没有读取。请用 Office 打开后另存一份再试。")
    ends = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < ends:
            raise UnreadableFile("文件内部的部件互相重叠，疑似压缩炸弹，没有读取。")
        ends = entry.header_offset + 30 + entry.compress_size


def climbs(name: str) -> bool:
    """Whether the name of an entry leaves the package's folder."""
    return name.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", name) or re.match(r"[A-Za-z]:", name) is not None


def compound(data: bytes) -> Form:
    """The form of an OLE compound file, told by the names in its directory."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") + b"\x00\x00" in data

    if holds("EncryptedPackage"):
        raise UnreadableFile("文件有密码，请去掉密码后再试。")
    if holds("Workbook") or holds("Book"):
        return "xls"
    if holds("WordDocument"):
        raise UnreadableFile("这是旧版 Word（.doc）或 WPS 文字文件。请用 Word 或 WPS 打开后另存为 .docx 再试。")
    raise UnreadableFile("不认识的旧版 Office 或 WPS 文件。请另存为 .docx、.xlsx 或 PDF 再试。")
