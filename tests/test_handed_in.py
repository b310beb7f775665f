"""A self-assessment as a department hands it in, and an evaluator's report: totals above their parts, two
satisfactions, sheets given out and come back, the score given to oneself."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from assistant.review import findings
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

FUNDS = """
单位：万元
| 项目 | 全年预算数 | 全年执行数 |
| 年度资金总额 | 4422.60 | 4090.89 |
| 其中：基本支出 | 1542.60 | 1528.35 |
| 项目支出 | 2880.00 | 2562.54 |
| 其中：财政拨款 | 4272.60 | 3955.89 |
| 其他资金 | 150.00 | 135.00 |
"""
PROJECTS = """
单位：万元
| 项目名称 | 年初预算 | 预算调整 | 全年预算 | 全年执行 |
| 送戏下乡 | 98.00 | 0.00 | 98.00 | 98.00 |
| 电影放映 | 60.00 | 12.00 | 72.00 | 68.40 |
| 防汛物资储备 | 31.00 | 0.00 | 31.00 | 31.00 |
| 合计 | 189.00 | 12.00 | 201.00 | 197.40 |
"""
SHEETS = """
| 调查对象 | 发放份数 | 回收份数 | 有效份数 |
| 群众 | 300 | 295 | 286 |
| 企业 | 120 | 117 | 112 |
| 合计 | 420 | 412 | 398 |
"""
TOLD = (
    "经综合评价，部门整体支出绩效得分为89.32分，评价等级为“良”。部门自评得分为96.80分，自评等级为“优”。",
    "局机关内设办公室、公共服务股、市场管理股3个股室。游客满意度93.4%，群众对公共文化服务满意度89.2%。",
)


@pytest.fixture(scope="module")
def handed_in() -> Reading:
    """Prose and three tables."""
    made = report(
        *TOLD,
        table(FUNDS, caption="预算执行情况表"),
        table(PROJECTS, number=2, caption="项目支出明细表"),
        table(SHEETS, number=3, caption="问卷调查结果汇总表"),
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("基本支出和项目支出加起来等于年度资金总额的执行数吗？", "4,090.89万元"),
        ("财政拨款加其他资金等于年度资金总额的执行数吗？", "3955.89万元＋135.00万元"),
        ("3个项目的全年执行数加起来和合计行一致吗？", "197.40万元"),
        ("问卷回收率是多少？", "98.10%"),
        ("问卷有效回收率是多少？", "94.76%"),
        ("群众满意度是多少？", "89.2%"),
        ("游客满意度和群众满意度哪个高？", "89.2%"),
        ("绩效评价得分是多少？", "89.32分"),
        ("自评得分是多少？", "96.80分"),
        ("自评得分和评价得分差多少？", "7.48分"),
        ("第三方评价得分比自评低几分？", "7.48分"),
        ("电影放映调整后的预算是多少？", "72.00万元"),
        ("电影放映调整后预算多少？", "72.00万元"),
        ("局机关内设几个股室？", "3个"),
    ],
)
def test_what_is_meant_is_told(handed_in: Reading, question: str, said: str) -> None:
    """The figure that the words mean, not the one that stands near it; nothing is called a contradiction."""
    given = answer(question, (handed_in,), findings=findings(handed_in, ()))
    assert said in given.text and "不一致的数" not in given.text and "不正确" not in given.text, given.text


@pytest.mark.parametrize("question", ["防汛物资储备具体买了哪些物资？", "防汛物资储备采购了哪些物资？"])
def test_what_was_bought_is_no_sum_of_money(handed_in: Reading, question: str) -> None:
    """No list of things stands in the report: its budget is not told in their stead."""
    assert answer(question, (handed_in,)).refused
