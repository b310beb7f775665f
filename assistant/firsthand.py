"""What is made of a report where it is read (初读): passages, ledger, what the reviewer raises about it by itself.

The server that forks a process for each file loads this module once (see ingest.forkserver).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assistant.answer import Finding
from assistant.review import findings
from ingest.chunking import chunks
from ingest.codec import dumps
from ingest.fact import Fact
from ingest.ledger import facts
from ingest.reading import Reading
from ingest.report import Report
from ingest.store.manifest import entry_of

SAMPLE = Path(__file__).parent / "samples" / "qingtan-health-2022.html"


def prepare() -> None:
    """Read a sample: patterns and word lists are made when they are first needed, and then are there."""
    from ingest.html import read

    with suppress(Exception):  # a fault here is met again, and told, with the first file
        deque(made_of(read(SAMPLE.read_bytes(), SAMPLE.name)), maxlen=0)


def made_of(report: Report) -> Iterator[tuple[str, str]]:
    """The passages of a report, its ledger, what the reviewer raises, and its line in the manifest, as JSON."""
    passages = chunks(report)
    yield "passages", dumps(tuple(map(dumps, passages)), tuple[str, ...])
    reading = Reading(report, facts(report))
    yield "facts", dumps(reading.facts, tuple[Fact, ...])
    raised = findings(reading)
    yield "findings", dumps(raised, tuple[Finding, ...])
    yield "entry", dumps(entry_of(report, len(reading.facts), len(passages), len(raised)))
