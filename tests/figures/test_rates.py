"""The rates as data: curves, ceilings, crossings."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import figures, spec
from optviz.errors import Unfit
from optviz.scene import Ceiling, Crossing, Curve, Excess, Guide, Look, Panel, Scene, Spread
from optviz.spec import RunSpec


def rates(*opt: str, look: Look | None = None, rate: str = "effective", **run: Any) -> Panel:
    walks = spec.walks(RunSpec(opt=opt, **run))
    (panel,) = figures.scene("rates", [walk.run() for walk in walks], look, rate=rate).panels
    return panel


def test_each_coordinate_has_its_curve_from_step_one() -> None:
    one, two = rates("adagrad:eta=0.4").of(Curve)
    assert isinstance(one, Curve)
    assert isinstance(two, Curve)
    assert one.points[:, 0].tolist() == list(range(1, 21))
    # the book's figure, first and last: 0.4/√1, 0.4/√64; KNOWN: 0.129907, 0.026352
    assert one.points[[0, -1], 1] == pytest.approx([0.4, 0.129907], abs=1e-6)
    assert two.points[[0, -1], 1] == pytest.approx([0.05, 0.026352], abs=1e-6)
    assert one.dash != two.dash
    assert one.role == two.role


def test_coordinates_with_the_same_rates_share_a_curve_and_a_name() -> None:
    (curve,) = rates("gd").of(Curve)
    assert curve.label == "$x_{1}$, $x_{2}$"  # type: ignore[attr-defined]


def test_the_ceilings_are_two_over_lambda() -> None:
    ceilings = [(c.y, c.label) for c in rates("rmsprop").of(Ceiling)]  # type: ignore[attr-defined]
    assert ceilings == [
        (10.0, r"ceiling $2/\lambda_1$ = 10"),
        (0.5, r"ceiling $2/\lambda_2$ = 0.5"),
    ]


def test_a_ceiling_has_the_dash_of_its_coordinate() -> None:
    assert [c.dash for c in rates("rmsprop").of(Ceiling)] == [0, 1]  # type: ignore[attr-defined]
    assert [c.dash for c in rates("gd").of(Ceiling)] == [0, 0]  # type: ignore[attr-defined]  # one curve
    (curve, ceiling) = (rates("adagrad").of(kind)[1] for kind in (Curve, Ceiling))
    assert curve.dash == ceiling.dash == 1  # type: ignore[attr-defined]


def test_a_ceiling_out_of_view_is_named_with_its_coordinate_and_an_arrow() -> None:
    labels = [c.label for c in rates("adagrad:eta=0.4").of(Ceiling)]  # type: ignore[attr-defined]
    assert labels == [
        r"ceiling of $x_{1}$, $2/\lambda_1$ = 10 ↑",
        r"ceiling of $x_{2}$, $2/\lambda_2$ = 0.5",
    ]


def test_where_coordinates_are_letters_their_ceilings_name_them() -> None:
    labels = [c.label for c in rates("rmsprop", objective="0.1x^2 + 2y^2").of(Ceiling)]  # type: ignore[attr-defined]
    assert labels == [r"ceiling of $x$, $2/\lambda_1$ = 10", r"ceiling of $y$, $2/\lambda_2$ = 0.5"]
    (one,) = rates("gd:eta=0.5", objective="x^2", start=("1",)).of(Ceiling)
    assert one.label == r"ceiling $2/\lambda$ = 1"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("opt", "labels"),  # λ = 0.1 and 2
    [
        ("gd:eta=0.95", ["ceiling 1"]),
        ("momentum:eta=0.1,beta=0.9", ["ceiling 1.9"]),  # 2(1 + β)/2
        ("adagrad:eta=1.5", ["ceiling of $y$, 1"]),
        ("adam:eta=0.3", ["ceilings 19 and 380 ↑"]),  # 2(1 + β)/(1 − β) = 38
    ],
)
def test_small_panels_give_the_heights_of_ceilings_alone(opt: str, labels: list[str]) -> None:
    small = Look(shape=1.0, ylim=(0.05, 2.5))
    panel = rates(opt, look=small, objective="scratch", steps=30)
    assert [c.label for c in panel.of(Ceiling)] == labels  # type: ignore[attr-defined]
    assert panel.ylabel == "effective learning rate"


def test_momentum_has_a_higher_ceiling() -> None:
    ceilings = rates("momentum:eta=0.6,beta=0.5").of(Ceiling)
    assert [c.y for c in ceilings] == pytest.approx([15.0, 0.75])  # type: ignore[attr-defined]


def test_rules_with_different_ceilings_each_have_their_own_by_name() -> None:
    labels = [ceiling.label for ceiling in rates("gd", "momentum").of(Ceiling)]  # type: ignore[attr-defined]
    owners = [label.partition(": ")[0] for label in labels]
    assert owners == ["Gradient descent"] * 2 + ["Momentum"] * 2
    assert not rates("gd", "momentum", "adam").of(Ceiling)  # too many lines to tell apart


def test_the_realised_ratio_is_what_the_step_came_to() -> None:
    # momentum's first two steps on g = λx: x₁ = (1−ηλ)x₀, x₂ = x₁ − η(λx₁ + βλx₀)
    panel = rates("momentum:eta=0.1,beta=0.5", objective="x^2", start=("1",), rate="realised")
    (curve,) = panel.of(Curve)
    assert curve.points[:2, 1] == pytest.approx([0.1, 0.1 * (1 + 0.5 / 0.8)])  # type: ignore[attr-defined]
    assert [c.y for c in panel.of(Ceiling)] == [1.0]  # type: ignore[attr-defined]


def test_a_realised_ratio_below_zero_is_a_gap_that_is_explained() -> None:
    def scene(opt: str) -> Scene:
        walks = spec.walks(RunSpec(opt=(opt,), steps=60))
        return figures.scene("rates", [walk.run() for walk in walks], rate="realised")

    swinging = scene("momentum:eta=0.1,beta=0.9")
    assert swinging.subtitle.endswith("; gaps are steps uphill")
    assert swinging.alt.endswith("; gaps are steps uphill.")
    assert "gaps" not in scene("gd:eta=0.1").subtitle


def test_the_description_names_the_quantity_that_is_drawn() -> None:
    runs = [walk.run() for walk in spec.walks(RunSpec(opt=("momentum",)))]
    for which in ("effective", "realised", "asymptotic"):
        alt = figures.scene("rates", runs, rate=which).alt
        assert f". {which} " in alt.lower()


def test_the_description_says_how_rates_go_and_where_they_cross() -> None:
    def alt(opt: str, **run: Any) -> str:
        walks = spec.walks(RunSpec(opt=(opt,), **run))
        return figures.scene("rates", [walk.run() for walk in walks]).alt

    assert alt("gd:eta=0.4").endswith("Effective learning rates: x1 and x2 at 0.4.")
    crossing = "x1 crosses its ceiling 10 at step 51, x2 crosses its ceiling 0.5 at step 25"
    assert crossing in alt("rmsprop:eta=0.4", steps=120)
    assert "x1 from 0.4 to 0.13, x2 from 0.05 to 0.0264." in alt("adagrad:eta=0.4")


def test_the_description_names_the_ceiling_of_the_rule_that_crosses_it() -> None:
    walks = spec.walks(RunSpec(opt=("rmsprop:eta=0.4", "adam:eta=0.4"), steps=40))
    alt = figures.scene("rates", [walk.run() for walk in walks]).alt
    assert "x2 crosses its ceiling 0.5 at step 25" in alt  # 2/λ, not Adam's 38/λ


def test_the_asymptotic_rate_of_momentum_is_larger_by_one_over_one_minus_beta() -> None:
    (curve,) = rates("momentum:eta=0.1,beta=0.75", rate="asymptotic").of(Curve)
    assert curve.points[:, 1] == pytest.approx(0.4)  # type: ignore[attr-defined]


def test_a_rotated_objective_shows_the_ceiling_of_the_steepest_direction_alone() -> None:
    (ceiling,) = rates("adagrad", objective="d2l-rotated").of(Ceiling)
    assert ceiling.y == pytest.approx(2 / 8)  # type: ignore[attr-defined]  # λ = 0.4 and 8


def test_rmsprop_crosses_its_ceilings_at_steps_25_and_51() -> None:
    crossings = rates("rmsprop:eta=0.4", steps=120).of(Crossing)
    assert sorted(c.x for c in crossings) == [25.0, 51.0]  # type: ignore[attr-defined]


def test_a_crossing_is_marked_only_where_its_line_is_in_view() -> None:
    panel = rates("rmsprop:eta=0.4", steps=120, look=Look(ylim=(0.1, 5.0)))
    assert [c.x for c in panel.of(Crossing)] == [25.0]  # type: ignore[attr-defined]


def title(*opt: str, **run: Any) -> str:
    walks = spec.walks(RunSpec(opt=opt, **run))
    return figures.scene("rates", [walk.run() for walk in walks]).title


@pytest.mark.parametrize(
    ("opt", "run", "expected"),
    [
        ("rmsprop:eta=0.4", {"steps": 120}, "cross their ceilings at steps 25 and 51"),
        ("rmsprop:eta=0.4", {"steps": 40}, "rate of x₂ crosses its ceiling at step 25"),
        ("rmsprop:eta=0.4", {}, "rates stay below their ceilings"),
        ("adagrad:eta=0.4", {}, "AdaGrad's rates only fall"),
        ("gd:eta=0.4", {}, "Gradient descent's rate stays below its ceilings"),
        ("gd:eta=0.6", {}, "Gradient descent's rate stays above the ceiling of x₂"),
        ("gd:eta=11", {}, "rate stays above the ceilings of x₁ and x₂"),
        # λmax = 4, and 0.4 > 2/4 is not so
        ("gd:eta=0.4", {"objective": "2x1^2 + 2x2^2"}, "rate stays below its ceiling"),
        ("gd:eta=0.1", {"objective": "d2l-rotated"}, "rate stays below the ceiling"),  # 2/8
        # from 0.7 down through 0.5, which is no crossing
        ("gd:eta=cosine(0.7,10)", {"steps": 10}, "Gradient descent's rate only falls"),
    ],
)
def test_the_title_claims_what_the_rates_do(opt: str, run: dict[str, Any], expected: str) -> None:
    assert title(opt, **run).endswith(expected)


@given(
    name=st.sampled_from(["gd", "adagrad", "rmsprop", "adam", "momentum", "amsgrad"]),
    eta=st.floats(0.01, 4.0),
    objective=st.sampled_from(["d2l", "x^2 + 9y^2", "3x^2", "x^2 - x y + 3y^2"]),
)
def test_what_a_title_claims_holds_at_every_step(name: str, eta: float, objective: str) -> None:
    start = ("2",) if objective == "3x^2" else ("2,1",)
    words = RunSpec(opt=(f"{name}:eta={eta}",), objective=objective, start=start, steps=40)
    (run,) = [walk.run() for walk in spec.walks(words)]
    says = figures.scene("rates", [run]).title
    rate, q = run.rate[:, 0], run.objective.quadratic  # type: ignore[union-attr]
    constant = run.optimizer.ceiling()[0]  # type: ignore[union-attr,index]
    heights = constant / (np.diag(q.Q) if q.diagonal else q.eigenvalues[-1:])  # type: ignore[union-attr]
    if "only fall" in says:
        assert all(sorted(column, reverse=True) == column for column in rate.T.tolist())
    if "stay" in says and "below" in says:
        assert (rate < heights).all()
    if "stay" in says and "above" in says:
        assert ((rate > heights).all(axis=0)).any()
    for step in map(int, re.findall(r"\d+", says.partition(" at step")[2])):
        assert ((rate[step - 1] > heights) & (rate[step - 2] <= heights)).any()


def test_a_rate_above_its_ceiling_is_tinted_where_its_coordinate_grows() -> None:
    one, two = rates("rmsprop:eta=0.4", steps=120).of(Excess)
    assert (one.y, two.y) == (10.0, 0.5)  # type: ignore[attr-defined]
    assert (one.label, two.label) == ("above its ceiling, $x_i$ grows", "")  # type: ignore[attr-defined]
    (single,) = rates("gd:eta=0.6").of(Excess)
    assert single.label == "above its ceiling, $x_{2}$ grows"  # type: ignore[attr-defined]
    assert single.points[:, 1].tolist() == [0.6] * 20  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("opt", "run"),
    [
        (("gd:eta=0.4",), {}),  # below
        (("momentum:eta=0.8,beta=0.5",), {}),  # above 0.75, but with momentum
        (("gd:eta=0.6",), {"objective": "d2l-rotated"}),  # not diagonal
        (("gd:eta=0.6", "gd:eta=0.7"), {}),  # the tints of two would mix
        (("gd:eta=0.6",), {"gradient": "noise(1)"}),
        (("gd:eta=0.6",), {"start": ("-5,0",)}),  # x₂ rests at its minimum, and stays
    ],
)
def test_nothing_is_tinted_where_that_is_not_so(opt: tuple[str, ...], run: dict[str, Any]) -> None:
    assert not rates(*opt, **run).of(Excess)


def test_very_many_coordinates_are_their_median_in_bands() -> None:
    walks = spec.walks(RunSpec(opt=("adagrad",), objective="quadratic(kappa=9,dim=60,seed=1)"))
    (run,) = [walk.run() for walk in walks]
    scene = figures.scene("rates", [run])
    (panel,) = scene.panels
    outer, inner = panel.of(Spread)
    (median,) = panel.of(Curve)
    assert median.points[:, 1] == pytest.approx(np.median(run.rate[:, 0], axis=1))  # type: ignore[attr-defined]
    assert inner.low == pytest.approx(np.quantile(run.rate[:, 0], 0.25, axis=1))  # type: ignore[attr-defined]
    assert outer.high == pytest.approx(np.quantile(run.rate[:, 0], 0.95, axis=1))  # type: ignore[attr-defined]
    assert median.label == "median of 60 coordinates"  # type: ignore[attr-defined]
    assert scene.subtitle.endswith("; bands with 50 and 90 % of the coordinates")
    one = rates("gd:eta=0.1", objective="quadratic(kappa=9,dim=60,seed=1)")
    assert not one.of(Spread)  # all coordinates share one rate


def test_several_optimizers_are_named_with_their_coordinates() -> None:
    labels = [curve.label for curve in rates("gd", "adagrad").of(Curve)]  # type: ignore[attr-defined]
    assert labels == ["Gradient descent", "AdaGrad, $x_{1}$", "AdaGrad, $x_{2}$"]


def test_a_guide_of_t_to_the_minus_half_only_where_gradients_are_summed() -> None:
    (guide,) = rates("adagrad").of(Guide)
    assert isinstance(guide, Guide)
    assert guide.points[:, 1] * np.sqrt(guide.points[:, 0]) == pytest.approx(0.4, abs=1e-5)
    assert not rates("rmsprop").of(Guide)


def test_a_rate_of_zero_is_not_on_the_log_axis() -> None:
    panel = rates("gd:eta=cosine(0.4,10)", steps=20)
    (curve,) = panel.of(Curve)
    assert isinstance(curve, Curve)
    assert np.isnan(curve.points[10:, 1]).all()
    assert panel.ylim[0] > 0


def test_no_step_has_no_rate_to_draw() -> None:
    with pytest.raises(Unfit, match="no effective rates"):
        rates("gd", steps=0)
    with pytest.raises(Unfit, match="no effective rates"):
        rates("gd:eta=0")
