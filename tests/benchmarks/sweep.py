"""A 300 × 300 sweep of the heavy ball against what people write for it today.

    python tests/benchmarks/sweep.py [PAIRS]

η from 0.02 to 3, β from 0 to 0.99, at most 1000 steps, how many until f − f* is 10⁻⁶ of its start.
The other side: NumPy on the whole grid at every step, a pure Python loop that stops early, and
PyTorch tensors on the whole grid (where it is installed). Prints medians of ratios from
interleaved runs, and whether all 90 000 cells agree. Then the cost of a step of one configuration
(the heavy ball) in a batch of 100 and of 100 000, against d2l's loop and PyTorch's optimizer.
"""

import math
import resource
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

import numpy as np

from optviz import objectives, optimizers
from optviz.optimizers import Optimizer
from optviz.schedules import Constant
from optviz.walks import vectorised

SIDE, STEPS, SHARE = 300, 1000, 1e-6
ETAS, BETAS = np.geomspace(0.02, 3, SIDE), np.linspace(0, 0.99, SIDE)


def ours() -> np.ndarray:
    beta, eta = (part.reshape(-1, 1) for part in np.meshgrid(BETAS, ETAS, indexing="ij"))
    optimizer = Optimizer(optimizers.registry["momentum"](beta=beta), Constant(eta))
    start = np.tile([-5.0, -2.0], (SIDE * SIDE, 1))
    return vectorised.run(objectives.read("d2l"), optimizer, start, STEPS, tolerance=SHARE).steps


def numpy_loop() -> np.ndarray:
    """A point a row, as most people write it."""
    beta, eta = (part.reshape(-1, 1) for part in np.meshgrid(BETAS, ETAS, indexing="ij"))
    x, curve = np.tile([-5.0, -2.0], (len(beta), 1)), np.array([0.2, 4.0])
    v, found = np.zeros_like(x), np.full(len(beta), np.nan)
    first = 0.1 * 25 + 2 * 4
    with np.errstate(all="ignore"):
        for t in range(1, STEPS + 1):
            v = beta * v + curve * x
            x = x - eta * v
            there = np.isnan(found) & (0.5 * (curve * x**2).sum(axis=1) <= SHARE * first)
            found[there] = t
    return found


def columns_loop() -> np.ndarray:
    """A column a coordinate, written out by hand."""
    beta, eta = (part.ravel() for part in np.meshgrid(BETAS, ETAS, indexing="ij"))
    x1, x2 = np.full(beta.shape, -5.0), np.full(beta.shape, -2.0)
    v1, v2 = np.zeros_like(x1), np.zeros_like(x1)
    found, first = np.full(beta.shape, np.nan), 0.1 * 25 + 2 * 4
    with np.errstate(all="ignore"):
        for t in range(1, STEPS + 1):
            v1, v2 = beta * v1 + 0.2 * x1, beta * v2 + 4 * x2
            x1, x2 = x1 - eta * v1, x2 - eta * v2
            there = np.isnan(found) & (0.1 * x1**2 + 2 * x2**2 <= SHARE * first)
            found[there] = t
    return found


def python_loop() -> np.ndarray:
    found, first = [], 0.1 * 25 + 2 * 4
    for beta in BETAS.tolist():
        for eta in ETAS.tolist():
            x1, x2, v1, v2, steps = -5.0, -2.0, 0.0, 0.0, math.nan
            for t in range(1, STEPS + 1):
                v1, v2 = beta * v1 + 0.2 * x1, beta * v2 + 4 * x2
                x1, x2 = x1 - eta * v1, x2 - eta * v2
                f = 0.1 * x1 * x1 + 2 * x2 * x2
                if f <= SHARE * first:
                    steps = t
                    break
                if f > 1e20:
                    break
            found.append(steps)
    return np.array(found)


