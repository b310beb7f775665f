"""A report in the form in which it is stored (写好的报告): its texts, its rows, and its line in the manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.chunk import Chunk
from ingest.codec import dumps
from ingest.fact import Fact
from ingest.report import Report
from ingest.store.engine import encode, pack
from ingest.store.manifest import Entry, entry_of


@dataclass(frozen=True, slots=True)
class Written:
    """A report with all that belongs to it."""

    entry: Entry
    values: Mapping[str, bytes]
    """`report`, `facts` and `findings`, each packed, and what is made from the chunks (vectors)."""
    chunks: Sequence[str]
    """In JSON."""

    def bodies(self) -> list[dict[str, Any]]:
        """Its rows among the bodies."""
        return [{"report": self.entry.id, "name": name, "body": body} for name, body in self.values.items()]

    def passages(self) -> list[dict[str, Any]]:
        """Its rows among the chunks."""
        id = self.entry.id
        return [
            {"report": id, "ordinal": ordinal, "id": f"{id}:{ordinal}", "body": encode(chunk)}
            for ordinal, chunk in enumerate(self.chunks)
        ]


def written(
    report: Report,
    facts: Sequence[Fact],
    chunks: Sequence[Chunk],
    findings: str = "[]",
    seconds: float = 0.0,
    derived: Mapping[str, bytes] | None = None,
) -> Written:
    """The stored form of a report and what was made of it."""
    entry = replace(entry_of(report, len(facts), len(chunks), len(json.loads(findings))), seconds=seconds)
    texts = {"report": dumps(report), "facts": dumps(tuple(facts), tuple[Fact, ...]), "findings": findings}
    values = {**{name: pack(text) for name, text in texts.items()}, **(derived or {})}
    return Written(entry, values, tuple(map(dumps, chunks)))
