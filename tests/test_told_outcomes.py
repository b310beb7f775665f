"""Whether a thing was done or is there, why not, and when: by the report's own sentence, its denial kept."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table


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


GOALS = """
| 指标 | 年初目标值 | 实际完成值 | 是否完成 | 偏差原因 |
| 新增渡船 | 4艘 | 4艘 | 完成 |  |
| 改造码头 | 8座 | 6座 | 未完成 | 2座码头征地未落实 |
| 培训船员 | 90人 | 96人 | 完成 |  |
"""


@pytest.fixture(scope="module")
def ferry() -> Reading:
    """Problems of last year and of this one, measures, and goals whose rows say 完成 or 未完成 themselves."""
    made = report(
        "# 一、上年评价问题整改情况",
        "（一）候船厅漏雨，已修缮。（二）票务系统老旧，已更换。",
        "# 二、存在的主要问题",
        "（一）夜航班次偏少。（二）救生设备更新慢。",
        "# 三、下一步工作措施",
        "（一）加强运力调配，增开两班夜航。（二）分批更换救生设备。",
        table(GOALS, caption="表1 绩效目标完成情况表"),
        department="某市航运管理中心",
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    "question",
    [
        "报告自己承认存在哪几方面的问题？",
        "单位自己认为工作中还有哪些短板？",
        "自评中查找出哪些薄弱环节？",
        "还有哪些地方做得不够好？",
        "目前面临哪些困难和问题？",
    ],
)
def test_problems_are_found_by_whatever_name(ferry: Reading, question: str) -> None:
    """短板, 薄弱环节, 做得不够好 are problems, those of this year; who admits them is no subject of theirs."""
    told = answer(question, [ferry])
    assert "夜航班次偏少" in told.text and "漏雨" not in told.text


@pytest.mark.parametrize(
    "question",
    [
        "针对存在的问题打算采取哪些措施？",
        "对上述问题有什么改进办法？",
        "为解决这些问题，提出了什么办法？",
        "明年准备怎么抓整改？",
        "单位对存在的不足有何对策？",
    ],
)
def test_what_is_to_be_done_about_problems_is_no_problem(ferry: Reading, question: str) -> None:
    """A question that names the problems only to ask for the remedy is told the remedy."""
    told = answer(question, [ferry])
    assert "增开两班夜航" in told.text and "夜航班次偏少" not in told.text


def test_last_years_problems_are_told_where_they_are_meant(ferry: Reading) -> None:
    """上年评价发现了哪些问题."""
    assert "候船厅漏雨" in answer("上年评价发现了哪些问题？", [ferry]).text


def test_a_verdict_in_a_row_is_no_kind_of_rows(ferry: Reading) -> None:
    """没有完成 asks of all rows, not of those that say 完成 of themselves."""
    told = answer("对照年初目标，有哪几项量化指标没有完成？", [ferry])
    assert "改造码头" in told.text and "6座" in told.text and "渡船" not in told.text


@pytest.mark.parametrize(
    ("question", "begins", "named", "others"),
    [
        ("哪些指标超额完成了？", "超额完成的指标：", ["培训船员"], ["新增渡船", "改造码头"]),
        ("哪些指标刚好完成？", "刚好完成的指标：", ["新增渡船"], ["培训船员", "改造码头"]),
        ("3项量化指标完成了几项？", "能比对的3项指标中达到目标值的有2项：", ["新增渡船", "培训船员"], ["改造码头"]),
        ("年度目标有哪些已经完成？", "达到目标值的指标：", ["新增渡船", "培训船员"], ["改造码头"]),
        ("有几项指标没有完成？", "没有达到目标值的指标共1项：", ["改造码头", "征地未落实"], ["渡船", "船员"]),
        ("年初定的任务哪些没做完，原因是什么？", "没有达到目标值的指标", ["改造码头", "征地未落实"], ["渡船", "船员"]),
    ],
)
def test_indicators_are_told_by_how_far_they_came(
    ferry: Reading, question: str, begins: str, named: list[str], others: list[str]
) -> None:
    """Which, and how many, went beyond their target, just reached it or fell short; never all rows of the table."""
    told = answer(question, [ferry])
    assert told.text.startswith(begins)
    assert all(name in told.text for name in named) and not any(name in told.text for name in others)
    assert all(figure.verdict in ("exact", "derived") for figure in told.figures)


def test_a_kind_that_no_table_tells_apart_is_refused(ferry: Reading) -> None:
    """产出指标 of a table without kinds are not all its rows."""
    assert answer("产出指标中超额完成的有哪些？", [ferry]).refused


@pytest.fixture(scope="module")
def port() -> Reading:
    """A terminal that is still to come, a plan that is a draft, a shop that is a goal and nothing else, a park open."""
    made = report(
        "# 一、年度目标",
        "客运枢纽年内投入使用；印发岸线利用规划；引进水上书店1家。",
        "# 二、完成情况",
        "客运枢纽因消防验收整改，未能在年内投入使用。岸线利用规划已形成送审稿。滨江步道建成开放。",
        department="某市港务局",
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "begins", "said"),
    [
        ("客运枢纽投入使用后每天接待多少旅客？", "前提有误", "未能在年内投入使用"),
        ("客运枢纽投入使用了吗？", "没有", "未能在年内投入使用"),
        ("岸线利用规划印发以后执行得怎么样？", "前提有误", "送审稿"),
        ("岸线利用规划印发了没有？", "没有", "送审稿"),
        ("水上书店引进来以后经营情况怎么样？", "无法判断", "年度目标"),
    ],
)
def test_what_is_still_to_come_has_no_effect(port: Reading, question: str, begins: str, said: str) -> None:
    """What a question takes for done is first seen to be done."""
    told = answer(question, [port])
    assert told.text.startswith(begins) and said in told.text


def test_what_is_done_is_not_denied(port: Reading) -> None:
    """滨江步道开放了吗: it is."""
    assert not answer("滨江步道开放了吗？", [port]).text.startswith(("没有", "前提"))


SCORED = """
| 一级指标 | 三级指标 | 参考分值 | 得分 | 评分依据 |
| 决策 | 指标明确性 | 8 | 6 | 部分指标是定性描述，难以衡量 |
| 产出 | 任务完成情况 | 10 | 9 | 航道疏浚滞后一个月 |
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("指标明确性为什么扣2分？", "难以衡量"),
        ("航标为什么没修够30座？", "台风"),
    ],
)
def test_why_is_asked_in_plain_words(question: str, said: str) -> None:
    """评分依据 is the reason of a score, and what it lost is no wrong premise of it; 没修够 is not done."""
    made = report(
        "# 一、年度目标",
        "修复航标30座。",
        "# 二、工作情况",
        "全年巡查航道210次。修复航标27座，其余因台风影响顺延。",
        table(SCORED, caption="表1 评分表"),
        department="某市航道事务中心",
    )
    assert said in answer(question, [Reading(made, facts(made))]).text
