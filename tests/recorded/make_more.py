"""Record how the optimizers beyond the classical ones walk on the four quadratics of make.py.

    /tmp/witness/bin/pip install pytorch_optimizer==4.1.0 schedulefree==1.4.1 prodigyopt==1.1.2
    /tmp/witness/bin/pip install --no-deps dadaptation==3.2 qhoptim==1.1.0 torch-optimizer==0.3.0
    /tmp/witness/bin/python tests/recorded/make_more.py

on top of what make.py installs, whose objectives, steps and shaking these are. Witnesses are Optax
and Keras for their dialects; for the forms of the papers the authors' own packages (qhoptim,
schedulefree, prodigyopt, dadaptation), pytorch_optimizer (Adan, Fromage, FTRL) and torch_optimizer
(NovoGrad, Yogi). Positions come from the library's own step, rates from its own state.

more.npz is as README.md says, but for `library` and `version`; and a rate is nan where the state
does not tell it.
"""

import json
import os
import platform
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

import dadaptation
import jax.numpy as jnp
import keras
import make
import numpy as np
import optax
import prodigyopt
import pytorch_optimizer
import qhoptim.pyt
import schedulefree
import torch
import torch_optimizer

PACKAGES = [
    "torch",
    "optax",
    "jax",
    "keras",
    "numpy",
    "pytorch_optimizer",
    "torch-optimizer",
    "schedulefree",
    "prodigyopt",
    "dadaptation",
    "qhoptim",
]

