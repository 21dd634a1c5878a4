"""Record how the optimizers of PyTorch, Optax and Keras walk on four quadratics.

    python -m venv /tmp/witness
    /tmp/witness/bin/pip install numpy==2.4.6 torch==2.13.0
    /tmp/witness/bin/pip install optax==0.2.8 jax==0.10.2 jaxlib==0.10.2 keras==3.15.1
    /tmp/witness/bin/python tests/recorded/make.py

The stored files were made by Python 3.11, numpy 2.4.6, torch 2.13.0+cpu, optax 0.2.8 with jax
0.10.2 in 64 bit, and keras 3.15.1 on the jax backend with floatx float64. The versions that are at
work go into the files.

These are outside witnesses: every position comes from the library's own step, every effective rate
from the library's own state by the library's own placement of eps. What a case does not set is left
to the library, so its defaults are witnesses too. The objective alone is ours, g = Q x + c.
README.md says what the arrays mean.
"""

import json
import os
import platform
import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from inspect import signature
from itertools import product
from pathlib import Path
from typing import Any

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["KERAS_BACKEND"] = "jax"

import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch

torch.set_default_dtype(torch.float64)
keras.config.set_floatx("float64")

STEPS = 200
STORED = [*range(1, 11), *range(20, STEPS + 1, 10)]

# A run is repeated a few times, shaken: from a start moved by PUSH, with every gradient taken at a
# place moved by ROUNDING (both relative). While all agree, rounding does not matter. Moving the
# start alone is not enough: such a shift may die out before the chaos begins, rounding never does.
SHAKEN_RUNS = 3
PUSH = 1e-13
ROUNDING = 1e-15
AGREE = 1e-11
LOST = 1e100  # beyond this a run is over

OBJECTIVES = {
    "a": {
        "about": "0.1x1^2 + 2x2^2",
        "Q": [[0.2, 0.0], [0.0, 4.0]],
        "c": [0.0, 0.0],
        "b": 0.0,
        "start": [-5.0, -2.0],
    },
    "b": {
        "about": "0.1(x1+x2)^2 + 2(x1-x2)^2",
        "Q": [[4.2, -3.8], [-3.8, 4.2]],
        "c": [0.0, 0.0],
        "b": 0.0,
        "start": [-5.0, -2.0],
    },
    "c": {
        "about": "eigenvalues 0.01 and 10, the first eigenvector at 30 degrees",
        "Q": [[2.5075, -4.325796891903271], [-4.325796891903271, 7.5025]],
        "c": [0.3, -0.7],
        "b": 1.5,
        "start": [-5.0, -2.0],
    },
    "d": {
        "about": "five dimensions, dense, eigenvalues from 0.148 to 4.79",
        "Q": [
            [1.0, 0.4, -0.4, -0.8, -0.4],
            [0.4, 2.2, 0.7, -1.8, -0.9],
            [-0.4, 0.7, 2.0, -0.4, 0.4],
            [-0.8, -1.8, -0.4, 2.0, 0.8],
            [-0.4, -0.9, 0.4, 0.8, 2.0],
        ],
        "c": [0.5, -0.3, 0.2, 0.7, -0.4],
        "b": -0.6,
        "start": [4.0, -2.0, 1.0, 3.0, -3.0],
    },
}

