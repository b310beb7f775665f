"""What a paragraph has said so far, and a claim made from it: subject, period and whole that a sentence leaves unsaid.

The only state of the clause grammar; it never reaches beyond the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ingest.ledger import labels, nouns, openings
from ingest.ledger.pieces import Piece, own_words
from ingest.periods import mentions
from ingest.quantity import Quantity
from ingest.record import record
from ingest.terms import basis_of, plain


@record
class Claim:
    """A figure and what the sentence says it is."""

    quantity: Quantity
    subject: str
    measure: tuple[str, ...]
    period: str = ""
    """"" where neither sentence nor paragraph names one."""
    changes: bool = False
    """A change or difference (增长、减少), not a level."""
    aside: bool = False
    """Said in passing (较上年x, 占y的比重): what follows does not go on from it."""
    part_of: Claim | None = None
    """What this is a part of (其中)."""
    certain: bool = True


@dataclass(slots=True)
class Thread:
    """What a paragraph has said so far: the only state of the grammar."""

    year: int | None
    items: tuple[str, ...] = ()
    """Names of items that the report's tables list; one that opens a sentence is its subject."""
    subject: str = ""
    topic: str = ""
    """The first subject of the sentence."""
    title: str = ""
    """The item that the paragraph began with as a title of its own."""
    head: Claim | None = None
    """The last level stated."""
    spent: Claim | None = None
    """The last level of money that was spent and no part itself."""
    budget: Claim | None = None
    """The last budget that is no part itself and not what one was changed by."""
    levels: dict[str, Claim] = field(default_factory=dict)
    """The last level of each dimension that is no part itself."""
    parts: bool = False
    """Whether parts of a whole are being listed (其中)."""
    inside: bool = False
    """Whether the parts stand in a bracket, with which they end."""
    named: bool = False
    """Whether the subject was named together with a measure in this sentence (科技奖励年初预算x，…)."""
    names: tuple[str, ...] = ()
    """The last list distributed over figures (分别为)."""
    period: str = ""
    comparator: str = ""
    recent: list[Claim] = field(default_factory=list)
    """The levels of this sentence, to which 分别增长a、b may refer."""
    periods: list[str] = field(default_factory=list)
    """The periods that this sentence has named, in order."""
    whole: str = ""
    """The last whole that a share of this sentence was a share of (占基本支出的…), for shares that name none."""
    formula: str = ""
    """What a calculation written out (执行率=a/b×100%=c) is of."""
    changed: tuple[str, tuple[str, ...]] | None = None
    """Subject and measure of what the last change was a change of, until another level is stated."""
    origin: bool = False
    """Whether the figure before was the first of 由x降至y."""
    open: bool = False
    """Whether the sentence before ended with a semicolon and this one goes on with its period."""
    bracketed: Claim | None = None
    """The level behind which a bracket with figures opened; with its end the speech goes back to it."""
    stock: str = ""
    """The end of a year or month at which the paragraph has told a stock (年末资产总额)."""
    fresh: bool = True
    """Whether the sentence has stated nothing yet."""
    department: str = ""


_OF_LAST = re.compile(r"\s*(?:上年度?|上一年度?|去年)的?(?!结转|结余|末|底)[^，。；：\d]{2,16}中[，,：:]")
"""上年“三公”经费中，A x、B y、C z: all that the sentence lists is of that year."""


