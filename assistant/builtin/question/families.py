"""Words of which one excludes the others (市级、县级；原值、净值): a figure bearing another one is not what is meant.

Compares the words of a question with those of a label; it finds nothing by itself.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assistant.builtin.question.lexicon import lexicon, reduced

SIGN = re.compile(r"[A-Za-z][A-Za-z0-9.]*")
"""A sign written in letters (PM2.5, COD): it names a thing of its own, however near its neighbours are."""


@lru_cache(maxsize=65536)
def excluded(asked: str, name: str, around: str = "") -> bool:
    """Whether a label bears another word of a family than the one asked for, or lacks a sign that is asked for.

    `around`: what else is said of the figure (its sentence, the level of its department): a word found there will do.
    """
    asked, name, around = reduced(asked), reduced(name), reduced(around)
    wanted = {sign.upper() for sign in SIGN.findall(asked)}
    if wanted and not any(sign in (name + around).upper() for sign in wanted):
        return True
    for members, needed in _families():
        own = {number for number, member in enumerate(members) if member.search(asked)}
        held = {number for number, member in enumerate(members) if member.search(name)}
        if own and (held or needed) and not own & held and not any(members[number].search(around) for number in own):
            return True
    return False


def levels(department: str) -> str:
    """The levels of government that a department is of itself: 县级 for 澄湖县教育局."""
    return "、".join(f"{char}级" for char in "省市区县镇乡村" if char in department)


@cache
def _families() -> tuple[tuple[tuple[re.Pattern[str], ...], bool], ...]:
    """The members of each family, and whether a label must bear the one that is asked for."""
    return tuple(
        (tuple(re.compile(member) for member in row["members"]), bool(row.get("needed"))) for row in lexicon()["family"]
    )
