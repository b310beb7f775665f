"""A document that is one table and nothing else (单表): what a question names in it answers, whatever else it says.

Such a table names no subject of its own, so that words which it does not hold cannot be checked; they are told as such.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.cells import chosen
from assistant.builtin.question.lexicon import pattern
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, say
from assistant.builtin.tables.tabled import MOST, Named, accounted, kind_of, rest_of, said, telling
from ingest.report import Report, Table

READ = ("", "list", "narrative", "why", "where", "either", "filter", "which")
"""Kinds of question that reading cells may answer; the others are worked out first."""
WORDS = 12
"""Longer stretches are no words to be told as not found."""


def read(plan: Plan, seen: Lens) -> Reply | None:
    """The cells that the question names, where nothing has to be worked out of them."""
    found = named(plan, seen)
    if found is None or not (kind_of(rest_of(plan.question, found.chosen)) in READ or found.chosen.named):
        return None
    return told(plan, found, seen)


def left(plan: Plan, seen: Lens) -> Reply | None:
    """The same for a question that nothing else answers."""
    found = named(plan, seen)
    return told(plan, found, seen) if found else None


def named(plan: Plan, seen: Lens) -> Named | None:
    """The cells that the question names in the one table."""
    only = only_table(seen)
    found = chosen(plan.question, seen.layers_of(*only)) if only else None
    if only is None or found is None or len(found.at) > MOST:
        return None
    return Named(found, only[1], only[0], accounted(plan.question, found, only[1], only[0], seen))


def only_table(seen: Lens) -> tuple[Report, Table] | None:
    """The table of a document without any prose of its own."""
    reports = [reading.report for reading in seen.readings]
    if len(reports) != 1 or len(reports[0].tables) != 1 or reports[0].tables[0].hidden or any(seen.blocks()):
        return None
    return reports[0], reports[0].tables[0]


def told(plan: Plan, found: Named, seen: Lens) -> Reply:
    """The cells in words, with the words of the question that the table does not hold."""
    reply = said(found, seen, plan.question)
    rest = [word for word in telling(rest_of(plan.question, found.chosen)).split() if 1 < len(word) <= WORDS]
    strange = [word for word in rest if not pattern("ask_person").search(word)]
    if not strange:
        return reply
    return replace(reply, notes=(*reply.notes, say("lone", words="、".join(f"“{word}”" for word in strange))))
