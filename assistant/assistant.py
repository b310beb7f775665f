"""The one object behind the command line, the web page, the evaluation and the benchmarks alike.

It joins store, readers, ledger, search, gate, answers and reviewer; each of them does its own work.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assistant import shapes
from assistant.answer import Answer, Check, Review
from assistant.conversation import Conversations
from assistant.files import Added, entry_shape
from assistant.library import Library
from assistant.precedence import Precedence
from assistant.settings import Settings
from assistant.source import Source, source
from assistant.version import VERSION
from ingest.errors import BadInput, HeshuError
from ingest.progress import Told, silent
from ingest.report import Place
from ingest.store.journal import Decision

if TYPE_CHECKING:
    from assistant.chain import Progress, Request
    from assistant.comparison import Comparison
    from assistant.mutate import Score

QUESTION_LIMIT = 4000
DECISIONS = ("采纳", "不采纳", "待定")
TALK = 6
"""How many earlier answers of a chat a question may refer to."""


class Assistant:
    """Reports of one data folder, and the verbs on them: add, reports, remove, ask, verify, review.

    Opens nothing and loads little until a verb needs it; close it, or use it in a `with`.
    """

    def __init__(self, settings: Settings, chained: bool = False) -> None:
        """`chained`: questions run as a LangChain chain even without a model; loading it costs a second once."""
        self.settings = settings
        self._chained = chained
        self.library = Library(settings)
        self.store = self.library.store
        self.conversations = Conversations(self.store.journal, self.library.describer)
        self._opening = threading.Lock()
        self._precedence = Precedence()
        self._opened: Any = None

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Bring the vector index up to what was added, and let go of the store."""
        self.library.close()

    def follow(self) -> None:
        """Bring Chroma up to the store, as `close` does."""
        self.library.follow()

    def warm(self) -> None:
        """Open what the first question needs, so that it waits for none of it. What cannot be opened is told then."""
        with suppress(HeshuError):
            _ = (self._road, self.library.search)

    # -- reports -------------------------------------------------------------------------------------------------

    def add(self, path: Path, stage: Told = silent) -> dict[str, Any]:
        """Read a file into the store. Raises BadInput when it cannot be read; then nothing of it stays."""
        return self.library.add(path, stage)

    def add_bytes(self, data: bytes, source: str, stage: Told = silent) -> dict[str, Any]:
        """The same for bytes under a file name. The same bytes twice are known and not read again."""
        return self.library.add_bytes(data, source, stage)

    def add_all(self, paths: Sequence[Path], stage: Told = silent) -> Iterator[tuple[Path, Added]]:
        """Read files into the store in turn, the next one being read while one is stored; errors come as values."""
        return self.library.add_all(paths, stage)

    def reports(self) -> list[dict[str, Any]]:
        """All stored reports, in the contract's shape."""
        return [entry_shape(entry, known_before=True) for entry in self.store.list()]

    def read_again(self, name: str, stage: Told = silent) -> dict[str, Any]:
        """Read a stored report's original file anew, as after an update of heshu."""
        return self.library.read_again(name, stage)

    def remove(self, name: str) -> str:
        """Remove the one report that `name` stands for; returns its id."""
        return self.library.remove(name)

    def named(self, names: Sequence[str]) -> tuple[str, ...]:
        """Ids of the reports that are named by id, part of the title, or file; no name means all."""
        return self.library.named(names)

    def reindex(self, stage: Told = silent) -> int:
        """Rebuild the vector index from the store; returns the number of passages. Raises Unavailable."""
        return self.library.reindex(stage)

    # -- questions -----------------------------------------------------------------------------------------------

    def ask(self, question: str, reports: Sequence[str] = (), history: Sequence[Answer] = ()) -> Answer:
        """Answer a question from the named reports (all, for none), every figure judged."""
        *_, last = self._progress(_asked(question), reports, history)
        return cast(Answer, last.work)

    def ask_shape(self, question: str, reports: Sequence[str] = (), chat: str = "", user: str = "") -> dict[str, Any]:
        """`ask` in the contract's shape; with a chat name the answer joins that conversation of the user's."""
        *_, last = self.ask_stream(question, reports, chat, user)
        shape: dict[str, Any] = last["answer"]
        return shape

    def ask_stream(
        self, question: str, reports: Sequence[str] = (), chat: str = "", user: str = ""
    ) -> Iterator[dict[str, Any]]:
        """`ask_shape` stage by stage: `{"stage", "text", "done", "total"}`, the last one with the "answer".

        No figure is told before it was judged. Closing the iterator ends the work; then nothing joins the chat.
        """
        return self._streamed(_asked(question), reports, chat, user)

    def _streamed(self, question: str, reports: Sequence[str], chat: str, user: str) -> Iterator[dict[str, Any]]:
        history = self.conversations.turns(chat, user, TALK)
        for step in self._progress(question, reports, history):
            shape = {"stage": step.stage, "text": step.text, "done": step.done, "total": step.total}
            if isinstance(step.work, Answer):
                self.conversations.keep(chat, step.work, user)
                shape["answer"] = shapes.answer(step.work, self.library.describer())
            yield shape

    def _progress(self, question: str, reports: Sequence[str], history: Sequence[Answer]) -> Iterator[Progress]:
        """The stages of a question; the last one carries the answer, stamped."""
        from assistant.chain import Progress

        yield Progress("计划", "确定要查的报告")
        for step in self._road.stream(self.request(question, reports, history)):
            if isinstance(step.work, Answer):
                stamp = replace(step.work.stamp, heshu=VERSION, embedding=self.library.embedding.name)
                step = replace(step, work=replace(step.work, stamp=stamp))
            yield step

    def request(self, question: str, reports: Sequence[str], history: Sequence[Answer]) -> Request:
        """A question with what it may be answered from; the road takes it from there."""
        from assistant.chain import Request

        named, turn = self.library.named(reports), self._precedence.join()
        with turn():
            scope = self.library.asked_of(question, named)
            return Request(
                question=question,
                readings=self.library.readings(scope),
                search=lambda text: self.library.passages(text, scope),
                findings=self.library.findings(scope),
                history=tuple(history)[-TALK:],
                turn=turn,
            )

    def chats(self, user: str = "") -> list[dict[str, Any]]:
        """Stored conversations, latest first: `{"chat", "title"}`, the title being the first question."""
        return self.conversations.listed(user)

    def chat_shapes(self, chat: str, user: str = "") -> list[dict[str, Any]]:
        """A stored conversation, answer by answer, exactly as it was given."""
        return self.conversations.shapes(chat, user)

    def forget(self, chat: str, user: str = "") -> None:
        """Remove a stored conversation of a user's."""
        self.store.journal.forget(chat, owner=user)

    def export_chat(self, chat: str, form: str, user: str = "") -> bytes:
        """A stored conversation as a file in one of `assistant.CHAT_FORMS`: answers, verdicts, citations, stamps."""
        return self.conversations.export(chat, form, user)

    def compare(self, reports: Sequence[str] = (), measures: Sequence[str] = ()) -> Comparison:
        """Departments × years: measures (the usual ones, for none) of the named reports (all) side by side."""
        from assistant.comparison import compare

        return compare(self.library.readings(self.named(reports)), measures)

    def compare_shape(self, reports: Sequence[str] = (), measures: Sequence[str] = ()) -> dict[str, Any]:
        """`compare` in the contract's shape."""
        return shapes.comparison(self.compare(reports, measures), self.library.describer())

    def source(self, where: dict[str, Any]) -> Source:
        """What to show of a place (a place shape). Raises BadInput for what is no place, UnknownReport."""
        place = shapes.placed(where)
        report = self.store.get(place.report).report
        data = self.store.original(place.report) if report.form == "pdf" else b""
        return source(place, report, data, self.describe(place))

    def verify(self, text: str, reports: Sequence[str] = ()) -> Check:
        """Judge every figure of any text against the named reports (all, for none)."""
        from assistant.check import verify

        return verify(text, self.library.readings(self.named(reports)))

    def verify_shape(self, text: str, reports: Sequence[str] = ()) -> dict[str, Any]:
        """`verify` in the contract's shape."""
        return shapes.check(self.verify(text, reports), self.library.describer())

    def evaluate(self, gold: Path, reports: Sequence[str] = (), stage: Told = silent) -> dict[str, Any]:
        """Score the answers to a gold file, each question asked of the reports that it means."""
        from assistant import trial

        return trial.scored(gold, self.named(reports), self.store, self.ask, stage)

    def mutate(self, gold: Path, reports: Sequence[str] = ()) -> Score:
        """Plant errors in the true sentences of the reports and of the gold's right answers; how the gate fares."""
        from assistant import trial

        return trial.mutated(gold, self.named(reports), self.store)

    def tables(self, report: str) -> dict[str, Any]:
        """The tables of a stored report as read, in the contract's shape."""
        return shapes.tables(self.store.get(self.library.only(report)).report)

    # -- review --------------------------------------------------------------------------------------------------

    def review(self, report: str, profile: Path | None = None, polish: bool = False) -> Review:
        """Findings, passed checks, indicator cards and memo of one report, beside last year's where it is stored.

        `profile`: a 口径 file in place of the national one. `polish`: the language model may word the judgements.
        """
        from assistant.review import review
        from assistant.review.polish import polisher
        from assistant.review.profile import load

        reading = self.store.get(self.library.only(report))
        return review(
            reading,
            self.library.others(reading.report),
            profile=load(profile) if profile else None,
            decisions=self.library.decisions(reading.report.id),
            polisher=polisher(self.settings) if polish else None,
        )

    def switch(self, report: str, rule: str, reason: str, reviewer: str = "") -> None:
        """Switch a rule of the book off for a report, with the reason that the memo prints; on again without one."""
        from assistant.review.book import switched

        held = self.library.only(report)
        self.store.journal.decide(Decision(held, rule, switched(rule, reason), reason.strip(), reviewer))

    def decide(self, report: str, finding: str, decision: str, note: str = "", reviewer: str = "") -> None:
        """Keep a reviewer's decision about a finding: 采纳, 不采纳 or 待定; the memo respects the last one."""
        if decision not in DECISIONS:
            raise BadInput(f"决定只能是{'、'.join(DECISIONS)}，现为“{decision}”。")
        self.store.journal.decide(Decision(self.library.only(report), finding, decision, note, reviewer))

    def decisions(self, report: str) -> dict[str, dict[str, str]]:
        """The decision that holds for each finding: `{finding: {"decision", "note", "reviewer", "added"}}`."""
        known = self.library.decisions(self.library.only(report))
        return {one.finding: shapes.decision(one) for one in known if one.decision in DECISIONS}

    def export(
        self, report: str, form: str, profile: Path | None = None, polish: bool = False, memo: str = ""
    ) -> bytes:
        """The review as a file in one of `assistant.export.FORMS`; `memo`: as a person changed it."""
        from assistant.export import export

        reading = self.store.get(self.library.only(report))
        name = reading.report.id
        outcome = self.review(name, profile, polish)
        outcome = replace(outcome, memo=memo) if memo else outcome
        return export(outcome, reading, self.library.others(reading.report), self.store.original(name), form)

    def review_shape(self, report: str, profile: Path | None = None, polish: bool = False) -> dict[str, Any]:
        """`review` in the contract's shape."""
        return shapes.review(self.review(report, profile, polish), self.library.describer())

    def describe(self, place: Place) -> str:
        """第12页 表3 第5行“执行数”, for a place in a stored report."""
        return self.library.describer()(place)

    @property
    def _road(self) -> Any:
        from assistant.chain import open_road

        with self._opening:
            self._opened = self._opened or open_road(self.settings, self._chained)
            return self._opened


def _asked(question: str) -> str:
    """The question, if it is one. Raises BadInput."""
    if not question.strip():
        raise BadInput("问题是空的，请写出要问什么。")
    if len(question) > QUESTION_LIMIT:
        raise BadInput(f"问题有 {len(question)} 个字，超过 {QUESTION_LIMIT} 字的上限，请缩短。")
    return question
