"""Record what options of PyTorch, Optax and Keras do that make.py and make_more.py leave alone.

    /tmp/witness/bin/python tests/recorded/make_options.py

with the environment of make.py, whose objectives, steps and shaking these are. A case is a line of
Python, run as it stands against the library, but for a PyTorch scheduler, which stands in the place
of the rate; optviz reads the same arguments. Positions alone are recorded: they come from the
library's own step.
"""

import ast
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
OBJECTIVES = ("b", "d")
CASES = {
    "optax": [
        "adam(learning_rate=0.1, nesterov=True)",
        "adam(learning_rate=0.3, b1=0.8, b2=0.99, eps=0.01, eps_root=0.001, nesterov=True)",
        "adamw(learning_rate=0.1, weight_decay=0.1, nesterov=True)",
        "radam(learning_rate=0.1, nesterov=True)",
        "radam(learning_rate=0.1, b1=0.8, b2=0.9, eps=0.01, threshold=6.0, nesterov=True)",
        "adabelief(learning_rate=0.1, nesterov=True)",
        "adabelief(learning_rate=0.3, b1=0.8, b2=0.99, eps=0.01, eps_root=0.001, nesterov=True)",
        "amsgrad(learning_rate=0.2, bias_correction_mu=False)",
        "amsgrad(learning_rate=0.2, bias_correction_nu=False)",
        "amsgrad(learning_rate=0.1, b1=0.8, b2=0.9, eps=0.01, bias_correction_mu=False,"
        " bias_correction_nu=False)",
        "rmsprop(learning_rate=0.05, decay=0.95, eps=0.01, eps_in_sqrt=False)",
        "rmsprop(learning_rate=0.05, decay=0.95, eps=0.01, bias_correction=True)",
        "rmsprop(learning_rate=0.05, decay=0.9, eps=0.01, initial_scale=0.5, bias_correction=True,"
        " eps_in_sqrt=False)",
        "rmsprop(learning_rate=0.02, decay=0.9, eps=0.01, centered=True, bias_correction=True)",
        "rmsprop(learning_rate=0.01, decay=0.95, momentum=0.9, nesterov=True)",
        "rmsprop(learning_rate=0.01, decay=0.95, eps=0.01, centered=True, eps_in_sqrt=False,"
        " momentum=0.8, nesterov=True)",
        "adamaxw(learning_rate=0.1)",
        "adamaxw(learning_rate=0.2, b1=0.8, b2=0.99, eps=0.5, weight_decay=0.1)",
        "nadamw(learning_rate=0.1)",
        "nadamw(learning_rate=0.2, b1=0.8, b2=0.99, eps=0.01, eps_root=0.001, weight_decay=0.1)",
        "optimistic_adam_v2(learning_rate=0.1)",
        "optimistic_adam_v2(learning_rate=0.1, alpha=0.7, beta=0.3, b1=0.8, b2=0.99, eps=0.01,"
        " eps_root=0.001, nesterov=False)",
        "optimistic_adam(learning_rate=0.05)",
        "adafactor(learning_rate=0.05, decay_rate=0.0, clipping_threshold=2.0,"
        " multiply_by_parameter_scale=False)",
        "prodigy(learning_rate=0.5, eps=0.01, estim_lr0=0.01)",
    ],
    "keras": [
        "AdamW(learning_rate=0.1, amsgrad=True)",
        "AdamW(learning_rate=0.2, beta_1=0.8, beta_2=0.99, epsilon=0.01, weight_decay=0.1,"
        " amsgrad=True)",
        "Ftrl(learning_rate=0.4, learning_rate_power=-0.3)",
        "Ftrl(learning_rate=1.0, learning_rate_power=-0.8, beta=0.3,"
        " l1_regularization_strength=0.2, weight_decay=0.01)",
        "Adafactor(learning_rate=0.1, beta_2_decay=-0.5, weight_decay=0.1)",
        "Adafactor(learning_rate=0.3, beta_2_decay=-0.6, relative_step=False)",
    ],
    "torch": [
        "AdamW(lr=0.1, amsgrad=True)",
        "AdamW(lr=0.2, betas=(0.8, 0.99), eps=0.01, weight_decay=0.1, amsgrad=True)",
        "Adafactor(lr=0.1, beta2_decay=-0.5)",
        "Adafactor(lr=0.05, beta2_decay=-0.6, eps=(0.1, 2.0), d=1.5, weight_decay=0.1)",
        "Adafactor(lr=0.05, eps=(None, 0.01))",
        "SGD(lr=OneCycleLR(max_lr=0.05, total_steps=200), momentum=0.9)",
        "SGD(lr=OneCycleLR(max_lr=0.1, total_steps=200, base_momentum=0.3, max_momentum=0.8,"
        " three_phase=True), momentum=0.9, weight_decay=0.1)",
        "SGD(lr=OneCycleLR(max_lr=0.05, total_steps=200, anneal_strategy='linear'), momentum=0.9,"
        " nesterov=True)",
        "SGD(lr=OneCycleLR(max_lr=0.05, total_steps=200, cycle_momentum=False), momentum=0.7)",
        "SGD(lr=CyclicLR(base_lr=0.01, max_lr=0.06, step_size_up=13), momentum=0.9, dampening=0.1)",
        "SGD(lr=CyclicLR(base_lr=0.01, max_lr=0.06, step_size_up=10, step_size_down=15,"
        " mode='triangular2', base_momentum=0.5, max_momentum=0.85), momentum=0.9, nesterov=True)",
        "Adam(lr=OneCycleLR(max_lr=0.3, total_steps=200))",
        "Adam(lr=CyclicLR(base_lr=0.01, max_lr=0.1, step_size_up=20, mode='exp_range',"
        " gamma=0.98), eps=0.01, weight_decay=0.1)",
        "Adam(lr=OneCycleLR(max_lr=0.2, total_steps=200), amsgrad=True)",
        "AdamW(lr=OneCycleLR(max_lr=0.2, epochs=20, steps_per_epoch=10), betas=(0.8, 0.99))",
        "Adamax(lr=OneCycleLR(max_lr=0.2, total_steps=200))",
        "NAdam(lr=OneCycleLR(max_lr=0.2, total_steps=200))",
        "RAdam(lr=OneCycleLR(max_lr=0.2, total_steps=200), betas=(0.9, 0.99))",
        "RMSprop(lr=OneCycleLR(max_lr=0.02, total_steps=200), eps=0.01, momentum=0.9)",
        "RMSprop(lr=OneCycleLR(max_lr=0.02, total_steps=200), eps=0.01)",
        "Adagrad(lr=OneCycleLR(max_lr=0.4, total_steps=200, cycle_momentum=False))",
    ],
}


