"""Opening a PDF with pdfium, or saying in one sentence why it cannot be opened."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.errors import TooLarge, UnreadableFile

MOST_PAGES = 2000
TAIL = 1024
"""Bytes at the start in which the file's head must stand (PDF 1.7, annex H)."""


def opened(data: bytes) -> Any:
    """The file as a pypdfium2 document. Raises UnreadableFile and TooLarge."""
    if not data:
        raise UnreadableFile("文件是空的（0 字节），请重新取得文件。")
    if b"%PDF-" not in data[:TAIL]:
        raise UnreadableFile("这不是 PDF 文件（没有 PDF 文件头），请确认选对了文件。")
    if is_cut(data):
        raise UnreadableFile("PDF 文件不完整（结尾缺失），可能没有下载完，请重新取得文件。")
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile("PDF 文件有打开密码，请先解除密码再添加。") from error
        raise UnreadableFile("PDF 文件已损坏，无法打开，请重新导出或重新取得文件。") from error
    if 0 < count <= MOST_PAGES:
        return document
    document.close()
    if count:
        raise TooLarge(f"PDF 文件有 {count} 页，超过上限 {MOST_PAGES} 页，请拆分后再添加。")
    raise UnreadableFile("PDF 文件里没有页面，请重新导出。")


def is_cut(data: bytes) -> bool:
    """Whether the end of the file is missing: no end mark, or objects after the last one."""
    end = data.rfind(b"%%EOF")
    return end < 0 or b" obj" in data[end:]


def page_at(document: Any, index: int) -> Any:
    """A page of the document. Raises UnreadableFile where it is damaged."""
    try:
        return document[index]
    except pdfium.PdfiumError as error:
        raise UnreadableFile(f"PDF 第 {index + 1} 页已损坏，无法读取，请重新导出或重新取得文件。") from error
