"""The program of a page, in node: its numbers are those of `optviz run`."""

import json
import re
import subprocess
from functools import cache
from typing import Any

import numpy as np
import pytest
from in_node import NODE, node

from optviz import figures, objectives, optimizers, spec
from optviz.arrays import Array, power
from optviz.gradients import EXACT
from optviz.render.page import library, packed, script
from optviz.scene import Knob, LiveWalk
from optviz.spec import RunSpec
from optviz.tape import Untraceable, javascript
from optviz.walks import engine
from optviz.walks.seeds import medians
from optviz.walks.tapes import tapes
from optviz.walks.trajectory import Trajectory

pytestmark = pytest.mark.skipif(not NODE, reason="node is not installed")

STEPS = 1000
QUADRATICS = {"d2l": (-5.0, -2.0), "d2l-rotated": (-5.0, 2.0), "3x^2 + 2x y + y^2 - x": (1.7, -4.0)}
CURVED = {"rosenbrock": (-1.2, 1.0), "himmelblau": (-0.15, 0.67)}
WAVES = {"ackley": (2.5, 3.0), "levy13": (-4.0, 3.0), "boyd": (-1.0, 1.0)}
PARTS = ("x", "f", "grad", "rate")


def live(objective: str, optimizer: str, start: tuple[float, ...], steps: int) -> LiveWalk:
    """The walk as a page has it. Raises `Untraceable`."""
    found = tapes(objectives.read(objective), optimizers.read(optimizer), EXACT, steps)
    knobs = tuple(Knob(name, name, value, 0.0, 1.0, log=False) for name, value in found.settings)
    code = [javascript(tape, "") for tape in (found.begin, found.step)]
    rates = javascript(found.table, "") if found.table else ""
    return LiveWalk(optimizer, 0, start, steps, knobs, *code, found.size, rates)


@cache
def walked(objective: str, start: tuple[float, ...]) -> dict[str, tuple[Trajectory, Any]]:
    """Each optimizer's trajectory, and that of the page, if it has a program for it."""
    lines, names = [], []
    for name in optimizers.registry.names:
        try:
            walk = live(objective, name, start, STEPS)
        except Untraceable:
            continue
        text = script.walk(walk, len(start))
        lines.append(f"console.log(JSON.stringify(answer({text}, {list(start)}, 0, {STEPS})));")
        names.append(name)
    f, x = objectives.read(objective), np.array(start)
    return {
        name: (engine.run(f, optimizers.read(name), x, STEPS), page)
        for name, page in zip(names, node("\n".join(lines)), strict=True)
    }


def numbers(page: Any, part: str, shape: tuple[int, ...]) -> Array:
    values = [np.nan if value is None else float(value) for value in page[part]]
    return np.array(values).reshape(shape)


@pytest.mark.parametrize("objective", QUADRATICS)
def test_walks_on_quadratics_have_the_same_bits(objective: str) -> None:
    walks = walked(objective, QUADRATICS[objective])
    assert {"gd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam"} <= set(walks)
    assert len(walks) >= len(optimizers.registry.names) - 4
    for name, (run, page) in walks.items():
        for part in PARTS:
            exact = np.where(np.isfinite(whole := getattr(run, part)[:, 0]), whole, np.nan)
            found = numbers(page, part, exact.shape)
            np.testing.assert_array_equal(found, exact, err_msg=f"{name}: {part}")


@pytest.mark.parametrize("objective", CURVED)
def test_walks_in_curved_valleys_have_the_same_numbers(objective: str) -> None:
    for name, (run, page) in walked(objective, CURVED[objective]).items():
        for part in ("x", "f"):
            exact = getattr(run, part)[:, 0]
            found = numbers(page, part, exact.shape)
            np.testing.assert_allclose(found, exact, rtol=1e-12, err_msg=f"{name}: {part}")


@pytest.mark.parametrize("objective", WAVES)
def test_values_and_gradients_with_exponentials_and_waves(objective: str) -> None:
    start, f = WAVES[objective], objectives.read(objective)
    walk = script.walk(live(objective, "gd:eta=0.01", start, 1), 2)
    (page,) = node(f"console.log(JSON.stringify(answer({walk}, {list(start)}, 0, 1)));")
    assert page["f"][0] == pytest.approx(float(f.value(np.array([start]))[0]), rel=1e-12)
    assert page["grad"] == pytest.approx(f.grad(np.array([start]))[0].tolist(), rel=1e-12)


def test_settings_and_starts_move() -> None:
    walk = script.walk(live("d2l", "adam", (-5.0, -2.0), STEPS), 2)
    names = [name for name, _ in tapes(
        objectives.read("d2l"), optimizers.read("adam"), EXACT, STEPS
    ).settings]  # fmt: skip
    values = {"eta": 0.1, "beta1": 0.5, "beta2": 0.9, "eps": 1e-6, "eps_root": 0.0, "decay": 0.0}
    settings = [values[name] for name in names]
    (page,) = node(f"console.log(JSON.stringify(answer({walk}, [1, 2], {settings}, {STEPS})));")
    moved = optimizers.read("adam:eta=0.1,beta1=0.5,beta2=0.9")
    run = engine.run(objectives.read("d2l"), moved, np.array([1.0, 2.0]), STEPS)
    np.testing.assert_array_equal(numbers(page, "x", run.x[:, 0].shape), run.x[:, 0])


