"""Questions that bring their own figures or words: which of two, why two differ, does the report speak of it.

Finds what the question quotes in the reports; a figure that stands nowhere is said to stand nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations

from assistant.answer import Finding
from assistant.builtin.facts.doubts import facts_of
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look, name_of, whole
from assistant.builtin.layout.outline import Sentence
from assistant.builtin.prose.passages import every, quote, said, topic
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan, ask
from assistant.builtin.reply import Reply, shown
from assistant.calculate import difference
from ingest.fact import Basis, Fact
from ingest.quantity import Quantity, show
from ingest.terms import basis_of

BUDGET_BASES: tuple[Basis, ...] = ("年初预算", "调整后预算", "决算")


def meant(seen: Lens, quantity: Quantity, words: str) -> Fact | None:
    """The fact with the value that a question quotes (to the places it writes), nearest to its words."""
    wanted = pairs(words)
    fit = [
        entry
        for entry in seen.entries
        if (entry.fact.dimension == quantity.unit.dimension or quantity.unit.dimension == "none")
        and _same(entry.fact.quantity, quantity)
    ]
    bases = basis_of(words)
    return (
        max(fit, key=lambda e: seen.weight((e.core | e.around) & wanted) * (1.3 if e.fact.basis == bases else 1.0)).fact
        if fit
        else None
    )


def _same(own: Quantity, quoted: Quantity) -> bool:
    if quoted.unit.dimension == "none":
        return abs(own.value) == abs(quoted.value)
    return abs(abs(own.base) - abs(quoted.base)) <= max(quoted.half, own.half)


def either(plan: Plan, seen: Lens) -> Reply | None:
    """是3.4亿元还是4.35亿元: what each figure is the figure of, without choosing between two that differ in scope."""
    sides = [(q, meant(seen, q, reduced(plan.question))) for q in plan.stated]
    if len(sides) < 2 or not any(fact for _, fact in sides):
        return None
    said, facts = [], []
    for quoted, fact in sides:
        if fact is None:
            said.append(f"报告没有{quoted.text}这个数")
            continue
        facts.append(fact)
        said.append(f"{quoted.text}对应{name_of(fact, True)}{shown(fact.quantity)}")
    apart = difference(facts[0], facts[1]) if len(facts) > 1 else None
    if apart and apart.value:
        high, low = (facts[0], facts[1]) if apart.value > 0 else (facts[1], facts[0])
        gap = difference(high, low)
        size = _in_unit(gap.value * gap.unit.factor, plan, facts) if gap else ""
        said.append(f"两个数口径、期间不同，相差{size}，报告未作说明，不能互相代替")
    return Reply("；".join(said) + "。", tuple(facts))


def _in_unit(base: object, plan: Plan, facts: Sequence[Fact]) -> str:
    finest = min((fact.quantity for fact in facts), key=lambda q: q.half)
    return show(base / finest.unit.factor, finest.unit, finest.places)  # type: ignore[operator]  # Decimal


def apart(plan: Plan, seen: Lens) -> Reply | None:
    """A与B为什么不同: what each figure is made of, and what lies between them."""
    if len(plan.stated) < 2 or not re.search(r"不同|不一样|区别|差异在|对不上|不一致", plan.question):
        return None
    facts = [fact for quoted in plan.stated if (fact := meant(seen, quoted, reduced(plan.question)))]
    facts = list(dict.fromkeys(facts))
    if len(facts) < 2 or facts[0].dimension != facts[1].dimension:
        return None
    said = [f"{name_of(fact)}{shown(fact.quantity)}{_made_of(seen, fact)}" for fact in facts[:2]]
    one, other = (abs(fact.quantity.base) for fact in facts[:2])
    factor, places = facts[0].quantity.unit.factor, facts[0].quantity.places
    gap = show(abs(one - other) / factor, facts[0].quantity.unit, places)
    return Reply(
        f"口径不同：{'；'.join(said)}；两者绝对值相差{gap}{_explained(seen, abs(one - other))}。", tuple(facts[:2])
    )


def _key(seen: Lens) -> list[Fact]:
    """The department's main figures: budgets, spending, income, balances."""
    found = [whole(seen, ask(basis)) for basis in BUDGET_BASES] + [
        look(seen, ask("收入决算")),
        look(seen, ask("年末结转和结余")),
    ]
    return [one.fact for one in found if one]


def _made_of(seen: Lens, fact: Fact) -> str:
    """＝收入决算数－年初预算数, where two main figures give it."""
    for one, other in permutations(_key(seen), 2):
        if one.quantity.base - other.quantity.base == fact.quantity.base:
            return f"（＝{name_of(one)}－{name_of(other)}）"
    for one, other in permutations(_key(seen), 2):
        if abs(one.quantity.base - other.quantity.base) == abs(fact.quantity.base):
            return f"（＝{name_of(one)}与{name_of(other)}之差）"
    return ""


def _explained(seen: Lens, base: object) -> str:
    for one, other in permutations(_key(seen), 2):
        made = difference(one, other)
        if made and made.value * made.unit.factor == base:
            return f"，即{name_of(one)}与{name_of(other)}之差（{made.working}）"
    return ""


