"""The language model behind HESHU_MODEL: opens it, asks it, bounds time, retries and length. Trusts nothing it says."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from assistant.events import Completions
from assistant.settings import Settings
from ingest.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MAX_CHARACTERS = 20_000
"""A draft longer than this is cut off: an answer has a few hundred."""
RETRIES = 2
OFTEN = 0.2
"""Seconds between two words about how far the model is."""
BACKOFF = 0.4
"""Seconds before the first retry; doubled for each one after it."""
BUSY = frozenset({408, 409, 429, 500, 502, 503, 504})
"""Answers of a server that may be another one a moment later."""
UNSUPPORTED = frozenset({400, 404, 415, 422})
"""Answers of a server that does not know an option."""
ENDINGS = frozenset({"finish_reason", "stop_reason", "done_reason"})
"""Where providers say that a stream ended as it should; a stream without any of them was cut."""
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_SLOT = re.compile(r"\{{1,2}\s*[A-Za-z]")
"""A text that begins with a slot is no broken object."""
_FENCE = re.compile(r"^```(?:json)?\s*|\s*```$")


class Draft(BaseModel):
    """What the model is asked to return: an answer with slots in place of figures."""

    answer: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class _Heard:
    """What came of a stream since it was told of last, with whether it ended as it should and what it cost so far."""

    text: str
    finished: bool
    usage: dict[str, int]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A draft with what it cost: tokens as the service reports them, 0 where it does not."""

    draft: Draft
    tokens_in: int = 0
    tokens_out: int = 0


def open_model(settings: Settings) -> BaseChatModel:
    """The chat model named `provider:name`. Raises BadInput when the name or its package is not there."""
    from langchain.chat_models import init_chat_model

    provider, _, name = settings.model.partition(":")
    if not (provider and name):
        raise BadInput(f"HESHU_MODEL 应写成“提供方:模型名”，如 openai:qwen-plus，现为“{settings.model}”。")
    given: dict[str, Any] = {"timeout": settings.model_timeout, "max_retries": 0, "temperature": 0}
    if settings.model_url:
        given["base_url"] = settings.model_url
    if settings.model_key or settings.model_url:
        given["api_key"] = settings.model_key or "none"
    try:
        return _lightly_read(init_chat_model(settings.model, **given))
    except ImportError as error:
        other = "或写成 openai:模型名，并用 HESHU_MODEL_URL 给出 OpenAI 兼容的地址"
        raise BadInput(f"模型 {settings.model} 还缺一个程序包：{_first(error)}。请安装后重试，{other}。") from error
    except Exception as error:  # a provider's package may raise anything of its own
        raise BadInput(f"打不开模型 {settings.model}：{_first(error)}。请检查名称、地址和密钥。") from error


def _lightly_read(model: BaseChatModel) -> BaseChatModel:
    """The model, its stream read in large pieces where its client is OpenAI's."""
    if model._llm_type == "openai-chat":
        opened: Any = model
        opened.client = Completions(opened.client)
    return model


def _first(error: Exception) -> str:
    """The first line of what a package says."""
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".。")


def ask_model(model: BaseChatModel, messages: Sequence[tuple[str, str]], seconds: float) -> Spoken:
    """The model's draft, waited for. Raises Unavailable, with the reason in Chinese, on any failure."""
    *_, last = speak(model, messages, seconds)
    assert isinstance(last, Spoken)
    return last


def speak(
    model: BaseChatModel, messages: Sequence[tuple[str, str]], seconds: float
) -> Generator[int | Spoken, None, None]:
    """How many characters the model has written so far, again and again, and at last its draft.

    The first word, 0, comes when it has been asked: there is time to do something else. Raises Unavailable on any
    failure, stall, cut or endless output; `seconds` bound the whole of it, retries included. Closing the iterator ends
    the call: the connection is let go with the next piece that arrives.
    """
    heard: Queue[Any] = Queue()
    gone, deadline = threading.Event(), time.monotonic() + seconds
    threading.Thread(target=_pump, args=(model, list(messages), heard, gone), daemon=True).start()
    try:
        yield 0
        yield from _listened(heard, deadline, seconds)
    finally:
        gone.set()


