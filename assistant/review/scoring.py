"""Self-assessment tables (自评表): weights, scores, totals and grades recomputed; no score is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.answer import Finding
from assistant.review.case import Case
from assistant.review.columns import Ratio
from assistant.review.rule import Outcome, held, issue
from assistant.review.scores import Scores, column, due_score, falling, scorings, single
from assistant.review.show import percent, plain
from ingest.report import Place

HUNDRED = Decimal(100)


def score_tables(case: Case) -> Iterator[Outcome]:
    """自评表: weights sum to 100, no score above its weight, totals and group weights close."""
    for table in scorings(case):
        yield from _weights(table)
        yield from _groups(table)
        yield from _above(table)
        yield from _total(table)


def _weights(table: Scores) -> Iterator[Outcome]:
    weights = table.weights()
    whole = sum((weight.value for _, _, weight in weights), Decimal(0))
    stated = table.sheet.values.get((table.total, table.weight)) if table.total is not None else None
    listing = "＋".join(f"{weight.value:f}" for _, _, weight in weights)
    last = weights[-1]
    place = (
        table.sheet.place(table.total, table.weight)
        if table.total is not None
        else last[0].place(last[1], table.weight)
    )
    quote = table.sheet.quote(table.total) if table.total is not None else last[0].quote(last[1])
    goal = stated.value if stated is not None else HUNDRED
    if whole == goal:
        yield held(f"{table.sheet.title}分值合计为{goal:f}分", f"{listing}＝{whole:f}", (place,))
    elif stated is not None or abs(whole - HUNDRED) <= 20:
        said = f"总分行填{goal:f}分" if stated is not None else f"满分应为{goal:f}分"
        yield issue(
            "P0",
            f"{table.sheet.title}分值合计{whole:f}分，与{goal:f}分不符",
            f"所列{len(weights)}项分值逐项相加为{whole:f}分，{said}。",
            f"{listing}＝{whole:f}；{goal:f}－{whole:f}＝{goal - whole:f}。",
            "请核对各项分值，补齐漏列的指标或更正分值，并相应重算得分。",
            (place, *(sheet.place(row, table.weight) for sheet, row, _ in weights)),
            (quote, *(_low_quotes(table) if whole != goal else ())),
        )


def _low_quotes(table: Scores) -> tuple[str, ...]:
    """Rows of the groups whose printed weight does not close, as evidence."""
    return tuple(table.sheet.quote(row) for _, rows, want, got in _group_sums(table) if want != got for row in rows)


def _group_sums(table: Scores) -> list[tuple[str, list[int], Decimal, Decimal]]:
    """Groups that print their own weight (产出指标（50分）) with the sum of their rows."""
    groups: dict[str, list[int]] = {}
    for row in table.rows:
        for col in range(table.weight):
            if re.search(r"[（(]\d+(?:\.\d+)?分[）)]", table.sheet.texts[row][col]):
                groups.setdefault(table.sheet.texts[row][col], []).append(row)
                break
    made = []
    for name, rows in groups.items():
        printed = re.search(r"[（(](\d+(?:\.\d+)?)分[）)]", name)
        if printed:
            got = sum((table.sheet.values[row, table.weight].value for row in rows), Decimal(0))
            made.append((name, rows, Decimal(printed[1]), got))
    return made


def _groups(table: Scores) -> Iterator[Outcome]:
    for name, rows, want, got in _group_sums(table):
        if want == got:
            yield held(
                f"“{name}”分值与所列指标之和相符",
                _added(table, rows, got),
                tuple(table.sheet.place(row, table.weight) for row in rows),
            )
        else:
            yield issue(
                "P0",
                f"“{name}”所列指标分值合计{got:f}分",
                f"一级指标标注{want:f}分，其下{len(rows)}项分值合计{got:f}分。",
                f"{_added(table, rows, got)}；{want:f}－{got:f}＝{want - got:f}。",
                "请核对一级指标分值与三级指标分值。",
                tuple(table.sheet.place(row, table.weight) for row in rows),
                tuple(table.sheet.quote(row) for row in rows),
            )


def _added(table: Scores, rows: list[int], got: Decimal) -> str:
    return "＋".join(f"{table.sheet.values[row, table.weight].value:f}" for row in rows) + f"＝{got:f}"


def _above(table: Scores) -> Iterator[Outcome]:
    if table.score is None:
        return
    over = []
    for row in table.rows:
        weight, score = table.sheet.values[row, table.weight], table.sheet.values.get((row, table.score))
        if score is not None and score.value > weight.value:
            over.append(row)
            yield issue(
                "P0",
                f"“{table.name(row)}”得分{score.value:f}分超过分值{weight.value:f}分",
                f"分值{weight.value:f}分，得分{score.value:f}分，得分不得突破该项分值。",
                f"{score.value:f}－{weight.value:f}＝{score.value - weight.value:f}。",
                "请更正该项得分并重算总分。",
                (table.sheet.place(row, table.score),),
                (table.sheet.quote(row),),
            )
    if not over:
        yield held(f"{table.sheet.title}各项得分均未超过分值", f"共{len(table.rows)}项", _all(table, table.score))


def _all(table: Scores, col: int) -> tuple[Place, ...]:
    return tuple(table.sheet.place(row, col) for row in table.rows)


def _total(table: Scores) -> Iterator[Outcome]:
    if table.score is None or table.total is None:
        return
    stated = table.sheet.values.get((table.total, table.score))
    scores = table.scores()
    if stated is None or len(scores) < 3:
        return
    whole = sum((score.value for score in scores), Decimal(0))
    slack = sum((score.half for score in scores if score.places), Decimal(0)) + stated.half
    listing = "＋".join(f"{score.value:f}" for score in scores)
    above = (sheet.place(row, col) for sheet, row, _, col in table.extra if col is not None)
    place, quote = (table.sheet.place(table.total, table.score), *above), (table.sheet.quote(table.total),)
    if abs(whole - stated.value) <= (slack if whole != stated.value else 0):
        if whole != stated.value:
            yield issue(
                "提示",
                f"总分与逐项得分之和有尾差{abs(whole - stated.value):f}分",
                f"{listing}＝{whole:f}，总分{stated.text}。",
                "在舍入容差以内，不是错误。",
                "",
                place,
                quote,
            )
        else:
            yield held(f"{table.sheet.title}总分等于逐项得分之和", f"{listing}＝{whole:f}", place)
        return
    gap = stated.value - whole
    same = [row for row in table.rows if (got := table.sheet.values.get((row, table.score))) and got.value == -gap]
    hint = f"差额恰等于“{table.name(same[0])}”的得分，疑似未计入。" if len(same) >= 1 and gap < 0 else ""
    yield issue(
        "P0",
        f"总分{stated.value:f}分与逐项得分之和{whole:f}分不符",
        f"总分行填{stated.value:f}分，{len(scores)}项得分逐项相加为{whole:f}分。{hint}",
        f"{listing}＝{whole:f}；{stated.value:f}－{whole:f}＝{gap:f}。",
        "请核对各项得分和总分（含以文本形式录入的数字），并同步更正正文得分和等级。",
        place,
        (*quote, *(table.sheet.quote(row) for row in same)),
    )


def score_formula(case: Case) -> Iterator[Outcome]:
    """得分复算: score = weight × degree of completion for quantified indicators; loss without reason."""
    for table in scorings(case):
        if table.score is None or table.target is None or table.result is None:
            continue
        good: list[Place] = []
        for row in table.rows:
            outcome = _recomputed(table, row)
            if isinstance(outcome, Finding):
                yield outcome
            elif outcome:
                good.append(table.sheet.place(row, table.score))
        if good:
            yield held(
                f"{table.sheet.title}有{len(good)}项得分按“分值×完成程度”复算相符",
                "≥型为完成值÷指标值，≤型为指标值÷完成值，均不超过分值",
                tuple(good),
            )


def completion(case: Case) -> Iterator[Outcome]:
    """完成率复算: 完成值 ÷ 指标值 in the table's own column of completion rates."""
    for table in scorings(case):
        col = column(table.sheet, ("完成率", "完成程度"))
        if col is None or table.target is None or table.result is None:
            continue
        good: list[Place] = []
        for row in table.rows:
            stated = table.sheet.values.get((row, col))
            target, result = (single(table.sheet.texts[row][c]) for c in (table.target, table.result))
            if stated is None or target is None or result is None or target.value <= 0 or falling(table.written(row)):
                continue
            ratio = Ratio(stated, result, target)
            if target.unit.dimension != result.unit.dimension:
                continue
            if abs(ratio.exact - stated.base) <= stated.half or ratio.truncated:
                good.append(table.sheet.place(row, col))
            else:
                yield issue(
                    "P1",
                    f"“{table.name(row)}”完成率{stated.text}复算不符",
                    f"指标值{target.text}，完成值{result.text}，完成率填{stated.text}。",
                    f"{result.text}÷{target.text}＝{percent(ratio.exact)}。",
                    "请核对完成值和完成率。",
                    (table.sheet.place(row, col),),
                    (table.sheet.quote(row),),
                )
        if good:
            yield held(f"{table.sheet.title}有{len(good)}项完成率复算相符", "完成值÷指标值", tuple(good))


