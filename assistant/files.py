"""Reports as files and as lines of a list: their shape, and what they say without being stored."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant import shapes
from ingest.errors import BadInput, HeshuError
from ingest.store.manifest import Entry

Added = dict[str, Any] | HeshuError
"""How a file ended: its entry in the contract's shape, or why it is not there."""


def bytes_of(path: Path) -> bytes:
    """What stands in a file. Raises BadInput."""
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise BadInput(f"{path} 是文件夹，请给出其中的文件。") from error
    except OSError as error:
        raise BadInput(f"打不开文件 {path}：{error.strerror or error}。请检查路径和权限。") from error


def entry_shape(entry: Entry, known_before: bool = False) -> dict[str, Any]:
    """A line of the manifest in the contract's shape."""
    values = asdict(entry)
    del values["added"]
    return {**values, "known": known_before}


def read_tables(path: Path) -> dict[str, Any]:
    """The tables of a file, without storing it."""
    from ingest.read import read

    return shapes.tables(read(path))


def read_facts(path: Path) -> dict[str, Any]:
    """The ledger of a file, without storing it."""
    from ingest.ledger import facts
    from ingest.read import read

    return shapes.facts(facts(read(path)))


def draw_page(path: Path, page: int) -> bytes:
    """PNG of a page of a PDF with what was read drawn over it: blocks, cells, headers, and each figure marked."""
    from ingest.ledger import facts
    from ingest.pdf import boxes_of, draw
    from ingest.read import read

    report = read(path)
    if report.form != "pdf":
        raise BadInput("只有 PDF 有页面可画；其他格式请用 heshu tables 或 heshu facts 看读到的内容。")
    if not 1 <= page <= len(report.pages):
        raise BadInput(f"这份报告有 {len(report.pages)} 页，没有第 {page} 页。")
    figures = [box for fact in facts(report) for at, box in boxes_of(report, fact.place) if at == page]
    return draw(path.read_bytes(), report, page, figures)
