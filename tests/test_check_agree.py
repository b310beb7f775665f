"""Values agree by their written digits; equations are worked out again exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.check.agree import fit, hedged, slip
from assistant.check.equations import equations, evaluate, named_formula, written
from ingest.quantity import Quantity, quantities

AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999999.99"), places=2)


def one(text: str) -> Quantity:
    """The only figure of a text."""
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("12,345.67万元", "12345.67万元", "exact"),
        ("1.23亿元", "12,345.67万元", "rounded"),
        ("1.24亿元", "12,345.67万元", None),
        ("12,346万元", "12,345.67万元", "rounded"),
        ("12,345万元", "12,345.67万元", "truncated"),
        ("123,456,700元", "12,345.67万元", "exact"),
        ("12,345.670万元", "12,345.67万元", "exact"),
        ("12,345.672万元", "12,345.67万元", None),
        ("97.5%", "97.47%", "rounded"),
        ("97.4%", "97.47%", "truncated"),
        ("97.47个百分点", "97.47%", None),
    ],
)
def test_the_written_digits_are_the_tolerance(claim: str, source: str, expected: str | None) -> None:
    """Half of the claim's last place, never more; a claim finer than its source does not follow from it."""
    assert fit(one(claim), one(source)) == expected


@given(AMOUNTS)
def test_a_value_agrees_with_itself_in_any_unit(value: Decimal) -> None:
    """元, 万元 and 亿元 are one amount; thousands separators change nothing."""
    source = one(f"{value:,}万元")
    assert fit(one(f"{value}万元"), source) == "exact"
    assert fit(one(f"{value * 10000}元"), source) == "exact"


@given(AMOUNTS, st.integers(min_value=0, max_value=1))
def test_rounding_to_fewer_places_agrees(value: Decimal, places: int) -> None:
    """Every correctly rounded form of a value agrees with it."""
    rounded = value.quantize(Decimal(1).scaleb(-places))
    if rounded:
        assert fit(one(f"{rounded}万元"), one(f"{value}万元")) in ("exact", "rounded")


@given(AMOUNTS, AMOUNTS)
def test_different_values_of_the_same_places_never_agree(a: Decimal, b: Decimal) -> None:
    """Written to the same place, values are the same or not; cutting off does not come into it."""
    assert (fit(one(f"{a}万元"), one(f"{b}万元")) == "exact") == (a == b)


@pytest.mark.parametrize(
    ("claim", "source", "power"),
    [("5,398.75元", "5,398.75万元", -4), ("5.4亿元", "5,398.75万元", 1), ("5,398.75万元", "5,398.57万元", 0)],
)
def test_a_slip_is_a_power_of_ten(claim: str, source: str, power: int) -> None:
    """Same digits, another power of ten."""
    assert slip(one(claim), one(source)) == power


@pytest.mark.parametrize(
    ("claim", "source", "holds"),
    [
        ("约4,500人", "4518", True),
        ("约4,600人", "4518", False),
        ("超过4,500人", "4518", True),
        ("不足4,500人", "4518", False),
    ],
)
def test_hedges_hold_or_do_not(claim: str, source: str, holds: bool) -> None:
    """约 commits to its last significant place; 超过 and 不足 to a side."""
    assert hedged(one(claim), Decimal(source)) is holds


def test_an_equation_is_read_with_its_brackets() -> None:
    """(80+6)÷40=2.15 gives its expression, its operands and its result."""
    text = "（80.00+6.00）÷40.00=2.15。"
    figures = quantities(text)
    (found,) = equations(text, figures)
    assert (found.operands, found.result) == ((0, 1, 2), 3)
    assert evaluate(found.node, [quantity.value for quantity in figures].__getitem__) == Decimal("2.15")
    assert written(found.node, {at: figures[at].text for at in found.operands}) == "(80.00+6.00)÷40.00"


def test_division_by_zero_has_no_value() -> None:
    """1÷0 is no number and no error."""
    figures = quantities("1.00÷0.00=5.00")
    (found,) = equations("1.00÷0.00=5.00", figures)
    assert evaluate(found.node, [quantity.value for quantity in figures].__getitem__) is None


def test_a_formula_in_words_is_read() -> None:
    """执行率=决算数÷预算数 names what is divided by what."""
    ((name, node, words),) = named_formula("按公式：执行率=决算数÷预算数，得出结果")
    assert (name, node, words) == ("执行率", ("/", 0, 1), ("决算数", "预算数"))


@given(st.text(alphabet="0123456789.+-×÷=（）()元% ，。", max_size=40))
def test_no_text_breaks_the_reader_of_equations(text: str) -> None:
    """Whatever is written, reading it for equations never raises."""
    for found in equations(text, quantities(text)):
        evaluate(found.node, lambda at: Decimal(at + 1))
