"""The period that the words around a figure give it: written out, counted from another year, before a change.

Reads words; the grammar has named a period already where a sentence does.
"""

from __future__ import annotations

import re

from assistant.check.claim import EARLIER
from ingest.ledger.sentence import Claim
from ingest.periods import since_january

_YEAR = re.compile(r"(20\d\d)年")
_LAST = re.compile("上年|去年|上一年")
_THAN = ("比", "较", "与", "同")
_QUARTER_END = re.compile("季度末|半年末")
"""What has come together by then, not what the quarter brought."""
_OF_REPORT = re.compile(r"(20\d\d)年(?:度)?的?(?:部门|整体|支出|绩效|评价|自评)*报告")


def spoken(found: Claim, before: str, year: int | None) -> str:
    """The period of a figure that the grammar has found, as the words before it tell it."""
    period = _period(found.period, before, year)
    if period.endswith("月") and _QUARTER_END.search("".join((*found.measure, found.subject, before))):
        return since_january(period)
    return period


def before_change(period: str, origin: str, year: int | None) -> str:
    """The period of the first of two states: the one its words name, the year before, or some time that is not said."""
    if _YEAR.search(origin):
        return period
    return f"{year - 1}年度" if year and _LAST.search(origin) else EARLIER


def names_report(period: str, text: str) -> bool:
    """Whether a year names a report here (2023年报告的资产总额) and is not the period of a figure."""
    return any(match[1] == period[:4] for match in _OF_REPORT.finditer(text))


def _period(said: str, before: str, year: int | None) -> str:
    """The period; a year that the sentence writes out goes before 全年 and 年末, which only repeat it, and before 上年,
    which is counted from it."""
    if said == "上年":
        return f"{year - 1}年度" if year else ""
    if said[:4] in before or not year or not said[:4].isdigit():
        return said
    written = [match[1] for match in _YEAR.finditer(before) if before[: match.start()][-1:] not in _THAN]
    if not written or said[:4] not in (f"{year}", f"{year - 1}"):
        return said
    if said[:4] == f"{year}":
        return said.replace(said[:4], written[-1], 1)
    return said if written[-1] == f"{year}" else said.replace(said[:4], f"{int(written[-1]) - 1}", 1)
