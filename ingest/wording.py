"""Reads terms.toml, the words that a budget officer may extend; nothing else reads it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def wording() -> dict[str, Any]:
    """The content of terms.toml, read once."""
    return tomllib.loads(resources.files("ingest").joinpath("terms.toml").read_text(encoding="utf-8"))


@cache
def words(section: str) -> tuple[str, ...]:
    """The list `words` of a section of terms.toml."""
    return tuple(wording()[section]["words"])


_FIRST = re.compile(r"(?:\(\?<?[!=][^)]*\))*(?:\[([^^\]][^\]]*)\]|([^\[(\\.|]))(?![?*{])(?:[^|(]|\([^)]*\))*")


def opening(patterns: Iterable[str]) -> str:
    """A look-ahead for the first characters of some words or patterns, "" where one of them does not tell its own.

    Most places of a text begin none of them, and this says so at once.
    """
    found = [_FIRST.fullmatch(pattern) for pattern in patterns]
    if not all(found):
        return ""
    return f"(?=[{''.join(sorted({match[1] or re.escape(match[2]) for match in found if match}))}])"
