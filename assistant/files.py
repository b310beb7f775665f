"""Reports as files and as lines of a list: their identity, their shape, and what they say without being stored."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant import shapes
from ingest.ledger import facts
from ingest.store import Entry


def identity(data: bytes) -> str:
    """The id of a report: the first 12 hex digits of the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()[:12]


def entry_shape(entry: Entry, known_before: bool = False) -> dict[str, Any]:
    """A line of the manifest in the contract's shape."""
    values = asdict(entry)
    del values["added"]
    return {**values, "known": known_before}


def read_tables(path: Path) -> dict[str, Any]:
    """The tables of a file, without storing it."""
    from ingest.read import read

    return shapes.tables(read(path))


def read_facts(path: Path) -> dict[str, Any]:
    """The ledger of a file, without storing it."""
    from ingest.read import read

    return shapes.facts(facts(read(path)))
