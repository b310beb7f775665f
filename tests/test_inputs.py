"""Inputs of the common indicators are found under the names that departments give them, and never guessed."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from assistant.review.indicators import card, compute
from assistant.review.inputs import find_kinds
from ingest.ledger import facts
from ingest.reading import Reading
from ingest.report import Table
from tests import build

STAFF = """
| 类别 | 核定编制（人） | 年末实有（人） |
| 行政 | 14 | 13 |
| 事业 | 31 | 29 |
| 合计 | 45 | 42 |
"""
BY_OFFICE = """
| 单位 | 核定编制 | < | < | 年末在岗 | < | < |
| ^ | 行政 | 事业 | 小计 | 行政 | 事业 | 小计 |
| 局机关 | 26 | 8 | 34 | 24 | 7 | 31 |
| 就业中心 | — | 18 | 18 | — | 17 | 17 |
| 总计 | 26 | 26 | 52 | 24 | 24 | 48 |
"""
BY_KIND = """
| 单位 | 行政人员 | < | 事业人员 | < |
| ^ | 核定数 | 实有数 | 核定数 | 实有数 |
| 局机关 | 46 | 43 | 8 | 7 |
| 档案馆 | — | — | 14 | 14 |
| 总计 | 46 | 43 | 22 | 21 |
"""
ASSETS = """单位：元
| 类别 | 账面原值 | 在用原值 |
| 通用设备 | 120.00 | 100.00 |
| 车辆 | 100.00 | 70.00 |
| 合计 | 220.00 | 170.00 |
"""


def reading(*parts: str | Table) -> Reading:
    made = build.report(*parts)
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("parts", "name", "value"),
    [
        ((build.table(STAFF, caption="人员情况"),), "在职人员控制率", "93.33"),
        ((build.table(BY_OFFICE, caption="人员配备", header_rows=2),), "在职人员控制率", "92.31"),
        (("编制36名，在职33名，退休19名。",), "在职人员控制率", "91.67"),
        (("全年政府采购预算186.00万元，实际成交174.32万元。",), "政府采购执行率", "93.72"),
        (("年末固定资产原值8,640.00万元，其中在用8,294.40万元、闲置345.60万元。",), "固定资产利用率", "96.00"),
    ],
)
def test_an_input_is_known_by_any_of_its_names(parts: tuple[str | Table, ...], name: str, value: str) -> None:
    known = card(name)
    assert known and compute(known, [reading(*parts)]).value == value


def test_kinds_of_the_total_row_are_added_where_no_sum_is_stated() -> None:
    """行政 43 and 事业 21 are the staff; neither alone is."""
    known, told = card("在职人员控制率"), reading(build.table(BY_KIND, caption="编制与实有人员", header_rows=2))
    assert known
    found = {one.key: [fact.quantity.text for fact in find_kinds(one, [told])] for one in known.inputs}
    assert found == {"staff": ["43", "21"], "posts": ["46", "22"]}
    assert compute(known, [told]).status == "missing"


def test_one_kind_among_others_is_not_the_whole() -> None:
    """Of 行政编制 and 事业编制 on two rows of their own no single one is taken for all posts."""
    known = card("在职人员控制率")
    told = reading(
        build.table("| 类别 | 核定编制 | 年末实有 |\n| 行政 | 14 | 13 |\n| 事业 | 31 | 29 |", caption="人员")
    )
    assert known and compute(known, [told]).status == "missing"
    assert not any(find_kinds(one, [told]) for one in known.inputs)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("在职人员超编了吗？", "总体没有超编"),
        (
            "各单位是不是都没有超编？",
            "不是都没有超编：港航中心超编（在职－编制＝21人－20人＝1人，在职÷编制＝21人÷20人＝105.00%）",
        ),
    ],
)
def test_one_office_may_have_more_staff_than_posts(question: str, said: str) -> None:
    rows = "| 单位名称 | 编制数 | 实有数 |\n| 局机关 | 36 | 34 |\n| 港航中心 | 20 | 21 |\n| 合计 | 56 | 55 |"
    told = reading("核定编制56名，年末实有在编人员55名。", build.table(rows, caption="人员情况"))
    assert said in answer(question, [told]).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪个单位超编了？", "就业中心超编（在职－编制＝19人－18人＝1人，在职÷编制＝19人÷18人＝105.56%）"),
        ("有没有下属单位超编？", "有，就业中心超编（"),
        ("哪些单位空编？", "局机关空编（编制－在职＝34人－31人＝3人，在职÷编制＝31人÷34人＝91.18%）"),
    ],
)
def test_offices_are_told_by_the_sums_of_their_posts(question: str, said: str) -> None:
    """Posts and staff in columns side by side under one head: what sums them up is set against each other."""
    rows = BY_OFFICE.replace("| 17 | 17 |", "| 19 | 19 |").replace("| 24 | 24 | 48 |", "| 24 | 26 | 50 |")
    text = answer(question, [reading(build.table(rows, caption="人员配备", header_rows=2))]).text
    assert said in text and "没有超编" not in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("没在用的通用设备有多少元？", "20.00元（120.00元－100.00元＝20.00元）"),
        ("固定资产闲置了多少？", "50.00元（220.00元－170.00元＝50.00元）"),
    ],
)
def test_what_is_not_in_use_is_never_what_is(question: str, said: str) -> None:
    told = reading("盘活闲置厂房3处。", build.table(ASSETS, caption="年末固定资产情况表"))
    assert said in answer(question, [told]).text
