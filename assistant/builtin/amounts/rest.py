"""What is left of a whole without one of its parts (除X外): its amounts by basis, its execution rate, its share.

The whole is the total of the line of the table that the part stands in, or the figure that the question names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import Found, look, name_of
from assistant.builtin.facts.neighbours import in_column, in_row, row_key
from assistant.builtin.facts.wholes import TOTAL, total_of
from assistant.builtin.question.lexicon import content, pairs, reduced
from assistant.builtin.question.plan import Ask, Plan, ask, segments
from assistant.builtin.reply import Reply, shown
from assistant.calculate import Result, difference, percent, rounded, total
from ingest.fact import Basis, Fact
from ingest.quantity import show
from ingest.terms import is_total, plain

BUT = re.compile(
    r"^(?:如果|若)?(?:扣除|剔除|除去|去掉|不含|不算|除)(?:掉|了)?(.{2,24}?)(?:后|以外|之外|外|的话|，|,)+(.+)$"
)
RATE = re.compile("(?:执行|完成|支付|支出|使用)(?:率|进度)")
OTHERS = re.compile("^(?:的)?(?:其余|剩余|剩下|其他|其它|另外|还有|还剩)(?:的|各)?(?:个|几个)?(?:项目|部分|资金|类)?")
NAMED = 0.8
"""How much of the words for the part its row must hold."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left on one basis, with the whole it is left of."""

    basis: Basis
    made: Result
    whole: Fact
    remark: str = ""


def left(plan: Plan, seen: Lens) -> Reply | None:
    """除X外，其余项目预算多少、支出多少、执行率多少; 除X外，项目支出还有多少，占多少."""
    match = BUT.match(plan.question.strip("？?。 "))
    parts = segments(match[2]) if match else []
    if match is None or not parts or re.search("变化|变动|增|减|比|哪|有没有|别的", match[2]):
        return None
    whole = _whole_words(parts[0])
    rated = [part for part in parts if RATE.search(part)]
    shared = [part for part in parts if part.startswith("占") and part not in rated]
    bases = [_basis(part) for part in parts if part not in (*rated, *shared)]
    sides: tuple[Basis, ...] = ("决算", "调整后预算") if rated else ()
    found = {basis: _left(seen, match[1], whole, basis) for basis in dict.fromkeys((*bases, *sides))}
    lefts = {basis: one for basis, one in found.items() if one is not None}
    if not lefts or len(lefts) < len(found) or len({one.whole.place.table for one in lefts.values()}) > 1:
        return None
    told = [f"其余{basis}为{lefts[basis].made.text}（{lefts[basis].made.working}）" for basis in bases]
    rates = [("其余执行率", _quotient(lefts["决算"].made, lefts["调整后预算"].made))] if rated else []
    rates += [(f"占{name_of(lefts[basis].whole)}", _of_whole(lefts[basis])) for basis in bases[:1] if shared]
    told += [f"{name}为{made.text}（{made.working}）" for name, made in rates if made]
    remarks = "".join(one.remark for one in lefts.values())
    facts = dict.fromkeys(fact for one in lefts.values() for fact in (*one.made.facts, one.whole))
    worked = (*(one.made for one in lefts.values()), *(made for _, made in rates if made))
    return Reply(f"除{match[1]}外，{'；'.join(told)}{remarks}。", tuple(facts), worked=worked)


def _basis(words: str) -> Basis:
    """预算 alone is the one that was spent against."""
    said = ask(words).basis or "决算"
    return "调整后预算" if said == "预算" else said


def _whole_words(words: str) -> str:
    """The whole that a question names (项目支出); "" where it says only 其余项目."""
    bare = OTHERS.sub("", RATE.sub("", words))
    bare = re.sub("(?:还有|还剩|剩余|剩下|其余|合计|一共|共).*$", "", bare) if "还" in words else bare
    return "项目支出" if "项目支出" in bare else content(bare) if not ask(bare).basis and "还" in words else ""


