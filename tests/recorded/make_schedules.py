"""Record what the learning-rate schedules of PyTorch, Keras and Optax really do, 120 steps each.

    /tmp/witness/bin/python tests/recorded/make_schedules.py

with the environment of make.py. Every case is a line of Python, run as it stands against the
library; optviz reads the same line. In PyTorch the base rate takes the place of the optimizer,
whose rate is read before each step of the schedule, as training does.

Everything is in float64: jax is in 64 bit, Optax is handed its counter as float64 (as int32, in
which its optimizers count, jax divides in float32), and Keras has floatx float64 on the torch
backend (on jax and numpy its cosine is of float32 whatever floatx is, which shows in the eighth
digit of CosineDecay).
"""

import json
import os
import platform
import warnings
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["KERAS_BACKEND"] = "torch"

import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch

torch.set_default_dtype(torch.float64)
keras.config.set_floatx("float64")

STEPS = 120
CASES = {
    "torch": [
        "StepLR(0.1, step_size=30, gamma=0.5)",
        "StepLR(0.4, 7)",
        "MultiStepLR(0.1, milestones=[30, 80], gamma=0.1)",
        "MultiStepLR(0.3, milestones=(80, 10, 10, 119), gamma=0.7)",
        "MultiStepLR(0.3, [0, 5])",
        "ConstantLR(0.05)",
        "ConstantLR(0.1, factor=0.5, total_iters=40)",
        "LinearLR(0.05)",
        "LinearLR(0.1, start_factor=0.01, end_factor=0.8, total_iters=50)",
        "LinearLR(0.1, start_factor=1.0, end_factor=0.0, total_iters=100)",
        "ExponentialLR(0.1, gamma=0.9)",
        "ExponentialLR(0.02, gamma=1.01)",
        "PolynomialLR(0.1)",
        "PolynomialLR(0.1, total_iters=100, power=0.9)",
        "PolynomialLR(0.4, total_iters=150, power=2)",
        "CosineAnnealingLR(0.1, T_max=50, eta_min=0.001)",
        "CosineAnnealingLR(0.3, T_max=20)",
        "CosineAnnealingLR(0.3, T_max=200, eta_min=0.02)",
        "CosineAnnealingWarmRestarts(0.1, T_0=25)",
        "CosineAnnealingWarmRestarts(0.1, T_0=7, T_mult=2, eta_min=0.001)",
        "CosineAnnealingWarmRestarts(0.2, 4, T_mult=3)",
        "CyclicLR(0.01, 0.1)",
        "CyclicLR(base_lr=0.01, max_lr=0.1, step_size_up=10)",
        "CyclicLR(0.01, 0.1, step_size_up=7, step_size_down=12, mode='triangular2')",
        "CyclicLR(0.01, 0.1, step_size_up=20, step_size_down=None, mode='exp_range', gamma=0.98)",
        "OneCycleLR(max_lr=0.1, total_steps=120)",
        "OneCycleLR(0.1, epochs=13, steps_per_epoch=11, anneal_strategy='linear')",
        "OneCycleLR(0.3, total_steps=150, pct_start=0.4, div_factor=10, final_div_factor=100)",
        "OneCycleLR(0.3, total_steps=140, pct_start=0.25, three_phase=True)",
        'OneCycleLR(0.3, total_steps=121, pct_start=0.0, anneal_strategy="linear")',
        "OneCycleLR(0.3, total_steps=125, three_phase=True, anneal_strategy='linear')",
    ],
    "keras": [
        "ExponentialDecay(0.1, decay_steps=1, decay_rate=0.97)",
        "ExponentialDecay(0.1, decay_steps=25, decay_rate=0.6, staircase=True)",
        "ExponentialDecay(initial_learning_rate=0.3, decay_steps=25, decay_rate=0.6)",
        "PiecewiseConstantDecay([30, 80], [0.1, 0.05, 0.01])",
        "PiecewiseConstantDecay(boundaries=[5], values=[1.0, 0.5])",
        "PiecewiseConstantDecay(boundaries=(10, 20, 30, 110), values=(0.1, 0.2, 0.3, 0.2, 0.001))",
        "PolynomialDecay(0.1, decay_steps=100)",
        "PolynomialDecay(0.1, 50, end_learning_rate=0.01, power=0.5)",
        "PolynomialDecay(0.1, 25, end_learning_rate=0.01, power=2.0, cycle=True)",
        "InverseTimeDecay(0.1, decay_steps=1, decay_rate=0.5)",
        "InverseTimeDecay(0.1, decay_steps=25, decay_rate=0.5, staircase=True)",
        "CosineDecay(0.1, decay_steps=100)",
        "CosineDecay(0.1, 60, alpha=0.1)",
        "CosineDecay(0.0, decay_steps=90, warmup_target=0.1, warmup_steps=20)",
        "CosineDecay(0.01, decay_steps=200, alpha=0.2, warmup_target=0.1, warmup_steps=33)",
        "CosineDecay(0.1, decay_steps=100, warmup_target=None, warmup_steps=10)",
        "CosineDecayRestarts(0.1, first_decay_steps=10)",
        "CosineDecayRestarts(0.1, first_decay_steps=25, t_mul=1.0, m_mul=0.8, alpha=0.05)",
        "CosineDecayRestarts(0.1, 12, t_mul=1.5, m_mul=0.9)",
        "CosineDecayRestarts(0.1, 4, t_mul=3.0, alpha=0.01)",
    ],
    "optax": [
        "constant_schedule(0.1)",
        "constant_schedule(value=0.03)",
        "linear_schedule(0.1, 0.0, 100)",
        "linear_schedule(init_value=0.01, end_value=0.1, transition_steps=50, transition_begin=10)",
        "polynomial_schedule(0.1, 0.01, 2, 80)",
        "polynomial_schedule(init_value=0.1, end_value=0.3, power=0.5, transition_steps=70,"
        " transition_begin=20)",
        "cosine_decay_schedule(0.1, decay_steps=100)",
        "cosine_decay_schedule(init_value=0.1, decay_steps=70, alpha=0.1, exponent=1.5)",
        "exponential_decay(0.05, transition_steps=1, decay_rate=0.97)",
        "exponential_decay(0.05, 10, 0.8, transition_begin=20, staircase=True, end_value=0.01)",
        "exponential_decay(0.05, transition_steps=7, decay_rate=1.2, end_value=0.2)",
        "piecewise_constant_schedule(0.1, {30: 0.5, 80: 0.1})",
        "piecewise_constant_schedule(init_value=0.1, boundaries_and_scales={80: 3, 10: 0.5})",
        "piecewise_constant_schedule(0.2)",
        "warmup_constant_schedule(0.0, 0.1, 20)",
        "warmup_constant_schedule(init_value=0.3, peak_value=0.1, warmup_steps=50)",
        "warmup_cosine_decay_schedule(0.0, 0.1, warmup_steps=20, decay_steps=100)",
        "warmup_cosine_decay_schedule(init_value=0.01, peak_value=0.3, warmup_steps=10,"
        " decay_steps=110, end_value=0.02, exponent=2.0)",
        "warmup_exponential_decay_schedule(0.0, 0.1, 20, 10, 0.8)",
        "warmup_exponential_decay_schedule(init_value=0.01, peak_value=0.1, warmup_steps=15,"
        " transition_steps=10, decay_rate=0.5, transition_begin=5, staircase=True,"
        " end_value=0.002)",
        "cosine_onecycle_schedule(100, 0.1)",
        "cosine_onecycle_schedule(transition_steps=117, peak_value=0.4, pct_start=0.41,"
        " div_factor=10, final_div_factor=100)",
        "linear_onecycle_schedule(100, 0.1)",
        "linear_onecycle_schedule(transition_steps=117, peak_value=0.4, pct_start=0.41,"
        " pct_final=0.77, div_factor=10, final_div_factor=100)",
    ],
}


