"""Expressions of notes, pages and programs are read; the right values are worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import notes
from optviz.errors import TextError
from optviz.objectives import Quadratic, expression, formulas, notation, read
from optviz.objectives.typed import typed

Matrix = list[list[float]]

D2L = [[0.2, 0.0], [0.0, 4.0]]
HALVES = [[1.0, 0.0], [0.0, 4.0]]
BOWL = [[2.0, 0.0], [0.0, 20.0]]

LATEX: list[tuple[str, Matrix, list[float], float]] = [
    (r"\frac{1}{2}x_1^2 + 2x_2^2", HALVES, [0, 0], 0),
    (r"\tfrac12 x_1^2+\dfrac{4}{2}x_2^2", HALVES, [0, 0], 0),
    (r"\frac12x_1^2 + \frac 42 x_2^2", HALVES, [0, 0], 0),
    (r"\frac{x_1^2}{2} + \frac{4 x_2^2}{2}", HALVES, [0, 0], 0),
    (r"\frac{x_1^2 + 4x_2^2}{2}", HALVES, [0, 0], 0),
    (r"\frac{1}{2}\left(x_1^2 + 4x_2^2\right)", HALVES, [0, 0], 0),
    (r"\frac{\frac{2}{2}}{2} x_1^2 + \frac{2}{\frac{2}{2}}x_2^2", HALVES, [0, 0], 0),
    ("0.1 x_{1}^{2} + 2 x_{2}^{2}", D2L, [0, 0], 0),
    ("0.1 {x}_{1}^{2} + 2 {x_2}^{2}", D2L, [0, 0], 0),
    ("0.1 x^2_1 + 2 x^{2}_{2}", D2L, [0, 0], 0),
    ("x^2_1/10 + 2x^2_2", D2L, [0, 0], 0),
    (r"$0.1x_1^2 + 2x_2^2$", D2L, [0, 0], 0),
    (r"$$ 0.1x_1^2 + 2x_2^2. $$", D2L, [0, 0], 0),
    (r"\(0.1x_1^2 + 2x_2^2\)", D2L, [0, 0], 0),
    (r"\[ f(x_1, x_2) = 0.1x_1^2 + 2x_2^2 \]", D2L, [0, 0], 0),
    (r"\begin{align*} f(x) &= 0.1x_1^2 \\ &+ 2x_2^2 \end{align*}", D2L, [0, 0], 0),
    (r"f(\mathbf{x}) = 0.1x_1^2 + 2x_2^2", D2L, [0, 0], 0),
    (r"f(\mathbf x) = 0.1\,x_1^2\ +\;2\!x_2^2", D2L, [0, 0], 0),
    (r"0.1 \cdot x_1^2 + 2 \times x_2^{2}", D2L, [0, 0], 0),
    (r"\ell(w_1, w_2) = 0.1w_1^2 + 2w_2^2", D2L, [0, 0], 0),
    (r"\mathcal{L}(\mathbf{w}) = 0.1w_1^2 + 2w_2^2", D2L, [0, 0], 0),
    (r"0{,}1x_1^2 + 2x_2^2", D2L, [0, 0], 0),
    (r"\min_{x \in \mathbb{R}^2} 0.1x_1^2 + 2x_2^2", D2L, [0, 0], 0),
    (r"\underset{x}{\mathrm{min}} f\left(x\right) = 0.1x_1^2 + 2x_2^2", D2L, [0, 0], 0),
    ("0.1x$^2$ + 2y$^2$", D2L, [0, 0], 0),
    (r"\bigl(x_1 - 1\bigr)^2 + 10\Big[x_2 + 2\Big]^2", BOWL, [-2, 40], 41),
]
PASTED: list[tuple[str, Matrix, list[float], float]] = [
    ("½x² + 2y²", HALVES, [0, 0], 0),
    ("¹⁄₂ x² + 2y²", HALVES, [0, 0], 0),
    ("1⁄2 x² + 2y²", HALVES, [0, 0], 0),
    ("¼x₁² + ⅓x₁² − 1⁄12x₁² + 2x₂²", HALVES, [0, 0], 0),
    ("0.1∗x₁² + 2⋅x₂²", D2L, [0, 0], 0),
    ("0.1\u00a0x₁²\u2009+\u202f2\u2062x₂²", D2L, [0, 0], 0),
    ("0.1𝑥₁² + 𝟐𝑥₂²", D2L, [0, 0], 0),
    ("０．１ｘ１＾２　＋　２ｘ２＾２", D2L, [0, 0], 0),
    ("x²÷10 + 2y²", D2L, [0, 0], 0),
    ("x² ‒ 4x", [[2.0]], [-4], 0),
    ("x²₁/10 + 2𝑥²₂", D2L, [0, 0], 0),
]
CODE: list[tuple[str, Matrix, list[float], float]] = [
    ("x[0]**2 + 10*x[1]**2", BOWL, [0, 0], 0),
    ("lambda x, y: x**2 + 10*y**2", BOWL, [0, 0], 0),
    ("f = lambda x: x[0]**2 + 10*x[1]**2", BOWL, [0, 0], 0),
    ("def f(x, y): return x**2 + 10*y**2", BOWL, [0, 0], 0),
    ("def f(x):\n    return x[0]**2 + 10*x[1]**2\n", BOWL, [0, 0], 0),
    ("def loss(params) -> float:\n    return params[0]**2 + 10*params[1]**2", BOWL, [0, 0], 0),
    ("np.square(x) + 10*np.power(y, 2)", BOWL, [0, 0], 0),
    ("pow(x, 2) + 10*torch.square(y)", BOWL, [0, 0], 0),
    ("x.^2 + 10.*y.^2;", BOWL, [0, 0], 0),
    ("x1.*x1 + 10*x2.^2", BOWL, [0, 0], 0),
    ("fun = @(x) x(1)^2 + 10*x(2)^2;", BOWL, [0, 0], 0),
    ("f = @(x, y) x.^2 + 10*y.^2;", BOWL, [0, 0], 0),
    ("function(x) x[1]^2 + 10*x[2]^2", BOWL, [0, 0], 0),
    ("min x^2 + 10y^2", BOWL, [0, 0], 0),
    ("minimize: x^2 + 10y^2.", BOWL, [0, 0], 0),
    ("f(x, y) := x^2 + 10y^2", BOWL, [0, 0], 0),
    ("z = x^2 + 10y^2", BOWL, [0, 0], 0),
]
# Found in public documentation, questions and lecture notes.
FOUND: list[tuple[str, Matrix, list[float], float]] = [
    (  # MATLAB's quadprog, whose page gives this H and f
        r"f(x) = \frac{1}{2}x_1^2 + x_2^2 - x_1 x_2 - 2x_1 - 6x_2",
        [[1, -1], [-1, 2]],
        [-2, -6],
        0,
    ),
    (  # MATLAB's fminunc
        "fun = @(x)3*x(1)^2 + 2*x(1)*x(2) + x(2)^2 - 4*x(1) + 5*x(2);",
        [[6, 2], [2, 2]],
        [-4, 5],
        0,
    ),
    (r"$f(x_1, x_2) = (x_1 - 2)^2 + 10 \cdot (x_2 - 3)^2$", BOWL, [-4, -60], 94),
    ("f(x, y) = x$^2$ + xy + 2y$^2$", [[2, 1], [1, 4]], [0, 0], 0),
    ("def f(x): return 0.5*x[0]**2 + 2.5*x[1]**2", [[1, 0], [0, 5]], [0, 0], 0),
    (r"\[ f(x) = 0.5x[0]^2 + 2.5x[1]^2 \]", [[1, 0], [0, 5]], [0, 0], 0),
    ("f(x_0, x_1) = 0.5x_0^2 + 2.5x_1^2", [[1, 0], [0, 5]], [0, 0], 0),
    ("f(x, y) = 4x^2 + 2y^2 + 2xy - 4x + 6y", [[8, 2], [2, 4]], [-4, 6], 0),
    ("f(x,y)=-8x + x^2 +12y +4y^2 -2xy", [[2, -2], [-2, 8]], [-8, 12], 0),
    (r"$$f(x, y)=2.25 x y+1.75 y-1.5 x^{2}-2 y^{2}$$", [[-3, 2.25], [2.25, -4]], [0, 1.75], 0),
    ("f = lambda x, y: (x ** 2 / 16) + (9 * y ** 2)", [[0.125, 0], [0, 18]], [0, 0], 0),
    ("4*x1^2+3*x2^2-4*x1*x2+x1", [[8, -4], [-4, 6]], [1, 0], 0),
    (r"4{x}_{1}^{2}+2{x}_{2}^{2}+4{x}_{1}{x}_{2}+2{x}_{2}+1", [[8, 4], [4, 4]], [0, 2], 1),
    ("(x(1) - 1)^2 + (x(2) - 2)^2;", [[2, 0], [0, 2]], [-2, -4], 5),
    ("f(x, y) = 2x^2 + y^2 – 2xy – 8x + 2y + 10", [[4, -2], [-2, 2]], [-8, 2], 10),
]


@pytest.mark.parametrize(("text", "Q", "c", "b"), [*LATEX, *PASTED, *CODE, *FOUND])
def test_a_notation_of_others_is_read_exactly(
    text: str, Q: Matrix, c: list[float], b: float
) -> None:
    q = expression.read(text)
    assert (q.Q.tolist(), q.c.tolist(), q.b) == (Q, c, b)
    assert q.text == text.strip()


NAMES = [
    ("f(w, b) = (w-1)^2 + 3wb + b^2", ("w", "b"), [[2, 3], [3, 2]]),
    ("f(y, x) = y^2 + 10x^2", ("y", "x"), BOWL),
    ("f(b) = b^2", ("b",), [[2]]),
    ("f(w) = w1^2 + 10w2^2", ("w1", "w2"), BOWL),
    ("w₁² + 10w₂²", ("w1", "w2"), BOWL),
    ("w[0]**2 + 10*w[1]**2", ("w1", "w2"), BOWL),
    ("θ₁² + 10θ₂²", ("θ1", "θ2"), BOWL),
    (r"J(\theta) = \theta_1^2 + 10\theta_2^2", ("θ1", "θ2"), BOWL),
    ("theta1**2 + 10*theta2**2", ("θ1", "θ2"), BOWL),
    ("f(theta0, theta1) = theta0^2 + 10 theta1^2", ("θ0", "θ1"), BOWL),
    (r"J(\theta_0, \theta_1) = \theta_0^2 + 10\theta_1^2", ("θ0", "θ1"), BOWL),
    ("f(α, β) = α² + 10β²", ("α", "β"), BOWL),
    ("f(alpha, λ) = alpha² + 10λ²", ("α", "λ"), BOWL),
    ("f(weight, bias) = weight^2 + 10bias^2", ("weight", "bias"), BOWL),
    ("lambda w, b: w**2 + 10*b**2", ("w", "b"), BOWL),
    ("f(x1, x2) = x₁² + 10x_2²", ("x1", "x2"), BOWL),
    ("f(a_1, a_12) = a₁² + 10a_12²", ("a1", "a12"), BOWL),
]


@pytest.mark.parametrize(("text", "names", "Q"), NAMES)
def test_coordinates_have_the_names_that_are_declared_in_that_order(
    text: str, names: tuple[str, ...], Q: Matrix
) -> None:
    q = expression.read(text)
    assert (q.names, q.Q.tolist()) == (names, Q)


@pytest.mark.parametrize("text", [text for text, *_ in [*LATEX, *PASTED, *CODE, *FOUND, *NAMES]])
def test_what_is_shown_reads_back(text: str) -> None:
    q = expression.read(text)
    plain = formulas.typeset(text).plain
    again = expression.read(plain)
    assert (again.key, again.names) == (q.key, q.names), plain
    assert not set("{}") & set(plain)
    assert "$" not in plain


SHOWN = [
    (
        r"$\frac{1}{2}x_1^2 + 2x_2^2$",
        "f(x) = 1/2·x₁² + 2x₂²",
        r"f(x) = \frac{1}{2}\,x_1^2 + 2\,x_2^2",
    ),
    (r"\frac{x^2+y^2}{2}", "f(x, y) = (x²+y²)/2", r"f(x, y) = \frac{x^2 + y^2}{2}"),
    (r"\left(\frac{x+1}{2}\right)^2", "f(x) = ((x+1)/2)²", r"f(x) = (\frac{x + 1}{2})^2"),
    (r"\frac{x}{2}^2", "f(x) = (x/2)²", r"f(x) = (\frac{x}{2})^2"),
    (r"\frac{x+1}{2}y", "f(x, y) = (x+1)/2·y", r"f(x, y) = \frac{x + 1}{2} \cdot y"),
    (r"x^2/\frac{2}{3}", "f(x) = x²/(2/3)", r"f(x) = x^2/(\frac{2}{3})"),
    ("½x²", "f(x) = 1/2·x²", r"f(x) = \frac{1}{2}\,x^2"),
    ("f(w, b) = 2wb", "f(w, b) = 2wb", r"f(w, b) = 2\,w b"),
    (
        "f(weight, bias) = 2 weight bias",
        "f(weight, bias) = 2weight·bias",
        r"f(\mathrm{weight}, \mathrm{bias}) = 2\,\mathrm{weight}\,\mathrm{bias}",
    ),
    (r"\theta_1^2 + \theta_{12}", "f(θ) = θ₁² + θ₁₂", r"f(\theta) = \theta_1^2 + \theta_{12}"),
    ("x[0]**2 + x[1]", "f(x) = x₁² + x₂", r"f(x) = x_1^2 + x_2"),
]


@pytest.mark.parametrize(("text", "plain", "latex"), SHOWN)
def test_it_is_shown_as_it_was_typed_without_the_signs_of_latex(
    text: str, plain: str, latex: str
) -> None:
    shown = typed(read(text))
    assert (shown.plain, shown.latex) == (plain, latex)


MISTAKES = [  # the text, what is under the carets, a part of the sentence
    (r"\frac12 \mathbf{x}^\top Q \mathbf{x}", "^", "write quadratic(Q=[[2,0],[0,4]],c=[0,0])"),
    (r"\frac12 x^{\mathsf T} A x - b^T x", "^", "form of matrices"),
    ("(1/2)x^TQx", "^T", "form of matrices"),
    ("½xᵀQx", "ᵀ", "form of matrices"),
    ("0.5 * x.T @ Q @ x", ".T", "form of matrices"),
    ("1/2*x'*A*x", "'", "form of matrices"),
    (r"\|x\|^2", r"\|", "form of matrices"),
    (r"\begin{bmatrix}1 & x\end{bmatrix} x", r"\begin{bmatrix}", "form of matrices"),
    (r"\foo x", r"\foo", "no command of LaTeX"),
    (r"\frac{x", "{", "this brace is never closed"),
    (r"\frac{x}", r"\frac", "something is wanted after"),
    ("x}", "}", "never opened"),
    (r"\frac{1}{0}x", r"\frac{1}{0}", "divided by zero"),
    (r"\left(x", "(", "never closed"),
    ("2½x", "½", "a sign is wanted"),
    ("½.5x", "½", "fraction slash"),
    ("x̲^2", "\u0332", "combining low line"),
    ("x[0]**2 + x1", "x1", "x[0] counts from 0 and is x1"),
    ("f(w, b) = w^2 + c", "c", "c is not declared"),
    ("f(x, y) = 2x2 + y2", "x2", "x² is written x^2"),
    ("2x2 + y2", "y2", "x² is written x^2"),
    ("f(w) = w[0]^2 + w1", "w1", "counts from 0"),
    ("f(w, w) = w", "w", "declared twice"),
    ("x_0^2 + x_1^2", "x_0", "write f(x0, x1) = in front"),
    ("x1[0]", "[", "means nothing here"),
    ("x[1000]", "x[1000]", "more than 1000"),
    ("α² + β²", "α", "f(…) = in front"),
    ("pow(x)", "pow(x)", "pow has two arguments"),
    (r"\sin + x_2^2", r"\sin", "'(' is wanted after sin"),
    ("square x", "square", "'(' is wanted after square"),
    ("x + $y", "$", "dollar sign"),
]


@pytest.mark.parametrize(("text", "under", "said"), MISTAKES)
def test_a_mistake_is_pointed_at_in_what_was_typed(text: str, under: str, said: str) -> None:
    with pytest.raises(TextError) as caught:
        expression.read(text)
    error = caught.value
    assert said in error.message
    assert error.text == text
    assert text[error.at : error.at + error.length] == under


NOTES = [
    ("x21 + x22", "coordinates x1 … x20 do not occur; x₁² is written x1^2"),
    ("x12 + x22", "coordinates x1 … x11, x13 … x21 do not occur; x₁² is written x1^2"),
    ("x1^2 + x3^2", "coordinate x2 does not occur"),
    ("x^2 + z^2", "coordinate y does not occur"),
    ("w1 + w3^2 + w6", "coordinates w2, w4, w5 do not occur"),
    ("x[1]^2 + x[2]^2", "coordinate x1 does not occur; x[0] is the first, x1"),
]


@pytest.mark.parametrize(("text", "note"), NOTES)
def test_coordinates_that_occur_nowhere_are_noted(text: str, note: str) -> None:
    with notes.collected() as noted:
        expression.read(text)
    assert list(noted) == [note]


@pytest.mark.parametrize("text", ["x1^2 + x2", "f(x1, x2, x3) = x1 + x3", "0x2 + x1", "x - x + y"])
def test_coordinates_that_occur_or_are_declared_are_not_noted(text: str) -> None:
    with notes.collected() as noted:
        expression.read(text)
    assert not noted


COEFFICIENTS = st.tuples(*[st.integers(-9, 9)] * 5).filter(lambda five: any(five[:3]))


def written(five: tuple[int, ...], terms: list[str]) -> str:
    """A sum of terms with these coefficients, of which the first names both coordinates."""
    return " + ".join(f"({a}){term}" for a, term in zip(five, terms, strict=True))


WAYS = {
    "plain": ["x1^2", "x1 x2", "x2^2", "x1", "x2"],
    "LaTeX": [r"\frac{2x_1^2}{2}", r"\cdot x_{1}x_{2}", r"{x}_2^{2}", r"\,x_1", r"\times x_{2}"],
    "Python": ["*x[0]**2", "*x[0]*x[1]", "*np.square(x[1])", "*x[0]", "*x[1]"],
    "MATLAB": [".*x(1).^2", "*x(1)*x(2)", "*x(2)^2", "*x(1)", "*x(2)"],
    "a PDF": ["𝑥₁²", "⋅𝑥₁𝑥₂", "\u00a0𝑥₂²", "∗𝑥₁", "\u2062𝑥₂"],
}


@pytest.mark.parametrize("way", WAYS)
@given(five=COEFFICIENTS)
def test_a_quadratic_is_the_same_however_it_is_written(way: str, five: tuple[int, ...]) -> None:
    plain, other = (expression.read(written(five, WAYS[name])) for name in ("plain", way))
    assert isinstance(other, Quadratic)
    assert other == plain
    assert plain.Q.tolist() == [[2 * five[0], five[1]], [five[1], 2 * five[2]]]
    assert plain.c.tolist() == list(five[3:])


PARTS = [
    *("\\frac", "\\frac12", "{", "}", "^", "_", "{1}", "\\left(", "\\right)", "\\theta", "$"),
    *("x", "x_1", "1", "½", "⁄", "\\cdot", "\\,", "\\mathbf", "\\top", "\\begin{align}", "θ"),
    *("[0]", "(1)", "lambda ", ":", "pow(", ",", "f(w,b)=", "w", ".", ";", " ", "+", "²", "𝑥"),
]


@given(st.lists(st.sampled_from(PARTS), max_size=20).map("".join))
def test_any_mixture_is_read_or_pointed_at(text: str) -> None:
    try:
        plain = notation.plain(text)
        assert len(plain.places) == len(plain.text) + 1
        expression.read(text)
    except TextError as error:
        assert error.text == text
        assert 0 <= error.at <= len(text)
        assert error.length == 1 or error.at + error.length <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 5000,
        r"\frac" * 5000,
        r"\frac{1}{" * 3000,
        r"\mathbf" * 3000,
        "x_{" * 3000,
        "x^{" * 3000,
    ],
    ids=lambda text: text[:8],
)
def test_what_is_nested_too_deep_is_refused(text: str) -> None:
    with pytest.raises(TextError):
        expression.read(text)
