"""Several departments or years told side by side (并列作答): each its own figure, then what the question makes of them.

A figure is taken from one report alone; what is added, subtracted or ranked is told with its working, and what hinders
the comparison is told with it. A column without the figure is said to have none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Finding
from assistant.builtin.ask import replied as replied_alone
from assistant.builtin.ask import understood
from assistant.builtin.facts.lens import Lens, lens
from assistant.builtin.facts.lookup import look, row_key
from assistant.builtin.objections.trend import LEADING
from assistant.builtin.question.plan import ask, direction
from assistant.builtin.reply import Reply, shown
from assistant.calculate import Result, difference, per, total
from assistant.comparison import FIRM, PLANNED, Cell, Column, Row, cell_of, measure_of, row_of
from assistant.comparison_notes import clash
from assistant.span import Key, Span
from ingest.fact import Fact
from ingest.quantity import unit
from prompts import phrases

Told = tuple[Column, Cell]
TWO = ("sum", "highest", "lowest", "change", "same", "fair")
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
    made = _made(over, question, found, row)
    text = _premise(over, question, found) + "；".join(said) + "。" + made.text
    facts = tuple(dict.fromkeys((*_facts(found), *made.facts)))
    return Reply(text, facts, notes=(*made.notes, *row.notes), missing=lacking)


def _cell(core: str, column: Column, findings: Sequence[Finding]) -> Cell:
    """What a column has of a measure; where the look-up finds none, what it answers when it is asked alone."""
    seen = replace(lens(column.readings), findings=tuple(findings))
    found = cell_of(measure_of(core), column, seen)
    if found.text or found.places:
        return found
    reply = replied_alone(understood(f"{core}是多少？", column.readings, findings))
    if reply.refused or not reply.facts:
        return found
    made = _worked(reply)
    if made is not None:
        return _derived(made)
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
    """What an answer worked out of its facts, where it tells just that: their sum, or the one for each of the other."""
    ways = [total(reply.facts)] if len(reply.facts) > 1 else []
    ways += [per(*reply.facts)] if len(reply.facts) == 2 else []
    return next((made for made in ways if made is not None and made.text in reply.text), None)


def _derived(made: Result) -> Cell:
    places = tuple(fact.place for fact in made.facts)
    return Cell(made.text, "derived", made.facts, "", made.working, "", places, made.value * made.unit.factor)


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
    if own.kind != "table" or own.quantity.unit.dimension == "money":
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


def _made(over: Span, question: str, found: Sequence[Told], row: Row) -> Reply:
    """What the question makes of the figures: their sum, the highest, how far apart they are, whether they agree."""
    odd = clash([column.name for column, _ in found], [cell for _, cell in found])
    if over.wants == "sum":
        return _summed(found, row)
    if over.wants in ("highest", "lowest"):
        said = _ranked(over.wants == "lowest", found) + _gap(question, found) + odd
        return Reply(said, notes=_mixed(over, question))
    if over.wants == "fair":
        return Reply(odd or _say("fair"))
    if over.wants == "same":
        return Reply(_agreed(found))
    if over.wants != "change":
        return Reply("", notes=_mixed(over, question))
    return Reply((_either(found) if over.over_time else _apart(found)) + odd)


def _mixed(over: Span, question: str) -> tuple[str, ...]:
    """A warning that departments are told of different years, which the question did not ask for."""
    years = {year for _, year in over.columns}
    return (_say("years"),) if len(years) > 1 and not over.over_time and not re.search(r"20\d\d|报告", question) else ()


def _either(found: Sequence[Told]) -> str:
    """The change between two years of which one has several values: one for each of them, none settled on."""
    sides = [cell.facts if cell.verdict in ("exact", "conflict") else () for _, cell in found]
    if len(sides) != 2 or all(len(facts) < 2 for facts in sides) or any(not _alike(facts) for facts in sides):
        return ""
    ways = [(before, now, difference(now, before)) for before in sides[0] for now in sides[1]]
    return "".join(
        _say("either", before=shown(before.quantity), now=shown(now.quantity), moved=_moved(gap))
        for before, now, gap in ways
        if gap is not None
    )


def _alike(facts: Sequence[Fact]) -> bool:
    """Whether these are values of one thing, and no ratio beside its inputs."""
    return len({fact.quantity.unit.dimension for fact in facts}) == 1


def _moved(gap: Result) -> str:
    word = "增加" if gap.value > 0 else "减少"
    return f"{word}{gap.size}（{gap.working}）" if gap.value else "持平"


def _summed(found: Sequence[Told], row: Row) -> Reply:
    """All columns added up in the row's unit; nothing of ratios."""
    whole = unit(row.unit)
    facts = [fact for _, cell in found for fact in (cell.facts if cell.verdict == "derived" else cell.facts[:1])]
    facts.sort(key=lambda fact: fact.quantity.unit != whole)
    apart = {fact.quantity.unit.dimension for fact in facts} & {"ratio", "point", "score"}
    made = None if apart or any(cell.verdict == "conflict" for _, cell in found) else total(facts)
    return Reply(_say("summed", text=made.text, working=made.working), made.facts) if made else Reply(_say("no_sum"))


