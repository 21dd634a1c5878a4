"""Numbers as people read them, in Unicode and in LaTeX."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.text import numbers

NUMBERS = [
    (0.0, "0", "0"),
    (-0.0, "0", "0"),
    (-2.3806, "−2.38", "{-}2.38"),
    (1e-4, "0.0001", "0.0001"),
    (5.29e-7, "5.29×10⁻⁷", r"5.29\times 10^{-7}"),
    (1e-10, "10⁻¹⁰", "10^{-10}"),
    (123456, "123000", "123000"),
    (1234567, "1.23×10⁶", r"1.23\times 10^{6}"),
    (-4e10, "−4×10¹⁰", r"{-}4\times 10^{10}"),
]


@pytest.mark.parametrize(("value", "plain", "latex"), NUMBERS)
def test_a_number_has_three_digits_and_an_exponent_only_where_people_write_one(
    value: float, plain: str, latex: str
) -> None:
    assert (numbers.number(value), numbers.tex(value)) == (plain, latex)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("0.001", "0.001"), ("1e-05", "10⁻⁵"), ("-1e-05", "−10⁻⁵"), ("2.5E+3", "2.5×10³")],
)
def test_a_decimal_as_typed_is_set_in_the_signs_of_typography(typed: str, text: str) -> None:
    assert numbers.typographic(typed) == text


def test_what_is_not_finite_is_a_sign_or_a_word() -> None:
    values = (math.inf, -math.inf, math.nan)
    assert [numbers.number(value) for value in values] == ["∞", "−∞", "none"]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_shortest_decimal_reads_back_to_the_same_float(value: float) -> None:
    assert float(numbers.shortest(value)) == value


def test_whole_numbers_are_shortest_without_a_point() -> None:
    assert [numbers.shortest(value) for value in (3, 0.1, 1e-7)] == ["3", "0.1", "1e-07"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(-0.5, "-0.500000"), (999999999.5, "999999999.500000"), (1e9, "1.000000e+09")],
)
def test_final_values_have_six_decimals(value: float, text: str) -> None:
    assert numbers.fixed(value) == text


def test_the_base_of_a_power_stands_in_brackets_where_it_has_an_exponent_or_a_sign() -> None:
    assert numbers.base_tex(0.5) == "0.5"
    assert numbers.base_tex(-1) == "({-}1)"
    assert numbers.base_tex(1e-7) == "(10^{-7})"


def test_a_point_shows_three_coordinates_in_digits_that_tell_it_from_another() -> None:
    assert numbers.point(np.array([-5.0, 0.1])) == "(−5, 0.1)"
    assert numbers.point(np.array([1.0])) == "1"
    assert numbers.point(np.arange(5.0)) == "(0, 1, 2, …)"
    assert numbers.point(np.array([1.00001, 2.0]), np.array([1.0, 0.0])) == "(1.00001, 2)"
