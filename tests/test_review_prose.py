"""What the reviewer finds in sentences, and between sentences and tables."""

from __future__ import annotations

import pytest

from tests.build import table
from tests.review_pages import raised, reading

THREE = table(
    "单位：万元\n| 项目 | 2023年决算数 | 2022年决算数 | 2023年预算数 |\n| 公务接待费 | 6.18 | 7.20 | 8.00 |\n"
    "| 公务用车运行维护费 | 4.00 | 4.10 | 5.00 |\n| 合计 | 10.18 | 11.30 | 13.00 |",
    caption="表1 “三公”经费支出情况表",
)


def test_text_and_table_disagree_and_neither_is_judged() -> None:
    """Both values are shown, none is called the wrong one."""
    [found] = raised("# 支出", "全年公务接待费8.16万元。", THREE, rule="同一指标一致")
    assert "8.16万元" in found.fact and "6.18万元" in found.fact
    assert "无法判定哪一侧有误" in found.working
    assert len(found.places) == 2


def test_text_that_rounds_the_table_agrees() -> None:
    """6.2万元 is 6.18万元 as written to one place."""
    assert raised("# 支出", "全年公务接待费6.2万元。", THREE, rule="同一指标一致") == []


def test_last_years_value_is_no_conflict() -> None:
    """The same measure for another year is another measure."""
    assert raised("# 支出", "2022年公务接待费7.20万元。", THREE, rule="同一指标一致") == []


def test_same_measure_with_two_values_in_the_text() -> None:
    """同键异值 within the prose."""
    text = "全县共有在校学生61284人。", "全县61824名在校学生实现应入尽入。"
    [found] = raised("# 概况", *text, rule="同一指标一致")
    assert "61284人" in found.title and "61824名" in found.title


PROJECTS = table(
    "单位：万元\n| 项目名称 | 年初预算数 | 调整后预算数 | 执行数 | 执行率 |\n"
    "| 校舍修缮工程 | 300.00 | 356.00 | 331.84 | 93.21% |\n"
    "| 教师培训 | 80.00 | 80.00 | 76.00 | 95.00% |\n| 合计 | 380.00 | 436.00 | 407.84 | 93.54% |",
    caption="表2 项目支出情况表",
)


def test_swapped_budget_and_spending_are_found() -> None:
    """The budget of the text is the spending of the table and the other way round."""
    text = "校舍修缮工程预算安排331.84万元，实际支出356.00万元，预算执行率93.21%。"
    [found] = raised("# 支出", text, PROJECTS, rule="预算与执行颠倒")
    assert "107.28%" in found.working


def test_a_slip_of_unit_is_pointed_at_and_not_corrected() -> None:
    """76.00元 in the text, 76.00 under 万元 in the table: a factor of ten thousand."""
    [found] = raised("# 支出", "教师培训全年支出76.00元。", PROJECTS, rule="单位与量级")
    assert "不代为改写" in found.working


def test_a_missing_yi_beside_large_amounts_is_doubted() -> None:
    """认缴总规模49.52元 beside 35.64亿元 lacks 万 or 亿."""
    text = "基金认缴总规模达到49.52元，计划投资金额合计35.64亿元。"
    [found] = raised("# 履职绩效情况", text, rule="单位与量级")
    assert "49.52元" in found.title


def test_a_rate_is_recomputed_from_its_own_sentence() -> None:
    """The two figures in front of the rate give another rate."""
    text = "项目支出调整后预算436.00万元，实际支出407.84万元，项目支出预算执行率为91.54%。"
    [found] = raised("# 支出", text, rule="比率复算")
    assert "93.54%" in found.fact


def test_a_rate_on_another_base_than_claimed() -> None:
    """按调整后预算 is claimed, the initial budget was used."""
    text = (
        "年初部门预算数1000.00万元，调整后预算数1050.00万元，支出决算1008.00万元。",
        "以调整后预算数为基数，部门整体支出预算执行率为100.80%。",
    )
    [found] = raised("# 支出", *text, rule="比率复算")
    assert "年初预算" in found.working and "96.00%" in found.working


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("其他收入336.20万元，较上年352.61万元增长4.65%。", "方向与数字相反"),
        ("其他收入336.20万元，较上年352.61万元下降6.45%。", "复算不符"),
        ("其他收入336.20万元，较上年352.61万元下降4.65%。", ""),
    ],
)
def test_direction_and_size_of_a_change(text: str, says: str) -> None:
    """The word is the sign of the rate; both are recomputed."""
    found = raised("# 收入", text, rule="增减方向与增减率")
    assert [says in one.title for one in found] == ([True] if says else [])


def test_growth_on_the_wrong_base_is_explained() -> None:
    """比上年 is said, but the rate fits the budget."""
    text = "2023年“三公”经费支出10.18万元，比上年减少1.12万元，下降21.69%。"
    [found] = raised("# 支出", text, THREE, rule="增减方向与增减率")
    assert "疑基数用错" in found.title and "预算" in found.working


