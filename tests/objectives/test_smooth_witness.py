"""Typed functions against mpmath at 40 digits and walks of Optax (tests/recorded/smooth.npz)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import optviz
from optviz import cli, objectives
from optviz.arrays import Array
from optviz.objectives import PRESETS, Objective

with np.load(Path(__file__).parents[1] / "recorded" / "smooth.npz") as file:
    ARRAYS = dict(file)
META = json.loads(str(ARRAYS.pop("meta")))
FUNCTIONS: dict[str, str] = META["functions"]
EPS = float(np.finfo(float).eps)


def written(name: str) -> list[str]:
    """How a function is named on a command line: its text, and the preset if it is one."""
    return [FUNCTIONS[name], *({name} & PRESETS.keys())]


def derivatives(f: Objective, x: Array) -> dict[str, Array]:
    value, grad = f.value_and_grad(x)
    hessian = np.broadcast_to(f.hessian(x), (*x.shape, x.shape[-1]))
    return {"value": value, "grad": grad, "hessian": hessian}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_and_derivatives_are_those_of_forty_digits(name: str) -> None:
    for text in written(name):
        for kind, found in derivatives(objectives.read(text), ARRAYS[f"{name}_x"]).items():
            error = abs(found - ARRAYS[f"{name}_{kind}"])
            bound, terms = ARRAYS[f"{name}_{kind}_bound"], ARRAYS[f"{name}_{kind}_terms"]
            assert np.all(error <= 40 * EPS * bound), kind
            assert np.all(error <= {"hessian": 1e-11}.get(kind, 1e-12) * terms), kind


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_row_has_the_same_bits_alone_and_among_others(name: str) -> None:
    f, x = objectives.read(FUNCTIONS[name]), ARRAYS[f"{name}_x"]
    together = derivatives(f, x)
    for rows in (slice(0, 1), slice(3, 10), slice(None, None, -3)):
        for kind, found in derivatives(f, x[rows]).items():
            assert np.array_equal(found, together[kind][rows]), kind
    for kind, found in derivatives(f, x[5]).items():
        assert np.array_equal(found, together[kind][5]), kind


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_hessian_is_symmetric_to_the_last_bit(name: str) -> None:
    H = derivatives(objectives.read(FUNCTIONS[name]), ARRAYS[f"{name}_x"])["hessian"]
    assert np.array_equal(H, H.swapaxes(-1, -2))


def run(capsys: pytest.CaptureFixture[str], text: str, rule: str, start: Any, steps: int) -> Any:
    """What `optviz run` prints of one walk."""
    at = ",".join(map(repr, start))
    words = ["-f", text, "--opt", rule, f"--start={at}", "-n", str(steps), "--format", "jsonl"]
    assert cli.main(["run", *words, "-q", "-o", "-"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "walk", META["runs"], ids=lambda walk: f"{walk['optimizer']} on {walk['function']}"
)
def test_a_walk_goes_where_optax_went(
    walk: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    x, f, shaken = (ARRAYS[f"{walk['key']}_{what}"] for what in ("x", "f", "shaken"))
    tolerance = np.where(shaken < 1e-12, 1e-12, 1e-8)[:, None]
    rows = shaken < 1e-8  # beyond, rounding decides
    for text in written(walk["function"]):
        found = run(capsys, text, walk["optimizer"], walk["start"], walk["steps"])
        error = abs(np.array(found["x"])[walk["kept"]] - x)
        assert np.all((error <= tolerance * np.maximum(1, abs(x)))[rows])
        error = abs(np.array(found["f"])[walk["kept"]] - f)
        assert np.all((error <= tolerance[:, 0] * abs(f).max())[rows])


@pytest.mark.parametrize(
    "walk", META["runs"], ids=lambda walk: f"{walk['optimizer']} on {walk['function']}"
)
def test_its_sharpness_is_that_of_jax_and_is_above_the_ceiling_at_the_same_steps(
    walk: dict[str, Any],
) -> None:
    sharpness = pytest.importorskip("optviz.theory.sharpness").sharpness
    text, start = FUNCTIONS[walk["function"]], walk["start"]
    gone = optviz.run(text, walk["optimizer"], start=tuple(start), steps=walk["steps"])
    found = sharpness(gone.rate[:, 0], objectives.read(text).hessian(gone.x[:-1, 0]))
    wanted, shaken = (ARRAYS[f"{walk['key']}_{what}"] for what in ("sharpness", "shaken"))
    last = max(step for step, off in zip(walk["kept"], shaken, strict=True) if off < 1e-8)
    wanted, found = wanted[:last], found[:last]
    assert found == pytest.approx(wanted, rel=1e-6, abs=1e-6 * abs(wanted).max())
    assert np.array_equal(found > walk["ceiling"], wanted > walk["ceiling"])


# The text, the optimizer, the last x: computed by the book's code, the middle two printed in it.
BOOK = [
    ("x cos(0.15pi x)", "gd:eta=2", "-1.528166"),
    ("cosh(0.5x)", "newton", "0.000000"),
    ("x cos(0.15pi x)", "newton", "26.834133"),
    ("x cos(0.15pi x)", "newton:eta=0.5", "7.269860"),
]


@pytest.mark.parametrize(("text", "rule", "printed"), BOOK)
def test_the_figures_of_d2l_in_one_coordinate_end_where_the_book_says(
    text: str, rule: str, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (last,) = run(capsys, text, rule, [10.0], 10)["x"][-1]
    assert f"{abs(last):.6f}" == printed.lstrip("-")
    assert last > 0 or printed.startswith("-") or abs(last) < 5e-7


def test_gradient_descent_on_rosenbrock_overflows(capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, FUNCTIONS["rosenbrock"], "gd:eta=0.005", [-2.0, 2.0], 20)
    assert found["status"] == "diverged"
    assert found["x"][5] == pytest.approx([4.992219210884225e73, 8.541007456454734e48], rel=1e-12)
    assert found["x"][6:] == [[None, None]] * 15  # x = -2.5e221, where f is no float any more
