"""The 设置 tab: language model and embedding, each with a test; what is changed is kept in heshu.toml.

A key is never shown, and never sent back to the page. Where users sign in, the page only shows and tests.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui import render
from ui.phrases import Words, label, words_for
from ui.swift import gr
from ui.talking import user_of

if TYPE_CHECKING:
    from assistant import Assistant, Settings

MODEL = ("model", "model_url", "model_key", "model_timeout")
EMBEDDING = ("embedding",)


def tab(assistant: Assistant, page: Any, selected: Any, *, editable: bool) -> None:
    """Draws the tab; `editable`: whoever sits at this machine may change settings."""
    about = gr.HTML("", elem_id="settings")
    now = assistant.settings
    with gr.Row():
        with gr.Column(min_width=320):
            model = gr.Textbox(now.model, label=label("settings_model"), placeholder="openai:qwen-plus", max_length=200)
            url = gr.Textbox(
                now.model_url, label=label("settings_url"), placeholder="http://127.0.0.1:8000/v1", max_length=400
            )
            key = gr.Textbox(
                "", label=label("settings_key"), type="password", placeholder=label("settings_key_hint"), max_length=400
            )
            seconds = gr.Number(
                now.model_timeout, label=label("settings_timeout"), minimum=1, maximum=3600, precision=0
            )
            try_model = gr.Button(label("settings_try_model"), elem_id="try-model")
            model_said = gr.HTML("", elem_id="model-said")
        with gr.Column(min_width=320):
            embedding = gr.Textbox(
                now.embedding,
                label=label("settings_embedding"),
                placeholder=label("settings_embedding_hint"),
                max_length=400,
            )
            try_embedding = gr.Button(label("settings_try_embedding"), elem_id="try-embedding")
            embedding_said = gr.HTML("", elem_id="embedding-said")
    fields = [model, url, key, seconds, embedding]
    if editable:
        save = gr.Button(label("settings_save"), variant="primary", elem_id="save-settings")
        saved = gr.HTML("", elem_id="saved")
        save.click(_saver(assistant), fields, [saved, key])
    else:
        for one in fields:
            one.interactive = False
    try_model.click(
        _trier(assistant, "model", editable), fields, [model_said], concurrency_limit=1, concurrency_id="try"
    )
    try_embedding.click(
        _trier(assistant, "embedding", editable), fields, [embedding_said], concurrency_limit=1, concurrency_id="try"
    )
    for event in (page.load, selected):
        event(_teller(assistant, editable), None, [about], show_progress="hidden", queue=False)


def _teller(assistant: Assistant, editable: bool) -> Any:
    from assistant import from_environment

    def told(request: gr.Request) -> str:
        words, now = words_for(request), assistant.settings
        key = words("settings_key_set" if now.model_key else "settings_key_unset")
        lines = [
            (words("settings_home"), str(now.home)),
            (words("settings_database"), words("settings_database_other" if now.database else "settings_database_own")),
            (words("settings_writer"), now.model or words("settings_writer_own")),
            (words("settings_key_state"), key),
            (words("settings_embedding"), now.embedding or words("settings_embedding_own")),
        ]
        fixed = [name for name in from_environment() if name in (*MODEL, *EMBEDDING)]
        note = words("settings_fixed", names="、".join(f"HESHU_{name.upper()}" for name in fixed)) if fixed else ""
        note += "" if editable else words("settings_closed")
        rows = "".join(f"<tr><th>{name}</th><td>{render.safe(said)}</td></tr>" for name, said in lines)
        return f'<table class="grid list">{rows}</table>' + (render.said(note) if note else "")

    return told


def _typed(now: Settings, model: str, url: str, key: str, seconds: float, embedding: str) -> Settings:
    return replace(
        now, model=model.strip(), model_url=url.strip(), model_key=key.strip() or now.model_key,
        model_timeout=int(seconds or now.model_timeout), embedding=embedding.strip(),
    )  # fmt: skip


def _trier(assistant: Assistant, what: str, editable: bool) -> Any:
    """Tries what is typed, or what is set where nothing may be changed."""

    def tried(model: str, url: str, key: str, seconds: float, embedding: str) -> str:
        from assistant import try_embedding, try_model

        verb = {"model": try_model, "embedding": try_embedding}[what]
        now = assistant.settings
        good, said = verb(_typed(now, model, url, key, seconds, embedding) if editable else now)
        return render.said(said, "sound" if good else "fault")

    return tried


def _saver(assistant: Assistant) -> Any:
    from assistant import HeshuError, record_act, write_settings

    def saved(model: str, url: str, key: str, seconds: float, embedding: str, request: gr.Request) -> tuple[str, str]:
        words: Words = words_for(request)
        changes = {"model": model.strip(), "model_url": url.strip(), "embedding": embedding.strip()}
        changes["model_timeout"] = str(int(seconds)) if seconds else ""
        if key.strip():
            changes["model_key"] = key.strip()
        try:
            write_settings(assistant.settings.home, changes)
        except HeshuError as error:
            return render.fault(error, words), key
        record_act(assistant, user_of(request), "设置", {name: changes[name] for name in ("model", "embedding")})
        return render.said(words("settings_saved")), ""

    return saved
