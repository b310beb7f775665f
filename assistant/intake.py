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
        return Reading(loads(self.written.report, Report), loads(self.written.facts, tuple[Fact, ...]))

    def raising(self, findings: str) -> FileRead:
        """The same with these findings, a list in JSON."""
        entry = replace(self.written.entry, findings=len(json.loads(findings)))
        return replace(self, written=replace(self.written, findings=findings, entry=entry))


def read_now(data: bytes, source: str, derive: Derive, stage: Told = silent) -> FileRead:
    """What these bytes hold; `source` is the file's name. Raises BadInput."""
    from ingest.read import read_and_make

    def told(what: str, done: int, total: int) -> None:
        stage(f"读取 {source}：{what} {done}/{total} 页", 0, 3)

    stage(f"读取 {source}", 0, 3)
    began = time.monotonic()
    made, derived = _gathered(read_and_make(data, source, MAKER, told=told), derive)
    if "entry" not in made:
        from assistant.firsthand import made_of

        made, derived = _gathered(_again(made["report"], made_of), derive)
    entry = replace(loads(made["entry"], Entry), seconds=time.monotonic() - began)
    passages = json.loads(made["passages"])
    return FileRead(Written(entry, made["report"], made["ledger"], made["raised"], passages, derived), data)


def _gathered(found: Iterator[tuple[str, str]], derive: Derive) -> tuple[dict[str, str], dict[str, bytes]]:
    """What was made of a report, and what search needs: made as soon as the passages are there, beside the rest."""
    made: dict[str, str] = {}
    derived: dict[str, bytes] = {}
    for name, value in found:
        made[name] = value
        if name == "passages":
            derived = derive([loads(passage, Chunk) for passage in json.loads(value)])
    return made, derived


def _again(report: str, make: Callable[[Report], Iterator[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    yield "report", report
    yield from make(loads(report, Report))
