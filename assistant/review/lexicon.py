"""Word lists of the reviewer, read once from words.toml; nothing else reads it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon() -> dict[str, Any]:
    """The content of words.toml."""
    return tomllib.loads(files("assistant.review").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def listed(section: str, key: str = "words") -> tuple[str, ...]:
    """A list of words."""
    return tuple(lexicon()[section][key])


def any_of(words: tuple[str, ...], text: str) -> str:
    """The first of the words that occurs in the text, or ""."""
    return next((word for word in words if word in text), "")
