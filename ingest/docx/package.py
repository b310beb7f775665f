"""The package of a Word document (.docx): its XML parts, parsed without entities, DTDs or network."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from ingest.errors import UnreadableFile


def xml_parts(data: bytes) -> dict[str, Any]:
    """Parsed parts of the word/ folder by stem: document, styles, numbering, footnotes, comments, header1 …"""
    try:
        with ZipFile(BytesIO(data)) as package:
            names = [one for one in package.namelist() if one.startswith("word/") and one.count("/") == 1]
            wanted = [one for one in names if one.endswith(".xml")]
            parts = {one[5:-4]: parse(package.read(one)) for one in wanted if is_read(one[5:-4])}
    except (BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableFile("这个 Word 文件不完整或已损坏，请重新下载，或用 Word 打开后另存一份。") from error
    if "document" not in parts:
        alternative = next((parts[one] for one in parts if one.startswith("document")), None)
        if alternative is None:
            raise UnreadableFile("这不是 Word 文档：里面没有正文。请确认文件类型。")
        parts["document"] = alternative
    return parts


def is_read(stem: str) -> bool:
    """Whether a part of the package carries text or what is needed to read it."""
    names = ("document", "styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer")
    return stem.rstrip("0123456789") in names


def parse(data: bytes) -> Any:
    """An XML part, without entities, DTDs or network. UnreadableFile where it is not well formed."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise UnreadableFile("这个文件里有外部实体定义，为安全起见没有读取。请用 Word 打开后另存一份再试。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile("这个 Word 文件的内容已损坏，请用 Word 打开后另存一份再试。") from error
