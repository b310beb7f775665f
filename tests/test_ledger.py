"""The ledger: every figure of tables and prose with subject, measure, period, basis, unit and place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.fact import Fact, label
from ingest.ledger import facts
from ingest.read import read
from ingest.report import Cell, Table
from tests.build import report, table


def stated(*parts: str | Table, year: int | None = 2023) -> list[str]:
    """The facts of a small report as `label｜period｜basis｜figure unit`."""
    return [shown(fact) for fact in facts(report(*parts, year=year))]


def shown(fact: Fact) -> str:
    quantity = fact.quantity
    doubt = "" if fact.certain else " ?"
    return f"{label(fact)}｜{fact.period}｜{fact.basis}｜{quantity.relation}{quantity.value}{quantity.unit.name}{doubt}"


def said(sentence: str) -> list[str]:
    """The labels and figures of one sentence of prose, without period and basis."""
    return [f"{label(fact)} {fact.quantity.value}{fact.quantity.unit.name}" for fact in facts(report(sentence))]


# Tables


def test_a_cell_has_its_row_its_column_its_unit_and_the_year() -> None:
    """项目｜年初预算数｜全年执行数｜执行率 under 单位：万元: rates are percentages all the same."""
    assert stated(
        table(
            """
            单位：万元
            | 项目 | 年初预算数 | 全年执行数 | 执行率 |
            |---|---|---|---|
            | 校舍维修 | 1,200.00 | 1,150.50 | 95.88% |
            | 其中：材料费 | 300 | — | 0.5 |
            """,
            caption="表3 2023年度项目支出情况表",
        )
    ) == [
        "校舍维修/年初预算数｜2023年度｜年初预算｜=1200.00万元",
        "校舍维修/全年执行数｜2023年度｜决算｜=1150.50万元",
        "校舍维修/执行率｜2023年度｜｜=95.88%",
        "其中：材料费/年初预算数｜2023年度｜年初预算｜=300万元",
        "其中：材料费/执行率｜2023年度｜｜=0.5%",
    ]


def test_halves_side_by_side_have_each_their_own_labels() -> None:
    """收入｜支出 in one table: a figure belongs to the nearest label column to its left."""
    found = stated(
        table(
            """
            单位：万元
            | 收入 | < | 支出 | < |
            | 项目 | 决算数 | 项目 | 决算数 |
            | 财政拨款 | 90 | 基本支出 | 60 |
            | 合计 | 90 | 合计 | 88 |
            """,
            caption="表1 2023年度收支决算表",
            header_rows=2,
        )
    )
    assert found == [
        "财政拨款/收入/决算数｜2023年度｜决算｜=90万元",
        "基本支出/支出/决算数｜2023年度｜决算｜=60万元",
        "收支合计/收入/决算数｜2023年度｜决算｜=90万元",
        "收支合计/支出/决算数｜2023年度｜决算｜=88万元",
    ]


def test_a_header_names_the_period_of_its_column() -> None:
    """2022年决算数 and 上年 are last year; 年末 is the end of the year."""
    found = stated(
        table(
            """
            | 类别 | 2022年决算数（万元） | 本年预算数（万元） | 年末实有数 | < |
            | ^ | ^ | ^ | 2023年末 | 增减 |
            | 行政编制 | 3 | 4 | 42 | -1 |
            """,
            header_rows=2,
        )
    )
    assert [line.split("｜")[1] for line in found] == ["2022年度", "2023年度", "2023年末", "2023年度"]
    assert found[2] == "行政编制/年末实有数/2023年末｜2023年末｜｜=42人 ?"


def test_an_opening_balance_is_no_budget_and_a_comparison_with_last_year_is_of_this_year() -> None:
    """年初数 beside 年末数 is a balance; 较上年增减 is a figure of the year under review."""
    text = "单位：万元\n| 项目 | 年初数 | 年末数 | 较上年增减 |\n| 资产总额 | 90 | 100 | 10 |"
    assert stated(table(text)) == [
        "资产总额/年初数｜2023年初｜｜=90万元",
        "资产总额/年末数｜2023年末｜｜=100万元",
        "资产总额/较上年增减｜2023年度｜差额｜=10万元",
    ]


def test_labels_and_values_may_alternate() -> None:
    """标签—值交替: the label is to the left; a part takes the unit of its whole."""
    pairs = table(
        """
        | 编制总数（名） | 54 | 年末在职人数（名） | 52 |
        | 其中：行政编制 | 28 | 其中：行政人员 | 26 |
        | 在职人员控制率 | 96.3% | 截止日 | 2023年12月31日 |
        """,
        header_rows=0,
        header_cols=0,
    )
    found = stated(replace(pairs, layout="pairs"))
    assert found == [
        "编制总数（名）｜2023年度｜｜=54名",
        "年末在职人数（名）｜2023年末｜｜=52名",
        "其中：行政编制｜2023年度｜｜=28名",
        "其中：行政人员｜2023年度｜｜=26名",
        "在职人员控制率｜2023年度｜｜=96.3%",
    ]


def test_a_self_evaluation_sheet_has_goals_results_and_scores() -> None:
    """年度指标值 is a goal, 实际完成值 a result, 分值 and 得分 points; classes of indicators are not in the label."""
    assert stated(
        table(
            """
            | 一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 实际完成值 | 得分 | 偏差原因 |
            | 产出 | 数量指标 | 培训教师人次 | 5 | ≥1900人次 | 1810人次 | 4.76 | 部分改为线上 |
            | ^ | 质量指标 | 巩固率（%） | 5 | ≥99 | 99.32 | 5.00 | |
            """,
            header_cols=3,
        )
    ) == [
        "培训教师人次/分值｜2023年度｜｜=5分",
        "培训教师人次/年度指标值｜2023年度｜目标｜≥1900人次",
        "培训教师人次/实际完成值｜2023年度｜完成｜=1810人次",
        "培训教师人次/得分｜2023年度｜｜=4.76分",
        "巩固率（%）/分值｜2023年度｜｜=5分",
        "巩固率（%）/年度指标值｜2023年度｜目标｜≥99%",
        "巩固率（%）/实际完成值｜2023年度｜完成｜=99.32%",
        "巩固率（%）/得分｜2023年度｜｜=5.00分",
    ]


def test_a_unit_column_gives_the_unit_of_its_row() -> None:
    """四川等地的自评表 has 指标性质 and 度量单位 between name and value: neither is a name."""
    assert stated(
        table(
            """
            | 三级指标 | 指标性质 | 度量单位 | 年度指标值 | 全年完成值 |
            | 发放耕地补贴面积 | ≥ | 亩 | 5200 | 5310 |
            """
        )
    ) == [
        "发放耕地补贴面积/年度指标值｜2023年度｜目标｜=5200亩",
        "发放耕地补贴面积/全年完成值｜2023年度｜完成｜=5310亩",
    ]


def test_rows_of_the_same_name_are_told_apart_by_what_they_are_part_of() -> None:
    """小计 under two heads, and a second series of 一、二、 under another row."""
    found = stated(
        table(
            """
            单位：万元
            | 项目 | 决算数 |
            | 一、一般公共预算 | 10 |
            | 二、政府性基金 | 2 |
            | 年初结转和结余 | 3 |
            | 一、一般公共预算 | 1 |
            | 二、政府性基金 | 2 |
            """
        )
    )
    assert [line.split("｜")[0] for line in found] == [
        "一、一般公共预算/决算数",
        "二、政府性基金/决算数",
        "年初结转和结余/决算数",
        "年初结转和结余/一、一般公共预算/决算数",
        "年初结转和结余/二、政府性基金/决算数",
    ]


def test_serial_numbers_codes_blanks_and_dashes_are_no_facts() -> None:
    """A blank is not zero, 序号 and 科目编码 are not amounts, nor is a code part of a name."""
    assert stated(
        table(
            """
            单位：元
            | 序号 | 科目编码 | < | 科目名称 | 合计 | 基本支出 |
            | ^ | 类 | 款 | ^ | ^ | ^ |
            | 1 | 201 | 06 | 财政事务 | 1503 | |
            | 2 | 208 | 05 | 养老支出 | / | 0 |
            """,
            caption="2023年度支出决算表",
            header_rows=2,
        )
    ) == ["财政事务/合计｜2023年度｜决算｜=1503元", "养老支出/基本支出｜2023年度｜决算｜=0元"]


def test_money_without_any_printed_unit_is_guessed_and_says_so() -> None:
    """万元 by custom; 元 where an amount would otherwise be absurd."""
    small = table("| 项目 | 年初预算数 |\n| 科普活动 | 35.50 |")
    large = table("| 项目 | 年初预算数 |\n| 科普活动 | 152,360,000.00 |")
    assert stated(small) == ["科普活动/年初预算数｜2023年度｜年初预算｜=35.50万元 ?"]
    assert stated(large) == ["科普活动/年初预算数｜2023年度｜年初预算｜=152360000.00元 ?"]


def test_hidden_sheets_and_doubtful_tables_give_uncertain_facts() -> None:
    """They can be pointed to, with a warning; they are not like the rest."""
    plain = table("单位：人\n| 项目 | 人数 |\n| 教师 | 9 |")
    for doubtful in (replace(plain, hidden="sheet"), replace(plain, certain=False)):
        assert [fact.certain for fact in facts(report(doubtful))] == [False]


def test_sentences_inside_cells_are_read_too() -> None:
    """年度总体目标: what is expected is a goal, what was done is not; the place is the cell and its characters."""
    goals = table(
        """
        | 年度总体目标 | 预期目标 | 实际完成情况 |
        | ^ | 新建幼儿园2所，满意度达到90%以上。 | 新建幼儿园1所，满意度为91.4%。 |
        """
    )
    found = facts(report(goals))
    assert [shown(fact) for fact in found] == [
        "新建幼儿园｜2023年度｜目标｜=2所",
        "满意度｜2023年度｜目标｜≥90%",
        "新建幼儿园｜2023年度｜｜=1所",
        "满意度｜2023年度｜｜=91.4%",
    ]
    assert (found[0].place.row, found[0].place.col, found[0].place.span) == (1, 1, (5, 7))


def test_a_table_fact_quotes_its_row_and_knows_its_cell() -> None:
    """The quote is the row from left to right, the place table, row and column."""
    (fact,) = facts(report("正文。", table("单位：万元\n| 序号 | 项目 | 决算数 |\n| 1 | 科普活动 | 8.76 |", number=2)))
    assert fact.quote == "1｜科普活动｜8.76"
    assert (fact.place.table, fact.place.row, fact.place.col) == (2, 1, 2)
    assert fact.id == "0123456789ab:1"


# Prose


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "2023年，我局年初部门预算数为78.68万元，年中经批准调整后预算数为80.92万元。",
            ["年初部门预算数 78.68万元", "调整后预算数 80.92万元"],
        ),
        (
            "校舍维修项目年初预算1480万元，年中调增500万元，调增原因是工程提前，全年支出1952.37万元，预算执行率98.60%。",
            [
                "校舍维修项目/年初预算 1480万元",
                "校舍维修项目/年中调增 500万元",
                "校舍维修项目/全年支出 1952.37万元",
                "校舍维修项目/预算执行率 98.60%",
            ],
        ),
        (
            "支出决算794.35万元，其中基本支出588.74万元，项目支出205.61万元；年末结转和结余6.57万元。",
            ["支出决算 794.35万元", "基本支出 588.74万元", "项目支出 205.61万元", "年末结转和结余 6.57万元"],
        ),
        (
            "“三公”经费支出31.18万元，比上年减少2.47万元，下降7.34%。",
            ["三公经费/支出 31.18万元", "三公经费/支出/比上年减少 2.47万元", "三公经费/支出/比上年下降 7.34%"],
        ),
        (
            "其他收入336.20万元，较上年352.61万元下降4.65%。",
            ["其他收入 336.20万元", "其他收入 352.61万元", "其他收入/较上年下降 4.65%"],
        ),
        (
            "与2022年度相比，收入支出总计减少56.95万元，下降1.87%。",
            ["收入支出总计/与2022年度相比减少 56.95万元", "收入支出总计/与2022年度相比下降 1.87%"],
        ),
        (
            "甲类、乙类和丙类、丁类产业产值分别为744.02亿元、210.26亿元、520.30亿元，增速为23.8%、1.5%、11.7%。",
            [
                "甲类产业产值 744.02亿元",
                "乙类和丙类产业产值 210.26亿元",
                "丁类产业产值 520.30亿元",
                "甲类产业产值/增速 23.8%",
                "乙类和丙类产业产值/增速 1.5%",
                "丁类产业产值/增速 11.7%",
            ],
        ),
        (
            "平均办结时间由12.5个工作日缩短至8个工作日。",
            ["平均办结时间/原值 12.5工作日", "平均办结时间 8工作日"],
        ),
        (
            "与20家银行、8家担保机构建立合作，吸引15000余人次参加。",
            ["银行建立合作 20家", "担保机构建立合作 8家", "担保机构建立合作/吸引参加 15000人次"],
        ),
        (
            "全年资助学生10038人次，其中学前教育1126人次、义务教育5874人次。",
            ["资助学生 10038人次", "资助学生/学前教育 1126人次", "资助学生/义务教育 5874人次"],
        ),
        (
            "行政编制总数9人，实有在编人数7人；事业编制总数27人，实有在编人数26人。",
            ["行政/编制总数 9人", "行政/实有在编人数 7人", "事业/编制总数 27人", "事业/实有在编人数 26人"],
        ),
        (
            "事业收入20万元，占本年收入合计的5.73%；完成年初预算的98.20%。",
            ["事业收入 20万元", "事业收入/占本年收入合计的比重 5.73%", "事业收入/完成年初预算的比例 98.20%"],
        ),
        (
            "全年家庭医生签约168,240人，签约率75.8%。",
            ["家庭医生签约 168240人", "家庭医生签约率 75.8%"],
        ),
        (
            "局机关内设办公室、财务股等9个股室，完成11所学校办学条件改善任务。",
            ["局机关内设股室 9个", "学校办学条件改善任务 11所"],
        ),
        (
            "协议资金35.6亿元，到位资金18.9亿元，同比分别增长12%、8.5%。",
            ["协议资金 35.6亿元", "到位资金 18.9亿元", "协议资金/同比增长 12%", "到位资金/同比增长 8.5%"],
        ),
        (
            "收入总额53万元，其中财政拨款50万元；支出总额52万元，其中基本支出21万元，占40.38%。",
            [
                "收入总额 53万元",
                "财政拨款 50万元",
                "支出总额 52万元",
                "基本支出 21万元",
                "基本支出/占支出总额的比重 40.38%",
            ],
        ),
        (
            "农村公路养护项目：养护里程326公里，预算执行率98.1%，扣0.2分，得9.8分。",
            [
                "养护里程 326公里",
                "农村公路养护项目/预算执行率 98.1%",
                "农村公路养护项目/扣 0.2分",
                "农村公路养护项目/得 9.8分",
            ],
        ),
        (
            "资金到位率=312.5/330.2×100%=94.64%。",
            ["资金到位率/算式 312.5", "资金到位率/算式 330.2", "资金到位率/算式 100%", "资金到位率 94.64%"],
        ),
        (
            "收入合计56万元，其中其他收入6万元。与上年相比，增加1万元。",
            ["收入合计 56万元", "其他收入 6万元", "收入合计/与上年相比增加 1万元"],
        ),
        (
            "固定资产原值12万元，净值7万元；第一产业增加值3亿元，增长3.2%。",
            ["固定资产原值 12万元", "固定资产净值 7万元", "第一产业增加值 3亿元", "第一产业增加值/增长 3.2%"],
        ),
        ("数量指标共8个，完成7个。", ["数量指标 8个", "数量指标/完成 7个"]),
        ("拨付污水处理服务费1921.54万元。", ["污水处理服务费/拨付 1921.54万元"]),
        ("启动2-3项重点工作。", ["启动重点工作 2项", "启动重点工作 3项"]),
        ("接待142批次1236人次。", ["接待 142批次", "接待人次 1236人次"]),
        (
            "无因公出国（境）费用支出、公务接待费支出3.81万元。",
            ["因公出国（境）费用支出 0元", "公务接待费/支出 3.81万元"],
        ),
        ("单价100万元（含）以上设备0台。", ["单价100万元（含）以上设备 0台"]),
        ("执行率为84.40%，未达到90%的主要原因是改为线上。", ["执行率 84.40%"]),
        ("自评等级为“优”（90分以上为优，80分至90分为良）。", []),
    ],
)
def test_the_words_of_a_sentence_label_its_figures(sentence: str, claims: list[str]) -> None:
    """The clause grammar, one construction a row."""
    assert said(sentence) == claims


def test_what_a_sentence_leaves_unsaid_comes_from_the_sentence_before() -> None:
    """调减 of a new sentence is still about the fund; a whole department is named anew."""
    found = said(
        "2023年政府性基金年初预算1000万元，调整预算860万元。调减140万元的原因是收入减少。我局全年支出9000万元。"
    )
    assert found == [
        "政府性基金/年初预算 1000万元",
        "政府性基金/调整预算 860万元",
        "政府性基金/调减 140万元",
        "全年支出 9000万元",
    ]


def test_a_title_sentence_names_whose_the_figures_are() -> None:
    """决算说明 of each classification: the paragraph's first sentence is its name."""
    assert said("1.教育支出（类）普通教育（款）。年初预算为10万元，支出决算为9万元。") == [
        "教育支出（类）普通教育（款）/年初预算 10万元",
        "教育支出（类）普通教育（款）/支出决算 9万元",
    ]


