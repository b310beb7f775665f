"""Grades (优、良、中、差) as the report gives them, for the department and for each project; premises on them.

Derives a grade from a score only by the scale that the report itself writes out; it belongs to the notice of the year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Citation
from assistant.builtin.facts.lens import Lens
from assistant.builtin.prose.passages import every, quote, topic
from assistant.builtin.question.lexicon import anyof, pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.picks import told_rows
from assistant.builtin.tables.rows import Line, cell_text, lines, place_of
from ingest.fact import Fact

GRADE = r"优秀|优|良好|良|中|合格|差|不合格|较差"
ASKED = re.compile(
    rf"(?:评为|评成|等[级次](?:为什么|为何|怎么)?(?:为|是|只有|只是|评为)?|定为|结果(?:为|是))[“\"]?({GRADE})(?![一-龥]{{0,1}}[级次等])"
)
SAID = re.compile(rf"(?:等[级次]|评[为定]|结[果论])[^。；，]{{0,6}}?[为是：:“\"]+({GRADE})(?![一-龥])")
OWN = re.compile("等[级次]|评[价定为]|结论|属于|对应")
"""Words of a question on the department's own grade; any others mean the grade of some other thing."""
HEAD = re.compile("等级|等次")
SCORE = re.compile("得分|评分|自评分")


def premised(plan: Plan, seen: Lens) -> Reply | None:
    """A grade taken for granted that is not the one the report gives: put right, with the score beside it."""
    asked = ASKED.search(plan.question)
    if asked is None or re.search(r"哪[些个几项一]|几个|多少个", plan.question):
        return None
    known = _of_item(plan, seen) or _of_department(seen)
    if known is None or known[0][:1] == asked[1][:1]:
        return None
    grade, facts, source = known
    score = f"，得{shown(facts[0].quantity)}" if facts else ""
    return Reply(f"前提有误：报告所列等级为“{grade}”{score}，不是“{asked[1]}”。", facts, (source,))


def fitting(plan: Plan, seen: Lens) -> Reply | None:
    """88.34分评为“优”对吗, 评为“良”符合标准吗: the grade that the score has by the report's own scale."""
    asked = re.search(rf"(?:评为|评成|定为|等级为?|属于|是)[“\"]?({GRADE})", plan.bare)
    if asked is None or not (plan.yes_no or re.search("对吗|说明", plan.bare)):
        return None
    found = next(((one, floors) for one in every(seen) if len(floors := _scale(one.text)) > 1), None)
    known = next((q for q in plan.stated if q.unit.dimension == "score"), None)
    scores = [fact for fact in seen.facts if known and fact.quantity.base == known.base]
    own = _of_department(seen) if known is None else None
    fact = next((one for one in (own[1] if own else scores) if one.dimension == "score"), None)
    if found is None or fact is None:
        return None
    one, floors = found
    right = max((floor, grade) for grade, floor in floors.items() if floor <= fact.quantity.value or not floor)[1]
    clauses = re.split("[，；。（）()]", one.text.strip())
    told = [each for each in clauses if re.search(f"[{right}{asked[1][:1]}]", each) and re.search(r"\d", each)]
    scale = f"报告写明“{'，'.join(told)}”"
    if asked[1][:1] == right:
        return Reply(f"符合：{scale}，得{shown(fact.quantity)}，等级应为“{right}”。", (fact,), (quote(one),))
    return Reply(f"不对：{scale}，{shown(fact.quantity)}应为“{right}”，不是“{asked[1]}”。", (fact,), (quote(one),))


def _scale(text: str) -> dict[str, Decimal]:
    """The lowest score of each grade, where a sentence writes the scale out (90分及以上为优，80分至90分为良)."""
    floors = {grade: Decimal(floor) for floor, grade in FLOOR.findall(text)}
    return floors or {grade: Decimal(floor) for grade, floor in NAMED.findall(text)}


FLOOR = re.compile(
    r"(\d+)\s*分?(?:[（(]?含[）)]?|及)?(?:以上|至|到|[-—~～])[^，；、。\d]{0,4}(?:\d+\s*分?)?[^，；、。\d]{0,8}?([优良中差])"
)
NAMED = re.compile(r"([优良中差])[^，；、。\d]{0,4}(\d+)")


def told(plan: Plan, seen: Lens) -> Reply | None:
    """得分和等级: what the report itself gives, of a project or of the department."""
    if not re.search(r"等[级次]", plan.question) or re.search(r"最|哪|评为|几个|原因|为什么", plan.question):
        return None
    of_thing = pairs(topic(OWN.sub(" ", anyof("score").sub(" ", plan.bare))))
    known = _of_item(plan, seen) or (None if of_thing else _of_department(seen))
    if known is None:
        return None
    grade, facts, source = known
    score = f"得{shown(facts[0].quantity)}，" if facts and SCORE.search(reduced(plan.question)) else ""
    return Reply(f"{score}等级为“{grade}”。", facts if score else (), (source,))


def graded(plan: Plan, seen: Lens) -> Reply | None:
    """等级为良的项目有哪些: the rows with this grade."""
    asked = ASKED.search(plan.question) or re.search(rf"[“\"]?({GRADE})[”\"]?的?(?:项目|指标)", plan.question)
    if asked is None or not re.search(r"哪|几个|多少个", plan.question):
        return None
    graded_rows = [
        (line, grade) for group in lines(seen, plan.table) for line in group if (grade := _grade(seen, line))
    ]
    hits = [line for line, grade in graded_rows if grade[:1] == asked[1][:1]]
    if not graded_rows:
        return None
    scores = [line.of(SCORE) if SCORE.search(plan.question) else None for line in hits]
    said = [
        line.name.replace("/", "·") + (shown(score.quantity) if score else "")
        for line, score in zip(hits, scores, strict=True)
    ]
    reply = told_rows(f"等级为“{asked[1]}”", said, [score for score in scores if score])
    return replace(reply, citations=tuple(place_of(seen, line) for line in hits or [graded_rows[0][0]]))


def _grade(seen: Lens, line: Line) -> str:
    text = cell_text(seen, line, HEAD)
    return text if re.fullmatch(GRADE, text) else ""


Known = tuple[str, tuple[Fact, ...], Citation]


def _of_item(plan: Plan, seen: Lens) -> Known | None:
    """The grade in the row that the question names."""
    asked = pairs(reduced(plan.question))
    for group in lines(seen, plan.table):
        for line in group:
            own = pairs(reduced(line.name))
            if seen.covered(own, asked) >= 0.8 and (grade := _grade(seen, line)):
                score = line.of(SCORE)
                return grade, (score,) if score else (), place_of(seen, line)
    return None


def _of_department(seen: Lens) -> Known | None:
    """The grade that the prose gives the department, where all its sentences give the same one."""
    found = [(match[1], one) for one in every(seen) if (match := SAID.search(one.text))]
    if not found or len({grade for grade, _ in found}) > 1:
        return None
    grade, one = found[0]
    score = next(
        (
            fact
            for fact in seen.facts
            if fact.dimension == "score"
            and fact.kind == "prose"
            and fact.place.report == one.report.id
            and fact.place.block == one.block.index
            and fact.quantity.text in one.text
        ),
        None,
    )
    return grade, (score,) if score else (), quote(one)
