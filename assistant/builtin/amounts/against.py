"""Rows picked by two of their own figures (哪些项目的调整后预算与年初预算不同, 哪些项目年中追加了预算).

Only rows that have both figures are set against one another; a blank is no figure.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.builtin.amounts.ranking import meant
from assistant.builtin.facts.lens import Lens, years_of
from assistant.builtin.question.lexicon import reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.picks import told_rows
from assistant.builtin.tables.rows import Line, heading
from assistant.calculate import difference
from ingest.fact import Basis, Fact
from ingest.terms import basis_of

WORDS: tuple[tuple[str, Callable[[Decimal, Decimal], bool]], ...] = (
    ("不同|不一致|不一样|不相同|不等|有差异|有出入|有变化|有变动|有调整", operator.ne),
    ("相同|一致|一样|相等|持平|没有?变化?|未变", operator.eq),
    ("高|多|大|增加|增长|超过|超出|超", operator.gt),
    ("低|少|小|减少|下降|不足", operator.lt),
)
"""How two figures of a row compare."""
WHICH = "哪(?:[一些几]*)(?:个|项(?!目)|类|条)?"
THING = "(?:项目|指标|科目|经费|支出|任务|单位)"
COMPARED = re.compile(
    rf"^(?:有?{WHICH}{THING}?的?)?(?P<one>[一-龥\d“”]{{2,14}}?)(?:与|和|同|比|较|跟|高于|低于|(?=超过))"
    rf"(?P<other>[一-龥\d“”]{{2,14}}?)(?P<word>{'|'.join(words for words, _ in WORDS)})?(?:了|的)?"
    rf"(?:{THING}?(?:都|分别|一共)?(?:有|是){WHICH}{THING}?)?$"
)
MOVED = re.compile(
    rf"^(?:有?{WHICH}{THING}?的?)?(?:预算)?(?:在)?(?:(?:年中|执行中|年度中间)(?:的?预算)?)?(?:有|进行|发生)?过?了?"
    rf"(?P<word>追加|调增|增加|调减|追减|核减|压减|减少|调整)(?:了|过)?(?:的)?(?:预算|资金|安排)?(?:的)?"
    rf"(?:{THING}(?:都|分别|一共)?(?:有|是){WHICH}{THING}?)?$"
)
"""哪些项目年中追加了预算: the adjusted budget against the one of the beginning of the year."""
PART = re.compile("^其中|^#")
SIDE = re.compile(r"[，,](?:各|分别)?[^，,]*(?:多少|几)[^，,]*$|[？?。]$")


@dataclass(frozen=True, slots=True)
class Test:
    """Which two figures of a row are compared, and how."""

    one: str
    other: str
    word: str
    moved: bool = False
    """Whether it is asked what was added or taken away during the year."""

    @property
    def holds(self) -> Callable[[Decimal, Decimal], bool]:
        """The comparison that the word names."""
        return next(test for words, test in WORDS if re.fullmatch(words, self.word))


def picked(plan: Plan, seen: Lens) -> Reply | None:
    """The rows of the table meant whose two figures compare as asked, with both of them."""
    test = _test(plan.bare) if "哪" in plan.bare and "最" not in plan.bare else None
    if test is None:
        return None
    groups = sorted(meant(plan, seen), key=lambda one: one[1], reverse=True)
    items = [[line for line in group if not PART.match(line.item)] for group, _ in groups]
    if test.moved and (told := next((made for group in items if (made := _adjusted(test, group))), None)):
        return told
    for group in items:
        rows = [
            (line, one, other)
            for line in group
            if (one := _of(line, test.one, seen)) and (other := _of(line, test.other, seen))
        ]
        alike = all(one is not other and one.quantity.unit == other.quantity.unit for _, one, other in rows)
        if len(rows) > 1 and alike:
            return _told(test, rows, plan)
    return None


def _test(question: str) -> Test | None:
    bare = SIDE.sub("", SIDE.sub("", question))
    if match := MOVED.match(bare):
        word = match["word"]
        way = "不同" if word == "调整" else "低" if "减" in word else "高"
        return Test("调整后预算", "年初预算", way, moved=True)
    match = COMPARED.match(bare)
    if match is None or not re.search("哪", question):
        return None
    between = bare[match.end("one") : match.start("other")]
    word = match["word"] or {"高于": "高", "低于": "低"}.get(between, "")
    return Test(match["one"], match["other"], word) if word else None


def _adjusted(test: Test, group: Sequence[Line]) -> Reply | None:
    """The rows by what their own column of adjustments says."""
    told = [(line, fact) for line in group for fact in line.facts if fact.basis == "调整" and fact.dimension == "money"]
    if len({line for line, _ in told}) < max(2, len(told)):
        return None
    hits = [(line, fact) for line, fact in told if test.holds(fact.quantity.base, Decimal(0))]
    said = [f"{line.name.replace('/', '·')}{shown(fact.quantity)}" for line, fact in hits]
    facts = [fact for _, fact in hits] or [told[0][1]]
    return told_rows(f"{heading(told[0][1])}{test.word}于零", said, facts)


def _of(line: Line, words: str, seen: Lens) -> Fact | None:
    """The one figure of a row under such a heading, else of such a basis and year."""
    said = reduced(words).removeprefix("的")
    own = [fact for fact in line.facts if reduced(heading(fact)) == said]
    if len(own) == 1:
        return own[0]
    basis: Basis = basis_of(said)
    last = re.search("上年|去年", said)
    year = (seen.year or 0) - 1 if last else None
    own = [
        fact
        for fact in line.facts
        if basis
        and fact.basis in (basis, "预算" if basis == "调整后预算" else basis)
        and (year is None or year in years_of(fact.period))
    ]
    return own[0] if len(own) == 1 else None


def _told(test: Test, rows: Sequence[tuple[Line, Fact, Fact]], plan: Plan) -> Reply:
    hits = [row for row in rows if test.holds(row[1].quantity.base, row[2].quantity.base)]
    _, one, other = rows[0]
    link = "与" if test.holds in (operator.ne, operator.eq) else "比"
    head = f"{heading(one)}{link}{heading(other)}{test.word}"
    gaps = [difference(one, other) if "多少" in plan.question else None for _, one, other in hits]
    said = [
        f"{line.name.replace('/', '·')}{heading(other)}{shown(other.quantity)}、{heading(one)}{shown(one.quantity)}"
        + (f"（{'多' if gap.value > 0 else '少'}{gap.size}，{gap.working}）" if gap and gap.value else "")
        for (line, one, other), gap in zip(hits, gaps, strict=True)
    ]
    return told_rows(head, said, [fact for _, one, other in hits or rows[:1] for fact in (other, one)])
