"""Targets whose result falls short without a word of why (目标值未达成).

A target and a result are compared only where one clause of the results says the same words with one figure of the
same unit; anything less sure is left to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.review.case import Case
from assistant.review.goals import Task, bare, figures, tasks
from assistant.review.lexicon import any_of, listed
from assistant.review.rule import Outcome, held, issue
from assistant.review.show import gap
from assistant.review.statement import Statement
from ingest.quantity import Quantity
from ingest.report import Place
from ingest.terms import coverage

SAME = 900
"""Permille of the target's words that the result's clause must say."""
_FALLING = re.compile(r"不超过|以内|以下|下降|降低|减少|控制在|压减")

_OPENS = re.compile(r"(?:其?主要)?原因|主要[是系因]|未完成|未达|由于|因|受")


def short_of_target(case: Case) -> Iterator[Outcome]:
    """目标值未达成未说明: the only result for a target is below it, and neither clause nor next sentence says why."""
    every = tasks(case)
    goals = {id(task.said) for task in every}
    results = [
        said
        for said in case.statements
        if said.block.kind == "paragraph" and id(said) not in goals and said.zone not in ("goal", "plan", "problem")
    ]
    clauses = _clauses(results)
    met: list[Place] = []
    for task in every:
        if task.figure is None or task.figure.unit.dimension == "none" or _FALLING.search(task.text):
            continue
        found = _results(task, task.figure, clauses)
        if len(found) != 1:
            continue
        said, reached = found[0]
        if reached.base + reached.half >= task.figure.base - task.figure.half:
            met.append(said.place)
        elif not _explained(case, said):
            yield _short_of(task, task.figure, said, reached)
    if met:
        yield held("有唯一对应结果的目标值均已达成", f"{len(met)}项", tuple(met))


def _clauses(results: list[Statement]) -> dict[str, list[tuple[Statement, str, Quantity]]]:
    """Clauses of the results by the kind of unit of which they give just one figure."""
    found: dict[str, list[tuple[Statement, str, Quantity]]] = {}
    for said in results:
        for clause in re.split(r"[，；。]", said.text):
            kinds: dict[str, list[Quantity]] = {}
            for one in figures(clause):
                kinds.setdefault(one.unit.kind, []).append(one)
            for kind, own in kinds.items():
                if len(own) == 1:
                    found.setdefault(kind, []).append((said, clause, own[0]))
    return found


def _results(
    task: Task, target: Quantity, clauses: dict[str, list[tuple[Statement, str, Quantity]]]
) -> list[tuple[Statement, Quantity]]:
    """Clauses that say the target's words with one figure of its unit."""
    words = bare(task.text)
    given = clauses.get(target.unit.kind, ())
    return [(said, one) for said, clause, one in given if coverage(words, clause) >= SAME]


def _explained(case: Case, said: Statement) -> bool:
    """A reason in the sentence itself, or in the next one where that opens with it."""
    if any_of(listed("reasons"), said.text):
        return True
    following = case.statements[case.statements.index(said) + 1 :][:1]
    return any(one.block is said.block and _OPENS.match(one.text) is not None for one in following)


def _short_of(task: Task, target: Quantity, said: Statement, reached: Quantity) -> Outcome:
    return issue(
        "P1",
        f"“{task.text}”实际{reached.text}，未达目标，未说明原因",
        f"目标为{target.text}，结果为{reached.text}，未见原因。",
        f"{gap(target, reached)}。",
        "请说明未完成的原因，并按完成程度计分。",
        (task.said.place, said.place),
        (task.text, said.text),
    )
