"""The closed list of operations that an answer may rest on, in Decimal, each with its working in Chinese.

Takes figures of the ledger and gives a figure with its working; it decides nothing about what to compute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from assistant.wording import written
from ingest.fact import Fact
from ingest.quantity import Quantity, Unit, alike, show, unit
from ingest.terms import is_total, plain

PERCENT_PLACES = 2


@dataclass(frozen=True, slots=True)
class Result:
    """A computed figure (推算数)."""

    value: Decimal
    """In `unit`, exact; `text` rounds it."""
    unit: Unit
    places: int
    working: str
    facts: tuple[Fact, ...]

    @property
    def text(self) -> str:
        """As an answer writes it, e.g. 96.18% or 3,060.17万元; a negative value keeps its sign."""
        return show(self.value, self.unit, self.places)

    @property
    def size(self) -> str:
        """Without its sign, for wording that says the direction itself."""
        return show(abs(self.value), self.unit, self.places)


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up at the given places."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percent() -> Unit:
    """The unit %."""
    return unit("%") or Unit("%", "ratio", Decimal("0.01"))


def points() -> Unit:
    """The unit 个百分点."""
    return unit("个百分点") or Unit("个百分点", "point", Decimal("0.01"))


def comparable(facts: Sequence[Fact]) -> bool:
    """Whether figures may be added, subtracted or divided by one another."""
    first = facts[0].quantity.unit
    if not all(any(map(str.isdigit, fact.quantity.text)) for fact in facts):
        return False  # “无” says that there was none; it is no figure to be set against one
    return all(alike(first, fact.quantity.unit) or _bare_pair(first, fact.quantity.unit) for fact in facts[1:])


def _bare_pair(one: Unit, other: Unit) -> bool:
    return {one.dimension, other.dimension} == {"count", "none"} or one.dimension == other.dimension == "count"


def figures(facts: Sequence[Fact], target: Unit | None = None) -> list[str]:
    """The figures as written, all in one unit (the first one's) where units differ only in scale."""
    target = target or facts[0].quantity.unit
    return [said_in(fact.quantity, target) for fact in facts]


def said_in(quantity: Quantity, target: Unit) -> str:
    """A figure as written; in another unit of the same kind where its own differs."""
    if quantity.unit.factor == target.factor or not alike(quantity.unit, target):
        return written(quantity).lstrip("≥≤＞＜><")
    return show((quantity.base / target.factor).normalize(), target)


def ratio(part: Fact, whole: Fact, places: int = PERCENT_PLACES) -> Result | None:
    """part ÷ whole as a percentage; None where the two cannot be divided or the whole is 0."""
    return ratio_of_sums((part,), (whole,), places)


def times(one: Fact, other: Fact) -> Result | None:
    """one ÷ other, as 倍; None where they cannot be compared."""
    if not comparable((one, other)) or not other.quantity.base:
        return None
    value = one.quantity.base / other.quantity.base
    fold = unit("倍") or Unit("倍", "ratio", Decimal(1))
    text = show(value, fold, PERCENT_PLACES)
    sides = "÷".join(figures((one, other)))
    return Result(value, fold, PERCENT_PLACES, f"{sides}＝{text}", (one, other))


def ratio_of_sum(parts: Sequence[Fact], whole: Fact) -> Result | None:
    """(a＋b＋…) ÷ whole as a percentage."""
    return ratio_of_sums(parts, (whole,))


def ratio_of_sums(parts: Sequence[Fact], wholes: Sequence[Fact], places: int = PERCENT_PLACES) -> Result | None:
    """(a＋b＋…) ÷ (c＋d＋…) as a percentage."""
    if not comparable((*parts, *wholes)):
        return None
    over, under = (sum((fact.quantity.base for fact in facts), Decimal(0)) for facts in (parts, wholes))
    if not under:
        return None
    text = show(over / under * 100, percent(), places)
    first = parts[0].quantity.unit
    sides = "÷".join(_bracketed(figures(facts, first)) for facts in (parts, wholes))
    return Result(over / under * 100, percent(), places, f"{sides}＝{text}", (*parts, *wholes))


def _bracketed(terms: Sequence[str]) -> str:
    return f"（{'＋'.join(terms)}）" if len(terms) > 1 else terms[0]


def difference(first: Fact, second: Fact) -> Result | None:
    """first − second in the first one's unit; ratios differ in 百分点. None where they cannot be subtracted."""
    if not comparable((first, second)):
        return None
    own = first.quantity.unit
    target = points() if own.dimension == "ratio" else own
    places = max(first.quantity.places, second.quantity.places)
    value = (first.quantity.base - second.quantity.base) / own.factor
    one, other = figures((first, second))
    return Result(value, target, places, f"{one}－{other}＝{show(value, target, places)}", (first, second))


def growth(now: Fact, before: Fact, places: int = PERCENT_PLACES) -> Result | None:
    """(now − before) ÷ before as a percentage; None where the base is 0."""
    if not comparable((now, before)) or not before.quantity.base:
        return None
    value = (now.quantity.base - before.quantity.base) / abs(before.quantity.base) * 100
    one, other = figures((now, before))
    text = show(value, percent(), places)
    return Result(value, percent(), places, f"（{one}－{other}）÷{other}＝{text}", (now, before))


def total(facts: Sequence[Fact]) -> Result | None:
    """The sum in the first amount's unit, at the places of its most exact term; none of one figure told twice."""
    if not facts or not comparable(facts) or told_twice(facts):
        return None
    own = next((fact for fact in facts if fact.quantity.value), facts[0]).quantity.unit  # 未发生 is written in no unit
    places = max(_places_in(fact.quantity, own) for fact in facts)
    value = sum((fact.quantity.base for fact in facts), Decimal(0)) / own.factor
    text = show(value, own, places)
    return Result(value, own, places, f"{'＋'.join(figures(facts, own))}＝{text}", tuple(facts))


def mean(facts: Sequence[Fact]) -> Result | None:
    """The plain mean (简单平均) of figures of one unit, to two places at the least where it is no whole number."""
    if len({fact.quantity.unit for fact in facts}) != 1:
        return None
    own, places = facts[0].quantity.unit, max(fact.quantity.places for fact in facts)
    value = sum((fact.quantity.value for fact in facts), Decimal(0)) / len(facts)
    places = max(places, 2) if value != value.to_integral_value() else places
    working = f"（{'＋'.join(figures(facts))}）÷{len(facts)}＝{show(value, own, places)}"
    return Result(value, own, places, working, tuple(facts))


def _places_in(quantity: Quantity, target: Unit) -> int:
    """Places of a figure as it is said in a unit."""
    if quantity.unit.factor == target.factor or not alike(quantity.unit, target):
        return quantity.places
    return max(0, -int((quantity.base / target.factor).normalize().as_tuple().exponent))


def told_twice(facts: Sequence[Fact]) -> bool:
    """Whether one figure stands among these twice, as the table and as the prose tell it."""
    return any(_same_figure(one, other) for one, other in combinations(facts, 2))


def _same_figure(one: Fact, other: Fact) -> bool:
    apart = abs(one.quantity.base - other.quantity.base)
    return (
        one.place != other.place
        and one.place.report == other.place.report
        and apart <= max(one.quantity.half, other.quantity.half)
        and bool(one.quantity.base)
        and (one.period, one.basis) == (other.period, other.basis)
        and plain(one.measure[-1]) == plain(other.measure[-1])
        and (one.subject == other.subject or not (_item(one) and _item(other)))
    )


def _item(fact: Fact) -> str:
    """The row or thing that a figure belongs to; "" for a total or where none is named."""
    scored = fact.dimension == "score" and fact.subject.endswith("总额")  # 资金总额, scored by its execution
    total = is_total(fact.subject) or fact.subject.endswith(("合计", "总计"))
    return "" if total and not scored else plain(fact.subject)


def holds_whole(facts: Sequence[Fact]) -> bool:
    """Whether one of three or more figures is the sum of the others, or an amount that of some that stand together
    (基本支出、人员经费、公用经费、项目支出): a whole is never added to its parts."""
    money = all(fact.dimension == "money" for fact in facts)
    for at, fact in enumerate(facts):
        rest = [*facts[:at], *facts[at + 1 :]]
        ends = range(len(rest) + 1)
        runs = [rest[i:j] for i in ends for j in ends if j - i > 1] if money else [rest][: len(rest) > 1]
        for run in runs:
            together = sum((one.quantity.base for one in run), Decimal(0))
            if fact.quantity.base and abs(together - fact.quantity.base) <= tolerance([*run, fact], fact):
                return True
    return False


def signed(terms: Sequence[tuple[int, Fact]]) -> Result | None:
    """a ＋ b － c …: terms with their signs, first positive."""
    facts = tuple(fact for _, fact in terms)
    if not facts or not comparable(facts):
        return None
    own = facts[0].quantity.unit
    places = max(fact.quantity.places for fact in facts)
    value = sum((sign * fact.quantity.base for sign, fact in terms), Decimal(0)) / own.factor
    said = "".join(
        (("＋" if sign > 0 else "－") if at else "") + text
        for at, ((sign, _), text) in enumerate(zip(terms, figures(facts), strict=True))
    )
    return Result(value, own, places, f"{said}＝{show(value, own, places)}", facts)


def per(amount: Fact, heads: Fact) -> Result | None:
    """amount ÷ heads, as 元/人 and the like; None where the divisor is 0 or both are the same kind."""
    if not heads.quantity.base or amount.dimension == heads.dimension:
        return None
    over = amount.quantity.unit
    target = Unit(f"{over.name}/{heads.quantity.unit.name}", over.dimension, over.factor)
    value = amount.quantity.value / heads.quantity.base
    working = f"{written(amount.quantity)}÷{written(heads.quantity)}＝{show(value, target, PERCENT_PLACES)}"
    return Result(value, target, PERCENT_PLACES, working, (amount, heads))


def tolerance(terms: Sequence[Fact], stated: Fact) -> Decimal:
    """What rounding alone may explain, in base units: half a last place for each term and for the stated figure.

    Whole scores and heads are counted, not rounded: nothing is forgiven there.
    """
    if stated.dimension in ("score", "count") and all(fact.quantity.places == 0 for fact in terms):
        return Decimal(0)
    return sum((fact.quantity.half for fact in terms), stated.quantity.half)


def agrees(result: Result, stated: Quantity) -> bool:
    """A stated ratio is the result at the places it is written with."""
    return rounded(result.value * result.unit.factor / stated.unit.factor, stated.places) == stated.value