def test_parts_that_do_not_make_the_whole() -> None:
    """其中 lists everything, yet the parts miss the total."""
    text = "全年资助学生10038人次，其中学前教育1126人次、义务教育5874人次、普通高中2038人次、中职900人次。"
    [found] = raised("# 履职绩效情况", text, rule="文内分项")
    assert found.severity == "P1" and "9938人次" in found.title


@pytest.mark.parametrize(
    "text",
    [
        "支出决算100.00万元，其中基本支出60.00万元，项目支出40.00万元。",
        "全区产值1870.95亿元，其中绿色低碳产业744.02亿元、电子信息产业520.30亿元。",
        "资产总额3864.25万元，其中固定资产3126.40万元。",
    ],
)
def test_closed_and_partial_lists_are_left_alone(text: str) -> None:
    """A list that closes, one that names the largest parts only, one that names a single part."""
    assert raised("# 概况", text, rule="文内分项") == []


def test_assets_with_an_unnamed_part() -> None:
    """资产合计 with two named parts that make up less than the total."""
    text = "我局资产合计285.22万元，其中固定资产净值79.42万元、无形资产88.20万元。本年新增家具49.43万元。"
    [found] = raised("# 资产", text, rule="文内分项")
    assert "117.60万元" in found.title


def test_other_budgets_grew_behind_a_net_cut() -> None:
    """Net cut 100, special fund cut 130: something else grew by 30, under the premise that is stated."""
    text = (
        "年初部门预算为1000.00万元，年中调减指标100.00万元，经调整后预算总额为900.00万元。",
        "科技专项资金年初总指标数为800.00万元，年中调减130.00万元，年度总指标数为670.00万元。",
    )
    [found] = raised("# 支出", *text, rule="隐含追加")
    assert "30.00万元" in found.title and "前提" in found.working


def test_unspent_budget_needs_an_explanation_only_without_an_opening_balance() -> None:
    """Where opening balance, income and spending close, the unspent budget is explained."""
    text = "调整后预算总额为900.00万元，收入决算数为850.00万元，支出决算数为860.00万元，年末结转和结余10.00万元。"
    assert len(raised("# 支出", text, rule="未支出指标去向")) == 1
    assert raised("# 支出", "年初结转和结余20.00万元。", text, rule="未支出指标去向") == []


def test_growth_without_a_whole_number_behind_it() -> None:
    """7 件 after growth of 30.00 % leaves no whole number for last year."""
    [found] = raised("# 履职绩效情况", "专利授权量为7件，同比增长30.00%。", rule="增速倒推")
    assert "没有整数" in found.fact


def test_budget_compared_with_itself() -> None:
    """A 2023 budget that says 比2023年预算增加."""
    budget = "某局2023年部门预算", "2023年收入预算800.00万元，比2023年预算增加20.00万元。"
    assert len(raised(*budget, rule="对比年份")) <= 1


def test_two_reports_of_one_department_share_figures() -> None:
    """A cut-off date of last year's, with figures that stand in last year's report."""
    text = "截至2022年12月31日，全系统资产总额3864.25万元。"
    before = reading("# 资产", text, year=2022, id="aaaaaaaaaaaa")
    [found] = raised("# 资产", text, rule="数据截止日", others=(before,))
    assert "与上年度报告相同" in found.fact


def test_department_totals_in_text_and_table() -> None:
    """调整后预算 of the text is not that of the table."""
    rows = "单位：万元\n| 项目 | 年初预算数 | 调整后预算数 | 决算数 |\n| 本年支出合计 | 90.00 | 100.00 | 98.00 |"
    text = "调整后预算数110.00万元，支出决算98.00万元。"
    found = raised("# 支出", text, table(rows, caption="收支表"), rule="部门总数一致")
    assert [one.title[:5] for one in found] == ["调整后预算"]


def test_a_part_larger_than_its_whole() -> None:
    """其中 51.20 of 33.65."""
    text = "“三公”经费支出33.65万元，其中公务用车运行维护费51.20万元、公务接待费18.45万元。"
    [found] = raised("# 支出", text, rule="文内分项")
    assert "大于总数" in found.title


def test_qizhong_behind_two_totals_is_not_judged() -> None:
    """其中 after 资产总额 and 负债总额 divides the assets, though the debts stand nearer."""
    said = "资产总额820.00万元，负债总额20.00万元，其中固定资产原值150.00万元，在用固定资产140.00万元。"
    assert raised("# 资产管理", said, rule="文内分项") == []


def test_inputs_of_three_expenses_in_the_next_clause() -> None:
    """Budget and last year's figure behind a semicolon."""
    said = "“三公”经费支出合计18.64万元；年初预算21.50万元；上年支出20.13万元，同比下降7.40%。"
    assert raised("# 收支情况", said, rule="三公经费") == []


