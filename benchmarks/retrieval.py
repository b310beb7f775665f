"""Retrieval measured: the right passage among the first, against BM25 and a stock LangChain chain; then speed.

    python -m benchmarks.retrieval [quality] [speed] [growth] [ingest] [--shared FOLDER]

quality  recall@10 and MRR@10 on STARD and CMRC; evidence of the gold questions in the first 1, 5 and 10 passages
speed    50,000 passages in Chroma: recall of HNSW against exact search, time of a question over all and over one report
growth   1,000 synthetic reports added: time of each, memory, time of a question as the store grows
ingest   the sample reports: heshu, the stock road, and the same files again
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import os
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant import Assistant, Settings
from ingest import lexical
from ingest.chunk import Chunk
from ingest.chunking import chunks
from ingest.embedding import embedding
from ingest.index import Index
from ingest.read import read
from ingest.report import Report, grid
from ingest.search import Search
from ingest.store import Store
from tests import build

Rank = Callable[[str], Sequence[str]]
"""A system: from a question to ids (or texts), best first."""

GOLD = ("chenghu-edu-2023.docx", "chenghu-edu-2022.docx", "yunling-water-2024.pdf", "pingshan-sti-2021.docx")
GOLD_OF_TWO = ("qingtan-health-2022.html", "qingtan-health-2022.xlsx")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["quality", "speed", "growth", "ingest"])
    default = os.environ.get("HESHU_SHARED") or Path(__file__).parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=Path(default))
    given = parser.parse_args()
    for part in given.parts:
        print(f"\n== {part}", flush=True)
        {"quality": quality, "speed": speed, "growth": growth, "ingest": ingest}[part](given.shared)


# -- quality -----------------------------------------------------------------------------------------------------------


def quality(shared: Path) -> None:
    """All systems on all sets."""
    for name in ("stard-dev", "cmrc-trial"):
        passages = {row["id"]: row["text"] for row in _lines(shared / "data/retrieval", f"{name}.corpus.jsonl")}
        asked = list(_lines(shared / "data/retrieval", f"{name}.queries.jsonl"))
        for system, rank in systems(passages):
            recall, first = 0.0, 0.0
            for row in asked:
                hits = [place for place, id in enumerate(rank(row["question"])[:10]) if id in row["relevant"]]
                recall += len(hits) / len(row["relevant"])
                first += 1 / (hits[0] + 1) if hits else 0
            print(
                f"{name:11}{system:14} recall@10 {recall / len(asked):.4f}  MRR@10 {first / len(asked):.4f}", flush=True
            )
    gold(shared)


def gold(shared: Path) -> None:
    """Evidence of the gold questions: any of it found, and how much of it, in the first passages."""
    corpora = [[read(shared / "reports" / file)] for file in GOLD]
    corpora.append([read(shared / "reports" / file) for file in GOLD_OF_TWO])
    outcome: dict[str, list[list[float]]] = {}
    for reports in corpora:
        questions = list(_lines(shared / "gold", f"{Path(reports[0].source).stem}.questions.jsonl"))
        asked = [row for row in questions if row["evidence"] and not row.get("evidence_from")]
        passages = {chunk.id: chunk.text for report in reports for chunk in chunks(report)}
        seen = {chunk.id: chunk.embed_text for report in reports for chunk in chunks(report)}
        whole = {report.id: plain(report) for report in reports}
        for system, rank in systems(seen, whole):
            for row in asked:
                texts = [_squeezed(passages.get(id, id)) for id in rank(row["question"])[:10]]
                found = [
                    next((place for place, text in enumerate(texts) if _holds(text, e)), 99) for e in row["evidence"]
                ]
                outcome.setdefault(system, []).append([float(place) for place in found])
    for system, rows in outcome.items():
        any_ = [sum(min(row) < k for row in rows) / len(rows) for k in (1, 5, 10)]
        part = [sum(sum(place < k for place in row) / len(row) for row in rows) / len(rows) for k in (1, 5, 10)]
        shown = "  ".join(f"@{k} {a:.3f} ({b:.3f})" for k, a, b in zip((1, 5, 10), any_, part, strict=True))
        print(f"gold       {system:14} {len(rows)} questions, any evidence (share of it) {shown}")


def systems(passages: dict[str, str], whole: dict[str, str] | None = None) -> Iterator[tuple[str, Rank]]:
    """Every system over these passages; `whole` are the texts that the stock road splits for itself."""
    import jieba
    from rank_bm25 import BM25Okapi

    ids = list(passages)
    okapi = BM25Okapi([list(jieba.cut(text)) for text in passages.values()])
    yield "rank_bm25+jieba", lambda asked: _best(ids, okapi.get_scores(list(jieba.cut(asked))))
    one = lexical.shard(list(passages.values()))
    query = lexical.query
    yield "our words", lambda asked: _best(ids, lexical.score(query(asked), lexical.rarity(query(asked), [one]), one))
    model = embedding()
    rows = model.passages(list(passages.values()))
    yield "our meaning", lambda asked: _best(ids, rows @ model.query(asked))
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        search = Search(store, model)
        report = build.report(id="0" * 12)
        made = [Chunk(f"{report.id}:{n}", report.id, text, (), (), text) for n, text in enumerate(passages.values())]
        store.add(report, (), made, derived=search.derived(made))
        both = lambda asked: [ids[int(hit.chunk.id.split(":")[1])] for hit in search.query(asked, None, 10)]  # noqa: E731
        yield "both (heshu)", both
    yield "stock chain", stock(whole or passages, by_text=whole is not None)


def stock(texts: dict[str, str], by_text: bool) -> Rank:
    """The road of the tutorials: split at 500 characters with 50 of overlap, Chroma, our vectors."""
    import chromadb
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50)
    documents = splitter.split_documents([Document(text, metadata={"id": id}) for id, text in texts.items()])
    client = chromadb.EphemeralClient()
    kept = Chroma(client=client, collection_name=f"stock{time.monotonic_ns()}", embedding_function=Vectors())  # type: ignore[arg-type]
    for start in range(0, len(documents), 5000):
        kept.add_documents(documents[start : start + 5000])

    def rank(asked: str) -> Sequence[str]:
        found = kept.similarity_search(asked, k=30)
        return list(dict.fromkeys(one.page_content if by_text else one.metadata["id"] for one in found))

    return rank


class Vectors:
    """Our model in LangChain's shape."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in embedding().passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        return list(map(float, embedding().query(text)))


