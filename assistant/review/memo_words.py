"""How the memo says a place, a quotation and a row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer import Finding, Passed
from assistant.review.case import Case
from assistant.wording import describe
from ingest.report import Place

QUOTE_LIMIT = 110


def places(case: Case, wanted: Sequence[Place], limit: int) -> str:
    """The first places in words, and how many there are where that is more."""
    named = list(dict.fromkeys(_where(case, place) for place in wanted))
    return "；".join(named[:limit]) + ("等处" if len(named) > limit else "")


def _where(case: Case, place: Place) -> str:
    for part in (*case.parts, *case.prior):
        if part.report.id == place.report:
            said = describe(place, part.report)
            return said if part is case.main else f"{said}（{part.report.source}）"
    return "原文"


def clipped(quote: str, limit: int = QUOTE_LIMIT) -> str:
    """A quotation without white space, its end left out beyond the limit; a figure is never cut in two."""
    text = re.sub(r"\s+", "", quote)
    if len(text) <= limit:
        return text
    cut = max((text.rfind(mark, limit // 2, limit) + 1 for mark in "，；。｜、"), default=0) or limit
    while 0 < cut < len(text) and re.match(r"[\d.,%％万亿元]", text[cut]) and re.match(r"[\d.,]", text[cut - 1]):
        cut -= 1
    return f"{text[:cut]}……"


def standing(outcomes: Iterable[Finding | Passed]) -> tuple[Place, ...]:
    """Where all of these stand."""
    return tuple(place for one in outcomes for place in one.places)


def row(*cells: str) -> str:
    """A row of a Markdown table; an empty cell is shown as —."""
    return "| " + " | ".join(re.sub(r"\s+", " ", cell).replace("|", "｜").strip() or "—" for cell in cells) + " |"
