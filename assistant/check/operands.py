"""Figures that a calculation may start from: those of the sentence, and those of the ledger that its words name.

Looks up, names and pairs operands; which calculation is meant is decided in quotients.py and amounts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from assistant.check.claim import EARLIER, Claim
from assistant.check.doubts import EQUAL
from assistant.check.judge import KNOWN, Judgement
from assistant.check.ledger import Entry, Ledger, content
from assistant.check.likeness import foremost, same_period
from ingest.fact import Fact
from ingest.quantity import Quantity, Unit, show
from ingest.record import record
from ingest.terms import basis_of, is_alias, plain
from ingest.wording import opening

_GROWTH = (
    "超额|超目标|超出|增长|增速|增幅|降幅|下降|降低|减少|增加|上升|提高|提升|变动|变化|调整率|"
    "调减|调增|追加|压减|增减|净增|净减|缩短|压缩|延长|加快|减至|多出|扩大|缩小|短收|超收|"
    "[多少][收花支建]|[还尚]差|短少"
)
GROWTH = re.compile(f"{opening(_GROWTH.split('|'))}(?:{_GROWTH})")
_LAST = re.compile("上年|去年|上一年|同比|同期")
_AGAINST = re.compile("(?:相?比|较|与|同)(?P<than>.{2,}?)(?:相比|相差|[增减多少高低超调变节净差]|下降|上升|提高|的|$)")
_CHANGE = re.compile(rf"(?:同比|环比|净|实际)?(?:{GROWTH.pattern})(?:率|额|数|幅度|了|为)*$")
_BASES = ("目标", "计划", "年初预算", "预算", "调整后预算", "决算", "完成")
_PLANNED = ("目标", "计划", "年初预算", "预算", "调整后预算")
DIGITS = 40
"""Decimal digits that a quotient is carried to."""


@record
class Operand:
    """A figure to calculate with (算式中的数)."""

    value: Decimal
    """In the base unit, with its sign."""
    unit: Unit
    label: frozenset[str]
    name: str
    text: str
    """As it is written: 79,435.09万元."""
    period: str
    basis: str
    entry: Entry | None = None
    ends: tuple[Entry, ...] = ()
    """For a difference that was worked out: what it was worked out from, the later first."""

    @property
    def core(self) -> frozenset[str]:
        """The label's terms in the report, without what the sentence puts around them (a company's name)."""
        return self.entry.label if self.entry else self.label


@record
class Result:
    """A calculation carried out (推算)."""

    value: Decimal
    expression: str
    operands: tuple[Operand, ...]
    sure: bool = False
    """Whether the words fix the calculation, so that another value is an error and not merely unexplained."""


def of_entry(entry: Entry, label: frozenset[str] = frozenset(), period: str = "") -> Operand:
    """A fact as an operand; `label` and `period` are what a sentence says of it besides."""
    fact, quantity = entry.fact, entry.fact.quantity
    name = "".join((fact.subject.rpartition("/")[2], fact.measure[-1]))
    text = quantity.text if quantity.text.endswith(quantity.unit.name) else quantity.text + quantity.unit.name
    said = entry.label | label
    return Operand(quantity.base, quantity.unit, said, name, text, period or fact.period, fact.basis, entry)


def of_claim(claim: Claim, judgement: Judgement) -> Operand | None:
    """A figure of the sentence as an operand, with the source's own value where the gate has bound it to one.

    A figure at fault stands for the fact that its label names, so that one error is not blamed twice; one that
    nothing supports is no operand.
    """
    quantity = claim.quantity
    if judgement.verdict == "derived":
        ends = judgement.entries if len(judgement.entries) == 2 and grows(claim) else ()
        said = (claim.label, claim.name, quantity.text, claim.period, claim.basis)
        return Operand(quantity.base, quantity.unit, *said, ends=ends)
    lost = judgement.verdict == "basis" and len(judgement.entries) == 1
    if judgement.verdict == "unfounded" or lost or not judgement.entries:
        return None
    entry = judgement.entries[-1]
    if quantity.unit.dimension not in (entry.fact.quantity.unit.dimension, "none"):
        return None
    return of_entry(entry, claim.label, claim.period)


def named(
    claim: Claim,
    parts: Sequence[str],
    ledger: Ledger,
    unit: Unit,
    period: str = "",
    basis: str = "",
    whose: frozenset[str] = frozenset(),
) -> tuple[Operand, ...]:
    """The facts that a label names, of the unit's dimension, best first; () where none is clearly named.

    `whose` are terms that a fact must have, however well the rest of its label fits.
    """
    label = content(*parts)
    if not label:
        return ()
    figure = Quantity("", (0, 0), Decimal(0), 0, unit)
    asked = Claim(figure, "", tuple(parts), period, basis, label, claim.context)

    def fits(entry: Entry) -> bool:
        return (
            entry.fact.quantity.unit.dimension == unit.dimension
            and (not period or entry.fact.period[:4] == period[:4])
            and (not basis or entry.fact.basis != "")
            and whose <= entry.label | entry.around
        )

    return tuple(of_entry(like.entry) for like in foremost(asked, ledger, KNOWN, EQUAL, fits)[:4])


def named_items(text: str, ledger: Ledger) -> tuple[str, ...]:
    """The items of the report that a text names, in its order; () for fewer than two."""
    said = plain(text)
    found = [item for item in ledger.items if item in said]
    items = [item for item in found if not any(item != other and item in other for other in found)]
    return tuple(sorted(items, key=said.find)) if len(items) > 1 else ()


def grows(claim: Claim) -> bool:
    """Whether a claim is about a change rather than a level."""
    return bool(GROWTH.search(claim.measure[-1]))


def stem(claim: Claim) -> tuple[str, ...]:
    """What it is that grows: the label without its words of change (较上年增长、增长率)."""
    return _stem(claim.subject, *claim.measure)


@lru_cache(maxsize=4096)
def _stem(subject: str, *measure: str) -> tuple[str, ...]:
    last = re.sub("上年|去年", "", _CHANGE.sub("", GROWTH.sub("", _AGAINST.sub("", measure[-1]))))
    outer = (part for part in measure[:-1] if not _CHANGE.fullmatch(part))
    return tuple(part for part in (subject, *outer, last.removesuffix("率")) if part)


def pairs(claim: Claim, own: Sequence[Operand], ledger: Ledger, unit: Unit) -> Iterator[tuple[Operand, Operand, bool]]:
    """(later, earlier, sure): the two figures whose change a claim may speak of, the surest first."""
    label = content(*stem(claim))
    same = [one for one in own if one.unit.dimension == unit.dimension and one.basis != "差额"]
    named_ones = [one for one in same if _speaks_of(one, label)] or same
    for a, b in combinations(named_ones, 2):
        if not a.label & b.label and len(same) > 2:
            continue
        first = order(a, b)
        later, earlier = (b, a) if first < 0 else (a, b)
        yield later, earlier, bool(first) and len(same) == 2
        if not first:
            yield earlier, later, False
    for later in [*(one for one in same if not label or _speaks_of(one, label)), *_now(claim, ledger, unit)]:
        for earlier in _then(claim, later, own, ledger, unit):
            if earlier.value != later.value or earlier.entry is not later.entry:
                yield later, earlier, True


_TOTAL = re.compile(
    "(?:全部|全年|本年|部门|整体|年度|累计|实际|总|的)*(?P<what>收入|支出)(?:合计|总额|总计|总数|决算|预算|执行|数|/)*(?:[(]\\w[)])?"
)

_ANY_BUDGET = re.compile("预算|决算|安排|调整后|年初|的|/")


def totals(name: str, ledger: Ledger) -> tuple[Operand, ...]:
    """All income or all expenses (全部支出、收入总额), under whatever of its names the report gives it."""
    said = _TOTAL.fullmatch(plain(name))
    if said is None:
        return ()
    found = [
        entry
        for entry in ledger.by_unit("money")
        if _total_of("".join((entry.fact.subject, *entry.fact.measure))) == said["what"] and same_period("", entry)
    ]
    if _SUM.search(name):  # 总计 has what was carried over in it, 本年收入合计 has not
        found = [entry for entry in found if _grand(entry) == ("总计" in name)] or found
    return tuple(map(of_entry, found))


_SUM = re.compile("总计|合计")


def _grand(entry: Entry) -> bool:
    return "总计" in "".join((entry.fact.subject, *entry.fact.measure))


@lru_cache(maxsize=16384)
def _total_of(label: str) -> str:
    """收入 or 支出 where a label names all of it, "" where it names anything else."""
    match = _TOTAL.fullmatch(_ANY_BUDGET.sub("", plain(label)))
    return match["what"] if match else ""


def _now(claim: Claim, ledger: Ledger, unit: Unit) -> tuple[Operand, ...]:
    if all_of := totals("".join(stem(claim)), ledger):
        planned = "预算" in "".join(stem(claim))
        same = (one for one in all_of if one.unit.dimension == unit.dimension and one.basis != "差额")
        return tuple(one for one in same if ("预算" in one.basis) == planned)
    found = named(claim, stem(claim), ledger, unit, claim.period, "" if claim.basis == "差额" else claim.basis)
    planned = claim.basis == "差额" and basis_of(claim.measure[-1]) in _PLANNED and not basis_of("".join(stem(claim)))
    return tuple(one for one in found if one.basis not in _PLANNED) if planned else found


def _then(claim: Claim, later: Operand, own: Sequence[Operand], ledger: Ledger, unit: Unit) -> Iterator[Operand]:
    """What `later` is compared with: last year's, or what stands after 比、较; spending with the spending of another,
    not with its budget, where the report tells both."""
    against = _AGAINST.search("".join(claim.measure))
    than = against["than"] if against else ""
    if not than or _LAST.search(than) or re.search(r"20\d\d", than):
        year = re.search(r"20\d\d", than)
        now = later.period[:4] or str(ledger.year or "")
        then = year[0] if year else str(int(now) - 1) if now.isdigit() else ""
        if then:
            yield from named(claim, stem(claim), ledger, unit, then, later.basis)
        return
    wanted = content(than)
    yield from (one for one in own if one.unit.dimension == unit.dimension and wanted and wanted <= one.label)
    # 比预算少 is less than its own budget, never than any other
    for name in ((*stem(claim), than), () if is_alias(than) else (than,)):
        others = named(claim, name, ledger, unit, later.period, basis_of(than)) if name else ()
        yield from tuple(one for one in others if one.basis == later.basis) or others


def _speaks_of(operand: Operand, label: frozenset[str]) -> bool:
    return bool(label) and 2 * len(operand.label & label) >= len(label)


def order(a: Operand | Fact, b: Operand | Fact) -> int:
    """+1 where a is the later of two, -1 where b is, 0 where nothing tells."""
    if EARLIER in (a.period, b.period):
        return -1 if a.period == EARLIER else 1
    if a.period and b.period and a.period != b.period and a.period[:4].isdigit() and b.period[:4].isdigit():
        moments = [(one.period[:4], "初" not in one.period) for one in (a, b)]
        return (moments[0] > moments[1]) - (moments[0] < moments[1])
    if a.basis != b.basis and a.basis in _BASES and b.basis in _BASES:
        return 1 if _BASES.index(a.basis) > _BASES.index(b.basis) else -1
    if "" in (a.basis, b.basis) and all(isinstance(one, Fact) or one.entry for one in (a, b)):
        # What the report tells without a basis is what came of a plan; a sum that the text works out may be anything.
        return (b.basis in _PLANNED) - (a.basis in _PLANNED)
    return 0


def written(value: Decimal, unit: Unit, places: int) -> str:
    """A result in the unit and to the places of the figure that it is held against."""
    return show(value / unit.factor, unit, max(places, 0))
