"""The 核对文本 tab: any pasted text, each figure judged against the chosen reports."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ui import render
from ui.chat import choices

if TYPE_CHECKING:
    from assistant import Assistant


def tab(assistant: Assistant) -> Any:
    """Draws the tab; returns its dropdown of reports."""
    import gradio as gr

    against = gr.Dropdown(choices=choices(assistant), multiselect=True, label="对照的报告（不选即全部）")
    text = gr.Textbox(label="要核对的文字", lines=8, max_length=100_000)
    judge = gr.Button("核对", variant="primary")
    judged = gr.HTML()
    judge.click(_checker(assistant), [text, against], [judged])
    return against


def _checker(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def checked(text: str, reports: list[str] | None) -> str:
        try:
            return render.check(assistant.verify_shape(text, reports or []))
        except HeshuError as error:
            return f"<p>{escape(str(error))}</p>"

    return checked
