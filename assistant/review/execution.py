"""Low execution and large budget changes that the report does not explain (执行率偏低、预算调整未说明)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from assistant.review.addition import total
from assistant.review.case import Case
from assistant.review.columns import Ratio
from assistant.review.lexicon import any_of, listed
from assistant.review.rule import Outcome, held, issue
from assistant.review.sheet import Half, Sheet
from assistant.review.show import amount, gap, percent
from ingest.quantity import Quantity
from ingest.report import Place
from ingest.terms import basis_of, plain

NOT_SPENDING = (
    "收入",
    "结转",
    "结余",
    "三公",
    "接待",
    "公务用车",
    "出国",
    "编制",
    "拨款",
    "政府性基金",
    "国有资本",
    "增减",
    "总计",
)

_REASON = re.compile("原因|由于|因|所致|影响|主要[是系为]|推迟|延期|未达|节约|结余")


def low_execution(case: Case) -> Iterator[Outcome]:
    """执行率低于阈值: an item whose spending falls short of its budget without a reason in row or text."""
    checked: list[Place] = []
    seen: set[str] = set()
    for sheet, half in case.halves:
        for row in sheet.body:
            ratio = _execution(sheet, half, row)
            name = _item(sheet.label(row, half))
            if ratio is None or name in seen:
                continue
            seen.add(name)
            checked.append(sheet.place(row, max(half.numbers)))
            if ratio.exact * 100 < case.profile.low_execution and not _explained(case, sheet, half, row, name):
                yield _low(case, sheet, half, row, name, ratio)
    if checked:
        least = f"{case.profile.low_execution:f}%"
        yield held("逐项检查执行率及其说明", f"共{len(checked)}项，阈值{least}（口径可配置）", tuple(checked))


def _item(label: str) -> str:
    parts = label.replace("\n", "").split("/")
    return next((part for part in reversed(parts) if len(part) <= 30), parts[-1])


def _execution(sheet: Sheet, half: Half, row: int) -> Ratio | None:
    """Spending over budget of one item: the adjusted budget where the table has it."""
    label = sheet.label(row, half)
    name = sheet.name(row, half)
    if (
        not label
        or total(name)
        or any(w in sheet.table.caption or (w in name and len(name) <= 16) for w in NOT_SPENDING)
    ):
        return None
    if any("分值" in head for head in sheet.heads) or any("采购" in head for head in sheet.heads):
        return None
    spent = _figure(sheet, half, row, ("决算",))
    budget = (
        _figure(sheet, half, row, ("调整后预算",))
        or _figure(sheet, half, row, ("预算",))
        or _figure(sheet, half, row, ("年初预算",))
    )
    if spent is None or budget is None or budget.base <= 0 or spent.unit.dimension != budget.unit.dimension:
        return None
    if spent.unit.dimension not in ("money", "none"):
        return None
    return Ratio(spent, spent, budget)


def _figure(sheet: Sheet, half: Half, row: int, bases: tuple[str, ...]) -> Quantity | None:
    for col in half.numbers:
        if basis_of(sheet.head(col)) in bases or basis_of(sheet.heads[col]) in bases:
            value = sheet.values.get((row, col))
            if value is not None and value.unit.dimension != "ratio" and "率" not in sheet.heads[col]:
                return value
    return None


def _explained(case: Case, sheet: Sheet, half: Half, row: int, name: str) -> bool:
    """A reason stands in the row's own remarks, or in a sentence that names the item and its neighbour."""
    numbers = set(half.numbers)
    remarks = [
        sheet.texts[row][col]
        for col in range(max(half.numbers) + 1, sheet.table.cols)
        if col not in numbers and any(word in sheet.heads[col] for word in ("原因", "说明", "备注"))
    ]
    if any(len(text) >= 3 for text in remarks):
        return True
    reasons = listed("reasons")
    key = _key(name)
    for at, said in enumerate(case.statements):
        if key and key in _key(said.text):
            near = said.text + "".join(s.text for s in case.statements[at + 1 : at + 2] if s.block is said.block)
            if any_of(reasons, near[near.find(name[:4]) if name[:4] in near else 0 :]) and _REASON.search(near):
                return True
    return False


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return re.sub(r"(项目|经费|支出|资金|专项)$", "", plain(text))


def _low(case: Case, sheet: Sheet, half: Half, row: int, name: str, ratio: Ratio) -> Outcome:
    return issue(
        "P1",
        f"“{name}”执行率{percent(ratio.exact)}，未说明原因",
        f"“{name}”预算{amount(ratio.under)}，支出{amount(ratio.over)}；"
        f"执行率低于{case.profile.low_execution:f}%，表内和正文未见说明。",
        f"{amount(ratio.over)}÷{amount(ratio.under)}＝{percent(ratio.exact)}；未执行{gap(ratio.under, ratio.over)}。",
        "请补充未完成预算的原因和改进措施。",
        (sheet.place(row, max(half.numbers)),),
        (sheet.quote(row),),
        tuple(
            fact.id
            for fact in case.facts
            if fact.place.report == sheet.report and fact.place.table == sheet.table.number and fact.place.row == row
        ),
    )


def budget_change(case: Case) -> Iterator[Outcome]:
    """预算调整未说明: budget changed by more than the threshold and no sentence says why."""
    from assistant.review.whole import whole

    sums = whole(case)
    if sums.initial is None or sums.adjusted is None:
        return
    change = (sums.adjusted.quantity.base - sums.initial.quantity.base) / sums.initial.quantity.base
    before, now = amount(sums.initial.quantity), amount(sums.adjusted.quantity)
    working = f"（{now}－{before}）÷{before}＝{percent(change)}"
    reasons = listed("adjust_reasons")
    told = any(
        any_of(reasons, said.text)
        and re.search(r"(预算|年中|指标)[^。]{0,30}(调整|追加|调减|调增|增加|减少)", said.text)
        for said in case.statements
        if said.zone not in ("plan",)
    )
    if abs(change) * 100 >= Decimal(case.profile.unexplained_adjustment) and not told:
        yield issue(
            "P1",
            f"预算调整幅度{percent(change)}，未说明原因",
            f"年初预算{sums.initial.quantity.text}，调整后{sums.adjusted.quantity.text}，全文未见调整原因。",
            working,
            "请说明调整原因、批复文号，并列追加、追减明细。",
            (sums.initial.place, sums.adjusted.place),
            (sums.initial.quote,),
            (sums.initial.id, sums.adjusted.id),
        )
    else:
        yield held("预算调整幅度及其说明", f"净额口径{working}", (sums.initial.place, sums.adjusted.place))
