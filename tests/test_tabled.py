"""Any table asked in any words: rows and columns named in the question, everyday speech, the parts every report has."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.builtin.ask import answer
from assistant.builtin.question.speech import formal
from ingest.html import read
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

FLEET = """
| 车型 | 购置时间 | 里程（公里） | 里程（公里） | 保管人 |
| 车型 | 购置时间 | 上年末 | 本年末 | 保管人 |
| 洒水车 | 2019年3月 | 41,200 | 52,800 | 周一帆 |
| 清扫车 | 2021年6月 | 12,500 | 23,900 | 钱小川 |
"""
CARD = """
| 场馆名称 | 市民活动中心 | 开放时间 | 周二至周日 |
| 馆长 | 何小满 | 建成年份 | 2016 |
"""


@pytest.fixture(scope="module")
def fleet() -> Reading:
    """Two tables that hold no budget at all: a grid under two rows of heads, and labels with values."""
    made = report(
        table(FLEET, caption="表1 车辆情况", header_rows=2), table(CARD, number=2, caption="表2 场馆", header_rows=0)
    )
    return Reading(made, facts(made))


def ask(question: str, *readings: Reading) -> Answer:
    """The built-in answer."""
    return answer(question, readings)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("清扫车是什么时候购置的？", {"2021年6月"}),
        ("洒水车和清扫车的保管人是谁？", {"周一帆", "钱小川"}),
        ("洒水车上年末的里程是多少？", {"41,200"}),
        ("市民活动中心的馆长是谁？", {"何小满"}),
    ],
)
def test_cells_are_found_by_the_words_of_row_and_column(fleet: Reading, question: str, said: set[str]) -> None:
    """Words as well as figures are read from the one cell that the question names, and every cell has its place."""
    given = ask(question, fleet)
    assert not given.refused
    assert all(text in given.text for text in said), given.text
    assert len(given.cells) == len(said)


def test_a_row_nobody_named_is_never_chosen(fleet: Reading) -> None:
    """里程是多少 names no vehicle: the first one's figure is no answer."""
    assert "41,200" not in ask("铲雪车本年末的里程是多少？", fleet).text
    assert "52,800" not in ask("铲雪车本年末的里程是多少？", fleet).text


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("这个局是干啥的？", "部门主要职责是什么？"),
        ("一年下来钱剩了多少？", "年末结转和结余是多少？"),
        ("年初预算和决算差多少？", "决算比年初预算多多少？"),
        ("准备怎么改？", "下一步改进措施有哪些？"),
        ("学前教育发展专项的调整后预算是多少？", "学前教育发展专项的调整后预算是多少？"),
        ("项目支出安排了多少？", "项目支出预算是多少？"),
    ],
)
def test_everyday_speech_is_put_as_reports_put_it(spoken: str, written: str) -> None:
    """Frames of speech.toml; what none of them hears is left as it is."""
    assert formal(spoken) == written


def test_a_nested_list_names_what_its_items_leave_unsaid() -> None:
    """“三公”经费 above 预算45.60万元，支出39.12万元: the figures are those of the 三公经费, not the department's."""
    page = (
        "<html><body><h1>某某区城市管理局2023年度部门整体支出绩效自评报告</h1><h2>一、预算执行</h2><ol><li>总体情况<ul>"
        "<li>调整后预算900.00万元，全年支出880.00万元。</li></ul></li><li>“三公”经费<ul>"
        "<li>预算45.60万元，支出39.12万元。</li></ul></li></ol></body></html>"
    )
    made = read(page.encode(), "a.html")
    given = ask("“三公”经费支出是多少？", Reading(made, facts(made)))
    assert "39.12万元" in given.text
    whole = ask("全年支出是多少？", Reading(made, facts(made)))
    assert "880.00万元" in whole.text
    assert "39.12" not in whole.text


def test_the_score_of_the_whole_is_not_an_items() -> None:
    """自评得了多少分 asks for the department's own score, and 扣在哪里 for the rows that lost points."""
    made = report(
        "绩效自评总分94.50分，等级为“优”。",
        table(
            "| 三级指标 | 分值 | 得分 |\n| 培训场次 | 10 | 10 |\n| 验收合格率 | 20 | 17.5 |\n| 知晓率 | 5 | 2 |",
            caption="表1 自评表",
        ),
    )
    seen = Reading(made, facts(made))
    assert "94.50分" in ask("自评得了多少分？", seen).text
    lost = ask("扣分最多的是哪个指标，扣了多少？", seen).text
    assert "知晓率" in lost
    assert "3分" in lost
    assert "验收合格率" not in lost
