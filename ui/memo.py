"""The memo's Markdown as HTML: headings, paragraphs, lists and tables, all text escaped; no picture, no link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ui.render import safe

_HEADING = re.compile(r"(#{1,4})\s+(.*)")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")
_RULE = re.compile(r"\|?[\s:|-]+\|?")


def to_html(memo: str) -> str:
    """What a reader sees of a memo."""
    lines = [line.rstrip() for line in memo.splitlines()]
    return f'<div class="memo">{"".join(_blocks(lines))}</div>'


def _blocks(lines: list[str]) -> Iterator[str]:
    for kind, run in groupby(lines, _kind):
        rows = list(run)
        if kind == "table":
            yield _table(rows)
        elif kind == "list":
            yield "<ul>" + "".join(f"<li>{_inline(row.lstrip().lstrip('-*').lstrip())}</li>" for row in rows) + "</ul>"
        elif kind == "heading":
            for row in rows:
                marks, text = _HEADING.fullmatch(row).groups()  # type: ignore[union-attr]  # _kind matched it
                yield f"<h{len(marks) + 1}>{_inline(text)}</h{len(marks) + 1}>"
        elif kind == "text":
            yield "".join(f"<p>{_inline(row.lstrip('> '))}</p>" for row in rows)


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if line.startswith("|"):
        return "table"
    if _HEADING.fullmatch(line):
        return "heading"
    return "list" if re.match(r"\s*[-*]\s", line) else "text"


def _table(rows: list[str]) -> str:
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if not _RULE.fullmatch(row)]
    head, *body = cells
    drawn = ["".join(f"<th>{_inline(cell)}</th>" for cell in head)]
    drawn += ["".join(f"<td>{_inline(cell)}</td>" for cell in row) for row in body]
    return f'<div class="scroll"><table class="grid">{"".join(f"<tr>{row}</tr>" for row in drawn)}</table></div>'


def _inline(text: str) -> str:
    return _STRONG.sub(r"<b>\1</b>", safe(text))
