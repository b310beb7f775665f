"""What keeps a figure from being told as wrong: words that call for a calculation, a fact of something never spoken of.

Such a figure is without ground (无依据) unless a calculation gives it; it is not belied (不一致) by the fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.agree import fit, telling
from assistant.check.claim import EARLIER, Claim
from assistant.check.directions import direction
from assistant.check.ledger import Entry, Ledger, content
from assistant.check.likeness import AIMS, Likeness
from ingest.fact import label
from ingest.ledger.labels import is_generic
from ingest.ledger.thread import named_item
from ingest.terms import is_alias, is_total, opposite, sides, terms

_AIM = re.compile("目标|计划|任务|指标值|要求")
_LISTED = re.compile(r"(?:目标|计划|任务)[^，。；\d]{0,6}(?:[：:\n]|包括|为)")
"""Before a list of aims."""
EQUAL = 60
"""Labels closer to each other than this explain a claim equally well."""
_PEOPLE = frozenset({"人", "名", "位", "人次"})
_ANY = frozenset({"个", "项"})
"""Words that count anything."""


def unbelied(claim: Claim, entry: Entry, ledger: Ledger) -> bool:
    """Whether a fact whose label is nearest to a claim's does not belie it: the figure is called worked out (空缺x,
    相当于y的x%), is of a part of the year or of the time before, or the fact is of something else than the sentence."""
    worked_out = entry.fact.basis != "差额" and claim.reckoned(label(entry.fact))
    before = claim.period == EARLIER and entry.current
    return (
        worked_out
        or before
        or _of_another(claim, entry, ledger)
        or _of_the_year(claim, entry)
        or _counted(claim, entry)
    )


def _of_another(claim: Claim, entry: Entry, ledger: Ledger) -> bool:
    """支出x, 目标x is not belied by 项目资金的支出, 甲的目标, of which the sentence says nothing; nor, where the
    sentence speaks of 甲, by what is told of the whole department."""
    if claim.subject or any(part and not _says_nothing(part) for part in claim.measure):
        return False
    own = (part for part in (entry.fact.subject, *entry.fact.measure) if not _says_nothing(part))
    whose, said = content(*own), claim.label | claim.context | claim.asked
    if whose:
        return not whose & said
    return of_other_item(claim, entry, ledger)


def _says_nothing(part: str) -> bool:
    """Whether a part of a label names a measure alone (支出、目标、合计) and not what it is of."""
    return is_alias(part) or is_generic(part) or is_total(part)


def of_other_item(claim: Claim, entry: Entry, ledger: Ledger) -> bool:
    """Whether the sentence speaks of an item of the report that the fact is not of."""
    item = named_item(claim.before, ledger.items)
    return bool(item) and not content(item) <= entry.label | entry.around | entry.quoted


def _counted(claim: Claim, entry: Entry) -> bool:
    """318人次 is not belied by 46批: what is counted in words of its own is something else."""
    here, there = claim.quantity.unit.name, entry.fact.quantity.unit.name
    if claim.quantity.unit.dimension != "count" or here == there or {here, there} & _ANY:
        return False
    return (here in _PEOPLE) != (there in _PEOPLE)


def _of_the_year(claim: Claim, entry: Entry) -> bool:
    """Whether a claim of a part of the year (上半年x) would be held against the figure of the whole."""
    return "月" in claim.period and entry.fact.period.endswith("年度")


def levels(claim: Claim, found: Sequence[Likeness]) -> Sequence[Likeness]:
    """Those of some facts that may belie a claim: an aim (目标90%) says nothing against what came of it, and only where
    the text speaks of aims is one meant."""
    if claim.basis or not any(like.entry.fact.basis in AIMS for like in found):
        return found
    if claim.quantity.relation not in ("=", "约", "余") or direction(claim) or claim.reckoned(""):
        return found
    if _AIM.search(claim.before + claim.question) or _LISTED.search(claim.earlier):
        return found
    return [like for like in found if like.entry.fact.basis not in AIMS]


def undecided(claim: Claim, like: Likeness, best: Likeness, ledger: Ledger) -> bool:
    """Whether a claim may as well mean a fact with its value as the one nearest by its label: its words say as much of
    the one as of the other (收入小计x of a budget and an outcome), or have just named it, or the item that it is of;
    or the two are an aim, as the claim is, and what came of it."""
    aimed = claim.basis in AIMS and like.entry.fact.basis in AIMS and best.entry.fact.basis not in AIMS
    if not like.sound or aimed or like.said >= best.said or told_before(claim, like.entry):
        return like.sound
    return of_other_item(claim, best.entry, ledger) and not of_other_item(claim, like.entry, ledger)


def told_before(claim: Claim, entry: Entry) -> bool:
    """Whether a fact with the claimed value may be meant, because the figure is called by a bare measure (事业编制x，
    在职y) and the sentence has just named what the fact is of."""
    bare = not claim.subject and len(claim.measure) == 1 and is_alias(claim.measure[0])
    return bare and bool((entry.label - claim.label) & claim.context) and telling(claim.quantity, 2)


def nameless(claim: Claim, entry: Entry) -> bool:
    """Whether the words of a claim name nothing, so that they may be others for what carries so telling a value: it is
    of nothing that the sentence leaves out, nor of the other side (收入, where 支出 is spoken of)."""
    if not claim.label:
        return True
    named = frozenset(terms(entry.fact.subject))
    left_out = bool(named) and not named & (claim.label | claim.context)
    turned = sides(claim.name + claim.before) & opposite(sides(label(entry.fact)))
    return telling(claim.quantity) and not left_out and not turned


def rival_of(claim: Claim, agreed: Likeness, others: Sequence[Likeness], ledger: Ledger) -> Likeness | None:
    """Another value under the very same label: the report contradicts itself."""
    entry = agreed.entry
    for like in others:
        other = like.entry
        same = other.key == entry.key and other.report.id == entry.report.id
        if not same or like.score + EQUAL < agreed.score or _one_value(entry, other):
            continue
        if entry.fact.subject or not _told_apart(claim, entry, other, ledger):
            return like
    return None


def _told_apart(claim: Claim, meant: Entry, other: Entry, ledger: Ledger) -> bool:
    """Whether the rest of the sentence speaks of the one and not of the other (a bare 预算执行率 of two things)."""
    here = sum(map(ledger.weight, claim.context & (meant.around | meant.quoted)))
    there = sum(map(ledger.weight, claim.context & (other.around | other.quoted)))
    return 4 * there < 3 * here


def _one_value(a: Entry, b: Entry) -> bool:
    """Whether one is the other, more coarsely written, or both are the ends of a range."""
    if {a.fact.quantity.relation, b.fact.quantity.relation} == {"从", "到"}:
        return True
    return bool(fit(a.fact.quantity, b.fact.quantity) or fit(b.fact.quantity, a.fact.quantity))
