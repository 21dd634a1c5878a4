"""A verdict tells the digits that are certain: rounding of another processor does not show."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.optimizers import read_all
from optviz.theory.verdict import at_best, judge

RNG = np.random.default_rng(14)


def symmetric(dim: int, kappa: float) -> Array:
    turn = np.linalg.qr(RNG.normal(size=(dim, dim)))[0]
    Q = (turn * np.geomspace(1, kappa, dim)) @ turn.T
    return (Q + Q.T) / 2


def told(Q: Array, c: Array) -> str:
    """All that is told of it but what was typed."""
    q = Quadratic(Q, c)
    optimizers = [at_best(o, q, o.explicit) for o in read_all(["gd", "momentum", "nesterov"], {})]
    found = judge(q, optimizers, np.ones(len(c))).as_dict()
    return json.dumps(
        {key: value for key, value in found.items() if key not in ("Q", "gershgorin")}
    )


@pytest.mark.parametrize(("dim", "kappa"), [(2, 20), (10, 230), (10, 1e6), (30, 1e3)])
def test_errors_of_the_size_of_rounding_do_not_show(dim: int, kappa: float) -> None:
    Q, c = symmetric(dim, kappa), RNG.normal(size=dim)
    for _ in range(3):
        noise = RNG.normal(size=(dim, dim)) * 1e-16 * kappa
        assert told(Q + noise + noise.T, c) == told(Q, c)


def test_digits_enough_are_left() -> None:
    found = json.loads(told(np.diag([0.2, 4.0]), np.zeros(2)))
    assert found["eigenvalues"] == [0.2, 4.0]
    assert found["kappa"] == pytest.approx(20, rel=1e-15)
    assert found["optimizers"][0]["rate"] == pytest.approx(19 / 21, rel=1e-9)
    assert found["optimizers"][1]["rate"] == pytest.approx((20**0.5 - 1) / (20**0.5 + 1), rel=1e-9)


@pytest.mark.parametrize("kappa", [1e6, 1e9, 1e12])
def test_the_best_settings_that_are_told_can_be_run(kappa: float) -> None:
    found = json.loads(told(np.diag([1.0, kappa]), np.zeros(2)))
    for one in found["optimizers"]:
        (optimizer,) = read_all([one["optimizer"]])
        assert getattr(optimizer.rule, "beta", 0.0) == one["best"].get("beta", 0.0) < 1
        assert one["rate"] < 1
        assert one["best"]["eta"] == pytest.approx(one["max_eta"], rel=0.4)


@pytest.mark.skipif(sys.platform != "linux", reason="the processors of OpenBLAS")
def test_two_kinds_of_processors_tell_the_same(tmp_path: Path) -> None:
    rows = RNG.normal(size=(60, 10)) * np.arange(1, 11)
    table = np.column_stack([rows, rows.sum(axis=1) + RNG.normal(size=60)])
    names = ",".join([*"abcdefghij", "y"])
    np.savetxt(tmp_path / "d.csv", table, "%.4f", ",", header=names, comments="")
    words = ["inspect", "-f", "@d.csv", "--target", "y", "--json"]
    said = {
        subprocess.run(
            [sys.executable, "-m", "optviz", *words],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            env={**os.environ, "OPENBLAS_CORETYPE": kind},
        ).stdout
        for kind in ("Prescott", "Haswell")
    }
    assert len(said) == 1
