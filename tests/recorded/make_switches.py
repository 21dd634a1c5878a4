"""Record what the switches of PyTorch, Keras and Optax make of their optimizers, 6 steps each.

    /tmp/witness/bin/python tests/recorded/make_switches.py

with the environment of make.py; half a minute. `switches.json` has every combination of the
arguments that make another rule of an optimizer (momentum, nesterov, amsgrad, …), on and off, as
text that Python and optviz read alike, and the position after the last step on 0.1x1^2 + 2x2^2 from
(-5, -2), or null where the library refuses the combination.
"""

import json
import os
import warnings
from collections.abc import Iterator
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

keras.config.set_floatx("float64")

Q, START, STEPS = np.array([0.2, 4.0]), np.array([-5.0, -2.0]), 6
FLAG = (None, "False", "True")  # None is left out
CASES = {
    "torch": {
        "SGD": {
            "momentum": (None, "0", "0.9"),
            "nesterov": FLAG,
            "dampening": (None, "0", "0.2"),
            "weight_decay": (None, "0.1"),
        },
        "Adam": {"amsgrad": FLAG, "weight_decay": (None, "0.1"), "decoupled_weight_decay": FLAG},
        "AdamW": {"amsgrad": FLAG, "weight_decay": (None, "0", "0.1")},
        "RMSprop": {"momentum": (None, "0", "0.9"), "centered": FLAG},
    },
    "keras": {
        "SGD": {
            "momentum": (None, "0.0", "0.9"),
            "nesterov": FLAG,
            "weight_decay": (None, "None", "0.1"),
        },
        "Adam": {"amsgrad": FLAG, "weight_decay": (None, "None", "0.1")},
        "AdamW": {"amsgrad": FLAG, "weight_decay": (None, "0.0", "0.1")},
        "RMSprop": {"momentum": (None, "0.0", "0.9"), "centered": FLAG},
    },
    "optax": {
        "sgd": {"momentum": (None, "None", "0.0", "0.9"), "nesterov": FLAG},
        "adam": {"nesterov": FLAG},
        "adamw": {"nesterov": FLAG, "weight_decay": (None, "0.0", "0.1")},
        "rmsprop": {"momentum": (None, "None", "0.9"), "nesterov": FLAG, "centered": FLAG},
        "lars": {"momentum": (None, "0.5"), "nesterov": FLAG},
    },
}
RATE = {"torch": "lr", "keras": "learning_rate", "optax": "learning_rate"}


def texts(library: str) -> Iterator[str]:
    for name, choices in CASES[library].items():
        for values in product(*choices.values()):
            chosen = zip(choices, values, strict=True)
            words = [f"{word}={value}" for word, value in chosen if value is not None]
            yield f"{name}({', '.join([f'{RATE[library]}=0.05', *words])})"


def torch_walk(text: str) -> np.ndarray:
    x = torch.nn.Parameter(torch.tensor(START))
    optimizer = eval(text.replace("(", "([x], ", 1), vars(torch.optim) | {"x": x})
    for _ in range(STEPS):
        x.grad = torch.tensor(Q) * x.detach()
        optimizer.step()
    return x.detach().numpy()


def keras_walk(text: str) -> np.ndarray:
    x, optimizer = keras.Variable(START), eval(text, vars(keras.optimizers))
    optimizer.build([x])
    for _ in range(STEPS):
        optimizer.apply([jnp.array(Q * np.asarray(x))], [x])
    return np.asarray(x)


def optax_walk(text: str) -> np.ndarray:
    x, optimizer = jnp.array(START), eval(text, vars(optax))
    state = optimizer.init(x)
    for _ in range(STEPS):
        update, state = optimizer.update(jnp.array(Q) * x, state, x)
        x = optax.apply_updates(x, update)
    return np.asarray(x)


WALKS = {"torch": torch_walk, "keras": keras_walk, "optax": optax_walk}


def end(library: str, text: str) -> list[float] | None:
    try:
        return WALKS[library](text).tolist()
    except ValueError as error:
        print(f"{text}: {error}")
        return None


def main() -> None:
    warnings.simplefilter("ignore")
    record = {library: {text: end(library, text) for text in texts(library)} for library in CASES}
    path = Path(__file__).with_name("switches.json")
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {sum(map(len, record.values()))} cases, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
