"""Plants one error in a true sentence (植错): the kinds of error that people and models make with figures.

It only writes sentences that the ledger makes false; whether a checker notices is measured in assistant.mutate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

from assistant.statement import Stated, Surroundings, is_false
from ingest.fact import Fact, label
from ingest.quantity import Quantity, Unit, alike, convert, quantities, show, unit
from ingest.terms import canonical, periods

_NUMBER = re.compile(r"[-−–－]?[0-9][0-9.,]*")
_BARE = Unit("", "none", Decimal(1))
BUDGETS = ("年初预算", "调整后预算", "预算", "决算")


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence with one planted error; `span` is where the error stands."""

    kind: str
    text: str
    span: tuple[int, int]
    was: Stated
    """The true sentence."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where an error is planted: a figure of a true sentence, the fact it is, and the ledger around it."""

    stated: Stated
    quantity: Quantity
    fact: Fact | None
    around: Surroundings
    dice: Random


def _written(kind: str, site: Site, text: str) -> Planted | None:
    """The sentence with the figure written as `text`, if that is one figure of the same dimension, and false."""
    start, end = site.quantity.span
    planted = site.stated.text[:start] + text + site.stated.text[end:]
    new = next((one for one in quantities(planted) if one.span[0] <= start < one.span[1]), None)
    if new is None or new.base == site.quantity.base or new.unit.dimension != site.quantity.unit.dimension:
        return None
    if not is_false(new, site.fact, site.around):
        return None
    return Planted(kind, planted, (start, start + len(text)), site.stated)


def _number(quantity: Quantity, value: Decimal, places: int) -> str:
    """The text of the figure with another number in it, grouped as before."""
    number = show(value, _BARE, places, "," in quantity.text)
    return _NUMBER.sub(number, quantity.text, count=1)


def _digit(site: Site) -> Planted | None:
    """One digit changed: 72,107.69 → 72,187.69."""
    text = site.quantity.text
    at = site.dice.choice([at for at, char in enumerate(text) if char in "0123456789"])
    new = site.dice.choice([digit for digit in "123456789" if digit != text[at]])
    return _written("digit", site, text[:at] + new + text[at + 1 :])


