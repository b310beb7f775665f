"""Figures worked out over several rows, over kinds that a table sums up, by a card's formula, since a year began."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD
from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

WORKS = """
| 类别 | 项目名称 | 责任科室 | 年初预算 | 全年预算 | 支出金额 | 执行率 |
| 管护类 | 堤防养护 | 建管科 | 300.00 | 320.00 | 310.00 | 96.88% |
| 管护类 | 水闸维修 | 运行科 | 100.00 | 80.00 | 72.00 | 90.00% |
| 管护类 | 小计 | | 400.00 | 400.00 | 382.00 | 95.50% |
| 建设类 | 泵站改造 | 建管科 | 500.00 | 600.00 | 540.00 | 90.00% |
| 建设类 | 渠道衬砌 | 建管科 | | 200.00 | 150.00 | 75.00% |
| 建设类 | 小计 | | 500.00 | 800.00 | 680.00 | 85.00% |
| 合计 | 合计 | 合计 | 900.00 | 1200.00 | 1062.00 | 88.50% |
"""
TOLD = """
2023年年初预算2000.00万元，年中追加300.00万元、追减100.00万元，调整后预算2200.00万元。
项目支出全年预算1200.00万元，支出1062.00万元，执行率85.80%。
编报政府采购计划250.00万元，实际采购240.00万元，其中工程类180.00万元、服务类60.00万元。
截至2023年末，资产总额840.00万元，较年初800.00万元增加40.00万元。
固定资产原值500.00万元，闲置资产原值25.00万元。
发放问卷200份，收回有效问卷180份。
"""


@pytest.fixture(scope="module")
def works() -> Reading:
    """Four projects of two kinds, the 小计 of 建设类 short of its rows; what the prose tells beside."""
    made = report(TOLD, table(WORKS, caption="表1 项目支出明细（单位：万元）", header_cols=2))
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("建管科负责的三个项目一共支出多少，占项目支出的比重是多少？", ("1,000.00万元", "94.16%")),
        ("除去运行科的项目，其余项目支出多少？", ("1,000.00万元",)),
        ("堤防养护和水闸维修合起来的执行率是多少？", ("382.00万元", "400.00万元", "95.50%")),
        ("堤防养护和泵站改造两个项目一共有多少预算没花出去？", ("70.00万元",)),
        ("表1建设类小计的支出金额对吗？", ("690.00万元", "680.00万元", "少10.00万元")),
        ("两类项目中哪一类执行率最低，比最高的一类低多少？", ("建设类", "85.00%", "95.50%", "10.50百分点")),
        ("四个项目里哪个支出最多，占项目支出的比重是多少？", ("泵站改造", "50.85%")),
        ("哪个项目全年预算比年初预算减少最多？", ("水闸维修", "20.00万元")),
        ("泵站改造和渠道衬砌的执行率哪个高，相差多少？", ("90.00%", "75.00%", "15.00")),
        ("泵站改造全年预算比年初预算增加的幅度多大？", ("100.00万元", "20.00%")),
        ("预算调整率是多少？", ("20.00%", "追加数与追减数")),
        ("复算项目支出执行率。", ("88.50%", "85.80%", "不符")),
        ("政府采购执行率是多少？", ("96.00%",)),
        ("政府采购中工程类占多大比例？", ("75.00%",)),
        ("固定资产利用率能算出来吗，是多少？", ("95.00%", "前提")),
        ("年末资产总额比年初增长多少？", ("40.00万元", "5.00%")),
        ("调查问卷的有效率是多少？", ("90.00%",)),
    ],
)
def test_what_no_cell_states_is_worked_out(works: Reading, question: str, said: tuple[str, ...]) -> None:
    """Every operand from the rows and the basis that are meant; what was worked out is bound to just that."""
    given = answer(question, [works])
    assert all(one in given.text for one in said), given.text
    assert all(figure.verdict in GOOD for figure in given.figures), given.figures


def test_a_part_is_never_more_than_its_whole(works: Reading) -> None:
    """堤防养护占水闸维修的比重: 430 % would be no share of anything."""
    given = answer("项目支出占堤防养护的比重是多少？", [works])
    assert "占" not in given.text or given.refused, given.text
