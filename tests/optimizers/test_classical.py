"""The classical methods against SciPy, textbook theorems and numbers worked out by hand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import optimizers, spec
from optviz.arrays import Array, apply
from optviz.arrays.line_search import curvature, lowest
from optviz.objectives import Quadratic
from optviz.objectives.family import Family
from optviz.optimizers import Optimizer, Point
from optviz.optimizers._linear_algebra import apply_function, direction_and_ratio, eigen
from optviz.schedules import Constant
from optviz.spec import RunSpec
from optviz.walks import completion, engine, vectorised
from optviz.walks.trajectory import Trajectory

EPS = np.finfo(float).eps
FILE = Path(__file__).parent.parent / "recorded" / "classical.npz"
METHODS = [
    "newton",
    "steepest",
    "cg",
    "nonlinearcg:form=fr",
    "nonlinearcg:form=pr",
    "bfgs",
    "lbfgs",
    "lbfgs:memory=1",
    "lbfgs:memory=2",
]
CONJUGATE = METHODS[2:]


def walked(hill: Quadratic, text: str, start: Sequence[float] | Array, steps: int) -> Trajectory:
    return engine.run(hill, optimizers.read(text), np.array(start, dtype=float), steps)


def valley(eigenvalues: Sequence[float] | Array, seed: int = 0, c: bool = True) -> Quadratic:
    """A dense Q with these eigenvalues."""
    rng, dim = np.random.default_rng(seed), len(eigenvalues)
    axes = np.linalg.qr(rng.normal(size=(dim, dim)))[0]
    Q = (axes * np.array(eigenvalues)) @ axes.T
    return Quadratic((Q + Q.T) / 2, rng.normal(size=dim) * c)


# SciPy, and pytorch_optimizer's Shampoo on a vector.


def recorded() -> tuple[dict[str, Any], dict[str, Array]]:
    with np.load(FILE) as file:
        arrays = dict(file)
    return json.loads(str(arrays.pop("meta"))), arrays


META, ARRAYS = recorded()
CASES = [
    pytest.param(case, id=f"{case['optimizer']} on {case['objective']}") for case in META["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_a_walk_goes_where_the_library_went(case: dict[str, str]) -> None:
    Q, c, start = (ARRAYS[f"{case['objective']}_{name}"] for name in ("Q", "c", "start"))
    x = ARRAYS[f"{case['key']}_x"]
    full = case["optimizer"].startswith("adagradfull")
    steps = np.array(META["steps"]) if full else np.arange(1, len(x) + 1)
    run = walked(Quadratic(Q, c), case["optimizer"], start, int(steps[-1]))
    apart = abs(run.x[steps, 0] - x).max(axis=1) / np.maximum(1, abs(x).max(axis=1))
    assert (apart <= 1e-11 + 10 * ARRAYS[f"{case['key']}_apart"]).all()


def test_all_recordings_are_there_and_most_are_good_to_the_last_digits() -> None:
    assert len(CASES) == 30
    apart = [ARRAYS[f"{case['key']}_apart"][-1] for case in META["cases"]]
    assert sorted(apart)[24] < 1e-11


# Newton.


@pytest.mark.parametrize("kappa", [1.0, 20.0, 1e4, 1e8])
def test_newton_is_there_in_one_step_from_anywhere(kappa: float) -> None:
    hill = valley(np.geomspace(1, kappa, 6))
    start = np.random.default_rng(1).normal(size=(5, 6)) * 100
    end = engine.run(hill, optimizers.read("newton"), start, 1).x[1]
    assert abs(end - hill.minimiser).max() <= 1e3 * kappa * EPS * abs(start).max()


def test_a_damped_newton_leaves_the_same_share_of_every_direction() -> None:
    hill, start = valley([0.01, 1, 10, 50]), np.array([3.0, -4, 5, 1])
    run = walked(hill, "newton:eta=0.25", start, 20)
    away = (run.x[:, 0] - hill.minimiser) / (start - hill.minimiser)
    assert away == pytest.approx(np.tile(0.75 ** np.arange(21)[:, None], (1, 4)), rel=1e-10)


def test_newton_goes_to_a_saddle_uphill_if_need_be() -> None:
    saddle = Quadratic(np.diag([1.0, -2.0]), np.array([-1.0, 4.0]))
    run = walked(saddle, "newton", [1.0, 5.0], 1)
    assert run.x[1, 0] == pytest.approx([1.0, 2.0], abs=1e-14)
    assert run.f[1, 0] > run.f[0, 0]


def test_where_nothing_curves_newton_keeps_the_gradient() -> None:
    # f = x² + y: Q⁻¹ takes x to 0 at once; along y the slope 1 is followed at η
    run = walked(Quadratic(np.diag([2.0, 0.0]), np.array([0.0, 1.0])), "newton", [3.0, 0.0], 3)
    assert run.x[1:, 0].tolist() == [[0, -1], [0, -2], [0, -3]]


def test_the_rate_of_newton_is_the_length_of_its_step_by_that_of_the_gradient() -> None:
    hill = valley([0.5, 2, 8])
    run = walked(hill, "newton:eta=0.5", [1, 2, 3], 10)
    moved = np.linalg.norm(np.diff(run.x[:, 0], axis=0), axis=1)
    assert run.rate[:, 0, 0] == pytest.approx(moved / np.linalg.norm(run.grad[:, 0], axis=1))
    assert (run.rate >= 0.5 / 8 * (1 - 1e-12)).all()
    assert (run.rate <= 0.5 / 0.5 * (1 + 1e-12)).all()


# Jacobi.


def test_jacobi_is_there_in_one_step_where_the_axes_are_right() -> None:
    run = walked(Quadratic(np.diag([0.2, 4.0]), np.zeros(2)), "jacobi", [-5, -2], 1)
    assert run.x[1, 0].tolist() == [0, 0]
    assert run.rate[0, 0].tolist() == [5, 0.25]


def test_jacobi_is_the_iteration_of_the_textbook() -> None:
    hill = valley([1, 2, 3, 4], seed=2)
    Q, x = hill.Q, np.array([1.0, -2, 3, -4])
    run = walked(hill, "jacobi", x, 30)
    for t in range(1, 31):  # xᵢ = (bᵢ − Σ over j ≠ i of Qᵢⱼxⱼ)/Qᵢᵢ
        x = np.array(
            [
                (-hill.c[i] - sum(Q[i, j] * x[j] for j in range(4) if j != i)) / Q[i, i]
                for i in range(4)
            ]
        )
        assert run.x[t, 0] == pytest.approx(x, rel=1e-11, abs=1e-11)


def test_jacobi_diverges_where_coordinates_are_coupled_too_much() -> None:
    Q = np.full((3, 3), 0.8) + 0.2 * np.eye(3)  # positive definite, D⁻¹Q up to 2.6
    assert walked(Quadratic(Q, np.zeros(3)), "jacobi", [1, 1, 1], 50).status == ("diverged",)
    assert walked(Quadratic(Q, np.zeros(3)), "jacobi:eta=0.7", [1, 1, 1], 400).status == (
        "converged",
    )


# Steepest descent.


def test_the_first_step_of_steepest_descent_by_hand() -> None:
    # g = (−1, −8): gᵀg = 65, gᵀQg = 0.2 + 256
    run = walked(Quadratic(np.diag([0.2, 4.0]), np.zeros(2)), "steepest", [-5, -2], 1)
    assert run.rate[0, 0] == pytest.approx(65 / 256.2, rel=1e-14)
    assert run.x[1, 0] == pytest.approx([-5 + 65 / 256.2, -2 + 8 * 65 / 256.2], rel=1e-14)


@pytest.mark.parametrize("kappa", [2.0, 20.0, 1000.0])
def test_from_the_worst_start_each_step_leaves_the_share_of_kantorovich(kappa: float) -> None:
    hill = Quadratic(np.diag([1.0, kappa]), np.zeros(2))
    run = walked(hill, "steepest", [kappa, 1.0], 50)
    share = (kappa - 1) / (kappa + 1)
    signs = share ** np.arange(51)[:, None] * np.array([1.0, 1.0])
    signs[1::2, 1] *= -1
    assert run.x[:, 0] == pytest.approx(signs * [kappa, 1.0], rel=1e-9)


def test_no_start_is_worse_than_that_and_steps_are_at_right_angles() -> None:
    hill = valley([0.5, 1, 3, 20], c=False)
    start = np.random.default_rng(5).normal(size=(200, 4))
    run = engine.run(hill, optimizers.read("steepest"), start, 30)
    gap = hill.gap(run.x)
    assert (gap[1:] <= (39 / 41) ** 2 * gap[:-1] * (1 + 1e-10)).all()
    g = run.grad / np.linalg.norm(run.grad, axis=2, keepdims=True)
    assert abs((g[1:] * g[:-1]).sum(axis=2)).max() < 1e-8


def test_a_length_a_little_short_of_the_best_breaks_the_zigzag() -> None:
    hill = Quadratic(np.diag([1.0, 1000.0]), np.zeros(2))
    exact = walked(hill, "steepest", [1000, 1], 200)
    relaxed = walked(hill, "steepest:eta=0.9", [1000, 1], 200)
    assert hill.gap(relaxed.x[-1, 0]) < 1e-3 * hill.gap(exact.x[-1, 0])


# Backtracking.


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("armijo", 0.5),
        ("armijo:trial=0.1", 0.1),
        ("armijo:shrink=0.9", 0.9**7),
        ("armijo:c1=0.9", 0.03125),
        ("armijo:c1=0.5", 0.25),
        ("armijo:trial=100,shrink=0.1", 0.1),
    ],
)
def test_the_length_that_backtracking_finds_by_hand(text: str, length: float) -> None:
    # g = (−1, −8): curvature along it 256.2/65 = 3.94; s must be at most 2(1−c₁)/3.94
    run = walked(Quadratic(np.diag([0.2, 4.0]), np.zeros(2)), text, [-5, -2], 1)
    assert run.rate[0, 0] == pytest.approx(length, rel=1e-12)


@pytest.mark.parametrize("settings", [(1e-4, 0.5, 1.0), (0.3, 0.7, 10.0), (0.6, 0.2, 0.7)])
def test_backtracking_is_the_loop_over_f_of_the_textbook(
    settings: tuple[float, float, float],
) -> None:
    c1, shrink, trial = settings
    hill, x = valley([0.3, 1, 9], seed=4), np.array([3.0, -2, 4])
    run = walked(hill, f"armijo:c1={c1},shrink={shrink},trial={trial}", x, 25)
    for t in range(1, 26):
        g, s = hill.grad(x[None])[0], trial
        while hill.value((x - s * g)[None])[0] > hill.value(x[None])[0] - c1 * s * g @ g:
            s *= shrink
        x = x - s * g
        assert run.rate[t - 1, 0] == pytest.approx(s, rel=1e-12)
        assert run.x[t, 0] == pytest.approx(x, rel=1e-9, abs=1e-9)
    assert (np.diff(run.f[:, 0]) < 0).all()


# Conjugate gradients and what walks as they do.


@pytest.mark.parametrize("text", CONJUGATE)
def test_conjugate_gradients_are_done_in_dim_steps(text: str) -> None:
    hill = valley([0.2, 1, 3, 7, 20])
    run = walked(hill, text, [3, -1, 4, 1, -5], 5)
    assert hill.gap(run.x[-1, 0]) <= 1e-20 * hill.gap(run.x[0, 0])
    assert hill.gap(run.x[-2, 0]) >= 1e-8 * hill.gap(run.x[0, 0])


@pytest.mark.parametrize("text", CONJUGATE)
def test_each_is_at_the_lowest_point_of_the_krylov_space(text: str) -> None:
    hill = valley(np.geomspace(0.1, 10, 7), seed=6)
    start = np.random.default_rng(6).normal(size=7) * 3
    run = walked(hill, text, start, 6)
    g, basis = hill.grad(start[None])[0], []
    root = np.linalg.cholesky(hill.Q).T  # f − f* = ½‖root (x − x*)‖²
    for k in range(1, 7):
        new = hill.Q @ basis[-1] if basis else g
        for old in basis:
            new = new - (new @ old) * old
        basis.append(new / np.linalg.norm(new))
        span = np.array(basis).T
        best = np.linalg.lstsq(root @ span, root @ (hill.minimiser - start))[0]
        assert run.x[k, 0] == pytest.approx(start + span @ best, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("text", CONJUGATE[1:])
def test_all_walk_as_linear_conjugate_gradients(text: str) -> None:
    hill, start = valley([0.2, 1, 3, 7, 20]), [3, -1, 4, 1, -5]
    assert walked(hill, text, start, 4).x == pytest.approx(
        walked(hill, "cg", start, 4).x, rel=1e-9, abs=1e-9
    )


def test_as_many_steps_as_different_curvatures_are_enough() -> None:
    hill = valley([2.0, 2.0, 2.0, 5.0, 5.0])
    assert hill.gap(walked(hill, "cg", [1, 2, 3, 4, 5], 2).x[-1, 0]) < 1e-25


def test_at_another_rate_fletcher_reeves_and_polak_ribiere_part() -> None:
    hill, start = valley([0.2, 1, 3, 7, 20]), [3, -1, 4, 1, -5]
    fr, pr, cg = (
        walked(hill, text, start, 4).x[-1, 0]
        for text in ("nonlinearcg:0.7", "nonlinearcg:0.7,form=pr", "cg:0.7")
    )
    assert abs(fr - pr).max() > 0.01
    assert abs(fr - cg).max() > 0.01


@pytest.mark.parametrize("form", ["fr", "pr"])
@pytest.mark.parametrize("eta", [0.8, 2.5])  # beyond 2 a direction leads uphill, and is left
def test_nonlinear_conjugate_gradients_at_any_rate_are_the_loop_of_the_textbook(
    eta: float, form: str
) -> None:
    hill, x = valley([0.2, 1, 3, 7, 20]), np.array([3.0, -1, 4, 1, -5])
    run, old, d = walked(hill, f"nonlinearcg:{eta},form={form}", x, 12), x, x
    for t in range(12):
        g = hill.Q @ x + hill.c
        beta = max(g @ (g if form == "fr" else g - old) / (old @ old), 0) if t % 5 else 0
        d = g + beta * d
        d, old = d if g @ d > 0 else g, g
        x = x - eta * (g @ d) / (d @ hill.Q @ d) * d
        assert run.x[t + 1, 0] == pytest.approx(x, rel=1e-9, abs=1e-9)


def test_bfgs_has_learned_the_inverse_when_it_is_done() -> None:
    hill, rule = valley([0.5, 2, 6, 9]), optimizers.read("bfgs").rule
    x, state = np.array([[3.0, -1, 4, 2]]), rule.init(np.zeros((1, 4)))
    for t in range(1, 6):
        step, state = rule.update(
            Point(t, 1.0, x, hill.value(x), hill.grad(x), hill, hill.minimum), state
        )
        x = x - step.scale * step.direction
    assert state.H[0] == pytest.approx(np.linalg.inv(hill.Q), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("text", ["bfgs:0.6", "lbfgs:0.6,memory=100"])
def test_bfgs_at_any_rate_is_the_update_of_the_textbook(text: str) -> None:
    # L-BFGS that forgets nothing is BFGS from γI, with the γ of the newest pair, at every step
    hill, x = valley([0.5, 2, 6, 9]), np.array([3.0, -1, 4, 2])
    run, pairs, one = walked(hill, text, x, 8), [], np.eye(4)
    for t in range(8):
        g = hill.Q @ x + hill.c
        H = one
        if pairs and text.startswith("l"):
            s, y = pairs[-1]
            H = (s @ y) / (y @ y) * one
        for s, y in pairs:
            rho = 1 / (s @ y)
            left = one - rho * np.outer(s, y)
            H = left @ H @ left.T + rho * np.outer(s, s)
        d = H @ g
        s = -0.6 * (g @ d) / (d @ hill.Q @ d) * d
        x, pairs = x + s, [*pairs, (s, hill.Q @ s)]
        assert run.x[t + 1, 0] == pytest.approx(x, rel=1e-9, abs=1e-9)


def test_a_short_memory_forgets() -> None:
    hill, start = valley([0.5, 2, 6, 9]), [3, -1, 4, 2]
    ends = [walked(hill, f"lbfgs:0.6,memory={m}", start, 6).x[-1, 0] for m in (1, 2, 5)]
    assert abs(ends[0] - ends[1]).max() > 1e-3
    assert abs(ends[1] - ends[2]).max() > 1e-3
    none = walked(hill, "lbfgs:0.6,memory=0", start, 6).x[-1, 0]
    assert none == pytest.approx(walked(hill, "steepest:0.6", start, 6).x[-1, 0], rel=1e-12)


@pytest.mark.parametrize("text", [*METHODS, "armijo", "jacobi:0.4", "adagradfull"])
def test_long_after_it_is_done_a_method_is_still_there(text: str) -> None:
    hill = valley([0.2, 1, 3, 20], seed=1)
    run = walked(hill, text, [3, -1, 4, 1], 600)
    assert np.isfinite(run.rate).all()
    assert run.status == ("converged",)


@pytest.mark.parametrize("text", METHODS)
def test_from_far_and_from_near_the_walk_is_the_same_but_for_its_size(text: str) -> None:
    hill, start = valley([0.5, 2, 6], c=False), np.array([3.0, -1, 4])
    usual = walked(hill, text, start, 3)
    for size in (2.0**-400, 2.0**400):
        run = walked(hill, text, start * size, 3)
        assert run.x[:2] / size == pytest.approx(usual.x[:2], rel=1e-12)


@pytest.mark.parametrize("text", METHODS[1:])
def test_where_a_line_has_no_lowest_point_the_length_is_one(text: str) -> None:
    saddle = Quadratic(np.diag([1.0, -1.0]), np.zeros(2))
    run = walked(saddle, text, [0.0, 1.0], 3)
    assert run.x[:, 0, 1].tolist() == [1, 2, 4, 8]
    assert run.rate[:, 0].tolist() == [[1, 1]] * 3


@pytest.mark.parametrize("text", [*METHODS, "armijo", "jacobi"])
def test_without_the_objective_rates_are_nan(text: str) -> None:
    rates = completion.effective_rates(optimizers.read(text), np.ones((4, 2, 3)))
    assert rates.shape == (4, 2, 3)
    assert np.isnan(rates).all()


@pytest.mark.parametrize("text", [*METHODS, "armijo", "jacobi", "adagradfull"])
def test_rows_of_a_family_walk_on_their_own_objectives(text: str) -> None:
    members = [valley([0.3, 1, 4], seed=seed) for seed in range(3)]
    members = [Quadratic(q.Q, np.zeros(3)) for q in members]
    family = Family.of(members, np.array([2, 0, 1]))
    start = np.random.default_rng(8).normal(size=(3, 3))
    together = vectorised.run(
        family, Optimizer(optimizers.read(text).rule, Constant(0.9)), start, 2, until="end"
    )
    for row, member in enumerate([2, 0, 1]):
        alone = engine.run(
            members[member], Optimizer(optimizers.read(text).rule, Constant(0.9)), start[row], 2
        )
        assert together.gap[row] == pytest.approx(members[member].gap(alone.x[-1, 0]), rel=1e-9)


# Full-matrix AdaGrad.


def turn(degrees: float) -> Array:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cos, -sin], [sin, cos]])


@pytest.mark.parametrize("degrees", [30, 45, 77.7])
def test_full_adagrad_is_independent_of_rotation(degrees: float) -> None:
    R, Q, start = turn(degrees), np.diag([0.2, 4.0]), np.array([-5.0, -2.0])
    turned_Q = R @ Q @ R.T
    straight = walked(Quadratic(Q, np.zeros(2)), "adagradfull", start, 200)
    other = walked(
        Quadratic((turned_Q + turned_Q.T) / 2, np.zeros(2)), "adagradfull", R @ start, 200
    )
    assert other.x[:, 0] == pytest.approx(straight.x[:, 0] @ R.T, rel=1e-9, abs=1e-9)
    assert other.rate == pytest.approx(straight.rate, rel=1e-9)


def test_the_diagonal_form_depends_on_rotation() -> None:
    R, Q, start = turn(45), np.diag([0.2, 4.0]), np.array([-5.0, -2.0])
    turned_Q = R @ Q @ R.T
    straight = walked(Quadratic(Q, np.zeros(2)), "adagrad", start, 20)
    other = walked(Quadratic((turned_Q + turned_Q.T) / 2, np.zeros(2)), "adagrad", R @ start, 20)
    assert abs(other.x[:, 0] - straight.x[:, 0] @ R.T).max() > 0.1


def test_in_one_dimension_and_on_an_axis_it_is_adagrad_and_has_its_rate() -> None:
    for text in ("{}:eta=0.4", "{}:eta=2,eps=0.5"):
        for Q, start in (([[3.0]], [2.0]), (np.diag([0.2, 4.0]), [0.0, -2.0])):
            hill = Quadratic(np.array(Q), np.zeros(len(start)))
            full, plain = (
                walked(hill, text.format(n), start, 30) for n in ("adagradfull", "adagrad")
            )
            assert full.x == pytest.approx(plain.x, rel=1e-12, abs=1e-300)
            assert full.rate[:, 0, -1] == pytest.approx(plain.rate[:, 0, -1], rel=1e-12)


@pytest.mark.parametrize("eps", [1e-6, 0.1, 0.0])
def test_full_adagrad_is_the_formula_by_lapack(eps: float) -> None:
    hill, x = valley([0.3, 1, 5]), np.array([2.0, -3, 1])
    run, G = walked(hill, f"adagradfull:eta=0.5,eps={eps}", x, 40), np.zeros((3, 3))
    for t in range(40):
        g = hill.Q @ x + hill.c
        G = G + np.outer(g, g)
        values, V = np.linalg.eigh(G)
        values = np.where(values < 1e-14 * values.max(), 0, values) + eps
        root = np.divide(1, np.sqrt(values), out=np.zeros(3), where=values > 0)
        x = x - 0.5 * V @ (root * (V.T @ g))
        assert run.x[t + 1, 0] == pytest.approx(x, rel=1e-9, abs=1e-9)


# The counter.


@pytest.mark.parametrize("c", [0.0, 1.0, 7.5])
def test_a_coordinate_without_gradients_is_never_counted(c: float) -> None:
    hill = Quadratic(np.diag([1.0, 2.0]), np.zeros(2))
    run = walked(hill, f"occurrence:eta=0.4,c={c}", [3.0, 0.0], 20)
    t = np.arange(1, 21)
    assert run.rate[:, 0, 0] == pytest.approx(0.4 / np.sqrt(t + c), rel=1e-14)
    unseen = 0.4 / c**0.5 if c else 0
    assert run.rate[:, 0, 1] == pytest.approx(np.full(20, unseen), rel=1e-14)


def test_occurrences_are_counted_where_the_gradient_is_not_nothing() -> None:
    # a feature seen at steps 2 and 4 of 5, another always
    grad = np.array([[0, 1.0], [2, -1], [0, 3], [-1e-300, 1], [0, 1]])[:, None]
    counted = completion.effective_rates(optimizers.read("occurrence:eta=1,c=1"), grad)[:, 0]
    assert counted[:, 0] == pytest.approx(1 / np.sqrt(np.array([1, 2, 2, 3, 3])), rel=1e-14)
    assert counted[:, 1] == pytest.approx(1 / np.sqrt(np.array([2, 3, 4, 5, 6])), rel=1e-14)
    alike = completion.effective_rates(optimizers.read("uniform:eta=1,c=1"), grad)[:, 0]
    assert alike == pytest.approx(np.tile(counted[:, 1:], (1, 2)), rel=1e-14)


def test_where_every_gradient_counts_the_counter_is_the_uniform_decay() -> None:
    hill, start = valley([0.3, 1, 4]), [1.0, 2, 3]
    counted, uniform = (
        walked(hill, f"{name}:eta=0.5,c=3", start, 50) for name in ("occurrence", "uniform")
    )
    assert np.array_equal(counted.x, uniform.x)
    assert uniform.rate[:, 0, 0] == pytest.approx(0.5 / np.sqrt(np.arange(1, 51) + 3), rel=1e-14)


# The linear algebra beneath.


@pytest.mark.parametrize("dim", [1, 2, 3, 4, 7, 20])
def test_eigenvalues_and_vectors_are_lapacks(dim: int) -> None:
    A = np.random.default_rng(dim).normal(size=(6, dim, dim))
    A = A + np.swapaxes(A, 1, 2)
    values, V = eigen(A)
    assert np.sort(values, axis=1) == pytest.approx(np.linalg.eigvalsh(A), abs=1e-12)
    assert np.einsum("bij,bj,bkj->bik", V, values, V) == pytest.approx(A, abs=1e-12)
    assert np.einsum("bij,bik->bjk", V, V) == pytest.approx(np.tile(np.eye(dim), (6, 1, 1)))


def test_a_matrix_has_the_same_bits_in_any_batch() -> None:
    A = np.random.default_rng(0).normal(size=(9, 5, 5))
    A = A + np.swapaxes(A, 1, 2)
    A[2], A[4, 0, 0] = np.eye(5), np.nan
    values, V = eigen(A)
    for i in range(9):
        alone = eigen(A[i])
        assert np.array_equal(alone[0], values[i], equal_nan=True)
        assert np.array_equal(alone[1], V[i], equal_nan=True)


def test_small_eigenvalues_beside_large_ones_keep_their_digits() -> None:
    v = np.array([[1.0, 2, 3]])
    values, _ = eigen(v[:, :, None] * v[:, None, :])
    assert np.sort(values[0]) == pytest.approx([0, 0, 14], abs=1e-14)
    values, _ = eigen(np.array([[1e8, 1.0], [1.0, 1e-6]]))
    assert np.sort(values) == pytest.approx([1e-6 - 1e-8, 1e8], rel=1e-9)


def test_a_function_of_a_matrix_and_the_tools_of_a_line() -> None:
    hill, g = valley([1, 2, 5]), np.array([[1.0, -2, 3], [0, 0, 0]])
    values, V = eigen(hill.Q)
    assert apply_function(V, 1 / values, apply(hill.Q, g)) == pytest.approx(g, abs=1e-13)
    along = curvature(hill.Q, g)
    assert along[0, 0] == pytest.approx(g[0] @ hill.Q @ g[0] / 14, rel=1e-13)
    assert along[1, 0] == 0
    assert lowest(g, g, along)[:, 0] == pytest.approx([1 / along[0, 0], 0])
    direction, ratio = direction_and_ratio(3 * g[:, ::-1], g)
    assert direction == pytest.approx(g[:, ::-1])
    assert ratio[:, 0] == pytest.approx([3, 0])


def test_a_gradient_whose_inverse_overflows_moves_nothing() -> None:
    tiny = np.array([[3e-320, 4e-320]])
    for part in direction_and_ratio(2 * tiny, tiny):
        assert not part.any()


def test_newton_stays_where_it_has_arrived() -> None:
    # each step leaves about 1e-10 of the distance, and after 31 steps the gradient underflows
    words = RunSpec(objective="quadratic(kappa=1000000,dim=5,seed=1)", opt=("newton",), steps=60)
    (run,) = [walk.run() for walk in spec.walks(words)]
    assert run.status == ("converged",)
    assert np.isfinite(run.x).all()
