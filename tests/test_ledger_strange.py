"""Facts of tables and sentences as other departments shape them: small pieces of reports, and what each figure is.

The pieces are in ledger_strange/ (its README: how they were written, first sight); here are floors and, in small,
what was learned from them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.strange_facts import measure
from ingest.fact import Fact, label
from ingest.layout.captions import closing_unit
from ingest.layout.headers import headers
from ingest.ledger import facts
from tests.build import report, table

FLOORS = {"open": 990, "held": 950, "second": 990, "third": 985, "fourth": 990, "fifth_open": 985, "fifth_held": 915}
FLOORS |= {"sixth_open": 980, "sixth_held": 920}
"""Facts wholly right, per mille, a little under what is reached."""


@pytest.mark.parametrize("name", FLOORS)
def test_facts_of_pieces_of_other_reports(name: str) -> None:
    """The share of facts with the right label, basis, period and unit."""
    counts = measure(Path(__file__).parent / "ledger_strange" / f"{name}.jsonl", misses=False)
    assert 1000 * counts["whole"] >= FLOORS[name] * counts["asked"]


def told(text: str, header_rows: int = 1) -> dict[str, Fact]:
    """The facts of one table by the digits of their figures."""
    return {fact.quantity.text: fact for fact in facts(report(table(text, header_rows=header_rows)))}


def test_the_last_head_decides() -> None:
    """目标值 under 完成情况 is a goal; 完成 beside 计划 is what was done, a 得分 has no basis whatever its row."""
    found = told(
        """
        | 指标 | 完成情况 | < | 得分 |
        | ^ | 目标值 | 实际值 | ^ |
        | 预算编制培训 | 12场 | 11场 | 9.2 |
        | 企业走访 | 30次 | 33次 | 10.0 |""",
        header_rows=2,
    )
    assert [found[text].basis for text in ("12场", "11场", "9.2")] == ["目标", "完成", ""]


@pytest.mark.parametrize(("adjusted", "basis"), [("118.00", "调整后预算"), ("18.00", "调整")])
def test_what_an_adjusted_column_states(adjusted: str, basis: str) -> None:
    """调整数 beside 年初数 is the final budget or the change, by what was spent."""
    found = told(f"""
        单位：万元
        | 项目 | 年初数 | 调整数 | 决算数 |
        | 河堤加固 | 100.00 | {adjusted} | 116.40 |""")
    assert found[adjusted].basis == basis


def test_a_subtotal_is_of_its_group() -> None:
    """小计 takes the name of the rows that it closes."""
    found = told("""
        单位：万元
        | 类别 | 项目 | 预算数 |
        | 种植类 | 良种推广 | 10.00 |
        | ^ | 绿色防控 | 20.00 |
        | 小计 | < | 30.00 |
        | 养殖类 | 疫病防控 | 15.00 |
        | ^ | 圈舍改造 | 25.00 |
        | 小计 | < | 40.00 |""")
    assert [found[text].subject for text in ("30.00", "40.00")] == ["种植类/小计", "养殖类/小计"]


def test_quarters_years_and_opening_balances() -> None:
    """二季度 is April to June, a column of years dates its rows, 期初数 is of the year's beginning."""
    quarters = told("单位：万元\n| 指标 | 一季度 | 二季度 |\n| 当季支出 | 12.00 | 15.00 |")
    assert quarters["15.00"].period == "2023年4-6月"
    years = told("单位：万元\n| 年度 | 支出决算 |\n| 2021 | 12.00 |\n| 2022 | 15.00 |")
    assert [years[text].period for text in ("12.00", "15.00")] == ["2021年度", "2022年度"]
    stocks = told("单位：万元\n| 资产 | 期初数 | 期末数 |\n| 车辆 | 12.00 | 15.00 |")
    assert [stocks[text].period for text in ("12.00", "15.00")] == ["2023年初", "2023年末"]


