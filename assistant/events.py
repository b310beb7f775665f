"""The events that an OpenAI-compatible server streams (SSE), read a few times a second rather than token by token.

A server sends hundreds of them for one answer. OpenAI's client makes a validated object of each and LangChain a message
of that: for twenty readers at once more work than all of ours. Here what came meanwhile is one piece.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from ingest.errors import Unavailable

PAUSE = 0.04
"""Seconds from one read to the next: no eye sees it."""
LONGEST = 1_000_000
"""Bytes of one event: an answer has a few thousand."""
FIELDS = (b"data:", b":", b"event:", b"id:", b"retry:")
"""How a line of a stream may begin; behind any other words may be lost."""
Event = dict[str, Any]


class Completions:
    """The `chat.completions` of OpenAI's client as LangChain calls it, streaming mappings in large pieces."""

    def __init__(self, completions: Any) -> None:
        self._completions = completions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._completions, name)

    @contextmanager
    def create(self, **payload: Any) -> Iterator[Iterator[Event]]:
        """The stream of an answer; leaving the block lets go of the connection."""
        with self._completions.with_streaming_response.create(**payload) as response:
            yield events(response.iter_bytes())


def events(parts: Iterable[bytes]) -> Iterator[Event]:
    """What a server streams up to its [DONE], the words of one read joined. Raises Unavailable where it says an error.

    Bytes that are no text and events that are no object are for the reader of the stream to stumble over.
    """
    rest = b""
    for part in parts:
        read = time.monotonic()
        *lines, rest = (rest + part).replace(b"\r\n", b"\n").split(b"\n")
        if len(rest) > LONGEST:
            raise Unavailable("模型的输出过长，已停止")
        if not all(line.startswith(FIELDS) for line in lines if line):
            raise Unavailable("模型服务的话断续不清")
        said = [line[5:].strip() for line in lines if line.startswith(b"data:")]
        ended = b"[DONE]" in said
        yield from joined([json.loads(one) for one in said[: said.index(b"[DONE]") if ended else None]])
        if ended:
            return
        time.sleep(max(0.0, read + PAUSE - time.monotonic()))


def joined(read: Iterable[Event]) -> Iterator[Event]:
    """The same events, those that follow one another with nothing but words in them as one."""
    held: Event | None = None
    for event in read:
        if "error" in event:
            raise Unavailable("模型服务在作答时报错")
        if held is not None and _words(held) and _words(event):
            held["choices"][0]["delta"]["content"] += event["choices"][0]["delta"]["content"]
            continue
        if held is not None:
            yield held
        held = event
    if held is not None:
        yield held


def _words(event: Event) -> bool:
    """Whether an event brings nothing but more words of the answer."""
    match event:
        case {"choices": [{"delta": {"content": str(), **others}, **state}], **about}:
            told = (*others.items(), *state.items(), ("usage", about.get("usage")))
            return not any(value for key, value in told if key not in ("role", "index"))
    return False