def torch_loop() -> np.ndarray:
    import torch

    beta, eta = (torch.tensor(part.ravel()) for part in np.meshgrid(BETAS, ETAS, indexing="ij"))
    beta, eta = beta[:, None], eta[:, None]
    x = torch.tensor([[-5.0, -2.0]], dtype=torch.float64).repeat(len(beta), 1)
    curve = torch.tensor([0.2, 4.0], dtype=torch.float64)
    v, found = torch.zeros_like(x), torch.full_like(beta[:, 0], float("nan"))
    first = 0.1 * 25 + 2 * 4
    for t in range(1, STEPS + 1):
        v = beta * v + curve * x
        x = x - eta * v
        there = found.isnan() & (0.5 * (curve * x * x).sum(1) <= SHARE * first)
        found[there] = t
    return found.numpy()


def step_ours(batch: int, steps: int) -> None:
    optimizer = optimizers.read("momentum:eta=0.6,beta=0.5")
    vectorised.run(
        objectives.read("d2l"), optimizer, np.tile([-5.0, -2.0], (batch, 1)), steps, until="end"
    )


def step_python(batch: int, steps: int) -> None:
    """d2l's momentum_2d under its train_2d, a configuration after another."""
    eta, beta = 0.6, 0.5

    def momentum_2d(
        x1: float, x2: float, v1: float, v2: float
    ) -> tuple[float, float, float, float]:
        v1 = beta * v1 + 0.2 * x1
        v2 = beta * v2 + 4 * x2
        return x1 - eta * v1, x2 - eta * v2, v1, v2

    for _ in range(batch):
        x1, x2, s1, s2 = -5, -2, 0, 0
        results = [(x1, x2)]
        for _ in range(steps):
            x1, x2, s1, s2 = momentum_2d(x1, x2, s1, s2)
            results.append((x1, x2))


def step_torch(batch: int, steps: int) -> None:
    import torch

    x = torch.tensor([[-5.0, -2.0]], dtype=torch.float64).repeat(batch, 1).requires_grad_()
    curve = torch.tensor([0.2, 4.0], dtype=torch.float64)
    optimizer = torch.optim.SGD([x], lr=0.6, momentum=0.5, fused=True)
    with torch.no_grad():
        for _ in range(steps):
            x.grad = curve * x
            optimizer.step()


def ratio(
    count: int, one: Callable[[], object], other: Callable[[], object]
) -> tuple[float, float, float]:
    times = []
    for _ in range(count + 1):
        begun = time.perf_counter()
        one()
        middle = time.perf_counter()
        other()
        times.append((middle - begun, time.perf_counter() - middle))
    both = times[1:]
    return median(b / a for a, b in both), median(a for a, _ in both), median(b for _, b in both)


def main(count: int) -> None:
    torch = find_spec("torch") is not None
    others = [
        ("NumPy on the whole grid", 5, numpy_loop),
        ("the same by columns", "none", columns_loop),
        ("pure Python, early exit", 12, python_loop),
    ]
    others += [("PyTorch on the whole grid", 8, torch_loop)] if torch else []
    cells = ours()
    for name, aim, other in others:
        times, a, b = ratio(count, ours, other)
        same = int(np.sum((cells == (found := other())) | (np.isnan(cells) & np.isnan(found))))
        print(
            f"{name:26} {times:6.1f} times slower (aim {aim})  {a:.3f} s against {b:.3f} s, "
            f"{same} of {SIDE * SIDE} cells equal"
        )
    for batch, steps, aim in ((100, 1000, 6), (100_000, 200, 50)):
        pairs = [("d2l's loop", aim, step_python, min(batch, 1000))]
        pairs += (
            [("torch.optim", {100: 6, 100_000: 1.2}[batch], step_torch, batch)] if torch else []
        )
        for name, wanted, other, size in pairs:
            times, a, b = ratio(
                count,
                lambda b=batch, s=steps: step_ours(b, s),
                lambda o=other, b=size, s=steps: o(b, s),
            )
            share = times * batch / size
            print(
                f"a step at a batch of {batch:<7} {name}: {share:.1f} times slower "
                f"(aim {wanted}); {1e9 * a / batch / steps:.0f} ns a configuration"
            )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
