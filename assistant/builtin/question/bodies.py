"""What a department is called in a question: 澄湖县教育局, 县教育局, 教育局, its place alone, or cut short (卫健局)."""

from __future__ import annotations

import re
from functools import lru_cache

PLACE = re.compile(r"^.*(?:[省县旗盟州]|(?<!社)区|(?<!城)市(?![场政容民]))(?=.{2,}$)")
"""The place before a department's own name; 市场监督管理局 and 城市管理局 begin with no place."""


@lru_cache(maxsize=1024)
def called(department: str) -> str:
    """All ways to name a department, as a regular expression, the longest first."""
    tail = PLACE.sub("", department)
    place = department.removesuffix(tail)
    names = [name for name in dict.fromkeys((department, place[-1:] + tail, tail, place)) if len(name) >= 3]
    ways = [re.escape(name) for name in names]
    if len(tail) > 3:  # 卫健局 of 卫生健康局: its first and last character and some of those between, in their order
        between = "".join(f"{re.escape(char)}?" for char in tail[1:-1])
        ways.append(f"{re.escape(tail[0])}(?!{re.escape(tail[-1])}){between}{re.escape(tail[-1])}")
    return "|".join(ways) or "(?!)"


def mentioned(department: str, question: str) -> str:
    """The words by which a question names a department, "" where it does not."""
    found = re.search(called(department), question)
    return found[0] if found else ""
