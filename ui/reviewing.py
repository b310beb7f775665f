"""The 复核 tab: findings with their source beside them, decisions, indicator cards, charts, the memo and its exports.

What happens in it stands in ui.deciding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui import deciding, scope, sources
from ui.phrases import label
from ui.swift import gr

if TYPE_CHECKING:
    from assistant import Assistant

PICKED = """
element.addEventListener('click', event => {
  const one = event.target.closest('[data-finding]');
  if (!one) return;
  element.querySelectorAll('.chosen').forEach(other => other.classList.remove('chosen'));
  one.classList.add('chosen');
  trigger('select', {finding: one.dataset.finding});
});
"""


def tab(assistant: Assistant, page: Any, selected: Any) -> None:
    """Draws the tab."""
    with gr.Row(elem_classes="tools"):
        report = gr.Dropdown([], label=label("review_report"), value=None, scale=4, elem_id="review-report")
        run = gr.Button(label("review_run"), variant="primary", scale=1, min_width=90, elem_id="review-run")
    counts = gr.HTML("", elem_id="review-counts")
    state = gr.State({})
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            with gr.Row():
                severities = gr.Dropdown([], multiselect=True, label=label("review_severities"), min_width=140)
                kinds = gr.Dropdown([], multiselect=True, label=label("review_kinds"), min_width=140)
            listed = gr.HTML("", js_on_load=PICKED, elem_id="findings")
        with gr.Column(scale=3, min_width=320, elem_classes="beside"):
            whole = gr.HTML("", elem_id="finding")
            decided = _decision(assistant, report, state, counts, listed)
            panel = sources.panel(assistant, "review-source")
    charts, cards, passed = _figures()
    memo, generated = _memo(assistant, report)
    filled = [counts, listed, severities, kinds, whole, cards, passed, *charts, memo, generated, state]
    for event in (run.click, report.input):
        event(deciding.reviewer(assistant), [report], filled, concurrency_limit=2, concurrency_id="review").then(
            lambda: sources.opened([]), None, panel.outputs, show_progress="hidden", queue=False
        )
    listed.select(deciding.pick, [state], [whole, *decided, *panel.outputs], show_progress="hidden")
    for one in (severities, kinds):
        one.input(deciding.narrowed, [state, severities, kinds], [listed], show_progress="hidden", queue=False)
    for event in (page.load, selected):
        event(_titles(assistant), [report], [report], show_progress="hidden", queue=False)


def _titles(assistant: Assistant) -> Any:
    def refreshed(report: str | None) -> Any:
        titles = scope.titles(assistant)
        return gr.update(choices=titles, value=report if any(id == report for _, id in titles) else None)

    return refreshed


def _decision(assistant: Assistant, report: Any, state: Any, counts: Any, listed: Any) -> list[Any]:
    """The fields of a decision; what choosing a finding fills."""
    from assistant import DECISIONS

    chosen = gr.State("")
    with gr.Group(visible=False, elem_id="deciding") as fields:
        decision = gr.Radio([(label(deciding.NAMES[one]), one) for one in DECISIONS], label=label("review_decision"))
        note = gr.Textbox(label=label("review_note"), max_length=500, lines=1, max_lines=4)
        with gr.Row():
            reviewer = gr.Textbox(label=label("review_reviewer"), max_length=40, scale=2, min_width=120)
            keep = gr.Button(label("review_keep"), variant="primary", scale=1, min_width=110)
        kept = gr.HTML("", elem_id="kept", elem_classes="padded")
    saved = [report, chosen, decision, note, reviewer, state]
    keep.click(deciding.keeper(assistant), saved, [kept, state, counts, listed])
    return [fields, chosen, decision, note, reviewer, kept]


def _figures() -> tuple[list[Any], Any, Any]:
    """Charts, indicator cards, and the checks that hold."""
    with gr.Accordion(label("review_charts"), open=True), gr.Row(elem_classes="charts"):
        charts = [gr.Plot(visible=False, show_label=False, elem_classes="chart", min_width=300) for _ in range(3)]
    with gr.Accordion(label("review_cards"), open=True):
        cards = gr.HTML("", elem_id="cards")
        passed = gr.HTML("", elem_classes="padded")
    return charts, cards, passed


def _memo(assistant: Assistant, report: Any) -> tuple[Any, Any]:
    """The memo: read it, change it, have the change checked, take it away."""
    from assistant import FORMS

    generated = gr.State("")
    with gr.Accordion(label("memo_memo"), open=True):
        with gr.Tabs():
            with gr.Tab(label("memo_preview")):
                preview = gr.HTML("", elem_id="memo-preview")
            with gr.Tab(label("memo_edit")):
                memo = gr.Textbox(
                    label=label("memo_text"), lines=16, max_lines=30, buttons=["copy"], interactive=True,
                    elem_id="memo-text",
                )  # fmt: skip
                check = gr.Button(label("memo_check"), min_width=140)
                checked = gr.HTML("", elem_id="memo-checked")
        with gr.Row(elem_classes="tools"):
            forms = [(name, form) for form, name in FORMS.items()]
            form = gr.Dropdown(forms, value="docx", label=label("export_form"), scale=3, elem_id="review-form")
            make = gr.Button(label("export_make"), scale=1, min_width=110)
            file = gr.File(
                label=label("export_file"), interactive=False, visible=False, scale=2, height=90, elem_id="review-file"
            )
        made = gr.HTML("", elem_id="made")
    memo.change(deciding.previewed, [memo], [preview], show_progress="hidden", queue=False)
    check.click(deciding.checker(assistant), [report, memo, generated], [checked])
    make.click(deciding.maker(assistant), [report, form, memo, generated], [file, made])
    return memo, generated
