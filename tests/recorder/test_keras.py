"""The callback of Keras: rates by its equations, and of the same steps in PyTorch."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz.errors import BadValue, OptvizError, Unfit, UnknownName, WorldError


def test_without_keras_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "optviz.recorder.keras", raising=False)
    monkeypatch.setitem(sys.modules, "keras", None)
    with pytest.raises(WorldError, match=r"pip install 'optviz\[keras\]'"):
        import optviz.recorder.keras  # noqa: F401


try:
    import torch

    os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras

    from optviz.recorder._keras_rates import RULES
    from optviz.recorder.keras import Recorder
except (ImportError, WorldError):
    pytest.skip("Keras or PyTorch is not installed", allow_module_level=True)

if keras.backend.backend() != "torch":
    pytest.skip("Keras runs on another backend", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SEED = np.random.default_rng(5)
INPUTS, TARGETS = SEED.normal(size=(48, 4)).astype("f4"), SEED.normal(size=(48, 2)).astype("f4")
FIRST, SECOND = SEED.normal(size=(4, 5)).astype("f4"), SEED.normal(size=(5, 2)).astype("f4")


def model(optimizer: Any) -> Any:
    net = keras.Sequential(
        [
            keras.layers.Input((4,)),
            keras.layers.Dense(5, activation="tanh", use_bias=False, name="hidden"),
            keras.layers.Dense(2, use_bias=False, name="out"),
        ]
    )
    net.set_weights([FIRST, SECOND])
    net.compile(optimizer=optimizer, loss="mse")
    return net


def fit(optimizer: Any, path: Path, epochs: int = 1, **options: Any) -> Any:
    net = model(optimizer)
    recorder = Recorder(path, **{"every": 1, **options})
    net.fit(INPUTS, TARGETS, 4, epochs, verbose=0, shuffle=False, callbacks=[recorder])
    return net


def lines(path: Path, key: str = "rate") -> list[dict[str, Any]]:
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [line for line in found if key in line]


def head(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8").splitlines()[0])


def of_torch(kind: str, path: Path, **settings: Any) -> None:
    """The same training in PyTorch, recorded."""
    import optviz

    a, b = torch.nn.Parameter(torch.tensor(FIRST)), torch.nn.Parameter(torch.tensor(SECOND))
    optimizer = getattr(torch.optim, kind)([a, b], **settings)
    named = [("hidden.kernel", a), ("out.kernel", b)]
    layers = ["hidden", "out"]
    with optviz.record(optimizer, path, every=1, layers=layers, named_parameters=named):
        for x, y in zip(*(torch.tensor(t).split(4) for t in (INPUTS, TARGETS)), strict=True):
            optimizer.zero_grad()
            ((torch.tanh(x @ a) @ b - y) ** 2).mean().backward()
            optimizer.step()


@pytest.mark.parametrize(
    ("name", "settings", "theirs"),
    [
        ("SGD", {"momentum": 0.9}, {"momentum": 0.9}),
        ("Adagrad", {"initial_accumulator_value": 0.0, "epsilon": 1e-30}, {"eps": 1e-15}),
        ("RMSprop", {"rho": 0.99, "epsilon": 1e-30}, {"eps": 1e-15}),
        ("Adam", {"epsilon": 1e-20}, {"eps": 1e-20}),
        ("AdamW", {"weight_decay": 0.1, "epsilon": 1e-20}, {"weight_decay": 0.1, "eps": 1e-20}),
        ("Adamax", {"epsilon": 1e-20}, {"eps": 1e-20}),
    ],
)
def test_rates_and_norms_are_those_of_pytorch(
    name: str, settings: Any, theirs: Any, tmp_path: Path
) -> None:
    optimizer = getattr(keras.optimizers, name)(0.01, **settings)
    fit(optimizer, tmp_path / "a.jsonl", layers=["hidden", "out"])
    of_torch(name, tmp_path / "b.jsonl", lr=0.01, **theirs)
    ours, other = lines(tmp_path / "a.jsonl"), lines(tmp_path / "b.jsonl")
    assert [(x["step"], x["layer"]) for x in ours] == [(x["step"], x["layer"]) for x in other]
    for key in ("rate", "grad", "update", "parameter", "lr"):
        np.testing.assert_allclose([x[key] for x in ours], [x[key] for x in other], rtol=1e-4)
    assert head(tmp_path / "a.jsonl")["optimizer"] == name


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rate_is_what_multiplies_the_gradient(name: str, tmp_path: Path) -> None:
    make = getattr(keras.optimizers, name)
    settings = {"beta_1": 0.0} if name not in {"SGD", "Adagrad", "RMSprop"} else {}
    settings |= {"weight_decay": 0.0} if name == "AdamW" else {}
    unknown = type("Unknown", (make,), {})
    fit(make(0.1, **settings), tmp_path / "a.jsonl")
    fit(unknown(0.1, **settings), tmp_path / "b.jsonl")
    assert [head(tmp_path / file)["rate"] for file in ("a.jsonl", "b.jsonl")] == [
        "effective",
        "realised",
    ]
    rates = [[line["rate"] for line in lines(tmp_path / file)] for file in ("a.jsonl", "b.jsonl")]
    np.testing.assert_allclose(*rates, rtol=2e-3)  # −Δp/g in single precision


def test_the_training_is_the_same(tmp_path: Path) -> None:
    with_log = fit(keras.optimizers.Adam(0.01), tmp_path / "a.jsonl")
    without = model(keras.optimizers.Adam(0.01))
    without.fit(INPUTS, TARGETS, 4, verbose=0, shuffle=False)
    assert all(map(np.array_equal, with_log.get_weights(), without.get_weights()))


def test_the_loss_that_keras_shows_is_logged_and_the_rate_of_each_step(tmp_path: Path) -> None:
    schedule = keras.optimizers.schedules.PiecewiseConstantDecay([5], [0.1, 0.01])
    fit(keras.optimizers.SGD(schedule), tmp_path / "a.jsonl")
    rates = [line["rate"][2] for line in lines(tmp_path / "a.jsonl")]
    assert rates == [0.1] * 6 + [0.01] * 6
    assert [list(line["log"]) for line in lines(tmp_path / "a.jsonl", "log")] == [["loss"]] * 12


def test_a_second_fit_continues_the_log(tmp_path: Path) -> None:
    net, recorder = model("sgd"), Recorder(tmp_path / "a.jsonl")
    for _ in range(2):
        net.fit(INPUTS, TARGETS, 16, verbose=0, callbacks=[recorder])
    assert [line["step"] for line in lines(tmp_path / "a.jsonl")] == [1, 2, 5]


def test_steps_whose_gradients_are_accumulated_have_rates_but_no_gradient(tmp_path: Path) -> None:
    fit(keras.optimizers.Adam(0.1, gradient_accumulation_steps=4), tmp_path / "a.jsonl")
    found = lines(tmp_path / "a.jsonl")
    assert [(line["step"], line["grad"]) for line in found] == [(1, None), (2, None), (3, None)]
    assert all(line["rate"][0] > 0 and line["update"] > 0 for line in found)


def test_frozen_layers_are_left_out(tmp_path: Path) -> None:
    net = model("sgd")
    net.layers[0].trainable = False
    net.compile(optimizer="sgd", loss="mse")
    net.fit(INPUTS, TARGETS, 48, verbose=0, callbacks=[Recorder(tmp_path / "a.jsonl")])
    assert [line["entries"] for line in lines(tmp_path / "a.jsonl")] == [10]


def test_what_cannot_be_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadValue, match="every"):
        Recorder(tmp_path / "a.jsonl", every=0)
    with pytest.raises(UnknownName, match="did you mean hidden"):
        fit("sgd", tmp_path / "a.jsonl", layers=["hiden"])
    with pytest.raises(OptvizError, match="cannot write"):
        fit("sgd", tmp_path / "no" / "a.jsonl")
    scaled = keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(0.1))
    with pytest.raises(Unfit, match="scaled loss"):
        fit(scaled, tmp_path / "a.jsonl")
    monkeypatch.setattr(keras.backend, "backend", lambda: "tensorflow")
    with pytest.raises(Unfit, match="KERAS_BACKEND=torch"):
        Recorder.on_train_begin(_recorder_of("sgd", tmp_path))


def _recorder_of(optimizer: Any, tmp_path: Path) -> Any:
    recorder = Recorder(tmp_path / "a.jsonl")
    recorder.set_model(model(optimizer))
    return recorder
