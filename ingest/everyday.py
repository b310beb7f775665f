"""What people say for what is written (口语与公文用语): the official words behind the everyday ones of a question.

Search counts them beside the words that were asked. lay_words.toml is the place to add more.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


def official(text: str) -> tuple[str, ...]:
    """The official words for what is said in a text, each once; the longest saying at a place counts."""
    names, lengths = _sayings()
    found: dict[str, None] = {}
    at = 0
    while at < len(text):
        said = next((text[at : at + length] for length in lengths if text[at : at + length] in names), "")
        found.update(dict.fromkeys(names.get(said, ())))
        at += len(said) or 1
    return tuple(found)


@cache
def _sayings() -> tuple[Mapping[str, tuple[str, ...]], tuple[int, ...]]:
    """Official words by saying, and the lengths that sayings have, longest first."""
    tables = tomllib.loads(Path(__file__).with_name("lay_words.toml").read_text(encoding="utf-8")).values()
    names: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for name, sayings in table.items():
            for said in sayings:
                names[said] = (*names.get(said, ()), name)
    return names, tuple(sorted({len(said) for said in names}, reverse=True))
