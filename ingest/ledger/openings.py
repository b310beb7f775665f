"""What the opening of a paragraph or sentence names: an item as a title of its own, or before a colon."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.ledger.labels import clean, names_itself
from ingest.ledger.nouns import starts_with_verb

_TITLE = re.compile(r"^[^，,；;：:。是了为有]{4,60}。$")


def title(sentence: str) -> str:
    """The item that a paragraph's first sentence is nothing but the name of (1.教育支出（类）普通教育（款）。)."""
    text = sentence.strip()
    label = clean(text) if _TITLE.match(text) else ""
    named = label.endswith("）") or names_itself(label)
    return label if label and named and not starts_with_verb(label) else ""


_HEADING = re.compile(r"^[^，,；;。：:]{3,34}[：:]")


@lru_cache(maxsize=16384)
def heading(opening: str) -> str:
    """The item that a sentence announces before a colon: 农村公路养护项目：计划里程320公里."""
    match = _HEADING.match(opening.strip()) if "：" in opening or ":" in opening else None
    label = clean(opening.strip()[: match.end() - 1]) if match else ""
    return label if label.endswith(("项目", "工程", "专项", "资金", "经费", "补助", "行动", "计划")) else ""
