"""What happens in the 复核 tab: a report is reviewed, its findings narrowed down, opened and decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ui import charts, render, render_review, revising, sources
from ui.phrases import Words, words_for
from ui.render import Shape
from ui.scope import named
from ui.swift import gr
from ui.talking import user_of

if TYPE_CHECKING:
    from assistant import Assistant

NAMES = render_review.DECIDED
CHARTS = ("kinds", "waterfall", "execution")
FILLED = 17
"""What a review fills: counts, the list its filters and the place beside it, figures, the memo, the state."""


def reviewer(assistant: Assistant) -> Any:
    """Reviews a report and fills the tab."""
    from assistant import HeshuError

    def reviewed(report: str | None, request: gr.Request) -> tuple[Any, ...]:
        from assistant import review_charts

        words = words_for(request)
        try:
            outcome = assistant.review_shape(named(assistant, report, words))
            drawn = review_charts(assistant, str(report), outcome["findings"])
            decisions = assistant.decisions(str(report))
        except HeshuError as error:
            return render.fault(error, words), *(gr.skip(),) * (FILLED - 1)
        found = outcome["findings"]
        return (
            render_review.summary(outcome, decisions, words),
            render_review.findings(found, decisions, words),
            gr.update(choices=_distinct(found, "severity"), value=[]),
            gr.update(choices=_distinct(found, "category"), value=[]),
            False,
            f'<div class="empty">{words("review_hint")}</div>' if found else "",
            gr.update(visible=False),
            *(_drawn(drawn, kind, words) for kind in CHARTS),
            render_review.indicators(outcome["indicators"], words),
            render_review.passed(outcome["passed"], words),
            *revising.filled(assistant, str(report), outcome["memo"], user_of(request), words),
            {"outcome": {**outcome, "memo": ""}, "decisions": decisions, "stale": False},
        )

    return reviewed


def _drawn(drawn: Sequence[Any], kind: str, words: Words) -> Any:
    figure = next((charts.figure(one, words) for one in drawn if one.kind == kind), None)
    return gr.update(value=figure, visible=figure is not None)


def pick(state: Shape, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
    """Opens the finding that was clicked."""
    return _opened(state, str(event._data.get("finding", "")), request)


def onward(
    chosen: str, state: Shape, severities: list[str], kinds: list[str], undecided: bool, request: gr.Request
) -> tuple[Any, ...]:
    """Opens the next finding that is not decided yet, of those after this one, then of those before it."""
    found = _narrowed(state, severities, kinds, False)
    at = next((number for number, one in enumerate(found) if one["id"] == chosen), -1)
    left = {one["id"] for one in _narrowed(state, severities, kinds, True)}
    following = next((one["id"] for one in (*found[at + 1 :], *found[: max(at, 0)]) if one["id"] in left), chosen)
    listed = narrowed(state, severities, kinds, undecided, following, request)
    return listed, *_opened(state, following, request)


def _opened(state: Shape, wanted: str, request: gr.Request) -> tuple[Any, ...]:
    """A finding: its text, its decision so far, its evidence beside it."""
    words = words_for(request)
    one = next((found for found in _found(state) if found["id"] == wanted), None)
    if one is None:
        return (gr.skip(),) * 11
    last = state["decisions"].get(wanted, {})
    user = user_of(request)
    who = gr.update(value=user, interactive=False) if user else last.get("reviewer") or gr.skip()
    return (
        render_review.finding(one, words), gr.update(visible=True), wanted, last.get("decision", "待定"),
        last.get("note", ""), who, "", *sources.opened(one["places"]),
    )  # fmt: skip


def narrowed(
    state: Shape, severities: list[str], kinds: list[str], undecided: bool, chosen: str, request: gr.Request
) -> str:
    """The findings of some severities and kinds, of those not decided yet if so wished."""
    found = _narrowed(state, severities, kinds, undecided)
    return render_review.findings(found, state.get("decisions", {}), words_for(request), chosen)


def keeper(assistant: Assistant) -> Any:
    """Keeps a decision; the memo is made anew when it is looked at."""
    from assistant import HeshuError, record_act

    def kept(
        report: str | None, finding: str, decision: str, note: str, name: str,
        state: Shape, severities: list[str], kinds: list[str], undecided: bool, request: gr.Request,
    ) -> tuple[Any, ...]:  # fmt: skip
        words, user = words_for(request), user_of(request)
        try:
            assistant.decide(named(assistant, report, words), finding, decision, note, user or name)
        except HeshuError as error:
            gr.Warning(render.fault(error, words))
            return render.fault(error, words), *(gr.skip(),) * 3
        record_act(assistant, user, "决定", {"report": report, "finding": finding, "decision": decision, "note": note})
        after = {**state, "decisions": assistant.decisions(str(report)), "stale": True}
        said = render.said(words("review_kept", decision=words(NAMES[decision])))
        summed = render_review.summary(after["outcome"], after["decisions"], words)
        return said, after, summed, narrowed(after, severities, kinds, undecided, finding, request)

    return kept


def _narrowed(state: Shape, severities: list[str], kinds: list[str], undecided: bool) -> Sequence[Shape]:
    decisions = state.get("decisions", {})
    return [
        one
        for one in _found(state)
        if (not severities or one["severity"] in severities)
        and (not kinds or one["category"] in kinds)
        and not (undecided and decisions.get(one["id"], {}).get("decision", "待定") != "待定")
    ]


def _found(state: Shape) -> Sequence[Shape]:
    found: Sequence[Shape] = state.get("outcome", {}).get("findings", ())
    return found


def _distinct(found: Sequence[Shape], key: str) -> list[str]:
    return list(dict.fromkeys(str(one[key]) for one in found))
