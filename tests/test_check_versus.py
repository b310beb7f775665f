"""Like with like: what is set against another item is set against the same column of it."""

from __future__ import annotations

import pytest

from assistant.check import verify
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

REPORT = report(
    table(
        """单位：万元
        | 项目 | 年初预算 | 调整预算 | 执行数 |
        | 特困供养 | 1,620.00 | 1,780.00 | 1,774.30 |
        | 残疾人补贴 | 1,180.00 | 1,215.00 | 1,209.75 |""",
        caption="表1 项目支出",
    ),
)
READING = Reading(REPORT, facts(REPORT))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("残疾人补贴支出1,209.75万元，比特困供养少564.55万元。", "derived"),  # 1,774.30 spent
        ("残疾人补贴支出1,209.75万元，比特困供养少570.25万元。", "conflict"),  # 1,780.00 was planned
        ("残疾人补贴支出1,209.75万元，比特困供养少410.25万元。", "conflict"),  # 1,620.00 at the start of the year
        ("残疾人补贴支出1,209.75万元，比调整预算少5.25万元。", "derived"),  # its own budget, as the words say
    ],
)
def test_spending_is_set_against_spending(text: str, verdict: str) -> None:
    """A difference between the spending of one item and the budget of another is no comparison of the two."""
    assert verify(text, [READING]).figures[-1].verdict == verdict
