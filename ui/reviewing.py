"""The 复核 tab: findings with their source beside them, decisions, indicator cards, the memo and its exports."""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui import charts, render
from ui.chat import choices, shower

if TYPE_CHECKING:
    from assistant import Assistant

Shape = dict[str, Any]


def tab(assistant: Assistant) -> Any:
    """Draws the tab; returns its dropdown of reports."""
    import gradio as gr

    from assistant import DECISIONS, FORMS

    with gr.Row():
        report = gr.Dropdown(choices=choices(assistant), label="报告", scale=3, elem_id="review-report")
        run = gr.Button("复核", variant="primary", scale=1)
    with gr.Row():
        with gr.Column(scale=3, min_width=340):
            found = gr.HTML()
            finding = gr.Dropdown(choices=[], label="逐条处理：选一条发现", interactive=True, elem_id="review-finding")
            decision = gr.Radio(choices=list(DECISIONS), label="决定", value="待定")
            note = gr.Textbox(label="备注", max_length=500)
            reviewer = gr.Textbox(label="复核人", max_length=40)
            keep = gr.Button("保存决定")
            kept = gr.HTML()
        with gr.Column(scale=2, min_width=320):
            places = gr.Radio(choices=[], label="证据：点一处，看原文", visible=False, elem_id="review-places")
            source = gr.HTML()
    cards = gr.HTML()
    chart = gr.Plot(label="图表", visible=False)
    memo = gr.Textbox(label="复核意见（Markdown，可修改后复制）", lines=16, buttons=["copy"], interactive=True)
    with gr.Row():
        form = gr.Dropdown(choices=[(name, form) for form, name in FORMS.items()], value="docx", label="导出", scale=3)
        make = gr.Button("生成文件", scale=1)
        file = gr.File(label="下载", interactive=False, scale=2, elem_id="review-file")
    state = gr.State({})
    run.click(_reviewer(assistant), [report], [found, finding, cards, chart, memo, state])
    finding.change(_evidence(assistant), [finding, state], [places, source, decision, note])
    places.change(shower(assistant), [places], [source])
    keep.click(_keeper(assistant), [report, finding, decision, note, reviewer], [kept, memo])
    make.click(_maker(assistant), [report, form], [file, kept])
    return report


def _reviewer(assistant: Assistant) -> Any:
    import gradio as gr

    from assistant import HeshuError

    def reviewed(report: str | None) -> tuple[Any, ...]:
        try:
            outcome = assistant.review_shape(_chosen(report))
        except HeshuError as error:
            return f"<p>{escape(str(error))}</p>", gr.skip(), gr.skip(), gr.skip(), gr.skip(), gr.skip()
        titles = [(f"{one['severity']}　{one['title']}"[:80], one["id"]) for one in outcome["findings"]]
        figure = charts.by_kind(outcome["findings"])
        kept = {
            "findings": {one["id"]: one for one in outcome["findings"]},
            "decisions": assistant.decisions(str(report)),
        }
        return (
            render.findings(outcome),
            gr.update(choices=titles, value=None),
            render.indicators(outcome["indicators"]),
            gr.update(value=figure, visible=figure is not None),
            outcome["memo"],
            kept,
        )

    return reviewed


def _evidence(assistant: Assistant) -> Any:
    import json

    import gradio as gr

    def shown(finding: str | None, state: Shape) -> tuple[Any, ...]:
        one = state.get("findings", {}).get(finding)
        if one is None:
            return gr.update(choices=[], visible=False), "", "待定", ""
        listed = [(place["label"], json.dumps(place, ensure_ascii=False)) for place in one["places"]]
        last = state["decisions"].get(finding, {})
        first = listed[0][1] if listed else None
        places = gr.update(choices=listed, value=first, visible=bool(listed))
        return places, shower(assistant)(first), last.get("decision", "待定"), last.get("note", "")

    return shown


def _keeper(assistant: Assistant) -> Any:
    import gradio as gr

    from assistant import HeshuError

    def kept(report: str | None, finding: str | None, decision: str, note: str, reviewer: str) -> tuple[Any, ...]:
        if not finding:
            return "<p>请先选一条发现。</p>", gr.skip()
        try:
            assistant.decide(_chosen(report), finding, decision, note, reviewer)
            return f"<p>已保存：{escape(decision)}。复核意见已按决定更新。</p>", assistant.review_shape(str(report))[
                "memo"
            ]
        except HeshuError as error:
            return f"<p>{escape(str(error))}</p>", gr.skip()

    return kept


def _maker(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def made(report: str | None, form: str) -> tuple[str | None, str]:
        try:
            data = assistant.export(_chosen(report), form)
        except HeshuError as error:
            return None, f"<p>{escape(str(error))}</p>"
        suffix = "docx" if form == "annotated" else form
        path = Path(tempfile.mkdtemp(prefix="heshu-")) / f"复核意见-{report}.{suffix}"
        path.write_bytes(data)
        return str(path), ""

    return made


def _chosen(report: str | None) -> str:
    from assistant import BadInput

    if not report:
        raise BadInput("请先选择一份报告。")
    return report
