"""Facts of whole reports that the ledger had never seen, and in small what was learned from them.

The facts stand beside the reports in strange/ (`*.facts.jsonl` odd, open to mending; `*.facts-held.jsonl` even, only
counted), labelled by hand before anyone looked at what the ledger says.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.facts import gold_facts, measure
from ingest.fact import label
from ingest.ledger import facts
from tests.build import report, table

HERE = Path(__file__).parent / "strange"
FORMS = (".docx", ".pdf", ".html", ".xlsx", ".txt")
FLOORS = {".facts.jsonl": 950, ".facts-held.jsonl": 900}
"""Facts wholly right in each report, per mille, a little under what is reached."""


@pytest.mark.parametrize("path", sorted(HERE.glob("*.facts*.jsonl")), ids=lambda path: path.stem)
def test_facts_of_whole_reports(path: Path) -> None:
    """Every fact is held; the share with the right label, unit, period and basis."""
    name, _, half = path.name.partition(".")
    source = next(file for form in FORMS if (file := HERE / (name + form)).exists())
    counts, _ = measure(source, list(gold_facts(path)), misses=False)
    assert counts["held"] == counts["all"]
    assert 1000 * counts["whole"] >= FLOORS[f".{half}"] * counts["all"]


@pytest.mark.parametrize(
    ("text", "digits", "named", "period", "basis"),
    [
        # a paragraph that begins with its item as a title
        ("3.村医补助项目。全年支出39万元。", "39", "村医补助项目/全年支出", "2023年度", "决算"),
        ("5.“两癌”筛查项目。筛查63人。支出8万元。", "8万元", "两癌筛查项目/支出", "2023年度", "决算"),
        # parts without a whole of their own kind are none of each other
        ("发放68万元，其中奖励5人、49万元，特扶2人、14万元。", "2人", "特扶", "2023年度", ""),
        ("发放68万元，其中奖励5人、49万元，特扶2人、14万元。", "14万元", "发放/特扶", "2023年度", "决算"),
        ("遗属9人。与上年末相比，在职人员净减少7人，其中退休11人。", "11人", "退休", "2023年度", ""),
        # a period said of all that follows
        ("上年“三公”经费中，购置费19万元、接待费11万元。", "11万元", "接待费", "2022年度", "决算"),
        ("四个季度支出分别为3万元、5万元、4万元和6万元。", "5万元", "支出", "2023年4-6月", "决算"),
        ("“三公”经费支出较上年43万元增长5%。", "43万元", "三公经费/支出", "2022年度", "决算"),
        # ages and kinds are names
        ("65岁以上老年人健康管理率达到70%。", "70%", "65岁以上老年人健康管理率", "2023年度", ""),
        ("0—6岁儿童健康管理率94.60%。", "94.60%", "0—6岁儿童健康管理率", "2023年度", ""),
        ("高血压患者28人、2型糖尿病患者9人，管理率分别为76%和74%。", "74%", "2型糖尿病患者/管理率", "2023年度", ""),
        ("三公支出14万元，其中接待费4万元，比2021年的15万元减少1万元。", "15", "三公/支出", "2021年度", "决算"),
        ("2025年6月底前完成剩余11栋解危。", "11栋", "剩余解危", "2025年6月", ""),
        # changes of a budget, lines and goals
        ("2023年确定的主要任务是：营造林2.80万亩。", "2.80", "营造林", "2023年度", "目标"),
        ("年初预算调减14万元。", "14万元", "年初预算调减", "2023年度", "调整"),
        ("部门预算90万元，因会议、培训等活动压减调减4万元。", "4万元", "调减", "2023年度", "调整"),
        ("9个项目中有3个执行率低于90%。", "90%", "执行率/界限", "2023年度", ""),
        ("住院率87%，比上年提高1个百分点，但仍低于90%的目标值。", "90%", "住院率/目标", "2023年度", "目标"),
        ("火灾3起，受害率0.31‰，较上年下降0.12个千分点。", "0.12", "受害率/较上年下降", "2023年度", "差额"),
        ("检测能力由改造前的126项提高到184项。", "184项", "检测能力", "2023年度", ""),
        # the year of a stock is its period and no part of its name
        ("2023年末核定编制86名。", "86名", "年末核定编制", "2023年末", ""),
        ("2023年末实有131人。", "131人", "实有人数", "2023年末", ""),
        # who approved, why and in which line of a list are no part of a name; 按, 主要 and 均 may be
        ("机构编制部门核定编制210名。", "210名", "核定编制", "2023年度", ""),
        ("年中因病害应急防治追加预算20万元。", "20万元", "年中追加预算", "2023年度", "调整"),
        ("具体为：①改厕30户；②修路4公里。", "4公里", "修路", "2023年度", ""),
        ("新增就业47人，其中按比例就业28人。", "28人", "新增就业/按比例就业", "2023年度", ""),
        ("主要农作物机械化率68%。", "68%", "主要农作物机械化率", "2023年度", ""),
        ("6个项目平均得分93分。", "93分", "项目/平均得分", "2023年度", ""),
        ("2023年度部门整体绩效自评得98分。", "98分", "自评得分", "2023年度", ""),
        ("本年收入30万元，本年支出20万元。", "20万元", "本年支出", "2023年度", "决算"),
        # what is said of some of those just counted
        ("12个断面中11个达到优良水质。", "11个", "断面中达到优良水质", "2023年度", ""),
        ("危房治理、路面改造4个项目执行率低于90%。", "4个", "项目执行率低于90%", "2023年度", ""),
        ("目标解危50栋，实际完成39栋，差11栋。", "11栋", "解危/差", "2023年度", "差额"),
        ("综合满意度91%，未达到95%。", "95%", "综合满意度/界限", "2023年度", ""),
        ("执行率未达到90%。", "90%", "执行率", "2023年度", ""),
        ("加工1,300万页，完成率93%，少于目标99万页。", "99万页", "加工/比目标少于", "2023年度", "差额"),
        ("加工84台，低于目标90台。", "90台", "加工/目标", "2023年度", "目标"),
        ("火情24小时扑灭率达到95%。", "95%", "火情24小时扑灭率", "2023年度", ""),
        ("实施国省干线安全提升58公里。", "58公里", "实施国省干线安全提升", "2023年度", ""),
        ("编报绩效目标的项目12个。", "12个", "编报绩效目标的项目", "2023年度", ""),
        ("购置费27万元（上年28万元），无因公出国（境）费用。", "无", "因公出国（境）费用", "2023年度", "决算"),
        ("部门决算支出20万元，执行率96%。", "96%", "执行率", "2023年度", ""),
        ("“医疗（款）行政单位医疗（项）”20万元。", "20万元", "医疗（款）行政单位医疗（项）", "2023年度", "决算"),
        # which of the levels before a part, a rate or an amount for each is of
        ("支出40万元，预算48万元，其中公务接待费12万元、车辆费28万元。", "12万元", "公务接待费", "2023年度", "决算"),
        ("产出类31分，得分率89%。", "89%", "产出类/得分率", "2023年度", ""),
        ("培训24人次，其中职工9人次、其他人员15人次。", "15人次", "培训/其他人员", "2023年度", ""),
        ("购置一台服务器（价值23万元）。", "23万元", "购置一台服务器价值", "2023年度", ""),
        ("扶持示范点7个，每个补助3万元。", "3万元", "扶持示范点/每个补助", "2023年度", "决算"),
        ("年初设定的7项绩效目标完成5项，未完成2项。", "2项", "绩效目标/未完成", "2023年度", ""),
        ("开通婚姻、生育、学籍等9类档案查询。", "9类", "档案查询", "2023年度", ""),
        ("指标体系由4个一级指标、12个二级指标组成。", "12个", "指标体系二级指标组成", "2023年度", ""),
        ("15个小区中，有6个未成立业委会，9个未建立维修资金。", "9个", "小区/未建立维修资金", "2023年度", ""),
        ("历史建筑修缮仅完成2处。", "2处", "历史建筑修缮完成", "2023年度", ""),
        ("386个项目编报绩效目标，涉及资金9亿元。", "9亿元", "项目编报绩效目标/资金", "2023年度", ""),
        # why and how are no part of a name either
        ("购置费减少的原因是2022年报废2辆车辆。", "2辆", "报废车辆", "2022年度", ""),
        ("编外人员控制率按“编外用工÷在职人数”计算为9%。", "9%", "编外人员控制率", "2023年度", ""),
        ("验收后30日内完成登记。", "30日", "验收后完成登记", "2023年度", ""),
        ("下辖县就业服务所、县培训中心2家事业单位。", "2家", "下辖事业单位", "2023年度", ""),
        ("项目支出30万元，5万元结转下年使用。", "5万元", "结转下年使用", "2023年度", ""),
    ],
)
def test_what_reports_never_seen_say(text: str, digits: str, named: str, period: str, basis: str) -> None:
    """One figure of a paragraph: its label, period and basis."""
    found = next(fact for fact in facts(report(text)) if fact.quantity.text.startswith(digits))
    assert (label(found), found.period, found.basis) == (named, period, basis)


def test_the_end_of_a_year_in_a_caption() -> None:
    """2024年末固定资产情况表: 合计 is 固定资产合计."""
    rows = "单位：元\n| 类别 | 账面原值 |\n| 车辆 | 40 |\n| 设备 | 60 |\n| 合计 | 100 |"
    found = facts(report(table(rows, caption="表1 2024年末固定资产情况表"), year=2024))
    assert label(found[-1]) == "固定资产合计/账面原值"


def test_a_remark_below_a_remark_about_goals() -> None:
    """所有项目均编报绩效目标 in the row above is no head: 扣2分 is no goal."""
    rows = "| 指标 | 得分 | 评分依据 |\n| 完整性 | 7 | 均编报绩效目标 |\n| 明确性 | 6 | 部分指标为定性描述，扣2分 |"
    assert next(fact.basis for fact in facts(report(table(rows))) if fact.quantity.text == "2分") == ""


def test_a_number_with_a_comma_before_a_decimal_point() -> None:
    """2、普法预算x.y: the point of the figure is not that of the item's number, however the list is numbered."""
    made = report("1、执法预算8.50万元。", "2、普法预算135.90万元。")
    assert [fact.quantity.text for fact in facts(made)] == ["8.50万元", "135.90万元"]
