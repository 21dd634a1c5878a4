"""Record joined schedules of PyTorch and Optax, and those of transformers and timm.

    /tmp/witness/bin/python tests/recorded/make_more_schedules.py

with the environment of make.py, and `pip install transformers==5.24.0`, and `pip install --no-deps
timm==1.0.31`. As in make_schedules.py a case is a line of Python that is run as it stands, the base
rate in the place of the optimizer, and its rates are those of its first 120 steps in float64. All
schedules of a line have one optimizer. `signatures` has the arguments of each function, as
signatures.json has those of the others.
"""

import importlib
import importlib.util
import json
import logging
import os
import platform
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["KERAS_BACKEND"] = "torch"

import jax.numpy as jnp
import numpy as np
import optax
import torch
from make_signatures import arguments

spec = importlib.util.find_spec("timm")
assert spec
sys.modules["timm"] = importlib.util.module_from_spec(spec)  # the whole of it wants torchvision

STEPS = 120
CASES = {
    "torch": [
        "SequentialLR([LinearLR(0.1,start_factor=0.1,total_iters=5),ExponentialLR(0.1,gamma=0.9)],"
        "milestones=[5])",
        "SequentialLR([LinearLR(0.1, start_factor=0.01, total_iters=20),"
        " CosineAnnealingLR(0.1, T_max=60)], milestones=[20])",
        "SequentialLR([LinearLR(0.3, start_factor=0.5, total_iters=40),"
        " CosineAnnealingLR(0.3, T_max=15, eta_min=0.02)], [10])",
        "SequentialLR([ConstantLR(0.2, factor=0.25, total_iters=100), StepLR(0.2, step_size=7),"
        " PolynomialLR(0.2, total_iters=30, power=2)], milestones=[9, 40])",
        "SequentialLR([ExponentialLR(0.2, gamma=0.97),"
        " MultiStepLR(0.2, milestones=[3, 30], gamma=0.5),"
        " CosineAnnealingWarmRestarts(0.2, T_0=10, T_mult=2), ConstantLR(0.2)],"
        " milestones=[11, 50, 95])",
        "SequentialLR([CosineAnnealingWarmRestarts(0.2, T_0=10), LinearLR(0.2, end_factor=0.0)],"
        " milestones=[25])",
        "SequentialLR([LinearLR(0.1), ExponentialLR(0.1, gamma=0.95)], milestones=[0])",
        "SequentialLR([get_constant_schedule_with_warmup(0.1, 10), StepLR(0.1, 25)],"
        " milestones=[30])",
        "SequentialLR([ExponentialLR(0.1, 0.99)], milestones=[])",
        "ChainedScheduler([ConstantLR(0.1,factor=0.1,total_iters=20),ExponentialLR(0.1,gamma=0.98)])",
        "ChainedScheduler([LinearLR(0.4, start_factor=0.1, total_iters=10), StepLR(0.4, 30),"
        " MultiStepLR(0.4, [50, 80], 0.5), PolynomialLR(0.4, total_iters=100)])",
        "ChainedScheduler([LinearLR(0.1, start_factor=0.01, total_iters=10),"
        " CosineAnnealingLR(0.1, T_max=100)])",
        "ChainedScheduler([LinearLR(0.1, start_factor=0.2, total_iters=30),"
        " CosineAnnealingLR(0.1, T_max=17, eta_min=0.01), ExponentialLR(0.1, gamma=0.995)])",
        "ChainedScheduler([CosineAnnealingLR(0.1, T_max=40, eta_min=0.02),"
        " LinearLR(0.1, total_iters=25)])",
        "ChainedScheduler([ExponentialLR(0.1, gamma=0.9), CosineAnnealingWarmRestarts(0.1, T_0=10),"
        " ConstantLR(0.1, factor=0.5, total_iters=7)])",
        "ChainedScheduler([get_constant_schedule_with_warmup(0.1, 10), ExponentialLR(0.1, 0.9)])",
    ],
    "optax": [
        "join_schedules([linear_schedule(0.0, 0.1, 10), cosine_decay_schedule(0.1, 90)],"
        " boundaries=[10])",
        "join_schedules([constant_schedule(0.1), exponential_decay(0.1, 10, 0.7),"
        " constant_schedule(0.01), polynomial_schedule(0.01, 0.0, 2, 25)], [20, 60, 90])",
        "join_schedules(schedules=[constant_schedule(0.1)], boundaries=[])",
        "join_schedules([join_schedules([constant_schedule(0.3), constant_schedule(0.2)], [4]),"
        " warmup_cosine_decay_schedule(0.0, 0.1, 10, 50)], [20])",
        "sgdr_schedule([dict(init_value=0.0, peak_value=0.1, warmup_steps=5, decay_steps=20),"
        " dict(init_value=0.01, peak_value=0.05, warmup_steps=10, decay_steps=50,"
        " end_value=0.001)])",
        "sgdr_schedule(cosine_kwargs=[{'init_value': 0.02, 'peak_value': 0.3, 'warmup_steps': 3,"
        " 'decay_steps': 30, 'exponent': 2.0}, {'init_value': 0.0, 'peak_value': 0.2,"
        " 'warmup_steps': 0, 'decay_steps': 40}, {'init_value': 0.0, 'peak_value': 0.1,"
        " 'warmup_steps': 10, 'decay_steps': 80}])",
    ],
    "transformers": [
        "get_constant_schedule(0.1)",
        "get_constant_schedule(0.03, last_epoch=-1)",
        "get_constant_schedule_with_warmup(0.1, num_warmup_steps=20)",
        "get_constant_schedule_with_warmup(0.1, 0)",
        "get_constant_schedule_with_warmup(0.1, 500)",
        "get_linear_schedule_with_warmup(0.1, num_warmup_steps=5, num_training_steps=20)",
        "get_linear_schedule_with_warmup(0.3, 0, 100)",
        "get_linear_schedule_with_warmup(0.3, 50, 30)",
        "get_linear_schedule_with_warmup(0.3, 40, 40)",
        "get_cosine_schedule_with_warmup(0.1, num_warmup_steps=10, num_training_steps=100)",
        "get_cosine_schedule_with_warmup(0.1, 0, 50)",
        "get_cosine_schedule_with_warmup(0.1, 15, 90, num_cycles=1.75)",
        "get_cosine_schedule_with_warmup(0.1, 60, 30, num_cycles=0.1)",
        "get_cosine_with_hard_restarts_schedule_with_warmup(0.1, 10, 100)",
        "get_cosine_with_hard_restarts_schedule_with_warmup(0.2, num_warmup_steps=0,"
        " num_training_steps=110, num_cycles=4)",
        "get_cosine_with_hard_restarts_schedule_with_warmup(0.2, 7, 90, num_cycles=3)",
        "get_cosine_with_hard_restarts_schedule_with_warmup(0.2, 50, 20, num_cycles=2)",
        "get_cosine_with_min_lr_schedule_with_warmup(0.1, 10, 100, min_lr=0.01)",
        "get_cosine_with_min_lr_schedule_with_warmup(0.1, num_warmup_steps=0,"
        " num_training_steps=70, num_cycles=1.25, min_lr_rate=0.2)",
        "get_polynomial_decay_schedule_with_warmup(0.1, 10, 100)",
        "get_polynomial_decay_schedule_with_warmup(0.1, 0, 60, lr_end=0.01, power=2.0)",
        "get_polynomial_decay_schedule_with_warmup(0.2, num_warmup_steps=25, num_training_steps=90,"
        " lr_end=0.0, power=0.5)",
        "get_polynomial_decay_schedule_with_warmup(0.2, 50, 30, lr_end=0.003)",
        "get_inverse_sqrt_schedule(0.1, 10)",
        "get_inverse_sqrt_schedule(0.1, num_warmup_steps=0)",
        "get_inverse_sqrt_schedule(0.1, 20, timescale=5)",
        "get_inverse_sqrt_schedule(0.1, 200, timescale=None)",
        "get_wsd_schedule(0.1, num_warmup_steps=10, num_decay_steps=30, num_training_steps=100)",
        "get_wsd_schedule(0.1, 20, 40, num_stable_steps=15, warmup_type='cosine',"
        " decay_type='1-sqrt', min_lr_ratio=0.1)",
        "get_wsd_schedule(0.3, 15, 60, 110, warmup_type='1-sqrt', decay_type='linear')",
        "get_wsd_schedule(0.3, 0, 100, num_stable_steps=0, num_cycles=1.5, min_lr_ratio=0.05)",
        "get_wsd_schedule(0.3, 30, 40, num_training_steps=50)",
        "get_wsd_schedule(0.3, 200, 40, 250, min_lr_ratio=0.2)",
    ],
    "timm": [
        "CosineLRScheduler(0.1, t_initial=100)",
        "CosineLRScheduler(0.1, 80, lr_min=0.001, warmup_t=10, warmup_lr_init=0.0001)",
        "CosineLRScheduler(0.2, t_initial=60, warmup_t=15, warmup_prefix=True)",
        "CosineLRScheduler(0.2, t_initial=25, lr_min=0.01, cycle_decay=0.5, cycle_limit=3)",
        "CosineLRScheduler(0.2, t_initial=15, cycle_mul=2.0, cycle_decay=0.8, cycle_limit=3,"
        " warmup_t=5, warmup_lr_init=0.01, warmup_prefix=True)",
        "CosineLRScheduler(0.2, 50, cycle_limit=2, k_decay=1.5, warmup_t=70)",
        "CosineLRScheduler(0.2, 50, k_decay=0.7, t_in_epochs=False, noise_range_t=None)",
        "StepLRScheduler(0.1, decay_t=30, decay_rate=0.1)",
        "StepLRScheduler(0.1, 20, decay_rate=0.5, warmup_t=10, warmup_lr_init=0.001)",
        "StepLRScheduler(0.1, 20, 0.5, warmup_t=50, warmup_prefix=False)",
        "StepLRScheduler(0.3, decay_t=2.4, decay_rate=0.97, warmup_t=5, warmup_lr_init=0.05)",
        "StepLRScheduler(0.3, decay_t=10)",
    ],
}
MODULES = {
    "torch": "torch.optim.lr_scheduler",
    "optax": "optax",
    "transformers": "transformers",
    "timm": "timm.scheduler",
}
Scheduler = Any


