"""Search by words: what counts as a word, and that the score is BM25."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexical import BIGRAM, K1, TRUST, USUAL, B, Directory, pack, query, rarity, score, shard, unpack, words

TEXTS = st.lists(st.text(alphabet="预算执行率支出万元2023.5%，。 ab", max_size=30), max_size=8)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("全年执行1,234.56万元", "1234.56"),
        ("2023年度", "2023"),
        ("执行率98.5%", "98.5%"),
        ("依据某财发〔2023〕17号文", "2023#17"),
        ("（2023）17 号", "2023#17"),
        ("２０２３年", "2023"),
        ("GDP增长", "gdp"),
        ("预算执行率", "预算"),
        ("预算执行率", "_执行"),
    ],
)
def test_what_stays_whole(text: str, whole: str) -> None:
    """Figures with their separators gone, years, 文号 in any brackets, words and pairs of characters."""
    assert whole in words(text)


def test_the_score_is_bm25() -> None:
    """Compared with the formula written out, word by word."""
    texts = ["教师培训支出", "校舍维修支出80万元", "教师工资"]
    one = shard(texts)
    asked = query("教师支出")
    scores = score(asked, rarity(asked, [one]), one)
    bags = [words(text) for text in texts]
    usual = (sum(bag.total() for bag in bags) + USUAL * TRUST) / (len(bags) + TRUST)
    for bag, got in zip(bags, scores, strict=True):
        expected = 0.0
        for term in words("教师支出"):
            having = sum(term in other for other in bags)
            idf = math.log1p((len(bags) - having + 0.5) / (having + 0.5))
            room = K1 * (1 - B + B * bag.total() / usual)
            expected += (BIGRAM if term[0] == "_" else 1) * idf * bag[term] * (K1 + 1) / (bag[term] + room)
        assert got == pytest.approx(expected, rel=2e-3)


@given(TEXTS)
def test_counts_survive_being_stored(texts: list[str]) -> None:
    """A shard written and read again scores the same."""
    one = shard(texts)
    again = unpack(pack(one))
    asked = query("预算执行率2023")
    np.testing.assert_array_equal(score(asked, rarity(asked, [one]), one), score(asked, rarity(asked, [again]), again))


@given(st.lists(TEXTS, max_size=5))
def test_no_report_beats_its_bound(corpus: list[list[str]]) -> None:
    """The Directory never leaves out the report that has the best passage."""
    shards = {str(number): shard(texts) for number, texts in enumerate(corpus)}
    directory, asked = Directory(shards), query("预算支出 执行率 98.5%")
    rarities = directory.rarity(asked)
    np.testing.assert_allclose(rarities, rarity(asked, shards.values()), rtol=1e-5)
    best = {name: float(score(asked, rarities, one).max(initial=0.0)) for name, one in shards.items()}
    hits = {name for name, value in best.items() if value > 0}
    assert set(directory.best(asked, 99)) == hits


@pytest.mark.parametrize("body", [b"", b"123", bytes(12), b"\1" * 40])
def test_bytes_that_are_no_counts_are_refused(body: bytes) -> None:
    """Damage raises, it does not search wrongly."""
    with pytest.raises(ValueError):
        unpack(body)