# Every case of both tables is walked on every objective, `@library` added to its name.
EVERYWHERE = [
    "gd:eta=0.1",
    "gd:eta=0.24",
    "gd:eta=exponential(0.2,0.98)",
    "momentum:eta=0.05,beta=0.9",
    "momentum:eta=0.15,beta=0.5",
    "momentum:eta=exponential(0.05,0.97),beta=0.9",
    "nesterov:eta=0.05,beta=0.9",
    "nesterov:eta=0.1,beta=0.5",
    "nesterov:eta=exponential(0.05,0.97),beta=0.9",
    "adagrad:eta=0.4",
    "adagrad:eta=2",
    "adagrad:eta=0.4,G0=0.5",
    "adagrad:eta=0.4,eps=0.01",
    "adagrad:eta=exponential(0.4,0.97)",
    "rmsprop:eta=0.05",
    "rmsprop:eta=0.05,rho=0.95,eps=0.01",
    "rmsprop:eta=0.01,rho=0.95,beta=0.9",
    "rmsprop:eta=0.02,rho=0.9,eps=0.01,centered=true",
    "rmsprop:eta=0.01,rho=0.95,eps=0.01,beta=0.8,centered=true",
    "rmsprop:eta=exponential(0.02,0.97),beta=0.9",
    "adam:eta=0.1",
    "adam:eta=0.3,beta1=0.8,beta2=0.99",
    "adam:eta=0.1,beta1=0.9,beta2=0.999,eps=0.01",
    "adam:eta=exponential(0.3,0.97)",
    "adadelta:eta=1",
    "adadelta:eta=20,rho=0.95,eps=0.001",
    "adadelta:eta=exponential(40,0.99),rho=0.9,eps=1e-05",
    "adamw:eta=0.1",
    "adamw:eta=0.1,decay=0.1",
    "adamw:eta=0.2,beta1=0.8,beta2=0.99,eps=0.01,decay=0.5",
    "adamw:eta=exponential(0.3,0.97),decay=0.2",
    "amsgrad:eta=0.2",
    "amsgrad:eta=0.1,beta1=0.8,beta2=0.9,eps=0.01",
    "amsgrad:eta=0.05,beta1=0.9,beta2=0.5",
    "amsgrad:eta=exponential(0.3,0.97)",
    "adamax:eta=0.1",
    "adamax:eta=0.2,beta1=0.8,beta2=0.99,eps=0.5",
    "adamax:eta=exponential(0.3,0.97)",
    "nadam:eta=0.1",
    "nadam:eta=0.2,beta1=0.8,beta2=0.99,eps=0.01",
    "nadam:eta=exponential(0.3,0.97)",
    "adafactor:eta=0.01",
    "adafactor:eta=0.1",
    "adafactor:eta=exponential(0.3,0.97),d=1.5",
]
# What only one library can do, and each library at its own default rate; Optax has none and
# borrows PyTorch's. Momentum is off by default in all three: their default is gd.
ELSEWHERE = {
    "torch": [
        "gd:eta=0.001",
        "momentum:eta=0.001,beta=0.9",
        "momentum:eta=0.05,beta=0.9,dampening=0.1",
        "momentum:eta=exponential(0.05,0.97),beta=0.9,dampening=0.1",
        "nesterov:eta=0.001,beta=0.9",
        "adagrad:eta=0.01",
        "rmsprop:eta=0.01",
        "rmsprop:eta=0.01,centered=true",
        "adam:eta=0.001",
        "gd:eta=0.1,decay=0.3",
        "momentum:eta=0.05,beta=0.9,decay=0.1",
        "momentum:eta=0.05,beta=0.9,dampening=0.2,decay=0.3",
        "nesterov:eta=0.05,beta=0.9,decay=0.1",
        "nesterov:eta=exponential(0.05,0.97),beta=0.9,decay=0.3",
        "adagrad:eta=0.4,decay=0.3",
        "adagrad:eta=0.4,lr_decay=0.05",
        "adagrad:eta=2,lr_decay=0.01,decay=0.1",
        "rmsprop:eta=0.05,rho=0.95,eps=0.01,decay=0.3",
        "rmsprop:eta=0.01,rho=0.95,beta=0.9,decay=0.1",
        "adam:eta=0.1,decay=0.3",
        "adam:eta=0.1,eps=0.01,decay=0.3,decoupled=true",
        "adadelta:eta=20,rho=0.95,eps=0.001,decay=0.3",
        "adamw:eta=0.001",
        "amsgrad:eta=0.001",
        "amsgrad:eta=0.2,decay=0.3",
        "amsgrad:eta=0.2,decay=0.3,decoupled=true",
        "adamax:eta=0.002",
        "adamax:eta=0.2,decay=0.3",
        "nadam:eta=0.002",
        "nadam:eta=0.1,psi=0.1",
        "nadam:eta=0.1,decay=0.3",
        "nadam:eta=0.1,decay=0.3,decoupled=true",
        "radam:eta=0.001",
        "radam:eta=0.1",
        "radam:eta=0.1,beta1=0.8,beta2=0.9,eps=0.01",
        "radam:eta=0.1,beta1=0.9,beta2=0.6",
        "radam:eta=exponential(0.1,0.98),beta1=0.9,beta2=0.99",
        "radam:eta=0.1,beta1=0.9,beta2=0.99,decay=0.3",
        "radam:eta=0.1,beta1=0.9,beta2=0.99,decay=0.3,decoupled=true",
        "rprop:eta=0.01",
        "rprop:eta=0.1,shrink=0.3,grow=1.5",
        "rprop:eta=0.5,delta_min=0.001,delta_max=0.7",
        "rprop:eta=exponential(0.1,0.9)",
        "adafactor:eta=0.1,decay=0.3",
        "adafactor:eta=0.05,decay_rate=0.5,eps2=2,eps1=0.1",
        "asgd:eta=0.01",
        "asgd:eta=0.1,lambd=0.1",
        "asgd:eta=0.15,lambd=0.5,alpha=0.3,t0=20",
        "asgd:eta=exponential(0.15,0.97),lambd=0.01",
        "asgd:eta=0.1,lambd=0.05,decay=0.3",
    ],
    "optax": [
        "gd:eta=0.001",
        "momentum:eta=0.001,beta=0.9",
        "nesterov:eta=0.001,beta=0.9",
        "adagrad:eta=0.01",
        "adagrad:eta=0.4,G0=0,eps=1e-06",
        "rmsprop:eta=0.01",
        "rmsprop:eta=0.01,centered=true",
        "rmsprop:eta=0.4,rho=0.9,eps=1e-06",
        "adam:eta=0.001",
        "adam:eta=0.1,eps_root=0.001",
        "rmsprop:eta=0.05,v0=1",
        "adadelta:eta=20,rho=0.95,eps=0.001,decay=0.3",
        "adamw:eta=0.001",
        "adamw:eta=0.1,eps_root=0.001,decay=0.3",
        "amsgrad:eta=0.001",
        "amsgrad:eta=0.2,eps_root=0.001",
        "adamax:eta=0.002",
        "adamax:eta=0.2,decay=0.3",
        "nadam:eta=0.002",
        "nadam:eta=0.1,decay=0.3",
        "nadam:eta=0.1,eps_root=0.001",
        "radam:eta=0.001",
        "radam:eta=0.1",
        "radam:eta=0.1,beta1=0.8,beta2=0.9,eps=0.01",
        "radam:eta=0.1,beta1=0.9,beta2=0.99,threshold=8",
        "radam:eta=exponential(0.1,0.98),beta1=0.9,beta2=0.99,eps_root=0.001",
        "adafactor:eta=0.05,decay_rate=0,eps1=0.01",  # in float32 too t⁰ is 1
        "adafactor:eta=0.05,decay_rate=0.5,eps1=0.01",
        "adafactor:eta=0.5,relative=false",
    ],
    "keras": [
        "gd:eta=0.01",
        "momentum:eta=0.01,beta=0.9",
        "nesterov:eta=0.01,beta=0.9",
        "adagrad:eta=0.001",
        "adagrad:eta=0.4,G0=0,eps=1e-06",
        "rmsprop:eta=0.001",
        "rmsprop:eta=0.001,centered=true",
        "rmsprop:eta=0.4,rho=0.9,eps=1e-06",
        "adam:eta=0.001",
        "gd:eta=0.1,decay=0.3",
        "momentum:eta=0.05,beta=0.9,decay=0.1",
        "momentum:eta=exponential(0.05,0.97),beta=0.9,decay=0.3",
        "nesterov:eta=0.05,beta=0.9,decay=0.1",
        "nesterov:eta=exponential(0.05,0.97),beta=0.9,decay=0.3",
        "adagrad:eta=0.4,decay=0.3",
        "rmsprop:eta=0.05,rho=0.95,eps=0.01,decay=0.3",
        "rmsprop:eta=0.01,rho=0.95,beta=0.9,decay=0.1",
        "adam:eta=0.1,decay=0.3",
        "adadelta:eta=0.001",
        "adadelta:eta=20,rho=0.95,eps=0.001,decay=0.01",
        "adamw:eta=0.001",
        "amsgrad:eta=0.001",
        "amsgrad:eta=0.2,decay=0.3",
        "adamax:eta=0.001",
        "adamax:eta=0.2,decay=0.3",
        "nadam:eta=0.001",
        "nadam:eta=0.1,decay=0.3",
        "adafactor:eta=0.001",
        "adafactor:eta=0.05,decay_rate=0.5,eps2=2,eps1=0.0078125",
    ],
}


