"""Gold questions put to the assistant (评测): each asked of the reports it means, scored; and errors planted in truths.

Scores nothing by itself: see assistant.evaluate for the rule and assistant.mutate for the planting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant import evaluate
from assistant.answer import Answer
from assistant.mutate import NO_STATEMENT, Score, measure_mutations
from ingest.store import Store

Ask = Callable[[str, Sequence[str]], Answer]


def scored(
    gold: Path, scope: Sequence[str], store: Store, ask: Ask, stage: Callable[[str, int, int], None]
) -> dict[str, Any]:
    """Score the answers to a gold file. A question is asked of the reports that carry its report's file name;
    a cross-report one, or one whose report is not named so, of all of them."""
    questions = evaluate.read_gold(gold)
    outcomes = []
    for done, one in enumerate(questions):
        stage("评测", done, len(questions))
        meant = scope if one.type == "cross_report" else _meant(one.report, scope, store)
        outcomes.append(evaluate.score(one, ask(one.question, meant)))
    return evaluate.shape(evaluate.Evaluation(tuple(outcomes)))


def mutated(gold: Path, scope: Sequence[str], store: Store) -> Score:
    """Plant errors in the true sentences of the reports and of the gold's right answers; how the gate fares."""
    known: dict[str, list[tuple[str, str]]] = {}
    for one in evaluate.read_gold(gold):
        if one.answerable and one.type not in NO_STATEMENT:
            for name in _meant(one.report, scope, store):
                known.setdefault(name, []).append((one.question, one.answer))
    return measure_mutations(tuple(store.get(name) for name in scope), known)


def _meant(report: str, scope: Sequence[str], store: Store) -> list[str]:
    """The reports of a scope that a gold question means: those with its report's file name, else all."""
    own = [name for name in scope if (entry := store.entry(name)) and Path(entry.source).stem == report]
    return own or list(scope)
