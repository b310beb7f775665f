"""The review in other forms: JSON here, Word and Excel beside. Nothing is judged or reworded on the way out."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from assistant.answer import Review
from assistant.review.masking import masked

VERSION = 1
"""Of the JSON contract."""


def to_markdown(review: Review) -> str:
    """The memo as it is."""
    return review.memo


def to_json(review: Review) -> str:
    """Findings, passed checks and indicators; names and telephone numbers masked, keys in a fixed order."""
    content: dict[str, Any] = {"version": VERSION, **asdict(review)}
    return masked(json.dumps(content, ensure_ascii=False, indent=2, default=str)) + "\n"
