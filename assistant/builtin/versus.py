"""Whether a thing is more than another, the most of its column, less than the year before (是不是最高的, A比B高吗).

The figures are those of the plain questions inside, each asked for by itself; only then the side is told, or a premise
of this kind is put right (X为什么是执行率最高的). Where no two figures are found, others may answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from assistant.builtin.amounts.change import LAST, compared
from assistant.builtin.facts.lens import Lens, named, years_of
from assistant.builtin.facts.lookup import name_of, names
from assistant.builtin.facts.neighbours import in_column
from assistant.builtin.facts.wholes import TOTAL
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan, direction, plan
from assistant.builtin.reply import Reply, figure_of
from ingest.fact import Fact

Answering = Callable[[Plan, Lens], Reply]
LESS = "低少小差慢短"
"""Words of less; the others of their kind are of more."""
DEGREE = f"[高多大好快长{LESS}]"
TOP = re.compile(
    rf"^(?P<thing>.+?)(?P<asks>是不是|是否[是为]?|算不算|(?:为什么|为何|凭什么|怎么)(?:会|能)?是?|是)(?P<of>[^，,]*?)"
    rf"最(?P<way>{DEGREE})的?(?:一?[个项家类]|那[个项家类])?(?:项目|指标|单位|来源|部门)?[的吗吧]?$"
)
"""X是不是执行率最高的, X为什么是支出最多的."""
THAN = re.compile(
    rf"^(?P<one>.+?)(?:是不是|是否|有没有)?(?:[比较](?P<other>.+?)(?:还|要|更)*(?P<way>{DEGREE})(?:一些|一点)?"
    r"|(?P<over>高于|超过了?|大于|多于|低于|少于|小于|不及|不如)(?P<beyond>.+?))[吗吧]?$"
)
"""A的支出比B高吗, A的支出是否高于B."""
SINCE = re.compile(
    r"^(?P<thing>.+?)(?:是不是|是否|有没有)?[比较](?P<last>上年|去年|上一年度?|20\d\d年)度?(?:决算|同期|实际|水平)?"
    r"(?:是不是|是否|有没有)?(?:又|还|有所|有|出现)*(?P<way>[一-龥]{1,4}?)了?(?:吗|没有|吧)?$"
)
"""X比上年减少了吗."""


def told(planned: Plan, seen: Lens, answering: Answering) -> Reply | None:
    """The side of a comparison with its figures, a premise put right; None where the question is none."""
    bare = planned.bare
    if (top := TOP.search(bare)) and (planned.yes_no or re.match("为|凭|怎", top["asks"])):
        return _top(top, seen, answering)
    if not planned.yes_no or planned.stated:
        return None
    if since := SINCE.search(bare):
        return _since(since, seen, answering)
    than = THAN.search(bare)
    return _than(than, seen, answering) if than else None


def plainly(question: str, seen: Lens) -> Plan:
    """The plan of a question made from another's words."""
    departments = tuple(r.report.department for r in seen.readings if r.report.department)
    return plan(question, names(seen), departments, seen.year)


def _figure(question: str, seen: Lens, answering: Answering) -> Fact | None:
    """The one figure that a plain question brings, the table's where a sentence differs; None where it brings none or
    several. A rate comes with what it is made of."""
    reply = answering(plainly(question, seen), seen)
    own = [fact for fact in reply.facts if not reply.worked or fact.dimension == "ratio"]
    own = [fact for fact in own if fact.kind == "table"] or own
    row = all(fact.dimension == "score" for fact in own)  # 得分, with 分值 beside it
    one = own and (row or len({(fact.quantity.base, fact.quantity.unit) for fact in own}) == 1)
    return own[0] if one and not reply.refused else None


