"""Outputs that fell or lag behind (负面数据) without a word of why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.review.case import Case
from assistant.review.columns import signed
from assistant.review.direction import is_change, stem
from assistant.review.lexicon import any_of, listed
from assistant.review.rule import Outcome, issue
from assistant.review.statement import Statement
from assistant.review.texts import _short
from ingest.fact import Fact


def decline(case: Case) -> Iterator[Outcome]:
    """负面指标未分析: outputs that fell, or grew far less than the whole they belong to, without a reason."""
    good, outputs = listed("good_decline"), listed("outputs")
    for said in case.statements:
        if said.zone not in ("result", "conclusion"):
            continue
        for fact in said.facts:
            if fact.dimension != "ratio" or not is_change(fact) or fact.quantity.direction >= 0:
                continue
            name = "".join(stem(fact)) or said.before(fact)
            explained = re.search(r"原因|由于|主要是|因", _paragraph_after(said, fact))
            if (
                fact.quantity.base * 100 >= case.profile.decline
                and any_of(outputs, name)
                and not any_of(good, name)
                and not explained
            ):
                yield issue(
                    "P1",
                    f"“{name}”下降{fact.quantity.text}，未分析原因",
                    f"“{_short(said.text, 80)}”",
                    "",
                    "请补充下降原因及对履职的影响。",
                    (fact.place,),
                    (said.text,),
                    (fact.id,),
                )
    yield from _laggards(case)


def _paragraph_after(said: Statement, fact: Fact) -> str:
    return said.block.text[(fact.place.span or (0, 0))[1] :][:80]


def _laggards(case: Case) -> Iterator[Outcome]:
    """Parts of a whole whose growth is a fifth of the whole's or less."""
    for said in case.statements:
        changes = [f for f in said.facts if f.dimension == "ratio" and is_change(f)]
        if said.zone != "result" or len(changes) < 3 or "其中" not in said.text:
            continue
        whole, parts = changes[0], changes[1:]
        for fact in parts:
            if signed(whole.quantity) >= Decimal("0.05") and Decimal(0) <= signed(fact.quantity) * 5 <= signed(
                whole.quantity
            ):
                name = "".join(stem(fact))
                yield issue(
                    "P1",
                    f"“{name}”仅增长{fact.quantity.text}，远低于整体，未分析",
                    f"整体增长{whole.quantity.text}，其中“{name}”增长{fact.quantity.text}。",
                    "",
                    "请补充分析。",
                    (fact.place,),
                    (said.text,),
                    (fact.id, whole.id),
                )
