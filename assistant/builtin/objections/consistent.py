"""Whether a report says one thing alike wherever it says it (前后一致吗、正文和表对得上吗), and where it does not.

Sets side by side what the report writes; which side is right is not for us to say.
"""

from __future__ import annotations

import re

from assistant.builtin.facts.doubts import facts_of, rivals, rules
from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens, differ, same_thing
from assistant.builtin.facts.lookup import look, name_of
from assistant.builtin.facts.rivalry import bare_name
from assistant.builtin.prose.passages import topic
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan, ask
from assistant.builtin.reply import Reply, conflict, shown, where_stands
from ingest.fact import Fact

PLACES = re.compile(
    r"前后|上下文|[两几各]处|各个?地方|(?:正文|文字|叙述).*(?:表|附件)|(?:表|附件)[^，]{0,12}[和与跟同].{0,12}(?:正文|文字|叙述)"
)
"""Words of several places of one report."""
ALIKE = re.compile(
    "(?:是否|是不是|能否|能不能|能)?(?:不?一致|对得上|对不上|对上|相符|吻合|统一|一样|相同|矛盾|打架|出入)"
)
ADDED = re.compile("之和|相加|加起来|加总|合起来|[加减]上?.*等于|两年|上年|去年")
"""A sum is to be checked, or two years: other roads."""
WHICH = re.compile("哪些|哪几|哪里|哪儿|什么地方|列出|有没有|有无|是否存在|存不存在|有什么")
FRAME = re.compile(
    f"{ALIKE.pattern}|正文|文字|叙述|部分|前后|上下文|[两几各]处|各个?地方|附?表格?[0-9一二三四五六七八九十]*(?:[-－][0-9]+)?[里中上内]?|附件|评分表|"
    "自评表|说法|数据|数字|口径|表述|内容|报告|写|填|列|讲|说|场次|次数|[家个户场座所]数|数目|[吗么呢的里中和与跟同是在有]|合计|总计|之间|自相|互相|存在|地方|情况"
)
NAMED = 0.6
"""Share of what is asked about that the title of a finding must hold."""
SURE = 0.75
MOST = 10


def asked(plan: Plan, seen: Lens) -> Reply | None:
    """X前后一致吗: the values that the report gives of it, each with its place."""
    if not PLACES.search(plan.bare) or not ALIKE.search(plan.bare) or ADDED.search(plan.bare) or plan.stated:
        return None
    words = topic(FRAME.sub(" ", plan.bare))
    if WHICH.search(plan.bare) or not pairs(words):
        return _all(plan, seen)
    return _raised(seen, words) or _compared(seen, words)


def _raised(seen: Lens, words: str) -> Reply | None:
    """What the reviewer set against one another under this name."""
    wanted = pairs(reduced(words))
    for one in seen.findings:
        told = facts_of(seen, one)
        if one.rule in rules("rival") and len(told) > 1 and share(seen, wanted, pairs(reduced(one.title))) >= NAMED:
            return Reply(f"不一致。{conflict(seen, told)}。", tuple(told))
    return None


def _compared(seen: Lens, words: str) -> Reply | None:
    """The figure of this name with what is told of the same thing elsewhere."""
    found = look(seen, ask(words))
    if found is None or found.score < SURE:
        return None
    fact = found.fact
    other = next((one for one in (*found.facts[1:], *rivals(seen, fact)) if differ(fact, one)), None)
    if other is not None:
        return Reply(f"不一致。{conflict(seen, [fact, other])}。", (fact, other))
    again = next((one for one in seen.facts if _again(fact, one)), None)
    said = f"{where_stands(seen, fact)}写{shown(fact.quantity)}"
    if again is None:
        return Reply(f"无从比对：{name_of(fact)}只找到一处，{said}。", (fact,))
    return Reply(
        f"一致：{name_of(fact)}，{said}；{where_stands(seen, again)}写{shown(again.quantity)}。", (fact, again)
    )


def _again(fact: Fact, one: Fact) -> bool:
    """Whether another place tells the very same figure of the same thing."""
    elsewhere = (one.place.block, one.place.table) != (fact.place.block, fact.place.table)
    alike = bare_name(one) == bare_name(fact) or name_of(one) == name_of(fact)
    return elsewhere and alike and same_thing(fact, one) and not differ(fact, one)


def _all(plan: Plan, seen: Lens) -> Reply | None:
    """哪些数据前后不一致: all that the reviewer set against one another, but mere remarks."""
    if not WHICH.search(plan.bare) or pairs(topic(WHICH.sub(" ", FRAME.sub(" ", plan.bare)))):
        return None
    grave = (one for one in seen.findings if one.rule in rules("rival") and one.severity != "提示")
    raised = [one for one in grave if len(one.facts) > 1][:MOST]
    facts = tuple(dict.fromkeys(fact for one in raised for fact in facts_of(seen, one)))
    return Reply("；".join(one.title for one in raised) + "，均须由单位核实。", facts) if raised else None
