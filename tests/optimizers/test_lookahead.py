"""Lookahead against optax.lookahead, over three rules on four objectives."""

import json
from pathlib import Path

import numpy as np
import pytest

from optviz import optimizers
from optviz.objectives import Quadratic
from optviz.walks import engine

with np.load(Path(__file__).parent.parent / "recorded" / "lookahead.npz") as file:
    ARRAYS = dict(file)
META = json.loads(str(ARRAYS.pop("meta")))


@pytest.mark.parametrize(
    "case", META["cases"], ids=lambda case: f"{case['optimizer']} on {case['objective']}"
)
def test_a_walk_goes_where_optax_went(case: dict[str, str]) -> None:
    Q, c, start = (ARRAYS[f"{case['objective']}_{part}"] for part in ("Q", "c", "start"))
    run = engine.run(Quadratic(Q, c), optimizers.read(case["optimizer"]), start, 200)
    x = ARRAYS[f"{case['key']}_x"]
    assert np.all(abs(run.x[META["steps"], 0] - x) <= 1e-11 * np.maximum(1, abs(x)))


def test_the_effective_rate_is_that_of_the_rule_within() -> None:
    start = [-5.0, -2.0]
    hill = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))
    inside = engine.run(hill, optimizers.read("adagrad:eta=0.4"), start, 4)
    outside = engine.run(hill, optimizers.read("lookahead:base=adagrad,eta=0.4"), start, 4)
    assert outside.rate.tolist() == inside.rate.tolist()  # before the first return


def test_a_share_of_one_goes_all_the_way_and_changes_nothing() -> None:
    hill = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))
    alone = engine.run(hill, optimizers.read("adam:eta=0.1"), [-5.0, -2.0], 40)
    inside = optimizers.read("lookahead:eta=0.1,alpha=1")
    assert engine.run(hill, inside, [-5.0, -2.0], 40).x == pytest.approx(alone.x, rel=1e-12)
