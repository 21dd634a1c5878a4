"""Every recorded walk of the options that libraries offer, walked again from the same words."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import optimizers
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.optimizers import settings_of
from optviz.walks import engine

FOLDER = Path(__file__).parent.parent / "recorded"
FILES = ("torch", "optax", "keras", "more", "lookahead", "options")
LIBRARIES = ("torch", "keras", "optax")
CLOSE = 1e-11  # what the recordings agree to with themselves when rounding shakes them
SINGLE = 1e-6  # Keras's Adafactor takes RMS(x) and RMS(u) in float32


@cache
def recorded(name: str) -> tuple[dict[str, Any], dict[str, Array]]:
    with np.load(FOLDER / f"{name}.npz") as file:
        arrays = dict(file)
    return json.loads(str(arrays.pop("meta"))), arrays


CASES = [
    pytest.param(case, id=f"{case['line']} on {case['objective']}")
    for case in recorded("options")[0]["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_a_walk_goes_where_the_library_went(case: dict[str, Any]) -> None:
    meta, arrays = recorded("options")
    Q, c, b, start = (arrays[f"{case['objective']}_{name}"] for name in ("Q", "c", "b", "start"))
    steps = np.array([step for step in meta["steps"] if step <= case["trusted"]])
    assert len(steps) >= 10
    optimizer = optimizers.read(case["optimizer"])
    run = engine.run(Quadratic(Q, c, float(b)), optimizer, start, int(steps[-1]))
    x = arrays[f"{case['key']}_x"][: len(steps)]
    close = SINGLE if case["optimizer"].startswith("adafactor@keras") else CLOSE
    assert np.all(abs(run.x[steps, 0] - x) <= close * np.maximum(1, abs(x)))


@pytest.mark.parametrize("case", CASES)
def test_its_text_form_reads_back(case: dict[str, Any]) -> None:
    optimizer = optimizers.read(case["optimizer"])
    assert optimizers.read(str(optimizer)) == optimizer


def recorded_settings() -> Iterator[tuple[str, str, str]]:
    """Rule, dialect and setting, for every setting that a recorded case makes."""
    for name in FILES:
        for case in recorded(name)[0]["cases"]:
            optimizer = optimizers.read(case["optimizer"].replace(",decay=", ",weight_decay="))
            for setting in optimizer.explicit:
                yield optimizer.rule.word(), optimizer.dialect, setting


def settings_of_libraries() -> Iterator[tuple[str, str, str]]:
    """Rule, dialect and setting, for every setting that a library's argument stands for."""
    for rule in optimizers.registry:
        for dialect in {*LIBRARIES} & rule.spellings.keys():
            for ours in rule.spellings[dialect].values():
                yield from ((rule.word(), dialect, setting) for setting in settings_of(ours))


def test_every_argument_that_is_read_is_recorded() -> None:
    assert set(settings_of_libraries()) - set(recorded_settings()) == set()


def test_a_moving_momentum_is_recorded_of_every_rule_of_pytorch_that_has_one() -> None:
    moved = {
        optimizer.rule.word()
        for case in recorded("options")[0]["cases"]
        if (optimizer := optimizers.read(case["optimizer"])).moves_momentum
    }
    rules = {rule.word() for rule in optimizers.registry if rule.momentum}
    assert moved == {word for word in rules if "torch" in optimizers.registry[word].made_by}
