"""Losses of tables against scikit-learn and statsmodels, recorded by `recorded/make_losses.py`."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optviz import notes
from optviz.arrays import Array
from optviz.errors import BadFile, OptvizError, TextError, Unfit, UnknownName
from optviz.objectives import Model, Objective, read
from optviz.objectives.linear_model import LinearModel

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/recorded/losses.json").read_text(encoding="utf-8"))["cases"]
EPS = float(np.finfo(float).eps)


def name(case: Any) -> str:
    on = [key for key in ("standardize", "intercept", "l2") if case["options"][key]]
    return " ".join([case["options"]["loss"], *on])


def of_file(case: Any) -> Objective:
    return read(f"@{ROOT / 'gallery' / case['file']}", model=Model(**case["options"]))


def table(X: Array, y: Any, **options: Any) -> Objective:
    """The objective of features and a target."""
    names = ",".join([*(f"a{i}" for i in range(X.shape[1])), "y"])
    rows = [",".join([*map(repr, row), str(label)]) for row, label in zip(X.tolist(), y, strict=True)]
    return read("\n".join(["@inline.csv", names, *rows, ""]), model=Model("y", **options))


def terms(f: Objective, w: Array) -> float:
    """The size of the terms that a gradient is the sum of, and of their own terms."""
    return float(f.rounding(w[None])[0]) / (4 * EPS)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_value_gradient_and_hessian_are_those_of_the_libraries(case: Any) -> None:
    f = of_file(case)
    curved = np.abs(f.hessian(np.zeros(f.dim))).max()
    for at in case["at"]:
        w = np.array(at["w"])
        value, grad = f.value_and_grad(w)
        assert value == pytest.approx(at["f"], rel=1e-13)
        assert f.value(w) == value
        assert np.abs(grad - at["grad"]).max() <= 1e-13 * terms(f, w)
        if at["H"] is not None:
            assert np.abs(f.hessian(w) - at["H"]).max() <= 1e-13 * (curved + np.abs(at["H"]).max())


@pytest.mark.parametrize("case", [case for case in CASES if case["minimum"]], ids=name)
def test_the_minimum_is_where_the_libraries_end(case: Any) -> None:
    f, w = of_file(case), np.array(case["minimum"])
    assert f.minimiser == pytest.approx(w, rel=1e-9, abs=1e-9)
    assert f.minimum is not None
    assert f.minimum <= f.value(w) * (1 + 4 * EPS)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_gradient_at_the_minimum_is_rounding(case: Any) -> None:
    f = of_file(case)
    if case["options"]["loss"] == "softmax" and not case["options"]["l2"]:
        assert f.minimiser is None  # setosa can be told from the others
        return
    assert f.minimiser is not None
    assert np.linalg.norm(f.grad(f.minimiser)) <= 16 * EPS * terms(f, f.minimiser)