def test_units_by_measure_words_and_in_turn() -> None:
    """发放份数 counts 份 and is no spending; a head with as many units as columns gives them in turn."""
    counted = told("| 对象 | 发放份数 |\n| 农户 | 300 |")["300"]
    assert (counted.quantity.unit.name, counted.basis) == ("份", "")
    found = told("单位：万立方米、万元\n| 月份 | 供水量 | 水费 |\n| 全年 | 9357.3 | 2339.32 |")
    assert [found[text].quantity.unit.name for text in ("9357.3", "2339.32")] == ["万立方米", "万元"]


@pytest.mark.parametrize(
    ("sentence", "figure", "wanted"),
    [
        ("2023年区教育局最终预算820万元，支出801万元。", "801万元", ("支出", "决算")),
        (
            "政府采购预算90万元，实际采购86万元，其中授予中小企业合同70万元。",
            "70万元",
            ("政府采购/实际采购/授予中小企业合同", "决算"),
        ),
        ("年末资产总额500万元。固定资产原值300万元，实际在用280万元。", "280万元", ("固定资产/实际在用", "")),
        ("其中前三季度执行率60%，低于序时进度15个百分点。", "15个百分点", ("执行率/比序时进度低于", "差额")),
        ("年初批复预算500万元，年中追加60万元，收回压减20万元。", "20万元", ("收回压减", "调整")),
        ("照明改造预算核减10万元，降到80万元。", "80万元", ("照明改造/调整后预算", "调整后预算")),
    ],
)
def test_sentences_of_other_departments(sentence: str, figure: str, wanted: tuple[str, str]) -> None:
    """What the words around a figure make of it."""
    made = report(sentence, department="云溪区教育局")
    found = next(fact for fact in facts(made) if fact.quantity.text == figure)
    assert (label(found), found.basis) == wanted


def test_a_row_that_numbers_the_columns_heads_nothing() -> None:
    """栏次｜1｜2 under a header says nothing of the figures; the rows keep their names."""
    found = told(
        """
        单位：元
        | 项目 | 行次 | 年初预算数 | 决算数 |
        | 栏次 | | 1 | 2 |
        | 上级补助收入 | 1 | 400,000.00 | 420,000.00 |""",
        header_rows=2,
    )
    assert label(found["420,000.00"]) == "上级补助收入/决算数"


def test_who_answers_for_a_row_is_not_its_name() -> None:
    """A column 实施股室 behind the names of projects names none of them."""
    found = told("""
        单位：万元
        | 项目名称 | 实施股室（单位） | 实际支出 |
        | 河道保洁 | 水政股 | 12.30 |
        | 堤防加固 | 工程股 | 45.60 |""")
    assert found["45.60"].subject == "堤防加固"


def test_items_in_the_head_and_sides_in_the_rows() -> None:
    """年初安排、实际支付 as rows are the bases of the projects that stand in the head."""
    found = told("""
        单位：万元
        | 口径 | 河道保洁 | 堤防加固 |
        | 年初安排 | 12.00 | 50.00 |
        | 实际支付 | 11.30 | 45.60 |""")
    assert [(found[text].subject, found[text].basis) for text in ("50.00", "11.30")] == [
        ("堤防加固", "年初预算"),
        ("河道保洁", "决算"),
    ]


def test_things_are_counted_and_valued() -> None:
    """设备（台、套）: its 数量 is counted so, its 原值 is money; what stands under it takes nothing over."""
    found = told(
        """
        单位：万元
        | 类别 | 年末 | < |
        | ^ | 数量 | 原值 |
        | 设备（台、套） | 668 | 563.13 |
        | 二、无形资产 | 17 | 254.00 |""",
        header_rows=2,
    )
    assert [found[text].quantity.unit.name for text in ("668", "563.13", "254.00")] == ["台", "万元", "万元"]


