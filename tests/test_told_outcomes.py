"""Whether a thing was done or is there, why not, and when: by the report's own sentence, its denial kept."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report


@pytest.fixture(scope="module")
def museum() -> Reading:
    """Outcomes told in sentences, a goal among them, and measures under a title."""
    made = report(
        "# 一、年度目标",
        "数字展厅通过市级验收；改造库房6间。",
        "# 二、完成情况",
        "数字展厅已完成布展，但至年底仍未取得市级验收结论。观众留言回复率98%，超额完成年度任务，配套沙龙项目未完工。",
        "除财政拨款外，本馆无事业收入。其余2间库房因屋面渗漏未改造，计划次年3月底前完工。",
        "# 三、问题和打算",
        "一是讲解力量不足。高峰时段每班只有两人，讲解预约满足率偏低。",
        "建议增加讲解编制；我馆将招募志愿讲解员。",
        "# 四、可推广的做法",
        "（一）与院校共建讲解实训基地。（二）实行藏品分级巡检。",
        department="某市博物馆",
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "begins", "said"),
    [
        ("数字展厅通过市级验收了吗？", "没有完成", "仍未取得市级验收结论"),
        ("留言回复率的任务完成了吗？", "已完成", "超额完成年度任务"),
        ("除财政拨款外还有别的收入吗？", "没有", "无事业收入"),
        ("还有2间库房为什么没改造完，什么时候能完？", "其余2间", "3月底前完工"),
        ("讲解力量不足表现在哪里？", "一是讲解", "每班只有两人"),
        ("提出了什么建议？", "建议增加", "招募志愿讲解员"),
        ("藏品方面有什么值得推广的做法？", "（二）", "分级巡检"),
    ],
)
def test_it_is_told_by_the_sentence_that_says_so(museum: Reading, question: str, begins: str, said: str) -> None:
    """The sentence nearest to the words answers; what another clause denies is not denied of them."""
    told = answer(question, [museum])
    assert told.text.startswith(begins) and said in told.text
