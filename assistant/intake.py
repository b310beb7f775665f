"""A file on its way into the store (收件): its report, its ledger, what the reviewer raises about it alone, its index.

The first three are made by the process that reads the file, so that whoever is asked meanwhile waits for none of them;
what that process could not make within its limits is made here. The index is made beside it, once the report is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.chunk import Chunk
from ingest.chunking import chunks
from ingest.codec import loads
from ingest.fact import Fact
from ingest.progress import Told, silent
from ingest.reading import Reading
from ingest.report import Report

MAKER = "assistant.firsthand:made_of"
"""What the reading process makes of a report."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file just read, not yet stored."""

    source: str
    data: bytes
    report: Report
    passages: tuple[Chunk, ...]
    derived: dict[str, bytes]
    """What search needs of the passages (see ingest.search)."""
    ledger: str
    """The facts as JSON."""
    raised: str
    """What the reviewer raises about the report by itself, as JSON."""
    seconds: float

    @property
    def reading(self) -> Reading:
        """The report with its facts."""
        return Reading(self.report, loads(self.ledger, tuple[Fact, ...]))


def read_now(
    data: bytes, source: str, derived: Callable[[Sequence[Chunk]], dict[str, bytes]], stage: Told = silent
) -> FileRead:
    """What these bytes hold; `source` is the file's name, `derived` makes what search needs. Raises BadInput."""
    from ingest.read import read_and_make

    def told(what: str, done: int, total: int) -> None:
        stage(f"读取 {source}：{what} {done}/{total} 页", 0, 3)

    def indexed(report: Report) -> tuple[tuple[Chunk, ...], dict[str, bytes]]:
        passages = chunks(report)
        return passages, derived(passages)

    stage(f"读取 {source}", 0, 3)
    began = time.monotonic()
    report, index, made = read_and_make(data, source, MAKER, indexed, told=told)
    if len(made) < 2:
        from assistant.firsthand import made_of

        made = dict(made_of(report))
    seconds = time.monotonic() - began
    return FileRead(source, data, report, *index, made["ledger"], made["raised"], seconds)
