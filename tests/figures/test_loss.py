"""The loss as data: what is measured, what theory foretells, and what cannot be shown."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import figures, optimizers, spec
from optviz.errors import BadValue, Unfit
from optviz.figures._loss_exits import lowered
from optviz.objectives import Quadratic
from optviz.scene import Curve, Exit, Guide, Look, Panel, Scene, Spread
from optviz.spec import RunSpec
from optviz.text import numbers
from optviz.walks import engine
from optviz.walks.trajectory import Trajectory


def runs(*opt: str, **run: object) -> list[Trajectory]:
    return [walk.run() for walk in spec.walks(RunSpec(opt=opt or ("gd",), **run))]  # type: ignore[arg-type]


def loss(*opt: str, measure: str = "gap", **run: object) -> Scene:
    return figures.scene("loss", runs(*opt, **run), measure=measure)


def curves(scene: Scene | Panel) -> list[Curve]:
    panel = scene.panels[0] if isinstance(scene, Scene) else scene
    return [mark for mark in panel.marks if isinstance(mark, Curve)]


def guides(scene: Scene) -> list[Guide]:
    return [mark for mark in scene.panels[0].marks if isinstance(mark, Guide)]


# gradient descent on 0.1x₁² + 2x₂² from (−5, −2): the modes shrink by 1 − 0.2η and 1 − 4η
T = np.arange(21)
FLAT, STEEP = 5 * 0.92**T, 2 * 0.6**T


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        ("gap", 0.1 * FLAT**2 + 2 * STEEP**2),
        ("distance", np.hypot(FLAT, STEEP)),
        ("gradient", np.hypot(0.2 * FLAT, 4 * STEEP)),
    ],
)
def test_gradient_descent_falls_as_its_modes_do(measure: str, values: np.ndarray) -> None:
    (curve,) = curves(loss("gd:eta=0.4", measure=measure))
    assert curve.points[:, 0].tolist() == T.tolist()
    assert curve.points[:, 1] == pytest.approx(values)


@pytest.mark.parametrize(
    ("measure", "slope", "label"),
    [
        ("gap", 0.92**2, "$0.92^{2t}$"),
        ("distance", 0.92, "$0.92^{t}$"),
        ("gradient", 0.92, "$0.92^{t}$"),
    ],
)
def test_the_guide_falls_from_the_first_value_at_the_factor_of_theory(
    measure: str, slope: float, label: str
) -> None:
    scene = loss("gd:eta=0.4", measure=measure)
    (guide,), (curve,) = guides(scene), curves(scene)
    t, y = guide.points.T
    assert y[0] == curve.points[0, 1]
    assert y == pytest.approx(y[0] * slope**t)
    assert guide.label == label


@given(
    eta=st.floats(0.01, 0.49),
    x=st.lists(st.floats(-9, 9).filter(lambda v: abs(v) > 0.01), min_size=2, max_size=2),
)
def test_gradient_descent_never_rises_above_its_guide(eta: float, x: list[float]) -> None:
    run = engine.run(BOWL, optimizers.read(f"gd:eta={eta}"), np.array(x), 30)
    scene = figures.scene("loss", [run], Look())
    (curve,) = curves(scene)
    for guide in guides(scene):
        t, y = curve.points.T
        foretold = np.interp(t, guide.points[:, 0], np.log(guide.points[:, 1] + 1e-300))
        assert (np.log(y[~np.isnan(y)]) <= foretold[~np.isnan(y)] + 1e-6).all()


BOWL = Quadratic(np.diag([0.2, 4.0]), np.array([0.3, -0.1]))


def test_guides_are_named_by_their_factor_and_absent_where_theory_is_silent() -> None:
    # 1 − 0.4·0.2, and √0.5 of momentum with β = 0.5, whose optimizers the description names
    scene = loss("gd:eta=0.4", "momentum:eta=0.6,beta=0.5", "adagrad")
    assert [guide.label for guide in guides(scene)] == ["$0.92^{2t}$", "$0.707^{2t}$"]
    assert "a factor of 0.8464 a step for Gradient descent" in scene.alt
    assert not guides(loss("adam"))
    assert not guides(loss("gd:eta=cosine(0.4,20)"))
    assert not guides(loss("gd:eta=0.1", "gd:eta=0.2", "gd:eta=0.3", "gd:eta=0.4"))
    assert not guides(loss("gd:eta=0.4", steps=0))


def test_a_factor_close_to_one_is_not_rounded_to_one() -> None:
    (guide,) = guides(loss("gd:eta=0.0001", steps=5))  # 1 − 0.0001·0.2
    assert guide.label == "$0.99998^{2t}$"


def test_momentum_at_its_best_keeps_the_root_of_beta() -> None:
    # Polyak: κ = 20, √β = (√20 − 1)/(√20 + 1)
    root = (20**0.5 - 1) / (20**0.5 + 1)
    eta = (2 / (4**0.5 + 0.2**0.5)) ** 2
    (guide,) = guides(loss(f"momentum:eta={eta!r},beta={root**2!r}", measure="distance"))
    assert guide.points[-1, 1] / guide.points[0, 1] == pytest.approx(root**20, rel=1e-6)


def test_an_objective_without_a_minimum_still_has_gradients() -> None:
    saddle = {"objective": "x1^2 - x2^2", "start": ("-2,0.01",)}
    for measure in ("gap", "distance", "modes"):
        with pytest.raises(Unfit, match=r"no minimum.*--measure gradient"):
            loss("gd:eta=0.1", measure=measure, **saddle)
    scene = loss("gd:eta=0.1", measure="gradient", **saddle)
    assert curves(scene)[0].points[0, 1] == pytest.approx(np.hypot(4, 0.02))
    assert not guides(scene)


def test_a_valley_is_as_far_as_its_floor() -> None:
    (curve,) = curves(loss("gd:eta=0.1", measure="distance", objective="x1^2+0x2", steps=3))
    assert curve.points[:, 1] == pytest.approx(5 * 0.8 ** np.arange(4))


def exits(scene: Scene) -> list[tuple[float, str]]:
    return [(mark.x, mark.label) for mark in scene.panels[0].marks if isinstance(mark, Exit)]


def test_a_method_that_arrives_is_shown_leaving_through_the_bottom() -> None:
    # Newton's method is exact, and so is gradient descent with ηλ = 1: 29 → 0
    scene = loss("newton", "gd:eta=0.5", objective="x^2+y^2")
    (panel,) = scene.panels
    assert exits(scene) == [(1.0, "0 after step 1"), (1.0, "")]  # the words are there once
    for curve in curves(scene):
        assert curve.points[0].tolist() == [0.0, 29.0]
        assert curve.points[1].tolist() == [1.0, panel.ylim[0]]
        assert np.isnan(curve.points[2:, 1]).all()
    assert panel.ylim[1] / panel.ylim[0] >= 1000
    assert panel.xlim == (0.0, 2.0)  # what is left of the twenty steps is empty
    assert "from 29 to 0 after 1 step" in scene.alt


def test_the_start_at_the_minimum_has_no_logarithm() -> None:
    with pytest.raises(Unfit, match="every step is at the minimum"):
        loss("gd", start=("0,0",))


def test_the_axis_ends_at_the_rounding_of_the_start() -> None:
    # f falls by 0.04 a step, 10⁻¹⁶ of the start after 16/−log₁₀ 0.04 = 11.4 steps
    scene = loss("gd:eta=0.4", objective="x^2", start=("1",), steps=40)
    (panel,), ((x, label),) = scene.panels, exits(scene)
    assert panel.ylim[0] == pytest.approx(1e-16, rel=0.99)
    assert x == pytest.approx(-np.log(panel.ylim[0]) / -np.log(0.04))
    assert 11 < x < 13
    assert label == f"↓ {numbers.number(0.04**40, 2)}"
    (deep,) = figures.scene(
        "loss", runs("gd:eta=0.4", objective="x^2", start=("1",), steps=40), Look(ylim=(1e-60, 10))
    ).panels
    assert not any(isinstance(mark, Exit) for mark in deep.marks)
    assert curves(deep)[0].points[:, 1] == pytest.approx(0.04 ** np.arange(41))


def test_an_arrival_does_not_flatten_the_others() -> None:
    scene = loss("newton", "gd:eta=0.4")
    assert exits(scene) == [(1.0, "0 after step 1")]
    assert scene.panels[0].ylim[0] > 1e-3  # gradient descent ends at 0.089
    assert scene.panels[0].xlim == (0.0, 20.0)


def test_a_curve_that_returns_names_its_least_value() -> None:
    # RMSProp falls to step 37 and rises again
    scene = loss("rmsprop:eta=0.4", steps=60)
    ((x, label),) = exits(scene)
    assert 30 < x < 37
    assert label.startswith("↓ 1.7")
    assert "at step 37" in scene.alt
    assert scene.title == "RMSProp is lowest at step 37, then rises"
    assert scene.panels[0].xlim == (0.0, 60.0)


@given(
    heights=st.lists(st.floats(-5, 5).map(lambda power: 10.0**power) | st.just(0.0), min_size=2),
    low=st.floats(-6, 6).map(lambda power: 10.0**power),
)
def test_a_lowered_curve_keeps_what_is_in_view_and_ends_on_the_bottom(
    heights: list[float], low: float
) -> None:
    steps = np.arange(float(len(heights)))
    points, times, places = lowered(np.column_stack([steps, heights]), steps, low)
    shown = points[np.isfinite(points[:, 1])]
    assert (shown[:, 1] >= low).all()
    assert (np.diff(points[:, 0]) >= 0).all()
    assert times.tolist() == points[:, 0].tolist()
    for step, height in zip(steps, heights, strict=True):
        assert (height >= low) == ([step, height] in shown.tolist()) or height == low
    downs = sum(a >= low > b for a, b in pairwise(heights))
    assert len(places) == downs
    assert all(points[place, 1] == low and np.isnan(points[place + 1, 1]) for place in places)


def test_what_diverges_does_not_flatten_the_others() -> None:
    panel = loss("gd:eta=3", "gd:eta=0.4", steps=200).panels[0]
    assert panel.ylim[1] < 1e12
    wild, tame = curves(panel)
    assert np.isnan(wild.points[-1, 1]) or wild.points[-1, 1] > panel.ylim[1]
    assert panel.ylim[0] < np.nanmin(tame.points[:, 1])


def test_a_curve_that_ends_says_why() -> None:
    labels = [curve.label for curve in curves(loss("gd:eta=0.6", "gd:eta=3", "adam", steps=300))]
    assert labels[0].endswith("diverges")
    assert labels[1].endswith("overflows at step 148")
    assert labels[2] == "Adam, η = 0.4"


def test_curves_on_one_another_differ_by_dash() -> None:
    pair = curves(loss("gd:eta=0.4", "momentum:eta=0.4,beta=0"))
    assert [curve.dash for curve in pair] == [0, 1]
    apart = curves(loss("gd:eta=0.4", "gd:eta=0.3"))
    assert [curve.dash for curve in apart] == [0, 0]


def test_an_exact_law_shows_the_mean_the_noise_and_their_sum() -> None:
    noisy = {"gradient": "noise(1)", "expected": True}
    assert [curve.label for curve in curves(loss("gd:eta=0.1", **noisy))] == [
        "mean",
        "noise",
        "sum",
    ]


def test_the_noise_ends_where_it_is_all_of_the_sum() -> None:
    noisy = {"gradient": "noise(1)", "expected": True, "objective": "x1^2+2x2^2", "steps": 60}
    mean, noise, both = curves(loss("gd:eta=0.1", **noisy))
    last = noise.points[-1]
    (there,) = both.points[both.points[:, 0] == last[0]]
    assert last[0] < 60
    assert last[1] == pytest.approx(there[1], rel=0.1)
    # in the end the noise has ½Σλη²/(1 − (1 − ηλ)²) of f
    level = sum(0.5 * k * 0.01 / (1 - (1 - 0.1 * k) ** 2) for k in (2.0, 4.0))
    assert noise.points[-1, 1] == pytest.approx(level, rel=0.01)
    assert mean.label == "mean"


def test_several_bands_are_the_outer_ones_alone() -> None:
    seeds = {"gradient": "noise(1)", "seeds": 20}
    alone = loss("gd:eta=0.1", **seeds).panels[0]
    assert [band.depth for band in alone.marks if isinstance(band, Spread)] == [0, 1]
    both = loss("gd:eta=0.1", "adam", **seeds).panels[0]
    assert [band.depth for band in both.marks if isinstance(band, Spread)] == [0, 0]
    assert not any(curve.faint for curve in curves(both))


def test_a_run_that_diverges_alone_is_shown_to_where_it_was_called_off() -> None:
    panel = loss("gd:eta=3", steps=2000).panels[0]
    (curve,) = curves(panel)
    last = np.flatnonzero(np.isfinite(curve.points[:, 1]))[-1]
    assert panel.xlim[1] == last < 200
    assert curve.label == "overflows at step 148"  # 2(2·11ᵗ)² > 1.8e308
    assert np.nanmax(curve.points[:, 1]) > 1e250
    assert panel.ylim[1] == 1e300


@pytest.mark.parametrize("measure", ["gap", "distance", "gradient", "modes"])
@pytest.mark.parametrize("steps", [0, 1])
@pytest.mark.parametrize("objective", ["d2l", "x^2", "quadratic(kappa=9, dim=4, seed=2)"])
def test_short_runs_in_any_dimension_can_be_drawn(measure: str, steps: int, objective: str) -> None:
    (panel,) = loss("adam", measure=measure, steps=steps, objective=objective).panels
    assert panel.xlim[0] < panel.xlim[1]
    assert panel.ylim[0] < panel.ylim[1]


def test_many_starts_are_faint_and_share_one_name() -> None:
    scene = loss("gd", "adam", start=tuple(f"{i},1" for i in range(1, 9)))
    assert [curve.label for curve in curves(scene) if curve.label] == ["Gradient descent", "Adam"]
    assert all(curve.faint for curve in curves(scene))
    assert not guides(scene)  # which would be louder than the curves


def test_a_log_without_an_objective_shows_f_and_says_that_its_minimum_is_unknown() -> None:
    (run,) = runs("gd:eta=0.4")
    bare = replace(run, objective=None, optimizer=None, label="mine")
    scene = figures.scene("loss", [bare], Look())
    assert scene.panels[0].ylabel == "$f(x_t)$, minimum unknown"
    assert np.array_equal(curves(scene)[0].points[:, 1], run.f[:, 0])
    for measure in ("distance", "modes"):
        with pytest.raises(Unfit, match="-f"):
            figures.scene("loss", [bare], measure=measure)
    with pytest.raises(Unfit, match="nothing above 0"):
        figures.scene("loss", [replace(bare, f=-run.f)], Look())
    with pytest.raises(Unfit, match="give the objective with -f"):
        figures.scene("loss", [replace(bare, f=run.f * np.nan)], Look())


def test_gradients_as_recorded_belong_to_the_step_before() -> None:
    (run,) = runs("gd:eta=0.4")
    bare = replace(run, objective=None, x=run.x * np.nan)
    (curve,) = curves(figures.scene("loss", [bare], measure="gradient"))
    assert curve.points[:, 0].tolist() == list(range(20))
    assert curve.points[0, 1] == pytest.approx(np.hypot(1, 8))
    with pytest.raises(Unfit, match="a step is wanted"):
        figures.scene("loss", [replace(bare, grad=run.grad[:0])], measure="gradient")


def test_several_runs_have_a_panel_each_with_its_name_and_colour() -> None:
    scene = loss("gd", "adam", measure="modes")
    assert [(p.title, p.role) for p in scene.panels] == [("Gradient descent", 0), ("Adam", 1)]
    assert scene.columns == 2
    with pytest.raises(Unfit, match="too many"):
        loss(measure="modes", start=tuple(f"{i},1" for i in range(13)))


def test_the_description_says_what_was_measured_and_from_where_to_where() -> None:
    assert "f − f* against the step" in loss("gd").alt
    assert loss("gd").alt.startswith("Gradient descent, η = 0.4, on f(x)")
    assert (
        "axis: from 10.5 to 0.089 after 20 steps; theory: a factor of 0.8464 a step"
        in loss("gd").alt
    )
    both = loss("gd:eta=0.4", "adam:eta=cosine(0.4,20)").alt
    assert "Gradient descent, η = 0.4: from 10.5 to 0.089 after 20 steps" in both
    assert "Adam, η = cosine(0.4, 20), β₁ = 0.9, β₂ = 0.999: from 10.5" in both
    assert loss("gd").title.startswith("Gradient descent")


def test_the_description_says_what_is_drawn_of_noisy_runs() -> None:
    noisy = {"gradient": "noise(1)"}
    assert "Expected f − f* against" in loss("gd:eta=0.1", expected=True, **noisy).alt
    assert "Median f − f* of 20 seeds against" in loss("gd:eta=0.1", seeds=20, **noisy).alt
    square = loss("gd:eta=0.1", measure="distance", expected=True, **noisy).alt
    assert "Root mean square of the distance" in square


def test_a_log_axis_has_no_place_for_zero() -> None:
    with pytest.raises(BadValue, match="above 0"):
        figures.scene("loss", runs(), Look(ylim=(0.0, 1.0)))
    with pytest.raises(BadValue, match="gap, distance, gradient, modes or milestones"):
        figures.read("loss", {"measure": "regret"})
