"""Small reports for the reviewer's tests, read into readings, and what the reviewer says of them."""

from __future__ import annotations

from assistant.answer import Finding
from assistant.review import findings
from ingest.ledger import facts
from ingest.reading import Reading
from ingest.report import Report, Table
from tests.build import report


def reading(*parts: str | Table, year: int = 2023, department: str = "某县教育局", id: str = "0123456789ab") -> Reading:
    """A reading of a report made of these paragraphs and tables."""
    return read(report(*parts, year=year, department=department, id=id))


def read(made: Report) -> Reading:
    return Reading(made, facts(made))


def raised(*parts: str | Table, rule: str = "", others: tuple[Reading, ...] = ()) -> list[Finding]:
    """Findings on such a report, of one rule if named."""
    return [one for one in findings(reading(*parts), others) if rule in ("", one.rule)]