def read(text: str) -> tuple[str, list[float], dict[str, Any]]:
    """Take "rule@library:eta=...,key=..." apart: rule, the rate of each step, other settings."""
    head, _, body = text.partition(":")
    words = dict(re.findall(r"(\w+)=(\w+\([^)]*\)|[^,]+)", body))
    etas = schedule(words.pop("eta"))
    switches = {"true": True, "false": False}
    settings = {key: switches.get(word) for key, word in words.items()}
    settings |= {key: float(words[key]) for key in settings if settings[key] is None}
    return head.partition("@")[0], etas, settings


def schedule(text: str) -> list[float]:
    """The rate of each step, to be set by hand: a library's own schedule may count in float32."""
    if found := re.fullmatch(r"exponential\((.+),(.+)\)", text):
        first, factor = map(float, found.groups())
        return [first * factor ** (t - 1) for t in range(1, STEPS + 1)]
    return [float(text)] * STEPS


def renamed(settings: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names.get(key, key): value for key, value in settings.items()}


# Each library is two tables (our name of a rule to its class, our names of settings to its own), a
# walk that yields the position after each step with the effective rate of that step, and a function
# that reads this rate from the library's state after the step, and where it must from the state and
# the position `before` it. README.md says what the rate multiplies.

TORCH_RULES = {
    "gd": torch.optim.SGD,
    "momentum": torch.optim.SGD,
    "nesterov": partial(torch.optim.SGD, nesterov=True),
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
    "adadelta": torch.optim.Adadelta,
    "adamw": torch.optim.AdamW,
    "amsgrad": partial(torch.optim.Adam, amsgrad=True),
    "adamax": torch.optim.Adamax,
    "nadam": torch.optim.NAdam,
    "radam": torch.optim.RAdam,
    "rprop": torch.optim.Rprop,
    "adafactor": torch.optim.Adafactor,
    "asgd": torch.optim.ASGD,
}
TORCH_NAMES = {
    "beta": "momentum",
    "G0": "initial_accumulator_value",
    "decay": "weight_decay",
    "decoupled": "decoupled_weight_decay",
    "psi": "momentum_decay",
}
TORCH_PAIRS = {
    "betas": ("beta1", "beta2"),
    "etas": ("shrink", "grow"),
    "step_sizes": ("delta_min", "delta_max"),
    "eps": ("eps1", "eps2"),
}


