"""The material of a review: the report with its attachments, last year's report, and views of both.

Views are made once for all rules; nothing here judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.review.profile import Profile
from assistant.review.sheet import Half, Sheet, sheets
from assistant.review.statement import Statement, statements
from assistant.review.whole import stated_in
from ingest.fact import Fact
from ingest.reading import Reading
from ingest.report import Report

Genre = Literal["绩效", "预算", "决算"]


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

    genre: Genre
    """What kind of document it is: rules that ask for results do not ask them of a budget."""

    totals: Mapping[str, tuple[Fact, ...]]
    """All values that the report gives for each of the department's own totals (部门总数)."""

    @property
    def year(self) -> int | None:
        return self.main.report.year

    @property
    def halves(self) -> Iterator[tuple[Sheet, Half]]:
        """The columns of figures of every sheet with their labels, from left to right."""
        return ((sheet, half) for sheet in self.sheets for half in sheet.halves)


def open_case(reading: Reading, others: Sequence[Reading], profile: Profile) -> Case:
    """Sort the other reports into attachments, last year's and unrelated ones, and make the views."""
    reading, *others = (visible(each) for each in (reading, *others))
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
        genre=genre(reading.report),
        totals=stated_in(parts),
    )


def visible(reading: Reading) -> Reading:
    """The reading without the figures that a reader of the page does not see: they are no evidence (隐藏文字)."""
    report = reading.report
    blocks = {block.index for block in report.blocks if block.hidden}
    tables = {table.number for table in report.tables if table.hidden}
    cells = {(table.number, cell.row, cell.col) for table in report.tables for cell in table.cells if cell.hidden}
    if not blocks | tables and not cells:
        return reading
    shown = tuple(
        fact
        for fact in reading.facts
        if not (fact.place.block in blocks and fact.place.table is None)
        and fact.place.table not in tables
        and (fact.place.table, fact.place.row, fact.place.col) not in cells
    )
    return replace(reading, facts=shown)


def genre(report: Report) -> Genre:
    """A performance report, a budget or a final account, by its title, its first lines, or its tables' captions."""
    first = " ".join(block.text for block in report.blocks[:12] if block.kind != "furniture")[:300]
    for text in (report.title, first):
        if re.search(r"绩效|自评|评价|评分", text):
            return "绩效"
    captions = [table.caption for table in report.tables]
    final = sum("决算" in caption for caption in captions) + ("决算" in first) * 3
    planned = sum("预算" in caption and "决算" not in caption for caption in captions) + ("预算" in first) * 3
    if max(final, planned) < 3:
        return "绩效"
    return "决算" if final >= planned else "预算"


def _attached(reading: Reading, other: Reading) -> bool:
    one, two = reading.report, other.report
    return one.id != two.id and one.year == two.year and bool(two.department) and one.department == two.department


def _before(reading: Reading, other: Reading) -> bool:
    one, two = reading.report, other.report
    if one.year is None or two.year is None or one.department != two.department:
        return False
    return two.year == one.year - 1
