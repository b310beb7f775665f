"""Words of the field: labels reduced to what they mean, bases, periods, sentences, likeness."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.terms import basis_of, canonical, coverage, is_serial, is_total, periods, plain, sentences, terms

TEXT = st.text(
    alphabet="一二三年初末预算数支出决算为（）()“”《》。；，、/：: 0123456789.%万元其中占比较上增长A\n", max_size=60
)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("其中：一、年初部门预算指标（万元）", "年初预算数"),
        ("年初预算", "年初预算数"),
        ("全年预算数", "调整后预算数"),
        ("2023年决算数", "决算数"),
        ("全年执行数", "决算数"),
        ("支 出 数", "决算数"),
        ("（二）事业", "事业"),
        ("1.人员经费", "人员经费"),
        ("“三公”经费控制率", "三公经费控制率"),
        ("编制总数（名）", "编制数"),
        ("因公出国（境）费", "因公出国境费"),
        ("基本支出决算数", "基本支出决算数"),
        ("基本支出/年初预算", "基本支出/年初预算数"),
        ("预算数/年初", "年初预算数"),
        ("一般公共预算财政拨款收入", "一般公共预算财政拨款收入"),
    ],
)
def test_a_label_is_reduced_to_what_it_means(written: str, means: str) -> None:
    """Numbering, 其中, spaces, quotes, units and local names fall away; the item itself stays."""
    assert canonical(written) == means


def test_a_year_in_front_of_an_item_is_part_of_its_name() -> None:
    """Only a bare measure loses its year: two projects that differ in the year stay two."""
    assert canonical("2022年认定奖励资助") != canonical("2023年认定奖励资助")
    assert canonical("2022年预算数") == canonical("2023年预算数")


@given(TEXT)
def test_reducing_twice_changes_nothing_more(label: str) -> None:
    """`canonical` never throws, and `plain` is settled after one pass."""
    canonical(label)
    assert plain(plain(label)) == plain(label)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("年初部门预算数", "年初预算"),
        ("经调整后预算总额", "调整后预算"),
        ("全年执行数", "决算"),
        ("实际支出", "决算"),
        ("采购预算数", "预算"),
        ("年中调减", "调整"),
        ("比上年增长", "差额"),
        ("年度指标值", "目标"),
        ("实际完成值", "完成"),
        ("拟融资规模", "计划"),
        ("预算执行率", ""),
        ("一般公共预算财政拨款收入", ""),
        ("项目支出", ""),
        ("在职人员", ""),
    ],
)
def test_the_basis_is_told_by_its_word_not_by_names_that_contain_it(text: str, basis: str) -> None:
    """一般公共预算, 项目支出 and 预算执行率 say nothing of the basis."""
    assert basis_of(text) == basis


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("截至2023年12月31日，编制9名", ("2023年末",)),
        ("2023年年初部门预算为", ("2023年度",)),
        ("2023年初区财政局批复预算", ("2023年度",)),
        ("截至2023年初，", ("2023年初",)),
        ("自 2020年以来累计新增", ("2020年以来",)),
        ("2023年1-6月支出", ("2023年1-6月",)),
        ("2023年第一季度", ("2023年1-3月",)),
        ("较上年352万元", ("2022年度",)),
        ("上年末", ("2022年末",)),
        ("年末在职人数", ("2023年末",)),
        ("2022年当年执行", ("2022年度",)),
        ("目前共有", ("目前",)),
        ("全年累计培训", ("2023年度",)),
        ("2021-2023年三年", ("2021-2023年",)),
        ("2022年预算、2023年决算", ("2022年度", "2023年度")),
        ("学生9人", ()),
    ],
)
def test_periods_have_one_spelling(text: str, named: tuple[str, ...]) -> None:
    """Relative words are resolved against the year under review, here 2023."""
    assert periods(text, 2023) == named


def test_relative_periods_need_a_year() -> None:
    """Without a year under review 本年 and 上年 name nothing; an explicit year still does."""
    assert periods("本年比上年增加，2021年除外", None) == ("2021年度",)


def test_sentences_end_at_stops_but_not_inside_quotes_and_brackets() -> None:
    """A stop inside 《》, “” or （） ends nothing; an opening quote that is never closed hides nothing."""
    text = "一是落实“八项规定，严控“三公”经费。二是（含甲。含乙）推进；增长3.5%。\n结束"
    assert [text[a:b] for a, b in sentences(text)] == [
        "一是落实“八项规定，严控“三公”经费。",
        "二是（含甲。含乙）推进；",
        "增长3.5%。",
        "结束",
    ]


@given(TEXT)
def test_sentences_are_in_order_and_lose_only_white_space(text: str) -> None:
    """The spans do not overlap and together hold every visible character."""
    spans = sentences(text)
    assert all(a < b <= c for (a, b), (c, _) in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_totals_and_serial_numbers_are_known_by_name() -> None:
    """合计 speaks of all rows, 序号 of none."""
    assert is_total("合 计") and is_total("年度资金总额") and not is_total("基本支出")
    assert is_serial("序号") and is_serial("经济分类科目编码") and not is_serial("项目")


def test_likeness_of_labels_is_by_their_terms() -> None:
    """Word order and 的 do not matter; another item or another basis does."""
    assert coverage("基本支出的年初预算", "年初预算数/基本支出") == 1000
    assert coverage("基本支出", "项目支出") == 0
    assert coverage("年初预算数", "调整后预算数") < 800
    assert coverage("基本支出/年初预算数", "请问2023年基本支出年初预算是多少？") == 1000
    assert terms("是多少") == ()


@given(TEXT, TEXT)
def test_coverage_is_bounded_and_full_with_itself(one: str, other: str) -> None:
    """0 … 1000; a label is wholly in itself, and in itself with anything appended as another part."""
    assert 0 <= coverage(one, other) <= 1000
    assert coverage(one, one) == (1000 if terms(one) else 0)
    assert coverage(one, f"{one}/{other}") >= coverage(one, other)
