"""pdfplumber's pages for the second opinion, with a faster lexer under them and only what is asked of a character.

pdfminer takes a content stream byte by byte, which is half of what pdfplumber costs; here one pattern cuts the plain
case (numbers, names, strings, arrays, operators) into the same tokens. Whatever else it meets, an inline image or a
malformed number, is left to pdfminer for the whole stream.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer import pdffont
from pdfminer.cmapdb import CMapParser
from pdfminer.layout import LTChar, LTItem, LTPage
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFUnicodeNotDefined, Type1FontHeaderParser
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import KWD, LIT, literal_name
from pdfminer.utils import apply_matrix_rect
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.exceptions import PdfminerException

_SPACE, _END = b"\0\t\n\f\r ", rb"(?![^\0\t\n\f\r ()<>\[\]{}/%])"
_TOKEN = re.compile(
    rb"[" + _SPACE + rb"]*(?:"
    rb"([A-Za-z'\"][A-Za-z0-9*]*)" + _END + rb"|([+-]?\d+)" + _END + rb"|([+-]?(?:\d+\.\d*|\.\d+))" + _END + rb"|"
    rb"<([0-9A-Fa-f" + _SPACE + rb"]*)>|"
    rb"\(([^()\\]*(?:\\.[^()\\]*)*)\)|"
    rb"/([^#" + _SPACE + rb"()<>\[\]{}/%]*)" + _END + rb"|"
    rb"(\[|<<)|(\]|>>)|"
    rb"%[^\r\n]*|"
    rb"([^" + _SPACE + rb"]))",
    re.DOTALL,
)
_KEYWORD, _WHOLE, _BROKEN, _HEX, _STRING, _NAME, _OPEN, _CLOSE, _OTHER = range(1, 10)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_ESCAPED = {b"b": b"\b", b"t": b"\t", b"n": b"\n", b"f": b"\f", b"r": b"\r", b"(": b"(", b")": b")", b"\\": b"\\"}


class Operator(bytes):
    """What ends a run of operands."""


def lexed(data: bytes) -> list[Any] | None:
    """The operands and operators of a content stream as pdfminer reads them; None where it had better do so itself."""
    found: list[Any] = []
    outer: list[list[Any]] = []
    for match in _TOKEN.finditer(data):
        kind = match.lastindex
        if kind is None:
            continue
        said = match[kind]
        if kind == _WHOLE:
            found.append(int(said))
        elif kind == _BROKEN:
            found.append(float(said))
        elif kind == _KEYWORD:
            if said in (b"true", b"false"):
                found.append(said == b"true")
            elif outer or said == b"BI":
                return None
            else:
                found.append(Operator(said))
        elif kind == _OPEN:
            outer.append(found)
            found = []
        elif kind == _CLOSE:
            if not outer:
                return None
            made = found if said == b"]" else _dictionary(found)
            if made is None:
                return None
            found = outer.pop()
            found.append(made)
        else:
            plain = _plain(kind, said)
            if plain is None:
                return None
            found.append(plain)
    return None if outer else found


def _plain(kind: int, said: bytes) -> Any:
    """A string or a name; None for what is neither."""
    if kind == _HEX:
        digits = said.translate(None, _SPACE)
        return None if len(digits) % 2 else bytes.fromhex(digits.decode())
    if kind == _STRING:
        try:
            return _ESCAPE.sub(_unescaped, said) if b"\\" in said else said
        except ValueError:
            return None
    if kind == _NAME:
        try:
            return LIT(said.decode())
        except UnicodeDecodeError:
            return None
    return None


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes((int(match[1], 8),)) if match[1] else _ESCAPED.get(match[2], b"")


def _dictionary(found: Sequence[Any]) -> dict[Any, Any] | None:
    if len(found) % 2:
        return None
    return {literal_name(key): value for key, value in zip(found[::2], found[1::2], strict=True)}


class Characters(CMapParser):
    """pdfminer's reading of what the codes of a font stand for (ToUnicode), fed by `lexed` where that will do."""

    def run(self) -> None:
        tokens = lexed(self.fp.read())
        if tokens is None:
            self.seek(0)
            super().run()
            return
        for token in tokens:
            if type(token) is Operator:
                self.do_keyword(0, KWD(bytes(token)))
            else:
                self.push((0, token))


