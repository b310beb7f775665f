"""Reads terms.toml, the words that a budget officer may extend; nothing else reads it."""

from __future__ import annotations

import tomllib
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
