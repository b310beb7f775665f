"""What keeps a figure from being told as wrong: words that call for a calculation, a fact of something never spoken of.

Such a figure is without ground (无依据) unless a calculation gives it; it is not belied (不一致) by the fact.
"""

from __future__ import annotations

from assistant.check.agree import telling
from assistant.check.claim import Claim
from assistant.check.ledger import Entry, content
from ingest.fact import label
from ingest.terms import is_alias


def unbelied(claim: Claim, entry: Entry) -> bool:
    """Whether a fact whose label is nearest to a claim's does not belie it: the figure is called worked out (空缺x,
    相当于y的x%), or is of a part of the year, or the fact is of an item of which the sentence says nothing."""
    worked_out = entry.fact.basis != "差额" and claim.reckoned(label(entry.fact))
    return worked_out or _of_another(claim, entry) or _of_the_year(claim, entry)


def _of_another(claim: Claim, entry: Entry) -> bool:
    """支出x is not belied by 项目资金的支出, of which the sentence says nothing."""
    whose = content(entry.fact.subject) if entry.fact.subject and not claim.subject else frozenset()
    return bool(whose) and not whose & (claim.label | claim.context | claim.asked)


def _of_the_year(claim: Claim, entry: Entry) -> bool:
    """Whether a claim of a part of the year (上半年x) would be held against the figure of the whole."""
    return "月" in claim.period and entry.fact.period.endswith("年度")


def told_before(claim: Claim, entry: Entry) -> bool:
    """Whether a fact with the claimed value may be meant, because the figure is called by a bare measure (事业编制x，
    在职y) and the sentence has just named what the fact is of."""
    bare = not claim.subject and len(claim.measure) == 1 and is_alias(claim.measure[0])
    return bare and bool((entry.label - claim.label) & claim.context) and telling(claim.quantity, 2)
