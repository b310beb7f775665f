"""The web page (Gradio) as a server: one page over one Assistant, on this machine only, asking nothing of any other."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from ui import chat, checking, library, render, reviewing

if TYPE_CHECKING:
    from assistant import Assistant, Settings

MAX_FILE = "100mb"
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'"
)
"""No picture, script or font from another host, whatever a report or a model writes."""
LOCAL = ("127.0.0.1", "localhost", "::1")


def build(assistant: Assistant) -> Any:
    """The page as Gradio Blocks over one assistant."""
    import gradio as gr

    with gr.Blocks(title="核数 heshu", analytics_enabled=False) as page:
        gr.Markdown("# 核数 heshu\n读部门绩效报告，每一个数字都经过核对。")
        with gr.Tab("问答"):
            asked = chat.tab(assistant, page)
        with gr.Tab("报告库"):
            shelf = gr.Column()
        with gr.Tab("复核"):
            reviewed = reviewing.tab(assistant)
        with gr.Tab("核对文本"):
            checked = checking.tab(assistant)
        with shelf:
            library.tab(assistant, [asked, reviewed, checked])
    return page


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
        app,
        page,
        path="/",
        max_file_size=MAX_FILE,
        allowed_paths=[],
        theme=theme,
        css=render.STYLE,
        ssr_mode=False,
        footer_links=[],
        mcp_server=False,
    )


def serve(settings: Settings, host: str, port: int) -> None:
    """Serves the page until stopped. Only this machine may connect: the page has no users yet."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    import uvicorn

    from assistant import Assistant, BadInput

    if host not in LOCAL:
        raise BadInput(f"网页还没有登录，只能在本机打开（127.0.0.1），不能监听 {host}。")
    with Assistant(settings, chained=True) as assistant:
        uvicorn.run(application(assistant), host=host, port=port, log_level="warning", timeout_graceful_shutdown=2)
