"""What a reviewer decided about a finding (采纳、不采纳、备注), as the store keeps it; the last one holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

OFF, ON = "停用", "启用"
"""A rule of the book for one report: kept like a decision, under the rule's number, with the reason as note."""
REJECTED = frozenset({"reject", "rejected", "不采纳", "驳回"})


class Decision(Protocol):
    """A decision on one finding; `ingest.store.journal.Decision` is one."""

    @property
    def finding(self) -> str: ...

    @property
    def decision(self) -> str: ...

    @property
    def note(self) -> str: ...


def latest(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """The decision that holds for each finding id: the last one given."""
    return {each.finding: each for each in decisions}


def rejected(decisions: Sequence[Decision]) -> frozenset[str]:
    """Ids of findings that the reviewer does not take up."""
    return frozenset(finding for finding, each in latest(decisions).items() if each.decision in REJECTED)
