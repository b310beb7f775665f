"""The language model behind HESHU_MODEL: opens it, asks it once, bounds time and length. Trusts nothing it says."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from assistant.settings import Settings
from ingest.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MAX_CHARACTERS = 20_000
"""A draft longer than this is cut off: an answer has a few hundred."""
RETRIES = 2
ENDINGS = frozenset({"finish_reason", "stop_reason", "done_reason"})
"""Where providers say that a stream ended as it should; a stream without any of them was cut."""
_FENCE = re.compile(r"^```(?:json)?\s*|\s*```$")


class Draft(BaseModel):
    """What the model is asked to return: an answer with slots in place of figures."""

    answer: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A draft with what it cost: tokens as the service reports them, 0 where it does not."""

    draft: Draft
    tokens_in: int = 0
    tokens_out: int = 0


def open_model(settings: Settings) -> BaseChatModel:
    """The chat model named `provider:name`. Raises BadInput when the name or its package is not there."""
    from langchain.chat_models import init_chat_model

    if ":" not in settings.model:
        raise BadInput(f"HESHU_MODEL 应写成“提供方:模型名”，如 openai:qwen-plus，现为“{settings.model}”。")
    given: dict[str, Any] = {"timeout": settings.model_timeout, "max_retries": RETRIES, "temperature": 0}
    if settings.model_url:
        given["base_url"] = settings.model_url
    if settings.model_key or settings.model_url:
        given["api_key"] = settings.model_key or "none"
    try:
        model: BaseChatModel = init_chat_model(settings.model, **given)
        return model
    except ImportError as error:
        raise BadInput(f"模型 {settings.model} 还缺一个程序包：{error}。请安装后重试。") from error
    except ValueError as error:
        raise BadInput(f"打不开模型 {settings.model}：{error}。") from error


def ask_model(
    model: BaseChatModel,
    messages: Sequence[tuple[str, str]],
    seconds: int,
    clock: Callable[[], float] = time.monotonic,
) -> Spoken:
    """The model's draft. Raises Unavailable, with the reason in Chinese, on any failure, stall or endless output."""
    pieces: list[str] = []
    usage: dict[str, int] = {}
    finished = False
    deadline = clock() + seconds
    try:
        for chunk in model.stream(list(messages)):
            pieces.append(_text(chunk.content))
            finished |= bool(ENDINGS & chunk.response_metadata.keys())
            usage = dict(getattr(chunk, "usage_metadata", None) or usage)
            if clock() > deadline:
                raise Unavailable(f"模型 {seconds} 秒内没有答完")
            if sum(map(len, pieces)) > MAX_CHARACTERS:
                raise Unavailable("模型的输出过长，已停止")
    except Unavailable:
        raise
    except Exception as error:  # any provider's client may raise anything; the reader still gets an answer
        raise Unavailable(f"模型服务出错（{type(error).__name__}）") from error
    text = "".join(pieces).strip()
    if not finished:
        raise Unavailable("模型的话没有说完，连接断了")
    if not text:
        raise Unavailable("模型没有给出内容")
    return Spoken(parse(text), usage.get("input_tokens", 0), usage.get("output_tokens", 0))


def parse(text: str) -> Draft:
    """The draft in a model's output: the JSON object asked for, or else the plain text as it is."""
    bare = _FENCE.sub("", text.strip())
    start, end = bare.find("{"), bare.rfind("}")
    if 0 <= start < end:
        try:
            return Draft.model_validate(json.loads(bare[start : end + 1]))
        except (json.JSONDecodeError, ValidationError):
            pass
    return Draft(answer=bare)


def _text(content: object) -> str:
    """Text parts only: pictures and other parts of a message are dropped."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in content)
    return ""
