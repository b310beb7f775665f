"""One amount written twice (元 in a table, 万元 in the prose): its statement in the finer or the coarser unit."""

from __future__ import annotations

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from ingest.fact import Fact


def twin(seen: Lens, fact: Fact, coarser: bool) -> Fact:
    """The same figure as stated elsewhere in a coarser or finer unit of money; itself where there is none."""
    best = fact
    if not fact.quantity.value:
        return fact  # noughts are alike without being one amount
    for each in seen.facts:
        other = each
        if (
            other.dimension == fact.dimension == "money"
            and other.place.report == fact.place.report
            and abs(other.quantity.base - fact.quantity.base) <= max(other.quantity.half, fact.quantity.half)
            and (other.quantity.half > best.quantity.half if coarser else other.quantity.half < best.quantity.half)
            and other.basis in (fact.basis, "", "决算")
            and set(name_of(other)) & set(name_of(fact))
        ):
            best = other
    return best
