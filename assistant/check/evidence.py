"""Which of the facts that carry a figure its sentence speaks of, by all of its words and how near they stand.

Words that the report does not know say nothing; what tells is by which words a fact differs from another that the
sentence might mean. Holds no verdicts; judge.py asks here when a label by itself names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from assistant.check.agree import telling
from assistant.check.claim import Claim
from assistant.check.ledger import Entry, Ledger, content
from assistant.check.likeness import Likeness, candidates, ranked
from ingest.ledger.labels import is_generic
from ingest.ledger.thread import named_item
from ingest.quantity import Unit
from ingest.record import record
from ingest.terms import basis_of, is_alias, is_total, plain

_PART = re.compile(
    r"[，。；！？;：:（()）\[\]\n|=+×÷/→]|,(?!\d)|[-−—]{2,}|\d[\d,.]*\s*[万亿千]?(?:元|%|％|个百分点|人次|人|个|项|分|家|次)?"
)
"""Where one thing that is spoken of ends: punctuation and figures."""
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_ADJUSTED = re.compile("追加|追减|核减|核增|调减|调增|压减|收回")
"""Ways to change a budget: they stand for one measure each way, but the report's own word tells most."""
_LISTS = re.compile("、|分别|依次")
_NAMES = {
    "年初预算": frozenset({"年初", "预算"}),
    "调整后预算": frozenset({"调整后", "预算"}),
    "预算": frozenset({"预算"}),
    "决算": frozenset({"决算", "执行", "支出", "完成"}),
    "完成": frozenset({"完成", "完成值"}),
    "目标": frozenset({"目标", "指标值"}),
    "计划": frozenset({"目标", "指标值", "计划"}),
}
"""Terms that only name a basis (口径): a claim of that very basis need not repeat them."""
_BUDGETS = {"预算": ("年初预算", "调整后预算")}
"""What a looser name of a basis may mean."""
_USUAL = ("", "决算", "完成")
"""Bases that a claim means which names none."""
_WHOLE = re.compile("全部|合计|总[计额数共]|所有|整体")
AFTER, FAR = 98, 99
"""Said only behind the figure; never said."""


@dataclass(slots=True)
class Hearing:
    """The words around a figure in layers, the nearest first (语境)."""

    basis: str
    layers: tuple[frozenset[str], ...]
    text: str
    """The sentence up to the figure."""
    clause: frozenset[str]
    """What the clause says before the figure."""
    later: frozenset[str]
    """What follows: it may name the fact, but not another one."""
    whole: int
    """The layer that says that everything together is meant (全部、合计), FAR where none does."""
    known: dict[str, int] = field(default_factory=dict)

    def near(self, term: str) -> int:
        """How near a term is said: the number of its layer, FAR where none has it."""
        if term not in self.known:
            found = next((at for at, terms in enumerate(self.layers) if term in terms), FAR)
            if is_total(term):
                found = min(found, self.whole)
            self.known[term] = AFTER if found == FAR and term in self.later else found
        return self.known[term]


@record
class Said:
    """Some terms of a label, as far as the sentence says them."""

    share: int
    """How much of their weight is said, per mille; all of it where there are none."""
    near: int
    """The nearest layer that has one of them."""


def hearing(claim: Claim) -> Hearing:
    """The layers around a figure: what the grammar took for its name, its clause, the clauses before it, what the
    paragraph and the question said, and last what follows."""
    around = claim.before, claim.after, claim.earlier, claim.question
    return _hearing(claim.subject, claim.measure, claim.basis, *around)


@lru_cache(maxsize=64)
def _hearing(
    subject: str, measure: tuple[str, ...], basis: str, said_before: str, said_after: str, earlier: str, question: str
) -> Hearing:
    asides = _ASIDE.findall(said_before)
    before, after = _PART.split(_ASIDE.sub("，", said_before)), _PART.split(said_after.replace("、", "，"))
    own = before.pop()
    layers = (
        (measure[-1],),
        (subject,) if _LISTS.search(own) else (),
        (own, after[0]),
        *((part,) for part in reversed(before)),
        *((aside,) for aside in reversed(asides)),
        (subject, *measure),
        *((part,) for part in reversed(_PART.split(earlier))),
        (question,),
    )
    said = tuple(layer for layer in layers if any(map(str.strip, layer)))
    whole = next((at for at, layer in enumerate(said) if any(map(_WHOLE.search, layer))), FAR)
    basis = basis or next(
        (named for part in reversed((question, *before, own)) if (named := basis_of(part)) in _NAMES), ""
    )
    return Hearing(
        basis,
        tuple(content(*layer).union(*map(_ADJUSTED.findall, layer)) for layer in said),
        plain(said_before),
        content(own),
        content(*after[1:]),
        whole,
    )


def meant(claim: Claim, found: Sequence[Likeness], named: Sequence[Likeness], ledger: Ledger) -> Likeness | None:
    """The fact of those `found` with the claimed value that the sentence speaks of, None where it may mean another.

    `named` are the facts of other values that the label may mean.
    """
    heard = hearing(claim)
    borne = [like for like in found if _borne_out(claim, like.entry, heard, ledger)]
    if not borne:
        return None
    agreeing = {like.entry.number for like in found}
    others = {like.entry.number: like.entry for like in (*named, *_beside(claim, borne, heard, ledger)) if like.sound}
    others = {number: entry for number, entry in others.items() if number not in agreeing}
    return next((like for like in borne if not _outdone(claim, like.entry, others.values(), heard)), None)


