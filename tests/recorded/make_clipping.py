"""Record where lines of training scripts that clip gradients go, in PyTorch, Keras and Optax.

    /tmp/witness/bin/python tests/recorded/make_clipping.py

with the environment of make.py, whose objectives, steps and shaking these are. A case is Python
that is run as it stands, with `params` for the parameters; optviz reads the same text. In PyTorch
the second line is run before each step. Positions alone are recorded.
"""

import json
import os
import platform
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["KERAS_BACKEND"] = "jax"

import jax.numpy as jnp
import keras
import make
import numpy as np
import optax
import torch

SHAKEN_RUNS = 2
OBJECTIVES = ("a", "b", "d")
NORM = "torch.nn.utils.clip_grad_norm_(params, {})"
CASES = {
    "torch": [
        "optimizer = torch.optim.SGD(params, lr=0.1)\n" + NORM.format("1.0"),
        "optimizer = torch.optim.SGD(params, lr=0.1)\n" + NORM.format("max_norm=1e-3"),
        "optimizer = torch.optim.SGD(params, lr=0.05, momentum=0.9)\n" + NORM.format("2.0"),
        "optimizer = torch.optim.SGD(params, 0.05, 0.9, 0, 0.01, True)\n"
        + NORM.format("max_norm=0.5, norm_type=2.0, foreach=False"),
        "optimizer = torch.optim.Adam(params, lr=0.1, betas=(0.8, 0.99))\n" + NORM.format("1"),
        "optimizer = torch.optim.AdamW(params, lr=0.1, eps=0.01)\n" + NORM.format("0.3"),
        "optimizer = torch.optim.Adagrad(params, lr=0.4)\n" + NORM.format("1.0"),
        "optimizer = torch.optim.RMSprop(params, lr=0.02, eps=0.01)\n" + NORM.format("1.0"),
        "optimizer = torch.optim.SGD(params, lr=0.1)\ntorch.nn.utils.clip_grad_value_(params, 0.5)",
        "optimizer = torch.optim.Adam(params, lr=0.1)\n"
        "torch.nn.utils.clip_grad_value_(params, clip_value=0.1)",
    ],
    "keras": [
        "keras.optimizers.SGD(learning_rate=0.1, clipnorm=1.0)",
        "keras.optimizers.SGD(0.05, 0.9, True, clipnorm=0.5)",
        "keras.optimizers.SGD(learning_rate=0.05, momentum=0.9, global_clipnorm=2.0)",
        "keras.optimizers.SGD(learning_rate=0.1, clipvalue=0.5)",
        "keras.optimizers.SGD(learning_rate=0.1, clipnorm=0)",
        "keras.optimizers.Adam(learning_rate=0.1, clipnorm=1.0)",
        "keras.optimizers.Adam(0.1, 0.8, 0.99, global_clipnorm=0.01)",
        "keras.optimizers.Adam(learning_rate=0.1, clipvalue=0.1)",
        "keras.optimizers.AdamW(0.1, 0.01, epsilon=0.01, clipnorm=0.3)",
        "keras.optimizers.Adagrad(learning_rate=0.4, global_clipnorm=1.0)",
        "keras.optimizers.RMSprop(learning_rate=0.02, epsilon=0.01, clipvalue=0.5)",
    ],
    "optax": [
        "optax.chain(optax.clip_by_global_norm(1.0), optax.sgd(0.1))",
        "optax.chain(optax.clip_by_global_norm(max_norm=0.5), optax.sgd(0.05, 0.9, True))",
        "optax.chain(optax.clip_by_global_norm(1.0), optax.adam(0.1, b1=0.8))",
        "optax.chain(optax.clip_by_global_norm(0.3), optax.adamw(0.1, eps=0.01))",
        "optax.chain(optax.clip(0.5), optax.sgd(learning_rate=0.1))",
        "optax.chain(optax.clip(max_delta=0.1), optax.adam(0.1))",
        "optax.chain(optax.clip(0.5), optax.adagrad(0.4))",
    ],
}

