"""The clause grammar: every figure of a sentence with the words that label it.

“A为x，其中B y，比上年增长z%”, “C、D分别为x、y，增速为a、b”, “由x降至y”, “与20家银行、8家机构”. What a sentence leaves
unsaid is taken from what was said just before it in the same paragraph, never from farther away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.ledger import phrases
from ingest.periods import mentions
from ingest.quantity import Quantity, unit
from ingest.terms import plain

_BREAK = "，,；;：:。！？!?—\n"
_CODE = re.compile(r"\d{1,3}\s*[类款项目][）)]")
"""A code of the budget classification: （204类）."""
_SERIES = re.compile(r"\s*(?:、|，|,|和|与|及|以及|/)?\s*$")


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A figure with its surroundings in the sentence."""

    quantity: Quantity
    gap: str
    """Everything since the figure before it."""
    own: str
    """The words of its own clause before it."""
    after: str
    """Everything up to the next figure."""
    opened: bool
    """Whether a bracket opens between the figure before and this one: （人员经费x、公用经费y）."""


def pieces(text: str, quantities: Sequence[Quantity]) -> tuple[Piece, ...]:
    """The figures of a sentence (spans relative to it) with the text around each."""
    found = []
    for at, quantity in enumerate(quantities):
        begin = quantities[at - 1].span[1] if at else 0
        end = quantities[at + 1].span[0] if at + 1 < len(quantities) else len(text)
        gap = text[begin : quantity.span[0]]
        own, opened = _own(gap, at == 0)
        found.append(Piece(quantity, gap, own, text[quantity.span[1] : end], opened))
    return tuple(found)


def _nameless(piece: Piece, department: str) -> Piece:
    """A piece without the department's own name in its label."""
    own = piece.own.replace(department, "") if department else piece.own
    return replace(piece, own=own) if own != piece.own else piece


def _ranges(found: Sequence[Piece]) -> list[Piece]:
    """The first end of a range takes the unit and the noun of the second: 2-3项工作 is 2项 … 3项工作."""
    pieces = list(found)
    for at in range(len(pieces) - 1):
        first, second = pieces[at], pieces[at + 1]
        if first.quantity.relation == "从" and second.quantity.relation == "到":
            unit = second.quantity.unit if first.quantity.unit.dimension == "none" else first.quantity.unit
            pieces[at] = replace(first, quantity=replace(first.quantity, unit=unit), after=second.after)
            pieces[at + 1] = replace(second, own=first.own, opened=False)
    return pieces


def _bounded(found: Sequence[Piece]) -> list[Piece]:
    """单价100万元（含）以上设备0台: a bound is no figure of its own but part of the name of what is counted."""
    kept: list[Piece] = []
    name = ""
    for piece in found:
        if name:
            piece, name = replace(piece, own=name + piece.own), ""
        bound = plain(piece.own).endswith(phrases.said("bounds"))
        if bound and re.match(r"\s*[（(]?(?:含|及)?[）)]?以上[^，,。；;]", piece.after):
            name = piece.own + piece.quantity.text
        elif not (_CODE.match(piece.quantity.text + piece.after) and piece.opened and not plain(piece.own)):
            kept.append(piece)
    return kept


def _own(gap: str, first: bool) -> tuple[str, bool]:
    """The part of a gap that belongs to the figure behind it, and whether a bracket opens in it."""
    depth = 0
    for at in range(len(gap) - 1, -1, -1):
        char = gap[at]
        depth += (char in "）)") - (char in "（(")
        if depth < 0:
            return gap[at + 1 :], True
        if depth == 0 and char in _BREAK:
            return gap[at + 1 :], False
        if depth == 1 and char in "）)" and not re.search(r"[（(]", gap[:at]):
            return gap[at + 1 :].lstrip("、 "), False
    return (gap if first else gap.rpartition("、")[2]), False


