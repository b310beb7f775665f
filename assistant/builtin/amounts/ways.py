"""Ways of working with two figures or several (合计、相差、占比、倍数、增减): what is made of them, how it is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.builtin.facts.lens import years_of
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.reply import figure_of, shown
from assistant.calculate import Result, difference, growth, ratio, ratio_of_sum, signed, times, total
from ingest.fact import Fact
from ingest.terms import plain


@dataclass(frozen=True, slots=True)
class Way:
    """A way of working: what is made of the figures, and how that is told; `told` also sees the words that ask."""

    made: Callable[[Sequence[Fact]], Result | None]
    told: Callable[[Sequence[Fact], Result, str], str]
    of_total: bool = False
    """Whether the total of their column is told last of the figures."""


def summed(facts: Sequence[Fact], made: Result, asked: str) -> str:
    """The sum; its working shows the terms."""
    return f"合计{made.text}（{made.working}）。"


def apart(facts: Sequence[Fact], made: Result, asked: str) -> str:
    """Which is more and by how much; an asked direction that does not hold is put right."""
    one, other = _named(facts)
    sign = (made.value > 0) - (made.value < 0)
    way = re.search("[多高大增超少低小减降]", asked.replace("多少", ""))
    up = 0 if way is None else 1 if way[0] in "多高大增超" else -1
    wrong = f"并非{'多' if up > 0 else '少'}，" if up * sign < 0 else ""
    if not sign:
        return f"{'，'.join(_figures(facts))}，两者相同，相差{made.size}（{made.working}）。"
    return f"{wrong}{one}比{other}{'多' if sign > 0 else '少'}{made.size}（{made.working}）。"


def divided(word: str, facts: Sequence[Fact], made: Result, asked: str) -> str:
    """A share or a multiple of the other."""
    one, other = _named(facts)
    return f"{one}{word}{other}的{made.text}（{made.working}）。"


def grown(facts: Sequence[Fact], made: Result, asked: str) -> str:
    """By how much per cent the first is more or less than the second."""
    one, other = _named(facts)
    word = "增长" if made.value > 0 else "下降" if made.value < 0 else "变动"
    return f"{one}比{other}{word}{made.size}（{made.working}）。"


def higher(facts: Sequence[Fact], made: Result, asked: str) -> str:
    """Which of two is more, both figures told."""
    if not made.value:
        return apart(facts, made, "")
    more, less = facts if made.value > 0 else tuple(reversed(facts))
    gap = difference(more, less)
    assert gap is not None
    way = re.search("[高多大低少小]", asked)
    word = "低" if way and way[0] in "低少小" else "高"
    first = _named([less if word == "低" else more])[0]
    return f"{first}更{word}：{'，'.join(_figures([more, less]))}，相差{gap.size}（{gap.working}）。"


def without(facts: Sequence[Fact], made: Result, asked: str) -> str:
    """What is left of the total, told last, without some rows."""
    names = "、".join(plain(fact.item) for fact in facts[:-1])
    return f"除{names}外，其余{''.join(facts[0].measure)}合计{made.text}（{made.working}）。"


def both(facts: Sequence[Fact], made: Result, asked: str) -> str:
    """Two figures and what lies between them."""
    return f"{'，'.join(_figures(facts))}；{apart(facts, made, '')}"


def weighed(facts: Sequence[Fact], made: Result, asked: str) -> str:
    """Some rows with their sum, and its share of the total, told last."""
    parts = total(facts[:-1])
    assert parts is not None
    over = shown(facts[-1].quantity)
    share = f"占{name_of(facts[-1])}{over}的{made.text}（{parts.text}÷{over}＝{made.text}）"
    return f"{'，'.join(_figures(facts[:-1]))}，合计{parts.text}（{parts.working}），{share}。"


def _named(facts: Sequence[Fact]) -> list[str]:
    """Figures by their names, with their years where these differ."""
    return [name_of(fact, _dated(facts)) for fact in facts]


def _figures(facts: Sequence[Fact]) -> list[str]:
    """The same with what they say."""
    return [figure_of(fact, _dated(facts)) for fact in facts]


def _dated(facts: Sequence[Fact]) -> bool:
    return len({years_of(one.period) for one in facts}) > 1


SUM = Way(total, summed)
GAP = Way(lambda two: difference(two[0], two[1]), apart)
SHARE = Way(lambda two: ratio(two[0], two[1]), partial(divided, "占"))
FOLD = Way(lambda two: times(two[0], two[1]), partial(divided, "是"))
GROWTH = Way(lambda two: growth(two[0], two[1]), grown)
HIGHER = Way(lambda two: difference(two[0], two[1]), higher)
REST = Way(lambda facts: signed([(1, facts[-1]), *((-1, fact) for fact in facts[:-1])]), without, of_total=True)
BOTH = Way(lambda two: difference(two[0], two[1]), both)
WEIGHED = Way(lambda facts: ratio_of_sum(facts[:-1], facts[-1]) if total(facts[:-1]) else None, weighed, of_total=True)
