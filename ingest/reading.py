"""A report together with its ledger: what every question, check and review works from."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.fact import Fact
from ingest.report import Report


@dataclass(frozen=True, slots=True)
class Reading:
    """读数: the report as read and the facts it states, in reading order."""

    report: Report
    facts: tuple[Fact, ...]

    def __hash__(self) -> int:
        """By the report alone: what is kept for a reading is looked up often, and all of its facts are many."""
        return hash(self.report.id)