def _recomputed(table: Scores, row: int) -> Finding | bool:
    assert table.score is not None and table.target is not None and table.result is not None
    sheet, weight, due = table.sheet, table.sheet.values[row, table.weight], due_score(table, row)
    score = sheet.values.get((row, table.score))
    if score is None or due is None or score.value > weight.value:
        return False
    target, result = table.written(row), sheet.texts[row][table.result]
    if abs(due - score.value) <= max(score.half, Decimal("0.005")) * 2:
        if due < weight.value and table.reason is not None and not sheet.texts[row][table.reason]:
            return _unreasoned(table, row, target, result)
        return True
    if due < weight.value and score.value >= weight.value:
        return issue(
            "P1",
            f"“{table.name(row)}”未达指标值而得满分",
            f"指标值{target}，完成值{result}，得分{score.value:f}分（分值{weight.value:f}分）。",
            f"{_due(table, row, due)}（按分值×完成程度，评分办法以当年通知为准）。",
            "请说明评分办法，或更正得分。",
            (sheet.place(row, table.score),),
            (sheet.quote(row),),
        )
    return False


def _due(table: Scores, row: int, due: Decimal) -> str:
    """The score that is due with its working, where target and result are written in one unit."""
    assert table.target is not None and table.result is not None
    texts = (table.sheet.texts[row][table.target], table.sheet.texts[row][table.result])
    target, result = (single(text) for text in texts)
    assert target is not None and result is not None
    over, under = (target, result) if falling(table.written(row)) else (result, target)
    weight = table.sheet.values[row, table.weight].value
    return f"{weight:f}×{over.value:f}÷{under.value:f}＝{plain(due, 2)}分"


def _unreasoned(table: Scores, row: int, target: str, result: str) -> Finding:
    assert table.reason is not None
    return issue(
        "P1",
        f"“{table.name(row)}”未达指标值，未填偏差原因",
        f"指标值{target}，完成值{result}，偏差原因栏空白。",
        "",
        "请补充偏差原因和改进措施。",
        (table.sheet.place(row, table.reason),),
        (table.sheet.quote(row),),
    )
