"""Wording, missing parts, targets and periods: what is raised and what is ordinary language."""

from __future__ import annotations

import pytest

from assistant import Finding, findings
from tests.review_pages import raised, reading


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("他单位名称", "政府采购方面，某县水务局严格执行《政府采购法》，规范采购程序。"),
        ("占位符", "XX局2023年度收支情况如下。"),
        ("标点", "专利授权量增长，；其他指标平稳。"),
        ("标点", "我局贯彻“八项规定，严控“三公”经费。"),
        ("标点", "领导重视,机构健全。"),
        ("时态", "2023年，我局将继续围绕中心工作推进改革。"),
        ("小数位", "专项资金年初694.77万元，年中调减257万元。"),
    ],
)
def test_wording_that_is_raised(rule: str, text: str) -> None:
    """Each of these is a defect of wording."""
    assert len(raised("# 一、部门基本情况", text, rule=rule)) == 1


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("他单位名称", "我局按照某县财政局关于开展绩效自评的通知开展工作。"),
        ("他单位名称", "某县教育局严格执行《政府采购法》。"),
        ("他单位名称", "会同县人社局组织招聘。"),
        ("标点", "我局贯彻“八项规定”，严控“三公”经费……成效明显。"),
        ("时态", "2024年，我局将继续推进改革。"),
        ("小数位", "全年收入694.77万元，支出257.00万元。"),
        ("占位符", "XML格式的数据已报送。"),
    ],
)
def test_ordinary_wording_is_left_alone(rule: str, text: str) -> None:
    """None of these is a defect."""
    assert raised("# 一、部门基本情况", text, rule=rule) == []


def test_an_annex_named_but_absent() -> None:
    """附件1 stands at the end, 附件2 is only listed."""
    parts = ("附件：1.部门整体支出绩效自评表", "2.满意度调查报告", "附件1")
    assert [one.title for one in raised("# 正文", *parts, rule="附件")] == ["附件2《满意度调查报告》未附"]


def test_a_task_without_result_is_asked_for() -> None:
    """The kindergarten is never heard of again; the other task is answered with another figure."""
    parts = (
        "# 年度绩效目标",
        "新建公办幼儿园2所，培训教师1900人次以上。",
        "# 绩效目标完成情况",
        "全年培训教师1810人次。",
    )
    [found] = raised(*parts, rule="目标与结果")
    assert "幼儿园" in found.title and "培训教师" not in found.title


def test_a_weaker_stage_than_promised() -> None:
    """目标试运营, result 即将启动运营."""
    parts = ("# 年度绩效目标", "城南科技创新中心试运营。", "# 履职绩效情况", "城南科技创新中心即将启动运营。")
    [found] = raised(*parts, rule="目标阶段")
    assert "试运营" in found.title
    reached = ("# 年度绩效目标", "城南科技创新中心试运营。", "# 履职绩效情况", "城南科技创新中心正式运营。")
    assert raised(*reached, rule="目标阶段") == []


def test_two_verdicts_on_the_same_year() -> None:
    """圆满完成 and 较好地完成 cannot both be."""
    found = raised("# 概况", "我局较好地完成了年度目标。", "全年圆满完成了年度目标。", rule="结论一致")
    assert len(found) == 1


def test_beyond_target_without_the_target() -> None:
    """超额完成 needs the figure it exceeds."""
    assert len(raised("# 履职绩效情况", "认定企业289家，超额完成市级任务。", rule="超额完成无任务数")) == 1
    assert raised("# 履职绩效情况", "认定企业289家，超额完成市级任务250家。", rule="超额完成无任务数") == []


def test_past_work_told_as_this_years() -> None:
    """自2020年以来累计 is not this year's; a comparison with last year is."""
    assert len(raised("# 履职绩效情况", "自2020年以来累计新增32个平台。", rule="往年事项")) == 1
    assert raised("# 履职绩效情况", "新增平台12个，较2022年增长20%。", rule="往年事项") == []


def test_three_expenses_without_budget_and_last_year() -> None:
    """Nothing to compute the rates from."""
    text = "公务用车运行维护费支出1.57万元、公务接待费支出3.81万元。"
    assert len(raised("# 经济性分析", text, rule="三公经费")) == 1
    assert raised("# 经济性分析", f"{text}“三公”经费预算6.00万元。", rule="三公经费") == []


def test_a_fall_without_analysis() -> None:
    """Applications fell by a third; spending may fall without a word."""
    assert len(raised("# 履职绩效情况", "专利申请量337件，同比下降38.62%。", rule="负面数据未分析")) == 1
    assert raised("# 履职绩效情况", "公务接待费3.00万元，较上年下降38.62%。", rule="负面数据未分析") == []


def test_two_things_told_in_turn_do_not_contradict_each_other() -> None:
    """One sentence tells of each questionnaire how many came back; two sentences that differ are still raised."""
    told = "发放游客问卷500份，收回有效问卷482份；发放群众问卷400份，收回有效问卷372份。"
    assert raised("# 满意度", told, rule="同一指标一致") == []
    apart = ("发放问卷500份，收回有效问卷482份。", "收回有效问卷372份。")
    assert raised("# 满意度", *apart, rule="同一指标一致")


def test_an_abbreviation_of_its_own_name_is_no_other_department() -> None:
    """市住建局 keeps the characters of 住房和城乡建设局 in their order; 市文化局 does not."""

    def named(name: str) -> list[Finding]:
        page = reading("# 工作", f"{name}认真落实资产清查制度。", department="合源市住房和城乡建设局")
        return [one for one in findings(page) if one.rule == "他单位名称"]

    assert named("市住建局") == []
    assert len(named("合源市文化局")) == 1
