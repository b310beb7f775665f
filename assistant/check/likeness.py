"""How well a fact's label answers a claim's label: subject, measure, period, basis, kind of unit.

Compares labels only; values are compared in agree.py, the two are joined in judge.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from operator import itemgetter

from assistant.check.claim import EARLIER, Claim
from assistant.check.ledger import Entry, Ledger, Overlap, content
from ingest.record import record
from ingest.terms import basis_of, opposite, plain, sides

AIMS = frozenset({"计划", "目标", "指标值"})
"""Bases of what is aimed at."""
_SAME_BASIS = (
    frozenset({"预算", "年初预算", "调整后预算"}),
    AIMS,
    frozenset({"决算", "完成"}),
    frozenset({"计划", "预算"}),
)
"""Bases of which one may be the looser name of the other; 年初预算 and 调整后预算 themselves stay apart."""


MANY = 16
"""As many facts are held against a claim by its label."""
ENOUGH = 60
"""With this many entries found by rarer terms, the commoner ones look for no more."""


@record
class Likeness:
    """A fact held against a claim's label; every figure needs dozens."""

    entry: Entry
    score: int
    """0 … 1000: how much of the two labels explain each other."""
    sound: bool
    """Whether nothing in the label contradicts: the bases and the periods can be the same."""
    said: frozenset[str]
    """Terms of the fact's label that the claim's label says."""
    unsaid: frozenset[str]
    """Terms of the fact's label that neither the claim nor what stands before it says."""
    stated: bool
    """Whether the claim names a basis and the fact has that very one."""


@cache
def same_basis(a: str, b: str) -> bool:
    """Whether a claim's basis (口径) can be a fact's; one left unsaid contradicts nothing, but a change is no level."""
    if a == b or not a or (not b and a != "差额"):
        return True
    return {a, b} != {"年初预算", "调整后预算"} and any({a, b} <= group for group in _SAME_BASIS)


def same_period(said: str, entry: Entry) -> bool:
    """Whether a claim's period can be the fact's: unsaid means the year under review, or any moment in it."""
    fact = entry.fact.period
    if not said:
        return entry.current
    if not fact or said in (fact, EARLIER):
        return True
    if not said[:4].isdigit() or not fact[:4].isdigit() or said[:4] in entry.fact.subject:
        return True
    if said[:4] == fact[:4] and entry.fact.subject.startswith(said[5:] or "年"):
        return True  # the row of 9月末
    return said[:4] == fact[:4] and ("年度" in (said[4:], fact[4:]) or said[4:] == fact[4:] or _by_then(said, entry))


_MONTHS = re.compile(r"年(?P<first>\d+)-(?P<last>\d+)月$")
_TOGETHER = frozenset({"累计", "进度"})


def _by_then(said: str, entry: Entry) -> bool:
    """Whether what came together by the end of a quarter (二季度末) is told in the row of that quarter (累计、进度)."""
    here, there = _MONTHS.search(said), _MONTHS.search(entry.fact.period)
    together = here and there and here["first"] == "1" and here["last"] == there["last"]
    return bool(together and _TOGETHER & (entry.label | entry.around))


_THAN = re.compile(
    r"[比较与同](?:(?P<year>20\d\d)年|.{0,8}?(?:(?P<budget>预算)|(?P<aim>计划|目标|任务)|(?P<done>实际)))"
)
_SAVED = re.compile("节约|节余|超支")
_LAST = re.compile("上年|去年|上一年|同比|同期")


def _same_then(claim: Claim, entry: Entry) -> bool:
    """Whether a change can be one against the same year or plan (较上年增长、比预算少); unsaid contradicts nothing."""
    said = told_against(claim.measure[-1], claim.period or f"{entry.report.year or ''}")
    stated = told_against(entry.fact.measure[-1], entry.fact.period)
    return not said or not stated or said == stated


