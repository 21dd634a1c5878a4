"""Records the steps of SciPy's trust-region method: python tests/recorded/make_trust.py."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from scipy.optimize import minimize

CASES = {  # f as it is typed, the start, and f, ∇f, ∇²f worked out by hand
    "rosenbrock": (
        (-2.0, 2.0),
        lambda x, y: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
        lambda x, y: (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
        lambda x, y: ((2 - 400 * (y - 3 * x * x), -400 * x), (-400 * x, 200)),
    ),
    "himmelblau": (
        (-0.15, 0.67),
        lambda x, y: (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
        lambda x, y: (
            4 * x * (x * x + y - 11) + 2 * (x + y * y - 7),
            2 * (x * x + y - 11) + 4 * y * (x + y * y - 7),
        ),
        lambda x, y: (
            (12 * x * x + 4 * y - 42, 4 * x + 4 * y),
            (4 * x + 4 * y, 12 * y * y + 4 * x - 26),
        ),
    ),
    "three-hump-camel": (
        (2.0, 1.0),
        lambda x, y: 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y * y,
        lambda x, y: (4 * x - 4.2 * x**3 + x**5 + y, x + 2 * y),
        lambda x, y: ((4 - 12.6 * x * x + 5 * x**4, 1), (1, 2)),
    ),
}


def steps(
    start: tuple[float, float],
    f: Callable[..., float],
    grad: Callable[..., Any],
    hess: Callable[..., Any],
) -> list[list[float]]:
    """Every x that is taken, and again where a step is rejected."""
    path = [list(start)]
    minimize(
        lambda p: f(*p), start, jac=lambda p: np.array(grad(*p)),
        hess=lambda p: np.array(hess(*p), dtype=float), method="trust-ncg",
        callback=lambda x: path.append(x.tolist()), options={"gtol": 1e-6},
    )  # fmt: skip
    return path


record = {name: {"start": case[0], "x": steps(*case)} for name, case in CASES.items()}
document = {"scipy": scipy.__version__, "paths": record}
Path(__file__).with_name("trust.json").write_text(json.dumps(document, indent=1) + "\n")
