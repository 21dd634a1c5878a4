"""Powers against fifty decimal digits, and against C where C is exact."""

import math
from collections.abc import Iterator
from decimal import Context, Decimal, localcontext

import numpy as np
import pytest

from optviz.arrays.elementary import _constants, _power, power

RNG = np.random.default_rng(14)
SPECIAL = [0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 1 + 2**-52, 1e308, 5e-324, math.inf,
           -math.inf, math.nan]  # fmt: skip
EXPONENTS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, 3.0, -3.0, 1.5, 1e300, -1e300, math.inf,
             -math.inf, math.nan]  # fmt: skip


def exactly(x: float, y: float) -> Decimal:
    with localcontext(Context(prec=60)):
        return (Decimal(y) * Decimal(x).ln()).exp()


def pairs(count: int) -> Iterator[tuple[float, float]]:
    """Bases of any size with powers of any size, and bases beside 1."""
    for i in range(count):
        x = float(2.0 ** RNG.uniform(-900, 900)) if i % 3 else float(1 + RNG.normal() * 1e-3)
        y = float(RNG.uniform(-600, 600) / max(abs(math.log(x)), 1)) if i % 2 else RNG.normal()
        yield x, float(y)


def test_a_power_of_arrays_is_the_number_nearest_to_the_true_one() -> None:
    x, y = np.array(list(pairs(600))).T
    assert power(x, y).tolist() == [float(exactly(*one)) for one in zip(x, y, strict=True)]


def test_a_number_alone_has_the_same_bits_as_in_an_array() -> None:
    x, y = np.array(list(pairs(600))).T
    alone = [power(*one) for one in zip(x.tolist(), y.tolist(), strict=True)]
    assert alone == power(x, y).tolist()


@pytest.mark.parametrize("x", [2.0, 5e-324, 1e300, 0.0, -2.0])
@pytest.mark.parametrize("y", [0.3, 0.5, 2.0])
def test_an_array_without_axes_is_a_number(x: float, y: float) -> None:
    assert np.array_equal(power(np.array(x), np.array(y)), power(x, y), equal_nan=True)
    assert np.array_equal(power(x, np.array(y)), power(x, y), equal_nan=True)


def test_the_two_doubles_err_by_less_than_they_admit() -> None:
    for x, y in pairs(300):
        if abs(y * math.log(x)) > 700:
            continue  # it is 0 or infinity
        high, low, error, k = _power._parts(x, y, _power._mantissa, _constants.of_number)
        with localcontext(Context(prec=60)):
            true = exactly(x, y) / Decimal(2) ** int(k)
            assert abs(Decimal(high) + Decimal(low) - true) <= Decimal(error) / 3


@pytest.mark.parametrize("y", EXPONENTS)
@pytest.mark.parametrize("x", SPECIAL)
def test_special_numbers_are_raised_as_ieee_754_has_it(x: float, y: float) -> None:
    with np.errstate(all="ignore"):
        wanted = np.power(np.array([x, x]), np.array([y, y]))[0]  # by C, where that is exact
    for found in (power(x, y), power(np.array([x, 3.0]), y)[0], power(x, np.array([y, 0.3]))[0]):
        assert found == pytest.approx(wanted, rel=2.3e-16, nan_ok=True)
        assert math.copysign(1, found) == math.copysign(1, wanted) or np.isnan(wanted)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (2.0, -1074.0),
        (2.0, -1060.5),
        (0.5, 1022.5),
        (3.0, -670.0),
        (1e-310, 0.99),
        (3e-320, 0.5),
        (10.0, 308.2),
    ],
)
def test_a_power_at_the_edge_of_the_numbers_keeps_the_digits_it_can(x: float, y: float) -> None:
    assert power(x, y) == float(exactly(x, y))
    assert power(np.array([x]), y).tolist() == [float(exactly(x, y))]


def test_a_negative_number_has_whole_powers_alone() -> None:
    assert power(np.array([-2.0, -3.0]), np.array([3.0, 4.0])).tolist() == [-8.0, 81.0]
    assert np.isnan(power(np.array([-2.0]), 0.3)).all()


def test_an_array_longer_than_a_block_is_raised_number_by_number() -> None:
    x = RNG.uniform(0.1, 9, (3000, 5))
    y = RNG.uniform(-2, 2, (3000, 1))
    rows = np.concatenate([power(x[i : i + 500], y[i : i + 500]) for i in range(0, 3000, 500)])
    assert np.array_equal(power(x, y), rows)
    assert np.array_equal(power(np.asfortranarray(x), y), rows)
