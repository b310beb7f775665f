"""Which stored reports are meant: by id, title or file name, or by what a question says of department and year.

Reads the manifest only; opens no report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.errors import UnknownReport
from ingest.search import Hit
from ingest.store.manifest import Entry

SCOPE = 12
"""A question that names no report is asked of at most this many: the ones it speaks of."""
PREFIX = 4
"""So many characters of an id stand for it."""


def meant(name: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Ids of the reports that a name stands for: an id, part of the title, the file name, the start of an id."""
    exact = tuple(entry.id for entry in entries if entry.id == name)
    found = exact or tuple(entry.id for entry in entries if name in entry.title or name == entry.source)
    found = found or tuple(entry.id for entry in entries if len(name) >= PREFIX and entry.id.startswith(name))
    if not found:
        raise UnknownReport(f"没有找到报告“{name}”：库里没有这个编号或标题，也没有这个文件。用 heshu reports 查看。")
    return found


def spoken_of(
    question: str, ids: tuple[str, ...], entries: Sequence[Entry], query: Callable[[Sequence[str], int], Sequence[Hit]]
) -> tuple[str, ...]:
    """Of many reports, those the question names by department or year, else those its passages come from."""
    if len(ids) <= SCOPE:
        return ids
    wanted = set(ids)
    open_to = [entry for entry in entries if entry.id in wanted]
    by_name = [entry for entry in open_to if entry.department and entry.department in question]
    by_year = [entry for entry in by_name or open_to if entry.year and str(entry.year) in question]
    named = by_year if by_year and len(by_year) <= SCOPE else by_name
    if named and len(named) <= SCOPE:
        return tuple(entry.id for entry in named)
    hits = query(tuple(entry.id for entry in named) or ids, 4 * SCOPE)
    return tuple(dict.fromkeys(hit.chunk.report for hit in hits))[:SCOPE]
