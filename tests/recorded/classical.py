"""Record how the classical methods of SciPy walk, and a full-matrix AdaGrad.

    /tmp/witness/bin/pip install scipy==1.17.1 pytorch_optimizer==4.1.0
    /tmp/witness/bin/python tests/recorded/classical.py

beside what make.py needs, whose objectives these are, and one more of eight dimensions. The
positions come from the libraries. SciPy's line searches are made as good as exact: the curvature
condition with c2 = 1e-12, which cubic interpolation meets on a quadratic. pytorch_optimizer's
Shampoo, given a vector, is AdaGrad with the full matrix, and its epsilon is where the paper's is.

classical.npz holds `meta` (JSON: versions, cases), `{objective}_Q`, `_c`, `_start`, and for each
case `{key}_x`, the position after each step, and `{key}_apart`, how far it is from that of three
more runs so far in which every product with Q was taken at a place moved by 1e-15 (relative, random
signs): what rounding makes of it. Both grow large where a matrix is nearly singular: conjugate
gradients at the end of a long run, the root of G + 1e-6 I before G has its full rank.
"""

import json
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import torch
from make import OBJECTIVES, STORED
from pytorch_optimizer import Shampoo
from scipy.optimize import minimize
from scipy.sparse.linalg import LinearOperator, cg

torch.set_default_dtype(torch.float64)


def eight() -> dict[str, np.ndarray]:
    """κ = 100 in eight dimensions, dense, of numbers that can be written down."""
    v = np.array([1.0, -2.0, 3.0, -1.0, 2.0, -3.0, 1.0, 2.0])
    mirror = np.eye(8) - 2 * np.outer(v, v) / (v @ v)
    Q = mirror @ np.diag([0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 7.0, 10.0]) @ mirror
    return {"Q": (Q + Q.T) / 2, "c": v / 10, "start": np.arange(8.0) - 3}


HILLS = {**OBJECTIVES, "e": eight()}


def linear_cg(
    applied: Callable[[np.ndarray], np.ndarray],
    c: np.ndarray,
    start: np.ndarray,
    options: dict[str, Any],
) -> list[np.ndarray]:
    """From the start as the origin: SciPy does not walk at all where the right side is 0."""
    walked, shape = [], (len(c), len(c))
    cg(
        LinearOperator(shape, applied, dtype=float),
        -(applied(start) + c),
        rtol=0.0,
        maxiter=len(c),
        callback=lambda d: walked.append(start + d),
    )
    return walked


def minimised(
    applied: Callable[[np.ndarray], np.ndarray],
    c: np.ndarray,
    start: np.ndarray,
    options: dict[str, Any],
) -> list[np.ndarray]:
    walked = []
    minimize(
        lambda x: x @ applied(x) / 2 + c @ x,
        start,
        jac=lambda x: applied(x) + c,
        callback=lambda x: walked.append(x.copy()),
        options={"gtol": 1e-10, "c1": 1e-13, "c2": 1e-12, "maxiter": len(c)},
        **options,
    )
    return walked[: len(c)]


def full_adagrad(
    applied: Callable[[np.ndarray], np.ndarray],
    c: np.ndarray,
    start: np.ndarray,
    options: dict[str, Any],
) -> list[np.ndarray]:
    x = torch.nn.Parameter(torch.tensor(start))
    optimizer = Shampoo([x], momentum=0.0, preconditioning_compute_steps=1, **options)
    walked = []
    for _ in range(200):
        x.grad = torch.from_numpy(applied(x.detach().numpy()) + c)
        optimizer.step()
        walked.append(x.detach().numpy().copy())
    return [walked[step - 1] for step in STORED]


CASES = {
    "cg": (linear_cg, {}),
    "nonlinearcg:form=pr": (minimised, {"method": "CG"}),
    "bfgs": (minimised, {"method": "BFGS"}),
    "adagradfull:eta=0.4": (full_adagrad, {"lr": 0.4, "matrix_eps": 1e-6}),
    "adagradfull:eta=2,eps=0.01": (full_adagrad, {"lr": 2.0, "matrix_eps": 1e-2}),
    "adagradfull:eta=0.1,eps=1": (full_adagrad, {"lr": 0.1, "matrix_eps": 1.0}),
}


def run(
    walk: Callable[..., list[np.ndarray]],
    options: dict[str, Any],
    Q: np.ndarray,
    c: np.ndarray,
    start: np.ndarray,
    shake: np.random.Generator | None = None,
) -> np.ndarray:
    def applied(x: np.ndarray) -> np.ndarray:
        return Q @ (x if shake is None else x * (1 + 1e-15 * shake.choice([-1, 1], x.shape)))

    return np.array(walk(applied, c, start, options))


def run_and_shaken(
    walk: Callable[..., list[np.ndarray]], options: dict[str, Any], hill: tuple[np.ndarray, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """The walk, and how far apart the shaken ones are so far, relative to max(1, |x|)."""
    x = run(walk, options, *hill)
    size, apart = np.maximum(1, abs(x).max(axis=1)), np.zeros(len(x))
    for seed in range(3):
        other = run(walk, options, *hill, np.random.default_rng(seed))
        apart = np.maximum(apart, abs(other - x).max(axis=1) / size)
    return x, np.maximum.accumulate(apart)


def main() -> None:
    packages = ["numpy", "scipy", "torch", "pytorch_optimizer"]
    versions = {name: version(name) for name in packages}
    meta = {
        "versions": {"python": platform.python_version(), **versions},
        "steps": STORED,
        "cases": [],
    }
    arrays = {}
    for name, hill in HILLS.items():
        parts = {key: np.array(hill[key], dtype=float) for key in ("Q", "c", "start")}
        arrays |= {f"{name}_{key}": part for key, part in parts.items()}
        for text, (walk, options) in CASES.items():
            key = f"case{len(meta['cases'])}"
            x, apart = run_and_shaken(walk, options, tuple(parts.values()))
            arrays |= {f"{key}_x": x, f"{key}_apart": apart}
            meta["cases"].append({"optimizer": text, "objective": name, "key": key})
    path = Path(__file__).with_name("classical.npz")
    np.savez_compressed(path, meta=np.array(json.dumps(meta)), **arrays)


if __name__ == "__main__":
    main()
