"""The figure gate: label and value together, on small reports that stand in the tests."""

from __future__ import annotations

import pytest

from assistant.answer import BAD, GOOD, Check, Figure
from assistant.check import gate, verify
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

BUDGET = report(
    "2023年，我局年初部门预算数为5,120.40万元，年中调增318.26万元，调整后预算数为5,438.66万元，支出决算数为5,301.17万元。",
    "其中基本支出3,220.05万元，项目支出2,081.12万元。按调整后预算数计算，预算执行率为97.47%。",
    "其他收入86.20万元，较上年80.00万元增长7.75%。全年培训教师1,236人次，资助学生4,518人。",
    table(
        """单位：万元
        | 项目 | 年初预算 | 调整后预算 | 决算 | 执行率 |
        | 校舍维修 | 860.00 | 910.00 | 903.35 | 99.27% |
        | 营养改善 | 640.00 | 640.00 | 618.24 | 96.60% |
        | 教师培训 | 210.50 | 180.50 | 171.53 | 95.03% |
        | 合计 | 1710.50 | 1730.50 | 1693.12 | 97.84% |""",
        caption="表1 项目支出情况表",
    ),
)
READING = Reading(BUDGET, facts(BUDGET))


def judged(text: str, context: str = "") -> Check:
    return gate(text, [READING], context=context)


def first(text: str) -> Figure:
    return judged(text).figures[0]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("年初部门预算数为5,120.40万元。", "exact"),
        ("年初部门预算数为5120.4万元。", "exact"),
        ("年初部门预算数为51,204,000元。", "exact"),
        ("年初部门预算数为0.51亿元。", "rounded"),
        ("年初部门预算数为5,121万元。", "conflict"),
        ("调整后预算数为5,439万元。", "rounded"),
        ("调整后预算数为5,438万元。", "truncated"),
        ("支出决算数为5,301.71万元。", "conflict"),
        ("支出决算数为5,301.17元。", "unit_slip"),
        ("支出决算数为53,011.7万元。", "unit_slip"),
        ("支出决算数为5,438.66万元。", "basis"),
        ("调整后预算数为5,120.40万元。", "basis"),
        ("校舍维修的决算为618.24万元。", "basis"),
        ("校舍维修的年初预算为903.35万元。", "basis"),
        ("2022年，支出决算数为5,301.17万元。", "basis"),
        ("其他收入较上年下降7.75%。", "conflict"),
        ("捐赠图书7,741册。", "unfounded"),
        ("全年培训教师1,236人次。", "exact"),
    ],
)
def test_a_figure_is_judged_by_its_label_and_its_value(text: str, verdict: str) -> None:
    """Every verdict has its smallest sentence; the same value under another label is never good."""
    assert first(text).verdict == verdict, first(text).working


def test_a_wrong_figure_comes_with_the_right_one_and_its_place() -> None:
    """The reader is told what stands in the report and where, never only that something is wrong."""
    figure = first("营养改善的决算为681.24万元。")
    assert figure.verdict == "conflict"
    assert figure.right == "618.24万元"
    assert figure.places[0].table == 1 and figure.places[0].row == 2
    assert "618.24万元" in figure.working


def test_every_figure_gets_a_verdict() -> None:
    """Coverage is complete: as many verdicts as figures, in order, spans in the whole text."""
    text = "预算5,120.40万元，决算5,301.17万元。\n另有3个方面，约占八成；详见第2页。"
    check = judged(text)
    assert [text[slice(*figure.quantity.span)] for figure in check.figures] == [f.quantity.text for f in check.figures]
    assert all(figure.working for figure in check.figures)
    assert sum(len(sentence.figures) for sentence in check.sentences) == len(check.figures)


