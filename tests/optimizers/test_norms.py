"""Steepest descent in other norms, exact and by backtracking; bounds, and points tried."""

import numpy as np
import pytest

from optviz import figures, optimizers, spec
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.optimizers import Point
from optviz.scene import Guide, Tried
from optviz.spec import RunSpec
from optviz.theory import stability
from optviz.walks import engine

HILL = Quadratic(np.array([[4.2, -3.8], [-3.8, 4.2]]), np.array([0.5, -0.3]))
BOWL = Quadratic(np.diag([0.2, 4.0, 1.0]), np.zeros(3))
CIRCLE = np.linspace(0, 2 * np.pi, 100_001)


def direction(norm: str, q: Quadratic, x: Array) -> Array:
    """The step of steepest descent in a norm, up to its length."""
    run = engine.run(q, optimizers.read(f"steepest:norm={norm}"), x, 1)
    move: Array = run.x[1, 0] - run.x[0, 0]
    return move


@pytest.mark.parametrize("norm", ["l2", "l1", "linf", "diag"])
def test_no_direction_of_that_length_falls_faster(norm: str) -> None:
    x = np.array([-5.0, 2.0])
    v = np.column_stack([np.cos(CIRCLE), np.sin(CIRCLE)])
    size = {
        "l2": lambda u: np.linalg.norm(u, axis=-1),
        "l1": lambda u: np.abs(u).sum(axis=-1),
        "linf": lambda u: np.abs(u).max(axis=-1),
        "diag": lambda u: np.sqrt((u * u * np.diag(HILL.Q)).sum(axis=-1)),
    }[norm]
    best = (v / size(v)[:, None] @ HILL.grad(x)).min()
    d = direction(norm, HILL, x)
    assert d / size(d) @ HILL.grad(x) == pytest.approx(best, rel=1e-6)


@pytest.mark.parametrize("norm", ["l1", "linf", "diag"])
def test_the_step_ends_at_the_lowest_point_of_its_line(norm: str) -> None:
    x = np.array([-5.0, 2.0])
    d = direction(norm, HILL, x)
    assert HILL.grad(x + d) @ d == pytest.approx(0, abs=1e-9)


def test_in_l1_a_coordinate_at_a_time_is_brought_to_its_lowest_point() -> None:
    run = engine.run(BOWL, optimizers.read("steepest:norm=l1"), [3.0, -2.0, 5.0], 3)
    assert (run.rate > 0).sum(axis=-1).ravel().tolist() == [1, 1, 1]
    assert run.x[3, 0] == pytest.approx([0, 0, 0], abs=1e-15)


def test_in_the_norm_of_the_diagonal_a_straight_bowl_takes_one_step() -> None:
    run = engine.run(BOWL, optimizers.read("steepest:norm=diag"), [3.0, -2.0, 5.0], 1)
    assert run.x[1, 0] == pytest.approx([0, 0, 0], abs=1e-14)


@pytest.mark.parametrize("norm", ["l2", "l1", "linf", "diag"])
def test_backtracking_takes_the_first_length_that_falls_enough(norm: str) -> None:
    x = np.array([[-5.0, 2.0]])
    optimizer = optimizers.read(f"armijo:norm={norm},trial=8,c1=0.2,shrink=0.6")
    f, g = HILL.value_and_grad(x)
    point = Point(1, 1.0, x, f, g, HILL, HILL.minimum)
    taken = optimizer.step(point, optimizer.rule.init(x)).x
    tried = optimizer.rule.trials(point, optimizer.rule.init(x))
    length = 8.0
    longest = (tried[0] - x) / length if tried else taken - x
    for place in [*tried, taken]:
        assert place == pytest.approx(x + length * longest)
        enough = HILL.value(place) <= f + 0.2 * length * (g @ longest.T)[0]
        assert enough == (place is taken)
        length *= 0.6


def test_kantorovichs_bound_holds_and_the_worst_start_reaches_it() -> None:
    q = Quadratic(np.diag([1.0, 10.0]), np.zeros(2))
    bound = stability.bound(optimizers.read("steepest"), q)
    assert bound == pytest.approx((9 / 11) ** 2)
    worst = engine.run(q, optimizers.read("steepest"), [10.0, 1.0], 20).f[:, 0]
    assert worst[1:] / worst[:-1] == pytest.approx(np.full(20, bound))
    other = engine.run(q, optimizers.read("steepest"), [3.0, 1.0], 20).f[:, 0]
    assert (other[1:] <= bound * other[:-1]).all()
    assert stability.bound(optimizers.read("steepest:eta=0.9"), q) is None
    assert stability.bound(optimizers.read("steepest:norm=l1"), q) is None


def test_the_bound_is_a_guide_of_the_loss_and_of_nothing_else() -> None:
    walks = spec.walks(RunSpec(opt=("steepest",), objective="0.5x^2 + 5y^2", start=("10,1",)))
    runs = [walk.run() for walk in walks]
    (panel,) = figures.scene("loss", runs).panels
    (guide,) = (mark for mark in panel.marks if isinstance(mark, Guide))
    assert guide.label.startswith("≤ ")
    assert guide.points[-1, 1] == pytest.approx(100 / 2 * (9 / 11) ** 40 * 1.1)
    noisy = RunSpec(opt=("steepest",), start=("10,1",), gradient="noise(1)")
    for others, measure in ((runs, "distance"), ([w.run() for w in spec.walks(noisy)], "gap")):
        (panel,) = figures.scene("loss", others, measure=measure).panels
        assert not [mark for mark in panel.marks if isinstance(mark, Guide)]


def test_points_that_were_tried_are_crosses_of_a_trace() -> None:
    walks = spec.walks(RunSpec(opt=("armijo:trial=1",), steps=3))
    (panel,) = figures.scene("trace", [walk.run() for walk in walks], tried=True).panels
    (crosses,) = (mark for mark in panel.marks if isinstance(mark, Tried))
    # of s = 1 the second coordinate would go from −2 to −2 + 8, and of 1/2 to 2
    assert crosses.points[0].tolist() == [-4, 6]
    assert len(crosses.points) == 3
