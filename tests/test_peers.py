"""Where other checkers fail, heshu does not: each case is one that a peer was seen to get wrong."""

from __future__ import annotations

import pytest

from assistant.answer import BAD, GOOD
from assistant.check import verify
from ingest.ledger import facts
from ingest.quantity import quantities
from ingest.reading import Reading
from ingest.report import Report, Table
from tests.build import report, table


def verdicts(claim: str, *source: str | Table) -> list[str]:
    """The verdicts of a claim's figures against a report of these parts."""
    known: Report = report(*source)
    return [figure.verdict for figure in verify(claim, [Reading(known, facts(known))]).figures]


@pytest.mark.parametrize(
    ("claim", "source", "good"),
    [
        ("全年预算数1234.56万元", "2023年全年预算数1234.56万元，执行数1200.00万元。", True),
        ("项目支出12,345.67万元", "项目支出12,345.67万元。", True),
        ("项目支出12,999.67万元", "项目支出12,345.67万元；公用经费999.67万元。", False),
        ("公用经费1,234.50万元", "公用经费1,234.5万元。", True),
        ("公务接待费123.45万元", "公务接待费1234500元。", True),
        ("预算数980万元，执行数1000万元", "预算数1000万元，执行数980万元。", False),
        ("年初预算数1000万元", "年初预算数1000万元，全年预算数1100万元，全年执行数1080万元。", True),
    ],
)
def test_a_digit_matcher_fails_here(claim: str, source: str, good: bool) -> None:
    """Numbers beside Han characters, thousands, fragments, trailing zeros, units, swaps, three measures."""
    found = set(verdicts(claim, source))
    assert found <= GOOD if good else found & BAD


def test_three_measures_of_one_project_are_no_conflict() -> None:
    """年初预算 1000, 全年预算 1100 and 执行数 1080 differ because they are different things."""
    source = "年初预算数1000万元，全年预算数1100万元，全年执行数1080万元。"
    assert set(verdicts(source, source)) == {"exact"}


def test_a_rate_below_one_is_checked() -> None:
    """0.985 is a figure, not noise."""
    assert verdicts("预算执行率为0.985。", "预算执行率为98.5%。")[0] in GOOD
    assert verdicts("预算执行率为0.958。", "预算执行率为98.5%。")[0] in BAD


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("公务接待费1.4万元。", "公务接待费0.5万元。"),
        ("公务接待费1235.50万元。", "公务接待费1234.56万元。"),
        ("公务接待费523900.00元。", "公务接待费523456.78元。"),
    ],
)
def test_no_tolerance_beyond_the_written_digits(claim: str, source: str) -> None:
    """±1 万元 or 0.1 % hides errors; what is written to the cent is held to the cent."""
    assert verdicts(claim, source)[0] in BAD


def test_account_codes_and_years_are_not_money() -> None:
    """208, 20805 and 2024 in front of a figure, 〔2017〕89号 and 2083.68 are what they are."""
    text = "根据〔2017〕89号文，2024年社会保障和就业支出（类）208款20805项支出2083.68万元。"
    money = [quantity for quantity in quantities(text) if quantity.unit.dimension == "money"]
    assert [quantity.text for quantity in money] == ["2083.68万元"]


def test_a_figure_inside_a_paragraph_is_checked() -> None:
    """Prose is checked as tables are."""
    source = "全年发放问卷600份，回收有效问卷572份，有效回收率95.33%。"
    assert verdicts("回收有效问卷527份。", source)[0] in BAD


def test_a_row_error_that_leaves_the_total_intact_is_seen() -> None:
    """Each row is a fact of its own."""
    rows = table(
        """单位：万元
        | 项目 | 决算 |
        | 校舍维修 | 903.35 |
        | 营养改善 | 618.24 |
        | 合计 | 1521.59 |""",
        caption="表1 项目支出情况表",
    )
    assert verdicts("校舍维修决算为913.35万元。", rows)[0] in BAD
    assert verdicts("校舍维修决算为903.35万元。", rows)[0] in GOOD


def test_equal_neighbours_stay_apart() -> None:
    """A row of equal values is three facts, under three headers."""
    rows = table(
        """单位：万元
        | 项目 | 年初预算数 | 全年预算数 | 全年执行数 |
        | 年度资金总额 | 1000.00 | 1000.00 | 998.50 |""",
        caption="表1 项目资金情况",
    )
    assert verdicts("年度资金总额的全年执行数为998.50万元。", rows)[0] in GOOD
    assert verdicts("年度资金总额的全年执行数为1000.00万元。", rows)[0] in BAD


def test_a_total_is_not_summed_over_its_own_parts() -> None:
    """类, 款 and 项 of one amount are not three amounts: only what the text adds up is added up."""
    source = "社会保障支出520.00万元，其中行政事业单位养老支出520.00万元。"
    assert verdicts("社会保障支出合计1,040.00万元。", source)[0] in BAD


@pytest.mark.parametrize(
    ("claim", "source", "good"),
    [
        ("项目支出３，２００．５０万元。", "项目支出3200.50万元。", True),
        ("项目支出一百二十万元。", "项目支出120万元。", True),
        ("增减额为△12.30万元。", "增减额为-12.30万元。", True),
        ("增减额为12.30万元。", "增减额为-12.30万元。", False),
        ("资助学生约4,500人。", "资助学生4,518人。", True),
        ("资助学生超过4,500人。", "资助学生4,518人。", True),
        ("资助学生4,500余人。", "资助学生4,518人。", True),
        ("资助学生不足4,500人。", "资助学生4,518人。", False),
        ("资助学生超过4,600人。", "资助学生4,518人。", False),
    ],
)
def test_other_ways_to_write_a_number(claim: str, source: str, good: bool) -> None:
    """Full width, Chinese numerals, triangles for minus, hedges."""
    found = verdicts(claim, source)
    assert found and (set(found) <= GOOD if good else set(found) & BAD)


def test_brackets_in_a_cell_are_a_minus() -> None:
    """（12.30） in a table is -12.30, and a dash states nothing."""
    rows = table(
        """单位：万元
        | 项目 | 增减额 |
        | 公务接待费 | （12.30） |
        | 公务用车 | — |""",
        caption="表1 三公经费",
    )
    assert verdicts("公务接待费增减额为-12.30万元。", rows)[0] in GOOD
    assert verdicts("公务接待费增减额为12.30万元。", rows)[0] in BAD
    assert verdicts("公务用车增减额为0.00万元。", rows)[0] in BAD