# What a case does not set is left to the library. `exponential` only where it takes a schedule.
CASES = {
    "optax": [
        "lion:eta=0.01",
        "lion:eta=0.1",
        "lion:eta=0.3,beta1=0.8,beta2=0.95,decay=0",
        "lion:eta=exponential(0.3,0.97),beta1=0.95,decay=0.1",
        "sign:eta=0.1",
        "sign:eta=0.37",
        "sign:eta=exponential(0.5,0.96)",
        "signum:eta=0.01",
        "signum:eta=0.1",
        "signum:eta=0.3,beta=0.5",
        "signum:eta=exponential(0.5,0.96),beta=0.8",
        "adabelief:eta=0.1",
        "adabelief:eta=0.3,beta1=0.8,beta2=0.99,eps=0.01,eps_root=0.001",
        "adabelief:eta=exponential(0.3,0.97),eps=0.0001,eps_root=1e-06",
        "yogi:eta=0.1",
        "yogi:eta=0.4,beta1=0.8,beta2=0.99",
        "yogi:eta=exponential(0.3,0.97),eps=0.1",
        "lamb:eta=0.05",
        "lamb:eta=0.1,beta1=0.8,beta2=0.99,eps=0.01,eps_root=0.001",
        "lamb:eta=exponential(0.1,0.97),decay=0.1",
        "lars:eta=30",
        "lars:eta=10,beta=0.5,trust=0.01,decay=0.1",
        "lars:eta=5,trust=0.01,eps=0.1,nesterov=true",
        "lars:eta=exponential(40,0.97),nesterov=true,beta=0.8",
        "novograd:eta=0.02",
        "novograd:eta=0.01,beta1=0.95,beta2=0.98,eps=0.01,eps_root=0.01",
        "novograd:eta=exponential(0.05,0.97),decay=0.1",
        "adan:eta=0.1",
        "adan:eta=0.3,beta1=0.9,beta2=0.8,beta3=0.95,eps=0.01,eps_root=0.001",
        "adan:eta=exponential(0.3,0.97),decay=0.1",
        "optimistic:eta=0.05",
        "optimistic:eta=0.1,alpha=0.5,beta=0.7",
        "optimistic:eta=exponential(0.06,0.98),alpha=1,beta=0.5",
        "polyak:eta=1",
        "polyak:eta=1,cap=100,eps=0.01",
        "polyak:eta=1,cap=0.2",
        "fromage:eta=0.05",
        "fromage:eta=0.3,min_norm=0.5",
        "fromage:eta=exponential(0.2,0.97)",
        "sm3:eta=0.4",
        "sm3:eta=1,beta=0.5",
        "sm3:eta=2,beta=0",
        "schedulefree:eta=0.5",
        "schedulefree:eta=0.2,beta=0.7,decay=0.1",
        "schedulefree:eta=1,beta=0.95",
        "prodigy:eta=1",
        "prodigy:eta=0.5,beta1=0.8,beta2=0.99,d0=0.01,decay=0.1,growth=2",
        "prodigy:eta=exponential(1,0.99),d0=0.001,safeguard=true",
        "dadaptation:eta=1",
        "dadaptation:eta=0.5,beta1=0.8,beta2=0.99,d0=0.01,decay=0.1,eps=0.001",
        "dadaptation:eta=exponential(1,0.99),d0=0.001",
    ],
    "keras": [
        "lion:eta=0.01",
        "lion:eta=0.1",
        "lion:eta=0.3,beta1=0.8,beta2=0.95,decay=0.1",
        "lion:eta=exponential(0.3,0.97)",
        "lamb:eta=0.05",
        "lamb:eta=0.1,beta1=0.8,beta2=0.99,eps=0.01",
        "lamb:eta=exponential(0.1,0.97),decay=0.5",
        "ftrl:eta=0.4",
        "ftrl:eta=1,n0=0.5,eps=0.3,l1=0.2,l2=0.01,shrink=0.02",
        "ftrl:eta=0.1,p=0.3,decay=0.1",
        "ftrl:eta=exponential(2,0.98),l1=0.1",
    ],
    "paper": [
        "qhm:eta=0.2,beta=0.9,nu=0.7",
        "qhm:eta=0.1,beta=0.999,nu=0.5",
        "qhm:eta=exponential(0.3,0.98),beta=0.8,nu=1",
        "qhadam:eta=0.1,beta1=0.995,beta2=0.999,nu1=0.7,nu2=1",
        "qhadam:eta=0.3,beta1=0.9,beta2=0.99,nu1=0.8,nu2=0.7,eps=0.01,decay=0.1",
        "qhadam:eta=exponential(0.3,0.97),beta1=0.8,beta2=0.999,nu1=1,nu2=0.5",
        "adan:eta=0.1",
        "adan:eta=0.3,beta1=0.9,beta2=0.8,beta3=0.95,eps=0.01",
        "adan:eta=exponential(0.3,0.97),decay=0.1",
        "novograd:eta=0.02,beta1=0.95,beta2=0.98",
        "novograd:eta=0.01,beta1=0.8,beta2=0.5,decay=0.1,eps=0.01",
        "novograd:eta=exponential(0.05,0.97),beta1=0.9,beta2=0.9",
        "fromage:eta=0.1",
        "fromage:eta=0.3",
        "fromage:eta=exponential(0.2,0.97)",
        "ftrl:eta=0.4",
        "ftrl:eta=2,l1=0.1",
        "ftrl:eta=exponential(2,0.98),eps=0.5",
        "schedulefree:eta=1",
        "schedulefree:eta=0.2,beta=0.7,decay=0.1",
        "schedulefree:eta=exponential(0.5,0.98)",
        "prodigy:eta=1",
        "prodigy:eta=0.5,beta1=0.8,beta2=0.99,d0=0.01,decay=0.1,growth=2",
        "prodigy:eta=exponential(1,0.99),d0=0.001,safeguard=true",
        "prodigy:eta=1,d0=0.1,corrected=true",
        "dadaptation:eta=1",
        "dadaptation:eta=0.5,beta1=0.8,beta2=0.99,d0=0.01,decay=0.1,eps=0.001",
        "dadaptation:eta=exponential(1,0.99),d0=0.001",
        "dadaptation:eta=1,d0=0.1,corrected=true",
    ],
    "d2l": [  # torch_optimizer, its first accumulator set to the book's 0
        "yogi:eta=0.1",
        "yogi:eta=0.4,beta1=0.8,beta2=0.99",
        "yogi:eta=exponential(0.3,0.97),eps=0.1",
    ],
}

