"""Retrieval measured: the right passage among the first, against BM25 and a stock LangChain chain; then speed.

    python -m benchmarks.retrieval [quality] [speed] [growth] [ingest] [--shared FOLDER]

quality  recall@10 and MRR@10 on STARD and CMRC; evidence of the gold questions in the first 1, 5 and 10 passages
speed    50,000 passages in Chroma: recall of HNSW against exact search, time of a question over all and over one report
growth   1,000 synthetic reports added: time of each, memory, time of a question as the store grows
ingest   the PDFs among the sample reports: heshu, the stock road, and the same files again (`benchmarks.ingest`)
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import Any

from assistant import Assistant, Settings
from benchmarks.capacity import growth, speed
from benchmarks.extra import needed
from benchmarks.ingest import ingest
from benchmarks.stock import NEEDS, Rank, best, stock
from ingest import lexical
from ingest.chunk import Chunk
from ingest.chunking import chunks
from ingest.embedding import embedding
from ingest.read import read
from ingest.report import Place, Report, grid
from ingest.search import Search
from ingest.store import Store, written
from tests import build

GOLD = ("chenghu-edu-2023.docx", "chenghu-edu-2022.docx", "yunling-water-2024.pdf", "pingshan-sti-2021.docx")
GOLD_OF_TWO = ("qingtan-health-2022.html", "qingtan-health-2022.xlsx")
TOGETHER, CITED, STOCK = "both (heshu)", "with the ledger", "stock chain"


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
    """All systems on all sets; then what heshu misses beside what the stock chain misses, by set and in the mean."""
    needed("jieba", "rank_bm25", *NEEDS)
    missed = {name: one_set(shared, name) for name in ("stard-dev", "cmrc-trial")} | {"gold": gold(shared)}
    ours = [by.get(CITED, by[TOGETHER]) for by in missed.values()]
    stocks = [by[STOCK] for by in missed.values()]
    for name, one, other in zip([*missed, "mean"], [*ours, fmean(ours)], [*stocks, fmean(stocks)], strict=True):
        print(f"{name:11}missed@10 {one:.4f}, stock {other:.4f}: {one / other:.3f} of it (half or fewer is asked for)")


def one_set(shared: Path, name: str) -> dict[str, float]:
    """A set of questions and passages; the share of what is relevant that each system misses."""
    passages = {row["id"]: row["text"] for row in _lines(shared / "data/retrieval", f"{name}.corpus.jsonl")}
    questions = list(_lines(shared / "data/retrieval", f"{name}.queries.jsonl"))
    missed: dict[str, float] = {}
    for system, rank in systems(passages):
        recall, first = 0.0, 0.0
        for row in questions:
            hits = [place for place, id in enumerate(rank(row["question"])[:10]) if id in row["relevant"]]
            recall += len(hits) / len(row["relevant"]) / len(questions)
            first += 1 / (hits[0] + 1) / len(questions) if hits else 0
        print(f"{name:11}{system:14} recall@10 {recall:.4f}  MRR@10 {first:.4f}", flush=True)
        missed[system] = 1 - recall
    return missed


def gold(shared: Path) -> dict[str, float]:
    """Evidence of the gold questions: any of it found, and how much of it, in the first passages.

    Returns the share of the questions for which a system has none of it in the first ten.
    """
    corpora = [[read(shared / "reports" / file)] for file in GOLD]
    corpora.append([read(shared / "reports" / file) for file in GOLD_OF_TWO])
    outcome: dict[str, list[list[float]]] = {}
    for reports in corpora:
        questions = list(_lines(shared / "gold", f"{Path(reports[0].source).stem}.questions.jsonl"))
        asked = [row for row in questions if row["evidence"] and not row.get("evidence_from")]
        passages = {chunk.id: chunk.text for report in reports for chunk in chunks(report)}
        seen = {chunk.id: chunk.embed_text for report in reports for chunk in chunks(report)}
        whole = {report.id: plain(report) for report in reports}
        for system, rank in chain(systems(seen, whole), [(CITED, ledger(shared, reports))]):
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
    return {system: sum(min(row) >= 10 for row in rows) / len(rows) for system, rows in outcome.items()}


def systems(passages: dict[str, str], whole: dict[str, str] | None = None) -> Iterator[tuple[str, Rank]]:
    """Every system over these passages; `whole` are the texts that the stock road splits for itself."""
    import jieba
    from rank_bm25 import BM25Okapi

    ids = list(passages)
    okapi = BM25Okapi([list(jieba.cut(text)) for text in passages.values()])
    yield "rank_bm25+jieba", lambda asked: best(ids, okapi.get_scores(list(jieba.cut(asked))))
    one = lexical.shard(list(passages.values()))
    query = lexical.query
    yield "our words", lambda asked: best(ids, lexical.score(query(asked), lexical.rarity(query(asked), [one]), one))
    model = embedding()
    rows = model.passages(list(passages.values()))
    yield "our meaning", lambda asked: best(ids, rows @ model.query(asked))
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        search = Search(store, model)
        report = build.report(id="0" * 12)
        made = [Chunk(f"{report.id}:{n}", report.id, text, (), (), text) for n, text in enumerate(passages.values())]
        store.add(written(report, (), made, derived=search.derived(made)))
        both = lambda asked: [ids[int(hit.chunk.id.split(":")[1])] for hit in search.query(asked, None, 10)]  # noqa: E731
        yield TOGETHER, both
    yield STOCK, stock(whole or passages, by_text=whole is not None)


def ledger(shared: Path, reports: Sequence[Report]) -> Rank:
    """The evidence of an answer as heshu gives it: the passages of the figures it cites, then what search finds."""
    folder = tempfile.mkdtemp()
    assistant = Assistant(Settings(home=Path(folder)))
    for report in reports:
        assistant.add(shared / "reports" / report.source)
    scope = [report.id for report in reports]
    made = [chunk for report in reports for chunk in chunks(report)]

    def rank(asked: str) -> Sequence[str]:
        cited = [citation.place for citation in assistant.ask(asked, scope).citations]
        by_ledger = [chunk.id for place in cited for chunk in made if any(_covers(one, place) for one in chunk.places)]
        by_search = [chunk.id for chunk in assistant.library.passages(asked, scope)]
        return list(dict.fromkeys([*by_ledger, *by_search]))

    return rank


def _covers(passage: Place, cited: Place) -> bool:
    """Whether a place of a passage is the cell, row or block that was cited."""
    if cited.table is not None:
        return (passage.report, passage.table) == (cited.report, cited.table) and passage.row in (None, cited.row)
    return (passage.report, passage.block, passage.table) == (cited.report, cited.block, None)


def plain(report: Report) -> str:
    """A report as a plain loader gives it: paragraphs and rows, line after line."""
    lines = []
    for block in report.blocks:
        table = next((table for table in report.tables if block.kind == "table" and table.number == block.table), None)
        lines += [" ".join(dict.fromkeys(row)) for row in grid(table)] if table else [block.text]
    return "\n".join(line for line in lines if line)


# -- small things ------------------------------------------------------------------------------------------------------


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
