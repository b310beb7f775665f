"""The material of a review: the report with its attachments, last year's report, and views of both.

Views are made once for all rules; nothing here judges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.review.profile import Profile
from assistant.review.sheet import Sheet, sheets
from assistant.review.statement import Statement, statements
from ingest.fact import Fact
from ingest.reading import Reading


@dataclass(frozen=True, slots=True)
class Case:
    """案卷: what the rules work on."""

    main: Reading
    parts: tuple[Reading, ...]
    """The report and its attachments: same department, same year."""
    prior: tuple[Reading, ...]
    """Reports of the same department for the year before."""
    profile: Profile
    sheets: tuple[Sheet, ...]
    """Visible tables of the parts, one sheet for each layer of header."""
    hidden: tuple[Sheet, ...]
    """Tables that a reader would not see (隐藏工作表)."""
    statements: tuple[Statement, ...]
    """Sentences of the parts, in reading order."""
    facts: tuple[Fact, ...]
    doubtful: frozenset[tuple[str, int]]
    """(report, table) whose reading is not certain."""
    uncertain: frozenset[str]
    """Ids of facts whose label, unit or period had to be guessed."""

    @property
    def year(self) -> int | None:
        return self.main.report.year


def open_case(reading: Reading, others: Sequence[Reading], profile: Profile) -> Case:
    """Sort the other reports into attachments, last year's and unrelated ones, and make the views."""
    parts = (reading, *(other for other in others if _attached(reading, other)))
    prior = tuple(other for other in others if _before(reading, other))
    every = tuple(sheet for part in parts for sheet in sheets(part.report))
    facts = tuple(fact for part in parts for fact in part.facts)
    return Case(
        main=reading,
        parts=parts,
        prior=prior,
        profile=profile,
        sheets=tuple(sheet for sheet in every if not sheet.table.hidden),
        hidden=tuple(sheet for sheet in every if sheet.table.hidden),
        statements=tuple(made for part in parts for made in statements(part)),
        facts=facts,
        doubtful=frozenset(
            (part.report.id, table.number) for part in parts for table in part.report.tables if not table.certain
        ),
        uncertain=frozenset(fact.id for fact in facts if not fact.certain),
    )


def _attached(reading: Reading, other: Reading) -> bool:
    one, two = reading.report, other.report
    return one.id != two.id and one.year == two.year and bool(two.department) and one.department == two.department


def _before(reading: Reading, other: Reading) -> bool:
    one, two = reading.report, other.report
    if one.year is None or two.year is None or one.department != two.department:
        return False
    return two.year == one.year - 1
