"""The rates as data: curves, ceilings, crossings."""

from typing import Any

import numpy as np
import pytest

from optviz import figures, spec
from optviz.errors import Unfit
from optviz.scene import Ceiling, Crossing, Curve, Guide, Look, Panel
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
    assert ceilings == [(10.0, r"$2/\lambda_{1}=10$"), (0.5, r"$2/\lambda_{2}=0.5$")]


def test_momentum_has_a_higher_ceiling() -> None:
    ceilings = rates("momentum:eta=0.6,beta=0.5").of(Ceiling)
    assert [c.y for c in ceilings] == pytest.approx([15.0, 0.75])  # type: ignore[attr-defined]


def test_rules_with_different_ceilings_each_have_their_own_by_name() -> None:
    labels = [ceiling.label for ceiling in rates("gd", "momentum").of(Ceiling)]  # type: ignore[attr-defined]
    assert [label.rpartition("$ ")[2] for label in labels] == ["Gradient descent"] * 2 + [
        "Momentum"
    ] * 2
    assert not rates("gd", "momentum", "adam").of(Ceiling)  # too many lines to tell apart


def test_the_realised_ratio_is_what_the_step_came_to() -> None:
    # momentum's first two steps on g = λx: x₁ = (1−ηλ)x₀, x₂ = x₁ − η(λx₁ + βλx₀)
    panel = rates("momentum:eta=0.1,beta=0.5", objective="x^2", start=("1",), rate="realised")
    (curve,) = panel.of(Curve)
    assert curve.points[:2, 1] == pytest.approx([0.1, 0.1 * (1 + 0.5 / 0.8)])  # type: ignore[attr-defined]
    assert [c.y for c in panel.of(Ceiling)] == [1.0]  # type: ignore[attr-defined]


def test_the_description_names_the_quantity_that_is_drawn() -> None:
    runs = [walk.run() for walk in spec.walks(RunSpec(opt=("momentum",)))]
    for which in ("effective", "realised", "asymptotic"):
        alt = figures.scene("rates", runs, rate=which).alt
        assert alt.lower().startswith(which)


def test_the_asymptotic_rate_of_momentum_is_larger_by_one_over_one_minus_beta() -> None:
    (curve,) = rates("momentum:eta=0.1,beta=0.75", rate="asymptotic").of(Curve)
    assert curve.points[:, 1] == pytest.approx(0.4)  # type: ignore[attr-defined]


def test_a_rotated_objective_shows_the_ceiling_of_the_steepest_direction_alone() -> None:
    (ceiling,) = rates("adagrad", objective="d2l-rotated").of(Ceiling)
    assert ceiling.y == pytest.approx(2 / 8)  # type: ignore[attr-defined]  # λ = 0.4 and 8


def test_rmsprop_crosses_its_ceilings_at_steps_25_and_51() -> None:
    crossings = rates("rmsprop:eta=0.4", steps=120).of(Crossing)
    assert sorted(c.x for c in crossings) == [25.0, 51.0]  # type: ignore[attr-defined]


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
