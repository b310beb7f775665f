"""The facts that carry a claimed value, whatever they are called: by size, written places and hedges.

Knows nothing of labels: which of them the claim is about is decided in judge.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.check.agree import Fit, comparable, denied, fit, hedged, loose_half
from assistant.check.claim import Claim
from assistant.check.ledger import Amount, Ledger
from ingest.quantity import Quantity


def carriers(claim: Claim, ledger: Ledger) -> dict[int, Fit]:
    """By number: the facts that carry the claimed value, and how they agree with it."""
    return {
        number: how
        for amount in _of_size(claim, ledger)
        if (how := fits_in(claim, amount.quantity)) is not None
        for number in amount.numbers
    }


def _of_size(claim: Claim, ledger: Ledger) -> Iterator[Amount]:
    """Amounts within reach of the claim's last significant place."""
    quantity = claim.quantity
    half = quantity.half if quantity.relation == "=" else max(quantity.half, loose_half(quantity))
    size, reach = abs(quantity.base), 2 * half
    yield from ledger.amounts(size - reach, size + reach, claim.kind)
    if quantity.unit.dimension == "none":
        for factor in ledger.factors:
            yield from ledger.amounts((size - reach) * factor, (size + reach) * factor, claim.kind)


def fits_in(claim: Claim, source: Quantity) -> Fit | None:
    """How the sizes agree; a hedged claim (约、余、超过) holds where its hedge does."""
    quantity = claim.quantity
    if not comparable(claim.kind, source.unit.dimension) or denied(quantity, source):
        return None
    if (how := fit(quantity, source)) is not None or not claim.hedged or source.relation != "=":
        return how
    return "rounded" if quantity.unit.dimension == source.unit.dimension and hedged(quantity, source.base) else None
