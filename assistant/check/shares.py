"""Shares (占比): a part over the whole that the sentence, the question or the report itself puts it in.

Each yields what the claim's words allow; whether a claim agrees is decided in derive.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from assistant.check.agree import telling
from assistant.check.claim import Claim
from assistant.check.ledger import Entry, Ledger, content
from assistant.check.likeness import same_basis
from assistant.check.operands import Operand, Result, named, of_entry, totals
from assistant.check.quotients import divided, of_all
from assistant.check.turns import turned
from ingest.quantity import Unit, quantities, unit
from ingest.terms import basis_of, is_total

_SHARE = re.compile(
    r"(?P<part>[^，,。；;：:（(]*?)(?:占到?|相当于|约?为|是|达到?|完成了?)(?P<whole>[^，。；：（(占为是]{0,16}?)的?"
    r"(?:比重|比例|比)?(?:为|是|约|达到?|近|仅|只有)*$"
)
"""甲占乙的x, 相当于乙的x, 完成乙的x."""
_AMONG = re.compile(r"(?P<whole>[^，,。；;：:（(]{2,16}?)(?:里面?|之?中|当中)[，,]?(?:有|约|近|仅)*$")
_INSIDE = re.compile("在?(?P<whole>.{2,16}?)(?:里面?|之?中|当中)(?P<part>.{2,})")
"""甲中乙占x."""
_IS = re.compile(r"[^，。；：）)\d]{0,2}?(?:是|为|用于|属于|来自|由|投向)(?P<part>[^，。；：（(\d]{2,16})")
"""乙中x是甲."""
_IN = re.compile(r"(?:在|^)(?P<whole>[^，。；：？]{2,14}?)(?:里面?|之?中|当中)[，,]?")
_OF = re.compile(
    r"占(?:到|了)?(?P<whole>[^，。；：？占]{2,16}?)(?:的(?:多少|比重|比例|几成|百分之几)|比重|比例|多少|几成)"
)
_BARE = re.compile("(?:其|比|比重|比例|总数|总量|总额|全部|所有)?的?")
"""What 占 may be followed by without naming a whole."""
_NEXT = re.compile(
    r"[，,、（(\s]*(?:约|仅)?(?:(?:其?所?占|相当于|为|是|达到?|完成)[^，。；\d]{0,16}|比重|比例|占比|为|是)*"
)


@dataclass(frozen=True, slots=True)
class Shared:
    """The names of a part and of its whole, as a sentence gives them; "" where it leaves one unsaid."""

    part: str
    whole: str


def shared(claim: Claim) -> Shared | None:
    """How the words of a claim speak of a share, None where they do not."""
    before = re.sub(r"[（(][^（）()]*[）)]", "", claim.before)
    clause = re.split("[，,。；;：:]", before)[-1].strip("（( ")
    if (among := _AMONG.search(clause)) and (part := _IS.match(claim.after)):
        return Shared(part["part"], among["whole"])
    match = _SHARE.fullmatch(clause)
    if match and (inside := _INSIDE.fullmatch(match["part"])) and _BARE.fullmatch(match["whole"] or "其"):
        return Shared(inside["part"], inside["whole"])
    if match and match["whole"] and ("占" in clause or clause.endswith("的") or "的比" in clause):
        return Shared(match["part"], "" if _BARE.fullmatch(match["whole"]) else match["whole"])
    head, sign, tail = "".join(claim.measure).rpartition("占")
    if not sign:
        return None
    whole = re.sub("的?(?:比重|比例|比)$|的$", "", tail)
    return Shared(head, "" if _BARE.fullmatch(whole) else whole)


def share(claim: Claim, own: Sequence[Operand], before: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """B占A的比重: B ÷ A, where the sentence names both, or the report says what B is a part of."""
    said = shared(claim)
    if said is None:
        return
    if "其中" in claim.before and not said.whole:
        yield from _of_told(claim, said, own, ledger)
    words = (claim.subject, said.part) if said.part not in claim.subject else (claim.subject,)
    for kind in _kinds(own):
        just = _just_before(claim, own, kind)
        parts = just if just and not said.part else _meant(claim, words, (*own, *before), ledger, kind) or just
        names = wholes_of(claim, said.whole)
        wholes = [one for name in names for one in _whole(claim, name, (*own, *before), ledger, kind)]
        planned = basis_of(said.whole) if basis_of(said.whole) != "决算" else ""
        for one, whole in product(parts, wholes):
            if same_basis(one.basis, whole.basis) or (planned and same_basis(planned, whole.basis)):
                yield from divided((one,), (whole,), len(parts) == len(wholes) == 1 and said.whole != "")
        if not said.whole:
            for one in parts:
                wide = (*wholes_in(one, ledger), *everything(ledger, kind))
                yield from divided((one,), [whole for whole in wide if same_basis(one.basis, whole.basis)], False)


def _of_told(claim: Claim, said: Shared, own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """三公经费x，其中甲占y: of the amount that 其中 follows."""
    before = quantities(claim.before.partition("其中")[0])
    for whole in own:
        if any(abs(whole.value - one.base) <= one.half for one in before[-1:]):
            parts = _meant(claim, (claim.subject, said.part), (), ledger, whole.unit)
            yield from divided(tuple(one for one in parts if one.value < whole.value), (whole,), False)


_EACH = re.compile(r"分别占(?:到|了)?(?P<whole>[^，。；：\d]{2,16}?)的?(?:比重|比例)?(?:为|是|约)*(?=\d)")


_SHARES = re.compile("(?:占比|比重|比例)[^，。；\\d]{0,4}分别")


def each(claim: Claim, own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """甲x、乙y，分别占丙的a和b; 甲x、乙y，占比分别为a和b: each share is of the amount that stands at its place."""
    match = _EACH.search(claim.before)
    turn = turned(claim) if match or _SHARES.search(claim.before) else None
    if turn is None:
        return
    place, told = turn
    mine = [next((one for one in own if abs(abs(one.value) - abs(of.base)) <= of.half), None) for of in told]
    part, found = mine[place], [one for one in mine if one]
    if part is None:
        return
    if match:
        yield from divided((part,), _whole(claim, match["whole"], own, ledger, part.unit), False)
    elif len(found) == len(told):
        yield from of_all(part, [one for one in found if one is not part])


def _kinds(own: Sequence[Operand]) -> tuple[Unit, ...]:
    """The units in which part and whole may be counted: those of the sentence, else money and people."""
    found = {one.unit.dimension: one.unit for one in own if one.unit.dimension not in ("ratio", "point", "none")}
    usual = (known for name in ("元", "人") if (known := unit(name)))
    return (*found.values(), *(known for known in usual if known.dimension not in found))


def wholes_of(claim: Claim, said: str) -> tuple[str, ...]:
    """The whole of a share: as the claim says, else as its sentence or its question does (在全部支出中)."""
    if said:
        return (said,)
    found = (pattern.search(text) for text in (claim.before, claim.question) for pattern in (_OF, _IN))
    return tuple(match["whole"] for match in found if match)


def wholes_in(part: Operand, ledger: Ledger, every: bool = False) -> tuple[Operand, ...]:
    """What the report itself puts a figure in: the total of its column, or what stands before its 其中.

    `every`: whatever larger figure of its kind stands before it in its sentence.
    """
    entry = part.entry
    if entry is None:
        return ()
    fact, place = entry.fact, entry.fact.place
    alike = [
        one
        for one in ledger.by_unit(fact.quantity.unit.dimension)
        if one.report is entry.report and one.number != entry.number and abs(one.fact.quantity.base) >= abs(part.value)
    ]
    if place.table:
        return tuple(of_entry(one) for one in alike if _totals(one, entry))
    path = "/".join((*filter(None, (fact.subject,)), *fact.measure))
    heads = [one for one in alike if one.fact.quote == fact.quote and one.number < entry.number]
    named_so = [
        one for one in heads if path.startswith("/".join((*filter(None, (one.fact.subject,)), *one.fact.measure)))
    ]
    return tuple(map(of_entry, heads if every else named_so or heads[:1]))


def _totals(one: Entry, part: Entry) -> bool:
    """Whether an entry is the total of a column, or the row that another one is 其中 of."""
    here, there = one.fact.place, part.fact.place
    if (here.table, here.col) != (there.table, there.col):
        return False
    row, outer = one.fact.subject, part.fact.subject.rpartition("/")[0]
    return is_total(row.rpartition("/")[2]) or row.endswith(("合计", "总计")) or bool(outer and row == outer)


def _whole(claim: Claim, name: str, given: Sequence[Operand], ledger: Ledger, kind: Unit) -> tuple[Operand, ...]:
    return (*_meant(claim, (name,), given, ledger, kind), *totals(name, ledger))


def everything(ledger: Ledger, kind: Unit) -> tuple[Operand, ...]:
    """All income and all expenses, for a share of money that names no whole at all."""
    return (*totals("全部收入", ledger), *totals("全部支出", ledger)) if kind.dimension == "money" else ()


def _just_before(claim: Claim, own: Sequence[Operand], kind: Unit | None) -> tuple[Operand, ...]:
    """The amount that a share follows at once: 690.36万元，占82.00%; 项目支出1200万元（60%）."""
    figures = [one for one in quantities(claim.before) if one.unit.dimension != "ratio"]
    if kind is None or not figures or not _NEXT.fullmatch(claim.before[figures[-1].span[1] :]):
        return ()
    last = figures[-1]
    same = (one for one in own if one.unit.dimension == kind.dimension == last.unit.dimension)
    return tuple(one for one in same if abs(abs(one.value) - abs(last.base)) <= last.half)[-1:]


def parts_of(claim: Claim, own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """在全部支出中，甲x（a%）: a ratio in brackets behind an amount is its share of all, or of a whole named."""
    for kind in _kinds(own):
        for one in _just_before(claim, own, kind):
            for name in (*wholes_of(claim, ""), "全部收入", "全部支出"):
                yield from divided((one,), _whole(claim, name, own, ledger, kind), False)
            same = [other for other in own if other.unit.dimension == one.unit.dimension]
            if len(same) > 1 and telling(claim.quantity):
                yield from of_all(one, [other for other in same if other is not one])


def _meant(
    claim: Claim, words: Sequence[str], given: Sequence[Operand], ledger: Ledger, kind: Unit
) -> tuple[Operand, ...]:
    """The operands that some words name: those of the text first, else the ledger's."""
    label = content(*words)
    if not label:
        return ()
    said = [one for one in given if one.unit.dimension == kind.dimension and label <= one.label]
    planned = basis_of(words[-1]) if "预算" in basis_of(words[-1]) else ""
    return (*said, *named(claim, [word for word in words if word], ledger, kind, claim.period, planned))