def test_an_item_of_the_tables_that_opens_a_sentence_is_its_subject() -> None:
    """What the tables list as rows is known to the prose."""
    found = stated(
        table("单位：万元\n| 项目 | 决算数 |\n| 农村道路养护 | 10 |"),
        "农村道路养护按计划推进，预算执行率为91.2%。",
    )
    assert found[-1] == "农村道路养护/预算执行率｜2023年度｜｜=91.2%"


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("截至2022年12月31日，资产总额38.64万元，其中固定资产31.26万元。", ["2022年末", "2022年末"]),
        ("2022年、2023年支出分别为135万元、150万元。", ["2022年度", "2023年度"]),
        ("工作经费由2022年的50万元增加到2023年的60万元。", ["2022年度", "2023年度"]),
        ("资金支出进度：6月末支出52.3%，12月末支出98.7%。", ["2023年6月", "2023年末"]),
        ("截至2022年12月底，学校58所，教师926人。", ["2022年末", "2022年末"]),
        ("年末在职人数52名；离退休人员20名。", ["2023年末", "2023年度"]),
        ("2022年支出8万元，2023年支出9万元，增长12.5%。", ["2022年度", "2023年度", "2023年度"]),
        ("自2020年以来累计新增32个平台，全区平台共计121个。", ["2020年以来", "2023年度"]),
        ("支出48万元，较上年54万元下降11%。", ["2023年度", "2022年度", "2023年度"]),
        ("上年同期支出40万元，同比增长20%。", ["2022年度", "2023年度"]),
        ("年末资产总额50万元，比年初的40万元增加10万元。", ["2023年末", "2023年初", "2023年度"]),
    ],
)
def test_the_period_is_the_one_the_words_name(sentence: str, periods: list[str]) -> None:
    """A date holds for the rest of the sentence, 年末 in a name for its own figure only."""
    assert [fact.period for fact in facts(report(sentence))] == periods


