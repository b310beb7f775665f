"""What a label or a quotation is compared by: the content terms of a label, a text without spaces.

Works on words alone; which facts they name is found in ledger.py.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ingest.terms import canonical, terms


def squeezed(text: str) -> str:
    """A text as quotations are compared: without spaces and in one form of its characters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


_PIECES = re.compile("年初|年末|调整后|预算|决算|执行率|收入|支出|结转|结余|目标|完成")
"""What compound names (收入决算数, 年初预算数) are made of, so that 收入/决算 in a table's header says the same."""


SHORT = 5
"""A name this short of which the terms have lost more than a character (完成率) stands for itself as well."""


@lru_cache(maxsize=65536)
def _content(part: str) -> frozenset[str]:
    found: set[str] = set()
    for term in terms(part):
        if term[0].isdigit():
            continue
        left = _PIECES.sub("", term) if len(term) > 2 else term
        found.update(_PIECES.findall(term) if left in ("", "数", "额", "总额") else [term])
    name = canonical(part)
    if len(name) <= SHORT and sum(map(len, found)) + 1 < len(name):
        found.add(name)
    return frozenset(found)


@lru_cache(maxsize=16384)
def content(*parts: str) -> frozenset[str]:
    """Content terms of some labels, figures left out."""
    return frozenset().union(*map(_content, parts))
