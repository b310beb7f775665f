"""One claimed figure against the ledger: the verdict that its label and its value give, and why.

Only what the ledger states; calculations are tried in derive.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import GOOD, Verdict
from assistant.check import wording
from assistant.check.agree import Fit, close, hedged, slip, telling
from assistant.check.carriers import carriers, fits_in
from assistant.check.claim import Claim
from assistant.check.directions import as_written, same_way
from assistant.check.doubts import EQUAL, levels, nameless, of_other_item, rival_of, unbelied, undecided
from assistant.check.evidence import meant
from assistant.check.ledger import Entry, Ledger
from assistant.check.likeness import Likeness, answers_better, candidates, foremost, ranked
from assistant.check.outright import in_name, outright
from ingest.record import record
from ingest.terms import basis_of, is_total

KNOWN = 550
"""From this likeness on a label is taken to name a fact; below it nothing is said to be wrong by its label."""
FAINT = 350
"""From this likeness on a fact with the very value may be the one meant, if none answers the label better."""
WEAK = 200
"""Below this likeness two labels have nothing to do with each other."""
_WORD = re.compile("[一-鿿A-Za-z]")


@record
class Judgement:
    """A verdict with its reason and the facts it rests on."""

    verdict: Verdict
    working: str
    entries: tuple[Entry, ...] = ()
    right: str = ""
    strong: bool = False
    """Whether the ledger has a fact of exactly this label, so that no other calculation is looked for."""
    open: bool = False
    """Whether the label is what is in doubt, so that a calculation may still explain the figure."""


@record
class Support:
    """A fact whose value agrees with the claim's."""

    like: Likeness
    fit: Fit
    signs: bool
    """Whether the signs (增减方向) agree."""


def judge(claim: Claim, ledger: Ledger, used: frozenset[str] = frozenset()) -> Judgement:
    """The verdict on a claim by the facts whose label or value it shares; `used` facts are preferred.

    Where the text answers a question, the question's words may complete a label that falls short by itself.
    """
    if claim.denied or claim.bound:
        return Judgement("ambiguous", (wording.denied if claim.denied else wording.bound)(claim))
    if claim.grades:
        return Judgement("unfounded", wording.unfounded(claim, ()))
    if name := next((name for one in ledger.sources for name in one.named if in_name(claim, name)), ""):
        return Judgement("exact", wording.quoted(name))
    fits = carriers(claim, ledger)
    judgement = _judge(claim, fits, ledger, used)
    if judgement.verdict in GOOD or judgement.verdict == "truncated" or not claim.asked - claim.label:
        return judgement
    return _asked(claim, judgement, fits, ledger, used)


def _asked(
    claim: Claim, judgement: Judgement, fits: Mapping[int, Fit], ledger: Ledger, used: frozenset[str]
) -> Judgement:
    """The verdict on a claim whose label the question completes, where it is one; else what the label alone gave."""
    basis = claim.basis or ("决算" if not claim.label and basis_of(claim.question) == "决算" else "")
    asked = replace(claim, label=claim.label | claim.asked, period=claim.period or claim.asked_period, basis=basis)
    whole = _judge(asked, fits, ledger, used)
    if whole.verdict in GOOD or whole.verdict in ("truncated", "ambiguous"):
        return judgement if _other_named(claim, asked, whole, ledger) else whole
    if whole.strong and not claim.label and not _WORD.search(claim.before + claim.after):
        return replace(whole, strong=False)
    # The label alone may name a fact of the whole department where the question asks of one item.
    return replace(judgement, strong=judgement.strong and not _elsewhere(claim, judgement))


def _other_named(claim: Claim, asked: Claim, whole: Judgement, ledger: Ledger) -> bool:
    """Whether the text's own words (原值) name another of the facts that the question asks for than the one found."""
    if not claim.label or not whole.entries:
        return False
    entry = whole.entries[0]
    words = frozenset(term for term in claim.label if len(term) > 1 and not is_total(term))
    said = words & (entry.label | entry.around)
    return not said and any(words & like.entry.label for like in candidates(asked, ledger))


def _elsewhere(claim: Claim, judgement: Judgement) -> bool:
    """Whether the question has words that the fact named by the label alone knows nothing of."""
    return any(claim.asked - entry.label - entry.around - entry.quoted for entry in judgement.entries[-1:])


