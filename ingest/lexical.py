"""Search by words: BM25 over rjieba words and character bigrams, with numbers, years and 文号 kept whole.

Each report carries its own counts (a Shard), kept in the store in the report's own transaction, so the index can
neither run ahead of the store nor behind it. A Directory of all shards finds the reports worth opening.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ingest.everyday import official

RULES = "words-2"
"""Version of these rules: the name under which shards are kept."""

K1, B = 1.5, 0.75
USUAL, TRUST = 250, 20
"""Words and bigrams in a passage of usual length, and how many passages this counts for beside a report's own."""

BIGRAM = 0.5
"""Weight of a bigram beside a word: it finds what the segmenter cut otherwise, and counts for less."""

MEANT = 0.35
"""Weight of an official word beside the everyday one that was asked; between 0.25 and 0.5 little changes."""

_RUN = re.compile(r"[㐀-鿿]+|\d+(?:[.:/-]\d+)*%?|[a-z][a-z0-9_+-]*")
_NUMBERED = re.compile(r"[\[(]((?:19|20)\d\d)[\])](?:第)?(\d+)号")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_BRACKETS = str.maketrans("〔〕【】［］", "[][][]")
_EMPTY = frozenset("的了在是和与或及等对为中由被把将之其于以也都而")

Floats = NDArray[np.float32]


def _cut(run: str) -> tuple[str, ...]:
    """Words and bigrams of Chinese characters."""
    import rjieba

    found = [word for word in rjieba.cut_for_search(run) if word not in _EMPTY]
    return (*found, *map("_{}{}".format, run, run[1:]))


def words(text: str, cut: Callable[[str], tuple[str, ...]] = _cut) -> Counter[str]:
    """Words and bigrams (led by `_`) of a text with their counts."""
    plain = unicodedata.normalize("NFKC", text.translate(_BRACKETS)).lower()
    plain = _THOUSANDS.sub("", plain)
    found = Counter(f"{year}#{number}" for year, number in _NUMBERED.findall(plain.replace(" ", "")))
    for match in _RUN.finditer(plain):
        run = match[0]
        if "㐀" <= run[0] <= "鿿":
            found.update(cut(run))
        else:
            found[run] += 1
    return found


@dataclass(frozen=True, slots=True)
class Shard:
    """The word counts of one report: postings by term, terms in order of their hash."""

    size: int
    """Number of passages."""
    terms: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    """Where each term's postings begin; one more than terms."""
    ordinals: NDArray[np.uint32]
    weights: NDArray[np.float16]
    """Saturated, length-normalised counts: all of BM25 but the rarity of the term."""


def shard(texts: Sequence[str]) -> Shard:
    """Counts the passages of one report, in their order."""
    cut = cache(_cut)  # a row of a table comes twice, by itself and within its table
    bags = [words(text, cut) for text in texts]
    totals = np.array([bag.total() for bag in bags], np.float64)
    usual = (totals.sum() + USUAL * TRUST) / (len(bags) + TRUST)
    room = K1 * (1 - B + B * totals / usual)
    hashed = np.fromiter(map(cache(_hash), chain.from_iterable(bags)), np.uint32)
    counts = np.fromiter(chain.from_iterable(bag.values() for bag in bags), np.float64)
    order = np.argsort(hashed, kind="stable")
    counts, ordinals = counts[order], np.repeat(np.arange(len(bags)), list(map(len, bags)))[order]
    terms, starts = np.unique(hashed[order], return_index=True)
    return Shard(
        size=len(texts),
        terms=terms,
        starts=np.append(starts, len(order)).astype(np.uint32),
        ordinals=ordinals.astype(np.uint32),
        weights=(counts * (K1 + 1) / (counts + room[ordinals])).astype(np.float16),
    )


def pack(shard: Shard) -> bytes:
    """A shard as bytes."""
    head = np.array([shard.size, len(shard.terms), len(shard.ordinals)], np.uint32)
    parts = (head, shard.terms, shard.starts, shard.ordinals, shard.weights)
    return b"".join(part.tobytes() for part in parts)


def unpack(body: bytes) -> Shard:
    """The inverse of `pack`; raises ValueError on bytes that are no shard."""
    size, terms, postings = (int(part) for part in np.frombuffer(body, np.uint32, 3))
    at = 12
    starts_at = at + 4 * terms
    ordinals_at = starts_at + 4 * (terms + 1)
    weights_at = ordinals_at + 4 * postings
    if len(body) != weights_at + 2 * postings:
        raise ValueError("not a shard")
    return Shard(
        size=size,
        terms=np.frombuffer(body, np.uint32, terms, at),
        starts=np.frombuffer(body, np.uint32, terms + 1, starts_at),
        ordinals=np.frombuffer(body, np.uint32, postings, ordinals_at),
        weights=np.frombuffer(body, np.float16, postings, weights_at),
    )