def plain(report: Report) -> str:
    """A report as a plain loader gives it: paragraphs and rows, line after line."""
    lines = []
    for block in report.blocks:
        table = next((table for table in report.tables if block.kind == "table" and table.number == block.table), None)
        lines += [" ".join(dict.fromkeys(row)) for row in grid(table)] if table else [block.text]
    return "\n".join(line for line in lines if line)


# -- speed and size ----------------------------------------------------------------------------------------------------


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


def speed(shared: Path) -> None:
    """Fifty thousand passages."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        home, model = Path(folder), embedding()
        index = Index(home)
        search = Search(store, model, index)
        _fill(store, search, 0, 500, 100)
        total = sum(entry.chunks for entry in store.list())
        began = time.perf_counter()
        search.sync()
        took = time.perf_counter() - began
        print(f"{total} passages; Chroma filled in {took:.1f} s ({total / took:.0f} a second)")
        asked = [f"{chunk.text[:14]}多少" for entry in store.list()[:200] for chunk in store.chunks(entry.id)[7:8]]
        everything = [(e.id, rows) for e in store.list() for rows in [search._vectors([e.id])[e.id]]]
        ids = [f"{report}:{n}" for report, rows in everything for n in range(len(rows))]
        matrix = np.concatenate([rows for _, rows in everything])
        shares = []
        for question in asked[:100]:
            vector = model.query(question)
            exact = set(_best(ids, matrix @ vector)[:10])
            near = {id for id, _ in index.near(vector, 10) or ()}
            shares.append(len(exact & near) / 10)
        print(f"HNSW recall@10 against exact: {sum(shares) / len(shares):.4f} over {len(shares)} questions")
        one = store.list()[123].id
        for name, scope in (("all reports", None), ("one report", [one])):
            _timed(name, [lambda q=q, s=scope: search.query(q, s, 8) for q in asked])
        index.close()


def growth(shared: Path) -> None:
    """A thousand reports, one after the other."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        search = Search(store, embedding())
        done = 0
        for until in (10, 100, 300, 1000):
            began = time.perf_counter()
            _fill(store, search, done, until, 100)
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


def ingest(shared: Path) -> None:
    """The sample corpus, by heshu and by the stock road; heshu also reads, keeps a ledger and reviews."""
    files = sorted((shared / "reports").glob("*.pdf"))
    with tempfile.TemporaryDirectory() as folder:
        with Assistant(Settings(home=Path(folder))) as assistant:
            _once("heshu", lambda: [assistant.add(file) for file in files])
            _once("heshu again", lambda: [assistant.add(file) for file in files])
        _once("stock road", lambda: stock({file.name: _plumbed(file) for file in files}, by_text=True))


def _plumbed(file: Path) -> str:
    import pdfplumber

    with pdfplumber.open(file) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


# -- small things ------------------------------------------------------------------------------------------------------


def _fill(store: Store, search: Search, start: int, end: int, passages: int) -> None:
    for number in range(start, end):
        report = synthetic(number, passages)
        made = chunks(report)
        store.add(report, (), made, data=report.id.encode(), derived=search.derived(made))


def _once(name: str, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    work()
    print(f"{name:14}{time.perf_counter() - began:8.3f} s", flush=True)


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


def _best(ids: Sequence[str], scores: Any) -> list[str]:
    return [ids[place] for place in np.argsort(-np.asarray(scores), kind="stable")[:30]]


def _lines(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    path = folder / name
    data = path.read_bytes() if path.exists() else lzma.decompress((folder / f"{name}.xz").read_bytes())
    for line in data.decode("utf-8").splitlines():
        yield json.loads(line)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s｜]+", "", text)


def _holds(passage: str, evidence: str) -> bool:
    """One contains the other, or the passage holds a whole sentence of twelve characters or more of the evidence."""
    wanted = _squeezed(evidence)
    sentences = [part for part in re.split(r"(?<=[。；])", wanted) if len(part) >= 12]
    return wanted in passage or (len(passage) >= 8 and passage in wanted) or any(part in passage for part in sentences)


if __name__ == "__main__":
    main()
