"""Plain look-ups (直接查数): every thing asked for met by facts of the ledger or by the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.amounts import sums, together
from assistant.builtin.amounts.alongside import of_sentence
from assistant.builtin.amounts.coordinated import resolve
from assistant.builtin.facts.blanks import blank
from assistant.builtin.facts.doubts import rivals
from assistant.builtin.facts.lens import AIMS, Lens
from assistant.builtin.facts.lookup import Found, look
from assistant.builtin.objections import refuse
from assistant.builtin.question.lexicon import reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.rates import recomputed
from assistant.builtin.reply import Reply, blank_cell, told
from assistant.builtin.tables import rows, tabled
from assistant.builtin.tables.records import of_row
from ingest.fact import Fact
from ingest.terms import plain

ANY = re.compile("有没有|有无|是否(?:还?有|发生|存在)|(?<![没还])有[^，？]{1,12}[吗么]$|发生过?[^，？]{0,8}[吗么]$")
"""Whether there was any of it."""
ADDED = re.compile("加起来|合起来|相加|之和|加在一起|合在一起")
"""Two figures are to be made one."""
WHICH = re.compile("哪(?:个|一|些|几|项|类)|谁")
"""Which of several is the highest: one figure alone tells that of none."""
SPENT = re.compile("[花用]了?(?:多少|几)|[买购置]了|新购|发生了?多少")
"""That there was some of it goes without saying in the question."""
SURE = 0.75
"""A score from which what is found is taken for what was asked."""


def told_together(planned: Plan, seen: Lens) -> Reply | None:
    """Cells of one row asked for together, whatever years or words of change stand over them (2021年决算、增减额), or
    figures of one sentence: nothing of it is asked for by itself."""
    asks = planned.asks
    found = of_row(seen, asks) if len(asks) > 1 else []
    if found and not all(found) and not planned.kind and not planned.yes_no:
        found = of_sentence(seen, asks)
    if not found or not all(found):
        return None
    rest = reduced(planned.question)
    named = {reduced(plain(part)) for one in found if one for part in (*one.fact.subject.split("/"), *one.fact.measure)}
    for name in sorted(named, key=len, reverse=True):
        rest = rest.replace(name, " ")
    return None if tabled.kind_of(rest) else looked_up(planned, seen)


def figures(planned: Plan, seen: Lens) -> Reply | None:
    """Plain figures of the ledger, or the cells of a table that the words name more closely."""
    return tabled.either(planned, seen, looked_up(planned, seen))


def looked_up(planned: Plan, seen: Lens) -> Reply | None:
    """Plain figures: every ask met by facts, a rate with its recomputation, an empty cell said to be empty."""
    if planned.kind in ("why", "narrative", "list") or (planned.kind == "extreme" and WHICH.search(planned.bare)):
        return None
    rate = recomputed.asked_rate(planned)
    if rate is not None and len(planned.asks) == 1:
        told_rate = recomputed.rate_reply(planned, seen, rate)
        told_rate = told_rate if told_rate and not told_rate.refused else together.row_rate(planned, seen) or told_rate
        return (refuse.only_aimed(planned, told_rate.facts) if told_rate else None) or told_rate
    planned = both_budgets(planned, seen)
    found = [outcome_first(planned, seen, one) for one in resolve(seen, planned.asks)]
    parts: list[Reply] = []
    for ask, one in zip(planned.asks, found, strict=True):
        empty = blank(seen, one.ask if one else ask) if one is None or one.score < 0.8 else None
        if empty is not None and len(planned.asks) == 1:
            return blank_cell(empty)
        if empty is not None and empty.parent:
            parts.append(blank_cell(empty))
        elif one is None:
            asked = rate if rate is ask and (not parts or any(part.text for part in parts)) else None
            made = recomputed.rate_reply(planned, seen, recomputed.of_item(asked, found)) if asked else None
            made = made if made and not made.refused else sums.composite(seen, ask)
            parts.append(Reply(made.text, made.facts) if made else Reply("", missing=(refuse.asked_for(ask.text),)))
        else:
            parts.append(_told(seen, one))
    told_by = {fact for part in parts for fact in part.facts}
    if planned.kind == "sum" and len(parts) > 1 and len(told_by) < 2 and ADDED.search(planned.bare):
        return None  # one figure is not two added up
    return _joined(planned, parts)


def _told(seen: Lens, found: Found) -> Reply:
    """What was found for one ask, with what contradicts it and what a score goes by."""
    full = replace(found, facts=(*found.facts, *rivals(seen, found.fact))) if len(found.facts) == 1 else found
    beside = rows.score_beside(seen, full.fact, full.ask)
    return Reply(told(seen, full) + "".join(text for text, _ in beside), (*full.facts, *(fact for _, fact in beside)))


def _joined(planned: Plan, parts: Sequence[Reply]) -> Reply | None:
    """What the asks of a question tell, one after the other, and what the report gives no figure for."""
    said = [part.text.rstrip("。") for part in parts if part.text]
    facts = [fact for part in parts for fact in part.facts]
    missing = [one for part in parts for one in part.missing]
    if not said:
        return None
    if (aimed := refuse.only_aimed(planned, facts)) is not None:
        return aimed
    text = _whether(planned, facts) + "；".join(dict.fromkeys(said)) + "。"
    lost = [one for one in missing if "未填" not in one]
    text += f"报告没有提供{'、'.join(lost)}。" if lost else ""
    return Reply(text, tuple(dict.fromkeys(facts)), missing=tuple(missing))


def _whether(planned: Plan, facts: list[Fact]) -> str:
    """有 or 没有 before the figures, where the question asks whether there was any or takes for granted that there was;
    nothing where figures of both kinds are told, or goals alone."""
    nought = {not fact.quantity.value for fact in facts if fact.basis not in AIMS}
    if len(nought) != 1:
        return ""
    if ANY.search(planned.bare):
        return "没有：" if True in nought else "有："
    return "没有发生：" if True in nought and SPENT.search(planned.bare) else ""


def outcome_first(planned: Plan, seen: Lens, found: Found | None) -> Found | None:
    """What became of a goal in its stead, where a question that speaks of no goal found the goal alone."""
    if found is None or found.ask.basis or found.fact.basis not in AIMS or refuse.AIMED.search(planned.question):
        return found
    done = look(seen, replace(found.ask, basis="完成"))
    same = done is not None and done.fact.dimension == found.fact.dimension
    return replace(done, ask=found.ask) if done and same and done.score >= SURE else found


def both_budgets(planned: Plan, seen: Lens) -> Plan:
    """预算是多少 has two readings where the budget was adjusted: 年初 and 调整后 are both told."""
    if len(planned.asks) != 1 or planned.asks[0].basis != "预算" or planned.table or planned.years:
        return planned
    two = [replace(planned.asks[0], basis=basis) for basis in ("年初预算", "调整后预算")]
    found = [one for one in resolve(seen, two) if one and one.score >= 0.8]
    same = len(found) == 2 and found[0].fact.subject == found[1].fact.subject
    return replace(planned, asks=tuple(two)) if same and found[0].fact != found[1].fact else planned
