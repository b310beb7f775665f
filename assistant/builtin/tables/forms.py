"""Projects that have a form each (项目支出绩效自评表): the forms together are a table with a row for each project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.builtin.facts.lens import Lens
from assistant.builtin.question.lexicon import reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.tables.rows import Line, lines, table_at
from ingest.fact import Fact
from ingest.ledger.forms import form_of
from ingest.terms import is_total

BEFORE = re.compile("([一-龥]{2,}?)(?=项目|专项|自评表)")
LEAST = 2
"""Fewer characters name no project."""


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


def asked(plan: Plan, seen: Lens) -> list[list[Line]]:
    """The rows of the tables that a question may mean: of the one form whose project it names, else of all."""
    every = [group for group in lines(seen, plan.table) if group]
    named = _named(plan.question, {_form(seen, group[0]) for group in every} - {""})
    return [group for group in every if _form(seen, group[0]) == named] if named else every


def unasked(plan: Plan, seen: Lens) -> set[tuple[str, int]]:
    """The forms of projects, by report and table, that a question does not name; they are nobody's own table."""
    every = [(group[0], _form(seen, group[0])) for group in lines(seen) if group]
    named = _named(plan.question, {form for _, form in every} - {""})
    return {(line.report, line.table) for line, form in every if form and form != named}


def _named(question: str, forms: Iterable[str]) -> str:
    """The form whose name, or the end of it that stands before 项目 (复议项目), a question says; "" for several."""
    said = reduced(question)
    before = [match[1] for match in BEFORE.finditer(said)]
    held = {
        form: max(
            (_shared(words, reduced(form)) for words in (*before, *([reduced(form)] * (reduced(form) in said)))),
            default=0,
        )
        for form in forms
    }
    most = max(held.values(), default=0)
    best = [form for form, length in held.items() if length == most]
    return best[0] if most >= LEAST and len(best) == 1 else ""


def _shared(words: str, form: str) -> int:
    """How many characters at the end of some words stand in a name side by side."""
    return next((length for length in range(len(words), 0, -1) if words[-length:] in form), 0)


def _form(seen: Lens, line: Line) -> str:
    """The project in whose form a row stands."""
    return form_of(seen.reports[line.report], table_at(seen, line.report, line.table))


def of_forms(seen: Lens, group: Sequence[Line]) -> bool:
    """Whether rows are projects that have a form each."""
    return bool(group) and all(line.name == _form(seen, line) for line in group)
