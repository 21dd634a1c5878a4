"""Every recorded walk of the rules beyond the classical ones, walked again from its text."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import optimizers
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.walks import engine

FILE = Path(__file__).parent.parent / "recorded" / "more.npz"

# What the recordings agree to with themselves when rounding shakes them. Prodigy multiplies the
# gradient with x₀ − x, of which the libraries lose six digits where x has moved by d₀ = 1e-6; ours
# adds up the steps and loses none.
CLOSE, CLOSE_OF_PRODIGY = 1e-11, 1e-9


@cache
def recorded() -> tuple[dict[str, Any], dict[str, Array]]:
    with np.load(FILE) as file:
        arrays = dict(file)
    return json.loads(str(arrays.pop("meta"))), arrays


CASES = [
    pytest.param(case, id=f"{case['optimizer']} on {case['objective']}")
    for case in recorded()[0]["cases"]
]
RULES = {
    "adabelief": {"optax"},
    "adan": {"paper", "optax"},
    "dadaptation": {"paper", "optax"},
    "fromage": {"paper", "optax"},
    "ftrl": {"paper", "keras"},
    "lamb": {"optax", "keras"},
    "lars": {"optax"},
    "lion": {"optax", "keras"},
    "novograd": {"paper", "optax"},
    "optimistic": {"optax"},
    "polyak": {"optax"},
    "prodigy": {"paper", "optax"},
    "qhadam": {"paper"},
    "qhm": {"paper"},
    "schedulefree": {"paper", "optax"},
    "sign": {"optax"},
    "signum": {"optax"},
    "sm3": {"optax"},
    "yogi": {"d2l", "optax"},
}


@pytest.mark.parametrize("case", CASES)
def test_a_walk_goes_where_the_library_went(case: dict[str, Any]) -> None:
    meta, arrays = recorded()
    Q, c, b, start = (arrays[f"{case['objective']}_{name}"] for name in ("Q", "c", "b", "start"))
    steps = np.array([step for step in meta["steps"] if step <= case["trusted"]])
    rows = slice(len(steps))
    assert len(steps) > 0
    optimizer = optimizers.read(case["optimizer"].replace(",decay=", ",weight_decay="))
    close = CLOSE_OF_PRODIGY if optimizer.rule.word() == "prodigy" else CLOSE
    run = engine.run(Quadratic(Q, c, float(b)), optimizer, start, int(steps[-1]))
    x, rate = arrays[f"{case['key']}_x"][rows], arrays[f"{case['key']}_rate"][rows]
    assert np.all(abs(run.x[steps, 0] - x) <= close * np.maximum(1, abs(x)))
    finite = np.isfinite(rate)  # η/|0| is infinite, and our rate 0, where a step has no direction
    ours = run.rate[steps - 1, 0]
    assert np.all(abs(ours - rate)[finite] <= close * rate[finite])
    assert np.all(ours[~finite] == 0)


def test_all_recordings_are_there() -> None:
    recorded_texts = {}
    for case in CASES:
        rule, _, dialect = case.values[0]["optimizer"].partition(":")[0].partition("@")
        recorded_texts.setdefault(rule, {}).setdefault(dialect, set()).add(
            case.values[0]["optimizer"]
        )
    assert {rule: set(dialects) for rule, dialects in recorded_texts.items()} == RULES
    assert all(
        len(texts) >= 3 for dialects in recorded_texts.values() for texts in dialects.values()
    )


@pytest.mark.parametrize("rule", RULES)
def test_some_walk_of_each_rule_is_trusted_for_fifty_steps(rule: str) -> None:
    cases = [case.values[0] for case in CASES]
    trusted = [case["trusted"] for case in cases if case["optimizer"].startswith(f"{rule}@")]
    assert max(trusted) >= 50


@pytest.mark.parametrize("rule", RULES)
def test_every_dialect_of_a_library_is_witnessed(rule: str) -> None:
    kind = optimizers.registry[rule]
    assert set(kind.made_by) <= RULES[rule]
    assert set(kind.made_by) == set(kind.spellings), "and can be typed in its own words"
    for spelled in kind.spellings.values():
        ours = [name for names in spelled.values() for name in optimizers.settings_of(names)]
        assert set(ours) <= {"eta", *kind.settings()}
        assert "eta" in ours
