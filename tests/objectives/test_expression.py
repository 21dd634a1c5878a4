"""Expressions are read exactly, and what is no quadratic is pointed at."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optviz.errors import OptvizError, TextError
from optviz.objectives import expression, read

D2L = [[0.2, 0.0], [0.0, 4.0]]
TURNED = [[4.2, -3.8], [-3.8, 4.2]]

SPELLINGS = [
    ("0.1*x1^2 + 2*x2^2", D2L, [0, 0], 0),
    ("0.1x1² + 2x2²", D2L, [0, 0], 0),
    (".1x1**2+2.x2**2", D2L, [0, 0], 0),
    ("1e-1 x₁² + 0.2E1 x₂²", D2L, [0, 0], 0),
    ("0.1 · x_1^2 + 2 × x_2^2", D2L, [0, 0], 0),
    ("0.1x²+2y²", D2L, [0, 0], 0),
    ("f(x) = 0.1x1^2 + 2x2^2", D2L, [0, 0], 0),
    ("f(x1, x2) = 0.1x1^2 + 2x2^2", D2L, [0, 0], 0),
    ("f(x,y)=0.1x^2+2y^2", D2L, [0, 0], 0),
    ("z = 0.1x^2+2y^2", D2L, [0, 0], 0),
    ("\n 0.1 * x1 ^ 2\n\t+ 2 * x2 ** 2 ", D2L, [0, 0], 0),
    ("0.1(x1+x2)^2 + 2(x1-x2)^2", TURNED, [0, 0], 0),
    ("x1**2/2 - x1*x2", [[1, -1], [-1, 0]], [0, 0], 0),
    ("(x1-1)*(x2+2)", [[0, 1], [1, 0]], [2, -1], -2),
    ("2xy", [[0, 2], [2, 0]], [0, 0], 0),
    ("x1x2", [[0, 1], [1, 0]], [0, 0], 0),
    ("x₁x₂", [[0, 1], [1, 0]], [0, 0], 0),
    ("x^2/20 + y²", [[0.1, 0], [0, 2]], [0, 0], 0),
    ("1/2x^2", [[1]], [0], 0),
    ("-x^2", [[-2]], [0], 0),
    ("(-x)^2", [[2]], [0], 0),
    ("−x² – −x", [[-2]], [1], 0),
    ("--+-x", [[0]], [-1], 0),
    ("2*-x", [[0]], [-2], 0),
    ("x^2^1", [[2]], [0], 0),
    ("2^3^2 x", [[0]], [512], 0),
    ("10⁻³x + 10^-3", [[0]], [0.001], 0.001),
    ("x^0 + x", [[0]], [1], 1),
    ("x^(4/2) + x^2.0", [[4]], [0], 0),
    ("(x+1)(x-1)", [[2]], [0], -1),
    ("(x - x + 1) x^2", [[2]], [0], 0),
    ("3(2(x))", [[0]], [6], 0),
    ("x1^2 + x3^2", [[2, 0, 0], [0, 0, 0], [0, 0, 2]], [0, 0, 0], 0),
    ("f(x1,x2) = x1", [[0, 0], [0, 0]], [1, 0], 0),
    ("0x2 + x1 + 3", [[0, 0], [0, 0]], [1, 0], 3),
    ("1e200*1e200*x/1e300", [[0]], [1e100], 0),
    ("x/3 + x/3 + x/3", [[0]], [1], 0),
    ("0.1x + 0.2x", [[0]], [0.3], 0),
]


@pytest.mark.parametrize(("text", "Q", "c", "b"), SPELLINGS)
def test_an_expression_is_read_to_the_last_bit(
    text: str, Q: list[list[float]], c: list[float], b: float
) -> None:
    q = expression.read(text)
    assert q.Q.tolist() == Q
    assert q.c.tolist() == c
    assert q.b == b


def test_the_coordinates_keep_their_names() -> None:
    assert expression.read("x^2 + y").names == ("x", "y")
    assert expression.read("x1^2 + x2").names == ("x1", "x2")
    assert expression.read("f(x) = x₂").names == ("x1", "x2")


def test_the_text_is_kept_as_typed() -> None:
    assert expression.read("  0.1x1² ").text == "0.1x1²"


def test_a_thousand_coordinates_are_read() -> None:
    text = "+".join(f"{i}x{i}^2" for i in range(1, 1001))
    assert np.array_equal(np.diag(expression.read(text).Q), 2.0 * np.arange(1, 1001))


MISTAKES = [  # the text, what is under the carets, a part of the sentence
    ("x/(2-2)", "(2-2)", "divided by zero"),
    ("0^-1 x", "-1", "divided by zero"),
    ("q^2 + x", "q", "no coordinate"),
    ("x + sin", "sin", "'(' is wanted after sin"),
    ("sin(x, y)", "sin(x, y)", "sin has one, sin(x); 2 here"),
    ("max(x)", "max(x)", "two arguments or more"),
    ("Sin(x)", "Sin", "written small: sin"),
    ("PI x", "PI", "written small: pi"),
    ("norm(x)", "norm", "write x1^2 + x2^2"),
    ("sin^-1(x)", "^-1", "write 1/sin(x), or asin(x)"),
    ("x log(-1)", "log(-1)", "log has no value at -1"),
    ("x + (-8)^(1/3)", "(1/3)", "pow has no value at -8, 0.333333"),
    ("x exp(1e9)", "exp(1e9)", "beyond floating point"),
    ("|x + 1", "|", "this bar is never closed"),
    ("x^2 |", "|", "something is wanted"),
    ("pow(x)", "pow(x)", "pow has two arguments"),
    ("x^4/(2-2)", "(2-2)", "divided by zero"),
    ("nan*x", "nan", "not a number"),
    ("Inf*x", "Inf", "not finite"),
    ("X1^2", "X1", "x1"),
    ("0,1x1^2", ",", "a decimal comma; write 0.1"),
    ("3 + 0,25x", ",", "a decimal comma; write 0.25"),
    ("x, y", ",", "means nothing here"),
    ("١x", "١", "arabic-indic digit one; write 1"),
    ("x1 + y", "y", "mixed"),
    ("x + x2", "x2", "mixed"),
    ("x0^2", "x0", "count from 1"),
    ("x₀", "x₀", "count from 1"),
    ("x999999999", "x999999999", "more than 1000"),
    ("x1001", "x1001", "more than 1000"),
    ("(x + (y - 1)", "(", "never closed"),
    ("(", "(", "never closed"),
    ("()", "()", "nothing between"),
    ("x)", ")", "never opened"),
    (")", ")", "never opened"),
    ("x +", "+", "wanted after '+'"),
    ("(x + ) y", "+", "wanted after '+'"),
    ("x + * y", "*", "wanted before '*'"),
    ("^2", "^", "wanted before '^'"),
    ("²", "²", "wanted before '²'"),
    ("x^2 = 4", "=", "only f(x) = may stand before"),
    ("2 = x", "=", "only f(x) = may stand before"),
    ("x = x^2", "x", "also stands before '='"),
    ("f(x, y) = z", "z", "not declared"),
    ("f(x1, x1) = x1", "x1", "declared twice"),
    ("f(x1, 3) = x1", "3", "a coordinate is wanted"),
    ("f(x1 x2) = x1", "x2", "',' is wanted"),
    ("f(x) =", "=", "wanted after '='"),
    ("3", "3", "constant"),
    ("f(x) = 2*3 ", "2*3", "constant"),
    ("x 2", "2", "a sign is wanted"),
    ("2 3 x", "3", "a sign is wanted"),
    ("x₁2", "2", "a sign is wanted"),
    ("2₁", "₁", "right after an x"),
    ("x··2", "··", "two product signs"),
    ("x⁻", "⁻", "raised whole number"),
    ("x @ y", "@", "a form of matrices"),
    ("x'x", "'", "a form of matrices; write quadratic(Q="),
    ("1e999999999x", "1e999999999", "too large for a float"),
    ("1e-999999999x", "1e-999999999", "too small for a float"),
    ("9^9^9^9 x", "9^9", "too many digits"),
    ("1e200*1e200*x", "1e200*1e200*x", "too large for a float"),
    ("1e-200*1e-200*x", "1e-200*1e-200*x", "too small for a float"),
    ("", "", "nothing is written"),
    (" \n", " ", "nothing is written"),
]


@pytest.mark.parametrize(("text", "under", "said"), MISTAKES)
def test_a_mistake_is_named_and_pointed_at(text: str, under: str, said: str) -> None:
    with pytest.raises(TextError) as caught:
        expression.read(text)
    error = caught.value
    assert error.what == "objective"
    assert error.text == text
    assert said in error.message
    assert text[error.at : error.at + error.length] == under
    assert len(str(error).splitlines()) == 3 or not text.isprintable()


def test_the_carets_stand_under_the_mistake() -> None:
    with pytest.raises(TextError) as caught:
        expression.read("x1^2 + Sin(x2)")
    assert str(caught.value).splitlines()[1:] == ["  x1^2 + Sin(x2)", "         ^^^"]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1000 + "x" + ")" * 1000,
        "-" * 5000 + "x",
        "x" + "^1" * 5000,
        "2^" * 5000 + "x",
        "x + " + "9" * 5000,
        "0." + "0" * 5000 + "1x",
        "1e" + "9" * 900 + "x",
        "x" + "9" * 5000,
        "x" + "²" * 5000,
        "1e300" + "*1e300" * 10000 + "*x",
        "1.5^999999999 x",
        "(1/3)^-9999999 x",
        "(" + "+".join(f"x{i}" for i in range(1, 1001)) + ")^2" + "*1" * 1000,
        "x + " * 30000,
    ],
    ids=lambda text: text[:12],
)
def test_what_would_fill_the_memory_or_the_stack_is_refused(text: str) -> None:
    with pytest.raises(TextError):
        expression.read(text)


def test_harmless_giants_are_read() -> None:
    assert expression.read("1^999999999 x").c.tolist() == [1]
    assert expression.read("(-1)^1000000001 x").c.tolist() == [-1]
    assert expression.read("0e999999999 + x").b == 0
    assert expression.read("(" * 90 + "x" + ")" * 90).c.tolist() == [1]


# Random polynomials; each piece carries its text, and how plain floats evaluate it at a point.

Value = Callable[[list[float]], float]


@dataclass
class Piece:
    text: str
    degree: int
    tightness: int  # as a sum 1, a product 2, a power 3, a single word 4
    value: Value
    size: Value  # with every part taken positive: what rounding is measured by

    def inside(self, tightness: int) -> str:
        return self.text if self.tightness >= tightness else f"({self.text})"


def number(n: Decimal) -> Piece:
    return Piece(str(n), 0, 4, lambda x: float(n), lambda x: float(n))


def coordinate(i: int) -> Piece:
    return Piece(f"x{i + 1}", 1, 4, lambda x: x[i], lambda x: abs(x[i]))


def added(a: Piece, b: Piece) -> Piece:
    text, degree = f"{a.inside(1)} + {b.inside(2)}", max(a.degree, b.degree)
    return Piece(
        text, degree, 1, lambda x: a.value(x) + b.value(x), lambda x: a.size(x) + b.size(x)
    )


def taken_away(a: Piece, b: Piece) -> Piece:
    text, degree = f"{a.inside(1)} - {b.inside(2)}", max(a.degree, b.degree)
    return Piece(
        text, degree, 1, lambda x: a.value(x) - b.value(x), lambda x: a.size(x) + b.size(x)
    )


def times(a: Piece, b: Piece) -> Piece:
    if a.degree + b.degree > 2:
        return added(a, b)
    text, degree = f"{a.inside(2)}*{b.inside(3)}", a.degree + b.degree
    return Piece(
        text, degree, 2, lambda x: a.value(x) * b.value(x), lambda x: a.size(x) * b.size(x)
    )


def squared(a: Piece) -> Piece:
    if a.degree > 1:
        return a
    text, degree = f"{a.inside(4)}²", 2 * a.degree
    return Piece(text, degree, 3, lambda x: a.value(x) ** 2, lambda x: a.size(x) ** 2)


def negative(a: Piece) -> Piece:
    return Piece(f"-{a.inside(3)}", a.degree, 1, lambda x: -a.value(x), a.size)


def larger(pieces: st.SearchStrategy[Piece]) -> st.SearchStrategy[Piece]:
    return st.one_of(
        st.builds(added, pieces, pieces),
        st.builds(taken_away, pieces, pieces),
        st.builds(times, pieces, pieces),
        pieces.map(squared),
        pieces.map(negative),
    )


ATOMS = st.one_of(
    st.decimals("0.01", "99", places=2).map(number), st.integers(0, 2).map(coordinate)
)
POINTS = st.lists(st.floats(-2, 2), min_size=3, max_size=3)


@given(st.recursive(ATOMS, larger, max_leaves=12), POINTS)
def test_a_polynomial_has_the_values_that_float_arithmetic_gives(
    piece: Piece, x: list[float]
) -> None:
    q = expression.read(f"f(x1,x2,x3) = {piece.text} + 0x1")
    assert abs(float(q.value(np.array(x))) - piece.value(x)) <= 1e-11 * (1 + piece.size(x))


SIGNS = [
    *(
        "x1",
        "x2",
        "x",
        "xy",
        "xyz",
        "f(x)=",
        "q",
        "sin",
        "nan",
        "quadratic(",
        "Q=",
        "eig=",
        "kappa=",
    ),
    *("0.5", "1e3", "2", "9e9", "²", "₁", "⁻", "d2l", ".csv", " "),
    *"()[]^*/+-=,_·.@:",
]


@given(st.lists(st.sampled_from(SIGNS), max_size=25).map("".join))
@example("x1" * 40)
@settings(max_examples=500)
def test_any_mixture_of_words_is_read_or_pointed_at(text: str) -> None:
    _is_read_or_pointed_at(text)


@given(st.text(max_size=60))
@settings(max_examples=500)
def test_any_text_at_all_is_read_or_pointed_at(text: str) -> None:
    _is_read_or_pointed_at(text)


def _is_read_or_pointed_at(text: str) -> None:
    try:
        f = read(text)
    except TextError as error:
        assert str(error)
        assert error.text == text
        assert 0 <= error.at <= len(text)
        assert error.length == 1 or error.at + error.length <= len(text)
    except OptvizError as error:
        assert str(error)
    else:
        assert f.quadratic is None or np.isfinite(f.quadratic.Q).all()
        assert f.value_and_grad(np.zeros((1, f.dim)))[1].shape == (1, f.dim)
