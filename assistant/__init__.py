"""What the rest of the world uses of heshu: the Assistant and the few things around it."""

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
from assistant.check import gate, verify
from assistant.comparison import Cell, Column, Comparison, Measure, Row
from assistant.conversation import CHAT_FORMS
from assistant.doctor import examine, mend, samples
from assistant.export import FORMS
from assistant.files import draw_page, read_facts, read_tables
from assistant.mutate import NO_STATEMENT, measure_mutations, mutation_table
from assistant.review import findings
from assistant.settings import Settings, read_settings
from ingest.errors import BadInput, HeshuError

__all__ = [
    "BAD",
    "CHAT_FORMS",
    "DECISIONS",
    "FORMS",
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
    "draw_page",
    "examine",
    "findings",
    "gate",
    "measure_mutations",
    "mend",
    "mutation_table",
    "read_facts",
    "read_settings",
    "read_tables",
    "samples",
    "verify",
]
