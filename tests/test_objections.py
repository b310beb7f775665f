"""What a report says twice, promises only, or never says: told as such, whatever heads and words it uses."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.builtin.ask import answer
from assistant.review import findings
from assistant.wording import row_label
from ingest.reading import Reading
from tests.build import table
from tests.review_pages import raised, reading

PROJECTS = table(
    "单位：万元\n"
    "| 金额单位：万元 | < | < | < | < |\n"
    "| 类别 | 项目名称 | 安排 | < | 使用 |\n"
    "| ^ | ^ | 年初数 | 全年预算 | 支出数 |\n"
    "| 设施 | 球场灯光改造 | 120.00 | 186.40 | 186.40 |\n"
    "| ^ | 游泳馆恒温设备 | 80.00 | 60.00 | 51.37 |\n"
    "| 赛事 | 环湖马拉松 |  | 95.00 | 94.28 |",
    caption="表2 项目资金情况",
    header_rows=3,
    header_cols=2,
)
SCORES = table(
    "| 一级指标 | 三级指标 | 计划 | 上半年完成 | 全年完成 | 分值 | 得分 |\n"
    "| 产出（50分） | 健身步道新建里程 | 24公里 | 6.5公里 | 21.8公里 | 30 | 27.25 |\n"
    "| ^ | 青少年体育培训人数 | 1500人 | 800人 | 1863人 | 20 | 20.00 |\n"
    "| 满意（50分） | 群众满意率 | 90% | 88% | 93.5% | 50 | 50.00 |\n"
    "| 合计 | < | < | < | < | 100 | 97.25 |",
    caption="表3 自评得分表",
    header_cols=2,
)


@pytest.fixture(scope="module")
def sports() -> Reading:
    """A sports bureau's year, with a list of tasks, a slip of unit, a figure told twice and a few things never told."""
    return reading(
        "# 一、年度安排",
        "年初确定了以下三项重点工作：",
        "1.新建健身步道24公里。",
        "2.完成全民健身中心主体封顶并对外开放。",
        "3.体育设施完好率达到96%以上。",
        "# 二、资金情况",
        "年初预算300.00万元，年中因承办赛事追加95.00万元、因压减一般性支出核减13.60万元，全年预算381.40万元。",
        "赛事安保费用由赞助单位承担，游泳馆恒温设备全年支付51.37元。无工程类采购。",
        "未发生因公出国（境）费。",
        PROJECTS,
        "# 三、完成情况",
        "组织青少年参加体育培训1836人。新建健身步道21.8公里，少建2.2公里，系东岸路段用地未落实。",
        SCORES,
        "# 四、评价结论",
        "自评得分98.25分。",
        "附件：2.2023年度项目绩效自评表（另附）",
        department="青溪县体育局",
    )


def ask(sports: Reading, question: str) -> Answer:
    return answer(question, [sports], findings=findings(sports, ()))


def test_a_slip_of_unit_is_seen_under_any_heads(sports: Reading) -> None:
    """51.37元 in a sentence that names the row of 51.37万元: both are told, neither is rewritten."""
    given = ask(sports, "游泳馆恒温设备支付了多少？")
    assert "51.37元" in given.text and "51.37万元" in given.text
    assert "单位疑误" in given.text


def test_a_row_not_named_is_no_slip() -> None:
    """The same digits in a sentence of another thing are chance."""
    assert raised("# 支出", "慰问困难职工每人51.37元。", PROJECTS, rule="单位与量级") == []


def test_one_thing_under_two_names_with_digits_changed_round(sports: Reading) -> None:
    """培训1836人 here, 青少年体育培训人数1863人 there."""
    given = ask(sports, "青少年体育培训了多少人？")
    assert "1836人" in given.text and "1863人" in given.text
    assert "核实" in given.text


def test_digits_changed_round_of_other_things_are_no_conflict() -> None:
    """426 concerts and 462 matches have nothing in common but their digits."""
    assert raised("# 完成", "举办音乐会426场。", "开展足球比赛462场。", rule="同一指标一致") == []


def test_the_score_of_the_text_is_told_beside_that_of_the_table(sports: Reading) -> None:
    """98.25分 and 97.25分 cannot both be the score."""
    given = ask(sports, "这次自评到底得了多少分？")
    assert "98.25分" in given.text and "97.25分" in given.text


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("全民健身中心对外开放了吗？", "全民健身中心"),
        ("体育设施完好率实际是多少？", "体育设施完好率"),
        ("各项目的绩效自评得分是多少？", "附件2《2023年度项目绩效自评表》"),
        ("因公出国费预算是多少？", "预算"),
        ("游泳馆恒温设备的中标金额是多少？", "中标金额"),
        ("环湖马拉松的上年支出数是多少？", "上年"),
    ],
)
def test_what_is_only_promised_or_never_told_is_refused(sports: Reading, question: str, lacking: str) -> None:
    """A goal, the whole's score and what did not happen answer nothing else."""
    given = ask(sports, question)
    assert given.refused, given.text
    assert lacking in given.text, given.text


def test_an_outcome_comes_before_the_goal_of_its_name(sports: Reading) -> None:
    """Of the goal's own time, not of the half year."""
    assert "21.8公里" in ask(sports, "新建健身步道多少公里？").text
    told = ask(sports, "健身步道新建的任务完成得怎么样，为什么没有完成？").text
    assert "21.8公里" in told and "用地未落实" in told
    assert "6.5公里" not in told


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("球场灯光改造为什么没有全部支付到位？", "186.40万元"),
        ("游泳馆恒温设备年中追加了20万元，追加的依据是什么？", "调减"),
        ("工程类政府采购花了多少钱？", "无工程类采购"),
    ],
)
def test_what_is_taken_for_granted_of_money_is_put_right(sports: Reading, question: str, said: str) -> None:
    """By the row that shows all of it spent, by its two budgets, by the sentence that says there was none."""
    given = ask(sports, question)
    assert given.text.startswith("前提有误"), given.text
    assert said in given.text, given.text


def test_a_move_that_the_report_tells_is_no_wrong_premise(sports: Reading) -> None:
    """95.00万元 came and 13.60万元 went: each is asked for by itself, though the budget grew."""
    given = ask(sports, "年中核减资金的原因是什么？")
    assert "前提有误" not in given.text and "压减一般性支出" in given.text
    assert "13.60万元" in ask(sports, "年中核减了多少？").text


def test_the_kind_of_a_thing_is_no_side_of_it(sports: Reading) -> None:
    """球场灯光改造项目 is 球场灯光改造; its 利息 is told nowhere."""
    assert "186.40万元" in ask(sports, "球场灯光改造项目支出多少？").text
    assert ask(sports, "球场灯光改造项目利息有多少？").refused


def test_a_row_is_called_by_its_own_name() -> None:
    """Not by its kind, which other rows share, nor by its goal."""
    assert row_label(PROJECTS, 4, 4) == "游泳馆恒温设备"
    assert row_label(SCORES, 2, 4) == "青少年体育培训人数"


def test_a_name_that_begins_with_none_denies_nothing() -> None:
    """抽查12户无障碍改造 does not say that there was no 障碍改造."""
    made = reading(
        "# 项目实施",
        "无障碍改造采取“一户一设计”方式，由残疾人签字确认改造方案后施工。",
        "抽查12户无障碍改造，1户扶手松动。",
    )
    given = answer("无障碍改造是怎么实施的？", [made])
    assert "一户一设计" in given.text and "没有" not in given.text, given.text
