"""What every response carries and every request must satisfy: security headers, a host that is meant, a sane size."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""No picture, script or font from another host, whatever a report or a model writes. Gradio itself needs the inline
scripts; what it shows is escaped before it gets there."""
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
LOCAL = ("127.0.0.1", "localhost", "[::1]", "::1")
CLOSED = (
    "/gradio_api/proxy=",
    "/proxy=",
    "/gradio_api/component_server",
    "/gradio_api/process_recording",
    "/monitoring",
)
"""Doors of Gradio's that this page has no use for."""
REMOTE = ("/gradio_api/file=http:", "/gradio_api/file=https:", "/gradio_api/file=//", "/file=http")
"""Gradio would fetch these from the network."""


Application = Callable[[Any, Any, Any], Awaitable[None]]


class Guard:
    """ASGI middleware; passes streams through untouched."""

    def __init__(self, app: Application, local: bool) -> None:
        self._app = app
        self._local = local

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Refuses what is not meant for this page; adds the headers to all else."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)

        async def headed(message: Any) -> None:
            if message["type"] == "http.response.start":
                given = [(name, value) for name, value in message["headers"] if name.lower() not in HEADERS]
                message = {**message, "headers": [*given, *HEADERS.items()]}
            await send(message)

        if refused:
            await headed({"type": "http.response.start", "status": refused, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, headed)

    def _refused(self, scope: Any) -> int:
        """The status to refuse with; 0 for what may pass. A page of this machine only answers to its own names, so
        that no other site can reach it through a name that it points here (DNS rebinding)."""
        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        if self._local and host.rsplit(":", 1)[0].lower() not in LOCAL and host.lower() not in LOCAL:
            return 421
        path = scope["path"].lower()
        return 404 if path.startswith((*CLOSED, *REMOTE)) or "\\" in path or "\0" in path else 0