@dataclass
class Line:
    """A call of a line of Python that waits for its optimizer."""

    name: str
    values: tuple[Any, ...]
    named: dict[str, Any]

    @property
    def lr(self) -> float:
        first = next(iter((*self.values, *self.named.values())))
        return first[0].lr if isinstance(first, list) else first

    def on(self, optimizer: torch.optim.Optimizer) -> Scheduler:
        kind = torch_kind(self.name)
        named = {key: _on(value, optimizer) for key, value in self.named.items()}
        if self.name == "ChainedScheduler":
            return kind(*[_on(value, optimizer) for value in self.values], **named)
        values = [_on(value, optimizer) for value in self.values]
        rest = values if isinstance(self.values[0], list) else values[1:]
        return kind(optimizer, *rest, **named)


def _on(value: Any, optimizer: torch.optim.Optimizer) -> Any:
    if isinstance(value, list):
        return [_on(part, optimizer) for part in value]
    return value.on(optimizer) if isinstance(value, Line) else value


def torch_kind(name: str) -> Callable[..., Scheduler]:
    modules = map(importlib.import_module, (MODULES["torch"], "transformers", MODULES["timm"]))
    return next(getattr(module, name) for module in modules if hasattr(module, name))


def lines(text: str) -> dict[str, Callable[..., Line]]:
    """What each name that opens a call in the text stands for."""
    opening = {part.split()[-1].split("[")[-1].split(",")[-1] for part in text.split("(")[:-1]}
    return {name: lambda *v, _n=name, **k: Line(_n, v, k) for name in opening}


