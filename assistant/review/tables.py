"""Tables against each other and against the department's totals (表间勾稽).

Two tables speak of the same things when most of what they share agrees; then the one that differs is the finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from assistant.review.addition import Sum, addition, additive, difference, recomputed, tolerance, total
from assistant.review.case import Case
from assistant.review.inputs import Input, find
from assistant.review.rule import Outcome, held, issue, of
from assistant.review.sheet import Half, Sheet
from assistant.review.show import amount, gap
from assistant.review.topic import agree, generic, topic, year_of
from assistant.wording import table_name
from ingest.fact import Fact
from ingest.report import Report
from ingest.terms import basis_of

_INCOME = re.compile(r"收入|拨款")
Key = tuple[str, str, str, str]
NAMES = {
    "initial": "年初预算",
    "adjusted": "调整后预算",
    "spent": "支出决算",
    "income": "收入决算",
    "opening": "年初结转和结余",
    "closing": "年末结转和结余",
}


def same_in_tables(case: Case) -> Iterator[Outcome]:
    """表间一致: pairs of tables that share at least three figures, most of them equal."""
    reports = {part.report.id: part.report for part in case.parts}
    dated = _dated(case)
    held_by: dict[tuple[str, int], dict[Key, Fact]] = {}
    for fact in case.facts:
        key = _key(case, fact, dated)
        for place in (fact.place, *fact.also):
            if key is not None and place.table is not None:
                held_by.setdefault((place.report, place.table), {}).setdefault(key, replace(fact, place=place))
    for (one, first), (other, second) in combinations(sorted(held_by.items()), 2):
        shared = [(first[key], second[key]) for key in first if key in second]
        equal = [pair for pair in shared if agree(*pair)]
        differing = [
            (a, b) for a, b in shared if abs(a.quantity.base - b.quantity.base) > a.quantity.half + b.quantity.half
        ]
        if len(equal) < 3 or len(equal) < 3 * len(differing):
            continue
        names = f"{_name(reports, one)}与{_name(reports, other)}"
        yield held(f"{names}共有数据一致", f"{len(equal)}处", tuple(one.place for one, _ in equal))
        for a, b in differing:
            yield _differs(names, a, b)


def _dated(case: Case) -> dict[tuple[str, int | None], set[str]]:
    """The years that the figures of each table are of."""
    found: dict[tuple[str, int | None], set[str]] = {}
    for fact in case.facts:
        found.setdefault((fact.place.report, fact.place.table), set()).add(year_of(fact))
    return found


def _key(case: Case, fact: Fact, dated: dict[tuple[str, int | None], set[str]]) -> Key | None:
    """What a figure is of. A table of one other year counts as this year's: the year of its caption may be wrong."""
    name = topic(fact)
    if generic(name) or not fact.basis or fact.basis in ("差额", "目标"):
        return None
    alone = len(dated.get((fact.place.report, fact.place.table), ())) == 1
    year = str(case.year) if alone and case.year else year_of(fact)
    return name, year, fact.basis, fact.dimension


def _name(reports: dict[str, Report], key: tuple[str, int]) -> str:
    table = next(table for table in reports[key[0]].tables if table.number == key[1])
    return table_name(table)


def _differs(names: str, a: Fact, b: Fact) -> Outcome:
    title = f"“{topic(a)}”{a.basis}在{names}不一致"
    said = f"两表对“{topic(a)}”{a.basis}分别填{amount(a.quantity)}、{amount(b.quantity)}，其余共有数据一致。"
    return _apart(title, said, a, b)


def _apart(title: str, said: str, a: Fact, b: Fact) -> Outcome:
    """Two values of one thing side by side, never judged."""
    return issue(
        "P0",
        f"{title}：{amount(a.quantity)}与{amount(b.quantity)}",
        said,
        f"{gap(a.quantity, b.quantity)}。两处不能同时成立，无法判定哪一侧有误。",
        "请核实后统一。",
        *of(a, b),
    )


def totals_agree(case: Case) -> Iterator[Outcome]:
    """部门总数一致: budget, adjusted budget, spending and balances stated in prose and in tables."""
    for role, facts in case.totals.items():
        prose = [fact for fact in facts if fact.kind == "prose"]
        tables = [fact for fact in facts if fact.kind == "table"]
        if role in NAMES and len(prose) == 1 and len(tables) == 1:
            a, b = prose[0], tables[0]
            beside = (f for f in case.facts if f.place.table == b.place.table and f.place.row == b.place.row)
            if not a.basis and any(f.place.report == b.place.report and agree(a, f) for f in beside):
                continue  # 上年结转 as it came, beside what was spent of it
            said = f"正文为{amount(a.quantity)}，表中为{amount(b.quantity)}。"
            yield _apart(f"{NAMES[role]}正文与表不一致", said, a, b)