def _left(seen: Lens, part_words: str, whole_words: str, basis: Basis) -> Left | None:
    part = _part(seen, part_words, basis)
    if part is None:
        return None
    named = look(seen, replace(ask(whole_words), basis=basis, dimension="money")) if whole_words else None
    whole = _beside(seen, named, part.fact) if named else _total(seen, part.fact)
    made = difference(whole, part.fact) if whole else None
    if whole is None or made is None or made.value < 0:
        return None
    return Left(basis, made, whole) if named else _by_rows(seen, Left(basis, made, whole), part.fact)


def _part(seen: Lens, words: str, basis: Basis) -> Found | None:
    """The figure of the part in a table, its row or column called nearly as the question calls it."""
    found = look(seen, Ask(words, content(reduced(words)), basis, "money"))
    if not found or found.fact.kind != "table" or found.fact.basis != basis:
        return None
    own = (found.fact.place.report, found.fact.place.table, found.fact.basis)
    table = [fact for fact in seen.facts if (fact.place.report, fact.place.table, fact.basis) == own]
    beside = [fact for fact in table if _called(seen, words, fact)]
    lone = len({fact.subject for fact in beside}) == 1  # the name of a kind is that of several rows
    return found if found.fact in beside and lone and not _sums(found.fact) else None


def _called(seen: Lens, words: str, fact: Fact) -> bool:
    return share(seen, pairs(reduced(words)), pairs(reduced("/".join((fact.subject, *fact.measure))))) >= NAMED


def _beside(seen: Lens, named: Found, part: Fact) -> Fact | None:
    """The named whole from the column of the part where it stands there too, else as it is found."""
    called = plain(named.fact.subject or named.fact.measure[-1])
    whole = next((fact for fact in in_column(seen, part) if plain(fact.subject) == called), named.fact)
    return whole if whole.basis == part.basis and whole is not part and named.score >= NAMED else None


def _total(seen: Lens, part: Fact) -> Fact | None:
    """The total of the part's column, or of its row where the items stand side by side."""
    return total_of(seen, part) or next(filter(_sums, in_row(seen, part)), None)


def _sums(fact: Fact) -> bool:
    """Whether a cell sums up others: by its row, or by its heading where the items stand side by side."""
    return is_total(fact.measure[-1]) or is_total(fact.subject) or bool(TOTAL.search(fact.subject))


def _by_rows(seen: Lens, left: Left, part: Fact) -> Left:
    """The other items added one by one, where the table's own total does not hold what is left of it."""
    across = row_key(left.whole) == row_key(part)
    beside = in_row(seen, part) if across else in_column(seen, part)
    line = [fact for fact in beside if fact.quantity.unit == part.quantity.unit]
    flat = sum(map(_sums, line)) == 1 and not any("其中" in fact.subject + fact.measure[-1] for fact in line)
    others = [fact for fact in line if fact not in (part, left.whole)]
    made = total(others) if flat and len(others) > 1 else None
    if made is None or made.value == left.made.value:
        return left
    gap = f"；该表合计{shown(left.whole.quantity)}与各项之和不符，按各项相加计，未采用合计"
    return Left(left.basis, made, left.whole, gap)


def _of_whole(left: Left) -> Result | None:
    return _divided(left.made, left.whole.quantity.base, shown(left.whole.quantity), (left.whole,))


def _quotient(over: Result, under: Result) -> Result | None:
    return _divided(over, under.value * under.unit.factor, under.text, under.facts)


def _divided(over: Result, under: Decimal, said: str, facts: Sequence[Fact]) -> Result | None:
    if not under:
        return None
    value = over.value * over.unit.factor / under * 100
    text = show(rounded(value, 2), percent(), 2)
    return Result(value, percent(), 2, f"{over.text}÷{said}＝{text}", (*over.facts, *facts))
