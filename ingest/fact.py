"""The ledger's entry: one figure with everything that makes it that figure and no other."""

from __future__ import annotations

from typing import Literal

from ingest.quantity import Quantity
from ingest.record import record
from ingest.report import Place

Basis = Literal["", "年初预算", "调整后预算", "预算", "决算", "计划", "目标", "完成", "调整", "差额"]
"""口径. 预算: a budget that does not say which; 决算: executed, spent or received (执行数、支出、收入决算)."""


@record
class Fact:
    """A figure that the report states (数字事实), from a table cell or from prose alike."""

    id: str
    """`<report>:<ordinal>`, stable for the same bytes."""
    subject: str
    """主体: whose figure (a project, an expense item, a group of staff); "" means the department itself."""
    measure: tuple[str, ...]
    """指标: header path or the words of the clause, outermost first; never empty."""
    period: str
    """期间: 2021年度, 2021年末, 2020年以来 …; the year under review where the text names none."""
    basis: Basis
    quantity: Quantity
    place: Place
    quote: str
    """The sentence, or the row's texts from left to right joined by ｜, verbatim."""
    section: tuple[str, ...] = ()
    kind: Literal["table", "prose"] = "prose"
    certain: bool = True
    """False: label, unit or period had to be guessed, or the table is 未确认."""
    also: tuple[Place, ...] = ()
    """Other places that state exactly the same (exact duplicates are merged)."""

    @property
    def dimension(self) -> str:
        """What kind of figure it is: money, ratio, score, count …"""
        return self.quantity.unit.dimension

    @property
    def item(self) -> str:
        """The innermost part of the subject, as the report calls it: 公交运营补贴 of 项目支出/公交运营补贴."""
        return self.subject.rpartition("/")[2]


def label(fact: Fact) -> str:
    """主体 and measure path in one string, e.g. `科技奖励/预算金额/总额`."""
    return "/".join(filter(None, (fact.subject, *fact.measure)))
