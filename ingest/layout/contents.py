"""The table of contents (目录) of a report: its lines name headings and are none.

Found by its title and by what follows: short lines, until the first of them stands again as the heading it names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.layout.words import squeeze

TITLES = ("目录", "目次", "目錄")
PAGE = re.compile(r"[.…·．\-—_\s]*\d{0,3}$")
"""What ends a line of contents: leaders and a page number."""
N = r"[一二三四五六七八九十\d]{1,3}"
MARK = re.compile(rf"第{N}(?:部分|章|编)[、：:]?|{N}[、.．]|[（(]{N}[）)]")
"""The number of a line, in whatever way it is written."""
LONGEST = 60
LEAST = 3
"""Lines that a table of contents has at least."""


def contents(texts: Sequence[str]) -> set[int]:
    """The places of the lines of a table of contents among all texts; none where little of it stands again later."""
    lines = [PAGE.sub("", squeeze(text)) for text in texts]
    for at, line in enumerate(lines):
        if line in TITLES:
            start, end = at + 1, _end(lines, texts, at + 1)
            later = {_name(line) for line in lines[end:]}
            again = sum(_name(line) in later for line in lines[start:end])
            return set(range(start, end)) if end - start >= LEAST and again * 2 >= end - start else set()
    return set()


def _name(line: str) -> str:
    """A line without its number: the heading itself may stand without one."""
    return MARK.sub("", line, count=1) if MARK.match(line) else line


def _end(lines: Sequence[str], texts: Sequence[str], start: int) -> int:
    """Where the lines end: at prose, at a table, or where one of them stands again."""
    known: set[str] = set()
    for at in range(start, len(lines)):
        line, text = lines[at], texts[at].strip()
        if not line or len(text) > LONGEST or text.endswith(("。", "；")) or line in known:
            return at
        known |= {line, _name(line)}
    return len(lines)