def parts(line: str) -> tuple[str, dict[str, Any]]:
    """The name and the arguments of a call; an argument that is a call itself is (name, …)."""
    call = ast.parse(line, mode="eval").body
    named = {}
    for each in call.keywords:
        is_call = isinstance(each.value, ast.Call)
        named[each.arg] = (
            parts(ast.unparse(each.value)) if is_call else ast.literal_eval(each.value)
        )
    return call.func.id, named


def text(library: str, line: str) -> str:
    """The line as optviz reads it: `adam@optax:learning_rate=0.1,nesterov=True`."""
    name, _, arguments = line.partition("(")
    return f"{name.lower()}@{library}:{arguments[:-1].replace(', ', ',')}"


def torch_walk(
    line: str, gradient: Callable[[np.ndarray], np.ndarray], start: list[float]
) -> Iterator[np.ndarray]:
    name, named = parts(line)
    scheduler = None
    x = torch.nn.Parameter(torch.tensor(start))
    if isinstance(named["lr"], tuple):
        scheduler, settings = named.pop("lr")
    optimizer = getattr(torch.optim, name)([x], **named)
    if scheduler:
        scheduler = getattr(torch.optim.lr_scheduler, scheduler)(optimizer, **settings)
    for t in range(1, make.STEPS + 1):
        x.grad = torch.from_numpy(np.array(gradient(x.detach().numpy())))
        optimizer.step()
        if scheduler and t < make.STEPS:
            scheduler.step()
        yield x.detach().numpy().copy()


def optax_walk(
    line: str, gradient: Callable[[np.ndarray], np.ndarray], start: list[float]
) -> Iterator[np.ndarray]:
    name, named = parts(line)
    optimizer = getattr(optax if hasattr(optax, name) else optax.contrib, name)(**named)
    x = jnp.array(start)
    state = optimizer.init(x)
    for _ in range(make.STEPS):
        updates, state = optimizer.update(jnp.array(gradient(np.asarray(x))), state, x)
        x = optax.apply_updates(x, updates)
        yield np.asarray(x)


def keras_walk(
    line: str, gradient: Callable[[np.ndarray], np.ndarray], start: list[float]
) -> Iterator[np.ndarray]:
    name, named = parts(line)
    optimizer = getattr(keras.optimizers, name)(**named)
    x = keras.Variable(start)
    optimizer.build([x])
    for _ in range(make.STEPS):
        optimizer.apply([jnp.array(gradient(np.asarray(x)))], [x])
        yield np.asarray(x)


WALKS = {"torch": torch_walk, "optax": optax_walk, "keras": keras_walk}


def run(
    library: str, line: str, objective: dict[str, Any], shake: np.random.Generator | None = None
) -> np.ndarray:
    """The positions, (STEPS, dim); `shake` draws the signs."""
    Q, c, start = (np.array(objective[key]) for key in ("Q", "c", "start"))

    def beside(x: np.ndarray, distance: float) -> np.ndarray:
        return x if shake is None else x * (1 + distance * shake.choice([-1, 1], x.shape))

    def gradient(x: np.ndarray) -> np.ndarray:
        return Q @ beside(x, make.ROUNDING) + c

    return np.array(list(WALKS[library](line, gradient, beside(start, make.PUSH).tolist())))


def last_trusted(library: str, line: str, objective: dict[str, Any], xs: np.ndarray) -> int:
    """As in make.py, by positions alone."""
    trusted = np.abs(xs).max(axis=1) < make.LOST
    for seed in range(SHAKEN_RUNS):
        other = run(library, line, objective, np.random.default_rng(seed))
        apart = np.abs(other - xs) / np.maximum(1, np.abs(xs))
        trusted &= apart.max(axis=1) <= make.AGREE
    return make.STEPS if trusted.all() else int(np.argmin(trusted))


def main() -> None:
    packages = ["torch", "optax", "jax", "keras", "numpy"]
    versions = {package: version(package) for package in packages}
    meta = {
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
    for library, lines in CASES.items():
        for line, name in product(lines, OBJECTIVES):
            xs = run(library, line, make.OBJECTIVES[name])
            trusted = last_trusted(library, line, make.OBJECTIVES[name], xs)
            key = f"{len(meta['cases']):03}"
            case = {"line": f"{library}: {line}", "optimizer": text(library, line)}
            meta["cases"].append({**case, "objective": name, "key": key, "trusted": trusted})
            arrays[f"{key}_x"] = xs[rows]
            print(library, line, name, trusted, flush=True)
    path = Path(__file__).with_name("options.npz")
    np.savez_compressed(path, meta=json.dumps(meta), **arrays)
    print(f"{path}: {len(meta['cases'])} cases, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