def begin(text: str, quantities: Sequence[Quantity], thread: Thread) -> None:
    """A new sentence forgets period, list and parts; the subject stays where no period is named anew."""
    thread.period = thread.period if thread.open else ""
    if thread.year and _OF_LAST.match(text):
        thread.period = f"{thread.year - 1}年度"
    thread.parts = thread.parts and thread.open
    thread.names, thread.comparator, thread.named, thread.origin, thread.changed = (), "", False, False, None
    thread.inside, thread.bracketed = False, None
    thread.recent, thread.periods, thread.formula = [], [], ""
    thread.whole = thread.whole if thread.open else ""
    while not thread.open and thread.head and thread.head.part_of:
        thread.head = thread.head.part_of
    thread.open = text.endswith(("；", ";"))
    thread.fresh = True
    if not quantities:
        if thread.head is None and (named := openings.title(text)):
            thread.topic = thread.title = named
        return
    opening = text[: quantities[0].span[0]]
    if thread.parts and quantities[0].unit.dimension == "count":
        whole = thread.levels.get("count")  # …；抢救修复档案x卷；数字化加工y页
        same = whole is None or whole.quantity.unit == quantities[0].unit
        thread.parts = same and not nouns.starts_with_verb(labels.clean(opening))
    first, _, _ = opening.rpartition("，")
    if compared := _COMPARED.search(opening):
        thread.comparator = compared[0]
    all_of_it = _departments().search(own_words(opening, True)[0])
    thread.subject = "" if all_of_it else thread.topic
    if thread.title and (not all_of_it or all_of_it[0] in _TIMES):
        thread.subject, thread.named = thread.title, True  # 3.甲项目。全年支出x: of the project
    if item := named_item(first, thread.items) or openings.heading(opening) or announced(opening, thread.items):
        thread.subject = item
    thread.topic = thread.subject


_TIMES = ("全年", "年度")
"""Words for the whole department that may also say no more than when."""
_CLOSES = re.compile("[）)]")


def beyond_brackets(piece: Piece, thread: Thread) -> None:
    """实有251人（行政44人、事业136人），较上年末的256人净减5人: behind a bracket the speech is of what stood before."""
    if thread.bracketed and _CLOSES.search(piece.gap):
        thread.head, thread.changed, thread.parts, thread.inside = thread.bracketed, None, False, False
        thread.levels[thread.head.quantity.unit.dimension] = thread.head
        thread.bracketed = None
    if piece.opened and thread.head and not thread.fresh:
        thread.bracketed = thread.head


@cache
def _departments() -> re.Pattern[str]:
    """What a report calls the department itself, words of one character left out."""
    return re.compile("|".join(re.escape(word) for word in labels.said("department") if len(word) > 1))


_COMPARED = re.compile(r"[与同较比][^，。；、]{2,12}?相比")
_MARK = re.compile("[：:—–-]")
_ANNOUNCES = re.compile(r"^([^，,；;。：:—]{2,40}?)\s*(?:[：:]|[—–-]{1,2}\s|——)")


def announced(line: str, items: tuple[str, ...]) -> str:
    """The item of the report that a line names before a colon or dash: 2.智慧平台：预算x，支出y."""
    match = _ANNOUNCES.match(line.strip()) if _MARK.search(line) else None
    return named_item(match[1], items) if match else ""


@lru_cache(maxsize=4096)
def named_item(clause: str, items: tuple[str, ...]) -> str:
    """The one item of the report that a clause or a heading speaks of, "" if none or several."""
    text = plain(clause)
    if not text:
        return ""
    named = {item for item in (*items, *labels.said("items")) if item in text}
    longest = {item for item in named if not any(item != other and item in other for other in named)}
    return longest.pop() if len(longest) == 1 else ""


def claim_of(
    piece: Piece,
    subject: str,
    measure: tuple[str, ...],
    thread: Thread,
    *,
    changes: bool = False,
    certain: bool = True,
    whole: bool = True,
) -> Claim:
    """A claim with its period; a part that does not name itself takes the measure of its whole in front."""
    dimension = piece.quantity.unit.dimension
    of = thread.levels.get(dimension) if thread.parts and whole and not changes else None
    if of and not subject and measure == (of.measure[-1][-len(measure[0]) :],) and thread.named:
        subject = thread.subject  # 实际签约x，其中货物类预算y、签约z: of the part that was named
    elif of and not subject and len(measure) == 1 and not _says(measure[0], dimension):
        subject, measure = of.subject, (*of.measure, *measure)
    period = _period(piece, thread) or (of.period if of else "")
    if not period and not changes and any(word in measure[-1] for word in labels.said("stocks")):
        period = thread.stock
    return Claim(piece.quantity, subject, measure, period, changes, part_of=of, certain=certain)


def _says(label: str, dimension: str) -> bool:
    """Whether a part says what it is: not what was done with it (授予中小企业合同金额), not the rest (其他人员)."""
    left = dimension == "count" and label.startswith("其他")
    return labels.names_itself(label) and not left and not nouns.starts_with_verb(label)