def torch_settings(rule: str, settings: dict[str, Any]) -> dict[str, Any]:
    settings = renamed(settings, TORCH_NAMES | ({"rho": "alpha"} if rule == "rmsprop" else {}))
    if "decay_rate" in settings:
        settings["beta2_decay"] = -settings.pop("decay_rate")
    for name, pair in TORCH_PAIRS.items():
        if pair[0] in settings:
            settings[name] = tuple(settings.pop(part) for part in pair)
    return settings


def torch_walk(
    rule: str,
    etas: list[float],
    settings: dict[str, Any],
    gradient: Callable[[np.ndarray], np.ndarray],
    start: list[float],
) -> Iterator[tuple[np.ndarray, Any]]:
    x = torch.nn.Parameter(torch.tensor(start))
    optimizer = TORCH_RULES[rule]([x], lr=etas[0], **torch_settings(rule, settings))
    (group,) = optimizer.param_groups
    for eta in etas:
        group["lr"] = eta
        x.grad = torch.from_numpy(gradient(x.detach().numpy()))
        before = {"x": x.detach().clone()}
        before |= {name: part.clone() for name, part in optimizer.state[x].items()}
        optimizer.step()
        yield x.detach().numpy().copy(), torch_rate(rule, group, optimizer.state[x], before, x.grad)