def test_goals_are_not_results() -> None:
    """Under 年度目标 and after 目标如下 figures are goals until a heading tells of results."""
    found = stated(
        "# 一、年度工作任务",
        "新建幼儿园2所。",
        "# 二、完成情况",
        "新建幼儿园1所，力争明年再建3所。",
        "2023年度绩效目标：巩固率达到95%以上；满意度达到85%以上。",
    )
    assert found == [
        "新建幼儿园｜2023年度｜目标｜=2所",
        "新建幼儿园｜2023年度｜｜=1所",
        "再建｜2024年度｜目标｜=3所",
        "巩固率｜2023年度｜目标｜≥95%",
        "满意度｜2023年度｜目标｜≥85%",
    ]


def test_plain_amounts_are_spent_in_an_account_and_planned_in_a_budget() -> None:
    """事业收入20万元 alone: 决算 in a report on what was done, 预算 in a budget; parts go with their whole."""
    sentences = "本年支出合计90万元，其中：基本支出60万元。其他收入6万元。支出预算9万元，其中项目支出8万元。"
    account = report(sentences)
    budget = replace(account, title="某县教育局2023年部门预算")
    assert [fact.basis for fact in facts(account)] == ["决算", "决算", "决算", "预算", "预算"]
    assert {fact.basis for fact in facts(budget)} == {"预算"}