Gradient = Callable[[np.ndarray], np.ndarray]


def torch_walk(text: str, gradient: Gradient, start: list[float]) -> Iterator[np.ndarray]:
    make_optimizer, clip = text.split("\n")
    x = torch.nn.Parameter(torch.tensor(start))
    names: dict[str, Any] = {"torch": torch, "params": [x]}
    exec(make_optimizer, names)
    for _ in range(make.STEPS):
        x.grad = torch.from_numpy(np.array(gradient(x.detach().numpy())))
        exec(clip, names)
        names["optimizer"].step()
        yield x.detach().numpy().copy()


def keras_walk(text: str, gradient: Gradient, start: list[float]) -> Iterator[np.ndarray]:
    x, optimizer = keras.Variable(start), eval(text)
    optimizer.build([x])
    for _ in range(make.STEPS):
        optimizer.apply([jnp.array(gradient(np.asarray(x)))], [x])
        yield np.asarray(x)


def optax_walk(text: str, gradient: Gradient, start: list[float]) -> Iterator[np.ndarray]:
    x, optimizer = jnp.array(start), eval(text)
    state = optimizer.init(x)
    for _ in range(make.STEPS):
        updates, state = optimizer.update(jnp.array(gradient(np.asarray(x))), state, x)
        x = optax.apply_updates(x, updates)
        yield np.asarray(x)


WALKS = {"torch": torch_walk, "keras": keras_walk, "optax": optax_walk}


def run(
    library: str, text: str, objective: dict[str, Any], shake: np.random.Generator | None = None
) -> np.ndarray:
    """The positions, (STEPS, dim); `shake` draws the signs."""
    Q, c, start = (np.array(objective[key]) for key in ("Q", "c", "start"))

    def beside(x: np.ndarray, distance: float) -> np.ndarray:
        return x if shake is None else x * (1 + distance * shake.choice([-1, 1], x.shape))

    def gradient(x: np.ndarray) -> np.ndarray:
        return Q @ beside(x, make.ROUNDING) + c

    return np.array(list(WALKS[library](text, gradient, beside(start, make.PUSH).tolist())))


def last_trusted(library: str, text: str, objective: dict[str, Any], xs: np.ndarray) -> int:
    """As in make.py, by positions alone."""
    trusted = np.abs(xs).max(axis=1) < make.LOST
    for seed in range(SHAKEN_RUNS):
        other = run(library, text, objective, np.random.default_rng(seed))
        apart = np.abs(other - xs) / np.maximum(1, np.abs(xs))
        trusted &= apart.max(axis=1) <= make.AGREE
    return make.STEPS if trusted.all() else int(np.argmin(trusted))


def main() -> None:
    packages = ["torch", "optax", "jax", "keras", "numpy"]
    versions = {package: version(package) for package in packages}
    meta: dict[str, Any] = {
        "versions": {"python": platform.python_version(), **versions},
        "steps": make.STORED,
        "objectives": {name: make.OBJECTIVES[name]["about"] for name in OBJECTIVES},
        "cases": [],
    }
    arrays = {
        f"{name}_{key}": np.array(make.OBJECTIVES[name][key])
        for name, key in product(OBJECTIVES, ("Q", "c", "b", "start"))
    }
    rows = np.array(make.STORED) - 1
    for library, texts in CASES.items():
        for text, name in product(texts, OBJECTIVES):
            xs = run(library, text, make.OBJECTIVES[name])
            trusted = last_trusted(library, text, make.OBJECTIVES[name], xs)
            key = f"{len(meta['cases']):03}"
            case = {"text": text, "objective": name, "key": key, "trusted": trusted}
            meta["cases"].append(case)
            arrays[f"{key}_x"] = xs[rows]
            print(repr(text), name, trusted, flush=True)
    path = Path(__file__).with_name("clipping.npz")
    np.savez_compressed(path, meta=json.dumps(meta), **arrays)
    print(f"{path}: {len(meta['cases'])} cases, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
