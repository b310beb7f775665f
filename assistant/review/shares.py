"""Shares told in prose (占比): every 金额，占x% of a paragraph against the total that most of them divide by."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from assistant.review.case import Case
from assistant.review.columns import Ratio
from assistant.review.rule import Outcome, held, issue
from assistant.review.show import amount, percent
from ingest.fact import Fact

Pair = tuple[Fact, Fact]
"""An amount and the share said of it."""


def listed_shares(case: Case) -> Iterator[Outcome]:
    """占比复算: the base is the figure, in the paragraph or the one before, that fits most of the listed shares."""
    paragraphs: dict[tuple[str, int], list[Fact]] = {}
    for said in case.statements:
        paragraphs.setdefault((said.report, said.block.index), []).extend(said.facts)
    keys = list(paragraphs)
    for at, key in enumerate(keys):
        pairs = _pairs(paragraphs[key])
        if len(pairs) < 2:
            continue
        near = [fact for other in keys[max(at - 1, 0) : at + 1] for fact in paragraphs[other]]
        bases = [fact for fact in near if fact.dimension == "money" and fact.quantity.base > 0]
        yield from _judge(pairs, bases)


def _pairs(facts: list[Fact]) -> list[Pair]:
    found = []
    for one, other in pairwise(facts):
        shared = "占" in other.measure[-1] and other.dimension == "ratio" and other.quantity.relation == "="
        if shared and one.dimension == "money" and one.quote == other.quote:
            found.append((one, other))
    return found


def _judge(pairs: list[Pair], bases: list[Fact]) -> Iterator[Outcome]:
    def fits(pair: Pair, base: Fact) -> bool:
        return Ratio(pair[1].quantity, pair[0].quantity, base.quantity).fits

    best = max(bases, key=lambda base: sum(fits(pair, base) for pair in pairs), default=None)
    if best is None:
        return
    good = [pair for pair in pairs if fits(pair, best)]
    bad = [pair for pair in pairs if not fits(pair, best) and pair[0].quantity.base < best.quantity.base]
    if len(good) < 2 or len(good) < len(bad):
        return
    places = (best.place, *(share.place for _, share in good))
    quotients = (f"{amount(one.quantity)}÷{amount(best.quantity)}＝{share.quantity.text}" for one, share in good)
    yield held(f"所列占比以{amount(best.quantity)}为分母复算相符", "；".join(quotients), places)
    for one, share in bad:
        exact: Decimal = one.quantity.base / best.quantity.base
        name = "".join((one.subject, *one.measure))
        yield issue(
            "P0",
            f"“{name}”占{share.quantity.text}复算不符",
            f"{amount(one.quantity)}占{amount(best.quantity)}的{percent(exact)}，报告写{share.quantity.text}；"
            "同段其他各项以该数为分母均相符。",
            f"{amount(one.quantity)}÷{amount(best.quantity)}＝{percent(exact)}。",
            "请核对金额和占比。",
            (share.place, best.place),
            (share.quote,),
            (share.id, one.id, best.id),
        )
