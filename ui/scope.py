"""Which reports are meant: by department, by year, or one by one; the same three fields on every tab that asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.phrases import Words, label, words_for
from ui.render import Shape
from ui.swift import gr

if TYPE_CHECKING:
    from assistant import Assistant

Limits = tuple[list[str], list[int], list[str]]
"""What is chosen in the three fields: departments, years, reports."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The three fields, in the order in which handlers take them."""

    departments: Any
    years: Any
    reports: Any

    @property
    def fields(self) -> list[Any]:
        return [self.departments, self.years, self.reports]


def fields(assistant: Assistant, name: str) -> Scope:
    """Draws the fields; choosing a department or a year narrows the reports that are offered."""
    with gr.Row():
        departments = gr.Dropdown([], multiselect=True, label=label("scope_departments"), elem_id=f"{name}-departments")
        years = gr.Dropdown([], multiselect=True, label=label("scope_years"), elem_id=f"{name}-years")
        reports = gr.Dropdown([], multiselect=True, label=label("scope_reports"), elem_id=f"{name}-reports", scale=2)
    scope = Scope(departments, years, reports)
    for one in (departments, years):
        one.input(_narrower(assistant), scope.fields, [reports], show_progress="hidden", queue=False)
    return scope


def refresher(assistant: Assistant) -> Any:
    """Brings the fields up to the library; what is chosen and still there stays chosen."""

    def refreshed(departments: list[str], years: list[int], reports: list[str]) -> tuple[Any, ...]:
        stored = assistant.reports()
        return (
            _update(departments, _known(one["department"] for one in stored)),
            _update(years, sorted(_known(one["year"] for one in stored), reverse=True)),
            _update(reports, _titles(_matching(stored, departments, years))),
        )

    return refreshed


def chosen(assistant: Assistant, limits: Limits, words: Words) -> list[str]:
    """Ids of the stored reports that are meant; none for all. Nothing else is a report here, least of all a file of
    this machine. Raises BadInput where nothing matches."""
    from assistant import BadInput

    departments, years, reports = limits
    stored = assistant.reports()
    if not stored:
        raise BadInput(words("scope_no_reports"))
    if unknown := set(reports or []) - {one["id"] for one in stored}:
        raise BadInput(words("scope_unknown", ids="、".join(sorted(unknown))))
    if reports or not (departments or years):
        return list(reports or [])
    found = [one["id"] for one in _matching(stored, departments, years)]
    if not found:
        raise BadInput(words("scope_nothing"))
    return found


def teller(assistant: Assistant) -> Any:
    """Names what is chosen on the lid over the fields, so that it is seen when they are not."""

    def told(departments: list[str], years: list[int], reports: list[str], request: gr.Request) -> Any:
        words = words_for(request)
        names = [title for title, id in titles(assistant) if id in (reports or ())]
        said = "、".join([*(departments or ()), *(str(year) for year in years or ()), *names])
        return gr.update(label=words("chat_scope_chosen", names=said) if said else words("chat_scope"))

    return told


def named(assistant: Assistant, report: str | None, words: Words) -> str:
    """The id of the one stored report that is meant. Raises BadInput for anything else."""
    from assistant import BadInput

    if report is None or all(stored["id"] != report for stored in assistant.reports()):
        raise BadInput(words("choose_report"))
    return report


def titles(assistant: Assistant) -> list[tuple[str, str]]:
    """(title, id) of every stored report."""
    return _titles(assistant.reports())


def _narrower(assistant: Assistant) -> Any:
    def narrowed(departments: list[str], years: list[int], reports: list[str]) -> Any:
        return _update(reports, _titles(_matching(assistant.reports(), departments, years)))

    return narrowed


def _matching(stored: Sequence[Shape], departments: list[str], years: list[int]) -> list[Shape]:
    return [
        one
        for one in stored
        if (not departments or one["department"] in departments) and (not years or one["year"] in years)
    ]


def _titles(stored: Sequence[Shape]) -> list[tuple[str, str]]:
    return [(f"{one['title'] or one['source']}（{one['source']}）", one["id"]) for one in stored]


def _known(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(value for value in values if value))


def _update(value: Sequence[Any] | None, choices: Sequence[Any]) -> Any:
    there = [one[1] if isinstance(one, tuple) else one for one in choices]
    return gr.update(choices=list(choices), value=[one for one in value or [] if one in there])