def test_a_sentence_is_true_false_or_unknown() -> None:
    """True needs figures that all hold; one at fault makes it false; without figures nothing is known."""
    verdicts = [s.verdict for s in judged("支出决算数为5,301.17万元。支出决算数为5,031.17万元。执行较好。").sentences]
    assert verdicts == ["true", "false", "unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "支出决算数5,301.17万元，较年初部门预算数多180.77万元。",
        "校舍维修决算903.35万元，占项目支出合计的53.35%。",
        "5,301.17÷5,438.66=97.47%。",
        "年初部门预算数5,120.40万元，加上年中调增318.26万元，即5,120.40+318.26=5,438.66万元。",
        "校舍维修、营养改善、教师培训决算分别为903.35万元、618.24万元、171.53万元，合计1,693.12万元。",
        "其他收入由80.00万元增至86.20万元，增加6.20万元，增长7.75%。",
        "调整后预算数5,438.66万元，有137.49万元未支出。",
        "基本支出3,220.05万元、项目支出2,081.12万元，之和为5,301.17万元。",
        "校舍维修和教师培训两个项目共支出1,074.88万元。",
        "决算最多的是校舍维修，为903.35万元。",
    ],
)
def test_what_follows_from_the_facts_is_derived(text: str) -> None:
    """Sums, differences, shares, growth and written equations over stated figures hold, with their working."""
    check = judged(text)
    assert {figure.verdict for figure in check.figures} <= GOOD, [(f.quantity.text, f.working) for f in check.figures]


@pytest.mark.parametrize(
    "text",
    [
        "支出决算数5,301.17万元，较年初部门预算数多190.77万元。",
        "支出决算数5,301.17万元，较年初部门预算数少180.77万元。",
        "5,301.17÷5,438.66=97.74%。",
        "5,438.66÷5,301.17=97.47%。",
        "5,120.40+318.26=5,438.66元。",
        "其他收入由80.00万元增至86.20万元，增加6.20万元，增长7.85%。",
        "其他收入由86.20万元降至80.00万元，减少6.20万元。",
        "基本支出3,220.05万元、项目支出2,081.12万元，之和为5,311.17万元。",
        "校舍维修和教师培训两个项目共支出1,074.98万元。",
        "决算最多的是营养改善，为618.24万元。",
    ],
)
def test_a_calculation_that_does_not_come_out_is_at_fault(text: str) -> None:
    """One wrong digit, sign, unit or order in a calculation makes the sentence false."""
    assert {figure.verdict for figure in judged(text).figures} & BAD


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("支出决算数5,301.17万元，低于调整后预算数5,438.66万元。", True),
        ("支出决算数5,301.17万元，高于调整后预算数5,438.66万元。", False),
        ("支出决算数5,301.17万元，高于年初部门预算数5,120.40万元。", True),
        ("校舍维修的执行率99.27%高于营养改善的执行率96.60%。", True),
        ("校舍维修的执行率99.27%低于营养改善的执行率96.60%。", False),
        ("支出决算数5,301.17万元与调整后预算数5,438.66万元一致。", False),
        ("支出决算数5,301.17万元与调整后预算数5,438.66万元不一致。", True),
    ],
)
def test_comparing_words_are_held_against_the_figures(text: str, holds: bool) -> None:
    """高于, 低于 and 一致 between two true figures are claims of their own."""
    verdicts = {figure.verdict for figure in judged(text).figures}
    assert verdicts <= GOOD if holds else "conflict" in verdicts


SIDES = report(
    "2023年全年收入900.00万元，全年支出812.50万元。行政编制42名，行政在职人员40人。",
    "公务接待费支出6.20万元，比预算减少1.30万元，比上年减少0.45万元。年初结转12.40万元，年末结转99.90万元。",
)
SIDED = Reading(SIDES, facts(SIDES))


@pytest.mark.parametrize(
    "text",
    [
        "全年收入812.50万元。",
        "行政在职人员42人。",
        "公务接待费比上年减少1.30万元。",
        "年末结转12.40万元。",
    ],
)
def test_a_right_figure_of_the_other_side_is_at_fault(text: str) -> None:
    """收入 and 支出, posts and staff, against the plan and against last year, opening and closing balances."""
    assert {figure.verdict for figure in gate(text, [SIDED]).figures} & BAD


def test_a_bound_is_no_figure_of_the_report() -> None:
    """执行率高于96%的有2个: the bound is not judged, the count is."""
    right, wrong = judged("执行率高于96%的有2个。"), judged("执行率高于96%的有3个。")
    assert [figure.verdict for figure in right.figures] == ["ambiguous", "derived"]
    assert wrong.figures[-1].verdict in BAD


def test_a_report_that_contradicts_itself_is_shown_and_not_judged() -> None:
    """Two values under one label: either is ambiguous, both are named, neither is called right."""
    twice = report("2023年资助学生4,518人次。", "2023年资助学生4,581人次。")
    check = verify("2023年资助学生4,518人次。", [Reading(twice, facts(twice))])
    assert check.figures[0].verdict == "ambiguous"
    assert "4,518" in check.figures[0].working and "4,581" in check.figures[0].working


