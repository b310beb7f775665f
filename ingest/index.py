"""Chroma as a cache of the store's vectors: the passages nearest in meaning among very many reports.

Holds nothing that the store does not; it may be deleted at any time and is filled again. Written only by the process
that owns the data folder. While it is damaged, missing or away, `near` says None and search compares exactly.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from ingest.embedding import unpack_vectors
from ingest.errors import Unavailable
from ingest.store import Store
from ingest.store.manifest import Entry

Floats = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Told after each batch how many passages of how many are done."""

BATCH = 200
"""Passages per upsert; Chroma is fastest at 100 to 250."""

SHAPE = {"hnsw": {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 2000}}
"""How Chroma links and searches. Passages that are near-twins hide one another: of 50,000 such a search that follows
500 of them finds 98.0 % of the ten nearest, 1,000 99.1 %, 1,500 99.5 %, 2,000 99.7 %, each 500 more for 1 to 2 ms.
Filling takes as long as before."""

CHECK_SECONDS = 60
CANARIES = 20


class Index:
    """One Chroma collection, named after its store and what made its vectors.

    In a local folder, or on the `chroma run` server at `url`.
    """

    def __init__(self, home: Path, url: str = "") -> None:
        self._folder = home / "chroma"
        self._url = url
        self._open_mark = home / "chroma.open"
        self._collection: Any = None
        self._size = 0

    @property
    def ready(self) -> bool:
        """Whether the collection is open in this process and follows the store."""
        return self._collection is not None

    @staticmethod
    def load() -> None:
        """Load Chroma's library, which takes a second."""
        import chromadb  # noqa: F401

    def near(self, vector: Floats, count: int) -> list[tuple[str, float]] | None:
        """Ids and cosines of the nearest passages, best first; None while the index is not at hand."""
        if not self.ready:
            return None
        if not self._size:
            return []
        try:
            found = self._collection.query(
                query_embeddings=[vector], n_results=min(count, self._size), include=["distances"]
            )
        except _troubles():
            self._collection = None
            return None
        return [(id, 1 - distance) for id, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def follow(self, store: Store, name: str, told: Progress | None = None) -> None:
        """Bring the collection to the vectors that the store holds under `name`; rebuild it where it is damaged.

        Raises StoreBusy where another process owns the folder, Unavailable where the Chroma server is away.
        """
        store.owner.take()
        entries = tuple(entry for entry in store.list() if entry.chunks)
        try:
            collection = self._collection or self._opened(_named(store, name))
            _fill(collection, store, name, _lacking(collection, entries), told)
            _fill(collection, store, name, _astray(collection, entries), told)
            self._size = collection.count()
        except _troubles() as error:
            self.drop()
            raise Unavailable(f"向量库 Chroma 不可用（{error}）；已改用逐条精确比较，结果不受影响。") from error
        self._collection = collection

    def clear(self, store: Store, name: str) -> None:
        """Take the collection away, in its folder or on its server: the next `follow` fills a new one.

        Raises StoreBusy where another process owns the folder, and touches nothing of it then.
        """
        store.owner.take()
        self.drop()
        if self._url:
            with suppress(*_troubles()):  # none there, or the server is away: `follow` meets the same and tells
                self._client().delete_collection(_named(store, name))

    def close(self) -> None:
        """Let go of the collection; the next process then need not ask whether this one left it whole."""
        if self._collection is not None:
            self._collection = None
            _forget_clients()
            self._open_mark.unlink(missing_ok=True)

    def drop(self) -> None:
        """Forget the collection and, where it is local, delete it: the next `follow` fills a new one."""
        self._collection = None
        if not self._url:
            _forget_clients()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._open_mark.unlink(missing_ok=True)

    def _opened(self, name: str) -> Any:
        left_open = self._open_mark.exists()
        if not self._url and left_open and self._folder.exists() and not sound(self._folder, name):
            self.drop()
        self._open_mark.touch()
        return _collection(self._client(), name)

    def _client(self) -> Any:
        import chromadb

        if not self._url:
            return chromadb.PersistentClient(str(self._folder), settings=_settings())
        address = urlsplit(self._url)
        secure = address.scheme == "https"
        port = address.port or (443 if secure else 8000)
        return chromadb.HttpClient(host=address.hostname or "", port=port, ssl=secure, settings=_settings())


def _named(store: Store, name: str) -> str:
    return f"heshu-{store.name()}-{name}"


def sound(folder: Path, name: str) -> bool:
    """Whether some passages find themselves, tried in a child process: damage can kill the one that opens it."""
    command = [sys.executable, "-m", "ingest.index", str(folder), name]
    try:
        done = subprocess.run(
            command, cwd=Path(__file__).parents[1], capture_output=True, timeout=CHECK_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _canaries_find_themselves(folder: Path, name: str) -> bool:
    import chromadb

    client = chromadb.PersistentClient(str(folder), settings=_settings())
    collection = _collection(client, name)
    size = collection.count()
    for offset in range(0, size, max(1, size // CANARIES)):
        taken = collection.get(limit=1, offset=offset, include=["embeddings"])
        found = collection.query(query_embeddings=taken["embeddings"], n_results=1, include=["distances"])
        if not found["ids"][0] or (np.any(taken["embeddings"][0]) and found["distances"][0][0] > 1e-3):
            return False
    return True


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _collection(client: Any, name: str) -> Any:
    return client.get_or_create_collection(name, configuration=SHAPE, embedding_function=None)


def _lacking(collection: Any, entries: Sequence[Entry]) -> list[Entry]:
    """Reports not wholly in the collection: a report's first passage is written last and says which version it is."""
    wanted = {f"{entry.id}:0": entry for entry in entries}
    there: dict[str, str] = {}
    for ids in _batches(list(wanted), 5000):
        got = collection.get(ids=ids, include=["metadatas"])
        there.update({id: meta["added"] for id, meta in zip(got["ids"], got["metadatas"], strict=True)})
    return [entry for id, entry in wanted.items() if there.get(id) != entry.added]


def _fill(collection: Any, store: Store, name: str, entries: Sequence[Entry], told: Progress | None) -> None:
    done, total = 0, sum(entry.chunks for entry in entries)
    rows = _rows(store, name, entries)
    while batch := list(islice(rows, BATCH)):
        ids, vectors, metadatas = map(list, zip(*batch, strict=True))
        collection.upsert(ids=ids, embeddings=np.stack(vectors), metadatas=metadatas)
        done += len(batch)
        if told is not None:
            told(done, total)


def _rows(store: Store, name: str, entries: Sequence[Entry]) -> Iterator[tuple[str, Floats, dict[str, str] | None]]:
    """Id, vector and metadata of each passage of these reports: the first of each last, with the report's version."""
    for entry in entries:
        if body := store.derived(name, [entry.id]).get(entry.id):
            rows = unpack_vectors(body)
            for ordinal in reversed(range(len(rows))):
                yield f"{entry.id}:{ordinal}", rows[ordinal], None if ordinal else {"added": entry.added}


def _astray(collection: Any, entries: Sequence[Entry]) -> list[Entry]:
    """Where the count is wrong: take out passages of reports that are gone, and name the reports that miss some."""
    if collection.count() == sum(entry.chunks for entry in entries):
        return []
    there = set(collection.get(include=[])["ids"])
    wanted = {f"{entry.id}:{ordinal}": entry for entry in entries for ordinal in range(entry.chunks)}
    for ids in _batches(sorted(there - wanted.keys()), 5000):
        collection.delete(ids=ids)
    return list({wanted[id].id: wanted[id] for id in wanted.keys() - there}.values())


def _batches(items: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _forget_clients() -> None:
    """Chroma keeps one client per folder; a deleted folder needs a new one."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def _troubles() -> tuple[type[Exception], ...]:
    """What Chroma raises when its files or its server are not well."""
    import httpx
    from chromadb.errors import ChromaError

    return (ChromaError, httpx.HTTPError, OSError, RuntimeError, ValueError, KeyError)


if __name__ == "__main__":
    sys.exit(0 if _canaries_find_themselves(Path(sys.argv[1]), sys.argv[2]) else 1)
