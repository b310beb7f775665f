"""The figures that stand in one row, or in one column, of a table (同行、同列). A figure of prose has no neighbours."""

from __future__ import annotations

from assistant.builtin.facts.lens import Lens
from ingest.fact import Fact

Key = tuple[str, int | None, int | None]
"""Report, table, and the number of the row or column."""


def row_key(fact: Fact) -> Key:
    """The row that a cell stands in."""
    return (fact.place.report, fact.place.table, fact.place.row)


def column_key(fact: Fact) -> Key:
    """The column that a cell stands in."""
    return (fact.place.report, fact.place.table, fact.place.col)


def in_row(seen: Lens, fact: Fact) -> list[Fact]:
    """The figures of a cell's row, itself among them."""
    own = row_key(fact)
    return [fact for fact in seen.facts if row_key(fact) == own] if fact.place.table is not None else []


def in_column(seen: Lens, fact: Fact) -> list[Fact]:
    """The figures of a cell's column, itself among them."""
    own = column_key(fact)
    return [fact for fact in seen.facts if column_key(fact) == own] if fact.place.table is not None else []