@dataclass(slots=True)
class Thread:
    """What a paragraph has said so far: the only state of the grammar."""

    year: int | None
    items: tuple[str, ...] = ()
    """Names of items that the report's tables list; one that opens a sentence is its subject."""
    subject: str = ""
    topic: str = ""
    """The first subject of the sentence."""
    head: Claim | None = None
    """The last level stated."""
    levels: dict[str, Claim] = field(default_factory=dict)
    """The last level of each dimension that is no part itself."""
    parts: bool = False
    """Whether parts of a whole are being listed (其中)."""
    named: bool = False
    """Whether the subject was named together with a measure in this sentence (科技奖励年初预算x，…)."""
    names: tuple[str, ...] = ()
    """The last list distributed over figures (分别为)."""
    period: str = ""
    comparator: str = ""
    origin: bool = False
    """Whether the figure before was the first of 由x降至y."""
    open: bool = False
    """Whether the sentence before ended with a semicolon and this one goes on with its period."""
    fresh: bool = True
    """Whether the sentence has stated nothing yet."""
    department: str = ""


def claims(text: str, quantities: Sequence[Quantity], thread: Thread) -> tuple[Claim, ...]:
    """The claims of one sentence; `thread` goes on to the next sentence of the paragraph."""
    _begin(text, quantities, thread)
    found: list[Claim] = []
    found_pieces = _bounded(_ranges(pieces(text, quantities)))
    rest = [_nameless(piece, thread.department) for piece in found_pieces]
    while rest:
        count = _run(rest)
        stated = _distributed(rest[:count], thread) or _shared(rest, thread)
        if not stated:
            claim = _single(rest[0], rest[1:], thread)
            stated = [claim] if claim else []
            count = 1
        else:
            count = len(stated)
        found += stated
        rest = rest[count:]
    found += _absent(text, thread)
    return tuple(sorted(found, key=lambda claim: claim.quantity.span))


def _absent(text: str, thread: Thread) -> list[Claim]:
    """无因公出国（境）费用支出: zero, said in a word."""
    yuan = unit("元")
    named = [mention.period for mention in mentions(text, thread.year)]
    return [
        Claim(Quantity(text[slice(*span)], span, Decimal(0), 0, yuan), "", (label,), named[0] if named else "")
        for label, span in phrases.absent(text)
        if yuan
    ]


def _begin(text: str, quantities: Sequence[Quantity], thread: Thread) -> None:
    """A new sentence forgets period, list and parts; the subject stays where no period is named anew."""
    thread.period = thread.period if thread.open else ""
    thread.parts = thread.parts and thread.open
    thread.names, thread.comparator, thread.named, thread.origin = (), "", False, False
    thread.open = text.endswith(("；", ";"))
    thread.fresh = True
    if not quantities:
        if thread.head is None and (named := phrases.title(text)):
            thread.topic = named
        return
    opening = text[: quantities[0].span[0]]
    first, _, _ = opening.rpartition("，")
    if compared := re.search(r"[与同较比][^，。；、]{2,12}?相比", opening):
        thread.comparator = compared[0]
    own = _own(opening, True)[0]
    again = any(word in own for word in phrases.said("department") if len(word) > 1)
    thread.subject = "" if again else thread.topic
    if item := _item(first, thread.items):
        thread.subject = item
    thread.topic = thread.subject


def _item(clause: str, items: tuple[str, ...]) -> str:
    """The one item that a clause without figures speaks of, "" if none or several."""
    text = plain(clause)
    named = {item for item in (*items, *phrases.said("items")) if item in text}
    longest = {item for item in named if not any(item != other and item in other for other in named)}
    return longest.pop() if len(longest) == 1 else ""


def _run(rest: list[Piece]) -> int:
    """How many figures in a row stand in one series: x、y、z or the two ends of a range."""
    count = 1
    while count < len(rest) and _SERIES.match(rest[count].gap) and not phrases.noun(rest[count - 1].after):
        count += 1
    return count


