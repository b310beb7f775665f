"""What a question makes of figures told side by side (比、排、加): their sum, rank, gap, agreement, bound, premise.

Takes the cells as they are and calculates with their facts; it looks nothing up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.builtin.objections.trend import LEADING
from assistant.builtin.question.bodies import mentioned
from assistant.builtin.question.plan import direction
from assistant.builtin.reply import Reply, shown
from assistant.calculate import Result, difference, ratio, times, total
from assistant.check.agree import hedged
from assistant.comparison import Cell, Column, Row
from assistant.comparison_notes import clash
from assistant.span import Bound, Span
from ingest.fact import Fact
from ingest.quantity import unit
from prompts import phrases

Told = tuple[Column, Cell]
FIRST = ("order", "bound", "highest", "lowest")
"""What is said before the figures that it is made of."""
_RISING = re.compile("从[低小少]到[高大多]|由[低小少]到[高大多]|升序")


def made(over: Span, question: str, found: Sequence[Told], row: Row) -> Reply:
    """What the question makes of the figures: their sum, the highest, how far apart they are, whether they agree."""
    odd = clash([column.name for column, _ in found], [cell for _, cell in found])
    if over.wants == "sum":
        return _summed(found, row)
    if over.wants == "times":
        return _times(question, found)
    if over.wants in ("highest", "lowest"):
        said = _ranked(over.wants == "lowest", found) + _gap(question, found) + odd
        return Reply(said, notes=_mixed(over, question))
    if over.wants == "order":
        return Reply(_ordered(question, found) + odd, notes=_mixed(over, question))
    if over.bound is not None:
        return Reply(_within(over.bound, found, row) + odd, notes=_mixed(over, question))
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
    if len(sides) != 2 or all(len(facts) < 2 for facts in sides) or any(not alike_facts(facts) for facts in sides):
        return ""
    ways = [(before, now, difference(now, before)) for before in sides[0] for now in sides[1]]
    return "".join(
        _say("either", before=shown(before.quantity), now=shown(now.quantity), moved=_moved(gap))
        for before, now, gap in ways
        if gap is not None
    )


def alike_facts(facts: Sequence[Fact]) -> bool:
    """Whether these are values of one thing, and no ratio beside its inputs."""
    return len({fact.dimension for fact in facts}) == 1


def _moved(gap: Result) -> str:
    word = "增加" if gap.value > 0 else "减少"
    return f"{word}{gap.size}（{gap.working}）" if gap.value else "持平"


def _summed(found: Sequence[Told], row: Row) -> Reply:
    """All columns added up in the row's unit; nothing of ratios."""
    whole = unit(row.unit)
    facts = [fact for _, cell in found for fact in (cell.facts if cell.verdict == "derived" else cell.facts[:1])]
    facts.sort(key=lambda fact: fact.quantity.unit != whole)
    apart = {fact.dimension for fact in facts} & {"ratio", "point", "score"}
    made = None if apart or any(cell.verdict == "conflict" for _, cell in found) else total(facts)
    return Reply(_say("summed", text=made.text, working=made.working), made.facts) if made else Reply(_say("no_sum"))


def _times(question: str, found: Sequence[Told]) -> Reply:
    """How many times the other one the one is that the question names first, or which share of it."""
    if len(found) != 2 or any(cell.verdict != "exact" for _, cell in found):
        return Reply("")
    (one, part), (other, whole) = sorted(found, key=lambda pair: _named_at(question, pair[0]))
    way = ratio if "百分之" in question else times
    result = way(part.facts[0], whole.facts[0])
    if result is None:
        return Reply("")
    text = _say("times", one=one.name, other=other.name, text=result.text, working=result.working)
    return Reply(text, result.facts, worked=(result,))


def _named_at(question: str, column: Column) -> tuple[int, int]:
    return question.find(mentioned(column.department, question) or column.department), question.find(str(column.year))


def _ranked(low: bool, found: Sequence[Told]) -> str:
    """The highest or the lowest, by figures worked out again where that was possible."""
    values = [(cell.value, column.name, _sure(cell)) for column, cell in found if cell.value is not None]
    if len(values) < 2:
        return ""
    best = (min if low else max)(value for value, _, _ in values)
    first = [(name, text) for value, name, text in values if value == best]
    doubtful = "、".join(column.name for column, cell in found if cell.verdict == "conflict")
    told = dict.fromkeys(text for _, text in first if text)
    said = _say("lowest" if low else "highest", name="，".join(("、".join(name for name, _ in first), *told)))
    again = any(cell.verdict == "exact" and cell.value != cell.facts[0].quantity.base for _, cell in found)
    said += _say("ranked_again") if again else ""
    return said + (_say("ranked_doubt", names=doubtful) if doubtful else "") + "。"


def _sure(cell: Cell) -> str:
    """A cell's figure where it is the one that is ranked by: no contradicted one, and none worked out again."""
    stated = cell.verdict == "exact" and cell.value == cell.facts[0].quantity.base
    return cell.text if stated or cell.verdict == "derived" else ""


def _ordered(question: str, found: Sequence[Told]) -> str:
    """All of them from the highest to the lowest, or as the question has it."""
    low = bool(_RISING.search(question))
    known = [(column.name, cell, cell.value) for column, cell in found if cell.value is not None]
    known.sort(key=lambda one: one[2], reverse=not low)
    names = "、".join(f"{name}{_sure(cell)}" for name, cell, _ in known)
    return _say("rising" if low else "falling", names=names) if len(known) > 1 else ""


def _within(bound: Bound, found: Sequence[Told], row: Row) -> str:
    """Which of them lie within a bound; nothing where the figures are of another kind than it."""
    kind = unit(row.unit)
    if kind is None or kind.dimension != bound.quantity.unit.dimension:
        return ""
    met = [
        (column.name, cell) for column, cell in found if cell.value is not None and hedged(bound.quantity, cell.value)
    ]
    said = f"在{bound.text}" if bound.text[0].isdigit() else bound.text
    if not met:
        return _say("none_within", bound=said)
    names = "、".join(f"{name}{_sure(cell)}" for name, cell in met)
    return _say("all_within" if len(met) == len(found) else "within", bound=said, names=names)


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


def premise(over: Span, question: str, found: Sequence[Told]) -> str:
    """前提有误, where the question takes for granted a growth that is a decline, or the other way round."""
    claim, changes = direction(question), [cell.change for _, cell in found if cell.change is not None]
    if not claim or not changes or not LEADING.search(question):
        return ""
    moved = (changes[-1].value > 0) - (changes[-1].value < 0)
    return _say("premise") if moved != claim else ""


def _say(key: str, **values: str) -> str:
    return phrases("several").say(key, **values)
