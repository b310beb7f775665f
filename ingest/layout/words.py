"""Word lists of the page layout (版面用词), read once from structure.toml; no judgement of its own."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

BRACKETED = re.compile(r"[（(〔\[][^（()）〔〕\[\]]*[）)〕\]]")


@cache
def words(name: str) -> tuple[str, ...]:
    """The list `name` of structure.toml, longest word first. KeyError where there is none."""
    lists = tomllib.loads(Path(__file__).with_name("structure.toml").read_text(encoding="utf-8"))
    return tuple(sorted(lists[name], key=len, reverse=True))


def squeeze(text: str) -> str:
    """`text` without any white space (去空白), for matching only."""
    return "".join(text.split())


def stem(text: str) -> str:
    """`text` without white space and bracketed additions: 预算金额（万元） → 预算金额."""
    return BRACKETED.sub("", squeeze(text))


def ends(text: str, name: str) -> bool:
    """Whether the stem of `text` ends in a word of the list `name`."""
    return stem(text).endswith(words(name))
