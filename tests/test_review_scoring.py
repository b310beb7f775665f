"""Self-assessment tables: weights, scores, totals and grades."""

from __future__ import annotations

from tests.build import table
from tests.review_pages import raised

ROWS = """| 一级指标 | 三级指标 | 分值 | 年度指标值 | 实际完成值 | 得分 | 偏差原因 |
| 产出指标（60分） | 培训教师人次 | 30 | ≥1900人次 | 1810人次 | {first} | {reason} |
| 产出指标（60分） | 改善办学条件学校数 | {weight} | 12所 | 12所 | 30.00 | |
| 效益指标（40分） | 巩固率 | 20 | ≥99% | 99.3% | 20.00 | |
| 效益指标（40分） | 满意度 | 20 | ≥90% | 91% | {last} | |
| 总分 | < | 100 | | | {total} | |
"""


def scored(
    first: str = "28.58", weight: str = "30", last: str = "20.00", total: str = "98.58", reason: str = "改线上"
) -> str:
    return ROWS.format(first=first, weight=weight, last=last, total=total, reason=reason)


def rules(text: str, *prose: str) -> list[str]:
    found = raised("# 自评", *prose, table(text, caption="部门整体支出绩效自评表", header_cols=2))
    return [one.rule for one in found if one.category == "评分"]


def test_a_table_in_order_is_silent() -> None:
    """Weights, groups, scores and total close; the score follows weight × completion."""
    assert rules(scored()) == []


def test_weights_that_do_not_make_a_hundred() -> None:
    """28 instead of 30: neither the group nor the total closes."""
    assert rules(scored(weight="28"))[:2] == ["自评表分值与总分", "自评表分值与总分"]


def test_a_score_above_its_weight() -> None:
    """22 of 20."""
    assert "自评表分值与总分" in rules(scored(last="22.00", total="100.58"))


def test_a_total_that_misses_one_score() -> None:
    """The total leaves out a score: the finding names the row whose score is the gap."""
    [found] = raised(table(scored(total="78.58"), caption="自评表", header_cols=2), rule="自评表分值与总分")
    assert "98.58" in found.title and "疑似未计入" in found.fact


def test_full_marks_below_target() -> None:
    """1810 of 1900 and full marks."""
    assert "得分复算" in rules(scored(first="30.00", total="100.00"))


def test_loss_without_reason() -> None:
    """The column for reasons is there and empty."""
    assert "得分复算" in rules(scored(reason=""))


def test_grade_against_the_reports_own_thresholds() -> None:
    """88.34 is 良 by the thresholds that the sentence itself prints."""
    text = "自评得分88.34分，评价等级为“优”（90分以上为优，80分至90分为良）。"
    [found] = raised("# 自评结论", text, rule="等级")
    assert "良" in found.working
    assert raised("# 自评结论", text.replace("88.34", "92.10"), rule="等级") == []


def test_prose_score_against_the_table() -> None:
    """Two totals."""
    assert "正文得分" in rules(scored(), "自评得分为97.58分。")


FALLING = """| 三级指标 | 指标性质 | 指标值 | 度量单位 | 分值 | 实际完成值 | 得分 | 偏差原因 |
| 亩均建设成本 | ≤ | 1100 | 元/亩 | 40 | 1054.60 | 40 | |
| 建设面积 | ≥ | 1.2 | 万亩 | 30 | 1.2 | 30 | |
| 亩均节水 | ≥ | 45 | 立方米 | 30 | 41 | 27.33 | {reason} |
| 总分 | < | < | < | 100 | | 97.33 | |
"""


def test_a_falling_target_by_its_column_of_signs() -> None:
    """1054.60 under ≤ 1100 is reached; only the row below its ≥ target asks for a reason, by its own name."""
    assert rules(FALLING.format(reason="管网未通水")) == []
    found = raised("# 自评", table(FALLING.format(reason=""), caption="绩效自评表"), rule="得分复算")
    assert [one.title for one in found] == ["“亩均节水”未达指标值，未填偏差原因"]


def test_an_average_of_projects_is_no_score_of_the_department() -> None:
    """平均得分 and the score of a project are other subjects than the table of the department."""
    assert rules(scored(), "6个项目平均得分93.40分。", "甲项目自评得分88.20分。") == []


def test_a_score_given_to_oneself_is_no_other_figure_for_the_evaluators() -> None:
    """Where the text tells the table's total as the evaluation's score; full marks are no score either."""
    marks = table(scored(total="78.58"), caption="绩效评价得分表", header_cols=2)
    own = "市档案馆自评得分96.50分，指标体系总分100分。"
    assert raised("# 结论", f"经评定，绩效得分78.58分。{own}", marks, rule="正文得分") == []
    [found] = raised("# 结论", own, marks, rule="正文得分")
    assert "96.50分" in found.title


def test_the_score_of_a_kind_is_no_total() -> None:
    """产出指标得分58.58分 is the score of one kind of rows, not another figure for the total."""
    assert (
        rules(scored(), "自评得分为98.58分。其中，产出指标得分58.58分，得分率97.63%；效益指标得分40.00分，得分率100%。")
        == []
    )


def test_the_score_of_a_kind_of_indicators_is_no_total() -> None:
    """决策类指标…评价得分, and a score that others gave for something else, are not set against the total row."""
    table_of_scores = table("| 指标 | 分值 | 得分 |\n| 数量 | 50 | 46 |\n| 质量 | 50 | 45.54 |\n| 总分 | 100 | 91.54 |")
    said = "决策类指标共4项，标准分20分，评价得分17.50分。", "执法质量考评得分93.5分。"
    assert raised("# 得分", *said, "附件", table_of_scores, rule="正文得分") == []
