"""A step on a function that is typed, beside the gradient that people write by hand in NumPy.

    python tests/benchmarks/smooth.py

Prints, for each function, how many times as long the engine's gradient and its whole step of
gradient descent take as the hand-written ones, for one run and for a batch of 10 000. Both are
timed in turns within one process; the least of nine rounds counts.
"""

from collections.abc import Callable
from time import perf_counter

import numpy as np

from optviz import objectives, optimizers
from optviz.arrays import Array
from optviz.walks import engine

ROUNDS, STEPS, BATCH = 9, 3000, 10_000
Gradient = Callable[[Array], Array]


def rosenbrock(x: Array) -> Array:
    a, b = x[..., 0], x[..., 1]
    return np.stack([-2 * (1 - a) - 400 * a * (b - a**2), 200 * (b - a**2)], axis=-1)


def himmelblau(x: Array) -> Array:
    a, b = x[..., 0], x[..., 1]
    p, q = a**2 + b - 11, a + b**2 - 7
    return np.stack([4 * a * p + 2 * q, 2 * p + 4 * b * q], axis=-1)


def rastrigin(x: Array) -> Array:
    return 2 * x + 20 * np.pi * np.sin(2 * np.pi * x)


CASES: dict[str, tuple[Gradient, float]] = {
    "rosenbrock": (rosenbrock, 1e-4),
    "himmelblau": (himmelblau, 1e-3),
    "rastrigin": (rastrigin, 1e-4),
}


def least(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """How many times as long the first takes as the second."""
    best = [np.inf, np.inf]
    for _ in range(ROUNDS):
        for i, call in enumerate((ours, theirs)):
            start = perf_counter()
            call()
            best[i] = min(best[i], perf_counter() - start)
    return best[0] / best[1]


def descent(grad: Gradient, x: Array, eta: float) -> Array:
    for _ in range(STEPS):
        x = x - eta * grad(x)
    return x


def main() -> None:
    print(f"{'':12} gradient  step of a run  gradients of {BATCH}")
    for name, (by_hand, eta) in CASES.items():
        f, gd = objectives.read(name), optimizers.read(f"gd:eta={eta}")
        one, many = np.array([[0.3, 0.4]]), np.random.default_rng(0).normal(size=(BATCH, 2))
        assert np.allclose(f.grad(many), by_hand(many))
        single = least(
            lambda f=f, one=one: [f.grad(one) for _ in range(1000)],
            lambda g=by_hand, one=one: [g(one) for _ in range(1000)],
        )
        step = least(
            lambda f=f, gd=gd, one=one: engine.run(f, gd, one, STEPS),
            lambda g=by_hand, one=one, eta=eta: descent(g, one, eta),
        )
        batch = least(lambda f=f, m=many: f.grad(m), lambda g=by_hand, m=many: g(m))
        print(f"{name:12} {single:8.2f}  {step:13.2f}  {batch:12.2f}")


if __name__ == "__main__":
    main()
