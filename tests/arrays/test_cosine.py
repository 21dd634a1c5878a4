"""Cosines against fifty decimal digits, themselves checked against known angles elsewhere."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest

from optviz.arrays.elementary import _constants, _cosine, _exact, cosine

RNG = np.random.default_rng(14)
ANGLES = np.concatenate(
    [
        RNG.uniform(-720, 720, 600),
        90 + RNG.normal(size=100) * 1e-6,
        270 - RNG.normal(size=100),
        np.arange(-360.0, 361, 15),
        10.0 ** np.arange(-300, 300, 29),
    ]
)


def test_a_cosine_is_the_number_nearest_to_the_true_one() -> None:
    wanted = [_exact.cos_sin(angle)[0] for angle in ANGLES.tolist()]
    assert cosine(ANGLES).tolist() == wanted
    assert [cosine(angle) for angle in ANGLES.tolist()] == wanted


def test_the_two_doubles_err_by_less_than_they_admit() -> None:
    for angle in ANGLES.tolist():
        high, low = _cosine._parts(angle, math.fmod, _constants.of_number)
        with localcontext() as context:
            context.prec = 60
            wrong = abs(Decimal(high) + Decimal(low) - _exact.digits(Fraction(angle))[0])
        assert wrong <= abs(high) * 2.0**-66


@pytest.mark.parametrize("angle", [30.0, 60.0, 1e300, math.nan])
def test_an_array_without_axes_is_an_angle(angle: float) -> None:
    assert np.array_equal(cosine(np.array(angle)), cosine(angle), equal_nan=True)


def test_no_angle_has_no_cosine() -> None:
    assert np.isnan(cosine(np.array([math.inf, -math.inf, math.nan]))).all()
    assert math.isnan(cosine(math.inf))
    assert math.isnan(cosine(math.nan))