def test_a_sentence_cut_in_two_by_a_page_is_read_as_one() -> None:
    """The second block knows the words before it, and its facts quote only what stands in it."""
    first, second = facts(
        report("2023年度本单位年初部门预算指标为1,107.69万元，调整后部门预算为", "998.96万元，预算调整较大。")
    )
    assert label(second) == "调整后部门预算"
    assert second.quote == "998.96万元，预算调整较大。"
    assert second.place.block == 1 and second.place.span == (0, 8)
    assert label(first) == "年初部门预算指标"


def test_a_prose_fact_knows_the_characters_of_its_figure() -> None:
    """Place.span cuts the figure out of its block; the quote is the whole sentence."""
    text = "前言。全年支出 1,234.50 万元，执行率98%。"
    for fact in facts(report(text)):
        assert fact.place.span is not None
        assert text[slice(*fact.place.span)] == fact.quantity.text
        assert fact.quote == "全年支出 1,234.50 万元，执行率98%。"


# The ledger as a whole


def test_exact_duplicates_are_one_fact_with_several_places() -> None:
    """The same label, period, basis and figure; another figure for the same label stays a fact of its own."""
    found = facts(report("年初预算数为100万元。", "年初部门预算为100万元。", "年初预算数为101万元。"))
    assert [str(fact.quantity.value) for fact in found] == ["100", "101"]
    assert [place.block for place in found[0].also] == [1]


