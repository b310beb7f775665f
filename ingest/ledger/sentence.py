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

from ingest.ledger import budgets, goals, labels, nouns, phrases, relations
from ingest.ledger.labelled import labelled, unplanned
from ingest.ledger.pieces import Piece, pieces
from ingest.ledger.series import distributed, run_of, shared
from ingest.ledger.thread import Claim, Thread, begin, beyond_brackets, claim_of, settle
from ingest.periods import mentions
from ingest.quantity import Quantity, unit
from ingest.terms import basis_of, plain

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
    clauses = [text[: span[0]].rpartition("，")[2] for _, span in found]
    named = [[one.period for part in (text[:8], clause) for one in mentions(part, thread.year)] for clause in clauses]
    return [
        Claim(Quantity(text[slice(*span)], span, Decimal(0), 0, yuan), "", (label,), next(iter(periods), ""))
        for (label, span), periods in zip(found, named, strict=True)
    ]


_UP_TO = re.compile(r"\s*分?\s*(?:[（(]不?含[）)])?\s*[-—~至到]\s*")
_GRADE = re.compile(
    r"^分?(?:[（(]不?含[）)])?(?:以上|以下|及以上)?(?:[（(]含[）)])?的?(?:评?为|属于?)[“”\"]?[优良中差合不基]"
)


def _single(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """The claim of one figure by itself, None where it is no statement: a threshold, a grade's bound, a name."""
    if plain(piece.own).endswith(labels.said("thresholds")) and plain(piece.after).startswith("的"):
        return goals.aimed(piece, following, thread)
    bound = following[0].after if following and _UP_TO.fullmatch(following[0].gap) else piece.after
    if _GRADE.match(plain(bound)) or piece.own.endswith(("“", "‘", "「", "《")):
        return None
    beyond_brackets(piece, thread)
    for way in (
        goals.aimed,
        _calculated,
        relations.totalled,
        relations.whole,
        relations.compared,
        relations.changed,
        relations.limited,
        relations.proportion,
        relations.origin,
        relations.reached,
        budgets.became,
        _counted,
        labelled,
    ):
        claim = way(piece, following, thread)
        if claim:
            claim = replace(claim, certain=False) if piece.enclosed else claim
            return settle(_passing(_money(claim), piece, thread), thread)
    return None


_BY = re.compile("[，,；;]?(?:如果|若)?[以按用]")
_MEASURED = re.compile("(?:来|去)?(?:衡量|计算|测算|核算|为分母|作为?分母|为基数|作为?基数|口径)")


_REASON = re.compile("^(?P<whose>.{0,20}?)(?:因(?![公此素])|由于)(?=.{2})")


def _passing(claim: Claim, piece: Piece, thread: Thread) -> Claim:
    """因更新车辆2辆，比上年增加x: a figure of a reason; what follows goes on from what was said before it."""
    if _MEASURED.match(plain(piece.after)) and _BY.match(plain(piece.own)):
        return replace(claim, aside=True)  # 支出x，按调整后预算y衡量
    reason = _REASON.match(plain(piece.own))
    if not reason:
        return claim
    if thread.head is None and (whose := labels.clean(reason["whose"])):
        thread.changed = "", (whose,)
    moved = basis_of(claim.measure[-1]) == "调整" and not claim.subject  # 甲预算x，因灾追加y
    return replace(claim, subject=thread.subject if moved else claim.subject, aside=True)


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
    if after and following and nouns.ends_with_verb(plain(piece.after)) and plain(piece.own) != "为":
        after = nouns.undone(after)  # 7项绩效目标完成5项
    own = labels.clean(piece.own)
    head = thread.head
    rest = _REST.fullmatch(plain(piece.own))
    after = after or (nouns.of_those(piece.after) if rest else "")
    if after and head and not thread.fresh and rest:
        after = plain(piece.own).strip("，,的") if "余" in piece.own else after  # 其余5项涉及搬迁改造
        of = (
            head
            if piece.quantity.unit == head.quantity.unit
            else thread.levels.get(piece.quantity.unit.dimension, head)
        )
        return claim_of(piece, of.subject, (*unplanned(of.measure), after), thread, whole=False)
    if state := nouns.state(piece.own, piece.after):
        return claim_of(piece, "", (state,), thread)
    counted = piece.quantity.unit.dimension == "count"
    if counted and not own and (state := nouns.of_those(piece.after)) and (not head or _same(piece, head, thread)):
        whose = (head.subject, head.measure) if head else ("", ())
        claim = claim_of(piece, whose[0], (*whose[1], state), thread, whole=False)
        return replace(claim, aside=bool(head))  # 15个小区中，有6个未…，9个未…: of the 15
    if not after:
        return None
    counts = piece.quantity.unit.dimension in ("count", "none", "duration")
    if not counts and own and not nouns.ends_with_verb(own) and not nouns.starts_with_verb(own):
        return None
    told = nouns.ends_with_verb(own) or piece.own.endswith("发现有")
    if own and nouns.starts_with_verb(after) and not told:
        return None
    label = nouns.joined(piece.own, after)
    if following and _LINE.search(label):  # 3个项目执行率低于90%
        label += following[0].quantity.text
    if thread.head and not thread.fresh and nouns.only_verbs(label):
        return claim_of(piece, thread.head.subject, (*thread.head.measure, label), thread)
    return claim_of(piece, "", (label,), thread, whole="其中" in piece.gap) if label else None


_LINE = re.compile("率(?:[低高]于|超过|不足)$")


def _same(piece: Piece, head: Claim, thread: Thread) -> bool:
    """Whether a figure counts what was counted just before it in the sentence."""
    return not thread.fresh and piece.quantity.unit == head.quantity.unit


_REST = re.compile(r"[，,]?(?:(?:尚|仍|还|另)有|(?:其余|剩余)的?)")
