"""Ceilings, crossings and sharpness of a page, in node: those of the program at its settings."""

import json
from typing import Any

import numpy as np
import pytest
from in_node import NODE, node

from optviz import figures, objectives, optimizers, schedules, spec
from optviz.errors import OptvizError
from optviz.figures._knobs import knobs_of, pattern_of, with_value
from optviz.figures._rates_ceilings import first_crossings, thresholds
from optviz.figures._rates_moving import first_crossings as first_moving
from optviz.figures._rates_moving import moving
from optviz.figures._sharpness_data import measured
from optviz.gradients import EXACT
from optviz.optimizers import Optimizer
from optviz.render.page import library, script
from optviz.scene import Knob, Live, LiveWalk
from optviz.spec import RunSpec
from optviz.tape import javascript, program
from optviz.theory import stability
from optviz.theory.sharpness import sharpness
from optviz.walks import engine
from optviz.walks.tapes import WalkTapes, constants, hessian, numbers, tapes
from optviz.walks.trajectory import Trajectory

pytestmark = pytest.mark.skipif(not NODE, reason="node is not installed")

STEPS = 40
MODULES = ("curvature", "ceilings", "crossings", "outline")
LIVE = """
const shown = (value) => (Number.isFinite(value) ? value : String(value));
const page = { hessian: %s };
const lines = %s;
for (const [walk, start, settings] of [%s]) {
  const path = run(walk, start, settings, walk.steps);
  path.constants = constantsOf(walk, settings);
  const found = lines.map((line) => {
    const { at, height } = ceilingOf(line, path, page);
    const heights = Array.from({ length: path.steps }, (_, k) => shown(at ? at(k + 1) : height));
    const crossed = crossingsOf(line, path, page).map(({ step, coordinate }) => [coordinate, step]);
    return { heights, crossed };
  });
  const sharp = Array.from(sharpnessAlong(path, page)).slice(1).map(shown);
  console.log(JSON.stringify({ lines: found, sharp }));
}
"""


def near(optimizer: Optimizer) -> Optimizer:
    """The optimizer with each of its numbers moved a little, where it may have that."""
    for name, value in numbers(optimizer).items():
        try:
            optimizer = with_value(optimizer, name, 0.8 * value + 0.05 * (value < 1))
        except OptvizError:
            continue
    return optimizer


@pytest.mark.parametrize("name", optimizers.registry.names)
def test_c_and_inertia_are_functions_of_the_settings_of_every_rule(name: str) -> None:
    optimizer = optimizers.read(name)
    found = program(constants(optimizer, list(numbers(optimizer))), single=True)
    for each in (optimizer, near(optimizer)):
        ceiling, inertia = each.ceiling(), each.rule.asymptotic()
        exact = [ceiling[0] if ceiling else np.nan, np.nan if inertia is None else inertia]
        np.testing.assert_array_equal(found(list(numbers(each).values())), exact)


def test_the_page_has_the_constants_of_every_rule_with_settings_that_have_moved() -> None:
    lines, exact = [], []
    for name in optimizers.registry.names:
        optimizer = optimizers.read(name)
        other, names = near(optimizer), list(numbers(optimizer))
        ceiling, inertia = other.ceiling(), other.rule.asymptotic()
        exact.append([ceiling[0] if ceiling else np.nan, np.nan if inertia is None else inertia])
        walk = f"{{ constants: {javascript(constants(optimizer, names), '')} }}"
        settings = json.dumps(list(numbers(other).values()))  # infinite is Infinity there
        lines.append(f"list(constantsOf({walk}, {settings}))")
    (found,) = node(f"console.log(JSON.stringify([{','.join(lines)}]));")
    np.testing.assert_array_equal(np.array(found, dtype=float), exact)


def live(kind: str, runs: list[Trajectory], **options: Any) -> Live:
    scene = figures.scene(kind, runs, **options)
    assert scene.live
    found = scene.live(())
    assert found
    return found


