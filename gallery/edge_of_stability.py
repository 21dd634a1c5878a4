"""Trains networks on scikit-learn's digits, and records the curvature of their losses.

    python gallery/edge_of_stability.py                 # all logs, some minutes on two cores
    python gallery/edge_of_stability.py sgd warm-up     # those that are named

writes gallery/edge-*.jsonl, of which `optviz book gallery/real-training.md` draws the pictures.

Needs `pip install 'optviz[torch]' scikit-learn`. What is in the gallery was recorded with PyTorch
2.13 and scikit-learn 1.9 on one thread; other versions, or processors, give other last digits.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch
from sklearn.datasets import load_digits
from torch import nn

import optviz

HERE = Path(__file__).parent
Rate = Callable[[int], float]  # the learning rate of a step over the first


def digits(count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """So many images (count, 64) with values from 0 to 1, one-hot classes (count, 10)."""
    images, labels = (torch.as_tensor(part) for part in load_digits(return_X_y=True))
    return (images[:count] / 16).float(), nn.functional.one_hot(labels[:count].long(), 10).float()


def network() -> nn.Sequential:
    """Two hidden layers of 64, tanh: smooth, so that its loss has a Hessian everywhere."""
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 10)
    )


def train(
    name: str,
    make: Callable[..., torch.optim.Optimizer],
    steps: int,
    *,
    every: int = 20,
    count: int = 400,
    batch: int = 0,
    rate: Rate | None = None,
) -> None:
    """Trains with half the mean squared error and records each n-th step.

    A step sees all images, or a random `batch` of them. Curvature and loss are those of all.
    """
    images, targets = digits(count)
    net = network()

    def loss(of: torch.Tensor | slice = slice(None)) -> torch.Tensor:
        return (net(images[of]) - targets[of]).square().sum(1).mean() / 2

    optimizer = make(net.parameters())
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate or (lambda _: 1.0))
    log = HERE / f"edge-{name}.jsonl"
    with optviz.record(optimizer, log, every=every, curvature=loss) as record:
        for step in range(1, steps + 1):
            optimizer.zero_grad()
            loss(torch.randperm(count)[:batch] if batch else slice(None)).backward()
            optimizer.step()
            schedule.step()
            if step == 1 or step % every == 0:
                with torch.no_grad():
                    record.log(loss=loss())


def warm_up(step: int) -> float:
    """From a tenth to all of the rate in 1000 steps."""
    return min(0.1 + 0.9 * step / 1000, 1.0)


def twice(step: int) -> float:
    """Twice the rate from step 600 on, as after a resumption with another setting."""
    return 2.0 if step >= 600 else 1.0


SGD = torch.optim.SGD
RUNS = {
    "sgd": partial(train, make=partial(SGD, lr=0.2), steps=2000),
    "adagrad": partial(train, make=partial(torch.optim.Adagrad, lr=0.02), steps=2000),
    "rmsprop": partial(train, make=partial(torch.optim.RMSprop, lr=2e-4), steps=2000),
    "adam": partial(train, make=partial(torch.optim.Adam, lr=1e-3), steps=2000),
    "momentum": partial(
        train, make=partial(SGD, lr=0.05, momentum=0.9), steps=1000, count=1000, batch=50
    ),
    "warm-up": partial(train, make=partial(SGD, lr=0.6), steps=1500, rate=warm_up),
    "spike": partial(train, make=partial(SGD, lr=0.1), steps=1000, every=10, rate=twice),
}

if __name__ == "__main__":
    torch.set_num_threads(1)
    for name in sys.argv[1:] or RUNS:
        RUNS[name](name)
        print(f"edge-{name}.jsonl")
