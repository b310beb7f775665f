"""The clause grammar: every figure of a sentence with the words that label it.

“A为x，其中B y，比上年增长z%”, “C、D分别为x、y，增速为a、b”, “由x降至y”, “与20家银行、8家机构”. What a sentence leaves
unsaid is taken from what was said just before it in the same paragraph, never from farther away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from ingest.ledger import labels, nouns, phrases, relations
from ingest.ledger.pieces import BREAK, Piece, pieces
from ingest.ledger.series import distributed, run_of, shared
from ingest.ledger.thread import Claim, Thread, begin, claim_of, item_of, settle
from ingest.periods import mentions
from ingest.quantity import Quantity, unit
from ingest.terms import opposite, plain, sides

__all__ = ["Claim", "Thread", "claims"]


def claims(text: str, quantities: Sequence[Quantity], thread: Thread) -> tuple[Claim, ...]:
    """The claims of one sentence; `thread` goes on to the next sentence of the paragraph."""
    begin(text, quantities, thread)
    found: list[Claim] = []
    rest = list(pieces(text, quantities, thread.department))
    while rest:
        count = run_of(rest)
        stated = distributed(rest[:count], thread) or shared(rest, thread)
        if not stated:
            claim = _single(rest[0], rest[1:], thread)
            stated = [claim] if claim else []
            count = 1
        else:
            count = len(stated)
        found += stated
        rest = rest[count:]
    found += _absent(text, thread)
    return tuple(sorted(found, key=_SPAN) if len(found) > 1 else found)


_SPAN = attrgetter("quantity.span")


def _absent(text: str, thread: Thread) -> list[Claim]:
    """无因公出国（境）费用支出: zero, said in a word."""
    found = phrases.absent(text)
    yuan = unit("元") if found else None
    if yuan is None:
        return []
    named = [mention.period for mention in mentions(text, thread.year)]
    return [
        Claim(Quantity(text[slice(*span)], span, Decimal(0), 0, yuan), "", (label,), named[0] if named else "")
        for label, span in found
    ]


_UP_TO = re.compile(r"\s*分?\s*(?:[（(]不?含[）)])?\s*[-—~至到]\s*")
_GRADE = re.compile(
    r"^分?(?:[（(]不?含[）)])?(?:以上|以下|及以上)?(?:[（(]含[）)])?的?(?:评?为|属于?)[“”\"]?[优良中差合不基]"
)


def _single(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """The claim of one figure by itself, None where it is no statement: a threshold, a grade's bound, a name."""
    if plain(piece.own).endswith(labels.said("thresholds")) and piece.after.startswith("的"):
        return relations.aimed(piece, following, thread)
    bound = following[0].after if following and _UP_TO.fullmatch(following[0].gap) else piece.after
    if _GRADE.match(plain(bound)) or piece.own.endswith(("“", "‘", "「", "《")):
        return None
    for way in (
        relations.aimed,
        _calculated,
        relations.totalled,
        relations.whole,
        relations.compared,
        relations.changed,
        relations.proportion,
        relations.origin,
        relations.reached,
        _counted,
        _labelled,
    ):
        claim = way(piece, following, thread)
        if claim:
            claim = replace(claim, certain=False) if piece.enclosed else claim
            return settle(_passing(_money(claim), piece, thread), thread)
    return None


_REASON = re.compile("^(?P<whose>.{0,20}?)(?:因(?![公此素])|由于)(?=.{2})")


def _passing(claim: Claim, piece: Piece, thread: Thread) -> Claim:
    """因更新车辆2辆，比上年增加x: a figure of a reason; what follows goes on from what was said before it."""
    reason = _REASON.match(plain(piece.own))
    if not reason:
        return claim
    if thread.head is None and (whose := labels.clean(reason["whose"])):
        thread.changed = "", (whose,)
    return replace(claim, aside=True)


def _money(claim: Claim) -> Claim:
    """2亿专项资金: an amount whose 元 was left out is money, but not certain."""
    quantity = claim.quantity
    if quantity.unit.name not in ("万", "亿"):
        return claim
    label = "".join((claim.subject, *claim.measure))
    if not any(word in label for word in labels.said("money")):
        return claim
    found = unit(quantity.unit.name + "元")
    return replace(claim, quantity=replace(quantity, unit=found), certain=False) if found else claim


