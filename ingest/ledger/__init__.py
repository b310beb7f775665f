"""The ledger (数字台账): every figure a report states, in tables and prose, with what makes it that figure.

Exact duplicates are one fact with several places; figures that contradict each other stay apart. Nothing is judged.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.fact import Fact
from ingest.ledger.tables import table_facts
from ingest.report import Report

__all__ = ["facts"]


def facts(report: Report) -> tuple[Fact, ...]:
    """All facts of a report in reading order; ids are stable for the same bytes."""
    found: list[Fact] = []
    for table in report.tables:
        found += table_facts(report, table)
    return tuple(replace(fact, id=f"{report.id}:{number}") for number, fact in enumerate(found, 1))
