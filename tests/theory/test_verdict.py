"""The verdict against linear algebra, and its forecasts against long runs."""

import json
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

import optviz
from optviz import objectives, optimizers
from optviz.objectives import Quadratic
from optviz.theory import verdict
from optviz.theory.verdict import Spectrum, Verdict, at_best, judge, report

START = np.array([-5.0, -2.0])


def judged(text: str, *opt: str, start: ArrayLike | None = None, **more: Any) -> Verdict:
    q = objectives.read(text)
    place = np.resize(START, q.dim) if start is None else np.array(start, dtype=float)
    return judge(q, optimizers.read_all(list(opt)), place, **more)


def said(text: str, opt: str, **more: Any) -> str:
    (told,) = judged(text, opt, **more).forecasts
    return told.verdict


def symmetric(seed: int, dim: int, positive: bool) -> Quadratic:
    rng = np.random.default_rng(seed)
    Q = rng.normal(size=(dim, dim))
    Q = Q @ Q.T + 0.1 * np.eye(dim) if positive else Q + Q.T
    return Quadratic((Q + Q.T) / 2, rng.normal(size=dim))


seeds, dims = st.integers(0, 10_000), st.integers(1, 6)


# The objective.


@given(seeds, dims)
def test_kappa_before_and_after_preconditioning_is_numpy_s_condition_number(
    seed: int, dim: int
) -> None:
    q = symmetric(seed, dim, positive=True)
    half = np.diag(1 / np.sqrt(np.diag(q.Q)))
    assert q.kappa == pytest.approx(np.linalg.cond(q.Q), rel=1e-6)
    assert Spectrum(q).kappa_diagonal == pytest.approx(np.linalg.cond(half @ q.Q @ half), rel=1e-6)
    assert Spectrum(q).kappa_exact == 1


@given(seeds, dims, st.booleans())
def test_every_eigenvalue_lies_in_a_disc(seed: int, dim: int, positive: bool) -> None:
    s = Spectrum(symmetric(seed, dim, positive))
    pairs = [(s.objective, s.discs)]
    if s.preconditioned is not None:
        pairs.append((s.preconditioned, s.discs_diagonal))
        assert [disc.centre for disc in s.discs_diagonal] == [1.0] * dim
    for q, discs in pairs:
        assert len(discs) == dim
        for value in q.eigenvalues:
            assert any(abs(value - disc.centre) <= disc.radius + 1e-9 for disc in discs)


@given(seeds, dims)
def test_the_minimiser_moves_by_a_share_of_one_over_lambda(seed: int, dim: int) -> None:
    q, delta = symmetric(seed, dim, positive=True), 1e-3
    for i, moves in enumerate(Spectrum(q).sensitivity):
        along = q.eigenvectors[:, i]
        moved = Quadratic(q.Q, q.c + delta * along).minimiser - q.minimiser
        assert moved == pytest.approx(-delta * moves * along, abs=1e-8 * moves)


@given(seeds, dims)
def test_preconditioning_is_a_change_of_variables(seed: int, dim: int) -> None:
    q = symmetric(seed, dim, positive=True)
    x = np.random.default_rng(seed).normal(size=(3, dim))
    after = Spectrum(q).preconditioned
    assert after.value(x * np.sqrt(np.diag(q.Q))) == pytest.approx(q.value(x))


def test_there_is_no_preconditioning_by_what_is_not_above_zero() -> None:
    for text in ("x^2-y^2", "x^2+0y", "xy", "3x+y"):
        s = Spectrum(objectives.read(text))
        assert (s.preconditioned, s.kappa_diagonal, s.discs_diagonal) == (None, None, None)
    assert Spectrum(objectives.read("(x+y)^2")).kappa_exact is None


def test_the_minimum_is_where_the_formulas_say() -> None:
    told = judged("2x1^2 + 2x1x2 + 2x2^2 - 6x1 - 6x2").as_dict()  # LMU: minimum at (1, 1)
    assert told["minimiser"] == pytest.approx([1, 1])
    assert told["minimum"] == pytest.approx(-6)  # b − ½cᵀQ⁻¹c = −½(6, 6)·(1, 1)
    assert told["eigenvalues"] == pytest.approx([2, 6])


# As data.