BETAS = {"beta1": "b1", "beta2": "b2", "beta3": "b3"}
OPTAX = {
    "lion": (optax.lion, {**BETAS, "decay": "weight_decay"}),
    "sign": (optax.sign_sgd, {}),
    "signum": (optax.signum, {}),
    "adabelief": (optax.adabelief, BETAS),
    "yogi": (optax.yogi, BETAS),
    "lamb": (optax.lamb, {**BETAS, "decay": "weight_decay"}),
    "lars": (
        optax.lars,
        {"beta": "momentum", "trust": "trust_coefficient", "decay": "weight_decay"},
    ),
    "novograd": (optax.novograd, {**BETAS, "decay": "weight_decay"}),
    "adan": (optax.adan, {**BETAS, "decay": "weight_decay"}),
    "optimistic": (optax.optimistic_gradient_descent, {}),
    "polyak": (optax.polyak_sgd, {"cap": "max_learning_rate"}),
    "fromage": (optax.fromage, {}),
    "sm3": (optax.sm3, {"beta": "momentum"}),
    "schedulefree": (optax.contrib.schedule_free_sgd, {"beta": "b1", "decay": "weight_decay"}),
    "prodigy": (
        optax.contrib.prodigy,
        {
            "d0": "estim_lr0",
            "growth": "estim_lr_coef",
            "decay": "weight_decay",
            "safeguard": "safeguard_warmup",
        },
    ),
    "dadaptation": (optax.contrib.dadapt_adamw, {"d0": "estim_lr0", "decay": "weight_decay"}),
}


def betas(settings: dict[str, Any], defaults: tuple[float, ...]) -> dict[str, Any]:
    """The settings with beta1, beta2, … drawn together into `betas`."""
    names = [f"beta{i + 1}" for i in range(len(defaults))]
    found = tuple(settings.pop(name, usual) for name, usual in zip(names, defaults, strict=True))
    return {**settings, "betas": found}


def optax_walk(
    rule: str,
    etas: list[float],
    settings: dict[str, Any],
    gradient: Callable[[np.ndarray], np.ndarray],
    start: list[float],
    value: Callable[[np.ndarray], float],
    lowest: float,
) -> Iterator[tuple[np.ndarray, Any]]:
    make_it, names = OPTAX[rule]
    if rule in ("prodigy", "dadaptation"):
        settings = betas(settings, (0.9, 0.999))
    table = jnp.array(etas)
    constant = rule in ("sm3", "schedulefree") or len(set(etas)) == 1
    eta = etas[0] if constant else lambda count: table[count]
    rate_is = "scaling" if rule == "polyak" else "learning_rate"
    words = {rate_is: eta, **make.renamed(settings, names)}
    if rule == "polyak":
        words["f_min"] = lowest
    given = signature(make_it).bind(**words)
    given.apply_defaults()  # an Optax optimizer does not tell its eps, its signature does
    optimizer = make_it(**given.arguments)
    x = jnp.array(start)
    state = optimizer.init(x)
    for t, rate in enumerate(etas, start=1):
        g = jnp.array(gradient(np.asarray(x)))
        extra = {"value": value(np.asarray(x))} if rule == "polyak" else {}
        updates, after = optimizer.update(g, state, x, **extra)
        found = optax_rate(rule, rate, t, given.arguments, g, x, updates, state, after)
        x, state = optax.apply_updates(x, updates), after
        yield np.asarray(x), np.asarray(found)


def optax_rate(
    rule: str,
    eta: float,
    t: int,
    given: dict[str, Any],
    g: Any,
    x: Any,
    updates: Any,
    before: Any,
    after: Any,
) -> Any:
    b1, b2 = given.get("betas", (given.get("b1"), given.get("b2")))
    if rule in ("prodigy", "dadaptation"):
        return estimated_rate(rule, eta, t, (b1, b2), given["eps"], before, after)
    if rule in ("lamb", "lars", "polyak", "fromage"):
        return optax_rate_by_length(rule, eta, t, given, g, x, updates, after)
    scales = {
        "lion": lambda: 1 / abs(b1 * before[0].mu + (1 - b1) * g),
        "sign": lambda: 1 / abs(g),
        "signum": lambda: 1 / abs(after[0].ema),
        "adabelief": lambda: 1 / (jnp.sqrt(after[0].nu / (1 - b2**t)) + given["eps"]),
        "yogi": lambda: 1 / (jnp.sqrt(after[0].nu / (1 - b2**t)) + given["eps"]),
        "novograd": lambda: 1 / (jnp.sqrt(after[0].nu + given["eps_root"]) + given["eps"]),
        "adan": lambda: (
            1 / (jnp.sqrt(after[0].n / (1 - given["b3"] ** t) + given["eps_root"]) + given["eps"])
        ),
        "sm3": lambda: 1 / jnp.sqrt(after[0].mu[0] + 1e-8),
    }
    return eta * scales[rule]() if rule in scales else eta


