"""What a question takes for granted, another level's figure, a goal for an outcome, a thing counted twice."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

SCORES = """
| 指标名称 | 分值 | 目标值 | 完成值 | 得分 |
| 渠道清淤长度 | 10 | 40公里 | 36公里 | 9.00 |
| 水质监测点位 | 10 | ≥12个 | 15个 | 10.00 |
| 用水投诉办结率 | 10 | ≥95% | 97.5% | 10.00 |
| 抗旱演练场次 | 10 | 20场 | 23场 | 10.00 |
| 用水户满意度 | 10 | ≥90% | 92.1% | 10.00 |
"""


@pytest.fixture(scope="module")
def water() -> Reading:
    """A water bureau's year: goals, money moved, a table of scores."""
    made = report(
        "# 一、年度目标",
        "新建乡镇水质检测室5间；新建监测断面6个；购置新能源巡河车9辆。",
        "# 二、预算执行",
        "年初预算820.00万元，年中上级追加96.40万元，年底因工程推迟核减31.50万元。",
        "2023年末固定资产净值412.60万元。市级河道保洁覆盖率98.2%，COD年均浓度16.4毫克/升。",
        "# 三、完成情况",
        "新建监测断面6个。巡河保洁全年不断，购置新能源车7辆。组织开展各类抗旱演练32场。渠道清淤36公里，其余4公里因青苗补偿未谈妥顺延至下年。",
        table(SCORES, caption="表1 自评表"),
        department="青溪县水务局",
    )
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("渠道清淤超额完成的原因是什么？", "目标40公里"),
        ("渠道清淤超额完成任务的经验是什么？", "没有完成"),
        ("渠道清淤提前达标的主要做法有哪些？", "没有完成"),
        ("渠道清淤任务全部完成，一共清了多少公里？", "36公里"),
        ("水质监测点位为什么没有完成目标？", "已经达到"),
        ("用水投诉为什么全部办结？", "97.5%"),
        ("新建监测断面超额完成目标有什么经验？", "刚好达到，没有超额"),
        ("购置新能源巡河车超额完成目标的经验是什么？", "目标9辆"),
        ("年底追加31.50万元是什么原因？", "是核减"),
        ("为什么财政收回96.40万元？", "是追加"),
    ],
)
def test_what_is_taken_for_granted_is_put_right(water: Reading, question: str, said: str) -> None:
    """By goal and outcome, by a stated rate, by the word that stands beside the very figure."""
    given = answer(question, [water])
    assert given.text.startswith("前提有误"), given.text
    assert said in given.text, given.text


def test_a_premise_that_holds_is_left_alone(water: Reading) -> None:
    """渠道清淤 did fall short, so that its reason is told."""
    given = answer("渠道清淤为什么没有完成？", [water])
    assert "前提有误" not in given.text
    assert "青苗补偿" in given.text


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("省级河道保洁覆盖率是多少？", "市级河道保洁覆盖率"),
        ("固定资产原值是多少？", ""),
        ("BOD年均浓度是多少？", ""),
    ],
)
def test_another_level_sign_or_value_is_only_near(water: Reading, question: str, near: str) -> None:
    """市级 is not 省级, 净值 not 原值, COD not BOD: refused, the nearest thing told as such."""
    given = answer(question, [water])
    assert given.refused, given.text
    assert near in given.text, given.text


def test_a_goal_is_no_outcome(water: Reading) -> None:
    """乡镇水质检测室 stands among the goals alone."""
    given = answer("新建乡镇水质检测室多少间？", [water])
    assert given.refused, given.text
    assert given.missing


def test_a_thing_counted_twice_is_told_twice(water: Reading) -> None:
    """组织开展各类抗旱演练32场 and 抗旱演练场次23场 cannot both hold."""
    given = answer("全年组织了多少场抗旱演练？", [water])
    assert "32场" in given.text
    assert "23场" in given.text
    assert "核实" in given.text


def test_what_an_indicator_weighs_is_not_its_figure(water: Reading) -> None:
    """用水户满意度 weighs 10分 and is 92.1%."""
    given = answer("用水户满意度是多少？", [water])
    assert "92.1%" in given.text
    assert "10分" not in given.text


def test_transposed_digits_under_one_noun_are_told_beside() -> None:
    """全县服务对象21,638人 here and 全县21,368名服务对象 there: perhaps one figure, which only the department knows."""
    made = report("全县登记服务对象21,638人。", "# 调查", "全县21,368名服务对象中抽取300人参加问卷。")
    given = answer("全县服务对象多少人？", [Reading(made, facts(made))])
    assert "21,638人" in given.text
    assert "21,368名" in given.text


def test_parts_are_those_of_one_unit_that_the_sentence_lists() -> None:
    """Nor 件 with 人次, nor two of three parts."""
    made = report("全年办理援助案件1,036件，其中刑事案件618件、民事案件402件、其他8件，接待咨询9,726人次。")
    given = answer("各类援助案件加起来与总数一致吗？", [Reading(made, facts(made))])
    assert "1,028件" in given.text, given.text


def test_the_total_is_no_answer_for_an_item_that_was_not_found() -> None:
    """年末实有多少 behind 警务辅助编制, of which nothing is said, is not the 120名 of all."""
    made = report("核定编制126名，年末实有在编人员120名。")
    given = answer("警务辅助编制核定多少名，年末实有多少名？", [Reading(made, facts(made))])
    assert given.refused, given.text
