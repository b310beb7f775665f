"""Small Office files written inside a test, part by part, so that a test can also write broken ones."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def zipped(**parts: str | bytes) -> bytes:
    """A ZIP of parts named by keyword: `word__document_xml` is word/document.xml."""
    return archive({name.replace("__", "/").replace("_", "."): data for name, data in parts.items()})


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of parts by name."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def document(body: str, **parts: str) -> bytes:
    """A Word file with this body (XML inside w:body) and further parts of the word folder by stem."""
    whole = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    whole |= {f"word/{stem}.xml": text for stem, text in parts.items()}
    return archive({"[Content_Types].xml": "<Types/>", **whole})


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run, with paragraph and run properties as XML."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def cell(text: str, properties: str = "") -> str:
    """A table cell with one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def rows(*lines: str) -> str:
    """A table of rows, each the XML of its cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"
