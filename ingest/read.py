"""The one door for files (读入): limits, the real type, and a reader in a child process that cannot hurt this one.

A report is wholly read or an error of ingest.errors is raised; nothing is written anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ingest import errors, isolation
from ingest.codec import Undecodable, joined_lines, loaded_lines
from ingest.errors import HeshuError, TooLarge, Unavailable, UnreadableFile
from ingest.progress import Told, silent
from ingest.report import Report

READERS = {
    "pdf": "ingest.pdf",
    "docx": "ingest.docx",
    "xlsx": "ingest.sheets.xlsx",
    "xls": "ingest.sheets.xls",
    "html": "ingest.html",
    "txt": "ingest.txt",
    "image": "ingest.ocr",
}
"""Form → module with `read(data: bytes, source: str) -> Report`. A new form is one line here and one in sniff."""

LARGEST_FILE = 100 * (1 << 20)
WALL_SECONDS = 300
LONGEST_NAME = 120
NO_CHILD = "现在开不了读文件的子进程（内存或进程数不足），请稍后再试。"


def read(path: Path, told: Told = silent) -> Report:
    """The report in a file. BadInput errors say in Chinese what is wrong with it and what to do."""
    try:
        if not path.is_file():
            raise UnreadableFile(f"找不到文件：{source_name(path.name)}")
        if path.stat().st_size > LARGEST_FILE:
            raise TooLarge("文件超过 100 MB。请删去大图或拆分后再试。")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"文件打不开：{source_name(path.name)}。请检查权限或重新复制一份。") from error
    return read_bytes(data, path.name, told=told)


def read_bytes(data: bytes, source: str, wall: float = WALL_SECONDS, told: Told = silent) -> Report:
    """The report in these bytes; `source` is the file's name, shown but never trusted.

    `wall`: seconds allowed. `told` hears how far a long reading is. May be called from several threads.
    """
    with _child(data, source, wall) as lines, _explained(wall):
        report: Report = loaded_lines(_report_lines(lines, told), Report)
        return report


def read_and_make(
    data: bytes, source: str, then: str, wall: float = WALL_SECONDS, told: Told = silent
) -> Iterator[tuple[str, str]]:
    """The `report` in these bytes as JSON, then by name what `then` ("module:function") makes of it in the reading
    process, each when it is there.

    What could not be made there, within the limits of that process, is missing.
    """
    with _child(data, source, wall, then) as lines:
        with _explained(wall):
            report = joined_lines(_report_lines(lines, told), Report)
        yield "report", report
        yield from _made(lines)


@contextmanager
def _child(data: bytes, source: str, wall: float, then: str = "") -> Iterator[Iterator[bytes]]:
    """What the process that reads the file says, line by line; it ends with the block."""
    if len(data) > LARGEST_FILE:
        raise TooLarge("文件超过 100 MB。请删去大图或拆分后再试。")
    if not data:
        raise UnreadableFile("文件是空的，请重新导出或下载后再试。")
    with closing(isolation.lines(data, source_name(source), wall, then)) as lines:
        yield lines


@contextmanager
def _explained(wall: float) -> Iterator[None]:
    """Turn what goes wrong with the reading process into errors that say what to do."""
    try:
        yield
    except TimeoutError as error:
        raise TooLarge(f"读这份文件超过 {wall:.0f} 秒，已停止。请拆分或另存后再试。") from error
    except OSError as error:
        raise Unavailable(NO_CHILD) from error
    except Undecodable as error:
        raise UnreadableFile("文件内容异常，读出的结果不完整，没有采用。") from error


def _made(lines: Iterator[bytes]) -> Iterator[tuple[str, str]]:
    """What was made of the report, by name; nothing where the child was stopped over it."""
    with suppress(OSError):
        for line in lines:
            kind, _, rest = line.partition(b" ")
            name, _, value = rest.partition(b" ")
            if kind == b"made" and line.endswith(b"\n"):
                yield name.decode(), value[:-1].decode("utf-8", "surrogatepass")


def _report_lines(lines: Iterator[bytes], told: Told) -> Iterator[bytes]:
    """The lines of the report among what the child says; raises the error that it met, or that it met its end."""
    for line in lines:
        kind, _, rest = line.partition(b" ")
        if line == b"end\n":
            return
        if not line.endswith(b"\n"):
            continue
        if kind == b"report":
            yield rest
        elif kind == b"progress":
            told(*json.loads(rest))
        elif kind == b"error":
            said = json.loads(rest)
            found = getattr(errors, said["kind"], UnreadableFile)
            raise found(said["sentence"]) if issubclass(found, HeshuError) else UnreadableFile(said["sentence"])
        elif kind == b"exit":
            raise stopped(int(rest))


def stopped(code: int) -> HeshuError:
    """The error for a child that ended without an answer; `code` below 0 is the signal that ended it."""
    if code in (-9, -24, 137, 152):
        return TooLarge("读这份文件用的时间或内存超过上限，已停止。请拆分或另存后再试。")
    if code == isolation.BUSY:
        return Unavailable(NO_CHILD)
    return UnreadableFile("读这份文件时读取程序意外退出，文件可能已损坏。请用原来的软件打开后另存一份再试。")


def source_name(name: str) -> str:
    """A file name fit to show and store: no folders, control or direction characters, at most 120 characters."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(char for char in last if char.isprintable()).strip()
    if len(kept) > LONGEST_NAME:
        stem, dot, suffix = kept.rpartition(".")
        kept = (
            stem[: LONGEST_NAME - len(suffix) - 2] + "…" + dot + suffix
            if dot and len(suffix) <= 8
            else kept[:LONGEST_NAME]
        )
    return kept if kept.strip(". ") else "未命名"
