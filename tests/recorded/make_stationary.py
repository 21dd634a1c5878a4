"""Record all stationary points of test functions in a box.

    /tmp/witness/bin/python tests/recorded/make_stationary.py

with the environment of make_smooth.py; half a minute. JAX takes Newton's method from a fine grid,
mpmath polishes each end with 40 digits, and the winding of the gradient along the edge of the box
says whether the count is right: it is the number of minima and maxima less that of saddles.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import mpmath
import numpy as np
import sympy
from make_smooth import FUNCTIONS, Array, Function, in_jax, parsed

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

BOXES = {
    "rosenbrock": (-2, 2, -1, 3),
    "beale": (-4.5, 4.5, -4.5, 4.5),
    "himmelblau": (-5, 5, -5, 5),
    "rastrigin": (-4.5, 4.5, -4.5, 4.5),
    "goldstein-price": (-2, 2, -2, 2),
    "six-hump-camel": (-2, 2, -1, 1),
    "three-hump-camel": (-2.2, 2.2, -2.2, 2.2),
    "mccormick": (-1.5, 4, -3, 4),
    "styblinski-tang": (-5, 5, -5, 5),
    "griewank": (-10, 10, -10, 10),
    "dixon-price": (-2, 2, -2, 2),
    "boyd": (-2, 1, -1, 1),
    "valley-of-stability": (-0.5, 0.5, -0.5, 0.5),  # the hyperbola of minima is outside
    "d2l-cosine": (-10, 10),
    "d2l-cosh": (-10, 10),
    "d2l-local": (-1, 2),
}
FINE = {1: 4000, 2: 200}  # starts along each side
SAME = 1e-6
EDGE = 20_000  # points of a side


def grid(box: tuple[float, ...], side: int) -> Array:
    lines = [np.linspace(a, b, side) for a, b in zip(box[::2], box[1::2], strict=True)]
    return np.stack(np.meshgrid(*lines), axis=-1).reshape(-1, len(lines))


def newton(f: Callable[[jax.Array], jax.Array], x: Array) -> Array:
    """Where 60 steps of Newton's method end, each at most 0.2 long, if they have come to rest."""
    grad, hessian = jax.grad(f), jax.hessian(f)

    @jax.jit
    @jax.vmap
    def step(x: jax.Array) -> jax.Array:
        d = jnp.linalg.solve(hessian(x), grad(x))
        return x - d * jnp.minimum(1.0, 0.2 / jnp.linalg.norm(d))

    for _ in range(60):
        x, before = np.asarray(step(x)), x
    return x[abs(x - before).max(axis=1) < 1e-9]


def inside(x: Array, box: tuple[float, ...]) -> bool:
    return bool(np.all(x >= box[::2]) and np.all(x <= box[1::2]))


def distinct(ends: Array, box: tuple[float, ...]) -> list[Array]:
    found: list[Array] = []
    for x in ends:
        if inside(x, box) and all(abs(x - known).max() > SAME for known in found):
            found.append(x)
    return found


def polished(function: Function, x: Array) -> dict[str, Any]:
    """A stationary point with 40 digits, its value, and the eigenvalues of the Hessian there."""
    names = [sympy.Symbol(name) for name in function.names]
    f = parsed(function)
    grad = sympy.lambdify(names, [f.diff(name) for name in names], "mpmath")
    root = mpmath.findroot(grad, [mpmath.mpf(v) for v in x.tolist()])
    at = list(root) if len(names) > 1 else [root[0] if isinstance(root, mpmath.matrix) else root]
    H = sympy.lambdify(names, sympy.hessian(f, names).tolist(), "mpmath")(*at)
    values = mpmath.eigsy(mpmath.matrix(H), eigvals_only=True)
    assert abs(np.array([float(v) for v in at]) - x).max() < SAME
    return {
        "x": [float(v) for v in at],
        "f": float(sympy.lambdify(names, f, "mpmath")(*at)),
        "eigenvalues": sorted(float(v) for v in values),
    }


def winding(f: Callable[[jax.Array], jax.Array], box: tuple[float, ...]) -> int:
    """How often the gradient turns along the edge, anticlockwise; in 1-D, minima less maxima."""
    grad = jax.jit(jax.vmap(jax.grad(f)))
    if len(box) == 2:
        left, right = np.sign(np.asarray(grad(np.array(box, dtype=float)[:, None])))[:, 0]
        return int(right - left) // 2
    a, b, c, d = map(float, box)
    corners = np.array([(a, c), (b, c), (b, d), (a, d), (a, c)])
    t = np.linspace(0, 4, 4 * EDGE + 1)
    for _ in range(50):
        at = np.column_stack([np.interp(t, range(5), corners[:, axis]) for axis in (0, 1)])
        turned = np.diff(np.unwrap(np.arctan2(*np.asarray(grad(at)).T[::-1])))
        coarse = np.flatnonzero(abs(turned) > 1)
        if not len(coarse):
            return round(turned.sum() / (2 * np.pi))
        t = np.sort(np.concatenate([t, (t[coarse] + t[coarse + 1]) / 2]))
    raise ValueError("a stationary point on the edge")


def stationary(name: str) -> list[dict[str, Any]]:
    box, function = BOXES[name], FUNCTIONS[name]
    f = in_jax(function)
    points = distinct(newton(f, grid(box, FINE[len(box) // 2])), box)
    found = [polished(function, x) for x in points]
    signs = sum(int(np.sign(np.prod(point["eigenvalues"]))) for point in found)
    assert signs == winding(f, box), f"{name}: {signs} but {winding(f, box)}"
    return sorted(found, key=lambda point: (point["f"], point["x"]))


def main() -> None:
    recorded = {}
    for name, box in BOXES.items():
        recorded[name] = {"box": box, "points": stationary(name)}
        lowest = recorded[name]["points"][:1]
        print(f"{name:20} {len(recorded[name]['points']):4} points, the lowest {lowest}")
    path = Path(__file__).with_name("stationary.json")
    path.write_text(json.dumps(recorded, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
