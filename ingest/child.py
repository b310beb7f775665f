"""The process that reads one file: takes its bytes, answers with a report or an error, line by line.

What else is to be made of the report (`then`, "module:function") is made here too, where nobody waits for it: the
function yields names and values, each a line `made NAME VALUE`. If it fails, its lines are missing.

Runs under limits of memory, CPU and files, at low priority; whatever goes wrong in it ends here as one sentence.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from time import monotonic
from typing import BinaryIO

from ingest.codec import dumped_lines, pieces, whole
from ingest.errors import HeshuError
from ingest.layout.structure import Piece
from ingest.ocr import installed
from ingest.progress import Told, silent
from ingest.report import Note, Report
from ingest.sniff import IMAGES, sniff

MEMORY = 2 << 30
SELDOM = 500_000
"""Objects made between two searches for cycles: a report has next to none, and searching costs a tenth of reading."""
PAUSE = 0.2
"""Seconds between two tellings of progress."""
CPU_SECONDS = 30
SECONDS_PER_PAGE = 1
MOST_PAGES = 270
PROMISED = {
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "xls": "xls",
    "html": "html",
    "htm": "html",
    "txt": "txt",
    "csv": "txt",
}
"""The form that a suffix promises."""
FORMS = {
    "pdf": " PDF",
    "docx": " Word 文档",
    "xlsx": " Excel 工作簿",
    "xls": "旧版 Excel 工作簿",
    "html": "网页",
    "txt": "纯文本",
    "image": "图片",
}
BYTES_PER_PAGE = 20_000
"""A page of a report is rarely smaller; pages are guessed from the size, before any parser is trusted."""


def main() -> None:
    """Read stdin, answer on stdout, where nothing else may write."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with out:
        answer(sys.stdin.buffer.read(), sys.argv[1], "", out)
    os._exit(0)


def answer(data: bytes, source: str, then: str, out: BinaryIO) -> None:
    """Read a file under limits. Lines go out: `progress`, then `report` line by line and `end`, or one `error`."""
    pictured = data.startswith(IMAGES) or (data.startswith(b"%PDF") and installed())
    limit(MOST_PAGES if pictured else len(data) // BYTES_PER_PAGE)
    gc.freeze()
    gc.set_threshold(SELDOM)
    held: list[Piece] = []
    try:
        found = parse(data, source, Teller(out))
        for line in dumped_lines(_noted(found, held) if then else found):
            out.write(b"report " + line.encode("utf-8", "surrogatepass") + b"\n")
        out.write(b"end\n")
    except HeshuError as error:
        refuse(out, type(error).__name__, str(error))
    except (MemoryError, RecursionError):
        refuse(out, "TooLarge", "读这份文件用的内存超过上限，已停止。请拆分或另存后再试。")
    except Exception as error:  # noqa: BLE001  # any fault of any parser is a fact about the file, not about us
        refuse(out, "UnreadableFile", f"这份文件读不出来，可能已损坏（{type(error).__name__}）。请另存一份再试。")
    else:
        if then:
            make(then, whole(held), out)


def make(then: str, report: Report, out: BinaryIO) -> None:
    """Say what `then` makes of the report. The parent makes what is missing, and meets the fault where it can tell."""
    module, _, function = then.partition(":")
    out.flush()
    with suppress(Exception):
        for name, value in getattr(import_module(module), function)(report):
            out.write(f"made {name} {value}\n".encode("utf-8", "surrogatepass"))


def _noted(found: Iterator[Piece], held: list[Piece]) -> Iterator[Piece]:
    for piece in found:
        held.append(piece)
        yield piece


class Teller:
    """Tells the parent how far the reading is, not more often than anybody could see."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._next = monotonic() + PAUSE

    def __call__(self, what: str, done: int, total: int) -> None:
        if monotonic() >= self._next:
            self._out.write(b"progress " + json.dumps([what, done, total]).encode() + b"\n")
            self._out.flush()
            self._next = monotonic() + PAUSE


def parse(data: bytes, source: str, told: Told = silent) -> Iterator[Piece]:
    """The report piece by piece, by the reader for what the bytes really are; a PDF, as long as it is, page by page."""
    from ingest.read import READERS

    form = sniff(data)
    reader = import_module(READERS[form])
    found: Iterator[Piece] = (
        reader.read_pieces(data, source, told=told) if form == "pdf" else pieces(reader.read(data, source))
    )
    yield next(found)
    yield from misnamed(source, form)
    yield from found


def misnamed(source: str, form: str) -> Iterator[Note]:
    """A note where the name of a file promises another kind of content than there is (改名的文件)."""
    suffix = source.rpartition(".")[2].lower() if "." in source else ""
    if suffix in PROMISED and PROMISED[suffix] != form:
        real = FORMS[form]
        said = f"文件名是 .{suffix}，内容其实是{real}，已按{real}读取；版式可能与原件不同，请确认传对了文件。"
        yield Note("文件类型", said)


def refuse(out: BinaryIO, kind: str, sentence: str) -> None:
    """Answer with an error."""
    out.write(b"error " + json.dumps({"kind": kind, "sentence": sentence}).encode() + b"\n")


def limit(pages: int) -> None:
    """Bound this process by a guess of its pages; where the system knows no such limits the parent's clock does."""
    try:
        import resource
    except ImportError:
        return
    seconds = CPU_SECONDS + SECONDS_PER_PAGE * min(max(pages, 20), MOST_PAGES)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue
    os.nice(10)