def _distributed(run: list[Piece], thread: Thread) -> list[Claim]:
    """甲、乙分别为x、y and, after it, 增速为a、b: the figures of a series given to the names of a list."""
    if len(run) < 2:
        return []
    own = run[0].own
    if "分别" in own:
        label, _, tail = own.rpartition("分别")
        names = phrases.listed(phrases.clean(label))
        if len(names) != len(run):
            return []
        thread.names = names
        change = phrases.change(tail)
        labels = [(name, (change.direction,)) if change else ("", (name,)) for name in names]
    elif len(thread.names) == len(run):
        measure = phrases.clean(own)
        change = phrases.change(own)
        changes = change is not None or measure.endswith(("增速", "增幅", "增长率"))
        return [
            _settle(_claim(piece, name, (measure or own,), thread, changes=changes), thread)
            for piece, name in zip(run, thread.names, strict=True)
        ]
    else:
        return []
    return [
        _settle(_claim(piece, subject, measure, thread, changes=bool(subject)), thread)
        for piece, (subject, measure) in zip(run, labels, strict=True)
    ]


def _shared(rest: list[Piece], thread: Thread) -> list[Claim]:
    """20家银行、8家担保机构建立合作: counted nouns in a row; what the last says of itself is said of all."""
    count = 1
    while count < len(rest) and re.fullmatch(r"[^，,；;：:。]{2,20}(?:、|和|与|及|以及)", rest[count].gap.strip()):
        count += 1
    nouns = [phrases.noun(piece.after) for piece in rest[:count]]
    if count < 2 or not all(nouns) or any(phrases.starts_with_verb(noun) for noun in nouns):
        return []
    common = phrases.predicate(nouns[-1])
    labels = [re.sub(r"(?:和|与|及|以及)$", "", noun) + common for noun in nouns[:-1]] + [nouns[-1]]
    return [
        _settle(_claim(piece, "", (phrases.joined(rest[0].own, label),), thread), thread)
        for piece, label in zip(rest, labels, strict=False)
    ]


_GRADE = re.compile(
    r"^分?(?:[（(]含[）)])?(?:以上|以下|及以上)?(?:[（(]含[）)])?的?(?:评?为|属于?)[“”\"]?[优良中差合不基]"
)


