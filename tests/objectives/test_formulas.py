"""An expression is typeset as it was typed, and means the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.errors import OptvizError
from optviz.objectives import PRESETS, formulas, read

TYPED = [
    ("0.1*x1^2 + 2*x2^2", "f(x) = 0.1x₁² + 2x₂²", r"f(x) = 0.1\,x_1^2 + 2\,x_2^2"),
    ("x**2/20+y**2", "f(x, y) = x²/20 + y²", "f(x, y) = x^2/20 + y^2"),
    (
        "0.1(x1+x2)^2 + 2(x1-x2)^2",
        "f(x) = 0.1(x₁+x₂)² + 2(x₁−x₂)²",
        r"f(x) = 0.1\,(x_1 + x_2)^2 + 2\,(x_1 - x_2)^2",
    ),
    ("(x1-1000)^2 + x12^2", "f(x) = (x₁−1000)² + x₁₂²", "f(x) = (x_1 - 1000)^2 + x_{12}^2"),
    ("1e6 x² + 2.5e-7x", "f(x) = 10⁶x² + 2.5×10⁻⁷x", None),
    ("1/2*x^2", "f(x) = 1/2·x²", r"f(x) = \frac{1}{2}\,x^2"),
    ("x/2*x", "f(x) = x/2·x", r"f(x) = x/2 \cdot x"),  # not x/(2x)
    ("((x))^2 + 2*3*x", "f(x) = x² + 2·3x", r"f(x) = x^2 + 2 \cdot 3\,x"),
    ("x*-y", "f(x, y) = x(−y)", "f(x, y) = x (-y)"),
    ("f(x1, x2) = .5x1", "f(x₁, x₂) = 0.5x₁", r"f(x_1, x_2) = 0.5\,x_1"),
    ("(1e3)^2x", "f(x) = (10³)²x", "f(x) = (10^{3})^2 x"),
]


@pytest.mark.parametrize(("text", "plain", "latex"), TYPED)
def test_brackets_quotients_and_powers_stay_as_they_were_typed(
    text: str, plain: str, latex: str | None
) -> None:
    piece = formulas.typeset(text)
    assert piece.plain == plain
    assert latex is None or piece.latex == latex


@pytest.mark.parametrize("text", [*(p.text for p in PRESETS.values()), *(t for t, _, _ in TYPED)])
def test_mathtext_reads_every_formula(text: str) -> None:
    mathtext = pytest.importorskip("matplotlib.mathtext")
    mathtext.MathTextParser("agg").parse(f"${formulas.typeset(text).latex}$")


NUMBERS = st.sampled_from(["2", "0.5", ".25", "3.", "1e3", "2.5e-4", "10"])
ATOMS = NUMBERS | st.sampled_from(["x1", "x_2", "x3", "x₁", "x2²", "x1^2", "-x2", "(-3)"])
SIGNS = st.sampled_from(["+", " - ", "*", "/", "", "·", "^"])
TEXTS = st.recursive(
    ATOMS,
    lambda inner: st.builds(
        lambda *parts: "".join(parts), inner, SIGNS, inner | inner.map(lambda text: f"({text})")
    ),
    max_leaves=8,
)


@given(TEXTS)
def test_what_is_typeset_reads_back_to_the_same_function(text: str) -> None:
    try:
        q = read(text)
    except OptvizError:
        return  # not a quadratic
    again = read(formulas.typeset(text).plain)
    assert (again.key, again.names) == (q.key, q.names)