def optax_rate_by_length(
    rule: str, eta: float, t: int, given: dict[str, Any], g: Any, x: Any, updates: Any, after: Any
) -> Any:
    norm = jnp.linalg.norm
    if rule == "polyak":
        return norm(updates) / norm(g)
    if rule == "lamb":
        adam = 1 / (
            jnp.sqrt(after[0].nu / (1 - given["b2"] ** t) + given["eps_root"]) + given["eps"]
        )
        u = after[0].mu / (1 - given["b1"] ** t) * adam + given["weight_decay"] * x
        return norm(updates) / norm(u) * adam
    if rule == "lars":
        g = g + given["weight_decay"] * x
        return eta * given["trust_coefficient"] * norm(x) / (norm(g) + given["eps"])
    floor = given["min_norm"]
    return eta / np.sqrt(1 + eta**2) * jnp.maximum(norm(x), floor) / jnp.maximum(norm(g), floor)


def estimated_rate(
    rule: str, eta: float, t: int, betas: tuple[float, float], eps: float, before: Any, after: Any
) -> Any:
    b1, b2 = betas
    root = np.sqrt(1 - b2**t)
    if rule == "prodigy":
        d = before.estim_lr
        return eta * d * d * root / (jnp.sqrt(after.exp_avg_sq) + after.estim_lr * eps)
    return eta * before.estim_lr * root / (1 - b1**t) / (jnp.sqrt(after.exp_avg_sq) + eps)


KERAS = {
    "lion": (keras.optimizers.Lion, {}),
    "lamb": (keras.optimizers.Lamb, {}),
    "ftrl": (
        keras.optimizers.Ftrl,
        {
            "n0": "initial_accumulator_value",
            "l1": "l1_regularization_strength",
            "l2": "l2_regularization_strength",
            "shrink": "l2_shrinkage_regularization_strength",
            "eps": "beta",
        },
    ),
}
KERAS_NAMES = {"beta1": "beta_1", "beta2": "beta_2", "eps": "epsilon", "decay": "weight_decay"}


def keras_walk(
    rule: str,
    etas: list[float],
    settings: dict[str, Any],
    gradient: Callable[[np.ndarray], np.ndarray],
    start: list[float],
    value: Callable[[np.ndarray], float],
    lowest: float,
) -> Iterator[tuple[np.ndarray, Any]]:
    make_it, names = KERAS[rule]
    if "p" in settings:
        settings["learning_rate_power"] = -settings.pop("p")
    settings = make.renamed(settings, {**KERAS_NAMES, **names})
    optimizer = make_it(learning_rate=etas[0], **settings)
    x = keras.Variable(start)
    optimizer.build([x])
    for eta in etas:
        optimizer.learning_rate = eta
        place, g = np.asarray(x), gradient(np.asarray(x))
        m = np.asarray(optimizer._momentums[0]) if rule != "ftrl" else None
        optimizer.apply([jnp.array(g)], [x])
        yield np.asarray(x), keras_rate(rule, eta, optimizer, place, g, m)


def keras_rate(rule: str, eta: float, optimizer: Any, x: np.ndarray, g: Any, m: Any) -> Any:
    if rule == "lion":
        return eta / abs(optimizer.beta_1 * m + (1 - optimizer.beta_1) * g)
    if rule == "ftrl":
        root = np.asarray(optimizer._accumulators[0]) ** -optimizer.learning_rate_power
        return eta / (root + optimizer.beta + 2 * eta * optimizer.l2_regularization_strength)
    t = int(optimizer.iterations.value)
    x = x * (1 - eta * (optimizer.weight_decay or 0))
    m_hat = np.asarray(optimizer._momentums[0]) / (1 - optimizer.beta_1**t)
    v_hat = np.asarray(optimizer._velocities[0]) / (1 - optimizer.beta_2**t)
    adam = 1 / (np.sqrt(v_hat) + optimizer.epsilon)
    return eta * np.linalg.norm(x) / np.linalg.norm(adam * m_hat) * adam


