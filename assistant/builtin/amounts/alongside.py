"""Several figures asked for in one breath that one sentence tells together (排查出多少处隐患，整改了多少处).

Each part takes a figure of its own unit whose clause says the words of the part; the order of the question is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.builtin.facts.finding import admits, share
from assistant.builtin.facts.lens import Entry, Lens
from assistant.builtin.facts.lookup import Found
from assistant.builtin.question.lexicon import content, pairs, reduced
from assistant.builtin.question.plan import Ask, dimension_of

SAID = 0.4
"""Share of the words of a part that the clause of its figure must say."""
SHORT = 3
"""Words shorter than this that name a kind of figure (面积、金额) name nothing else."""
TOLD = 0.5
"""Share of the words of all parts that the sentence must say."""


def of_sentence(seen: Lens, asks: Sequence[Ask]) -> list[Found | None]:
    """A figure for every part, all from the sentence that says most of the question; none where no sentence does."""
    if len(asks) < 2 or not all(one.unit or one.dimension for one in asks):
        return [None] * len(asks)
    wanted = frozenset().union(*(pairs(content(one.phrase)) for one in asks))
    best: tuple[float, list[Entry]] | None = None
    for own in _sentences(seen):
        held = share(seen, wanted, pairs(reduced(own[0].fact.quote)))
        chosen = _in_order(seen, asks, own) if held >= TOLD and (best is None or held > best[0]) else None
        best = (held, chosen) if chosen else best
    if best is None:
        return [None] * len(asks)
    return [Found(one, (entry.fact,)) for one, entry in zip(asks, best[1], strict=True)]


def _sentences(seen: Lens) -> Iterator[list[Entry]]:
    """The figures of the prose by sentence, those of one figure left out."""
    made: dict[tuple[object, ...], list[Entry]] = {}
    for entry in seen.entries:
        fact = entry.fact
        if fact.kind == "prose" and fact.basis not in ("目标", "差额"):
            made.setdefault((fact.place.report, fact.place.block, fact.quote), []).append(entry)
    yield from (own for own in made.values() if len(own) > 1)


def _in_order(seen: Lens, asks: Sequence[Ask], own: Sequence[Entry]) -> list[Entry] | None:
    """One figure for each part, each behind the one before."""
    chosen: list[Entry] = []
    start = 0
    for one in asks:
        at = next((at for at in range(start, len(own)) if admits(one, own[at]) and _speaks(seen, one, own[at])), None)
        if at is None:
            return None
        chosen.append(own[at])
        start = at + 1
    return chosen


def _speaks(seen: Lens, one: Ask, entry: Entry) -> bool:
    """Whether the name of a figure says the words of a part; of a single character, whether it holds it."""
    said = reduced("".join((entry.fact.subject, *entry.fact.measure)))
    if one.dimension and dimension_of(one.phrase) == one.dimension and len(one.phrase) < SHORT:
        return True  # 面积多大 says no more than the kind of figure, which is met
    wanted = pairs(content(one.phrase))
    if not wanted:
        return bool(one.phrase.strip()) and all(char in said for char in one.phrase.strip())
    return share(seen, wanted, pairs(said)) >= SAID
