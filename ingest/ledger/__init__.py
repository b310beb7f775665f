"""The ledger (数字台账): every figure a report states, in tables and prose, with what makes it that figure.

Exact duplicates are one fact with several places; figures that contradict each other stay apart. Nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ingest.fact import Fact, label
from ingest.ledger.celltext import cell_facts
from ingest.ledger.openings import heading
from ingest.ledger.prose import prose_facts
from ingest.ledger.tables import table_facts
from ingest.report import Place, Report
from ingest.terms import canonical, is_alias, is_total, plain

__all__ = ["facts", "items_of"]


def facts(report: Report) -> tuple[Fact, ...]:
    """All facts of a report in reading order; ids are stable for the same bytes. Those of scanned pages are 未核."""
    blocks = {block.table: block.index for block in report.blocks if block.kind == "table"}
    placed = [replace(table, block=blocks.get(table.number, table.block)) for table in report.tables]
    tables = [fact for table in placed for fact in table_facts(report, table)]
    items = items_of(tables, report)
    cells = [fact for table in placed for fact in cell_facts(report, table, items)]
    where = {table.number: table.block for table in placed}
    found = sorted([*tables, *cells, *prose_facts(report, items)], key=lambda fact: _order(fact.place, where))
    scanned = {page.number for page in report.pages if page.scanned}
    found = [replace(fact, certain=False) if fact.place.page in scanned else fact for fact in found]
    return tuple(replace(fact, id=f"{report.id}:{number}") for number, fact in enumerate(_merged(found), 1))


def _order(place: Place, tables: dict[int, int | None]) -> tuple[int, ...]:
    """Reading order: block, then row and column, or the place in the text."""
    block = place.block if place.table is None else tables.get(place.table)
    last = 1 << 30
    return (last if block is None else block, place.table or 0, place.row or 0, place.col or 0, *(place.span or (0,)))


def items_of(found: Iterable[Fact], report: Report) -> tuple[str, ...]:
    """Names of items of their own (projects, expenses), longest first: rows of tables, openings of paragraphs."""
    names = {plain(fact.subject.rpartition("/")[2]) for fact in found if fact.kind == "table"}
    names |= {plain(heading(block.text)) for block in report.blocks if block.kind == "paragraph"}
    kept = {name for name in names if len(name) >= 4 and not is_alias(name) and not is_total(name)}
    return tuple(sorted(kept, key=lambda name: (-len(name), name)))


def _merged(found: Iterable[Fact]) -> list[Fact]:
    """Facts with exact duplicates (label, period, basis, figure) made one that keeps the other places."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in found:
        quantity = fact.quantity
        key = (
            canonical(label(fact)),
            fact.period,
            fact.basis,
            quantity.value,
            quantity.places,
            quantity.unit,
            quantity.relation,
            quantity.direction,
            fact.certain,
        )
        first = kept.get(key)
        kept[key] = replace(first, also=(*first.also, fact.place)) if first else fact
    return list(kept.values())
