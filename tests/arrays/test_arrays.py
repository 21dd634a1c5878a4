import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.arrays import EXACT_DIM, Array, apply, cos_sin, dot, norm

DIMS = [1, 2, 3, EXACT_DIM, EXACT_DIM + 1, 200]


def from_the_left(terms: Sequence[Any]) -> Any:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def numbers(*shape: int) -> Array:
    return np.random.default_rng(5).normal(size=shape) * 10.0 ** np.arange(shape[-1] % 9).max()


@pytest.mark.parametrize("dim", [1, 2, 3, EXACT_DIM])
def test_a_product_of_rows_is_added_from_the_left(dim: int) -> None:
    a, b = numbers(4, dim), numbers(4, dim)[::-1]
    assert dot(a, b).tolist() == [from_the_left(row) for row in (a * b).tolist()]


def test_the_order_of_a_sum_is_visible_in_its_bits() -> None:
    assert dot(np.array([[1e16, 1.0, -1e16]]), np.ones((1, 3))).tolist() == [0.0]
    assert dot(np.array([[1e16, -1e16, 1.0]]), np.ones((1, 3))).tolist() == [1.0]


@pytest.mark.parametrize("dim", DIMS)
def test_a_matrix_is_applied_to_each_row(dim: int) -> None:
    matrix, x = numbers(dim, dim), numbers(3, dim)
    exact = [
        [
            float(sum(Fraction(q) * Fraction(v) for q, v in zip(row, point, strict=True)))
            for row in matrix[:3]
        ]
        for point in x
    ]
    size = np.abs(matrix[:3]) @ np.abs(x).T
    assert np.all(abs(apply(matrix, x)[:, :3] - exact) <= dim * 2.3e-16 * size.T)


@pytest.mark.parametrize("dim", [2, EXACT_DIM])
def test_up_to_the_exact_dimension_a_row_has_the_same_bits_in_any_batch(dim: int) -> None:
    matrix, x = numbers(dim, dim), numbers(7, dim)
    for i in range(7):
        assert np.array_equal(apply(matrix, x)[i], apply(matrix, x[i : i + 1])[0])
        assert np.array_equal(dot(x, x)[i], dot(x[i : i + 1], x[i : i + 1])[0])


def test_a_matrix_is_applied_over_any_leading_axes() -> None:
    matrix, x = numbers(3, 3), numbers(5, 4, 3)
    assert np.array_equal(apply(matrix, x)[2, 1], apply(matrix, x[2, 1]))


@pytest.mark.parametrize("size", [1e-310, 1e-200, 1.0, 1e200, 1e307])
def test_a_length_neither_overflows_nor_vanishes(size: float) -> None:
    assert norm(np.array([[3.0, -4.0]]) * size)[0] == pytest.approx(5 * size, rel=1e-9)


def test_a_length_of_nothing_or_of_no_number_says_so() -> None:
    lengths = norm(np.array([[0.0, 0.0], [np.inf, 1.0], [-np.inf, np.inf], [np.nan, 1.0]]))
    assert lengths.tolist()[:3] == [0.0, math.inf, math.inf]
    assert math.isnan(lengths[3])


@pytest.mark.parametrize(
    ("degrees", "cos", "sin"),
    [
        (0, 1.0, 0.0),
        (90, 0.0, 1.0),
        (180, -1.0, 0.0),
        (270, 0.0, -1.0),
        (360, 1.0, 0.0),
        (-90, 0.0, -1.0),
        (60, 0.5, 0.75**0.5),
        (30, 0.75**0.5, 0.5),
        (120, -0.5, 0.75**0.5),
        (45, 0.5**0.5, 0.5**0.5),
        (36, (1 + 5**0.5) / 4, None),
        (1e300, None, None),
    ],
)
def test_known_angles_have_their_known_cosines(degrees: float, cos: float, sin: float) -> None:
    found = cos_sin(degrees)
    for value, wanted in zip(found, (cos, sin), strict=True):
        assert wanted is None or abs(value - wanted) <= abs(np.spacing(wanted)) / 2
    assert all(math.copysign(1, value) == 1 for value in found if value == 0)


@pytest.mark.parametrize("tiny", [1e-9, 1e-20, 1e-200])
def test_a_tiny_angle_keeps_all_digits_of_its_sine(tiny: float) -> None:
    wanted = float(Decimal(tiny) * Decimal("3.14159265358979323846264338327950288") / 180)
    assert cos_sin(tiny) == (1.0, wanted)
    assert cos_sin(-tiny) == (1.0, pytest.approx(-wanted, rel=1e-15, abs=1e-38))


@given(st.floats(-720, 720))
def test_cosine_and_sine_agree_with_the_c_library_but_for_the_last_bits(degrees: float) -> None:
    cos, sin = cos_sin(degrees)
    assert cos == pytest.approx(math.cos(math.radians(degrees)), abs=4e-15)
    assert sin == pytest.approx(math.sin(math.radians(degrees)), abs=4e-15)
    assert cos * cos + sin * sin == pytest.approx(1, abs=5e-16)
