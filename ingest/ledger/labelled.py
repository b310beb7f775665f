"""Figures whose label stands before them: the words of their own clause, else what was said last.

What the words mean is said in labels and phrases; what was said before is kept in thread.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate

from ingest.ledger import budgets, labels, nouns, phrases
from ingest.ledger.pieces import BREAK, Piece
from ingest.ledger.thread import Claim, Thread, claim_of, item_of
from ingest.periods import mentions
from ingest.terms import basis_of, opposite, plain, sides


def labelled(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """部门预算为x, 科技奖励支出x: the words before the figure; nothing of its own means that of the head."""
    label = nouns.enumerated(labels.clean(_stated(piece.own)))
    head = thread.head
    label = labels.without_part(label, thread.year)  # 执行率一季度x、二季度y
    label = _filled(label, piece, thread)
    if label[1:].endswith("得") and piece.quantity.unit.name == "分":
        label += "分"
    if basis_of(label) == "预算" and _INITIALLY.search(piece.gap):
        label = f"年初{label}"
    if most := phrases.superlative(label):
        return claim_of(piece, most[0], (most[1],), thread)
    if not label and (named := _MOST.search(piece.gap)):
        label = labels.clean(named[1])
    if head and _MIDYEAR.fullmatch(label) and (reset := budgets.reset(piece, head, thread)):
        return reset
    if not label:
        return _unlabelled(piece, thread)
    if then := phrases.then(label):
        whose, what = labels.split(then)
        past = claim_of(piece, whose or ("" if thread.fresh else thread.subject), (what,), thread)
        return past if past.period[:4] not in ("", f"{thread.year}") else replace(past, period="上年")
    _parts(piece, following, label, thread)
    if head and not thread.fresh and phrases.is_aim(label) and head.quantity.unit == piece.quantity.unit:
        return replace(claim_of(piece, head.subject, (*head.measure, label), thread, whole=False), aside=True)
    if labels.is_generic(label):
        return _generic(label, piece, thread)
    if head and not thread.fresh and piece.quantity.unit == head.quantity.unit and labels.pays(label):
        return claim_of(piece, head.subject or item_of(head), (label,), thread)  # 甲安排资金x，实际使用y
    if head and not thread.fresh and nouns.only_verbs(label):
        paid = {label, head.measure[-1]} <= set(labels.said("payments"))
        return claim_of(piece, head.subject, (label,) if paid else (*unplanned(head.measure), label), thread)
    if claim := _paid(label, piece, thread):
        return claim
    return _of_level(label, piece, thread) or _named(label, piece, thread)


def _named(label: str, piece: Piece, thread: Thread) -> Claim:
    """A figure with a label of its own: whose it is, and which measure."""
    head = thread.head
    if piece.quantity.unit.dimension == "money" and _MOVED.match(plain(piece.after)):
        return claim_of(piece, label, ("调剂",), thread)
    subject, name = _of_item(label, thread) or labels.split(label)
    if head and name in labels.said("uses") and (asset := _ASSET.match(head.measure[-1])):
        subject = subject or asset[1]
    if not subject and head and len(name) <= 4 and name.endswith("率"):
        name = _overlapping(head.measure[-1], name)
    if name in _VALUES and (of := next((c.measure[-1] for c in thread.recent if c.measure[-1].endswith(_VALUES)), "")):
        name = of[:-2] + name
    if head and not subject and name in ("资金", "金额") and not thread.fresh:
        subject = head.subject or nouns.done_to(head.measure[-1])  # 386个项目编报目标，涉及资金x; 补贴27项、资金x
    name = _ONLY.sub("完成", name)
    if name.endswith("任务") and len(name) > 3 and piece.quantity.unit.name not in _ERRANDS:
        return claim_of(piece, subject, (name.removesuffix("任务"), "任务"), thread)  # 油茶低改任务2200亩
    return claim_of(piece, subject, (name,), thread)


_WHEN = re.compile(r"^(?:(?:20\d\d)?[年期][初末底]|目前)?(?:实有|现有)?")
_AT = re.compile(r"^(?:20\d\d)?[年期][初末底]|^目前|^实有$")


def _filled(name: str, piece: Piece, thread: Thread) -> str:
    """年初在册矫正对象x人，年末在册y人; 核定编制x名，实有y人: with the thing that was named before."""
    if piece.quantity.unit.dimension != "count" or not _AT.search(name):
        return name
    stem, kind = _WHEN.sub("", name), piece.quantity.unit.kind
    told = [one.measure[-1] for one in reversed(thread.recent) if one.quantity.unit.kind == kind]
    people = name.endswith("实有") and piece.quantity.unit.name in ("人", "名")
    if not stem and (people or any(one.endswith("编制") for one in told)):
        return re.sub(r"^(?:20\d\d)?年[初末底]", "", name) + "人数"
    before = (_WHEN.sub("", one) for one in told)
    rest = next((one[len(stem) :] for one in before if stem and one.startswith(stem) and len(one) > len(stem) + 1), "")
    return name + rest


_INITIALLY = re.compile(r"(?:^|[，,；;。]|\d年度?)年初[，,][^，,；;。]*$")
"""年初，县人大批准的支出预算为x: said once at the head of the clause."""
_ONLY = re.compile("(?<=..)[只仅]完成$")
_ERRANDS = ("项", "个", "件", "条", "类")
"""What tasks themselves are counted in."""


def _unlabelled(piece: Piece, thread: Thread) -> Claim | None:
    """A figure without words of its own: of what was said last."""
    head = thread.head
    if head is None:
        return _fallback(piece, thread)
    if reset := budgets.reset(piece, head, thread):
        return reset
    if thread.fresh and thread.subject not in ("", head.subject) and labels.is_generic(head.measure[-1]):
        return claim_of(piece, thread.subject, head.measure[-1:], thread)
    if "完成" in piece.own:
        return claim_of(piece, head.subject, (*unplanned(head.measure), "完成"), thread)
    differs = not piece.gap.strip("、，, ") and piece.quantity.unit.name != head.quantity.unit.name
    counted = differs and piece.quantity.unit.dimension != "money"  # 奖励x人、y万元
    measure = (*head.measure[:-1], head.measure[-1] + piece.quantity.unit.name) if counted else head.measure
    claim = claim_of(piece, head.subject, measure, thread, certain=differs or piece.opened)
    return replace(claim, period=head.period) if differs and not mentions(piece.gap, thread.year) else claim


def _generic(label: str, piece: Piece, thread: Thread) -> Claim:
    """A measure without an item (预算执行率、得分): whose it is was said before."""
    anew = thread.fresh and "其中" not in piece.gap and not piece.opened
    thread.parts = thread.parts and not anew and not labels.is_standalone(label)
    whose = thread.subject if thread.named or not labels.is_standalone(label) else ""
    if _OF_POINTS.fullmatch(label) and (piece.opened or _NEXT.match(piece.gap)) and not _PARTED.search(piece.gap):
        named = _BEFORE.search(piece.gap) if piece.opened else None
        whose = labels.clean(named[1]) if named else ""  # 甲（50分）得x; 甲（扣x分）和乙（扣y分）
    if sides(label) & opposite(sides(whose)):
        whose = thread.subject = thread.topic = ""  # 全年支出 is none of 本年收入
    head = None if thread.fresh else thread.head
    if not whose and head and "涉及" in piece.own:
        whose = head.subject or nouns.done_to(head.measure[-1])
    if not whose and head and _OF_POINTS.fullmatch(label):
        scored = next((name for name in reversed(unplanned(head.measure)) if not labels.is_generic(name)), head.subject)
        whose = re.sub("(?<=..)(?:分值|权重|满分)$", "", scored)
    if not whose and head and label in ("完成率", "得分率"):
        whose = _done(head)  # 改厕x户，完成率y; 决策类x分，得分率y
    stated = claim_of(piece, "" if whose in label else whose, (label,), thread)
    return replace(stated, aside=True) if "控制在" in piece.own else stated  # what follows goes on from the level


def _done(head: Claim) -> str:
    """What was done or scored, as a level calls it."""
    return next(filter(None, (re.sub("(?:完成|得分?)$", "", name) for name in reversed(unplanned(head.measure)))), "")


_PARTED = re.compile(f"[{BREAK}]")
_NEXT = re.compile("分?[）)]")
_BEFORE = re.compile(r"([^，,；;：:。、（()）]{2,20})[（(][^（()）]*$")
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


_MOVED = re.compile("调剂|调整(?:用于|到|至)|调至")
"""将甲经费x调剂用于乙."""
_MIDYEAR = re.compile("年中|期中|执行中|年度执行中|预算执行中|后")
_WHOLLY = re.compile("^(?:全年|当年|本年|实际|累计)+")

_ASSET = re.compile("(.*?资产)(?:账面)?(?:原值|净值|总额)?$")
_VALUES = ("原值", "净值")


def unplanned(measure: tuple[str, ...]) -> tuple[str, ...]:
    """日间照料中心计划新建8个，建成6个: what was done is called as what was planned, without the words of planning."""
    bare = re.sub("(?:年初|年度|绩效)?(?:计划|目标|任务)(?:数|值|是|为)?", "", measure[-1])
    return (*measure[:-1], bare) if bare else measure[:-1]


_LACKS = re.compile("[还尚仍相]?差")
_EACH = re.compile("人均|户均|亩均|平均|平均每[人户亩]|每[人户亩个家所](?:补助|奖励)?|其余")
_FAILED = re.compile("[未不没].{1,4}")


def _of_level(label: str, piece: Piece, thread: Thread) -> Claim | None:
    """A label that only says which of those told before, or how much of it for each: 人均x, 其余y个, 不符z台."""
    level = thread.levels.get(piece.quantity.unit.dimension)
    if not thread.fresh and level not in thread.recent and label.startswith("每"):
        level = thread.head  # 示范点7个，每个补助3万元
    if level is None:
        return None
    same = piece.quantity.unit == level.quantity.unit and level.quantity.unit.dimension == "count"
    lacks = same and not thread.fresh and _LACKS.fullmatch(label)
    if not (lacks or _EACH.fullmatch(label) or (same and _FAILED.fullmatch(label))):
        return None
    named = re.sub("(?:实际)?完成$" if lacks else "完成$", "", level.measure[-1])
    told = (unplanned((*level.measure[:-1], named)) if named else level.measure[:-1]) or (named,)
    claim = claim_of(piece, level.subject, (*told, label), thread, changes=bool(lacks), whole=False)
    return replace(claim, aside=True)


_WITHOUT = re.compile(r"(?:^|\d\s*年度?)(?:无|没有)")


def _stated(own: str) -> str:
    """Without a reason, and without the items of a list that there were none of: 无甲支出、乙支出x → 乙支出."""
    own = _REASON.sub("", own)
    return own.rpartition("、")[2] if _WITHOUT.search(own.strip()) else own


_REASON = re.compile(r"因.{2,}(?=(?:追加|追减|调增|调减|核增|核减)(?:预算|资金|指标)?$)")
"""因会议、培训等活动压减调减x: why is no part of the name."""


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


_CONSISTS = re.compile("包括|主要用于")


def _sum_to(level: Claim, piece: Piece, following: list[Piece]) -> bool:
    """Whether a figure and those of its kind behind it add up to a level."""
    alike = (one.quantity.value for one in (piece, *following) if one.quantity.unit == level.quantity.unit)
    return level.quantity.value in accumulate(alike)


def _parts(piece: Piece, following: list[Piece], label: str, thread: Thread) -> None:
    """其中 or an opening bracket: what follows are parts of the last level, until a usual item opens a sentence."""
    if thread.fresh and plain(label) in labels.said("items") and "其中" not in piece.gap:
        thread.parts = False
    if thread.inside and not piece.opened and re.search("[）)]", piece.gap):
        thread.parts = thread.inside = False
    thread.inside = thread.inside or piece.opened
    if thread.head and not thread.fresh and thread.changed not in (None, (thread.head.subject, thread.head.measure)):
        thread.parts = False  # 在职人员净减少x，其中退休y: of the change, and no part of what was told before it
    elif piece.opened or "其中" in piece.gap or (not thread.fresh and _CONSISTS.search(piece.gap)):
        thread.parts = True
        if (
            thread.head and thread.changed and not thread.fresh
        ):  # 在职人员净减少x，其中退休y: none of what was told before
            thread.head = replace(thread.head, subject=thread.changed[0], measure=thread.changed[1])
        spent = thread.spent if thread.head and thread.spent and thread.head.subject == thread.spent.subject else None
        if spent and (thread.fresh or _sum_to(spent, piece, following)):
            thread.head = spent  # 支出x；预算y。其中甲z: of the spending
        if thread.head:
            thread.levels[thread.head.quantity.unit.dimension] = thread.head
