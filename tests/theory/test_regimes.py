"""Regimes of an eigenmode: closed forms of their boundaries, and what a walk really does."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from optviz import optimizers
from optviz.objectives import Quadratic
from optviz.theory import regimes
from optviz.walks import engine

betas, steepness = st.floats(0.01, 0.97), st.floats(1e-3, 3.9)


def rule(name: str, beta: float) -> optimizers.Rule:
    return optimizers.read(f"{name}:eta=1,beta={beta}").rule


@given(betas, st.sampled_from([0.9, 0.999, 1.001, 1.1]))
def test_the_heavy_ball_is_critical_where_root_beta_is_one_minus_root_of_the_rate(
    beta: float, by: float
) -> None:
    critical = (1 - np.sqrt(beta)) ** 2
    expected = "monotone" if by < 1 else "oscillating"
    assert regimes.regime(rule("momentum", beta), critical * by, 1.0) == expected
    assert regimes.regime(rule("momentum", beta), critical, 1.0) == "critical"


@given(betas, st.sampled_from([0.9, 0.999, 1.001]))
def test_the_heavy_ball_alternates_above_one_plus_root_beta_squared(beta: float, by: float) -> None:
    above = (1 + np.sqrt(beta)) ** 2 * by
    assume(above < 2 * (1 + beta))
    expected = "oscillating" if by < 1 else "alternating"
    assert regimes.regime(rule("momentum", beta), above, 1.0) == expected


@given(st.floats(1e-3, 0.9), st.sampled_from([0.9, 0.99, 1.01, 1.1]))
def test_nesterov_is_critical_at_its_own_momentum(steep: float, by: float) -> None:
    beta = (1 - np.sqrt(steep)) / (1 + np.sqrt(steep)) * by
    assume(beta < 0.999)
    expected = "monotone" if by < 1 else "oscillating"
    assert regimes.regime(rule("nesterov", beta), steep, 1.0) == expected


@given(st.sampled_from(["momentum", "nesterov"]), betas, steepness, st.floats(0.2, 5))
def test_a_walk_does_what_the_roots_say(
    name: str, beta: float, steep: float, curvature: float
) -> None:
    eta = steep / curvature
    optimizer = optimizers.read(f"{name}:eta={eta!r},beta={beta!r}")
    found = optimizer.rule.recurrence(eta, curvature)
    assert found is not None
    larger, smaller = (complex(root) for root in regimes.roots(*found))
    assume(abs(larger) > 1e-3 and abs(abs(larger) - 1) > 1e-3)
    if larger.imag:
        assume(abs(larger.imag) > 0.02 * abs(larger))  # it turns within the walk
    else:
        assume(abs(smaller) < 0.97 * abs(larger))  # the larger root soon prevails
    hill = Quadratic(np.array([[curvature]]), np.zeros(1))
    with np.errstate(all="ignore"):
        x = engine.run(hill, optimizer, [1.0], 400).x[:, 0, 0]
    x = x[np.isfinite(x) & (abs(x) > 1e-250)]
    tail = np.sign(x[min(200, len(x) // 2) :])
    changes = float(np.mean(tail[1:] != tail[:-1]))
    said = regimes.regime(optimizer.rule, eta, curvature)
    grows = abs(x[-1]) > abs(x[0])
    assert (said == "diverging") == grows
    if not grows:
        expected = {"monotone": changes == 0, "alternating": changes == 1,
                    "oscillating": 0 < changes < 1}  # fmt: skip
        assert said is not None and expected[said]


def test_gradient_descent_is_monotone_then_alternates() -> None:
    gd = optimizers.read("gd:eta=1").rule
    said = [regimes.regime(gd, eta, 2.0) for eta in (0.1, 0.49, 0.5, 0.51, 0.99, 1.01)]
    assert said == ["monotone", "monotone", "critical", "alternating", "alternating", "diverging"]
    assert regimes.regime(optimizers.read("adam").rule, 0.1, 1.0) is None


@pytest.mark.parametrize("name", ["momentum", "nesterov", "qhm", "gd"])
def test_a_rate_of_each_regime_has_that_regime(name: str) -> None:
    of = optimizers.read(f"{name}:eta=1").rule
    found = regimes.rates(of, 4.0)
    assert found
    assert all(regimes.regime(of, eta, 4.0) == said for said, eta in found.items())
    if name == "momentum":  # β = 0.5
        assert list(found) == ["monotone", "critical", "oscillating", "alternating"]
        assert found["critical"] == pytest.approx((1 - np.sqrt(0.5)) ** 2 / 4, rel=1e-12)
