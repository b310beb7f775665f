"""Tables of every build, asked by the names in them: what stands under which names, and which of them are asked for.

Each table here shows one way in which published tables are put together.
"""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.builtin.ask import answer
from assistant.builtin.layout.beside import beside
from assistant.builtin.layout.layers import layers
from ingest.html import read
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

TWO_SIDED = """
| 收入项目 | 年初数 | 年末数 | 支出项目 | 年初数 | 年末数 |
| 拨款 | 310 | 320 | 工资 | 205 | 211 |
| 利息 | 14 | 15 | 水电 | 31 | 36 |
"""
NUMBERED = """
| 序号 | 1 | 2 |
| 承建单位 | 恒泰公司 | 远帆公司 |
| 合同价 | 45.2 | 61.7 |
"""
GROUPED = """
| 项目 | 房屋 | 车辆 |
| 一、原值 | | |
| 期初余额 | 810 | 62 |
| 期末余额 | 830 | 58 |
| 二、折旧 | | |
| 期初余额 | 205 | 31 |
| 期末余额 | 221 | 35 |
"""
RECORDS = """
| 站点 | 工艺 | 规模 | 投运年份 |
| 东岭站 | 生物法 | 1200吨 | 2016年 |
| 西塘站 | 膜法 | 1200吨 | 2018年 |
| 北桥站 | 膜法 | 3500吨 | 2020年 |
| 合计 | | 5900吨 | |
"""
INNER = """
<table><tr><td>设备</td><td>购置时间</td><td colspan=2>主要参数</td></tr>
<tr><td rowspan=2>一号泵</td><td rowspan=2>2019年5月</td><td>功率</td><td>75千瓦</td></tr>
<tr><td>厂家</td><td>江河泵业</td></tr>
<tr><td rowspan=2>二号泵</td><td rowspan=2>2021年8月</td><td>功率</td><td>90千瓦</td></tr>
<tr><td>厂家</td><td>山川机械</td></tr></table>
"""
BELOW = """
| 名称 | 所在地 | 类型 |
| 青萍湿地 | 临水镇 | 河流湿地 |
| 面积 | 主管单位 | 设立年份 |
| 52公顷 | 湿地管理处 | 2012年 |
"""
AGEING = """
| 账龄 | 余额 | 计提比例 |
| 1年以内 | 730 | 5% |
| 1至2年 | 215 | 10% |
"""


def ask(question: str, rows: str, header_rows: int = 1) -> Answer:
    """The answer of a document that is this one table."""
    made = report(table(rows, header_rows=header_rows))
    return answer(question, [Reading(made, facts(made))])


@pytest.mark.parametrize(
    ("question", "rows", "said"),
    [
        ("水电的年末数是多少？", TWO_SIDED, ["36"]),
        ("利息的年初数是多少？", TWO_SIDED, ["14"]),
        ("远帆公司的合同价是多少？", NUMBERED, ["61.7"]),
        ("车辆的折旧期末余额是多少？", GROUPED, ["35"]),
        ("规模1200吨的站点有哪些？", RECORDS, ["东岭站", "西塘站"]),
        ("采用膜法、规模1200吨的是哪个站点？", RECORDS, ["西塘站"]),
        ("各站点的规模是多少？", RECORDS, ["1200吨", "1200吨", "3500吨"]),
        ("1-2年账龄的计提比例是多少？", AGEING, ["10%"]),
        ("面积是多少？", BELOW, ["52公顷"]),
    ],
)
def test_the_cells_that_a_question_names(question: str, rows: str, said: list[str]) -> None:
    """Exactly the cells asked for are stated, none beside them."""
    given = ask(question, rows)
    assert not given.refused
    assert len(given.cells) == len(said), given.text
    assert all(text in given.text for text in said), given.text


@pytest.mark.parametrize(
    ("question", "said"),
    [("二号泵的功率是多少？", ["90千瓦"]), ("一号泵的厂家和购置时间", ["江河泵业", "2019年5月"])],
)
def test_names_under_one_head_over_several_columns(question: str, said: list[str]) -> None:
    """主要参数 stands over names and their values: the names go on like heads."""
    made = read(f"<html><body><h1>设备</h1>{INNER}</body></html>".encode(), "设备.html")
    given = answer(question, [Reading(made, facts(made))])
    assert len(given.cells) == len(said), given.text
    assert all(text in given.text for text in said), given.text


def test_a_name_that_only_says_more_of_another_is_not_asked_for() -> None:
    """其他收入的利息 asks for 利息; 其他收入和利息 asks for both."""
    rows = "| 项目 | 金额 |\n| 利息 | 14 |\n| 其他收入 | 9 |"
    assert len(ask("其他收入的利息是多少？", rows).cells) == 1
    assert len(ask("其他收入和利息分别是多少？", rows).cells) == 2


def test_what_a_table_alone_cannot_confirm_is_told() -> None:
    """A table names no subject of its own: the answer says which words it does not hold."""
    given = ask("松岗水厂远帆公司的合同价是多少？", NUMBERED)
    assert "61.7" in given.text
    assert any("松岗水厂" in note for note in given.notes)


def test_a_grid_is_taken_for_no_form() -> None:
    """Figures are no labels: a grid of figures has no pairs, beside or below."""
    assert not list(beside(table(GROUPED)))
    assert len(list(layers(table(TWO_SIDED)))) == 2
