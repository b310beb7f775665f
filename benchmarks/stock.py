"""The stock LangChain road of the tutorials, to be measured against: text splitter, Chroma, vectors as ours."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingest.embedding import embedding

NEEDS = ("langchain_chroma", "langchain_text_splitters")
"""Modules of the extra `bench` that this road takes."""

Rank = Callable[[str], Sequence[str]]
"""A system: from a question to ids (or texts), best first."""


def stock(texts: dict[str, str], by_text: bool, folder: Path | None = None) -> Rank:
    """The road of the tutorials: split at 500 characters, 50 of overlap, Chroma (`folder` or memory), our vectors."""
    import chromadb
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50)
    documents = splitter.split_documents([Document(text, metadata={"id": id}) for id, text in texts.items()])
    client = chromadb.PersistentClient(str(folder)) if folder else chromadb.EphemeralClient()
    kept = Chroma(client=client, collection_name=f"stock{time.monotonic_ns()}", embedding_function=Vectors())  # type: ignore[arg-type]
    for start in range(0, len(documents), 5000):
        kept.add_documents(documents[start : start + 5000])

    def rank(asked: str) -> Sequence[str]:
        found = kept.similarity_search(asked, k=30)
        return list(dict.fromkeys(one.page_content if by_text else one.metadata["id"] for one in found))

    return rank


class Vectors:
    """Our model in LangChain's shape: the vectors sentence-transformers makes of the folder, of questions too."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in embedding().passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        return list(map(float, embedding().passages([text])[0]))


def best(ids: Sequence[str], scores: Any) -> list[str]:
    """The thirty ids that score highest, best first."""
    return [ids[place] for place in np.argsort(-np.asarray(scores), kind="stable")[:30]]