def told_against(measure: str, period: str) -> str:
    """What a change is told against: a year, the budget or the aim; "" where its words do not say."""
    if match := _THAN.search(measure):
        return match["year"] or match.lastgroup or ""
    if _SAVED.search(measure):
        return "budget"
    return str(int(period[:4]) - 1) if _LAST.search(measure) and period[:4].isdigit() else ""


_WHOLE = re.compile("占(?P<whole>.+?)(?:总[数额量计])?的?(?:比重|比例|比|份额)?$")
_ALL = re.compile(
    "(?:全部|全年|本年度?|当年|年度|部门|整体|实际|总|的|其)*(?P<what>收入|支出|决算|预算)?(?:[合总小]计|总[额计量])?"
)
"""Names of all income or all expenses, which are one whole (全部支出、本年支出合计)."""


@lru_cache(maxsize=4096)
def whole_of(measure: str) -> str:
    """What a share is told to be a share of (占基本支出的比重), "" where it is none or does not say."""
    match = _WHOLE.search(measure)
    return match["whole"] if match else ""


@lru_cache(maxsize=4096)
def _one_whole(one: str, other: str) -> bool:
    """Whether two names may be those of one whole: of all that there is, or with a word in common."""
    here, there = _ALL.fullmatch(plain(one)), _ALL.fullmatch(plain(other))
    if here and there:
        return not (here["what"] and there["what"]) or here["what"] == there["what"] or "决算" in one + other
    if every := here or there:
        return not every["what"]
    basis = basis_of(one)
    return bool(content(one) & content(other)) or (basis != "" and same_basis(basis, basis_of(other)))


def _same_whole(whole: str, entry: Entry) -> bool:
    """Whether a share of one whole can be the fact's, which may be of another (占基本支出的x, 占本年支出比重)."""
    other = whole_of(entry.fact.measure[-1])
    return other == "" or other == whole or _one_whole(whole, other)


def answers_better(one: Likeness, other: Likeness) -> bool:
    """Whether `one` says all that `other` says of the claim's label, and more of it or with less left unsaid."""
    if (one.said == other.said and one.unsaid == other.unsaid) or (other.stated and not one.stated):
        return False
    return one.said >= other.said and one.unsaid <= other.unsaid


def candidates(claim: Claim, ledger: Ledger) -> tuple[Likeness, ...]:
    """The facts whose labels fit the claim's best and contradict nothing, of its kind of unit, best first."""
    return _likenesses(claim, _known(claim, ledger), ledger, only_sound=True)


def foremost(
    claim: Claim, ledger: Ledger, least: int = 0, within: int = 0, fits: Callable[[Entry], bool] | None = None
) -> tuple[Likeness, ...]:
    """The first of the candidates that fit and those `within` so much of its score, none below `least`.

    The rest is not looked at: candidates come by how much of the claim's label they explain, which bounds their score.
    """
    known = (one for one in _known(claim, ledger) if fits is None or fits(ledger.entries[one[0]]))
    found = _likenesses(claim, known, ledger, only_sound=True, least=least, within=within)
    least = max(least, found[0].score - within) if found else 0
    return tuple([like for like in found if like.score >= least])


def ranked(claim: Claim, entries: Iterable[Entry], ledger: Ledger) -> tuple[Likeness, ...]:
    """`entries` by likeness to the claim, best first; reading order among equals."""
    return _likenesses(claim, _overlaps(claim.label, entries, ledger), ledger)


LABELS = 4096
"""The labels of which a ledger keeps what they have found: one text, and the calculations behind it, ask for few."""


def _known(claim: Claim, ledger: Ledger) -> tuple[Overlap, ...]:
    """What the claim's label shares with the entries nearest to it, those first that explain most of it."""
    kept, asked = ledger.kept, (claim.label, claim.kind)
    found = kept.get(asked)
    if found is None:
        if len(kept) >= LABELS:
            kept.clear()
        overlaps = _overlaps(claim.label, _nearest(*asked, ledger), ledger)
        found = kept[asked] = tuple(sorted(overlaps, key=itemgetter(1), reverse=True))
    return found


