"""Projects with a form each are compared by their forms; what a caption tells apart is not mixed."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.html import read
from ingest.ledger import facts
from ingest.reading import Reading

WELLS = """
| 项目名称 | 机井维修 | 主管部门 | 水利局 | |
| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| 年度资金总额 | 200.00 | 250.00 | 240.00 | 96.00% |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 受益户满意度 | ≥85% | 88% | 10 | 9 |
| 维修及时率 | ≥90% | 92% | 10 | 10 |
"""
ROADS = """
| 项目名称 | 村道硬化 | 主管部门 | 水利局 | |
| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| 年度资金总额 | 500.00 | 480.00 | 360.00 | 75.00% |
| 指标名称 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 硬化里程完成率 | ≥95% | 71% | 10 | 7 |
| 沿线群众满意度 | ≥80% | 83% | 10 | 10 |
"""
WHOLE = """
| 三级指标 | 分值 | 得分 |
| 预算编制合理性 | 8 | 7 |
| 资金使用合规性 | 6 | 6 |
"""


@pytest.fixture(scope="module")
def forms() -> Reading:
    """Two projects with a form each, and the department's own score."""
    tables = {
        "项目支出绩效自评表（机井维修）": WELLS,
        "项目支出绩效自评表（村道硬化）": ROADS,
        "部门整体支出绩效评价得分表": WHOLE,
    }
    page = "".join(f"<p>{caption}</p><table>{_rows(text)}</table>" for caption, text in tables.items())
    made = read(f"<html><body><h1>某县水利局2023年度绩效自评报告</h1>{page}</body></html>".encode(), "甲.html")
    return Reading(made, facts(made))


def _rows(text: str) -> str:
    lines = (line.strip("| ").split("|") for line in text.strip().splitlines())
    return "".join(f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in line)}</tr>" for line in lines)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪个项目的执行率最低？", "最低的是村道硬化，75.00%"),
        ("哪个项目全年预算最多？", "最高的是村道硬化，480.00万元"),
    ],
)
def test_projects_are_compared_by_their_forms(forms: Reading, question: str, said: str) -> None:
    """Each form is a row with its own total of money; a target (≥85%) is nobody's rate."""
    given = answer(question, [forms]).text
    assert said in given, given


def test_scores_of_the_whole_are_not_mixed_with_those_of_projects(forms: Reading) -> None:
    """哪些整体指标没有得满分 asks for the table whose caption says 整体."""
    given = answer("哪些整体绩效指标没有得满分？", [forms]).text
    assert "预算编制合理性7分" in given and "满意度" not in given and "里程" not in given, given


KINDS = """
| 一级指标 | 三级指标 | 分值 | 得分 |
| 过程 | 资金到位率 | 4 | 3.50 |
| 过程 | 制度执行 | 6 | 5.00 |
| 产出 | 完成率 | 8 | 8.00 |
| 产出 | 及时率 | 7 | 6.00 |
| 合计 | 合计 | 25 | 22.50 |
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("过程类各指标得分加起来是9.50分吗？", "8.50分"),
        ("产出类各指标分值之和是多少？", "合计15分"),
        ("过程类指标一共扣了多少分？", "一共扣1.50分"),
    ],
)
def test_what_is_asked_of_a_kind_is_reckoned_over_its_rows(question: str, said: str) -> None:
    """The points of 过程类 are not those of the whole table, which would add up as well."""
    page = f"<h1>某县水利局2023年度绩效自评报告</h1><p>得分见下表。</p><table>{_rows(KINDS)}</table>"
    made = read(f"<html><body>{page}</body></html>".encode(), "乙.html")
    text = answer(question, [Reading(made, facts(made))]).text
    assert said in text and "22.50分" not in text


def test_rows_of_a_form_are_of_its_project(forms: Reading) -> None:
    """年度资金总额 stands in every form: each is of its own project, and none contradicts another."""
    text = answer("村道硬化项目的年度资金总额全年执行数是多少？", [forms]).text
    assert "360.00万元" in text and "240.00" not in text
