"""Weight decay of every rule that has it in both forms, and of those that have but one."""

from dataclasses import fields, replace

import numpy as np
import pytest

from optviz import optimizers
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer
from optviz.schedules.constant import Constant
from optviz.schedules.exponential import Exponential
from optviz.walks import completion, engine

NAMES = [rule.word() for rule in optimizers.registry]
BOTH = [n for n in NAMES if {"decay", "decoupled"} <= optimizers.registry[n].settings().keys()]
Q = np.array([[4.2, -3.8, 0.3], [-3.8, 4.2, 0.1], [0.3, 0.1, 1.7]])
C = np.array([0.5, -0.3, 0.2])
START = np.array([3.0, -2.0, 1.0])


def test_the_rules_of_the_libraries_have_both_forms() -> None:
    assert {
        "momentum",
        "nesterov",
        "adagrad",
        "rmsprop",
        "adam",
        "adadelta",
        "adamw",
        "amsgrad",
        "adamax",
        "nadam",
        "radam",
    } <= set(BOTH)


@pytest.mark.parametrize("name", [*BOTH, "gd", "asgd"])
def test_decay_in_the_gradient_walks_as_the_rule_without_it_on_a_steeper_objective(
    name: str,
) -> None:
    # λx is the gradient of λ/2 ‖x‖²
    rule = optimizers.registry[name]()
    if name in BOTH:
        rule = replace(rule, decoupled=False)
    ends = []
    for decay, hill in ((0.3, Quadratic(Q, C)), (0.0, Quadratic(Q + 0.3 * np.eye(3), C))):
        walker = Optimizer(replace(rule, decay=decay), Exponential(0.05, 0.99))
        ends.append(engine.run(hill, walker, START, 30))
    assert ends[0].x == pytest.approx(ends[1].x, rel=1e-9, abs=1e-9)
    assert ends[0].rate == pytest.approx(ends[1].rate, rel=1e-8)


@pytest.mark.parametrize("name", [*BOTH, "gd", "adafactor"])
def test_decoupled_decay_takes_a_share_off_x_that_no_gradient_changes(name: str) -> None:
    # where f is flat nothing else moves: x_t = x_0 Π(1 − η(s)λ)
    flat, rule = Quadratic(np.zeros((3, 3)), np.zeros(3)), optimizers.registry[name]()
    if name in BOTH:
        rule = replace(rule, decoupled=True)
    walker = Optimizer(replace(rule, decay=0.5), Exponential(0.2, 0.9))
    run = engine.run(flat, walker, START, 12)
    left = np.cumprod(1 - 0.5 * 0.2 * 0.9 ** np.arange(12))
    assert run.x[1:, 0] == pytest.approx(left[:, None] * START, rel=1e-13)


@pytest.mark.parametrize("name", [*BOTH, "adafactor"])
def test_decoupled_decay_leaves_the_first_rate_and_direction_as_they_are(name: str) -> None:
    hill, rule = Quadratic(Q, C), optimizers.registry[name]()
    if name in BOTH:
        rule = replace(rule, decoupled=True)
    plain, pulled = (
        engine.run(hill, Optimizer(replace(rule, decay=decay), Constant(0.1)), START, 1)
        for decay in (0.0, 0.5)
    )
    assert np.array_equal(plain.rate, pulled.rate)
    assert plain.x[1] - pulled.x[1] == pytest.approx(0.1 * 0.5 * START[None], rel=1e-12)


@pytest.mark.parametrize("name", BOTH)
def test_with_a_decay_of_0_x_is_not_used(name: str) -> None:
    rule = optimizers.registry[name]
    walker = Optimizer(replace(rule(), decay=0.0), Constant(0.1))
    assert np.isfinite(completion.effective_rates(walker, np.ones((3, 1, 2)))).all()


def test_a_linear_rule_with_decay_ends_off_the_minimum_and_has_no_recurrence() -> None:
    for name in ("gd", "momentum", "nesterov"):
        rule = optimizers.registry[name](decay=1.0)
        assert rule.recurrence(0.1, 2.0) is None
        assert rule.best(0.1, 2.0) is None
        # 2x − 6 + x = 0 at 2, and the minimum is at 3
        hill = Quadratic(np.array([[2.0]]), np.array([-6.0]))
        run = engine.run(hill, Optimizer(rule, Constant(0.1)), np.zeros(1), 400)
        assert run.x[-1].item() == pytest.approx(2.0, rel=1e-9)


def test_keras_takes_decay_off_x_and_pytorch_adds_it_to_the_gradient() -> None:
    for name in BOTH:
        rule = optimizers.registry[name]
        places = {
            dialect: optimizers.read(f"{name}@{dialect}:eta=0.1").rule.decoupled
            for dialect in rule.dialects
            if "decay" in rule.spellings.get(dialect, {}).values()
            or any(f.name == "decay" for f in fields(rule))
        }
        assert places.get("keras", True)
        assert places.get("torch", name == "adamw") is (name == "adamw")
