"""Passages to retrieve: verbatim pieces of a report that never cut a sentence, a row or a number."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.report import Place


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage (片段). `id` is `<report>:<ordinal>`."""

    id: str
    report: str
    text: str
    """Verbatim."""
    places: tuple[Place, ...]
    section: tuple[str, ...] = ()
    embed_text: str = ""
    """`text` with the headings it stands under in front: what indexes see."""
