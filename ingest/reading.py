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
