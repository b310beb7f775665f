"""Text to vectors of length one: the embedded static model in NumPy alone, or any sentence-transformers model.

The light road gives the same vectors as sentence-transformers (a test proves it) without importing torch.
Never runs code that comes with a model, and never mixes vectors of two models: see `digest`.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl

import numpy as np
from numpy.typing import NDArray

from ingest.chunking import RULES
from ingest.errors import BadInput, Unavailable
from ingest.everyday import official

Floats = NDArray[np.float32]
EMBEDDED = Path(__file__).with_name("model")
BATCH = 64
BACKENDS = ("torch", "onnx", "openvino")


class Embedding(Protocol):
    """A model of meaning. `digest` names everything that shapes its vectors: model, prefixes, chunk rules."""

    @property
    def name(self) -> str: ...
    @property
    def digest(self) -> str: ...
    def passages(self, texts: Sequence[str]) -> Floats:
        """One row of length one for each text; a text without a known word gives a row of zeros."""

    def query(self, text: str) -> Floats:
        """The vector of a question."""


def embedding(name: str = "") -> Embedding:
    """The model of that name or path; the embedded one for "".

    Options follow a question mark: `bge-small-zh-v1.5?backend=onnx&local=yes`. Raises BadInput, Unavailable.
    """
    place, _, asked = name.partition("?")
    options = dict(parse_qsl(asked))
    if unknown := sorted(set(options) - {"backend", "dtype", "local"}):
        raise BadInput(f"向量模型的选项 {'、'.join(unknown)} 不认识；可用 backend、dtype、local。")
    if not place or is_static(Path(place)):
        return _static(Path(place) if place else EMBEDDED)
    return TransformerModel(place, **options)


@lru_cache(maxsize=4)
def _static(folder: Path) -> StaticModel:
    """Loaded once in a process, whoever asks."""
    return StaticModel(folder)


def is_static(folder: Path) -> bool:
    """Whether this is a StaticEmbedding folder (with or without Normalize) that needs no torch to run."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [module["type"].rpartition(".")[2] for module in modules]
    except (OSError, ValueError, KeyError):
        return False
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


class StaticModel:
    """A mean of word vectors. Loads on first use, in milliseconds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = "heshu-static" if folder == EMBEDDED else str(folder)

    @cached_property
    def digest(self) -> str:
        """Digest of the two files that make the vectors, and of the chunk rules."""
        total = hashlib.sha256(RULES.encode())
        for file in ("model.safetensors", "tokenizer.json"):
            total.update((self._folder / file).read_bytes())
        return total.hexdigest()[:12]

    @cached_property
    def _weights(self) -> Floats:
        from safetensors.numpy import load_file

        weights: Floats = load_file(self._folder / "model.safetensors")["embedding.weight"].astype(np.float32)
        return weights

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        return tokenizer

    def passages(self, texts: Sequence[str]) -> Floats:
        """Means of word vectors, each of length one."""
        coded = [code.ids for code in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        means = np.zeros((len(coded), self._weights.shape[1]), np.float32)
        for row, ids in enumerate(coded):
            if ids:
                means[row] = self._weights[ids].mean(axis=0)
        return normalised(means)

    def query(self, text: str) -> Floats:
        """Questions and passages share one space; a question comes with the official words for what it says.

        A mean of words takes more of them without harm. A model that reads sentences is given the question as it is.
        """
        row: Floats = self.passages([" ".join([text, *official(text)])])[0]
        return row


@dataclass(frozen=True, slots=True)
class Prefix:
    """What a model wants before a question and before a passage."""

    query: str = ""
    passage: str = ""


def prefix_of(name: str) -> Prefix:
    """The prefixes of a model, from embedding.toml; none for a model not listed."""
    table = tomllib.loads(Path(__file__).with_name("embedding.toml").read_text(encoding="utf-8"))
    last = name.rstrip("/").rpartition("/")[2].lower()
    for row in table["prefix"]:
        if fnmatchcase(last, row["match"]):
            return Prefix(row["query"], row["passage"])
    return Prefix()


class TransformerModel:
    """Any sentence-transformers model, on the CPU or whatever torch finds. Loads on first use."""

    def __init__(self, name: str, backend: str = "torch", dtype: str = "float32", local: str = "") -> None:
        if backend not in BACKENDS:
            raise BadInput(f"向量模型的 backend 只能是 {'、'.join(BACKENDS)}，现为“{backend}”。")
        if dtype not in ("float32", "float16", "bfloat16"):
            raise BadInput(f"向量模型的 dtype 只能是 float32、float16、bfloat16，现为“{dtype}”。")
        self.name = name
        self._backend: Any = backend
        self._dtype = dtype
        self._local = local in ("yes", "true", "1") or Path(name).is_dir()
        self._prefix = prefix_of(name)

    @cached_property
    def _model(self) -> Any:
        import torch
        from sentence_transformers import SentenceTransformer

        if self._dtype == "float16" and not torch.cuda.is_available():
            raise BadInput("没有显卡时不能用 dtype=float16（又慢又不准）；请去掉这个选项。")
        try:
            return SentenceTransformer(
                self.name,
                backend=self._backend,
                local_files_only=self._local,
                trust_remote_code=False,
                model_kwargs={} if self._dtype == "float32" else {"dtype": getattr(torch, self._dtype)},
            )
        except ImportError as error:
            raise BadInput(f"backend={self._backend} 需要另装软件包（{error}）。") from error
        except (OSError, ValueError) as error:
            raise Unavailable(
                f"向量模型“{self.name}”打不开：本机没有这个文件夹，也下载不到。"
                "请检查 HESHU_EMBEDDING，或清空它以使用自带模型。"
            ) from error

    @cached_property
    def digest(self) -> str:
        """Digest of the model's own description, its size, the prefixes and the chunk rules."""
        parts = [self.name, self._backend, self._dtype, self._prefix.query, self._prefix.passage, RULES]
        folder = Path(self.name)
        if folder.is_dir():
            parts += [f"{path.relative_to(folder)}:{_fingerprint(path)}" for path in sorted(folder.rglob("*.*"))]
        else:
            config = getattr(getattr(self._model[0], "auto_model", None), "config", None)
            parts.append(str(getattr(config, "_commit_hash", "")))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    def passages(self, texts: Sequence[str]) -> Floats:
        """Encoded with the passage prefix."""
        return self._encode([self._prefix.passage + text for text in texts])

    def query(self, text: str) -> Floats:
        """Encoded with the question prefix."""
        row: Floats = self._encode([self._prefix.query + text])[0]
        return row

    def _encode(self, texts: list[str]) -> Floats:
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension()), np.float32)
        rows = self._model.encode(texts, batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True)
        return normalised(rows.astype(np.float32))


def _fingerprint(path: Path) -> str:
    """Content of a small file, size of a large one."""
    size = path.stat().st_size
    return hashlib.sha256(path.read_bytes()).hexdigest() if size < 1_000_000 else str(size)


def normalised(rows: Floats) -> Floats:
    """Rows brought to length one; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    unit: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit


def pack_vectors(rows: Floats) -> bytes:
    """Vectors as bytes in half precision, led by their width."""
    return np.uint32(rows.shape[1]).tobytes() + rows.astype(np.float16).tobytes()


def unpack_vectors(body: bytes) -> Floats:
    """The inverse of `pack_vectors`."""
    width = int(np.frombuffer(body, np.uint32, 1)[0])
    return np.frombuffer(body, np.float16, offset=4).reshape(-1, width).astype(np.float32)
