"""Polynomials of degree two at most, with exact coefficients, rounded once at the very end."""

from fractions import Fraction

import numpy as np

from optviz.arrays import Array
from optviz.objectives import formula
from optviz.tape import Builder, Undefined

# (i, j) with i ≤ j is xᵢxⱼ, (i,) is xᵢ, () is 1; what has coefficient 0 is not there.
Monomial = tuple[int, ...]
Polynomial = dict[Monomial, Fraction]

_MAX_BITS = 4096  # of a numerator or a denominator: exactness must not fill the memory


class Refused(Exception):
    """An operation that leaves the quadratics, or the numbers that can be kept; says which."""


class NoQuadratic(Refused):
    """An operation that leaves the quadratics, but may be one of a smooth function."""


def constant(value: Fraction) -> Polynomial:
    """The polynomial that is `value` everywhere."""
    return {(): value} if value else {}


def coordinate(index: int) -> Polynomial:
    """The polynomial x with that index, counted from 0."""
    return {(index,): Fraction(1)}


def number(poly: Polynomial) -> Fraction | None:
    """The value of a polynomial that is the same everywhere, None for any other."""
    return poly.get((), Fraction(0)) if _degree(poly) == 0 else None


def negative(poly: Polynomial) -> Polynomial:
    """−poly."""
    return {monomial: -value for monomial, value in poly.items()}


def add(into: Polynomial, other: Polynomial, sign: int = 1) -> None:
    """Adds `sign`·other to `into`, in place. Raises `Refused` at numbers too long.

    In place, because a sum of a thousand terms would else be copied a thousand times.
    """
    for monomial, value in other.items():
        if total := into.get(monomial, Fraction(0)) + sign * value:
            into[monomial] = _sized(total)
        else:
            into.pop(monomial, None)


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product. Raises `Refused` above degree 2 and at numbers too long."""
    if (degree := _degree(left) + _degree(right)) > 2:
        raise NoQuadratic(f"not a quadratic: degree {degree} here")
    product: Polynomial = {}
    for one, p in left.items():
        for two, q in right.items():
            monomial = one + two if one <= two else two + one
            product[monomial] = product.get(monomial, Fraction(0)) + p * q
    return {monomial: _sized(value) for monomial, value in product.items() if value}


def divided(left: Polynomial, right: Polynomial) -> Polynomial:
    """The quotient. Raises `Refused` unless the divisor is a number, and not 0."""
    divisor = number(right)
    if divisor is None:
        raise NoQuadratic("not a quadratic: only a number may divide")
    if divisor == 0:
        raise Refused("divided by zero")
    return times(left, constant(1 / divisor))


def power(base: Polynomial, exponent: Polynomial) -> Polynomial:
    """The power. Raises `Refused` unless it is whole and leads to degree 2 at most."""
    power, value = number(exponent), number(base)
    if power is not None and value is not None and power.denominator != 1:
        return constant(evaluated("pow", value, power))
    if power is None or power.denominator != 1:
        raise NoQuadratic("not a quadratic: a power that is no whole number")
    n = int(power)
    if value is not None:
        return constant(_number_power(value, n))
    if n < 0:
        raise NoQuadratic("not a quadratic: a negative power")
    if (degree := _degree(base) * n) > 2:
        which = f"degree {degree}" if degree < 100 else "a large degree"
        raise NoQuadratic(f"not a quadratic: {which} here")
    return times(base, base) if n == 2 else base if n == 1 else constant(Fraction(1))


def applied(function: str, arguments: list[Polynomial]) -> Polynomial:
    """A function of numbers. Raises `NoQuadratic` for one of coordinates."""
    values = [number(argument) for argument in arguments]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        raise NoQuadratic(f"not a quadratic: {function} of a coordinate")
    return constant(evaluated(function, *known))


def evaluated(function: str, *values: Fraction) -> Fraction:
    """A function of numbers, to the nearest float. Raises `Refused` where it has no value."""
    build = Builder(strict=True)
    try:
        places = [build.constant(_float(value) if value else 0.0) for value in values]
        place = formula.applied(build, function, places)
    except Undefined as undefined:
        raise Refused(str(undefined)) from None
    return Fraction(build.value(place) or 0.0)


def matrices(poly: Polynomial, dim: int) -> tuple[Array, Array, float]:
    """Q (dim, dim), c (dim,) and b of ½ xᵀQx + cᵀx + b.

    Raises `Refused` where a coefficient is no float.
    """
    Q, c, b = np.zeros((dim, dim)), np.zeros(dim), 0.0
    for monomial, value in poly.items():
        if len(monomial) == 2:
            i, j = monomial
            Q[i, j] = Q[j, i] = _float(2 * value if i == j else value)
        elif monomial:
            c[monomial[0]] = _float(value)
        else:
            b = _float(value)
    return Q, c, b


def _degree(poly: Polynomial) -> int:
    return max(map(len, poly), default=0)


def _number_power(value: Fraction, n: int) -> Fraction:
    if value == 0 and n < 0:
        raise Refused("divided by zero")
    if abs(value) not in (0, 1) and (_bits(value) - 1) * abs(n) > _MAX_BITS:
        raise Refused("a number with too many digits to be kept exactly")
    return _sized(Fraction(value**n))


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _sized(value: Fraction) -> Fraction:
    if _bits(value) > _MAX_BITS:
        raise Refused("a number with too many digits to be kept exactly")
    return value


def _float(value: Fraction) -> float:
    try:
        rounded = float(value)
    except OverflowError:
        raise Refused("a coefficient becomes too large for a float") from None
    if rounded == 0:
        raise Refused("a coefficient becomes too small for a float")
    return rounded