@dataclass(frozen=True, slots=True)
class Query:
    """The terms of a question in the order of their hash, and how much each counts."""

    terms: NDArray[np.uint32]
    weights: Floats


@lru_cache(maxsize=256)
def query(text: str) -> Query:
    """A question made ready, with the official words for what it says; a word asked twice counts once."""
    terms = {_hash(term): _weight(term) for term in words(text)}
    for term in words("　".join(official(text))):
        terms.setdefault(_hash(term), MEANT * _weight(term))
    order = sorted(terms)
    return Query(np.array(order, np.uint32), np.array([terms[term] for term in order], np.float32))


def _weight(term: str) -> float:
    return BIGRAM if term.startswith("_") else 1.0


def rarity(asked: Query, shards: Iterable[Shard]) -> Floats:
    """How much each term of the question says (逆文档频率), among these reports."""
    total, having = 0, np.zeros(len(asked.terms), np.float64)
    for shard in shards:
        total += shard.size
        at, found = _find(shard.terms, asked.terms)
        having[found] += shard.starts[at[found] + 1] - shard.starts[at[found]]
    return _rarity(total, having)


def score(asked: Query, rarities: Floats, shard: Shard) -> Floats:
    """BM25 of every passage of a report, in order."""
    scores = np.zeros(shard.size, np.float32)
    at, found = _find(shard.terms, asked.terms)
    for place in np.flatnonzero(found):
        start, end = shard.starts[at[place]], shard.starts[at[place] + 1]
        scores[shard.ordinals[start:end]] += shard.weights[start:end] * (rarities[place] * asked.weights[place])
    return scores


class Directory:
    """For every term, the reports that have it and the most it can score there; finds the reports worth opening."""

    def __init__(self, shards: Mapping[str, Shard]) -> None:
        self.reports = tuple(shards)
        self.size = sum(shard.size for shard in shards.values())
        terms = [shard.terms for shard in shards.values()] or [np.zeros(0, np.uint32)]
        joined = np.concatenate(terms)
        order = np.argsort(joined, kind="stable")
        owners = np.repeat(np.arange(len(shards), dtype=np.uint32), [len(shard.terms) for shard in shards.values()])
        self._terms, self._owners = joined[order], owners[order]
        having = [np.diff(shard.starts) for shard in shards.values()] or [np.zeros(0, np.uint32)]
        self._having = np.concatenate(having)[order]
        tops = [_tops(shard) for shard in shards.values()] or [np.zeros(0, np.float16)]
        self._tops = np.concatenate(tops)[order]

    def rarity(self, asked: Query) -> Floats:
        """As the function `rarity`, among all reports."""
        starts, ends = self._slices(asked)
        having = [self._having[start:end].sum(dtype=np.int64) for start, end in zip(starts, ends, strict=True)]
        return _rarity(self.size, np.array(having, np.float64))

    def best(self, asked: Query, count: int) -> tuple[str, ...]:
        """The reports in which a passage could score highest, best first."""
        bounds = np.zeros(len(self.reports), np.float32)
        rarities = self.rarity(asked) * asked.weights
        for start, end, weight in zip(*self._slices(asked), rarities, strict=True):
            bounds[self._owners[start:end]] += self._tops[start:end] * weight
        order = np.argsort(-bounds, kind="stable")[:count]
        return tuple(self.reports[place] for place in order if bounds[place] > 0)

    def _slices(self, asked: Query) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        return np.searchsorted(self._terms, asked.terms, "left"), np.searchsorted(self._terms, asked.terms, "right")


def _tops(shard: Shard) -> NDArray[np.float16]:
    return np.maximum.reduceat(shard.weights, shard.starts[:-1]) if len(shard.terms) else shard.weights


def _find(terms: NDArray[np.uint32], wanted: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each wanted term would stand, and whether it is there."""
    if not len(terms):
        return np.zeros(len(wanted), np.intp), np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(terms, wanted), len(terms) - 1)
    return at, terms[at] == wanted


def _rarity(total: int, having: NDArray[np.float64]) -> Floats:
    return np.log1p((total - having + 0.5) / (having + 0.5)).astype(np.float32)


def _hash(term: str) -> int:
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))