def test_facts_are_in_reading_order_and_numbered() -> None:
    """Prose before a table comes before it, whatever its kind."""
    found = facts(report("支出9万元。", table("单位：万元\n| 项目 | 决算数 |\n| 科普 | 8 |"), "收入7万元。"))
    assert [fact.kind for fact in found] == ["prose", "table", "prose"]
    assert [fact.id for fact in found] == ["0123456789ab:1", "0123456789ab:2", "0123456789ab:3"]


def test_the_year_of_the_first_figure_is_not_that_of_the_second() -> None:
    """由2021年的76%提高到98%: the year named with the first figure is not carried on to what was reached."""
    assert stated("执法记录仪配备率由2021年的76%提高到98%。") == [
        "执法记录仪配备率/原值｜2021年度｜｜=76%",
        "执法记录仪配备率｜2023年度｜｜=98%",
    ]


FIGURES = ("12.5万元", "3%", "8家", "1-2项", "2022年", "年末")
PHRASES = ("全年支出", "其中", "比上年", "增长", "分别为", "降至", "银行", "目标", "较上年", "完成", "等")
WORDS = st.sampled_from([*FIGURES, *PHRASES, *"，。、（）“”；的占无和由-"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30).map("".join))
@example("由12.5万元分别为12.5万元增长12.5万元")
def test_no_text_makes_the_ledger_throw(text: str) -> None:
    """Every fact has a measure, a figure that stands where it says, and a quote that holds it."""
    for fact in facts(report(text)):
        assert fact.measure and all(fact.measure)
        assert fact.place.span and text[slice(*fact.place.span)] == fact.quantity.text
        assert fact.quote in text


