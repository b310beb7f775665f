"""Which rows of a table sum to which, and whether they do (表内合计、分项之和).

The structure is read from labels (合计、小计、其中、一、（一）1.) and confirmed by the columns themselves:
a reading of the structure counts only if it holds in some column. Sums within (n+1) halves are 尾差, never errors.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.review.addition import Sum, addition, difference, level, recomputed, sums, tolerance, total
from assistant.review.case import Case
from assistant.review.rule import Outcome, held, issue
from assistant.review.sheet import DASHES, Half, Sheet
from assistant.review.show import amount


def table_footing(case: Case) -> Iterator[Outcome]:
    """表内合计: every total row against the rows it sums."""
    for sheet, half in case.halves:
        rows = [row for row in sheet.body if sheet.label(row, half) or _has_value(sheet, half, row)]
        for at, row in enumerate(rows):
            if total(sheet.name(row, half)):
                yield from _judge(case, sheet, half, row, _readings(sheet, half, rows, at))


def parts_of(case: Case) -> Iterator[Outcome]:
    """分项之和: numbered and 其中 rows against the row they belong to."""
    for sheet, half in case.halves:
        rows = [row for row in sheet.body if sheet.label(row, half)]
        for at, row in enumerate(rows):
            if not total(sheet.name(row, half)):
                yield from _judge_parent(case, sheet, half, rows, at)


def _has_value(sheet: Sheet, half: Half, row: int) -> bool:
    return any((row, col) in sheet.values for col in half.numbers)


def _readings(sheet: Sheet, half: Half, rows: list[int], at: int) -> list[list[int]]:
    """Ways to read which rows a total row sums, the plainest first."""
    totals = [i for i, row in enumerate(rows) if total(sheet.name(row, half))]
    earlier = [i for i in totals if i < at]
    ways: list[list[int]] = []
    if at == 0 or (earlier == [] and at == 1 and not _has_value(sheet, half, rows[0])):
        later = next((i for i in totals if i > at), len(rows))
        ways += _tops(sheet, half, rows[at + 1 : later])
        return ways + _tops(sheet, half, [row for i, row in enumerate(rows[at + 1 :], at + 1) if i not in totals])
    start = earlier[-1] + 1 if earlier else 0
    block = rows[start:at]
    ways += _tops(sheet, half, block)
    if earlier:
        ways += [[rows[earlier[-1]], *top] for top in [*_tops(sheet, half, block), []] if top]
        ways += _tops(sheet, half, [row for i, row in enumerate(rows[:at]) if i not in totals])
        ways.append([rows[i] for i in earlier])
    return ways


def _tops(sheet: Sheet, half: Half, block: list[int]) -> list[list[int]]:
    """The block without its children, for each way to tell children."""
    names = {row: sheet.name(row, half) for row in block}
    ways = [block]
    for run in (1, 2, 3, 4, len(block)):
        ways.append(_without_runs(block, names, run))
    numbered = [level(names[row]) for row in block if level(names[row])]
    if numbered:
        top = min(numbered)
        ways.append([row for row in block if level(names[row]) == top])
        ways.append([row for row in block if level(names[row]) in (0, top) and not names[row].startswith("其中")])
    seen: list[list[int]] = []
    for way in ways:
        if way and way not in seen:
            seen.append(way)
    return seen


def _without_runs(block: list[int], names: dict[int, str], run: int) -> list[int]:
    """Leave out each 其中 row and up to `run` - 1 unnumbered rows behind it."""
    kept, skip = [], 0
    for row in block:
        if names[row].startswith("其中"):
            skip = run
        elif level(names[row]):
            skip = 0
        if skip:
            skip -= 1
        else:
            kept.append(row)
    return kept


def _judge(case: Case, sheet: Sheet, half: Half, row: int, ways: list[list[int]]) -> Iterator[Outcome]:
    if not ways or _is_score(sheet):
        return
    judged = [(way, sums(sheet, half, row, way)) for way in ways if len(way) > 1]
    judged = [(way, made) for way, made in judged if made]
    if not judged:
        return
    way, best = max(judged, key=lambda item: sum(one.fits and one.stated.base != 0 for one in item[1]))
    fitting = [one for one in best if one.fits and one.stated.base != 0]
    failing = [one for one in best if not one.fits and not _fits_elsewhere(one.col, judged)]
    if fitting and len(fitting) < len(failing) and not _flat(sheet, half, way):
        return
    if not fitting and not _plain_table(sheet, half, row, way, best):
        return
    yield from _closed(sheet, half, row, fitting)
    for one in failing:
        yield _mismatch(case, sheet, half, row, one)


def _fits_elsewhere(col: int, judged: list[tuple[list[int], list[Sum]]]) -> bool:
    return any(one.fits for _, made in judged for one in made if one.col == col)


def _plain_table(sheet: Sheet, half: Half, row: int, way: list[int], best: list[Sum]) -> bool:
    """A flat list closed by 合计, with a figure in every row: its structure leaves no doubt even if no column fits."""
    flat = _flat(sheet, half, way)
    near = all(abs(one.gap) * 5 <= abs(one.stated.base) and len(one.parts) == len(way) for one in best)
    return flat and near and len(way) >= 2 and sheet.name(row, half).endswith(("合计", "总计")) and len(best) <= 2


def _flat(sheet: Sheet, half: Half, way: list[int]) -> bool:
    """A plain list: no numbering by levels, no 其中, no subtotal among the rows."""
    names = [sheet.name(part, half) for part in way]
    return not any(level(name) or name.startswith("其中") or total(name) for name in names)


def _is_score(sheet: Sheet) -> bool:
    """Scoring tables have their own rules (自评表)."""
    return any("分值" in head or "得分" in head for head in sheet.heads)


def _closed(sheet: Sheet, half: Half, row: int, fitting: list[Sum]) -> Iterator[Outcome]:
    """Columns that close: one passed check for the row, a hint for each column with a rounding difference."""
    name = sheet.name(row, half)
    exact = [one for one in fitting if not one.gap]
    if exact:
        columns = "；".join(f"{sheet.headed(one.col)}{addition(one)}" for one in exact)
        places = tuple(sheet.place(row, one.col) for one in exact)
        yield held(f"{sheet.title}“{name}”等于分项之和（{len(exact)}栏）", columns, places)
    for one in fitting:
        if one.gap:
            gap = amount(one.stated, abs(one.gap))
            yield issue(
                "提示",
                f"{sheet.title}“{name}”{sheet.headed(one.col)}分项之和与合计有尾差{gap}",
                f"{addition(one)}，报告{amount(one.stated)}。",
                f"{difference(one)}，在{tolerance(one)}以内，属舍入尾差，不是错误。",
                "可注明“因四舍五入，分项之和与合计略有出入”。",
                (sheet.place(row, one.col),),
                (sheet.quote(row),),
            )


def _mismatch(case: Case, sheet: Sheet, half: Half, row: int, one: Sum) -> Outcome:
    name, head = sheet.name(row, half), sheet.headed(one.col)
    more = "多" if one.gap > 0 else "少"
    found = one.stated.base - one.gap
    echo = [fact for fact in case.facts if fact.dimension == one.stated.unit.dimension and fact.quantity.base == found]
    also = f"；报告另有{len(echo)}处写作{amount(echo[0].quantity)}" if echo else ""
    return issue(
        "P0",
        f"{sheet.title}“{name}”{head}与分项之和不符，{more}{amount(one.stated, abs(one.gap))}",
        f"{name}行{head}为{amount(one.stated)}，所列{len(one.parts)}项相加为{recomputed(one)}{also}。",
        f"{addition(one)}；{difference(one)}，超出{tolerance(one)}。合计与分项不能同时成立，无法判定哪一侧有误。",
        "请核对该列合计与各分项，更正后同步修改引用处。",
        (sheet.place(row, one.col), *(fact.place for fact in echo)),
        (sheet.quote(row),),
        tuple(
            fact.id
            for fact in case.facts
            if fact.place.table == sheet.table.number
            and fact.place.report == sheet.report
            and (fact.place.row, fact.place.col) == (row, one.col)
        ),
    )


def _judge_parent(case: Case, sheet: Sheet, half: Half, rows: list[int], at: int) -> Iterator[Outcome]:
    row, own = rows[at], level(sheet.name(rows[at], half))
    below = _below(sheet, half, rows, at)
    if not below:
        return
    if own and any(level(sheet.name(part, half)) for part in below):
        yield from _unfilled(sheet, half, row, below)
    judged = [(way, sums(sheet, half, row, way)) for way in _children(sheet, half, below) if len(way) > 1]
    judged = [(way, made) for way, made in judged if made]
    if not judged:
        return
    _, best = max(judged, key=lambda item: sum(one.fits and one.stated.base != 0 for one in item[1]))
    fitting = [one for one in best if one.fits and one.stated.base != 0]
    failing = [one for one in best if not one.fits and not _fits_elsewhere(one.col, judged)]
    if fitting and len(fitting) >= len(failing):
        yield from _closed(sheet, half, row, fitting)
        for one in failing:
            yield _mismatch(case, sheet, half, row, one)


def _below(sheet: Sheet, half: Half, rows: list[int], at: int) -> list[int]:
    """Rows under a parent: deeper numbering, 其中 rows, or unnumbered rows under a numbered one."""
    own = level(sheet.name(rows[at], half))
    found: list[int] = []
    for row in rows[at + 1 :]:
        name = sheet.name(row, half)
        depth = level(name)
        if total(name) or (depth and depth <= own) or "结转" in name:
            break
        if not own and not found and not name.startswith("其中"):
            break
        if not own and depth:
            break
        found.append(row)
    return found


def _children(sheet: Sheet, half: Half, below: list[int]) -> list[list[int]]:
    depths = [level(sheet.name(row, half)) for row in below]
    if any(depths):
        top = min(depth for depth in depths if depth)
        return [[row for row, depth in zip(below, depths, strict=True) if depth == top]]
    return [below[:run] for run in range(2, min(len(below), 6) + 1)]


def _unfilled(sheet: Sheet, half: Half, row: int, below: list[int]) -> Iterator[Outcome]:
    """A subtotal with a figure whose parts are all dashes or blanks (分项未填)."""
    stated = [col for col in half.numbers if (row, col) in sheet.values and sheet.values[row, col].base != 0]
    parts = _children(sheet, half, below)[0]
    empty = [c for c in stated if all(sheet.texts[part][c] in DASHES or not sheet.texts[part][c] for part in parts)]
    if not empty or len(parts) < 2:
        return
    figures = "、".join(sheet.values[row, col].text for col in empty)
    names = "”、“".join(sheet.name(part, half) for part in parts)
    yield issue(
        "P1",
        f"{sheet.title}“{sheet.name(row, half)}”有数而分项全部未填",
        f"“{sheet.name(row, half)}”为{figures}，其下“{names}”均为“—”或空白。",
        "“—”、空白与0不是一回事，分项之和无法与小计核对。",
        "请补填各分项。",
        tuple(sheet.place(row, col) for col in empty),
        tuple(sheet.quote(each) for each in (row, *parts)),
    )
