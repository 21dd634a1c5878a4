"""The sharpness of runs against the ceiling, by Hessians written by hand and NumPy's eigvals."""

import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from optviz import figures, spec
from optviz.arrays import Array, Ints
from optviz.errors import Unfit
from optviz.figures.rates import Rates
from optviz.scene import Ceiling, Crossing, Curve, Excess, Look, Scene
from optviz.spec import RunSpec
from optviz.walks.trajectory import Trajectory

Hessian = Callable[[float, float], list[list[float]]]


def rosenbrock(x: float, y: float) -> list[list[float]]:
    return [[2 - 400 * (y - 3 * x * x), -400 * x], [-400 * x, 200]]


def hyperbola(x: float, y: float) -> list[list[float]]:
    return [[y * y, 2 * x * y - 1], [2 * x * y - 1, x * x]]


def beale(x: float, y: float) -> list[list[float]]:
    """Σ (aₖ − x + x yᵏ)², term by term."""
    H = np.zeros((2, 2))
    for k, a in ((1, 1.5), (2, 2.25), (3, 2.625)):
        r = a - x + x * y**k
        slope = np.array([y**k - 1, k * x * y ** (k - 1)])
        cross = k * y ** (k - 1)
        bend = k * (k - 1) * x * y ** (k - 2) if k > 1 else 0.0
        H += 2 * np.outer(slope, slope) + 2 * r * np.array([[0, cross], [cross, bend]])
    return H.tolist()


def runs(
    *opt: str, f: str = "rosenbrock", start: str = "-2,2", steps: int = 100
) -> list[Trajectory]:
    walks = spec.walks(RunSpec(opt=opt, objective=f, start=(start,), steps=steps))
    return [walk.run() for walk in walks]


def scene(*opt: str, look: Look | None = None, **run: Any) -> Scene:
    return figures.scene("rates", runs(*opt, **run), look, of="sharpness")


def witness(run: Trajectory, hessian: Hessian) -> Array:
    """λmax of diag(rate)·H where each step begins, nan where that overflows: (steps,)."""
    found = np.full(len(run.rate), np.nan)
    for t, (x, rate) in enumerate(zip(run.x[:-1, 0], run.rate[:, 0], strict=True)):
        if np.isfinite([*x, *rate]).all():
            with np.errstate(all="ignore"):
                product = np.diag(rate) @ np.array(hessian(*x.tolist()))
            if np.isfinite(product).all():
                found[t] = np.linalg.eigvals(product).real.max()
    return found


def marked(drawn: Scene) -> list[int]:
    """The steps whose point is in the tint above the ceiling."""
    (panel,) = drawn.panels
    return [
        int(step) for mark in panel.of(Excess) if isinstance(mark, Excess)
        for step, y in mark.points.tolist() if y > mark.y
    ]  # fmt: skip


def above(values: Array, ceiling: float = 2.0) -> Ints:
    return np.flatnonzero(values > ceiling) + 1


CASES: list[tuple[str, str, str, int, Hessian, int]] = [
    ("adagrad:eta=0.5", "rosenbrock", "-2,2", 1000, rosenbrock, 0),
    ("gd:eta=0.05", "beale", "1,1", 100, beale, 31),
    ("gd:eta=0.01", "beale", "3,4", 20, beale, 3),  # overflows
    ("gd:eta=0.5", "valley-of-stability", "2.5,1.5", 100, hyperbola, 3),
    ("gd:eta=0.2", "valley-of-stability", "4,3", 100, hyperbola, 7),  # overflows
    ("gd:eta=0.005", "rosenbrock", "-2,2", 20, rosenbrock, 6),  # overflows at step 7
]


@pytest.mark.parametrize(("opt", "f", "start", "steps", "hessian", "count"), CASES)
def test_the_marked_steps_are_those_above_the_ceiling(
    opt: str, f: str, start: str, steps: int, hessian: Hessian, count: int
) -> None:
    run = {"f": f, "start": start, "steps": steps}
    (one,) = runs(opt, **run)  # type: ignore[arg-type]
    wanted = witness(one, hessian)
    steps_above = above(wanted).tolist()
    assert marked(scene(opt, **run)) == steps_above
    (curve,) = scene(opt, **run).panels[0].of(Curve)
    assert isinstance(curve, Curve)
    known = np.isfinite(curve.points[:, 1])
    assert curve.points[known, 1] == pytest.approx(wanted[known], rel=1e-9)
    facts = Rates(of="sharpness").facts([one])["runs"][0]
    assert facts["above"] == steps_above
    assert facts["ceiling"] == 2
    assert len(steps_above) >= count > 0 or len(steps_above) == count == 0


