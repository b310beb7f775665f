"""Parts that reports of this kind have (职责、问题、措施、制度…), asked for whole or for one subject (parts.toml).

Found by their titles, by the labels of forms and the heads of tables of words; told in the report's own sentences.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.outline import Part, Sentence, Stretch, cited
from assistant.builtin.prose.passages import (
    YEAR,
    enumerating,
    every,
    heads,
    items,
    known,
    outline,
    quote,
    said,
    to_the_stop,
    topic,
    verbatim,
)
from assistant.builtin.prose.sections import leads, told
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply
from ingest.terms import sentences

SURE = 0.6
"""The share of a subject that a title or an item must hold to be about it."""
ALONE = 0.3
"""The same for an item, where no other of its part holds half as much."""
ROW = 0.4
"""The share of a row's name that a question must hold, where no other row's is held half as much."""
MOST = 5
"""Sentences that are told where no title names the part."""
HOW_MANY = re.compile(r"多少|(?<!哪)几[个家所名]|[率费额][？?]*$|最[高低大小多少]")
PROBLEMS = re.compile("问题|不足")
PAST = re.compile("上一?年|去年|以前年度|以往|历年")
"""Titles of what was found in years before (上年评价问题整改情况): told where asked for, or where nothing else is."""
PLANNED = re.compile("目标|任务")
"""Titles under which nothing is told but what was set out to do."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A part of reports (章节): how it is asked for, what its titles hold, what it says."""

    asks: re.Pattern[str]
    heads: tuple[re.Pattern[str], ...]
    says: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    alike: str = ""
    """Words of which each stands for all, where the question has one of them as `only`."""
    late: bool = False
    """Only where neither figures nor tables answer."""


@cache
def kinds() -> tuple[Kind, ...]:
    """The parts of parts.toml, in its order."""
    return tuple(
        Kind(
            re.compile(row["asks"]),
            tuple(re.compile(head) for head in row.get("heads", ())),
            re.compile(row["says"]) if "says" in row else None,
            re.compile(row["unless"]) if "unless" in row else None,
            row.get("alike", ""),
            bool(row.get("late")),
        )
        for row in _table()["part"]
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("assistant.builtin.prose").joinpath("parts.toml").read_text(encoding="utf-8"))


def subject_of(question: str, kind: Kind) -> str:
    """What a question says beside the name of a part and the words around it that say nothing."""
    return topic(re.sub(_table()["idle"], " ", kind.asks.sub(" ", question)))


def asked(plan: Plan, seen: Lens) -> Reply | None:
    """The part that a question names, whole or as far as it speaks of the question's subject."""
    return None if HOW_MANY.search(plan.question) else _spoken(plan, seen, [one for one in kinds() if not one.late])


def spoken(plan: Plan, seen: Lens) -> Reply | None:
    """The same where no figure answers, for a question of how many too."""
    return _spoken(plan, seen, kinds())


def in_form(plan: Plan, seen: Lens) -> Reply | None:
    """The cell of words that question and form name alike: X的绩效目标完成情况, under X and that head."""
    for kind in kinds():
        hit = kind.asks.search(plan.bare)
        subject = subject_of(plan.bare, kind) if hit and kind.heads else ""
        wanted = pairs(subject)
        for head in kind.heads if wanted else ():
            cells = [part for part in titled(seen, head) if len(part.titles) > 2 and len(part.body) == 1]
            if found := _own(cells, wanted, plan.bare, seen):
                return found
    return None


def _spoken(plan: Plan, seen: Lens, among: Sequence[Kind]) -> Reply | None:
    question = re.sub(r"[？?。！!\s]+$", "", plan.bare)
    for kind in among:
        hit = kind.asks.search(question)
        if hit is None or (kind.unless and kind.unless.search(question)) or (plan.kind == "where" and not kind.late):
            continue
        subject = subject_of(question, kind)
        of_a_thing = pairs(YEAR.sub(" ", subject))
        reply = about(kind, hit, subject, question, seen) if of_a_thing else whole(kind, hit, seen, subject)
        if reply is not None:
            return reply
    return None


