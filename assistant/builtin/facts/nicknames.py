"""Names as people shorten or mistype them (政采, 智惠安防小区), put as the report's own names.

Touches only words that no report uses, and only where one name alone fits; what fits several is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.builtin.facts.lens import Lens, named
from assistant.builtin.question.lexicon import pairs, pattern, reduced, without_basis

SHORT, LONG = 3, 6
"""Characters of a name that people shorten to two."""
TYPED = 5
"""Characters of a name in which one wrong character is a slip and no other name."""
SIDE = re.compile("[率数额量费值度比]$")
"""The end of a measure, no end of a nickname."""
JOINS = frozenset("按由以与和及各为对从在有")
"""Words of one character that open a phrase and no nickname (按类别)."""
HAN = re.compile(r"[一-龥]{2,}")


def respelled(text: str, seen: Lens) -> str:
    """The text with nicknames and slips of the pen put as the reports' names."""
    for stretch in HAN.findall(text):
        unknown = [at for at in range(len(stretch) - 1) if strange(seen, stretch[at : at + 2])]
        for at in unknown:
            said, name = _typed(stretch, at, seen) or (stretch[at : at + 2], _nickname(stretch, at, seen))
            if name and name not in text:
                return respelled(text.replace(said, name), seen)
    return text


def strange(seen: Lens, pair: str) -> bool:
    """Whether no report uses two characters side by side, nor a question as its own."""
    return pair not in seen.weights and reduced(pair) == pair


def _nickname(stretch: str, at: int, seen: Lens) -> str:
    """The name of two characters that stand for a word of their own; "" where they are torn out of others (办|结率)."""
    before, behind = stretch[at - 1 : at] if at else "", stretch[at + 1 : at + 3]
    if stretch[at] in JOINS or SIDE.search(stretch[at : at + 2]) or (len(behind) == 2 and not strange(seen, behind)):
        return ""
    name = _shortened(stretch[at : at + 2], seen)
    alone = not before or strange(seen, before + stretch[at]) or any(before + name in b.text for _, b in seen.blocks())
    return name if name and alone else ""


def _shortened(said: str, seen: Lens) -> str:
    """政府采购 of 政采: the only name that begins with the first character and has the second begin a word."""
    names = _by_first(labels(seen)).get(said[0], frozenset())
    found = {whole for name in names if (whole := full(said, name))}
    least = min(found & names or found, key=len, default="")
    return least if all(one.startswith(least) for one in found & names or found) else ""


def expanded(phrase: str, seen: Lens) -> str:
    """A phrase with the nickname it begins with put in full (电诈案件 → 电信网络诈骗案件); "" where it has none."""
    name = _shortened(phrase[:2], seen) if len(phrase) > 1 else ""
    return name + phrase[2:] if name and name not in phrase else ""


def full(said: str, name: str) -> str:
    """How much of a name its two-character nickname stands for; "" where it is none of it."""
    at = name.find(said[1], 2)
    end = at + 2 if at % 2 == 0 else at + 1
    whole = name[:end]
    fits = name[:1] == said[0] and at > 1 and SHORT <= len(whole) <= LONG and (at % 2 == 0 or len(name) == SHORT)
    return whole if fits else ""


def _typed(stretch: str, at: int, seen: Lens) -> tuple[str, str] | None:
    """(智惠安防小区, 智慧安防小区): a name of which one character within is another one."""
    ends = _by_ends(labels(seen))
    alike = [
        (place, start, name)
        for start in range(at + 1)
        for end in range(max(at + 2, start + TYPED), len(stretch) + 1)
        for place, name in ends.get((stretch[start], stretch[end - 1], end - start), ())
    ]
    for _, start, name in sorted(alike):
        said = stretch[start : start + len(name)]
        off = [one for one, other in zip(said, name, strict=True) if one != other]
        if len(off) == 1 and not pattern("apart").search(off[0]):
            return said, name
    return None


@lru_cache(maxsize=64)
def _by_ends(names: tuple[str, ...]) -> Mapping[tuple[str, str, int], list[tuple[int, str]]]:
    """Names with their places by their first and last character and their length."""
    found: dict[tuple[str, str, int], list[tuple[int, str]]] = {}
    for place, name in enumerate(names):
        found.setdefault((name[0], name[-1], len(name)), []).append((place, name))
    return found


@lru_cache(maxsize=64)
def _by_first(names: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Names by their first character."""
    found: dict[str, set[str]] = {}
    for name in names:
        found.setdefault(name[0], set()).add(name)
    return {first: frozenset(those) for first, those in found.items()}


def labels(seen: Lens) -> tuple[str, ...]:
    """The names that the reports' figures go by, without words of basis."""
    if not seen.labels:
        parts = (part for fact in seen.facts for part in (*fact.subject.split("/"), *fact.measure))
        names = dict.fromkeys(name for part in parts for name in without_basis(named(part)).split())
        seen.labels.append(tuple(name for name in names if len(name) >= SHORT and pairs(name)))
    return seen.labels[0]
