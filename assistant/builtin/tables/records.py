"""A row that a question names in full, its cells asked for one after the other (X的年初安排、最终支出、结余各多少).

Every part must be met by one cell of that row: by its heading, its basis or the words that are left. A part that no
cell explains, or several explain alike, is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.builtin.facts.finding import admits, share
from assistant.builtin.facts.lens import Entry, Lens
from assistant.builtin.facts.lookup import ROLES, Found
from assistant.builtin.facts.namesake import ASKING, bare_label
from assistant.builtin.facts.neighbours import row_key
from assistant.builtin.question.lexicon import anyof, content, pairs, reduced, without_basis
from assistant.builtin.question.plan import Ask
from ingest.fact import Fact
from ingest.terms import is_total, plain

LEAST = 3
"""The name of a row has at least so many characters, unless the question opens with it (事业的编制人数)."""
MET = 0.4
"""Share of the words left of a part that the heading of its cell must say."""
RUNNER = 0.9
"""A second cell that fits so nearly as well leaves it open which is meant."""


def of_row(seen: Lens, asks: Sequence[Ask]) -> list[Found | None]:
    """The cells of the one row that the question names; none unless every part is met by a cell of its own."""
    question = reduced(asks[0].context) if asks else ""
    for name, row in named_rows(seen, question):
        cells: list[Fact | None] = []
        for one in asks:
            cells.append(cell(seen, row, one, name, cells[-1] if cells else None))
        facts = [fact for fact in cells if fact is not None]
        if len(facts) == len(asks) == len({fact.place.col for fact in facts}):
            return [Found(one, (fact,), 1.0) for one, fact in zip(asks, facts, strict=True)]
    return [None] * len(asks)


def named_rows(seen: Lens, question: str) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The rows whose name stands in a question, the longest names first; none where it names two things."""
    named = [(name, row) for subject, row in all_rows(seen) if (name := name_in(subject, question))]
    heads = {reduced(part) for _, row in named for entry in row for part in entry.fact.measure}
    named = [(name, row) for name, row in named if name not in heads]  # 年末实有人数 names no row 在职人员
    longest = max((name for name, _ in named), key=len, default="")
    if any(name not in longest for name, _ in named):
        return
    yield from ((name, row) for name, row in named if name == longest)


def all_rows(seen: Lens) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """The rows of all tables but those of totals, each with its subject."""
    if not seen.rows:
        rows: dict[tuple[object, ...], list[Entry]] = {}
        for entry in seen.entries:
            fact = entry.fact
            if fact.kind == "table" and fact.subject and not is_total(fact.subject):
                rows.setdefault((*row_key(fact), fact.subject), []).append(entry)
        seen.rows.append(tuple((str(key[-1]), tuple(row)) for key, row in rows.items()))
    return seen.rows[0]


def name_in(subject: str, question: str) -> str:
    """The name of a row as it stands in a question, "" where it does not."""
    for said in ways(subject):
        if said in question and (len(said) >= LEAST or question.startswith(f"{said}的")):
            return said
    return ""


@lru_cache(maxsize=65536)
def ways(subject: str) -> tuple[str, ...]:
    """How a row is called: by its subject or the last part of it, without what only says what kind of thing it is."""
    parts = dict.fromkeys((subject, subject.rpartition("/")[2]))
    names = [reduced(plain(re.sub(r"[（(].*?[）)]", "", part)).removeprefix("其中:")) for part in parts]
    return tuple(said for name in names for said in (name, re.sub("(?:项目|专项|经费)$", "", name), f"{name}类"))


def cell(seen: Lens, row: Sequence[Entry], one: Ask, name: str, before: Fact | None = None) -> Fact | None:
    """The one cell of a row that a part of the question asks for; under the same heading as the one `before` it."""
    text = ASKING.sub("", " ".join(map(reduced, one.text.split())).replace(name, " "))
    text = re.sub(r"^\s*(?:项目|专项|指标)?的?|政府(?=采购)", "", text)
    scored = [(fit(seen, entry, one, text), entry.fact) for entry in row]
    ranked = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
    near = [fact for score, fact in ranked if score > RUNNER * ranked[0][0]]
    if len(near) > 1 and before is not None:
        near = [fact for fact in near if fact.measure[:-1] == before.measure[:-1]]
    return near[0] if len(near) == 1 else None


def fit(seen: Lens, entry: Entry, one: Ask, text: str) -> float:
    """How well a cell answers a part: its heading word for word, else its basis and the words left."""
    fact = entry.fact
    head = bare_label(fact.measure[-1])
    if head and bare_label(text.replace(" ", "")) == head:
        return 3.0 if admits(replace(one, basis="", part="", dimension=""), entry) else 0.0
    if not admits(one, entry):
        return 0.0
    left = pairs(content(anyof("qualifies").sub(" ", without_basis(text))))
    path = "/".join(fact.measure)
    held = share(seen, left, pairs(reduced(path)) | pairs(path)) if left else 0.0
    if left and one.unit and held < MET:  # 发了多少份: what was done says which of several counts
        held = share(seen, pairs(text), pairs(reduced(path)))
    if left and held < MET:
        return 0.0
    roles = ROLES.get(one.basis, (one.basis,)) if one.basis else ()
    based = 1.0 if one.part else 1 / (1 + roles.index(fact.basis)) if fact.basis in roles else 0.0
    return (1.0 + based if based else 1.0 if left else 0.0) + held
