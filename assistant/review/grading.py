"""Grade and score told in prose (等级、正文得分) against the self-assessment table and the thresholds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.review.case import Case
from assistant.review.rule import Outcome, held, issue, said_in
from assistant.review.scores import Scores, scorings
from assistant.review.statement import Statement
from ingest.fact import Fact
from ingest.quantity import Quantity
from ingest.report import Place
from ingest.terms import plain

_OWN = re.compile("自评")
_FULL = re.compile(r"(?:总分|满分)(?:值|为|是|共)*\s*$")
_STATED = re.compile(r"等级[^“”‘’，。]{0,4}[“‘]?(优秀|优|良好|良|中|一般|较差|差)(?![^，。]{0,2}[率])[”’]?")
_TOTAL_SCORE = re.compile(r"(?:得分|总分|评分|总得分)(?:合计)?(?:为|是|：)?\s*$")


def grade(case: Case) -> Iterator[Outcome]:
    """等级与总分: the grade stated in prose against the score, by the report's own thresholds where it prints them."""
    for said in case.statements:
        scores = [f for f in said.facts if f.dimension == "score" and _TOTAL_SCORE.search(said.before(f))]
        stated = _STATED.search(said.text) if scores else None
        if stated is None:
            continue
        score, name = scores[0].quantity, stated[1][0]
        own = _own_grades(said.text)
        due = (
            next((grade for grade, least in own if score.value >= least), "")
            if own
            else case.profile.grade(score.value)
        )
        ground = "报告自述的区间" if own else "默认区间（口径可配置）"
        if due and due[0] != name and (not own or name in [grade[0] for grade, _ in own]):
            yield issue(
                "P0",
                f"自评得分{score.text}与等级“{stated[1]}”不符",
                f"报告称得分{score.text}、等级“{stated[1]}”。",
                f"按{ground}，{score.text}对应“{due}”。得分与等级不能同时成立。",
                "请核对得分和等级。",
                *said_in(said),
                (scores[0].id,),
            )
        elif due:
            yield held(f"自评得分{score.text}与等级“{stated[1]}”相符", f"依据{ground}", (said.place,))


def _own_grades(text: str) -> tuple[tuple[str, Decimal], ...]:
    """Thresholds that the sentence itself prints: 90分以上为优，80分至90分为良."""
    found = []
    for match in re.finditer(
        r"(\d+)\s*分?(?:（含）|\(含\))?\s*(?:以上|[-—–~～至到]\s*\d+\s*分?(?:（不含）)?)\s*为?[“]?(优|良|中|差)", text
    ):
        found.append((match[2], Decimal(match[1])))
    return tuple(sorted(found, key=lambda item: -item[1]))


def stated_score(case: Case) -> Iterator[Outcome]:
    """正文得分与自评表总分: the score in prose against the total row of the table.

    Where the text tells the table's total as the evaluator's own, the score that the department gave itself is no
    other figure for it.
    """
    totals = [
        (table, table.sheet.values[table.total, table.score])
        for table in scorings(case)
        if table.total is not None and table.score is not None and (table.total, table.score) in table.sheet.values
    ]
    told = [
        (said, fact)
        for said in case.statements
        for fact in said.facts
        if fact.dimension == "score" and _TOTAL_SCORE.search(said.before(fact))
    ]
    judged = {fact.quantity.value for said, fact in told if not _OWN.search(said.before(fact))}
    for said, fact in told:
        before = said.before(fact)
        mine = [
            (table, score)
            for table, score in totals
            if _same_subject(said, before, table)
            and not _partial(said, fact)
            and not _of_a_kind(fact, table)
            and not (_OWN.search(before) and score.value in judged)
            and not (_FULL.search(before) and fact.quantity.value == _full(table))
        ]
        same = [(table, score) for table, score in mine if score.value == fact.quantity.value][:1]
        for table, score in same or mine:
            yield _against_table(case, said, fact, table, score)


def _against_table(case: Case, said: Statement, fact: Fact, table: Scores, score: Quantity) -> Outcome:
    """A score of the text beside the one of the table's total row."""
    assert table.total is not None and table.score is not None
    places = (said.place, table.sheet.place(table.total, table.score))
    if score.value == fact.quantity.value:
        return held("正文自评得分与自评表总分一致", f"均为{fact.quantity.text}", places)
    return issue(
        "P0",
        f"正文自评得分{fact.quantity.text}与自评表总分{score.value:f}分不一致",
        f"正文为{fact.quantity.text}，自评表总分行为{score.value:f}分。",
        "两处不能同时成立，无法判定哪一侧有误。",
        "请核实后统一。",
        places,
        (said.text, table.sheet.quote(table.total)),
        (fact.id, *_ids_at(case, places[1])),
    )


def _full(table: Scores) -> Decimal | None:
    """The full marks (满分) of a table's total row."""
    marks = table.sheet.values.get((table.total, table.weight)) if table.total is not None else None
    return marks.value if marks else None


def _ids_at(case: Case, place: Place) -> tuple[str, ...]:
    """The fact of a cell."""
    where = (place.report, place.table, place.row, place.col)
    return tuple(f.id for f in case.facts if (f.place.report, f.place.table, f.place.row, f.place.col) == where)


def _partial(said: Statement, fact: Fact) -> bool:
    """The score of one kind of indicators (决策类指标…评价得分17.50分), or one that others gave for something else."""
    ahead = said.text.partition(fact.quantity.text)[0]
    kind = re.search("(?:决策|过程|产出|效益|投入|管理|满意度)类指标", ahead) and not re.search(
        "整体|自评|[一三]级", ahead
    )
    return bool(re.search("考[评核]得分$", said.before(fact)) or (kind and "总" not in said.before(fact)))


def _of_a_kind(fact: Fact, table: Scores) -> bool:
    """Whether a score is that of one of the table's kinds or rows, by its name (决策指标得分17.5分)."""
    kind = plain(fact.subject).removesuffix("指标")
    labels = (plain(text) for row in table.rows for text in table.sheet.texts[row][: table.weight])
    return bool(kind) and any(label.startswith(kind) for label in labels)


def _same_subject(said: Statement, before: str, table: Scores) -> bool:
    """Whether the sentence scores what the table scores: a project by its name, else the department; no averages."""
    caption = re.sub(r"\s", "", table.sheet.table.caption)
    if "平均" in before:
        return False
    if "项目" not in caption or "整体" in caption:
        return "项目" not in before
    name = re.sub(
        r"^[附]?表[一二三四五六七八九十\d]+[：:]?|20\d\d年?度?|项目|支出|绩效|自评|评价|情况|表|[（(].*$", "", caption
    )
    return name in re.sub(r"\s", "", said.block.text) if len(name) >= 4 else "项目" in said.text
