"""The road of a question, stage by stage: 计划 → 取数 → 检索 → 计算 → 行文 → 核数 → 答复.

The built-in answer is always made; a language model, where one is configured, may only word the same facts better: it
is asked as soon as they are there, and the built-in answer is judged while it speaks. What it writes passes the figure
gate, and any failure of it leaves the built-in answer standing. Stages tell how far they are; no figure is told before
it was judged. The same stages run plainly or as a LangChain chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.answer import VERDICT_NAMES, Answer, Finding
from assistant.briefing import evidence, messages
from assistant.builtin.ask import Asked, annotated, judged, understood
from assistant.builtin.reply import Reply
from assistant.draft import judge_draft
from assistant.harmless import harmless
from assistant.model import Spoken, open_model, speak
from assistant.precedence import BESIDE, Turn, alone
from assistant.settings import Settings
from assistant.several import replied
from assistant.slots import Page, fill
from ingest.chunk import Chunk
from ingest.errors import BadInput, Unavailable
from ingest.fact import Fact
from ingest.reading import Reading
from prompts import load, phrases

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

MAX_PASSAGES = 8
Search = Callable[[str], Sequence[Chunk]]


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what it may be answered from."""

    question: str
    readings: tuple[Reading, ...]
    search: Search
    findings: tuple[Finding, ...] = ()
    history: tuple[Answer, ...] = ()
    turn: Turn = alone
    """Work on it is done in a `with` of this."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A request understood (计划)."""

    request: Request
    asked: Asked


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the ledger has for it (取数), and the passages that a model may read as well (检索)."""

    planned: Planned
    reply: Reply
    passages: tuple[Chunk, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The built-in reply with its figures worked out (计算), and the evidence under the short ids for a model."""

    request: Request
    asked: Asked
    reply: Reply
    facts: dict[str, Fact]
    passages: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A draft with its slots filled (行文); or none, with the reason why the built-in answer stands in."""

    gathered: Gathered
    built_in: Answer | None = None
    """The built-in answer, where it was judged while the model spoke."""
    page: Page | None = None
    spoken: Spoken | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a question is. `work` is what the stage made, None while it is still at it."""

    stage: str
    text: str
    work: Any = None
    done: int = 0
    total: int = 1

    def __add__(self, later: Progress) -> Progress:
        """Of a stream of progress the last one counts: so a LangChain chain folds it when it is invoked."""
        return later


Stage = Callable[[Any], Iterator[Progress]]


