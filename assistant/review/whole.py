"""The department's own totals (部门总数): budgets, spending, income, balances, basic and project spending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from assistant.review.inputs import Input, find
from ingest.fact import Fact
from ingest.reading import Reading

if TYPE_CHECKING:
    from assistant.review.case import Case

_NOT_WHOLE = (
    "基本支出",
    "项目支出",
    "三公",
    "专项",
    "执行率",
    "率",
    "比重",
    "采购",
    "政府性基金",
    "国有资本",
    "人员经费",
    "公用经费",
)


@dataclass(frozen=True, slots=True)
class Whole:
    """部门总数; None where the report does not state it."""

    initial: Fact | None
    adjusted: Fact | None
    spent: Fact | None
    income: Fact | None
    opening: Fact | None
    closing: Fact | None
    basic: Fact | None
    projects: Fact | None
    net: Fact | None
    """Net adjustment of the year (年中净调增、净调减)."""


def whole(case: Case) -> Whole:
    """The totals as the ledger states them, tables before prose."""
    return Whole(**{name: found[0] if found else None for name, found in case.totals.items()})


def stated_in(readings: Sequence[Reading]) -> dict[str, tuple[Fact, ...]]:
    """All values that these readings give for each total, one fact for each distinct value.

    The first reading's year is the year.
    """
    return {name: find(wanted, readings) for name, wanted in _inputs().items()}


@cache
def _inputs() -> dict[str, Input]:
    def role(labels: str, bases: tuple[str, ...], *more: str) -> Input:
        return Input("", labels.split(" ")[0], tuple(labels.split(" ")), (*_NOT_WHOLE, *more), bases)

    spending = "支出决算数 支出决算 本年支出合计 本年支出 当年支出 年度资金总额 全年支出 总支出 支出合计 支出总额"
    spending += " 累计支出 实际支出"
    initial = "年初部门预算指标 年初部门预算数 年初部门预算 部门年初预算 年初预算数 年初预算 本年支出合计 年度资金总额"
    adjusted = "调整后预算总额 调整后预算数 调整后部门预算 调整后预算 全年预算数 调整预算 本年支出合计 年度资金总额"
    part = tuple(word for word in _NOT_WHOLE if word not in ("基本支出", "项目支出"))
    return {
        "initial": role(initial, ("年初预算",), "收入", "调减", "追加"),
        "adjusted": role(adjusted, ("调整后预算",), "收入"),
        "spent": role(spending, ("决算", "完成"), "收入"),
        "income": role(
            "收入决算数 收入决算 本年收入合计 本年收入 当年收入 全年收入 收入总额 总收入",
            ("决算", "完成"),
            "支出",
            "财政拨款",
            "事业收入",
            "其他收入",
        ),
        "opening": replace(
            role("年初结转和结余 年初结转结余 上年结转", ("决算", "", "年初预算"), "年末"), carried=True
        ),
        "closing": role("年末结转和结余 年末结转结余", ("决算", ""), "年初"),
        "basic": Input("", "基本支出", ("基本支出",), part, ("决算", "完成")),
        "projects": Input("", "项目支出", ("项目支出",), part, ("决算", "完成")),
        "net": role("年中调减指标 年中调减 年中调增 年中追加 调减指标", ("调整",), "专项"),
    }
