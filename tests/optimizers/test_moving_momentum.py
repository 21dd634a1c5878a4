"""A schedule that moves the momentum besides the rate, as two of PyTorch's do."""

import numpy as np
import pytest

from optviz import figures, gradients, optimizers
from optviz.errors import TextError, Unfit
from optviz.figures import _rates_ceilings
from optviz.objectives import Quadratic
from optviz.scene import Curve
from optviz.studies import sweep
from optviz.studies.grid import Axis
from optviz.theory import verdict
from optviz.theory.expectation import covariances
from optviz.walks import engine, vectorised

CYCLE = "OneCycleLR(0.1,total_steps=40)"
BOWL = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))
START = np.array([-5.0, -2.0])
WITHOUT = [rule.word() for rule in optimizers.registry if not rule.momentum]


def test_the_heavy_ball_has_the_momentum_of_each_step() -> None:
    optimizer = optimizers.read(f"momentum:eta={CYCLE}")
    x, v = START, np.zeros(2)
    for t in range(1, 41):
        beta, eta = optimizer.schedule.momentum(t), optimizer.schedule(t)
        v = beta * v + BOWL.Q @ x
        x = x - eta * v
    run = engine.run(BOWL, optimizer, START, 40)
    assert run.x[-1, 0] == pytest.approx(x, rel=1e-12)


@pytest.mark.parametrize("name", WITHOUT)
def test_a_rule_without_a_momentum_refuses_such_a_schedule_unless_cycle_momentum_is_off(
    name: str,
) -> None:
    with pytest.raises(Unfit, match=r"moves the momentum too.*cycle_momentum=false"):
        optimizers.read(f"{name}:eta={CYCLE}")
    optimizers.read(f"{name}:eta={CYCLE[:-1]},cycle_momentum=False)")


def test_the_error_for_gradient_descent_names_the_rule_that_has_one() -> None:
    with pytest.raises(Unfit, match=r"write momentum in place of gd, or OneCycleLR\("):
        optimizers.read(f"sgd@torch:lr={CYCLE}")


def test_as_in_pytorch_a_momentum_beside_the_schedule_does_not_matter() -> None:
    with_momentum, without = (
        optimizers.read(f"sgd@torch:lr={CYCLE},momentum=0.3"),
        optimizers.read(f"momentum@torch:lr={CYCLE}"),
    )
    assert with_momentum == without
    assert str(with_momentum) == f"momentum@torch:eta={CYCLE}"


@pytest.mark.parametrize(
    "text", ["momentum:eta={},beta=0.5", "sgd@keras:learning_rate={},momentum=0.5"]
)
def test_elsewhere_a_momentum_that_would_do_nothing_is_refused(text: str) -> None:
    with pytest.raises(TextError, match="OneCycleLR moves it; leave it out"):
        optimizers.read(text.format(CYCLE))
    still = CYCLE[:-1] + ",cycle_momentum=false)"
    assert optimizers.read(text.format(still)).rule.beta == 0.5


def test_a_momentum_for_all_is_refused_where_a_schedule_moves_it() -> None:
    with pytest.raises(TextError, match="OneCycleLR moves it; leave it out"):
        optimizers.read_all([f"momentum@torch:lr={CYCLE}"], {"beta": "0.5"})


@pytest.mark.parametrize("text", ["momentum", "rmsprop@torch", "adam", "nadam@torch"])
def test_many_rows_at_once_go_the_same_way(text: str) -> None:
    optimizer = optimizers.read(f"{text}:eta={CYCLE}")
    run = engine.run(BOWL, optimizer, START, 40)
    many = vectorised.run(BOWL, optimizer, np.tile(START, (3, 1)), 40, until="end")
    assert many.gap == pytest.approx(np.full(3, run.f[-1, 0]), rel=1e-9)


def test_the_exact_law_of_noise_follows_the_momentum() -> None:
    optimizer, curvature, sigma = optimizers.read(f"momentum:eta={CYCLE}"), 2.0, 0.5
    oracle = gradients.oracle(gradients.read(f"noise({sigma})"))
    law = covariances(Quadratic(np.array([[curvature]]), np.zeros(1)), optimizer, oracle, 30)
    covariance = np.zeros((2, 2))
    for t in range(1, 31):
        beta, eta = optimizer.schedule.momentum(t), optimizer.schedule(t)
        step = np.array([[1 - eta * curvature, -eta * beta], [curvature, beta]])
        noise = sigma * np.array([-eta, 1.0])
        covariance = step @ covariance @ step.T + np.outer(noise, noise)
        assert law[t].item() == pytest.approx(covariance[0, 0], rel=1e-12)


def test_a_sweep_over_what_the_schedule_moves_is_refused() -> None:
    optimizer = optimizers.read(f"momentum:eta={CYCLE}")
    with pytest.raises(Unfit, match="OneCycleLR moves beta; with cycle_momentum=false"):
        sweep.sweep(BOWL, optimizer, START, (Axis("beta", np.array([0.1, 0.5])),))


def test_the_verdict_says_nothing_that_holds_for_one_momentum_only() -> None:
    optimizer = optimizers.read(f"momentum:eta={CYCLE}")
    (forecast,) = verdict.judge(BOWL, [optimizer], START).forecasts
    assert forecast.factors is None
    assert forecast.max_eta is None
    assert np.isnan(forecast.ceilings).all()
    assert "moves rate and momentum together" in forecast.verdict
    run = engine.run(BOWL, optimizer, START, 10)
    assert _rates_ceilings.thresholds([run], "effective") == []


def test_the_rate_that_inertia_builds_up_to_is_that_of_each_step() -> None:
    optimizer = optimizers.read(f"momentum:eta={CYCLE}")
    run = engine.run(BOWL, optimizer, START, 10)
    factors = [1 / (1 - optimizer.schedule.momentum(t)) for t in range(1, 11)]
    (panel,) = figures.scene("rates", [run], rate="asymptotic").panels
    asymptotic = panel.of(Curve)[0].points[:, 1]
    assert asymptotic == pytest.approx(run.rate[:, 0, 0] * factors)
