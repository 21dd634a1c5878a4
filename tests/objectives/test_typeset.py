"""Formulas are written from Q, c, b; they are true, short, and read back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.objectives import PRESETS, Quadratic, read

WRITTEN = [
    ("d2l", "f(x) = 0.1x₁² + 2x₂²", r"f(x) = 0.1\,x_1^2 + 2\,x_2^2"),
    ("d2l-rotated", "f(x) = 2.1x₁² − 3.8x₁x₂ + 2.1x₂²", None),
    ("d2l-1d", "f(x) = x²", "f(x) = x^2"),
    ("scratch", "f(x, y) = 0.05x² + y²", r"f(x, y) = 0.05\,x^2 + y^2"),
    ("-x1^2 - x1x2", "f(x) = −x₁² − x₁x₂", "f(x) = -x_1^2 - x_1 x_2"),
    ("(x-1)(y+2)", "f(x, y) = xy + 2x − y − 2", r"f(x, y) = x y + 2\,x - y - 2"),
    ("f(x1,x2) = x1", "f(x₁, x₂) = x₁", "f(x_1, x_2) = x_1"),
    ("x1/3", "f(x) ≈ 0.3333x₁", r"f(x) \approx 0.3333\,x_1"),
    ("2e-5x1^2 + 1e-7x1", "f(x) = 2×10⁻⁵x₁² + 10⁻⁷x₁", None),
    ("1.5e-4 x", "f(x) = 1.5×10⁻⁴x", r"f(x) = 1.5\times 10^{-4}\,x"),
    ("123456x", "f(x) = 123456x", r"f(x) = 123456\,x"),
    ("1234567x", "f(x) ≈ 1.235×10⁶x", r"f(x) \approx 1.235\times 10^{6}\,x"),
    ("0x2 + 3", "f(x) = 0x₂² + 3", r"f(x) = 0\,x_2^2 + 3"),
    ("quadratic(kappa=100,dim=5)", "f(x) = ½xᵀQx, 5-D, κ = 100", None),
    (
        "x1^2 + 2x2^2 + 4x3^2 + 4x4^2 + 8x5^2 - x2 - 7",
        "f(x) = ½xᵀQx + cᵀx − 7, 5-D, κ = 8",
        r"f(x) = \frac{1}{2}\,x^\top Q\,x + c^\top x - 7,\ \dim x = 5,\ \kappa = 8",
    ),
    ("x10^2", "f(x) = ½xᵀQx, 10-D, κ = ∞", None),
    ("x5", "f(x) = cᵀx, 5-D", r"f(x) = c^\top x,\ \dim x = 5"),
    ("0x5", "f(x) = 0, 5-D", None),
    ("(x1+x2+x3+x4+1)^2", "f(x) = ½xᵀQx + cᵀx + 1, 4-D, κ = ∞", None),
]


@pytest.mark.parametrize(("text", "unicode", "tex"), WRITTEN)
def test_a_formula_is_written_as_people_write_it(text: str, unicode: str, tex: str | None) -> None:
    assert read(text).formula("plain") == unicode
    assert tex is None or read(text).formula("latex") == tex


def test_what_was_typed_does_not_matter() -> None:
    assert (
        Quadratic(np.eye(2), np.zeros(2), text="a lie").formula("plain") == "f(x) = 0.5x₁² + 0.5x₂²"
    )


def test_other_letters_are_kept_and_whole_words_are_counted() -> None:
    q = Quadratic(np.diag([2.0, 2.0]), np.zeros(2), names=("w1", "w2"))
    assert q.formula("plain") == "f(w) = w₁² + w₂²"
    q = Quadratic(np.diag([2.0, 2.0]), np.zeros(2), names=("age", "height"))
    assert q.formula("plain") == "f(x) = x₁² + x₂²"


@pytest.mark.parametrize("text", [*PRESETS, *(text for text, _, _ in WRITTEN), "x^2+y^2+z^2-xyz^0"])
def test_mathtext_reads_every_formula(text: str) -> None:
    mathtext = pytest.importorskip("matplotlib.mathtext")
    mathtext.MathTextParser("agg").parse(f"${read(text).formula('latex')}$")


SHORT = st.builds(
    lambda digits, power: float(f"{digits}e{power}"), st.integers(-9999, 9999), st.integers(-9, 9)
)


@st.composite
def objectives(draw: st.DrawFn) -> Quadratic:
    dim = draw(st.integers(1, 4))
    lettered = draw(st.booleans()) and dim < 4
    Q, c = np.zeros((dim, dim)), np.zeros(dim)
    for i in range(dim):
        Q[i, i] = 2 * draw(SHORT)
        for j in range(i):
            Q[i, j] = Q[j, i] = draw(SHORT | st.just(0.0))
        c[i] = draw(SHORT | st.just(0.0))
    names = tuple("xyz"[:dim]) if lettered else ()
    return Quadratic(Q, c, draw(SHORT | st.just(0.0)), names=names)


@given(objectives())
def test_a_formula_with_short_numbers_reads_back(q: Quadratic) -> None:
    if "½" in q.formula("plain") or "ᵀ" in q.formula("plain"):
        return  # too long to be spelled out
    again = read(q.formula("plain"))
    assert "≈" not in q.formula("plain")
    assert again.Q.tolist() == q.Q.tolist()
    assert again.c.tolist() == q.c.tolist()
    assert again.b == q.b
    assert again.names == q.names


@given(st.lists(st.floats(-1e300, 1e300), min_size=3, max_size=3))
def test_any_formula_is_written(numbers: list[float]) -> None:
    q = Quadratic(np.diag(numbers[:2]), np.array([0, numbers[2]]))
    assert q.formula("plain").startswith("f(x")
    assert q.formula("latex").startswith("f(x")