@pytest.mark.parametrize(
    ("text", "digits", "named", "basis"),
    [
        ("三公经费支出10.48万元；预算12.00万元。其中公务接待费2.68万元。", "2.68", "公务接待费", "决算"),
        ("市财政年初批复我局部门预算6482.50万元。", "6482.50", "年初部门预算", "年初预算"),
        ("水质监测安排资金95.26万元，实际使用98.40万元。", "98.40", "水质监测/实际使用", "决算"),
        ("水质监测执行率85.00%，低于90%。", "90%", "水质监测/执行率/界限", ""),
        ("新增入库企业54家，距目标差6家。", "6家", "新增入库企业/距目标差", "差额"),
        ("耕地占补平衡执行率88.12%。", "88.12", "耕地占补平衡/执行率", ""),
        ("办公项目预算由年初的126.50万元调整为158.30万元。", "158.30", "办公项目/调整后预算", "调整后预算"),
        ("部门预算执行率一季度22.10%、二季度46.80%。", "46.80", "预算执行率", ""),
        ("油茶低改任务2200亩、封山育林任务1500亩，实际完成1870亩和1480亩。", "1870", "油茶低改/实际完成", "完成"),
        ("新建公共厕所7座，1座因选址异议未开工。", "1座", "新建公共厕所/未开工", ""),
        ("其中决策14.2分（满分15分）、过程21.65分（满分25分）。", "25分", "过程/满分", ""),
        ("文书档案9846卷，其中永久2215卷；数字化加工1300万页。", "1300", "数字化加工", ""),
        ("发放优抚资金1893.6万元，惠及5120人，人均3698元。", "3698", "优抚资金/发放/人均", "决算"),
        ("将环保宣传教育经费77.30万元调剂用于人员经费。", "77.30", "环保宣传教育经费/调剂", "调整"),
        ("完成营造林2.3万亩，为年度任务的99.1%。", "99.1%", "营造林/占年度任务的比重", ""),
    ],
)
def test_what_sentences_say(text: str, digits: str, named: str, basis: str) -> None:
    """The label and the basis of one figure of a sentence."""
    found = next(fact for fact in facts(report(text)) if digits in fact.quantity.text)
    assert (label(found), found.basis) == (named, basis)


def test_a_chapter_on_what_was_done_tells_no_goals() -> None:
    """一、重点任务 under 履职与成效 tells results."""
    told_so = facts(report("# 第三部分 履职与成效\n## 一、重点任务\n整治内涝点11处。"))
    assert [fact.basis for fact in told_so] == [""]


def test_a_row_of_a_year_and_a_row_of_changes() -> None:
    """年末结余 in the row of 2022 is that of 2022; 比上年增减 names the basis also where it names a row."""
    found = told("""
        单位：万元
        | 年度 | 项目支出 | 年末结余 |
        | 2022年 | 1688.40 | 6.46 |
        | 2023年 | 1871.27 | 16.91 |""")
    assert (found["6.46"].period, found["1688.40"].period) == ("2022年末", "2022年度")
    rows = told("""
        单位：万元
        | 项目 | 会议费 | 培训费 |
        | 2023年决算 | 1.94 | 7.28 |
        | 2023年决算比2022年增减（%） | -36.39 | 19.15 |""")
    assert (rows["19.15"].basis, rows["7.28"].basis) == ("差额", "决算")


def test_several_units_at_a_head() -> None:
    """单位：名、人、元 goes to 编制, 人数 and 金额, whatever the row is called."""
    found = told("""
        单位：名、人、元
        | 高龄津贴 | 核定编制 | 人数 | 金额 |
        | 东桥村 | 12 | 86 | 103,200 |""")
    assert [found[text].quantity.unit.name for text in ("12", "86", "103,200")] == ["名", "人", "元"]


