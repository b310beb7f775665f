"""The number parser: every figure with value, unit, hedge and direction; and what is no figure."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.quantity import Quantity, alike, convert, parse_cell, quantities, show, unit
from ingest.units import Unit, spellings

CASES = json.loads((Path(__file__).parent / "cases" / "quantities.json").read_text(encoding="utf-8"))
NUMBERISH = (
    "0123456789０１２，,.．年月日号第表（）()-－—至到、和一二三十百千万亿两半成分之点元家个余多约超%％‰增长下降"
    " \nabN+/:：eE¥〔〕"
)

NOT_CELLS = [
    *("", "  ", "—", "——", "/", "-", "－", "无", "不适用", "…", "#REF!", "N/A", "XX", "项目", "第3", "2-3项"),
    *("1.2.3", "(12.3", "2021年", "2021-12-31", "财预〔2020〕10号", "28,126.39 5.34", "3960 704", "3960\n704"),
    *("12家、5项", "完成12家"),
]


def known(name: str) -> Unit:
    """A unit that must exist."""
    found = unit(name)
    assert found is not None
    return found


def seen(quantity: Quantity) -> dict[str, object]:
    """A quantity as a row of the cases file writes it; a share such as 三分之一 to two places."""
    value = round(quantity.value, 2) if quantity.unit.name == "分之" else quantity.value
    row: dict[str, object] = {"value": str(value), "unit": quantity.unit.name}
    if quantity.relation != "=":
        row["relation"] = quantity.relation
    if quantity.direction:
        row["direction"] = quantity.direction
    return row


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['group']}:{case['text'][:24]}")
def test_cases(case: dict[str, object]) -> None:
    """Each row of cases/quantities.json: a text, and the figures in it."""
    ordered = [dict(sorted(row.items())) for row in case["figures"]]  # type: ignore[attr-defined]  # JSON
    assert [dict(sorted(seen(quantity).items())) for quantity in quantities(str(case["text"]))] == ordered


def test_enough_cases() -> None:
    """At least 250 rows, in groups that a budget officer can extend."""
    assert len(CASES) >= 250
    assert len({case["text"] for case in CASES}) == len(CASES)


@given(st.text(NUMBERISH, max_size=40) | st.text(max_size=40))
def test_never_raises_and_spans_are_exact(text: str) -> None:
    """Any text: no exception, spans in order and without overlap, each naming exactly its characters."""
    last = 0
    for quantity in quantities(text):
        start, end = quantity.span
        assert last <= start < end
        assert text[start:end] == quantity.text
        assert quantity.half > 0
        assert quantity.base == quantity.value * quantity.unit.factor
        last = end
    parse_cell(text, known("万元"))


@given(
    st.integers(-(10**13), 10**13),
    st.integers(0, 4),
    st.sampled_from(["万元", "亿元", "元", "%", "人", "平方米", "个百分点", "万人次", "家"]),
    st.booleans(),
)
def test_what_is_shown_reads_back(digits: int, places: int, name: str, group: bool) -> None:
    """A figure written out by `show` is read back with the same value, places and unit, in prose and in a cell."""
    value = Decimal(digits).scaleb(-places)
    text = show(value, known(name), places, group)
    for found in (quantities(f"预算数为{text}。")[0], parse_cell(text, None)):
        assert found is not None
        assert (found.value, found.places, found.unit) == (value, places, known(name))
        assert found.text == text


@given(st.integers(1, 10**15), st.integers(0, 4))
def test_conversion_is_exact_both_ways(digits: int, places: int) -> None:
    """元, 万元 and 亿元 convert into each other without losing a digit."""
    quantity = Quantity("", (0, 0), Decimal(digits).scaleb(-places), places, known("万元"))
    yuan = convert(quantity, known("元"))
    assert convert(Quantity("", (0, 0), yuan, 0, known("元")), known("万元")) == quantity.value


@pytest.mark.parametrize(
    ("text", "default", "value", "name", "relation"),
    [
        ("72,107.69", "万元", "72107.69", "万元", "="),
        ("（1,234.5）", "万元", "-1234.5", "万元", "="),
        ("(12.3)", "万元", "-12.3", "万元", "="),
        ("-1", "人", "-1", "人", "="),
        ("△3.5", "万元", "-3.5", "万元", "="),
        ("—12.5", "万元", "-12.5", "万元", "="),
        ("- 12.5", "万元", "-12.5", "万元", "="),
        ("≥95%", "万元", "95", "%", "≥"),
        ("≥ 95", "%", "95", "%", "≥"),
        ("95%以上", None, "95", "%", "≥"),
        ("不低于90分", None, "90", "分", "≥"),
        ("=100%", None, "100", "%", "="),
        ("10分", None, "10", "分", "="),
        ("6座", "万元", "6", "座", "="),
        ("12（家）", None, "12", "家", "="),
        ("3.5 亿元", "万元", "3.5", "亿元", "="),
        ("1.2E+05", "元", "120000", "元", "="),
        ("72,107.\n69", "万元", "72107.69", "万元", "="),
        ("72,\n107.69", "万元", "72107.69", "万元", "="),
        ("１２．５", "万元", "12.5", "万元", "="),
        ("0.00", "万元", "0.00", "万元", "="),
        ("2021", "人", "2021", "人", "="),
        ("三家", None, "3", "家", "="),
        ("百分之五", None, "5", "%", "="),
        ("30余场", None, "30", "场", "余"),
        ("约30", "个", "30", "个", "约"),
        ("￥12.00", "万元", "12.00", "万元", "="),
    ],
)
def test_a_cell_is_one_figure(text: str, default: str | None, value: str, name: str, relation: str) -> None:
    """A whole cell: its own unit wins over that of the column; brackets, △ and a dash before digits mean minus."""
    found = parse_cell(text, known(default) if default else None)
    assert found is not None
    assert (str(found.value), found.unit.name, found.relation) == (value, name, relation)
    assert text[slice(*found.span)] == found.text


@pytest.mark.parametrize("text", NOT_CELLS)
def test_a_cell_without_a_figure(text: str) -> None:
    """Blank, dash and 不适用 are not zero; words, dates and two numbers in one cell are no figure either."""
    assert parse_cell(text, known("万元")) is None


def test_a_bare_number_takes_the_unit_of_its_table() -> None:
    """`default` is the printed unit of the table: it holds for bare numbers, never over a written unit."""
    first, second = quantities("72,107.69，占99.2%", known("万元"))
    assert (first.unit.name, second.unit.name) == ("万元", "%")


def test_base_and_half() -> None:
    """1.23亿元 is 123,000,000 元, exact to half of its last written place: 500,000 元."""
    (quantity,) = quantities("约1.23亿元")
    assert quantity.base == 123_000_000
    assert quantity.half == 500_000


def test_units_by_the_names_that_tables_print() -> None:
    """万元, （万元）, 单位：万元 and 元/人 are known; an unknown word is None, never a guess."""
    assert known("（万元）") == known("单位：万元") == Unit("万元", "money", Decimal(10000))
    assert known("元/人") == Unit("元/人", "money", Decimal(1))
    assert known("个百分点").name == "百分点"
    assert known("人民币万元") == known("万元（人民币）") == known("万元")
    assert unit("指标值") is None
    assert unit("") is None


def test_what_can_be_compared() -> None:
    """人 and 名 count the same, 家 and 人 do not; % and 百分点 differ; 元/人 is not 元."""
    assert alike(known("人"), known("万名"))
    assert not alike(known("家"), known("人"))
    assert not alike(known("%"), known("百分点"))
    assert not alike(known("元/人"), known("万元"))
    assert alike(known("亩"), known("平方公里"))
    with pytest.raises(ValueError, match="不能换算"):
        convert(quantities("5家")[0], known("人"))


def test_rounding_on_showing() -> None:
    """Half up, as reports round: 2.345 to two places is 2.35, -2.345 is -2.35."""
    assert show(Decimal("2.345"), known("万元"), 2) == "2.35万元"
    assert show(Decimal("-2.345"), known("万元"), 2) == "-2.35万元"
    assert show(Decimal("72107.69"), known("万元")) == "72,107.69万元"
    assert show(Decimal("72107.69"), known("万元"), group=False) == "72107.69万元"


def test_every_unit_of_the_table_is_read() -> None:
    """Each spelling in units.toml is found after a number, and its factor is exact and positive."""
    for name, spelling in spellings().items():
        (found,) = quantities(f"共3{name}{spelling.only_before[0] if spelling.only_before else '。'}")
        assert found.unit.name == spelling.unit.name, name
        assert spelling.unit.factor > 0


def test_the_longest_numbers() -> None:
    """A number of thousands of digits is no figure and costs nothing; spans of what follows stay right."""
    text = "1" * 5000 + "，预算12.5万元" + "一" * 3000
    assert [quantity.text for quantity in quantities(text)] == ["12.5万元"]


def test_a_list_shares_unit_and_direction() -> None:
    """分别增长 binds to all members; 5、6和7家 are three counts of 家."""
    assert [quantity.direction for quantity in quantities("分别下降2.1%、3.5%和4.0%")] == [-1, -1, -1]
    assert [quantity.unit.name for quantity in quantities("5、6和7家")] == ["家"] * 3
