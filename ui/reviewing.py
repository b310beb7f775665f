"""The 复核 and 核对文本 tabs: findings with evidence, the memo, and any pasted text judged figure by figure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ui import render
from ui.chat import choices

if TYPE_CHECKING:
    from assistant import Assistant


def review_tab(assistant: Assistant) -> Any:
    """Draws 复核; returns its dropdown of reports."""
    import gradio as gr

    with gr.Row():
        report = gr.Dropdown(choices=choices(assistant), label="报告", scale=3)
        run = gr.Button("复核", variant="primary", scale=1)
    found = gr.HTML()
    memo = gr.Textbox(label="复核意见（Markdown，可修改后复制）", lines=18, buttons=["copy"], interactive=True)
    run.click(_reviewer(assistant), [report], [found, memo])
    return report


def check_tab(assistant: Assistant) -> Any:
    """Draws 核对文本; returns its dropdown of reports."""
    import gradio as gr

    against = gr.Dropdown(choices=choices(assistant), multiselect=True, label="对照的报告（不选即全部）")
    text = gr.Textbox(label="要核对的文字", lines=8, max_length=100_000)
    judge = gr.Button("核对", variant="primary")
    judged = gr.HTML()
    judge.click(_checker(assistant), [text, against], [judged])
    return against


def _reviewer(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def reviewed(report: str | None) -> tuple[str, str]:
        if not report:
            return "<p>请先选择一份报告。</p>", ""
        try:
            outcome = assistant.review_shape(report)
        except HeshuError as error:
            return f"<p>{escape(str(error))}</p>", ""
        return render.findings(outcome) + render.indicators(outcome["indicators"]), outcome["memo"]

    return reviewed


def _checker(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def checked(text: str, reports: list[str] | None) -> str:
        try:
            return render.check(assistant.verify_shape(text, reports or []))
        except HeshuError as error:
            return f"<p>{escape(str(error))}</p>"

    return checked
