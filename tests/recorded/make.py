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
from functools import partial
from importlib.metadata import version
from inspect import signature
from itertools import product
from pathlib import Path

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
    ],
}


def read(text):
    """Take "rule@library:eta=...,key=..." apart: rule, the rate of each step, other settings."""
    head, _, body = text.partition(":")
    words = dict(re.findall(r"(\w+)=(\w+\([^)]*\)|[^,]+)", body))
    etas = schedule(words.pop("eta"))
    settings = {key: True if word == "true" else float(word) for key, word in words.items()}
    return head.partition("@")[0], etas, settings


def schedule(text):
    """The rate of each step, to be set by hand: a library's own schedule may count in float32."""
    if found := re.fullmatch(r"exponential\((.+),(.+)\)", text):
        first, factor = map(float, found.groups())
        return [first * factor ** (t - 1) for t in range(1, STEPS + 1)]
    return [float(text)] * STEPS


def renamed(settings, names):
    return {names.get(key, key): value for key, value in settings.items()}


# Each library is two tables (our name of a rule to its class, our name of a setting to its own), a
# walk that yields the position after each step with the effective rate of that step, and a function
# that reads this rate from the library's state. The rate multiplies the gradient in gd, adagrad and
# rmsprop (with momentum: on its way into the buffer) and m-hat in adam.

TORCH_RULES = {
    "gd": torch.optim.SGD,
    "momentum": torch.optim.SGD,
    "nesterov": partial(torch.optim.SGD, nesterov=True),
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
}
TORCH_NAMES = {"beta": "momentum", "rho": "alpha", "G0": "initial_accumulator_value"}


def torch_walk(rule, etas, settings, gradient, start):
    settings = renamed(settings, TORCH_NAMES)
    if "beta1" in settings:
        settings["betas"] = (settings.pop("beta1"), settings.pop("beta2"))
    x = torch.nn.Parameter(torch.tensor(start))
    optimizer = TORCH_RULES[rule]([x], lr=etas[0], **settings)
    (group,) = optimizer.param_groups
    for eta in etas:
        group["lr"] = eta
        x.grad = torch.from_numpy(gradient(x.detach().numpy()))
        optimizer.step()
        yield x.detach().numpy().copy(), torch_rate(rule, group, optimizer.state[x])


def torch_rate(rule, group, state):
    eta = group["lr"]
    if rule == "adagrad":
        return eta / (state["sum"].sqrt() + group["eps"])
    if rule == "rmsprop":
        mean = state["grad_avg"] if group["centered"] else 0.0
        return eta / ((state["square_avg"] - mean**2).sqrt() + group["eps"])
    if rule == "adam":
        corrected = state["exp_avg_sq"] / (1 - group["betas"][1] ** state["step"].item())
        return eta / (corrected.sqrt() + group["eps"])
    return eta


OPTAX_RULES = {
    "gd": optax.sgd,
    "momentum": optax.sgd,
    "nesterov": partial(optax.sgd, nesterov=True),
    "adagrad": optax.adagrad,
    "rmsprop": optax.rmsprop,
    "adam": optax.adam,
}
OPTAX_NAMES = {
    "beta": "momentum",
    "rho": "decay",
    "G0": "initial_accumulator_value",
    "beta1": "b1",
    "beta2": "b2",
}


def optax_walk(rule, etas, settings, gradient, start):
    make, table = OPTAX_RULES[rule], jnp.array(etas)
    given = signature(make).bind(lambda count: table[count], **renamed(settings, OPTAX_NAMES))
    given.apply_defaults()  # an Optax optimizer does not tell its eps, its signature does
    optimizer = make(**given.arguments)
    x = jnp.array(start)
    state = optimizer.init(x)
    for eta in etas:
        updates, state = optimizer.update(jnp.array(gradient(np.asarray(x))), state, x)
        x = optax.apply_updates(x, updates)
        yield np.asarray(x), optax_rate(rule, eta, given.arguments, state[0])


