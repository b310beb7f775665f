"""Identities between figures: A加B减C等于D吗, on both sides and in both units of money.

A gap that rounding explains is called 尾差 and is no error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.facts.finding import opens
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import Found, look, name_of, names
from assistant.builtin.facts.twins import twin
from assistant.builtin.question.plan import Plan, ask, segments
from assistant.builtin.reply import Reply, shown
from assistant.calculate import signed, tolerance
from ingest.fact import Fact
from ingest.quantity import show

TERM = re.compile(
    r"((?<![追增核添])加(?:上(?!年))?|(?<![调追核增压])减(?!少)[去掉]?|减(?=调减|追减|核减)|扣除|[＋+－−])"
)
ENDING = re.compile(
    r"(之和|之差|相加|合计|加起来)?(?:是否|是不是|能|可以|应该?)?(?:等于|推出|得出|得到|一致|相等|对得上|对上|吻合|是)(.*?)[吗么]?[？?]?$"
)
AGAINST = re.compile(
    r"^(.+?(?:加|减).+?(?=[，,])|.+?(?:之和|之差|相加|加起来|加总))[，,]?(?:的?结果)?(?:与|和|跟|同)(.+?)"
    r"(?:是否|是不是|能不能|能否|能)?(?:对得上|一致|相等|相符|吻合)"
)
"""A减B，与C对得上吗, A和B之和与C一致吗: the goal stands before the verb."""
SURE = 0.8
"""From here on a figure is surely the one named; of the others an opening balance never stands for a closing one."""
ALSO = {
    "收入": ("本年收入合计", "收入决算"),
    "本年收入": ("本年收入合计", "收入决算"),
    "收入到位数": ("收入决算", "实际到位", "到位资金"),
    "全年收入到位数": ("收入决算", "实际到位", "到位资金"),
    "收入决算": ("收入决算", "本年收入合计"),
    "支出": ("支出决算",),
    "本年支出": ("支出决算",),
    "年初结转": ("年初结转和结余",),
    "年末结转": ("年末结转和结余",),
    "调减": ("年中调减指标", "调减额"),
    "调增": ("年中调增", "调增额"),
    "追加": ("年中追加", "追加额"),
}
"""What a term of an identity is called in full."""


def identity(plan: Plan, seen: Lens) -> Reply | None:
    """A加B减C等于D吗."""
    text = plan.question.strip("？?").split("：")[-1]
    text = re.sub(r"20\d\d年度?", "", text) if plan.year else text
    left, right = sides(text)
    terms = _terms(seen, plan, left)
    if TERM.search(right):
        return _two_sides(terms, _terms(seen, plan, right))
    goal = _term(seen, right, plan) if right.strip() else None
    if len(terms) < 2 or goal is None:
        return None
    return holds(seen, terms, goal.fact)


def sides(text: str) -> tuple[str, str]:
    """What is added up and what it is set against; the latter is "" where the words do not say."""
    match, set_against = ENDING.search(text), AGAINST.match(text)
    if set_against:
        return set_against[1], set_against[2]
    return (text[: match.start()], match[2]) if match else (text, "")


def _terms(seen: Lens, plan: Plan, words: str) -> list[tuple[int, Fact]]:
    """The terms of one side with their signs; empty where one of them is not to be found."""
    words = re.sub(r"[两二三四五六七八九十]项(?=之和|相加|加起来|合计|$)", "", words)
    words = re.sub(r"报告中|之和|之差|相加|加起来|合计", "", words)
    parts = TERM.split(words)
    if len(parts) < 3:
        cut = segments(words, names(seen))
        parts = [word for part in cut for word in ("加", part)][1:]
    terms = []
    for at in range(0, len(parts), 2):
        found = _term(seen, parts[at], plan)
        if found is None:
            return []
        terms.append((1 if at == 0 or parts[at - 1] in ("加", "加上", "＋", "+") else -1, found.fact))
    return terms


def _two_sides(left: list[tuple[int, Fact]], right: list[tuple[int, Fact]]) -> Reply | None:
    """A加B等于C加D吗: both sums with their working."""
    one, other = signed(left), signed(right)
    if one is None or other is None:
        return None
    facts = (*one.facts, *other.facts)
    gap = abs(one.value * one.unit.factor - other.value * other.unit.factor)
    sides = f"{one.working}，{other.working}"
    if not gap:
        return Reply(f"是，成立：{sides}，两边相等。", facts)
    apart = show(gap / one.unit.factor, one.unit, max(one.places, other.places))
    if gap <= sum(fact.quantity.half for fact in facts):
        return Reply(f"{sides}，差{apart}，属四舍五入尾差，不算错误。", facts)
    return Reply(f"不等：{sides}，相差{apart}，两边不能同时成立，须核实。", facts)


def _term(seen: Lens, words: str, plan: Plan) -> Found | None:
    year = plan.year
    full = words.strip("，,的。")
    plain = re.sub(r"额$|指标$", "", full)
    for said in dict.fromkeys((*ALSO.get(plain, ()), full, plain)):
        one = ask(said, year)
        found = look(seen, one) or (look(seen, replace(one, basis="")) if one.phrase else None)
        if found and found.score >= SURE:
            return found
    if plain.startswith("上年结转") and seen.year:  # carried in from last year, dated so by some reports
        before = look(seen, replace(ask(plain), year=(year or seen.year) - 1, basis=""))
        if before and before.score >= SURE:
            return before
    near = look(seen, ask(plain, year))
    return near if near and opens(plain) == opens(name_of(near.fact)) else None


def holds(seen: Lens, terms: Sequence[tuple[int, Fact]], goal: Fact) -> Reply | None:
    """The identity in the finest unit in which all its figures are stated, and then in the coarser one too."""
    coarse = [twin(seen, fact, coarser=True) for fact in (*(fact for _, fact in terms), goal)]
    finer = [twin(seen, fact, coarser=False) for fact in (*(fact for _, fact in terms), goal)]
    signs = [sign for sign, _ in terms]
    first = _one_identity(list(zip(signs, finer[:-1], strict=True)), finer[-1])
    if [fact.id for fact in coarse] == [fact.id for fact in finer] or first is None:
        return first
    if len({fact.quantity.unit.name for fact in coarse}) > 1:
        return first
    second = _one_identity(list(zip(signs, coarse[:-1], strict=True)), coarse[-1])
    if second is None:
        return first
    return Reply(f"{first.text}按{coarse[0].quantity.unit.name}计算：{second.text}", (*first.facts, *second.facts))


def _one_identity(terms: Sequence[tuple[int, Fact]], goal: Fact) -> Reply | None:
    made = signed(terms)
    if made is None:
        return None
    gap = made.value * made.unit.factor - abs(goal.quantity.base)
    facts = (*made.facts, goal)
    said = f"{name_of(goal)}{shown(goal.quantity)}"
    if not gap:
        return Reply(f"是，成立：{made.working}，与{said}相符。", facts)
    apart = show(abs(gap) / made.unit.factor, made.unit, made.places)
    if abs(gap) <= tolerance(made.facts, goal):
        return Reply(f"{made.working}，与{said}差{apart}，属四舍五入尾差，不算错误。", facts)
    return Reply(f"不等：{made.working}，与{said}相差{apart}，两者不能同时成立，须核实。", facts)
