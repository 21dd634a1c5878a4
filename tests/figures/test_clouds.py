"""Bands of seeds and ellipses of the law hold what they say they hold."""

from typing import Any

import numpy as np
import pytest
from matplotlib.path import Path as Outline

from optviz import figures, gradients, objectives, optimizers
from optviz.arrays import Array, Bools
from optviz.errors import BadValue, Unfit
from optviz.objectives import Objective
from optviz.scene import Curve, Dots, Panel, Path, Ring, Spread, Tube
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

BOOK = objectives.read("x1^2 + 2x2^2")


def run(
    text: str = "gd:eta=0.1",
    noise: str = "noise(1)",
    q: Objective = BOOK,
    *,
    seeds: int = 400,
    steps: int = 30,
    expected: bool = False,
) -> Trajectory:
    oracle = gradients.oracle(gradients.read(noise), seeds)
    start = np.array([[-5.0, -2.0, 1.0][: q.dim]])
    return Walk(q, optimizers.read(text), start, steps, oracle, expected).run()


def panel(view: str, *runs: Trajectory, **options: Any) -> Panel:
    return figures.scene(view, list(runs), **options).panels[0]


def inside(tube: Tube, points: Array) -> Bools:
    held = np.zeros(len(points), dtype=bool)
    for polygon in tube.polygons:
        held |= Outline(polygon).contains_points(points)
    return held


@pytest.mark.parametrize(
    "noise",
    [
        "noise(1)",
        "noise(cov=[[1,0.9],[0.9,2]])",
        "noise(1,student,3)",
        "noise([0,1])",
        "sparse(1,0.3)",
    ],
)
def test_a_tube_holds_its_share_of_the_seeds(noise: str) -> None:
    whole = run(noise=noise)
    outer, inner = panel("trace", whole).of(Tube)
    for tube, share in ((outer, 0.9), (inner, 0.5)):
        held = np.mean([inside(tube, whole.x[t] + 1e-9).mean() for t in (5, 15, 29)])
        if noise.startswith("noise(1"):
            assert held > share - 0.1
        assert all(_area(polygon) >= -1e-9 for polygon in tube.polygons)


@pytest.mark.parametrize("noise", ["noise(1)", "noise(1,student,3)", "noise([0.01,1])"])
def test_the_outline_of_the_outer_tube_encloses_what_its_polygons_hold(noise: str) -> None:
    outer, inner = panel("trace", run(noise=noise)).of(Tube)
    assert outer.edges and not inner.edges
    corners = np.concatenate(outer.polygons)
    low, high = corners.min(axis=0), corners.max(axis=0)
    points = low + np.random.default_rng(0).random((4000, 2)) * (high - low)
    within = np.zeros(len(points), dtype=int)
    for edge in outer.edges:  # even-odd: a line within another bounds a hole
        assert np.allclose(edge[0], edge[-1])
        within += Outline(edge).contains_points(points)
    assert np.mean((within % 2 == 1) == inside(outer, points)) > 0.99


def _area(polygon: Array) -> float:
    """Above 0 where the way round is counter-clockwise."""
    x, y = polygon.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2


def test_the_median_is_the_strong_path_and_some_seeds_are_faint() -> None:
    whole = run()
    paths = panel("trace", whole).of(Path)
    (strong,) = (path for path in paths if not path.faint)
    assert np.array_equal(strong.points, np.median(whole.x, axis=1))
    assert 0 < len(paths) - 1 < 30


def test_rings_are_one_and_two_deviations_from_the_mean() -> None:
    law = run("momentum:eta=0.1,beta=0.5", "noise(cov=[[1,0.9],[0.9,2]])", expected=True, seeds=1)
    rings = panel("trace", law, ellipses="3,30").of(Ring)
    assert len(rings) == 4
    for ring, (step, sigmas) in zip(rings, [(3, 2), (3, 1), (30, 2), (30, 1)], strict=True):
        away = ring.points - law.x[step, 0]
        size = np.einsum("ni,ij,nj->n", away, np.linalg.inv(law.law[step]), away)
        assert size == pytest.approx(np.full(len(size), sigmas**2))


