"""True sentences in new words: pointing back, taken together, compared, worked out; beside each its false twin.

The small reports below show each way of telling. cases/retellings.jsonl holds 120 pairs on four reports,
cases/memos.jsonl 80 on eight more, written blind in the words of language models and careful reviewers;
`python -m benchmarks.retellings [FILE…]` prints the tables and tells what was reached at first sight.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from assistant.answer import BAD, GOOD
from assistant.check import gate
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading
from tests.build import report, table

HERE = Path(__file__).parent
WRONG = frozenset({"conflict", "basis", "unit_slip"})
"""Verdicts that tell the reader that a figure is wrong, and not merely that nothing bears it out."""
FILES = [HERE / "cases" / name for name in ("retellings.jsonl", "memos.jsonl")]
TOLD = [json.loads(line) for file in FILES for line in file.read_text("utf-8").splitlines()]
HERE_ALL = [pair for pair in TOLD if (HERE / "strange" / pair["report"]).exists()]
"""The pairs on reports that lie in the repository."""

SMALL = report(
    "# 二、支出情况",
    "2023年年初预算900.00万元，调整后预算1,000.00万元，支出决算930.00万元，预算执行率93.00%。",
    table(
        """单位：万元
        | 项目 | 年初预算 | 调整后预算 | 决算 | 执行率 |
        | 河道清淤工程 | 310.00 | 300.00 | 261.00 | 87.00% |
        | 灌区改造补助 | 380.00 | 450.00 | 441.00 | 98.00% |
        | 水质监测运行 | 210.00 | 250.00 | 228.00 | 91.20% |
        | 合计 | 900.00 | 1,000.00 | 930.00 | 93.00% |""",
        caption="表1 项目支出情况表",
    ),
    "服务对象满意度94.5%。",
    table(
        """| 指标 | 目标值 | 完成值 |
        | 服务对象满意度 | ≥92% | 94.5% |
        | 新建监测站点 | 12个 | 11个 |""",
        number=2,
        caption="表2 绩效指标完成情况",
    ),
)


@cache
def small() -> Reading:
    return Reading(SMALL, facts(SMALL))


def verdicts(text: str, known: Reading) -> list[str]:
    return [figure.verdict for figure in gate(text, [known]).figures]


PAIRS = [
    # true, false: one word or figure apart
    (
        "进度最慢的是河道清淤工程。该项目调整后预算300万元，支出261万元，其执行率87%。",
        "进度最慢的是水质监测运行。该项目调整后预算300万元，支出261万元，其执行率87%。",
    ),
    (
        "灌区改造补助支出441万元，水质监测运行支出228万元。上述两项合计669万元，执行率都在91%以上。",
        "灌区改造补助支出441万元，水质监测运行支出228万元。上述两项合计669万元，执行率都在92%以上。",
    ),
    (
        "灌区改造补助支出441万元，水质监测运行支出228万元。这两个项目共支出669万元。",
        "灌区改造补助支出441万元，水质监测运行支出228万元。这两个项目共支出696万元。",
    ),
    ("河道清淤工程被调减，由310万元减到300万元。", "河道清淤工程被调减，由300万元减到310万元。"),
    ("调整后预算比年初批复多100万元，增长11.11%。", "调整后预算比年初批复少100万元，增长11.11%。"),
    ("服务对象满意度94.5%，高出目标2.5个百分点。", "服务对象满意度94.5%，低于目标2.5个百分点。"),
    ("新建监测站点计划12个，实际建成11个，还差1个。", "新建监测站点计划12个，实际建成12个，还差1个。"),
    ("执行率不足90%的项目有1个。", "执行率不足90%的项目有2个。"),
    (
        "灌区改造补助支出441万元，约为水质监测运行（228万元）的1.93倍。",
        "灌区改造补助支出441万元，约为水质监测运行（228万元）的1.39倍。",
    ),
    (
        "河道清淤工程支出261万元、灌区改造补助支出441万元、水质监测运行支出228万元，占比分别为28.06%、47.42%、24.52%。",
        "河道清淤工程支出261万元、灌区改造补助支出441万元、水质监测运行支出228万元，占比分别为28.06%、24.52%、47.42%。",
    ),
    ("灌区改造补助年初预算380万元，追加70万元后为450万元。", "灌区改造补助年初预算380万元，调减70万元后为450万元。"),
    ("河道清淤工程年初预算310万元，调减10万元至300万元。", "河道清淤工程年初预算310万元，追加10万元至300万元。"),
    ("灌区改造补助由380万元增至450万元。", "灌区改造补助由380万元降至450万元。"),
    ("灌区改造补助支出441万元，比年初预算多61万元。", "灌区改造补助支出441万元，比调整后预算多61万元。"),
    (
        "河道清淤工程支出261万元，水质监测运行支出228万元，合计489万元。",
        "河道清淤工程支出489万元，水质监测运行支出228万元，相差261万元。",  # the first is the sum: named, it is none
    ),
    (
        "灌区改造补助支出441万元、水质监测运行支出228万元，前者比后者多213万元。",
        "灌区改造补助支出441万元、水质监测运行支出228万元，后者比前者多213万元。",
    ),
    (
        "| 项目（万元） | 年初预算 | 决算 |\n|---|---|---|\n| 灌区改造补助 | 380 | 441 |",
        "| 项目（万元） | 决算 | 年初预算 |\n|---|---|---|\n| 灌区改造补助 | 380 | 441 |",
    ),
]


@pytest.mark.parametrize(("true", "false"), PAIRS)
def test_new_words_bind_and_their_false_twin_is_caught(true: str, false: str) -> None:
    """Every figure of the true sentence holds; of its twin some figure is at fault."""
    known = small()
    assert set(verdicts(true, known)) - GOOD <= {"ambiguous"}
    assert BAD & set(verdicts(false, known))


WHOLES = report(
    "# 二、收支情况",
    table(
        """单位：万元
        | 项目 | 决算数 | 占本年支出比重 |
        | 财政拨款收入 | 820.00 | — |
        | 本年收入合计 | 900.00 | — |
        | 收入总计 | 1,000.00 | — |
        | 基本支出 | 400.00 | 40.00% |
        | 人员经费 | 300.00 | 30.00% |
        | 本年支出合计 | 1,000.00 | 100.00% |""",
        caption="表1 收支决算表",
    ),
)


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("财政拨款收入820万元，占本年收入合计的91.11%。", "财政拨款收入820万元，占收入总计的91.11%。"),
        ("人员经费300万元，占全部支出的30.00%。", "人员经费300万元，占基本支出的30.00%。"),
    ],
)
def test_a_share_is_of_the_whole_that_is_named(true: str, false: str) -> None:
    """总计 has in it what was carried over, 本年合计 has not; the report's share of all is no share of a part."""
    known = Reading(WHOLES, facts(WHOLES))
    assert set(verdicts(true, known)) <= GOOD
    assert BAD & set(verdicts(false, known))


@pytest.mark.parametrize(
    "text",
    [
        "河道清淤工程空缺资金77万元。",  # no fact of such a gap: the budget of 300 does not belie it
        "该类支出相当于调整后预算的12.7%。",
        "上半年支出402万元。",  # not the 930 of the whole year
    ],
)
def test_what_no_fact_speaks_of_is_without_ground_and_not_told_as_wrong(text: str) -> None:
    """无依据, never 不一致: the report says nothing of such a figure."""
    assert not WRONG & set(verdicts(text, small()))


def test_a_false_retelling_is_seldom_verified_and_a_true_one_seldom_blamed() -> None:
    """Floors of the pairs whose reports lie in the repository: what is reached today, less a little."""
    blamed = whole = passed = 0
    for pair in HERE_ALL:
        known = reading(pair["report"])
        true, false = (set(verdicts(pair[which], known)) for which in ("true", "false"))
        blamed, whole, passed = blamed + bool(true & WRONG), whole + (true <= GOOD), passed + (false <= GOOD)
    assert (blamed <= 30, whole >= 72, passed) == (True, True, 0), (blamed, whole, passed)


@cache
def reading(name: str) -> Reading:
    found = read(HERE / "strange" / name)
    return Reading(found, facts(found))