SPEAKS = re.compile(
    r"分析|提到|说明|涉及|包含|公开|提供|列出|写|介绍|附了|附有|附件(?![一二三四五六七八九十\d])|有没有|是否有|有无"
)
"""Words of whether a report speaks of something; 附件3 only says where to look."""


def exists(plan: Plan, seen: Lens) -> Reply | None:
    """报告对X做了分析吗, 有没有X: whether the report speaks of it at all."""
    if not plan.yes_no or not SPEAKS.search(plan.question):
        return None
    lost = [one for one in seen.findings if one.rule == "附件"]
    if lost and re.search(r"附(了|有|上|件)|评分表|自评表", plan.question):
        return Reply("没有：" + "；".join(one.title for one in lost) + "。")
    words = topic(
        re.sub(r"做了?|进行|分析|提到|说明|涉及|包含|提供|列出|对(?=.)|有没有|是否|有无|相关|内容", " ", plan.question)
    )
    wanted = pairs(words)
    if not wanted:
        return None
    shares = [(seen.covered(wanted, said(one)), one) for one in _outside_goals(seen) or every(seen)]
    held, one = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    what = words.replace(" ", "")
    if one is None or held < 0.35:
        return Reply(f"没有，全文没有{what}的内容。", missing=(f"{what}（报告未涉及）",))
    if held >= 0.7:
        denied = not SPOKEN.search(plan.question) and _denied(seen, words, one.text)
        return Reply(f"{'没有' if denied else '有'}：{one.text.strip()}", citations=(quote(one),))
    if SPOKEN.search(plan.question):
        near = f"最接近的内容：{one.text.strip()}"
        return Reply(f"没有直接写{what}。{near}", citations=(quote(one),), missing=(f"{what}（报告未直接写明）",))
    return None


def happened(plan: Plan, seen: Lens) -> Reply | None:
    """除财政拨款外还有别的收入吗, 出现过较大事故吗: the sentence that says so, or that says there was none."""
    if not plan.yes_no or plan.kind not in ("", "back_solve") or plan.stated or MEASURED.search(plan.question):
        return None
    words = topic(FRAME.sub(" ", plan.bare))
    wanted = pairs(words)
    shares = [(seen.covered(wanted, pairs(reduced(one.text))), one) for one in _outside_goals(seen)]
    held, one = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    if one is None or held < HAPPENED:
        return None
    return Reply(f"{'没有' if _denied(seen, words, one.text) else '是'}：{one.text.strip()}", citations=(quote(one),))


def _outside_goals(seen: Lens) -> list[Sentence]:
    """The sentences that tell what is, not what was set out to be."""
    return [one for one in every(seen) if not PLANNED.search("".join(one.block.section) + one.text)]


FRAME = re.compile(
    "有没有|是不是|是否|有无|(?:还|都|也|曾经?|已经?)?有|别的|其他的?|出现过?|发生过?|[了过]?[吗没]$|没有$"
)
"""Words of a question whether something is or was that say nothing of what."""
MEASURED = re.compile(
    "多少|几|[率费额数量]了?[吗？?]*$|目标|标准|要求|合理|超编|超预算|一致|等于|正确|有过?(?:支出|预算|收入|经费|拨款)[了吗]"
)
"""A question about a figure or a comparison."""
PLANNED = re.compile("目标|计划|打算|任务")
HAPPENED = 0.8
"""The share of a question's words that one sentence must hold to be the answer."""
SPOKEN = re.compile("提到|涉及|包含|写|介绍|分析|说明|公开|提供")
"""The question is whether the report speaks of it, not whether it happened."""
DENIED = re.compile("未|没有|不(?:发生|存在|涉及|安排)|无(?!障碍)|不存在|零")


def _denied(seen: Lens, words: str, text: str) -> bool:
    """Whether the clause that holds most of the words says that there was none."""
    wanted = pairs(words)
    clauses = re.split("(?<!外)[，。；]", text)
    return bool(DENIED.search(max(clauses, key=lambda each: seen.weight(wanted & pairs(reduced(each))))))


def _said(seen: Lens, one: Finding) -> str:
    return reduced(one.title + one.fact + _names(seen, one))


def _names(seen: Lens, one: Finding) -> str:
    """What the figures of a finding are, for one that names only their values."""
    names = [f"{name_of(fact)}{shown(fact.quantity)}" for fact in facts_of(seen, one)]
    return f"（{'、'.join(dict.fromkeys(names))}）" if names else ""


def found(plan: Plan, seen: Lens) -> Reply | None:
    """数据有什么问题: the findings that speak of the topic, gravest first; all of the gravest where none is named."""
    words = topic(
        re.sub(r"两年|数据|数字|有(什么|哪些|没有)|问题|毛病|错误|矛盾|疑点|报告|表格?|文字", " ", plan.question)
    )
    wanted = pairs(words)
    picked = [one for one in seen.findings if not wanted or seen.covered(wanted, pairs(_said(seen, one))) >= 0.6]
    if not picked:
        return None
    facts = [fact for one in picked[:6] for fact in facts_of(seen, one)]
    lines = [f"{one.title}：{one.fact}{_names(seen, one)}" for one in picked[:6]]
    return Reply("\n".join(lines), tuple(dict.fromkeys(facts)))