def _ranked(low: bool, found: Sequence[Told]) -> str:
    """The highest or the lowest, by figures worked out again where that was possible."""
    values = [(cell.value, column.name) for column, cell in found if cell.value is not None]
    if len(values) < 2:
        return ""
    best = (min if low else max)(value for value, _ in values)
    names = "、".join(name for value, name in values if value == best)
    doubtful = "、".join(column.name for column, cell in found if cell.verdict == "conflict")
    said = _say("lowest" if low else "highest", name=names)
    again = any(cell.verdict == "exact" and cell.value != cell.facts[0].quantity.base for _, cell in found)
    said += _say("ranked_again") if again else ""
    return said + (_say("ranked_doubt", names=doubtful) if doubtful else "") + "。"


def _gap(question: str, found: Sequence[Told]) -> str:
    """高多少, where that is asked too."""
    return _apart(found) if re.search(r"[高低多少差]多?[多少几]|相差|差距", question) else ""


def _apart(found: Sequence[Told]) -> str:
    """By how much the one of two is more than the other."""
    if len(found) != 2 or any(cell.verdict != "exact" for _, cell in found):
        return ""
    (one, first), (other, second) = sorted(found, key=lambda pair: -(pair[1].value or 0))
    gap = difference(first.facts[0], second.facts[0])
    if gap is None:
        return ""
    if not gap.value:
        return _say("equal")
    return _say("apart", high=one.name, low=other.name, text=gap.text, working=gap.working)


def _agreed(found: Sequence[Told]) -> str:
    """Whether two figures are one."""
    gap = difference(found[0][1].facts[0], found[1][1].facts[0]) if len(found) == 2 else None
    if gap is None:
        return ""
    return _say("differs", text=gap.size, working=_apart(found)) if gap.value else _say("agrees")


def _premise(over: Span, question: str, found: Sequence[Told]) -> str:
    """前提有误, where the question takes for granted a growth that is a decline, or the other way round."""
    claim, changes = direction(question), [cell.change for _, cell in found if cell.change is not None]
    if not claim or not changes or not LEADING.search(question):
        return ""
    moved = (changes[-1].value > 0) - (changes[-1].value < 0)
    return _say("premise") if moved != claim else ""


def _facts(found: Sequence[Told]) -> tuple[Fact, ...]:
    """What the cells state; the inputs of a ratio that the report states as well are in its working."""
    stated = [cell.facts if cell.verdict == "derived" or _alike(cell.facts) else cell.facts[:1] for _, cell in found]
    aimed = [_target(cell, lens(column.readings)) for column, cell in found if cell.verdict == "exact"]
    return tuple(dict.fromkeys((*(fact for facts in stated for fact in facts), *(one for one in aimed if one))))


def _named(key: Key) -> str:
    return f"{key[0]}{key[1]}年" if key[1] else key[0]


def _absent(key: Key) -> str:
    return _say("absent", name=_named(key))


def _say(key: str, **values: str) -> str:
    return phrases("several").say(key, **values)
