"""What a reader hands on before anything is known of its meaning: texts and grids, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.report import Cell, Hidden, Line

Role = Literal["", "title", "note", "furniture"]


@dataclass(frozen=True, slots=True)
class RawText:
    """A paragraph or line as a reader found it; `text` is verbatim, visual lines joined."""

    text: str
    page: int | None = None
    lines: tuple[Line, ...] = ()
    hidden: Hidden = ""
    role: Role = ""
    """What the reader knows it to be: styled as the title, a footnote or comment, a running header or footer."""
    style: int = 0
    """Heading level that the file's own style gives; 0 for none."""
    centered: bool = False


@dataclass(frozen=True, slots=True)
class RawTable:
    """A grid as a reader found it. `header_rows` only where the file itself says so (<thead>, a repeated row)."""

    cells: tuple[Cell, ...]
    rows: int
    cols: int
    page: int | None = None
    pages: tuple[int, ...] = ()
    caption: str = ""
    unit: str = ""
    header_rows: int | None = None
    sheet: str = ""
    hidden: Hidden = ""
    certain: bool = True
    doubt: str = ""


Raw = RawText | RawTable