def torch_rate(
    rule: str, group: dict[str, Any], state: dict[str, Any], before: dict[str, Any], gradient: Any
) -> Any:
    eta, step = group["lr"], state["step"].item() if "step" in state else None
    if rule == "adagrad":
        slowed = eta / (1 + (step - 1) * group["lr_decay"])
        return slowed / (state["sum"].sqrt() + group["eps"])
    if rule == "rmsprop":
        mean = state["grad_avg"] if group["centered"] else 0.0
        return eta / ((state["square_avg"] - mean**2).sqrt() + group["eps"])
    if rule in ("adam", "adamw", "amsgrad", "nadam"):
        kept = "max_exp_avg_sq" if rule == "amsgrad" else "exp_avg_sq"
        corrected = state[kept] / (1 - group["betas"][1] ** step)
        return eta / (corrected.sqrt() + group["eps"])
    if rule == "adadelta":
        past = before.get("acc_delta", torch.zeros_like(gradient))
        root = (past + group["eps"]).sqrt()
        return eta * root / (state["square_avg"] + group["eps"]).sqrt()
    if rule == "adamax":
        return eta / state["exp_inf"]
    if rule == "radam":
        rectified = rectification(group["betas"][1], step, 5)
        correction = (1 - group["betas"][1] ** step) ** 0.5
        adapted = correction / (state["exp_avg_sq"].sqrt() + group["eps"])
        return eta * (1.0 if rectified is None else rectified * adapted)
    if rule == "rprop":
        return state["step_size"].clone()  # the next step writes into it
    if rule == "asgd":
        return before["eta"].item() if "eta" in before else eta
    if rule == "adafactor":
        eps1, eps2 = group["eps"]
        eps1 = torch.finfo(torch.float64).eps if eps1 is None else eps1
        scale = 1 / state["variance"].clamp(min=eps1**2).sqrt()
        clip = max(1, rms(gradient * scale) / group["d"])
        return min(eta, step**-0.5) * max(eps2, rms(before["x"])) * scale / clip
    return eta


OPTAX_RULES = {
    "gd": optax.sgd,
    "momentum": optax.sgd,
    "nesterov": partial(optax.sgd, nesterov=True),
    "adagrad": optax.adagrad,
    "rmsprop": optax.rmsprop,
    "adam": optax.adam,
    "adadelta": optax.adadelta,
    "adamw": optax.adamw,
    "amsgrad": optax.amsgrad,
    "adamax": optax.adamax,
    "nadam": optax.nadam,
    "radam": optax.radam,
    "adafactor": optax.adafactor,
}
# The rules that have weight decay under another name.
OPTAX_DECAYED = {"adamax": optax.adamaxw, "nadam": optax.nadamw}
OPTAX_NAMES = {
    "beta": "momentum",
    "rho": "decay",
    "G0": "initial_accumulator_value",
    "beta1": "b1",
    "beta2": "b2",
    "v0": "initial_scale",
    "decay": "weight_decay",
}
OPTAX_ADAFACTOR = {
    "eps1": "eps",
    "d": "clipping_threshold",
    "relative": "multiply_by_parameter_scale",
}


def optax_walk(
    rule: str,
    etas: list[float],
    settings: dict[str, Any],
    gradient: Callable[[np.ndarray], np.ndarray],
    start: list[float],
) -> Iterator[tuple[np.ndarray, Any]]:
    table = jnp.array(etas)
    make = OPTAX_DECAYED.get(rule) if "decay" in settings else None
    make = make or OPTAX_RULES[rule]
    names = OPTAX_ADAFACTOR if rule == "adafactor" else dict(OPTAX_NAMES)
    if rule == "adadelta":
        del names["rho"]
    given = signature(make).bind(lambda count: table[count], **renamed(settings, names))
    given.apply_defaults()  # an Optax optimizer does not tell its eps, its signature does
    optimizer = make(*given.args, **given.kwargs)
    x = jnp.array(start)
    state = optimizer.init(x)
    for eta in etas:
        g, before = jnp.array(gradient(np.asarray(x))), (x, state)
        updates, state = optimizer.update(g, state, x)
        x = optax.apply_updates(x, updates)
        yield np.asarray(x), optax_rate(rule, eta, given.arguments, state, before, g)


