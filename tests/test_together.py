"""Things worked with together: sums, differences, multiples and shares of what a question names, from one column."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD
from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

WORKS = """
| 项目 | 年初预算 | 全年预算 | 实际支出 | 自评得分 |
| 老旧渠道衬砌工程 | 400.00 | 480.00 | 460.00 | 96.5 |
| 泵站更新 | 200.00 | 200.00 | 115.00 | 88.0 |
| 水费补贴 | 60.00 | 60.00 | 60.00 | 91.0 |
"""


@pytest.fixture(scope="module")
def works() -> Reading:
    """Three projects, each in one row."""
    made = report("全年项目支出情况见表1。", table(WORKS, caption="表1 项目支出明细表（单位：万元）"))
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("渠道衬砌和泵站更新两个项目一共支出多少？", "575.00万元"),
        ("渠道衬砌工程比泵站更新多支出多少？", "345.00万元"),
        ("渠道衬砌工程的实际支出是泵站更新的几倍？", "4.00倍"),
        ("渠道衬砌和泵站更新的年初预算合计多少？", "600.00万元"),
        ("水费补贴的钱全部用完了吗？", "花完了"),
        ("泵站更新的钱用完了吗？", "没有花完"),
        ("有几个项目的执行率在95%以上？", "共2个"),
        ("把各项目按实际支出从低到高排个序", "最低的依次是水费补贴"),
        ("渠道项目执行率是多少？", "95.83%"),
    ],
)
def test_rows_are_worked_with_in_one_column(works: Reading, question: str, said: str) -> None:
    """Spending where the words name no column; never one row's budget with another's spending."""
    given = answer(question, [works])
    assert said in given.text, given.text
    own = [figure for figure in given.figures if figure.quantity.text not in question]
    assert all(figure.verdict in GOOD for figure in own), own
