"""The web page: its tabs in order, each drawn by its own module, and the line above them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui import chat, checking, comparing, library, preferences, reviewing
from ui.phrases import label, words_for
from ui.render import safe
from ui.swift import gr

if TYPE_CHECKING:
    from assistant import Assistant

HOUR = 3600
TOLD = ("begun", "asked")
"""Events that a program may use too; the others are told to nobody, which spares each client their description."""


def build(assistant: Assistant, signed_in: bool = False) -> Any:
    """The page as Gradio Blocks over one assistant."""
    with gr.Blocks(title="核数 heshu", analytics_enabled=False, delete_cache=(HOUR, 24 * HOUR)) as page:
        head = gr.HTML("", elem_id="head")
        page.load(_head, None, [head], show_progress="hidden", queue=False)
        for name, draw in (
            ("chat", chat.tab),
            ("library", library.tab),
            ("review", reviewing.tab),
            ("check", checking.tab),
            ("compare", comparing.tab),
        ):
            with gr.Tab(label(f"tab_{name}"), id=name) as tab:
                draw(assistant, page, tab.select)
        with gr.Tab(label("tab_settings"), id="settings") as tab:
            preferences.tab(assistant, page, tab.select, editable=not signed_in)
    for event in page.fns.values():
        if event.name not in TOLD:
            event.api_visibility = "undocumented"
    return page


def _head(request: gr.Request) -> str:
    words, user = words_for(request), request.username
    who = f'<span class="who">{safe(user)}　<a href="/logout">{words("page_out")}</a></span>' if user else ""
    return f"<header><h1>{words('page_name')}</h1><p>{words('page_promise')}</p>{who}</header>"
