"""Record how PyTorch and Keras print their optimizers.

    /tmp/witness/bin/python tests/recorded/make_printed.py

with the environment of make.py; ten seconds. `printed.json` has, for each library, the line that
made an optimizer, with `params` for the parameters, and what the library prints of it: in PyTorch
its `repr`, in Keras the `repr` of `get_config()` and of `serialize(…)`.
"""

import json
import os
from importlib.metadata import version
from pathlib import Path

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["KERAS_BACKEND"] = "jax"

import keras
import torch

keras.config.set_floatx("float64")

TORCH_CLASSES = "Adadelta Adafactor Adagrad Adam AdamW Adamax ASGD NAdam RAdam RMSprop Rprop SGD"
KERAS_CLASSES = "Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion Nadam RMSprop SGD"
TORCH = [
    *(f"{name}(lr=0.1)" for name in TORCH_CLASSES.split()),
    "Adam(lr=0.3, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1, amsgrad=True)",
    "AdamW(lr=0.3, betas=(0.8, 0.99), amsgrad=True, fused=False)",
    "SGD(lr=0.1, momentum=0.9, weight_decay=5e-4, nesterov=True)",
    "RMSprop(lr=0.1, alpha=0.9, momentum=0.5, centered=True)",
    "Adafactor(lr=0.1, eps=(1e-3, 1e-2), d=2.0)",
]
KERAS = [
    *(f"{name}()" for name in KERAS_CLASSES.split()),
    "Adam(learning_rate=0.1, beta_1=0.8, epsilon=1e-6, amsgrad=True, clipnorm=1.0)",
    "SGD(learning_rate=0.1, momentum=0.9, nesterov=True, weight_decay=0.1, clipvalue=0.5)",
    "RMSprop(learning_rate=0.1, rho=0.8, momentum=0.5, centered=True, global_clipnorm=2.0)",
    "SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9))",
    "Adam(keras.optimizers.schedules.CosineDecay(0.1, 100, alpha=0.1))",
]


def torch_printed(line: str) -> list[str]:
    optimizer = eval(line, {"torch": torch, "params": [torch.nn.Parameter(torch.zeros(2))]})
    printed = [repr(optimizer)]
    torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0)  # adds initial_lr
    optimizer.add_param_group({"params": [torch.nn.Parameter(torch.zeros(2))]})
    return [*printed, repr(optimizer)]


def keras_printed(line: str) -> list[str]:
    optimizer = eval(line)
    return [repr(optimizer.get_config()), repr(keras.optimizers.serialize(optimizer))]


def main() -> None:
    torch_lines = [f"torch.optim.{line.replace('(', '(params, ', 1)}" for line in TORCH]
    record = {
        "versions": {library: version(library) for library in ("torch", "keras")},
        "torch": {line: torch_printed(line) for line in torch_lines},
        "keras": {line: keras_printed(line) for line in map("keras.optimizers.{}".format, KERAS)},
    }
    path = Path(__file__).with_name("printed.json")
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
