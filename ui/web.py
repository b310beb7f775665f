"""The web page as a server: over one Assistant, behind the guard, asking nothing of any other machine."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui import guard

if TYPE_CHECKING:
    from assistant import Assistant, Door, Settings

MAX_FILE = "100mb"
WARM_UP = 2.0
"""Seconds after which the first question is prepared for, once the page has been served."""
QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9)}
"""Nothing is told to anybody, and Gradio does not sum up the times of all events after each event (by pandas)."""
UNSPOKEN: dict[str, Any] = {"docs_url": None, "redoc_url": None, "openapi_url": None}
"""No page tells how to call this one."""
WAITING = 256
"""Events of the page that may wait; questions have a line of their own (ui/turns.py)."""


def application(assistant: Assistant, door: Door | None = None, local: bool = True) -> Any:
    """The page as an ASGI application behind the guard; with a door, only users get in."""
    from fastapi import FastAPI

    from ui.page import build
    from ui.phrases import Words, translations
    from ui.swift import gr, shut, undelivered

    app = FastAPI(**UNSPOKEN)
    app.add_middleware(guard.Guard, local=local)
    with undelivered():
        page = build(assistant, door is not None).queue(default_concurrency_limit=4, max_size=WAITING)
    own = Path(__file__).parent
    with shut():
        return gr.mount_gradio_app(
            app,
            page,
            path="/",
            app_kwargs=UNSPOKEN,
            auth=_opener(door) if door else None,
            auth_message=Words()("page_sign_in"),
            max_file_size=MAX_FILE,
            allowed_paths=[],
            blocked_paths=[str(assistant.settings.home.resolve())],
            theme=gr.themes.Default(
                primary_hue="blue", secondary_hue="blue", font=["system-ui", "sans-serif"], font_mono=["monospace"]
            ),
            css=(own / "page.css").read_text(encoding="utf-8"),
            js=(own / "page.js").read_text(encoding="utf-8"),
            i18n=translations(),
            ssr_mode=False,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            pwa=False,
            mcp_server=False,
        )


def _no_farewell(record: logging.LogRecord) -> bool:
    """Pages that were still open when the server was stopped are no fault to be told of."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


def _opener(door: Door) -> Any:
    """Signing in, off the loop that serves everybody: hashing takes its time on purpose."""

    async def opens(name: str, password: str) -> bool:
        return await asyncio.to_thread(door.opens, name, password)

    return opens


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the page proves itself with (TLS 证书和私钥), both PEM files."""

    chain: Path
    key: Path

    def checked(self) -> dict[str, Any]:
        """As options of uvicorn. Raises BadInput where the two are no certificate and its key."""
        import ssl

        from assistant import BadInput

        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(self.chain, self.key, _no_password)
        except (OSError, ValueError) as error:
            raise BadInput(
                f"证书 {self.chain} 和私钥 {self.key} 用不了：{error}。请给 PEM 格式、相配、私钥不带口令的一对。"
            ) from error
        return {"ssl_certfile": str(self.chain), "ssl_keyfile": str(self.key)}


def _no_password() -> str:
    raise ValueError("私钥带口令")


def serve(
    settings: Settings, host: str, port: int, users: Path | None = None, certificate: Certificate | None = None
) -> None:
    """Serves the page until stopped. Another address than this machine's own needs users who sign in."""
    gc.disable()  # nothing that is made until the page is up ever becomes garbage
    from assistant import Assistant, BadInput, Door, read_users

    local = host in guard.LOCAL
    if not local and users is None:
        raise BadInput(f"监听 {host} 会让别的机器也能打开网页，须先有用户：heshu user add 名字，再加 --auth 用户文件。")
    if users is not None and not read_users(users):
        raise BadInput(f"用户文件 {users} 里没有用户。先用 heshu user add 名字 --file {users}。")
    secured = certificate.checked() if certificate else {}
    os.environ.update(QUIET)
    with tempfile.TemporaryDirectory(prefix="heshu-") as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder
        import uvicorn

        with Assistant(settings, chained=True) as assistant:
            logging.getLogger("uvicorn.error").addFilter(_no_farewell)
            app = application(assistant, Door(users) if users else None, local)
            gc.freeze()
            gc.enable()
            soon = threading.Timer(WARM_UP, assistant.warm)
            soon.daemon = True
            soon.start()
            uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=2, **secured)