def test_a_rate_above_two_over_the_largest_eigenvalue_is_not_yet_instability() -> None:
    (run,) = runs("adagrad:eta=0.5", steps=1000)
    tops = [np.linalg.eigvalsh(rosenbrock(*x))[-1] for x in run.x[:-1, 0].tolist()]
    assert int((run.rate[:, 0].max(axis=1) > 2 / np.array(tops)).sum()) == 460
    assert scene("adagrad:eta=0.5", steps=1000).title == (
        "AdaGrad's sharpness is never above its ceiling"
    )


def test_crossings_are_the_steps_at_which_it_rises_through_the_ceiling() -> None:
    (panel,) = scene("gd:eta=0.05", f="beale", start="1,1").panels
    (crossing,) = panel.of(Crossing)  # it begins above, falls, and rises at step 71
    assert isinstance(crossing, Crossing)
    assert (crossing.x, crossing.y, crossing.label) == (71, 2, "step 71")


def test_rules_of_one_constant_are_drawn_against_it_others_as_its_multiple() -> None:
    (panel,) = scene("gd:eta=0.001", "adagrad:eta=0.5").panels
    assert [c.y for c in panel.of(Ceiling)] == [2]  # type: ignore[attr-defined]
    (panel,) = scene("gd:eta=0.001", "momentum:eta=0.0005,beta=0.9", "adam:eta=0.05").panels
    (ceiling,) = panel.of(Ceiling)
    assert isinstance(ceiling, Ceiling)
    assert ceiling.y == 1
    assert ceiling.label.endswith("2, 3.8 and 38")
    (adam,) = runs("adam:eta=0.05")
    curve = panel.of(Curve)[2]
    assert isinstance(curve, Curve)
    assert curve.points[:, 1] == pytest.approx(witness(adam, rosenbrock) / 38, rel=1e-9)


def test_a_rule_without_a_constant_is_drawn_alone() -> None:
    assert not scene("bfgs").panels[0].of(Ceiling)
    with pytest.raises(Unfit, match="has no constant C"):
        scene("gd:eta=0.001", "adam", "bfgs")


def test_of_a_quadratic_at_a_constant_rate_it_is_constant() -> None:
    (panel,) = scene("gd:eta=0.4", f="d2l", start="-5,-2").panels
    (curve,) = panel.of(Curve)
    assert isinstance(curve, Curve)
    assert set(curve.points[:, 1].tolist()) == {1.6}  # 0.4 · 4


def test_without_an_objective_or_every_step_there_is_none() -> None:
    (run,) = runs("gd:eta=0.001")
    with pytest.raises(Unfit, match="every step"):
        figures.scene("rates", [run.every(2)], of="sharpness")


def test_the_data_have_a_row_a_step() -> None:
    stream = io.StringIO()
    kind = Rates(of="sharpness")
    content = runs("gd:eta=0.05", f="beale", start="1,1")
    kind.write(content, "csv", stream)
    head, first, *_ = stream.getvalue().splitlines()
    assert head == "run,step,sharpness,ceiling,above"
    assert first.split(",")[:2] == ["1", "1"]
    assert first.endswith(",2.0,1")
    assert len(stream.getvalue().splitlines()) == 101
    stream = io.StringIO()
    kind.write(content, "jsonl", stream)
    line = json.loads(stream.getvalue())
    assert len(line["sharpness"]) == 100
    assert line["crossings"] == [71]


def test_small_multiples_share_the_axis_of_multiples() -> None:
    drawn = figures.scene(
        "compare", runs("gd:eta=0.001", "adam:eta=0.05"), rows="rates", of="sharpness"
    )
    assert {panel.ylim for panel in drawn.panels} == {drawn.panels[0].ylim}
    assert all(c.y == 1 for panel in drawn.panels for c in panel.of(Ceiling))  # type: ignore[attr-defined]


def test_a_title_begins_with_a_capital() -> None:
    drawn = scene("gd:eta=0.001", "momentum:eta=0.0005", "adagrad:eta=0.5", "adam:eta=0.05")
    assert drawn.title == "Four optimizers: preconditioned sharpness"
