"""The passages that answer a question: words and meaning, weighed together, in one report or in all.

A few reports are searched exactly. Many are first narrowed to those worth opening (by words from the Directory, by
meaning from Chroma or, while that is gone, by exact comparison) and these are then searched exactly as well.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ingest import lexical
from ingest.chunk import Chunk
from ingest.embedding import Embedding, pack_vectors, unpack_vectors
from ingest.errors import StoreBusy
from ingest.index import Index
from ingest.progress import Told, silent
from ingest.store import Store

MEANING = 0.43
"""Weight of meaning (cosine) beside words (BM25 as a part of the best one), for each tenfold of passages in scope.

Within one report everything is about one subject and likeness of meaning tells little apart; among thousands of
passages it tells much. Measured on reports of 90 passages, 256 passages and 8,477 statutes (benchmarks/retrieval.py);
between 0.36 and 0.50 little changes.
"""

FEW = 48
"""So many reports are searched exactly; of more, the most promising ones are opened."""

NEAREST = 100
"""Passages asked of the vector index when narrowing."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found (命中)."""

    chunk: Chunk
    score: float
    why: str
    """What found it, for the reader: 词 0.83 义 0.41."""


@dataclass(slots=True)
class _Kept:
    """What has been read of the store, good for one revision of it."""

    revision: int = -1
    reports: tuple[str, ...] = ()
    shards: dict[str, lexical.Shard] = field(default_factory=dict)
    vectors: dict[str, Floats] = field(default_factory=dict)
    directory: lexical.Directory | None = None


class Search:
    """Retrieval (检索) over a store. Reads only; what is missing in the store is computed, and kept if we may write."""

    def __init__(self, store: Store, model: Embedding, index: Index | None = None) -> None:
        self._store = store
        self._model = model
        self._index = index
        self._mutex = threading.RLock()
        self._kept = _Kept()

    def derived(self, chunks: Sequence[Chunk]) -> dict[str, bytes]:
        """What search needs of a report, to be stored with it in one transaction (`Store.add(derived=…)`)."""
        texts = [chunk.embed_text or chunk.text for chunk in chunks]
        return {
            lexical.RULES: lexical.pack(lexical.shard(texts)),
            self._vectors_name: pack_vectors(self._model.passages(texts)),
        }

    def warm(self) -> None:
        """Load the dictionary of words, the model and Chroma, so that no passage waits for them."""
        lexical.words("预热")
        self._model.query("预热")
        if self._index is not None:
            self._index.load()

    def query(self, question: str, reports: Sequence[str] | None = None, k: int = 8) -> tuple[Hit, ...]:
        """The `k` best passages of these reports (of all for None), best first; none where nothing is alike."""
        asked, vector = lexical.query(question), self._model.query(question)
        with self._mutex:
            self._refresh()
            scope = self._kept.reports if reports is None else tuple(dict.fromkeys(reports))
            if len(scope) > FEW:
                rarities, among = self._directory().rarity(asked), self._directory().size
                scope = self._narrowed(asked, vector, frozenset(scope))
                shards, vectors = self._shards(scope), self._vectors(scope)
            else:
                shards, vectors = self._shards(scope), self._vectors(scope)
                rarities = lexical.rarity(asked, shards.values())
                among = sum(shard.size for shard in shards.values())
        parts = [
            (report, lexical.score(asked, rarities, shards[report]), vectors[report] @ vector)
            for report in scope
            if report in shards and report in vectors
        ]
        found = _Scores.of(parts, MEANING * math.log10(max(among, 10)))
        return self._hits(found, k)

    def sync(self, stage: Told = silent) -> None:
        """Compute what the store lacks for this model and bring Chroma up to it. Raises StoreBusy, Unavailable."""
        with self._mutex:
            self._refresh()
            for at, report in enumerate(self._kept.reports):
                stage("计算词和向量", at, len(self._kept.reports))
                self._shards([report])
                self._vectors([report])
            if self._index is not None:
                self._index.follow(
                    self._store, self._vectors_name, lambda done, total: stage("写入向量库", done, total)
                )

    def rebuild(self, stage: Told = silent) -> None:
        """Fill Chroma anew from the store. Raises StoreBusy, Unavailable."""
        with self._mutex:
            if self._index is not None:
                self._index.clear(self._store, self._vectors_name)
            self.sync(stage)

    # -- inside ------------------------------------------------------------------------------------------------------

    @property
    def _vectors_name(self) -> str:
        return f"vectors-{self._model.digest}"

    def _refresh(self) -> None:
        revision = self._store.revision()
        if revision != self._kept.revision:
            self._kept = _Kept(revision, tuple(entry.id for entry in self._store.list()))

    def _narrowed(self, asked: lexical.Query, vector: Floats, scope: frozenset[str]) -> tuple[str, ...]:
        """Reports worth opening: by words, then by meaning."""
        by_words = [report for report in self._directory().best(asked, FEW * 4) if report in scope][:FEW]
        return tuple(dict.fromkeys([*by_words, *self._alike(vector, scope)]))

    def _alike(self, vector: Floats, scope: frozenset[str]) -> Iterable[str]:
        """Reports of the passages nearest in meaning; exact where Chroma is not at hand."""
        near = self._index.near(vector, NEAREST) if self._index is not None else None
        if near is not None:
            return [report for report in (id.rpartition(":")[0] for id, _ in near) if report in scope]
        vectors = self._vectors(sorted(scope))
        best = {report: float((rows @ vector).max()) for report, rows in vectors.items() if len(rows)}
        return sorted(best, key=lambda report: -best[report])[:FEW]

    def _directory(self) -> lexical.Directory:
        if self._kept.directory is None:
            self._kept.directory = lexical.Directory(self._shards(self._kept.reports))
        return self._kept.directory

    def _shards(self, reports: Sequence[str]) -> dict[str, lexical.Shard]:
        kept = self._kept.shards
        missing = [report for report in reports if report not in kept]
        for report, body in self._bodies(lexical.RULES, missing).items():
            kept[report] = lexical.unpack(body)
        return {report: kept[report] for report in reports if report in kept}

    def _vectors(self, reports: Sequence[str]) -> dict[str, Floats]:
        kept = self._kept.vectors
        missing = [report for report in reports if report not in kept]
        for report, body in self._bodies(self._vectors_name, missing).items():
            kept[report] = unpack_vectors(body)
        return {report: kept[report] for report in reports if report in kept}

    def _bodies(self, name: str, reports: Sequence[str]) -> dict[str, bytes]:
        """Derived values from the store; those it lacks are computed, and kept where this process may write."""
        if not reports:
            return {}
        found = self._store.derived(name, reports)
        for report in reports:
            if report not in found and (chunks := self._store.chunks(report)):
                made = self.derived(chunks)
                found[report] = made[name]
                try:
                    self._store.derive(name, {report: made[name]})
                except StoreBusy:
                    continue
        return found

    def _hits(self, found: _Scores, k: int) -> tuple[Hit, ...]:
        places = found.best(k)
        ids = [found.id_of(place) for place in places]
        passages = self._store.passages(ids)
        return tuple(
            Hit(passages[id], float(found.fused[place]), found.why(place))
            for id, place in zip(ids, places, strict=True)
            if id in passages
        )