_LATER = re.compile("(?:结转|推迟|延期|延迟|顺延|跨年?|转)[至到入]$")
"""Before the year to which something is put off (结转至2024年实施): no period of what is told."""


_DIGIT = re.compile(r"\d")


def _level_of(rest: str) -> bool:
    """Whether a figure is what a year compared with had (与2021年决算3060.67万元相比), not a change against it."""
    label = plain(rest)
    return basis_of(label) in ("决算", "预算", "年初预算", "调整后预算") and not any(
        word in label for word in labels.said("directions")
    )


def _period(piece: Piece, thread: Thread) -> str:
    """The period for a figure: named in its gap, else by the sentence so far."""
    local = ""
    for mention in mentions(piece.gap, thread.year):
        start, end = mention.span
        before, after = piece.gap[max(0, start - 2) : start].rstrip(), piece.gap[end : end + 2].lstrip()
        if before.endswith(("较", "比", "与", "同")) or after.startswith(("相比", "同期")):
            local = mention.period if _level_of(piece.gap[end:]) else local
            continue
        if _LATER.search(piece.gap[:start]):
            continue
        local = mention.period
        thread.periods.append(local)
        named = piece.gap[start:end]
        dated = _DIGIT.search(named) and "月" not in named and "以来" not in named
        whole = named in ("全年", "本年", "今年", "本年度", "目前")
        if dated or whole or before.endswith(("截至", "截止")) or after.startswith(("，", ",")):
            thread.period = mention.period
    if local in ("累计", "目前") and thread.period:
        return thread.period
    return local or thread.period


def settle(claim: Claim, thread: Thread) -> Claim:
    """Remember a level as the head, and whose it is as the subject of bare measures to come."""
    first, thread.fresh = thread.fresh, False
    if claim.changes or claim.aside:
        return claim
    thread.head, thread.changed = claim, None
    thread.recent.append(claim)
    generic = labels.is_generic(claim.measure[-1])
    if claim.period.endswith("末"):
        thread.stock = claim.period
    if claim.part_of is None and not (thread.parts and not first):
        thread.levels[claim.quantity.unit.dimension] = claim
        if claim.quantity.unit.dimension == "money" and basis_of(claim.measure[-1]) == "决算":
            thread.spent = claim
        if claim.quantity.unit.dimension == "money" and basis_of(claim.measure[-1]) in ("年初预算", "预算"):
            thread.budget = claim
    if claim.subject:
        thread.subject, thread.named = claim.subject, True
    elif not generic and (claim.quantity.unit.dimension == "money" or item_of(claim)):
        thread.subject, thread.named = item_of(claim), False
    if first:
        thread.topic = "" if claim.part_of else thread.subject
    return claim


def item_of(claim: Claim) -> str:
    """The item that a level speaks of when it has no subject of its own: 基本支出 58874万元."""
    name = claim.measure[-1]
    money = claim.quantity.unit.dimension == "money"
    listed = plain(name) in labels.said("items") or nouns.done_to(plain(name)) in labels.said("items")
    bare = labels.bare_end(name)
    kinds = ("支出", "经费", "专项", "工程", "项目", "补助", "费", "科目")
    name = nouns.done_to(name) if listed else name
    return name if listed or (money and (bare.endswith(kinds) or bare != name)) else ""


def weighed(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """三公经费x，其中接待费a，比上年的y减少z: of the whole where only x and y are z apart, and not the part."""
    part = thread.head
    whole = part.part_of if part else None
    if not part or not whole or not following or following[0].quantity.unit != piece.quantity.unit:
        return part
    then, by = piece.quantity.base, following[0].quantity.base
    apart = [abs(level.quantity.base - then) == by for level in (whole, part)]
    return whole if apart == [True, False] else part


def opened(thread: Thread) -> Claim | None:
    """The head, or what it is a part of where a sentence has just begun: 甲x，用于乙y；比上年减少z."""
    head = thread.head
    return head.part_of if thread.fresh and head and head.part_of else head


def alike(piece: Piece, thread: Thread) -> Claim | None:
    """The last level of a figure's own kind: 支出x，控制率y。与2022年的z相比: z is spending."""
    kind = piece.quantity.unit.dimension
    if thread.head is None or thread.head.quantity.unit.dimension == kind:
        return thread.head
    return thread.levels.get(kind, thread.head)
