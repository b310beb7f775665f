"""Figures that stand in relation to another: sums, comparisons, changes, shares, the two ends of 由x降至y.

Each function gives the claim of the figure, or None where its words say no such thing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.ledger import labels, nouns, phrases
from ingest.ledger.goals import lacking
from ingest.ledger.pieces import Piece
from ingest.ledger.thread import Claim, Thread, alike, claim_of, item_of, opened, weighed
from ingest.periods import mentions
from ingest.terms import basis_of, plain

_BUDGETED = ("年初预算", "预算")
"""Bases of a budget before it was changed."""


_TOGETHER = re.compile(r"[，,、]?\s*(?:一?共|[共总合]计|总共|合共)(?:为|是|有)?")


def totalled(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """行政28名、事业68名，共96名: the sum of the figures before it, not another value of the last."""
    kind = piece.quantity.unit.dimension
    alike = [claim for claim in thread.recent if claim.quantity.unit.dimension == kind] if thread.recent else ()
    if len(alike) < 2 or not _TOGETHER.fullmatch(plain(piece.gap)) or nouns.noun(piece.after):
        return None
    return replace(claim_of(piece, "", ("合计",), thread, certain=False, whole=False), aside=True)


def compared(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """较上年352.61万元: what the head is compared with; a sentence that opens so is of the whole and no part of it."""
    if plain(piece.own)[:1] in "比较与同":
        thread.head = opened(thread)
        thread.head = weighed(piece, following, thread)
    if against := _against(piece, following, thread):
        return against
    label, then = phrases.compared_then(piece.own)
    if label:
        thread.head, thread.comparator = (
            replace(claim_of(piece, *_parted(label), thread), period=thread.period),
            f"比{then}",
        )
        named = [mention.period for mention in mentions(then, thread.year)]
        return replace(thread.head, period=named[-1] if named else "上年", aside=True)
    if thread.head and (last := _THEN.fullmatch(plain(piece.own))):
        named = [mention.period for mention in mentions(last[1], spoken_year(thread))]
        spent, period = _spent(thread, last[1], alike(piece, thread) or thread.head), thread.period
        claim = claim_of(piece, spent.subject, spent.measure, thread, whole=False)
        thread.period, thread.changed = period, (spent.subject, spent.measure)  # 2022年为y，一年间减少z
        return replace(claim, period=named[-1] if named else "上年", aside=True)
    words = phrases.comparison(piece.own)
    if not words:
        return None
    thread.comparator = words
    head = thread.head = alike(piece, thread) if not _of_all(words, thread) else _of_itself(words, piece, thread)
    if head is None:
        return replace(claim_of(piece, "", (words,), thread, certain=False), aside=True)
    if re.search(r"上年|去年|上一年|同期|20\d\d年|同比", words):
        named = [mention.period for mention in mentions(words, spoken_year(thread))]
        claim = claim_of(piece, head.subject, head.measure, thread, whole=False)
        return replace(claim, period=named[-1] if named else "上年", aside=True)
    label = words[1:]
    whose = head.subject or item_of(head)
    measure = (label,) if whose or head.quantity.unit.dimension == "money" else (*head.measure, label)
    return replace(claim_of(piece, whose, measure, thread, whole=False), aside=True)


_DATED = re.compile(r"^[与同较比](?:20\d\d年度?|上年度?|去年)(?P<label>[一-龥]{2,})$")


def _of_all(words: str, thread: Thread) -> bool:
    """Whether a new sentence compares another measure than that of the item before it: 项目支出x。与上年支出y相比."""
    match, head = _DATED.match(words), thread.head
    if match is None or head is None or head.subject or not thread.fresh:
        return False
    return labels.is_generic(match["label"]) and head.measure[-1].endswith(match["label"]) and bool(item_of(head))


def _of_itself(words: str, piece: Piece, thread: Thread) -> Claim:
    match = _DATED.match(words)
    return claim_of(piece, "", (match["label"] if match else words,), thread, whole=False)


_AGAINST = re.compile(r"^[，,；;]?\s*(?P<label>[^，,；;]*?)(?P<than>[比较](?P<what>[^，,；;比较]{2,16}?))的?$")
_WAY = re.compile(
    r"^的?(?:又|略|只|仅|约|少|多|净)*(?:增加|减少|增长|下降|提高|降低|高|低|多|少|增|减)[^，,；;。]{0,3}$"
)


def _against(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """比单位自评的95.3分低5.6分: the other of the two that a change stands between, which has a name of its own."""
    match = _AGAINST.match(plain(piece.own)) if following and _WAY.match(plain(following[0].own)) else None
    if not match:
        return None
    if mentions(match["what"], thread.year) or phrases.change(piece.own):
        return None
    if label := labels.clean(match["label"]):
        thread.head = claim_of(piece, *_parted(label), thread)
    thread.comparator = match["than"]
    head, what = thread.head, match["what"]
    opening = re.fullmatch("年初(?:数|时)?|期初", what)
    if head and opening and not re.search("预算|支出|指标", head.measure[-1]):
        stock = (*head.measure[:-1], re.sub("^(?:年末|期末)|(?:年末|期末)数$", "", head.measure[-1]))
        claim = claim_of(piece, head.subject, stock, thread, whole=False)
        return replace(claim, period=f"{spoken_year(thread)}年初", aside=True)
    return replace(_beside(what, piece, thread), aside=True)


def _beside(name: str, piece: Piece, thread: Thread) -> Claim:
    """The claim of a figure that the head stands beside; a bare measure (预算) or aim (任务) is that of the head."""
    subject, measure = labels.split(name)
    head = thread.head
    if head and phrases.is_aim(name):
        return claim_of(piece, head.subject, (*head.measure, name), thread, whole=False)
    if head and not subject and labels.is_generic(measure) and not _ALL.search(name):
        subject = head.subject or item_of(head)
    return claim_of(piece, subject, (measure,), thread, whole=False)


_ALL = re.compile("整体|全部|全局|总体")
"""Of the whole department (比整体支出执行率高), whatever the sentence is about."""


_THEN = re.compile(r"[，,；;]?而?(上年度?|去年|上一年度?|20\d\d年度?)(?:同期|同口径)?(?:数|值)?(?:为|是|约|有)*")


def spoken_year(thread: Thread) -> int | None:
    """The year that 上年 is counted from: the one the sentence speaks of, else the one under review."""
    return int(thread.period[:4]) if thread.period[:4].isdigit() else thread.year


def _parted(label: str) -> tuple[str, tuple[str]]:
    subject, measure = labels.split(label)
    return subject, (measure,)


def changed(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """比上年减少2.47万元, 增长23%: a change of the head, or of what the words themselves name."""
    points = piece.quantity.unit.name == "百分点" or lacking(piece, thread)
    change = phrases.change(piece.own, bool(thread.comparator)) or phrases.beyond(piece.own, points)
    if change is None or labels.clean(piece.own) in thread.items:
        return None
    if thread.head and _threshold(piece, change, thread.head):
        bound = claim_of(piece, thread.head.subject, (*thread.head.measure, "界限"), thread, whole=False)
        return replace(bound, aside=True)
    if (
        not change.comparator and basis_of(change.direction) == "调整" and _budgeted(thread.head)
    ):  # 年中追加x，收回压减y
        return None
    if _BOUND.fullmatch(change.direction) and change.label.endswith("率") and piece.quantity.unit.name == "%":
        of, rate = labels.split(change.label)
        return replace(claim_of(piece, of, (rate, "界限"), thread, whole=False), aside=True)
    comparator = change.comparator or thread.comparator
    thread.comparator = comparator
    words = comparator + change.direction
    dated = _YEAR.fullmatch(change.label) or not labels.without_part(change.label, thread.year)
    if change.label and not (thread.head and dated):
        subject, measure = labels.split(change.label)
        if not subject and labels.is_generic(measure):
            subject = thread.subject
        thread.changed = subject, (measure,)
    elif thread.changed is None:
        thread.head = opened(thread)
        if thread.head is None:
            return None
        of_rate = thread.head.quantity.unit.dimension == "ratio" != piece.quantity.unit.dimension
        head = _spent(thread, comparator, (alike(piece, thread) if of_rate else None) or thread.head)
        thread.changed = head.subject, head.measure
    subject, measures = thread.changed
    return claim_of(piece, subject, (*filter(None, measures), words), thread, changes=True)


def limited(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """有3个项目完成率不高于80%: the line that some of a kind keep to, no rate of theirs."""
    some = thread.head is not None and thread.head.quantity.unit.dimension == "count"
    bound = piece.quantity.relation not in ("=", "≈") and piece.quantity.unit.name == "%"
    label = labels.clean(piece.own)
    if not some or not bound or re.search("[，,；;。：:、]", piece.gap) or not label.endswith("率"):
        return None
    of, rate = labels.split(label)
    return replace(claim_of(piece, of, (rate, "界限"), thread, whole=False), aside=True)


_BOUND = re.compile("低于|高于")
"""3个项目执行率低于90%: a line and no difference."""
_YEAR = re.compile(r"20\d\d年度?")


def _threshold(piece: Piece, change: phrases.Change, head: Claim) -> bool:
    """Whether a rate is only the line that the head stays under or over: 执行率85%，低于90%."""
    bare = plain(piece.own).strip("，,；;、但且均仍") == change.direction and change.direction in ("低于", "高于")
    return bare and piece.quantity.unit.name == head.quantity.unit.name == "%"


def _budgeted(head: Claim | None) -> bool:
    """Whether a level is of a budget or of a change to one."""
    basis = basis_of(head.measure[-1]) if head else ""
    return "预算" in basis or basis == "调整"


_PAST = re.compile(r"上年|去年|上一年|20\d\d年|同比")


def _spent(thread: Thread, comparator: str, head: Claim) -> Claim:
    """What a change against another year is of: 支出x，预算y，较上年减少z is less spending, not a smaller budget."""
    if not _PAST.search(comparator) or "预算" not in basis_of(head.measure[-1]):
        return head
    spent = (one for one in (*reversed(thread.recent), thread.spent) if one and one.subject == head.subject)
    return next((one for one in spent if basis_of(one.measure[-1]) == "决算"), head)


def proportion(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """占本年收入合计的95.73%: a share of the head."""
    if piece.quantity.unit.dimension != "ratio":
        return None
    shared = phrases.share(f"占{thread.whole}的") if thread.whole and plain(piece.gap) == "的" else None
    found = shared or phrases.share(piece.own)
    if found is None:
        return None
    label, verb, whole = found
    part_of = thread.head.part_of if thread.head else None
    whole = thread.whole = whole or thread.whole or (part_of.measure[-1] if part_of else "")
    measure = f"{verb}{whole}的{'比例' if verb == '完成' else '比重'}" if whole else "占比"
    if label or thread.head is None:
        claim = claim_of(piece, label, (measure,), thread, certain=bool(label), whole=False)
    else:
        claim = claim_of(piece, thread.head.subject, (*thread.head.measure, measure), thread, whole=False)
        if mentions(whole, thread.year):  # 第四季度支出x，占全年支出的y: of the quarter
            claim = replace(claim, period=thread.head.period or claim.period)
    return replace(claim, aside=True)


_WHOLE = re.compile("^(?P<label>.*?)(?:所?占|相当于|完成|达到?|为)(?P<whole>[^，占为]{2,16}?)(?:总数)?$")


def whole(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """为年度任务12万亩的105%: the whole of a share, said in passing."""
    if not following or following[0].quantity.unit.dimension != "ratio" or plain(following[0].gap) != "的":
        return None
    match = _WHOLE.match(plain(piece.own).strip("，,；;：:。、（("))
    if not match:
        return None
    if label := labels.clean(match["label"]):
        thread.head = claim_of(piece, *_parted(label), thread)
    name = thread.whole = labels.clean(match["whole"]) or match["whole"]
    return replace(_beside(name, piece, thread), aside=True)


_CHANGING = re.compile(
    r"(?:提高|提升|增加|上升|下降|降低|减少|缩短|压缩|调[增减整]|追加|压减|降|增|减)?(?:[到至为](?:20\d\d年(?:度|末|底)?的?|.{0,4}))?$"
)
_REACHES = re.compile(r"(?:到|至|为)\s*(?:20\d\d\s*年度?|今年|本年|当年|全年|年末|年底|现在|目前)?的?\s*$")

_FROM = re.compile(r"[由从]\s*20\d\d\s*年[^，。；]*$")
"""由2021年的76%提高到98%: the year is that of the first figure alone."""


def origin(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """由x降至y: the value it was; of nothing where neither the sentence nor what was said before names it."""
    label = phrases.origin(piece.own)
    if label is None or not following or not _REACHES.search(following[0].own):
        return None
    label = label + nouns.noun(_CHANGING.sub("", piece.after))
    subject, name = labels.split(label) if basis_of(label) in _BUDGETED else ("", label)
    measure = (name,) if label else thread.head.measure if thread.head else ()
    if basis_of(name) == "预算" and "年初" in piece.own:
        measure = ("年初预算",)
    thread.origin = True
    whose = subject if label else thread.subject
    claim = claim_of(piece, whose, (*measure, "原值"), thread, certain=bool(measure))
    if _FROM.search(piece.gap):
        thread.period = ""
    thread.head = replace(claim, measure=measure or ("",))
    return replace(claim, aside=True)


def reached(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """…降至y: the second of the two figures has the label of the first."""
    if not thread.origin or thread.head is None:
        return None
    thread.origin = False
    head = thread.head
    told = basis_of("".join(head.measure))
    changed = told == "年初预算" or (told == "预算" and re.search("调[整增减]|追加|压减|核减", piece.own))
    return claim_of(piece, head.subject, ("调整后预算",) if changed else head.measure, thread)