def optax_rate(
    rule: str, eta: float, given: dict[str, Any], states: Any, before: Any, gradient: Any
) -> Any:
    state = states[1] if rule == "adadelta" else states[0]
    if rule == "adagrad":
        return eta / jnp.sqrt(state.sum_of_squares + given["eps"])
    if rule == "rmsprop":
        mean = state.mu if given["centered"] else 0.0
        return eta / jnp.sqrt(state.nu - mean**2 + given["eps"])
    if rule in ("adam", "adamw", "nadam"):
        corrected = state.nu / (1 - given["b2"] ** int(state.count))
        return eta / (jnp.sqrt(corrected + given["eps_root"]) + given["eps"])
    if rule == "amsgrad":
        return eta / (jnp.sqrt(state.nu_max + given["eps_root"]) + given["eps"])
    if rule == "adadelta":
        root = jnp.sqrt(before[1][1].e_x + given["eps"])
        return eta * root / jnp.sqrt(state.e_g + given["eps"])
    if rule == "adamax":
        return eta / state.nu
    if rule == "radam":
        rectified = rectification(given["b2"], int(state.count), given["threshold"])
        corrected = state.nu / (1 - given["b2"] ** int(state.count))
        adapted = 1 / (jnp.sqrt(corrected + given["eps_root"]) + given["eps"])
        return eta * (1.0 if rectified is None else rectified * adapted)
    if rule == "adafactor":
        scale = 1 / jnp.sqrt(state.v)
        clip = max(1, rms(gradient * scale) / given["clipping_threshold"])
        size = max(1e-3, rms(before[0])) if given["multiply_by_parameter_scale"] else 1.0
        return eta * size * scale / clip
    return eta


KERAS_RULES = {
    "gd": keras.optimizers.SGD,
    "momentum": keras.optimizers.SGD,
    "nesterov": partial(keras.optimizers.SGD, nesterov=True),
    "adagrad": keras.optimizers.Adagrad,
    "rmsprop": keras.optimizers.RMSprop,
    "adam": keras.optimizers.Adam,
    "adadelta": keras.optimizers.Adadelta,
    "adamw": keras.optimizers.AdamW,
    "amsgrad": partial(keras.optimizers.Adam, amsgrad=True),
    "adamax": keras.optimizers.Adamax,
    "nadam": keras.optimizers.Nadam,
    "adafactor": keras.optimizers.Adafactor,
}
KERAS_NAMES = {
    "beta": "momentum",
    "G0": "initial_accumulator_value",
    "beta1": "beta_1",
    "beta2": "beta_2",
    "eps": "epsilon",
    "decay": "weight_decay",
    "eps1": "epsilon_1",
    "eps2": "epsilon_2",
    "d": "clip_threshold",
}


def keras_walk(
    rule: str,
    etas: list[float],
    settings: dict[str, Any],
    gradient: Callable[[np.ndarray], np.ndarray],
    start: list[float],
) -> Iterator[tuple[np.ndarray, Any]]:
    settings = renamed(settings, KERAS_NAMES)
    if "decay_rate" in settings:
        settings["beta_2_decay"] = -settings.pop("decay_rate")
    optimizer = KERAS_RULES[rule](learning_rate=etas[0], **settings)
    x = keras.Variable(start)
    optimizer.build([x])
    for eta in etas:
        optimizer.learning_rate = eta
        g = jnp.array(gradient(np.asarray(x)))
        before = (np.asarray(x), keras_past(rule, optimizer))
        optimizer.apply([g], [x])
        yield np.asarray(x), keras_rate(rule, optimizer, before, g)


def keras_past(rule: str, optimizer: Any) -> Any:
    return optimizer._accumulated_delta_vars[0].value if rule == "adadelta" else None


def keras_rate(rule: str, optimizer: Any, before: Any, gradient: Any) -> Any:
    eta, step = optimizer.learning_rate.value, int(optimizer.iterations.value)
    if rule == "adagrad":
        return eta / jnp.sqrt(optimizer._accumulators[0].value + optimizer.epsilon)
    if rule == "rmsprop":
        mean = optimizer._average_gradients[0].value if optimizer.centered else 0.0
        return eta / jnp.sqrt(optimizer._velocities[0].value - mean**2 + optimizer.epsilon)
    if rule in ("adam", "adamw", "amsgrad"):
        kept = optimizer._velocity_hats if rule == "amsgrad" else optimizer._velocities
        correction = (1 - optimizer.beta_2**step) ** 0.5
        return eta * correction / (jnp.sqrt(kept[0].value) + optimizer.epsilon)
    if rule == "nadam":
        corrected = optimizer._velocities[0].value / (1 - optimizer.beta_2**step)
        return eta / (jnp.sqrt(corrected) + optimizer.epsilon)
    if rule == "adadelta":
        root = jnp.sqrt(before[1] + optimizer.epsilon)
        return eta * root / jnp.sqrt(optimizer._accumulated_grads[0].value + optimizer.epsilon)
    if rule == "adamax":
        return eta / (optimizer._u[0].value + optimizer.epsilon)
    if rule == "adafactor":
        scale = 1 / jnp.sqrt(optimizer._v[0].value)
        clip = max(1, rms(gradient * scale) / optimizer.clip_threshold)
        size = max(optimizer.epsilon_2, rms(before[0]))
        return min(eta, step**-0.5) * size * scale / clip
    return eta