def whole(kind: Kind, hit: re.Match[str], seen: Lens, year: str = "") -> Reply | None:
    """The part with such a title, of several that of the year if one bears it, else the sentences that say such
    things."""
    found = [
        (rank, part)
        for rank, head in enumerate(kind.heads)
        for part in titled(seen, head)
        if kind.says is None or kind.says.search(part.titles[-1] + part.text)
    ]
    if own := [one for one in found if PAST.search(hit.string) or not PAST.search("/".join(one[1].titles))]:
        found = own
    if found:
        only = hit.groupdict().get("only") or ""
        same = only and kind.alike and re.fullmatch(kind.alike, only)
        part = _closest(found, pairs(reduced(hit[0])) | pairs(year), seen)
        return told(part, kind.alike if same else only, "" if same else kind.alike)
    fits = [one for one in every(seen) if not PLANNED.search("".join(one.block.section))]
    return _said(kind, seen, fits, topic(hit.string) if "哪" in hit.string else "")


def _closest(found: Sequence[tuple[int, Part]], said_of: frozenset[str], seen: Lens) -> Part:
    """The part whose title holds most of what is said, of equals the outermost, and the first in reading order; the
    one within it that alone bears the name too."""

    def fit(part: Part) -> float:
        return round(seen.covered(said_of, pairs(reduced(part.titles[-1]))), 1)

    first = min(found, key=lambda one: (one[1].short, -fit(one[1]), one[0], len(one[1].titles)))[1]
    inside = [one for one in found if one[1].titles[:-1][: len(first.titles)] == first.titles]
    within = [one for one in inside if fit(one[1]) >= fit(first)]
    return _closest(within, said_of, seen) if len(within) == 1 else first


def titled(seen: Lens, head: re.Pattern[str]) -> list[Part]:
    """The parts whose own title holds these words."""
    return [part for part in outline(seen) if head.search(part.titles[-1])]


def about(kind: Kind, hit: re.Match[str], subject: str, question: str, seen: Lens) -> Reply | None:
    """What the part says of one subject: a part of its own, an item, the measure set against a problem, a sentence."""
    wanted = known(seen, pairs(subject), 0.5)
    near = [part for head in kind.heads for part in outline(seen) if head.search("/".join(part.titles))]
    for found in (
        _own(near, wanted, question, seen),
        _led(kind, wanted, seen),
        _rowed(near, question, seen),
        _item(kind, near, wanted, seen),
    ):
        if found is not None:
            return found
    if against := _against(near, wanted, seen):
        return against
    says = kind.says or kind.asks
    fits = [one for one in every(seen) if says.search(one.text) and seen.covered(wanted, said(one)) >= SURE]
    return _said(kind, seen, fits, topic(question) if "哪" in question else "")


def _said(kind: Kind, seen: Lens, fits: Sequence[Sentence], listed: str = "") -> Reply | None:
    """The sentences that say such things; of a single one only the clause that lists what is `listed`."""
    chosen = [one for one in fits if kind.says and kind.says.search(one.text)][:MOST]
    if not chosen:
        return None
    if len(chosen) == 1 and (clause := enumerating(chosen[0].text, listed)):
        return Reply(clause, citations=(quote(chosen[0]),))
    chosen = to_the_stop(seen, chosen)
    return verbatim(*chosen)


def _own(near: Sequence[Part], wanted: frozenset[str], question: str, seen: Lens) -> Reply | None:
    """The part of which the titles hold the subject, or of which the row is named in the question."""
    asked_of = pairs(reduced(question))
    best: tuple[float, Part] | None = None
    for part in near:
        titles = [pairs(reduced(title)) for title in part.titles]
        fit = seen.covered(wanted, frozenset().union(*titles))
        row = titles[-2] if len(titles) > 2 and part.short else frozenset()
        fit = max(fit, seen.covered(row, asked_of) if row else 0.0)
        if fit >= SURE and (best is None or fit > best[0] + 0.01):
            best = (fit, part)
    return told(best[1]) if best else None