def optax_rate(rule, eta, given, state):
    if rule == "adagrad":
        return eta / jnp.sqrt(state.sum_of_squares + given["eps"])
    if rule == "rmsprop":
        mean = state.mu if given["centered"] else 0.0
        return eta / jnp.sqrt(state.nu - mean**2 + given["eps"])
    if rule == "adam":
        corrected = state.nu / (1 - given["b2"] ** int(state.count))
        return eta / (jnp.sqrt(corrected + given["eps_root"]) + given["eps"])
    return eta


KERAS_RULES = {
    "gd": keras.optimizers.SGD,
    "momentum": keras.optimizers.SGD,
    "nesterov": partial(keras.optimizers.SGD, nesterov=True),
    "adagrad": keras.optimizers.Adagrad,
    "rmsprop": keras.optimizers.RMSprop,
    "adam": keras.optimizers.Adam,
}
KERAS_NAMES = {
    "beta": "momentum",
    "G0": "initial_accumulator_value",
    "beta1": "beta_1",
    "beta2": "beta_2",
    "eps": "epsilon",
}


def keras_walk(rule, etas, settings, gradient, start):
    optimizer = KERAS_RULES[rule](learning_rate=etas[0], **renamed(settings, KERAS_NAMES))
    x = keras.Variable(start)
    for eta in etas:
        optimizer.learning_rate = eta
        optimizer.apply([jnp.array(gradient(np.asarray(x)))], [x])
        yield np.asarray(x), keras_rate(rule, optimizer)


def keras_rate(rule, optimizer):
    eta = optimizer.learning_rate.value
    if rule == "adagrad":
        return eta / jnp.sqrt(optimizer._accumulators[0].value + optimizer.epsilon)
    if rule == "rmsprop":
        mean = optimizer._average_gradients[0].value if optimizer.centered else 0.0
        return eta / jnp.sqrt(optimizer._velocities[0].value - mean**2 + optimizer.epsilon)
    if rule == "adam":
        correction = (1 - optimizer.beta_2 ** int(optimizer.iterations.value)) ** 0.5
        return eta * correction / (jnp.sqrt(optimizer._velocities[0].value) + optimizer.epsilon)
    return eta


WALKS = {"torch": torch_walk, "optax": optax_walk, "keras": keras_walk}


def run(library, text, objective, shake=None):
    """The whole walk, positions and effective rates, (STEPS, dim) each; `shake` draws the signs."""
    Q, c, start = (np.array(objective[key]) for key in ("Q", "c", "start"))

    def beside(x, distance):
        return x if shake is None else x * (1 + distance * shake.choice([-1, 1], x.shape))

    def gradient(x):
        return Q @ beside(x, ROUNDING) + c

    walk = WALKS[library](*read(text), gradient, beside(start, PUSH).tolist())
    xs, rates = zip(*walk, strict=True)
    return np.array(xs), np.array([np.broadcast_to(rate, c.shape) for rate in rates])


def last_trusted(library, text, objective, xs, rates):
    """The last step up to which the shaken runs have the same positions and the same rates."""
    trusted = np.abs(xs).max(axis=1) < LOST
    for seed in range(SHAKEN_RUNS):
        other_xs, other_rates = run(library, text, objective, np.random.default_rng(seed))
        apart = np.abs(other_xs - xs) / np.maximum(1, np.abs(xs))
        rates_apart = np.abs(other_rates / rates - 1)
        trusted &= np.maximum(apart, rates_apart).max(axis=1) <= AGREE
    return STEPS if trusted.all() else int(np.argmin(trusted))


def record(library):
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


def cases(library):
    return [text.replace(":", f"@{library}:", 1) for text in ELSEWHERE[library] + EVERYWHERE]


def main():
    for library in WALKS:
        meta, arrays = record(library)
        path = Path(__file__).with_name(f"{library}.npz")
        np.savez_compressed(path, meta=json.dumps(meta), **arrays)
        print(f"{path}: {len(meta['cases'])} cases, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