def _beside(claim: Claim, borne: Iterable[Likeness], heard: Hearing, ledger: Ledger) -> Sequence[Likeness]:
    """What else the words around a figure may mean: what the report says of the same things, and what they name."""
    row = {number for like in borne for number in ledger.rows.get(like.entry.key[0], ())} & ledger.kinds[claim.kind]
    wide = replace(claim, label=frozenset().union(*heard.layers))
    return *ranked(claim, [ledger.entries[number] for number in row], ledger), *candidates(wide, ledger)


def _outdone(claim: Claim, entry: Entry, others: Iterable[Entry], heard: Hearing) -> bool:
    unit = entry.fact.quantity.unit
    rivals = (other for other in others if _kind(other.fact.quantity.unit) == _kind(unit))
    return any(_rather(claim, other, entry, heard) for other in rivals)


def _kind(unit: Unit) -> tuple[str, bool]:
    """What may be meant in place of each other: amounts, but not an amount and one per head (万元/个)."""
    return unit.dimension, "/" in unit.name


def _borne_out(claim: Claim, entry: Entry, heard: Hearing, ledger: Ledger) -> bool:
    """Whether enough of a fact's label is said: the less, the more particular the value."""
    item = named_item(claim.name, ledger.items)
    if item and not content(item) <= entry.label | entry.around | entry.quoted:
        return False  # what is called by the name of another item of the report
    terms = _own(entry, entry.label, heard)
    if not terms:
        return all(term in _MEASURES or len(term) == 1 for term in content(claim.measure[-1]))
    share = _share(terms, {term for term in terms if heard.near(term) < FAR or (len(term) > 1 and term in heard.text)})
    if telling(claim.quantity, 4) and _alone(entry, ledger):
        return share >= (100 if claim.basis == entry.fact.basis == "调整" else 330)  # what it was for need not be said
    return share >= (500 if telling(claim.quantity) else 700)


def _alone(entry: Entry, ledger: Ledger) -> bool:
    """Whether no other label carries a fact's value."""
    size = abs(entry.fact.quantity.base)
    alike = ledger.between(size, size, entry.fact.quantity.unit.dimension)
    return all(one.label <= entry.label or entry.label <= one.label for one in alike)


def _rather(claim: Claim, other: Entry, entry: Entry, heard: Hearing) -> bool:
    """Whether the words by which two facts differ speak rather for the `other`."""
    less, more = entry.label - other.label, other.label - entry.label
    whose = _own(other, more, heard)
    here = bool(whose) and whose <= claim.label & heard.clause  # the clause itself gives the figure to the other
    if here and any(map(is_total, other.label)):  # 社区支出合计: no more the total of everything than of that
        less = frozenset(term for term in less if not is_total(term))
    mine, theirs = _said(entry, less, heard), _said(other, more, heard)
    if mine == theirs == _NOTHING:
        return _level(claim, other) > _level(claim, entry)
    if theirs == _NOTHING:  # the other is plainly what is said, and nothing more
        return mine.share < 500 or mine.near >= AFTER
    if mine == _NOTHING:
        return theirs.share >= 500 and theirs.near < AFTER and (here or theirs.near <= _reach(entry, heard))
    if FAR in (mine.near, theirs.near):
        return mine.near > theirs.near
    return (theirs.near, -theirs.share) <= (mine.near, -mine.share)


def _reach(entry: Entry, heard: Hearing) -> int:
    """How far back the words reach that name a fact; a bare measure (支出) may be that of anything said before it."""
    if all(is_generic(part) or is_alias(part) for part in (entry.fact.subject, *entry.fact.measure) if part):
        return FAR
    return max(map(heard.near, _own(entry, entry.label, heard)), default=FAR)


def _level(claim: Claim, entry: Entry) -> tuple[bool, bool]:
    """Whether a fact has the very basis and the very period that a claim names or, naming none, would mean."""
    basis = entry.fact.basis
    return (basis == claim.basis if claim.basis else basis in _USUAL), entry.fact.period == claim.period


def _own(entry: Entry, terms: frozenset[str], heard: Hearing) -> frozenset[str]:
    """Those of some terms that say more than a basis that the claim has without them."""
    basis = entry.fact.basis
    met = basis in (heard.basis, *_BUDGETS.get(heard.basis, ())) if heard.basis else basis in _USUAL
    return terms - entry.form - (_NAMES.get(basis, frozenset()) if met else frozenset())


def _said(entry: Entry, terms: frozenset[str], heard: Hearing) -> Said:
    """How much of some terms of a fact's label is said; those that only say its basis need not be."""
    own = _own(entry, terms, heard)
    if not own:
        return Said(1000, 0) if heard.basis and terms - entry.form else _NOTHING
    near = {term: heard.near(term) for term in own}
    return Said(_share(own, {term for term, at in near.items() if at < FAR}), min(near.values()))


def _share(terms: Iterable[str], said: Iterable[str]) -> int:
    """How much of some terms is said, by their characters, per mille: neighbouring pairs share one."""
    return 1000 * len(set("".join(said))) // len(set("".join(terms)))


_NOTHING = Said(1000, FAR)
"""No terms at all."""
_MEASURES = frozenset().union(*_NAMES.values())
