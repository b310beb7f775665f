"""Words that compare two figures of a sentence (高于、低于、一致、不符): do the figures bear them out?

Looks only at figures that hold; a comparison of something wrong is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import GOOD
from assistant.check import wording
from assistant.check.agree import hedged, near
from assistant.check.claim import EARLIER, Claim, Said
from assistant.check.directions import direction
from assistant.check.judge import Judgement
from assistant.check.ledger import Column, Entry, Ledger, content
from assistant.check.operands import named_items
from ingest.quantity import Quantity
from ingest.terms import canonical

_MORE = re.compile("(?<![不未没有])(?:高于|超过|大于|多于|超出|优于)[^，。；高低多少]*$")
_FEWER = re.compile("(?<![不未没有])(?:低于|小于|少于|不及|不足|未达到)[^，。；高低多少]*$")
_STATE = re.compile("[由从][^，。；]{0,12}$")
_JOINED = re.compile("[与和同跟]")
_SAME = re.compile("^[^，。；]{0,8}?(?P<not>不|未)?(?:尽)?(?:一致|相等|相同|相符|持平)|^[^，。；]{0,8}?(?P<off>不符)")


def compared(one: Said, judged: Sequence[Judgement], ledger: Ledger) -> list[Judgement]:
    """The verdicts of a sentence; the second figure of a comparison that does not hold is a conflict."""
    verdicts = list(judged)
    _all_within(one, verdicts, ledger)
    superlative = "最" in one.text or "第一" in one.text or "末位" in one.text
    if len(verdicts) < 2 and not superlative:
        return verdicts
    for at, second in enumerate(one.claims):
        before = _compared_with(one.claims[:at], second)
        if before is None or not {verdicts[before].verdict, verdicts[at].verdict} <= GOOD:
            continue
        first = one.claims[before]
        if word := _broken(one, first, second):
            verdicts[at] = replace(verdicts[at], verdict="conflict", working=wording.uncompared(first, second, word))
    _turns(one, verdicts)
    if superlative:
        _superlatives(one, verdicts, ledger)
    return verdicts


def _all_within(one: Said, verdicts: list[Judgement], ledger: Ledger) -> None:
    """甲x，乙y，均高于z: the bound of all figures told before it holds, or is a conflict, in place."""
    for at, claim in enumerate(one.claims):
        if not claim.of_all:
            continue
        values = [
            verdicts[n].entries[0].fact.quantity if verdicts[n].entries else other.quantity
            for n, other in enumerate(one.claims[:at])
            if verdicts[n].verdict in GOOD and other.kind == claim.kind and other.basis != "差额"
        ]
        values = values if len(values) > 1 else _of_items(claim, ledger)
        beyond = [value for value in values if not hedged(claim.quantity, value.base)]
        if beyond:
            verdicts[at] = Judgement("conflict", wording.beyond_bound(claim, beyond[0].text))
        elif values:
            verdicts[at] = Judgement("derived", wording.within_all(claim, [value.text for value in values]))


def _of_items(claim: Claim, ledger: Ledger) -> list[Quantity]:
    """The measure that a bound is of (执行率都在98%以上), of the items that the text has just named."""
    said = [part for part in re.split("[。；\\n]", claim.earlier + claim.before) if named_items(part, ledger)]
    measure = content(re.sub("(?:均|都|全部|皆).*$", "", claim.measure[-1]))
    found = []
    for item in named_items(said[-1], ledger) if said and measure else ():
        row = [ledger.entries[number] for number in ledger.rows.get(canonical(item), ())]
        mine = [entry.fact.quantity for entry in row if measure <= entry.label and entry.current]
        found += [value for value in mine if value.unit.dimension == claim.kind][:1]
    return found


_GOES_ON = re.compile("[，；](?:[也均且但而]|仍|已)?(?:高于|低于|超过|大于|小于|多于|少于|优于|不及|不足|未达到)$")
"""A comparison that names no figure of its own: it is of the last one like it."""


def _compared_with(earlier: Sequence[Claim], claim: Claim) -> int | None:
    """Which of the figures before a claim it is compared with: the one just before it, if it is of its kind."""
    far = bool(_GOES_ON.search(claim.before))
    for at in reversed(range(len(earlier))):
        if earlier[at].quantity.unit.dimension == claim.quantity.unit.dimension and (
            not far or earlier[at].quantity.unit.name == claim.quantity.unit.name
        ):
            return at
        if not far:
            return None
    return None


_MOST = re.compile("最[高大多好快长优]|居首|排名?第一|位居第一")
_LEAST = re.compile("最[低小少差慢短]|垫底|倒数第一|排名?末位")


def _superlatives(one: Said, verdicts: list[Judgement], ledger: Ledger) -> None:
    """执行率最高的是甲，x: a figure that is not the highest of its column is a conflict, in place."""
    for at, claim in enumerate(one.claims):
        entry = next(iter(verdicts[at].entries), None)
        clauses = re.split("[；;。]", claim.before)[-1].split("，")
        said = "，".join(clauses[-2:] if len(clauses) > 1 and not re.search(r"\d", clauses[-2]) else clauses[-1:])
        most, least = _MOST.search(said), _LEAST.search(said)
        if verdicts[at].verdict not in GOOD or entry is None or bool(most) == bool(least):
            continue
        column = next((one for one in ledger.columns if entry in one.entries), None)
        if column is None or len(column.entries) < 3 or not column.label & claim.label:
            continue
        pick = max if most else min
        best = pick(_parts(column), key=lambda other: other.fact.quantity.base)
        if best.fact.quantity.base != entry.fact.quantity.base:
            word = (most or least or [""])[0]
            verdicts[at] = Judgement("conflict", wording.surpassed(claim, best, word), (best,), wording.value(best))


def _parts(column: Column) -> Sequence[Entry]:
    """The items of a column without one that is all the others together, whatever it is called (全年)."""
    total = sum((entry.fact.quantity.base for entry in column.entries), Decimal(0))
    return [entry for entry in column.entries if 2 * entry.fact.quantity.base != total] or column.entries


def _turns(one: Said, verdicts: list[Judgement]) -> None:
    """由x降至y，增长z%: a change that goes the other way than the two states before it is a conflict, in place."""
    way = 0
    for at, claim in enumerate(one.claims):
        said: int
        said, gone = (claim.quantity.direction, way) if claim.basis == "差额" else (0, way)
        if said == 0 or not way:
            said, gone = _against_level(claim, one.claims[:at])
        if verdicts[at].verdict in GOOD and gone * said < 0:
            text = wording.uncompared(one.claims[at - 1], claim, "增" if said > 0 else "减")
            verdicts[at] = replace(verdicts[at], verdict="conflict", working=text)
        after = one.claims[at + 1] if at + 1 < len(one.claims) else claim
        if after is not claim and after.kind == claim.kind and _is_state(one.claims[:at], claim):
            led = _led(claim, after)
            way = _between(claim, after) if led or claim.period == EARLIER else way
            if verdicts[at + 1].verdict in GOOD and way * led < 0:
                text = wording.uncompared(claim, after, "增" if way < 0 else "减")
                verdicts[at + 1] = replace(verdicts[at + 1], verdict="conflict", working=text)


_LED = re.compile(
    r"(?:(?P<up>[增升涨]|提高|增加|上升|扩大|追加|调增)|(?P<down>[降减]|下降|减少|降低|缩短|压[减缩]|缩减|下滑|调减|核减))"
    r"[^，。；\d]{0,2}[到至为][^，。；\d]{0,2}(?:20\d\d年(?:度|末|底)?的?)?[^，。；\d]{0,4}$"
)


def _is_state(before: Sequence[Claim], claim: Claim) -> bool:
    """Whether a figure is the first of two states (由x降至y)."""
    state = _STATE.search(claim.before)
    told = len(before[-1].before) + len(before[-1].quantity.text) if before else 0
    return state is not None and state.start() >= told


def _between(first: Claim, second: Claim) -> int:
    a, b = first.quantity.base, second.quantity.base
    return (b > a) - (b < a)


def _led(first: Claim, second: Claim) -> int:
    """Which way 由x降至y says that it went, 0 where its words do not say."""
    led = _LED.search(second.before[len(first.before) + len(first.quantity.text) :])
    return 0 if led is None else 1 if led["up"] else -1


_SINCE = re.compile("[比较](?P<then>年初|期初|上年末?|去年末?)")


def _against_level(claim: Claim, before: Sequence[Claim]) -> tuple[int, int]:
    """年初x，…年末y，比年初增加z: which way z is said to go, and which way it went from the level that the words name;
    nothing where z is not the gap between the two."""
    since = _SINCE.search(claim.measure[-1])
    same = [other for other in before if other.kind == claim.kind and other.basis != "差额"] if since else []
    if since is None or len(same) < 2:
        return 0, 0
    now = same[-1].quantity.base
    then = next((one.quantity.base for one in reversed(same[:-1]) if since["then"] in _clause(one)), now)
    gap = abs(now - then) == abs(claim.quantity.base)
    return (direction(claim), (now > then) - (now < then)) if gap else (0, 0)


def _clause(claim: Claim) -> str:
    return claim.name + re.split("[，；。]", claim.before)[-1]


def _broken(one: Said, first: Claim, second: Claim) -> str:
    """The comparing word that two figures belie, "" where there is none."""
    between = one.text[first.quantity.span[1] - one.span[0] : second.quantity.span[0] - one.span[0]]
    after = one.text[second.quantity.span[1] - one.span[0] :]
    a, b = first.quantity.base, second.quantity.base
    if (match := _MORE.search(between)) and a <= b:
        return match[0][:2]
    if (match := _FEWER.search(between)) and a >= b:
        return match[0][:2]
    same = _SAME.match(after) if _JOINED.search(between) else None
    if same is None:
        return ""
    equal = near(abs(a), max(first.quantity.half, second.quantity.half), abs(b)) in ("exact", "rounded")
    denied = bool(same["not"] or same["off"])
    return "" if equal != denied else "不一致" if denied else "一致"
