"""A file on its way into the store (收件): its report, its ledger, and what the reviewer raises about it alone.

All three are made by the process that reads the file, so that whoever is asked meanwhile waits for none of them; what
that process could not make within its limits is made here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from ingest.codec import loads
from ingest.fact import Fact
from ingest.progress import Told, silent
from ingest.reading import Reading

MAKER = "assistant.firsthand:made_of"
"""What the reading process makes of a report."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file just read, not yet stored."""

    source: str
    data: bytes
    reading: Reading
    ledger: str
    """The facts as JSON."""
    raised: str
    """What the reviewer raises about the report by itself, as JSON."""
    seconds: float


def read_now(data: bytes, source: str, stage: Told = silent) -> FileRead:
    """What these bytes hold; `source` is the file's name. Raises BadInput."""
    from ingest.read import read_and_make

    def told(what: str, done: int, total: int) -> None:
        stage(f"读取 {source}：{what} {done}/{total} 页", 0, 4)

    stage(f"读取 {source}", 0, 4)
    began = time.monotonic()
    report, made = read_and_make(data, source, MAKER, told=told)
    if len(made) < 2:
        from assistant.firsthand import made_of

        made = dict(made_of(report))
    reading = Reading(report, loads(made["ledger"], tuple[Fact, ...]))
    return FileRead(source, data, reading, made["ledger"], made["raised"], time.monotonic() - began)