def _listened(heard: Queue[Any], deadline: float, seconds: float) -> Iterator[int | Spoken]:
    said, finished, usage = "", False, dict[str, int]()
    while (one := _next(heard, deadline, seconds)) is not None:
        said, finished, usage = said + one.text, one.finished, one.usage
        if len(said) > MAX_CHARACTERS:
            raise Unavailable("模型的输出过长，已停止")
        yield len(said)
    if not finished:
        raise Unavailable("模型的话没有说完，连接断了")
    yield Spoken(parse(said), usage.get("input_tokens", 0), usage.get("output_tokens", 0))


def _next(heard: Queue[Any], deadline: float, seconds: float) -> _Heard | None:
    """What came next, None at the end of the stream."""
    try:
        item = heard.get(timeout=max(0.0, deadline - time.monotonic()))
    except Empty:
        raise Unavailable(f"模型 {seconds:g} 秒内没有答完") from None
    if isinstance(item, Unavailable):
        raise item
    if isinstance(item, Exception):
        status = getattr(item, "status_code", None)
        raise Unavailable(f"模型服务出错（{f'HTTP {status}' if status else type(item).__name__}）") from item
    told: _Heard | None = item
    return told


def _pump(model: BaseChatModel, messages: list[tuple[str, str]], heard: Queue[Any], gone: threading.Event) -> None:
    """Puts what the model says into `heard`, then None; or the exception that ended it.

    Runs in a thread of its own, since a provider's client may wait for longer than a reader will. While nothing was
    said yet, a busy or absent server is asked again, and one that knows no JSON mode is asked without it.
    """
    options, tries = _options(model), 0
    while True:
        said = False
        try:
            with closing(model.stream(messages, **options)) as stream:  # type: ignore[type-var]  # it is a generator
                for one in _gathered(stream, gone):
                    said = True
                    heard.put(one)
            heard.put(None)
            return
        except Exception as error:  # noqa: BLE001  # any provider's client may raise anything; the reader is told
            if options and not said and getattr(error, "status_code", None) in UNSUPPORTED:
                options = {}
                continue
            pause = _pause(error, tries)
            tries += 1
            if said or pause is None or tries > RETRIES or gone.wait(pause):
                heard.put(error)
                return


def _gathered(stream: Iterable[Any], gone: threading.Event) -> Iterator[_Heard]:
    """The pieces of a stream until nobody listens: the first at once, then all that came in a fifth of a second.

    A server sends hundreds; to wake the reader for each would cost more than reading it.
    """
    pieces: list[str] = []
    finished, usage, told = False, dict[str, int](), 0.0
    for chunk in stream:
        pieces.append(_text(chunk.content))
        finished |= bool(ENDINGS & chunk.response_metadata.keys())
        usage = dict(getattr(chunk, "usage_metadata", None) or usage)
        if gone.is_set():
            return
        if time.monotonic() >= told + OFTEN:
            yield _Heard("".join(pieces), finished, usage)
            pieces.clear()
            told = time.monotonic()
    yield _Heard("".join(pieces), finished, usage)


def _options(model: BaseChatModel) -> dict[str, Any]:
    """Structured output and usage, asked of the servers whose interface has a word for them."""
    if not model._llm_type.startswith("openai"):
        return {}
    return {"extra_body": {"response_format": {"type": "json_object"}}, "stream_usage": True}


def _pause(error: Exception, attempt: int) -> float | None:
    """Seconds to wait before asking again: what the server says, else longer each time; None where it is no use."""
    status = getattr(error, "status_code", None)
    if status not in BUSY and not (status is None and "Connection" in type(error).__name__):
        return None
    headers = getattr(getattr(error, "response", None), "headers", {})
    told = str(headers.get("retry-after", ""))
    return float(told) if told.isdecimal() else BACKOFF * 2**attempt


def parse(text: str) -> Draft:
    """The draft in a model's output: the JSON object asked for, wherever it stands, or else the plain text as it is.

    What a model thinks aloud is left out. Raises Unavailable for an object that is broken or lacks the answer.
    """
    bare = _FENCE.sub("", _THOUGHT.sub("", text).strip()).strip()
    for found in re.finditer(r"\{", bare):
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(bare, found.start())
            return Draft.model_validate(value)
        except (json.JSONDecodeError, ValidationError, RecursionError):
            continue
    if bare.startswith("{") and not _SLOT.match(bare):
        raise Unavailable("模型没有按格式作答")
    if not bare:
        raise Unavailable("模型没有给出内容")
    return Draft(answer=bare)


def _text(content: object) -> str:
    """Text parts only: pictures and other parts of a message are dropped."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in content)
    return ""
