"""Every recorded walk of PyTorch, Optax and Keras, walked again from its text."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import optimizers
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.walks import engine

FOLDER = Path(__file__).parent.parent / "recorded"
LIBRARIES = ("torch", "optax", "keras")

# What the recordings agree to with themselves when rounding shakes them, so no machine can be asked
# for more (here it is 2e-13). It is close enough to tell where ε stands: inside for outside moves
# each walk by 5e-9 or more, but for Adagrad@torch with its ε of 1e-10: 18 of 20 by more than 1e-11.
CLOSE = 1e-11
# Keras's Adafactor takes RMS(x) and RMS(u) in float32, Optax's t^(-c): exact for c = 0 alone.
SINGLE = 1e-6


@cache
def recorded(library: str) -> tuple[dict[str, Any], dict[str, Array]]:
    with np.load(FOLDER / f"{library}.npz") as file:
        arrays = dict(file)
    return json.loads(str(arrays.pop("meta"))), arrays


def cases() -> Iterator[Any]:
    for library in LIBRARIES:
        with np.load(FOLDER / f"{library}.npz") as file:
            meta = json.loads(str(file["meta"]))
        for case in meta["cases"]:
            yield pytest.param(library, case, id=f"{case['optimizer']} on {case['objective']}")


CASES = list(cases())


@pytest.mark.parametrize(("library", "case"), CASES)
def test_a_walk_goes_where_the_library_went(library: str, case: dict[str, Any]) -> None:
    meta, arrays = recorded(library)
    Q, c, b, start = (arrays[f"{case['objective']}_{name}"] for name in ("Q", "c", "b", "start"))
    steps = np.array([step for step in meta["steps"] if step <= case["trusted"]])
    rows = slice(len(steps))
    assert len(steps) > 0
    optimizer = optimizers.read(case["optimizer"].replace(",decay=", ",weight_decay="))
    run = engine.run(Quadratic(Q, c, float(b)), optimizer, start, int(steps[-1]))
    x, rate = arrays[f"{case['key']}_x"][rows], arrays[f"{case['key']}_rate"][rows]
    close = SINGLE if in_single_precision(case["optimizer"]) else CLOSE
    assert np.all(abs(run.x[steps, 0] - x) <= close * np.maximum(1, abs(x)))
    assert np.all(abs(run.rate[steps - 1, 0] - rate) <= close * rate)


def in_single_precision(text: str) -> bool:
    optax = text.startswith("adafactor@optax") and "decay_rate=0," not in text
    return optax or text.startswith("adafactor@keras")


RECORDED = {
    "torch": "gd momentum nesterov adagrad rmsprop adam adadelta adamw amsgrad adamax nadam radam "
    "rprop adafactor asgd",
    "optax": "gd momentum nesterov adagrad rmsprop adam adadelta adamw amsgrad adamax nadam radam "
    "adafactor",
    "keras": "gd momentum nesterov adagrad rmsprop adam adadelta adamw amsgrad adamax nadam "
    "adafactor",
}


def test_all_recordings_are_there() -> None:
    assert len(CASES) == 4 * sum(len(texts(library)) for library in LIBRARIES) == 960
    for library, names in RECORDED.items():
        settings = Counter(text.partition("@")[0] for text in texts(library))
        assert settings.keys() == set(names.split())
        assert min(settings.values()) >= 3
        for text in texts(library):
            walked_on = [case for _, case in recorded_cases() if case["optimizer"] == text]
            assert sorted(case["objective"] for case in walked_on) == ["a", "b", "c", "d"]


def test_every_dialect_of_a_recorded_rule_is_recorded() -> None:
    for name in {name for names in RECORDED.values() for name in names.split()}:
        dialects = set(optimizers.registry[name].dialects) & set(LIBRARIES)
        assert dialects == {lib for lib in LIBRARIES if name in RECORDED[lib].split()}


@cache
def texts(library: str) -> set[str]:
    return {case["optimizer"] for lib, case in recorded_cases() if lib == library}


def recorded_cases() -> list[Any]:
    return [case.values for case in CASES]


def test_the_recorded_walks_are_trusted_for_long_enough() -> None:
    trusted = sorted(case.values[1]["trusted"] for case in CASES)
    assert trusted[0] >= 5
    assert trusted[len(CASES) // 2] == 200


# What a library does by itself when it is told nothing but the rate, as it is printed in
# shared/CONVENTIONS.md: 200 steps on 0.1 x1^2 + 2 x2^2.

FINALS = [
    ("gd@torch", "-4.80393", "-0.897217"),
    ("gd@keras", "-3.35026", "-0.000569215"),
    ("adagrad@torch", "-4.73405", "-1.73818"),
    ("adagrad@optax:eta=0.001", "-4.97329", "-1.97321"),
    ("adagrad@keras", "-4.97329", "-1.97321"),
    ("rmsprop@torch", "-2.21663", "-0.0825184"),
    ("rmsprop@optax:eta=0.01", "-2.95238", "-0.128567"),
    ("rmsprop@keras", "-4.79121", "-1.79177"),
    ("adam@torch", "-4.80163", "-1.80414"),
    ("adam@optax:eta=0.001", "-4.80163", "-1.80414"),
    ("adam@keras", "-4.80163", "-1.80414"),
    ("adagrad@torch:0.4", "-0.0470706", "-3.40345e-10"),
    ("adagrad@keras:0.4", "-0.0508961", "-3.44811e-10"),
    ("adam@torch:0.1", "0.00010954", "-5.69027e-05"),
    ("adam@keras:0.1", "0.000109535", "-5.69026e-05"),
    ("momentum@torch:0.05", "2.15496e-05", "2.68406e-05"),
    ("adadelta@torch", "-4.13471", "-1.21423"),
    ("adadelta@optax", "-4.13471", "-1.21423"),
    ("adadelta@keras", "-4.99967", "-1.99967"),
    ("adadelta@keras:1", "-4.67877", "-1.6918"),
    ("adamw@torch", "-4.79192", "-1.80042"),
    ("adamw@optax:eta=0.001", "-4.80153", "-1.8041"),
    ("adamw@keras", "-4.79774", "-1.80265"),
    ("adamw@torch:0.1", "0.000179416", "-5.4079e-05"),
    ("adamw@keras:0.1", "0.00014291", "-5.59601e-05"),
    ("adamax@torch", "-4.59861", "-1.59941"),
    ("adamax@keras", "-4.79966", "-1.79912"),
    ("nadam@torch", "-4.61386", "-1.6251"),
    ("nadam@optax:eta=0.002", "-4.60493", "-1.61552"),
    ("nadam@keras", "-4.80578", "-1.80831"),
    ("radam@torch", "-4.95492", "-1.92024"),
    ("radam@optax:eta=0.001", "-4.95492", "-1.92024"),
    ("adafactor@torch", "-1.516", "-0.00295123"),
    ("adafactor@keras", "-4.31625", "-1.34072"),
    ("asgd@torch", "-3.34969", "-0.000569451"),
]


@pytest.mark.parametrize(("text", "x1", "x2"), FINALS)
def test_a_dialect_alone_ends_where_the_library_ends(text: str, x1: float, x2: float) -> None:
    hill = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))
    run = engine.run(hill, optimizers.read(text), np.array([-5.0, -2.0]), 200)
    assert [f"{value:.6g}" for value in run.x[-1, 0]] == [x1, x2]
