"""Projects that have a form each (项目支出绩效自评表): the forms together are a table with a row for each project."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.builtin.facts.lens import Lens
from assistant.builtin.tables.rows import Line, table_at
from ingest.fact import Fact
from ingest.ledger.forms import form_of
from ingest.terms import is_total


def forms(seen: Lens) -> list[Line]:
    """What each form says of its whole project, money and score, under the name of the project."""
    totals: dict[tuple[str, int], dict[tuple[str, ...], Fact]] = {}
    for fact in seen.facts:
        if fact.kind == "table" and fact.place.table is not None and is_total(fact.item):
            own = totals.setdefault((fact.place.report, fact.place.table), {})
            own[fact.measure] = fact  # the score of all comes behind that of the money
    found = []
    for (report, number), facts in totals.items():
        if name := form_of(seen.reports[report], table_at(seen, report, number)):
            row = next(iter(facts.values())).place.row or 0
            found.append(Line(name, tuple(facts.values()), number, row, report))
    return found


def of_forms(seen: Lens, group: Sequence[Line]) -> bool:
    """Whether rows are projects that have a form each."""
    return bool(group) and all(
        line.name == form_of(seen.reports[line.report], table_at(seen, line.report, line.table)) for line in group
    )
