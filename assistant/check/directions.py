"""Which way a claim says that something went or lies: 增加、少于、高出目标.

Reads words; whether the figures go that way is decided in judge.py, guards.py and compare.py.
"""

from __future__ import annotations

import re

from assistant.check.agree import sign
from assistant.check.claim import Claim

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


_COMPARED = re.compile("[多少高低]")


def compared(claim: Claim) -> int:
    """Which way a stated change is told to go: by its own word or sign, or as more or less than another (比上年少x)."""
    told = claim.basis == "差额" and _COMPARED.search(claim.measure[-1])
    return direction(claim) if told else sign(claim.quantity, claim.measure)