def moved(
    objective: str, opt: str, then: str, start: str, of: str = "rates"
) -> tuple[Any, Trajectory]:
    """What the page of one optimizer says with the settings of another, and that one's run."""
    typed = {"objective": objective, "start": ("-2,1.5",), "steps": STEPS}
    (walk,) = spec.walks(RunSpec(opt=(opt,), **typed))  # type: ignore[arg-type]
    shown = live("rates", [walk.run()], of=of)
    (other,) = spec.walks(RunSpec(opt=(then,), **{**typed, "start": (start,)}))  # type: ignore[arg-type]
    values = numbers(other.optimizer)
    settings = [values[knob.name] for knob in shown.walks[0].knobs]
    text = script.walk(shown.walks[0], len(shown.names))
    lines = json.dumps([line._asdict() for line in shown.lines])
    matrix = shown.hessian or javascript(hessian(other.objective), "")
    asked = f"[{text}, [{start}], {settings}]"
    (found,) = node(library.library(MODULES) + LIVE % (matrix, lines, asked))
    return found, other.run()


MOVED = [
    ("d2l", "adagrad:eta=0.3", "adagrad:eta=2.2", "-3,2"),
    ("d2l", "adam:eta=0.4", "adam:eta=0.2,beta1=0.3,beta2=0.9", "4,-1"),
    ("d2l", "momentum:eta=0.1,beta=0.5", "momentum:eta=0.6,beta=0.8", "-5,-2"),
    ("d2l", "rmsprop:eta=0.3", "rmsprop:eta=0.4,rho=0.5", "2,2"),
    ("d2l", "gd:eta=linear(0.2,20)", "gd:eta=linear(0.9,20)", "2,2"),
    ("x^4 + 2y^4 - 3x^2", "adam:eta=0.05", "adam:eta=0.3,beta1=0.2", "1.4,-1"),
    ("x^4 + 2y^4 - 3x^2", "momentum:eta=0.01", "momentum:eta=0.04,beta=0.3", "2,-1"),
    ("rosenbrock", "adagrad:eta=0.5", "adagrad:eta=0.2", "0.5,-0.5"),
]


@pytest.mark.parametrize(("objective", "opt", "then", "start"), MOVED)
def test_ceilings_and_crossings_are_those_of_the_program(
    objective: str, opt: str, then: str, start: str
) -> None:
    page, run = moved(objective, opt, then, start)
    fixed, along = thresholds([run], "effective"), moving([run], "effective")
    assert len(page["lines"]) >= len(fixed) + len(along) > 0
    exact = [np.full(run.steps, line.y) for line in fixed] + [line.y for line in along]
    for heights in exact:
        known = np.isfinite(heights)
        assert any(
            np.allclose(np.array(line["heights"], dtype=float)[known], heights[known], rtol=1e-12)
            for line in page["lines"]
        )
    steps = first_crossings(run, fixed, "effective") | first_moving(along, [run])
    crossed = {i: step for line in page["lines"] for i, step in line["crossed"]}
    assert crossed == steps


def test_some_of_them_cross() -> None:
    found = [[line["crossed"] for line in moved(*one)[0]["lines"]] for one in MOVED]
    assert sum(map(any, found)) >= 2


@pytest.mark.parametrize(
    "name", ["gd:eta=0.0005", "momentum:eta=0.0003", "adagrad:eta=0.4", "adam:eta=0.05"]
)
def test_sharpness_and_its_crossings_are_those_of_the_program(name: str) -> None:
    word = name.partition(":")[0]
    then = f"{word}:eta={3 * float(name.partition('=')[2])!r}"
    page, run = moved("rosenbrock", name, then, "-1.5,2", of="sharpness")
    one = measured(run)
    np.testing.assert_allclose(np.array(page["sharp"], dtype=float), one.values, rtol=1e-12)
    (line,) = page["lines"]
    assert [step for _, step in line["crossed"]] == one.crossings.tolist()
    assert set(line["heights"]) == {one.ceiling}


LINEAR = [
    ("momentum:eta=0.3,beta=0.5", "momentum:eta=0.5,beta=0.9"),
    ("nesterov:eta=0.1,beta=0.9", "nesterov:eta=0.4,beta=0.3"),
    ("gd:eta=0.4", "gd:eta=0.45"),
]