@dataclass(frozen=True, slots=True)
class Road:
    """The stages of a question. `model` None: the built-in answer goes through, saying so where one was `broken`."""

    model: BaseChatModel | None = None
    name: str = ""
    seconds: int = 60
    broken: str = ""
    """Why the model that was set cannot be opened."""

    def invoke(self, request: Request) -> Answer:
        """The answer at the end of the stages."""
        *_, last = self.stream(request)
        given: Answer = last.work
        return given

    def stream(self, request: Request) -> Iterator[Progress]:
        """The stages one after the other, without loading LangChain: a cold question stays quick.

        Closing the iterator ends the work, a model's call included.
        """
        stream: Iterator[Any] = iter((request,))
        for stage in self.stages:
            stream = _after(stage, stream)
        return stream

    def runnable(self) -> Runnable[Request, Progress]:
        """The same stages as a LangChain chain: invoke and batch give the last progress, stream all of it."""
        from functools import partial

        from langchain_core.runnables import RunnableGenerator, RunnableSequence

        return RunnableSequence(*(RunnableGenerator(partial(_after, stage)) for stage in self.stages))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """All stages in order."""
        return (self.plan, self.fetch, self.retrieve, self.work_out, self.write, self.judge)

    def plan(self, request: Request) -> Iterator[Progress]:
        """What is asked for."""
        yield Progress("计划", "读懂问题")
        with request.turn():
            asked = understood(request.question, request.readings, request.findings, request.history)
        text = f"在 {len(request.readings)} 份报告中查 {max(1, len(asked.planned.asks))} 项"
        yield Progress("计划", text, Planned(request, asked), 1)

    def fetch(self, planned: Planned) -> Iterator[Progress]:
        """The facts that answer it, and what is calculated from them; passages where no figure is asked for."""
        yield Progress("取数", "查台账")
        with planned.request.turn():
            reply = replied(planned.asked, planned.request.search)
        said = f"取到 {len(reply.facts)} 个数字" if reply.facts or not reply.citations else "没有数字，摘录原文"
        yield Progress("取数", said, Fetched(planned, reply), 1)

    def retrieve(self, fetched: Fetched) -> Iterator[Progress]:
        """Passages for a model to read; the built-in writer has what it quotes already."""
        if self.model is None:
            yield Progress("检索", f"引用原文 {len(fetched.reply.citations)} 处", fetched, 1)
            return
        yield Progress("检索", "找相关段落")
        request = fetched.planned.request
        with request.turn():
            passages = tuple(request.search(request.question))[:MAX_PASSAGES]
        yield Progress("检索", f"找到 {len(passages)} 个段落", replace(fetched, passages=passages), 1)

    def work_out(self, fetched: Fetched) -> Iterator[Progress]:
        """The built-in reply with what the reviewer found about its figures; for a model the evidence as well."""
        yield Progress("计算", "备好算式和提示")
        request, asked = fetched.planned.request, fetched.planned.asked
        with request.turn():
            reply = annotated(fetched.reply, asked.seen)
            facts = evidence(reply, request.readings, fetched.passages) if self.model is not None else {}
        gathered = Gathered(request, asked, reply, facts, fetched.passages)
        yield Progress("计算", f"依据 {len(reply.facts)} 个数字，提示 {len(reply.notes)} 条", gathered, 1)

    def write(self, gathered: Gathered) -> Iterator[Progress]:
        """The model's draft with its slots filled, or the reason why there is none. Its words are not told yet.

        The built-in answer is judged as soon as the model was asked.
        """
        if self.model is None:
            yield Progress("行文", "由内置作答器行文", Written(gathered, reason=self.broken), 1)
            return
        yield Progress("行文", f"等候语言模型 {self.name}")
        built_in = None
        try:
            with closing(speak(self.model, _prompt(gathered), self.seconds)) as speech:
                for heard in speech:
                    if isinstance(heard, Spoken):
                        page = fill(harmless(heard.draft.answer), gathered.facts)
                        yield Progress("行文", "语言模型已写完", Written(gathered, built_in, page, heard), 1)
                    elif heard:
                        yield Progress("行文", f"语言模型已写 {heard} 字，核对后显示")
                    else:
                        built_in = built_in or _built_in(gathered, BESIDE)
        except Unavailable as error:
            written = Written(gathered, built_in, reason=str(error))
            yield Progress("行文", "语言模型没有作答，改用内置作答器", written, 1)

    def judge(self, draft: Written) -> Iterator[Progress]:
        """The draft behind the gate; the built-in answer where there is no draft. Verdicts are told before figures."""
        yield Progress("核数", "逐个核对数字")
        built_in = draft.built_in or _built_in(draft.gathered)
        with draft.gathered.request.turn():
            given = self._judged(draft, built_in)
        verdicts = Counter(VERDICT_NAMES[figure.verdict] for figure in given.figures)
        counted = "、".join(f"{name} {count}" for name, count in verdicts.items())
        number = len(given.figures)
        yield Progress("核数", f"核对 {number} 个数字" + (f"：{counted}" if counted else ""), None, number, number)
        yield Progress("答复", "", given, 1)

    def _judged(self, draft: Written, given: Answer) -> Answer:
        if draft.reason:
            note = phrases("model").say("failed", reason=draft.reason)
            return replace(given, notes=(note, *given.notes))
        if draft.page is None or draft.spoken is None:
            return given
        request, spoken = draft.gathered.request, draft.spoken
        shown, alone = judge_draft(
            draft.page, request.readings, given, spoken.draft.refused, draft.gathered.asked.planned.yes_no
        )
        cost = f"（用量 {spoken.tokens_in}+{spoken.tokens_out}）" if spoken.tokens_in or spoken.tokens_out else ""
        writers = [self.name + cost] if alone else [given.writer, self.name + cost]
        prompts = [load("answer").stamp] if alone else [given.stamp.prompt, load("answer").stamp]
        stamp = replace(given.stamp, prompt="；".join(prompts), model=self.name)
        return replace(shown, writer="；".join(writers), stamp=stamp)


def open_road(settings: Settings, chained: bool = False) -> Any:
    """The road that the settings ask for: with a model, or where `chained`, as a LangChain chain.

    A model that cannot be opened costs nobody an answer: the built-in one is given, and says so.
    """
    if not settings.model:
        return Road().runnable() if chained else Road()
    try:
        model = open_model(settings)
    except BadInput as error:
        return Road(broken=str(error).rstrip("。"))
    return Road(model, settings.model, settings.model_timeout).runnable()


def _after(stage: Stage, stream: Iterator[Any]) -> Iterator[Progress]:
    """All progress so far, then that of a stage on what the stages before it made (a request, at first)."""
    work: Any = None
    for item in stream:
        if isinstance(item, Progress):
            yield item
            work = item.work
        else:
            work = item
    yield from stage(work)


def _prompt(gathered: Gathered) -> list[tuple[str, str]]:
    return messages(gathered.request.question, gathered.facts, gathered.passages, gathered.reply.notes)


def _built_in(gathered: Gathered, later: float = 0.0) -> Answer:
    """The built-in answer, each of its figures bound to its source or recomputed."""
    with gathered.request.turn(later):
        return judged(gathered.request.question, gathered.reply, gathered.asked.seen)
