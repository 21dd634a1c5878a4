"""Lines on maps whose values have a closed form."""

import numpy as np
import pytest

from optviz.figures import _map_lines
from optviz.studies.grid import Axis

ETA = Axis("eta", np.geomspace(0.1, 10, 60), log=True)
BETA = Axis("beta", np.linspace(0, 1, 40))
X, Y = np.meshgrid(np.log10(ETA.values), BETA.values)
AXES = (ETA, BETA)


def test_lines_of_equal_value_are_where_the_values_are() -> None:
    values = 10 ** (2 + X + Y)  # 10 to 10000
    lines = _map_lines.lines(values, AXES, (10.0, 1e4), "steps")
    assert [line.label for line in lines] == [
        "20",
        "50",
        "100",
        "200",
        "500",
        "1000",
        "2000",
        "5000",
    ]
    for line in lines:
        x, y = line.points.T
        assert np.log10(x) + y == pytest.approx(np.log10(float(line.label)) - 2)
        assert line.value == pytest.approx((np.log10(float(line.label)) - 1) / 3)


def test_a_few_wrong_cells_do_not_move_a_line() -> None:
    values = 10 ** (2 + X + Y)
    values[::7, ::9] = 10.0
    lines = _map_lines.lines(values, AXES, (10.0, 1e4), "steps")
    for line in lines:
        x, y = line.points.T
        level = np.log10(float(line.label)) - 2
        assert np.log10(x) + y == pytest.approx(level, abs=3 * 2 / 59)  # three cells


def test_a_line_stops_where_nothing_is_known() -> None:
    values = np.where(Y > 0.5, np.nan, 10 ** (2 + X + Y))
    for line in _map_lines.lines(values, AXES, (10.0, 1e4), "steps"):
        assert line.points[:, 1].max() <= 0.5


@pytest.mark.parametrize(
    ("low", "high", "of", "wanted"),
    [
        (10, 1000, "steps", [20, 50, 100, 200, 500]),
        (0.4, 1.0, "rate", [0.5, 0.8, 0.9, 0.95, 0.99]),
        (0.85, 1.0, "rate", [0.9, 0.95, 0.99]),
        (64, 80, "steps", []),
        (1e-7, 1.0, "f", [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1]),
    ],
)
def test_levels_are_round(low: float, high: float, of: str, wanted: list[float]) -> None:
    assert _map_lines.levels(low, high, of) == wanted


def test_a_range_of_hundreds_of_decades_has_few_levels() -> None:
    assert 4 <= len(_map_lines.levels(1e-300, 1e300, "f")) <= 9


def test_the_boundary_of_what_diverges_is_smooth_and_in_its_place() -> None:
    (border,) = _map_lines.boundary(X + Y > 0.7, AXES, None)
    x, y = border.points.T
    assert np.log10(x) + y == pytest.approx(0.7, abs=2 * 2 / 59)


def test_a_boundary_is_drawn_only_where_it_leaves_that_of_theory() -> None:
    lost = (X > 0) & (Y < 0.5) | (X > 0.5) & (Y >= 0.5)
    theory = np.array([[1.0, 0.0], [1.0, 1.0]])
    (border,) = _map_lines.boundary(lost, AXES, theory)
    x, _ = border.points[np.isfinite(border.points[:, 0])].T
    assert np.log10(x).min() > 2 * 2 / 59
    assert not _map_lines.boundary(X > 0, AXES, theory)


def test_a_coarse_map_and_a_list_have_no_lines() -> None:
    values = 10 ** (2 + X + Y)
    coarse = (Axis("eta", ETA.values[:29], log=True), BETA)
    assert not _map_lines.lines(values[:, :29], coarse, (10.0, 1e4), "steps")
    listed = (Axis("eta", ETA.values, listed=True), BETA)
    assert not _map_lines.lines(values, listed, (10.0, 1e4), "steps")
