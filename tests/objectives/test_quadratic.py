"""The quadratic itself, held to closed forms."""

from typing import Any

import numpy as np
import pytest

from optviz.errors import BadValue, Unfit
from optviz.objectives import Quadratic, read
from optviz.objectives.transforms import rotated


def test_value_and_gradient_at_the_start_of_the_book() -> None:
    q = read("d2l")
    start = np.array([[-5.0, -2.0]])
    assert q.value(start).tolist() == [10.5]  # 0.1·25 + 2·4
    assert q.grad(start).tolist() == [[-1.0, -8.0]]


@pytest.mark.parametrize(
    "diagonal", [[4.0, 0.2], [3.0, -1.0, 3.0, 0.0], [1e300, 1e290, 2e295], list(range(300, 0, -1))]
)
def test_a_diagonal_matrix_has_its_entries_as_eigenvalues_to_the_bit(diagonal: list[float]) -> None:
    q = Quadratic(np.diag(np.array(diagonal, float)), np.zeros(len(diagonal)))
    assert q.eigenvalues.tolist() == sorted(diagonal)
    assert (q.Q @ q.eigenvectors == q.eigenvectors * q.eigenvalues).all()
    assert (q.eigenvectors.T @ q.eigenvectors == np.eye(len(diagonal))).all()


def test_the_spectrum_of_the_valley() -> None:
    q = read("d2l")
    assert q.eigenvalues.tolist() == [0.2, 4]
    assert q.kappa == 20
    assert q.definite == "positive"


@pytest.mark.parametrize(
    ("text", "definite", "minimiser"),
    [
        ("x1^2 - x2^2", "indefinite", None),
        ("-x1^2 - x2^2", "negative", None),
        ("f(x1,x2) = x1^2", "positive semi", [0, 0]),
        ("(x1 + x2 - 2)^2", "positive semi", [1, 1]),
        ("x1^2 + x2", "positive semi", None),
        ("0x1", "zero", [0]),
        ("x1", "zero", None),
        ("(x - 3)^2", "positive", [3]),
    ],
)
def test_what_has_a_minimum_has_it_in_the_right_place(
    text: str, definite: str, minimiser: list[float] | None
) -> None:
    q = read(text)
    assert q.definite == definite
    assert (None if q.minimiser is None else q.minimiser.tolist()) == (
        minimiser and pytest.approx(minimiser)
    )


def test_the_gap_keeps_its_digits_near_the_minimum() -> None:
    q = read("(x - 1)^2 + 1e6")
    assert q.gap(np.array([[1 + 1e-10]]))[0] == pytest.approx(1e-20, rel=1e-6)
    assert q.minimum == 1e6


def test_there_is_no_gap_without_a_minimum() -> None:
    with pytest.raises(Unfit):
        read("saddle").gap(np.zeros((1, 2)))


def test_turning_carries_the_landscape_along() -> None:
    q, point = read("x1^2 + 3x2^2 + x1 - 2x2 + 5"), np.array([0.3, -0.7])
    turned = rotated(q, 90)
    assert turned.value(np.array([0.7, 0.3])) == pytest.approx(q.value(point))


def test_arrays_cannot_be_changed_from_outside() -> None:
    with pytest.raises(ValueError, match="read-only"):
        read("d2l").Q[0, 0] = 1


@pytest.mark.parametrize(
    ("Q", "c", "b"),
    [
        ([[1, 2], [3, 4]], [0, 0], 0),
        ([[1, 2]], [0], 0),
        ([1], [0], 0),
        (np.zeros((0, 0)), [], 0),
        ([[1]], [0, 0], 0),
        ([[np.nan]], [0], 0),
        ([[1]], [np.inf], 0),
        ([[1]], [0], np.nan),
    ],
)
def test_what_is_no_quadratic_is_refused(Q: Any, c: Any, b: float) -> None:
    with pytest.raises(BadValue):
        Quadratic(np.array(Q), np.array(c), b)


@pytest.mark.parametrize("size", [1e-300, 1e-150, 1e150, 8e307])
def test_the_spectrum_of_a_giant_or_a_dwarf_is_that_of_its_shape(size: float) -> None:
    q = Quadratic(np.array([[1.0, 0.5], [0.5, 1.0]]) * size, np.zeros(2))
    assert (q.eigenvalues / size).tolist() == pytest.approx([0.5, 1.5])
    assert q.kappa == pytest.approx(3)


def test_numbers_whose_sum_is_no_float_are_refused() -> None:
    with pytest.raises(BadValue):
        Quadratic(np.full((2, 2), 1.5e308), np.zeros(2))


def test_a_minimum_out_of_reach_is_none() -> None:
    assert Quadratic(np.array([[1e-300]]), np.array([1e300])).minimiser is None
    assert read("1e-200x^2 + 1e100x").minimiser.tolist() == [pytest.approx(-5e299)]
    assert read("1e-200x^2 + 1e100x").minimum is None


@pytest.mark.parametrize("part", ["Q", "c", "eigenvalues", "eigenvectors", "minimiser"])
@pytest.mark.parametrize("text", ["x1^2 + x2^2", "x1^2 + x1 x2 + x2^2 - x1"])
def test_nobody_can_change_an_objective_under_the_others_who_read_its_text(
    text: str, part: str
) -> None:
    with pytest.raises(ValueError, match="read-only"):
        getattr(read(text), part)[0] = 7