def _judge(claim: Claim, fits: Mapping[int, Fit], ledger: Ledger, used: frozenset[str]) -> Judgement:
    supports = _supports(claim, fits, ledger, used) if fits else ()
    outspoken = outright(claim, ledger)
    if outspoken and (judgement := _named(claim, outspoken, supports, ledger)):
        return judgement
    if not supports:
        near = foremost(claim, ledger)
        named = levels(claim, near) if near else ()
        return _differing(claim, named or (near and levels(claim, candidates(claim, ledger))), (), ledger)
    if _plain(supports[0]):
        return _settled(claim, supports[0], ledger)
    agreeing = {support.like.entry.number for support in supports}
    others = levels(claim, [like for like in candidates(claim, ledger) if like.entry.number not in agreeing])
    agreed = next((support for support in supports if _holds(support, others, claim, ledger, used)), None)
    if agreed is not None:
        rival = rival_of(claim, agreed.like, others, ledger)
        if rival is None:
            return _good(claim, agreed)
        return _ambiguous(claim, agreed, rival) if agreed.fit != "truncated" else _wrong(claim, rival, (), ledger)
    if borne := _borne_out(claim, supports, others, ledger):
        return _good(claim, borne)
    return _differing(claim, others, supports, ledger)


def _named(claim: Claim, named: Sequence[Entry], supports: Sequence[Support], ledger: Ledger) -> Judgement | None:
    """The verdict on a figure whose text writes out the name of these facts; None where it is not theirs alone."""
    called = [one for one in supports if named[0].names & one.like.entry.names]
    if not called:
        return replace(_differing(claim, ranked(claim, named, ledger), supports, ledger), strong=True)
    numbers = {entry.number for entry in named}
    held = [one for one in called if one.like.entry.number in numbers and as_written(claim, one.like.entry)]
    return _good(claim, held[0]) if len(held) == len(called) == len(named) else None


def _differing(claim: Claim, others: Sequence[Likeness], supports: Sequence[Support], ledger: Ledger) -> Judgement:
    """The verdict where no fact of the claimed value is the one that the claim names; `others` have other values."""
    best = others[0] if others else None
    if best is not None and best.score >= KNOWN:
        return _bounding(claim, best) or _groundless(claim, best, ledger) or _wrong(claim, best, supports, ledger)
    return _unnamed(claim, best, supports, ledger)


def _borne_out(claim: Claim, supports: Sequence[Support], others: Sequence[Likeness], ledger: Ledger) -> Support | None:
    """A fact with the claimed value that the sentence as a whole speaks of, though its label does not name it."""
    held = {one.like.entry.number: one for one in supports if one.signs and one.like.sound and one.fit != "truncated"}
    if not held or claim.quantity.relation not in ("=", "约", "余"):
        return None
    like = meant(claim, [one.like for one in held.values()], others, ledger)
    return held[like.entry.number] if like else None


def _plain(support: Support) -> bool:
    """Whether label and value say the same as the fact, so that nothing can answer the claim better."""
    return support.like.score >= 1000 and support.like.sound and support.signs and support.fit != "truncated"


def _settled(claim: Claim, support: Support, ledger: Ledger) -> Judgement:
    same = [ledger.entries[number] for number in ledger.by_key[support.like.entry.key]]
    others = [entry for entry in same if fits_in(claim, entry.fact.quantity) is None] if len(same) > 1 else ()
    rival = rival_of(claim, support.like, ranked(claim, others, ledger), ledger) if others else None
    return _good(claim, support) if rival is None else _ambiguous(claim, support, rival)


def quoted(claim: Claim, judgement: Judgement, ledger: Ledger) -> Judgement:
    """A figure that no fact and no calculation supports, but that stands so in the report word for word."""
    if judgement.verdict != "unfounded" and not judgement.open:
        return judgement
    for quote in claim.quotes:
        if any(quote in one.prose and one.may_speak_of(claim.period) for one in ledger.sources):
            return Judgement("exact", wording.quoted(quote))
    return judgement


def _supports(claim: Claim, fits: Mapping[int, Fit], ledger: Ledger, used: frozenset[str]) -> tuple[Support, ...]:
    """The facts that carry the claimed value, best label first."""
    likes = ranked(claim, map(ledger.entries.__getitem__, fits), ledger)
    supports = [Support(like, fits[like.entry.number], same_way(claim, like.entry)) for like in likes]
    if len(supports) > 1:
        supports.sort(key=lambda one: (one.like.entry.fact.id not in used, not one.signs))
    return tuple(supports)