def test_targets_under_a_lead_among_results() -> None:
    """年初目标： in a section of results is a list of targets; a stage not reached with a reason is P1."""
    goal = "年初目标：改造危桥6座，建成智慧交通信息平台一期，新增公交线路3条。"
    result = "新增公交线路3条。智慧交通信息平台一期正在进行设备招标，因需求调整未能按期建成。"
    found = raised("# 绩效目标完成情况", goal, result)
    assert [(one.rule, one.severity) for one in found if one.rule.startswith("目标")] == [
        ("目标与结果", "P0"),
        ("目标阶段", "P1"),
    ]


def test_the_namesake_of_another_county() -> None:
    """某县教育局's report says what 东山县教育局 did; a joint inspection with it is no defect."""
    assert raised("# 管理", "东山县教育局严格执行资金管理办法。", rule="他单位名称")
    assert raised("# 管理", "会同东山县教育局组织开展检查1次。", rule="他单位名称") == []


def test_a_result_below_its_target_needs_a_reason() -> None:
    """5所 of 8所 without a word of why; with a reason, or reached, there is nothing to raise."""
    goal = "年度目标：新建农村幸福院8所，培训护理员300人次。"
    short = "新建农村幸福院5所，培训护理员312人次。"
    found = raised("# 绩效目标", goal, "# 完成情况", short, rule="目标值未达成未说明")
    assert [one.title for one in found] == ["“新建农村幸福院8所”实际5所，未达目标，未说明原因"]
    told = "新建农村幸福院5所，其余3所因用地调整延期，培训护理员312人次。"
    assert raised("# 绩效目标", goal, "# 完成情况", told, rule="目标值未达成未说明") == []
    enough = "新建农村幸福院8所，培训护理员312人次。"
    assert raised("# 绩效目标", goal, "# 完成情况", enough, rule="目标值未达成未说明") == []


YEARS = table(
    "| 项目 | 单位 | 2022年 | 2023年 | 2024年 | 2024年比2023年 |\n"
    "| 支出总额 | 万元 | 2904.18 | 3026.55 | 3138.93 | +3.71% |\n"
    "| 日常公用支出 | 万元 | 203.65 | 196.20 | 189.46 | -3.44% |\n"
    "| 接待人次 | 人次 | 8642 | 9157 | 10283 | +12.30% |\n| 预算执行率 | % | 95.32 | 93.88 | 91.27 | -2.61个百分点 |",
    caption="表3 近三年主要数据",
)


def test_a_rate_changes_by_points_beside_growth_rates() -> None:
    """A column of growth rates tells the change of a rate in 个百分点, which is no quotient."""
    assert raised("# 支出", YEARS, rule="表内比率") == []


def test_rates_of_earlier_years_are_not_recomputed_from_this_years_figures() -> None:
    """95.32 of 2022 has its own spending and budget; only this year's are told."""
    told = "2024年调整后预算3439.30万元，支出3138.93万元，预算执行率91.27%。"
    assert raised("2024年度部门整体支出绩效评价报告", "# 支出", told, YEARS, rule="比率复算") == []


def test_a_list_without_a_colon_ends_with_its_clause() -> None:
    """其中线上查档 divides the visits; what follows the semicolon is of something else."""
    told = "全年接待查档10283人次，其中线上查档4483人次，线上占比43.6%；教育基地接待参观5.52万人次。"
    assert raised("# 效益", told, rule="文内分项") == []


def test_a_standard_for_each_is_no_part() -> None:
    """人均补助标准89元 stands behind the parts, and is none of them."""
    said = "全年到位1,000.00万元，其中中央资金600.00万元、省级资金300.00万元、县级100.00万元，按人均标准89元安排。"
    assert raised("# 资金", said, rule="文内分项") == []


def test_a_part_of_a_budget_is_a_budget_and_of_two_amounts_another() -> None:
    """其中 parts carry the basis of what they divide; the same name behind two amounts is two things."""
    budget = "年初“三公”经费预算24.00万元，其中公务接待费9.00万元，因公出国（境）费15.00万元。"
    spent = "“三公”经费支出13.86万元，其中公务接待费4.14万元，公务用车运行维护费9.72万元。"
    assert raised("# 支出", budget, spent, rule="同一指标一致") == []
    two = "甲项目投入2835.40万元，其中中央资金2268.32万元。", "乙项目投入486.00万元，其中中央资金388.80万元。"
    assert raised("# 资金", *two, rule="同一指标一致") == []


def test_words_that_point_back_name_nothing() -> None:
    """该类指标 is another one in each paragraph."""
    text = "该类指标分值15分，得13.00分。", "该类指标分值25分，得21.63分。"
    assert raised("# 得分", *text, rule="同一指标一致") == []


def test_a_price_for_each_yuan_lacks_no_wan() -> None:
    """每1元 is a rate, however large the amounts beside it."""
    text = "发放消费券资金3000.00万元。每1元消费券核销资金直接带动消费约15元。"
    assert raised("# 成效", text, rule="单位与量级") == []
