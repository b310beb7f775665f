"""The 报告库 tab: upload with progress, the list of reports, the tables as read, removal with confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui import render
from ui.chat import choices

if TYPE_CHECKING:
    from assistant import Assistant

COLUMNS = ["编号", "标题", "部门", "年度", "页", "表", "数字", "发现"]


def tab(assistant: Assistant, others: Sequence[Any]) -> None:
    """Draws the tab; `others` are the report dropdowns of the other tabs, refreshed when the library changes."""
    import gradio as gr

    files = gr.File(label="上传报告（PDF、DOCX、XLSX、XLS、HTML、TXT，每个不超过 100 MB）", file_count="multiple")
    outcome = gr.HTML()
    listed = gr.Dataframe(value=render.library(assistant.reports()), headers=COLUMNS, interactive=False, wrap=True)
    with gr.Row():
        chosen = gr.Dropdown(choices=choices(assistant), label="报告", scale=3)
        look = gr.Button("看读到的表格")
        sure = gr.Checkbox(label="确认删除", value=False)
        remove = gr.Button("删除", variant="stop")
    tables = gr.HTML()
    changed = [outcome, listed, chosen, *others]
    files.upload(_adder(assistant, len(others)), [files], changed, concurrency_limit=1)
    look.click(_tables(assistant), [chosen], [tables])
    remove.click(_remover(assistant, len(others)), [chosen, sure], [*changed, sure])


def _refreshed(assistant: Assistant, count: int) -> tuple[Any, ...]:
    import gradio as gr

    listed = choices(assistant)
    return render.library(assistant.reports()), *(gr.update(choices=listed) for _ in range(count + 1))


def _adder(assistant: Assistant, count: int) -> Any:
    import gradio as gr

    from assistant import HeshuError

    def added(paths: list[str], progress: Any = gr.Progress()) -> tuple[Any, ...]:  # noqa: B008  # Gradio's own way
        lines = []
        for path in paths or []:
            name = escape(Path(path).name)
            try:
                entry = assistant.add(Path(path), lambda stage, done, total: progress((done, total or 1), desc=stage))
                counts = f"{entry['tables']} 张表、{entry['facts']} 个数字、{entry['findings']} 条发现"
                state = "已在库中" if entry["known"] else f"读入 {counts}"
                lines.append(f'<div><span class="badge good">完成</span>{name}：{state}</div>')
            except HeshuError as error:
                lines.append(f'<div><span class="badge bad">未读入</span>{name}：{escape(str(error))}</div>')
        assistant.follow()
        return "".join(lines), *_refreshed(assistant, count)

    return added


def _remover(assistant: Assistant, count: int) -> Any:
    from assistant import HeshuError

    def removed(report: str | None, sure: bool) -> tuple[Any, ...]:
        if not report or not sure:
            return "<p>请选择报告，并勾选“确认删除”。</p>", *_refreshed(assistant, count), sure
        try:
            said = f"<p>已删除 {escape(assistant.remove(report))}。</p>"
        except HeshuError as error:
            said = f"<p>{escape(str(error))}</p>"
        return said, *_refreshed(assistant, count), False

    return removed


def _tables(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def shown(report: str | None) -> str:
        if not report:
            return "<p>请先选择报告。</p>"
        try:
            return render.tables(assistant.tables(report)["tables"])
        except HeshuError as error:
            return f"<p>{escape(str(error))}</p>"

    return shown
