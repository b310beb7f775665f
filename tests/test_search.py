"""Retrieval: the right passage first, in one report or among many, and never a passage that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.chunking import chunks
from ingest.embedding import embedding
from ingest.report import Report
from ingest.search import FEW, Search
from ingest.store import Store, written
from tests import build

SUBJECTS = ("教师培训", "校舍维修", "学生资助", "图书购置", "食堂改造", "校车运行")


def sample(number: int) -> Report:
    subject = SUBJECTS[number % len(SUBJECTS)]
    return build.report(
        "# 一、概况",
        f"本单位在编人员{100 + number}人。",
        "# 二、项目支出",
        f"{subject}项目全年执行数{number}3.25万元，编号为{5000 + number}号。",
        build.table(f"单位：万元\n|项目|预算数|执行数|\n|{subject}|{number}5.00|{number}3.25|\n|合计|90.00|80.00|"),
        id=f"{number:012x}",
    )


def put(store: Store, search: Search, report: Report) -> None:
    made = chunks(report)
    store.add(written(report, (), made, derived=search.derived(made)), report.id.encode())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


@pytest.fixture
def search(store: Store) -> Search:
    return Search(store, embedding())


def test_a_label_finds_its_row(store: Store, search: Search) -> None:
    """In one report, the words of a row find the row or the table with it, with the reason."""
    put(store, search, sample(1))
    first = search.query("校舍维修的预算数", [sample(1).id], 2)[0]
    assert "校舍维修" in first.chunk.text and first.why.startswith("词 1.00")
    assert search.query("在编人员", None, 1)[0].chunk.text == "一、概况\n本单位在编人员101人。"


def test_a_question_keeps_to_its_reports(store: Store, search: Search) -> None:
    """Passages come only from the reports named."""
    for number in range(6):
        put(store, search, sample(number))
    wanted = [sample(2).id, sample(4).id]
    assert {hit.chunk.report for hit in search.query("项目支出执行数", wanted, 20)} == set(wanted)


@pytest.mark.parametrize("count", [5, FEW + 12])
def test_one_number_among_many_reports(store: Store, search: Search, count: int) -> None:
    """A figure that one report has is found first, whether few reports are searched or very many."""
    for number in range(count):
        put(store, search, sample(number))
    for number in (0, count // 2, count - 1):
        assert search.query(f"编号{5000 + number}号是什么项目", None, 3)[0].chunk.report == sample(number).id


def test_very_many_reports_give_what_few_would(store: Store, search: Search) -> None:
    """Narrowing first does not lose the best passage: words and meaning as in an exact search of everything."""
    for number in range(FEW + 12):
        put(store, search, sample(number))
    model = embedding()
    for question in ("校车运行花了多少", "图书购置预算"):
        rows = np.concatenate([model.passages([c.embed_text for c in chunks(sample(n))]) for n in range(FEW + 12)])
        nearest = float((rows @ model.query(question)).max())
        hits = search.query(question, None, 30)
        assert max(float(hit.why.rpartition(" ")[2]) for hit in hits) == pytest.approx(nearest, abs=0.02)


def test_a_report_removed_is_found_no_more(store: Store, search: Search) -> None:
    """Search follows the store at once, whoever changed it."""
    for number in range(3):
        put(store, search, sample(number))
    assert search.query("校舍维修", None, 1)[0].chunk.report == sample(1).id
    store.remove(sample(1).id)
    assert sample(1).id not in {hit.chunk.report for hit in search.query("校舍维修", None, 20)}


def test_what_the_store_lacks_is_computed(store: Store, search: Search) -> None:
    """A report stored before this model was chosen is searched all the same, and its vectors are kept."""
    report = sample(3)
    store.add(written(report, (), chunks(report)), b"x")
    assert search.query("图书购置", [report.id], 1)[0].chunk.report == report.id
    assert len(store.derived(f"vectors-{embedding().digest}")) == 1


def test_a_reader_searches_while_another_process_writes(store: Store, tmp_path: Path) -> None:
    """What is missing is computed in memory when the folder belongs to somebody else."""
    report = sample(3)
    store.add(written(report, (), chunks(report)), b"x")
    with Store(tmp_path) as reader:
        assert Search(reader, embedding()).query("图书购置", None, 1)[0].chunk.report == report.id
    assert store.derived(f"vectors-{embedding().digest}") == {}


class Mute:
    """A model that knows no word."""

    name = digest = "mute"

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros((len(texts), 4), np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        return np.zeros(4, np.float32)


class Contrary(Mute):
    """A model to which all is alike but what speaks of books."""

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([["图书" not in text, 0, 0, 0] for text in texts], np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        return np.array([1, 0, 0, 0], np.float32)


def test_meaning_never_takes_all_places(store: Store) -> None:
    """The first by words have half of the places, however little the model likes the second of them."""
    search = Search(store, Contrary())
    others = [part for subject in SUBJECTS[:3] for part in (f"# {subject}", f"{subject}已完成。")]
    put(store, search, build.report("# 图书馆", "图书馆的图书购置编目外借都已完成。", "# 书架", "图书架。", *others))
    hits = search.query("图书馆的图书购置编目外借怎么样", None, 4)
    assert [hit.chunk.section[0] for hit in hits] == ["图书馆", "教师培训", "校舍维修", "书架"]


def test_nothing_alike_gives_nothing(store: Store) -> None:
    """No shared word and no likeness: no passage, rather than any passage."""
    search = Search(store, Mute())
    put(store, search, sample(1))
    assert search.query("zzz", None, 5) == () and search.query("", None, 5) == ()
    assert [hit.score for hit in search.query("校舍维修", None, 1)] == [1.0]


def test_an_empty_store_answers_nothing(search: Search) -> None:
    """Neither an error nor a passage."""
    assert search.query("预算", None, 5) == () and search.query("预算", ["nowhere"], 5) == ()