def test_draws_lie_at_the_steps_of_the_rings() -> None:
    law = run(expected=True, seeds=50)
    (dots,) = panel("trace", law, ellipses="7").of(Dots)
    assert np.array_equal(dots.points, law.spread.x[7])


def test_in_more_dimensions_the_law_is_seen_in_the_plane() -> None:
    q = objectives.read("x1^2 + x2^2 + 3x3^2 + x1*x3")
    law = run(noise="noise([1,2,3])", q=q, expected=True, seeds=1)
    ring = panel("trace", law, ellipses="30", plane="1,3").of(Ring)[1]
    S = law.law[30][np.ix_([0, 2], [0, 2])]
    away = ring.points - law.x[30, 0, [0, 2]]
    assert np.einsum("ni,ij,nj->n", away, np.linalg.inv(S), away) == pytest.approx(np.ones(72))


def test_a_step_beyond_the_run_has_no_ellipse() -> None:
    with pytest.raises(BadValue, match="ellipses: 31 given, steps from 1 to 30"):
        panel("trace", run(expected=True), ellipses="31")


@pytest.mark.parametrize("view", ["rates", "loss"])
def test_bands_are_the_quantiles_of_the_seeds(view: str) -> None:
    whole = run("adagrad:eta=0.4")
    outer, inner = panel(view, whole).of(Spread)[:2]
    values = whole.rate[:, :, 0] if view == "rates" else BOOK.gap(whole.x)
    assert outer.low == pytest.approx(np.quantile(values, 0.05, axis=1))
    assert inner.high == pytest.approx(np.quantile(values, 0.75, axis=1))


def test_a_rate_that_is_the_same_for_all_seeds_has_no_band() -> None:
    assert not panel("rates", run("gd:eta=0.1")).of(Spread)


def test_a_rate_is_not_drawn_before_its_coordinate_has_been_seen() -> None:
    whole = run("adagrad:eta=0.4", "sparse(1,0.05)", seeds=1)
    first = int(np.flatnonzero(whole.grad[:, 0, 1])[0])
    rare = panel("rates", whole).of(Curve)[1]
    assert np.isnan(rare.points[:first, 1]).all()
    assert np.isfinite(rare.points[first:, 1]).all()


def test_the_parts_of_expected_f_add_up() -> None:
    law = run(expected=True, seeds=1)
    curves = [dict(curve.points.tolist()) for curve in panel("loss", law).of(Curve)]
    mean, noise, both = curves
    known = [t for t in both if np.isfinite([mean.get(t, np.nan), noise.get(t, np.nan)]).all()]
    assert len(known) > 5
    assert [both[t] for t in known] == pytest.approx([mean[t] + noise[t] for t in known])
    assert list(both.values()) == pytest.approx(law.f[:, 0])  # f* is 0


def test_the_root_of_the_mean_square_is_that_of_the_seeds() -> None:
    law = run(expected=True, seeds=4000)
    both = panel("loss", law, measure="distance").of(Curve)[-1].points[:, 1]
    drawn = np.sqrt((law.spread.x**2).sum(axis=2).mean(axis=1))
    assert both == pytest.approx(drawn, rel=0.05)


def test_modes_are_of_one_run() -> None:
    with pytest.raises(Unfit, match="give one seed"):
        panel("loss", run(), measure="modes")


@pytest.mark.parametrize("expected", [False, True])
def test_words_say_what_was_drawn(expected: bool) -> None:
    scene = figures.scene("trace", [run(expected=expected)])
    assert "Gaussian noise, σ = 1" in scene.subtitle
    assert ("exact law" if expected else "median of 400 seeds") in scene.subtitle


@pytest.mark.parametrize("view", ["rates", "loss"])
def test_a_few_seeds_are_there_faintly_and_as_they_are(view: str) -> None:
    whole = run("adagrad:eta=0.4")
    curves = panel(view, whole).of(Curve)
    faint = [curve for curve in curves if curve.faint]
    assert 0 < len(faint) < len(whole.seeds) / 2
    values = whole.rate[:, 0, 0] if view == "rates" else BOOK.gap(whole.x[:, 0])
    assert np.array_equal(faint[0].points[:, 1], values)