TORCH = {
    "qhm": (qhoptim.pyt.QHM, {"beta": "momentum"}, None),
    "qhadam": (
        partial(qhoptim.pyt.QHAdam, decouple_weight_decay=True),
        {"decay": "weight_decay"},
        (0.995, 0.999),
    ),
    "adan": (
        partial(pytorch_optimizer.Adan, foreach=False),
        {"decay": "weight_decay"},
        (0.98, 0.92, 0.99),
    ),
    "novograd": (torch_optimizer.NovoGrad, {"decay": "weight_decay"}, (0.95, 0.98)),
    "yogi": (partial(torch_optimizer.Yogi, initial_accumulator=0.0), {}, (0.9, 0.999)),
    "fromage": (partial(pytorch_optimizer.Fromage, foreach=False), {}, None),
    "ftrl": (
        partial(pytorch_optimizer.FTRL, foreach=False),
        {"eps": "beta", "l1": "lambda_1"},
        None,
    ),
    "schedulefree": (
        partial(schedulefree.SGDScheduleFree, foreach=False),
        {"beta": "momentum", "decay": "weight_decay"},
        None,
    ),
    "prodigy": (
        prodigyopt.Prodigy,
        {
            "growth": "d_coef",
            "decay": "weight_decay",
            "corrected": "use_bias_correction",
            "safeguard": "safeguard_warmup",
        },
        (0.9, 0.999),
    ),
    "dadaptation": (
        partial(dadaptation.DAdaptAdam, decouple=True),
        {"decay": "weight_decay", "corrected": "use_bias_correction"},
        (0.9, 0.999),
    ),
}


def torch_walk(
    rule: str,
    etas: list[float],
    settings: dict[str, Any],
    gradient: Callable[[np.ndarray], np.ndarray],
    start: list[float],
    value: Callable[[np.ndarray], float],
    lowest: float,
) -> Iterator[tuple[np.ndarray, Any]]:
    make_it, names, usual = TORCH[rule]
    if usual:
        settings = betas(settings, usual)
    if rule == "qhadam":
        nus = settings.pop("nu1"), settings.pop("nu2")
        settings = {**settings, "nus": nus}
    x = torch.nn.Parameter(torch.tensor(start))
    optimizer = make_it([x], lr=etas[0], **make.renamed(settings, names))
    if rule == "schedulefree":
        optimizer.train()
    (group,) = optimizer.param_groups
    for t, eta in enumerate(etas, start=1):
        group["lr"] = eta
        place, g, d = x.detach().clone(), gradient(x.detach().numpy()), group.get("d")
        x.grad = torch.from_numpy(np.array(g))
        optimizer.step()
        rate = torch_rate(rule, eta, t, group, optimizer.state[x], place, torch.from_numpy(g), d)
        yield x.detach().numpy().copy(), np.asarray(rate)


def torch_rate(
    rule: str,
    eta: float,
    t: int,
    group: dict[str, Any],
    state: dict[str, Any],
    x: Any,
    g: Any,
    d: Any,
) -> Any:
    b1, b2, *more = group.get("betas", (None, None))
    if rule in ("qhm", "schedulefree"):
        return eta
    if rule == "qhadam":
        nu = group["nus"][1]
        return eta / (((1 - nu) * g**2 + nu * state["exp_avg_sq"]).sqrt() + group["eps"])
    if rule == "adan":
        return eta / ((state["exp_avg_sq"] / (1 - more[0] ** t)).sqrt() + group["eps"])
    if rule == "novograd":
        return eta / (state["exp_avg_sq"].sqrt() + group["eps"])
    if rule == "yogi":
        return eta / ((state["exp_avg_sq"] / (1 - b2**t)).sqrt() + group["eps"])
    if rule == "fromage":
        return eta / np.sqrt(1 + eta**2) * x.norm() / g.norm()
    if rule == "ftrl":
        return eta / (state["n"].sqrt() + group["beta"])
    root = np.sqrt(1 - b2**t) if group["use_bias_correction"] else 1.0
    if rule == "prodigy":
        return eta * d * d * root / (state["exp_avg_sq"].sqrt() + group["d"] * group["eps"])
    early = 1 - b1**t if group["use_bias_correction"] else 1.0
    return eta * d * root / early / (state["exp_avg_sq"].sqrt() + group["eps"])