@pytest.mark.parametrize(("opt", "then"), LINEAR)
def test_the_fall_of_theory_is_that_of_the_program(opt: str, then: str) -> None:
    (walk,), (other,) = (spec.walks(RunSpec(opt=(text,), steps=STEPS)) for text in (opt, then))
    shown = live("loss", [walk.run()])
    (line,) = shown.lines
    assert line.kind == "theory"
    values = numbers(other.optimizer)
    settings = [values[knob.name] for knob in shown.walks[0].knobs]
    text = script.walk(shown.walks[0], 2)
    (rho,) = node(
        library.library(MODULES)
        + f"console.log(JSON.stringify(factorOf(theoryOf({text}, {settings}))));"
    )
    assert rho == pytest.approx(stability.factor(other.optimizer, other.objective), rel=1e-14)


def test_the_largest_eigenvalue_of_matrices_of_any_size() -> None:
    stream = np.random.default_rng(3)
    cases = []
    for n in (1, 2, 3, 5, 8):
        for scale in (1e-200, 1.0, 1e200):
            A = stream.normal(size=(4, n, n))
            cases += [(stream.uniform(0, 2, n), scale * (M + M.T)) for M in A]
    cases.append((np.array([1.0, -1.0]), np.eye(2)))
    text = json.dumps([[rate.tolist(), H.ravel().tolist()] for rate, H in cases])
    (found,) = node(
        library.library(MODULES)
        + f"const found = {text}.map(([r, H]) => sharpness(Float64Array.from(r), H));"
        + "console.log(JSON.stringify(found));"
    )
    exact = [float(sharpness(rate[None], H[None])[0]) for rate, H in cases]
    np.testing.assert_allclose(np.array(found, dtype=float), exact, rtol=1e-12)


def typed(name: str) -> Optimizer | None:
    """Gradient descent with a schedule and a number for whatever it needs; None if that is more."""
    values: dict[str, str] = {}
    for _ in range(3):
        words = ",".join(f"{key}={value}" for key, value in values.items())
        try:
            return optimizers.read(f"gd:eta={name}({words})")
        except OptvizError as error:
            needs = str(error).splitlines()[0].partition("also needs ")[2]
            if not needs:
                return None
            values |= {key: _value(name, key) for key in needs.split(", ")}
    return None


def _value(name: str, key: str) -> str:
    setting = schedules.registry[name].settings().get(key)
    steps = "step" in key or key.startswith("T") or (setting is not None and setting.whole)
    return "10" if steps else "0.3"


def _live(walk: WalkTapes, knobs: tuple[Knob, ...]) -> LiveWalk:
    begin, step = javascript(walk.begin, ""), javascript(walk.step, "")
    rates = javascript(walk.table, "") if walk.table else ""
    return LiveWalk("", 0, (0.0, 0.0), 30, knobs, begin, step, walk.size, rates)


def test_every_schedule_with_a_base_rate_has_a_slider_for_it_with_the_bits_of_the_engine() -> None:
    f, start, steps, seen = objectives.read("d2l"), [-5.0, 2.0], 30, []
    for name in schedules.registry.names:
        optimizer = typed(name)
        if optimizer is None:
            continue
        base = optimizer.schedule.base()
        knobs = knobs_of(optimizer, ())
        walk = tapes(f, optimizer, EXACT, steps, [knob.name for knob in knobs])
        assert [key for key, _ in walk.settings] == [base], name
        other = with_value(optimizer, base, 0.17)
        (page,) = node(
            f"const walk = {script.walk(_live(walk, knobs), 2)};"
            f"console.log(JSON.stringify(answer(walk, {start}, [0.17], {steps})));"
        )
        exact = engine.run(f, other, np.array(start), steps).x[:, 0]
        np.testing.assert_array_equal(np.array(page["x"], dtype=float).reshape(-1, 2), exact)
        assert pattern_of(optimizer, knobs).replace("{0}", "0.17") == str(other)
        seen.append(name)
    assert len(seen) >= 25