def _swap(site: Site) -> Planted | None:
    """Two neighbouring digits changed about: 48,791.96 → 48,719.96."""
    text = site.quantity.text
    pairs = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1] != "0"]
    if not pairs:
        return None
    at = site.dice.choice(pairs)
    return _written("digit swap", site, text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def _shift(site: Site) -> Planted | None:
    """The decimal point one place off: 12.34 → 123.4."""
    quantity = site.quantity
    return _written("decimal shift", site, _number(quantity, quantity.value * 10, max(0, quantity.places - 1)))


def _unit(site: Site) -> Planted | None:
    """The unit of another size: 万元 → 亿元 or 元, 人 → 万人."""
    quantity, name = site.quantity, site.quantity.unit.name
    match = re.search(r"[^-0-9.,，\s][^0-9]*$", quantity.text)
    if match is None or quantity.unit.dimension in ("ratio", "point", "score", "duration", "none"):
        return None
    others = [name[1:]] if name[0] in "万亿" else [f"万{name}"]
    if quantity.unit.dimension == "money":
        others.append("万元" if name == "亿元" else "亿元")
    other = site.dice.choice(others)
    return _written("unit slip", site, quantity.text[: match.start()] + other) if unit(other) else None


_OPPOSITES = (
    *(("增长", "下降"), ("增加", "减少"), ("上升", "下降"), ("提高", "降低"), ("新增", "减少"), ("提升", "下降")),
    *(("调增", "调减"), ("追加", "追减"), ("超支", "节约"), ("延长", "缩短"), ("高", "低"), ("核增", "核减")),
)
_TURNED = {**{down: up for up, down in reversed(_OPPOSITES)}, **dict(_OPPOSITES)}


def _sign(site: Site) -> Planted | None:
    """The direction word turned round (增长 → 下降), or the minus of a negative figure lost."""
    quantity, text = site.quantity, site.stated.text
    start = quantity.span[0]
    if quantity.direction:
        words = list(re.finditer("|".join(_TURNED), text[max(0, start - 14) : start]))
        if not words:
            return None
        if _turned_is_right(site) or _told_turned(site):
            return None
        at, word = max(0, start - 14) + words[-1].start(), words[-1].group()
        turned = _TURNED[word]
        return Planted("sign", text[:at] + turned + text[at + len(word) :], (at, at + len(turned)), site.stated)
    if quantity.value < 0 and quantity.text[0] in "-−–－":
        changed = text[:start] + text[start + 1 :]
        return Planted("sign", changed, (start, quantity.span[1] - 1), site.stated)
    return None


def _told_turned(site: Site) -> bool:
    """Whether the report itself states this figure with the other direction: turned round it would be the report's."""
    quantity = site.quantity
    return any(
        alike(fact.quantity.unit, quantity.unit)
        and fact.quantity.direction == -quantity.direction
        and abs(fact.quantity.base) == abs(quantity.base)
        for fact in site.around.facts
    )


def _turned_is_right(site: Site) -> bool:
    """Whether the sentence has its own direction wrong, as two of its amounts show: turned round it would be right."""
    quantity = site.quantity
    amounts = [one for one, _ in site.stated.figures if one.unit.dimension not in ("ratio", "point")]
    for now in amounts:
        for before in amounts:
            if now is before or not alike(now.unit, before.unit) or not before.base:
                continue
            change = now.base - before.base
            change = change if alike(quantity.unit, now.unit) else change / before.base
            if change * quantity.direction < 0 and abs(abs(change) - quantity.base) <= quantity.half:
                return True
    return False


def _from(kind: str, others: Iterable[Fact], site: Site) -> Planted | None:
    """The figure of another fact put in the place of this one, in this one's unit and manner."""
    quantity, fact = site.quantity, site.fact
    fit = [
        other.quantity
        for other in others
        if fact is not None
        and alike(other.quantity.unit, quantity.unit)
        and other.quantity.base not in (0, quantity.base)
        and canonical(label(other)) != canonical(label(fact))
        and other.quantity.relation not in ("从", "到")
    ]
    if not fit:
        return None
    value = convert(site.dice.choice(fit), quantity.unit)
    places = max(quantity.places, -int(value.normalize().as_tuple().exponent))
    return _written(kind, site, _number(quantity, value, places))


def _row(site: Site) -> Planted | None:
    """The figure of another row of the same column; in prose, of the same measure of something else."""
    fact = site.fact
    if fact is None:
        return None
    others = site.around.columns.get((fact.place.table or -1, -1 if fact.place.col is None else fact.place.col))
    if others is None:
        others = [one for one in site.around.facts if one.measure == fact.measure and one.subject != fact.subject]
    return _from("wrong row", others, site)


def _same_row(site: Site, fact: Fact) -> Sequence[Fact]:
    """What stands in the row of a table fact, or in the sentence of a fact from prose."""
    key = (fact.place.table or -1, -1 if fact.place.row is None else fact.place.row)
    return site.around.rows.get(key) or site.around.quotes[fact.quote]


def _column(site: Site) -> Planted | None:
    """The figure of another column of the same row; in prose, of another measure of the same thing."""
    fact = site.fact
    if fact is None:
        return None
    return _from("wrong column", [one for one in _same_row(site, fact) if one.subject == fact.subject], site)


def _equal(one: Quantity, other: Quantity) -> bool:
    """Whether two figures may be the same, rounding apart."""
    return alike(one.unit, other.unit) and abs(one.base - other.base) <= max(one.half, other.half)


def _year(site: Site) -> Planted | None:
    """Last year's figure said of this year, or this year's figure said of last year."""
    fact, text = site.fact, site.stated.text
    if fact is None or (year := re.match("20[0-9]{2}", fact.period)) is None:
        return None
    same = site.around.labels[canonical(label(fact))]
    now, stale = year.group(), str(int(year.group()) - 1)
    past = [other for other in site.around.facts if other.period.startswith(stale)]
    if any(other in same or _equal(other.quantity, site.quantity) for other in past):
        return None
    named = periods(text, None)
    start, end = site.quantity.span
    if not named:
        return Planted("stale year", f"{stale}年，{text}", (start + 6, end + 6), site.stated)
    if len(named) == 1 and text.count(now) == 1 and f"{now}年" in text:
        return Planted("stale year", text.replace(now, stale), (start, end), site.stated)
    return None


def _basis(site: Site) -> Planted | None:
    """The figure of another basis of the same thing: 预算 for 支出, 年初 for 调整后."""
    fact = site.fact
    if fact is None or fact.basis not in BUDGETS or site.quantity.unit.dimension != "money":
        return None
    others = [
        one
        for one in _same_row(site, fact)
        if one.basis in BUDGETS and one.basis != fact.basis and (one.subject, one.period) == (fact.subject, fact.period)
    ]
    return _from("swapped basis", others, site)


def _rounding(site: Site) -> Planted | None:
    """Rounded to fewer places, and wrongly: 12.34 → 12.4. Cutting digits off is no error of this kind."""
    quantity = site.quantity
    if not quantity.places or quantity.relation != "=":
        return None
    step = Decimal(1).scaleb(1 - quantity.places)
    value = max(quantity.value.quantize(step, ROUND_HALF_UP), quantity.value.quantize(step, ROUND_DOWN)) + step
    return _written("rounding", site, _number(quantity, value, quantity.places - 1))


def _part(site: Site) -> Planted | None:
    """其中 dropped: the figure of the part said of the whole."""
    every = [one for one, _ in site.stated.figures]
    at = every.index(site.quantity)
    if at + 1 >= len(every):
        return None
    part = every[at + 1]
    between = site.stated.text[site.quantity.span[1] : part.span[0]]
    if "其中" not in between or not alike(part.unit, site.quantity.unit):
        return None
    return _written("dropped 其中", site, part.text)


Plant = Callable[[Site], "Planted | None"]
KINDS: tuple[tuple[str, Plant], ...] = (
    ("digit", _digit),
    ("digit swap", _swap),
    ("decimal shift", _shift),
    ("unit slip", _unit),
    ("sign", _sign),
    ("wrong row", _row),
    ("wrong column", _column),
    ("stale year", _year),
    ("swapped basis", _basis),
    ("rounding", _rounding),
    ("dropped 其中", _part),
)


def plant(stated: Stated, around: Surroundings, dice: Random) -> Iterator[Planted]:
    """One error of each kind that this sentence allows, in a figure drawn by the dice."""
    usable = [
        (quantity, fact)
        for quantity, fact in stated.figures
        if any(char in "123456789" for char in quantity.text) and quantity.relation not in "从到余"
    ]
    for _, plant_one in KINDS:
        for quantity, fact in dice.sample(usable, len(usable)):
            if planted := plant_one(Site(stated, quantity, fact, around, dice)):
                yield planted
                break
