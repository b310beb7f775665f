"""Facts of tables and sentences as other departments shape them: small pieces of reports, and what each figure is.

The pieces are in ledger_strange/ (its README: how they were written, first sight); here are floors and, in small,
what was learned from them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.strange_facts import measure
from ingest.fact import Fact, label
from ingest.ledger import facts
from tests.build import report, table

FLOORS = {"open": 985, "held": 840, "second": 985}
"""Facts wholly right, per mille, a little under what is reached."""


@pytest.mark.parametrize("name", FLOORS)
def test_facts_of_pieces_of_other_reports(name: str) -> None:
    """The share of facts with the right label, basis, period and unit."""
    counts = measure(Path(__file__).parent / "ledger_strange" / f"{name}.jsonl", misses=False)
    assert 1000 * counts["whole"] >= FLOORS[name] * counts["asked"]


def told(text: str, header_rows: int = 1) -> dict[str, Fact]:
    """The facts of one table by the digits of their figures."""
    return {fact.quantity.text: fact for fact in facts(report(table(text, header_rows=header_rows)))}


def test_the_last_head_decides() -> None:
    """目标值 under 完成情况 is a goal; 完成 beside 计划 is what was done, a 得分 has no basis whatever its row."""
    found = told(
        """
        | 指标 | 完成情况 | < | 得分 |
        | ^ | 目标值 | 实际值 | ^ |
        | 预算编制培训 | 12场 | 11场 | 9.2 |
        | 企业走访 | 30次 | 33次 | 10.0 |""",
        header_rows=2,
    )
    assert [found[text].basis for text in ("12场", "11场", "9.2")] == ["目标", "完成", ""]


@pytest.mark.parametrize(("adjusted", "basis"), [("118.00", "调整后预算"), ("18.00", "调整")])
def test_what_an_adjusted_column_states(adjusted: str, basis: str) -> None:
    """调整数 beside 年初数 is the final budget or the change, by what was spent."""
    found = told(f"""
        单位：万元
        | 项目 | 年初数 | 调整数 | 决算数 |
        | 河堤加固 | 100.00 | {adjusted} | 116.40 |""")
    assert found[adjusted].basis == basis


def test_a_subtotal_is_of_its_group() -> None:
    """小计 takes the name of the rows that it closes."""
    found = told("""
        单位：万元
        | 类别 | 项目 | 预算数 |
        | 种植类 | 良种推广 | 10.00 |
        | ^ | 绿色防控 | 20.00 |
        | 小计 | < | 30.00 |
        | 养殖类 | 疫病防控 | 15.00 |
        | ^ | 圈舍改造 | 25.00 |
        | 小计 | < | 40.00 |""")
    assert [found[text].subject for text in ("30.00", "40.00")] == ["种植类/小计", "养殖类/小计"]


def test_quarters_years_and_opening_balances() -> None:
    """二季度 is April to June, a column of years dates its rows, 期初数 is of the year's beginning."""
    quarters = told("单位：万元\n| 指标 | 一季度 | 二季度 |\n| 当季支出 | 12.00 | 15.00 |")
    assert quarters["15.00"].period == "2023年4-6月"
    years = told("单位：万元\n| 年度 | 支出决算 |\n| 2021 | 12.00 |\n| 2022 | 15.00 |")
    assert [years[text].period for text in ("12.00", "15.00")] == ["2021年度", "2022年度"]
    stocks = told("单位：万元\n| 资产 | 期初数 | 期末数 |\n| 车辆 | 12.00 | 15.00 |")
    assert [stocks[text].period for text in ("12.00", "15.00")] == ["2023年初", "2023年末"]


def test_units_by_measure_words_and_in_turn() -> None:
    """发放份数 counts 份 and is no spending; a head with as many units as columns gives them in turn."""
    counted = told("| 对象 | 发放份数 |\n| 农户 | 300 |")["300"]
    assert (counted.quantity.unit.name, counted.basis) == ("份", "")
    found = told("单位：万立方米、万元\n| 月份 | 供水量 | 水费 |\n| 全年 | 9357.3 | 2339.32 |")
    assert [found[text].quantity.unit.name for text in ("9357.3", "2339.32")] == ["万立方米", "万元"]


@pytest.mark.parametrize(
    ("sentence", "figure", "wanted"),
    [
        ("2023年区教育局最终预算820万元，支出801万元。", "801万元", ("支出", "决算")),
        (
            "政府采购预算90万元，实际采购86万元，其中授予中小企业合同70万元。",
            "70万元",
            ("政府采购/实际采购/授予中小企业合同", "决算"),
        ),
        ("年末资产总额500万元。固定资产原值300万元，实际在用280万元。", "280万元", ("固定资产/实际在用", "")),
        ("其中前三季度执行率60%，低于序时进度15个百分点。", "15个百分点", ("执行率/比序时进度低于", "差额")),
        ("年初批复预算500万元，年中追加60万元，收回压减20万元。", "20万元", ("收回压减", "调整")),
        ("照明改造预算核减10万元，降到80万元。", "80万元", ("照明改造/调整后预算", "调整后预算")),
    ],
)
def test_sentences_of_other_departments(sentence: str, figure: str, wanted: tuple[str, str]) -> None:
    """What the words around a figure make of it."""
    made = report(sentence, department="云溪区教育局")
    found = next(fact for fact in facts(made) if fact.quantity.text == figure)
    assert (label(found), found.basis) == wanted