def torch_rates(text: str) -> list[float]:
    """The rates of PyTorch's optimizer, with a scheduler that steps after it."""
    line = eval(text, lines(text))
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=line.lr)
    scheduler, rates = line.on(optimizer), []
    is_timm = type(scheduler).__module__.startswith("timm.")
    for k in range(STEPS):
        rates.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        if not is_timm:
            scheduler.step()
        elif "t_in_epochs=False" in text:
            scheduler.step_update(k + 1)
        else:
            scheduler.step(k + 1)
    return rates


def optax_rates(text: str) -> list[float]:
    schedule = eval(text, vars(optax) | {"dict": dict})
    return [float(schedule(jnp.float64(k))) for k in range(STEPS)]


def main() -> None:
    warnings.simplefilter("error")
    torch.set_default_dtype(torch.float64)
    logging.disable()
    cases, arrays, signatures = [], {}, {}
    for library, texts in CASES.items():
        for number, text in enumerate(texts):
            name, key = text.partition("(")[0], f"{library}_{number:02}"
            arrays[key] = np.array((optax_rates if library == "optax" else torch_rates)(text))
            assert arrays[key].shape == (STEPS,)
            cases.append({"library": library, "text": text, "key": key})
            function = getattr(importlib.import_module(MODULES[library]), name)
            signatures[f"{MODULES[library]}.{name}"] = arguments(function)
    modules = ("torch", "optax", "jax", "transformers", "timm", "numpy")
    meta = {
        "versions": {module: version(module) for module in modules}
        | {"python": platform.python_version()},
        "steps": STEPS,
        "cases": cases,
        "signatures": signatures,
    }
    path = Path(__file__).with_name("more_schedules.npz")
    np.savez_compressed(path, meta=np.array(json.dumps(meta)), **arrays)
    print(path, len(cases))


if __name__ == "__main__":
    main()