def _single(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """The claim of one figure by itself, None where it is no statement: a threshold, a grade's bound, a name."""
    if any(plain(piece.own).endswith(word) for word in phrases.said("thresholds")) and piece.after.startswith("的"):
        return None
    bound = (
        following[0].after
        if following and re.fullmatch(r"\s*(?:分)?\s*[-—~至到]\s*", following[0].gap)
        else piece.after
    )
    if _GRADE.match(plain(bound)) or piece.own.endswith(("“", "‘", "「", "《")):
        return None
    for way in (_compared, _changed, _proportion, _origin, _reached, _counted, _labelled):
        claim = way(piece, following, thread)
        if claim:
            return _settle(_money(claim), thread)
    return None


def _money(claim: Claim) -> Claim:
    """2亿专项资金: an amount whose 元 was left out is money, but not certain."""
    quantity = claim.quantity
    label = "".join((claim.subject, *claim.measure))
    if quantity.unit.name not in ("万", "亿") or not any(word in label for word in phrases.said("money")):
        return claim
    found = unit(quantity.unit.name + "元")
    return replace(claim, quantity=replace(quantity, unit=found), certain=False) if found else claim


def _compared(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """较上年352.61万元: what the head is compared with."""
    words = phrases.comparison(piece.own)
    if not words or thread.head is None:
        return None
    thread.comparator = words
    head = thread.head
    if re.search(r"上年|去年|上一年|同期|20\d\d年|同比", words):
        named = [mention.period for mention in mentions(words, thread.year)]
        claim = _claim(piece, head.subject, head.measure, thread, whole=False)
        return replace(claim, period=named[-1] if named else "上年", aside=True)
    label = words[1:]
    return replace(_claim(piece, head.subject or _item_of(head), (label,), thread, whole=False), aside=True)


def _changed(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """比上年减少2.47万元, 增长23%: a change of the head, or of what the words themselves name."""
    change = phrases.change(piece.own)
    if change is None:
        return None
    comparator = change.comparator or thread.comparator
    thread.comparator = comparator
    words = comparator + change.direction
    if change.label:
        subject, measure = phrases.split(change.label)
        if not subject and phrases.is_generic(measure):
            subject = thread.subject
        return _claim(piece, subject, (measure, words), thread, changes=True)
    if thread.head is None:
        return None
    head = thread.head
    return _claim(piece, head.subject, (*head.measure, words), thread, changes=True)


def _proportion(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """占本年收入合计的95.73%: a share of the head."""
    found = phrases.share(piece.own)
    if found is None or piece.quantity.unit.dimension != "ratio":
        return None
    label, verb, whole = found
    part_of = thread.head.part_of if thread.head else None
    whole = whole or (part_of.measure[-1] if part_of else "")
    measure = f"{verb}{whole}的{'比例' if verb == '完成' else '比重'}" if whole else "占比"
    if label or thread.head is None:
        claim = _claim(piece, label, (measure,), thread, certain=bool(label), whole=False)
    else:
        claim = _claim(piece, thread.head.subject, (*thread.head.measure, measure), thread, whole=False)
    return replace(claim, aside=True)


def _origin(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """由x降至y: the value it was."""
    label = phrases.origin(piece.own)
    if label is None or not following or not re.search(r"(?:到|至|为)\s*$", following[0].own):
        return None
    label = label + phrases.noun(
        re.sub(r"(?:提高|提升|增加|上升|下降|降低|减少|缩短|压缩|降|增)?(?:到|至)?$", "", piece.after)
    )
    measure = (label,) if label else thread.head.measure if thread.head else ()
    if not measure:
        return None
    thread.origin = True
    claim = _claim(piece, "" if label else thread.subject, (*measure, "原值"), thread)
    thread.head = replace(claim, measure=measure)
    return replace(claim, aside=True)


def _reached(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """…降至y: the second of the two figures has the label of the first."""
    if not thread.origin or thread.head is None:
        return None
    thread.origin = False
    return _claim(piece, thread.head.subject, thread.head.measure, thread)


def _counted(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """完成11所学校改造: a figure whose noun stands behind it."""
    after = phrases.noun(piece.after)
    own = phrases.clean(piece.own)
    if not after:
        return None
    counts = piece.quantity.unit.dimension in ("count", "none", "duration")
    if not counts and own and not phrases.ends_with_verb(own) and not phrases.starts_with_verb(own):
        return None
    if own and phrases.starts_with_verb(after) and not phrases.ends_with_verb(own):
        return None
    label = phrases.joined(piece.own, after)
    if thread.head and not thread.fresh and phrases.only_verbs(label):
        return _claim(piece, thread.head.subject, (*thread.head.measure, label), thread)
    return _claim(piece, "", (label,), thread, whole="其中" in piece.gap) if label else None


def _labelled(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """部门预算为x, 科技奖励支出x: the words before the figure; nothing of its own means that of the head."""
    label = phrases.enumerated(phrases.clean(_stated(piece.own)))
    head = thread.head
    if not label:
        if head is None:
            return _fallback(piece, thread)
        differs = not piece.gap.strip("、，, ") and piece.quantity.unit.name != head.quantity.unit.name
        measure = (*head.measure[:-1], head.measure[-1] + piece.quantity.unit.name) if differs else head.measure
        return _claim(piece, head.subject, measure, thread, certain=differs or piece.opened)
    _parts(piece, thread)
    if phrases.is_generic(label):
        thread.parts = thread.parts and not phrases.is_standalone(label)
        whose = thread.subject if thread.named or not phrases.is_standalone(label) else ""
        if not whose and head and not thread.fresh and "涉及" in piece.own:
            whose = head.subject or head.measure[-1]
        return _claim(piece, "" if whose in label else whose, (label,), thread)
    if head and not thread.fresh and phrases.only_verbs(label):
        return _claim(piece, head.subject, (*head.measure, label), thread)
    if claim := _paid(label, piece, thread):
        return claim
    subject, name = phrases.split(label)
    if not subject and head and len(name) <= 4 and name.endswith("率"):
        name = _overlapping(head.measure[-1], name)
    return _claim(piece, subject, (name,), thread)


def _stated(own: str) -> str:
    """Without the items of a list that there were none of: 无甲支出、乙支出x → 乙支出."""
    return own.rpartition("、")[2] if re.search(r"(?:^|\d\s*年度?)(?:无|没有)", own.strip()) else own


def _paid(label: str, piece: Piece, thread: Thread) -> Claim | None:
    """拨付污水处理服务费x: whose it is stands behind the verb; 安排项目支出6个 counts them."""
    item, verb = phrases.payment(label)
    if not item:
        return None
    if piece.quantity.unit.dimension == "money":
        return _claim(piece, item, (verb,), thread)
    return _claim(piece, "", (item,), thread) if plain(item) in phrases.said("items") else None


def _fallback(piece: Piece, thread: Thread) -> Claim | None:
    """A figure that nothing labels: the words of the clause before it, uncertain; None where there are none."""
    clause = next((text for part in reversed(re.split(f"[{_BREAK}]", piece.gap)) if (text := phrases.clean(part))), "")
    return _claim(piece, "", (clause,), thread, certain=False) if clause else None


def _overlapping(before: str, label: str) -> str:
    """家庭医生签约168,240人，签约率75.8% → 家庭医生签约率."""
    stem = label.removesuffix("率")
    return before[: -len(stem)] + label if len(stem) >= 2 and before.endswith(stem) else label


def _parts(piece: Piece, thread: Thread) -> None:
    """其中 or an opening bracket: what follows are parts of the last level."""
    if piece.opened or re.search(r"其中|包括", piece.gap):
        thread.parts = True


def _claim(
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
    if of and not subject and len(measure) == 1 and not phrases.names_itself(measure[0]):
        subject, measure = of.subject, (*of.measure, *measure)
    period = _period(piece, thread) or (of.period if of else "")
    return Claim(piece.quantity, subject, measure, period, changes, part_of=of, certain=certain)


def _period(piece: Piece, thread: Thread) -> str:
    """The period for a figure: named in its gap, else by the sentence so far."""
    local = ""
    for mention in mentions(piece.gap, thread.year):
        start, end = mention.span
        before, after = piece.gap[max(0, start - 2) : start].rstrip(), piece.gap[end : end + 2].lstrip()
        if re.search(r"[较比与同]$", before) or after.startswith(("相比", "同期")):
            continue
        local = mention.period
        named = piece.gap[start:end]
        exact = re.search(r"\d", named) and not re.search(r"月|以来", named)
        if exact or re.match(r"[，,]", after) or named in ("全年", "本年", "今年", "本年度", "目前"):
            thread.period = mention.period
    if local in ("累计", "目前") and thread.period:
        return thread.period
    return local or thread.period


def _settle(claim: Claim, thread: Thread) -> Claim:
    """Remember a level as the head, and whose it is as the subject of bare measures to come."""
    first, thread.fresh = thread.fresh, False
    if claim.changes or claim.aside:
        return claim
    thread.head = claim
    generic = phrases.is_generic(claim.measure[-1])
    if claim.part_of is None:
        thread.levels[claim.quantity.unit.dimension] = claim
    if claim.subject:
        thread.subject, thread.named = claim.subject, True
    elif not generic and (claim.quantity.unit.dimension == "money" or _item_of(claim)):
        thread.subject, thread.named = _item_of(claim), False
    if first:
        thread.topic = thread.subject
    return claim


def _item_of(claim: Claim) -> str:
    """The item that a level speaks of when it has no subject of its own: 基本支出 58874万元."""
    name = claim.measure[-1]
    money = claim.quantity.unit.dimension == "money"
    listed = plain(name) in phrases.said("items")
    bare = phrases.bare_end(name)
    kinds = ("支出", "经费", "专项", "工程", "项目", "补助", "费", "科目")
    return name if listed or (money and (bare.endswith(kinds) or bare != name)) else ""