CELLS = st.sampled_from(
    ["", "—", "12.5", "3%", "合计", "项目", "年初预算数", "（一）行政", "其中：甲", "序号", "≥5人", "无"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5), st.integers(0, 2), st.integers(0, 2))
def test_no_table_makes_the_ledger_throw(rows: list[list[str]], header_rows: int, header_cols: int) -> None:
    """Every fact of any table is a figure of the cell it names."""
    cells = tuple(Cell(row=r, col=c, text=text) for r, row in enumerate(rows) for c, text in enumerate(row))
    heads = min(header_rows, len(rows))
    small = Table(number=1, rows=len(rows), cols=3, cells=cells, header_rows=heads, header_cols=header_cols)
    for fact in facts(report(small)):
        assert fact.measure
        cell = next(c for c in small.cells if (c.row, c.col) == (fact.place.row, fact.place.col))
        assert fact.quantity.text in cell.text


def test_the_ledger_of_a_whole_report(shared: Path) -> None:
    """One of our reports: the tables cell by cell, the conflict between prose and table kept apart."""
    found = facts(read(shared / "reports" / "chenghu-edu-2023.docx"))
    by_label: dict[str, set[str]] = {}
    for fact in found:
        by_label.setdefault(label(fact), set()).add(str(fact.quantity.value))
    assert by_label["学前教育发展专项/执行率"] == {"76.30"}
    assert by_label["公务接待费"] == {"18.62"} and by_label["公务接待费/2023年决算数"] == {"16.82"}
    assert len(found) > 250