def _overlaps(own: frozenset[str], entries: Iterable[Entry], ledger: Ledger) -> Iterator[Overlap]:
    weigh = ledger.weights.__getitem__
    total = sum([ledger.weights.get(term) or ledger.weight(term) for term in own])
    for entry in entries:
        named = explained = sum(map(weigh, own & entry.label))
        if explained < total:
            explained += sum(map(weigh, own & entry.around)) // 2 + sum(map(weigh, own & entry.quoted)) // 4
        yield entry.number, 1000 * explained // total if total else 0, named


SAID, SAME = 400, 20
"""What a score has besides what is explained of the claim's label: all of the entry's is said; basis or period."""


def _likenesses(
    claim: Claim,
    overlaps: Iterable[Overlap],
    ledger: Ledger,
    only_sound: bool = False,
    least: int | None = None,
    within: int = 0,
) -> tuple[Likeness, ...]:
    """How well each entry answers the claim's label, with what stands before it, its basis and its period.

    With `least`, overlaps come in order: the first that can have neither this score nor one near the best ends it.
    """
    own, context, aim, then = claim.label, claim.context, claim.basis, claim.period
    weigh, entries, label_weights = ledger.weights.__getitem__, ledger.entries, ledger.label_weights
    contrary = opposite(sides(claim.name) or sides(claim.measure[-1][-2:]))  # 行政编制在岗: the last word tells
    spent, whole = claim.spent, whole_of(claim.measure[-1])
    found = []
    for number, covered, named in overlaps:
        if least is not None and 3 * covered // 5 + SAID + 2 * SAME < least:
            break
        entry = entries[number]
        fact = entry.fact
        dated, stated = then != "" and then == fact.period, aim != "" and aim == fact.basis
        sound = (
            (stated or aim == fact.basis or same_basis(aim, fact.basis))
            and (dated or (same_period(then, entry) if then else entry.current))
            and not contrary & entry.sides
            and not (spent and entry.unspent)
            and (aim != "差额" or _same_then(claim, entry))
            and (whole == "" or _same_whole(whole, entry))
        )
        if only_sound and not sound:
            continue
        expected, unsaid = label_weights[number], entry.label - own
        if unsaid:
            if entry.form and not aim:
                expected -= sum(map(weigh, entry.form - own))
                unsaid -= entry.form
            if before := unsaid & context:
                named += sum(map(weigh, before)) // 2
                unsaid -= before
        answered = 1000 * named // expected if expected else 0
        score = (3 * covered + 2 * answered) // 5 + SAME * stated + SAME * dated
        if least is not None:
            if score < least:
                continue
            least = max(least, score - within)
        like = Likeness(entry, score, sound, own & entry.label, unsaid, stated)
        found.append((-(score if sound else score // 2), number, like))
    found.sort()
    return tuple([like for _, _, like in found])


def _nearest(label: frozenset[str], kind: str, ledger: Ledger) -> list[Entry]:
    """The entries that share most with a label: the rarest terms find them, the common ones only tell them apart."""
    gathered: dict[int, int] = {}
    told = [(len(found), term, found) for term in label if (found := ledger.by_term.get(term))]
    for _, _, found in sorted(told):
        shared = gathered.keys() & found.keys()
        if len(gathered) <= ENOUGH:
            gathered = {**found, **gathered}
        for number in shared:
            gathered[number] += found[number]
    weights = {number: gathered[number] for number in gathered.keys() & ledger.kinds[kind]}
    least = sorted(weights.values())[-MANY:][:1]
    close = [(-weight, ledger.widths[number], number) for number, weight in weights.items() if weight >= least[0]]
    return [ledger.entries[number] for _, _, number in sorted(close)[:MANY]]
