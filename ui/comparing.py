"""The 对比 tab: departments × years, each cell a verified figure or the reason why there is none."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ui import render, scope, sources
from ui.phrases import Words, label, words_for
from ui.render import Shape
from ui.swift import gr

if TYPE_CHECKING:
    from assistant import Assistant

PICKED = """
element.addEventListener('click', event => {
  const cell = event.target.closest('[data-cell]');
  if (cell) trigger('select', {cell: cell.dataset.cell});
});
"""


def tab(assistant: Assistant, page: Any, selected: Any) -> None:
    """Draws the tab."""
    chosen = scope.fields(assistant, "compare")
    with gr.Row(elem_classes="tools"):
        measures = gr.Dropdown(
            [], multiselect=True, allow_custom_value=True, label=label("compare_measures"), scale=4, elem_id="measures"
        )
        run = gr.Button(label("compare_run"), variant="primary", scale=1, min_width=90, elem_id="compare")
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            table = gr.HTML("", js_on_load=PICKED, elem_id="comparison")
        with gr.Column(scale=2, min_width=320, elem_classes="beside"):
            cell = gr.HTML("", elem_id="cell")
            panel = sources.panel(assistant, "compare-source")
    kept = gr.State({})
    run.click(_comparer(assistant), [*chosen.fields, measures], [table, kept, cell, *panel.outputs])
    table.select(_pick, [kept], [cell, *panel.outputs], show_progress="hidden")
    for event in (page.load, selected):
        event(scope.refresher(assistant), chosen.fields, chosen.fields, show_progress="hidden", queue=False)


def _comparer(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def compared(
        departments: list[str], years: list[int], reports: list[str], measures: list[str], request: gr.Request
    ) -> tuple[Any, ...]:
        words = words_for(request)
        try:
            limits = (departments, years, reports)
            made = assistant.compare_shape(scope.chosen(assistant, limits, words), measures or [])
        except HeshuError as error:
            return render.fault(error, words), {}, "", *sources.opened([])
        return _table(made, words), made, f'<p class="stamp">{words("compare_hint")}</p>', *sources.opened([])

    return compared


def _table(made: Shape, words: Words) -> str:
    heads = "".join(f"<th>{render.safe(one['department'])}<br>{one['year'] or '—'}</th>" for one in made["columns"])
    rows = []
    for r, row in enumerate(made["rows"]):
        wide = len(row["cells"]) + 1
        notes = "".join(
            f'<tr><td colspan="{wide}"><div class="note">{render.safe(note)}</div></td></tr>' for note in row["notes"]
        )
        cells = "".join(f"<td>{_cell(one, f'{r}-{c}', words)}</td>" for c, one in enumerate(row["cells"]))
        rows.append(f"<tr><th>{render.safe(row['measure'])}</th>{cells}</tr>{notes}")
    notes = "".join(f'<div class="note">{render.safe(note)}</div>' for note in made["notes"])
    head = f"<tr><th>{words('compare_measure')}</th>{heads}</tr>"
    return f'<div class="scroll" tabindex="0"><table class="grid compare">{head}{"".join(rows)}</table></div>{notes}'


def _cell(one: Shape, at: str, words: Words) -> str:
    if not one["text"]:
        return f'<span class="reason">{render.safe(one["reason"])}</span>'
    change = one["change"]
    against = f"<br><small>{words('compare_change')} {render.safe(change['text'])}</small>" if change else ""
    basis = f"<br><small>{render.safe(one['basis'])}</small>" if one["basis"] else ""
    title = escape(one["working"] or one["quote"], quote=True)
    return (
        f'<button type="button" data-cell="{at}" title="{title}">{render.safe(one["text"])}</button>'
        f"{render.badge(one['verdict'], words)}{basis}{against}"
    )


def _pick(kept: Shape, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
    """The cell that was clicked: its working, and its source beside it."""
    words = words_for(request)
    row, _, col = str(event._data.get("cell", "")).partition("-")
    if not kept or not (row.isdecimal() and col.isdecimal()):
        return (gr.skip(),) * 5
    one = kept["rows"][int(row)]["cells"][int(col)]
    name = f"{kept['columns'][int(col)]['name']}　{kept['rows'][int(row)]['measure']}"
    change = f"<p>{words('compare_change')}：{render.safe(one['change']['working'])}</p>" if one["change"] else ""
    said = "".join(f"<p>{render.safe(text)}</p>" for text in (one["working"], one["quote"]) if text)
    figure = f"<p>{render.safe(name)}　<b>{render.safe(one['text'])}</b>{render.badge(one['verdict'], words)}</p>"
    return f'<div class="whole">{figure}{said}{change}</div>', *sources.opened(one["places"])