def _holds(support: Support, others: Sequence[Likeness], claim: Claim, ledger: Ledger, used: frozenset[str]) -> bool:
    """Whether a fact with the claimed value is also the one that the claim names: none answers the label better."""
    like = support.like
    if not support.signs or not like.sound:
        return False
    if like.entry.fact.id in used and (not claim.label or like.score >= WEAK):
        return True
    rivals = [one for one in others if one.stated or not like.stated]
    if like.score < FAINT or (rivals and like.score + EQUAL < rivals[0].score):
        return False
    return not any(answers_better(other, like) for other in others)


def _bounding(claim: Claim, best: Likeness) -> Judgement | None:
    """A bound (达到90%以上) of the fact that its label names (96.8%) holds where the fact lies within it; one that is
    far from it may be true, but is not vouched for."""
    quantity, source = claim.quantity, best.entry.fact.quantity
    if not claim.bounds or source.relation != "=" or source.unit.dimension != quantity.unit.dimension:
        return None
    if not hedged(quantity, source.base):
        return None
    verdict: Verdict = "derived" if close(quantity, source.base) else "ambiguous"
    return Judgement(verdict, wording.bounds(claim, best.entry), (best.entry,))


def _good(claim: Claim, agreed: Support) -> Judgement:
    entry = agreed.like.entry
    if agreed.fit == "rounded" and claim.bounds:
        return Judgement("derived", wording.bounds(claim, entry), (entry,))
    verdict: Verdict = "truncated" if agreed.fit == "truncated" else "rounded" if agreed.fit == "rounded" else "exact"
    return Judgement(verdict, wording.agrees(claim, entry, verdict), (entry,))


def _ambiguous(claim: Claim, agreed: Support, rival: Likeness) -> Judgement:
    entries = (agreed.like.entry, rival.entry)
    return Judgement("ambiguous", wording.contradicts(*entries), entries)


def _wrong(claim: Claim, best: Likeness, supports: Sequence[Support], ledger: Ledger) -> Judgement:
    """The label names a fact and the value is another one."""
    entry = best.entry
    right = wording.value(entry)
    strong = _strong(claim, best)
    if off := slip(claim.quantity, entry.fact.quantity):
        return Judgement("unit_slip", wording.slipped(claim, entry, off), (entry,), right, strong)
    turned = next((one for one in supports if not one.signs and one.like.score + EQUAL >= best.score), None)
    if turned is not None:
        return _turned(claim, turned)
    for one in supports:
        if one.signs and undecided(claim, one.like, best, ledger):
            return Judgement("unfounded", wording.unlabelled(claim, one.like.entry), (one.like.entry,))
    if supports and telling(claim.quantity):
        other = supports[0].like
        return Judgement("basis", wording.mislabelled(claim, other.entry, entry), (other.entry, entry), right, strong)
    return Judgement("conflict", wording.differs(claim, entry), (entry,), right, strong)


def _groundless(claim: Claim, best: Likeness, ledger: Ledger) -> Judgement | None:
    """Without ground unless a calculation gives it, where the fact of the nearest label does not belie it."""
    entry = best.entry
    return (
        Judgement("unfounded", wording.unfounded(claim, (entry,)), (entry,)) if unbelied(claim, entry, ledger) else None
    )


def _strong(claim: Claim, best: Likeness) -> bool:
    """Whether the ledger has a fact of exactly the claim's label."""
    return claim.label <= best.entry.label | best.entry.around and not best.unsaid


def _turned(claim: Claim, support: Support) -> Judgement:
    entry = support.like.entry
    return Judgement("conflict", wording.turned(claim, entry), (entry,), wording.value(entry))


def _unnamed(claim: Claim, best: Likeness | None, supports: Sequence[Support], ledger: Ledger) -> Judgement:
    """No fact is clearly named by the label."""
    for support in supports:
        like = support.like
        if like.score >= KNOWN and not like.sound:
            return Judgement("basis", wording.mislabelled(claim, like.entry, None), (like.entry,))
        if (like.score >= WEAK or telling(claim.quantity)) and like.sound and not support.signs:
            return _turned(claim, support)
    first = supports[0].like if supports else None
    if first and first.sound and (first.score >= WEAK or nameless(claim, first.entry)):
        entry = first.entry
        return Judgement("ambiguous", wording.unlabelled(claim, entry), (entry,), open=True)
    if first and telling(claim.quantity):
        entry = first.entry
        if of_other_item(claim, entry, ledger):
            return Judgement("basis", wording.mislabelled(claim, entry, None), (entry,))
        return Judgement("unfounded", wording.unlabelled(claim, entry), (entry,))
    near = (best.entry,) if best is not None and best.score >= WEAK else ()
    return Judgement("unfounded", wording.unfounded(claim, near), near)
