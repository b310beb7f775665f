"""Speed and size of store and search: parts of `benchmarks.retrieval`, which runs them and says what they measure."""

from __future__ import annotations

import itertools
import json
import lzma
import math
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ingest.chunking import chunks
from ingest.embedding import embedding, normalised
from ingest.index import Index
from ingest.report import Report
from ingest.search import Search
from ingest.store import Store, written
from tests import build


def synthetic(number: int, passages: int) -> Report:
    """A report of our own making with about so many passages."""
    dice = np.random.default_rng(number)
    nouns = (
        "教师培训",
        "校舍维修",
        "学生资助",
        "水库加固",
        "疫苗接种",
        "道路养护",
        "图书购置",
        "河道清淤",
        "急救站点",
        "人才引进",
    )
    verbs = ("全年执行", "年初预算", "调整后预算", "完成", "新增", "结转", "验收", "拨付")
    places = "".join(chr(0x4E00 + int(code)) for code in dice.integers(0, 3000, 60))
    parts = [
        f"{places[at % 57 : at % 57 + 3]}{nouns[int(dice.integers(10))]}{verbs[int(dice.integers(8))]}"
        f"{dice.integers(10**6) / 100:.2f}万元，涉及{places[at % 50 : at % 50 + 2]}等{dice.integers(99)}处，"
        f"比上年{'增长' if dice.integers(2) else '下降'}{dice.integers(10**4) / 100:.2f}%。" * 2
        for at in range(passages)
    ]
    made = build.report(*parts, id=f"{number:012x}", department=f"{places[:3]}局")
    return replace(made, source=f"{number}.txt")


def statutes(shared: Path) -> Iterator[Report]:
    """Statutes, a hundred articles each; none where they are not at hand."""
    file = shared / "data/laws/articles.jsonl.xz"
    if not file.exists():
        return
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        for number in itertools.count():
            texts = [json.loads(line)["text"] for line in itertools.islice(lines, 100)]
            if not texts:
                return
            made = build.report(*texts, id=f"{number:012x}", department="法规")
            yield replace(made, source=f"{number}.txt")


def speed(shared: Path) -> None:
    """Fifty thousand passages: statutes, and synthetic near-twins, which are harder to tell apart."""
    for name, reports in (("statutes", statutes(shared)), ("synthetic", (synthetic(at, 200) for at in range(500)))):
        with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
            index = Index(Path(folder))
            search = Search(store, embedding(), index)
            total = 0
            while total < 50_000 and (report := next(reports, None)):
                total += _put(store, search, report)
            if total:
                print(f"{total} passages ({name})")
                _asked(store, search, index)
            index.close()


def _asked(store: Store, search: Search, index: Index) -> None:
    """How long the index takes to fill, how often it misses, and how fast questions are answered with it."""
    began = time.perf_counter()
    search.sync()
    print(f"Chroma filled in {time.perf_counter() - began:.1f} s")
    reports = [entry.id for entry in store.list()]
    asked = [f"{chunk.text[:14]}多少" for id in reports[:200] for chunk in store.chunks(id)[7:8]]
    vectors = [search._vectors([id])[id] for id in reports]
    matrix = normalised(np.concatenate(vectors))  # kept in half precision: not quite of length one
    shares = []
    for question in asked[:100]:
        vector = embedding().query(question)
        tenth = float(np.sort(matrix @ vector)[-10])  # many passages are alike: equal ones are as good
        shares.append(sum(cosine >= tenth - 1e-5 for _, cosine in index.near(vector, 10) or ()) / 10)
    print(f"HNSW recall@10 against exact: {sum(shares) / len(shares):.4f} over {len(shares)} questions")
    for name, scope in (("all reports", None), ("one report", [reports[123]])):
        _timed(name, [lambda q=q, s=scope: search.query(q, s, 8) for q in asked])


def growth(shared: Path) -> None:
    """A thousand reports, one after the other."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        search = Search(store, embedding())
        done = 0
        for until in (10, 100, 300, 1000):
            began = time.perf_counter()
            _fill(store, search, done, until, 200)
            each = (time.perf_counter() - began) / (until - done) * 1000
            done = until
            size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 2**20
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            total = sum(entry.chunks for entry in store.list())
            print(f"{done} reports, {total} passages: {each:.0f} ms each, disk {size:.0f} MiB, peak {memory:.0f} MiB")
            one = [store.list()[done // 2].id]
            question = f"{store.chunks(one[0])[5].text[:12]}多少"
            search.query(question, None, 8)
            _timed(f"  all {done}", [lambda q=question: search.query(q, None, 8)] * 20)
            _timed("  one report", [lambda q=question, s=one: search.query(q, s, 8)] * 20)


def _fill(store: Store, search: Search, start: int, end: int, passages: int) -> None:
    for number in range(start, end):
        _put(store, search, synthetic(number, passages))


def _put(store: Store, search: Search, report: Report) -> int:
    made = chunks(report)
    store.add(written(report, (), made, derived=search.derived(made)), report.id.encode())
    return len(made)


def _timed(name: str, calls: Sequence[Callable[[], object]]) -> None:
    calls[0]()
    spent = []
    for call in calls:
        began = time.perf_counter()
        call()
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    p95 = spent[math.ceil(0.95 * len(spent)) - 1]
    print(f"{name}: median {spent[len(spent) // 2]:.1f} ms, p95 {p95:.1f} ms over {len(spent)}", flush=True)
