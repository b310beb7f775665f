"""A question of several parts: each answered by itself, the later ones about what the first is about.

A part that cannot be answered is told as missing by its own name; the others stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.builtin.amounts import told_shares
from assistant.builtin.amounts.alongside import of_sentence
from assistant.builtin.amounts.each import each
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import is_whole, names
from assistant.builtin.facts.wholes import TOTAL
from assistant.builtin.of_which import of_which
from assistant.builtin.prose import moves
from assistant.builtin.prose.passages import topic
from assistant.builtin.question.lexicon import pairs, pattern, reduced
from assistant.builtin.question.plan import Plan, plan
from assistant.builtin.question.speech import formal
from assistant.builtin.question.talk import subject_of
from assistant.builtin.rates import recomputed
from assistant.builtin.reply import Reply
from assistant.builtin.tables.in_turn import in_turn
from assistant.builtin.tables.records import of_row
from ingest.terms import plain

Answering = Callable[[Plan, Lens], Reply]
PREMISE = re.compile(r"^(?:如果|若|要是)?(?:按|以|用|把|将|扣除|剔除|除去|去掉|不含|除)[^是]*$")
"""按年初预算算，…: the words before the comma only say on which basis."""
WHOLE = ("extreme", "identity", "sum_check", "agree", "change", "recompute", "share", "sum")
"""Kinds of question that one comma does not cut in two, but for the tails below."""
WHY = re.compile(r"^(?:其?主要)?(?:的)?(?:原因|为什么|为何|因为什么)")
AGAINST = re.compile(r"^(?:比|较|与|和|同)(?:上年|去年|上一年|20\d\d年)")
GAP = re.compile(r"^(?:两者|二者|它们)?(?:之间)?(?:相差|差|高|低|多|少|快|慢)(?:了|出)?(?:多少|几|多大)")
"""差几个百分点: told with which of two is higher."""
AFTER = re.compile(r"^(?:在)?(?:追加|调增|调减|调整|核减|追减)(?:之)?后[，,]?(?!预算)")
"""调减后执行得怎么样: another question of the same item."""
ASKS = re.compile(r"什么|哪|多少|几[个家项人条]|怎么|怎样|如何|为何|何时|谁|吗$")
OWN = 3
"""A clause of more characters than this, asking words aside, says by itself what it is about."""
LISTS = re.compile("哪些|哪几")
"""哪几个…，占多大比例: a list, and a share beside it."""
ADDED = re.compile("之和|相加|加起来|合起来|一共|总共")


def composed(question: str, planned: Plan, seen: Lens, answering: Answering) -> Reply | None:
    """The parts of a question answered one by one and joined; None where it is one question after all."""
    if (told := in_turn(question, planned, seen)) is not None:
        return told
    if (told := of_which(question, seen, answering)) is not None:
        return told
    if planned.kind in ("sum", "change") and "其中" in question and not ADDED.search(question):
        listed = answering(replace(planned, kind=""), seen)
        if not listed.refused:
            return listed
    if not planned.kind and planned.asks and (all(of_sentence(seen, planned.asks)) or all(of_row(seen, planned.asks))):
        return None  # one sentence or one row tells all of it
    if (told := each(planned, seen)) is not None:
        return told
    if (first := told_shares.first_of(question)) and (
        told := told_shares.with_shares(_each([first], seen, answering)[0], seen)
    ):
        return told
    parts = split(question)
    if len(parts) < 2 or PREMISE.match(parts[0]) or planned.kind == "filter" or not _several(planned, parts, question):
        return None
    replies = _each(parts, seen, answering)
    if replies[0].refused and (all(one.refused for one in replies) or not answering(planned, seen).refused):
        return None
    good = [reply for reply in replies if not reply.refused]
    lost = [part for part, reply in zip(parts, replies, strict=True) if reply.refused]
    return Reply(
        "".join(dict.fromkeys(reply.text for reply in good)) + "".join(f"报告没有提供“{part}”。" for part in lost),
        tuple(dict.fromkeys(fact for reply in good for fact in reply.facts)),
        tuple(dict.fromkeys(quote for reply in good for quote in reply.citations)),
        missing=tuple(one for reply in replies for one in reply.missing),
        worked=tuple(made for reply in good for made in reply.worked),
    )


def split(question: str) -> list[str]:
    """The parts of a question, cut before the words that begin another side of the same thing."""
    cut = re.compile(rf"[，,。；](?=(?:并|同时|且|又)?(?:{pattern('tail').pattern}))|[？?]")
    parts = [part.strip("，,。； ") for part in cut.split(question) if part.strip("，,。； ")]
    return [piece for part in parts for piece in _asking(part)]


def _asking(part: str) -> list[str]:
    """The clauses of a part, where each of them asks something by itself."""
    clauses = [clause.strip() for clause in re.split("[，,；]", part) if clause.strip()]
    alone = all(
        ASKS.search(clause) and len(topic(clause)) > OWN and not clause.startswith("其中") for clause in clauses
    )
    return clauses if alone else [part]


def _several(planned: Plan, parts: list[str], question: str) -> bool:
    """Whether the parts are questions of their own."""
    if planned.kind not in WHOLE or re.search("[？?].", question):
        return True
    own = all(WHY.match(part) or AGAINST.match(part) or AFTER.match(part) for part in parts[1:])
    own = own or (planned.kind == "share" and bool(LISTS.search(parts[0])))
    return planned.kind in ("change", "share") and own


def _names_it(part: str, subject: str) -> bool:
    """Whether a part says of itself what it is about: 结转结余率 after 年末结转结余 needs no words of it."""
    said = pairs(topic(part))
    return subject in part or 2 * len(said & pairs(reduced(subject))) > len(said)


def _each(parts: list[str], seen: Lens, answering: Answering) -> list[Reply]:
    known = (names(seen), tuple(r.report.department for r in seen.readings if r.report.department), seen.year)
    subject = moves.subject(parts[0]) if AGAINST.search(parts[0]) else subject_of(parts[0])
    replies = [answering(plan(parts[0], *known), seen)]
    if replies[0].facts and parts[1:] and not AGAINST.match(parts[1]):
        first = replies[0].facts[0]
        subject = plain(first.subject.split("/")[0] or first.measure[0])
        subject = "" if TOTAL.search(subject) else subject  # 合计 before a part would ask for a sum
    item = _of_item(replies[0])
    for part in parts[1:]:
        part = part if item else formal(part)
        before = replies[-1]
        if GAP.match(part) and re.search("相差|相符|相同|持平", before.text):
            replies.append(before)
            continue
        if WHY.match(part) and moves.STATED.search(before.text) and (reason := moves.reason_of(seen, before.facts)):
            replies.append(reason)
            continue
        if WHY.match(part) and before.refused and moves.AGAINST.search(parts[len(replies) - 1]):
            replies.append(before)  # 变动本身都没有，就没有它的原因
            continue
        part = AFTER.sub("", part)
        own = plan(part, *known)
        added = recomputed.with_added(part, replies[0], seen)
        full = answering(own if _names_it(part, subject) else plan(subject + part, *known), seen)
        bare = all(not pattern("side").sub("", "".join(one.phrase.split())) for one in own.asks)
        lost = bool(own.asks) and bare and replies[0].refused  # 年末实有多少 is no question of all
        lost = lost or bool(WHY.match(part) and len(topic(part)) <= OWN)  # nor is 为什么没有完成 one of anything
        if full.refused and not lost and not added:
            full = answering(plan(formal(part), *known), seen)
        replies.append(added or full)
    return replies


def _of_item(reply: Reply) -> bool:
    """Whether a part was answered by the figures of one thing, not of the department: what follows may be of it too."""
    return bool(reply.facts) and not any(is_whole(fact) for fact in reply.facts)
