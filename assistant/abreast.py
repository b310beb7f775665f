"""Several departments or years told side by side (并列作答): each its own figure, then what the question makes of them.

A figure is taken from one report alone; what is added, subtracted or ranked is told with its working, and what hinders
the comparison is told with it. A column without the figure is said to have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Finding
from assistant.builtin.ask import replied as replied_alone
from assistant.builtin.ask import understood
from assistant.builtin.facts.lens import Lens, lens
from assistant.builtin.facts.lookup import look
from assistant.builtin.facts.neighbours import row_key
from assistant.builtin.question.plan import ask
from assistant.builtin.reply import Reply, shown
from assistant.calculate import Result, difference, per, ratio, total
from assistant.comparison import FIRM, PLANNED, Cell, Column, cell_of, measure_of, row_of
from assistant.span import Key, Span
from assistant.weighed import FIRST, Told, alike_facts, made, premise
from ingest.fact import Fact
from prompts import phrases

TWO = ("times", "sum", "order", "highest", "lowest", "change", "same", "fair")
"""What cannot be said of one figure alone."""


def told(over: Span, question: str, findings: Sequence[Finding] = ()) -> Reply | None:
    """One measure of all columns and what is asked of it; None where no column has it."""
    if not over.cores:
        return None
    columns = [Column(*key, tuple(one.report.id for one in own), own) for key, own in over.columns.items()]
    cells = [_cell(over.cores[key], column, findings) for key, column in zip(over.columns, columns, strict=True)]
    cells = [
        cell if cell.text else _told_later(over, column) or cell for column, cell in zip(columns, cells, strict=True)
    ]
    row = row_of(measure_of(next(iter(over.cores.values()))), columns, cells)
    pairs = list(zip(columns, row.cells, strict=True))
    found = [pair for pair in pairs if pair[1].text]
    if not found or (over.wants == "same" and len(found) < 2):
        return None
    said = [_told(column, cell, over) for column, cell in pairs] + [_absent(key) for key in over.lacking]
    missing = [column.name for column, cell in pairs if not cell.text] + [_named(key) for key in over.lacking]
    lacking = tuple(_say("no_figure", name=name, measure=row.measure.name) for name in missing)
    if over.wants in TWO and (len(found) < 2 or (over.lacking and over.wants != "each")):
        text = "；".join(said) + "。" + _say("no_comparison", names="、".join(missing))
        return Reply(text, _facts(found), notes=row.notes, missing=lacking, refused=True)
    outcome = made(over, question, found, row)
    parts = (outcome.text, "；".join(said) + "。")
    text = premise(over, question, found) + "".join(parts if over.wants in FIRST else reversed(parts))
    facts = tuple(dict.fromkeys((*_facts(found), *outcome.facts)))
    return Reply(text, facts, notes=(*outcome.notes, *row.notes), missing=lacking, worked=outcome.worked)


def _cell(core: str, column: Column, findings: Sequence[Finding]) -> Cell:
    """What a column has of a measure; where the look-up finds none, what it answers when it is asked alone."""
    seen = replace(lens(column.readings), findings=tuple(findings))
    found = cell_of(measure_of(core), column, seen)
    if found.text or found.places:
        return found
    reply = replied_alone(understood(f"{core}是多少？", column.readings, findings))
    if reply.refused or not reply.facts:
        return found
    if (result := _worked(reply)) is not None:
        return _derived(result)
    one, *parts = reply.facts
    whole = total(parts) if len(parts) > 1 else None
    alone = not parts or (whole is not None and whole.value * whole.unit.factor == one.quantity.base)
    if not alone or one.basis in PLANNED:
        return found
    return Cell(shown(one.quantity), "exact", (one,), one.basis, places=(one.place,), value=one.quantity.base)


def _told_later(over: Span, column: Column) -> Cell | None:
    """What the report of the year after tells of this year, where this year's own has no such figure."""
    later = over.columns.get((column.department, (column.year or 0) + 1))
    if later is None or column.year is None:
        return None
    core = over.cores[column.department, column.year]
    found = look(lens(later), replace(ask(core), year=column.year))
    if found is None or found.score < FIRM or str(column.year) not in found.fact.period or found.fact.basis in PLANNED:
        return None
    one, working = found.fact, _say("later", year=str(column.year + 1))
    return Cell(shown(one.quantity), "exact", (one,), one.basis, working, "", (one.place,), one.quantity.base)


def _worked(reply: Reply) -> Result | None:
    """What an answer worked out of its facts, where it tells just that: their sum, the one for each of the other, or
    its share."""
    ways = [total(reply.facts)] if len(reply.facts) > 1 else []
    ways += [way(*reply.facts) for way in (per, ratio)] if len(reply.facts) == 2 else []
    return next((one for one in ways if one is not None and one.text in reply.text), None)


def _derived(worked: Result) -> Cell:
    places = tuple(fact.place for fact in worked.facts)
    return Cell(worked.text, "derived", worked.facts, "", worked.working, "", places, worked.value * worked.unit.factor)


def _told(column: Column, cell: Cell, over: Span) -> str:
    """丰安县水利局2023年公用经费为196.42万元（较上年…）, or why there is none."""
    if not cell.text:
        return _say("missing", name=column.name, reason=cell.reason)
    core = over.cores[column.department, column.year]
    kind = {"derived": "derived", "conflict": "conflict"}.get(cell.verdict or "", "stated")
    values = {"name": column.name, "measure": core, "text": cell.text, "working": cell.working}
    template = phrases("several").templates[kind]
    said = _say(kind, **{key: value for key, value in values.items() if "${" + key + "}" in template})
    if kind == "stated" and cell.working:
        said += f"（{cell.working}）"
    aimed = _target(cell, lens(column.readings)) if kind == "stated" else None
    said += _say("aimed", text=shown(aimed.quantity)) if aimed else ""
    return said + ("，" + _changed(cell.change) if cell.change is not None else "")


def _target(cell: Cell, seen: Lens) -> Fact | None:
    """What was meant to be reached, where it stands beside the figure in its row."""
    own = cell.facts[0]
    if own.kind != "table" or own.dimension == "money":
        return None
    row = (entry.fact for entry in seen.entries if row_key(entry.fact) == row_key(own))
    return next((fact for fact in row if fact.basis in PLANNED and fact.quantity.unit == own.quantity.unit), None)


def _changed(change: Result) -> str:
    """较上年增加5,000.71万元，增长6.72%, with the working of each."""
    now, before = change.facts[:2]
    apart = difference(now, before)
    sizes = [(apart, "增加", "减少")] if apart else []
    sizes += [(change, "增长", "下降")] if change.unit.dimension == "ratio" else []
    words = [f"{up if one.value > 0 else down}{one.size}（{one.working}）" for one, up, down in sizes if one.value]
    return _say("change", words="，".join(words) or "持平")


def _facts(found: Sequence[Told]) -> tuple[Fact, ...]:
    """What the cells state; the inputs of a ratio that the report states as well are in its working."""
    stated = [
        cell.facts if cell.verdict == "derived" or alike_facts(cell.facts) else cell.facts[:1] for _, cell in found
    ]
    aimed = [_target(cell, lens(column.readings)) for column, cell in found if cell.verdict == "exact"]
    return tuple(dict.fromkeys((*(fact for facts in stated for fact in facts), *(one for one in aimed if one))))


def _named(key: Key) -> str:
    return f"{key[0]}{key[1]}年" if key[1] else key[0]


def _absent(key: Key) -> str:
    return _say("absent", name=_named(key))


def _say(key: str, **values: str) -> str:
    return phrases("several").say(key, **values)
