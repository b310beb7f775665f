"""Asks every report the first things a reviewer asks, in plain words: budget, what was spent, what is left, staff.

    python -m benchmarks.basics FILE… [--list]

Made without gold: what the report says of the inputs of indicators (支出决算数, 年末在职人员数 …), where it says one
thing only. The answers go by the same inputs, so that this tells whether a wording is understood, not whether the
reviewer has found the right figure; that is for the gold.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from assistant import Answer, stated_inputs
from benchmarks.asking import counted
from benchmarks.own_words import held
from ingest.fact import Fact
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading

WORDS = {
    "支出决算数": (
        "本年支出多少？", "支出决算是多少？", "全年支出是多少？", "总支出多少？", "今年一共花了多少钱？",
        "本年支出合计是多少？", "实际支出多少？", "全年执行了多少？", "部门支出总额是多少？",
    ),
    "调整后预算数": ("调整后预算是多少？", "全年预算数是多少？", "调整后的预算有多少？", "最终预算多少？"),
    "年初预算数": ("年初预算是多少？", "年初预算安排了多少？", "年初批了多少预算？", "年初部门预算多少万元？"),
    "基本支出决算数": ("基本支出多少？", "基本支出花了多少？", "基本支出决算是多少？"),
    "项目支出决算数": ("项目支出多少？", "项目支出一共多少？", "项目支出决算是多少？", "项目上花了多少钱？"),
    "年末结转和结余": ("年末结转结余多少？", "年末还剩多少钱？", "结转结余资金有多少？", "年底结转多少？"),
    "年末在职人员数": ("在职人员有多少人？", "年末在职多少人？", "实有在职人数是多少？", "现在有多少在职的？"),
    "编制数": ("编制数是多少？", "核定编制多少名？", "一共有多少编制？"),
    "“三公”经费支出": ("三公经费支出多少？", "三公经费花了多少？", "三公经费决算是多少？"),
    "“三公”经费预算数": ("三公经费预算是多少？", "三公经费预算多少万元？"),
    "公用经费支出": ("公用经费支出多少？", "公用经费花了多少？"),
    "实际政府采购金额": ("政府采购实际金额是多少？", "实际采购了多少钱？", "政府采购花了多少？"),
    "政府采购预算数": ("政府采购预算是多少？", "采购预算多少？"),
    "固定资产总额（原值）": ("固定资产总额是多少？", "固定资产原值多少？", "有多少固定资产？"),
}  # fmt: skip
"""By the name of an input: what a reviewer types who wants to know it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the figure that answers it."""

    form: str
    question: str
    fact: Fact


def made(path: Path) -> Iterator[Asked]:
    """The questions of a report whose answers it states once."""
    report = read(path)
    for name, fact in stated_inputs(Reading(report, facts(report))).items():
        yield from (Asked(name, question, fact) for question in WORDS.get(name, ()))


def judged(one: Asked, told: Answer) -> str:
    """对, 错 or 拒答."""
    return "拒答" if told.refused else "对" if held(told.text, one.fact.quantity.base, one.fact.dimension) else "错"


if __name__ == "__main__":
    counted(__doc__, made, judged, lambda one: f"{one.fact.quantity.text} {one.fact.id}")