class Program(Type1FontHeaderParser):
    """pdfminer's reading of the names in a font's own program, put off until a code is met that ToUnicode lacks."""

    def get_encoding(self) -> dict[int, str]:
        return Encoding(super().get_encoding)


class Encoding(dict[int, str]):
    """Codes to characters, read when the first is asked for."""

    def __init__(self, read: Callable[[], dict[int, str]]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, code: int) -> str:
        self.update(self._read())
        if code in self:
            return self[code]
        raise KeyError(code)


class Interpreter(PDFPageInterpreter):
    """pdfminer's own, fed by `lexed` where that will do; forms within a page stay with pdfminer."""

    def execute(self, streams: Sequence[object]) -> None:
        held = [stream_value(stream) for stream in streams]
        numbers = [stream.objid for stream in held]
        tokens = None
        if not self.parent_stream_ids and None not in numbers:
            tokens = lexed(b"\n".join(stream.get_data() for stream in held))
        if tokens is None:
            super().execute(streams)
            return
        self.stream_ids = {number for number in numbers if number is not None}
        calls: dict[bytes, tuple[Any, int]] = {}
        for token in tokens:
            if type(token) is not Operator:
                self.push(token)
                continue
            if token not in calls:
                calls[token] = self._call(token.decode())
            call, count = calls[token]
            operands = self.pop(count) if count else ()
            if len(operands) == count:
                call(*operands)

    def _call(self, name: str) -> tuple[Any, int]:
        """The method for an operator and how many operands it takes; one that does nothing where there is none."""
        named = name.replace("*", "_a").replace('"', "_w").replace("'", "_q")
        method = getattr(self, f"do_{named}", None)
        return (method, method.__code__.co_argcount - 1) if method else (tuple, 0)


class Letter(LTChar):
    """A character and its box, without all else that pdfminer notes of one."""

    def __init__(self, text: str, box: tuple[float, float, float, float]) -> None:
        self._text = text
        self.x0, self.y0, self.x1, self.y1 = box


class Device(PDFPageAggregatorWithMarkedContent):
    """pdfplumber's own, that takes a character of a horizontal font for a Letter."""

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *rest: Any
    ) -> float:
        if font.is_vertical():
            return float(super().render_char(matrix, font, fontsize, scaling, rise, cid, *rest))
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = self.handle_undefined_char(font, cid)
        advance: float = font.char_width(cid) * fontsize * scaling
        low = font.get_descent() * fontsize + rise
        self.cur_item.add(Letter(text, apply_matrix_rect(matrix, (0, low, advance, low + fontsize))))
        return advance


class PlumbedPage(Page):
    """A page of pdfplumber's whose characters know where they stand and what they say, and nothing else."""

    @property
    def layout(self) -> LTPage:
        if not hasattr(self, "_layout"):
            device = Device(self.pdf.rsrcmgr, pageno=self.page_number, laparams=None)
            try:
                Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            except Exception as error:
                raise PdfminerException(error) from error
            self._layout: LTPage = device.get_result()
        return self._layout

    def process_object(self, obj: LTItem) -> dict[str, Any]:
        if not isinstance(obj, LTChar):
            return dict(super().process_object(obj))
        left, top = self.mediabox[0], self.mediabox[1] + self.height
        return {
            "object_type": "char",
            "text": obj.get_text(),
            "x0": obj.x0 + left,
            "x1": obj.x1 + left,
            "top": top - obj.y1,
            "bottom": top - obj.y0,
        }


def plumbed(data: bytes, numbers: Sequence[int]) -> Iterator[Page]:
    """These pages of a file."""
    vars(pdffont).update(CMapParser=Characters, Type1FontHeaderParser=Program)  # its fonts make these themselves
    document = pdfplumber.open(BytesIO(data))
    for number, page in zip(range(1, max(numbers) + 1), _walked(document.doc), strict=False):
        if number in numbers:
            yield PlumbedPage(document, page, number)


def _walked(document: PDFDocument) -> Iterator[PDFPage]:
    """The pages of a file up to the last that is asked for; pdfplumber goes through all of them, twice."""
    try:
        yield from PDFPage.create_pages(document)
    except Exception as error:
        raise PdfminerException(error) from error