def _top(match: re.Match[str], seen: Lens, answering: Answering) -> Reply | None:
    """Whether a cell is the highest or lowest of its column; a premise that holds is left to the reasons."""
    premise, less = not match["asks"].startswith(("是", "算")), match["way"] in LESS
    own = _figure(f"{match['thing']}的{match['of']}是多少？", seen, answering)
    if own is None or not _is_of(own, match["thing"]):
        return None
    column = _column(own, seen)
    if len(column) < 2:
        return None
    best = (min if less else max)(column, key=lambda fact: fact.quantity.base)
    first = own.quantity.base == best.quantity.base
    if first and premise:
        return None
    tied = [fact for fact in column if fact.quantity.base == best.quantity.base and fact is not own]
    head = "".join(own.measure[-1].split()) if own.measure else ""
    edge = f"{head}最{'低' if less else '高'}的"
    if first:
        rest = f"，与{'、'.join(map(_row, tied))}并列" if tied else ""
        return Reply(f"是：{edge}是{_row(own)}，{figure_of(own)}{rest}。", (own,))
    said = f"{edge}是{'、'.join(map(_row, tied))}，{figure_of(best)}；{figure_of(own)}。"
    return Reply(f"{'前提有误' if premise else '不是'}：{said}", (best, own))


def _row(fact: Fact) -> str:
    return named(fact.item)


def _is_of(fact: Fact, thing: str) -> bool:
    """Whether a figure goes by all the words of a thing, or the thing by all of its row's."""
    own, said = pairs(reduced(name_of(fact) + fact.subject)), pairs(reduced(thing))
    row = pairs(reduced(_row(fact)))
    return bool(said) and (said <= own or (bool(row) and row <= said))


def _column(own: Fact, seen: Lens) -> list[Fact]:
    """The cells beside which a cell stands in its column: items like it, neither their parts nor their totals."""
    path = own.subject.rpartition("/")[0]
    return [
        fact
        for fact in in_column(seen, own)
        if fact.dimension == own.dimension
        and (fact.measure, fact.basis) == (own.measure, own.basis)
        and fact.subject.rpartition("/")[0] == path
        and not TOTAL.search(fact.subject)
    ]


def _than(match: re.Match[str], seen: Lens, answering: Answering) -> Reply | None:
    """Whether one cell is more than another of the same name in another row."""
    other = match["other"] or match["beyond"]
    if LAST.match(other) or not pairs(reduced(other)):
        return None
    one = _figure(f"{match['one']}是多少？", seen, answering)
    if one is None:
        return None
    side = match["one"].rpartition("的")[2] if "的" in match["one"] else one.measure[-1] if one.measure else ""
    asked = (f"{other}的{side}是多少？", f"{other}是多少？") if side not in other else (f"{other}是多少？",)
    found = (_figure(question, seen, answering) for question in asked)
    second = next((fact for fact in found if fact is not None and _alike(fact, one)), None)
    if second is None or not _is_of(second, other.rpartition("的")[0] or other):
        return None
    reply = compared(seen, one, second)
    less = (match["way"] or "") in LESS if match["way"] else bool(re.match("低|少|小|不", match["over"]))
    gap = (second.quantity.base - one.quantity.base) * (1 if less else -1)
    return _sided(reply, gap) if reply else None


def _alike(fact: Fact, other: Fact) -> bool:
    """Whether two figures may be set against each other: of one kind, on one basis, in one year."""
    same = fact.dimension == other.dimension and fact.basis == other.basis
    return same and fact.id != other.id and years_of(fact.period) == years_of(other.period)


def _sided(reply: Reply, gap: Decimal) -> Reply:
    return replace(reply, text=f"{'是' if gap > 0 else '不是'}：{reply.text}")


def _since(match: re.Match[str], seen: Lens, answering: Answering) -> Reply | None:
    """Whether a thing is more or less than the year before, by the figures of both years."""
    claimed = direction(match["way"] + "了") or (
        -1 if match["way"] in LESS else 1 if match["way"] in "高多大好快长" else 0
    )
    if not claimed:
        return None
    reply = answering(plainly(f"{match['thing']}比{match['last']}变化多少？", seen), seen)
    dated = [
        (max(years_of(fact.period)), fact) for fact in reply.facts if years_of(fact.period) and fact.basis != "差额"
    ]
    years = sorted({year for year, _ in dated})
    if reply.refused or len(years) != 2:
        return None
    before, now = ([fact.quantity.base for year, fact in dated if year == each] for each in years)
    gaps = {(one > other) - (one < other) for one in now for other in before}
    return _sided(reply, Decimal(gaps.pop() * claimed)) if len(gaps) == 1 else None
