"""The manifest (目录): one line for each report in the store, without its content."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from ingest.report import Report


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the manifest (目录): a report without its content."""

    id: str
    title: str
    department: str
    year: int | None
    source: str
    pages: int
    tables: int
    facts: int
    chunks: int
    findings: int
    seconds: float = 0.0
    """How long reading it took."""
    added: str = ""
    """When, in UTC, ISO 8601."""


def entry_of(report: Report, facts: int, chunks: int, findings: int) -> Entry:
    """The line of a report with so many facts, chunks and findings."""
    return Entry(
        id=report.id,
        title=_clean(report.title),
        department=_clean(report.department),
        year=report.year,
        source=_clean(report.source),
        pages=len(report.pages),
        tables=len(report.tables),
        facts=facts,
        chunks=chunks,
        findings=findings,
    )


def columns(entry: Entry) -> dict[str, Any]:
    """Its values by the name of their column."""
    return {field.name: getattr(entry, field.name) for field in fields(Entry)}


def _clean(text: str) -> str:
    """Text that every database takes: no NUL, no lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
