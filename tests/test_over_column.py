"""What reviewers reckon over the rows of one column: the first three and their share, a place, the mean, the spread."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD
from assistant.builtin.ask import answer
from assistant.builtin.facts.lens import lens
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

SPENT = """
| 项目名称 | 安排数 | 支付数 | 支付进度 |
| 道路养护 | 400.00 | 380.00 | 95.00% |
| 桥梁检测 | 300.00 | 270.00 | 90.00% |
| 绿化补植 | 200.00 | 190.00 | 95.00% |
| 路灯更换 | 100.00 | 60.00 | 60.00% |
| 合计 | 1000.00 | 900.00 | 90.00% |
"""


@pytest.fixture(scope="module")
def bureau() -> Reading:
    """Four projects with what was planned and paid."""
    made = report("专项资金见表1。", table(SPENT, caption="表1 专项资金支付情况表（单位：万元）"))
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("支付数排前三位的合计是多少？", ["840.00万元"]),
        ("支付数最大的三项合计占总额的比重是多少？", ["840.00万元", "93.33%"]),
        ("桥梁检测的支付数排第几？", ["270.00万元", "第二"]),
        ("各项的支付数平均是多少？", ["225.00万元"]),
        ("支付进度最高的和最低的分别是哪个，相差多少个百分点？", ["95.00%", "60.00%", "35.00"]),
        ("道路养护和路灯更换的支付数各是多少，相差多少？", ["380.00万元", "60.00万元", "320.00万元"]),
        ("除道路养护和路灯更换外，其余各项的支付数合计多少？", ["460.00万元"]),
        ("道路养护和路灯更换的支付数合计多少，占总额的比重是多少？", ["440.00万元", "48.89%"]),
    ],
)
def test_over_column(bureau: Reading, question: str, told: list[str]) -> None:
    """Every figure asked for is told, and each is verified."""
    said = answer(question, [bureau])
    assert not said.refused and all(words in said.text for words in told), said.text
    amounts = [one for one in said.figures if one.quantity.unit.dimension in ("money", "ratio", "point")]
    assert all(one.verdict in GOOD for one in amounts), said.figures


def test_the_order_of_words_decides_no_answer(bureau: Reading) -> None:
    """Shares of words are summed exactly: sets hand out their pairs in another order in every process."""
    seen = lens([bureau])
    pairs = sorted(seen.weights)
    assert {seen.weight(pairs[at:] + pairs[:at]) for at in range(len(pairs))} == {seen.weight(pairs)}
