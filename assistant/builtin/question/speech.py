"""Everyday speech put as a report would put it: 干啥的 → 主要职责是什么, 剩了多少 → 年末结转和结余是多少.

Changes wording only, by the frames of speech.toml; what it does not know it leaves as it is.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

MARKS = re.compile(r"([，,。；;？?！!])")


def formal(question: str, later: bool = True) -> str:
    """The question in written words, clause by clause; itself where no frame hears it.

    `later`: whether a frame that makes a question of its own is put in written words behind another clause too, where
    its words may be of what that clause is about (X的到位率是多少，结余多少); it is parted from it all the same.
    """
    text = question.strip()
    for hears, means in _words():
        text = hears.sub(means, text)
    cut = MARKS.split(text)
    for at in range(0, len(cut), 2):
        clause = cut[at].strip()
        found = next((row[:3] for row in _frames() if row[0].search(clause) and not (at and row[3])), None)
        if found is not None:
            if later or not at or not found[2]:
                cut[at] = found[0].sub(found[1], clause, count=1)
            if found[2] and at + 1 < len(cut):
                cut[at + 1] = "？"
            if found[2] and at and cut[at - 1] in "，,；;":
                cut[at - 1] = "？"
    return once("".join(cut))


def once(text: str) -> str:
    """The text with every question in it asked once."""
    return "".join(dict.fromkeys(re.findall(r"[^？?]+[？?]*", text)))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("assistant.builtin.question").joinpath("speech.toml").read_text(encoding="utf-8"))


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["hears"]), row["means"]) for row in _table()["word"])


@cache
def _frames() -> tuple[tuple[re.Pattern[str], str, bool, bool], ...]:
    """What is heard, what it means, whether it is then a question of its own, whether only at the beginning."""
    return tuple(
        (re.compile(row["hears"]), row["means"], bool(row.get("alone")), bool(row.get("first")))
        for row in _table()["frame"]
    )
