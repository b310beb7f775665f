"""The web page (Gradio): choose or upload reports, ask, see each figure judged and where it stands. Offline."""

from __future__ import annotations

import os
import webbrowser
from typing import TYPE_CHECKING, Any

from ui import render

if TYPE_CHECKING:
    from assistant import Assistant, Settings

MAX_FILE = "100mb"
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'"
)
"""No picture, script or font from another host, whatever a report or a model writes."""
LOCAL = ("127.0.0.1", "localhost", "::1")
COLUMNS = ["编号", "标题", "部门", "年度", "页", "表", "数字", "发现"]


def build(assistant: Assistant) -> Any:
    """The page as Gradio Blocks over one assistant."""
    import gradio as gr

    with gr.Blocks(title="核数 heshu", analytics_enabled=False) as page:
        gr.Markdown("# 核数 heshu\n读部门绩效报告，每一个数字都经过核对。")
        with gr.Tab("问答"):
            chosen = gr.Dropdown(choices=_choices(assistant), multiselect=True, label="报告（不选即全部）")
            talk = gr.Chatbot(label="对话", height=460, sanitize_html=True, buttons=["copy"])
            question = gr.Textbox(label="问题", placeholder="例如：项目支出预算执行率是多少？", max_length=4000)
            send = gr.Button("提问", variant="primary")
            for event in (send.click, question.submit):
                event(_asker(assistant), [question, chosen, talk], [talk, question])
        with gr.Tab("报告库"):
            files = gr.File(label="上传报告（PDF、DOCX、XLSX、HTML、TXT）", file_count="multiple")
            outcome = gr.HTML()
            listed = gr.Dataframe(value=render.library(assistant.reports()), headers=COLUMNS, interactive=False)
        with gr.Tab("复核"):
            report = gr.Dropdown(choices=_choices(assistant), label="报告")
            run = gr.Button("复核", variant="primary")
            found = gr.HTML()
            memo = gr.Textbox(label="复核意见（Markdown）", lines=18, buttons=["copy"])
            run.click(_reviewer(assistant), [report], [found, memo])
        with gr.Tab("核对文本"):
            against = gr.Dropdown(choices=_choices(assistant), multiselect=True, label="对照的报告（不选即全部）")
            text = gr.Textbox(label="要核对的文字", lines=8, max_length=100_000)
            judge = gr.Button("核对", variant="primary")
            judged = gr.HTML()
            judge.click(_checker(assistant), [text, against], [judged])
        files.upload(_adder(assistant), [files], [outcome, listed, chosen, report, against])
    return page


def _choices(assistant: Assistant) -> list[tuple[str, str]]:
    return [(f"{one['title'] or one['source']}（{one['id'][:6]}）", one["id"]) for one in assistant.reports()]


def _asker(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def asked(question: str, reports: list[str], talk: list[Any]) -> tuple[list[Any], str]:
        if not question.strip():
            return talk, question
        try:
            shown = render.answer(assistant.ask_shape(question, reports or []))
        except HeshuError as error:
            shown = render.escape(str(error))
        said = [{"role": "user", "content": render.escape(question)}, {"role": "assistant", "content": shown}]
        return [*talk, *said], ""

    return asked


def _adder(assistant: Assistant) -> Any:
    from pathlib import Path

    import gradio as gr

    from assistant import HeshuError

    def added(paths: list[str], progress: Any = gr.Progress()) -> tuple[Any, ...]:  # noqa: B008  # Gradio's own way
        lines = []
        for path in paths or []:
            name = render.escape(Path(path).name)
            try:
                entry = assistant.add(Path(path), lambda stage, done, total: progress((done, total or 1), desc=stage))
                state = "已在库中" if entry["known"] else f"读入 {entry['facts']} 个数字、{entry['findings']} 条发现"
                lines.append(f'<div><span class="badge good">完成</span>{name}：{state}</div>')
            except HeshuError as error:
                lines.append(f'<div><span class="badge bad">未读入</span>{name}：{render.escape(str(error))}</div>')
        choices = gr.update(choices=_choices(assistant))
        return "".join(lines), render.library(assistant.reports()), choices, choices, choices

    return added


def _reviewer(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def reviewed(report: str | None) -> tuple[str, str]:
        if not report:
            return "<p>请先选择一份报告。</p>", ""
        try:
            outcome = assistant.review_shape(report)
        except HeshuError as error:
            return f"<p>{render.escape(str(error))}</p>", ""
        return render.findings(outcome), outcome["memo"]

    return reviewed


def _checker(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def checked(text: str, reports: list[str]) -> str:
        try:
            return render.check(assistant.verify_shape(text, reports or []))
        except HeshuError as error:
            return f"<p>{render.escape(str(error))}</p>"

    return checked


def application(assistant: Assistant) -> Any:
    """The page as an ASGI application that sends the content security policy with every response."""
    import gradio as gr
    from fastapi import FastAPI, Request, Response

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.middleware("http")
    async def guarded(request: Request, forward: Any) -> Response:
        response: Response = await forward(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    page = build(assistant).queue(default_concurrency_limit=4, max_size=64)
    theme = gr.themes.Default(font=["system-ui", "sans-serif"], font_mono=["monospace"])
    return gr.mount_gradio_app(
        app, page, path="/", max_file_size=MAX_FILE, allowed_paths=[], theme=theme, css=render.STYLE, ssr_mode=False
    )


def serve(settings: Settings, host: str, port: int, browse: bool = False) -> None:
    """Serves the page until stopped. Only this machine may connect: the page has no users yet."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    import uvicorn

    from assistant import Assistant, BadInput

    if host not in LOCAL:
        raise BadInput(f"网页还没有登录，只能在本机打开（127.0.0.1），不能监听 {host}。")
    with Assistant(settings) as assistant:
        if browse:
            webbrowser.open(f"http://{host}:{port}/")
        uvicorn.run(application(assistant), host=host, port=port, log_level="warning")