@pytest.mark.parametrize(
    ("sentence", "facts_of_it"),
    [
        ("甲项目（81.63%）和乙项目（89.33%）。", ["甲项目 81.63%", "乙项目 89.33%"]),
        ("亩均节水量41立方米，未达到45立方米的目标。", ["亩均节水量 41立方米", "亩均节水量/目标 45立方米"]),
        ("行政编制28名，事业编制68名，共96名。", ["行政编制 28名", "事业编制 68名", "合计 96名"]),
        ("收入为120万元，上年为100万元。", ["收入 120万元", "收入 100万元"]),
        ("全年追加30万元，相当于年初预算的10%。", ["追加 30万元", "追加/占年初预算的比重 10%"]),
        ("得分88分，比单位自评的95分低7分。", ["得分 88分", "单位自评 95分", "得分/比单位自评低 7分"]),
        ("植树6万株，为年度任务5万株的120%。", ["植树 6万株", "植树/年度任务 5万株", "植树/占年度任务的比重 120%"]),
        ("火灾受害率0.2‰，控制在0.9‰以内。", ["火灾受害率 0.2‰", "火灾受害率/目标 0.9‰"]),
        ("成灾率2‰，低于3‰的控制指标。", ["成灾率 2‰", "成灾率/目标 3‰"]),
        (
            "接待费支出10万元，因增加外事2批，比上年增加3万元。",
            ["接待费/支出 10万元", "增加外事 2批", "接待费/支出/比上年增加 3万元"],
        ),
        ("12项指标中有3项未量化。", ["指标 12项", "指标中未量化 3项"]),
        ("24小时扑灭率100%。", ["24小时扑灭率 100%"]),
        ("抽检600批次，计划500批次。", ["抽检 600批次", "抽检/计划 500批次"]),
    ],
)
def test_figures_that_stand_in_relation_to_another(sentence: str, facts_of_it: list[str]) -> None:
    """A name before its bracket, a goal told in passing, a sum, the year before, a share: each has its own label."""
    assert said(sentence) == facts_of_it


def test_spending_told_behind_a_budget_is_no_part_of_it() -> None:
    """项目预算2,064,550.00元，支出2,400,000.00元: one budget, one spending, whichever is the larger."""
    made = report("其中，智慧矫正中心建设项目预算2,064,550.00元，支出2,400,000.00元，完成率86.02%。")
    assert [fact.basis for fact in facts(made)][:2] == ["预算", "决算"]


def test_goals_may_be_the_names_of_the_rows() -> None:
    """目标 heads a column of names where no other column has names; the figures stand right of it."""
    grid = table(
        """| 序号 | 目标 | 年初目标 | 完成数 |
        | 1 | 更新路灯 | 40套 | 34套 |
        | 2 | 道路完好率 | 95% | 96.2% |""",
        header_cols=2,
    )
    found = [(fact.subject, fact.quantity.text, fact.basis) for fact in facts(report(grid))]
    assert found == [
        ("更新路灯", "40套", "目标"),
        ("更新路灯", "34套", "完成"),
        ("道路完好率", "95%", "目标"),
        ("道路完好率", "96.2%", "完成"),
    ]


def test_a_subtotal_is_of_what_it_stands_under() -> None:
    """小计 beside a head over its rows: the head is a part of its name, though there is but one 小计."""
    grid = table(
        """单位：万元
        | 构成 | < | 支出数 |
        | 基本支出 | 人员经费 | 612.48 |
        | ^ | 公用经费 | 74.36 |
        | ^ | 小计 | 686.84 |
        | 项目支出 | < | 2023.41 |""",
        header_cols=2,
    )
    assert [fact.subject for fact in facts(report(grid))] == ["人员经费", "公用经费", "基本支出/小计", "项目支出"]


def test_a_budget_that_was_kept_is_told_in_passing() -> None:
    """控制在预算x以内: the budget of what was just named; what follows goes on from what was spent."""
    assert said("2023年“三公”经费支出54.38万元，控制在预算62.00万元以内，比2022年的58.94万元减少4.56万元。") == [
        "三公经费/支出 54.38万元",
        "三公经费/预算 62.00万元",
        "三公经费/支出 58.94万元",
        "三公经费/支出/比2022年的减少 4.56万元",
    ]


def test_names_summed_up_by_a_count_take_the_figures_behind_it() -> None:
    """分为甲、乙、丙三个大类，金额分别为: each of the three has its own; the words that part them are in no name."""
    told = said("指标体系分为决策、过程、产出三个一级指标，分值分别为20分、30分、50分。")
    assert [line for line in told if line.endswith("分")] == ["决策/分值 20分", "过程/分值 30分", "产出/分值 50分"]


def test_a_line_that_some_keep_to_is_no_rate_of_theirs() -> None:
    """有3个项目预算完成率不高于80%: a bound, as 低于80% is."""
    assert "界限" in said("有3个项目预算完成率不高于80%。")[-1]
