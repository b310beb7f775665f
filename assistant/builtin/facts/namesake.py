"""Facts whose own label is just what a question says: 本年支出合计 itself, before what merely holds the words.

Compares labels; finds nothing and settles nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.facts.lens import Entry, Hit, Lens, named
from assistant.builtin.question.lexicon import pairs, pattern, without_basis
from assistant.builtin.question.plan import Ask
from ingest.fact import Fact

NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．](?!\d)")
LONG = 3
"""A phrase of fewer characters names no thing by itself."""
ASKING = re.compile(r"(?:的)?(?:分别|各)?(?:是|为|有|达到?)?(?:多少|几).*$|(?:的)?(?:分别|各)?(?:是|为)$|[？?]")


def verbatim(ask: Ask, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Facts whose own label is just what is asked for come first: 本年支出合计 itself before its other columns."""
    said = bare_label(ASKING.sub("", ask.text))
    own = [hit for hit in hits if is_name(said) and labelled(hit.fact, said)] if hits else []
    if not own or labelled(hits[0].fact, said):
        return hits
    return [*(replace(hit, score=max(hits[0].score, 0.8)) for hit in own), *(hit for hit in hits if hit not in own)]


def called(seen: Lens, phrase: str) -> tuple[Entry, ...]:
    """Every figure whose row or measure is called exactly so, of whatever year and on whatever basis."""
    own, wanted = "".join(phrase.split()), pairs(phrase)
    if len(own) < LONG or not wanted:
        return ()
    orders = set.intersection(*(set(seen.by_pair.get(pair, ())) for pair in wanted))
    entries = (seen.entries[order] for order in sorted(orders))
    return tuple(entry for entry in entries if own in _names(entry.fact))


def another(seen: Lens, phrase: str, found: Fact) -> bool:
    """Whether a figure goes by another name although some figure is called exactly what is asked for: that one's year
    or basis is another, and no like name may stand in for it."""
    own = "".join(phrase.split())
    return not any(own in name for name in _names(found)) and bool(called(seen, phrase))


def _names(fact: Fact) -> tuple[str, ...]:
    return tuple(named(NUMBER.sub("", name)) for name in (*fact.subject.split("/"), *fact.measure))


def is_name(said: str) -> bool:
    """Whether words name a thing of their own: 基本支出 does, 执行数, 全年执行数 and 执行率 say only a side of one."""
    return len(said) > 2 and not said.endswith("率") and bool(re.sub(r"全年|年度|\s|数$", "", without_basis(said)))


def labelled(fact: Fact, said: str) -> bool:
    """Whether a label is just these words and what stands with it says no more."""
    row, column = bare_label(fact.subject), bare_label(fact.measure[-1])
    path = "".join(name for name in map(bare_label, fact.measure) if name not in said)
    rest = row if column == said else path if row == said else None
    if rest is None or rest == said or (rest == row and fact.subject.endswith(("合计", "总计", "小计", "总额"))):
        return rest is not None
    return not pattern("plain").sub("", rest)


def bare_label(text: str) -> str:
    """A label or the words of a question without what only names a basis or is put in brackets."""
    return _SIDE.sub("", named(re.sub(r"[（(][^（）()]*[）)]", "", text)))


_SIDE = re.compile(
    "(?:年初|全年|最终|调整后?)?(?:预算|决算)数?|^实际(?:数|金额)?$|^(?:年初)?批复数?$"
    "|^(?:全年|本年|累计)?(?:实际)?(?:支出|执行|完成)(?:数|额|金额)?$"
)
"""What only says on which basis a figure is."""