def _calculated(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """执行率=312.5/330.2×100%=94.64%: the result has the name before the first sign, its operands are uncertain."""
    before, sign, _ = plain(piece.own).partition("=")
    if sign:
        thread.formula = labels.clean(before) or thread.formula
    elif not thread.formula or not re.fullmatch(r"[/÷×*+\-−()]+", plain(piece.own)):
        return None
    if not thread.formula:
        return None
    subject, measure = labels.split(thread.formula)
    if sign and plain(piece.own).endswith("=") and not re.match(r"[%％]?\s*[/÷×*+−]", piece.after.strip()):
        return claim_of(piece, subject, (measure,), thread)
    return replace(claim_of(piece, subject, (measure, "算式"), thread, certain=False, whole=False), aside=True)


def _counted(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """完成11所学校改造: a figure whose noun stands behind it."""
    after = nouns.noun(piece.after)
    own = labels.clean(piece.own)
    head = thread.head
    if after and head and not thread.fresh and _REST.fullmatch(plain(piece.own)):
        of = (
            head
            if piece.quantity.unit == head.quantity.unit
            else thread.levels.get(piece.quantity.unit.dimension, head)
        )
        return claim_of(piece, of.subject, (*_unplanned(of.measure), after), thread, whole=False)
    if state := nouns.state(piece.own, piece.after):
        return claim_of(piece, "", (state,), thread)
    if not after:
        return None
    counts = piece.quantity.unit.dimension in ("count", "none", "duration")
    if not counts and own and not nouns.ends_with_verb(own) and not nouns.starts_with_verb(own):
        return None
    if own and nouns.starts_with_verb(after) and not nouns.ends_with_verb(own):
        return None
    label = nouns.joined(piece.own, after)
    if thread.head and not thread.fresh and nouns.only_verbs(label):
        return claim_of(piece, thread.head.subject, (*thread.head.measure, label), thread)
    return claim_of(piece, "", (label,), thread, whole="其中" in piece.gap) if label else None


_REST = re.compile(r"[，,]?(?:尚|仍|还|另)有")


def _labelled(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """部门预算为x, 科技奖励支出x: the words before the figure; nothing of its own means that of the head."""
    label = nouns.enumerated(labels.clean(_stated(piece.own)))
    head = thread.head
    if most := phrases.superlative(label):
        return claim_of(piece, most[0], (most[1],), thread)
    if not label and (named := _MOST.search(piece.gap)):
        label = labels.clean(named[1])
    if not label:
        if head is None:
            return _fallback(piece, thread)
        if reset := relations.reset(piece, head, thread):
            return reset
        if thread.fresh and thread.subject not in ("", head.subject) and labels.is_generic(head.measure[-1]):
            return claim_of(piece, thread.subject, head.measure[-1:], thread)
        if "完成" in piece.own:
            return claim_of(piece, head.subject, (*_unplanned(head.measure), "完成"), thread)
        differs = not piece.gap.strip("、，, ") and piece.quantity.unit.name != head.quantity.unit.name
        measure = (*head.measure[:-1], head.measure[-1] + piece.quantity.unit.name) if differs else head.measure
        return claim_of(piece, head.subject, measure, thread, certain=differs or piece.opened)
    if then := phrases.then(label):
        whose, what = labels.split(then)
        past = claim_of(piece, whose or ("" if thread.fresh else thread.subject), (what,), thread)
        return past if past.period[:4] not in ("", f"{thread.year}") else replace(past, period="上年")
    _parts(piece, label, thread)
    if head and not thread.fresh and phrases.is_aim(label) and head.quantity.unit == piece.quantity.unit:
        return replace(claim_of(piece, head.subject, (*head.measure, label), thread, whole=False), aside=True)
    if labels.is_generic(label):
        anew = thread.fresh and "其中" not in piece.gap and not piece.opened
        thread.parts = thread.parts and not anew and not labels.is_standalone(label)
        whose = thread.subject if thread.named or not labels.is_standalone(label) else ""
        whose = "" if sides(label) & opposite(sides(whose)) else whose  # 全年支出 is none of 本年收入
        if not whose and head and not thread.fresh and "涉及" in piece.own:
            whose = head.subject or head.measure[-1]
        if not whose and head and not thread.fresh and _OF_POINTS.fullmatch(label):
            scored = next((name for name in reversed(head.measure) if not labels.is_generic(name)), head.subject)
            whose = re.sub("(?<=..)(?:分值|权重|满分)$", "", scored)
        stated = claim_of(piece, "" if whose in label else whose, (label,), thread)
        return replace(stated, aside=True) if "控制在" in piece.own else stated  # what follows goes on from the level
    if head and not thread.fresh and piece.quantity.unit == head.quantity.unit and labels.pays(label):
        return claim_of(piece, head.subject or item_of(head), (label,), thread)  # 甲安排资金x，实际使用y
    if head and not thread.fresh and nouns.only_verbs(label):
        paid = {label, head.measure[-1]} <= set(labels.said("payments"))
        return claim_of(piece, head.subject, (label,) if paid else (*_unplanned(head.measure), label), thread)
    if claim := _paid(label, piece, thread):
        return claim
    subject, name = _of_item(label, thread) or labels.split(label)
    if head and name in labels.said("uses") and (asset := _ASSET.match(head.measure[-1])):
        subject = subject or asset[1]
    if not subject and head and len(name) <= 4 and name.endswith("率"):
        name = _overlapping(head.measure[-1], name)
    if name in _VALUES and (of := next((c.measure[-1] for c in thread.recent if c.measure[-1].endswith(_VALUES)), "")):
        name = of[:-2] + name
    return claim_of(piece, subject, (name,), thread)


_OF_POINTS = re.compile("(?:实际)?(?:完成|得|扣)|(?:实际)?完成值|(?:评价|实际)?得分|分值|权重|满分|标准分|扣分|扣减")
"""What an indicator named before has; a 自评得分 is of the whole department."""
_MOST = re.compile(r"([^，,；;：:。]{2,20}?)最[高低多少大小好差快慢][，,](?:仅|只|达到?|为|是|有)+$")
"""对环境卫生的满意度最低，为86.5%."""


def _of_item(label: str, thread: Thread) -> tuple[str, str] | None:
    """古树保护项目支出: the item of the report and its measure, where 项目支出 would be read as one word."""
    if not label.startswith(thread.items):
        return None
    for item in (item for item in thread.items if label.startswith(item)):
        rest = label[len(item) :].removeprefix("项目")
        if labels.is_generic(rest) or _WHOLLY.sub("", rest) in labels.said("payments"):
            return item, rest
    return None


_WHOLLY = re.compile("^(?:全年|当年|本年|实际|累计)+")

_ASSET = re.compile("(.*?资产)(?:账面)?(?:原值|净值|总额)?$")
_VALUES = ("原值", "净值")


def _unplanned(measure: tuple[str, ...]) -> tuple[str, ...]:
    """日间照料中心计划新建8个，建成6个: what was done is called as what was planned, without the words of planning."""
    bare = re.sub("(?:年初|年度|绩效)?(?:计划|目标|任务)(?:数|值|是|为)?", "", measure[-1])
    return (*measure[:-1], bare) if bare else measure[:-1]


_WITHOUT = re.compile(r"(?:^|\d\s*年度?)(?:无|没有)")


def _stated(own: str) -> str:
    """Without the items of a list that there were none of: 无甲支出、乙支出x → 乙支出."""
    return own.rpartition("、")[2] if _WITHOUT.search(own.strip()) else own


def _paid(label: str, piece: Piece, thread: Thread) -> Claim | None:
    """拨付污水处理服务费x: whose it is stands behind the verb; 安排项目支出6个 counts them."""
    item, verb = labels.payment(label)
    if not item:
        return None
    if piece.quantity.unit.dimension == "money":
        return claim_of(piece, item, (verb,), thread)
    return claim_of(piece, "", (item,), thread) if plain(item) in labels.said("items") else None


def _fallback(piece: Piece, thread: Thread) -> Claim | None:
    """A figure that nothing labels: the words of the clause before it, uncertain; None where there are none."""
    clause = next((text for part in reversed(re.split(f"[{BREAK}]", piece.gap)) if (text := labels.clean(part))), "")
    whose, measure = phrases.superlative(clause) or ("", clause)
    if labels.is_generic(measure):
        whose = whose or thread.subject
    return claim_of(piece, whose, (measure,), thread, certain=False) if clause else None


def _overlapping(before: str, label: str) -> str:
    """家庭医生签约168,240人，签约率75.8% → 家庭医生签约率."""
    stem = label.removesuffix("率")
    return before[: -len(stem)] + label if len(stem) >= 2 and before.endswith(stem) else label


def _parts(piece: Piece, label: str, thread: Thread) -> None:
    """其中 or an opening bracket: what follows are parts of the last level, until a usual item opens a sentence."""
    if thread.fresh and plain(label) in labels.said("items") and "其中" not in piece.gap:
        thread.parts = False
    if thread.inside and not piece.opened and re.search("[）)]", piece.gap):
        thread.parts = thread.inside = False
    thread.inside = thread.inside or piece.opened
    if piece.opened or "其中" in piece.gap or ("包括" in piece.gap and not thread.fresh):
        thread.parts = True
        if thread.fresh and thread.head and thread.spent and thread.head.subject == thread.spent.subject:
            thread.head = thread.spent  # 支出x；预算y。其中甲z: of the spending
        if thread.head:
            thread.levels[thread.head.quantity.unit.dimension] = thread.head
