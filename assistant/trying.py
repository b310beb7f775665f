"""Tries a language model or an embedding model that is about to be set (试连): one plain sentence, good or bad."""

from __future__ import annotations

import time

from assistant.model import ask_model, open_model
from assistant.settings import Settings
from ingest.embedding import embedding
from ingest.errors import HeshuError

PATIENCE = 20
"""Seconds a model has for its first words."""
HELLO = (
    ("system", 'Answer with JSON only: {"answer": "...", "refused": false}'),
    ("user", "请只回答：好。"),
)
LIKE, ALIKE, OTHER = "一般公共预算支出决算数", "一般公共预算财政拨款支出的决算金额", "天气晴朗，适合出游"


def try_model(settings: Settings) -> tuple[bool, str]:
    """Whether the model answers at all, and how fast; the sentence never holds the key."""
    if not settings.model:
        return True, "没有设置语言模型：由内置作答器作答，不需要模型。"
    began = time.monotonic()
    try:
        said = ask_model(open_model(settings), HELLO, min(settings.model_timeout, PATIENCE))
    except HeshuError as error:
        return False, _without(settings.model_key, f"模型 {settings.model} 没有作答：{error}")
    except Exception as error:  # noqa: BLE001  # a provider's package may raise anything, and the page must still say one sentence
        return False, _without(settings.model_key, f"模型 {settings.model} 打不开：{type(error).__name__}：{error}")
    seconds = time.monotonic() - began
    return True, f"模型 {settings.model} 已作答，用时 {seconds:.1f} 秒，共 {len(said.draft.answer)} 字。"


def try_embedding(settings: Settings) -> tuple[bool, str]:
    """Whether the embedding loads, and tells a paraphrase from something else."""
    name = settings.embedding or "自带模型"
    began = time.monotonic()
    try:
        model = embedding(settings.embedding)
        near, far = (float(likeness) for likeness in model.passages([ALIKE, OTHER]) @ model.query(LIKE))
    except HeshuError as error:
        return False, f"向量模型 {name} 用不了：{error}"
    except Exception as error:  # noqa: BLE001  # as above: any package's error becomes one sentence
        return False, f"向量模型 {name} 打不开：{type(error).__name__}：{error}"
    seconds = time.monotonic() - began
    if near <= far:
        return False, f"向量模型 {name} 分不清近义和无关的句子（{near:.2f}≤{far:.2f}），请换一个。"
    return True, f"向量模型 {name} 可用：近义 {near:.2f}，无关 {far:.2f}，用时 {seconds:.1f} 秒。"


def _without(key: str, said: str) -> str:
    return said.replace(key, "（密钥）") if key else said
