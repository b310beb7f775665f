"""The road of a question as LangChain Runnables: gather → write → judge.

The built-in answer is always made first; a language model, where one is configured, may only word the same facts
better. What it writes passes the figure gate, and any failure of it leaves the built-in answer standing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Finding
from assistant.draft import harmless, judge_draft
from assistant.model import Spoken, ask_model
from assistant.slots import OPERATIONS, Page, fill
from assistant.wording import written
from ingest.chunk import Chunk
from ingest.errors import Unavailable
from ingest.fact import Fact, label
from ingest.reading import Reading
from prompts import Prompt, load

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

MAX_FACTS = 40
MAX_PASSAGES = 8
Search = Callable[[str], Sequence[Chunk]]
BuiltIn = Callable[["Request"], Answer]


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what it may be answered from."""

    question: str
    readings: tuple[Reading, ...]
    search: Search
    findings: tuple[Finding, ...] = ()
    history: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The built-in answer, and the evidence under the short ids that a model may use."""

    request: Request
    answer: Answer
    facts: dict[str, Fact]
    passages: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A draft with its slots filled; or none, with the reason why the built-in answer stands in."""

    gathered: Gathered
    page: Page | None = None
    spoken: Spoken | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Road:
    """The three steps of a question. `model` None: the built-in answer goes through unchanged."""

    built_in: BuiltIn
    model: BaseChatModel | None = None
    name: str = ""
    seconds: int = 60

    def invoke(self, request: Request) -> Answer:
        """The steps one after the other, without loading LangChain: a cold question stays quick."""
        return self.judge(self.write(self.gather(request)))

    def runnable(self) -> Runnable[Request, Answer]:
        """The same steps as a LangChain chain: invoke, batch, stream."""
        from langchain_core.runnables import RunnableLambda

        return RunnableLambda(self.gather) | RunnableLambda(self.write) | RunnableLambda(self.judge)

    def gather(self, request: Request) -> Gathered:
        """The built-in answer and, for a model, the evidence."""
        answer = self.built_in(request)
        if self.model is None:
            return Gathered(request, answer, {}, ())
        passages = tuple(request.search(request.question))[:MAX_PASSAGES]
        return Gathered(request, answer, _evidence(request, answer, passages), passages)

    def write(self, gathered: Gathered) -> Written:
        """The model's draft with its slots filled, or the reason why there is none."""
        if self.model is None:
            return Written(gathered)
        try:
            spoken = ask_model(self.model, messages(gathered), self.seconds)
        except Unavailable as error:
            return Written(gathered, reason=str(error))
        return Written(gathered, fill(harmless(spoken.draft.answer), gathered.facts), spoken)

    def judge(self, draft: Written) -> Answer:
        """The draft behind the gate; the built-in answer where there is no draft."""
        given = draft.gathered.answer
        if draft.reason:
            note = f"语言模型没有作答（{draft.reason}），以下由内置作答器给出。"
            return replace(given, notes=(note, *given.notes))
        if draft.page is None or draft.spoken is None:
            return given
        judged = judge_draft(draft.page, draft.gathered.request.readings, given, refused=draft.spoken.draft.refused)
        tokens = (draft.spoken.tokens_in, draft.spoken.tokens_out)
        cost = f"{self.name}（用量 {tokens[0]}+{tokens[1]}）" if any(tokens) else self.name
        return replace(judged, writer=cost, stamp=replace(given.stamp, prompt=load("answer").stamp, model=self.name))


def messages(gathered: Gathered) -> list[tuple[str, str]]:
    """The prompt filled with question, facts under short ids, passages and doubts. Hidden text is never in it."""
    prompt: Prompt = load("answer")
    facts = "\n".join(
        f"{name}｜{label(fact)}｜{fact.period}｜{fact.basis or '—'}｜{written(fact.quantity)}"
        for name, fact in gathered.facts.items()
    )
    passages = "\n".join(f"〔段落{number}〕{chunk.text}" for number, chunk in enumerate(gathered.passages, 1))
    return prompt.fill(
        operations="；".join(operation.says for operation in OPERATIONS.values()),
        question=gathered.request.question,
        facts=facts or "（无）",
        passages=passages or "（无）",
        notes="\n".join(gathered.answer.notes) or "（无）",
    )


def _evidence(request: Request, answer: Answer, passages: Sequence[Chunk]) -> dict[str, Fact]:
    """Facts under short ids: those of the built-in answer first, then those that the passages state."""
    by_id = {fact.id: fact for reading in request.readings for fact in reading.facts}
    order = dict.fromkeys(name for figure in answer.figures for name in figure.facts if name in by_id)
    for chunk in passages:
        for where in chunk.places:
            order |= dict.fromkeys(
                fact.id
                for fact in by_id.values()
                if fact.certain
                and fact.place.report == where.report
                and (fact.place.table, fact.place.row if where.row is not None else None) == (where.table, where.row)
                and (where.table is not None or fact.place.block == where.block)
            )
    return {f"F{number}": by_id[name] for number, name in enumerate(list(order)[:MAX_FACTS], 1)}
