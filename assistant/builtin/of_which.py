"""X多少，其中甲、乙各多少: a figure and those of its parts that the question names (其中).

The whole is answered by itself. Its parts stand in its sentence, its row or its column, and none is more than it; where
one of them does not, the question is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import names
from assistant.builtin.facts.neighbours import in_column, in_row
from assistant.builtin.objections import refuse
from assistant.builtin.question.lexicon import reduced
from assistant.builtin.question.plan import Ask, Plan, plan
from assistant.builtin.reply import Reply, figure_of
from ingest.fact import Fact
from ingest.terms import opposite, plain, sides

_AMOUNT = r"(?:多少|几[一-龥])[^，,。；？?]{0,6}"
ASKED = re.compile(
    rf"^(?P<whole>[^，,。；？?]*?{_AMOUNT})[，,。；？?]其中[：:，,]?(?P<parts>[^？?。；]*?{_AMOUNT})[？?。]?$"
)
LONGER = 2
"""So many characters more than the words of the question a label may have (财政拨款 for 财政拨款收入)."""


def of_which(question: str, seen: Lens, answering: Callable[[Plan, Lens], Reply]) -> Reply | None:
    """The whole and its parts; a refusal where the whole is of a year or department that no report speaks of."""
    match = ASKED.match(question)
    if match is None:
        return None
    known = (names(seen), tuple(r.report.department for r in seen.readings if r.report.department), seen.year)
    planned = plan(match["whole"], *known)
    whole = refuse.out_of_scope(planned, seen) or answering(planned, seen)
    if whole.refused or not whole.facts:
        return whole if refuse.out_of_scope(planned, seen) else None
    parts = [_part(one, whole.facts[0], seen) for one in plan(match["parts"], *known).asks]
    told = [part for part in parts if part is not None]
    if not told or len(told) < len(parts):
        return None
    said = "；".join(figure_of(part) for part in told)
    return Reply(
        f"{whole.text.rstrip('。')}。其中：{said}。",
        tuple(dict.fromkeys((*whole.facts, *told))),
        whole.citations,
        whole.missing,
        worked=whole.worked,
    )


def _part(asked: Ask, whole: Fact, seen: Lens) -> Fact | None:
    """What stands beside the whole under the name that is asked for, and is not more than it."""
    wanted = reduced(asked.phrase or asked.text)
    for place in _told_again(whole, seen) if wanted else ():
        found = [
            (len(name), fact)
            for name, fact in _beside(place, seen)
            if name.startswith(wanted) and len(name) <= len(wanted) + LONGER and _within(fact, place)
        ]
        if found:
            return min(found, key=lambda one: one[0])[1]
    return None


def _beside(whole: Fact, seen: Lens) -> Iterator[tuple[str, Fact]]:
    """The figures of the whole's own sentence, row and column, each by the name that tells it from the whole."""
    if whole.kind == "prose":
        for fact in seen.facts:
            if fact.place.block == whole.place.block and fact.quote == whole.quote:
                yield from ((name, fact) for name in (_name(fact.item), _name(fact.measure[-1])))
    yield from ((_name(fact.measure[-1]), fact) for fact in in_row(seen, whole))
    yield from ((_name(fact.item), fact) for fact in in_column(seen, whole))


def _told_again(whole: Fact, seen: Lens) -> Iterator[Fact]:
    """The whole, and wherever else the report tells it: as a total of another table, in a sentence."""
    yield whole
    contrary = opposite(_sides(whole))
    for fact in seen.facts:
        alike = (fact.place.report, fact.dimension, fact.period, fact.quantity.base)
        same = alike == (whole.place.report, whole.dimension, whole.period, whole.quantity.base)
        if fact != whole and same and not contrary & _sides(fact):
            yield fact


def _sides(fact: Fact) -> int:
    """Which of 收入 and 支出 a label speaks of: what came in for a thing has other parts than what was spent."""
    return sides("".join((fact.subject, *fact.measure)))


def _name(label: str) -> str:
    return reduced(plain(label)).removeprefix("其中").lstrip(":：")


def _within(part: Fact, whole: Fact) -> bool:
    """Whether one figure can be a part of the other: of its kind, its year and its basis, and not more."""
    alike = part.dimension == whole.dimension and part.period == whole.period and part.basis in (whole.basis, "")
    return part != whole and alike and abs(part.quantity.base) <= abs(whole.quantity.base)
