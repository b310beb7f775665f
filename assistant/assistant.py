"""The one object behind the command line, the web page, the evaluation and the benchmarks alike.

It joins store, readers, ledger, search, gate, answers and reviewer; each of them does its own work.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant import evaluate, shapes
from assistant.answer import Answer, Check, Finding, Review
from assistant.ask import answer
from assistant.chain import Request, Road
from assistant.check import verify
from assistant.export import export
from assistant.files import entry_shape
from assistant.mutate import NO_STATEMENT, Score, measure_mutations
from assistant.settings import Settings
from assistant.source import Source, source
from assistant.version import VERSION
from assistant.wording import describe
from ingest.chunk import Chunk
from ingest.chunking import chunks
from ingest.codec import dumps, loads
from ingest.embedding import Embedding, embedding
from ingest.errors import BadInput, Unavailable, UnknownReport
from ingest.index import Index
from ingest.journal import Decision
from ingest.ledger import facts
from ingest.read import read_bytes
from ingest.reading import Reading
from ingest.report import Place
from ingest.search import Search
from ingest.store import Entry, Store
from ingest.structure import report_id

Stage = Callable[[str, int, int], None]
"""Told the name of a stage, how much of it is done and how much there is."""

QUESTION_LIMIT = 4000
SCOPE = 12
"""A question that names no report is asked of at most this many: the ones it speaks of."""
DECISIONS = ("采纳", "不采纳", "待定")
TALK = 6
"""How many earlier answers of a chat a question may refer to."""


def silent(name: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class Assistant:
    """Reports of one data folder, and the verbs on them: add, reports, remove, ask, verify, review.

    Opens nothing until a verb needs it; close it, or use it in a `with`.
    """

    def __init__(self, settings: Settings, chained: bool = False) -> None:
        """`chained`: questions run as a LangChain chain even without a model; loading it costs a second once."""
        self.settings = settings
        self._chained = chained
        self.store = Store(settings.home, settings.database or None)
        self._behind = False

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Bring the vector index up to what was added, and let go of the store."""
        self.follow()
        if "_index" in self.__dict__:
            self._index.close()
        self.store.close()

    def follow(self) -> None:
        """Bring Chroma up to the store. It is a cache: while it is away, search compares exactly and is as right."""
        if self._behind:
            self._behind = False
            with suppress(Unavailable):
                self.search.sync()

    # -- reports -------------------------------------------------------------------------------------------------

    def add(self, path: Path, stage: Stage = silent) -> dict[str, Any]:
        """Read a file into the store. Raises BadInput when it cannot be read; then nothing of it stays."""
        try:
            data = path.read_bytes()
        except IsADirectoryError as error:
            raise BadInput(f"{path} 是文件夹，请给出其中的文件。") from error
        except OSError as error:
            raise BadInput(f"打不开文件 {path}：{error.strerror or error}。请检查路径和权限。") from error
        return self.add_bytes(data, path.name, stage)

    def add_bytes(self, data: bytes, source: str, stage: Stage = silent) -> dict[str, Any]:
        """The same for bytes under a file name. The same bytes twice are known and not read again."""
        known = self.store.entry(report_id(data))
        if known is not None:
            return entry_shape(known, known_before=True)
        began = time.monotonic()
        stage(f"读取 {source}", 0, 4)
        report = read_bytes(data, source)
        stage(f"台账 {source}", 1, 4)
        reading = Reading(report, facts(report))
        passages = chunks(report)
        stage(f"复核 {source}", 2, 4)
        found = self._findings(reading)
        stage(f"入库 {source}", 3, 4)
        derived = self.search.derived(passages)
        seconds = round(time.monotonic() - began, 3)
        entry = self.store.add(
            report, reading.facts, passages, dumps(found, tuple[Finding, ...]), data, seconds, derived
        )
        self._behind = True
        stage(f"完成 {source}", 4, 4)
        return entry_shape(entry)

    def reports(self) -> list[dict[str, Any]]:
        """All stored reports, in the contract's shape."""
        return [entry_shape(entry, known_before=True) for entry in self.store.list()]

    def remove(self, name: str) -> str:
        """Remove the one report that `name` stands for; returns its id."""
        found = self._only(name)
        self.store.remove(found)
        self._behind = True
        return found

    def named(self, names: Sequence[str]) -> tuple[str, ...]:
        """Ids of the reports that are named by id, part of the title, or file; no name means all.

        A file stands for the report with its bytes, added first if need be. Raises UnknownReport.
        """
        entries = self.store.list()
        if not names:
            if not entries:
                raise UnknownReport("库里还没有报告。先用 heshu add 文件 读入，或用 --report 给出文件。")
            return tuple(entry.id for entry in entries)
        return tuple(dict.fromkeys(found for name in names for found in self._one(name, entries)))

    def _only(self, name: str) -> str:
        found = self.named([name])
        if len(found) != 1:
            raise BadInput(f"“{name}”对应 {len(found)} 份报告：{'、'.join(found)}。请用编号指明一份。")
        return found[0]

    def _one(self, name: str, entries: Sequence[Entry]) -> tuple[str, ...]:
        if any(entry.id == name for entry in entries):
            return (name,)
        path = Path(name)
        if path.is_file():
            return (str(self.add(path)["id"]),)
        found = tuple(entry.id for entry in entries if name in entry.title or name == entry.source)
        found = found or tuple(entry.id for entry in entries if len(name) >= 4 and entry.id.startswith(name))
        if not found:
            raise UnknownReport(
                f"没有找到报告“{name}”：库里没有这个编号或标题，也没有这个文件。用 heshu reports 查看。"
            )
        return found

    def reindex(self, stage: Stage = silent) -> int:
        """Rebuild the vector index from the store; returns the number of passages. Raises Unavailable."""
        stage("重建索引", 0, 1)
        self._index.drop()
        self.search.sync()
        stage("重建索引", 1, 1)
        return sum(entry.chunks for entry in self.store.list())

    # -- questions -----------------------------------------------------------------------------------------------

    def ask(self, question: str, reports: Sequence[str] = (), history: Sequence[Answer] = ()) -> Answer:
        """Answer a question from the named reports (all, for none), every figure judged."""
        if not question.strip():
            raise BadInput("问题是空的，请写出要问什么。")
        if len(question) > QUESTION_LIMIT:
            raise BadInput(f"问题有 {len(question)} 个字，超过 {QUESTION_LIMIT} 字的上限，请缩短。")
        scope = self._scope(question, self.named(reports))
        request = Request(
            question=question,
            readings=tuple(self.store.get(name) for name in scope),
            search=lambda text: self._passages(text, scope),
            findings=tuple(found for name in scope for found in self._stored_findings(name)),
            history=tuple(history)[-TALK:],
        )
        given: Answer = self._road.invoke(request)
        return replace(given, stamp=replace(given.stamp, heshu=VERSION, embedding=self._embedding.name))

    def ask_shape(self, question: str, reports: Sequence[str] = (), chat: str = "") -> dict[str, Any]:
        """`ask` in the contract's shape; with a chat name the answer joins that conversation."""
        history = tuple(loads(turn, Answer) for turn in self.store.journal.chat(chat)) if chat else ()
        given = self.ask(question, reports, history)
        if chat:
            self.store.journal.say(chat, dumps(given))
        return shapes.answer(given, self.describe)

    def chats(self) -> list[dict[str, Any]]:
        """Stored conversations, latest first: `{"chat", "title"}`, the title being the first question."""
        listed = []
        for name in self.store.journal.chats():
            turns = self.store.journal.chat(name)
            listed.append({"chat": name, "title": loads(turns[0], Answer).question if turns else name})
        return listed

    def chat_shapes(self, chat: str) -> list[dict[str, Any]]:
        """A stored conversation, answer by answer, exactly as it was given."""
        turns = (loads(turn, Answer) for turn in self.store.journal.chat(chat))
        return [shapes.answer(given, self._describe_if_there) for given in turns]

    def source(self, where: dict[str, Any]) -> Source:
        """What to show of a place (a place shape). Raises BadInput for what is no place, UnknownReport."""
        try:
            place = shapes.placed(where)
        except (KeyError, TypeError, ValueError) as error:
            raise BadInput("这不是一个位置。") from error
        report = self.store.get(place.report).report
        data = self.store.original(place.report) if report.form == "pdf" else b""
        return source(place, report, data, describe(place, report))

    def verify(self, text: str, reports: Sequence[str] = ()) -> Check:
        """Judge every figure of any text against the named reports (all, for none)."""
        return verify(text, tuple(self.store.get(name) for name in self.named(reports)))

    def verify_shape(self, text: str, reports: Sequence[str] = ()) -> dict[str, Any]:
        """`verify` in the contract's shape."""
        return shapes.check(self.verify(text, reports), self.describe)

    def evaluate(self, gold: Path, reports: Sequence[str] = (), stage: Stage = silent) -> dict[str, Any]:
        """Score the answers to a gold file. A question is asked of the reports that carry its report's file name;
        a cross-report one, or one whose report is not named so, of all of them."""
        questions = evaluate.read_gold(gold)
        scope = self.named(reports)
        outcomes = []
        for done, one in enumerate(questions):
            stage("评测", done, len(questions))
            asked = scope if one.type == "cross_report" else self._asked(one.report, scope)
            outcomes.append(evaluate.score(one, self.ask(one.question, asked)))
        return evaluate.shape(evaluate.Evaluation(tuple(outcomes)))

    def mutate(self, gold: Path, reports: Sequence[str] = ()) -> Score:
        """Plant errors in the true sentences of the reports and of the gold's right answers; how the gate fares."""
        known: dict[str, list[tuple[str, str]]] = {}
        scope = self.named(reports)
        for one in evaluate.read_gold(gold):
            if one.answerable and one.type not in NO_STATEMENT:
                for name in self._asked(one.report, scope):
                    known.setdefault(name, []).append((one.question, one.answer))
        return measure_mutations(tuple(self.store.get(name) for name in scope), known)

    def _asked(self, report: str, scope: Sequence[str]) -> list[str]:
        """The reports of a scope that a gold question means: those with its report's file name, else all."""
        own = [name for name in scope if (entry := self.store.entry(name)) and Path(entry.source).stem == report]
        return own or list(scope)

    def tables(self, report: str) -> dict[str, Any]:
        """The tables of a stored report as read, in the contract's shape."""
        return shapes.tables(self.store.get(self._only(report)).report)

    # -- review --------------------------------------------------------------------------------------------------

    def review(self, report: str) -> Review:
        """Findings, passed checks, indicator cards and memo of one report, beside last year's where it is stored."""
        from assistant.review import review

        reading = self.store.get(self._only(report))
        return review(reading, self._others(reading), decisions=self.store.journal.decisions(reading.report.id))

    def decide(self, report: str, finding: str, decision: str, note: str = "", reviewer: str = "") -> None:
        """Keep a reviewer's decision about a finding: 采纳, 不采纳 or 待定; the memo respects the last one."""
        if decision not in DECISIONS:
            raise BadInput(f"决定只能是{'、'.join(DECISIONS)}，现为“{decision}”。")
        self.store.journal.decide(Decision(self._only(report), finding, decision, note, reviewer))

    def decisions(self, report: str) -> dict[str, dict[str, str]]:
        """The decision that holds for each finding: `{finding: {"decision", "note", "reviewer", "added"}}`."""
        return {
            one.finding: {"decision": one.decision, "note": one.note, "reviewer": one.reviewer, "added": one.added}
            for one in self.store.journal.decisions(self._only(report))
        }

    def export(self, report: str, form: str) -> bytes:
        """The review as a file in one of `assistant.export.FORMS`."""
        reading = self.store.get(self._only(report))
        name = reading.report.id
        return export(self.review(name), reading, self._others(reading), self.store.original(name), form)

    def review_shape(self, report: str) -> dict[str, Any]:
        """`review` in the contract's shape."""
        return shapes.review(self.review(report), self.describe)

    def describe(self, place: Place) -> str:
        """第12页 表3 第5行“执行数”, for a place in a stored report."""
        return describe(place, self.store.get(place.report).report)

    def _describe_if_there(self, place: Place) -> str:
        return self.describe(place) if self.store.entry(place.report) else "（报告已删除）"

    # -- inside --------------------------------------------------------------------------------------------------

    @cached_property
    def search(self) -> Search:
        """The search over this store, opened when first needed."""
        return Search(self.store, self._embedding, self._index)

    @cached_property
    def _embedding(self) -> Embedding:
        return embedding(self.settings.embedding)

    @cached_property
    def _index(self) -> Index:
        return Index(self.settings.home, self.settings.chroma)

    @cached_property
    def _road(self) -> Any:
        from assistant.model import open_model

        model = open_model(self.settings) if self.settings.model else None
        steps = Road(_built_in, model, self.settings.model, self.settings.model_timeout)
        return steps.runnable() if model is not None or self._chained else steps

    def _passages(self, question: str, scope: Sequence[str]) -> tuple[Chunk, ...]:
        return tuple(hit.chunk for hit in self.search.query(question, scope, k=20))

    def _scope(self, question: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Of many reports, those the question names by department or year, else those its passages come from."""
        if len(ids) <= SCOPE:
            return ids
        wanted = set(ids)
        entries = [entry for entry in self.store.list() if entry.id in wanted]
        by_name = [entry for entry in entries if entry.department and entry.department in question]
        by_year = [entry for entry in by_name or entries if entry.year and str(entry.year) in question]
        speaks_of = by_year if by_year and len(by_year) <= SCOPE else by_name
        if speaks_of and len(speaks_of) <= SCOPE:
            return tuple(entry.id for entry in speaks_of)
        pool = tuple(entry.id for entry in speaks_of) or ids
        hits = self.search.query(question, pool, k=4 * SCOPE)
        return tuple(dict.fromkeys(hit.chunk.report for hit in hits))[:SCOPE]

    def _findings(self, reading: Reading) -> tuple[Finding, ...]:
        from assistant.review import findings

        return findings(reading, self._others(reading))

    def _stored_findings(self, report: str) -> tuple[Finding, ...]:
        found: tuple[Finding, ...] = loads(self.store.findings(report), tuple[Finding, ...])
        return found

    def _others(self, reading: Reading) -> tuple[Reading, ...]:
        """Stored reports of the same department for other years, and other parts of this one (its 附件).

        The same title in the same year is this report again in another form or version, and no part of it.
        """
        own = reading.report
        if not own.department:
            return ()
        same = [entry for entry in self.store.list() if entry.department == own.department and entry.id != own.id]
        others = [entry for entry in same if (entry.title, entry.year) != (own.title, own.year)]
        return tuple(self.store.get(entry.id) for entry in others)


def _built_in(request: Request) -> Answer:
    return answer(
        request.question,
        request.readings,
        findings=request.findings,
        search=request.search,
        history=request.history,
    )
