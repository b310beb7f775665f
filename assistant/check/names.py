"""The names by which a sentence may write out a fact in full: row and column heads, with their trimmings or without."""

from __future__ import annotations

import re

from ingest.fact import Fact

_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[）)、]+|\d{1,2}[.．、]\s*(?!\d)|[①-⑳]|其中[:：]?)+")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_LOOSE = re.compile(r"[的/／\s“”\"'（()）]|年度")


def bare(name: str) -> str:
    """A name without what a sentence may add or leave out: 的, 年度, brackets, spaces, slashes."""
    return _LOOSE.sub("", name)


def names_of(fact: Fact) -> frozenset[str]:
    """The whole names of a fact, as a sentence may write them out: with its number and what stands in brackets, or
    without."""
    row, columns = _NUMBERED.sub("", fact.subject), [_NUMBERED.sub("", part) for part in fact.measure]
    plain, short = _ASIDE.sub("", row), [_ASIDE.sub("", part) for part in columns]
    ways = (
        (fact.subject, *fact.measure),
        *((subject, *heads) for subject in (row, plain) for heads in (columns, short, columns[-1:], short[-1:])),
    )
    return frozenset(map(bare, map("".join, ways)))
