"""Many rows at once end as each does alone."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from optviz import objectives, optimizers
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.objectives.family import Family
from optviz.objectives.transforms import rotated, stretched
from optviz.optimizers import Optimizer, Rule
from optviz.schedules import Constant
from optviz.theory import stability
from optviz.walks import engine, vectorised

Q = objectives.read("0.1x1^2 + 2x2^2 + 0.3*x1*x2 - x1")
RULES = [pytest.param(rule, id=rule.word()) for rule in optimizers.registry]


def walked(
    objective: Quadratic, optimizer: Optimizer, start: Array, steps: int, tolerance: float
) -> Any:
    """The first step at which f − f* is small enough, for each row of a recorded walk."""
    run = engine.run(objective, optimizer, start, steps)
    with np.errstate(all="ignore"):
        there = objective.gap(run.x[1:]) <= tolerance * objective.gap(run.x[0])
    return np.where(there.any(axis=0), there.argmax(axis=0) + 1.0, np.nan)


@pytest.mark.parametrize("rule", RULES)
def test_every_cell_of_rates_has_the_steps_of_its_own_run(rule: type[Rule]) -> None:
    etas = np.geomspace(0.003, 2, 300)  # enough rows for the loop by columns
    many = Optimizer(rule(), Constant(etas[:, None]))
    start = np.tile([-5.0, -2.0], (len(etas), 1))
    found = vectorised.run(Q, many, start, 150, tolerance=1e-4)
    some = Optimizer(rule(), Constant(etas[::23, None]))
    expected = walked(Q, some, start[::23], 150, 1e-4)
    assert np.array_equal(found.steps[::23], expected, equal_nan=True)


@pytest.mark.parametrize("rule", RULES)
def test_columns_of_any_setting_give_what_the_number_gives(rule: type[Rule]) -> None:
    for name, meaning in rule.settings().items():
        if not meaning.within:
            continue
        low = float(meaning.within[1:-1].split(",")[0])
        values = low + (np.array([1.0, 2.0]) if meaning.whole else np.array([0.25, 0.5]))
        many = Optimizer(rule(**{name: values[:, None]}), Constant(0.05))
        found = vectorised.run(Q, many, np.tile([-5.0, -2.0], (2, 1)), 40, until="end")
        for value, gap in zip(values.tolist(), found.gap, strict=True):
            run = engine.run(Q, Optimizer(rule(**{name: value}), Constant(0.05)), [-5.0, -2.0], 40)
            assert gap == pytest.approx(Q.gap(run.x[-1, 0]), rel=1e-9), name


def test_a_row_that_grows_beyond_bounds_is_lost_and_the_others_run_on() -> None:
    etas = np.array([[0.1], [0.6], [1e200]])
    gd = Optimizer(optimizers.registry["gd"](), Constant(etas))
    found = vectorised.run(objectives.read("d2l"), gd, np.tile([-5.0, -2.0], (3, 1)), 2000)
    assert found.diverged.tolist() == [False, True, True]
    assert np.isfinite(found.steps).tolist() == [True, False, False]


def test_rows_of_a_family_run_on_their_own_objectives() -> None:
    members = [rotated(objectives.read("d2l"), angle) for angle in (0, 30, 60)]
    family = Family.of(members, np.array([2, 0, 1]))
    optimizer = optimizers.read("adagrad:eta=2")
    starts = np.array([[-5.0, -2.0], [1.0, 2.0], [3.0, -1.0]])
    found = vectorised.run(family, optimizer, starts, 500, tolerance=1e-6)
    for row, member in enumerate([2, 0, 1]):
        assert found.steps[row] == walked(members[member], optimizer, starts[row], 500, 1e-6)


def test_a_rule_within_a_rule_is_given_f() -> None:
    optimizer = optimizers.read("lookahead:base=polyak,eta=1")
    start = np.array([[-5.0, -2.0], [1.0, 2.0]])
    outcomes = vectorised.run(Q, optimizer, start, 30, until="end")
    run = engine.run(Q, optimizer, start, 30)
    assert outcomes.gap == pytest.approx(Q.gap(run.x[-1]), rel=1e-9)


def test_an_objective_without_a_minimum_cannot_be_raced_on() -> None:
    with pytest.raises(Exception, match="no minimum"):
        vectorised.run(objectives.read("x1*x2"), optimizers.read("gd"), np.ones((1, 2)), 10)


@given(st.floats(1.5, 1000), st.integers(2, 5), st.integers(0, 10**6))
def test_a_stretched_objective_has_the_new_condition_number_and_the_old_minimiser(
    kappa: float, dim: int, seed: int
) -> None:
    q = objectives.read(f"quadratic(kappa=30, dim={dim}, seed={seed})")
    found = stretched(q, kappa)
    assert found.kappa == pytest.approx(kappa, rel=1e-6)
    assert found.eigenvalues[-1] == pytest.approx(q.eigenvalues[-1], rel=1e-9)
    assert found.grad(q.minimiser) == pytest.approx(np.zeros(dim), abs=1e-9)


spectra = st.lists(st.floats(0.01, 10), min_size=1, max_size=4)


@given(
    spectra,
    st.integers(0, 10**6),
    st.sampled_from(["gd", "momentum", "nesterov"]),
    st.floats(0.05, 0.95),
    st.floats(0, 0.95),
)
@settings(max_examples=200)
def test_measured_rates_are_the_spectral_radius_of_the_iteration_matrix(
    values: list[float], seed: int, name: str, share: Any, beta: float
) -> None:
    rng = np.random.default_rng(seed)
    axes = np.linalg.qr(rng.normal(size=(len(values), len(values))))[0]
    matrix = (axes * values) @ axes.T
    q = Quadratic((matrix + matrix.T) / 2, np.zeros(len(values)))
    rule = optimizers.registry[name](**({} if name == "gd" else {"beta": beta}))
    eta = share * stability.largest_rate(rule, q)
    for value in values:  # a defective matrix has no pure rate, t·ρᵗ, and no eigenvalue to 1e-6
        roots = np.linalg.eigvals(iteration(name, eta, beta, value))
        assume(len(roots) == 1 or abs(roots[0] - roots[1]) > 0.02)
    start = axes @ np.ones(len(values))  # every eigenvector takes part
    found = vectorised.run(
        q, Optimizer(rule, Constant(np.array([[eta]]))), start[None], 60, until="rest"
    )
    radius = max(
        np.abs(np.linalg.eigvals(iteration(name, eta, beta, value))).max() for value in values
    )
    if found.factor[0] == found.factor[0]:  # nan: at rest already
        assert found.factor[0] == pytest.approx(radius, abs=1e-6)


def iteration(name: str, eta: float, beta: float, value: float) -> Array:
    """The matrix that takes (x, v) to the next (x, v) along one eigenvector."""
    if name == "gd":
        return np.array([[1 - eta * value]])
    if name == "momentum":  # v ← βv + λx, x ← x − ηv
        return np.array([[1 - eta * value, -eta * beta], [value, beta]])
    # v ← βv + λx, x ← x − η(λx + βv)
    return np.array([[1 - eta * value * (1 + beta), -eta * beta**2], [value, beta]])