def projects_sum(case: Case) -> Iterator[Outcome]:
    """项目逐项相加: a list of projects without a total row against the project spending stated elsewhere."""
    for sheet, half in case.halves:
        rows = [row for row in sheet.body if sheet.label(row, half)]
        listed = any("项目" in head for head in sheet.heads) and len(rows) >= 3
        listed = listed and not any(_INCOME.search(sheet.label(row, half)) for row in rows)
        if listed and not any(total(sheet.name(row, half)) for row in rows):
            yield from _against_projects(case, sheet, half, rows)


def _against_projects(case: Case, sheet: Sheet, half: Half, rows: list[int]) -> Iterator[Outcome]:
    for col in additive(sheet, half):
        basis = basis_of(sheet.head(col)) or basis_of(sheet.heads[col])
        bases = ("预算", "调整后预算") if basis in ("预算", "调整后预算") else ("决算",) if basis == "决算" else ()
        parts = tuple(sheet.values[row, col] for row in rows if (row, col) in sheet.values)
        if not bases or len(parts) < len(rows) or parts[0].unit.dimension != "money":
            continue
        wanted = Input("", "项目支出", ("项目支出",), ("基本", "比重", "占"), bases)
        stated = [fact for fact in find(wanted, case.parts) if not _inside(fact, sheet)]
        sums = [(fact, Sum(col, fact.quantity, parts)) for fact in stated]
        whole = [(fact, Sum(col, fact.quantity, parts)) for fact in _beside(case, sheet, bases)]
        fitting = sorted((pair for pair in (*sums, *whole) if pair[1].fits), key=lambda pair: abs(pair[1].gap))
        if fitting:
            yield _summed(sheet, rows, col, *fitting[0])
        elif len(sums) == 1 and abs(sums[0][1].gap) * 10 <= sums[0][0].quantity.base:
            yield _unsummed(sheet, rows, col, sums[0][0], sums[0][1])


def _inside(fact: Fact, sheet: Sheet) -> bool:
    """A figure of the list itself."""
    here = (fact.place.report, fact.place.table) == (sheet.report, sheet.table.number)
    return here and fact.place.row in sheet.body


def _beside(case: Case, sheet: Sheet, bases: tuple[str, ...]) -> list[Fact]:
    """Totals in another part of the same table (资金总额、全年执行数 above the list)."""
    return [
        fact
        for fact in case.facts
        if (fact.place.report, fact.place.table) == (sheet.report, sheet.table.number)
        and not _inside(fact, sheet)
        and fact.basis in bases
        and fact.dimension == "money"
        and fact.quantity.base
    ]


def _summed(sheet: Sheet, rows: list[int], col: int, fact: Fact, one: Sum) -> Outcome:
    head = sheet.headed(col)
    places = (*(sheet.place(row, col) for row in rows), fact.place)
    if not one.gap:
        return held(f"{sheet.title}各项目{head}逐项相加等于项目支出", addition(one), places)
    return issue(
        "提示",
        f"{sheet.title}各项目{head}相加与所报总数有尾差{amount(fact.quantity, abs(one.gap))}",
        f"表中{len(one.parts)}个项目逐项相加为{recomputed(one)}，所报总数为{amount(fact.quantity)}。",
        f"{addition(one)}；{difference(one)}，在{tolerance(one)}以内，不是错误。",
        "可注明“因四舍五入，分项之和与合计略有出入”。",
        places,
        (fact.quote, *(sheet.quote(row) for row in rows)),
        (fact.id,),
    )


def _unsummed(sheet: Sheet, rows: list[int], col: int, fact: Fact, one: Sum) -> Outcome:
    return issue(
        "P0",
        f"{sheet.title}各项目相加{recomputed(one)}与项目支出{amount(fact.quantity)}不符",
        f"表中{len(one.parts)}个项目逐项相加为{recomputed(one)}，项目支出为{amount(fact.quantity)}。",
        f"{addition(one)}；{difference(one)}。",
        "请核对各项目与项目支出总数。",
        (*(sheet.place(row, col) for row in rows), fact.place),
        (fact.quote, *(sheet.quote(row) for row in rows)),
        (fact.id,),
    )
