"""The events of a streaming server: read in any cut, joined where they bring nothing but words, ended by [DONE]."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.events import LONGEST, events, joined
from ingest.errors import Unavailable


def piece(words: str, **state: Any) -> dict[str, Any]:
    return {"id": "1", "choices": [{"index": 0, "delta": {"role": "assistant", "content": words}, **state}]}


SAID = [
    piece("支出"),
    piece("\u2028为"),
    piece("80万元"),
    piece("", finish_reason="stop"),
    {"choices": [], "usage": {"n": 1}},
]
SENT = b": hello\r\n\r\n" + b"".join(f"data: {json.dumps(one, ensure_ascii=False)}\r\n\r\n".encode() for one in SAID)


def words(read: Iterator[dict[str, Any]]) -> str:
    return "".join(choice["delta"]["content"] for event in read for choice in event["choices"])


@pytest.mark.parametrize("size", [97, 200, 4000])
def test_a_stream_says_the_same_however_it_is_cut(size: int) -> None:
    """Cuts fall into events, lines and characters; nothing behind [DONE] counts."""
    data = SENT + b"data: [DONE]\n\ndata: {broken\n\n"
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    assert words(events(parts)) == "支出\u2028为80万元"
    assert list(events(parts))[-1] == SAID[-1]


def test_only_words_are_joined() -> None:
    """What ends a stream, tells the cost or thinks aloud stays an event of its own."""
    thought = {"choices": [{"index": 0, "delta": {"content": "", "reasoning_content": "想"}}]}
    read = [piece("支出"), piece("为", finish_reason=None), thought, piece("80"), piece("万元"), *SAID[3:]]
    assert [words(iter([one])) for one in joined(read)] == ["支出为", "", "80万元", "", ""]


@pytest.mark.parametrize(
    "data",
    [b'data: {"error": {"message": "x"}}\n\n', b"data: " + b"x" * (LONGEST + 1), b'\xffdata: {"choices": []}\n\n'],
    ids=["error", "endless line", "noise before an event"],
)
def test_a_stream_that_fails_says_so(data: bytes) -> None:
    """An error told in the middle, one event without an end, noise that an event is lost behind."""
    with pytest.raises(Unavailable):
        list(events([data]))
