"""What a quotation or a name is looked up in: the texts of a report without spaces.

Knows no facts; those are in ledger.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.check.content import squeezed
from ingest.reading import Reading


@dataclass(frozen=True, slots=True)
class Source:
    """What a quotation or a name is looked up in: the texts of a report without spaces."""

    year: int | None
    """The year under review."""
    prose: str
    cells: str
    """Texts of tables."""

    named: tuple[str, ...]
    """Names of rows that have a figure in them."""

    def may_speak_of(self, period: str) -> bool:
        """Whether a period can be that of the report; one left unsaid can."""
        return not period[:4].isdigit() or self.year is None or period[:4] == f"{self.year}"

    def names(self, name: str) -> bool:
        """Whether the report has this very name."""
        wanted = squeezed(name).strip('“”"《》')
        return len(wanted) > 1 and (wanted in self.prose or wanted in self.cells)


def source(reading: Reading) -> Source:
    """The texts of one report, hidden ones left out."""
    report = reading.report
    prose = "\n".join(squeezed(block.text) for block in report.blocks if block.text and not block.hidden)
    cells = "\n".join(squeezed(cell.text) for table in report.tables for cell in table.cells if not cell.hidden)
    rows = {squeezed(part) for fact in reading.facts for part in fact.subject.split("/")}
    return Source(report.year, prose, cells, tuple(sorted(filter(_COUNTED.search, rows))))


_COUNTED = re.compile(r"\d|[一二三四五六七八九十两百千万]")