WALKS = {"optax": optax_walk, "keras": keras_walk, "paper": torch_walk, "d2l": torch_walk}


def run(
    dialect: str, text: str, objective: dict[str, Any], shake: np.random.Generator | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The whole walk, positions and effective rates, (STEPS, dim) each; `shake` draws the signs."""
    Q, c, start = (np.array(objective[key]) for key in ("Q", "c", "start"))
    minimiser = -np.linalg.solve(Q, c)
    lowest = objective["b"] + c @ minimiser / 2

    def beside(x: np.ndarray, distance: float) -> np.ndarray:
        return x if shake is None else x * (1 + distance * shake.choice([-1, 1], x.shape))

    def gradient(x: np.ndarray) -> np.ndarray:
        return Q @ beside(x, make.ROUNDING) + c

    def value(
        x: np.ndarray,
    ) -> float:  # f - f* by the distance, which keeps its digits near the minimum; plus f*
        away = x - minimiser
        f = away @ Q @ away / 2 + lowest
        return f if shake is None else f * (1 + make.ROUNDING * shake.choice([-1, 1]))

    walk = WALKS[dialect](
        *make.read(text), gradient, beside(start, make.PUSH).tolist(), value, lowest
    )
    xs, rates = zip(*walk, strict=True)
    return np.array(xs), np.array([np.broadcast_to(rate, c.shape) for rate in rates])


def last_trusted(
    dialect: str, text: str, objective: dict[str, Any], xs: np.ndarray, rates: np.ndarray
) -> int:
    """As in make.py; a rate that is nan or infinite is not judged."""
    trusted = np.abs(xs).max(axis=1) < make.LOST
    for seed in range(make.SHAKEN_RUNS):
        other_xs, other_rates = run(dialect, text, objective, np.random.default_rng(seed))
        apart = np.abs(other_xs - xs) / np.maximum(1, np.abs(xs))
        with np.errstate(all="ignore"):
            rates_apart = np.abs(other_rates / rates - 1)
        rates_apart = np.where(np.isfinite(rates) & (rates > 0), rates_apart, 0.0)
        trusted &= np.maximum(apart, rates_apart).max(axis=1) <= make.AGREE
    return make.STEPS if trusted.all() else int(np.argmin(trusted))


def main() -> None:
    meta = {
        "versions": {
            "python": platform.python_version(),
            **{package: version(package) for package in PACKAGES},
        },
        "steps": make.STORED,
        "objectives": {name: objective["about"] for name, objective in make.OBJECTIVES.items()},
        "cases": [],
    }
    arrays = {
        f"{name}_{key}": np.array(objective[key])
        for name, objective in make.OBJECTIVES.items()
        for key in ("Q", "c", "b", "start")
    }
    rows = np.array(make.STORED) - 1
    for dialect, texts in CASES.items():
        for text, name in product(texts, make.OBJECTIVES):
            objective = make.OBJECTIVES[name]
            xs, rates = run(dialect, text, objective)
            trusted = last_trusted(dialect, text, objective, xs, rates)
            key = f"{len(meta['cases']):03}"
            full = text.replace(":", f"@{dialect}:", 1)
            case = {"optimizer": full, "objective": name, "key": key, "trusted": trusted}
            meta["cases"].append(case)
            arrays |= {f"{key}_x": xs[rows], f"{key}_rate": rates[rows]}
            print(full, name, trusted, flush=True)
    path = Path(__file__).with_name("more.npz")
    np.savez_compressed(path, meta=json.dumps(meta), **arrays)
    print(f"{path}: {len(meta['cases'])} cases, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
