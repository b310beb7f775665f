"""Words of an ask that a figure nowhere says before those that name it: 水路客运量 is not 道路客运量.

Only for what stands right before words of the figure's own name; other words than the report's are left to the scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.builtin.facts.lens import Lens, named
from assistant.builtin.question.lexicon import pattern, reduced
from assistant.builtin.question.plan import Ask
from ingest.fact import Fact
from ingest.ledger.nouns import done_to
from ingest.terms import opposite, sides

SHORTEST = 3
"""So many characters of a figure's name must stand behind the strange words, so that these only say which."""


def of_another(seen: Lens, ask: Ask, fact: Fact) -> bool:
    """Whether an ask says which of a kind it means by words that neither the figure nor anything around it says."""
    name = "".join(named(part) for part in (*fact.subject.split("/"), *fact.measure))
    for stretch in ask.phrase.split():
        which, kind = _parted(done_to(stretch), name)
        if kind and _which(which) and _strange(which, kind, name, _around(seen, fact)):
            return True
    return False


def _parted(stretch: str, name: str) -> tuple[str, str]:
    """A stretch cut before the longest of its endings that the name holds: (水, 路客运量)."""
    for at in range(1, len(stretch) - SHORTEST + 1):
        if stretch[at:] in name:
            return stretch[:at], stretch[at:]
    return "", ""


def _which(words: str) -> str:
    """Words that say which one, without those that only say of when, whom or how it is told."""
    return _IDLE.sub("", pattern("side").sub("", words))


_IDLE = re.compile(
    "[年期][初末底]|[全本当]年|[全本][省市县区镇局]|[总共各都所]|实际|累计|年度|部门|单位|我局|新增|财政|项目"
)


def _strange(which: str, kind: str, name: str, around: str) -> bool:
    """Whether the words stand nowhere around; a single character only where the name has another one in its place."""
    if len(which) == 1:
        at = name.find(kind)
        return which not in around and at > 0 and "一" <= name[at - 1] <= "龥"
    told = any(which[at : at + 2] in around for at in range(len(which) - 1))
    return not told and any(char not in around for char in which)


def _around(seen: Lens, fact: Fact) -> str:
    """All that is said of a figure: its names, line, sections, the caption and heads of its table, its department."""
    report = seen.report(fact)
    table = next((one for one in report.tables if one.number == fact.place.table), None)
    heads = (cell.text for cell in table.cells if cell.row == 0) if table else ()
    told = (fact.subject, *fact.measure, fact.quote, *fact.section, table.caption if table else "", *heads)
    return reduced("".join((*told, report.department, report.title, fact.period)))


def across(facts: Sequence[Fact]) -> bool:
    """Whether what came in for one thing (事业收入) would be set against what was spent of another."""
    told = [sides("".join((fact.subject, *fact.measure))) for fact in facts]
    return any(opposite(one) & other for one in told for other in told)
