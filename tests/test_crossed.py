"""Cells of one table named in full by row and column, worked with together."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD
from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

STAFF = """
| 单位 | 核定编制 | < | < | 年末在岗 | < | < |
| ^ | 行政 | 事业 | 小计 | 行政 | 事业 | 小计 |
| 局机关 | 30 | 4 | 34 | 28 | 3 | 31 |
| 培训中心 | 0 | 24 | 24 | 0 | 22 | 22 |
| 服务中心 | 0 | 18 | 18 | 0 | 17 | 17 |
| 合计 | 30 | 46 | 76 | 28 | 42 | 70 |
"""
HOSPITALITY = """
| 项目 | 2022年决算数 | 2023年预算数 | 2023年决算数 |
| 公务接待费 | 3.20 | 4.00 | 2.80 |
| 公务用车运行维护费 | 12.50 | 12.50 | 12.50 |
| 合计 | 15.70 | 16.50 | 15.30 |
"""


@pytest.fixture(scope="module")
def bureau() -> Reading:
    """Posts and staff by office, and the three public expenses of two years."""
    made = report(
        "机构人员见表1，“三公”经费见表2。",
        table(STAFF, caption="表1 机构人员情况表（单位：人）", header_rows=2),
        table(HOSPITALITY, number=2, caption="表2 “三公”经费支出表（单位：万元）"),
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("局机关和培训中心的核定编制小计合计是多少？", "58人（34人＋24人＝58人）"),
        ("培训中心的年末在岗事业比服务中心多多少人？", "多5人（22人－17人＝5人）"),
        ("局机关的年末在岗小计比核定编制小计少多少？", "少3人（31人－34人＝-3人）"),
        ("培训中心的年末在岗小计占合计的比重是多少？", "31.43%（22人÷70人＝31.43%）"),
        ("公务接待费的2022年决算数和2023年预算数分别是多少？", "3.20万元"),
        ("公务接待费的2023年决算数比2022年决算数少多少？", "减少0.40万元，下降12.50%（3.20万元－2.80万元＝0.40万元）"),
        ("公务用车运行维护费的2023年决算数比2023年预算数少多少？", "相差0.00万元"),
        ("公务接待费的2023年决算数比2023年预算数多多少？", "并非多，"),
        ("公务用车运行维护费的2023年决算数是公务接待费的几倍？", "4.46倍"),
        ("局机关、培训中心、服务中心三个单位的年末在岗事业一共多少人？", "42人（3人＋22人＋17人＝42人）"),
        ("培训中心和服务中心哪个核定编制事业更多，多多少？", "更高：培训中心"),
        ("除局机关外，其余各单位的核定编制小计合计是多少？", "42人（76人－34人＝42人）"),
        ("2023年预算数最高的是哪一项，是多少？", "公务用车运行维护费，12.50万元"),
    ],
)
def test_every_operand_is_the_cell_that_is_named(bureau: Reading, question: str, said: str) -> None:
    """Rows crossed with the one column, columns with the one row: never a cell from beside."""
    given = answer(question, [bureau])
    assert said in given.text, given.text
    assert all(figure.verdict in GOOD for figure in given.figures), given.figures


def test_a_word_that_is_no_name_of_the_table_leaves_the_question_to_others(bureau: Reading) -> None:
    """退休人员 stands in no table: nothing is added up in its stead."""
    given = answer("局机关和退休人员的核定编制小计合计是多少？", [bureau])
    assert "＋" not in given.text, given.text


def test_a_quarter_is_asked_for_by_its_name() -> None:
    """The period of a figure names it as its words do: 四季度 of 前三季度累计…，四季度集中支出…."""
    made = report("# 预算执行", "全年支出900.00万元。", "前三季度累计支出540.00万元，四季度集中支出360.00万元。")
    own = Reading(made, facts(made))
    assert "360.00万元" in answer("四季度支出多少？", [own]).text
    assert "540.00万元" in answer("前三季度累计支出多少？", [own]).text
    assert "900.00万元" in answer("全年支出多少？", [own]).text
