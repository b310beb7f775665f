"""The 复核 tab: findings with their source beside them and decisions; charts and indicator cards; the memo to export.

What happens in it stands in ui.deciding and ui.revising.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui import deciding, revising, scope, sources
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
  document.querySelector('#deciding')?.classList.add('waiting');
  trigger('select', {finding: one.dataset.finding});
});
element.addEventListener('keydown', event => {
  const step = {ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling'}[event.key];
  const other = step && event.target.closest('[data-finding]')?.[step];
  if (!other) return;
  event.preventDefault();
  other.focus();
  other.click();
});
"""
"""A finding is opened by a click, or by the arrow keys from the one before."""


def tab(assistant: Assistant, page: Any, selected: Any) -> None:
    """Draws the tab."""
    with gr.Row(elem_classes="tools"):
        report = gr.Dropdown([], label=label("review_report"), value=None, scale=4, elem_id="review-report")
        run = gr.Button(label("review_run"), variant="primary", scale=1, min_width=90, elem_id="review-run")
    counts = gr.HTML("", elem_id="review-counts")
    state = gr.State({})
    with gr.Tabs():
        with gr.Tab(label("review_findings")):
            found, panel = _findings(assistant, report, state, counts)
        with gr.Tab(label("review_figures")):
            figures = _figures()
        with gr.Tab(label("memo_memo")) as shown:
            memo = _memo(assistant, report)
    for event in (run.click, report.input):
        event(
            deciding.reviewer(assistant), [report], [counts, *found, *figures, *memo, state],
            concurrency_limit=2, concurrency_id="review",
        ).then(
            lambda: sources.opened([]), None, panel.outputs, show_progress="hidden", queue=False
        )  # fmt: skip
    shown.select(revising.renewer(assistant), [report, state], [*memo, state])
    for event in (page.load, selected):
        event(_titles(assistant), [report], [report], show_progress="hidden", queue=False)


def _titles(assistant: Assistant) -> Any:
    def refreshed(report: str | None) -> Any:
        titles = scope.titles(assistant)
        return gr.update(choices=titles, value=report if any(id == report for _, id in titles) else None)

    return refreshed


def _findings(assistant: Assistant, report: Any, state: Any, counts: Any) -> tuple[list[Any], sources.Panel]:
    """The list, and beside it the one that was chosen: its text, its decision, its evidence."""
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            with gr.Row(elem_classes="narrow"):
                severities = gr.Dropdown([], multiselect=True, label=label("review_severities"), min_width=110)
                kinds = gr.Dropdown([], multiselect=True, label=label("review_kinds"), min_width=110)
                undecided = gr.Checkbox(label=label("review_undecided"), min_width=110, elem_id="undecided")
            listed = gr.HTML("", js_on_load=PICKED, elem_id="findings")
        with gr.Column(scale=4, min_width=320, elem_classes="beside"):
            whole = gr.HTML("", elem_id="finding")
            fields, saves = _decision()
            panel = sources.panel(assistant, "review-source")
    group, chosen, decision, note, reviewer, kept = fields
    narrowing = [state, severities, kinds, undecided]
    opened = [whole, *fields, *panel.outputs]
    listed.select(deciding.pick, [state], opened, show_progress="hidden")
    decided = [report, chosen, decision, note, reviewer, *narrowing]
    keep, onward = saves
    keep.click(deciding.keeper(assistant), decided, [kept, state, counts, listed], show_progress="hidden")
    onward.click(
        deciding.keeper(assistant), decided, [kept, state, counts, listed], show_progress="hidden"
    ).success(deciding.onward, [chosen, *narrowing], [listed, *opened], show_progress="hidden")  # fmt: skip
    for one in (severities.input, kinds.input, undecided.input):
        one(deciding.narrowed, [*narrowing, chosen], [listed], show_progress="hidden", queue=False)
    return [listed, severities, kinds, undecided, whole, group], panel


def _decision() -> tuple[list[Any], tuple[Any, Any]]:
    """The fields of a decision, filled when a finding is chosen; and the buttons that keep it."""
    from assistant import DECISIONS

    chosen = gr.State("")
    with gr.Group(visible=False, elem_id="deciding") as group:
        with gr.Row():
            decision = gr.Radio(
                [(label(deciding.NAMES[one]), one) for one in DECISIONS], label=label("review_decision"), min_width=240
            )
            reviewer = gr.Textbox(label=label("review_reviewer"), max_length=40, min_width=110)
        note = gr.Textbox(label=label("review_note"), max_length=500, lines=1, max_lines=4)
        with gr.Row(elem_classes="padded"):
            keep = gr.Button(label("review_keep"), min_width=100, size="md")
            onward = gr.Button(label("review_onward"), variant="primary", min_width=140, size="md")
        kept = gr.HTML("", elem_id="kept", elem_classes="padded")
    return [group, chosen, decision, note, reviewer, kept], (keep, onward)


def _figures() -> list[Any]:
    """Charts, indicator cards, and the checks that hold."""
    with gr.Row(elem_classes="charts"):
        charts = [gr.Plot(visible=False, show_label=False, elem_classes="chart", min_width=300) for _ in range(3)]
    cards = gr.HTML("", elem_id="cards")
    passed = gr.HTML("", elem_classes="padded", elem_id="passed")
    return [*charts, cards, passed]


def _memo(assistant: Assistant, report: Any) -> list[Any]:
    """The memo: read it, change it, have the change checked, take it away."""
    from assistant import FORMS

    original = gr.State("")
    with gr.Row(elem_classes="tools"):
        forms = [(name, form) for form, name in FORMS.items()]
        form = gr.Dropdown(forms, value="docx", label=label("export_form"), scale=3, elem_id="review-form")
        make = gr.Button(label("export_make"), variant="primary", scale=1, min_width=110, elem_id="memo-make")
        file = gr.File(
            label=label("export_file"), interactive=False, visible=False, scale=2, height=90, elem_id="review-file"
        )
    made = gr.HTML("", elem_id="made")
    about = gr.HTML("", elem_id="memo-about")
    back = gr.Button(label("memo_back"), visible=False, size="sm", elem_id="memo-back")
    with gr.Tabs():
        with gr.Tab(label("memo_preview")):
            preview = gr.HTML("", elem_id="memo-preview")
        with gr.Tab(label("memo_edit")):
            memo = gr.Textbox(
                label=label("memo_text"), lines=24, max_lines=32, buttons=["copy"], interactive=True,
                elem_id="memo-text",
            )  # fmt: skip
            check = gr.Button(label("memo_check"), min_width=140)
            checked = gr.HTML("", elem_id="memo-checked")
    memo.change(revising.changer(assistant), [report, memo, original], [preview, about, back], show_progress="hidden")
    back.click(revising.dropper(assistant), [report, original], [memo, about, back], show_progress="hidden")
    check.click(revising.checker(assistant), [report, memo, original], [checked])
    make.click(revising.maker(assistant), [report, form, memo, original], [file, made])
    return [memo, original, about, back]
