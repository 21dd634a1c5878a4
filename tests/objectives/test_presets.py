"""Every preset is read, starts in its own space, and is what its source says."""

import pytest

from optviz.objectives import PRESETS, preset, read
from optviz.objectives.presets import QUADRATICS

FORMS = {  # Q, c worked out by hand from the formulas of the sources
    "d2l": ([[0.2, 0], [0, 4]], [0, 0]),
    "d2l-gd": ([[2, 0], [0, 4]], [0, 0]),
    "d2l-rotated": ([[4.2, -3.8], [-3.8, 4.2]], [0, 0]),
    "d2l-1d": ([[2]], [0]),
    "scratch": ([[0.1, 0], [0, 2]], [0, 0]),
    "distill": ([[0.01, 0, 0], [0, 0.1, 0], [0, 0, 1]], [0, 0, 0]),
    "lmu-stepsize": ([[20, 0], [0, 1]], [0, 0]),
    "lmu-momentum": ([[1, 0], [0, 20]], [0, 0]),
    "lmu-forms": ([[4, 2], [2, 4]], [-6, -6]),
    "scipy-round": ([[0.66, 0], [0, 0.3234]], [0, 0]),
    "scipy-narrow": ([[0.66, 0], [0, 0.000264]], [0, 0]),
    "saddle": ([[2, 0], [0, -2]], [0, 0]),
}


@pytest.mark.parametrize("name", QUADRATICS)
def test_a_quadratic_is_what_its_source_says(name: str) -> None:
    q = read(name)
    assert (q.Q.tolist(), q.c.tolist()) == FORMS[name]
    assert q.b == 0


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_complete(name: str) -> None:
    known = PRESETS[name]
    assert name == name.lower()
    assert len(known.start) == read(name).dim
    assert known.steps > 0
    assert known.source
    assert known.says.endswith(".")


def test_a_preset_is_found_in_any_case() -> None:
    assert preset(" D2L-Rotated ") is PRESETS["d2l-rotated"]
    assert preset("x^2") is None


def test_the_quadratic_forms_of_lmu_have_their_minimum_at_one_one() -> None:
    assert read("lmu-forms").minimiser.tolist() == pytest.approx([1, 1])


def test_the_narrow_bowl_is_as_narrow_as_the_lectures_say() -> None:
    assert read("scipy-narrow").kappa == pytest.approx(2500)
    assert read("distill").kappa == pytest.approx(100)
