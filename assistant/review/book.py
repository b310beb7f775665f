"""The rule book (规则书): every rule of the reviewer, in the order of the memo. To add one, write it and add a line."""

from __future__ import annotations

from assistant.review import (
    across,
    agreement,
    blanks,
    chain,
    claims,
    classification,
    columns,
    comparing,
    decline,
    direction,
    execution,
    footing,
    goals,
    grading,
    lastyear,
    missing,
    parts,
    periods,
    rates,
    scoring,
    shares,
    shortfall,
    slips,
    tables,
    texts,
)
from assistant.review.case import Genre
from assistant.review.decision import OFF, ON
from assistant.review.rule import Rule
from ingest.errors import BadInput

_RESULTS: tuple[Genre, ...] = ("绩效",)
_FRAME = "部门整体支出绩效评价共性指标体系框架（口径可配置）"

RULES: tuple[Rule, ...] = (
    Rule(
        "A01",
        "表内合计",
        "表内勾稽",
        "合计应等于各分项之和；容差为（项数＋1）×半个末位，容差之内为舍入尾差。",
        footing.table_footing,
    ),
    Rule("A02", "表内分项", "表内勾稽", "小计应等于其下各项之和，“—”、空白与0不是一回事。", footing.parts_of),
    Rule("A03", "表内比率", "比率错误", "比率应等于分子除以分母，按显示位数四舍五入。", columns.column_rates),
    Rule("A04", "表内增减额", "表内勾稽", "增减额应等于两栏之差。", columns.column_differences),
    Rule("B01", "同一指标一致", "文表不一致", "同一主体、指标、期间、口径只能有一个值。", agreement.conflicts),
    Rule("B02", "预算与执行颠倒", "预算执行颠倒", "正文的预算数、执行数应与表中对应栏一致。", agreement.swapped),
    Rule("B03", "单位与量级", "单位错误", "同一指标各处量级应一致；差一万倍、一亿倍的疑为单位错误。", slips.slips),
    Rule("B04", "文内分项", "分项不合", "所列分项之和应等于总数；容差为（项数＋1）×半个末位。", parts.listed_parts),
    Rule("C01", "比率复算", "比率错误", "执行率、控制率等应等于所称分子除以所称分母，口径须一致。", rates.stated_rates),
    Rule(
        "C02",
        "增减方向与增减率",
        "增减方向",
        "增减率＝（本期－基数）÷基数；方向词应与符号一致，基数应为所称对比对象。",
        direction.growth,
    ),
    Rule("C03", "比较用语", "增减方向", "大于、小于、持平等用语应与数字一致。", direction.compared_words),
    Rule("C04", "增速倒推", "隐含勾稽", "件、家、人等整数指标的上年数须为整数。", direction.whole_numbers),
    Rule(
        "D01",
        "预算链",
        "隐含勾稽",
        "年初结转＋收入－支出＝年末结转；基本支出＋项目支出＝支出；年初预算±调整＝调整后预算。",
        chain.chain,
    ),
    Rule("D02", "隐含追加", "隐含勾稽", "部门净调减小于其中一项的调减，说明其他预算另有追加。", chain.hidden_additions),
    Rule("D03", "未支出指标去向", "隐含勾稽", "未支出指标应为结转、结余或由财政收回。", chain.unspent, _RESULTS),
    Rule("D04", "支出大于收入", "隐含勾稽", "支出大于当年收入须动用上年结转。", chain.overspent_income, _RESULTS),
    Rule(
        "D05", "预算口径", "预算口径", "年初预算与调整后预算两种分母差异较大的，应并列说明。", chain.two_bases, _RESULTS
    ),
    Rule(
        "E01",
        "执行偏低未说明",
        "执行偏低",
        f"执行率低于阈值的应说明原因；{_FRAME}。",
        execution.low_execution,
        _RESULTS,
    ),
    Rule(
        "E02",
        "预算调整未说明",
        "预算调整",
        f"预算调整率＝预算调整数÷预算数；{_FRAME}。",
        execution.budget_change,
        _RESULTS,
    ),
    Rule("F01", "目标与结果", "目标无结果", "年度目标应逐项有完成值或未完成的原因。", goals.unanswered, _RESULTS),
    Rule(
        "F02", "目标阶段", "目标—结果不符", "结果阶段弱于目标阶段的，按文字口径未达成。", goals.weaker_stage, _RESULTS
    ),
    Rule(
        "F03",
        "超额完成无任务数",
        "完成值缺目标值",
        f"实际完成率＝实际完成数÷计划数；{_FRAME}。",
        claims.beyond_target,
        _RESULTS,
    ),
    Rule("F04", "计划列作成效", "计划当产出", "履职成效应为已实现的产出和效果。", claims.planned_as_done, _RESULTS),
    Rule("F05", "新增与累计混写", "期间混用", "当年新增与历年累计应分列。", claims.lumped, _RESULTS),
    Rule("F06", "负面数据未分析", "负面数据", "下降或明显偏低的指标应分析原因。", decline.decline, _RESULTS),
    Rule(
        "G01",
        "自评表分值与总分",
        "评分",
        "分值合计应等于满分；得分不超过分值；总分等于得分之和。",
        scoring.score_tables,
    ),
    Rule(
        "G02",
        "得分复算",
        "评分",
        "定量指标得分＝分值×完成程度，不超过分值（评分办法以当年通知为准）；未达目标的应说明原因。",
        scoring.score_formula,
    ),
    Rule("G03", "等级", "评分", "等级应与总分所在区间一致。", grading.grade),
    Rule("G04", "正文得分", "评分", "正文自评得分应与自评表总分一致。", grading.stated_score),
    Rule("H01", "附件", "附件缺失", "正文和附件目录所列附件应当齐全。", missing.annexes),
    Rule("H02", "评价结论", "要素缺失", "总体评价应有得分、等级或结论。", missing.conclusion, _RESULTS),
    Rule(
        "H03",
        "三公经费",
        "三公经费",
        f"控制率需要预算数，变动率需要上年数；{_FRAME}。",
        missing.three_expenses,
        _RESULTS,
    ),
    Rule("H04", "预决算公开", "预决算公开", f"按规定内容、规定时限公开；{_FRAME}。", missing.disclosure, _RESULTS),
    Rule("H05", "满意度", "要素缺失", f"社会公众或服务对象满意度；{_FRAME}。", missing.satisfaction, _RESULTS),
    Rule("H06", "分析空泛", "分析空泛", "绩效分析应有数据支撑。", missing.thin_analysis, _RESULTS),
    Rule("I01", "数据截止日", "沿用上年数据", "时点数应为评价年度末。", periods.stale_cutoff),
    Rule(
        "I02", "往年事项", "期间混用", "评价期为报告年度，往年事项和累计数应单独列示。", periods.mixed_years, _RESULTS
    ),
    Rule("I03", "标题年份", "期间混用", "标题和表题年份应为评价年度。", periods.wrong_year),
    Rule("J01", "空白项", "空白项", "空白、“—”与0不是一回事，应填未填须补。", blanks.blank_cells),
    Rule("J02", "零分母", "填报规范", "分母为0时比率不适用。", blanks.zero_denominator),
    Rule("K01", "他单位名称", "他单位名称", "文内单位应为编报单位。", texts.other_departments),
    Rule("K02", "占位符", "占位符", "报送稿不得留有模板文字。", texts.placeholders),
    Rule("K03", "结论一致", "结论矛盾", "完成程度的表述应前后一致。", claims.contradiction),
    Rule("K04", "空泛断言", "分析空泛", "断言应有目标值、完成值支撑。", claims.empty_claims, _RESULTS),
    Rule("K05", "模糊量词", "模糊量词", "成效数据应为确数。", claims.vague_numbers, _RESULTS),
    Rule("K06", "标点", "标点", "标点、引号应规范。", texts.punctuation),
    Rule("K07", "标题编号", "标题编号", "标题编号应连续、不重复。", texts.numbering),
    Rule("K08", "时态", "时态", "年度报告应写结果，不写计划。", texts.future_tense, _RESULTS),
    Rule("K09", "小数位", "小数位", "同一报告的金额小数位应统一。", texts.decimals),
    Rule("L01", "隐藏文字", "隐藏文字", "报送文件不得含读者看不到的文字和底稿。", texts.hidden_text),
    Rule("B05", "收支总计", "文表不一致", "正文的收支总计应与表中总计一致。", agreement.totals),
    Rule("C05", "文内占比", "比率错误", "占比应等于该项除以所占总数。", shares.listed_shares),
    Rule("C06", "对比年份", "期间混用", "增减应与上年比较。", comparing.own_year),
    Rule("C07", "增减原因", "增减方向", "增减原因应与增减方向一致。", comparing.contrary_reason),
    Rule("H07", "目录所列表", "要素缺失", "目录所列各表应当齐全。", missing.listed_tables),
    Rule("J03", "空表", "空白项", "无数据的表应当注明。", blanks.empty_tables),
    Rule("B06", "表间一致", "文表不一致", "两张表共有的数据应当一致。", tables.same_in_tables, _RESULTS),
    Rule("B07", "部门总数一致", "文表不一致", "部门预算、决算、结转的总数在正文和表中应当一致。", tables.totals_agree),
    Rule("B08", "项目逐项相加", "表内勾稽", "各项目之和应等于项目支出。", tables.projects_sum, _RESULTS),
    Rule("G05", "完成率复算", "评分", "完成率应等于完成值除以指标值。", scoring.completion),
    Rule("A05", "横向合计", "表内勾稽", "总额应等于按来源、按性质所分各栏之和。", across.column_totals),
    Rule(
        "F07",
        "目标值未达成未说明",
        "目标—结果不符",
        "完成值低于目标值的，应说明原因。",
        shortfall.short_of_target,
        _RESULTS,
    ),
    Rule(
        "N01",
        "结转衔接",
        "年度衔接",
        "年初结转和结余应等于上年度报告的年末结转和结余。",
        lastyear.carried_over,
    ),
    Rule("N02", "上年数一致", "年度衔接", "本年度报告所列上年数应与上年度报告一致。", lastyear.retold),
    Rule("M01", "科目名称", "文表不一致", "科目编码与名称应当一一对应。", classification.names_of_codes),
    Rule("M02", "说明与项目", "填报规范", "用途和原因应说明本项。", classification.borrowed_explanations),
    Rule("M03", "列举与表", "文表不一致", "正文列举的明细应在表中有数。", classification.listed_names),
    Rule("M04", "级次用语", "填报规范", "级次用语应与本级一致。", classification.level_words),
    Rule("M05", "编码位数", "填报规范", "同级科目编码的位数应当一致。", classification.code_widths),
)
"""The rule book; ids are stable, so that decisions and profiles can name them."""


def switched(rule: str, reason: str) -> str:
    """What is decided when a rule is switched: off with a reason, on without one. Raises BadInput for no such rule."""
    if rule not in {each.id for each in RULES}:
        raise BadInput(f"没有规则 {rule}；规则号见复核意见各条后的括号，如 E01。")
    return OFF if reason.strip() else ON