def _rowed(near: Sequence[Part], question: str, seen: Lens) -> Reply | None:
    """The cell in the one row of a table of words whose name stands in the question, though parted (基层队伍)."""
    asked_of = pairs(reduced(question))
    rows = [part for part in dict.fromkeys(near) if len(part.titles) > 1 and len(part.body) == 1 and part.body[0].table]
    fits = sorted(((seen.covered(pairs(reduced(part.titles[-2])), asked_of), at) for at, part in enumerate(rows)))
    sure = len(fits) > 1 and fits[-1][0] >= ROW and fits[-2][0] <= fits[-1][0] / 2
    return told(rows[fits[-1][1]]) if sure else None


def _led(kind: Kind, wanted: frozenset[str], seen: Lens) -> Reply | None:
    """What follows the part's name inside a paragraph under the subject's title (主要做法：一是…)."""
    for part in outline(seen):
        if seen.covered(wanted, pairs(reduced("/".join(part.titles)))) < SURE:
            continue
        for block in part.body:
            for head in kind.heads:
                lead = re.search(rf"[^。；，：]{{0,8}}(?:{head.pattern})[^。；，：]{{0,6}}[：:]", block.text)
                if lead and block.kind == "paragraph":
                    text = block.text[lead.end() :].strip()
                    return Reply(text, citations=(cited(part.report, block, lead.start()),)) if text else None
    return None


def _of_both(kind: Kind, part: Part) -> bool:
    """Whether a part tells of problems too (问题和建议), where measures are asked for."""
    both = PROBLEMS.search(part.titles[-1]) and not any(PROBLEMS.search(head.pattern) for head in kind.heads)
    return bool(both and kind.says)


def _item(kind: Kind, near: Sequence[Part], wanted: frozenset[str], seen: Lens) -> Reply | None:
    """The item of such a part that speaks of the subject: surely, or as the only one that does."""
    told = [
        one
        for part in near
        for one in listed(part)
        if not (_of_both(kind, part) and kind.says and not kind.says.search(one.text))
    ]
    fits = [(seen.covered(wanted, pairs(reduced(one.text))), one) for one in told]
    fits.sort(key=lambda pair: -pair[0])
    rest = [fit for fit, one in fits[1:] if one.text.strip() != fits[0][1].text.strip()]
    if not fits or fits[0][0] < (SURE if rest and rest[0] > fits[0][0] / 2 else ALONE):
        return None
    one = fits[0][1]
    if heads(one.block):
        whole = to_the_stop(seen, [each for each in every(seen) if each.block is one.block])
        return Reply("".join(each.text.strip() for each in whole), citations=tuple(map(quote, whole)))
    return Reply(one.text.strip(), citations=(cited(one.report, one.block, one.start, one.end),))


def listed(part: Part) -> Iterator[Stretch]:
    """The items of a part: enumerated stretches, else its sentences."""
    for block in part.body:
        if block.kind == "paragraph":
            text = Stretch(part.report, block, 0, len(block.text))
            yield from items(text) or [replace(text, start=a, end=b) for a, b in sentences(block.text)]


def _against(near: Sequence[Part], wanted: frozenset[str], seen: Lens) -> Reply | None:
    """The measure that stands in the place of the problem that is named: third problem, third measure."""
    for part in titled(seen, PROBLEMS):
        named = leads(part)
        at = next((n for n, one in enumerate(named) if seen.covered(wanted, pairs(reduced(one))) >= SURE), None)
        for other in near:
            own = list(listed(other))
            if at is not None and other.titles != part.titles and len(named) <= len(own) and len(named) > 1:
                one = own[at]
                return Reply(one.text.strip(), citations=(cited(one.report, one.block, one.start, one.end),))
    return None