def test_powers_are_correctly_rounded() -> None:
    streams = np.random.default_rng(1)
    x = np.concatenate([streams.uniform(0, 3, 2000), 10 ** streams.uniform(-30, 30, 2000)])
    y = np.concatenate([streams.uniform(-9, 9, 2000), streams.uniform(-2, 2, 2000)])
    pairs = json.dumps(np.column_stack([x, y]).tolist())
    (found,) = node(f"console.log(JSON.stringify({pairs}.map(([a, b]) => pow(a, b))));")
    np.testing.assert_array_equal(np.array(found, dtype=float), power(x, y))


@pytest.mark.parametrize("name", library.MODULES)
def test_each_module_is_a_program_by_itself(name: str) -> None:
    done = subprocess.run(
        [str(NODE), "--check", "-"], input=library.source(f"{name}.js"), text=True,
        capture_output=True,
    )  # fmt: skip
    assert not done.returncode, done.stderr


def test_remainders_have_the_sign_of_the_divisor() -> None:
    pairs = [[a, b] for a in (-7.5, -2.0, 0.0, 3.0, 7.5) for b in (-2.0, 2.0, 3.0)]
    (found,) = node(f"console.log(JSON.stringify({pairs}.map(([a, b]) => mod(a, b))));")
    assert found == [np.remainder(a, b) for a, b in pairs]


def test_rows_are_within_a_step_of_16_bits() -> None:
    values = np.array([[0.0, 1.0], [3.5, -2.0], [np.nan, 7.0], [-1.0, 7.0]])
    text = json.dumps(packed.columns(values))
    (found,) = node(f"console.log(JSON.stringify({text}.map((c) => Array.from(column(c)))));")
    back = np.array(found, dtype=float).T
    assert np.array_equal(np.isnan(back), np.isnan(values))
    np.testing.assert_allclose(back, values, atol=9 / 65534)


def test_rows_that_grow_far_keep_their_first_numbers() -> None:
    values = np.array([[-2.0 * (-30.0) ** t] for t in range(200)])
    text = json.dumps(packed.columns(values))
    (found,) = node(f"console.log(JSON.stringify({text}.map((c) => Array.from(column(c)))));")
    span = 2 * np.arcsinh(30.0**199)
    np.testing.assert_allclose(np.array(found, dtype=float).T, values, rtol=span / 65534)


SWEPT: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    ((), {"opt": ("armijo", "adagradfull"), "start": ("-5,-2", "3,1")}),
    (
        ("eta", "beta1"),
        {"opt": ("gd", "adam"), "gradient": "noise(1)", "seed": 3, "start": ("-5,-2", "3,1")},
    ),
    (("beta",), {"opt": ("momentum",), "gradient": "noise(0.5)", "seeds": 8, "start": ("-5,-2",)}),
    ((), {"opt": ("lbfgs",), "objective": "rosenbrock", "start": ("-1.5,2",), "steps": 30}),
]
STOPS = """
const walks = [%s];
for (const walk of walks) walk.knobs.forEach((knob, k) => knob.stops.forEach((stop) => {
  const now = stopped(walk, walk.settings.map((value, i) => (i === k ? stop * 1.00001 : value)));
  const path = recorded(walk, now);
  const parts = ["x", "f", "grad", "rate"].map((part) => [part, list(path[part])]);
  console.log(JSON.stringify({ now, knob: knob.name, ...Object.fromEntries(parts) }));
}));
"""


@pytest.mark.parametrize(("sliders", "typed"), SWEPT)
def test_rows_at_each_stop_are_those_of_a_run_with_that_value(
    sliders: tuple[str, ...], typed: dict[str, Any]
) -> None:
    walks = spec.walks(RunSpec(**typed))
    scene = figures.scene("loss", [walk.run() for walk in walks])
    assert scene.live
    live = scene.live(sliders)
    assert live
    pages = iter(node(STOPS % ",".join(script.walk(each, 2) for each in live.walks)))
    for shown in live.walks:
        place = typed["start"].index(",".join(f"{x:g}" for x in shown.start))
        for knob in shown.knobs:
            for stop in knob.stops:
                page = next(pages)
                assert page["now"] == [stop if k is knob else k.value for k in shown.knobs]
                text = re.sub(rf"\b{knob.name}=[^,]*", f"{knob.name}={stop!r}", shown.text)
                walk = spec.walks(RunSpec(**{**typed, "opt": (text,)}))[0]
                run = medians([walk.run()])[place]
                compare(page, run)


def compare(page: Any, run: Trajectory) -> None:
    """The numbers of a page with those of a run, to a step of 16 bits in each column."""
    for part in PARTS:
        for i in range(1 if part == "f" else run.dim):
            exact = getattr(run, part)[:, 0].reshape(-1, 1 if part == "f" else run.dim)[:, i]
            found = numbers(page, part, (len(exact), -1))[:, i]
            assert np.array_equal(np.isfinite(found), np.isfinite(exact))
            known = exact[np.isfinite(exact)]
            off = np.abs(found - exact)[np.isfinite(exact)]
            far = np.abs(known).max() > 1e3 * np.abs(known[known != 0][:1]).sum()
            step = 1500 * (np.abs(known) + np.abs(known[known != 0][0])) if far else np.ptp(known)
            assert (off <= step / 65534 + 1e-12 * np.abs(known)).all(), (part, i)
