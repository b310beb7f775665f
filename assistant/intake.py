"""A file on its way into the store (收件): its report, passages, ledger, what the reviewer raises about it alone.

All these are made by the process that reads the file, so that whoever is asked meanwhile waits for none of them; what
that process could not make within its limits is made here. The index is made beside it, once the passages are there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.chunk import Chunk
from ingest.codec import loads
from ingest.fact import Fact
from ingest.progress import Told, silent
from ingest.reading import Reading
from ingest.report import Report
from ingest.store import Written
from ingest.store.engine import pack, unpack
from ingest.store.manifest import Entry

MAKER = "assistant.firsthand:made_of"
"""What the reading process makes of a report."""
Derive = Callable[[Sequence[Chunk]], dict[str, bytes]]
"""Makes what search needs of passages (see ingest.search)."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file just read, not yet stored."""

    written: Written
    data: bytes

    @property
    def reading(self) -> Reading:
        """The report with its facts."""
        report, facts = (unpack(self.written.values[name]) for name in ("report", "facts"))
        return Reading(loads(report, Report), loads(facts, tuple[Fact, ...]))

    def raising(self, findings: str) -> FileRead:
        """The same with these findings, a list in JSON."""
        written = self.written
        entry = replace(written.entry, findings=len(json.loads(findings)))
        return replace(
            self, written=replace(written, values={**written.values, "findings": pack(findings)}, entry=entry)
        )


def read_now(data: bytes, source: str, derive: Derive, stage: Told = silent) -> FileRead:
    """What these bytes hold; `source` is the file's name. Raises BadInput."""
    from ingest.read import read_and_make

    def told(what: str, done: int, total: int) -> None:
        stage(f"读取 {source}：{what} {done}/{total} 页", 0, 3)

    stage(f"读取 {source}", 0, 3)
    began = time.monotonic()
    written = _gathered(read_and_make(data, source, MAKER, told=told), derive)
    return FileRead(replace(written, entry=replace(written.entry, seconds=time.monotonic() - began)), data)


def _gathered(found: Iterator[tuple[str, str]], derive: Derive) -> Written:
    """What was made of a report, packed piece by piece as it comes, beside the making of the next.

    What the reading process did not come to is made here.
    """
    values: dict[str, bytes] = {}
    chunks: list[str] = []
    for name, value in found:
        if name == "passages":
            chunks = json.loads(value)
            values |= derive([loads(chunk, Chunk) for chunk in chunks])
        elif name == "entry":
            return Written(loads(value, Entry), values, chunks)
        else:
            values[name] = pack(value)
    return _gathered(_again(unpack(values["report"])), derive)


def _again(report: str) -> Iterator[tuple[str, str]]:
    from assistant.firsthand import made_of

    yield "report", report
    yield from made_of(loads(report, Report))
