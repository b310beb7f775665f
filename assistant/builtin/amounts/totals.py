"""The total of a table's column against the rows it sums (表内合计). A gap that rounding explains is 尾差, no error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.builtin.facts.doubts import in_table
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look, name_of
from assistant.builtin.facts.wholes import TOTAL
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan, ask
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.forms import unasked
from assistant.builtin.tables.rows import is_scored, items_of, numbered, of_kind, table_at
from assistant.calculate import Result, signed, tolerance, total
from assistant.review.addition import level
from ingest.fact import Fact
from ingest.quantity import quantities, show
from ingest.terms import is_total

SUBTOTAL = re.compile("小计$")
COUNTED = re.compile(r"(?:\d+|[两二三四五六七八九十]+)[个项](?=项目|指标|专项|科目|单位)")
"""12个项目加起来: how many rows are meant."""
KINDS = re.compile("一级|大类|[各几两三四五六七八九十]类|小计")
"""Kinds are to be added up, not what stands within them."""


def column_total(plan: Plan, seen: Lens) -> Reply | None:
    """The total row of the table that is meant, in the column that is meant."""
    best: tuple[float, list[Fact], Fact] | None = None
    others = set() if plan.table else unasked(plan, seen)
    for key, facts in _columns(seen, plan.table).items():
        head = key[2]
        if key[:2] in others:
            continue
        closing = [fact for fact in facts if _is_total(fact)]
        items = _items([fact for fact in facts if not _is_total(fact)])
        if not closing:
            closing = _named_total(plan, seen, facts)
            items = [fact for fact in items if fact not in closing]
        kinds = [fact for fact in closing[:-1] if SUBTOTAL.search(fact.subject)] if KINDS.search(plan.question) else []
        items = kinds if len(kinds) > 1 else _of_which(plan, facts) or items
        items, closing = _within(plan, facts) or (items, closing)
        if not closing or len(items) < 2 or of_kind(seen, items_of(items), plan.question):
            continue  # the total of all is none of a kind's
        fit = _column_fit(plan, seen, head, closing[-1], items)
        if fit > 0 and (best is None or (fit, _off(items, closing[-1])) > (best[0], _off(*best[1:]))):
            best = (fit, items, closing[-1])
    if best is None:
        return None
    reply = _verdict(plan, seen, best[1], best[2])
    more = in_table(seen, best[2].place.report, best[2].place.table, reply.text) if reply else []
    return replace(reply, text=reply.text + "；".join(more) + "。") if reply and more else reply


def _off(items: Sequence[Fact], closing: Fact) -> bool:
    """Whether a column does not close: it is told first where the question names none of several."""
    made = total(items)
    return made is not None and abs(made.value * made.unit.factor - closing.quantity.base) > tolerance(items, closing)


def _within(plan: Plan, facts: Sequence[Fact]) -> tuple[list[Fact], list[Fact]] | None:
    """The rows of the one kind whose 小计 is asked for (乡村建设类小计对吗), with that 小计."""
    rows: list[Fact] = []
    asked = reduced(plan.question)
    for fact in facts:
        if not _is_total(fact):
            rows.append(fact)
            continue
        kind = reduced(fact.subject.removesuffix("小计").strip("/"))
        if SUBTOTAL.search(fact.subject) and len(kind) > 1 and kind in asked:
            return rows, [fact]
        rows = []
    return None


def _named_total(plan: Plan, seen: Lens, items: Sequence[Fact]) -> list[Fact]:
    """A total that stands elsewhere in the table and that the question names (资金总额)."""
    match = re.search(r"[与和等于跟]([^与和]{2,10}?)(?:是否|一致|相等|相符|对得上)", plan.question)
    first = items[0]
    found = look(seen, ask(match[1])) if match else None
    if not found or found.fact.dimension != first.dimension or found.fact in items:
        return []
    return [found.fact]


def _columns(seen: Lens, table: str) -> dict[tuple[str, int, str], list[Fact]]:
    made: dict[tuple[str, int, str], list[Fact]] = {}
    for fact in seen.facts:
        place = fact.place
        if fact.kind != "table" or place.table is None or not fact.subject:
            continue
        if table and not numbered(table_at(seen, place.report, place.table), table):
            continue
        made.setdefault((place.report, place.table, "/".join(fact.measure)), []).append(fact)
    return _joined(made)


def _joined(made: dict[tuple[str, int, str], list[Fact]]) -> dict[tuple[str, int, str], list[Fact]]:
    """Scores stand under one heading in several layers of a table: they are one column."""
    joined: dict[tuple[str, int, str], list[Fact]] = {}
    for (report, number, head), facts in made.items():
        last = head.rpartition("/")[2]
        joined.setdefault((report, number, last if re.search("分值|得分", last) else head), []).extend(facts)
    return joined


def _is_total(fact: Fact) -> bool:
    return (is_total(fact.subject) or bool(TOTAL.search(fact.subject))) and not is_scored(fact.subject, (fact,))


def _of_which(plan: Plan, facts: Sequence[Fact]) -> list[Fact]:
    """Under a total that opens its table: the rows of one 其中, up to the next one that parts it another way; those
    that the question names, else the first."""
    starts = [at for at, fact in enumerate(facts) if fact.subject.startswith("其中")]
    if not _is_total(facts[0]) or starts[:1] != [1]:
        return []
    said = reduced(plan.question)
    ways = [list(facts[start:end]) for start, end in pairwise((*starts, len(facts)))]
    return max(ways, key=lambda rows: sum(reduced(fact.item.removeprefix("其中")) in said for fact in rows))


def _items(facts: Sequence[Fact]) -> list[Fact]:
    """Rows of the first level: no 其中 rows, no numbered children."""
    plain = [fact for fact in facts if not fact.subject.startswith("其中")]
    depths = [level(fact.subject) for fact in plain]
    if any(depths):
        top = min(depth for depth in depths if depth)
        plain = [fact for fact, depth in zip(plain, depths, strict=True) if depth in (0, top)]
    return [fact for fact in plain if fact.dimension == plain[0].dimension]


def _column_fit(plan: Plan, seen: Lens, head: str, closing: Fact, items: Sequence[Fact]) -> float:
    """How well a column is the one that the question means."""
    wanted = pairs(reduced(plan.question))
    last = head.rpartition("/")[2]
    fit = seen.weight(pairs(reduced(last)) & wanted)
    basis = next((one.basis for one in plan.asks if one.basis), "")
    if basis:
        fit += 5.0 if closing.basis == basis or (basis == "预算" and "预算" in closing.basis) else -5.0
    if re.search("总分", plan.question):
        fit += 5.0 if "得分" in last else -5.0
    if re.search("占比|比重", plan.question) and closing.dimension != "ratio":
        fit -= 10
    if "率" in last and "率" not in plan.question:
        fit -= 10
    counted = COUNTED.search(plan.question)
    if counted and quantities(counted[0])[0].value == len(items):
        fit += 5.0
    return fit + 0.3 * seen.weight(pairs(reduced(closing.subject)) & wanted)


def _verdict(plan: Plan, seen: Lens, items: Sequence[Fact], closing: Fact) -> Reply | None:
    made = total(items)
    if made is None:
        return None
    own = closing.quantity
    gap = made.value * made.unit.factor - own.base
    label = "逐项"
    working = made.working if len(items) <= 15 else f"逐项相加＝{made.text}"
    facts = (*items, closing)
    claim = next((q for q in plan.stated if q.unit.dimension == own.unit.dimension), None)
    if abs(gap) <= tolerance(items, closing):
        if gap:
            small = show(abs(gap) / made.unit.factor, made.unit, made.places)
            small = small.replace("%", "个百分点")
            return Reply(
                f"{label}相加为{made.text}（{working}），与{name_of(closing)}{shown(own)}差{small}，"
                "属四舍五入尾差，不算错误。",
                facts,
            )
        return Reply(f"是，一致：{label}相加为{made.text}（{working}），与{name_of(closing)}{shown(own)}相符。", facts)
    apart = show(abs(gap) / made.unit.factor, made.unit, made.places)
    word = "多" if gap < 0 else "少"
    row = "小计" if SUBTOTAL.search(closing.subject) else "合计"
    said = f"不正确：{label}相加为{made.text}（{working}），{row}行写{shown(own)}，{word}{apart}，两者不能同时成立"
    if claim and claim.base != own.base:
        said += f"，也不是{claim.text}"
    off = signed([(1, closing), *((-1, fact) for fact in items)])
    return Reply(said + _echo(seen, made, items) + "。", facts, worked=(made, off) if off else (made,))


def _echo(seen: Lens, made: Result, items: Sequence[Fact]) -> str:
    """Where the report itself writes the recomputed total."""
    same = [
        fact
        for fact in seen.facts
        if fact.dimension == made.unit.dimension
        and fact.quantity.base == made.value * made.unit.factor
        and fact.place.report == items[0].place.report
    ]
    return f"；另有{name_of(same[0])}写作{shown(same[0].quantity)}" if same else ""
