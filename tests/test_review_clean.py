"""A report in another layout with nothing wrong: the reviewer has no error to raise."""

from __future__ import annotations

from assistant.review import findings
from tests.build import table
from tests.review_pages import raised, reading

SCORES = """| 指标 | 分值 | 目标值 | 完成值 | 得分 |
| 新改建农村公路 | 30 | 80公里 | 86.5公里 | 30 |
| 安防工程 | 20 | 120公里 | 120公里 | 20 |
| 工程质量合格率 | 20 | ≥95% | 100% | 20 |
| 公众满意度 | 20 | ≥90% | 88% | 17 |
| 预算执行率 | 10 | 100% | 97.93% | 10 |
| 合计 | 100 | | | 97 |
"""


def test_ordinary_wording_and_closed_figures_raise_no_error() -> None:
    """Comparisons with last year, thresholds met and missed, plans for next year: nothing of gravity P0 or P1."""
    page = reading(
        "# 一、基本情况",
        "县交通运输局主要承担公路、水路交通运输行业管理职责。2024年末在职42人，编制45人，在职人员控制率93.33%。",
        "# 二、预算执行情况",
        "全年部门预算收入3256.78万元，其中：财政拨款3100.00万元、上级专项156.78万元。",
        "全年支出3189.44万元，预算执行率97.93%，年末结转67.34万元。",
        "与上年相比，支出减少210.56万元，下降6.19%，主要原因是农村公路建设项目上年已完工。",
        "# 三、主要绩效",
        "全年新改建农村公路86.5公里，完成年度任务80公里的108.13%；实施安防工程120公里。",
        "全县客运量达到123.4万人次，较2023年增加5.2万人次，增长4.4%。",
        "全年未发生较大以上安全生产责任事故，事故起数同比下降25%。",
        "# 四、自评结论",
        "本部门整体支出绩效自评97分，等次为优。",
        "# 五、下一步打算",
        "一是继续强化预算约束。二是加快推进项目建设，争取2025年底前全部完工。",
        "附件",
        table(SCORES, caption="部门整体支出绩效自评表"),
        year=2024,
        department="某县交通运输局",
    )
    assert [found.title for found in findings(page) if found.severity in ("P0", "P1")] == []


def test_a_budget_told_before_does_not_make_the_next_figure_one() -> None:
    """控制在预算14.00万元以内。其中公务接待费4.68万元: the table's final figure agrees, its budget need not."""
    rows = "单位：万元\n| 项目 | 2023年预算数 | 2023年决算数 |\n| 公务接待费 | 5.00 | 4.68 |\n| 合计 | 14.00 | 12.80 |"
    said = "“三公”经费支出12.80万元，控制在预算14.00万元以内。其中公务接待费{}万元。"
    assert raised("# “三公”经费", said.format("4.68"), table(rows), rule="同一指标一致") == []
    [found] = raised("# “三公”经费", said.format("4.86"), table(rows), rule="同一指标一致")
    assert "4.68" in found.title
