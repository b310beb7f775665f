"""What the rest of the world uses of heshu: the Assistant and the few things around it.

The heavy parts (answers, gate, reviewer) are loaded when they are first asked for: the page is there before them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from assistant.answer import (
    BAD,
    GOOD,
    VERDICT_NAMES,
    Answer,
    Check,
    Citation,
    Figure,
    Finding,
    Indicator,
    Passed,
    Review,
    Sentence,
    Verdict,
)
from assistant.assistant import DECISIONS, Assistant
from assistant.auditing import audit_rows, record_act, record_answer, record_check
from assistant.conversation import CHAT_FORMS
from assistant.files import draw_page, read_facts, read_tables
from assistant.settings import Settings, from_environment, read_settings, write_settings
from assistant.users import Door, add_user, read_users, remove_user
from ingest.errors import BadInput, HeshuError

if TYPE_CHECKING:
    from assistant.builtin.ask import answered
    from assistant.charted import chart_shapes, review_charts
    from assistant.check import gate, verify
    from assistant.comparison import Cell, Column, Comparison, Measure, Row
    from assistant.doctor import examine, mend, samples
    from assistant.export import FORMS
    from assistant.feedback import GOLD_FILE, add_gold, gold_question
    from assistant.mutate import NO_STATEMENT, lies, measure_mutations, mutation_table
    from assistant.review import findings, reviewed
    from assistant.review.indicators import stated_inputs
    from assistant.suggestions import examples, follow_ups
    from assistant.trying import try_embedding, try_model

__all__ = [
    "BAD",
    "CHAT_FORMS",
    "DECISIONS",
    "FORMS",
    "GOLD_FILE",
    "GOOD",
    "NO_STATEMENT",
    "VERDICT_NAMES",
    "Answer",
    "Assistant",
    "BadInput",
    "Cell",
    "Check",
    "Citation",
    "Column",
    "Comparison",
    "Door",
    "Figure",
    "Finding",
    "HeshuError",
    "Indicator",
    "Measure",
    "Passed",
    "Review",
    "Row",
    "Sentence",
    "Settings",
    "Verdict",
    "add_gold",
    "add_user",
    "answered",
    "audit_rows",
    "chart_shapes",
    "draw_page",
    "examine",
    "examples",
    "findings",
    "follow_ups",
    "from_environment",
    "gate",
    "gold_question",
    "lies",
    "measure_mutations",
    "mend",
    "mutation_table",
    "read_facts",
    "read_settings",
    "read_tables",
    "read_users",
    "record_act",
    "record_answer",
    "record_check",
    "remove_user",
    "review_charts",
    "reviewed",
    "samples",
    "stated_inputs",
    "try_embedding",
    "try_model",
    "verify",
    "write_settings",
]

_LATE = {
    "builtin.ask": ("answered",),
    "charted": (
        "chart_shapes",
        "review_charts",
    ),
    "check": (
        "gate",
        "verify",
    ),
    "comparison": (
        "Cell",
        "Column",
        "Comparison",
        "Measure",
        "Row",
    ),
    "doctor": (
        "examine",
        "mend",
        "samples",
    ),
    "export": ("FORMS",),
    "feedback": (
        "GOLD_FILE",
        "add_gold",
        "gold_question",
    ),
    "review.indicators": ("stated_inputs",),
    "mutate": (
        "NO_STATEMENT",
        "lies",
        "measure_mutations",
        "mutation_table",
    ),
    "review": ("findings", "reviewed"),
    "suggestions": (
        "examples",
        "follow_ups",
    ),
    "trying": (
        "try_embedding",
        "try_model",
    ),
}
"""Where the names that are loaded late live."""


def __getattr__(name: str) -> Any:
    home = next((module for module, names in _LATE.items() if name in names), None)
    if home is None:
        raise AttributeError(name)
    return getattr(import_module(f"assistant.{home}"), name)
