"""Calculations that give a count: items of a table, names listed, figures given, items beyond a threshold.

Each yields what the claim's words allow; whether a claim agrees is decided in derive.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.check.amounts import may_mean
from assistant.check.claim import Claim
from assistant.check.ledger import Column, Ledger, content
from assistant.check.listing import listed
from assistant.check.operands import Operand, Result, named_items, of_entry
from ingest.quantity import Quantity, quantities

_LISTED = re.compile("处|个(?:值|数|不同|互相|口径)")
_TAKEN = re.compile("[^，。；、]{0,10}?(?:合计|共计|总计|之和|总和|相加|加总)")
"""Behind a count of the figures that a sentence gives and sums up: 三项费用合计."""
_SENTENCE = re.compile("[。；;\\n]")
_NOUNS = ("项目", "指标", "科目")


_BOUND = re.compile(
    r"(?:(?P<more>超过|高于|大于|多于|达到?|在)|(?P<less>低于|小于|少于|不足|不到|未达到?))(?P<figure>[^，。；]{1,12}?)"
    r"(?P<above>(?:及|含)?以上)?(?P<below>(?:及|含)?以下)?(?:的|者)"
)
"""超过90%的, 在95%以上的."""


def counts(claim: Claim, own: Sequence[Operand], ledger: Ledger) -> Iterator[Result]:
    """11个项目: the items of a table that the sentence names; 两个值: the figures that the sentence itself gives."""
    quantity = claim.quantity
    if quantity.unit.dimension == "duration" and quantity.unit.name == "年":
        years = [int(found) for found in re.findall(r"20\d\d(?=年)", claim.before)]
        if years and max(years) > min(years):
            text = f"{min(years)}年至{max(years)}年"
            yield from (Result((max(years) - min(years) + more) * quantity.unit.factor, text, ()) for more in (0, 1))
        return
    if quantity.unit.dimension != "count" or quantity.value != quantity.value.to_integral_value():
        return
    if claim.points_back:
        yield from _pointed(claim, ledger)
        return
    if _BOUND.search(_SENTENCE.split(claim.before)[-1]):
        yield from beyond(claim, ledger)
        return
    for names in listed(claim.before, claim.after):
        if any(all(map(one.names, names)) for one in ledger.sources if one.may_speak_of(claim.period)):
            yield Result(Decimal(len(names)), f"报告中有所列{len(names)}个名称", ())
    for text in (_SENTENCE.split(claim.before)[-1], _SENTENCE.split(claim.after)[0]):
        if items := named_items(text, ledger):
            yield Result(Decimal(len(items)), f"文中列出{'、'.join(items)}，{len(items)}项", ())
    kinds = [one.unit.dimension for one in own]
    for kind in sorted(set(kinds)) if _LISTED.match(quantity.unit.name + claim.after) else ():
        figures = tuple(one for one in own if one.unit.dimension == kind)
        yield Result(Decimal(len(figures)), f"文中列出的{len(figures)}个数", figures)
    for kind in sorted(set(kinds)) if _TAKEN.match(claim.after) else ():
        figures = tuple(one for one in own if one.unit.dimension == kind)
        for these in (figures, figures[:-1]):
            yield Result(Decimal(len(these)), f"文中列出的{len(these)}个数", these)
    if quantity.unit.name in ("个", "项", "类") and quantity.value > 2:
        words = claim.label | claim.context
        for column in ledger.columns:
            if (_entitled(claim, column) or (column.label | column.caption) & words) and may_mean(claim, column):
                rows = tuple(map(of_entry, column.entries))
                yield Result(Decimal(len(rows)), f"{column.name}所列{len(rows)}项", rows[:1])


def _pointed(claim: Claim, ledger: Ledger) -> Iterator[Result]:
    """这两个项目, 上述三项: what the sentence before names or gives figures of."""
    said = [part for part in _SENTENCE.split(claim.earlier + claim.before) if quantities(part)]
    for text in said[-1:]:
        if items := named_items(text, ledger):
            yield Result(Decimal(len(items)), f"上文列出{'、'.join(items)}，{len(items)}项", ())
        kinds = [one.unit.dimension for one in quantities(text)]
        for kind in sorted(set(kinds) - {"none"}):
            yield Result(Decimal(kinds.count(kind)), f"上文列出的{kinds.count(kind)}个数", ())


def beyond(claim: Claim, ledger: Ledger) -> Iterator[Result]:
    """执行率超过90%的有3个: the items of a column that lie beyond a bound."""
    found = list(_BOUND.finditer(claim.before))
    bound = quantities(found[-1]["figure"]) if found else ()
    if len(bound) != 1:
        return
    said = content(re.split("[，。；]", claim.before[: found[-1].start()])[-1]) | content(claim.before)
    fitting = [
        column
        for column in ledger.columns
        if column.label <= said and column.unit.dimension == bound[0].unit.dimension and may_mean(claim, column)
    ]
    for column in [column for column in fitting if _entitled(claim, column)] or fitting:
        beyond = [entry for entry in column.entries if _lies(entry.fact.quantity, bound[0], found[-1])]
        text = f"{column.name}中{found[-1][0].rstrip('的者')}的项数"
        yield Result(Decimal(len(beyond)), text, tuple(map(of_entry, beyond)))


def _entitled(claim: Claim, column: Column) -> bool:
    """Whether the table of a column is entitled by what the claim counts (项目)."""
    noun = claim.measure[-1][-2:]
    return noun in _NOUNS and noun in "".join(column.entries[0].fact.section[-1:])


def _lies(quantity: Quantity, bound: Quantity, said: re.Match[str]) -> bool:
    """Whether a figure lies on the side of a bound that the words name; 以上 and 以下 take the bound in."""
    above = bool(said["above"]) or (bool(said["more"]) and not said["below"])
    if quantity.base == bound.base:
        return bool(said["above"] or said["below"])
    return (quantity.base > bound.base) == above
