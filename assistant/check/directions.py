"""Which way a claim says that something went or lies: 增加、少于、高出目标.

Reads words; whether the figures go that way is decided in judge.py, guards.py and compare.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.check.agree import sign
from assistant.check.claim import Claim
from assistant.check.ledger import Entry

LESS = re.compile("短收|[还尚]差|缩小|下降|降低|减少|降幅|(?<!最)[少低]|调减|压减|不足|节约|结余|未")
MORE = re.compile("(?:多|高|超出|超过)(?:于|了|出)?$|超收|超支|多收|多支")
_BESIDE = re.compile("(?:(?P<less>低于|少于|不及|落后于?|短于)|高出|高于|超出|多出|多于|超过|超)[^，。；、\\d]{1,8}$")
"""高出目标x: which way, before what it is held against."""


def direction(claim: Claim) -> int:
    """Which way a claim says that something went: -1, +1, or 0 where it does not say."""
    if claim.quantity.value > 0 and not claim.quantity.direction:
        if LESS.search(claim.measure[-1]):
            return -1
        if MORE.search(claim.measure[-1]):
            return 1
        if beside := _BESIDE.search(claim.before):
            return -1 if beside["less"] else 1
    return sign(claim.quantity, claim.measure)


_SIZE = re.compile("相?差(?:距|异)?$|幅度?$|[缩减压降]|(?<!全)省$|节省|少[支花]|节支")
"""Measures told by their size alone (与目标相差x、变动幅度x), or that say themselves that something fell."""
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_RISEN = re.compile("新增|增加|增长|追加|调增|核增|净增|超支|提高|提升|延长")
_FALLEN = re.compile("减少|下降|追减|调减|核减|净减|压减|节约|节省|节支|降低|缩短")


@lru_cache(maxsize=65536)
def told_way(name: str) -> int:
    """Which way a name says that things went: +1, -1, or 0 where it says neither, or both; 追加（核减） is 追加."""
    name = _ASIDE.sub("", name)
    return bool(_RISEN.search(name)) - bool(_FALLEN.search(name))


def same_way(claim: Claim, entry: Entry) -> bool:
    """Whether a figure goes the way in which the fact goes: a minus is not lost, 追减 is not 追加.

    Of two names that say opposite things one must carry a minus (追加 -240 is 追减 240).
    """
    value, source = claim.quantity.value, entry.fact.quantity.value
    own, other = told_way(claim.measure[-1]), told_way(entry.fact.measure[-1]) or told_way(entry.fact.subject[:2])
    if own * other < 0 and value and source:
        return (value < 0) != (source < 0)
    way = compared(claim)
    if not way and source < 0 < value:
        name = _ASIDE.sub("", claim.measure[-1])
        return bool(_SIZE.search(name) or LESS.search(name))
    return way * entry.sign >= 0


def as_written(claim: Claim, entry: Entry) -> bool:
    """Whether a figure under the very name of a fact has its minus where the fact has one."""
    return (claim.quantity.value < 0) == (entry.fact.quantity.value < 0)


_COMPARED = re.compile("[多少高低]")


def compared(claim: Claim) -> int:
    """Which way a stated change is told to go: by its own word or sign, or as more or less than another (比上年少x)."""
    told = claim.basis == "差额" and _COMPARED.search(claim.measure[-1])
    return direction(claim) if told else sign(claim.quantity, claim.measure)
