"""哪些…，各多少: the things of a kind with the figure of each, from a sentence or from a column of a table."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

STAFF = """| 类别 | 名称 | 编制 | 年末在岗 | < |
| ^ | ^ | ^ | 行政 | 事业 |
| 机关 | 办公室 | 12 | 11 | 0 |
| 局属单位 | 测绘站 | 20 | 0 | 18 |
| 局属单位 | 档案馆 | 9 | 0 | 9 |"""
PROJECTS = """单位：万元
| 类别 | 项目名称 | 预算数 | 支出数 |
| 林业类 | 育苗 | 50.00 | 45.00 |
| 林业类 | 防火 | 30.00 | 30.00 |
| 小计 | 小计 | 80.00 | 75.00 |
| 水利类 | 清淤 | 20.00 | 19.00 |
| 水利类 | 护岸 | 10.00 | 8.00 |
| 小计 | 小计 | 30.00 | 27.00 |"""
SAID = "全年安置残疾人就业60人，其中按比例就业30人、集中就业20人、灵活就业10人。"


@pytest.fixture
def reading() -> Reading:
    """A report with a sentence that lists, a table of offices under labels and a table of projects under kinds."""
    made = report(
        "# 一、机构人员",
        "机构人员情况见下表。",
        table(STAFF, caption="表1 机构人员情况表", header_rows=2, header_cols=2),
        "# 二、项目支出",
        table(PROJECTS, number=2, caption="表2 项目支出情况表", header_cols=2),
        "# 三、履职情况",
        SAID,
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("安置的残疾人通过哪些形式就业，各多少人？", ["30人", "20人", "10人"], []),
        ("局属单位有哪些，各有编制多少？", ["测绘站20", "档案馆9"], ["办公室"]),
        ("事业单位有哪几个，各有在岗多少人？", ["测绘站18", "档案馆9"], ["办公室"]),
        ("项目分为哪几类，各支出多少？", ["林业类75.00万元", "水利类27.00万元"], ["育苗"]),
        ("项目有哪些，各支出多少？", ["育苗45.00万元", "护岸8.00万元"], ["小计"]),
    ],
)
def test_each_of_a_kind_is_told_with_its_figure(
    reading: Reading, question: str, said: list[str], unsaid: list[str]
) -> None:
    """None of the kind is left out, none of another is told: those under the label, with a figure, or the kinds."""
    told = answer(question, [reading]).text
    assert all(one in told for one in said) and not any(one in told for one in unsaid), told


def test_a_column_that_is_not_sure_is_not_told(reading: Reading) -> None:
    """Two heads answer 在岗 alike where no kind is named: neither is chosen."""
    assert "年末在岗·" not in answer("机构有哪些，各有在岗多少人？", [reading]).text


def test_those_that_meet_a_bound_are_no_kind(reading: Reading) -> None:
    """哪些…低于90%，各多少 asks for the rows below a bound, not for all of them."""
    told = answer("哪些项目执行率低于90%，各多少？", [reading]).text
    assert "护岸" in told and "防火" not in told
