"""The 核对文本 tab: any pasted text, each figure judged against the chosen reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui import render, scope
from ui.phrases import label, words_for
from ui.swift import gr
from ui.talking import user_of

if TYPE_CHECKING:
    from assistant import Assistant


def tab(assistant: Assistant, page: Any, selected: Any) -> None:
    """Draws the tab."""
    chosen = scope.fields(assistant, "check")
    text = gr.Textbox(
        label=label("check_text"), placeholder=label("check_placeholder"), lines=7, max_lines=24, max_length=100_000
    )
    judge = gr.Button(label("check_judge"), variant="primary", elem_id="judge")
    judged = gr.HTML("", elem_id="judged")
    judge.click(_checker(assistant), [text, *chosen.fields], [judged], concurrency_limit=2)
    for event in (page.load, selected):
        event(scope.refresher(assistant), chosen.fields, chosen.fields, show_progress="hidden", queue=False)


def _checker(assistant: Assistant) -> Any:
    from assistant import HeshuError, record_check

    def checked(text: str, departments: list[str], years: list[int], reports: list[str], request: gr.Request) -> str:
        words = words_for(request)
        if not text.strip():
            return render.said(words("check_empty"))
        try:
            given = assistant.verify_shape(text, scope.chosen(assistant, (departments, years, reports), words))
        except HeshuError as error:
            return render.fault(error, words)
        record_check(assistant, user_of(request), text, given)
        return render.check(given, words)

    return checked
