"""Sweeps as data: cells, borders, theory, words."""

from typing import Any

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.figures import _sweep_scene
from optviz.scene import (
    Border,
    Ceiling,
    Cells,
    Curve,
    Guide,
    Level,
    Look,
    Panel,
    Region,
    Spot,
    Stop,
)
from optviz.studies import grid, sweep
from optviz.studies.sweep import Sweep
from optviz.theory import stability
from optviz.walks.status import STATUSES

D2L = objectives.read("d2l")


def swept(name: str, *over: str, **more: Any) -> Sweep:
    axes = tuple(grid.read(text) for text in over)
    start = np.array([-5.0, -2.0])
    return sweep.sweep(D2L, optimizers.read(name), start, axes, **more)


def panel(one: Sweep, marked: tuple[float, ...] = ()) -> Panel:
    (only,) = _sweep_scene.scene([one], Look(), marked).panels
    return only


HEAVY = swept("momentum", "eta=log(0.02,3,30)", "beta=lin(0,0.9,10)")


def test_a_map_has_a_cell_for_each_point_and_edges_between_them() -> None:
    (cells,) = panel(HEAVY).of(Cells)
    assert cells.values.shape == (10, 30)
    assert (len(cells.xs), len(cells.ys)) == (31, 11)
    assert panel(HEAVY).xlog
    assert panel(HEAVY).xlim == (cells.xs[0], cells.xs[-1])


def test_what_diverges_is_bare_and_says_so() -> None:
    (cells,) = panel(HEAVY).of(Cells)
    assert np.isnan(cells.values[HEAVY.diverged]).all()
    lost = next(bare for bare in cells.bare if bare.label == "diverges")
    assert lost.diverges
    assert np.array_equal(lost.cells, HEAVY.diverged)


def test_the_theory_line_is_polyaks_boundary_at_every_beta() -> None:
    theory_line = next(m for m in panel(HEAVY).of(Border) if m.theory)
    for eta, beta in theory_line.points:
        assert eta == pytest.approx(2 * (1 + beta) / 4)  # 2(1+β)/λmax
    assert r"2(1+\beta)" in theory_line.label


def test_the_star_is_polyaks_optimum() -> None:
    (star,) = [m for m in panel(HEAVY).of(Spot) if m.theory]
    assert (star.x, star.y) == pytest.approx((0.667907, 0.402605), abs=1e-6)


def test_a_marked_point_says_what_its_own_run_gives() -> None:
    (mark,) = [m for m in panel(HEAVY, (0.6, 0.5)).of(Spot) if not m.theory]
    alone = swept("momentum", "eta=[0.6]", "beta=[0.5]")
    assert mark.label == f"{alone.values[0, 0]:g} steps"


def test_the_star_says_where_it_is_and_what_a_run_there_gives() -> None:
    (star,) = [m for m in panel(HEAVY).of(Spot) if m.theory]
    # 23 steps at the exact optimum of a published map
    assert star.note == "η = 0.668, β = 0.403\n23 steps"


def test_a_coarse_map_has_no_lines_of_equal_value() -> None:
    assert not panel(HEAVY).of(Level)
    assert not [m for m in panel(HEAVY).of(Border) if not m.theory and not m.label]


def test_the_measured_boundary_is_not_drawn_where_theory_has_it() -> None:
    fine = swept("momentum", "eta=log(0.2,2,60)", "beta=lin(0,0.8,40)")
    assert [m.theory for m in panel(fine).of(Border) if m.theory or not m.label] == [True]


def test_rules_without_theory_get_no_line_and_no_star() -> None:
    found = panel(swept("adagrad", "eta=log(0.1,3,5)", "angle=lin(0,90,4)"))
    assert not [m for m in found.of(Border) if m.theory]
    assert not found.of(Spot)


def test_one_axis_gives_a_curve_and_the_steps_that_theory_expects() -> None:
    one = swept("gd", "eta=lin(0.05,0.45,9)")
    found = panel(one)
    (curve,), (guide,) = found.of(Curve), found.of(Guide)
    assert curve.points[:, 1] == pytest.approx(one.values)
    rate = 1 - 0.05 * 0.2
    assert guide.points[0, 1] == pytest.approx(np.log(1e-6) / (2 * np.log(rate)))
    assert guide.points[:, 1] == pytest.approx(curve.points[:, 1], rel=0.2)


def test_measured_rates_stand_under_a_line_at_one() -> None:
    one = swept("gd", "eta=lin(0.1,0.6,6)", of="rate")
    found = panel(one)
    assert [m.y for m in found.of(Ceiling)] == [1.0]
    (curve,) = found.of(Curve)
    expected = [stability.factor(one.at(eta)[1], D2L) for eta in one.axes[0].values]
    assert curve.points[:, 1] == pytest.approx(expected, abs=1e-9)


