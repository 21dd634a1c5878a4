"""A matrix alone is Q of ½xᵀQx, in the brackets of Python, MATLAB, LaTeX and others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import notes
from optviz.errors import OptvizError, TextError
from optviz.objectives import bare_matrix, matrix, read
from optviz.objectives.typed import typed

Matrix = list[list[float]]

Q = [[4.0, 1.0], [1.0, 3.0]]

FORMS: list[tuple[str, Matrix]] = [
    ("[[4,1],[1,3]]", Q),
    (" [[4., 1.],\n  [1., 3.]] ", Q),
    ("[[4. 1.]\n [1. 3.]]", Q),
    ("((4, 1), (1, 3))", Q),
    ("{{4, 1}, {1, 3}}", Q),
    ("[4 1; 1 3]", Q),
    ("[4, 1; 1, 3];", Q),
    ("[4 1\n 1 3]", Q),
    ("4 1; 1 3", Q),
    ("4, 1\n1, 3\n", Q),
    ("Q = [[4,1],[1,3]]", Q),
    ("np.array([[4, 1], [1, 3]], dtype=float)", Q),
    ("array([[4., 1.],\n       [1., 3.]])", Q),
    ("torch.tensor([[4., 1.], [1., 3.]])", Q),
    ("[[8/2, 1],[1, 6/2]]", Q),
    ("[2−−2, 1; 1, 3]".replace("2−−2", "4"), Q),
    ("[[−4, 1], [1, ½]]", [[-4, 1], [1, 0.5]]),
    ("[1 -1; -1 2]", [[1, -1], [-1, 2]]),
    ("[1e0 -1E0; -1 +2]", [[1, -1], [-1, 2]]),
    ("[4]", [[4]]),
    ("diag([1, 10])", [[1, 0], [0, 10]]),
    ("np.diag([1, 10])", [[1, 0], [0, 10]]),
    (r"\begin{bmatrix} 4 & 1 \\ 1 & 3 \end{bmatrix}", Q),
    (r"$\begin{pmatrix} \frac{1}{2} & 0 \\ 0 & 2 \\ \end{pmatrix}$", [[0.5, 0], [0, 2]]),
]
# As the documentation of quadprog, OSQP (Python, MATLAB, Julia), CVXOPT and DolphinDB has them.
FOUND: list[tuple[str, Matrix]] = [
    ("H = [1 -1; -1 2];", [[1, -1], [-1, 2]]),
    ("H = diag([1; 0]);", [[1, 0], [0, 0]]),
    ("P = sparse.csc_matrix([[4, 1], [1, 2]])", [[4, 1], [1, 2]]),
    ("P = sparse([4, 1; 1, 2]);", [[4, 1], [1, 2]]),
    ("P = sparse([4. 1.; 1. 2.])", [[4, 1], [1, 2]]),
    ("P = 2*matrix([ [2, .5], [.5, 1] ])", [[4, 1], [1, 2]]),
    ("P = matrix([[1.0,0.0],[0.0,0.0]])", [[1, 0], [0, 0]]),
    ("A = np.array([[3, 2], [2, 6]])", [[3, 2], [2, 6]]),
    (r"H = \begin{bmatrix} 2 & -2 \\ -2 & 6 \end{bmatrix}", [[2, -2], [-2, 6]]),
]


@pytest.mark.parametrize(("text", "expected"), [*FORMS, *FOUND])
def test_a_matrix_is_read_in_the_brackets_of_others(text: str, expected: Matrix) -> None:
    with notes.collected() as noted:
        q = read(text).quadratic_for("a matrix")
    assert (q.Q.tolist(), q.c.any(), q.b) == (expected, False, 0.0)
    assert q.text == text.strip()
    assert list(noted) == ["the matrix is Q of f(x) = ½xᵀQx"]


def test_the_formula_of_a_matrix_has_its_halves() -> None:
    assert typed(read("[[4,1],[1,3]]")).plain == "f(x) = 2x₁² + x₁x₂ + 1.5x₂²"


def test_the_names_of_quadratic_programs_are_read_and_noted() -> None:
    with notes.collected() as noted:
        osqp = matrix.read("quadratic(P=[[4,1],[1,2]], q=[1,1])")
    assert (osqp.Q.tolist(), osqp.c.tolist()) == ([[4, 1], [1, 2]], [1, 1])
    assert list(noted) == ["P and q are Q and c of f(x) = ½xᵀQx + cᵀx"]
    quadprog = matrix.read("quadratic(H = [1 -1; -1 2], f = [-2; -6])")
    assert (quadprog.Q.tolist(), quadprog.c.tolist()) == ([[1, -1], [-1, 2]], [-2, -6])
    assert quadprog == read("x1^2/2 + x2^2 - x1x2 - 2x1 - 6x2")
    assert matrix.read("quadratic(Q=[1/2 0; 0 2])").Q.tolist() == [[0.5, 0], [0, 2]]
    with notes.collected() as noted:
        matrix.read("quadratic(Q=[[1/2,0],[0,2]])")
    assert not noted


MISTAKES = [
    ("[[4,1],[2,3]]", "[[4,1],[2,3]]", "Q12 = 1.0 but Q21 = 2.0; Q must be symmetric: write 1.5"),
    ("[[4,1],[1]]", "[[4,1],[1]]", "2 rows but 1 numbers in one"),
    ("[4,1]", "[4,1]", "1 row but 2 numbers"),
    ("[[4,1],[1,3]", "[", "never closed"),
    ("[[4,1],[1,3]]]", "]", "ends before this"),
    ("np.array([[4,1],[1,3]]", "", "')' is wanted"),
    ("[[4,x],[1,3]]", "x", "a number is wanted"),
    ("[4 - 1; 1 3]", "-", "a number is wanted"),
    ("[[4,1],3]", "", "must be square"),
    ("[3,[4,1]]", "[", "a list of rows"),
    ("[[[4]]]", "[", "a list of rows"),
    ("[]", "[]", "without numbers"),
    ("[[]]", "[[]]", "without numbers"),
    ("[[1e400]]", "1e400", "finite"),
    ("[[1/0]]", "1/0", "finite"),
    ("[[1_0]]", "1", "a number is wanted"),
    ("quadratic(Q=[1 2; 3 4])", "[1 2; 3 4]", "Q12 = 2.0 but Q21 = 3.0"),
    ("quadratic(P=[[1]], Q=[[1]])", "[[1]]", "Q is set twice, as P is another word for it"),
    ("quadratic(Q=[[1/0]])", "0", "other than 0"),
    ("[" * 5000, "[", "a list of rows"),
    (f"[{'1,' * 1001}1]", "1", "more than 1000"),
]


@pytest.mark.parametrize(("text", "under", "said"), MISTAKES, ids=lambda text: text[:30])
def test_a_mistake_is_named_and_pointed_at(text: str, under: str, said: str) -> None:
    with pytest.raises(TextError) as caught:
        read(text)
    error = caught.value
    assert said in error.message
    assert error.text == text
    assert not under or text[error.at : error.at + error.length] == under


@pytest.mark.parametrize(
    "text", ["x1^2", "(x1-1)*(x2+2)", "{x_1}^2 + x_2", "3", "1; ", "f(x) = [x]", "d2l", "(2, 3)"]
)
def test_an_expression_is_no_matrix(text: str) -> None:
    assert not bare_matrix.is_meant(text)


SYMMETRIC = st.integers(1, 5).flatmap(
    lambda n: st.lists(
        st.lists(st.floats(-1e6, 1e6), min_size=n, max_size=n), min_size=n, max_size=n
    )
)


@given(SYMMETRIC)
def test_a_matrix_is_the_same_in_all_brackets(rows: Matrix) -> None:
    symmetric = np.tril(rows) + np.tril(rows, -1).T
    lists = symmetric.tolist()
    lines = [" ".join(map(repr, row)) for row in lists]
    latex = r" \\ ".join(" & ".join(map(repr, row)) for row in lists)
    texts = [
        repr(lists),
        f"np.array({lists!r})",
        f"[{'; '.join(lines)}]",
        f"[{chr(10).join(lines)}]",
    ]
    texts += [rf"\begin{{bmatrix}}{latex}\end{{bmatrix}}", f"quadratic(Q={lists!r})"]
    for text in texts:
        assert np.array_equal(read(text).quadratic_for("Q").Q, symmetric), text


@given(st.text(alphabet="[](){},;.-+/1e0 \n\\&½x", max_size=40))
def test_any_mixture_is_read_or_pointed_at(text: str) -> None:
    try:
        q = read(text)
    except TextError as error:
        assert error.text == text
        assert 0 <= error.at <= len(text)
    except OptvizError as error:
        assert str(error)
    else:
        assert np.isfinite(q.quadratic_for("Q").Q).all()