def test_last_year_told_in_turn() -> None:
    """上年分别为12起、8人 are the accidents and the deaths of the year before."""
    found = facts(report("2021年发生事故9起、死亡5人，上年分别为12起、8人。"))
    assert [(label(fact), fact.period) for fact in found][2:] == [("发生事故", "2020年度"), ("死亡", "2020年度")]


def test_dates_of_events_are_no_figures() -> None:
    """“7·23”洪涝灾害 names a day; the money told after it is still the item's."""
    found = facts(report("救灾资金项目年初预算200万元，因“7·23”洪涝灾害追加326万元，全年拨付511.85万元。"))
    assert [fact.quantity.text for fact in found] == ["200万元", "326万元", "511.85万元"]
    assert {fact.subject for fact in found} == {"救灾资金项目"}


def test_units_for_each_kind_of_figure() -> None:
    """数量：套；金额：万元 gives each column its own; units as many as columns say nothing where a head contradicts."""
    found = told("""
        单位：数量：套；金额：万元
        | 设备 | 购置数量 | 购置金额 |
        | 自动站 | 36 | 52.10 |""")
    assert [found[text].quantity.unit.name for text in ("36", "52.10")] == ["套", "万元"]
    found = told("""
        单位：辆、艘、万元
        | 资产 | 数量 | 账面原值 | 账面净值 |
        | 执法艇（艘） | 7 | 62.10 | 40.00 |""")
    assert [found[text].quantity.unit.name for text in ("7", "62.10", "40.00")] == ["艘", "万元", "万元"]
    found = told("单位：户、万元\n| 指标 | 上年末 | 净增 |\n| 缴存单位户数 | 4120 | 268 |\n| 缴存余额 | 81.60 | 7.66 |")
    assert [(found[text].quantity.unit.name, found[text].basis) for text in ("268", "7.66")] == [
        ("户", "差额"),
        ("万元", "差额"),
    ]


def test_units_in_a_row_of_their_own() -> None:
    """台/件｜元 under 数量｜金额 heads no figures: it is what they are counted in."""
    heads = "| 品目 | 计划 | < | 实际 | < |\n| ^ | 数量 | 金额 | 数量 | 金额 |\n| ^ | 台 | 元 | 台 | 元 |"
    grid = table(f"{heads}\n| 终端 | 6 | 5000 | 5 | 4800 |")
    assert headers(grid.cells, grid.rows, grid.cols).rows == 3
    found = told(
        """
        | 品目 | 计划 | < | 实际 | < |
        | ^ | 数量 | 金额 | 数量 | 金额 |
        | ^ | 台 | 元 | 台 | 元 |
        | 巡护终端 | 40 | 51937.00 | 38 | 49763.00 |""",
        header_rows=3,
    )
    assert (found["38"].quantity.unit.name, found["49763.00"].quantity.unit.name) == ("台", "元")


def test_sides_in_unusual_words() -> None:
    """使用资金 is what was spent, a second adjustment a change, 终审预算数 the last budget, 执行 a side of a row."""
    found = told("""
        单位：万元
        | 资金 | 批复数 | 第二次调整 | 终审预算数 | 使用资金 |
        | 基金 | 50.00 | -6.20 | 43.80 | 41.70 |""")
    assert [found[text].basis for text in ("-6.20", "43.80", "41.70")] == ["调整", "调整后预算", "决算"]
    found = told("单位：万元\n| 项目 | 口径 | 中央补助 |\n| 抽检 | 调整后 | 33.10 |\n| ^ | 执行 | 31.40 |")
    assert [found[text].basis for text in ("33.10", "31.40")] == ["调整后预算", "决算"]


def test_the_end_of_the_year_that_stands_above() -> None:
    """年末 under 2021年 is the end of 2021, not of the year under review."""
    found = told("单位：万元\n| 经费 | 2021年 | < |\n| ^ | 年末 | 支出 |\n| 救助 | 82.80 | 31.40 |", header_rows=2)
    assert found["82.80"].period == "2021年末"