def test_statuses_have_names_and_one_axis_of_them_is_a_strip() -> None:
    found = panel(swept("gd", "eta=[0.1,0.6]", of="status", steps=100))
    (cells,) = found.of(Cells)
    assert cells.names == STATUSES
    assert [STATUSES[int(v)] for v in cells.values[0]][1] == "diverged"
    assert found.axes == "x"


def test_several_optimizers_share_their_colours_and_one_key() -> None:
    both = [swept(name, "eta=log(0.05,0.4,6)", "angle=lin(0,90,3)") for name in ("gd", "adagrad")]
    scene = _sweep_scene.scene(both, Look())
    first, second = (p.of(Cells)[0] for p in scene.panels)
    assert first.span == second.span
    assert (first.label, second.label) == ("", "steps")
    assert [p.title for p in scene.panels] == ["Gradient descent", "AdaGrad"]


def test_the_description_tells_the_least_and_where() -> None:
    text = _sweep_scene.scene([swept("gd", "eta=lin(0.1,0.5,5)")], Look()).alt
    # the flat direction has 2.5 of f = 10.5 and keeps 0.92² a step: ln(4.2e-6) / (2 ln 0.92) = 74.2
    assert "least 75 at η = 0.4" in text
    assert "diverges in 0 %" in text


def test_an_axis_of_a_typed_list_has_its_values_at_equal_distances() -> None:
    found = panel(swept("adam", "eta=[0.001,0.01,0.1]", "beta1=[0.5,0.9]"))
    assert found.xticks == ((0.0, "0.001"), (1.0, "0.01"), (2.0, "0.1"))
    assert found.yticks == ((0.0, "0.5"), (1.0, "0.9"))
    (cells,) = found.of(Cells)
    assert cells.xs.tolist() == [-0.5, 0.5, 1.5, 2.5]
    assert found.xlim == (-0.5, 2.5)
    assert not found.of(Border)


def test_a_curve_over_a_list_stands_at_its_ticks() -> None:
    found = panel(swept("gd", "eta=[0.1,0.2,0.4]"))
    (curve,) = found.of(Curve)
    assert curve.points[:, 0].tolist() == [place for place, _ in found.xticks or ()]


def test_a_curve_that_ends_says_why() -> None:
    regions = panel(swept("gd", "eta=lin(0.01,0.7,70)", steps=300)).of(Region)
    # 2/λmax = 0.5; at η = 0.1 there are 1 − 0.02 a step left, after 300 steps 5e−6 of f
    assert [region.label for region in regions] == ["over 300 steps", "diverges above 0.5"]
    assert regions[1].left == 0.5


def test_several_curves_say_at_their_ends_why() -> None:
    both = [swept(name, "eta=lin(0.1,0.6,6)") for name in ("gd", "adagrad")]
    (only,) = _sweep_scene.scene(both, Look()).panels
    (stop,) = [mark for mark in only.of(Stop) if "diverges" in mark.label]
    assert (stop.x, stop.role, stop.label) == (pytest.approx(0.4), 0, "diverges above 0.5")


def test_a_title_has_no_formula() -> None:
    for of in ("steps", "f", "rate", "status"):
        one = swept("gd", "eta=lin(0.1,0.4,4)", of=of)
        assert "$" not in _sweep_scene.scene([one], Look()).title
    assert (
        _sweep_scene.scene([HEAVY], Look()).title == "Momentum: steps to a millionth of the start"
    )


def test_a_gap_of_runs_that_cycle_says_so() -> None:
    # from the corner of a square about the minimum, steps of a fixed length go to and fro for ever
    runs = [swept(name, "angle=lin(0,90,31)") for name in ("rmsprop:eta=0.1", "gd:eta=0.4")]
    (only,) = _sweep_scene.scene(runs, Look()).panels
    assert [stop.label for stop in only.of(Stop)] == ["circles"]


def test_both_ends_of_a_curve_say_why_it_ends_there() -> None:
    # RMSProp goes to and fro by about η/2: below some η it has no 1000 steps, above some no rest
    runs = [swept(name, "eta=log(0.02,5,40)") for name in ("rmsprop", "adam")]
    (only,) = _sweep_scene.scene(runs, Look()).panels
    first, last = sorted(only.of(Stop), key=lambda stop: stop.x)
    assert (first.left, last.left) == (True, False)
    assert first.label == last.label == "circles"
