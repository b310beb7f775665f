"""A small OpenAI-compatible server on loopback that says what a test wants it to say, over real sockets."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Say = Callable[[str], str]
"""Makes the model's words out of the prompt it was given."""


@dataclass
class Play:
    """How the server behaves: its words, and what goes wrong on the way."""

    say: Say = lambda prompt: ""
    status: int = 200
    stall: float = 0.0
    """Seconds of silence in the middle of the stream."""
    cut: bool = False
    """The stream ends in the middle of an event."""
    endless: bool = False
    raw: bytes = b""
    """Sent in the middle of the stream as it is: a broken event, bytes that are no text."""
    pace: float = 0.0
    """Tokens (characters) a second; 0: as fast as it goes."""
    piece: int = 7
    """Characters in one event of the stream; real servers send token by token."""
    busy: int = 0
    """So many requests are answered with 429 first."""
    plain: bool = False
    """The server knows no options: one that asks for structured output is refused with 400."""
    usage: tuple[int, int] | None = None
    """Tokens in and out, told at the end where the client asks for them."""
    left: threading.Event = field(default_factory=threading.Event)
    """Set when a client went away in the middle of an answer."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)


@contextmanager
def serving(play: Play) -> Iterator[str]:
    """The base URL of a server that plays `play` until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            play.requests.append(body)
            play.prompts.append("\n".join(str(message["content"]) for message in body["messages"]))
            if play.status != 200:
                return self._refuse(play.status)
            if len(play.requests) <= play.busy:
                return self._refuse(429)
            if play.plain and ("response_format" in body or "stream_options" in body):
                return self._refuse(400)
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                self._stream(play.say(play.prompts[-1]), "stream_options" in body)
            except (BrokenPipeError, ConnectionResetError):
                play.left.set()

        def _refuse(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def _stream(self, words: str, with_usage: bool) -> None:
            pieces = [words[at : at + play.piece] for at in range(0, len(words), play.piece)]
            for number, piece in enumerate(pieces):
                if play.stall and number == len(pieces) // 2:
                    time.sleep(play.stall)
                if play.raw and number == len(pieces) // 2:
                    self.wfile.write(play.raw)
                if play.pace:
                    time.sleep(len(piece) / play.pace)
                self._event(piece)
            while play.endless:
                self._event("没完没了" * 50)
            if play.cut:
                self.wfile.write(b'data: {"id": "1", "choices": [{"del')
                return
            self._event("", finish="stop")
            if with_usage and play.usage:
                counts = {"prompt_tokens": play.usage[0], "completion_tokens": play.usage[1]}
                self._send([], {**counts, "total_tokens": sum(play.usage)})
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, piece: str, finish: str | None = None) -> None:
            choice = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": finish}
            self._send([choice])

        def _send(self, choices: list[dict[str, Any]], usage: dict[str, int] | None = None) -> None:
            event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": choices}
            event |= {"usage": usage} if usage else {}
            self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
            self.wfile.flush()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
