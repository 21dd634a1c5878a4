"""Record the arguments of the optimizers and schedules of PyTorch, Keras and Optax.

    /tmp/witness/bin/python tests/recorded/make_signatures.py

with the environment of make.py; ten seconds. `signatures.json` has for each function its arguments
in order, each with its default as Python writes it, null where there is none. What stands for the
parameters or the optimizer (`params`, `optimizer`) is left out, as are `self` and `**kwargs`.
`positional` has the names of those arguments of an optimizer that need no name in a call.
"""

import inspect
import json
import os
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

OPTIMIZERS = {
    "torch": "torch.optim: Adadelta Adafactor Adagrad Adam AdamW Adamax ASGD NAdam RAdam RMSprop "
    "Rprop SGD",
    "keras": "keras.optimizers: Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion Nadam "
    "RMSprop SGD",
    "optax": "optax: adabelief adadelta adafactor adagrad adam adamax adamaxw adamw adan amsgrad "
    "fromage lamb lars lion lookahead nadam nadamw novograd optimistic_adam_v2 "
    "optimistic_gradient_descent polyak_sgd radam rmsprop sgd sign_sgd signum sm3 yogi; "
    "optax.contrib: dadapt_adamw prodigy schedule_free_sgd",
}
SCHEDULES = {
    "torch": "torch.optim.lr_scheduler: ConstantLR CosineAnnealingLR CosineAnnealingWarmRestarts "
    "CyclicLR ExponentialLR LinearLR MultiStepLR OneCycleLR PolynomialLR StepLR",
    "keras": "keras.optimizers.schedules: CosineDecay CosineDecayRestarts ExponentialDecay "
    "InverseTimeDecay PiecewiseConstantDecay PolynomialDecay",
    "optax": "optax: constant_schedule cosine_decay_schedule cosine_onecycle_schedule "
    "exponential_decay linear_onecycle_schedule linear_schedule piecewise_constant_schedule "
    "polynomial_schedule warmup_constant_schedule warmup_cosine_decay_schedule "
    "warmup_exponential_decay_schedule",
}
LEFT_OUT = ("self", "params", "optimizer")


def arguments(function: Callable[..., object]) -> dict[str, str | None]:
    made = function.__init__ if isinstance(function, type) else function
    return {
        each.name: None if each.default is each.empty else shown(each.default)
        for each in inspect.signature(made).parameters.values()
        if each.name not in LEFT_OUT and each.kind is not each.VAR_KEYWORD
    }


def shown(default: object) -> str:
    return default.__name__ if isinstance(default, type) else repr(default)


def in_order(function: Callable[..., object]) -> str:
    """The names of the arguments that need no name in a call, in order."""
    made = function.__init__ if isinstance(function, type) else function
    parameters = inspect.signature(made).parameters.values()
    names = [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    return " ".join(name for name in names if name not in LEFT_OUT)


def functions(named: str) -> dict[str, Callable[..., object]]:
    found = {}
    for part in named.split(";"):
        module, _, names = part.strip().partition(":")
        for name in names.split():
            found[f"{module}.{name}"] = getattr(import_module(module), name)
    return found


def recorded(named: str) -> dict[str, dict[str, str | None]]:
    return {name: arguments(function) for name, function in functions(named).items()}


def positional(named: str) -> dict[str, str]:
    return {name: in_order(function) for name, function in functions(named).items()}


def main() -> None:
    record = {
        "versions": {library: version(library) for library in OPTIMIZERS},
        "optimizers": {library: recorded(named) for library, named in OPTIMIZERS.items()},
        "schedules": {library: recorded(named) for library, named in SCHEDULES.items()},
        "positional": {library: positional(named) for library, named in OPTIMIZERS.items()},
    }
    path = Path(__file__).with_name("signatures.json")
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