def rectification(beta2: float, step: int, threshold: float) -> float | None:
    """RAdam's r_t, after Liu et al. 2020; None where the step is not adapted."""
    top = 2 / (1 - beta2) - 1
    rho = top - 2 * step * beta2**step / (1 - beta2**step)
    if rho < threshold:
        return None
    return ((rho - 4) * (rho - 2) * top / ((top - 4) * (top - 2) * rho)) ** 0.5


def rms(x: Any) -> float:
    return float(np.sqrt(np.mean(np.square(np.asarray(x)))))


WALKS = {"torch": torch_walk, "optax": optax_walk, "keras": keras_walk}


def run(
    library: str, text: str, objective: dict[str, Any], shake: np.random.Generator | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The whole walk, positions and effective rates, (STEPS, dim) each; `shake` draws the signs."""
    Q, c, start = (np.array(objective[key]) for key in ("Q", "c", "start"))

    def beside(x: np.ndarray, distance: float) -> np.ndarray:
        return x if shake is None else x * (1 + distance * shake.choice([-1, 1], x.shape))

    def gradient(x: np.ndarray) -> np.ndarray:
        return Q @ beside(x, ROUNDING) + c

    walk = WALKS[library](*read(text), gradient, beside(start, PUSH).tolist())
    xs, rates = zip(*walk, strict=True)
    return np.array(xs), np.array([np.broadcast_to(rate, c.shape) for rate in rates])


def last_trusted(
    library: str, text: str, objective: dict[str, Any], xs: np.ndarray, rates: np.ndarray
) -> int:
    """The last step up to which the shaken runs have the same positions and the same rates."""
    trusted = np.abs(xs).max(axis=1) < LOST
    for seed in range(SHAKEN_RUNS):
        other_xs, other_rates = run(library, text, objective, np.random.default_rng(seed))
        apart = np.abs(other_xs - xs) / np.maximum(1, np.abs(xs))
        rates_apart = np.abs(other_rates / rates - 1)
        trusted &= np.maximum(apart, rates_apart).max(axis=1) <= AGREE
    return STEPS if trusted.all() else int(np.argmin(trusted))


def record(library: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Run every case of a library: the description of all that is stored, and the arrays."""
    packages = {"torch": ["torch"], "optax": ["optax", "jax"], "keras": ["keras", "jax"]}[library]
    meta = {
        "library": library,
        "version": version(library),
        "versions": {
            "python": platform.python_version(),
            **{package: version(package) for package in [*packages, "numpy"]},
        },
        "steps": STORED,
        "objectives": {name: objective["about"] for name, objective in OBJECTIVES.items()},
        "cases": [],
    }
    arrays = {
        f"{name}_{key}": np.array(objective[key])
        for name, objective in OBJECTIVES.items()
        for key in ("Q", "c", "b", "start")
    }
    rows = np.array(STORED) - 1
    for text, name in product(cases(library), OBJECTIVES):
        objective = OBJECTIVES[name]
        xs, rates = run(library, text, objective)
        key = f"{len(meta['cases']):03}"
        trusted = last_trusted(library, text, objective, xs, rates)
        case = {"optimizer": text, "objective": name, "key": key, "trusted": trusted}
        meta["cases"].append(case)
        arrays |= {f"{key}_x": xs[rows], f"{key}_rate": rates[rows]}
    return meta, arrays


def cases(library: str) -> list[str]:
    return [text.replace(":", f"@{library}:", 1) for text in ELSEWHERE[library] + EVERYWHERE]


def main() -> None:
    for library in WALKS:
        meta, arrays = record(library)
        path = Path(__file__).with_name(f"{library}.npz")
        np.savez_compressed(path, meta=json.dumps(meta), **arrays)
        print(f"{path}: {len(meta['cases'])} cases, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
