"""The first things a reviewer asks, in plain words: their short names stand inside many others and must not be taken
for them; and a figure asked for with its parts (其中)."""

from __future__ import annotations

import pytest

from assistant.answer import GOOD
from assistant.builtin.ask import answer
from assistant.builtin.basics import inputs, name_of
from assistant.review.indicators import cards
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

MONEY = """
单位：万元
| 项目 | 年初预算 | 调整后预算 | 决算数 |
| 基本支出 | 300.00 | 310.00 | 305.50 |
| 其中：人员经费 | 260.00 | 268.00 | 266.20 |
| 公用经费 | 40.00 | 42.00 | 39.30 |
| 项目支出 | 500.00 | 620.00 | 590.25 |
| 本年支出合计 | 800.00 | 930.00 | 895.75 |
"""
ASSETS = """
单位：万元
| 资产类别 | 2023年末 |
| 资产总额 | 1,860.40 |
| 固定资产原值 | 1,204.60 |
| 固定资产净值 | 702.15 |
| 在用固定资产 | 1,180.00 |
"""


@pytest.fixture(scope="module")
def bureau() -> Reading:
    """What every report has: budget and outcome by kind, assets, people."""
    made = report(
        "本年收入910.00万元，其中财政拨款收入900.00万元。收入预算950.00万元。核定编制42名，年末在职人员39人，上年末40人。年末结转和结余34.25万元，年初结转和结余20.00万元。",
        table(MONEY, caption="表1 部门支出情况（单位：万元）"),
        table(ASSETS, number=2, caption="表2 资产情况（单位：万元）"),
        year=2023,
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("本年支出多少？", "895.75万元"),
        ("2023年全局一共花了多少钱？", "895.75万元"),
        ("本年支出合计是多少？", "895.75万元"),
        ("本年收入多少？", "910.00万元"),
        ("2023年收入合计是多少万元？", "910.00万元"),
        ("项目上花了多少钱？", "590.25万元"),
        ("基本支出花了多少？", "305.50万元"),
        ("年初批了多少预算？", "800.00万元"),
        ("最终预算多少？", "930.00万元"),
        ("有多少固定资产？", "1,204.60万元"),
        ("固定资产总额是多少？", "1,204.60万元"),
        ("结转结余资金有多少？", "34.25万元"),
        ("一共有多少编制？", "42名"),
        ("现在有多少在职的？", "39人"),
    ],
)
def test_a_short_name_is_not_taken_for_a_longer_one(bureau: Reading, question: str, figure: str) -> None:
    """本年支出 is not 基本支出, though that is how it reads without its 年; nor are 固定资产 what of them is in use."""
    told = answer(question, [bureau])
    assert [one.quantity.text for one in told.figures] == [figure]
    assert all(one.verdict in GOOD for one in told.figures)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("核定编制多少人，实有多少人？", ["42名", "39人"]),
        ("编制数和实有人数各是多少？", ["42名", "39人"]),
        ("2023年年初预算多少，全年预算多少，支出多少？", ["800.00万元", "930.00万元", "895.75万元"]),
        ("基本支出、项目支出分别花了多少？", ["305.50万元", "590.25万元"]),
    ],
)
def test_first_figures_asked_for_together_are_each_told(bureau: Reading, question: str, figures: list[str]) -> None:
    """编制多少人，实有多少人: both, and neither of one kind of staff alone."""
    told = answer(question, [bureau])
    assert [one.quantity.text for one in told.figures] == figures
    assert all(one.verdict in GOOD for one in told.figures)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("本年支出合计多少？其中基本支出和项目支出各多少？", ["895.75万元", "305.50万元", "590.25万元"]),
        ("2023年支出决算是多少，其中项目支出多少？", ["895.75万元", "590.25万元"]),
        ("基本支出多少，其中人员经费多少万元？", ["305.50万元", "266.20万元"]),
    ],
)
def test_a_whole_is_told_with_the_parts_asked_for(bureau: Reading, question: str, figures: list[str]) -> None:
    """其中 asks for parts of the figure before it, which stand in its column, its row or its sentence."""
    told = answer(question, [bureau])
    assert [one.quantity.text for one in told.figures] == figures
    assert all(one.verdict in GOOD for one in told.figures)


def test_parts_of_a_year_not_reported_are_not_told(bureau: Reading) -> None:
    """The whole of 2021 is not there, so its parts are not told from another year."""
    told = answer("2021年本年支出合计多少？其中项目支出多少？", [bureau])
    assert told.refused and not told.figures


def test_what_is_not_there_is_not_taken_from_a_part() -> None:
    """A budget says nothing of what was spent: 本年支出 is refused, and not answered with 基本支出."""
    made = report("2026年基本支出预算257.40万元，项目支出预算705.40万元，支出预算962.80万元。", year=2026)
    told = answer("本年支出多少？", [Reading(made, facts(made))])
    assert told.refused


def test_of_two_years_the_one_asked_for_is_told(bureau: Reading) -> None:
    """Beside last year's report the figure is told with its year, the latest where the question names none."""
    made = report("2022年本年支出合计801.00万元，基本支出300.00万元。", year=2022, id="ba9876543210")
    both = [Reading(made, facts(made)), bureau]
    assert [one.quantity.text for one in answer("2022年本年支出多少？", both).figures] == ["801.00万元"]
    assert [one.quantity.text for one in answer("本年支出多少？", both).figures] == ["895.75万元"]


def test_every_name_is_of_an_input_that_there_is() -> None:
    """The data file speaks of inputs of indicators and of income, and its names are what is left of questions."""
    known = {wanted.name for card in cards() for wanted in card.inputs}
    assert {wanted.name for wanted, _ in inputs().values()} <= {*known, "本年收入合计"}
    assert name_of("部门全年支出一共是多少万元？") == "全年支出"
    assert name_of("2023年局里花了多少？") != "花", (
        "局里 is not left out: it may be the office itself that is asked for"
    )


def test_plain_words_for_scores_savings_and_what_lies_idle() -> None:
    """最后得了几分 asks for the whole score; 节约 is what the report itself says was saved; the year, not a quarter,
    is what 花钱最多 goes by; a question whether a budget was exceeded takes nothing for granted."""
    made = report(
        "固定资产原值500.00万元，在用480.00万元。三公经费预算12.00万元，三公经费决算10.50万元。2023年绩效自评得分95.50分。",
        table(
            "| 项目 | 全年支出 | 一季度支出 |\n| 普查 | 60.00 | 2.00 |\n| 调查 | 40.00 | 30.00 |",
            caption="项目支出分季度执行表（单位：万元）",
        ),
        table(
            "| 类别 | 采购预算 | 实际采购 | 节约金额 |\n| 货物 | 50.00 | 45.00 | 5.00 |\n"
            "| 服务 | 20.00 | 18.00 | 2.00 |\n| 合计 | 70.00 | 63.00 | 7.00 |",
            number=2,
            caption="政府采购情况（单位：万元）",
        ),
        year=2023,
    )
    read = [Reading(made, facts(made))]
    assert "95.50分" in answer("最后得了几分？", read).text
    assert "7.00万元" in answer("采购节约了多少？", read).text
    assert "20.00万元" in answer("资产闲置情况怎么样？", read).text
    assert "普查" in answer("哪个项目花钱最多？", read).text
    assert "各行都有支出" in answer("有没有项目一分钱没花？", read).text
    assert answer("三公经费超预算了吗？", read).text.startswith("没有：")
