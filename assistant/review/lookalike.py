"""Figures that look like misprints of one another (形近数): digits changed round, the same digits under another unit.

Names of one thing differ from text to table (惠及1462户, 租赁补贴发放户数4162); digits that are the same in another
order say what the names leave open. Which of the two is right is not for us to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.review.topic import ACTUAL, agree, topic, year_of
from ingest.fact import Fact
from ingest.terms import canonical, is_total, plain

LEAST = 3
"""Fewer digits than these are alike by chance."""
SURE = 4
"""So many are needed where no name binds the two but that of the whole department."""
NAMED = 0.6
"""How much of the name of one the other, or its sentence, must say."""
FOLDS = (10**4, 10**8)
BUDGETS = frozenset({"预算", "调整后预算", "调整"})
PARTS = re.compile("基本|项目|三公|采购|专项|人员|公用|基金|上级|其中")


def misprints(facts: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Figures of the text, each with the one of a table (or of another sentence) that only a misprint tells apart."""
    by_digits: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if len(digits := _digits(fact)) >= LEAST:
            by_digits.setdefault((fact.dimension, "".join(sorted(digits))), []).append(fact)
    cells = [fact for fact in facts if fact.place.table is not None]
    found = []
    for near in by_digits.values():
        for one in near:
            if one.kind == "prose" and len(near) > 1 and (other := _misprinted(one, near, cells)) is not None:
                found.append((one, other))
    return found


def slip_of_unit(one: Fact, other: Fact) -> bool:
    """Whether two amounts have the same digits ten thousand or a hundred million times apart."""
    low, high = sorted((abs(one.quantity.base), abs(other.quantity.base)))
    return one.dimension == "money" and any(low * fold == high for fold in FOLDS)


def _misprinted(one: Fact, near: Sequence[Fact], cells: Sequence[Fact]) -> Fact | None:
    """The fact that a figure of the text seems to be a misprint of; none where it stands elsewhere as it is."""
    found = [other for other in near if _set_against(one, other)]
    best = max(found, key=lambda other: (_bound(one, other), other.kind == "table"), default=None)
    if best is None:
        return None
    backed = any(agree(one, cell) and _comparable(one, cell) and _bound(one, cell) for cell in cells)
    return None if backed else best


def _set_against(one: Fact, other: Fact) -> bool:
    """Whether two figures of one kind, year and basis, bound by their names, differ as a misprint does."""
    if one.quote == other.quote or agree(one, other) or not _comparable(one, other):
        return False
    return _misprint(one, other) and _bound(one, other) > 0


def _comparable(one: Fact, other: Fact) -> bool:
    a, b = one.quantity.unit, other.quantity.unit
    bases = {one.basis, other.basis}
    alike = len(bases) == 1 or bases <= ACTUAL or bases <= BUDGETS or bases <= {"目标", "计划"}
    return alike and a.dimension == b.dimension and a.kind == b.kind and year_of(one) == year_of(other)


def _digits(fact: Fact) -> str:
    """The digits of a figure in its base unit, without the zeros at either end."""
    return f"{abs(fact.quantity.base):f}".replace(".", "").strip("0")


def _misprint(one: Fact, other: Fact) -> bool:
    """The same digits under another unit, or in another order at the same size."""
    low, high = sorted((abs(one.quantity.base), abs(other.quantity.base)))
    return slip_of_unit(one, other) or (high < 10 * low and _swaps(one, other))


def _swaps(one: Fact, other: Fact) -> bool:
    """Whether two neighbouring digits changed places."""
    a, b = _digits(one), _digits(other)
    apart = [at for at in range(len(a)) if a[at] != b[at]] if len(a) == len(b) else []
    return len(apart) == 2 and apart[1] == apart[0] + 1 and a[apart[0]] == b[apart[1]]


def _bound(one: Fact, other: Fact) -> float:
    """How surely a figure of the text goes by another's name, 0 to 1."""
    name, own, said = _pairs(topic(other)), _pairs(topic(one)), _pairs(_said(one))
    if name:
        shares = [len(name & said) / len(name), len(own & name) / len(own) if len(own) >= LEAST else 0]
        return max(shares) if max(shares) >= NAMED else 0.0
    whole = not topic(one) and is_total_of_all(other) and not PARTS.search(re.split("[，,]", _clause(one))[-1])
    return 1.0 if whole and len(_digits(one)) >= SURE else 0.0


def is_total_of_all(fact: Fact) -> bool:
    """Whether a fact is the department's own: a total, or named by nothing but its basis."""
    last = plain(fact.item)
    return not last or is_total(last) or last.endswith(("合计", "总计", "总额"))


def _said(fact: Fact) -> str:
    """What a figure of the text is said to be: its path, its clause, the title over it."""
    return canonical("/".join((*fact.section[-1:], fact.subject, *fact.measure))) + _clause(fact)


def _clause(fact: Fact) -> str:
    at = fact.quote.find(fact.quantity.text)
    return plain(re.split("[。；]", fact.quote[: max(at, 0)])[-1][-40:])


def _pairs(text: str) -> set[str]:
    bare = re.sub(r"[^一-龥A-Za-z0-9]", "", text)
    return {bare[at : at + 2] for at in range(len(bare) - 1)}
