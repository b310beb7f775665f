"""What a language model is given to word: the question, facts under short ids, passages and doubts.

Hidden text of a report is never in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from assistant.builtin.reply import Reply
from assistant.slots import OPERATIONS
from assistant.wording import written
from ingest.chunk import Chunk
from ingest.fact import Fact, label
from ingest.reading import Reading
from ingest.report import Place
from prompts import load

MAX_FACTS = 40
Part = tuple[str, int | None, int | None]
"""A paragraph, a row of a table, or a whole table: report, table, block or row."""


def messages(
    question: str, facts: Mapping[str, Fact], passages: Sequence[Chunk], notes: Sequence[str]
) -> list[tuple[str, str]]:
    """The prompt, filled."""
    stated = "\n".join(
        f"{name}｜{label(fact)}｜{fact.period}｜{fact.basis or '—'}｜{written(fact.quantity)}"
        for name, fact in facts.items()
    )
    quoted = "\n".join(f"〔段落{number}〕{chunk.text}" for number, chunk in enumerate(passages, 1))
    return load("answer").fill(
        operations="；".join(operation.says for operation in OPERATIONS.values()),
        question=question,
        facts=stated or "（无）",
        passages=quoted or "（无）",
        notes="\n".join(notes) or "（无）",
    )


def evidence(reply: Reply, readings: Sequence[Reading], passages: Sequence[Chunk]) -> dict[str, Fact]:
    """Facts under short ids: those of the built-in reply, then those stated where it and the passages quote."""
    places = (*(quote.place for quote in reply.citations), *(place for chunk in passages for place in chunk.places))
    stated: dict[Part, list[Fact]] = {part: [] for part in map(_part, places) if part[1:] != (None, None)}
    for fact in (fact for reading in readings for fact in reading.facts if fact.certain):
        part = _part(fact.place)
        for where in (part, (*part[:2], None)):
            if where in stated:
                stated[where].append(fact)
    order = dict.fromkeys((*reply.facts, *(fact for facts in stated.values() for fact in facts)))
    return {f"F{number}": fact for number, fact in enumerate(islice(order, MAX_FACTS), 1)}


def _part(where: Place) -> Part:
    return (where.report, where.table, where.block if where.table is None else where.row)
