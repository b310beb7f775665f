"""What the rules of review found in a report (这份报告有哪些问题), gravest first, and how much they checked.

Raises nothing of its own; a report without findings is said to have none by these rules, not to be right.
"""

from __future__ import annotations

import re

from assistant.builtin.facts.doubts import facts_of
from assistant.builtin.facts.lens import Lens
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply
from assistant.review import review

ASKED = re.compile(
    r"^(?:请问)?(?:这|本|该)?(?:份|个|篇)?(?:报告|预算|决算|材料|文件)(?:中|里|本身)?(?:都?有|存在|查出了?|发现了?)"
    r"(?:什么|哪些|没有|多少)(?:问题|毛病|错误|疑点|不一致)[^？]{0,3}[？?]?$"
)
MOST = 8


def raised(plan: Plan, seen: Lens) -> Reply | None:
    """The findings on the report as a whole; None where a report has a section of its own on its problems."""
    if not ASKED.match(plan.question.strip()):
        return None
    if _own_problems(seen) and not re.match("(?:请问)?[这本该]", plan.question):
        return None
    passed = sum(len(review(reading).passed) for reading in seen.readings)
    checks = f"{passed}项"
    tallied = [(checks, "复核规则逐项清点")]
    if not seen.findings:
        return Reply(f"复核规则没有发现问题，通过核对{checks}；规则未覆盖的内容须人工判断。", counted=tuple(tallied))
    total = f"{len(seen.findings)}项"
    tallied.append((total, "复核意见逐条清点"))
    lines = [f"{at}. {one.title}：{one.fact.rstrip('。')}。" for at, one in enumerate(seen.findings[:MOST], 1)]
    facts = tuple(dict.fromkeys(fact for one in seen.findings[:MOST] for fact in facts_of(seen, one)))
    more = "其余见复核意见。" if len(seen.findings) > MOST else ""
    text = f"复核规则提出意见{total}，通过核对{checks}：\n" + "\n".join(lines) + more
    return Reply(text, facts, counted=tuple(tallied))


def _own_problems(seen: Lens) -> bool:
    return any(block.kind == "heading" and "问题" in block.text for r in seen.readings for block in r.report.blocks)
