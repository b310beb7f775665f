"""What heshu says, as values: verdicts, judged figures, answers, findings, reviews.

Nothing here computes; see assistant.check for the gate, assistant.review for the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.quantity import Quantity
from ingest.record import record
from ingest.report import Place

Verdict = Literal[
    "exact", "rounded", "truncated", "derived", "basis", "unit_slip", "conflict", "unfounded", "ambiguous"
]
"""一致 四舍五入 截断 推算 口径不符 量级不符 不一致 无依据 有歧义."""

VERDICT_NAMES: dict[Verdict, str] = {
    "exact": "一致",
    "rounded": "四舍五入",
    "truncated": "截断",
    "derived": "推算",
    "basis": "口径不符",
    "unit_slip": "量级不符",
    "conflict": "不一致",
    "unfounded": "无依据",
    "ambiguous": "有歧义",
}

GOOD: frozenset[Verdict] = frozenset({"exact", "rounded", "derived"})
"""Verdicts under which a figure may be shown as verified; truncated is shown with its own mark."""

BAD: frozenset[Verdict] = frozenset({"basis", "unit_slip", "conflict", "unfounded"})
"""Verdicts that put a figure at fault."""


@record
class Figure:
    """A figure in a text, judged (判定)."""

    quantity: Quantity
    verdict: Verdict
    working: str = ""
    """Why, in Chinese: the source value and place, or the calculation; for a wrong one the right value."""
    facts: tuple[str, ...] = ()
    """Ids of the facts it was judged by."""
    places: tuple[Place, ...] = ()
    right: str = ""
    """The right figure as it should be written, where there is one."""


@record
class Sentence:
    """One sentence of a checked text. true: all figures hold; false: at least one is at fault."""

    text: str
    verdict: Literal["true", "false", "unknown"]
    figures: tuple[Figure, ...]
    span: tuple[int, int] = (0, 0)


@record
class Check:
    """The outcome of verifying a text (核对结果). Figure spans count in the whole text."""

    figures: tuple[Figure, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation that can be found at its place (引文)."""

    place: Place
    quote: str
    label: str = ""
    """第12页 表3 第5行“执行数”, made once by `assistant.wording`."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What made this answer: prompt name@version#digest, model, embedding, index, heshu version."""

    prompt: str = ""
    model: str = ""
    embedding: str = ""
    index: str = ""
    heshu: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with every figure judged (回答)."""

    question: str
    text: str
    refused: bool = False
    missing: tuple[str, ...] = ()
    """What the report does not give, and who would have to supply it."""
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    """Findings of the report that touch this answer; conflicts, doubts, premises put right."""
    cells: tuple[Place, ...] = ()
    """The table cells that the answer states or is worked out from."""
    writer: str = "built-in"
    stamp: Stamp = Stamp()


Severity = Literal["P0", "P1", "P2", "提示"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a reviewer would raise (发现)."""

    id: str
    rule: str
    severity: Severity
    category: str
    title: str
    fact: str
    """What stands there, in the report's own figures (事实)."""
    working: str = ""
    """Recomputation (复算)."""
    request: str = ""
    """What the department is asked to do (请单位做什么)."""
    basis: str = ""
    """Why it matters: the ground that the rule stands on (依据)."""
    places: tuple[Place, ...] = ()
    quotes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """Ids of the facts involved, so that answers which touch them carry this finding."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A check that was made and holds (通过的核对)."""

    rule: str
    title: str
    working: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator card filled in (指标卡)."""

    name: str
    status: Literal["computed", "conditional", "missing"]
    value: str = ""
    unit: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    premise: str = ""
    missing: tuple[str, ...] = ()
    basis: str = ""
    places: tuple[Place, ...] = ()
    working: str = ""
    """The formula with the report's figures in it, and what it gives (复算)."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure of the memo and what confirms it (数字来源)."""

    text: str
    span: tuple[int, int]
    """Characters in the memo."""
    kind: Literal["quoted", "stated", "worked", "counted", "setting", "untraced"]
    """引文、报告所载、复算、清点、口径; untraced: nothing confirms it, and the memo says so behind it."""
    places: tuple[Place, ...] = ()
    working: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The outcome of a review (复核结果); `memo` is the Markdown of the 复核意见."""

    report: str
    findings: tuple[Finding, ...]
    passed: tuple[Passed, ...]
    indicators: tuple[Indicator, ...]
    memo: str
    figures: tuple[Traced, ...] = ()
    """Every figure of the memo with its source."""
