"""Record how optax.lookahead walks over three of Optax's optimizers, on the objectives of make.py.

    /tmp/witness/bin/python tests/recorded/make_lookahead.py

Twelve walks of 200 steps; `{key}_x` are the fast weights after the steps of make.STORED. Made with
optax 0.2.8 and jax 0.10.2 in 64 bit; the versions at work go into the file.
"""

import json
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ["JAX_ENABLE_X64"] = "1"

import jax.numpy as jnp
import numpy as np
import optax
from make import OBJECTIVES, STEPS, STORED

CASES = [
    ("lookahead@optax:eta=0.05,base=gd", optax.sgd(0.05), {}),
    ("lookahead@optax:eta=0.1,base=adam(eps=1e-8)", optax.adam(0.1), {}),
    (
        "lookahead@optax:eta=0.02,base=momentum(beta=0.9),sync_period=7,slow_step_size=0.8",
        optax.sgd(0.02, momentum=0.9),
        {"sync_period": 7, "slow_step_size": 0.8},
    ),
]


def walk(
    objective: dict[str, Any], fast: optax.GradientTransformation, settings: dict[str, Any]
) -> np.ndarray:
    """The fast weights after every step: (STEPS, dim)."""
    Q, c = np.array(objective["Q"]), np.array(objective["c"])
    optimizer = optax.lookahead(fast, **{"sync_period": 5, "slow_step_size": 0.5} | settings)
    params = optax.LookaheadParams.init_synced(jnp.array(objective["start"]))
    state, places = optimizer.init(params), []
    for _ in range(STEPS):
        gradient = jnp.array(Q @ np.array(params.fast) + c)
        updates, state = optimizer.update(gradient, state, params)
        params = optax.apply_updates(params, updates)
        places.append(np.array(params.fast))
    return np.array(places)


def main() -> None:
    arrays, cases = {}, []
    for name, objective in OBJECTIVES.items():
        for part in ("Q", "c", "start"):
            arrays[f"{name}_{part}"] = np.array(objective[part])
        for number, (text, fast, settings) in enumerate(CASES):
            key = f"{name}{number}"
            arrays[f"{key}_x"] = walk(objective, fast, settings)[np.array(STORED) - 1]
            cases.append({"optimizer": text, "objective": name, "key": key})
    versions = {library: version(library) for library in ("optax", "jax", "numpy")}
    meta = {"versions": versions, "steps": STORED, "cases": cases}
    file = Path(__file__).parent / "lookahead.npz"
    np.savez_compressed(file, meta=json.dumps(meta), **arrays)


if __name__ == "__main__":
    main()
