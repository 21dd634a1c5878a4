"""`quadratic(…)` is read in its three forms, and complaints point into the text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.errors import TextError
from optviz.objectives import matrix


def test_a_matrix_is_taken_as_it_stands() -> None:
    q = matrix.read("quadratic(Q=[[0.2, -1], [-1, 4]], c=[1, 2], b=-3)")
    assert q.Q.tolist() == [[0.2, -1], [-1, 4]]
    assert q.c.tolist() == [1, 2]
    assert q.b == -3
    assert q.text == "quadratic(Q=[[0.2, -1], [-1, 4]], c=[1, 2], b=-3)"


def test_c_and_b_are_zero_unless_given() -> None:
    q = matrix.read("quadratic(Q=[[0.2,0],[0,4]])")
    assert q.c.tolist() == [0, 0]
    assert q.b == 0


def test_eigenvalues_alone_make_a_diagonal() -> None:
    assert matrix.read("quadratic(eig=[3, 0.5, -1])").Q.tolist() == np.diag([3, 0.5, -1]).tolist()


def test_an_angle_turns_the_eigenvectors_counter_clockwise() -> None:
    q = matrix.read("quadratic(eig=[0.2, 4], angle=30)")
    half, root = 0.5, np.sqrt(3) / 2
    assert np.allclose(q.Q @ [root, half], [0.2 * root, 0.2 * half], rtol=1e-14)
    assert np.allclose(q.Q @ [-half, root], [-4 * half, 4 * root], rtol=1e-14)


def test_a_right_angle_is_exact() -> None:
    assert matrix.read("quadratic(eig=[0.2,4],angle=90)").Q.tolist() == [[4, 0], [0, 0.2]]


def test_the_angle_leaves_c_as_it_is_typed() -> None:
    assert matrix.read("quadratic(eig=[1,2],angle=90,c=[1,0])").c.tolist() == [1, 0]


@given(st.floats(1, 1e6), st.integers(2, 12), st.integers(0, 99))
def test_a_condition_number_is_met(kappa: float, dim: int, seed: int) -> None:
    q = matrix.read(f"quadratic(kappa={kappa!r}, dim={dim}, seed={seed})")
    assert q.dim == dim
    assert q.eigenvalues[-1] == pytest.approx(1)
    assert q.eigenvalues[0] == pytest.approx(1 / kappa, rel=1e-8)


def test_kappa_asks_for_two_coordinates_and_seed_0_unless_told() -> None:
    asked, told = (f"quadratic(kappa=100{more})" for more in ("", ",dim=2,seed=0"))
    assert matrix.read(asked).Q.tolist() == matrix.read(told).Q.tolist()
    assert matrix.read(asked).Q.tolist() != matrix.read("quadratic(kappa=100,seed=1)").Q.tolist()


MISTAKES = [
    ("quadratic()", "quadratic", "exactly one of Q, eig, kappa"),
    ("quadratic", "quadratic", "exactly one of Q, eig, kappa"),
    ("quadratic([[1]])", "quadratic", "exactly one of Q, eig, kappa"),
    ("quadratic(Q=[[1]], eig=[1])", "quadratic", "exactly one of Q, eig, kappa"),
    ("quadratic@torch(Q=[[1]])", "quadratic", "exactly one of Q, eig, kappa"),
    ("quadratic(Q=[[1,2],[2]])", "[2]", "square"),
    ("quadratic(Q=[[1,2]])", "[1,2]", "square"),
    ("quadratic(Q=[[1,2],[3,4]])", "[[1,2],[3,4]]", "Q12 = 2.0 but Q21 = 3.0"),
    ("quadratic(Q=[[1,.3],[.30000001,4]])", "[[1,.3],[.30000001,4]]", "Q21 = 0.30000001"),
    ("quadratic(Q=[1,2])", "1", "a list"),
    ("quadratic(Q=[])", "[]", "a list"),
    ("quadratic(Q=3)", "3", "a list"),
    ("quadratic(Q=[[nan]])", "nan", "a number"),
    ("quadratic(Q=[[1e999]])", "1e999", "too large"),
    ("quadratic(Q=[[1]], c=[1,2])", "[1,2]", "as many numbers as Q has rows"),
    ("quadratic(Q=[[1]], b=[2])", "[2]", "a number"),
    ("quadratic(Q=[[1]], d=2)", "d", "known: Q, c, b"),
    ("quadratic(eig=[1,2], angel=3)", "angel", "did you mean angle?"),
    ("quadratic(eig=[1,2,3], angle=3)", "3", "only two eigenvalues"),
    ("quadratic(kappa=0.5)", "0.5", "1 to 1e300"),
    ("quadratic(kappa=-1)", "-1", "1 to 1e300"),
    ("quadratic(kappa=2, dim=1)", "2", "one coordinate has κ = 1"),
    ("quadratic(kappa=2, dim=2.5)", "2.5", "whole number"),
    ("quadratic(kappa=2, dim=9999999)", "9999999", "from 1 to 1000"),
    ("quadratic(kappa=2, seed=-1)", "-1", "whole number"),
    ("quadratic(Q=[[1]]", "", "wanted"),
    ("quadratic(Q=" + "[" * 3000, "[", "nested"),
]


@pytest.mark.parametrize(("text", "under", "said"), MISTAKES, ids=lambda text: text[:40])
def test_a_mistake_is_named_and_pointed_at(text: str, under: str, said: str) -> None:
    with pytest.raises(TextError) as caught:
        matrix.read(text)
    assert said in caught.value.message
    assert text[caught.value.at : caught.value.at + caught.value.length] == under
