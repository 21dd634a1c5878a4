"""Generated expressions have the derivatives that mpmath finds by differences with 120 digits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import mpmath
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from optviz import objectives
from optviz.arrays import Array

DIM = 2
EPS = float(np.finfo(float).eps)
CONTEXT = mpmath.MPContext()
CONTEXT.dps = 120
H = CONTEXT.mpf(10) ** -30  # so that the error of a Hessian is about 1e-60
FLOOR = 1e-40

Number = Any  # of mpmath
Point = list[Number]


class Outside(Exception):
    """A point where an expression has no derivatives, or is near to that."""


class Size(NamedTuple):
    """What rounding makes of a value, a gradient and a Hessian: ε times about this."""

    value: float
    grad: Array
    hessian: Array


@dataclass
class Piece:
    """A part of an expression; `binding` is 1 for a sum, 2 for a product, 3, a power, or a word."""

    text: str
    binding: int
    value: Callable[[Point], Number]
    size: Callable[[Point], Size]

    def inside(self, binding: int) -> str:
        return self.text if self.binding >= binding else f"({self.text})"


def constant(n: Any) -> Piece:
    exact, flat = CONTEXT.mpf(str(n)), (np.zeros(DIM), np.zeros((DIM, DIM)))
    return Piece(str(n), 4, lambda _: exact, lambda _: Size(abs(float(exact)), *flat))


def coordinate(i: int) -> Piece:
    slope, flat = np.eye(DIM)[i], np.zeros((DIM, DIM))
    return Piece(f"x{i + 1}", 4, lambda x: x[i], lambda x: Size(abs(float(x[i])), slope, flat))


def summed(sign: str, a: Piece, b: Piece) -> Piece:
    def size(x: Point) -> Size:
        return Size(*(u + v for u, v in zip(a.size(x), b.size(x), strict=True)))

    text = f"{a.inside(1)} {sign} {b.inside(2)}"
    return Piece(text, 1, lambda x: a.value(x) + (b.value(x) if sign == "+" else -b.value(x)), size)


def product(a: Piece, b: Piece) -> Piece:
    def size(x: Point) -> Size:
        u, v = a.size(x), b.size(x)
        mixed = np.multiply.outer(u.grad, v.grad)
        hessian = u.value * v.hessian + mixed + mixed.T + v.value * u.hessian
        return Size(u.value * v.value, u.value * v.grad + v.value * u.grad, hessian)

    text = f"{a.inside(2)}*{b.inside(3)}"
    return Piece(text, 2, lambda x: a.value(x) * b.value(x), size)


def applied(f: Callable[[Number], Number], text: str, binding: int, a: Piece) -> Piece:
    """f(a), whose sizes also have what the rounding of a makes of f and its derivatives."""

    def size(x: Point) -> Size:
        value, u = real(a.value(x)), a.size(x)
        terms = CONTEXT.taylor(f, value, 3)
        f0, f1, f2, f3 = (
            abs(float(real(term))) * n for term, n in zip(terms, (1, 1, 2, 6), strict=True)
        )
        slope, bend = f1 + f2 * u.value, f2 + f3 * u.value
        hessian = bend * np.multiply.outer(u.grad, u.grad) + slope * u.hessian
        return Size(f0 + f1 * u.value, slope * u.grad, hessian)

    return Piece(text, binding, lambda x: real(f(real(a.value(x)))), size)


def real(value: Number) -> Number:
    if isinstance(value, CONTEXT.mpc) or not CONTEXT.isfinite(value) or abs(value) > 1e30:
        raise Outside
    return value


def called(name: str, a: Piece) -> Piece:
    return applied(getattr(CONTEXT, name), f"{name}({a.text})", 4, a)


def quotient(a: Piece, b: Piece) -> Piece:
    found = product(a, applied(lambda v: 1 / v, "", 4, b))
    return Piece(f"{a.inside(2)}/{b.inside(3)}", 2, found.value, found.size)


def squared(a: Piece, n: int) -> Piece:
    """A whole power, as the product that it is."""
    found = a
    for _ in range(n - 1):
        found = product(found, a)
    return Piece(f"{a.inside(4)}^{n}", 3, found.value, found.size)


def power(a: Piece, exponent: Piece) -> Piece:
    found = called("exp", product(exponent, called("log", a)))
    return Piece(f"{a.inside(4)}^{exponent.inside(4)}", 3, found.value, found.size)


def negative(a: Piece) -> Piece:
    return Piece(f"-{a.inside(3)}", 1, lambda x: -a.value(x), a.size)


def larger(name: str, a: Piece, b: Piece) -> Piece:
    def chosen(x: Point) -> Piece:
        gap = real(a.value(x)) - real(b.value(x))
        if abs(gap) < 1e-6:
            raise Outside
        return a if (gap > 0) == (name == "max") else b

    text = f"{name}({a.text}, {b.text})"
    return Piece(text, 4, lambda x: chosen(x).value(x), lambda x: chosen(x).size(x))


def absolute(a: Piece) -> Piece:
    found = larger("max", a, negative(a))
    return Piece(f"abs({a.text})", 4, found.value, found.size)


TRIGONOMETRIC = ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")
ATOMS = st.one_of(
    st.decimals("0.01", "9", places=2).map(constant), st.integers(0, DIM - 1).map(coordinate)
)


def grown(pieces: st.SearchStrategy[Piece]) -> st.SearchStrategy[Piece]:
    return st.one_of(
        st.builds(called, st.sampled_from(("exp", "log", "sqrt", *TRIGONOMETRIC)), pieces),
        st.builds(summed, st.sampled_from("+-"), pieces, pieces),
        st.builds(product, pieces, pieces),
        st.builds(quotient, pieces, pieces),
        st.builds(squared, pieces, st.integers(2, 5)),
        st.builds(power, pieces, pieces),
        st.builds(larger, st.sampled_from(["min", "max"]), pieces, pieces),
        pieces.map(negative),
        pieces.map(absolute),
    )


def differences(f: Callable[[Point], Number], x: Point) -> tuple[float, Array, Array]:
    """Value, gradient and Hessian by central differences."""

    def at(*moves: tuple[int, int]) -> Number:
        moved = list(x)
        for i, sign in moves:
            moved[i] += sign * H
        return f(moved)

    axes = range(DIM)
    grad = [(at((i, 1)) - at((i, -1))) / (2 * H) for i in axes]
    signs = [(a, b) for a in (1, -1) for b in (1, -1)]
    hessian = [
        [sum(a * b * at((i, a), (j, b)) for a, b in signs) / (4 * H * H) for j in axes]
        for i in axes
    ]
    return float(f(x)), np.array(grad, dtype=float), np.array(hessian, dtype=float)


@given(
    st.recursive(ATOMS, grown, max_leaves=8),
    st.lists(st.integers(-3000, 3000), min_size=DIM, max_size=DIM),
)
@settings(max_examples=200)
def test_an_expression_has_the_derivatives_that_mpmath_finds(
    piece: Piece, thousandths: list[int]
) -> None:
    assume("x1" in piece.text or "x2" in piece.text)
    x = [n / 1000 for n in thousandths]
    at = [CONTEXT.mpf(number) for number in x]
    try:
        wanted, size = differences(piece.value, at), piece.size(at)
    except (Outside, ZeroDivisionError, OverflowError):
        assume(False)
    assume(max(float(np.max(part)) for part in size) < 1e30)
    f = objectives.read(f"f(x1, x2) = {piece.text}")
    value, grad = f.value_and_grad(np.array(x))
    found = (value, grad, f.hessian(np.array(x)))
    for ours, theirs, about in zip(found, wanted, size, strict=True):
        assert np.all(abs(ours - theirs) <= 200 * EPS * about + FLOOR)