def test_percent_and_percentage_points_are_not_the_same() -> None:
    """97.47% of execution is no 97.47 percentage points."""
    assert first("预算执行率为97.47个百分点。").verdict in BAD


def test_a_question_completes_the_label_of_a_short_answer() -> None:
    """An answer of one figure is labelled by its question; the wrong question makes it wrong."""
    assert judged("903.35万元。", "校舍维修的决算是多少？").figures[0].verdict == "exact"
    assert judged("903.35万元。", "营养改善的决算是多少？").figures[0].verdict not in GOOD


def test_facts_that_underlie_a_text_are_preferred() -> None:
    """With the facts named, a figure without a label is bound to them; another value still fails."""
    fact = next(fact for fact in READING.facts if fact.quantity.text == "903.35")
    assert gate("为903.35万元。", [READING], used=[fact.id]).figures[0].verdict == "exact"
    assert gate("为903.53万元。", [READING], used=[fact.id]).figures[0].verdict in BAD


def test_a_change_runs_from_its_beginning_to_its_end() -> None:
    """净调增 is the adjusted budget less the initial one; 净调减 by the same sum is not, however one subtracts."""
    budgets = report("2023年，我局年初部门预算数为5,000.00万元，调整后预算数为5,300.00万元。", id="f" * 12)
    reading = Reading(budgets, facts(budgets))
    found = [gate(f"净{way}300.00万元，占年初预算的6.00%。", [reading]).figures[0].verdict for way in ("调增", "调减")]
    assert (found[0] in GOOD, found[1] in BAD) == (True, True)


def test_a_figure_that_the_text_denies_is_no_claim() -> None:
    """“95分”无依据 does not claim 95分."""
    assert first("报告没有给出自评得分，“95分”无依据。").verdict == "ambiguous"


@pytest.mark.parametrize("text", ["", "\n", "，，，。", "%", "。1", "÷=+", "1÷0=5。", "（（（3）"])
def test_any_text_can_be_judged(text: str) -> None:
    """The gate never raises for content, and says nothing about nothing."""
    assert len(judged(text).figures) <= 3


def test_the_same_text_gives_the_same_check() -> None:
    """Pure: no order of sets, no state between calls shows in the outcome."""
    text = "支出决算数为5,301.17万元，执行率97.47%，校舍维修决算903.53万元。"
    again = Reading(BUDGET, READING.facts)
    assert verify(text, [READING]) == verify(text, [READING]) == verify(text, [again])


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("校舍维修项目的预算最大，经调整为910.00万元，最终花了903.35万元。", "exact"),
        ("校舍维修项目的预算最大，经调整为910.00万元，最终花了618.24万元。", "basis"),
        ("营养改善预算640.00万元，剩下21.76万元。", "derived"),
        ("全年花了5,301.17万元。", "exact"),
        ("教师培训支出171.53万元，比校舍维修少731.82万元。", "derived"),
    ],
)
def test_words_around_a_figure_tell_which_fact_it_is(text: str, verdict: str) -> None:
    """Words that the report does not know say nothing; another item's name, nearer to the figure, speaks against it."""
    assert judged(text).figures[-1].verdict == verdict


def test_a_bare_figure_stands_where_the_question_asks() -> None:
    """“甲占乙的比重是多少” and “39.26%” make one statement; another share does not."""
    asked = "项目支出占支出决算数的比重是多少？"
    assert judged("39.26%。", asked).figures[0].verdict == "derived"
    assert judged("36.29%。", asked).figures[0].verdict in BAD


def test_words_behind_a_figure_do_not_vouch_for_the_direction_before_it() -> None:
    """调减 is no 调增, however much of the sentence behind it is the report's own."""
    made = report("政府性基金年中调减，调减140.00万元的原因是土地出让收入计提教育资金减少。")
    reading = Reading(made, facts(made))
    turned = gate("调增140.00万元的原因是土地出让收入计提教育资金减少。", [reading]).figures[0]
    assert turned.verdict not in GOOD, turned
    assert gate("调减140.00万元的原因是土地出让收入计提教育资金减少。", [reading]).figures[0].verdict in GOOD
