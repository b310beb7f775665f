"""Parts of a list in the prose called by short names (货物、工程、服务各花了多少): each told, added up or set apart.

All the names must be borne by like figures of one paragraph that also speaks of what the question is about; a word of
the question that the paragraph does not bear leaves it to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.builtin.amounts.breakdown import sentences_of
from assistant.builtin.amounts.ways import SUM
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.question.lexicon import content, pairs, reduced, without_basis
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown, stated
from assistant.calculate import difference, holds_whole
from ingest.fact import Fact
from ingest.terms import basis_of, is_total

BETWEEN = "[、和与及跟]"
NAMES = re.compile(
    rf"^(?:(?P<whole>[^，,？]{{2,}}?)(?:里面|里|当中|中(?![央小心医学])|方面|的))?(?P<names>[^，。？]+?{BETWEEN}[^，。？]+?)$"
)
EACH = re.compile(r"(?:各自?|分别)[一-龥]{0,4}?(?:多少|几)[一-龥]{0,3}$")
ADDED = re.compile(
    r"(?:加起来|加在一起|合起来|合在一起|合计|一共|总共|(?<!公)共|之和)(?:是|为|有)?[一-龥]{0,2}(?:多少|几)[一-龥]{0,3}$"
)
MOST = re.compile(
    r"哪一?(?:个|类|项|块|种|笔|部分)[一-龥]{0,3}?最(?P<way>[多高大少低小])[^，]{0,2}"
    r"(?:[，,]?(?:它|其)?[比与和]?(?:最[多高大少低小]的?)?(?P<gap>[多少差高低]|相差)(?:了|出)?(?:多少|几)[一-龥]{0,3})?$"
)
ASIDE = re.compile("占|比重|比例|率|上年|去年|同比|增[加长减]|减少|下降|上升|预算|计划|目标|为什么|原因")
HANDED = re.compile("^(?:[拨发付]给|[拨支]付给?|给|用[于在]|花在|投[入向])")
KIND = re.compile("的?(?:钱|资金|经费|费用|金额|数额|人数|人|项|[两三四五六七八九]+[项类个者])+$")
MONEY = re.compile("花|钱|元|拨|经费|资金|费")
ASKING = re.compile("多少|几[个项名人家]")
SURE = 0.6
"""The share of what the question says beside the names that the paragraph must bear."""


def worked(plan: Plan, seen: Lens) -> Reply | None:
    """The parts named, as they are asked for."""
    question = plan.bare.strip("？?。 ")
    asked = next((match for way in (EACH, ADDED, MOST) if (match := way.search(question))), None)
    named = (
        NAMES.match(question[: asked.start()].rstrip("，, ")) if asked and set(plan.years) <= set(seen.years) else None
    )
    if asked is None or named is None or _of_another(question[named.start("names") :]):
        return None
    if ASKING.search(named["whole"] or ""):
        return None  # 支出多少，其中基本支出和项目支出各多少: the whole is asked for too
    facts = _borne(named, question, seen)
    if len(facts) < 2:
        return None
    if asked.re is MOST:
        return _most(seen, facts, asked)
    if asked.re is EACH:
        return Reply("；".join(stated(seen, fact) for fact in facts) + "。", tuple(facts))
    made = None if holds_whole(facts) else SUM.made(facts)
    return Reply(SUM.told(facts, made, ""), made.facts, worked=(made,)) if made else None


def _of_another(words: str) -> bool:
    """Whether words ask for another figure than the one that the list tells (占比、预算、比上年)."""
    return bool(ASIDE.search(words)) or basis_of(reduced(words)) not in ("", "决算")


def _borne(named: re.Match[str], question: str, seen: Lens) -> Sequence[Fact]:
    """The figures that bear the names, of the one list that also bears the rest of the question."""
    first, *others = re.split(BETWEEN, named["names"])
    last, _, behind = KIND.sub("", others[-1]).partition("的")
    later = [reduced(name) for name in (*others[:-1], last)]
    first, money = HANDED.sub("", reduced(first)), bool(MONEY.search(question))
    for at in range(max(len(first) - 1, 1)):  # 乡医补助项目中央、省级: what the first name stands behind is the whole
        rest = content(without_basis(reduced(f"{named['whole'] or ''} {first[:at]} {KIND.sub('', behind)}")))
        for alone in (True, False):
            if found := _of_lists(seen, [first[at:], *later], rest, money, alone):
                return found[0] if len({tuple(one.quantity.base for one in facts) for facts in found}) == 1 else ()
    return ()


def _of_lists(seen: Lens, names: Sequence[str], rest: str, money: bool, alone: bool) -> list[list[Fact]]:
    """The figures that bear the names, for every list that bears them all and the rest."""
    found = []
    for run in _runs(seen, money, alone):
        facts = [bearing for name in names if (bearing := _bearing(name, run))]
        if len(facts) == len(set(facts)) == len(names) and _speaks(seen, rest, facts, alone):
            found.append(facts)
    return found


def _runs(seen: Lens, money: bool, alone: bool) -> Iterator[list[Fact]]:
    """The like figures of every paragraph, or of every sentence `alone`; `money`: only of those that are amounts."""
    told = [fact for sentence in sentences_of(seen) for fact in sentence if fact.basis not in ("差额", "目标", "计划")]
    own = [fact for fact in told if not money or fact.dimension == "money"]

    def like(fact: Fact) -> tuple[str, int, str, str, str]:
        quote = fact.quote if alone else ""
        return (fact.place.report, fact.place.block or 0, quote, fact.quantity.unit.name, fact.period)

    yield from (list(run) for _, run in groupby(sorted(own, key=like), key=like))


def _bearing(name: str, run: Sequence[Fact]) -> Fact | None:
    """The one figure of a run that goes by a short name: its own name begins so, its characters in their order."""
    named = [fact for fact in run if name and goes_by(reduced(fact.measure[-1]), reduced(fact.subject), name)]
    return named[0] if len(named) == 1 and not is_total(named[0].measure[-1]) else None


def goes_by(own: str, subject: str, name: str) -> bool:
    """Whether a figure of a list is called by a short name: its own name, or one that begins so."""
    if name in (own, subject):
        return True
    rest = iter(own)
    return own.startswith(name[0]) and all(char in rest for char in name)


def _speaks(seen: Lens, rest: str, facts: Sequence[Fact], alone: bool) -> bool:
    """Whether the paragraph of some figures, up to the last of them, or their sentence bears the rest."""
    block = seen.report(facts[0]).blocks[facts[0].place.block or 0]
    before = block.text[: max((fact.place.span or (0, 0))[1] for fact in facts)]
    text = reduced(facts[0].quote if alone else "".join(facts[0].section) + before)
    wanted, letters = pairs(rest), iter(text)
    short = all(char in letters for char in "".join(rest.split()))  # 基本公卫 of 基本公共卫生服务
    return short or seen.weight(wanted & pairs(text)) >= SURE * seen.weight(wanted)


def _most(seen: Lens, facts: Sequence[Fact], asked: re.Match[str]) -> Reply | None:
    """Which of the parts is most or least, and how far it lies from the other end where that is asked."""
    ranked = sorted(facts, key=lambda fact: fact.quantity.base, reverse=asked["way"] in "多高大")
    top, end = ranked[0], ranked[-1]
    gap = difference(*sorted((top, end), key=lambda fact: -fact.quantity.base))
    if gap is None or top.quantity.base == ranked[1].quantity.base:
        return None
    said = f"最{asked['way']}的是{name_of(top)}{shown(top.quantity)}"
    if not asked["gap"]:
        return Reply(f"{said}。", (top,))
    return Reply(f"{said}，与{name_of(end)}{shown(end.quantity)}相差{gap.size}（{gap.working}）。", (top, end))
