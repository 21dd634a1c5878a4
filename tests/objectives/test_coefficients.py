"""Polynomials are exact, and refuse to leave degree 2."""

from fractions import Fraction

import pytest

from optviz.objectives import coefficients
from optviz.objectives.coefficients import Refused, constant, coordinate


def test_what_cancels_is_gone() -> None:
    poly = coordinate(0)
    coefficients.add(poly, coordinate(0), -1)
    assert poly == {}
    assert coefficients.number(poly) == 0


def test_a_product_knows_no_order() -> None:
    x, y = coordinate(0), coordinate(1)
    assert coefficients.times(x, y) == coefficients.times(y, x) == {(0, 1): 1}


def test_a_third_factor_is_refused() -> None:
    x = coordinate(0)
    with pytest.raises(Refused, match="degree 3"):
        coefficients.times(coefficients.times(x, x), x)


def test_thirds_add_up_to_one() -> None:
    third, total = constant(Fraction(1, 3)), constant(Fraction(0))
    for _ in range(3):
        coefficients.add(total, third)
    assert total == constant(Fraction(1))


def test_half_of_the_square_coefficient_stands_on_the_diagonal_twice_over() -> None:
    poly = {(0, 0): Fraction(1, 10), (0, 1): Fraction(3), (1,): Fraction(2), (): Fraction(5)}
    Q, c, b = coefficients.matrices(poly, 2)
    assert Q.tolist() == [[0.2, 3], [3, 0]]
    assert c.tolist() == [0, 2]
    assert b == 5


def test_numbers_beyond_floats_are_refused() -> None:
    with pytest.raises(Refused, match="too large"):
        coefficients.matrices({(): Fraction(10) ** 400}, 1)
    with pytest.raises(Refused, match="too small"):
        coefficients.matrices({(): Fraction(10) ** -400}, 1)