def test_the_data_have_the_names_of_the_contract() -> None:
    told = judged("d2l", "gd", "adagrad").as_dict()
    assert told.keys() >= {
        "objective",
        "Q",
        "c",
        "b",
        "eigenvalues",
        "kappa",
        "definite",
        "minimiser",
        "minimum",
        "kappa_diagonal",
        "gershgorin",
        "optimizers",
    }
    for one in told["optimizers"]:
        assert one.keys() >= {"optimizer", "max_eta", "best", "rate", "verdict"}
    assert (told["kappa"], told["kappa_diagonal"], told["kappa_exact"]) == (20, 1, 1)
    assert told["gershgorin"] == [{"centre": 0.2, "radius": 0}, {"centre": 4, "radius": 0}]
    assert told["sensitivity"] == pytest.approx([5, 0.25])


HOSTILE = ["d2l", "(x+y)^2", "(x+y)^2+x", "x^2-y^2", "-x^2-y^2", "3x+4y", "x-x", "x^2", "x^2+0y",
           "1e-320x^2", "1e200x^2-1e200y^2", "1e300x^2", "xy", "1e-200x^2+1e200x", "-x^2+0y",
           "quadratic(kappa=100,dim=30,seed=1)", "quadratic(kappa=9,dim=60,seed=1)"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_every_objective_is_judged_and_data_hold_only_numbers(text: str) -> None:
    opts = [
        *optimizers.registry.names,
        "gd:eta=0",
        "adam:eta=0",
        "gd:eta=cosine(0.3,60)",
        "adagrad:eta=cosine(0.3,60)",
        "adam:beta2=0,eps=0",
        "rmsprop:eps=0",
        "rmsprop@torch",
        "adagrad@keras:eta=1e-9",
        "adagrad:eta=1e9",
    ]
    for start in (None, np.zeros(objectives.read(text).dim)):
        whole = judged(text, *opts, start=start)
        json.dumps(whole.as_dict(), allow_nan=False)
        page = report(whole)
        for told in whole.forecasts:
            assert told.verdict
            assert "nan" not in told.verdict
        assert "nan" not in page
        assert max(map(len, page.splitlines())) <= 110


def test_what_is_not_finite_is_null() -> None:
    told = judged("(x+y)^2", "gd:eta=2").as_dict()
    assert told["kappa"] is told["kappa_diagonal"] is told["kappa_exact"] is None
    assert told["sensitivity"][0] is None
    assert told["optimizers"][0]["steps"] is None


def test_a_page_on_many_dimensions_stays_short() -> None:
    page = report(judged("quadratic(kappa=100,dim=30,seed=1)", "gd", "adagrad"))
    assert len(page.splitlines()) < 45
    assert "λ30 = 1" in page


# Settings that nobody gave.


def test_settings_that_nobody_gave_are_at_their_best() -> None:
    q = objectives.read("d2l")
    ball = at_best(optimizers.read("momentum"), q, set())
    assert ball.schedule(1) == pytest.approx(0.667907, abs=5e-7)
    assert ball.rule.beta == pytest.approx(0.402605, abs=5e-7)
    kept = at_best(optimizers.read("momentum:beta=0.25"), q, {"beta"})
    assert kept.rule.beta == 0.25
    # every smaller √β than the best: both ends of the spectrum shrink alike, at (1+β)2/(λ₁+λ₂)
    assert kept.schedule(1) == pytest.approx(1.25 * 2 / 4.2, rel=1e-3)


def test_settings_that_somebody_gave_stay() -> None:
    q = objectives.read("d2l")
    for text in ("gd:eta=0.1", "momentum:eta=0.1", "adagrad"):
        optimizer = optimizers.read(text)
        assert at_best(optimizer, q, {"eta"}) == optimizer
    adagrad = optimizers.read("adagrad")
    assert at_best(adagrad, q, set()) == adagrad
    saddle = objectives.read("saddle")
    gd = optimizers.read("gd")
    assert at_best(gd, saddle, set()) == gd


def test_a_dialect_is_still_the_dialect_at_its_best() -> None:
    keras = at_best(optimizers.read("momentum@keras"), objectives.read("d2l"), set())
    assert keras.dialect == "keras"
    assert keras.rule.rate_at == "inside"


# Sentences on rules that are linear.


def test_too_large_a_rate_diverges() -> None:
    (told,) = judged("d2l", "gd:eta=0.6").forecasts
    assert told.diverges
    assert told.verdict == (
        "diverges: 0.6 is above 0.5, the largest stable rate; x2 grows by 1.4 a step"
    )
    assert "0.5000001 is above 0.5," not in said("d2l", "gd:eta=0.5000001")
    assert not judged("d2l", "gd:eta=0.4", "adam:eta=9").forecasts[0].diverges


def test_what_the_start_has_no_part_of_does_not_grow() -> None:
    (told,) = judged("d2l", "gd:eta=0.6", start=(-5, 0)).forecasts
    assert not told.diverges
    assert told.verdict.endswith("only rounding sets it off")
    assert optviz.run("d2l", "gd:eta=0.6", start=(-5, 0), steps=200).f[-1, 0] < 1e-9


def test_a_stable_rate_is_compared_with_the_best() -> None:
    # ln 1e-6 / (2 ln 0.92) = 82.8 and / (2 ln 0.904762) = 69.0
    assert said("d2l", "gd:eta=0.4") == (
        "κ = 20: at 0.4 the flat direction x1 shrinks by 0.92 a step, about 83 steps to 10⁻⁶; "
        "η = 0.476 would need 69"
    )


def test_the_edge_is_told_from_either_side() -> None:
    assert said("x^2", "gd:eta=1").startswith("on the edge: 1 is the largest stable rate")


def test_a_falling_rate_is_judged_by_its_largest() -> None:
    assert "its largest rate, 0.3 (step 1), is below 0.5" in said("d2l", "gd:eta=cosine(0.3,60)")
    (told,) = judged("d2l", "gd:eta=cosine(0.8,20)").forecasts
    assert told.verdict.startswith("unstable at first: its largest rate, 0.8 (step 1)")
    assert (told.factor, told.steps, told.diverges) == (None, None, False)
    warm = said("d2l", "gd:eta=cosine(0.8,20,0,5)")
    assert "(step 6)" in warm  # five steps of warm-up


@pytest.mark.parametrize("opt", ["gd:eta=0.1", "momentum:eta=0.1", "nesterov:eta=0.1"])
def test_a_saddle_tells_where_it_falls_and_how_fast_one_leaves(opt: str) -> None:
    whole = judged("saddle", opt, start=(-2, 0.01))
    (told,) = whole.forecasts
    assert (told.max_eta, told.best, told.steps) == (None, None, None)
    run = optviz.run("saddle", opt, start=(-2, 0.01), steps=200)
    growth = run.x[-1, 0, 1] / run.x[-2, 0, 1]
    assert f"grows there by {growth:.3g} a step" in told.verdict
    assert "no minimum: f falls without end along x2 (λ = −2)" in told.verdict


def test_a_start_on_the_ridge_needs_rounding_to_leave_it() -> None:
    assert "only rounding sets it off" in said("saddle", "gd:eta=0.1", start=(-2, 0))
    assert "rounding" not in said("saddle", "gd:eta=0.1", start=(-2, 0.01))


@pytest.mark.parametrize("opt", ["gd:eta=0.1", "momentum:eta=0.1,beta=0.5"])
def test_a_slope_without_curvature_is_walked_down_for_ever(opt: str) -> None:
    run = optviz.run("3x+4y", opt, start=(0, 0), steps=100)
    pace = np.linalg.norm(run.x[-1, 0] - run.x[-2, 0])
    assert f"each step goes {pace:.3g} down it" in said("3x+4y", opt)
    assert "by a slope of 0.707" in said("(x+y)^2+x", opt)  # (1, 0)·(1, −1)/√2


def test_where_nothing_is_to_be_done_it_says_so() -> None:
    assert "same everywhere" in said("x-x", "gd")
    assert "is the minimiser already" in said("d2l", "adam", start=(0, 0))
    assert "is a saddle already" in said("saddle", "gd", start=(0, 0))
    assert said("d2l", "gd:eta=0") == said("d2l", "adam:eta=0") == "a rate of 0 moves nothing"
    assert "in a single step" in said("x^2", "gd:eta=0.5")
    assert "what is flat stays as it is" in said("(x+y)^2", "gd:eta=0.1")


# Rules with rates of their own.


@pytest.mark.parametrize("diagonal", [(0.2, 4.0), (1.0,), (0.05, 20.0)])
@pytest.mark.parametrize("eta", [0.05, 0.4, 2.0, 5.0])
def test_adagrad_settles_where_it_was_foretold(diagonal: list[float], eta: float) -> None:
    q = Quadratic(np.diag(diagonal), np.zeros(len(diagonal)))
    starts, optimizer = np.full((2, q.dim), [[-5.0], [-0.5]]), optimizers.read(f"adagrad:eta={eta}")
    run = optviz.run(q, optimizer, start=starts, steps=2000 if eta > 0.1 else 20_000)
    for row, start in enumerate(starts):
        (told,) = judge(q, [optimizer], start).forecasts
        assert told.facts["settled"] == pytest.approx(run.rate[-1, row], rel=0.1)
        assert told.facts["needed"] == pytest.approx(1 / np.array(diagonal))
        done = int(np.argmax(run.f[:, row] <= 1e-6 * run.f[0, row]))
        assert told.steps == pytest.approx(done, rel=0.2, abs=1)
        travelled = abs(run.x[20, row] - start)
        assert told.facts["travel"] == pytest.approx(travelled, rel=0.1)


def test_adagrad_cannot_arrive_in_so_few_steps() -> None:
    # Gₜ ≥ t gₜ², so 20 steps sum to at most 0.4 Σ t^(−½) ≤ 0.4(2√20 − 1) = 3.18, and x1 has 5 to go
    sentence = said("d2l", "adagrad:eta=0.4")
    assert "= 3.18: it cannot arrive" in sentence
    assert "(5, 0.25) would be needed" in sentence
    assert "cannot" not in said("d2l", "adagrad:eta=2")
    assert "cannot" not in said("d2l", "adagrad:eta=0.4", steps=100)
    run = optviz.run("d2l", "adagrad:eta=0.4")
    assert abs(run.x[20, 0] - run.x[0, 0]).max() < 3.18


def test_adagrad_on_a_turned_valley_promises_no_steps() -> None:
    (told,) = judged("d2l-rotated", "adagrad").forecasts
    assert told.steps is None
    assert "Q is not diagonal" in told.verdict


@pytest.mark.parametrize(
    "opt",
    [
        "rmsprop:eta=0.4",
        "rmsprop:eta=0.001",
        "rmsprop:eta=0.01",
        "rmsprop@torch:eta=0.1",
        "rmsprop:eta=0.4,rho=0.5",
    ],
)
def test_rmsprop_ends_in_the_cycle_foretold(opt: str) -> None:
    run = optviz.run("d2l", opt, steps=8000)
    (told,) = judged("d2l", opt).forecasts
    tail = abs(run.x[-100:, 0]).max(axis=0)
    assert told.facts["cycle"] == pytest.approx(tail, rel=1e-3, abs=1e-7)


def test_the_half_width_of_the_cycle_is_half_the_rate() -> None:
    (told,) = judged("d2l", "rmsprop:eta=0.4").forecasts
    assert told.facts["cycle"] == pytest.approx([0.2, 0.2], rel=1e-3)
    # ½(0.2·0.04 + 4·0.04) = 0.084 of 10.5
    assert told.facts["rest"] == pytest.approx(0.008, rel=1e-3)


def test_rmsprop_with_a_tiny_rate_converges() -> None:
    assert said("0.1x^2", "rmsprop:eta=0.001", start=[-5]).startswith("converges: ε lets no rate")
    assert optviz.run("0.1x^2", "rmsprop:eta=0.001", start=[-5], steps=20_000).f[-1, 0] < 1e-12


def test_adam_circles_under_its_ceiling() -> None:
    (told,) = judged("d2l", "adam:eta=0.4").forecasts
    assert told.facts["ceiling"] == pytest.approx([38 / 0.2, 38 / 4])  # 2(1+β₁)/((1−β₁)λ)
    tail = abs(optviz.run("d2l", "adam:eta=0.4", steps=20_000).x[-5000:, 0])
    assert 0.1 * 0.4 < tail.max() < 0.4


def test_the_first_rates_are_those_of_the_first_step() -> None:
    for text in optimizers.registry.names:
        (told,) = judged("d2l", text).forecasts
        assert told.applied == pytest.approx(optviz.run("d2l", text, steps=1).rate[0, 0])


def test_the_verdict_is_above_every_rule_by_name() -> None:
    """No rule is named in it: one more optimizer is one file."""
    from pathlib import Path

    folder = Path(verdict.__file__).parent
    code = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    for name in optimizers.registry.names:
        assert f"optimizers.{name} " not in code
        assert f'"{name}"' not in code


def test_a_tolerance_is_what_steps_are_counted_to() -> None:
    rough, fine = (judged("d2l", "gd:eta=0.4", tolerance=t).forecasts[0] for t in (1e-2, 1e-12))
    assert fine.steps == pytest.approx(6 * rough.steps)
    assert judged("d2l", "gd:eta=0.5").forecasts[0].steps == inf
