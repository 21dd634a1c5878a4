"""What is shown of an objective is what was typed, as long as it is the same function."""

import pickle

import numpy as np
import pytest

from optviz.objectives import Quadratic, read
from optviz.objectives.typed import LONGEST, Typed, typed


def test_a_preset_has_its_usual_formula() -> None:
    assert typed(read("scratch")).plain == "f(x, y) = x²/20 + y²"
    assert typed(read("d2l-rotated")).plain == "f(x) = 0.1(x₁+x₂)² + 2(x₁−x₂)²"


def test_a_rotation_is_told_beside_the_formula() -> None:
    shown = typed(read("d2l", rotate=45))
    assert (shown.plain, shown.degrees) == ("f(x) = 0.1x₁² + 2x₂²", 45.0)
    shown = typed(read("quadratic(eig=[0.2,4],angle=30)", rotate=15))
    assert (shown.plain, shown.degrees) == ("f(x) = 0.1x₁² + 2x₂²", 45.0)
    assert typed(read("d2l", rotate=12.3456789)).degrees == 12.3456789


def test_a_condition_number_that_was_typed_is_shown_with_the_dimension() -> None:
    shown = typed(read("quadratic(kappa=1e6,dim=3,seed=4)"))
    assert (shown.plain, shown.dim, shown.kappa) == ("f(x) = ½xᵀQx", 3, 1e6)


@pytest.mark.parametrize("text", ["x^2 + 3y^2", "", "x^2 + 2z^2", "no formula", "@a.json", "d2l"])
def test_a_text_that_spells_another_function_is_not_shown(text: str) -> None:
    q = Quadratic(np.diag([2.0, 4.0]), np.zeros(2), text=text, names=("x", "y"))
    assert typed(q) == Typed(r"f(x, y) = x^2 + 2\,y^2", "f(x, y) = x² + 2y²")


def test_a_record_and_a_worker_keep_what_was_typed() -> None:
    q = read("(x-1000)^2 + y^2/9", rotate=20)
    shown = typed(q)
    assert shown.plain == "f(x, y) = (x−1000)² + y²/9"
    assert typed(pickle.loads(pickle.dumps(q))) == shown
    assert typed(Quadratic(q.Q, q.c, q.b, q.text, q.names)) == shown


def test_a_long_formula_is_that_of_a_matrix_with_its_size() -> None:
    text = " + ".join(f"{i}.125(x{i}-{i}0.375)^2" for i in range(1, 9))
    shown = typed(read(text))
    assert len(text) > LONGEST > len(shown.plain)
    assert shown.dim == 8
    assert shown.kappa == pytest.approx(8.125 / 1.125)
