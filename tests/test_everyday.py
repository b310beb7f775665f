"""Everyday words: a question in the words of the street finds the passage in the words of the office."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from ingest import everyday, lexical
from ingest.embedding import embedding
from ingest.everyday import official


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("公车花了多少", {"公务用车"}),
        ("房东不退押金", {"出租人", "定金"}),
        ("上班路上出车祸算不算", {"工伤"}),
        ("预算执行率是多少", set()),
        ("", set()),
    ],
)
def test_what_is_said_has_an_official_word(asked: str, written: set[str]) -> None:
    """The longest saying at a place counts: 上班路上出车祸 is an injury at work, and 出车祸 inside it says no more."""
    assert set(official(asked)) == written


def test_a_passage_without_a_word_of_the_question_is_found() -> None:
    """By words alone: of three passages that share no word with the question, the one that is meant scores."""
    texts = ("出租人应当返还。", "公务用车保有量为3辆。", "本年完成校舍维修。")
    asked, one = lexical.query("房东"), lexical.shard(texts)
    scores = lexical.score(asked, lexical.rarity(asked, [one]), one)
    assert scores[0] > 0 and not scores[1:].any()


def test_an_official_word_counts_less_than_one_that_was_asked() -> None:
    """房东 itself, where a text has it, stands before 出租人."""
    one = lexical.shard(("出租人应当返还。", "房东应当返还。", "本年完成校舍维修。"))
    asked = lexical.query("房东")
    scores = lexical.score(asked, lexical.rarity(asked, [one]), one)
    assert scores[1] > scores[0] > scores[2]


def test_the_model_of_meaning_is_given_them_too() -> None:
    """A mean of words moves towards what is meant; passages are embedded as they stand."""
    model = embedding()
    meant, plain = model.passages(["出租人", "房东不给修"])
    assert float(np.dot(model.query("房东不给修"), meant)) > float(np.dot(plain, meant))


def test_every_saying_has_two_characters_and_is_not_its_own_name() -> None:
    """A single character would be found within other words; a saying that is its own name says nothing."""
    text = Path(everyday.__file__).with_name("lay_words.toml").read_text(encoding="utf-8")
    rows = chain.from_iterable(table.items() for table in tomllib.loads(text).values())
    assert [(name, said) for name, sayings in rows for said in sayings if len(said) < 2 or said == name] == []
