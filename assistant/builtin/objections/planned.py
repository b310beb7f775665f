"""What a report sets out to do and never speaks of again (只有目标没有结果): a goal is never told as an outcome."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.builtin.facts.lens import AIMS, Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.layout.outline import Sentence
from assistant.builtin.outcomes.goals import goal_and_outcome, undertaking
from assistant.builtin.prose.passages import every, quote, ranked_sentences, topic
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, say, shown

DOING = re.compile(r"完成了?|建成|实现|效果|投入使用|运营|竣工|达成|落地|进展|成效|结果|了(?:吗|没有?)[？?]?$")
"""What asks for an outcome, X了吗 in any words among it."""
TARGET = re.compile(r"目标|任务|计划|规划|打算")
ANNOUNCED = re.compile(
    r"(?:目标|任务|计划|(?:确定|明确|安排|提出|制定|部署)[^。；]{0,12}(?:工作|要点|事项))(?:如下)?[：:]\s*$"
)
"""How a paragraph ends that announces a list of goals."""
TOLD = re.compile(
    r"(?:超额|全面|全部|如期|按期|提前|圆满)完成|(?:目标|任务)\d*(?:[未已]|没有?)?完成|完成情况|未能|尚未"
    r"|(?:[较比超距离]|[高低多少]于|超过|达到)(?:年初|年度|预期)*(?:目标|计划|任务)"
)
"""What tells of an outcome, though it names the goal."""
NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是)")
"""How an item of a list begins."""


def only_planned(plan: Plan, seen: Lens) -> Reply | None:
    """Something that the report names as a goal and never reports on."""
    words = undertaking(plan.question) if DOING.search(plan.question) else ""
    wanted = pairs(words)
    if len(wanted) < 3:
        return None
    ranked = [one for _, one in ranked_sentences(seen, words) if seen.covered(wanted, pairs(reduced(one.text))) >= 0.8]
    if not ranked or not all(is_planned(seen, one) for one in ranked):
        return None
    named = [entry.fact for entry in seen.entries if seen.covered(wanted, entry.core) >= 0.6]
    if any(fact.basis == "完成" for fact in named):
        return None
    if (both := goal_and_outcome(seen, words)) is not None:
        return both
    goals = [fact for fact in named if fact.basis in AIMS and fact.quote in ranked[0].text]
    near = "、".join(f"{name_of(fact)}{shown(fact.quantity)}" for fact in goals)
    said = say("only_planned", what=words.replace(" ", ""), near=f"（目标：{near}）" if near else "")
    return Reply(
        said,
        tuple(goals),
        (quote(ranked[0]),),
        missing=(f"“{words.replace(' ', '')}”的完成情况（应由填报单位补充）",),
        refused=True,
    )


def is_planned(seen: Lens, one: Sentence) -> bool:
    """Whether a sentence sets out what is to be done: by its words and titles, by its figures, which are all goals,
    or by the announcement of the list that it is an item of."""
    if TOLD.search(one.text):
        return False
    if TARGET.search("/".join(one.block.section) + one.text):
        return True
    own = [fact.basis for fact in seen.facts if fact.quote and fact.quote == one.text.strip()]
    return (bool(own) and set(own) <= set(AIMS)) or _announced(seen, one)


def _announced(seen: Lens, one: Sentence) -> bool:
    """Whether the item of a list stands under a paragraph that announces goals (确定了以下八项重点工作：)."""
    if not NUMBERED.match(one.block.text):
        return False
    for before in reversed([each for each in every(seen) if each.report is one.report and each.order < one.order]):
        if not NUMBERED.match(before.block.text):
            return ANNOUNCED.search(before.block.text) is not None and not TOLD.search(before.text)
    return False


DONE_THEN = re.compile(
    r"^(?P<thing>.+?)(?P<done>引进|建成|竣工|完工|印发|出台|落户|落地|上线|启用|开通|开业|开园|开放|挂牌|投用|投入(?:运营|使用|运行))[来完好]?"
    r"(?:(?P<then>了?(?:之后|以后|后)(?!续).+)|了?(?:吗|没有?)$)"
)
"""X投入运营后效果如何 takes for granted what X投入运营了吗 asks."""
ASIDE = re.compile("当年|今年|全年|年内|年底|最后|最终|已经?|正式|是否|有没有|都|按期|按时|如期")
NOT_YET = re.compile(
    r"^\S{0,4}?(?:未(?:能|获|取得|按|如|建|完|开|投|通过)|没有?能|[尚仍]未|暂未|暂缓|推迟|延期)|即将|(?:完成|形成)(?:初|送审|征求意见)稿|(?:预计|计划|拟)[^，；。]{0,4}20\d\d年"
)
NEARLY = 0.85


def not_yet(plan: Plan, seen: Lens) -> Reply | None:
    """X投入运营后带动了多少企业, where X is told not to be in operation yet, or is a goal and nothing else."""
    match = DONE_THEN.search(plan.bare)
    words = topic(ASIDE.sub("", match["thing"])) if match else ""
    if match is None or len(pairs(words)) < 2:
        return None
    wanted = pairs(words)
    for one in every(seen):
        told = seen.covered(wanted, pairs(reduced(one.text))) >= NEARLY and not TARGET.search(
            "/".join(one.block.section)
        )
        if told and _not_yet(one.text, wanted):
            lead = "前提有误" if match["then"] else "没有"
            return Reply(f"{lead}：报告写明“{one.text.strip().rstrip('。；')}”。", citations=(quote(one),))
    return only_planned(replace(plan, question=f"{match['thing']}完成了吗？"), seen) if match["then"] else None


def _not_yet(text: str, wanted: frozenset[str]) -> bool:
    """Whether the clause that speaks of a thing, or the one right behind it, says it is yet to come."""
    clauses = re.split("[，；。]", text)
    named = [bool(wanted & pairs(reduced(clause))) for clause in clauses]
    spoken = (own or (at and named[at - 1]) for at, own in enumerate(named))
    return any(NOT_YET.search(clause) and about for clause, about in zip(clauses, spoken, strict=True))