@dataclass(frozen=True, slots=True)
class _Scores:
    """Scores of all passages in scope, report after report."""

    reports: tuple[str, ...]
    starts: NDArray[np.intp]
    words: Floats
    meaning: Floats
    fused: Floats

    @staticmethod
    def of(parts: Sequence[tuple[str, Floats, Floats]], weight: float) -> _Scores:
        """Both scores of every passage of each report, and their weighted sum."""
        none: Floats = np.zeros(0, np.float32)
        words: Floats = np.concatenate([*(words for _, words, _ in parts), none])
        meaning: Floats = np.concatenate([*(meaning for _, _, meaning in parts), none])
        starts = np.cumsum([0, *(len(words) for _, words, _ in parts)])
        part: Floats = words / max(float(words.max(initial=0.0)), 1e-9)
        fused: Floats = (part + weight * np.maximum(meaning, 0)).astype(np.float32)
        return _Scores(tuple(report for report, _, _ in parts), starts, part, meaning, fused)

    def best(self, k: int) -> list[int]:
        """Places of the best passages that are alike at all; equal ones in reading order.

        Where the best has very many of the words, the next differ little in their parts of it and meaning alone would
        order them. So the first by words always have half of the places.
        """
        order = np.argsort(-self.fused, kind="stable")
        sure = np.argsort(-self.words, kind="stable")[: k // 2]
        rest = order[~np.isin(order, sure)][: k - len(sure)]
        chosen = np.sort(np.concatenate([sure, rest]))
        ranked = chosen[np.argsort(-self.fused[chosen], kind="stable")]
        return [int(place) for place in ranked if self.fused[place] > 0]

    def id_of(self, place: int) -> str:
        """The id of the passage at a place."""
        report = int(np.searchsorted(self.starts, place, "right")) - 1
        return f"{self.reports[report]}:{place - int(self.starts[report])}"

    def why(self, place: int) -> str:
        """What found it."""
        return f"词 {self.words[place]:.2f} 义 {self.meaning[place]:.2f}"