def torch_rates(name: str, *values: Any, **named: Any) -> list[float]:
    """The rates of PyTorch's optimizer, with a scheduler that steps after it."""
    kind = getattr(torch.optim.lr_scheduler, name)
    weight = torch.nn.Parameter(torch.zeros(1))
    if name in ("CyclicLR", "OneCycleLR"):  # these set the base rate themselves
        optimizer, named = torch.optim.SGD([weight]), named | {"cycle_momentum": False}
    else:
        lr, *values = values
        optimizer = torch.optim.SGD([weight], lr=lr)
    scheduler, rates = kind(optimizer, *values, **named), []
    for _ in range(STEPS):
        rates.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        scheduler.step()
    return rates


def keras_rates(name: str, *values: Any, **named: Any) -> list[float]:
    schedule = getattr(keras.optimizers.schedules, name)(*values, **named)
    return [float(schedule(k)) for k in range(STEPS)]


def optax_rates(name: str, *values: Any, **named: Any) -> list[float]:
    schedule = getattr(optax, name)(*values, **named)
    return [float(schedule(jnp.float64(k))) for k in range(STEPS)]


def main() -> None:
    warnings.simplefilter("error")
    libraries = {"torch": torch_rates, "keras": keras_rates, "optax": optax_rates}
    cases, arrays = [], {}
    for library, texts in CASES.items():
        for number, text in enumerate(texts):
            name = text.partition("(")[0]
            key = f"{library}_{number:02}"
            arrays[key] = np.array(eval(text, {name: partial(libraries[library], name)}))
            cases.append({"library": library, "text": text, "key": key})
    modules = ("torch", "keras", "optax", "jax", "numpy")
    meta = {
        "versions": {module: version(module) for module in modules}
        | {"python": platform.python_version()},
        "steps": STEPS,
        "cases": cases,
    }
    path = Path(__file__).with_name("schedules.npz")
    np.savez_compressed(path, meta=np.array(json.dumps(meta)), **arrays)
    print(path, len(cases))


if __name__ == "__main__":
    main()
