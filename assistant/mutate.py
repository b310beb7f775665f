"""Measures the figure gate with planted errors (植错评测): what it catches, blames wrongly, cannot judge.

True sentences are the report's own (prose, and rows of tables said as sentences) and answers known to be right.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Protocol

from assistant.answer import BAD, GOOD, Check, Figure
from assistant.check import gate
from assistant.plant import KINDS, Planted, plant
from assistant.statement import Stated, bound, sentence, surroundings
from ingest.fact import Fact
from ingest.reading import Reading
from ingest.report import Report
from ingest.terms import plain

Answers = Mapping[str, Sequence[tuple[str, str]]]
"""Questions with answers known to be right, by report id."""


NO_STATEMENT = frozenset({"false_premise", "trap", "unanswerable", "cross_report"})
"""Types of gold questions whose answers repeat figures in order to deny them, or need another report."""


class Judge(Protocol):
    """A checker of figures: `assistant.check.gate`, or another to compare it with."""

    def __call__(self, text: str, readings: Sequence[Reading], *, context: str) -> Check: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of planted error: how many, caught, and shown as verified all the same."""

    name: str
    planted: int
    caught: int
    verified: int


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome of a mutation run (植错评测结果)."""

    kinds: tuple[Kind, ...]
    true: int
    """True sentences of the reports themselves."""
    blamed: int
    """Those with a figure at fault: false alarms."""
    answers: int
    """Right answers, short as they are and read with their question."""
    answers_blamed: int
    figures: int
    judged: int
    """Figures of the true sentences with a verdict other than 有歧义."""
    per_second: int
    """Figures verified per second of processor time: the judge alone, its index of the ledger included, no planting."""
    speeds: tuple[tuple[str, int], ...]
    """The same by report, the slowest first."""
    missed: tuple[str, ...]
    """Planted errors not caught, and true sentences blamed, one a line."""

    @property
    def planted(self) -> int:
        return sum(kind.planted for kind in self.kinds)

    @property
    def caught(self) -> int:
        return sum(kind.caught for kind in self.kinds)


def statements(reading: Reading, answers: Sequence[tuple[str, str]] = ()) -> Iterator[Stated]:
    """True sentences of a report: its prose, its table rows said as sentences, and answers known to be right."""
    around = surroundings(reading.facts)
    for quote, facts in around.quotes.items():
        prose = [fact for fact in facts if fact.kind == "prose"]
        if prose and (stated := bound(quote, prose)):
            yield replace(stated, lead=_lead(prose, reading.report))
    for fact in reading.facts:
        if fact.kind == "table" and fact.certain and fact.quantity.unit.name and (stated := sentence(fact, around)):
            yield stated
    for question, answer in answers:
        if stated := bound(answer, (), question):
            yield stated


def _lead(facts: Sequence[Fact], report: Report) -> str:
    """The paragraph before a sentence that does not itself name whose figures it gives (2024年预算安排25万元)."""
    fact = facts[0]
    if all(not one.subject or plain(one.subject) in plain(one.quote) for one in facts):
        return ""
    block = next((block for block in report.blocks if block.index == fact.place.block), None)
    return block.text.partition(fact.quote)[0] if block and fact.quote in block.text else ""


def beside(reading: Reading, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """All files of the same department and year: a right answer may rest on the annex as well."""
    same = (reading.report.department, reading.report.year)
    return tuple(one for one in readings if (one.report.department, one.report.year) == same)


def lies(reading: Reading, answers: Sequence[tuple[str, str]] = (), seed: int = 1) -> Iterator[Planted]:
    """True sentences of a report, each with one planted error of every kind that it allows."""
    around, dice = surroundings(reading.facts), Random(seed)
    for stated in statements(reading, answers):
        yield from plant(stated, around, dice)


def measure_mutations(
    readings: Sequence[Reading],
    answers: Answers | None = None,
    seed: int = 1,
    judge: Judge = gate,
) -> Score:
    """Plant one error of each kind in every true sentence and hold the result against the gate.

    The same seed gives the same errors.
    """
    count: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    verified: Counter[str] = Counter()
    missed: list[str] = []

    def judged(text: str, reading: Reading, stated: Stated) -> Check:
        known = beside(reading, readings) if stated.context else (reading,)
        start = time.thread_time_ns()  # the clock of all threads takes 50 µs to read where there are two
        check = judge(stated.lead + text, known, context=stated.context)
        spent[reading.report.source] += time.thread_time_ns() - start
        verified[reading.report.source] += len(check.figures)
        return replace(check, figures=tuple(_moved(check.figures, len(stated.lead))))

    for reading in readings:
        around = surroundings(reading.facts)
        dice = Random(seed)
        for stated in statements(reading, (answers or {}).get(reading.report.id, ())):
            _true(stated, judged(stated.text, reading, stated), count, missed)
            for planted in plant(stated, around, dice):
                _planted(planted, judged(planted.text, reading, stated), count, missed)
    kinds = tuple(
        Kind(name, count[f"{name}: planted"], count[f"{name}: caught"], count[f"{name}: verified"]) for name, _ in KINDS
    )
    rate = verified.total() * 10**9 // max(1, spent.total())
    speeds = sorted(((name, verified[name] * 10**9 // max(1, spent[name])) for name in spent), key=lambda one: one[1])
    said = (count["true"], count["true: blamed"], count["answer"], count["answer: blamed"])
    return Score(kinds, *said, count["figures"], count["judged"], rate, tuple(speeds), tuple(missed))


def _moved(figures: Sequence[Figure], by: int) -> Iterator[Figure]:
    """The figures behind a lead of this length, their spans counted from its end."""
    for figure in figures:
        start, end = figure.quantity.span
        if start >= by:
            yield replace(figure, quantity=replace(figure.quantity, span=(start - by, end - by)))


def _true(stated: Stated, check: Check, count: Counter[str], missed: list[str]) -> None:
    """A true sentence: blamed when any of its figures is at fault."""
    wrong = [figure for figure in check.figures if figure.verdict in BAD]
    kind = "answer" if stated.context else "true"
    count[kind] += 1
    count[f"{kind}: blamed"] += bool(wrong)
    count["figures"] += len(check.figures)
    count["judged"] += sum(figure.verdict != "ambiguous" for figure in check.figures)
    if wrong:
        shown = "；".join(f"{figure.quantity.text}：{figure.verdict} {figure.working}" for figure in wrong)
        missed.append(f"[{kind}] {stated.text} ⇒ {shown}")


def _planted(planted: Planted, check: Check, count: Counter[str], missed: list[str]) -> None:
    """A planted error: caught when a figure is at fault; worst is the wrong figure shown as verified."""
    caught = any(figure.verdict in BAD for figure in check.figures)
    start, end = planted.span
    wrong = [
        figure for figure in check.figures if figure.quantity.span[0] < end + 12 and figure.quantity.span[1] > start
    ]
    count[f"{planted.kind}: planted"] += 1
    count[f"{planted.kind}: caught"] += caught
    count[f"{planted.kind}: verified"] += bool(wrong) and wrong[0].verdict in GOOD
    if not caught:
        shown = "；".join(f"{figure.quantity.text}：{figure.verdict} {figure.working}" for figure in wrong[:1])
        missed.append(f"[{planted.kind}] {planted.text} ⟵ {planted.was.text} ⇒ {shown}")


def mutation_table(score: Score) -> str:
    """The score as a table of plain text."""
    lines = [f"{'植错种类':<16}{'植入':>6}{'查出':>6}{'查出率':>9}{'误作已核':>8}"]
    for kind in score.kinds:
        rate = f"{kind.caught / kind.planted:.2%}" if kind.planted else "—"
        lines.append(f"{kind.name:<18}{kind.planted:>7}{kind.caught:>8}{rate:>11}{kind.verified:>10}")
    lines.append(
        f"合计 {score.caught}/{score.planted}，查出率 {score.caught / max(1, score.planted):.2%}；"
        f"真句误报 {score.blamed}/{score.true}，{score.blamed / max(1, score.true):.2%}；"
        f"正确答案误报 {score.answers_blamed}/{score.answers}，{score.answers_blamed / max(1, score.answers):.2%}，"
        f"合并 {(score.blamed + score.answers_blamed) / max(1, score.true + score.answers):.2%}；"
        f"覆盖 {score.judged}/{score.figures}，{score.judged / max(1, score.figures):.2%}；"
        f"每秒核对 {score.per_second} 个数（处理器时间，只计核对）"
    )
    lines += [f"  {speed:>6} 个数/秒  {name}" for name, speed in score.speeds]
    return "\n".join(lines)
