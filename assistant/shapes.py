"""The JSON shapes that other programs are written against: stable keys, figures as strings. Computes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Check, Citation, Figure, Finding, Indicator, Passed, Review
from assistant.wording import written
from ingest.errors import BadInput
from ingest.fact import Fact, label
from ingest.report import Place, Report, Table, grid
from ingest.store.journal import Decision

if TYPE_CHECKING:
    from assistant.comparison import Cell, Comparison

Shape = dict[str, Any]
Describe = Callable[[Place], str]
"""Makes 第12页 表3 第5行“执行数” of a place; given by the assistant, which knows the reports."""


_NUMBERS = ("page", "block", "table", "row", "col")


def number(value: Decimal) -> str:
    """A figure as a plain decimal string with the written places, never in exponent form."""
    return format(value, "f")


def place(where: Place, describe: Describe) -> Shape:
    """`{"report","page","block","table","row","col","span","label"}`."""
    return {
        "report": where.report,
        "page": where.page,
        "block": where.block,
        "table": where.table,
        "row": where.row,
        "col": where.col,
        "span": list(where.span) if where.span else None,
        "label": describe(where),
    }


def placed(shape: Shape) -> Place:
    """The place that a place shape stands for. Raises BadInput on anything else."""
    try:
        span = shape.get("span")
        numbers = {name: None if shape.get(name) is None else int(shape[name]) for name in _NUMBERS}
        return Place(str(shape["report"]), **numbers, span=(int(span[0]), int(span[1])) if span else None)
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("这不是一个位置。") from error


def figure(judged: Figure, describe: Describe) -> Shape:
    """F of the contract."""
    return {
        "text": judged.quantity.text,
        "value": number(judged.quantity.value),
        "unit": judged.quantity.unit.name,
        "verdict": judged.verdict,
        "working": judged.working,
        "right": judged.right,
        "span": list(judged.quantity.span),
        "places": [place(where, describe) for where in judged.places],
    }


def citation(cited: Citation, describe: Describe) -> Shape:
    """`{"report","page","place","quote","at"}`; `at` is the place shape, for whoever wants to show it."""
    return {
        "report": cited.place.report,
        "page": cited.place.page,
        "place": cited.label or describe(cited.place),
        "quote": cited.quote,
        "at": place(cited.place, describe),
    }


def answer(given: Answer, describe: Describe) -> Shape:
    """What `heshu ask --json` prints."""
    return {
        "question": given.question,
        "answer": given.text,
        "refused": given.refused,
        "missing": list(given.missing),
        "figures": [figure(one, describe) for one in given.figures],
        "citations": [citation(one, describe) for one in given.citations],
        "notes": list(given.notes),
        "writer": given.writer,
        "stamp": {
            "prompt": given.stamp.prompt,
            "model": given.stamp.model,
            "embedding": given.stamp.embedding,
            "index": given.stamp.index,
            "heshu": given.stamp.heshu,
        },
    }


def check(outcome: Check, describe: Describe) -> Shape:
    """What `heshu verify --json` prints."""
    return {
        "figures": [figure(one, describe) for one in outcome.figures],
        "sentences": [
            {
                "text": sentence.text,
                "verdict": sentence.verdict,
                "figures": [figure(one, describe) for one in sentence.figures],
            }
            for sentence in outcome.sentences
        ],
    }


def comparison(made: Comparison, describe: Describe) -> Shape:
    """What `heshu compare --json` prints: cells stand in the order of the columns."""
    return {
        "columns": [
            {"name": one.name, "department": one.department, "year": one.year, "reports": list(one.reports)}
            for one in made.columns
        ],
        "rows": [
            {
                "measure": row.measure.name,
                "unit": row.unit,
                "cells": [cell(one, describe) for one in row.cells],
                "notes": list(row.notes),
            }
            for row in made.rows
        ],
        "notes": list(made.notes),
    }


def cell(one: Cell, describe: Describe) -> Shape:
    """A cell of a comparison: a figure with verdict and places, or `reason`, why there is none."""
    stated = one.facts[0] if one.facts and one.verdict != "derived" else None
    return {
        "text": one.text,
        "verdict": one.verdict,
        "label": label(stated) if stated else "",
        "written": written(stated.quantity) if stated else "",
        "period": stated.period if stated else "",
        "basis": one.basis,
        "working": one.working,
        "reason": one.reason,
        "change": {"text": one.change.text, "working": one.change.working} if one.change else None,
        "places": [place(where, describe) for where in one.places],
        "quote": stated.quote if stated else "",
    }


def finding(found: Finding, describe: Describe) -> Shape:
    """One finding of `heshu review --format json`."""
    return {
        "id": found.id,
        "rule": found.rule,
        "severity": found.severity,
        "category": found.category,
        "title": found.title,
        "fact": found.fact,
        "working": found.working,
        "request": found.request,
        "basis": found.basis,
        "places": [place(where, describe) for where in found.places],
        "quotes": list(found.quotes),
    }


def passed(held: Passed, describe: Describe) -> Shape:
    """A check that was made and holds."""
    return {
        "rule": held.rule,
        "title": held.title,
        "working": held.working,
        "places": [place(where, describe) for where in held.places],
    }


def indicator(card: Indicator, describe: Describe) -> Shape:
    """An indicator card filled in."""
    return {
        "name": card.name,
        "status": card.status,
        "value": card.value,
        "unit": card.unit,
        "formula": card.formula,
        "inputs": list(card.inputs),
        "premise": card.premise,
        "missing": list(card.missing),
        "basis": card.basis,
        "places": [place(where, describe) for where in card.places],
    }


def review(outcome: Review, describe: Describe) -> Shape:
    """What `heshu review --format json` prints."""
    return {
        "report": outcome.report,
        "findings": [finding(one, describe) for one in outcome.findings],
        "passed": [passed(one, describe) for one in outcome.passed],
        "indicators": [indicator(one, describe) for one in outcome.indicators],
        "memo": outcome.memo,
    }


def table(read: Table) -> Shape:
    """One table of `heshu tables`: the grid with merged cells filled, and the spans that are merged."""
    return {
        "number": read.number,
        "page": read.page,
        "pages": list(read.pages),
        "caption": read.caption,
        "unit": read.unit,
        "header_rows": read.header_rows,
        "header_cols": read.header_cols,
        "layout": read.layout,
        "sheet": read.sheet,
        "hidden": bool(read.hidden),
        "certain": read.certain,
        "doubt": read.doubt,
        "grid": [list(row) for row in grid(read)],
        "spans": [
            {"row": cell.row, "col": cell.col, "rowspan": cell.rowspan, "colspan": cell.colspan}
            for cell in read.cells
            if cell.rowspan > 1 or cell.colspan > 1
        ],
        "continues": len(read.pages) > 1,
    }


def tables(report: Report) -> Shape:
    """What `heshu tables FILE` prints."""
    return {"tables": [table(one) for one in report.tables]}


def facts(stated: Sequence[Fact]) -> Shape:
    """What `heshu facts FILE` prints."""
    return {
        "facts": [
            {
                "subject": fact.subject,
                "measure": list(fact.measure),
                "period": fact.period,
                "basis": fact.basis,
                "value": number(fact.quantity.value),
                "unit": fact.quantity.unit.name,
                "text": fact.quantity.text,
                "page": fact.place.page,
                "table": fact.place.table,
                "row": fact.place.row,
                "col": fact.place.col,
                "quote": fact.quote,
                "certain": fact.certain,
            }
            for fact in stated
        ]
    }


def decision(one: Decision) -> dict[str, str]:
    """A reviewer's decision."""
    return {"decision": one.decision, "note": one.note, "reviewer": one.reviewer, "added": one.added}
