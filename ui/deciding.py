"""What happens in the 复核 tab: a report is reviewed, a finding opened and decided, the memo changed and exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ui import charts, files, render, render_review, sources
from ui.memo import to_html
from ui.phrases import Words, words_for
from ui.scope import titles
from ui.swift import gr
from ui.talking import user_of

if TYPE_CHECKING:
    from assistant import Assistant

Shape = dict[str, Any]
NAMES = render_review.DECIDED


def reviewer(assistant: Assistant) -> Any:
    """Reviews a report and fills the tab."""
    from assistant import HeshuError, chart_shapes

    def reviewed(report: str | None, request: gr.Request) -> tuple[Any, ...]:
        words = words_for(request)
        try:
            outcome = assistant.review_shape(_chosen(assistant, report))
            drawn = chart_shapes(assistant, str(report))
            decisions = assistant.decisions(str(report))
        except HeshuError as error:
            return render.said(str(error), "fault"), *(gr.skip(),) * 12
        found = outcome["findings"]
        figures = (
            charts.by_kind(found, words),
            charts.waterfall(drawn["waterfall"], words),
            charts.execution(drawn["execution"], words),
        )
        return (
            render_review.summary(outcome, decisions, words),
            render_review.findings(found, decisions, words),
            gr.update(choices=_distinct(found, "severity"), value=[]),
            gr.update(choices=_distinct(found, "category"), value=[]),
            f'<p class="stamp">{words("review_hint")}</p>' if found else "",
            render_review.indicators(outcome["indicators"], words),
            render_review.passed(outcome["passed"], words),
            *(gr.update(value=figure, visible=figure is not None) for figure in figures),
            outcome["memo"],
            outcome["memo"],
            {"outcome": {**outcome, "memo": ""}, "decisions": decisions},
        )

    return reviewed


def pick(state: Shape, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
    """Opens a finding: its text, its decision so far, its evidence beside it."""
    words = words_for(request)
    wanted = str(event._data.get("finding", ""))
    one = next((found for found in _found(state) if found["id"] == wanted), None)
    if one is None:
        return (gr.skip(),) * 11
    last = state["decisions"].get(wanted, {})
    user = user_of(request)
    who = gr.update(value=user, interactive=False) if user else last.get("reviewer", "")
    return (
        render_review.finding(one, words), gr.update(visible=True), wanted, last.get("decision", "待定"),
        last.get("note", ""), who, "", *sources.opened(one["places"]),
    )  # fmt: skip


def narrowed(state: Shape, severities: list[str], kinds: list[str], request: gr.Request) -> str:
    """The findings of some severities and kinds."""
    found = [
        one
        for one in _found(state)
        if (not severities or one["severity"] in severities) and (not kinds or one["category"] in kinds)
    ]
    return render_review.findings(found, state.get("decisions", {}), words_for(request))


def keeper(assistant: Assistant) -> Any:
    """Keeps a decision; the memo is made anew at the next review or export."""
    from assistant import HeshuError, record_act

    def kept(
        report: str | None, finding: str, decision: str, note: str, name: str, state: Shape, request: gr.Request
    ) -> tuple[Any, ...]:
        words, user = words_for(request), user_of(request)
        try:
            assistant.decide(_chosen(assistant, report), finding, decision, note, user or name)
        except HeshuError as error:
            return render.said(str(error), "fault"), *(gr.skip(),) * 3
        record_act(assistant, user, "决定", {"report": report, "finding": finding, "decision": decision, "note": note})
        decisions = assistant.decisions(str(report))
        said = render.said(words("review_kept", decision=words(NAMES[decision])))
        summed = render_review.summary(state["outcome"], decisions, words)
        listed = render_review.findings(_found(state), decisions, words, finding)
        return said, {**state, "decisions": decisions}, summed, listed

    return kept


def previewed(memo: str) -> str:
    """The memo as a reader sees it."""
    return to_html(memo)


def checker(assistant: Assistant) -> Any:
    """Judges the figures of a memo that was changed by hand."""
    from assistant import HeshuError

    def checked(report: str | None, memo: str, generated: str, request: gr.Request) -> str:
        words = words_for(request)
        try:
            return _faults(assistant, _chosen(assistant, report), memo, generated, words)
        except HeshuError as error:
            return render.said(str(error), "fault")

    return checked


def maker(assistant: Assistant) -> Any:
    """The memo as a file: as reviewed, or as changed by hand, then with what its new figures are worth."""
    from assistant import HeshuError, export_memo, record_act

    def made(report: str | None, form: str, memo: str, generated: str, request: gr.Request) -> tuple[Any, str]:
        words = words_for(request)
        changed = bool(generated) and memo.strip() != generated.strip() and form in ("md", "docx")
        try:
            id = _chosen(assistant, report)
            data = export_memo(memo, form) if changed else assistant.export(id, form)
            said = _faults(assistant, id, memo, generated, words) if changed else ""
            name = words("export_memo_name", title={one: title for title, one in titles(assistant)}[id])
        except HeshuError as error:
            return None, render.said(str(error), "fault")
        record_act(assistant, user_of(request), "导出", {"report": id, "form": form, "changed": changed})
        return gr.update(value=files.offered(data, name, form), visible=True), said

    return made


def _faults(assistant: Assistant, report: str, memo: str, generated: str, words: Words) -> str:
    """Sentences whose figures are at fault and that heshu did not write itself."""
    given = assistant.verify_shape(memo, [report])
    wrong = [one for one in given["sentences"] if one["verdict"] == "false" and one["text"] not in generated]
    if not wrong:
        return render.said(words("memo_sound"))
    return render.said(words("memo_faults", count=len(wrong)), "fault") + render.check({"sentences": wrong}, words)


def _found(state: Shape) -> Sequence[Shape]:
    found: Sequence[Shape] = state.get("outcome", {}).get("findings", ())
    return found


def _distinct(found: Sequence[Shape], key: str) -> list[str]:
    return list(dict.fromkeys(str(one[key]) for one in found))


def _chosen(assistant: Assistant, report: str | None) -> str:
    """A stored report's id; nothing else, least of all a file of this machine."""
    from assistant import BadInput

    if report is None or all(one["id"] != report for one in assistant.reports()):
        raise BadInput("请先选择一份报告。")
    return report