def test_what_came_in_is_on_no_basis() -> None:
    """省级 under 资金到位 is nothing spent, whatever the table is called."""
    text = """
        单位：万元
        | 项目 | 计划投入 | 资金到位 | < | 实际支出 |
        | ^ | ^ | 省级 | 县级 | ^ |
        | 危桥改造 | 90.00 | 70.00 | 15.00 | 84.00 |"""
    assert [told(text, 2)[digits].basis for digits in ("90.00", "70.00", "84.00")] == ["计划", "", "决算"]


def test_dates_are_no_names_of_rows() -> None:
    """A row is called by its project, not by the months in which it was due and done."""
    found = told("""
        | 工程 | 合同额（万元） | 计划完工时间 | 实际完工时间 | 形象进度 |
        | 一标段 | 486.00 | 2023年10月 | 2023年12月 | 100% |
        | 二标段 | 372.00 | 2023年12月 | 未完工 | 74% |""")
    assert (found["100%"].subject, found["74%"].subject) == ("一标段", "二标段")


def test_the_unit_that_closes_a_caption() -> None:
    """附表2 养护里程（公里）; the level of a classification (项) is no unit."""
    assert closing_unit("附表2 养护里程及路况（公里）") == "公里"
    assert closing_unit("设备购置（数量：套；金额：万元）") == "数量：套；金额：万元"
    assert closing_unit("行政运行（项）") == closing_unit("收支情况（2023年）") == ""


def test_numbers_of_a_list_before_a_number() -> None:
    """3.12个 after item 2. is item 3 about twelve; 2.1收入 is a heading."""
    found = facts(report("# 年度绩效目标", "1.开展督查6次。", "2.办理建议9件。", "3.12个断面水质达标。"))
    assert [str(fact.quantity.value) for fact in found] == ["6", "9", "12"]


def test_words_do_not_run_from_head_to_head() -> None:
    """预算指标：调整后预算 is no 指标调整; what is left of a budget (执行情况：指标结余, 未执行数) was not spent."""
    found = told(
        """
        单位：万元
        | 科目 | 预算指标 | < | 执行情况 | < |
        | ^ | 年初批复 | 调整后预算 | 支出数 | 指标结余 |
        | 公用经费 | 120.00 | 118.35 | 112.07 | 6.28 |""",
        header_rows=2,
    )
    assert [found[text].basis for text in ("120.00", "118.35", "112.07", "6.28")] == [
        "年初预算",
        "调整后预算",
        "决算",
        "",
    ]
    assert told("单位：万元\n| 项目支出 | 支出数 | 未执行数 |\n| 装备 | 40.00 | 3.10 |")["3.10"].basis == ""


def test_years_and_sides_beside_the_heads() -> None:
    """2023年实际 and 2023年核定 in the rows; an expense under a year was spent; 变动 is a change."""
    found = told("""
        单位：万元
        | 口径 | 公务接待费 | 公务用车费 |
        | 2023年核定 | 9.50 | 32.00 |
        | 2023年实际 | 6.94 | 27.86 |""")
    assert [found[text].basis for text in ("9.50", "6.94")] == ["预算", "决算"]
    found = told("单位：万元\n| 项目 | 2022年 | 2023年 | 变动 |\n| “三公”经费 | 12.80 | 11.46 | -1.34 |")
    assert [found[text].basis for text in ("12.80", "-1.34")] == ["决算", "差额"]


def test_lists_of_projects_are_no_forms() -> None:
    """Two lists that begin with the same project under other heads: what stands beside 项目名称 is a column's head."""
    one = table("| 项目名称 | 年初预算 | 决算 |\n| 护林员补助 | 1,920.00 | 1,958.40 |")
    other = table("| 项目名称 | 调整后预算 | 决算 |\n| 护林员补助 | 1,965.00 | 1,912.50 |", number=2)
    assert {fact.subject for fact in facts(report(one, other))} == {"护林员补助"}
